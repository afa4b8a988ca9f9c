"""Titles, sheet names and file names as streets write them."""

from __future__ import annotations

from datetime import date

import pytest

from etl.ledger import ledger_kinds
from etl.sheets.heading import Heading, heading_of
from etl.sheets.title_dates import find_span, find_year

SPANS = {
    "截至2018年12月31日": ("2018-12-31", "2018-12-31"),
    "（截止2018年12月）": ("2018-12-01", "2018-12-31"),
    "2018年12月": ("2018-12-01", "2018-12-31"),
    "２０１８年２月": ("2018-02-01", "2018-02-28"),
    "二〇一八年十二月三十一日": ("2018-12-31", "2018-12-31"),
    "二○一六年二月": ("2016-02-01", "2016-02-29"),
    "2018-12": ("2018-12-01", "2018-12-31"),
    "2018.3": ("2018-03-01", "2018-03-31"),
    "企业台账_201812": ("2018-12-01", "2018-12-31"),
    "企业台账20181231终稿": ("2018-12-31", "2018-12-31"),
    "2018/6/30": ("2018-06-30", "2018-06-30"),
    "2018年1-6月": ("2018-01-01", "2018-06-30"),
    "2018年1月至3月": ("2018-01-01", "2018-03-31"),
    "2017年10月—2018年9月": ("2017-10-01", "2018-09-30"),
    "2018年3月1日至31日": ("2018-03-01", "2018-03-31"),
    "2018年3月1日-2018年4月30日": ("2018-03-01", "2018-04-30"),
    "2018年上半年": ("2018-01-01", "2018-06-30"),
    "2018年度下半年": ("2018-07-01", "2018-12-31"),
    "2018年第三季度": ("2018-07-01", "2018-09-30"),
    "2018Q4": ("2018-10-01", "2018-12-31"),
    "2018年底": ("2018-12-31", "2018-12-31"),
    "18年12月": ("2018-12-01", "2018-12-31"),
    "坂田街道企业台账（2015年1月起，截至2018年6月30日）": ("2018-06-30", "2018-06-30"),
}


@pytest.mark.parametrize(("text", "days"), SPANS.items())
def test_days_of_a_text(text: str, days: tuple[str, str]) -> None:
    span = find_span(text)
    assert span and (span.first.isoformat(), span.last.isoformat()) == days


@pytest.mark.parametrize(
    "text", ["2018年", "12月", "南坑社区企业台账", "440307013020", "2018年13月", "2018-02-30", "Sheet1"]
)
def test_texts_that_name_no_days(text: str) -> None:
    assert find_span(text) is None


@pytest.mark.parametrize(("text", "days"), [("12月", 31), ("2月份", 28), ("十一月", 30)])
def test_a_month_alone_takes_the_year_given(text: str, days: int) -> None:
    span = find_span(text, 2018)
    assert span and (span.last - span.first).days == days - 1


def test_a_range_of_years_is_no_year() -> None:
    assert (find_year("2014—2018年劳资纠纷台账"), find_year("2018年度"), find_year("台账")) == (None, 2018, None)


def _heading(kind: str, *titles: str, sheet: str = "Sheet1", file: str = "台账.xlsx") -> Heading:
    return heading_of(titles, sheet, file, ledger_kinds()[kind])


REGISTERS = [
    (("南坑社区企业台账（2018年12月）",), "Sheet1", "a.xlsx", date(2018, 12, 31)),
    (("企业台账",), "2018年6月", "a.xlsx", date(2018, 6, 30)),
    (("企业台账（2018年）",), "6月", "a.xlsx", date(2018, 6, 30)),
    (("企业台账",), "12月", "企业台账2017年.xlsx", date(2017, 12, 31)),
    ((), "南坑", "夹/企业台账_南坑_201812.xlsx", date(2018, 12, 31)),
    (("企业台账（截至2018年12月28日）",), "2018年11月", "a.xlsx", date(2018, 12, 28)),
    (("企业台账", "填报日期：2018年12月28日"), "Sheet1", "a.xlsx", None),
    (("企业台账（2018年11月）", "填报日期：2018年12月5日"), "Sheet1", "a.xlsx", date(2018, 11, 30)),
    (("填报月份：2018年12月",), "Sheet1", "a.xlsx", date(2018, 12, 31)),
    (("2018年企业台账",), "Sheet1", "a.xlsx", None),
    (("企业台账",), "Sheet1", "a.xlsx", None),
]


@pytest.mark.parametrize(("titles", "sheet", "file", "day"), REGISTERS)
def test_the_day_of_a_register(titles: tuple[str, ...], sheet: str, file: str, day: date | None) -> None:
    heading = _heading("enterprise", *titles, sheet=sheet, file=file)
    assert (heading.as_of, heading.period) == (day, None)


EVENTS = [
    (("劳资纠纷台账（2018年3月）",), "Sheet1", "a.xlsx", ("2018-03-01", "2018-03-31")),
    (("2018年劳资纠纷台账",), "12月", "a.xlsx", ("2018-12-01", "2018-12-31")),
    (("劳资纠纷台账",), "12月", "纠纷2016.xlsx", ("2016-12-01", "2016-12-31")),
    (("劳资纠纷台账（2018年1—6月）",), "3月", "a.xlsx", ("2018-03-01", "2018-03-31")),
    (("劳资纠纷台账（2018年1—6月）",), "9月", "a.xlsx", ("2018-01-01", "2018-06-30")),
    (("2018年劳资纠纷台账",), "Sheet1", "a.xlsx", ("2018-01-01", "2018-12-31")),
    (("劳资纠纷台账（截至2018年9月15日）",), "Sheet1", "a.xlsx", ("2018-01-01", "2018-09-30")),
    (("劳资纠纷台账（2018年9月15日）",), "Sheet1", "a.xlsx", ("2018-09-01", "2018-09-30")),
    (("劳资纠纷台账",), "12月", "a.xlsx", None),
    (("2014—2018年劳资纠纷台账",), "12月", "a.xlsx", None),
]


@pytest.mark.parametrize(("titles", "sheet", "file", "days"), EVENTS)
def test_the_period_of_an_event_ledger(
    titles: tuple[str, ...], sheet: str, file: str, days: tuple[str, str] | None
) -> None:
    heading = _heading("dispute", *titles, sheet=sheet, file=file)
    assert heading.as_of is None
    assert (heading.period and tuple(day.isoformat() for day in heading.period)) == days


def test_a_yearly_ledger_covers_its_year_whatever_the_month_of_its_file() -> None:
    heading = _heading("target", "2018年度工会工作任务", file="任务2018年3月下发.xlsx")
    assert heading.period == (date(2018, 1, 1), date(2018, 12, 31))


UNITS = [
    (("企业台账", "填报单位（盖章）：坂田街道南坑社区工联会　填报日期：2018年12月"), "a", "坂田街道南坑社区工联会"),
    (("填报单位:南坑社区",), "岗头", "南坑社区"),
    (("南坑社区企业台账（2018年12月）",), "Sheet1", "南坑社区企业台账（2018年12月）"),
    (("坂田街道企业台账",), "南坑", "坂田街道企业台账南坑"),
    (("坂田街道企业台账",), "企业汇总表", "坂田街道企业台账"),
    (("坂田街道南坑社区企业台账",), "岗头", "坂田街道南坑社区企业台账"),
    (("填报单位：坂田街道总工会",), "12月", "坂田街道总工会"),
    ((), "南坑", "南坑"),
    ((), "Sheet1", None),
]


@pytest.mark.parametrize(("titles", "sheet", "unit"), UNITS)
def test_the_reporting_unit(titles: tuple[str, ...], sheet: str, unit: str | None) -> None:
    assert _heading("enterprise", *titles, sheet=sheet, file="台账201812.xlsx").unit_text == unit


def test_the_file_name_is_the_last_to_name_the_unit() -> None:
    assert _heading("enterprise", file="企业台账_南坑_201812.xlsx").unit_text == "南坑"
    assert _heading("enterprise", file="坂田街道企业台账.xlsx").unit_text == "坂田街道企业台账"


@pytest.mark.parametrize(
    ("title", "factor"),
    [
        ("单位：万元", "万元"),
        ("（金额单位：元）", "元"),
        ("填报单位：人民医院", None),
        ("单位：人、万元", "人、万元"),
        ("台账", None),
    ],
)
def test_the_unit_of_the_figures(title: str, factor: str | None) -> None:
    assert _heading("dispute", "纠纷台账", title).unit_factor_text == factor


def test_example_data_says_so() -> None:
    assert _heading("enterprise", "企业台账　示例数据　非真实情况").is_sample
    assert not _heading("enterprise", "企业台账", file="示例.xlsx").is_sample

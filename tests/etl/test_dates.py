"""Dates as people write them: with their precision, and never a day that nobody wrote."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.clean import clean
from tests.etl.cleaning import CODES, QUICK, codes_of, frame, ledger, read


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2019-03-01", date(2019, 3, 1), "day"), ("2019.03.01", date(2019, 3, 1), "day"), ("2019-3-1", date(2019, 3, 1), "day"),
        ("2019/3/1", date(2019, 3, 1), "day"), ("2019年3月1日", date(2019, 3, 1), "day"), ("20190301", date(2019, 3, 1), "day"),
        ("2019 年 3 月 1 日", date(2019, 3, 1), "day"), ("43525", date(2019, 3, 1), "day"), ("43525.6458", date(2019, 3, 1), "day"),
        ("2019-03-01 15:30", date(2019, 3, 1), "day"), ("2019-03-01 00:00:00", date(2019, 3, 1), "day"),
        ("2019/3/1 9:05", date(2019, 3, 1), "day"), ("2019-3-12 9:05", date(2019, 3, 12), "day"),
        ("2019年3月1日下午", date(2019, 3, 1), "day"), ("２０１９．３．１", date(2019, 3, 1), "day"),
        ("二〇一九年三月一日", date(2019, 3, 1), "day"), ("二〇一八年十二月三十一日", date(2018, 12, 31), "day"),
        ("13/3/2019", date(2019, 3, 13), "day"), ("2019.3", date(2019, 3, 1), "month"), ("2019年3月", date(2019, 3, 1), "month"),
        ("2019-3", date(2019, 3, 1), "month"), ("201903", date(2019, 3, 1), "month"), ("2019.10", date(2019, 10, 1), "month"),
        ("2019年3月份", date(2019, 3, 1), "month"), ("2019年12月底", date(2019, 12, 1), "month"),
    ],
)  # fmt: skip
def test_dates(text: str, day: date, precision: str) -> None:
    cleaned = read([text], "date", required=True)
    assert cleaned.rows.select("x", "x_precision", "is_rejected").row(0) == (day, precision, False)
    assert not len(cleaned.bad)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2018-02-30", "impossible_date"), ("2018年13月", "impossible_date"), ("20181301", "impossible_date"),
        ("待批复后补", "bad_date"), ("3月1日", "bad_date"), ("12", "bad_date"), ("99999", "bad_date"), ("1.38E+10", "bad_date"),
        ("5/4/2019", "ambiguous_date"), ("2019-03-01至2019-12-31", "bad_date"), ("已换届", "bad_date"), ("0000-00-00", "impossible_date"),
        ("2819-03-01", "bad_date"),
    ],
)  # fmt: skip
def test_dates_that_are_none(text: str, code: str) -> None:
    optional, required = read([text], "date"), read([text], "date", required=True)
    assert (codes_of(optional), codes_of(required)) == ([code], [code])
    assert optional.rows.select("x", "x_precision", "is_rejected").row(0) == (None, None, False)
    assert required.rows["is_rejected"].to_list() == [True]


@pytest.mark.parametrize("text", ["2019年", "2019", "2019年上半年", "2019年第一季度", "2019年底"])
def test_a_bare_year_is_a_year_and_no_month(text: str) -> None:
    """It may stand where the date is optional, as a year; where a month is needed it costs the row."""
    optional, required = read([text], "date"), read([text], "date", required=True)
    assert optional.rows.select("x", "x_precision").row(0) == (date(2019, 1, 1), "year")
    assert codes_of(optional) == ["date_precision"]
    assert required.rows.select("x", "is_rejected").row(0) == (None, True)


def test_two_digit_years_are_read_and_flagged() -> None:
    cleaned = read(["19.3.1", "85/3/1"], "date")
    assert cleaned.rows["x"].to_list() == [date(2019, 3, 1), date(1985, 3, 1)]
    assert codes_of(cleaned) == ["two_digit_year"] * 2


def test_a_number_cell_2017_1_is_never_january() -> None:
    rows = frame(x=["2017.1", "2017.1", "2017.11", "2017.3"])
    cells = pl.DataFrame({"x": [True, False, True, True]})
    cleaned = clean(ledger(x={"type": "date"}), rows, None, CODES, cells)
    assert cleaned.rows["x"].to_list() == [None, date(2017, 1, 1), date(2017, 11, 1), date(2017, 3, 1)]
    assert "无法区分1月和10月" in cleaned.bad["reason"][0]


def test_a_date_after_the_as_of_is_unusable_but_a_term_may_end_later() -> None:
    kind = ledger(x={"type": "date"}, term_end={"type": "date"})
    as_of = pl.DataFrame({"sheet_no": [0], "as_of": [date(2018, 12, 31)]})
    cleaned = clean(
        kind, frame(x=["2081-03-01", "2018-12-31"], term_end=["2021-03-01", None]), None, CODES, as_of=as_of
    )
    assert cleaned.rows["x"].to_list() == [None, date(2018, 12, 31)]
    assert cleaned.bad["code"].to_list() == ["future_date"]


def test_a_contract_signed_now_may_begin_later() -> None:
    kind = ledger(term_start={"type": "date"})
    as_of = pl.DataFrame({"sheet_no": [0], "as_of": [date(2018, 12, 31)]})
    cleaned = clean(kind, frame(term_start=["2019-01-01"]), None, CODES, as_of=as_of)
    assert cleaned.rows["term_start"].to_list() == [date(2019, 1, 1)] and cleaned.bad.is_empty()


DATE_STYLES = ["%Y-%m-%d", "%Y.%m.%d", "%Y/%-m/%-d", "%Y年%-m月%-d日", "%Y%m%d", "%Y-%m-%d %H:%M", "serial"]


@QUICK
@given(
    st.lists(
        st.tuples(st.dates(date(1950, 1, 1), date(2099, 12, 31)), st.sampled_from(DATE_STYLES)), min_size=1, max_size=30
    )
)
def test_generated_dates_come_back(cases: list[tuple[date, str]]) -> None:
    texts = [
        str((day - date(1899, 12, 30)) // timedelta(1)) if style == "serial" else day.strftime(style)
        for day, style in cases
    ]
    cleaned = read(list(texts), "date")
    assert cleaned.rows["x"].to_list() == [day for day, _style in cases]
    assert not len(cleaned.bad)

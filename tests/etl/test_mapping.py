"""Saved mappings: which sheets they are for, what they change, and what a wrong file is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from etl.errors import LedgerError
from etl.recognise import NotALedger, Sheet, recognise
from etl.sheets.confirmed import confirmed_mapping
from etl.sheets.mapping import (
    Mapping,
    Pattern,
    export_mapping,
    load_mappings,
    parse_mapping,
    read_mapping,
    save_mapping,
)
from tests.etl.sheets import text_sheet

TITLE = ["坂田街道南坑社区劳资纠纷台账（2018年12月）"]
HEADER = ["文书流水", "涉事企业", "登记时间点", "案由", "涉及人数", "领导圈阅"]
ROW = ["坂调1号", "甲厂", "2018-12-03", "欠薪", "3", "同意"]
SAID = {"文书流水": "case_no", "登记时间点": "received_date"}
PLAIN = Mapping("南坑月报", "dispute", SAID, ("领导圈阅",), Pattern(headers=tuple(HEADER)))


def _taken(*rows: list[str], mappings: tuple[Mapping, ...] = (PLAIN,)) -> Sheet:
    sheet = recognise(text_sheet(*rows), None, mappings)
    assert isinstance(sheet, Sheet), sheet
    return sheet


def test_a_mapping_makes_a_ledger_of_a_sheet_that_is_none() -> None:
    assert isinstance(recognise(text_sheet(TITLE, HEADER, ROW)), NotALedger)
    sheet = _taken(TITLE, HEADER, ROW)
    assert (sheet.ledger.id, sheet.mapping, sheet.header_row, sheet.unmapped) == ("dispute", "南坑月报", 2, ())
    assert sheet.cells["case_no"] == ["坂调1号"] and sheet.cells["received_date"] == ["2018-12-03"]
    assert sheet.cells["causes"] == ["欠薪"], "what the mapping leaves out is the dictionary's"
    assert sheet.reasons[0] == "使用表头对应方案“南坑月报”"


def test_it_survives_a_reordered_an_added_and_a_missing_column() -> None:
    turned = [HEADER[::-1], ROW[::-1]]
    added = [["新栏目", *HEADER], ["x", *ROW]]
    fewer = [[h for h in HEADER if h not in ("案由", "领导圈阅")], [c for c in ROW if c not in ("欠薪", "同意")]]
    for rows in (turned, added, fewer):
        sheet = _taken(TITLE, *rows)
        assert (sheet.mapping, sheet.cells["case_no"], sheet.cells["received_date"]) == (
            "南坑月报", ["坂调1号"], ["2018-12-03"])  # fmt: skip
    assert _taken(TITLE, *added).unmapped == ("新栏目",)


def test_it_leaves_sheets_alone_that_are_not_its_pattern() -> None:
    other = ["编号", "企业名称", "受理时间", "登记时间点", "案由", "处理结果"]
    sheet = _taken(TITLE, other, ["1号", "甲厂", "2018-12-01", "2018-12-02", "欠薪", "调解成功"])
    assert sheet.mapping is None and sheet.cells["received_date"] == ["2018-12-01"]
    elsewhere = replace(PLAIN, pattern=replace(PLAIN.pattern, file="仲裁"))
    assert isinstance(recognise(text_sheet(TITLE, HEADER, ROW), None, (elsewhere,)), NotALedger)
    lacking = [["涉事企业", "登记时间点", "案由", "涉及人数", "领导圈阅"], ["甲厂", "2018-12-03", "欠薪", "3", ""]]
    assert isinstance(recognise(text_sheet(TITLE, *lacking), None, (PLAIN,)), NotALedger), "the key is required"


def test_without_a_pattern_one_of_its_columns_must_be_there() -> None:
    header = ["编号", "企业名称", "受理时间", "案由", "领导圈阅"]
    mapping = Mapping("x", "dispute", {"登记时间点": "received_date"}, ("领导圈阅",))
    sheet = _taken(TITLE, header, ["1号", "甲厂", "2018-12-01", "欠薪", "同意"], mappings=(mapping,))
    assert sheet.mapping is None and sheet.unmapped == ("领导圈阅",)


def test_a_given_mapping_goes_before_a_saved_one_and_that_before_the_dictionary() -> None:
    header = ["编号", "企业名称", "受理时间", "登记时间", "案由"]
    row = ["1号", "甲厂", "2018-12-01", "2018-12-09", "欠薪"]
    saved = Mapping("存的", "dispute", {"登记时间": "received_date"})
    given = Mapping("给的", "dispute", {"登记时间": "closed_date"}, is_given=True)
    assert _taken(TITLE, header, row, mappings=()).cells["received_date"] == ["2018-12-01"]
    by_saved = _taken(TITLE, header, row, mappings=(saved,))
    assert by_saved.cells["received_date"] == ["2018-12-09"] and by_saved.unmapped == ("受理时间",)
    by_given = _taken(TITLE, header, row, mappings=(saved, given))
    assert (by_given.mapping, by_given.cells["closed_date"]) == ("给的", ["2018-12-09"])


def test_two_that_fit_equally_are_named_unless_they_say_the_same() -> None:
    other = replace(PLAIN, title="岗头月报", columns={**SAID, "登记时间点": "closed_date", "涉事企业": "received_date"})
    same = replace(PLAIN, title="抄来的")
    assert _taken(TITLE, HEADER, ROW, mappings=(PLAIN, same)).mapping == "南坑月报"
    other = replace(
        PLAIN, title="岗头月报", columns={"登记时间点": "received_date", "文书流水": "case_no"}, crs="gcj02"
    )
    with pytest.raises(LedgerError, match="“南坑月报”和“岗头月报”"):
        recognise(text_sheet(TITLE, HEADER, ROW), None, (PLAIN, other))


def test_dates_period_unit_skipped_rows_and_words_for_empty() -> None:
    mapping = replace(
        PLAIN, dates="mdy", period=("title", "sheet", "file"), unit="坂田街道岗头社区", skip=(r"\d+ Ended Cases?",), empty=("n/a",)
    )  # fmt: skip
    rows = [
        ["2 Ended Cases", "", "", "74", "", ""],
        ["1号", "甲厂", "12/4/2018", "n/a", "3", ""],
        ["2号", "乙厂", "31/12/2018", "欠薪", "3", ""],
    ]
    sheet = _taken(["Stoppages 12/1/2018 - 12/31/2018"], HEADER, *rows, mappings=(mapping,))
    assert sheet.rows == [4, 5] and sheet.skipped["total"] == 1 and sheet.totals == []
    assert sheet.cells["received_date"] == ["2018-12-04", "31/12/2018"], "what cannot be month first stays as written"
    assert sheet.cells["causes"] == ["", "欠薪"]
    assert sheet.heading.period == (date(2018, 12, 1), date(2018, 12, 31))
    assert sheet.heading.unit_text == "坂田街道岗头社区"
    years = recognise(replace(text_sheet(HEADER, *rows), sheet="Stoppages 2005-2014"), None, (mapping,))
    assert isinstance(years, Sheet) and years.heading.period == (date(2005, 1, 1), date(2014, 12, 31))


def test_it_is_saved_read_and_shared_as_it_was(tmp_path: Path) -> None:
    mapping = replace(
        PLAIN, crs="gcj02", dates="dmy", unit="坂田街道", period=("file",), skip=(r"\d+件",), empty=("NULL",)
    )
    path = save_mapping(tmp_path / "mappings", replace(mapping, title="南坑/月报 1"))
    assert path.name == "南坑_月报_1.yml" and read_mapping(path) == replace(mapping, title="南坑/月报 1")
    assert "文书流水: case_no  # 案件编号" in path.read_text("utf-8")
    shared = tmp_path / "邻街.yml"
    shared.write_text(export_mapping(mapping), "utf-8")
    assert [(m.title, m.is_given) for m in load_mappings(tmp_path / "mappings", (shared,))] == [
        ("南坑月报", True), ("南坑/月报 1", False)]  # fmt: skip
    assert load_mappings(tmp_path / "none") == ()


def test_two_titles_that_make_one_file_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    one, two = (save_mapping(tmp_path, replace(PLAIN, title=title)) for title in ("月报/甲", "月报 甲"))
    assert one != two and {mapping.title for mapping in load_mappings(tmp_path)} == {"月报/甲", "月报 甲"}
    assert save_mapping(tmp_path, replace(PLAIN, title="月报/甲", crs="bd09")) == one


def test_a_column_may_be_named_by_its_title() -> None:
    assert parse_mapping({"title": "t", "ledger": "dispute", "columns": {"甲": "受理日期"}}, "m.yml").columns == {
        "甲": "received_date"
    }


BASE = {"title": "t", "ledger": "dispute", "columns": {"甲": "case_no"}}


@pytest.mark.parametrize(
    ("said", "message", "remedy"),
    [
        ({**BASE, "colums": {}}, "不认识的项：colums", "columns"),
        ({**BASE, "is_given": True}, "不认识的项：is_given", ""),
        ({**BASE, "ledger": "disputes"}, "没有“disputes”这种台账", "dispute"),
        ({**BASE, "columns": {"甲": "case_number"}}, "劳资纠纷台账没有“case_number”这一列（表头“甲”）", "case_no"),
        ({**BASE, "columns": {"甲": "受理日"}}, "劳资纠纷台账没有“受理日”这一列", "受理日期"),
        ({**BASE, "pattern": {"header": []}}, "不认识的项：header", "headers"),
        ({**BASE, "crs": "wgs"}, "crs 不能是“wgs”", "wgs84"),
        ({**BASE, "dates": "ymd"}, "dates 不能是“ymd”", "mdy"),
        ({**BASE, "period": ["标题"]}, "period 不能是“标题”", "title"),
        ({**BASE, "skip": ["("]}, "“(”不是正确的正则表达式", ""),
        ({**BASE, "skip": "合计"}, "这一项写得不对：skip", ""),
        ({**BASE, "empty": [0]}, "这一项写得不对：0", "引号"),
        ({**BASE, "ignore": ["甲 "]}, "表头“甲 ”写了两种对应", ""),
        ({"title": "t", "ledger": "dispute"}, "缺少：columns", ""),
        ([1], "应由“名称: 值”组成", ""),
    ],
)
def test_a_wrong_file_is_told_what_and_what_is_nearest(said: object, message: str, remedy: str) -> None:
    with pytest.raises(LedgerError) as error:
        parse_mapping(said, "月报.yml")
    assert message in error.value.message and remedy in str(error.value.remedy)
    assert (error.value.file, error.value.code) == ("月报.yml", "mapping")


def test_a_file_that_is_no_yaml_is_told(tmp_path: Path) -> None:
    (tmp_path / "坏.yml").write_text("a: [", "utf-8")
    for path in (tmp_path / "坏.yml", tmp_path / "没有.yml"):
        with pytest.raises(LedgerError, match="表头对应方案无法读取"):
            read_mapping(path)


def test_what_a_clerk_confirms_fits_next_month_too() -> None:
    found = recognise(text_sheet(TITLE, HEADER, ROW))
    assert isinstance(found, NotALedger) and found.headers == tuple(HEADER)
    mapping = confirmed_mapping("南坑月报", found, SAID, ["领导圈阅"], ledger="dispute")
    next_month = ["坂田街道南坑社区劳资纠纷台账（2019年1月）"]
    sheet = _taken(next_month, ["序号", *HEADER], ["1", *ROW], mappings=(mapping,))
    assert sheet.mapping == "南坑月报" and sheet.unmapped == ()
    again = confirmed_mapping("再次", sheet, SAID, ["领导圈阅"])
    assert again.ledger == "dispute" and {"文书流水", "案由"} <= set(again.pattern.headers)


def test_a_given_mapping_that_fits_nothing_is_said() -> None:
    found = recognise(text_sheet(["甲", "乙", "丙"], ["1", "2", "3"]), None, (replace(PLAIN, is_given=True),))
    assert isinstance(found, NotALedger) and found.reason.endswith("指定的表头对应方案“南坑月报”也不适合")


def test_headers_of_two_levels_and_with_units_are_named_as_they_are_shown() -> None:
    header = [["编号", "涉事企业", "受理环节", "", "标的额（万元）"], ["", "", "时间点", "人员", ""]]
    mapping = Mapping(
        "两层", "dispute", {"受理环节/时间点": "received_date", "标的额": "amount_claimed"}, ("受理环节/人员",)
    )
    sheet = _taken(TITLE, *header, ["1号", "甲厂", "2018-12-03", "某", "1.5"], mappings=(mapping,))
    assert (sheet.header_row, sheet.cells["received_date"], sheet.unmapped) == (3, ["2018-12-03"], ())
    assert {column.column: column.unit for column in sheet.columns}["amount_claimed"] == "万元"


def test_a_sheet_that_lost_a_required_column_names_its_mapping_and_the_column() -> None:
    places = [place for place, header in enumerate(HEADER) if header != "登记时间点"]
    rows = [[line[place] for place in places] for line in (HEADER, ROW)]
    found = recognise(text_sheet(TITLE, *rows), None, (PLAIN,))
    assert isinstance(found, NotALedger)
    assert found.reason == "适用表头对应方案“南坑月报”，但缺少必需的列：受理日期"

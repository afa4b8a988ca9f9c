"""Change lists, coordinate systems and the reasons that a sheet is shown with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from etl.codelist import CodeLists
from etl.errors import LedgerError
from etl.formats.sheet_text import SheetText
from etl.recognise import NotALedger, Sheet, recognise
from etl.sheets.mapping import Mapping
from tests.etl.sheets import DISPUTE, ENTERPRISE, row_of, sheet_of, text_sheet

MAP = ["企业名称", "职工人数", "会员数"]


@pytest.mark.parametrize(
    "header", ["变动类型", "增减", "变动情况", "变更类型", "增减情况", "变化类型", "变动", "★增减变动情况（必填）"]
)
def test_a_change_column_makes_a_change_list(header: str) -> None:
    rows = [[*row_of(1), "新增"], [*row_of(2), "减少"]]
    sheet = sheet_of(["南坑社区企业增减变动表（2018年12月）"], [*ENTERPRISE, header], *rows)
    assert (sheet.mode, sheet.changes, sheet.unmapped) == ("change", ["新增", "减少"], ())
    assert sheet.heading.as_of is not None and sheet.heading.as_of.month == 12


def test_unions_and_members_have_change_lists_too() -> None:
    union = sheet_of(
        ["工会组织增减变动表"], ["工会名称", "会员数", "建会时间", "变动类型"], ["甲厂工会", "5", "2018-12-01", "变更"]
    )
    assert (union.ledger.id, union.mode, union.changes) == ("union_org", "change", ["变更"])
    header = ["姓名", "身份证号", "所属工会", "入会时间", "性别", "增减"]
    member = sheet_of(["会员增减变动表"], header, ["某", "x", "甲厂工会", "2018-12-01", "男", "减少"])
    assert (member.ledger.id, member.mode) == ("member", "change")


def test_merged_kinds_of_change_are_filled_down() -> None:
    rows = [[kind, *row_of(number)] for number, kind in ((1, "新增"), (2, ""), (3, "减少"))]
    sheet = sheet_of(["变动类型", *ENTERPRISE], *rows, merged=((1, 0, 2, 0),))
    assert sheet.changes == ["新增", "新增", "减少"]


@pytest.mark.parametrize(("name", "changes"), [("新增", ["新增"]), ("减少企业", ["减少企业"]), ("2.注销", ["注销"])])
def test_a_sheet_per_kind_of_change_bears_it_as_its_name(name: str, changes: list[str]) -> None:
    found = recognise(replace(text_sheet(["企业增减变动表（2018年12月）"], ENTERPRISE, row_of(1)), sheet=name))
    assert isinstance(found, Sheet) and (found.mode, found.changes) == ("change", changes)
    plain = recognise(replace(text_sheet(["企业台账"], ENTERPRISE, row_of(1)), sheet="变动"))
    assert isinstance(plain, Sheet) and plain.mode == "register", "变动 alone does not say which"


def test_numbers_and_events_are_no_change_list() -> None:
    numbers = sheet_of([*ENTERPRISE, "增减"], [*row_of(1), "+3"], [*row_of(2), "-1"])
    assert (numbers.mode, numbers.unmapped, numbers.changes) == ("register", ("增减",), [])
    event = sheet_of([*DISPUTE, "变动情况"], ["1号", "甲厂", "南坑", "2018-12-01", "欠薪", "1", "调解成功", "新增"])
    assert event.mode == "event"


@pytest.mark.parametrize("title", ["南坑社区企业增减变动表", "企业变动情况表（2018年12月）", "工会增减情况统计表"])
def test_a_change_list_that_does_not_say_what_changed_is_refused(title: str) -> None:
    with pytest.raises(LedgerError, match="没有“变动类型”一列") as error:
        recognise(text_sheet([title], ENTERPRISE, row_of(1)))
    assert (error.value.code, error.value.sheet) == ("change_list", "Sheet1")


def test_a_register_s_title_is_no_change_list() -> None:
    assert sheet_of(["坂田街道南坑社区企业台账（截至2018年12月31日）"], ENTERPRISE, row_of(1)).mode == "register"


def test_spellings_of_change_mean_what_they_say() -> None:
    known = dict(CodeLists.load().lookup(["change"]).select("folded", "value").iter_rows())
    assert [known[word] for word in ("新办", "迁入", "更名", "修改", "注销", "迁出", "删除")] == [
        "added", "added", "changed", "changed", "removed", "removed", "removed"]  # fmt: skip
    assert known.get("") is None, "a dash folds to nothing and must not remove anybody"
    assert known["搬迁"] is None and known["合并"] is None


@pytest.mark.parametrize(
    ("lon", "lat", "title", "crs"),
    [
        ("经度（GCJ-02）", "纬度（GCJ-02）", "", "gcj02"),
        ("经度(WGS84)", "纬度(WGS84)", "", "wgs84"),
        ("百度经度", "百度纬度", "", "bd09"),
        ("经度", "纬度", "企业台账　坐标系：CGCS2000", "cgcs2000"),
        ("经度", "纬度", "企业台账（坐标系统: 火星坐标系）", "gcj02"),
        ("经度", "纬度", "企业台账", None),
    ],
)
def test_the_coordinate_system_is_read_from_headers_and_titles(lon: str, lat: str, title: str, crs: str | None) -> None:
    sheet = sheet_of([title or "企业台账"], [*MAP, lon, lat], ["甲厂", "5", "4", "114.06", "22.62"])
    assert (sheet.crs, sheet.cells["lon"], sheet.cells["lat"], sheet.unmapped) == (crs, ["114.06"], ["22.62"], ())


def test_a_column_of_coordinate_systems_may_hold_one_only() -> None:
    header = [*MAP, "经度", "纬度", "坐标系"]
    rows = [[f"{n}厂", "5", "4", "114.06", "22.62", "GCJ02"] for n in "甲乙"]
    sheet = sheet_of(header, *rows)
    assert (sheet.crs, sheet.unmapped) == ("gcj02", ())
    rows[1][-1] = "WGS-84"
    with pytest.raises(LedgerError, match="几种坐标系：gcj02、wgs84"):
        recognise(text_sheet(header, *rows))
    rows[1][-1] = "北京54"
    with pytest.raises(LedgerError, match="坐标系“北京54”不认识"):
        recognise(text_sheet(header, *rows))


def test_a_mapping_s_coordinate_system_does_not_hide_another_one() -> None:
    rows = [["甲厂", "5", "4", "114.06", "22.62"]]
    mapping = Mapping("x", "enterprise", {"企业名称": "name"}, crs="bd09")
    plain = recognise(text_sheet([*MAP, "经度", "纬度"], *rows), None, (mapping,))
    assert isinstance(plain, Sheet) and plain.crs == "bd09"
    with pytest.raises(LedgerError, match="几种坐标系：bd09、gcj02"):
        recognise(text_sheet([*MAP, "经度（GCJ-02）", "纬度"], *rows), None, (mapping,))


def test_without_coordinates_nobody_asks() -> None:
    assert sheet_of(["坐标系：北京54"], ENTERPRISE, row_of(1)).crs is None


def test_reasons_say_what_was_recognised_and_where_from() -> None:
    sheet = sheet_of(["坂田街道南坑社区企业台账（截至2018年12月31日）"], ENTERPRISE, row_of(1))
    assert sheet.reasons[0].startswith("表头在第2行，认出6列：企业名称、统一社会信用代码")
    assert sheet.reasons[1:] == (
        "填报单位取自：坂田街道南坑社区企业台账（截至2018年12月31日）", "数据截至2018-12-31")  # fmt: skip


@pytest.mark.parametrize(
    "signed", ["填表人：某某 199-0000-0001", "联系电话：199-0000-0001", "审核人某某", "199-0000-0001"]
)
def test_the_reasons_repeat_nobody_who_signed_the_title(signed: str) -> None:
    sheet = sheet_of([f"南坑社区企业台账（2018年12月31日）　{signed}"], ENTERPRISE, row_of(1))
    said = "".join(sheet.reasons)
    assert "南坑社区企业台账" in said and "某某" not in said and "0000" not in said


def test_a_roster_of_persons_is_no_register_of_enterprises() -> None:
    """Without its identity numbers a 会员名册 fits the enterprise's headers; every person would become an enterprise."""
    headers = ["序号", "姓名", "单位名称", "所属工会", "联系电话", "备注"]
    rows = [
        ["坂田街道南坑社区工会会员名册（截至2018年12月31日）"],
        headers,
        ["1", "会员甲", "甲厂", "甲厂工会", "", ""],
    ]
    rows = [row + [""] * (6 - len(row)) for row in rows]
    found = recognise(SheetText("a.xlsx", "Sheet1", rows, range(1, 4)))
    assert isinstance(found, NotALedger) and "会员名册" in found.reason and "证件号码" in found.reason
    rows[0][0] = "坂田街道南坑社区企业名册（截至2018年12月31日）"
    assert isinstance(recognise(SheetText("a.xlsx", "Sheet1", rows, range(1, 4))), Sheet)

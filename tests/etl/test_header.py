"""Headers as streets write them, and the ledgers they are taken for."""

from __future__ import annotations

import pytest

from etl.ledger import LedgerKind, ledger_kinds
from etl.read import SheetText
from etl.recognise import Sheet, recognise
from etl.sheets.header import Header, best_match, dictionary, find_header, normalise
from tests.etl.sheets import ENTERPRISE, reason_of, row_of, sheet_of, text_sheet


@pytest.mark.parametrize("kind", ledger_kinds().values(), ids=lambda kind: kind.id)
def test_every_kind_is_recognised_by_its_own_titles(kind: LedgerKind) -> None:
    sheet = sheet_of([column.title for column in kind.columns.values()])
    assert sheet.ledger.id == kind.id
    assert [column.column for column in sheet.columns] == list(kind.columns)


@pytest.mark.parametrize("kind", ledger_kinds().values(), ids=lambda kind: kind.id)
def test_no_spelling_stands_for_two_columns(kind: LedgerKind) -> None:
    for column in kind.columns.values():
        for variant in (column.title, *column.variants):
            assert dictionary(kind)[normalise(variant)[0]][0] == column.id, variant


def test_a_required_column_has_more_than_one_spelling() -> None:
    bare = [c for k in ledger_kinds().values() for c in k.columns.values() if c.required and len(c.variants) < 3]
    assert not bare


HEADERS = {
    "企业名称": ("企业名称", None),
    " 企 业\n名　称 *": ("企业名称", None),
    "1.企业名称（必填）": ("企业名称", None),
    "（2）※所属社区": ("所属社区", None),
    "一、企业名称": ("企业名称", None),
    "③职工人数（人）": ("职工人数", "人"),
    "诉求金额【万元】": ("诉求金额", "万元"),
    "诉求金额(单位：万元)": ("诉求金额", "万元"),
    "诉求金额/万元": ("诉求金额", "万元"),
    "面积（k㎡）": ("面积", "km2"),
    "面积（㎢）": ("面积", "km2"),
    "其中：女职工": ("女职工", None),
    "建会日期（格式：2018-01-01）": ("建会日期", None),
    "会员数（不含退休）": ("会员数(不含退休)", None),
    "ＦＲＭＣ": ("frmc", None),
    "12351来电": ("12351来电", None),
    "（人）": ("(人)", None),
}


@pytest.mark.parametrize(("text", "expected"), HEADERS.items())
def test_headers_are_normalised(text: str, expected: tuple[str, str | None]) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize("above", [0, 1, 5, 19])
def test_the_header_stands_anywhere_in_the_first_twenty_rows(above: int) -> None:
    sheet = sheet_of(*[[f"坂田街道企业台账第{n}行"] for n in range(above)], ENTERPRISE, row_of(1))
    assert (sheet.header_row, sheet.skipped["title"], sheet.rows) == (above + 1, above, [above + 2])


def test_a_header_further_down_is_not_looked_for() -> None:
    assert "前20行" in reason_of(*[["说明"]] * 20, ENTERPRISE, row_of(1))


def test_leading_blank_rows_and_columns_count() -> None:
    rows = [["企业台账"], ENTERPRISE, row_of(1)]
    sheet = recognise(SheetText("a.xlsx", "a", [r + [""] * (7 - len(r)) for r in rows], range(4, 7), 3))
    assert isinstance(sheet, Sheet)
    assert (sheet.header_row, sheet.rows, sheet.skipped["blank"]) == (5, [6], 3)
    assert {c.column: c.index for c in sheet.columns}["name"] == 4


def test_an_information_line_is_no_header() -> None:
    line = ["填报单位", "南坑社区", "联系人", "张三", "联系电话", "138"]
    assert sheet_of(line, ENTERPRISE, row_of(1)).header_row == 2


TWO_ROWS = (
    ["序号", "企业名称", "职工情况", "", "工会信息", "", "", "备注"],
    ["", "", "总数（人）", "其中：女", "名称", "成立时间", "会员数", ""],
)
TWO_ROWS_MEAN = ["name", "workers", "female_workers", "union_name", "union_formed_date", "members", "remark"]


def test_a_merged_header_of_two_rows() -> None:
    merged = ((1, 0, 2, 0), (1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 6), (1, 7, 2, 7))
    sheet = sheet_of(["企业台账"], *TWO_ROWS, ["1", "甲厂", "9", "4", "甲工会", "2018-01", "8"], merged=merged)
    assert (sheet.header_row, sheet.skipped["header"], sheet.rows) == (3, 2, [4])
    assert [column.column for column in sheet.columns] == TWO_ROWS_MEAN
    assert (sheet.columns[1].header, sheet.columns[1].unit) == (
        "职工情况/总数(人)".replace("(", "（").replace(")", "）"),
        "人",
    )


def test_a_header_of_two_rows_without_merges() -> None:
    sheet = sheet_of(*TWO_ROWS, ["1", "甲厂", "9", "4", "甲工会", "2018-01", "8"])
    assert (sheet.header_row, sheet.rows) == (2, [3])
    assert [column.column for column in sheet.columns] == TWO_ROWS_MEAN


def test_a_lower_header_row_without_known_columns_is_still_header() -> None:
    upper = ["企业名称", "所属社区", "职工人数", "党组织情况", ""]
    merged = ((0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 1, 2), (0, 3, 0, 4))
    sheet = sheet_of(upper, ["", "", "", "是否建立", "党员数"], ["甲厂", "南坑", "5", "是", "2"], merged=merged)
    assert (sheet.header_row, sheet.rows) == (2, [3])
    assert sheet.unmapped == ("党组织情况/是否建立", "党组织情况/党员数")


def test_the_better_spelling_gets_the_column_and_the_other_is_named() -> None:
    sheet = sheet_of(
        ["企业名称", "注册地址", "经营地址", "职工人数", "参保人数"], ["甲厂", "注册处", "经营处", "5", "4"]
    )
    assert {c.header: c.column for c in sheet.columns} == {
        "企业名称": "name", "经营地址": "address", "职工人数": "workers"}  # fmt: skip
    assert sheet.unmapped == ("注册地址", "参保人数")
    assert sheet.cells["address"] == ["经营处"]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (["单位名称", "社区", "联系电话", "职工数", "会员数", "工会名称"], "enterprise"),
        (["工会名称", "社区", "联系电话", "职工数", "会员数", "主席"], "union_org"),
        (["工会名称", "企业名称", "社区", "职工数", "会员数", "建会时间"], "enterprise"),
        (["编号", "企业名称", "社区", "行业", "受理时间", "案由", "人数"], "dispute"),
        (["编号", "企业名称", "社区", "行业", "联系电话", "人数"], "enterprise"),
        (["园区名称", "社区", "地址"], "park"),
        (["社区", "面积", "常住人口"], "community"),
        (["项目", "社区", "年度任务"], "target"),
        (["指标", "目标值"], "target"),
    ],
)
def test_kinds_that_share_headers_are_told_apart(header: list[str], kind: str) -> None:
    assert sheet_of(header).ledger.id == kind


def test_a_number_column_is_neither_mapped_nor_unmapped() -> None:
    sheet = sheet_of([*ENTERPRISE, "党员数"])
    assert "序号" not in sheet.unmapped and sheet.unmapped == ("党员数",)


def test_the_same_header_is_matched_once() -> None:
    kinds = tuple(ledger_kinds().values())
    headers = [find_header(text_sheet(ENTERPRISE, row_of(n)), kinds)[0] for n in range(3)]
    assert all(isinstance(header, Header) and header.match is headers[0].match for header in headers if headers[0])
    assert best_match.cache_info().hits

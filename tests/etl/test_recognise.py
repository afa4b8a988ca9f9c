"""Which ledger a sheet is, and the text of its data."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from etl.errors import FileError
from etl.ledger import LedgerKind, ledger_kinds
from etl.read import NumberText
from etl.recognise import NotALedger, Sheet, gather, read_and_recognise, read_and_recognise_all, recognise
from tests.etl.sheets import DISPUTE, ENTERPRISE, reason_of, row_of, sheet_of, text_sheet

FMCS = Path(__file__).parents[3] / "shared" / "data" / "disputes_fmcs"


def test_what_is_no_ledger_says_why() -> None:
    assert reason_of([""], ["  "]) == "空表"
    assert reason_of(["菜名", "口味", "价位"], ["3", "甜", "高"]) == "前20行中没有找到台账表头"
    assert (
        reason_of(["街道汇总"], ["企业名称", "电话", "税收"]) == "前20行中没有找到台账表头，第2行只认出：企业名称、电话"
    )
    missing = reason_of(["社区", "案由", "处理结果", "涉及人数", "来源渠道", "办结时间"])
    assert missing == "像劳资纠纷台账，但缺少必需的列：案件编号、受理日期"


def test_merged_cells_fill_texts_downward_but_never_numbers() -> None:
    rows = [row_of(number) for number in range(1, 5)]
    for row in rows[1:]:
        row[3] = row[4] = ""
    rows[3][3] = "岗头"
    total = ["合计", "", "", "", "12", "10", ""]
    sheet = sheet_of(ENTERPRISE, rows[0], rows[1], total, rows[2], rows[3], merged=((1, 3, 4, 3), (1, 4, 4, 4)))
    assert sheet.cells["community"] == ["南坑", "南坑", "南坑", "岗头"]
    assert sheet.cells["workers"] == ["12", "", "", ""]


def test_personal_columns_are_known_but_their_cells_are_not_read() -> None:
    sheet = sheet_of([*ENTERPRISE, "联系人", "联系电话"], [*row_of(1), "张三", "13800138000"])
    assert {"contact", "phone"} <= {column.column for column in sheet.columns}
    assert "张三" not in repr(sheet) and "13800138000" not in repr(sheet)


def test_the_sheet_s_unit_of_money_goes_to_columns_without_one() -> None:
    header = [*DISPUTE, "诉求金额"]
    assert {c.unit for c in sheet_of(["台账 单位：万元"], header).columns} == {None, "万元"}
    assert {c.column: c.unit for c in sheet_of(["单位：万元"], [*DISPUTE, "诉求金额（元）"]).columns}[
        "amount_claimed"
    ] == "元"


def test_gathered_sheets_keep_their_numbers_and_rows() -> None:
    kind = ledger_kinds()["enterprise"]
    one = sheet_of(ENTERPRISE, row_of(1), row_of(2))
    two = sheet_of(["企业名称", "职工人数", "成立日期"], ["甲厂", "5", NumberText("2017.1")], ["乙厂", "", "2017.1"])
    frame, numbers = gather(kind, [(7, one), (9, sheet_of(ENTERPRISE)), (8, two)])
    assert frame.columns == ["sheet_no", "row", *kind.columns]
    assert frame.select("sheet_no", "row", "name", "workers").rows() == [
        (7, 2, "深圳示例1有限公司", "12"), (7, 3, "深圳示例2有限公司", "12"), (8, 2, "甲厂", "5"), (8, 3, "乙厂", None)]  # fmt: skip
    assert numbers is not None and numbers.to_dict(as_series=False) == {"founded_date": [False, False, True, False]}
    assert gather(kind, [(1, one)])[1] is None
    assert gather(kind, [])[0].height == 0


def test_a_written_workbook_end_to_end(tmp_path: Path) -> None:
    path = tmp_path / "劳资纠纷台账2018年.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("12月")
        sheet.merge_range(1, 1, 1, 7, "坂田街道南坑社区劳资纠纷台账　示例数据　非真实情况")
        sheet.write_row(2, 1, DISPUTE)
        sheet.write_row(3, 1, ["坂调〔2018〕1号", "甲厂", "南坑", "2018.12.1", "欠薪", 12, "调解成功"])
        book.add_worksheet("说明")
    found, other = read_and_recognise(path, "夹/劳资纠纷台账2018年.xlsx")
    assert isinstance(found, Sheet) and isinstance(other, NotALedger)
    assert (found.file, found.sheet, found.ledger.id) == ("夹/劳资纠纷台账2018年.xlsx", "12月", "dispute")
    assert (found.header_row, found.rows, found.skipped["blank"], found.skipped["title"]) == (3, [4], 1, 1)
    assert found.heading.period == (date(2018, 12, 1), date(2018, 12, 31)) and found.heading.is_sample
    assert found.data.row(0, named=True)["workers_involved"] == "12"
    assert found.columns[0].index == 1
    assert other.reason == "空表"


def _own_header(kind: LedgerKind, spelling: int) -> list[str]:
    """Return a ledger's header: its titles (0), or for each column its n-th other spelling where it has one."""
    return [(c.title, *c.variants)[min(spelling, len(c.variants))] for c in kind.columns.values()]


@pytest.mark.parametrize("spelling", [0, 1, 2])
@pytest.mark.parametrize("kind", ledger_kinds().values(), ids=lambda kind: kind.id)
def test_a_ledger_s_own_header_is_no_other_ledger_s(kind: LedgerKind, spelling: int) -> None:
    """Of all the kinds a sheet is the one whose header it bears, in each of its spellings, and every column is found."""
    header = _own_header(kind, spelling)
    found = sheet_of(header, ["甲"] * len(header))
    assert found.ledger.id == kind.id
    assert {column.column for column in found.columns} == set(kind.columns)


def test_the_fewest_columns_are_no_other_ledger_s() -> None:
    """The key and what is required, under the ledger's title: no other kind takes such a sheet."""
    wrong = []
    for kind in ledger_kinds().values():
        needed = {*kind.key[0], *(name for name, column in kind.columns.items() if column.required)}
        header = [column.title for name, column in kind.columns.items() if name in needed]
        found = recognise(text_sheet([f"坂田街道南坑社区{kind.title}（2018年12月31日）"], header, ["甲"] * len(header)))
        if isinstance(found, Sheet) and found.ledger.id != kind.id:
            wrong.append((kind.id, found.ledger.id))
    assert wrong == []


@pytest.mark.skipif(not FMCS.is_dir(), reason="../shared/data/disputes_fmcs is not there")
def test_foreign_workbooks_are_read_and_are_no_ledgers() -> None:
    for path in sorted(FMCS.glob("*.xls*")):
        found = read_and_recognise(path)
        assert found and all(isinstance(sheet, NotALedger) for sheet in found), path.name


def test_many_files_are_recognised_in_order_with_errors_in_their_place(tmp_path: Path) -> None:
    for name, text in (
        ("a.csv", "企业名称,职工人数,会员数\n甲厂,5,4\n"),
        ("b.csv", ""),
        ("c.csv", "菜名,口味\n3,甜\n"),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    one, two, three = read_and_recognise_all((tmp_path / name, name) for name in ("a.csv", "b.csv", "c.csv"))
    assert isinstance(one, list) and isinstance(one[0], Sheet) and one[0].rows == [2]
    assert isinstance(two, FileError) and two.file == "b.csv"
    assert isinstance(three, list) and isinstance(three[0], NotALedger)


@pytest.mark.parametrize(
    ("header", "kind", "columns"),
    [
        (["企业名称", "合同类型", "签订日期", "起始日期", "终止日期", "状态"], "contract", ("term_start", "term_end", "status")),
        (["会议类型", "召开日期", "所属社区", "议定事项"], "meeting", ("matters",)),
    ],
)  # fmt: skip
def test_short_headers_are_known(header: list[str], kind: str, columns: tuple[str, ...]) -> None:
    sheet = sheet_of(header, ["甲"] * len(header))
    assert sheet.ledger.id == kind and not sheet.unmapped and set(columns) <= {one.column for one in sheet.columns}

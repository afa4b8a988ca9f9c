"""Every row of a sheet has one fate: data, or the reason why it was passed over."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.ledger import ledger_kinds
from etl.recognise import Sheet
from etl.sheets.header import find_header
from etl.sheets.row_fates import DATA, SKIPPED, RowReader, is_plain
from tests.etl.sheets import DISPUTE, ENTERPRISE, row_of, sheet_of, text_sheet


def _fate_of(sheet: Sheet) -> dict[int, str]:
    fates = dict(sheet.skipped_rows)
    assert len(fates) == len(sheet.skipped_rows) and not set(fates) & set(sheet.rows)
    assert sheet.skipped == {name: list(fates.values()).count(name) for name in SKIPPED}
    return fates | dict.fromkeys(sheet.rows, DATA)


def test_every_row_has_exactly_one_fate() -> None:
    rows = {
        1: (["坂田街道企业台账（2018年12月）"], "title"),
        2: ([], "blank"),
        3: (["填报单位：南坑社区", "", "", "填报日期：2018年12月"], "title"),
        4: (ENTERPRISE, "header"),
        5: (["甲", "乙", "1", "2", "3", "4", "5"], "header"),
        6: (row_of(1), DATA),
        7: (row_of(2), DATA),
        8: (["", "南坑", "小　计", "", "24", "20"], "total"),
        9: ([" ", "　", ""], "blank"),
        10: (["3"], "blank"),
        11: (ENTERPRISE, "header"),
        12: (row_of(4), DATA),
        13: (["本页合计", "", "", "", "36", "30"], "total"),
        14: (["企业台账（续）"], "title"),
        15: (ENTERPRISE, "header"),
        16: (row_of(5), DATA),
        17: (["合　计", "共4家", "", "", "48", "40"], "total"),
        18: (["注：1.本表由社区填报。"], "note"),
        19: (["2.职工数以社保为准。"], "note"),
        20: (["填表人：张三", "", "审核人：李四", "", "联系电话：8888"], "signature"),
        21: (["坂田街道南坑社区工联会（盖章）"], "signature"),
        22: (["2018年12月31日"], "signature"),
    }
    assert _fate_of(sheet_of(*(row for row, _fate in rows.values()))) == {n: fate for n, (_row, fate) in rows.items()}


@pytest.mark.parametrize(
    "text",
    ["合计", "合 计：", "小计", "总　计", "累计", "本页合计", "本月小计", "1-12月累计", "共227家", "合计227家", "南坑社区小计",
     "共计5宗", "总共3家企业"],
)  # fmt: skip
@pytest.mark.parametrize("place", [0, 1])
def test_total_rows(text: str, place: int) -> None:
    row = ["", "", "", "", "24", "20", ""]
    row[place] = text
    sheet = sheet_of(ENTERPRISE, row_of(1), row, row_of(2))
    assert sheet.rows == [2, 4]
    assert sheet.totals[0][0] == 3 and sheet.totals[0][1]["workers"] == "24"


@pytest.mark.parametrize(
    "name",
    ["合计会计师事务所", "共创家具厂", "总统大酒店有限公司", "小计科技有限公司", "累计物流公司", "备注文化传播公司", "注塑模具厂",
     "无锡电子深圳分公司", "说明书印刷厂", "填海工程公司", "联系电话亭公司", "无限可能公司", "合计", "审核通咨询公司"],
)  # fmt: skip
def test_names_that_look_like_other_rows_are_data(name: str) -> None:
    header = ["所属社区", "统一社会信用代码", "企业名称", "职工人数"]
    assert sheet_of(header, ["南坑", "91449999568775677C", name, "5"]).rows == [2]
    if name != "合计":
        assert sheet_of(ENTERPRISE, row_of(1, name), row_of(2, name)).rows == [2, 3]
        assert sheet_of(ENTERPRISE[1:], row_of(1, name)[1:], row_of(2, name)[1:]).rows == [2, 3]


@pytest.mark.parametrize(
    "row",
    [
        ["无"],
        ["", "本月无"],
        ["零报告"],
        ["1", "无", "无", "/", "—"],
        ["本月无劳资纠纷。"],
        ["", "", "暂无"],
        ["本社区无新增纠纷"],
    ],
)
def test_a_row_of_nothing_is_a_note_and_the_sheet_a_nil_report(row: list[str]) -> None:
    sheet = sheet_of(["2018年12月劳资纠纷台账"], DISPUTE, row)
    assert (sheet.rows, sheet.skipped["note"], sheet.data.height) == ([], 1, 0)


def test_a_header_alone_is_a_nil_report() -> None:
    sheet = sheet_of(DISPUTE)
    assert (sheet.rows, sheet.skipped["header"]) == ([], 1)


def test_a_row_with_some_nothing_is_data() -> None:
    assert sheet_of(DISPUTE, ["坂调〔2018〕1号", "无", "无", "2018-01-02", "无"]).rows == [2]


def test_a_note_under_the_header_does_not_end_the_table() -> None:
    assert sheet_of(ENTERPRISE, ["注：请逐行填写"], row_of(1), row_of(2)).rows == [3, 4]


def test_full_rows_under_a_note_are_not_lost() -> None:
    sheet = sheet_of(
        ENTERPRISE, row_of(1), ["备注：以下为新增"], row_of(2), ["说明", "见上"], ["注:完"], ["另", "见附件"]
    )
    assert sheet.rows == [2, 4, 5]
    assert sheet.skipped["note"] == 3


def test_rows_that_only_a_merged_cell_reaches_are_blank() -> None:
    sheet = sheet_of(ENTERPRISE, row_of(1), ["", "", "", ""], row_of(2), merged=((1, 3, 2, 3),))
    assert (sheet.rows, sheet.skipped["blank"]) == ([2, 4], 1)


CELLS = st.sampled_from(
    ["", " ", "1", "12", "合计", "12月合计", "小计", "共3家", "3家合计", "无", "本月无", "零报告", "注：x", "备注：", "※见下", "填表人：", "南坑", "甲厂",
     "南坑社区小计", "审核人", "工会负责人：", "电话：1", "日期：", "企业名称", "序号", "2018年12月31日", "社区（盖章）", "甲", "以下空白", "/", "单位盖章",
     "91449999568775677C", "工会主席签字", "街道合计", "企业台账（续）", "\u3000合计", "主要领导：", "二〇一八年十二月", "坂田工联会（盖章）", "当月无劳资纠纷", "0", "-", "领导："]
)  # fmt: skip


@given(st.lists(CELLS, min_size=7, max_size=7))
def test_the_short_way_never_takes_a_row_that_the_long_way_would_skip(row: list[str]) -> None:
    text = text_sheet(ENTERPRISE, row_of(1), row)
    header, _near = find_header(text, tuple(ledger_kinds().values()))
    assert header is not None
    reader = RowReader(text, header)
    reader.has_data = True
    heads = frozenset(cell for title in reader.titles for cell in title[:3])
    if is_plain(row, heads):
        assert reader.fate(row) == DATA


@settings(deadline=None)  # the first of all examples reads ledger kinds and code lists
@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=12))
def test_any_rows_get_one_fate_each(rows: list[list[str]]) -> None:
    sheet = sheet_of(["企业台账"], ENTERPRISE, *rows)
    assert sorted(_fate_of(sheet)) == list(range(1, len(rows) + 3))
    assert all(len(column) == len(sheet.rows) for column in sheet.cells.values())


@pytest.mark.parametrize(
    ("cells", "fate"),
    [
        (["", "示例甲", "", "", "共200人", "20", ""], DATA),  # the number of workers, not a total
        (["", "示例甲", "", "", "合计200人", "20", ""], DATA),
        (["", "共200家企业", "", "", "", "", ""], "total"),
        (["", "合计200家", "", "", "36", "30", ""], "total"),
        (["9", "小计", "", "", "36", "30", ""], "total"),
    ],
)
def test_a_count_in_the_second_cell_is_no_total(cells: list[str], fate: str) -> None:
    sheet = sheet_of(ENTERPRISE, row_of(1), cells, row_of(2))
    assert _fate_of(sheet)[3] == fate

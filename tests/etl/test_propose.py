"""Uncertain headers: proposed by words and by what the cells look like, never applied."""

from __future__ import annotations

import pytest

from etl.recognise import NotALedger, Proposal, recognise
from tests.etl.sheets import DISPUTE, ENTERPRISE, row_of, sheet_of, text_sheet

CODES = [f"91440300MA5D0{number:05d}" for number in range(10, 19)]


def _columns(header: str, cells: list[str], base: list[str] = ENTERPRISE) -> list[Proposal]:
    rows = [[*row_of(number), cell] for number, cell in enumerate(cells, start=1)]
    return [p for p in sheet_of([*base, header], *rows).proposals if p.header == header]


@pytest.mark.parametrize(
    ("header", "cells", "column", "confidence"),
    [
        ("企业开办时间点", ["2010-01-02"] * 4, "founded_date", "medium"),
        ("企业开办时间点", [""] * 4, "founded_date", "low"),
        ("女职工人数总", ["5", "6", "7", "1,200"], "female_workers", "high"),
        ("位置经度值", ["114.061", "114.07123", "114.08", "114.0999", "114.111"], "lon", "medium"),
        ("工会组建时间点", ["2015.6", "2016.7", "2017.8", "2018.9"], "union_formed_date", "high"),
        ("联系号码", ["13800138000"] * 4, "phone", "low"),
    ],
)
def test_words_and_cells_make_a_proposal(header: str, cells: list[str], column: str, confidence: str) -> None:
    [proposal] = _columns(header, cells)
    assert (proposal.column, proposal.confidence, proposal.index) == (column, confidence, len(ENTERPRISE))


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("企业开办时间点", ["张三", "李四", "王五", "赵六"]),
        ("女职工人数总", ["2018-01-01"] * 4),
        ("税收", ["33.5"] * 4),
        ("职工总人数量", ["12"] * 4),
        ("领导意见", ["同意"] * 4),
    ],
)
def test_cells_speak_against_a_word_and_certain_columns_are_taken(header: str, cells: list[str]) -> None:
    assert _columns(header, cells) == []


def test_why_is_plain_and_names_no_value() -> None:
    [proposal] = _columns("企业开办时间点", ["2010-01-02", "2011-01-02", "2012-01-02", "2013-01-02", "x"])
    assert proposal.why == "与“开办时间”相近；该列5格大多是日期"
    [phone] = _columns("联系号码", ["13800138000"] * 4)
    assert "138" not in phone.why


def test_one_column_is_claimed_by_one_header_only() -> None:
    rows = [[*row_of(number), "2010-01-02", "2010-01-03"] for number in range(1, 5)]
    found = sheet_of([*ENTERPRISE, "企业开办时间点", "公司成立时间点"], *rows).proposals
    columns = [proposal.column for proposal in found]
    assert "founded_date" in columns and len(columns) == len(set(columns))


def test_a_sheet_that_proposals_would_make_a_ledger_says_which() -> None:
    header = ["案件编码号", *DISPUTE[1:3], "登记时间点", *DISPUTE[4:]]
    rows = [[f"坂调{n}号", "甲厂", "南坑", f"2018-12-0{n}", "欠薪", "3", "调解成功"] for n in range(1, 6)]
    found = recognise(text_sheet(["坂田街道南坑社区劳资纠纷台账"], header, *rows))
    assert isinstance(found, NotALedger)
    assert (found.ledger, found.header_row, found.headers) == ("dispute", 2, tuple(header))
    assert {(p.header, p.column) for p in found.proposals} == {
        ("案件编码号", "case_no"), ("登记时间点", "received_date")}  # fmt: skip
    assert found.reason == "像劳资纠纷台账，但缺少必需的列：案件编号、受理日期"


def test_cells_alone_are_a_clue_where_they_can_hardly_be_anything_else() -> None:
    rows = [["甲厂", code, place, "12"] for code, place in zip(CODES, ["南坑", "岗头", "马安堂"] * 3, strict=True)]
    found = recognise(text_sheet(["单位", "代码", "镇村", "人"], *rows))
    assert isinstance(found, NotALedger) and found.ledger == "enterprise"
    assert {(p.header, p.column, p.confidence) for p in found.proposals} >= {
        ("代码", "uscc", "medium"), ("镇村", "community", "low")}  # fmt: skip


def test_a_table_of_sums_is_no_ledger_by_proposals() -> None:
    rows = [[name, "3", "200", "150", "2"] for name in ("南坑", "岗头", "马安堂", "五和")]
    found = recognise(text_sheet(["各社区汇总"], ["社区", "企业数", "职工数", "会员数", "建会企业数"], *rows))
    assert isinstance(found, NotALedger) and found.ledger is None and found.proposals == ()

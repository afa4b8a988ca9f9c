"""The sections that the office types: printed as typed, said to be none, or a hole that a complete run stops at."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from briefing import typed
from briefing.model import Missing, Paragraph, Table, Typed, plain
from briefing.request import Request
from briefing.sections.made import Made
from briefing.source import Source
from briefing.suggestions import suggestions
from metrics.warehouse import Warehouse, open_current

NOVEMBER, DECEMBER = date(2018, 11, 1), date(2018, 12, 1)
MATTERS = ("assigned", "proposals", "next_steps")


@pytest.fixture(scope="module")
def warehouse(sample_street: Path) -> Warehouse:
    """Return the sample's newest generation."""
    return open_current(sample_street)


def _made(section: str, warehouse: Warehouse, street: Path | None, month: date = DECEMBER) -> Made:
    made: Made = import_module(f"briefing.sections.{section}").build(Source(warehouse, street), Request("brief", month))
    return made


def _texts(made: Made) -> list[str]:
    assert made.section is not None
    blocks = [block for block in made.section.blocks if isinstance(block, Paragraph)]
    return [one.text for block in blocks for one in block.sentences]


@pytest.mark.parametrize("section", MATTERS)
@pytest.mark.parametrize("has_street", [True, False])
def test_nothing_typed_is_a_hole(warehouse: Warehouse, tmp_path: Path, section: str, has_street: bool) -> None:
    made = _made(section, warehouse, tmp_path if has_street else None)
    assert made.section is None and [one.is_section for one in made.missing] == [True]


def test_no_rank_typed_is_told_but_stops_nothing(warehouse: Warehouse, tmp_path: Path) -> None:
    assert _made("district_ranks", warehouse, tmp_path) == Made(None, (Missing("区通报排名", "未填写"),))


def test_nothing_this_time_is_a_sentence(warehouse: Warehouse, tmp_path: Path) -> None:
    for add in (typed.add_assigned, typed.add_proposal, typed.add_next_step):
        add(tmp_path, DECEMBER, "无")
    assert [_texts(_made(section, warehouse, tmp_path)) for section in MATTERS] == [["本期无。"]] * 3


def test_nothing_is_not_printed_beside_something(warehouse: Warehouse, tmp_path: Path) -> None:
    for add in (typed.add_assigned, typed.add_proposal, typed.add_next_step):
        add(tmp_path, DECEMBER, "无。")
        add(tmp_path, DECEMBER, "换届")
    said = [_texts(_made(section, warehouse, tmp_path)) for section in MATTERS]
    assert said == [["换届。正在办理。"], ["换届。"], ["换届。"]]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "换届。正在办理。"),
        ({"is_done": True}, "换届。已办结。"),
        ({"responsible": "岗头社区工联会"}, "换届（责任单位：岗头社区工联会）。正在办理。"),
        ({"deadline": "年底前", "progress": "已动员。"}, "换届（时限：年底前）。正在办理，已动员。"),
        (
            {"responsible": "岗头", "deadline": "2018-12-20", "progress": "已批复", "is_done": True},
            "换届（责任单位：岗头；时限：2018年12月20日）。已办结，已批复。",
        ),
    ],
)
def test_an_assigned_matter_reads_as_a_sentence(
    warehouse: Warehouse, tmp_path: Path, values: dict[str, str], said: str
) -> None:
    typed.add_assigned(tmp_path, NOVEMBER, "换届。", **values)  # type: ignore[arg-type]
    assert _texts(_made("assigned", warehouse, tmp_path, NOVEMBER)) == [said]


def test_digits_that_a_person_typed_are_typed(warehouse: Warehouse, tmp_path: Path) -> None:
    typed.add_assigned(tmp_path, DECEMBER, "5家企业换届", "2个社区", "2018-12-20", "已办3家")
    made = _made("assigned", warehouse, tmp_path)
    assert made.section is not None
    [paragraph] = made.section.blocks
    assert isinstance(paragraph, Paragraph) and paragraph.is_numbered
    [sentence] = paragraph.sentences
    assert sentence.id.startswith("assigned:")
    assert [part.text for part in sentence.parts if isinstance(part, Typed)] == [
        "5家企业换届", "2个社区", "2018年12月20日", "已办3家",
    ]  # fmt: skip
    assert not [part for part in sentence.parts if isinstance(part, str) and any(map(str.isdecimal, part))]


def test_only_open_proposals_are_printed(warehouse: Warehouse, tmp_path: Path) -> None:
    item = typed.add_proposal(tmp_path, DECEMBER, "增设服务站。")
    typed.add_proposal(tmp_path, DECEMBER, "增配人员")
    assert _texts(_made("proposals", warehouse, tmp_path)) == ["增设服务站。", "增配人员。"]
    typed.add_proposal(tmp_path, DECEMBER, "增设服务站", typed.DECIDED, item)
    assert _texts(_made("proposals", warehouse, tmp_path)) == ["增配人员。"]


def test_a_question_keeps_its_mark(warehouse: Warehouse, tmp_path: Path) -> None:
    for text in ("是否增设服务站？", "增配人员。；"):
        typed.add_proposal(tmp_path, DECEMBER, text)
    assert _texts(_made("proposals", warehouse, tmp_path)) == ["是否增设服务站？", "增配人员。"]


def test_when_all_is_decided_nothing_is_proposed(warehouse: Warehouse, tmp_path: Path) -> None:
    typed.add_proposal(tmp_path, DECEMBER, "增设服务站", typed.DECIDED)
    assert _texts(_made("proposals", warehouse, tmp_path)) == ["本期无。"]


def test_ranks_are_a_table_with_the_last_ones_beside_them(warehouse: Warehouse, tmp_path: Path) -> None:
    typed.add_rank(tmp_path, NOVEMBER, "建会率", 4, 11)
    typed.add_rank(tmp_path, DECEMBER, "建会率", 3, 11, "深龙工〔2019〕1号", "2019-01-03")
    typed.add_rank(tmp_path, DECEMBER, "入会率", 2)
    made = _made("district_ranks", warehouse, tmp_path)
    assert made.section is not None
    [table] = made.section.blocks
    assert isinstance(table, Table)
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["建会率", "第3名（共11个）", "第4名，2018年11月", "深龙工〔2019〕1号，2019年1月3日"],
        ["入会率", "第2名", "—", ""],
    ]
    assert "不由本系统计算" in table.notes[0]


@pytest.mark.parametrize("section", [*MATTERS, "district_ranks"])
def test_none_of_it_leaves_the_house(section: str) -> None:
    module = import_module(f"briefing.sections.{section}")
    assert module.IS_INTERNAL and module.IS_OF_STREET and module.TITLE


def test_a_matter_taken_from_a_suggestion_is_flagged_when_the_data_move(warehouse: Warehouse, tmp_path: Path) -> None:
    """As it was taken over nothing is said; with other data, or once it is no longer suggested, its place is named."""
    behind, gone = "behind:unions_formed_target_progress", "behind:no_such_metric"
    now = {one.id: one.text for one in suggestions(Source(warehouse, tmp_path), DECEMBER)}
    typed.add_proposal(tmp_path, DECEMBER, "增设服务站")
    item = typed.add_proposal(tmp_path, DECEMBER, now[behind], suggestion=behind)
    assert _made("proposals", warehouse, tmp_path).missing == ()
    typed.add_proposal(tmp_path, DECEMBER, "请研究新建会进度", item=item)  # in the office's own words
    assert _made("proposals", warehouse, tmp_path).missing == ()
    assert [one.suggestion for one in typed.proposals(tmp_path, DECEMBER)] == ["", behind]
    typed.add_proposal(tmp_path, DECEMBER, "南坑进度37.5%。", suggestion=behind)
    typed.add_proposal(tmp_path, DECEMBER, "某建议", suggestion=gone)
    found = {one.what: one.why for one in _made("proposals", warehouse, tmp_path).missing}
    assert list(found) == ["提请研究事项第3项与现有数据的核对", "提请研究事项第4项与现有数据的核对"]
    assert found["提请研究事项第3项与现有数据的核对"].endswith(f"现为：{now[behind]}")
    assert found["提请研究事项第4项与现有数据的核对"].endswith("现已没有这项建议")

"""Each check of the handling finds what was planted for it, with its row, and is silent on what only comes near."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import pytest

from etl.generations import READ_ONLY, current
from etl.instructions import Instructions
from etl.intake import load
from etl.models import checks
from etl.street import open_street

DISPUTE = ["案件编号", "涉事企业", "受理日期", "办结日期", "案由", "涉及人数", "诉求金额", "处理结果"]
STEP = ["案件编号", "涉及企业", "办理环节", "环节日期", "延长至", "延长天数", "金额", "承办单位"]
BOOK = "坂田街道南坑社区纠纷办理流程台账"
DISPUTES = [
    ("坂调〔2018〕001号", "2018-04-02", "2018-05-20", "100000", "和解"),  # all in order
    ("坂调〔2018〕002号", "2018-04-05", "", "", "在办"),
    ("坂调〔2018〕003号", "2018-04-06", "2018-04-20", "5000", "调解成功"),
    ("坂调〔2018〕004号", "2018-04-06", "2018-04-20", "", "撤回"),
    ("坂调〔2018〕005号", "2018-04-06", "", "", "在办"),
    ("坂调〔2018〕006号", "2018-04-06", "", "", "在办"),
    ("NK2018-1-16", "2018-04-06", "", "", "在办"),
    ("NK2018-11-6", "2018-04-06", "", "", "在办"),
]
# case, step, date, extended to, days, amount
STEPS = [
    # 001: reported and warned before it, negotiated and settled, arrears on the way, performed and judged after closing
    ("坂调[2018] 001号", "报告", "2018-03-19", "", "", ""),
    ("坂调[2018] 001号", "受理", "2018-04-02", "", "", ""),
    ("坂调[2018] 001号", "调查", "2018-04-02", "", "", ""),  # on the day of acceptance is not before it
    ("坂调[2018] 001号", "调解", "2018年4月", "", "", ""),  # the month of acceptance may be after it
    ("坂调[2018] 001号", "补缴社保公积金", "2018-04-16", "", "", "350000"),
    ("坂调[2018] 001号", "同意延期", "2018-04-17", "", "15", ""),
    ("坂调[2018] 001号", "走访宿舍", "2018-04-20", "", "", ""),  # an investigation may be repeated
    ("坂调[2018] 001号", "和解", "2018-05-10", "", "", "100000"),  # as much as was claimed is not more
    ("坂调[2018] 001号", "结案归档", "2018-05-20", "", "", ""),
    ("坂调[2018] 001号", "履行完毕", "2018-05-25", "", "", "100000"),  # performance may follow the closing
    # 002: mediated before acceptance, an opinion answered before it was sent, an extension to nowhere
    ("坂调〔2018〕002号", "受理", "2018-04-05", "", "", ""),
    ("坂调〔2018〕002号", "调解", "2018-04-03", "", "", ""),
    ("坂调〔2018〕002号", "意见书", "2018-04-12", "", "", ""),
    ("坂调〔2018〕002号", "书面答复", "2018-04-10", "", "", ""),
    ("坂调〔2018〕002号", "同意延期", "2018-04-20", "", "", ""),
    # 003: no acceptance, agreed on more than was claimed, closed by the dispute ledger only
    ("坂调〔2018〕003号", "调解", "2018-04-10", "", "", ""),
    ("坂调〔2018〕003号", "达成协议", "2018-04-18", "", "", "9000"),
    # 004: accepted twice, withdrawn, negotiated after it was closed, closed on another day than the dispute ledger says
    ("坂调〔2018〕004号", "受理", "2018-04-06", "", "", ""),
    ("坂调〔2018〕004号", "受理", "2018-04-09", "", "", ""),
    ("坂调〔2018〕004号", "撤回", "2018-04-19", "", "", ""),
    ("坂调〔2018〕004号", "结案归档", "2018-04-19", "", "", ""),
    ("坂调〔2018〕004号", "协商", "2018-04-21", "", "", ""),
    # 005: over by its steps, in hand by the dispute ledger; 006: settled and still to be performed is in hand
    ("坂调〔2018〕005号", "受理", "2018-04-06", "", "", ""),
    ("坂调〔2018〕005号", "结案归档", "2018-04-25", "", "", ""),
    ("坂调〔2018〕006号", "受理", "2018-04-06", "", "", ""),
    ("坂调〔2018〕006号", "和解", "2018-04-25", "", "", ""),
    # numbers without hyphens are the same for both: written exactly they are known, otherwise nobody guesses
    ("NK2018-1-16", "受理", "2018-04-06", "", "", ""),
    ("NK2018-11-6", "受理", "2018-04-06", "", "", ""),
    ("NK2018/1/16", "调查", "2018-04-08", "", "", ""),
]
FINDS = {
    "case_step_before_acceptance": [("坂调〔2018〕002号", "调解（2018-04-03）早于受理（2018-04-05）")],
    "case_step_out_of_order": [("坂调〔2018〕002号", "书面答复（2018-04-10）早于意见书（2018-04-12）")],
    "case_extension_unsaid": [("坂调〔2018〕002号", "没有写延长至哪一天或延长几天")],
    "case_acceptance_missing": [
        ("NK2018/1/16", "有调查而没有受理环节"),
        ("坂调〔2018〕003号", "有调解而没有受理环节"),
    ],
    "case_step_agreed_above_claimed": [("坂调〔2018〕003号", "达成协议金额9000元，诉求金额5000元")],
    "case_ending_missing": [
        ("坂调〔2018〕003号", "劳资纠纷台账已于2018-04-20办结，流程台账最后一个环节是达成协议（2018-04-18）")
    ],
    "case_step_repeated": [("坂调〔2018〕004号", "受理已有一次（2018-04-06），又记2018-04-09")],
    "case_step_after_closing": [("坂调〔2018〕004号", "协商（2018-04-21）在结案（2018-04-19）之后")],
    "case_dates_disagree": [("坂调〔2018〕004号", "结案归档环节2018-04-19，劳资纠纷台账2018-04-20")],
    "case_ended_but_open": [("坂调〔2018〕005号", "结案归档（2018-04-25）而劳资纠纷台账仍为在办")],
    "case_unknown": [("NK2018/1/16", "劳资纠纷台账里没有这个编号（共1个环节）")],
    "extension_after_due": [],  # planted in tests/etl/test_deadlines.py
}


def write(folder: Path, title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with (folder / f"{title}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows([[title], header, *rows])


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """Return a street with both ledgers; its May book repeats a step of the April book under another organisation."""
    folder, home = tmp_path_factory.mktemp("handling"), tmp_path_factory.mktemp("handling_street")
    cases = [
        [number, "某厂", received, closed, "拖欠工资", 3, claimed, result]
        for number, received, closed, claimed, result in DISPUTES
    ]
    write(folder, "坂田街道南坑社区劳资纠纷台账（2018年4月）", DISPUTE, cases)
    steps = [[case, "某厂", *rest, "南坑社区工联会"] for case, *rest in STEPS]
    write(folder, f"{BOOK}（2018年4月）", STEP, steps)
    again = [["坂调〔2018〕001号", "某厂", "报告", "2018-03-19", "", "", "", "坂田街道总工会"]]
    write(folder, f"{BOOK}（2018年5月）", STEP, again)
    load([folder], home, Instructions(agreed=frozenset({"vanish", "replace"})))
    generation = current(open_street(home))
    assert generation
    return duckdb.connect(str(generation.path), config=READ_ONLY, read_only=True)


@pytest.mark.parametrize("check", [check.id for check in checks() if check.id.startswith("case_")])
def test_a_check_finds_what_was_planted_and_nothing_else(street: duckdb.DuckDBPyConnection, check: str) -> None:
    found = street.execute(
        'select subject, detail, file, "row" from intake.check_row where check_id = ? order by all', [check]
    ).fetchall()
    assert [row[:2] for row in found] == FINDS[check]
    for subject, detail, file, row in found:
        assert file.startswith(BOOK)
        case, title = STEPS[row - 3][0], STEPS[row - 3][1]
        assert case == subject and (title in detail or check in {"case_unknown", "case_extension_unsaid"})


def test_every_row_stands_and_the_newest_book_wins(street: duckdb.DuckDBPyConnection) -> None:
    """29 rows and one that the next book repeats: none is dropped, none counts twice."""
    assert street.execute("select count(*) from core.case_step where source = 'step'").fetchall() == [(len(STEPS),)]
    told = "select organisation, file from core.case_step where step = 'reported'"
    [(organisation, file)] = street.execute(told).fetchall()
    assert organisation == "坂田街道总工会" and "5月" in file


def test_dates_come_from_the_dispute_ledger_where_steps_have_none(street: duckdb.DuckDBPyConnection) -> None:
    added = "select dispute_id, step, step_date, file from core.case_step where source = 'dispute' order by 1, 2"
    rows = [row[:3] for row in street.execute(added).fetchall() if "劳资纠纷台账" in row[3]]
    assert rows == [
        ("坂调〔2018〕003号", "accepted", date(2018, 4, 6)),
        ("坂调〔2018〕003号", "closed", date(2018, 4, 20)),
    ]


def test_the_facts_of_each_case(street: duckdb.DuckDBPyConnection) -> None:
    """Handled and mediated to an end are not the same, and the dispute ledger closes a case, not its steps."""
    query = """
        select right(dispute_id, 4), is_handled, is_mediation_closed, is_success, ended_date, ending, days_to_close,
               days_warning_to_closing
        from core.case_fact where dispute_id like '坂调%' order by 1"""
    assert street.execute(query).fetchall() == [
        ("001号", True, True, True, date(2018, 5, 20), "settled", 48, 62),
        ("002号", True, False, False, None, None, None, None),
        ("003号", True, True, True, date(2018, 4, 20), "mediated", 14, None),
        ("004号", True, False, False, date(2018, 4, 20), "withdrawn", 14, None),
        ("005号", False, False, False, date(2018, 4, 25), "closed", None, None),
        ("006号", True, False, False, date(2018, 4, 25), "settled", None, None),
    ]


def test_the_stages_of_each_case(street: duckdb.DuckDBPyConnection) -> None:
    """What was not agreed on is left on the day it ended; a date known to the month makes no stage."""
    query = """
        select right(dispute_id, 4), stage, started_on, ended_on, left_on from core.case_stage
        where stage in ('accept_to_agreement', 'agreement_to_performance') and dispute_id like '坂调%' order by 1, 2"""
    day = {n: date(2018, 4, n) for n in range(1, 31)}
    assert street.execute(query).fetchall() == [
        ("001号", "accept_to_agreement", day[2], date(2018, 5, 10), None),
        ("001号", "agreement_to_performance", date(2018, 5, 10), date(2018, 5, 25), None),
        ("002号", "accept_to_agreement", day[5], None, None),
        ("003号", "accept_to_agreement", day[6], day[18], None),
        ("003号", "agreement_to_performance", day[18], None, day[20]),
        ("004号", "accept_to_agreement", day[6], None, day[20]),
        ("005号", "accept_to_agreement", day[6], None, day[25]),
        ("006号", "accept_to_agreement", day[6], day[25], None),
        ("006号", "agreement_to_performance", day[25], None, None),
    ]

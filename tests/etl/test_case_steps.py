"""No sequence of steps breaks a case: whatever the order, every row is kept or refused with a reason, every flaw named.

The sequences go through the real intake and models, many cases in one ledger, and are judged a second time in Python.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from etl.generations import current
from etl.instructions import Instructions
from etl.intake import load
from etl.street import open_street
from metrics.judging.cases import case_of
from metrics.warehouse import open_current
from tests.etl.step_sequences import Dispute, Written, case_text, ledgers, legal, written_case_text

DISPUTE = ["案件编号", "涉事企业", "受理日期", "办结日期", "案由", "涉及人数", "诉求金额", "处理结果"]
STEP = ["案件编号", "社区", "涉及企业", "办理环节", "环节日期", "延长至", "延长天数", "金额", "承办单位"]
FILE = "坂田街道纠纷办理流程台账（2018年4月）全街道"
# A build is dear: few examples of many cases each, and no shrinking (the seed brings the example back).
few = settings(
    max_examples=2,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def write(folder: Path, title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with (folder / f"{title}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows([[title], header, *rows])


def build(folder: Path, cases: list[Dispute], unknown: list[Written]) -> tuple[Path, list[Written]]:
    """Load both ledgers into a street; return it and the step rows in the order of the sheet (the first in row 3)."""
    (folder / "in").mkdir()
    write(
        folder / "in", "坂田街道南坑社区劳资纠纷台账（2018年4月）", DISPUTE,
        [[case_text(d.case), f"深圳示例{d.case}有限公司", d.received, d.closed or "", "拖欠工资", 3, d.claimed, d.outcome] for d in cases],
    )  # fmt: skip
    listed = [step for dispute in cases for step in dispute.steps] + unknown
    titles = {code: row["title"] for code, row in legal().items()}
    write(
        folder / "in", FILE, STEP,
        [[written_case_text(s.case), "南坑", "某企业", titles[s.step], s.text, "", "", s.amount, "街道总工会"] for s in listed],
    )  # fmt: skip
    load([folder / "in"], folder / "street", Instructions(agreed=frozenset({"vanish", "replace"})))
    return folder / "street", listed


def opened(street: Path) -> duckdb.DuckDBPyConnection:
    generation = current(open_street(street))
    assert generation
    return open_current(street).cursor()


def true_in(step: str, column: str) -> bool:
    return bool(legal()[step][column] == "true")


def naive_flaws(dispute: Dispute | None, own: list[tuple[int, Written]]) -> set[tuple[str, int]]:
    """Return (flaw, row) of one case, by plain loops; `own` are its usable steps with their rows."""
    found: set[tuple[str, int]] = set()
    told = [step for _row, step in own]
    has = {step.step for step in told}
    acceptances = [s.earliest for s in told if s.step == "accepted"]
    if dispute and not acceptances:
        acceptances = [dispute.received]
    closings = [s.latest for s in told if s.step == "closed"]
    ended = {s for s in has if true_in(s, "is_ending")}
    if dispute and dispute.closed and not ended:
        closings = [dispute.closed]
    for row, step in own:
        others = {s: min(o.earliest for o in told if o.step == s) for s in has}
        if dispute and "accepted" not in has:
            others["accepted"] = dispute.received
        if dispute and dispute.closed and not ended:
            others["closed"] = dispute.closed
        if true_in(step.step, "needs_acceptance") and acceptances and step.latest < min(acceptances):
            found.add(("before_acceptance", row))
        for group in (legal()[step.step]["after"] or "").split("、"):
            before = [others[one] for one in group.split("|") if one in others]
            if before and step.latest < min(before):
                found.add(("out_of_order", row))
        may_follow = true_in(step.step, "may_follow_closing") or step.step == "closed"
        if closings and step.earliest > min(closings) and not may_follow:
            found.add(("after_closing", row))
        claimed = float(dispute.claimed) if dispute and dispute.claimed else None
        if claimed is not None and step.amount and step.step in {"agreement", "settled"}:
            found |= {("agreed_above_claimed", row)} if float(step.amount) > claimed else set()
        if step.step == "extended":
            found.add(("extension_unsaid", row))
    return found


def usable(listed: list[Written]) -> dict[int, list[tuple[int, Written]]]:
    """Return the rows that can be taken as written, by case."""
    cases: dict[int, list[tuple[int, Written]]] = defaultdict(list)
    for row, step in enumerate(listed, start=3):
        if not step.is_bad:
            cases[step.case].append((row, step))
    return cases


@few
@given(seed=st.integers(0, 2**32))
def test_no_sequence_of_steps_breaks_a_case(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    cases, unknown = ledgers(seed)
    street, listed = build(tmp_path_factory.mktemp("steps"), cases, unknown)
    database = opened(street)
    _none_is_lost(database, listed)
    _each_is_reported(database, cases, usable(listed))
    _each_case_is_whole(database, cases)
    warehouse, by_case = open_current(street), usable(listed)
    for dispute in cases[:8]:
        found = case_of(warehouse, written_case_text(dispute.case))
        assert found and found.dispute_id == case_text(dispute.case)
        assert {s.row for s in found.steps if s.file.startswith(FILE)} == {row for row, _step in by_case[dispute.case]}
        assert [s.date for s in found.steps] == sorted(s.date for s in found.steps)


def _none_is_lost(database: duckdb.DuckDBPyConnection, listed: list[Written]) -> None:
    """Every row stands in the table as it was written, or is refused and says so with its place."""
    kept = database.execute(
        "select \"row\", step, step_date, regexp_extract(case_no, '(\\d{3})号', 1)::integer from core.case_step"
        " where source = 'step' order by 1"
    ).fetchall()
    wanted = [(row, s.step, s.earliest, s.case) for row, s in enumerate(listed, start=3) if not s.is_bad]
    assert kept == wanted
    refused = database.execute(
        "select \"row\" from intake.bad_cell where severity = 'reject' and \"column\" = 'step_date' order by 1"
    ).fetchall()
    assert refused == [(row,) for row, step in enumerate(listed, start=3) if step.is_bad]


def _each_is_reported(
    database: duckdb.DuckDBPyConnection, cases: list[Dispute], by_case: dict[int, list[tuple[int, Written]]]
) -> None:
    """The checks name exactly the rows that a second look finds, with file and row."""
    known = {dispute.case: dispute for dispute in cases}
    found = set(database.execute('select flaw, "row" from core.case_flaw').fetchall())
    kinds = {"before_acceptance", "out_of_order", "after_closing", "agreed_above_claimed", "extension_unsaid"}
    wanted = {flaw for case, own in by_case.items() for flaw in naive_flaws(known.get(case), own)}
    assert {flaw for flaw in found if flaw[0] in kinds} == wanted
    for case, own in by_case.items():
        rows, has = {row for row, _step in own}, [step.step for _row, step in own]
        named = {flaw for flaw, row in found if row in rows}
        dispute = known.get(case)
        needs = any(true_in(step, "needs_acceptance") for step in has)
        assert ("unknown_case" in named) == (dispute is None)
        assert ("acceptance_missing" in named) == (needs and not {"accepted", "declined"} & set(has))
        again = sum(has.count(step) - 1 for step in set(has) if true_in(step, "is_once"))
        assert sum(flaw == "repeated" and row in rows for flaw, row in found) == again
        is_ended = any(true_in(step, "is_ending") for step in has)
        assert ("ending_missing" in named) == bool(dispute and dispute.closed and not is_ended)
        is_over = bool({"closed", "declined", "withdrawn"} & set(has))
        assert ("ended_but_open" in named) == bool(dispute and not dispute.closed and is_over)
    checked = database.execute("select count(*) from intake.check_row where check_id like 'case_%'").fetchall()
    assert checked == [(len(set(database.execute('select flaw, detail, "row" from core.case_flaw').fetchall())),)]


def _each_case_is_whole(database: duckdb.DuckDBPyConnection, cases: list[Dispute]) -> None:
    """One fact per dispute, steps numbered by date, an acceptance always, an ending where the dispute is closed."""
    assert database.execute("select count(*) from core.case_fact").fetchall() == [(len(cases),)]
    disorder = """
        select 1 from core.case_step as a inner join core.case_step as b
        on a.dispute_id = b.dispute_id and a.step_order < b.step_order and a.step_date > b.step_date"""
    assert database.execute(disorder).fetchall() == []
    twice = "select 1 from core.case_step group by coalesce(dispute_id, case_no), step_order having count(*) > 1"
    assert database.execute(twice).fetchall() == []
    accepted = "select count(distinct dispute_id) from core.case_step where step = 'accepted'"
    assert database.execute(accepted).fetchall() == [(len(cases),)]
    closed = dict(database.execute("select dispute_id, ended_date from core.case_fact").fetchall())
    assert all(closed[case_text(d.case)] == d.closed for d in cases if d.closed)

"""From hazard to settlement: the files of reports, steps, requests and risk facts, and what was planted in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from etl.sample import hazard_flaws, step_flaws
from etl.sample.disputes import Case
from etl.sample.enterprises import GARMENT_FACTORY, LAST, Enterprise
from etl.sample.files import File
from etl.sample.hazard_sheets import hazard_sheets
from etl.sample.hazards import FIRST, Hazard, all_hazards
from etl.sample.online import Request, all_requests
from etl.sample.online_sheets import HALVES, half_sheet, stem
from etl.sample.places import FILE_MARK, STREET
from etl.sample.reward_standards import VERSIONS, standard_sheet
from etl.sample.risk_scores import Fact, all_facts
from etl.sample.risk_sheets import risk_sheets
from etl.sample.step_sheets import step_sheets
from etl.sample.steps import MEDIATION_DAYS, Step, all_steps


@dataclass(frozen=True)
class Process:
    """The rows of the street's own ledgers, and what an analysis must find in them."""

    hazards: list[Hazard]
    steps: list[Step]
    requests: list[Request]
    facts: list[Fact]
    planted: dict[str, Any]


def make_process(enterprises: Sequence[Enterprise], cases: Sequence[Case], seed: int, scale: int) -> Process:
    """Make the reports, steps, requests and facts that belong to those enterprises and cases."""
    hazards, wrong_hazards = hazard_flaws.with_flaws(all_hazards(enterprises, cases, seed, scale))
    whole = all_steps(cases, seed)
    steps, wrong_steps = step_flaws.with_flaws(whole)
    requests, facts = all_requests(enterprises, cases, seed, scale), all_facts(enterprises, cases, seed, scale)
    planted = {
        "article_hazards": [h.no for h in hazards if h.enterprise and h.enterprise.name == GARMENT_FACTORY],
        "group_cases_reported_before": _preceded(hazards, cases), "same_hazard": _same(hazards),
        "wrong_hazards": wrong_hazards, "wrong_steps": wrong_steps, "overdue_at_end": _overdue(whole, cases),
        "cases_from_online": sorted(r.case_no for r in requests if r.case_no),
    }  # fmt: skip
    return Process(hazards, steps, requests, facts, planted)


def _preceded(hazards: Sequence[Hazard], cases: Sequence[Case]) -> dict[str, Any]:
    """Return how many of the group cases since 2016 a true report preceded, and which."""
    groups = [case.case_no for case in cases if case.workers_involved >= 10 and case.received >= FIRST]
    before = {hazard.case_before for hazard in hazards}
    return {"group_cases": len(groups), "preceded": [number for number in groups if number in before]}


def _same(hazards: Sequence[Hazard]) -> dict[str, int]:
    again = [hazard for hazard in hazards if hazard.first]
    written = sum(hazard.is_first_written for hazard in again)
    return {"written": written, "not_written": len(again) - written}


def _overdue(steps: Sequence[Step], cases: Sequence[Case]) -> list[str]:
    """Return the cases open for more than fifteen days at the end of 2018 without a longer time agreed on."""
    extended = {step.case_no for step in steps if step.step == "extended"}
    known = {step.case_no for step in steps}
    late = [case for case in cases if case.closed is None and (LAST - case.received).days > MEDIATION_DAYS]
    return [case.case_no for case in late if case.case_no in known - extended]


def process_files(process: Process, seed: int) -> Iterator[File]:
    """Yield the street's own files, a workbook a year or an export a half-year."""
    for name in VERSIONS:
        yield File(f"隐患/{STREET}隐患奖励标准{name[-4:]}年_{FILE_MARK}.xlsx", (standard_sheet(name),))
    for year in (2016, 2017, 2018):
        path = f"隐患/{STREET}隐患线索台账{year}年_{FILE_MARK}.xlsx"
        yield File(path, tuple(hazard_sheets(process.hazards, year, seed)))
    for year in (2017, 2018):
        path = f"流程/{STREET}纠纷办理流程台账{year}年_{FILE_MARK}.xlsx"
        yield File(path, tuple(step_sheets(process.steps, year, seed)))
        path = f"风险/{STREET}企业风险评分表{year}年_{FILE_MARK}.xlsx"
        yield File(path, tuple(risk_sheets(process.facts, year, seed)))
    for half in HALVES:
        encoding = "gb18030" if half[0].year < 2018 else "utf-8-sig"
        yield File(f"办件/{stem(half)}.csv", (half_sheet(process.requests, half, seed),), encoding)

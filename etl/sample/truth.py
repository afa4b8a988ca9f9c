"""The truth file: what was planted, which fate every row must get, and what the numbers must then be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from etl.sample import disputes
from etl.sample.disputes import Case
from etl.sample.enterprises import GARMENT_FACTORY, Enterprise
from etl.sample.files import csv_rows
from etl.sample.places import MARK
from etl.sample.registers import WRONG_TOTAL
from etl.sample.sheets import SKIPPED, Line, Sheet

DIFFERENCES = (
    ("coverage_rate", "第五园", "lower", "158 of 186 by construction"),
    ("coverage_rate", "南坑", "higher", "the published figures"),
    ("coverage_rate_above_scale", "第五园", "lower", "fewer enterprises are joined"),
    ("membership_rate_area", "第五园", "lower", "fewer enterprises are joined"),
    ("membership_rate_area", "南坑", "higher", "the published figures"),
    ("membership_rate_area", "万科城", "lower", "fewer members where joined"),
    ("membership_rate_unionised", "万科城", "lower", "fewer members where joined"),
    ("disputes_per_1000_workers", "南坑", "lower", "the pilot for settling disputes at their source"),
    ("disputes_per_1000_workers", "岗头", "lower", "示例特大型企业 has no disputes"),
    ("disputes_per_1000_workers", "大发埔", "higher", "wage cases since 2018-03"),
)


def sheet_truth(sheet: Sheet, is_csv: bool) -> dict[str, Any]:
    """Return what a sheet must be taken for and which fates and bad cells it must get."""
    if sheet.ledger is None:
        return {"sheet": sheet.name, "ledger": None}
    counts, rows = sheet.counts(), csv_rows(sheet) if is_csv else list(range(1, len(sheet.lines) + 1))
    period = [f"{day}" for day in sheet.period] if sheet.period else None
    return {
        "sheet": sheet.name, "ledger": sheet.ledger, "unit": sheet.unit, "as_of": f"{sheet.as_of}" if sheet.as_of else None,
        "period": period, "header_row": rows[sheet.header_row - 1], "rows_read": len(sheet.lines),
        **{fate: counts[fate] for fate in ("accepted", "rejected", "duplicates")},
        "skipped": {fate: counts[fate] for fate in SKIPPED},
        "rejects": _bad(sheet.lines, rows, is_reject=True), "warnings": _bad(sheet.lines, rows, is_reject=False),
    }  # fmt: skip


def _bad(lines: Sequence[Line], rows: Sequence[int], is_reject: bool) -> list[dict[str, Any]]:
    return [
        {"row": row, "column": flaw.column, "code": flaw.code}
        for row, line in zip(rows, lines, strict=True)
        if line.fate in (("rejected",) if is_reject else ("accepted", "header"))
        for flaw in line.flaws
    ]


def totals(files: Iterable[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """Return the counts of rows by ledger, and of bad cells by code."""
    found: dict[str, Counter[str]] = {}
    for sheet in (sheet for file in files for sheet in file["sheets"] if sheet["ledger"]):
        counter = found.setdefault(sheet["ledger"], Counter())
        counter.update({key: sheet[key] for key in ("rows_read", "accepted", "rejected", "duplicates")})
        counter.update({f"skipped_{fate}": number for fate, number in sheet["skipped"].items()})
        counter.update({f"bad_{bad['code']}": 1 for bad in sheet["rejects"]})
        counter.update(Counter(f"warning_{bad['code']}" for bad in sheet["warnings"]))
    return {ledger: dict(sorted(counter.items())) for ledger, counter in sorted(found.items())}


def planted(enterprises: Sequence[Enterprise], cases: Sequence[Case]) -> dict[str, Any]:
    """Return what was planted on purpose, so that an analysis can be judged right or wrong."""
    article = next(case for case in cases if case.enterprise.name == GARMENT_FACTORY)
    return {
        "true_differences": [
            {"metric": metric, "community": name, "direction": direction, "why": why}
            for metric, name, direction, why in DIFFERENCES
        ],
        "all_other_differences": "chance, and the mix of industries and sizes",
        "true_rise": {"community": disputes.RISE_PLACE, "cause": "01", "from": f"{disputes.RISE_FROM:%Y-%m}",
                      "extra_per_month": disputes.RISE_PER_MONTH},
        "noisy_month": {"community": disputes.NOISY_PLACE, "month": f"{disputes.NOISY_MONTH:%Y-%m}",
                        "extra": disputes.NOISY_EXTRA},
        "not_reported": [{"ledger": "dispute", "community": disputes.MISSING_PLACE, "month": "2018-12"}],
        "nil_reports": [{"ledger": "dispute", "community": name, "month": "2018-12"} for name in disputes.NIL_PLACES],
        "wrong_totals": [{"ledger": "enterprise", "community": name, "as_of": f"{day}"} for name, day in [WRONG_TOTAL]],
        "article_case": article.case_no,
        "renamed": [
            {"uscc": e.uscc, "from": e.former_name, "to": e.name, "on": f"{e.renamed}"} for e in enterprises if e.former_name
        ],
        "recoded": [
            {"name": e.name, "from": e.uscc, "to": e.new_uscc, "on": f"{e.recoded}"} for e in enterprises if e.new_uscc
        ],
        "moved": [
            {"name": e.name, "from": e.moved_from, "to": e.community, "on": f"{e.moved}"} for e in enterprises if e.moved
        ],
        "old_codes_first": sum(e.old_codes_until is not None for e in enterprises),
        "codes_lost_in_csv": "warning_scientific in totals: such a row is keyed by its name",
    }  # fmt: skip


def head(seed: int, scale: int) -> dict[str, Any]:
    """Return the facts that name the sample."""
    return {"sample": MARK, "seed": seed, "scale": scale, "month": "2018-12", "credit_code_region": "449999"}

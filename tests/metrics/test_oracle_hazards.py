"""Hazard reports, their rewards and the cases after them again, from the raw rows: by hand, on the sample, at random."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

import duckdb
import polars as pl
import pytest

from etl.models import FOLDER, read_model
from metrics.question import Question
from metrics.scope import months
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.etl.hazards import write_street
from tests.metrics.hazard_rows import Raw, firsts, raw_of, usable
from tests.metrics.raw_rows import Record, Unit, assert_every_month, assert_years_to_date, month_of

Count = Callable[[Record], float | None]
FOUND = ("true", "partly")
OF_REPORTS = (
    "hazard_reports",
    "hazards",
    "hazard_verified_rate",
    "hazard_verify_days",
    "hazard_resolved_rate",
    "hazard_reward_yuan",
)
OF_CASES = ("disputes_preceded_by_report", "disputes_preceded_by_report_rate", "hazard_lead_days")
HOW = {
    "hazard_verified_rate": "share", "hazard_resolved_rate": "share", "disputes_preceded_by_report_rate": "share",
    "hazard_verify_days": "median", "hazard_lead_days": "median",
}  # fmt: skip


@pytest.fixture(scope="module", name="by_hand")
def by_hand_(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return open_current(write_street(tmp_path_factory.mktemp("hazards")))


@pytest.fixture(scope="module", params=["by hand", "sample"], name="raw")
def raw_(request: pytest.FixtureRequest, by_hand: Warehouse, sample_street: Path) -> Raw:
    return raw_of(by_hand if request.param == "by hand" else open_current(sample_street))


def is_checked(row: Record) -> bool:
    return row["verify_result"] not in (None, "pending") and usable(row, "verified_date") is not None


def days_to_verify(row: Record) -> int | None:
    is_exact = row["reported_date_precision"] == row["verified_date_precision"] == "day"
    return (row["verified_date"] - row["reported_date"]).days if is_exact else None


def paid_month(row: Record) -> date | None:
    """Return the month of the money; without a date that of the report, in which it is missing."""
    if usable(row, "paid_date"):
        return month_of(row["paid_date"])
    return month_of(row["reported_date"]) if (row["reward_paid"] or 0) > 0 else None


def of_reports(metric: str, raw: Raw) -> list[Unit]:
    table: dict[str, tuple[Callable[[Record], date | None], Count]] = {
        "hazard_reports": (lambda r: r["reported_date"], lambda r: 1),
        "hazards": (lambda r: None if r["report_no"] in raw.first else r["reported_date"], lambda r: 1),
        "hazard_verified_rate": (
            lambda r: r["verified_date"] if is_checked(r) else None, lambda r: r["verify_result"] in FOUND
        ),
        "hazard_verify_days": (lambda r: r["verified_date"] if is_checked(r) else None, days_to_verify),
        "hazard_resolved_rate": (
            lambda r: r["verified_date"]
            if is_checked(r) and r["verify_result"] in FOUND and r["report_no"] not in raw.first else None,
            lambda r: usable(r, "resolved_date") is not None,
        ),
        "hazard_reward_yuan": (paid_month, lambda r: r["reward_paid"] if usable(r, "paid_date") else None),
    }  # fmt: skip
    day, value = table[metric]
    return [Unit(row["community_id"], month, value(row)) for row in raw.reports if (month := month_of(day(row)))]


def lead_days(raw: Raw, case: Record) -> int | None:
    first = raw.before[case["case_no"]][0]
    is_exact = first["reported_date_precision"] == case["received_date_precision"] == "day"
    return (case["received_date"] - first["reported_date"]).days if is_exact else None


def of_cases(metric: str, raw: Raw) -> list[Unit]:
    found = []
    for case in raw.cases:
        is_preceded, is_known = bool(raw.before[case["case_no"]]), raw.is_window_known(case)
        values: dict[str, list[float | None]] = {
            "disputes_preceded_by_report": [1] if is_preceded else [] if is_known else [None],
            "disputes_preceded_by_report_rate": [is_preceded if is_known else None],
            "hazard_lead_days": [lead_days(raw, case)] if is_preceded else [],
        }
        month = case["received_date"].replace(day=1)
        found += [Unit(case["community_id"], month, value) for value in values[metric]]
    return found


@pytest.mark.parametrize("metric", [*OF_REPORTS, *OF_CASES])
def test_every_month_from_the_raw_rows(raw: Raw, metric: str) -> None:
    units = of_reports(metric, raw) if metric in OF_REPORTS else of_cases(metric, raw)
    told = raw.hazards_told if metric in OF_REPORTS else raw.cases_told
    every = list(months(raw.warehouse))
    assert assert_every_month(raw.warehouse, metric, HOW.get(metric, "sum"), units, told, every) >= 3
    assert_years_to_date(raw.warehouse, metric, HOW.get(metric, "sum"), units, told, every)


def test_the_reward_of_a_case_is_what_was_paid_over_the_cases_that_a_report_preceded(raw: Raw) -> None:
    """Both of the community-months for which hazards and disputes have reported."""
    metric = "hazard_reward_per_preceded_case_yuan"
    paid, cases = of_reports("hazard_reward_yuan", raw), of_cases("disputes_preceded_by_report", raw)
    for row in ask(raw.warehouse, Question(metric, ("community",), date(2018, 12, 1), period="ytd")).rows:
        above, below = (
            sum(unit.value or 0 for unit in units if unit.community == row.keys["community_id"] and unit.month.year == 2018
                and (unit.community, unit.month) in raw.cases_told)
            for units in (paid, cases)
        )  # fmt: skip
        if row.known:
            assert (row.numerator, row.denominator) == (above, below)
            assert row.value == (pytest.approx(above / below) if below else None)


def test_the_links_and_leads_are_those_of_the_raw_rows(raw: Raw) -> None:
    query = "select report_id, first_report_id from core.hazard where not is_first"
    assert dict(raw.warehouse.cursor().execute(query).fetchall()) == raw.first
    pairs = raw.warehouse.cursor().execute("select dispute_id, report_id from core.dispute_report").fetchall()
    wanted = [(case, row["report_no"]) for case, found in raw.before.items() for row in found]
    assert sorted(pairs) == sorted(wanted) and pairs


def random_reports(group: int, random: Random) -> list[Record]:
    """Return reports of a few weeks at two enterprises, some naming each other as first."""
    rows = []
    for number in range(random.randint(1, 12)):
        day, after = date(2018, 1, 1) + timedelta(random.randint(0, 70)), random.choice((None, random.randint(0, 40)))
        rows.append({
            "report_no": f"R{group:03}{number:02}", "reported_date": day,
            "enterprise": f"{group}{random.choice('甲甲甲乙')}" if random.random() < 0.9 else None,
            "signs": random.sample(["wage", "move", "rent", None], random.randint(0, 2)),
            "resolved_date": None if after is None else day + timedelta(after),
            "resolved_date_precision": random.choice(("day", "month", "year")),
            "verify_result": random.choice(("true", "false", "pending", None)), "same_reason": None,
            "first_report_no": random.choice((None, None, f"R-{group:03}{random.randint(0, 11):02}")),
        })  # fmt: skip
    return rows


def linked(rows: list[Record]) -> dict[str, str]:
    """Return what the model of links makes of the reports."""
    lines, texts = [], []
    for place, row in enumerate(sorted(rows, key=lambda row: (row["reported_date"], row["report_no"]))):
        facts = {"report_id": row["report_no"], "report_key": row["report_no"], "enterprise_key": row["enterprise"]}
        lines.append({**facts, "signs": [sign for sign in row["signs"] if sign], "place": place, "row_id": place})
        texts.append({"row_id": place, **row})
    strings = dict.fromkeys(("verify_result", "same_reason", "first_report_no"), pl.String)
    frames = {
        "lines": pl.DataFrame(lines),
        "texts": pl.DataFrame(texts, schema_overrides=strings, infer_schema_length=None),
    }
    with duckdb.connect() as connection:
        connection.execute("create schema core; create schema ledger")
        connection.execute("create table core.setting as select 'hazard_same_days' as key, '30' as value")
        connection.execute("create table core.code (list varchar, code varchar, title varchar, code_order integer)")
        for name, frame in frames.items():
            connection.register(name, frame.to_arrow())
        connection.execute("create table core.hazard_line as from lines; create table ledger.hazard as from texts")
        sql = read_model(FOLDER / "core" / "hazard_link.sql", "core").sql
        return dict(connection.execute(f"select report_id, first_report_id from ({sql})").fetchall())


def test_any_reports_are_linked_as_plain_loops_would() -> None:
    """Rings, chains, unknown numbers, equal days: every report has one first, which is its own."""
    random = Random(6)
    rows = [row for group in range(400) for row in random_reports(group, random)]
    wanted = firsts(rows, {row["report_no"]: row["enterprise"] for row in rows})
    assert linked(rows) == wanted and len(rows) > 2000 and len(wanted) > 500

"""The sample street's numbers: the published ones exactly, the planted ones all, every metric's as last agreed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from metrics.catalogue import catalogue
from metrics.periods import parse_month, shift
from metrics.question import Question, Row
from metrics.scope import default_month
from metrics.values import ask, rows
from metrics.warehouse import Warehouse, open_current

GOLDEN = Path(__file__).parent / "golden.json"
DECEMBER = date(2018, 12, 1)
NANKENG = (("community", ("南坑",)),)
# What truth.json counts of a register, and where `ask` must say it: metric, then numerator or denominator or a part.
OF_REGISTER = {
    "enterprises": ("enterprises", "numerator"),
    "workers": ("workers", "numerator"),
    "workers_unknown": ("workers", "item_missing"),
    "members": ("members", "numerator"),
    "own": ("coverage_rate", "own"),
    "covered": ("coverage_rate", "covered"),
    "union_unknown": ("coverage_rate", "item_missing"),
    "above_scale_joined": ("coverage_rate_above_scale", "numerator"),
    "members_beside_workers": ("membership_rate_area", "numerator"),
    "joined_members": ("membership_rate_unionised", "numerator"),
    "joined_workers": ("membership_rate_unionised", "denominator"),
    "size_25plus_own": ("own_union_rate_25plus", "numerator"),
}


@pytest.fixture(scope="module", name="warehouse")
def warehouse_(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


@pytest.fixture(scope="module", name="truth")
def truth_(sample_ledgers: Path) -> Any:
    return json.loads((sample_ledgers / "truth.json").read_text("utf-8"))


def read(row: Row, place: str) -> Any:
    return row.parts[place] if row.parts and place in row.parts else getattr(row, place)


@pytest.mark.parametrize(
    ("metric", "period", "numerator", "denominator", "shown", "is_approximate"),
    [
        ("enterprises", "month", 227, None, 227, False),
        ("workers", "month", 10_200, None, 10_200, True),
        ("coverage_rate", "month", 42 + 176, 227, 0.960, False),
        ("members", "month", 9_525, None, 9_525, False),
        ("membership_rate_area", "month", 9_525, 10_200, 0.934, True),
        ("coverage_rate_above_scale", "month", 4, 4, 1.0, False),
        ("disputes_mediated", "ytd", 16, None, 16, False),
    ],
)
def test_what_the_article_says_comes_out_exactly(
    warehouse: Warehouse, metric: str, period: str, numerator: int, denominator: int | None, shown: float, is_approximate: bool
) -> None:  # fmt: skip
    row = ask(warehouse, Question(metric, (), DECEMBER, period=period, where=NANKENG)).row
    assert (row.numerator, row.denominator, row.item_missing) == (numerator, denominator, 0)
    assert row.approximate == is_approximate and not row.is_partial
    assert row.value is not None and round(row.value, 3) == shown


def test_the_articles_unions_are_told_apart(warehouse: Warehouse) -> None:
    """42 of their own, 176 covered; of the 42 four are above scale and two have 1,000 workers or more."""
    assert ask(warehouse, Question("coverage_rate", (), DECEMBER, where=NANKENG)).row.parts == {
        "own": 42,
        "covered": 176,
    }
    big = ask(
        warehouse, Question("own_union_rate_25plus", (), DECEMBER, where=(*NANKENG, ("size_band", (">=1000",))))
    ).row
    assert big.numerator == 2


def test_the_street_is_as_large_as_the_article_says(warehouse: Warehouse) -> None:
    assert default_month(warehouse) == DECEMBER
    for metric, at_least in (("enterprises", 3_000), ("workers", 100_000)):
        found = ask(warehouse, Question(metric, (), DECEMBER)).row.numerator
        assert found is not None and found > at_least


@pytest.mark.parametrize("fact", OF_REGISTER)
def test_every_register_is_as_planted(warehouse: Warehouse, truth: Any, fact: str) -> None:
    metric, place = OF_REGISTER[fact]
    for month, planted in truth["expected"]["registers"].items():
        answer = ask(warehouse, Question(metric, ("community",), parse_month(month)))
        assert {row.keys["community"]: read(row, place) for row in answer.rows} == {
            name: facts[fact] for name, facts in planted.items() if name
        }, month
        street = ask(warehouse, Question(metric, (), parse_month(month))).row
        if place != "item_missing":
            assert read(street, place) == sum(facts[fact] for name, facts in planted.items() if name)


def test_enterprises_without_community_are_missing_not_counted(warehouse: Warehouse, truth: Any) -> None:
    unplaced = truth["expected"]["registers"]["2018-12"][""]["enterprises"]
    assert unplaced > 0 and ask(warehouse, Question("enterprises", (), DECEMBER)).row.item_missing == unplaced


@pytest.mark.parametrize(("metric", "fact"), [("disputes_received", "received"), ("disputes_closed", "closed"),
                                              ("disputes_open", "open"), ("disputes_mediated", "mediated")])  # fmt: skip
def test_every_month_of_disputes_is_as_planted(warehouse: Warehouse, truth: Any, metric: str, fact: str) -> None:
    answer = ask(warehouse, Question(metric, ("community", "month"), DECEMBER, date(2014, 1, 1)))
    not_reported = [("第五园", "2018-12")]
    assert [(r.keys["community"], r.keys["month"]) for r in answer.rows if r.value is None] == not_reported
    for row in answer.rows:
        if row.value is not None:
            community, month = row.keys["community"], row.keys["month"]
            assert row.value == truth["expected"]["disputes"][community][month][fact], (community, month)


def test_every_month_of_unions_formed_is_as_planted(warehouse: Warehouse, truth: Any) -> None:
    answer = ask(warehouse, Question("unions_formed", ("community", "month"), DECEMBER, date(2016, 1, 1)))
    for row in answer.rows:
        assert row.value == truth["expected"]["unions_formed"][row.keys["community"]].get(row.keys["month"], 0)


def test_progress_is_formed_since_january_over_the_years_target(warehouse: Warehouse, truth: Any) -> None:
    formed, targets = truth["expected"]["unions_formed"], truth["expected"]["targets"]["2018"]["unions_formed"]
    answer = ask(warehouse, Question("unions_formed_target_progress", ("community",), DECEMBER))
    for row in answer.rows:
        community = row.keys["community"] or ""
        since_january = sum(count for month, count in formed[community].items() if month.startswith("2018"))
        assert (row.numerator, row.denominator) == (since_january, targets[community])
    street = ask(warehouse, Question("unions_formed_target_progress", (), DECEMBER)).row
    assert street.denominator == sum(targets.values())


def test_the_roster_agrees_with_the_register_and_newcomers_with_what_was_planted(
    warehouse: Warehouse, truth: Any
) -> None:
    """4,930 of 5,000 in 2018; 南坑's 9,525 are as many persons; nothing is known of verification before it began."""
    where = NANKENG
    for metric in ("members", "members_registered"):
        assert ask(warehouse, Question(metric, (), DECEMBER, where=where)).row.value == 9_525
    progress = ask(warehouse, Question("members_joined_target_progress", (), DECEMBER)).row
    assert (progress.numerator, progress.denominator) == (4_930, 5_000)
    verified = ask(warehouse, Question("member_verified_rate", ("community",), DECEMBER))
    planted = truth["expected"]["roster"]["at_end"]["2018-12"]
    assert {row.keys["community"]: (row.numerator, row.denominator) for row in verified.rows} == {
        name: (numbers["verified"], numbers["members"]) for name, numbers in planted.items()
    }


def test_verification_has_no_number_before_it_began(warehouse: Warehouse) -> None:
    """The setting says 2017-01: before it unknown, not 0 %; members and newcomers are known all the same."""
    months = Question("member_verified_rate", ("month",), date(2017, 2, 1), date(2016, 11, 1))
    values = [row.value for row in ask(warehouse, months).rows]
    assert values[:2] == [None, None] and all(values[2:])
    assert ask(warehouse, Question("members_registered", (), date(2016, 11, 1))).row.known == 12
    after = ask(warehouse, Question("members_joined", (), date(2019, 1, 1))).row
    assert (after.value, after.known) == (None, 0), "the roster of December cannot know January"
    carried = ask(warehouse, Question("members_registered", (), date(2019, 6, 1))).row
    gone = ask(warehouse, Question("members_registered", (), date(2019, 7, 1))).row
    assert (carried.known, gone.known) == (12, 0), "carried six months, no longer"


def test_open_cases_balance_in_every_month(warehouse: Warehouse) -> None:
    """Opening + received − closed = closing over the communities known in both months, here of five years."""

    def by_month(metric: str) -> dict[tuple[str | None, date], float | None]:
        answer = ask(warehouse, Question(metric, ("community", "month"), DECEMBER, date(2014, 1, 1)))
        return {(row.keys["community"], parse_month(row.keys["month"] or "")): row.value for row in answer.rows}

    opened, received, closed = by_month("disputes_open"), by_month("disputes_received"), by_month("disputes_closed")
    checked = 0
    for (community, month), closing in opened.items():
        opening, came, went = (
            opened.get((community, shift(month, -1))),
            received[community, month],
            closed[community, month],
        )
        if opening is not None and closing is not None and came is not None and went is not None:
            assert opening + came - went == closing
            checked += 1
    assert checked == 12 * 59 - 1


@pytest.mark.parametrize("name", [name for name, metric in catalogue().items() if not metric.sensitive])
def test_the_rows_behind_lead_to_the_ledger(warehouse: Warehouse, name: str) -> None:
    question = Question(name, (), DECEMBER, period="ytd")
    behind = rows(warehouse, question)
    together = behind["value"].median() if catalogue()[name].aggregate == "median" else behind["value"].sum()
    assert together == ask(warehouse, question).row.numerator
    assert behind["file"].null_count() == behind["sheet"].null_count() == behind["row"].null_count() == 0
    assert len(rows(warehouse, question, limit=3)) == 3


def published(warehouse: Warehouse) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every metric's street and community numbers of December 2018, and the street's of the year."""
    for name in catalogue():
        for label, question in {
            "street": Question(name, (), DECEMBER),
            "year": Question(name, (), DECEMBER, period="ytd"),
            "community": Question(name, ("community",), DECEMBER),
        }.items():
            for row in ask(warehouse, question).rows:
                values = {key: round(v, 6) if isinstance(v, float) else v for key, v in row.as_dict().items()}
                yield f"{name} {label} {row.keys.get('community', '')}".strip(), values


def test_published_numbers_change_only_on_purpose(warehouse: Warehouse) -> None:
    """Golden numbers: `UNION_ATLAS_GOLDEN=write` writes them anew, with a line in CHANGELOG.md in the same commit."""
    found = dict(published(warehouse))
    if os.environ.get("UNION_ATLAS_GOLDEN") == "write":
        lines = ",\n".join(
            f"{json.dumps(k, ensure_ascii=False)}: {json.dumps(v, ensure_ascii=False)}" for k, v in found.items()
        )
        GOLDEN.write_text("{\n" + lines + "\n}\n", "utf-8")
    assert found == json.loads(GOLDEN.read_text("utf-8"))

"""Standardisation and decomposition of a street against plain loops, and against the numbers shown beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analysis.decompose import kitagawa
from metrics.changes import AGAINST
from metrics.changes import change as changed
from metrics.judging import mix
from metrics.judging.strata import cells
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.metrics.oracle_units import is_known, is_listed, units_of
from tests.metrics.tiny import TinyStreet, blank, enterprise, report, streets, write

OFFERED = (
    "coverage_rate",
    "coverage_rate_above_scale",
    "own_union_rate_25plus",
    "membership_rate_area",
    "membership_rate_unionised",
)
MONTH = date(2018, 12, 1)
slow = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
Sides = dict[tuple[str, str | None, str | None], tuple[float, float]]


def naive_cells(street: TinyStreet, metric: str, month: date) -> Sides:
    """Return numerator and base by community, industry and size: loops over the enterprises."""
    found: Sides = {}
    for unit in units_of(street, metric):
        here = unit["community_id"]
        is_asked = unit["month"] == month and here is not None
        if not is_asked or not is_listed(street, here, month) or not is_known(street, metric, here, month):
            continue
        if unit["value"] is None or unit["base"] is None:
            continue
        above, below = found.get((here, unit["industry"], unit["size_band"]), (0, 0))
        found[here, unit["industry"], unit["size_band"]] = (above + unit["value"], below + unit["base"])
    return found


def naive_expected(sides: Sides, community: str) -> float:
    """Return what a community would have at the rates of all, stratum by stratum."""
    expected = 0.0
    for (here, *stratum), (_above, below) in sides.items():
        if here == community:
            like = [both for (_c, *other), both in sides.items() if other == stratum]
            expected += below * sum(a for a, _b in like) / sum(b for _a, b in like) if below else 0.0
    return expected


def naive_gap(sides: Sides, own: set[str], against: set[str]) -> tuple[float, float]:
    """Return mix and rate effect from the formula, one stratum at a time."""

    def of(ids: set[str]) -> dict[tuple[str | None, ...], tuple[float, float]]:
        found: dict[tuple[str | None, ...], tuple[float, float]] = {}
        for (here, *stratum), (above, below) in sides.items():
            if here in ids:
                a, b = found.get(tuple(stratum), (0.0, 0.0))
                found[tuple(stratum)] = (a + above, b + below)
        return found

    ours, theirs = of(own), of(against)
    total, total_of = sum(b for _a, b in ours.values()), sum(b for _a, b in theirs.values())
    by_mix = by_rate = 0.0
    for stratum in set(ours) | set(theirs):
        (a, b), (c, d) = ours.get(stratum, (0.0, 0.0)), theirs.get(stratum, (0.0, 0.0))
        rate, rate_of = (a / b if b else c / d if d else 0), (c / d if d else a / b if b else 0)
        by_mix += (b / total - d / total_of) * (rate + rate_of) / 2
        by_rate += (rate - rate_of) * (b / total + d / total_of) / 2
    return by_mix, by_rate


@slow
@given(street=streets(), data=st.data())
def test_against_plain_loops(street: TinyStreet, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    warehouse = write(street, tmp_path_factory.mktemp("street"))
    month = data.draw(st.sampled_from(street.months))
    for metric in OFFERED:
        check_month(warehouse, street, Question(metric, month=month))


def check_month(warehouse: Warehouse, street: TinyStreet, question: Question) -> None:
    month = question.month or MONTH
    sides = {key: both for key, both in naive_cells(street, question.metric, month).items() if both[1]}
    everyone = {community for community, *_stratum in sides}
    by_community = ask(warehouse, replace(question, by=("community",)))
    rows = mix.standardised(warehouse, question)
    assert [row.community_id for row in rows] == [row.keys["community_id"] for row in by_community.rows]
    for row, shown in zip(rows, by_community.rows, strict=True):
        found = mix.gap(warehouse, question, row.community_id)
        assert row.observed == shown.numerator
        if row.community_id not in everyone:
            assert found is None and row.adjusted is None
            continue
        wanted = naive_expected(sides, row.community_id)
        assert row.expected == pytest.approx(wanted)
        if wanted:
            own = sum(above for (here, *_s), (above, _b) in sides.items() if here == row.community_id)
            assert row.ratio == pytest.approx(own / wanted)
        assert found is not None and found.value == pytest.approx(shown.value)
        assert (found.mix, found.rate) == pytest.approx(naive_gap(sides, {row.community_id}, everyone))
        assert found.mix + found.rate == pytest.approx(found.difference)
        assert found.against_value == pytest.approx(ask(warehouse, question).row.value)
        assert sum(p.mix for p in found.parts) == pytest.approx(found.mix)
        assert sum(p.rate for p in found.parts) == pytest.approx(found.rate)


@slow
@given(street=streets(), data=st.data())
def test_changes_add_up(street: TinyStreet, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every change of every metric: the parts are the change that the page shows, over the same communities."""
    warehouse = write(street, tmp_path_factory.mktemp("street"))
    month = data.draw(st.sampled_from(street.months))
    for metric in OFFERED:
        for against in AGAINST:
            asked = Question(metric, month=month)
            shown, found = changed(warehouse, asked, against), mix.change(warehouse, asked, against)
            if found is None:
                assert shown.difference is None
                continue
            assert shown.now and shown.before
            assert found.mix + found.rate == pytest.approx(shown.difference)
            assert found.size_count + found.mix_count + found.rate_count == pytest.approx(found.more)
            assert found.more == (shown.now.numerator or 0) - (shown.before.numerator or 0)


@pytest.fixture
def two(tmp_path: Path) -> Warehouse:
    """Return two communities with the same rates per industry and another mix, and a third that has not reported.

    Industry C: 4 of 5 with a union, F: 1 of 5; the first community has ten of C and five of F, the second the reverse.
    """
    street = blank(3, date(2018, 11, 1), 2)
    for month in street.months:
        for place, community in enumerate(street.communities):
            street.add("community_month", community_id=community, month=month)
            report(street, "enterprise", community, month, "missing" if place == 2 else "received")
            counts = ((10, 5), (5, 10), (5, 5))[place]
            for industry, count, share in (("C", counts[0], 0.8), ("F", counts[1], 0.2)):
                for number in range(count):
                    has_union = number < count * share
                    enterprise(
                        street, place * 100 + number + (50 if industry == "F" else 0), month, community,
                        industry=industry, size_band="<25", has_union=has_union, is_own_union=has_union,
                        union_status="own" if has_union else "none",
                    )  # fmt: skip
    return write(street, tmp_path)


def test_only_the_mix_differs(two: Warehouse) -> None:
    """9 of 15 against 6 of 15 is 20 points of nothing but composition; standardised, both are like the street."""
    first, second, third = (
        row.keys["community_id"] or "" for row in ask(two, Question("coverage_rate", ("community",))).rows
    )
    rows = {row.community_id: row for row in mix.standardised(two, Question("coverage_rate"))}
    assert rows[first].ratio == rows[second].ratio == pytest.approx(1)
    assert rows[first].adjusted == rows[second].adjusted == pytest.approx(0.5)
    assert (rows[third].observed, rows[third].adjusted) == (None, None)
    gap = mix.gap(two, Question("coverage_rate"), first, (second, third))
    assert gap is not None and gap.against == (second,)  # the third has not reported
    assert (gap.difference, gap.mix, gap.rate) == pytest.approx((0.2, 0.2, 0))
    assert mix.gap(two, Question("coverage_rate"), first, (third,)) is None
    assert mix.gap(two, Question("coverage_rate"), third) is None


def test_a_community_in_the_conditions_does_not_change_what_it_is_held_against(two: Warehouse) -> None:
    first = (ask(two, Question("coverage_rate", ("community",))).rows[0].keys["community_id"]) or ""
    narrow = Question("coverage_rate", where=(("community", (first,)),))
    assert mix.gap(two, narrow, first) == mix.gap(two, Question("coverage_rate"), first)


def test_what_is_not_offered(two: Warehouse) -> None:
    """Counts, rates over another ledger's workers, and every public version, whose small strata would show through."""
    for question in (
        Question("enterprises"),
        Question("disputes_per_1000_workers"),
        Question("member_verified_rate"),
        Question("coverage_rate", audience="public"),
    ):
        assert mix.standardised(two, question) == ()
        assert mix.gap(two, question, "440307013000") is None
        assert mix.change(two, question, "previous_month") is None


def test_of_the_sample(sample_street: Path) -> None:
    """第五园's lower coverage is its own, not its industries'; the whole street's cells are the street's numbers."""
    warehouse = open_current(sample_street)
    question = Question("coverage_rate", month=MONTH)
    found = mix.gap(warehouse, question, "440307013012")
    assert found is not None and found.difference < -0.05 and found.rate < 4 * found.mix < 0
    everything = cells(warehouse, question)
    street = ask(warehouse, question).row
    assert (everything.events.sum(), everything.base.sum()) == (street.numerator, street.denominator)


def test_how_well_it_does_on_the_samples_enterprises(sample_street: Path) -> None:
    """docs/analysis.md: where no kind differs between communities, composition is right on average and the rest is chance."""
    found = cells(open_current(sample_street), Question("coverage_rate", month=MONTH))
    assert found.base.shape == (12, 65)
    chance = np.random.default_rng(7)
    truth = np.clip(chance.normal(0.88, 0.07, 65), 0.5, 0.99)
    events = chance.binomial(found.base.astype(int), truth, (600, 12, 65)).astype(float)
    whole, whole_base = events.sum(axis=1, keepdims=True), found.base.sum(axis=0)
    split = kitagawa(events, np.broadcast_to(found.base, events.shape), whole, np.broadcast_to(whole_base, whole.shape))
    mixed = found.base / found.base.sum(axis=1, keepdims=True) - whole_base / whole_base.sum()
    mix_found, alike = split.mix.sum(axis=-1), split.rate.sum(axis=-1)
    assert mix_found.mean(axis=0) == pytest.approx(mixed @ truth, abs=0.003)
    assert np.abs(alike.mean(axis=0)).max() < 0.004
    spread, of_gap = alike.std(axis=0), (alike + mix_found).std(axis=0)
    assert spread.min() > 0.012 and spread.max() < 0.055
    assert (spread < 1.35 * of_gap).all()  # about as uncertain as the gap itself

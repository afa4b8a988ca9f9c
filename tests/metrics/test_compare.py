"""Comparisons against a second, naive computation with SciPy's distributions; who is not judged or not ranked."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from math import sqrt
from pathlib import Path

import pytest
from scipy.stats import binom, poisson

from analysis import funnel
from etl.errors import QuestionError
from etl.notes import add_note
from metrics.judging.compare import Compared, Comparison, compare, is_judged, is_ranked
from metrics.question import Question
from metrics.values import ask, rows
from metrics.warehouse import Warehouse, open_current
from tests.metrics import tiny

MONTH = date(2018, 12, 1)
ASKED = [
    Question("coverage_rate", month=MONTH),
    Question("coverage_rate_above_scale", month=MONTH),
    Question("own_union_rate_25plus", month=date(2017, 6, 1)),
    Question("disputes_per_1000_workers", month=MONTH),
    Question("disputes_per_1000_workers", month=MONTH, period="ytd"),
    Question("membership_rate_area", month=MONTH),
    Question("membership_rate_unionised", month=MONTH),
    Question("member_verified_rate", month=MONTH),
]
IDS = [f"{question.metric} {question.period or ''}" for question in ASKED]


@pytest.fixture(name="warehouse", scope="module")
def warehouse_(sample_street: Path) -> Warehouse:
    """Return the sample's warehouse."""
    return open_current(sample_street)


def named(below: float, above: float) -> str:
    """Return the class of a value by its two tail probabilities."""
    if below < 0.001:
        return "much_lower"
    if above < 0.001:
        return "much_higher"
    return "lower" if below < 0.025 else "higher" if above < 0.025 else "similar"


def naive_class(warehouse: Warehouse, question: Question, row: Compared, target: float) -> str | None:
    """Return a row's class from the tail probabilities of its own count (mid-p)."""
    metric, below = ask(warehouse, question).metric, row.denominator
    if row.value is None or below is None or row.numerator is None:
        return None
    if metric.kind == "proportion":
        if below < 20:
            return None
        half = binom.pmf(row.numerator, below, target) / 2
        return named(binom.cdf(row.numerator - 1, below, target) + half, binom.sf(row.numerator, below, target) + half)
    if metric.kind == "rate":
        expected = target / 1000 * below * (1 if question.period == "ytd" else 1 / 12)
        if expected < 5:
            return None
        half = poisson.pmf(row.numerator, expected) / 2
        return named(poisson.cdf(row.numerator - 1, expected) + half, poisson.sf(row.numerator, expected) + half)
    raise AssertionError(metric.kind)


def naive_ratio_classes(warehouse: Warehouse, question: Question, target: float) -> list[str | None]:
    """Return the classes of a clustered ratio from each community's own limits (tested in tests/analysis).

    What they are made of is added up here from the enterprises one by one.
    """
    found = ask(warehouse, replace(question, by=("community",))).rows
    for row in found:
        where = (("community", (row.keys["community_id"] or "",)),)
        units = rows(warehouse, replace(question, by=(), where=where))
        pairs = [(y, x) for y, x in zip(units["value"], units["base"], strict=True) if y is not None and x]
        sums = row.clusters
        assert sums is not None and (sums.clusters, sums.x) == (len(pairs), sum(x for _y, x in pairs))
        assert (sums.y, sums.xx) == (sum(y for y, _x in pairs), sum(x * x for _y, x in pairs))
    limits = funnel.ratio_limits(target, [row.clusters for row in found])
    classes = []
    for index, row in enumerate(found):
        value, few = row.value or 0.0, row.clusters is None or row.clusters.clusters < 20
        low, high = value < limits.low95[index], value > limits.high95[index]
        very = value < limits.low998[index] or value > limits.high998[index]
        name = "lower" if low else "higher" if high else "similar"
        classes.append(None if few else f"much_{name}" if very else name)
    return classes


def naive_classes(warehouse: Warehouse, question: Question, found: Comparison) -> list[str | None]:
    """Return every community's class, computed anew."""
    target = found.target_value or 0.0
    if found.answer.metric.kind == "ratio":
        return naive_ratio_classes(warehouse, question, target)
    return [naive_class(warehouse, question, row, target) for row in found.rows]


@pytest.mark.parametrize("question", ASKED, ids=IDS)
def test_classes_are_those_of_exact_tails(warehouse: Warehouse, question: Question) -> None:
    """Every community's class follows from the probability of its own number at the street's value."""
    found = compare(warehouse, question)
    assert found.target_value == found.street.value == ask(warehouse, question).row.value
    asked = replace(question, by=("community",))
    assert [r.value for r in found.rows] == [r.value for r in ask(warehouse, asked).rows], "compare changes no number"
    assert [row.funnel for row in found.rows] == naive_classes(warehouse, question, found)
    assert [row.too_few for row in found.rows] == [row.funnel is None and row.value is not None for row in found.rows]


def test_the_sample_has_what_its_truth_file_says(warehouse: Warehouse) -> None:
    """第五园 is truly lower in coverage, 大发埔 truly higher in disputes; 南坑's count is the article's."""
    coverage = {row.keys["community"]: row for row in compare(warehouse, ASKED[0]).rows}
    assert coverage["第五园"].funnel in {"lower", "much_lower"} and coverage["第五园"].rank == 12
    assert coverage["南坑"].funnel == "higher" and coverage["南坑"].rank == 1
    disputes = {row.keys["community"]: row for row in compare(warehouse, ASKED[4]).rows}
    assert disputes["大发埔"].funnel == "much_higher" and disputes["杨美"].funnel == "similar"


def simulated(row_values: list[tuple[float, float]], draws: int = 4000) -> list[tuple[int, int]]:
    """Return rank ranges of shares by plain simulation: redraw every share, sort, take the middle 95 %."""
    chance = random.Random(5)
    found: list[list[int]] = [[] for _ in row_values]
    for _draw in range(draws):
        shares = [chance.betavariate(count + 0.5, total - count + 0.5) for count, total in row_values]
        for rank, index in enumerate(sorted(range(len(shares)), key=lambda i: -shares[i]), start=1):
            found[index].append(rank)
    ranges = []
    for ranks in found:
        ranks.sort()
        ranges.append((ranks[int(0.025 * draws)], ranks[int(0.975 * draws)]))
    return ranges


def test_ranks_and_their_ranges(warehouse: Warehouse) -> None:
    """The rank is the place by value; the range is what redrawing the shares gives, within one rank; tiers follow it."""
    found = compare(warehouse, ASKED[0])
    order = sorted(found.rows, key=lambda row: -(row.value or 0))
    assert [row.rank for row in order] == list(range(1, 13))
    naive = simulated([(row.numerator or 0, row.denominator or 0) for row in found.rows])
    for row, (low, high) in zip(found.rows, naive, strict=True):
        assert row.rank_low is not None and row.rank_high is not None and row.rank is not None
        assert row.rank_low <= row.rank <= row.rank_high
        assert abs(row.rank_low - low) <= 1 and abs(row.rank_high - high) <= 1, row.keys["community"]
    tiers = [row.tier for row in order]
    assert tiers[0] == 1 and tiers == sorted(t for t in tiers if t)


@pytest.mark.parametrize("question", ASKED, ids=IDS)
def test_widened_limits(warehouse: Warehouse, question: Question) -> None:
    """The switch moves limits √φ times as far from the target, never nearer; numbers and ranks stay."""
    usual, wide = compare(warehouse, question), compare(warehouse, question, is_adjusted=True)
    if sum(row.funnel is not None for row in usual.rows) < 5:  # of so few there is no spread to widen by
        assert usual.phi is wide.phi is None and usual.rows == wide.rows
        return
    assert usual.phi is not None and wide.phi == pytest.approx(usual.phi)
    factor, target = max(sqrt(usual.phi), 1.0), usual.target_value or 0.0
    for before, after in zip(usual.rows, wide.rows, strict=True):
        assert (before.value, before.rank) == (after.value, after.rank)
        if before.limits and after.limits:
            assert after.limits.high95 <= target + factor * (before.limits.high95 - target) + 1e-9
            assert after.limits.low95 == pytest.approx(max(target - factor * (target - before.limits.low95), 0.0))
        if before.funnel == "similar":
            assert after.funnel == "similar"


def test_curve_is_each_communitys_own_limits(warehouse: Warehouse) -> None:
    """The picture's curve, read at a community's size, is what that community was judged by."""
    found = compare(warehouse, ASKED[0])
    assert found.curve is not None
    for row in found.rows:
        near = min(range(len(found.curve.sizes)), key=lambda i: abs(found.curve.sizes[i] - row.denominator))  # type: ignore[union-attr,operator]
        assert row.limits is not None and found.curve.bands[near].low95 == pytest.approx(row.limits.low95, abs=0.004)
    assert compare(warehouse, ASKED[5]).curve is None, "a clustered ratio's limits are each community's own"


def test_against_the_goal(warehouse: Warehouse) -> None:
    """The goal replaces the street's value, not the spread; a metric without goal, and a count, say so."""
    found = compare(warehouse, ASKED[0], target="goal")
    assert found.target_value == 0.9 and found.phi == compare(warehouse, ASKED[0]).phi
    assert [row.funnel for row in found.rows] == naive_classes(warehouse, ASKED[0], found)
    for metric in ("own_union_rate_25plus", "members"):
        with pytest.raises(QuestionError) as error:
            compare(warehouse, Question(metric, month=MONTH), target="goal")
        assert error.value.code == "no_goal"
    with pytest.raises(QuestionError):
        compare(warehouse, ASKED[0], target="neighbours")


@pytest.mark.parametrize(
    ("metric", "judged", "ranked"),
    [
        ("coverage_rate", True, True),
        ("disputes_per_1000_workers", True, False),
        ("disputes_received", False, False),
        ("members", False, False),
        ("unions_formed_target_progress", False, False),
    ],
)
def test_who_is_judged_and_who_is_ranked(warehouse: Warehouse, metric: str, judged: bool, ranked: bool) -> None:
    """Counts and progress have no class; disputes have no rank, whatever is asked."""
    found = compare(warehouse, Question(metric, month=MONTH))
    assert (is_judged(found.answer.metric), is_ranked(found.answer.metric)) == (judged, ranked)
    assert any(row.funnel for row in found.rows) == judged and any(row.rank for row in found.rows) == ranked


def test_one_community_is_held_against_the_whole_street(warehouse: Warehouse) -> None:
    """Asked alone a community has the class, rank, limits and target that it has among all, not those of itself."""
    for question in (ASKED[0], ASKED[4], ASKED[5], replace(ASKED[0], audience="public")):
        everyone = compare(warehouse, question)
        one = compare(warehouse, replace(question, where=(("community", ("第五园社区", "杨美")),)))
        assert one.rows == tuple(row for row in everyone.rows if row.keys["community"] in {"第五园", "杨美"})
        assert len(one.rows) == len(one.answer.rows) == 2
        assert (one.target_value, one.phi, one.street) == (everyone.target_value, everyone.phi, everyone.street)
    with pytest.raises(QuestionError) as error:
        compare(warehouse, replace(ASKED[0], where=(("community", ("第九园",)),)))
    assert error.value.code == "unknown_value"


def test_public_version_has_no_ranks(warehouse: Warehouse) -> None:
    """A public version tells no rank, no peers and no giant."""
    found = compare(warehouse, replace(ASKED[0], audience="public"), Path("nowhere"))
    assert not any(row.rank or row.rank_low or row.tier or row.peers or row.giant for row in found.rows)


@pytest.fixture(name="street")
def street_() -> tiny.TinyStreet:
    """Return three communities: 40 enterprises with unions in 30, 19 with all, and one that has not reported."""
    street = tiny.blank(3, date(2018, 1, 1), 1)
    for community in street.communities:
        street.add("community_month", community_id=community, month=street.months[0])
    for index, (covered, total) in enumerate([(30, 40), (19, 19)]):
        tiny.report(street, "enterprise", street.communities[index], street.months[0], "received")
        for number in range(total):
            facts = {"has_union": number < covered, "workers": 10, "members": 5}
            tiny.enterprise(street, 100 * index + number, street.months[0], street.communities[index], **facts)
    tiny.report(street, "enterprise", street.communities[2], street.months[0], "missing")
    return street


def compared(street: tiny.TinyStreet, folder: Path) -> Comparison:
    """Return the comparison of a tiny street's coverage."""
    return compare(tiny.write(street, folder), Question("coverage_rate"), folder)


def test_too_few_and_missing_are_never_judged(street: tiny.TinyStreet, tmp_path: Path) -> None:
    """19 enterprises are too few, 未报 is not 0: both have no class, no rank, and take nobody's place."""
    first, second, third = compared(street, tmp_path).rows
    assert (first.funnel, first.rank, first.rank_low, first.rank_high) == ("similar", 1, 1, 1)
    assert (second.too_few, second.funnel, second.rank) == (True, None, None)
    assert (third.too_few, third.funnel, third.rank, third.value) == (False, None, None, None)


def test_too_few_is_a_setting(street: tiny.TinyStreet, tmp_path: Path) -> None:
    """A street that wants to compare 19 says so."""
    street.add("setting", key="too_few", value="19")
    assert [row.funnel is not None for row in compared(street, tmp_path).rows] == [True, True, False]


def test_nobody_reported(tmp_path: Path) -> None:
    """Without any report there is nothing to compare with, and no error."""
    street = tiny.blank(2, date(2018, 1, 1), 1)
    for community in street.communities:
        street.add("community_month", community_id=community, month=street.months[0])
        tiny.report(street, "enterprise", community, street.months[0], "missing")
        tiny.report(street, "dispute", community, street.months[0], "received")
    found = compared(street, tmp_path)
    assert (found.target_value, found.phi, found.curve) == (None, None, None)
    assert [row.funnel for row in found.rows] == [None, None]


def test_everybody_has_all(street: tiny.TinyStreet, tmp_path: Path) -> None:
    """At 100 % there are no limits to cross: all are alike, and share the first rank."""
    for record in street.rows("enterprise_month"):
        record["has_union"] = True
    street.add("setting", key="too_few", value="10")
    first, second, _third = compared(street, tmp_path).rows
    assert (first.funnel, second.funnel) == ("similar", "similar")
    assert (first.rank, second.rank) == (1, 1)


def test_peers_are_the_streets_own_where_it_has_set_them(warehouse: Warehouse, tmp_path: Path) -> None:
    """Without a street's folder there are no peers; with it the suggestion, then what the street notes."""
    assert not any(row.peers for row in compare(warehouse, ASKED[0]).rows)
    suggested = compare(warehouse, ASKED[0], tmp_path)
    assert suggested.peer_set is not None and not suggested.peer_set.own and all(row.peers for row in suggested.rows)
    own, other = (row.keys["community_id"] or "" for row in suggested.rows[:2])
    add_note(tmp_path, "peers", community_id=own, peer_id=(other,), set_by="test")
    found = compare(warehouse, ASKED[0], tmp_path)
    assert found.peer_set is not None and found.peer_set.own == {own}
    assert [peer.community_id for peer in found.rows[0].peers] == [other]
    assert found.rows[1].peers == suggested.rows[1].peers

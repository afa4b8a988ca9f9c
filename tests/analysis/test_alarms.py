"""What is called, what is not, and that the false calls said are those that chance makes."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.alarms import Calls, Rule, calls, false_per_year, in_run, simulated, usual_cases
from analysis.cusum import Null, chances, moves, null_of, part
from analysis.surveillance import Array, Expectation, expectation, tail

RULE = Rule(false_share=0.1, least_cases=3)
SERIES = 30


def _null(mean: float = 0.6, months: int = 12, own: float = 0.03) -> Null:
    ones = np.ones((SERIES, 1))
    return null_of(Expectation(np.full((SERIES, months), mean), ones, own * ones), 0.995)


def _called(counts: Array, null: Null, rule: Rule = RULE) -> Calls:
    return calls(counts, null, chances(moves(null), np.isfinite(counts + null.mean)), rule)


def test_one_huge_month_is_a_jump_and_never_a_rise() -> None:
    counts = np.zeros((SERIES, 12))
    counts[4, -1] = 11
    found = _called(counts, _null())
    assert list(np.flatnonzero(found.jump)) == [4] and not found.slow.any()
    assert found.p[4] == pytest.approx(tail(np.array([11.0]), np.array([0.6]), np.array([0.6108]))[0])


def test_a_month_after_a_huge_one_is_no_rise() -> None:
    counts = np.zeros((SERIES, 12))
    counts[4, -2], counts[4, -1] = 11, 0
    assert not _called(counts, _null()).slow.any()
    counts[4, -1] = 2
    found = _called(counts, _null())
    assert not found.jump.any() and not found.slow.any()


def test_several_somewhat_high_months_are_a_rise_from_the_first_on() -> None:
    counts = np.zeros((SERIES, 12))
    counts[7, ::2] = 1
    counts[7, -5:] = [3, 2, 3, 3, 2]
    null = _null()
    found = _called(counts, null)
    assert list(np.flatnonzero(found.slow)) == [7] and not found.jump.any()
    assert found.start[7] == 7 and found.cases[7] == 13
    run = in_run(found.start, counts, null)
    assert usual_cases(run, null)[7] < 13 and run[7].sum() == 5


def test_a_rise_that_rests_on_its_highest_month_is_none() -> None:
    counts = np.zeros((SERIES, 12))
    counts[7, -4:] = [9, 2, 2, 2]
    null = _null()
    found = _called(counts, null, Rule(0.3, 3))
    assert found.start[7] == 8 and found.cases[7] == 15 > usual_cases(in_run(found.start, counts, null), null)[7]
    assert not found.slow[7]
    counts[7, -4:] = [4, 4, 3, 3]
    assert _called(counts, null, Rule(0.3, 3)).slow[7]


def test_a_rise_that_has_ended_is_not_called() -> None:
    counts = np.zeros((SERIES, 12))
    counts[7, -6:] = [4, 4, 4, 4, 4, 0]
    assert not _called(counts, _null()).slow.any()


def test_too_few_cases_are_not_called_however_rare() -> None:
    counts = np.zeros((SERIES, 12))
    counts[2, -1] = 2
    null = _null(mean=0.002)
    assert _called(counts, null, Rule(0.1, 2)).jump[2]
    found = _called(counts, null, Rule(0.1, 3))
    assert not found.jump.any() and not found.slow.any()


def test_a_month_not_known_is_not_judged() -> None:
    counts = np.zeros((SERIES, 12))
    counts[3], counts[3, -1] = 9, np.nan
    found = _called(counts, _null())
    assert not found.jump.any() and not found.slow.any() and np.isnan(found.p[3])
    counts[3, -1], counts[3, 5] = 9, np.nan
    assert _called(counts, _null()).slow[3]


def test_the_same_count_is_called_among_few_series_and_not_among_many() -> None:
    counts = np.zeros((SERIES, 12))
    counts[0, -1] = 5
    one, many = _called(counts[:1], part_of(_null(), 1)), _called(counts, _null())
    assert one.jump[0]
    assert many.q[0] > 5 * one.q[0]


def part_of(null: Null, series: int) -> Null:
    """Return the null of the first series."""
    cut = {name: getattr(null, name)[:series] for name in ("mean", "variance", "limit", "reference")}
    expected = Expectation(*(getattr(null.expected, name)[:series] for name in Expectation.__dataclass_fields__))
    return Null(expected, cut["mean"], cut["variance"], cut["limit"], cut["reference"], null.level)


def test_simulated_counts_have_the_expected_mean_and_variance() -> None:
    null = null_of(Expectation(np.full((2, 24), 4.0), np.array([[1.0], [1.8]]), np.array([[0.02], [0.02]])), 0.995)
    counts = simulated(null, 20_000, seed=5)
    assert counts.mean((0, 2)) == pytest.approx(4.0, rel=0.02)
    assert counts[:, :, 0].var(0) == pytest.approx(null.variance[:, 0], rel=0.05)


def test_false_calls_are_as_many_as_a_street_without_events_gets() -> None:
    """Streets drawn here, fitted anew each month as the program does, against what the program says."""
    chance, months, years, new, said = np.random.default_rng(11), 72, 12, 0, []
    level = chance.uniform(0.2, 2.0, (SERIES, 1))
    for _ in range(years):
        counts, exposure = chance.poisson(level, (SERIES, months)).astype(float), np.ones((SERIES, months))
        before = np.zeros(SERIES, bool)
        for end in range(months - 12, months + 1):
            seen, calendar = counts[:, :end], np.arange(end) % 12
            expected = expectation(seen, exposure[:, :end], calendar, np.arange(SERIES) % 3, span=24)
            two_years = null_of(expected, 0.995)
            found = _called(seen[:, -12:], part(two_years, slice(-12, None)))
            new += int(((found.jump | found.slow) & ~before).sum()) if end > months - 12 else 0
            before = found.jump | found.slow
        said.append(false_per_year(two_years, RULE, draws=100))
    assert new / years == pytest.approx(np.mean(said), abs=0.45)
    assert 0.2 < np.mean(said) < 1.5


def test_a_lower_false_share_makes_fewer_false_calls() -> None:
    null = _null(months=24)
    shares = [false_per_year(null, Rule(share, 3), draws=100) for share in (0.02, 0.1, 0.4)]
    assert shares[0] < shares[1] < shares[2]

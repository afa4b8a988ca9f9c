"""Control charts: published limits, false alarms by enumeration, every rule at and just under its threshold."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from analysis import control

Array = NDArray[np.float64]
# Montgomery, Introduction to Statistical Quality Control (6th ed.), example 6.5: viscosity of 15 batches.
VISCOSITY = (33.75, 33.05, 34.00, 33.81, 33.46, 34.02, 33.68, 33.27, 33.49, 33.20, 33.62, 33.00, 33.54, 33.12, 33.84)
# The same, example 7.3: 26 samples with 516 nonconformities; samples 6 and 20 are known to be out of control.
BOARDS = (21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15)


def all_of(values: Array) -> NDArray[np.bool_]:
    return np.ones(values.shape, bool)


def around(shape: tuple[int, ...], centre: float = 0.0, sigma: float = 1.0) -> control.Limits:
    """Return limits of known centre and sigma."""
    middle, lower, upper, near_lower, near_upper = (np.full(shape, centre + n * sigma) for n in (0, -3, 3, -2, 2))
    return control.Limits(middle, lower, upper, near_lower, near_upper, np.zeros(shape))


def flat(values: list[float], centre: float = 0.0, sigma: float = 1.0) -> tuple[Array, control.Limits]:
    """Return values with limits of known centre and sigma."""
    array = np.array(values, float)
    return array, around(array.shape, centre, sigma)


def found(values: list[float], judged: list[bool] | None = None) -> list[str]:
    array, limits = flat(values)
    return control.signals(array, limits, all_of(array) if judged is None else np.array(judged)).tolist()


def test_xmr_limits_are_montgomerys() -> None:
    """Mean 33.52, limits 34.80 and 32.24 as printed."""
    values = np.array(VISCOSITY)
    limits = control.xmr(values, all_of(values))
    printed = [limits.centre[0], limits.upper[0], limits.lower[0]]
    assert np.round(printed, 2).tolist() == [33.52, 34.80, 32.24]
    assert control.mean_moving_range(values) == pytest.approx(0.48, abs=0.005)


def test_c_limits_are_montgomerys_and_a_correction() -> None:
    """19.85, 33.22 and 6.48 as printed, + 4/3 for skewness, wider by the dispersion; samples 6 and 20 stand out."""
    counts = np.array(BOARDS, float)
    limits = control.u(counts, np.ones(26), all_of(counts))
    spread = control.dispersion(counts, np.ones(26), all_of(counts))
    assert limits.centre[0] == pytest.approx(19.85, abs=0.005)
    assert limits.upper[0] == pytest.approx(19.846 + spread * (33.21 - 19.846) + 4 / 3 * spread**2, abs=0.01)
    assert limits.lower[0] == pytest.approx(19.846 - spread * (19.846 - 6.48) + 4 / 3 * spread**2, abs=0.01)
    without = all_of(counts)
    without[[5, 19]] = False
    signals = control.signals(counts, control.u(counts, np.ones(26), without), all_of(counts))
    assert {5, 19} <= set(np.flatnonzero(signals == "outside"))


@pytest.mark.parametrize("mean", [0.01, 0.04, 0.1, 0.2, 0.3, 0.7, 1, 1.5, 2, 3, 4, 5, 8, 12, 20, 35, 60, 150])
def test_c_limits_rarely_cry_wolf(mean: float) -> None:
    """By enumeration no side is passed by chance more often than once in 400 (two-sided three sigmas: once in 370)."""
    counts = np.full(24, mean)
    limits = control.u(counts, np.ones(24), all_of(counts))
    above = stats.poisson.sf(np.floor(limits.upper[0]), mean)
    below = stats.poisson.cdf(np.ceil(limits.lower[0]) - 1, mean)
    assert above < 1 / 400 and below < 1 / 400
    assert above > 1 / 6000 or mean < 1  # and a real rise is not out of reach


@pytest.mark.parametrize(("share", "total"), [(0.9, 60), (0.9, 227), (0.5, 40), (0.96, 500), (0.1, 100)])
def test_p_limits_rarely_cry_wolf(share: float, total: int) -> None:
    counts = np.full(24, share * total)
    limits = control.p(counts, np.full(24, float(total)), all_of(counts))
    above = stats.binom.sf(np.floor(limits.upper[0] * total + 1e-9), total, share)
    below = stats.binom.cdf(np.ceil(limits.lower[0] * total - 1e-9) - 1, total, share)
    assert above < 1 / 300 and below < 1 / 300
    assert 0 <= limits.lower[0] < share < limits.upper[0] <= 1


@pytest.mark.parametrize("mean", [0.0, 0.04, 0.1, 0.25])
def test_a_month_without_a_case_is_never_low_where_cases_are_rare(mean: float) -> None:
    """The correction must not lift the lower line above 0: 0.1 − 3·√0.1 + 4/3 is 0.48."""
    counts = np.full(24, mean)
    limits = control.u(counts, np.ones(24), all_of(counts))
    assert limits.lower.tolist() == limits.near_lower.tolist() == [0.0] * 24
    assert control.signals(np.zeros(24), limits, all_of(counts)).tolist() == [""] * 24
    shares = control.p(counts, np.full(24, 10.0), all_of(counts))
    assert shares.lower.tolist() == [0.0] * 24
    mirrored = control.p(10 - counts, np.full(24, 10.0), all_of(counts))
    assert mirrored.upper.tolist() == [1.0] * 24
    assert control.signals(np.ones(24), mirrored, all_of(counts)).tolist() == [""] * 24


def test_u_limits_follow_exposure() -> None:
    """A month with four times the workers has limits half as wide around the same centre (but for the correction)."""
    counts, exposures = np.array([10.0, 40.0] * 12), np.array([1.0, 4.0] * 12)
    limits = control.u(counts, exposures, all_of(counts))
    assert limits.centre.tolist() == [10.0] * 24
    assert limits.upper[0] == pytest.approx(10 + 3 * 10**0.5 + 4 / 3)
    assert limits.upper[1] == pytest.approx(10 + 3 * 40**0.5 / 4 + 1 / 3)


def test_what_varies_more_than_poisson_has_wider_limits() -> None:
    """Counts in batches of four vary twice as much as Poisson's σ; of Poisson counts the median factor stays near 1."""
    chance = np.random.default_rng(4)
    plain = chance.poisson(10, (400, 24)).astype(float)
    spread = control.dispersion(plain, np.ones(plain.shape), all_of(plain))
    assert 1.0 <= np.median(spread) < 1.1
    batches = 4 * chance.poisson(10, (400, 24)).astype(float)
    assert np.median(control.dispersion(batches, np.ones(batches.shape), all_of(batches))) == pytest.approx(2, abs=0.1)


def test_only_base_points_make_limits() -> None:
    """A rise after the base does not raise its own limits; points that are not known are no zeros."""
    counts = np.array([2, 3, 1, np.nan, 2, 2, 3, 1, 2, 2, 3, 1, 9, 8], float)
    is_base = np.arange(14) < 12
    limits = control.u(counts, np.ones(14), is_base)
    assert limits.centre[0] == pytest.approx(22 / 11)
    assert control.signals(counts, limits, all_of(counts)).tolist() == [""] * 12 + ["outside"] * 2


def test_moving_range_passes_over_gaps() -> None:
    values = np.array([[1.0, np.nan, 4.0, 5.0], [np.nan, np.nan, 7.0, np.nan]])
    assert control.mean_moving_range(values)[0] == 2.0  # |4−1| and |5−4|
    assert np.isnan(control.mean_moving_range(values)[1])


def test_a_level_that_moves_slowly_is_not_all_signals() -> None:
    """A queue's month-ends are alike: the moving range alone would call half of them outside."""
    chance = np.random.default_rng(5)
    level = 50 + np.cumsum(chance.normal(0, 1, (200, 36)), axis=1)
    is_base = np.broadcast_to(np.arange(36) < 24, level.shape)
    narrow, wide = (control.xmr(level, is_base, is_level=flag) for flag in (False, True))
    outside = [np.mean((level > limits.upper) | (level < limits.lower)) for limits in (narrow, wide)]
    assert outside[0] > 0.2 and outside[1] < 0.12


@pytest.mark.parametrize("sign", [1, -1])
def test_every_rule_at_its_threshold(sign: int) -> None:
    """Seven on a side, six in a direction, two of three near a limit: one less is nothing."""
    one = [0.5, -0.5]
    assert found([sign * v for v in [0.0, 3.1, *one]]) == ["", "outside", "", ""]
    assert found([sign * v for v in [0.0, 2.9, *one]]) == [""] * 4
    assert found([sign * v for v in [-0.5, *[0.5, 0.6, 0.5] * 2, 0.5]]) == ["", *["shift"] * 7]
    assert found([sign * v for v in [-0.5, *[0.5, 0.6, 0.5] * 2]]) == [""] * 7
    assert found([sign * v for v in [-1.0, -0.6, -0.2, 0.1, 0.4, 0.8]]) == ["trend"] * 6
    assert found([sign * v for v in [-1.0, -0.6, -0.2, 0.1, 0.4, 0.4]]) == [""] * 6
    assert found([sign * v for v in [0.1, 2.1, -0.2, 2.2, -0.1]]) == ["", "two_of_three", "", "two_of_three", ""]
    assert found([sign * v for v in [0.1, 2.1, -0.2, 0.1, 2.2]]) == [""] * 5
    assert found([sign * v for v in [0.1, 2.1, -2.1, -0.1, 0.1]]) == [""] * 5


def test_the_gravest_rule_names_a_point() -> None:
    assert found([0.5] * 6 + [3.5]) == ["shift"] * 6 + ["outside"]


def test_points_not_judged_are_passed_over() -> None:
    """A month not reported in full neither breaks a run nor counts in it."""
    values, judged = [0.5, 0.6] * 4, [True] * 8
    judged[3] = False
    values[3] = -9.0
    assert found(values, judged) == ["shift"] * 3 + [""] + ["shift"] * 4
    assert found(values[:7], judged[:7]) == [""] * 7


def test_a_count_next_to_the_centre_lies_on_it() -> None:
    """With a mean of 2.1 a month of 2 is neither high nor low: else two months in three would be low."""
    counts = np.array([2.0] * 12)
    limits = control.u(np.array([2.0, 2.2] * 6), np.ones(12), np.ones(12, bool))
    assert control.signals(counts, limits, np.ones(12, bool)).tolist() == [""] * 12
    assert control.sides(np.array([1.0, 2.0, 3.0, np.nan] * 3), limits).tolist() == [-1, 0, 1, 0] * 3


def _naive(values: list[float], centre: float, sigma: float) -> list[str]:
    """Return the signals anew, point by point, as a reader of Making Data Count would look for them."""
    names = [""] * len(values)

    def mark(places: range | list[int], rule: str) -> None:
        for place in places:
            names[place] = rule

    side = [(v > centre) - (v < centre) for v in values]
    for first in range(len(values)):
        three = range(first, min(first + 3, len(values)))
        for sign in (1, -1):
            near = [i for i in three if sign * (values[i] - centre) > 2 * sigma]
            if len(near) >= 2:
                mark(near, "two_of_three")
    for first in range(len(values) - 5):
        six = values[first : first + 6]
        if sorted(set(six)) in (six, six[::-1]):  # no two are equal, all go one way
            mark(range(first, first + 6), "trend")
    for first in range(len(values) - 6):
        if abs(sum(side[first : first + 7])) == 7:
            mark(range(first, first + 7), "shift")
    mark([i for i, v in enumerate(values) if abs(v - centre) > 3 * sigma], "outside")
    return names


def test_many_series_at_once_are_as_one_by_one() -> None:
    """2,000 series with steps and drifts: the array's answer is the reader's."""
    chance = np.random.default_rng(6)
    values = np.round(chance.normal(0, 1.2, (2000, 30)), 1) + np.linspace(0, 1, 30) * chance.normal(0, 2, (2000, 1))
    signals = control.signals(values, around(values.shape), all_of(values))
    assert signals.tolist() == [_naive(row, 0.0, 1.0) for row in values.tolist()]
    assert {"", *control.RULES} == set(np.unique(signals))


@pytest.mark.parametrize(("mean", "most"), [(1.0, 0.08), (2.2, 0.10), (4.0, 0.12), (30.0, 0.16)])
def test_a_quiet_year_mostly_stays_quiet(mean: float, most: float) -> None:
    """Poisson counts, limits from two years, the third judged: the share of years with any signal that is not one."""
    chance = np.random.default_rng(7)
    counts = chance.poisson(mean, (3000, 36)).astype(float)
    is_base = np.broadcast_to(np.arange(36) < 24, counts.shape)
    signals = control.signals(counts, control.u(counts, np.ones(counts.shape), is_base), all_of(counts))
    share = np.mean((signals[:, 24:] != "").any(axis=1))
    assert share < most
    doubled = counts.copy()
    doubled[:, 24:] += chance.poisson(1.5 * mean + 1, (3000, 12))
    found_ = control.signals(doubled, control.u(counts, np.ones(counts.shape), is_base), all_of(counts))
    assert np.mean((found_[:, 24:] != "").any(axis=1)) > 0.8  # and two and a half times as many are seen


@pytest.mark.parametrize("mean", [0.02, 0.05, 0.1, 0.2, 0.4, 1.0])
def test_no_case_is_nothing_unusual_where_cases_are_rare(mean: float) -> None:
    """Months without a case stay quiet where less than one is expected: the correction must not lift the lower line."""
    counts = np.zeros(100)
    counts[: round(100 * mean)] = 1
    counts = np.random.default_rng(5).permutation(counts)
    limits = control.u(counts, np.ones(100), np.ones(100, bool))
    assert limits.lower.max() == limits.near_lower.max() == 0
    assert set(control.signals(counts, limits, np.ones(100, bool))[counts == 0]) <= {"", "shift"}


def test_all_of_few_is_nothing_unusual() -> None:
    """The mirror: ten of ten is no surprise where nearly all succeed."""
    totals, counts = np.full(50, 10.0), np.full(50, 10.0)
    counts[::13] = 9
    limits = control.p(counts, totals, np.ones(50, bool))
    assert limits.upper.min() == limits.near_upper.min() == 1

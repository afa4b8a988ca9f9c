"""How often the forecast's range holds the year's end: simulated, four times in five or more is what it promises."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.forecast import FEWEST_STEPS, dispersion, flow_forecast, season_of, stock_forecast

SEASON = np.array([8, 4, 9, 10, 9, 8, 8, 7, 8, 9, 10, 10.0]) / 100
RUNS = 150


def _years(
    rng: np.random.Generator, level: float, years: int, spread: float, phi: float, moving: float = 0.0
) -> np.ndarray:
    """Return years of 12 months whose levels differ by `spread` and whose months vary φ times as much as Poisson.

    `moving`: by how much (σ of log odds) the share of the first half differs between the years.
    """
    levels = level * np.exp(rng.normal(0, spread, years))
    first = 1 / (1 + np.exp(-rng.normal(np.log(SEASON[:6].sum() / SEASON[6:].sum()), moving, (years, 1))))
    halves = np.hstack([first * SEASON[:6] / SEASON[:6].sum(), (1 - first) * SEASON[6:] / SEASON[6:].sum()])
    mean = levels[:, None] * halves
    return (rng.poisson(mean) if phi == 1 else rng.negative_binomial(mean / (phi - 1), 1 / phi)).astype(float)


@pytest.mark.parametrize(
    ("spread", "phi", "moving"), [(0.0, 1.0, 0.0), (0.15, 1.0, 0.4), (0.3, 1.0, 0.4), (0.15, 2.0, 0.6)]
)
def test_a_flows_range_holds_four_times_in_five(spread: float, phi: float, moving: float) -> None:
    """Over levels of 15–1,000 a year, two or three years before, 3–11 months, drives that move from year to year."""
    rng, hits = np.random.default_rng(5), []
    for level in (15, 60, 200, 1000):
        for before in (2, 3):
            for months in (3, 6, 9, 11):
                for _run in range(RUNS // 5):
                    *past, now = _years(rng, level, before + 1, spread, phi, moving)
                    found = flow_forecast(now[:months].sum(), np.array(past), months)
                    hits += [found.low <= now.sum() <= found.high] if found else []
    assert len(hits) > 900
    assert 0.78 <= np.mean(hits) <= 0.98


def test_a_levels_range_holds_four_times_in_five() -> None:
    """Independent steps: exact in theory without drift, also two steps ahead and with the fewest steps; wider with one."""
    rng = np.random.default_rng(6)
    for count, steps in ((FEWEST_STEPS, 1), (6, 1), (6, 2)):
        shares = []
        for drift in (0, 3):
            hits = []
            for walk in rng.normal(drift, 2, (400, count + steps)):
                found = stock_forecast(100, walk[:count], steps)
                assert found
                hits.append(found.low <= 100 + walk[count:].sum() <= found.high)
            shares.append(np.mean(hits))
        assert 0.77 <= shares[0] <= 0.88 and shares[0] < shares[1] <= 0.96, (count, steps)


def test_a_drive_later_than_any_before_and_steps_alike_by_chance() -> None:
    """The sample street's unions of 2016–2018 month by month, which an earlier range missed; a level grown by like steps."""
    past = [[8, 10, 12, 8, 19, 15, 15, 21, 21, 23, 22, 31], [7, 7, 7, 10, 14, 9, 14, 23, 24, 19, 25, 20]]
    now = [6, 2, 11, 9, 13, 17, 19, 11, 29, 27, 38, 42]
    found = flow_forecast(sum(now[:6]), np.array(past, float), 6)
    assert found and found.low <= sum(now) <= found.high
    level = stock_forecast(1000, np.array([100, 101, 99.0]), 1)
    assert level and level.low <= 1060 < 1140 <= level.high, "three steps alike do not promise a fourth"


def test_by_hand_without_chance() -> None:
    """Two equal years of ten a month and this year's own ten: sixty done by June, sixty to come, a range around 120."""
    found = flow_forecast(60, np.full((2, 12), 10.0), 6)
    assert found and found.expected == pytest.approx(120)
    assert 60 < found.low < 120 < found.high < 180
    quick = flow_forecast(90, np.full((2, 12), 10.0), 6)
    assert quick and 120 < quick.expected < 180, "between what earlier years and this year's own pace say"
    sum_of_money = flow_forecast(6e6, np.full((2, 12), 1e6), 6, is_whole=False)
    assert sum_of_money and sum_of_money.expected == pytest.approx(12e6)


def test_nothing_is_foretold_from_too_little() -> None:
    """One year, a year that is over, years without anything, two steps: no forecast, never a made-up one."""
    ten = np.full((2, 12), 10.0)
    assert flow_forecast(60, ten[:1], 6) is None
    assert flow_forecast(60, ten, 12) is None
    assert flow_forecast(60, np.zeros((2, 12)), 6) is None
    late = np.zeros((3, 12))
    late[:, 11] = 30
    assert season_of(late, 6) is None and flow_forecast(0, late, 6) is None
    assert stock_forecast(5, np.array([1.0, 2.0]), 1) is None


def test_a_share_stays_a_share() -> None:
    """A level of 96 % that rose by two points a half-year does not pass 100 %."""
    found = stock_forecast(0.96, np.array([0.02, 0.03, 0.02, 0.01]), 2, floor=0.0, ceiling=1.0)
    assert found and found.high == 1.0 and 0.96 < found.expected <= 1.0


def test_clumps_widen_the_range() -> None:
    """Months that come in heaps vary more than Poisson; with the street's shares a community's few cases still tell."""
    even, heaps = np.full((3, 12), 10.0), np.tile([0, 20.0], (3, 6))
    heaps[1] = heaps[1][::-1]
    assert dispersion(even) == 1.0 and dispersion(heaps) > 4
    narrow, wide = flow_forecast(60, even, 6), flow_forecast(60, heaps, 6)
    assert narrow and wide and wide.high - wide.low > narrow.high - narrow.low
    shared = flow_forecast(3, np.array([[0, 1.0] * 6, [1.0, 0] * 6]), 6, shares=np.full(12, 1 / 12))
    assert shared and shared.low >= 3

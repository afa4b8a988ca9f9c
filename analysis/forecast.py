"""Where a number will stand at the year's end, with a range that is to hold four times in five.

What happened month by month (flows) goes on as the same months of earlier years did, at a level between theirs and this
year's own; what stands at a month's end (stocks) grows as it grew over equal spans before. Plain numbers and arrays in,
`Forecast` out. How often the ranges hold, simulated and over the sample street's own years: docs/analysis.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Array = NDArray[np.float64]
COVERAGE = 0.8
LOW, HIGH = (1 - COVERAGE) / 2, (1 + COVERAGE) / 2
FEWEST_YEARS = 2  # whole years before this one, for flows
FEWEST_STEPS = 3  # equal spans before now, for stocks
LEVEL_SPREAD = 0.15  # by how much (σ ÷ mean) years differ at least: two or three years cannot tell it themselves
SEASON_SPREAD = 0.4  # by how much (σ of log odds) the share of a year's first months differs at least: drives move
STEP_SPREAD = 0.5  # by how much of their mean the steps of a level differ at least: a few may be alike by chance
MOST_COUNTED = 100_000  # above it whole numbers are as good as continuous


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is expected at the year's end, and the range around it."""

    expected: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Season:
    """Which share of a year falls into its first months, and how surely: `total` events were counted."""

    share: float
    total: float


def season_of(years: Array, months: int) -> Season | None:
    """Return the share of the first `months` months in whole years (rows of 12); None where it cannot be told.

    None also where hardly anything (under 2 %) came in these months: this year's own count then says nothing.
    """
    total = float(years.sum())
    share = float(years[:, :months].sum()) / total if total else 0.0
    return Season(share, total) if total and 0.02 <= share < 1 else None


def dispersion(years: Array, shares: Array | None = None) -> float:
    """Return by how much months vary more than Poisson (φ ≥ 1): Pearson's χ² ÷ (its degrees of freedom − 2).

    Expected is each year's total times the month's share: the years' own, or `shares` known from elsewhere (the
    street's, for a community). McCullagh & Nelder 1989, Generalized Linear Models, 4.5.
    """
    totals = years.sum(axis=1, keepdims=True)
    own = years.sum(axis=0) / max(float(totals.sum()), 1e-9)
    expected = totals * (own if shares is None else shares)
    squares = np.divide((years - expected) ** 2, expected, out=np.zeros_like(years), where=expected > 0)
    used = int((expected > 0).any(axis=0).sum())
    freedom = (used - 1) * (len(years) - (1 if shares is None else 0))
    if freedom < 5:
        return 1.0
    return max(float(squares.sum()) / (freedom - 2), 1.0)  # − 2: from few months it is often found too small


def _level(done: float, years: Array, season: Season, phi: float) -> tuple[float, float, float]:
    """Return this year's expected total, its variance, and the weight of this year's own count in it.

    Credibility (Bühlmann 1967, ASTIN Bulletin 4:199): earlier years' mean and this year's count ÷ its share, each
    weighted by what the other is unsure.
    """
    totals = years.sum(axis=1)
    mean, count = float(totals.mean()), len(totals)
    seen = float(totals.var(ddof=1)) - phi * mean
    between = max(seen, (LEVEL_SPREAD * mean) ** 2) * (1 + 1 / count)
    noise = phi * max(mean, 1.0) / season.share
    weight = between / (between + noise)
    return weight * done / season.share + (1 - weight) * mean, between * noise / (between + noise), weight


def season_shift(years: Array, months: int, phi: float) -> float:
    """Return by how much (σ of log odds) the share of the first `months` months moves from year to year.

    What the years show beyond chance, never under `SEASON_SPREAD`: two or three years seldom show a drive that begins
    in another month than theirs.
    """
    first = years[:, :months].sum(axis=1) + 0.5
    rest = years[:, months:].sum(axis=1) + 0.5
    chance = phi * float((1 / first + 1 / rest).mean())
    seen = max(float(np.log(first / rest).var(ddof=1)) - chance, 0.0) * (1 + 1 / len(years))
    return float(np.sqrt(seen + SEASON_SPREAD**2))


def flow_forecast(
    done: float, years: Array, months: int, *, shares: Array | None = None, is_whole: bool = True
) -> Forecast | None:
    """Return what a year's total will be after `done` in its first `months`; None where earlier years cannot tell.

    `years`: one row of 12 months per whole earlier year, at least `FEWEST_YEARS`; `shares`: the months' shares where
    a larger place tells them better. The rest of the year is negative binomial (Gamma where it is no count).
    """
    if len(years) < FEWEST_YEARS or not 0 < months < 12:
        return None
    season = season_of(years, months) if shares is None else _known_season(shares, months, float(years.sum()))
    if season is None:
        return None
    phi = dispersion(years, shares)
    total, unsure, weight = _level(done, years, season, phi)
    rest = 1 - season.share
    expected = max(total * rest, 0.0)
    turn = total * (1 + weight * rest / season.share)  # by how much the rest changes with the share
    counted = 0.0 if shares is not None else phi * season.share * rest / season.total
    split = turn**2 * (counted + (season_shift(years, months, phi) * season.share * rest) ** 2)
    variance = phi * expected + rest**2 * unsure + split
    low, high = _rest_range(expected, variance, is_whole)
    return Forecast(done + expected, done + low, done + high)


def _known_season(shares: Array, months: int, total: float) -> Season | None:
    share = float(shares[:months].sum())
    return Season(share, total) if total and 0.02 <= share < 1 else None


def _rest_range(mean: float, variance: float, is_whole: bool) -> tuple[float, float]:
    """Return the quantiles of what is still to come, a distribution of this mean and variance above 0."""
    if mean <= 0:
        return 0.0, 0.0
    if is_whole and mean < MOST_COUNTED:
        variance = max(variance, mean * 1.0001)
        size, chance = mean**2 / (variance - mean), mean / variance
        low, high = stats.nbinom.ppf([LOW, HIGH], size, chance)
    else:
        low, high = stats.gamma.ppf([LOW, HIGH], mean**2 / variance, scale=variance / mean)
    return float(low), float(high)


def stock_forecast(
    now: float, increments: Array, steps: int, *, floor: float | None = None, ceiling: float | None = None
) -> Forecast | None:
    """Return where a level will be after `steps` more spans, each like the `increments` of equal spans before.

    Independent increments: mean and variance from them (and `STEP_SPREAD`), Student's t on their number − 1; None under
    `FEWEST_STEPS`.
    A share is kept between `floor` and `ceiling`.
    """
    count = len(increments)
    if count < FEWEST_STEPS or steps < 1:
        return None
    step = float(increments.mean())
    spread = float(np.hypot(increments.std(ddof=1), STEP_SPREAD * step))
    expected = now + steps * step
    reach = float(stats.t.ppf(HIGH, count - 1)) * spread * np.sqrt(steps + steps**2 / count)
    low, middle, high = (float(np.clip(x, floor, ceiling)) for x in (expected - reach, expected, expected + reach))
    return Forecast(middle, low, high)

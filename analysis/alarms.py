"""Which watched series stand out in the newest month, and how often chance alone would make one stand out.

Two tests per series: the month's own count (a jump) and the cumulative sum of the run (a slow rise). All of a month's
tests share one false discovery rate (Benjamini & Hochberg 1995); what passes must also be many enough to matter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.cusum import Null, began, chances, is_above, moves, part, sums
from analysis.surveillance import Array, Numbers, benjamini_hochberg, tail, upper_limit

Flags = NDArray[np.bool_]
YEAR = 12


@dataclass(frozen=True)
class Rule:
    """When a series is called: at most this share of the calls false, so many cases, a rise in so many months."""

    false_share: float
    least_cases: int
    least_months: int = 2


@dataclass(frozen=True)
class Calls:
    """What is called in the newest month, arrays (…, series); `start` is the month (index) in which a rise began.

    `cases` are the counts from then on.
    """

    jump: Flags
    slow: Flags
    p: Array
    q: Array
    start: Numbers
    cases: Array


def calls(counts: Array, null: Null, table: Array, rule: Rule) -> Calls:
    """Return what is called in the last month of a run of counts (…, series, months); `table` is what `chances` gives.

    A slow rise has several months above their reference since it began, the last one among them, and more cases in all
    since then than they seldom pass together, even without its highest month: one noisy month is no rise. (What is left
    without the highest count is never more than without the month that expects most.)
    """
    seen, above = counts[..., -1], is_above(counts, null)
    p_jump = _tails(seen, null.mean[:, -1], null.variance[:, -1])
    p_slow = np.where(np.isfinite(p_jump), table[np.arange(len(table)), sums(counts, null)[..., -1]], np.nan)
    q_jump, q_slow = np.split(benjamini_hochberg(np.concatenate([p_jump, p_slow], -1)), 2, -1)
    start = began(counts, null.mean)
    run = in_run(start, counts, null)
    cases, months = np.where(run, counts, 0).sum(-1), (run & above).sum(-1)
    with np.errstate(invalid="ignore"):
        jump = (q_jump <= rule.false_share) & (seen > null.limit[:, -1]) & (seen >= rule.least_cases)
        is_rise = above[..., -1] & (months >= rule.least_months) & (cases >= rule.least_cases)
        slow = (q_slow <= rule.false_share) & is_rise
    highest = np.where(run, counts, 0).max(-1)
    for seen_together, left_out in ((cases, 0.0), (cases - highest, np.where(run, null.mean, 0).max(-1))):
        mean, variance = _of_run(run, null, left_out)
        slow[slow] = tail(seen_together[slow], mean[slow], variance[slow]) <= 1 - null.level
    return Calls(jump, slow, np.where(slow, p_slow, p_jump), np.where(slow, q_slow, q_jump), start, cases)


def _tails(counts: Array, mean: Array, variance: Array) -> Array:
    """Return P(Y ≥ counts) for counts (…, series), each count of a series computed once."""
    most = int(np.nanmax(counts, initial=0))
    table = tail(np.arange(most + 1.0), mean[:, None], variance[:, None])
    found = table[np.arange(len(mean)), np.nan_to_num(counts).astype(int)]
    return np.where(np.isfinite(counts), found, np.nan)


def in_run(start: Numbers, counts: Array, null: Null) -> Flags:
    """Return the months of counts (…, series, months) from a rise's start on, as far as they are known."""
    return (np.arange(counts.shape[-1]) >= start[..., None]) & np.isfinite(counts + null.mean)


def _of_run(run: Flags, null: Null, left_out: Array | float = 0.0) -> tuple[Array, Array]:
    """Return the mean and variance of the sum of the months marked: the level's error is the same in all of them."""
    mean = np.where(run, null.mean, 0.0).sum(-1) - left_out
    return mean, null.expected.dispersion[:, 0] * mean + null.expected.relative_variance[:, 0] * mean**2


def usual_cases(run: Flags, null: Null) -> Array:
    """Return what the counts of the months marked (…, series, months) seldom pass together."""
    return upper_limit(*_of_run(run, null), null.level)


def simulated(null: Null, draws: int, seed: int) -> Array:
    """Return counts (draws, series, months) as they would be if all were usual; nan where nothing is expected.

    The level's own error is drawn once per series, the months' extra variation anew each month.
    """
    chance = np.random.default_rng(seed)
    own, dispersion = np.maximum(null.expected.relative_variance, 1e-9), null.expected.dispersion
    mean = np.nan_to_num(null.mean) * chance.gamma(1 / own, own, (draws, len(own), 1))
    extra = np.maximum(dispersion - 1, 1e-9)
    counts = chance.poisson(chance.gamma(np.maximum(mean, 1e-12) / extra, extra))
    return np.where(np.isfinite(null.mean), counts, np.nan)


def false_per_year(null: Null, rule: Rule, draws: int = 200, seed: int = 1) -> float:
    """Return how many calls chance alone would newly make in a year; `null` has the newest 24 months.

    A series that was called the month before is not called anew.
    """
    counts, known, moved = simulated(null, draws, seed), np.isfinite(null.mean), moves(null)
    before, found = np.zeros((draws, len(known)), bool), 0
    for last in range(known.shape[1] - YEAR, known.shape[1] + 1):
        run = slice(last - YEAR, last)
        here = part(null, run)
        called = calls(counts[..., run], here, chances(moved[run], known[:, run]), rule)
        found += int(((called.jump | called.slow) & ~before).sum()) if last > known.shape[1] - YEAR else 0
        before = called.jump | called.slow
    return found / draws

"""同等行业规模: what a community's rate owes to the make-up of its enterprises, and what to like enterprises differing.

Strata are industry × number of workers; 不详 of either is a stratum of its own. The counts of the strata are the ones
that `ask` sums, so that nothing here can differ from what is shown beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from analysis import decompose
from analysis.standardise import indirect, on_odds
from metrics import changes
from metrics.catalogue import Metric, metric_of
from metrics.judging.strata import Cells, cells, is_open
from metrics.question import Question, Row
from metrics.scope import title
from metrics.values import ask
from metrics.warehouse import Warehouse

if TYPE_CHECKING:
    from metrics.judging.compare import Compared

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Standardised:
    """One community's number against what its industries and sizes would give at the rates of all.

    `ratio` is observed ÷ expected with its range; `adjusted` is the rate it would have with the make-up of all
    (同等行业规模下的…). All is None where the community has not reported, `ratio` on where nothing is expected.
    """

    community_id: str
    community: str
    observed: float | None
    expected: float | None
    ratio: float | None
    low: float | None
    high: float | None
    adjusted: float | None


@dataclass(frozen=True, slots=True)
class GapPart:
    """What one industry adds to a gap by its share and by its own rates; industry None is 不详."""

    industry_id: str | None
    industry: str
    mix: float
    rate: float


@dataclass(frozen=True)
class Gap:
    """How far a community's rate is from another's, and why: `difference` = `mix` (构成影响) + `rate` (同类差异).

    `against` holds the ids of the peers that have reported, None for the whole street. All figures are in the value's own unit (0.01 is one
    percentage point); the parts, one per industry, add up to `mix` and `rate`, the largest first.
    """

    metric: Metric
    community_id: str
    community: str
    against: tuple[str, ...] | None
    value: float
    against_value: float
    difference: float
    mix: float
    rate: float
    parts: tuple[GapPart, ...]


@dataclass(frozen=True)
class Growth:
    """Where a change comes from. In the rate: `difference` = `mix` + `rate`. In the numerator: `more` = `size_count`
    (more enterprises, or workers) + `mix_count` + `rate_count`.
    """

    change: changes.Change
    difference: float
    mix: float
    rate: float
    more: float
    size_count: float
    mix_count: float
    rate_count: float


@lru_cache(maxsize=64)
def standardised(warehouse: Warehouse, question: Question) -> tuple[Standardised, ...]:
    """Return every community's number standardised indirectly by industry and size, in official order.

    () for metrics that cannot be: no base of their own, or no industry and size. The range is the number's own, divided
    by what is expected, which is taken as fixed (Breslow & Day 1987, vol. II, p. 65).
    """
    if not is_open(question):
        return ()
    found = cells(warehouse, question)
    result = indirect(found.events, found.base)
    expected = dict(zip(found.communities, result.expected.tolist(), strict=True))
    answer = ask(warehouse, replace(question, by=("community",)))
    overall = float(result.overall) if found.communities else None
    ids = [row.keys["community_id"] or "" for row in answer.rows]
    return tuple(
        _standardised(answer.metric, row, expected.get(community), overall)
        for row, community in zip(answer.rows, ids, strict=True)
    )


def _standardised(metric: Metric, row: Row, expected: float | None, overall: float | None) -> Standardised:
    place = (row.keys["community_id"] or "", row.keys["community"] or "")
    if row.value is None or row.denominator is None or not expected or overall is None:
        return Standardised(*place, row.numerator, expected, None, None, None, None)
    per = row.denominator / expected
    low, high = (None if end is None else end * per for end in (row.low, row.high))
    ratio = row.value * per
    is_share = metric.kind == "proportion"  # it never passes 100 %; a ratio may
    adjusted = on_odds(row.value, expected / row.denominator, overall) if is_share else ratio * overall
    return Standardised(*place, row.numerator, expected, ratio, low, high, adjusted)


def gap(warehouse: Warehouse, question: Question, community: str, against: tuple[str, ...] | None = None) -> Gap | None:
    """Return where a community's distance from the whole street, or from other communities together, comes from.

    None for metrics that cannot be taken apart, and where one of both has not reported.
    """
    if not is_open(question):
        return None
    everywhere = tuple(condition for condition in question.where if condition[0] != "community")
    found = cells(warehouse, replace(question, by=(), where=everywhere))
    against = against and tuple(other for other in against if other in found.communities and other != community)
    (events, base), (events_of, base_of) = found.of((community,)), found.of(against)
    if not base.sum() or not base_of.sum():
        return None
    split = decompose.kitagawa(events, base, events_of, base_of)
    value, other = float(events.sum() / base.sum()), float(events_of.sum() / base_of.sum())
    parts = _parts(warehouse, found, split)
    mix, rate = float(split.mix.sum()), float(split.rate.sum())
    names = (community, title(warehouse, "community", community))
    return Gap(metric_of(question.metric), *names, against, value, other, value - other, mix, rate, parts)


def is_chance(gap: Gap, row: Compared) -> bool:
    """Return whether chance alone may have made a gap: then its sources are no finding.

    Against the street the funnel has judged it; against peers the community's own range must leave their value out.
    """
    if gap.against is None and row.funnel is not None:
        return row.funnel == "similar"
    if row.too_few or row.low is None or row.high is None:
        return True
    return row.low <= gap.against_value <= row.high


def _parts(warehouse: Warehouse, found: Cells, split: decompose.Split) -> tuple[GapPart, ...]:
    """Return the strata's shares of a gap, added up by industry."""
    industries = list(dict.fromkeys(industry for industry, _size in found.strata))
    parts = []
    for industry in industries:
        at = [index for index, stratum in enumerate(found.strata) if stratum[0] == industry]
        sums = float(split.mix[at].sum()), float(split.rate[at].sum())
        parts.append(GapPart(industry, title(warehouse, "industry", industry), *sums))
    return tuple(sorted(parts, key=lambda part: -max(abs(part.mix), abs(part.rate))))


@lru_cache(maxsize=64)
def change(warehouse: Warehouse, question: Question, against: str) -> Growth | None:
    """Return where the change of a question without dimensions comes from, over the communities known at both ends.

    `against` is one of `changes.AGAINST`. None where it cannot be taken apart or there is nothing to compare.
    """
    if not is_open(question):
        return None
    said = changes.change(warehouse, replace(question, by=()), against)
    if said.difference is None or said.asked is None:
        return None
    now, before = (cells(warehouse, asked) for asked in said.asked)
    return _growth(said, *_same_strata(now, before))


def _same_strata(now: Cells, before: Cells) -> tuple[Floats, Floats, Floats, Floats]:
    """Return both sides of two months over the strata of either, in one order."""
    strata = list(dict.fromkeys((*now.strata, *before.strata)))
    sides = []
    for found in (now, before):
        place = {stratum: index for index, stratum in enumerate(found.strata)}
        for table in found.of(None):
            sides.append(np.array([table[place[s]] if s in place else 0.0 for s in strata]))
    return sides[0], sides[1], sides[2], sides[3]


def _growth(said: changes.Change, events: Floats, base: Floats, events_0: Floats, base_0: Floats) -> Growth:
    split = decompose.kitagawa(events, base, events_0, base_0)
    counts = decompose.growth(events, base, events_0, base_0)
    more = float(events.sum() - events_0.sum())
    parts = (float(counts.size), float(counts.mix), float(counts.rate))
    difference = float(events.sum() / base.sum() - events_0.sum() / base_0.sum())
    return Growth(said, difference, float(split.mix.sum()), float(split.rate.sum()), more, *parts)

"""Difference in differences with one treated place: by hand, the range by its definition, and by simulated streets."""

from __future__ import annotations

import numpy as np
import pytest

from analysis.did import Panel, detectable, effect_of

# The sample's workers by community: one large, two small.
WORKERS = np.array([22_691, 8_073, 11_941, 2_470, 5_426, 11_498, 2_519, 8_889, 5_543, 9_117, 5_125, 5_358], float)
TREATED = 9


def _street(rng: np.random.Generator, effect: float = 0.0, own: float = 0.0, treated: int = TREATED) -> Panel:
    """Return cases of one year before and two after; every place's rate moves by `own` (σ of its log) by itself."""
    before = 0.004 * np.exp(rng.normal(0, 0.3, 12))
    after = before * 1.1 * np.exp(rng.normal(0, own, 12))
    after[treated] = max(after[treated] + effect / 1000, 0)
    cases = rng.poisson(WORKERS * before).astype(float), rng.poisson(WORKERS * after * 2).astype(float)
    return Panel((cases[0], WORKERS), (cases[1], WORKERS), treated, (1000, 500))


def _shifted(panel: Panel, by: float) -> Panel:
    """Return the panel with the treated place's value after the start moved."""
    y, x = panel.after[0].copy(), panel.after[1]
    y[panel.treated] += by * x[panel.treated] / panel.scales[1]
    return Panel(panel.before, (y, x), panel.treated, panel.scales, panel.kind)


def test_the_effect_is_the_difference_of_two_changes() -> None:
    panel = _street(np.random.default_rng(1))
    found = effect_of(panel)
    assert found is not None
    rest = [place for place in range(12) if place != TREATED]
    (y, x), (z, w) = panel.before, panel.after
    own = z[TREATED] / w[TREATED] * 500 - y[TREATED] / x[TREATED] * 1000
    others = sum(z[rest]) / sum(w[rest]) * 500 - sum(y[rest]) / sum(x[rest]) * 1000
    assert found.effect == pytest.approx(own - others)
    assert found.own[1] - found.own[0] == pytest.approx(own)
    first = [place for place in rest if place != 0]  # another place is held against the untreated ones alone
    gap = z[0] / w[0] * 500 - y[0] / x[0] * 1000
    gap -= sum(z[first]) / sum(w[first]) * 500 - sum(y[first]) / sum(x[first]) * 1000
    assert found.gaps[0] == pytest.approx(gap)
    assert found.level == pytest.approx(11 / 12)


def test_the_range_is_what_would_not_be_the_most_unusual() -> None:
    """Take an effect inside the range away from the treated place, and another place is more unusual; outside, none."""
    panel = _street(np.random.default_rng(2), effect=-2)
    found = effect_of(panel)
    assert found is not None
    width = found.high - found.low
    for share in (0.001, 0.3, 0.6, 0.999):
        inside = effect_of(_shifted(panel, -(found.low + share * width)))
        assert inside is not None and inside.rank > 1
    for end in (found.low - 0.001 * width, found.high + 0.001 * width):
        outside = effect_of(_shifted(panel, -end))
        assert outside is not None and outside.rank == 1


def test_small_places_are_known_to_vary_more() -> None:
    found = effect_of(_street(np.random.default_rng(3)))
    assert found is not None
    order = np.argsort(WORKERS)
    assert (np.diff(found.sigmas[order]) <= 1e-12).all() and found.sigmas[3] > 2 * found.sigmas[0]


def test_nothing_is_said_of_few_places_or_where_nothing_moves() -> None:
    y, x = np.full(8, 20.0), np.full(8, 5000.0)
    assert effect_of(Panel((y, x), (y, x), 0)) is None, "seven others"
    still = np.zeros(12)
    assert effect_of(Panel((still, WORKERS), (still, WORKERS), 0)) is None
    full = np.full(12, 30.0)
    assert effect_of(Panel((full, full), (full, full), 0, kind="proportion")) is None, "every share is 100 %"


@pytest.mark.parametrize("treated", [0, 3, TREATED])
def test_false_alarms_are_about_one_in_twelve(treated: int) -> None:
    """Without any effect: a large, a small and a middle place (docs/analysis.md has 1,000 streets of each)."""
    rng, alarms = np.random.default_rng(4), 0
    for _street_no in range(300):
        found = effect_of(_street(rng, own=0.15, treated=treated))
        assert found is not None
        alarms += found.rank == 1
        assert (found.rank == 1) == (not found.low <= 0 <= found.high)
    assert 0.03 < alarms / 300 < 0.16  # 6–12 % in 1,000 streets of each


def test_what_it_says_can_be_seen_is_seen_in_four_of_five() -> None:
    """The effect called detectable, put into streets like those that it was told of, is found about that often."""
    rng = np.random.default_rng(5)
    quiet = [found for found in (effect_of(_street(rng)) for _street_no in range(60)) if found]
    size = float(np.median([found for found in map(detectable, quiet) if found is not None]))
    assert 1.5 < size < 3.5
    seen = [effect_of(_street(rng, effect=size)) for _street_no in range(200)]
    assert 0.65 < np.mean([found is not None and found.rank == 1 for found in seen]) < 0.93

"""Kaplan–Meier against statsmodels' independent implementation, and by hand."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from analysis.survival import kaplan_meier


@pytest.mark.parametrize("seed", range(40))
def test_the_curve_is_statsmodels_curve(seed: int) -> None:
    """Ties, same-day ends and many open ones: shares, numbers at risk, range and median."""
    chance = random.Random(seed)
    ended = [float(chance.randrange(0, 30)) for _n in range(chance.randrange(1, 60))]
    waiting = [float(chance.randrange(0, 40)) for _n in range(chance.randrange(0, 60))]
    ours = kaplan_meier(ended, waiting)
    theirs = SurvfuncRight([*ended, *waiting], [1] * len(ended) + [0] * len(waiting))
    steps = {day: place for place, day in enumerate(ours.days)}
    for day, share, risk, error in zip(
        theirs.surv_times, theirs.surv_prob, theirs.n_risk, theirs.surv_prob_se, strict=True
    ):
        place = steps[day]
        assert ours.share_open[place] == pytest.approx(share)
        assert ours.at_risk[place] == risk
        if 1e-9 < share < 1:
            width = 1.959963984540054 * error / (share * -math.log(share))  # Greenwood on the log-log scale
            assert ours.lower[place] == pytest.approx(share ** math.exp(width))
            assert ours.upper[place] == pytest.approx(share ** math.exp(-width))
        else:
            assert ours.lower[place] is None and ours.upper[place] is None
    halved = theirs.surv_times[theirs.surv_prob <= 0.5 + 1e-9]
    assert ours.median == (halved[0] if len(halved) else None)
    assert (ours.ended, ours.open) == (len(ended), len(waiting))


def test_by_hand() -> None:
    """6 at risk; 1 over on day 1 (5/6); 2 of 5 on day 2 (1/2); none on day 3, one leaves; 1 of 2 on day 5 (1/4)."""
    found = kaplan_meier([1, 2, 2, 5], [3, 5])
    assert found.days == (0, 1, 2, 3, 5)
    assert np.allclose(found.share_open, [1, 5 / 6, 1 / 2, 1 / 2, 1 / 4])
    assert found.at_risk == (6, 6, 5, 3, 2)
    assert found.median == 2


def test_open_ones_are_not_left_out() -> None:
    """Leaving out the open ones would make the median 10; they have been waiting for 30 days."""
    assert kaplan_meier([10, 10], []).median == 10
    assert kaplan_meier([10, 10], [30, 30, 30]).median is None
    assert kaplan_meier([10, 10], [30, 30, 30]).share_open[-1] == pytest.approx(3 / 5)


def test_edges() -> None:
    empty = kaplan_meier([], [])
    assert (empty.days, empty.median, empty.ended, empty.open) == ((), None, 0, 0)
    waiting = kaplan_meier([], [3, 5])
    assert waiting.share_open == (1, 1, 1) and waiting.days == (0, 3, 5) and waiting.median is None
    same_day = kaplan_meier([0, 0], [])
    assert (same_day.days, same_day.share_open, same_day.median) == ((0,), (0,), 0)
    assert same_day.lower == (None,)

"""Indirect standardisation: a published worked example, plain loops, and what must hold of a share."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.standardise import indirect, on_odds

# SAS/STAT User's Guide, PROC STDRATE, «Getting Started»: deaths from skin cancer by age, Florida and United States, 2000.
FLORIDA = np.array([0, 0, 4, 14, 43, 72, 70, 126, 136, 73], dtype=float)
FLORIDA_YEARS = np.array([953785, 1997935, 1885014, 1957573, 2356649, 2088000, 1548371, 1447432, 1087524, 335944.0])
US = np.array([0, 1, 41, 186, 626, 1199, 1303, 1637, 1624, 803], dtype=float)
US_YEARS = np.array(
    [19175798, 41077577, 39183891, 39892024, 45148527, 37677952, 24274684, 18390986, 12361180, 4239587.0]
)
PRINTED = [0.000, 0.049, 1.972, 9.127, 32.676, 66.445, 83.112, 128.837, 142.878, 63.630]


def test_published_example() -> None:
    """The expected deaths of each age and the ratio, as SAS prints them."""
    result = indirect(FLORIDA[None], FLORIDA_YEARS[None], (US, US_YEARS))
    by_age = indirect(np.diag(FLORIDA), np.diag(FLORIDA_YEARS), (US, US_YEARS))
    assert np.round(by_age.expected, 3).tolist() == PRINTED
    assert result.observed[0] == 538
    assert round(float(result.ratio[0]), 4) == 1.0175
    assert result.adjusted[0] * 1e5 == pytest.approx(1.0175 * 2.6366, abs=2e-4)  # the printed ratio × US crude rate


def test_all_areas_together_are_as_expected_and_months_stand_beside_each_other() -> None:
    """Against their own sum the areas' expected events add up to the observed; 60 months at once are 60 single ones."""
    chance = np.random.default_rng(3)
    base = chance.integers(0, 40, (60, 12, 9)).astype(float)
    events = chance.binomial(base.astype(int), 0.7).astype(float)
    result = indirect(events, base)
    assert result.expected.sum(axis=-1) == pytest.approx(events.sum(axis=(-1, -2)))
    for month in (0, 59):
        rates = [events[month, :, s].sum() / base[month, :, s].sum() for s in range(9)]
        wanted = [sum(base[month, a, s] * rates[s] for s in range(9)) for a in range(12)]
        assert result.expected[month] == pytest.approx(wanted)
        assert result.ratio[month] == pytest.approx([events[month, a].sum() / wanted[a] for a in range(12)])


def test_nothing_expected_has_no_ratio() -> None:
    result = indirect(np.array([[0.0, 0.0], [3.0, 0.0]]), np.array([[0.0, 5.0], [4.0, 0.0]]))
    assert np.isnan(result.ratio[0]) and result.expected[0] == 0
    assert result.ratio[1] == 1


SHARE = st.floats(0.01, 0.99)


@given(SHARE, SHARE, SHARE)
def test_a_standardised_share_is_a_share(observed: float, expected: float, overall: float) -> None:
    """Within 0…1, and on the same side of the whole as observed is of expected."""
    found = on_odds(observed, expected, overall)
    assert 0 < found < 1
    if abs(observed - expected) > 1e-9:
        assert (found > overall) == (observed > expected)
    odds = observed / (1 - observed) / (expected / (1 - expected)) * overall / (1 - overall)
    assert found == pytest.approx(odds / (1 + odds))


def test_the_ends_of_a_share() -> None:
    """All covered stays all, none stays none, as expected is the whole."""
    assert on_odds(1.0, 0.9, 0.8) == 1
    assert on_odds(0.0, 0.9, 0.8) == 0
    assert on_odds(1.0, 1.0, 0.8) == on_odds(0.4, 0.4, 0.8) == 0.8

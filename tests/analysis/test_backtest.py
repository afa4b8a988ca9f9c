"""Lists against what happened: counted by hand, and a range that covers as often as it says."""

from __future__ import annotations

import random

import pytest

from analysis.backtest import Hits, difference_range, hits_of, score_of


def test_a_list_is_counted() -> None:
    assert hits_of(["a", "b", "c"], {"b": 12, "z": 3, "a": 40}) == Hits(3, 2, 3, (40, 12))
    assert hits_of([], {"a": 1}) == Hits(0, 0, 1, ())


def test_months_are_summed_before_they_are_divided() -> None:
    """The mean of 1/2 and 0/10 is not the share of 1 in 12."""
    score = score_of([Hits(2, 1, 4, (10,)), Hits(10, 0, 0, ()), Hits(0, 0, 4, ())])
    assert (score.listed, score.hits, score.events) == (12, 1, 8)
    assert (score.precision, score.recall, score.lead_days) == (pytest.approx(1 / 12), 1 / 8, 10)


def test_the_days_ahead_are_a_median() -> None:
    assert score_of([Hits(3, 3, 3, (1, 2, 90)), Hits(1, 1, 1, (4,))]).lead_days == 3


def test_nothing_divides_by_nothing() -> None:
    score = score_of([Hits(0, 0, 0, ())])
    assert (score.precision, score.recall, score.lead_days) == (None, None, None)
    assert score_of([]).precision is None


def month(hits: int, listed: int = 20) -> Hits:
    return Hits(listed, hits, 50, ())


def test_few_months_have_no_range() -> None:
    assert difference_range([month(5)] * 11, [month(1)] * 11, 3) is None
    assert difference_range([month(5)] * 12, [month(1)] * 12, 3) == (pytest.approx(0.2), pytest.approx(0.2))


def test_lists_that_name_nobody_have_no_range() -> None:
    assert difference_range([month(0, 0)] * 12, [month(0, 0)] * 12, 3) is None


def test_the_range_is_the_difference_turned_round() -> None:
    chance = random.Random(3)
    ours, theirs = ([month(chance.randint(0, 9)) for _month in range(24)] for _list in range(2))
    low, high = difference_range(ours, theirs, 3) or (0, 0)
    assert difference_range(theirs, ours, 3) == (pytest.approx(-high), pytest.approx(-low))
    assert low < score_of(ours).precision - score_of(theirs).precision < high  # type: ignore[operator]


def test_the_range_covers_about_as_often_as_it_says() -> None:
    """Two lists of the same worth: the range leaves out 0 in few of a hundred histories of three years."""
    chance, missed = random.Random(20181201), 0
    for _history in range(100):
        ours, theirs = (
            [month(sum(chance.random() < 0.2 for _one in range(20))) for _m in range(36)] for _l in range(2)
        )
        low, high = difference_range(ours, theirs, 3) or (0, 0)
        missed += not low <= 0 <= high
    assert missed <= 15

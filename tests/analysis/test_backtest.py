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


def history(chance: random.Random, months: int = 23, people: int = 300) -> tuple[list[Hits], list[Hits]]:
    """Return two lists drawn alike, each keeping most of last month's names, and what befell them in three months."""
    often = [0.07 * chance.lognormvariate(-0.3, 0.8) for _one in range(people)]
    befell = [[chance.random() < rate for _m in range(months + 3)] for rate in often]
    both = []
    for _list in range(2):
        names, found = chance.sample(range(people), 20), []
        for m in range(months):
            for place in chance.sample(range(20), 3):
                names[place] = chance.randrange(people)
            within = {f"{one}": 1 for one in range(people) if any(befell[one][m + 1 : m + 4])}
            found.append(hits_of([f"{one}" for one in dict.fromkeys(names)], within))
        both.append(found)
    return both[0], both[1]


def test_lists_that_named_few_have_no_range() -> None:
    """Nineteen names, however many months, are too few; the twentieth gives a range."""
    names = [f"{one}" for one in range(20)]
    everyone = dict.fromkeys(names, 1)
    assert difference_range([hits_of(names[:19], everyone)] * 30, [hits_of(names, {})] * 30) is None
    assert difference_range([hits_of(names, everyone)] * 30, [hits_of(names, {})] * 30) == (1, 1)
    assert difference_range([], []) is None


def test_the_range_is_the_difference_turned_round() -> None:
    ours, theirs = history(random.Random(3))
    low, high = difference_range(ours, theirs) or (0, 0)
    assert difference_range(theirs, ours) == (pytest.approx(-high, abs=0.02), pytest.approx(-low, abs=0.02))
    assert low < score_of(ours).precision - score_of(theirs).precision < high  # type: ignore[operator]


def test_a_name_listed_month_after_month_is_one_name() -> None:
    """The same 20 names in 2 months or in 200 say equally little: only more names make the range narrower."""
    happened = {f"{one}": 1 for one in range(0, 20, 2)}
    ours, theirs = hits_of([f"{n}" for n in range(20)], happened), hits_of([f"{n}" for n in range(100, 120)], {})
    widths = [
        high - low
        for months in (2, 200)
        for low, high in [difference_range([ours] * months, [theirs] * months) or (0, 0)]
    ]
    assert widths[0] == pytest.approx(widths[1]) and widths[0] > 0.3


def test_equal_lists_are_seldom_called_unequal() -> None:
    """Two lists of the same worth: the range leaves out 0 in about five of a hundred histories."""
    chance, missed = random.Random(20181201), 0
    for _history in range(80):
        low, high = difference_range(*history(chance)) or (0, 0)
        missed += not low <= 0 <= high
    assert missed <= 9

"""The words of a change for any two numbers, and that the check of the grammar itself finds what is wrong."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.model import Fact, Origin, Sentence
from metrics.catalogue import metric_of
from metrics.changes import Basis, Change
from metrics.phrases import change_sentence, change_text
from metrics.question import Row
from tests.briefing.grammar import faults

MONTH = date(2018, 12, 1)
ORIGIN = Origin("value", "disputes_received", MONTH)
SMALL = 20  # the setting small_base


def row(above: float, below: float | None) -> Row:
    value = above if below is None else above / below
    return Row({}, above, below, value, None, None, 1, 1, 0, False, None)


def change(metric_id: str, now: Row, before: Row, against: str = "last_year") -> Change:
    """Return the change between two rows as metrics.changes makes it, over the one community there is."""
    metric = metric_of(metric_id)
    basis = Basis(MONTH, date(2017, 12, 1), ("A",), 1, 1.0, False, None, None)
    assert now.value is not None and before.value is not None
    difference = now.value - before.value
    is_small = metric.is_percentage or not before.value or (before.numerator or 0) < SMALL
    relative = None if is_small else difference / before.value
    return Change(metric, metric.measure, against, {}, basis, now, before, difference, relative, False)


def told(words: str) -> Sentence:
    return Sentence("test", ("劳资纠纷", Fact("9宗", ORIGIN), "，", Fact(words, ORIGIN), "。"))


counts = st.integers(0, 5000)
against = st.sampled_from(("previous_month", "last_year"))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(now=counts, before=counts, against=against)
def test_a_count_grows_in_words(now: int, before: int, against: str) -> None:
    """The verb has the sign; no 增加0, no 上升0.0%; a base under 20 gives no share, a base of 0 is said."""
    text = change_sentence(change("disputes_received", row(now, None), row(before, None), against))
    assert faults(told(text)) == [], text
    assert ("增加" in text, "减少" in text, "持平" in text) == (now > before, now < before, now == before)
    assert ("为0，" in text) == (before == 0 and now > 0)
    assert ("%" in text) == (before >= SMALL and abs(now - before) * 2000 >= before)
    if now != before:
        assert f"{abs(now - before):,}宗" in text


@settings(max_examples=300, deadline=None, derandomize=True)
@given(sides=st.tuples(counts, counts, counts, counts).filter(lambda s: s[0] <= s[1] > 0 and s[2] <= s[3] > 0))
def test_a_rate_moves_in_points(sides: tuple[int, int, int, int]) -> None:
    """提高、降低 by 个百分点, never by %; what rounds to nothing is 持平."""
    changed = change("coverage_rate", row(*sides[:2]), row(*sides[2:]))
    text = change_sentence(changed)
    assert faults(told(text)) == [], text
    assert "%" not in text and "增加" not in text
    size = round(abs(changed.difference or 0) * 100, 6)
    assert ("持平" in text) == (size < 0.05)
    assert size < 0.05 or "个百分点" in text


@pytest.mark.parametrize(
    ("now", "before", "text"), [(3209, 3208, "＋1宗"), (3207, 3208, "－1宗"), (3212, 3208, "＋4宗（＋0.1%）")]
)
def test_a_share_that_rounds_to_nothing_is_not_printed(now: int, before: int, text: str) -> None:
    """One of 3,208 is no 「－0.0%」."""
    assert change_text(change("disputes_received", row(now, None), row(before, None))) == text


@pytest.mark.parametrize(
    "words",
    [
        "比上年同期增长-3%", "比上年同期增加－3宗", "比上月增加0宗", "比上月提高0.0个百分点", "比上月减少4宗，下降0.0%", "比上月增加3",
        "，比上月增加3宗", "比上月增加3宗，", "比上月{change}", "None", "比上月", "（）", "提高3.0个百分点%",
    ],
)  # fmt: skip
def test_the_check_finds_what_is_wrong(words: str) -> None:
    """A check that passes everything would prove nothing."""
    assert faults(told(words)) != []


def test_the_check_finds_numbers_that_are_no_facts() -> None:
    """A period may stand in a template, a count may not; the name of a metric may have a number."""
    assert faults(Sentence("a", ("2018年1—12月受理", Fact("9宗", ORIGIN), "。"))) == []
    assert faults(Sentence("b", ("单独建会率（25人以上企业）", Fact("9.0%", ORIGIN), "。"))) == []
    assert faults(Sentence("c", ("12月受理9宗。",))) == ["a number that is no fact"]
    assert faults(Sentence("d", ("受理", Fact("9宗", ORIGIN)))) == ["no full stop"]
    assert re.search("百分点", change_sentence(change("coverage_rate", row(9, 10), row(8, 10))))

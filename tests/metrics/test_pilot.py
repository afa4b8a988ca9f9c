"""试点成效: the months chosen, who is compared, the numbers against plain Python, the words, and that no document has it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from metrics.judging import pilot_words as words
from metrics.judging.pilot import Pilot, judged, outcomes, pilots, questions
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.source import ROOT

LAST, START = date(2018, 12, 1), date(2017, 1, 1)
NANKENG = Pilot("440307013020", "南坑", START)
RATE = "disputes_per_1000_workers"


@pytest.fixture(scope="module")
def warehouse(sample_street: Path) -> Warehouse:
    """Return the sample's warehouse."""
    return open_current(sample_street)


def test_the_pilot_is_a_setting(warehouse: Warehouse) -> None:
    assert pilots(warehouse) == (NANKENG,)
    assert outcomes()[0] == RATE


def test_the_numbers_are_those_of_the_terminal(warehouse: Warehouse) -> None:
    """Before and after are single answers of `ask`; the effect is what is left when the others' change is taken away."""
    found = judged(warehouse, NANKENG, RATE, LAST)
    assert (found.before[0], found.before[-1], found.after[0], found.after[-1]) == (
        date(2016, 1, 1), date(2016, 12, 1), START, LAST,
    )  # fmt: skip
    assert found.effect is not None and found.effect.places == 12 and not found.left_out
    asked = questions(found)
    (own, others), (own_after, others_after) = (
        [ask(warehouse, question).row.value or 0 for question in asked[when]] for when in ("before", "after")
    )
    assert found.effect.own == pytest.approx((own, own_after))
    assert found.effect.others == pytest.approx((others, others_after))
    assert found.effect.effect == pytest.approx(own_after - own - (others_after - others))
    each = ask(warehouse, Question(RATE, ("community",), LAST, START)).rows
    assert [(place.community, place.after) for place in found.places] == [
        (row.keys["community"], row.value) for row in each
    ]


def test_the_sample_has_no_effect_and_none_is_told(warehouse: Warehouse) -> None:
    """南坑 has fewer disputes in all five years, not fewer since 2017; 大发埔's true rise is the most unusual change."""
    found = judged(warehouse, NANKENG, RATE, LAST)
    assert found.effect is not None and found.effect.rank == 2 and found.effect.low < 0 < found.effect.high
    most = max(found.places, key=lambda place: abs(place.gap) / place.usual)
    assert most.community == "大发埔" and not most.is_pilot
    text = words.verdict_text(found, found.effect)
    assert "12个社区里有1个的变化比南坑更不寻常" in text and "看不出" in text
    assert "社区只有12个，这个范围的把握最多约92%。" in words.range_text(found, found.effect, 1)
    said = "".join(words.caveats(found, len(outcomes()), is_sample=True))
    assert "报道没有写明试点从何时开始" in said and "不进简报" in said and "上报积极性" in said
    assert "报道" not in "".join(words.caveats(found, 5, is_sample=False)), "a street's own start is a fact"


def test_the_bars_say_what_the_range_says(warehouse: Warehouse) -> None:
    """A point lies in its bar exactly where the sentence's range holds 0; of the others the most unusual is the bar's end."""
    for metric in outcomes():
        found = judged(warehouse, NANKENG, metric, LAST)
        if (effect := found.effect) is None:
            continue
        own = next(place for place in found.places if place.is_pilot)
        assert (abs(own.gap) < own.usual) == (effect.low < 0 < effect.high)
        assert (own.gap - own.usual, own.gap + own.usual) == pytest.approx((effect.low, effect.high))
        rest = [abs(place.gap) / place.usual for place in found.places if not place.is_pilot]
        assert max(rest) == pytest.approx(1)


def test_the_most_unusual_change_is_no_proof(warehouse: Warehouse) -> None:
    """大发埔 taken for a pilot from 2018-03: the sample's true rise is found, and still only called a lead."""
    found = judged(warehouse, Pilot("440307013018", "大发埔", date(2018, 1, 1)), RATE, LAST)
    assert found.effect is not None and found.effect.rank == 1 and found.effect.low > 0
    assert len(found.before) == 24 and found.other_pilots == ("南坑",) and found.effect.places == 11
    text = words.verdict_text(found, found.effect)
    assert "11分之一（约9%）" in text and "不能当作证明" in text
    assert "其他试点社区不作对照：南坑" in "".join(words.caveats(found, 5, is_sample=True))


@pytest.mark.parametrize(
    ("start", "last", "why"),
    [
        (date(2016, 6, 1), LAST, "before"),  # workers are known from the end of 2015
        (date(2010, 1, 1), LAST, "before"),
        (date(2018, 2, 1), LAST, "after"),
        (date(2018, 2, 1), date(2017, 12, 1), "before"),
    ],
)
def test_too_few_months_are_not_compared(warehouse: Warehouse, start: date, last: date, why: str) -> None:
    found = judged(warehouse, Pilot("440307013020", "南坑", start), RATE, last)
    assert found.effect is None and found.why_not == why and words.WHY_NOT[why]


def test_shares_are_compared_in_percentage_points(warehouse: Warehouse) -> None:
    found = judged(warehouse, NANKENG, "mediation_success_of_closed", LAST)
    assert found.effect is not None and len(found.before) == 36
    assert "个百分点" in words.changed_text(found, found.effect, 1)
    assert abs(found.effect.effect) < 1 and found.earlier is not None


def test_no_document_has_anything_of_it() -> None:
    """A pilot's effect is for analysts alone: no sentence, section, kind or aspect of a briefing knows it."""
    files = [path for path in (ROOT / "briefing").rglob("*") if path.suffix in {".py", ".yml"}]
    assert len(files) > 50
    for path in files:
        text = path.read_text("utf-8")
        assert not any(word in text for word in ("judging.pilot", "analysis.did", "试点", "pilot")), path.name

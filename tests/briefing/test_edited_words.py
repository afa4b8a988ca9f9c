"""An edited sentence: what is still the program's number keeps its question, whatever a person typed does not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.edited_words import found_again
from briefing.edits import changed_numbers
from briefing.model import Fact, Origin, Text, Typed, facts, plain

RATE = Fact("91.2%（227家中218家）", Origin("row", "coverage_rate", date(2018, 12, 1)))
CHANGE = Fact("比上月提高0.4个百分点", replace(RATE.origin, aspect="change", of="previous_month"))
SOUTH = Fact("3家", replace(RATE.origin, aspect="short", where=(("community", ("南坑",)),)))
NORTH = Fact("3家", replace(RATE.origin, aspect="short", where=(("community", ("新雪",)),)))
SENTENCE: Text = ("截至2018年12月末，建会率", RATE, "，", CHANGE, "；南坑还差", SOUTH, "，新雪还差", NORTH, "。")


def _typed(text: str) -> str:
    return "|".join(part.text for part in found_again(SENTENCE, text) if isinstance(part, Typed))


def _facts(text: str) -> list[Fact]:
    return list(facts(found_again(SENTENCE, text)))


def test_a_text_that_was_not_changed_keeps_every_part() -> None:
    assert found_again(SENTENCE, plain(SENTENCE)) == SENTENCE


def test_words_may_change_around_numbers() -> None:
    text = "到12月末，全街道建会率为91.2%（227家中218家），比上月提高0.4个百分点；南坑只差3家，新雪还差3家。"
    assert _facts(text) == [RATE, CHANGE, SOUTH, NORTH]
    assert _typed(text) == "到|全街道|为|只"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("建会率91.3%（227家中218家）", "91.3%（227家中218家）"),
        ("建会率191.2%（227家中218家）", "191.2%（227家中218家）"),
        ("建会率91.2%（227家中218家", "91.2%（227家中218家"),
        ("南坑还差13家，", "13家"),
        ("南坑还差3.3家，", "3.3家"),
    ],
)
def test_a_number_that_was_changed_is_typed(text: str, typed: str) -> None:
    assert _facts(text) == []
    assert typed in "".join(part.text for part in found_again(SENTENCE, text) if isinstance(part, Typed))


def test_equal_numbers_keep_their_own_questions() -> None:
    assert _facts("南坑还差3家。") == [SOUTH]
    assert _facts("新雪还差3家。") == [NORTH]
    assert _facts("新雪还差3家，南坑还差3家。") in (
        [NORTH],
        [SOUTH],
    )  # one of them has moved: which is which is a guess
    assert _facts("两个社区各差3家。") in ([], [SOUTH], [NORTH])


def test_a_number_that_was_moved_is_found_where_it_can_mean_only_one() -> None:
    text = "比上月提高0.4个百分点，建会率为91.2%（227家中218家）。"
    assert _facts(text) == [CHANGE, RATE]


def test_a_number_written_twice_elsewhere_is_not_guessed_at() -> None:
    text = "比上月提高0.4个百分点，比上月提高0.4个百分点，建会率为91.2%（227家中218家）。"
    assert _facts(text).count(CHANGE) <= 1 and RATE in _facts(text)
    parts: Text = ("甲", CHANGE, "。")
    assert list(facts(found_again(parts, "乙丙" + "丁".join([CHANGE.text[:-1]] * 2)))) == []
    assert list(facts(found_again(("受理", SOUTH, "，办结"), "，办结3家、3家"))) == []


def test_a_date_that_was_changed_is_typed() -> None:
    assert _typed("截至2018年11月末，建会率") == "11"
    assert _typed("截至2018年2月末，建会率") == "2"  # of 12 the 2 alone is left
    assert _typed("截至2018年12月末，建会率") == ""


def test_what_was_typed_before_stays_typed() -> None:
    parts: Text = (Typed("天安云谷2018年换届"), "；责任单位：", Typed("岗头"))
    assert found_again(parts, "天安云谷2018年换届；责任单位：岗头") == parts
    assert [type(part) for part in found_again(parts, "天安云谷2019年换届")] == [Typed]


PIECES = st.sampled_from(
    [*(plain((part,)) for part in SENTENCE), "0", "1", "9", "91.2%", "3", "家", ".", "，", "－", "%"]
)


@given(st.lists(PIECES, max_size=8).map("".join))
def test_no_text_is_lost_and_no_number_is_passed_off(text: str) -> None:
    """Whatever is written, it reads as written; a fact stands whole; a literal holds only numbers that were there."""
    parts = found_again(SENTENCE, text)
    assert plain(parts) == text
    place = 0
    for part in parts:
        said = plain((part,))
        if isinstance(part, Fact):
            assert part in SENTENCE
            assert not re.search(r"\d[.,]?$", text[:place]) and not re.match(r"[.,]?\d|%", text[place + len(said) :])
        elif isinstance(part, str):
            assert set(re.findall(r"\d+", part)) <= {"2018", "12"}
        place += len(said)


@pytest.mark.parametrize(
    ("was", "now", "changed"),
    [
        (
            "建会率91.2%（227家中218家）。",
            "建会率91.4%（228家中219家）。",
            (("91.2%", "91.4%"), ("227", "228"), ("218", "219")),
        ),
        ("受理31宗，减少4宗。", "受理31宗，增加1宗。", (("4", "1"),)),
        ("受理1,031宗。", "受理1,031宗；新雪3宗。", (("", "3"),)),
        ("受理31宗；新雪3宗。", "受理31宗。", (("3", ""),)),
        ("属正常波动。", "超出正常波动。", ()),
    ],
)
def test_the_numbers_that_changed_are_named(was: str, now: str, changed: tuple[tuple[str, str], ...]) -> None:
    assert changed_numbers(was, now) == changed

"""A clerk's sentences: kept for one document alone, flagged where the numbers moved, never lost in silence."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefing import edits
from briefing.model import Block, Document, Fact, Missing, Paragraph, Sentence, Typed
from etl.errors import StreetError
from etl.notes import kept_text
from tests.briefing.documents import document

RECEIVED, LEVEL = "disputes:received", "level:coverage_rate"


def _each(found: Document, change: Callable[[Sentence], Sentence | None]) -> Document:
    """Return the document with each sentence changed, those of None left out."""

    def block(one: Block) -> Block:
        if not isinstance(one, Paragraph):
            return one
        return replace(one, sentences=tuple(new for old in one.sentences if (new := change(old)) is not None))

    return replace(found, sections=tuple(replace(s, blocks=tuple(map(block, s.blocks))) for s in found.sections))


def _sentence(found: Document, id: str) -> Sentence | None:
    blocks = [block for section in found.sections for block in section.blocks if isinstance(block, Paragraph)]
    return next((one for block in blocks for one in block.sentences if one.id == id), None)


def _text(found: Document, id: str = RECEIVED) -> str:
    one = _sentence(found, id)
    assert one is not None
    return one.text


def _with_value(text: str) -> Document:
    """Return the document as it would be generated with another number of disputes."""

    def change(one: Sentence) -> Sentence:
        parts = (
            replace(part, text=text) if isinstance(part, Fact) and part.text == "31宗" else part for part in one.parts
        )
        return replace(one, parts=tuple(parts)) if one.id == RECEIVED else one

    return _each(document(), change)


def test_nothing_edited_is_the_document_itself(tmp_path: Path) -> None:
    assert edits.applied(tmp_path, document()) == document()


def test_an_edit_is_printed_and_remembers_what_it_was_made_from(tmp_path: Path) -> None:
    original = _text(document())
    edits.edit(tmp_path, document(), RECEIVED, "12月劳资纠纷31宗，与往年相当。", "甲")
    found = _sentence(edits.applied(tmp_path, document()), RECEIVED)
    assert found and found.edit and found.text == "12月劳资纠纷31宗，与往年相当。"
    assert (found.edit.original, found.edit.now, found.edit.by, found.edit.on) == (
        original,
        original,
        "甲",
        date.today(),
    )
    assert not found.edit.is_stale and found.edit.changed == ()
    assert [part.text for part in found.parts if isinstance(part, Fact)] == ["31宗"]
    assert Typed("与往年相当") in found.parts
    assert _text(edits.applied(tmp_path, document()), LEVEL) == _text(document(), LEVEL)


def test_a_number_that_changed_under_an_edit_is_flagged_and_not_rewritten(tmp_path: Path) -> None:
    edits.edit(tmp_path, document(), RECEIVED, "12月劳资纠纷31宗，与往年相当。")
    found = _sentence(edits.applied(tmp_path, _with_value("33宗")), RECEIVED)
    assert found and found.edit and found.text == "12月劳资纠纷31宗，与往年相当。"
    assert found.edit.is_stale and found.edit.changed == (("31", "33"),)
    assert found.edit.now == "12月受理劳资纠纷33宗，属正常波动。"
    assert not [part for part in found.parts if isinstance(part, Fact)]  # 31 is no number of the data any more


def test_words_that_changed_without_numbers_are_flagged_too(tmp_path: Path) -> None:
    edits.edit(tmp_path, document(), RECEIVED, "12月劳资纠纷31宗。")

    def change(one: Sentence) -> Sentence:
        return replace(one, parts=(*one.parts[:-1], "，超出正常波动。")) if one.id == RECEIVED else one

    found = _sentence(edits.applied(tmp_path, _each(document(), change)), RECEIVED)
    assert found and found.edit and found.edit.is_stale and found.edit.changed == ()


def test_writing_the_generated_words_again_is_no_edit(tmp_path: Path) -> None:
    edits.edit(tmp_path, document(), RECEIVED, "改过")
    edits.edit(tmp_path, edits.applied(tmp_path, document()), RECEIVED, f" {_text(document())} ")
    assert edits.applied(tmp_path, document()) == document()
    assert "改过" in (tmp_path / "notes" / "briefing_edits.csv").read_text("utf-8-sig")  # and stays on record


def test_an_edit_of_an_edit_is_made_from_the_generated_words(tmp_path: Path) -> None:
    edits.edit(tmp_path, document(), RECEIVED, "一", "甲")
    edits.edit(tmp_path, edits.applied(tmp_path, document()), RECEIVED, "二", "乙")
    found = _sentence(edits.applied(tmp_path, document()), RECEIVED)
    assert found and found.edit and (found.text, found.edit.original) == ("二", _text(document()))
    assert not found.edit.is_stale and found.edit.by == "乙"


def test_taking_back_prints_the_generated_sentence(tmp_path: Path) -> None:
    edits.edit(tmp_path, document(), RECEIVED, "改过")
    edits.take_back(tmp_path, document(), RECEIVED)
    edits.take_back(tmp_path, document(), LEVEL)  # nothing to take back
    assert edits.applied(tmp_path, document()) == document() and edits.kept(tmp_path, document()) == {}


def test_a_sentence_left_out_is_listed_and_can_come_back(tmp_path: Path) -> None:
    edits.edit(tmp_path, document(), RECEIVED, "  ")
    found = edits.applied(tmp_path, document())
    assert _sentence(found, RECEIVED) is None
    assert found.missing == (*document().missing, Missing(_text(document()), "编辑时删去"))
    assert "已变化" in edits.applied(tmp_path, _with_value("33宗")).missing[-1].why
    edits.edit(tmp_path, found, RECEIVED, "又写上了")
    assert _text(edits.applied(tmp_path, document())) == "又写上了"


def test_a_section_without_a_sentence_left_goes_too(tmp_path: Path) -> None:
    for id in ("unmet:coverage_rate", "assigned:1"):
        edits.edit(tmp_path, document(), id, "")
    found = edits.applied(tmp_path, document())
    assert [one.id for one in found.sections] == ["overview", "indicators", "trend", "communities"]
    assert len(found.missing) == len(document().missing) + 2


def test_an_edit_of_a_sentence_that_is_no_longer_generated_is_listed(tmp_path: Path) -> None:
    edits.edit(tmp_path, document(), RECEIVED, "12月纠纷31宗。")
    found = edits.applied(tmp_path, _each(document(), lambda one: None if one.id == RECEIVED else one))
    assert found.missing[-1] == Missing("12月纠纷31宗。", "原句本期不再生成，改过的文字未列入")


def test_an_edit_holds_for_its_own_document_alone(tmp_path: Path) -> None:
    edits.edit(tmp_path, document(), RECEIVED, "改过")
    others = [
        replace(document(), audience="public"), replace(document(), kind="月报"), replace(document(), community_id="440307013002"),
        replace(document(), topic="建会率"), replace(document(), month=date(2018, 11, 1)),
    ]  # fmt: skip
    assert [edits.applied(tmp_path, other) == other for other in others] == [True] * 5


def test_a_sentence_that_is_not_there_cannot_be_edited(tmp_path: Path) -> None:
    with pytest.raises(StreetError, match="没有这一句"):
        edits.edit(tmp_path, document(), "nothing", "x")
    assert not (tmp_path / "notes").exists()


def test_a_text_may_be_long_but_not_endless(tmp_path: Path) -> None:
    edits.edit(tmp_path, document(), RECEIVED, "字" * 600)
    with pytest.raises(StreetError, match="最多600个字"):
        edits.edit(tmp_path, document(), RECEIVED, "字" * 601)


def test_what_is_kept_of_a_sentence_does_not_make_it_stale(tmp_path: Path) -> None:
    """Notes keep one line without formula signs: the generated wording is compared as it would be kept."""

    def change(one: Sentence) -> Sentence:
        return replace(one, parts=("- 南坑　", *one.parts)) if one.id == RECEIVED else one

    odd = _each(document(), change)
    assert kept_text(_text(odd)) != _text(odd)
    edits.edit(tmp_path, odd, RECEIVED, "改过")
    found = _sentence(edits.applied(tmp_path, odd), RECEIVED)
    assert found and found.edit and not found.edit.is_stale


def test_two_windows_lose_no_edit(tmp_path: Path) -> None:
    ids = [RECEIVED, LEVEL, "unmet:coverage_rate", "assigned:1"]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda id: edits.edit(tmp_path, document(), id, f"改过{id}"), ids))
    found = edits.applied(tmp_path, document())
    assert [_text(found, id) for id in ids] == [f"改过{id}" for id in ids]


def test_a_damaged_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "briefing_edits.csv").write_bytes(b"\xff\xfe")
    with pytest.raises(StreetError, match="“简报的文字修改”的记录文件无法读取"):
        edits.applied(tmp_path, document())

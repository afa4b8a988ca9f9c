"""A month in the office: type, compose, edit, issue, correct, compare, close. The street's numbers never move by it."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest

from briefing import archive, edits, typed
from briefing.compose import compose
from briefing.differences import differences
from briefing.model import Document, Fact, Paragraph, Sentence, Typed, plain
from briefing.request import Request
from etl.street import open_street, street_files_hash
from metrics.closed import closing
from metrics.warehouse import current_path

DECEMBER, JANUARY = date(2018, 12, 1), date(2019, 1, 1)
BRIEF = Request("简报", DECEMBER)


def _sentences(found: Document) -> dict[str, Sentence]:
    blocks = [block for section in found.sections for block in section.blocks if isinstance(block, Paragraph)]
    return {one.id: one for block in blocks for one in block.sentences}


def _type(street: Path) -> None:
    typed.set_head(street, "简报", DECEMBER, issue_no="12", issued_on="2019-01-05", signed_by="丙")
    typed.add_rank(street, DECEMBER, "建会率", 3, 11)
    typed.add_assigned(street, DECEMBER, "天安云谷工联会换届", "岗头社区工联会")
    typed.add_proposal(street, DECEMBER, "增设服务站")


def test_what_is_typed_is_printed_for_the_house_and_not_for_the_public(street: Path) -> None:
    _type(street)
    found, public = compose(street, BRIEF), compose(street, Request("简报", DECEMBER, audience="public"))
    assert (found.head.issue_no, found.head.issued_on, found.head.signed_by) == ("第12期", "2019年1月5日", "丙")
    texts = "\n".join(plain(text) for text in found.texts())
    for said in ("天安云谷工联会换届（责任单位：岗头社区工联会）。正在办理。", "增设服务站。", "第3名（共11个）"):
        assert said in texts and said not in "\n".join(plain(text) for text in public.texts())
    hidden = {one.what for one in public.missing}
    assert {"上期交办事项落实情况", "提请研究事项", "区通报排名"} <= hidden
    assert not any(isinstance(part, Typed) for text in public.texts() for part in text)


def test_what_is_not_typed_is_a_hole(street: Path) -> None:
    holes = {one.what for one in compose(street, BRIEF).missing if one.is_section}
    assert {"上期交办事项落实情况", "提请研究事项"} <= holes


@pytest.mark.parametrize("request_", [BRIEF, Request("专报", DECEMBER, "南坑")])
def test_every_sentence_can_be_edited_by_its_id(street: Path, request_: Request) -> None:
    _type(street)
    found = compose(street, request_)
    blocks = [block for section in found.sections for block in section.blocks if isinstance(block, Paragraph)]
    assert [id for id, n in Counter(one.id for block in blocks for one in block.sentences).items() if n > 1] == []
    for number, id in enumerate(_sentences(found)):
        edits.edit(street, found, id, f"第{number}句改过。")
    again = _sentences(compose(street, request_))
    assert [one.text for one in again.values()] == [f"第{number}句改过。" for number in range(len(again))]
    assert not any(one.edit and one.edit.is_stale for one in again.values())


def test_words_changed_around_real_numbers_keep_every_number(street: Path) -> None:
    found = compose(street, BRIEF)
    for id, one in _sentences(found).items():
        edits.edit(street, found, id, "（据报）" + one.text + "请予关注。")
    for id, one in _sentences(compose(street, BRIEF)).items():
        was = _sentences(found)[id]
        assert [p for p in one.parts if isinstance(p, Fact)] == [p for p in was.parts if isinstance(p, Fact)], id


def test_an_issue_stays_as_it_went_out(street: Path) -> None:
    _type(street)
    issued = archive.issue(street, compose(street, BRIEF), {".docx": b"word"}, "甲")
    before, sentence = archive.document_of(issued), "level:coverage_rate"
    assert before == compose(street, BRIEF)
    edits.edit(street, before, sentence, "建会率保持稳定。")
    typed.add_proposal(street, DECEMBER, "增配人员")
    after = compose(street, BRIEF)
    changed = {one.sentence_id: one for one in differences(archive.document_of(issued), after)}
    assert len(changed) == 2 and changed[sentence].now == "建会率保持稳定。"
    assert changed[sentence].was == _sentences(before)[sentence].text
    assert archive.document_of(archive.issued(street)[0]) == before


def test_neither_typing_nor_issuing_makes_another_generation(street: Path) -> None:
    before = street_files_hash(open_street(street))
    _type(street)
    found = compose(street, BRIEF)
    edits.edit(street, found, next(iter(_sentences(found))), "改过")
    archive.issue(street, found, {})
    closing.close(street, DECEMBER)
    assert street_files_hash(open_street(street)) == before


def test_a_closed_month_keeps_its_numbers_when_a_newer_generation_comes(sample_street: Path, tmp_path: Path) -> None:
    newest = current_path(sample_street)
    assert newest is not None
    (tmp_path / "generations").mkdir()
    (tmp_path / "generations" / newest.name).symlink_to(newest)
    made = closing.close(tmp_path, DECEMBER, "甲")
    newer = tmp_path / "generations" / f"{made.generation_no + 1:06d}.duckdb"
    shutil.copy(newest, newer)
    with duckdb.connect(str(newer)) as connection:
        connection.execute("update intake.generation set generation_id = 'ffffffffffff'")
    assert compose(tmp_path, Request("简报", date(2018, 11, 1))).generation_id == "ffffffffffff"
    found = compose(tmp_path, BRIEF)
    assert (found.closed_on, found.generation_id) == (made.closed_on, made.generation_id)
    assert "定稿" in found.head.data_line

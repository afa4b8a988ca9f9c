"""The street's own records: append-only, the latest holds, a damaged file is one sentence."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from etl.errors import StreetError
from etl.notes import KINDS, NEW, add_note, notes, notes_stamp, take_back

ALARM = {"series": "A|01", "month": "2018-05"}


def _file(street: Path, kind: str) -> Path:
    return street / "notes" / f"{kind}.csv"


def test_no_file_is_no_notes_and_makes_none(tmp_path: Path) -> None:
    assert [notes(tmp_path, kind) for kind in KINDS] == [()] * len(KINDS)
    assert notes_stamp(tmp_path) == notes_stamp(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_the_latest_answer_of_a_series_and_month_holds(tmp_path: Path) -> None:
    add_note(tmp_path, "alarm_answers", **ALARM, answer="open", answered_on="2019-01-05")
    add_note(tmp_path, "alarm_answers", series="A|01", month="2018-06", answer="open", answered_on="2019-01-05")
    add_note(tmp_path, "alarm_answers", **ALARM, answer="confirmed", reason="某厂欠薪", answered_by="街道")
    found = {(note["series"], note["month"]): note for note in notes(tmp_path, "alarm_answers")}
    assert len(found) == 2 and found["A|01", "2018-06"]["answer"] == "open"
    assert found["A|01", "2018-05"] == {
        **ALARM, "answer": "confirmed", "reason": "某厂欠薪", "answered_on": f"{date.today()}", "answered_by": "街道",
    }  # fmt: skip
    assert len(_file(tmp_path, "alarm_answers").read_text("utf-8-sig").splitlines()) == 4  # nothing was overwritten


def test_a_new_set_of_peers_replaces_the_old_one_of_that_community_only(tmp_path: Path) -> None:
    add_note(tmp_path, "peers", community_id="A", peer_id=("B", "C", "D"), set_on="2019-01-05")
    add_note(tmp_path, "peers", community_id="B", peer_id=("A",), set_on="2019-01-05")
    add_note(tmp_path, "peers", community_id="A", peer_id=("C", "E"), set_on="2019-01-05")
    pairs = [(note["community_id"], note["peer_id"]) for note in notes(tmp_path, "peers")]
    assert pairs == [("B", "A"), ("A", "C"), ("A", "E")]


@pytest.mark.parametrize("empty", [(), ""])
def test_an_empty_set_takes_back(tmp_path: Path, empty: str | tuple[str, ...]) -> None:
    add_note(tmp_path, "peers", community_id="A", peer_id=("B", "C"))
    add_note(tmp_path, "peers", community_id="A", peer_id=empty)
    assert notes(tmp_path, "peers") == ()


def test_a_step_change_is_taken_back_and_stays_on_record(tmp_path: Path) -> None:
    step = {"metric": "disputes_received", "community_id": "", "month": "2018-03"}
    add_note(tmp_path, "step_changes", **step, reason="新增12345渠道")
    assert [note["reason"] for note in notes(tmp_path, "step_changes")] == ["新增12345渠道"]
    take_back(tmp_path, "step_changes", **step)
    assert notes(tmp_path, "step_changes") == ()
    assert "新增12345渠道" in _file(tmp_path, "step_changes").read_text("utf-8-sig")
    with pytest.raises(ValueError, match="community_id"):
        take_back(tmp_path, "step_changes", metric="disputes_received", month="2018-03")


def test_excel_can_open_it(tmp_path: Path) -> None:
    add_note(tmp_path, "alarm_answers", **ALARM, answer="confirmed", reason='=HYPERLINK("x"),"a"\n13800138000 已付')
    assert _file(tmp_path, "alarm_answers").read_bytes().startswith(b"\xef\xbb\xbfentry,series,")
    [note] = notes(tmp_path, "alarm_answers")
    assert note["reason"] == 'HYPERLINK("x"),"a" *** 已付'  # one line, no formula, no phone number


def test_a_pasted_text_keeps_no_character_that_a_document_cannot_hold(tmp_path: Path) -> None:
    """Word's cell marks and halves of an emoji stopped the slides with an English error."""
    add_note(
        tmp_path,
        "alarm_answers",
        **ALARM,
        answer="confirmed",
        reason="已核实\x07\x00\x1b\ud800\ufffe\x0b\u202a属实\u202c😀",
    )
    assert [note["reason"] for note in notes(tmp_path, "alarm_answers")] == ["已核实 属实😀"]
    _file(tmp_path, "alarm_answers").write_bytes(
        _file(tmp_path, "alarm_answers").read_bytes().replace("属实".encode(), "属\x07实".encode())
    )
    assert [note["reason"] for note in notes(tmp_path, "alarm_answers")] == ["已核实 属实😀"]


def test_sixty_characters_are_enough(tmp_path: Path) -> None:
    add_note(tmp_path, "alarm_answers", **ALARM, answer="confirmed", reason="字" * 60)
    with pytest.raises(StreetError, match="最多60个字，现在是61个"):
        add_note(tmp_path, "alarm_answers", **ALARM, answer="confirmed", reason="字" * 61)
    assert len(notes(tmp_path, "alarm_answers")) == 1


@pytest.mark.parametrize(
    "values",
    [
        {**ALARM, "answer": "yes"},
        {"series": "A|01", "month": "2018-13", "answer": "open"},
        {"series": "A|01", "answer": "open"},
        {**ALARM, "answer": "open", "name": "x"},
    ],
)
def test_what_a_program_may_not_write(tmp_path: Path, values: dict[str, str]) -> None:
    with pytest.raises(ValueError):
        add_note(tmp_path, "alarm_answers", **values)
    assert not (tmp_path / "notes").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        "\ufeffseries,month\r\n".encode(),
        b"entry,series,month,answer,reason,answered_on,answered_by\r\n1,A|01,Mar-18,open,,,\r\n",
        b"entry,series,month,answer,reason,answered_on,answered_by\r\n1,A|01,2018-03,open\r\n",
        b"entry,series,month,answer,reason,answered_on,answered_by\r\nx,A|01,2018-03,open,,,\r\n",
        b'entry,series,month,answer,reason,answered_on,answered_by\r\n1,"A|01,2018-03,open,,,\r\n',
    ],
)
def test_a_damaged_file_is_one_sentence_and_is_not_written_over(tmp_path: Path, content: bytes) -> None:
    file = _file(tmp_path, "alarm_answers")
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(StreetError) as error:
        notes(tmp_path, "alarm_answers")
    assert error.value.sentence().startswith("notes/alarm_answers.csv：“异动提示的核实”的记录文件无法读取，请")
    with pytest.raises(StreetError):
        add_note(tmp_path, "alarm_answers", **ALARM, answer="open")
    assert file.read_bytes() == content
    assert notes(tmp_path, "peers") == ()


def test_a_file_that_cannot_be_read_is_the_same_sentence(tmp_path: Path) -> None:
    """A folder of the file's name, or a file without permission: the stamp says it too, for pages ask it first."""
    _file(tmp_path, "step_changes").mkdir(parents=True)
    for asked in (lambda: notes(tmp_path, "step_changes"), lambda: notes_stamp(tmp_path)):
        with pytest.raises(StreetError, match="“水平变化”的记录文件无法读取"):
            asked()


def test_a_street_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StreetError, match="还没有建立"):
        add_note(tmp_path / "none", "peers", community_id="A", peer_id=("B",))
    assert list(tmp_path.iterdir()) == []


def test_the_stamp_changes_with_every_note(tmp_path: Path) -> None:
    stamps = [notes_stamp(tmp_path)]
    for answer in ("open", "confirmed", "confirmed"):
        add_note(tmp_path, "alarm_answers", **ALARM, answer=answer, answered_on="2019-01-05")
        stamps.append(notes_stamp(tmp_path))
    assert len(set(stamps)) == 4


def test_a_stamp_of_one_kind_stays_when_another_is_written(tmp_path: Path) -> None:
    before, everything = notes_stamp(tmp_path, "step_changes"), notes_stamp(tmp_path)
    add_note(tmp_path, "alarm_answers", **ALARM, answer="open")
    assert notes_stamp(tmp_path, "step_changes") == before and notes_stamp(tmp_path) != everything
    add_note(tmp_path, "step_changes", metric="disputes_received", community_id="", month="2018-03", reason="新渠道")
    assert notes_stamp(tmp_path, "step_changes") != before


def test_an_item_is_called_by_the_number_of_its_first_entry(tmp_path: Path) -> None:
    first = add_note(tmp_path, "proposals", item=NEW, month="2018-12", matter="甲")
    second = add_note(tmp_path, "proposals", item=NEW, month="2018-12", matter=NEW)
    add_note(tmp_path, "proposals", item=first, month="2018-12", matter="甲改")
    assert [(note["item"], note["matter"]) for note in notes(tmp_path, "proposals")] == [(second, NEW), (first, "甲改")]
    with pytest.raises(ValueError, match="cannot hold"):
        add_note(tmp_path, "proposals", item="第一", month="2018-12", matter="甲")


@pytest.mark.parametrize(("kind", "column", "text"), [
    ("briefing_heads", "issued_on", "2019/1/5"), ("district_ranks", "place", "3rd"), ("assigned", "is_done", "TRUE"),
    ("proposals", "state", "不定"), ("briefing_edits", "audience", "all"), ("closings", "generation_id", "1.23E+11"),
    ("closings", "generation_no", "0"), ("assigned", "month", "Dec-18"), ("next_steps", "month", ""),
    ("closings", "closed_on", "2018-02-31"),
])  # fmt: skip
def test_what_a_spreadsheet_has_changed_is_found(tmp_path: Path, kind: str, column: str, text: str) -> None:
    """A cell that is no prose keeps its form; else a closing or a done matter would be read as something else."""
    columns = ["entry", *KINDS[kind].columns]
    row = {"entry": "1", "month": "2018-12", KINDS[kind].day: "2019-01-05"} | {column: text}
    file = _file(tmp_path, kind)
    file.parent.mkdir()
    file.write_text(",".join(columns) + "\r\n" + ",".join(row.get(name, "") for name in columns) + "\r\n", "utf-8-sig")
    with pytest.raises(StreetError, match="无法读取") as error:
        notes(tmp_path, kind)
    assert error.value.row == 2


def test_two_windows_lose_nothing(tmp_path: Path) -> None:
    def note(number: int) -> None:
        add_note(tmp_path, "alarm_answers", series=f"A|{number}", month="2018-05", answer="open")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(note, range(24)))
    assert len(notes(tmp_path, "alarm_answers")) == 24

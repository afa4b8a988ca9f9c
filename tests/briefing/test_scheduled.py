"""The monthly run: due kinds, stops that write nothing and say why, files whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cli
from briefing import run as files
from briefing import typed
from briefing.model import Document, Edit, Fact, Missing, Origin, Paragraph, Section, Sentence
from briefing.run import endings_of, keep_files
from briefing.scheduled import due, stops
from etl.errors import FileError, QuestionError
from metrics.scope import default_month
from metrics.warehouse import open_current
from tests.briefing.documents import document

DECEMBER = date(2018, 12, 1)
Ran = pytest.CaptureFixture[str]


def ran(street: Path, out: Ran, folder: Path, *words: str, code: int = 0) -> dict[str, Any]:
    """Return what the run answers as JSON; workbooks, for they are quickest."""
    out.readouterr()
    said = ["brief", "--scheduled", str(folder), "--formats", "xlsx", *words, "--json", "--street", str(street)]
    assert cli.main(said) == code
    found: dict[str, Any] = json.loads(out.readouterr().out)
    return found


def fill(street: Path) -> None:
    """Type all that December's documents ask for."""
    for kind in due(DECEMBER):
        typed.set_head(street, kind.id, DECEMBER, issue_no="12")
    typed.add_assigned(street, DECEMBER, "无")
    typed.add_proposal(street, DECEMBER, "无")
    typed.add_next_step(street, DECEMBER, "推进园区工联会换届")


@pytest.mark.parametrize(
    ("month", "names"),
    [
        (11, ["简报", "月报"]), (9, ["简报", "月报", "季报"]), (6, ["简报", "月报", "季报", "半年总结"]),
        (12, ["简报", "月报", "季报", "年度总结"]),
    ],
)  # fmt: skip
def test_a_month_asks_for_its_kinds(month: int, names: list[str]) -> None:
    """Quarter months add 季报, June 半年总结, December 年度总结; 专报 and 情况通报 are asked for by people."""
    assert [kind.name for kind in due(date(2018, month, 1))] == names


def test_a_hole_stops_the_run_and_nothing_is_written(street: Path, tmp_path: Path, capsys: Ran) -> None:
    """Exit 1, the folder is not even made, each reason names its document; people read each reason once."""
    out = tmp_path / "每月"
    answer = ran(street, capsys, out, code=1)
    assert answer["is_stopped"] and answer["files"] == [] and not out.exists()
    assert answer["month"] == f"{default_month(open_current(street)):%Y-%m}" == "2018-12"
    stopped = {(stop["kind"], stop["what"]) for stop in answer["stopped_by"]}
    assert {("简报", "期号"), ("简报", "提请研究事项"), ("年度总结", "下一步工作")} <= stopped
    assert cli.main(["brief", "--scheduled", str(out), "--street", str(street)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["2018年12月应编写：简报、月报、季报、年度总结", "材料不齐，没有写出任何文件："]
    assert "　期号：未填写" in lines and len([line for line in lines if "提请研究事项" in line]) == 1
    assert not out.exists()


def test_a_whole_month_is_written_once(street: Path, tmp_path: Path, capsys: Ran) -> None:
    """All typed: exit 0; a second run rewrites nothing, says so, and leaves an edited file as it is."""
    fill(street)
    out = tmp_path / "每月"
    answer = ran(street, capsys, out)
    assert not answer["is_stopped"] and answer["stopped_by"] == [] and len(answer["files"]) == 4
    names = sorted(path.name for path in out.iterdir())
    assert names == sorted(Path(path).name for path in answer["files"]) and not any("未齐" in name for name in names)
    (out / names[0]).write_text("人改过", "utf-8")
    again = ran(street, capsys, out)
    assert again["files"] == [] and sorted(again["kept"]) == sorted(answer["files"])
    assert (out / names[0]).read_text("utf-8") == "人改过"


def test_accepted_holes_are_listed_and_stand_in_the_file_s_name(street: Path, tmp_path: Path, capsys: Ran) -> None:
    """--accept-missing: exit 0, every file says 未齐, and the whole ones come beside them later."""
    out = tmp_path / "每月"
    answer = ran(street, capsys, out, "--accept-missing")
    assert not answer["is_stopped"] and {stop["what"] for stop in answer["stopped_by"]} >= {"期号"}
    assert len(answer["files"]) == 4 and all(Path(path).name.startswith("未齐_") for path in answer["files"])
    fill(street)
    assert len(ran(street, capsys, out)["files"]) == 4 and len(list(out.iterdir())) == 8


def test_public_run_waits_for_nothing_that_the_public_never_sees(street: Path, tmp_path: Path, capsys: Ran) -> None:
    """上期交办事项 and 提请研究事项 stay in the house, so they do not stop the public version."""
    stopped = ran(street, capsys, tmp_path / "对外", "--public", "--month", "2018-11", code=1)["stopped_by"]
    assert {stop["what"] for stop in stopped} == {"期号"}


def test_disk_that_refuses_is_one_sentence(street: Path, tmp_path: Path, capsys: Ran) -> None:
    """A folder that is a file: exit 2, the file stays."""
    (tmp_path / "每月").write_text("x", "utf-8")
    error = ran(street, capsys, tmp_path / "每月", "--accept-missing", code=2)["error"]
    assert error["message"] == "不能写入这个文件" and (tmp_path / "每月").read_text("utf-8") == "x"


def reasons(found: Document) -> list[str]:
    """Return what stops a document."""
    return [reason.what for reason in stops(found)]


def with_sentence(sentence: Sentence) -> Document:
    """Return a document that says one sentence."""
    return replace(document(), sections=(Section("overview", "总体情况", (Paragraph((sentence,)),)),), missing=())


def test_what_stops_and_what_is_only_listed() -> None:
    """A section's hole, no 期号, a ledger out of date, an edited sentence whose numbers changed; not a left-out sentence."""
    whole = replace(document(), missing=(Missing("第五园社区建会率", "未报"),))
    assert reasons(whole) == []
    assert reasons(replace(whole, missing=(Missing("总体情况", "未报", is_section=True),))) == ["总体情况"]
    assert reasons(replace(whole, head=replace(whole.head, issue_no=""))) == ["期号"]
    stale = Fact("数据已过期，在办数仅供参考", Origin("stale", "disputes_received", DECEMBER))
    assert reasons(with_sentence(Sentence("disputes:open", ("；", stale, "。")))) == ["劳资纠纷台账"]
    for is_stale, stopped in ((True, ["改过的话。"]), (False, [])):
        edit = Edit("原来的话。", "现在的话。", "甲", DECEMBER, is_stale)
        assert reasons(with_sentence(Sentence("x", ("改过的话。",), edit=edit))) == stopped


@pytest.mark.parametrize("text", ["docx,pdf", "docx, pdf", ".DOCX .pdf", "docx，pdf", "docx,pdf,docx"])
def test_forms_are_read_as_people_write_them(text: str) -> None:
    """Commas of both kinds, spaces, dots, capitals; the same twice is once."""
    assert endings_of(text) == (".docx", ".pdf")


def test_unknown_form_names_those_there_are() -> None:
    """.doc is no form that is written."""
    with pytest.raises(QuestionError) as caught:
        endings_of("doc")
    assert "不能写成“doc”文件" in caught.value.sentence() and ".docx" in caught.value.sentence()


def failing(paths: Iterator[int]) -> Any:
    """Return an os.replace that fails at the second file."""

    def replace_(new: Path, path: Path) -> None:
        if next(paths) == 1:
            raise OSError(28, "No space left on device")
        os.rename(new, path)

    return replace_


def test_files_are_written_all_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second file that cannot be written, or put in its place, leaves no first one and nothing half."""
    with pytest.raises(FileError):
        keep_files({tmp_path / "a.pdf": b"a", tmp_path / "没有" / "b.pdf": b"b"})
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(files.os, "replace", failing(iter(range(9))))
    with pytest.raises(FileError):
        keep_files({tmp_path / "a.pdf": b"a", tmp_path / "b.pdf": b"b"})
    assert list(tmp_path.iterdir()) == []


def test_a_failed_overwrite_leaves_the_old_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stood there before is there again, byte for byte."""
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(b"old " + name.encode())
    monkeypatch.setattr(files.os, "replace", failing(iter(range(9))))
    with pytest.raises(FileError):
        keep_files({tmp_path / "a.pdf": b"a", tmp_path / "b.pdf": b"b"}, may_overwrite=True)
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a.pdf": b"old a.pdf", "b.pdf": b"old b.pdf"}

"""Templates as files: what is no template ends in one sentence, what is written is whole, the terminal tells all."""

from __future__ import annotations

import io
import json
import shutil
import struct
import zipfile
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

import cli
from briefing.filling import template as opening
from briefing.filling.fill import Filled, TemplateError, fill
from etl.errors import FileError
from etl.notes import add_note
from metrics.closed import quoted
from metrics.closed.figures import ClosedFigure
from tests.briefing.templates import NOVEMBER, parts, real_street, replaced_part, template, texts
from tests.test_wrong_files import _with_password

RATE, CASES = "{{建会率|岗头|2018-12}}", "{{受理劳资纠纷|岗头|2018-12}}"
GONE = (99, "0123456789ab", date(2019, 1, 8))  # a generation of which nothing is left


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tiny street with known numbers; nothing here writes into it."""
    return real_street(tmp_path_factory.mktemp("filling"))


def _values(filled: Filled) -> list[Any]:
    return [cell.value for cell in filled.cells]


def _refused(street: Path, data: bytes, file: str = "区报表.xlsx") -> FileError:
    with pytest.raises(FileError) as stopped:
        fill(street, data, file)
    said = stopped.value.sentence()
    assert "区报表" in said and "请" in said and "\n" not in said
    return stopped.value


def _lying(data: bytes) -> bytes:
    """Return a workbook with a part of which the list of parts says that it is small."""
    made = bytearray(replaced_part(data, "xl/media/x.bin", bytes(5_000_000)))
    entry = made.rfind(b"xl/media/x.bin") - 46
    assert made[entry : entry + 4] == b"PK\1\2"
    made[entry + 24 : entry + 28] = struct.pack("<I", 100)
    return bytes(made)


def test_what_is_no_template_is_one_sentence(street: Path, tmp_path: Path) -> None:
    """Another format, a password, a file cut off, something else altogether, nothing at all: each its own reason."""
    good, locked = texts(RATE), tmp_path / "x.xlsx"
    _with_password(locked)
    wrong = {
        "not_a_template": (good, "区报表.xls"), "password": (locked.read_bytes(), "区报表.xlsx"), "truncated": (good[:-200], "区报表.xlsx"),
        "not_a_workbook": ("会议通知".encode() * 50, "区报表.xlsx"), "empty": (b"", "区报表.xlsx"),
        "unreadable": (replaced_part(good, "xl/workbook.xml", b"<workbook"), "区报表.xlsx"),
        "nothing_to_fill": (texts("建会率", "{一层}"), "区报表.xlsx"), "too_much": (_lying(good), "区报表.xlsx"),
    }  # fmt: skip
    assert {code: _refused(street, *given).code for code, given in wrong.items()} == {code: code for code in wrong}
    assert ".xls " not in (said := _refused(street, *wrong["not_a_workbook"]).sentence()) and "台账" not in said


def test_a_bomb_is_refused_before_it_is_unpacked(street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What parts declare together is bounded, pictures included; so is the file."""
    data = replaced_part(texts(RATE), "xl/media/x.bin", bytes(1_000_000))
    monkeypatch.setattr(opening, "MOST_UNPACKED", 900_000)
    assert _refused(street, data).code == "too_much"
    monkeypatch.setattr(opening, "MOST_BYTES", 1000)
    assert _refused(street, data).code == "too_large"


def test_macros_stay(street: Path) -> None:
    """An .xlsm comes back with its macros byte for byte."""
    macros = b"\xd0\xcf\x11\xe0macros"
    filled = fill(street, replaced_part(texts(RATE), "xl/vbaProject.bin", macros), "区报表.xlsm")
    assert parts(filled.content)["xl/vbaProject.bin"] == macros and _values(filled) == ["96.0%"]


def test_what_may_be_lost_is_named(street: Path) -> None:
    """openpyxl keeps no text boxes: said, together with the placeholder inside one."""
    shape = f'<xdr:wsDr xmlns:xdr="x" xmlns:a="a"><xdr:sp><a:p><a:t>共{RATE[:6]}</a:t><a:t>{RATE[6:]}</a:t></a:p></xdr:sp></xdr:wsDr>'
    filled = fill(street, replaced_part(texts(RATE), "xl/drawings/drawing9.xml", shape.encode()), "区报表.xlsx")
    assert "图形和文本框" in filled.notes[0]
    assert [(one.where, one.text) for one in filled.not_filled] == [("文本框或图表", f"共{RATE}")]


@pytest.fixture
def closed_street(street: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a street whose November was closed with 5 cases and 18 of 25 enterprises, by a generation that is gone."""
    folder = Path(shutil.copytree(street, tmp_path / "street"))
    here = "440307013000"
    figures = [
        ClosedFigure("disputes_received", here, "month", 5, None, 5, 1, 1, 0, False),
        ClosedFigure("coverage_rate", here, "month", 18, 25, 0.72, 1, 1, 0, False),
    ]
    kept = SimpleNamespace(figures={figure.key: figure for figure in figures})
    monkeypatch.setattr(quoted, "kept_of", lambda _street, _closed: kept)
    number, name, day = GONE
    add_note(
        folder, "closings", month=f"{NOVEMBER:%Y-%m}", generation_no=str(number), generation_id=name,
        closed_on=str(day), closed_by="甲",
    )  # fmt: skip
    return folder


def test_a_closed_month_gives_its_closed_figures(closed_street: Path) -> None:
    """The figure as it was closed, though the data say otherwise now and its generation is gone; an open month the newest."""
    asked = (
        "{{受理劳资纠纷|岗头|2018-11}}",
        "{{建会率|岗头|2018-11|分子}}",
        CASES,
        "{{受理劳资纠纷|岗头|2018-12|环比}}",
    )
    filled = fill(closed_street, texts(*asked, looks="0"), "t.xlsx")
    assert _values(filled) == [5, 18, 2, 1]
    assert [cell.closed_on for cell in filled.cells] == [GONE[2], GONE[2], None, None]
    assert [cell.generation_no for cell in filled.cells] == [99, 99, 1, 1]
    assert "（1宗）计算，定稿数为5宗" in filled.cells[3].note, "the change rests on another number than the closed one"


def test_what_was_not_closed_is_not_made_up(closed_street: Path) -> None:
    """A figure that the closing lacks, and a change that only the lost generation knew, are errors."""
    with pytest.raises(TemplateError) as stopped:
        fill(closed_street, texts("{{辖区企业数|岗头|2018-11}}", "{{建会率|岗头|2018-11|较上月}}"), "t.xlsx")
    lacking, gone = stopped.value.problems
    assert "2018年11月没有岗头的“辖区企业数”" in lacking.message and "已不在" in gone.message


def _run(street: Path, capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    capsys.readouterr()
    code = cli.main(["fill", *map(str, words), "--json", "--street", str(street)])
    return code, json.loads(capsys.readouterr().out)


def test_the_terminal_writes_whole_and_tells_all(
    street: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One JSON document with every cell; the template and files that stand there are not written over unasked."""
    form, out = tmp_path / "区报表.xlsx", tmp_path / "填好.xlsx"
    form.write_bytes(texts(RATE, CASES))
    code, said = _run(street, capsys, form, "--out", out)
    assert code == 0 and [cell["value"] for cell in said["cells"]] == ["96.0%", 2]
    facts = {
        "sheet",
        "cell",
        "placeholder",
        "question",
        "value",
        "note",
        "generation_no",
        "generation",
        "closed_on",
        "is_closed",
    }
    assert set(said["cells"][0]) == facts and said["file"] == "区报表.xlsx" and said["generation"] == "tiny"
    assert [cell.value for cell in openpyxl.load_workbook(out).active["A"]] == ["96.0%", 2]
    refused = [(out, "file_there"), (form, "same_file"), (tmp_path / "x.xls", "wrong_ending")]
    assert [_run(street, capsys, form, "--out", path)[1]["error"]["code"] for path, _code in refused] == [
        c for _p, c in refused
    ]
    assert _run(street, capsys, form, "--out", form, "--overwrite")[1]["error"]["code"] == "same_file"
    assert _run(street, capsys, form, "--out", out, "--overwrite")[0] == 0
    assert cli.main(["fill", str(form), "--out", str(out), "--overwrite", "--street", str(street)]) == 0
    assert "Sheet!A1　建会率（含工联会覆盖）　岗头　2018年12月末　96.0%　数据版本1" in capsys.readouterr().out


def test_with_one_mistake_nothing_is_written(street: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, the error and all places; no file, not even of the cells that were right."""
    form, out = tmp_path / "区报表.xlsx", tmp_path / "填好.xlsx"
    form.write_bytes(
        template(lambda book: book.active.append([RATE, "{{建会律|岗头|2018-12}}", "{{建会率|南坑|2018-12}}"]))
    )
    code, said = _run(street, capsys, form, "--out", out)
    assert code == 2 and not out.exists() and said["error"]["code"] == "template"
    assert [(one["sheet"], one["cell"]) for one in said["problems"]] == [("Sheet", "B1"), ("Sheet", "C1")]
    assert (
        "Sheet" in said["error"]["message"] and "B1" in said["error"]["message"] and "2处" in said["error"]["message"]
    )
    assert cli.main(["fill", str(tmp_path / "没有.xlsx"), "--out", str(out), "--street", str(street)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_same_template_gives_the_same_workbook(street: Path) -> None:
    """Nothing of a run stands in the file but the moment of saving."""
    data = texts(RATE, CASES)
    assert parts(fill(street, data, "t.xlsx").content) == parts(fill(street, data, "t.xlsx").content)
    assert zipfile.ZipFile(io.BytesIO(fill(street, data, "t.xlsx").content)).testzip() is None

"""The trial workbooks: the right ones change the numbers as `expected.json` says, the wrong ones nothing."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.errors import AtlasError
from etl.generations import current
from etl.intake import load
from etl.sample.trial import PASSWORD_FILE, TRIAL, write_trial
from etl.street import open_street
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current

CHANGES: list[dict[str, Any]] = json.loads((TRIAL / "expected.json").read_text("utf-8"))["changes"]
RIGHT, WRONG = (sorted((TRIAL / folder).iterdir()) for folder in ("right", "wrong"))


@pytest.fixture
def street(sample_street: Path, tmp_path: Path) -> Path:
    """Return a copy of the sample street that may be loaded into."""
    return shutil.copytree(sample_street, tmp_path / "street")


def _bytes(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _value(warehouse: Warehouse, change: dict[str, Any]) -> float | None:
    where = (("community", (change["community"],)),) if change["community"] else ()
    month = date.fromisoformat(f"{change['month']}-01")
    return ask(warehouse, Question(change["metric"], month=month, where=where)).row.value


def test_committed_files_are_what_the_generator_writes(tmp_path: Path) -> None:
    """The password-protected one was made once and is only kept."""
    for folder in ("right", "wrong"):
        (tmp_path / folder).mkdir()
    made, kept = _bytes(write_trial(tmp_path)), _bytes(TRIAL)
    assert kept.pop(PASSWORD_FILE).startswith(b"\xd0\xcf\x11\xe0")
    assert made == kept


def test_right_workbooks_change_the_numbers_as_stated(street: Path) -> None:
    """A late report, a corrected register and a new month change what they should and only that."""
    assert len(RIGHT) == 3 and {change["file"] for change in CHANGES} == {f"right/{path.name}" for path in RIGHT}
    before = open_current(street)
    known = [change for change in CHANGES if change["month"] <= "2018-12"]
    assert [_value(before, change) for change in known] == [pytest.approx(c["before"]) for c in known]
    load(RIGHT, street)
    after = open_current(street)
    assert [_value(after, change) for change in CHANGES] == [pytest.approx(c["after"]) for c in CHANGES]


@pytest.mark.parametrize("path", WRONG, ids=lambda path: path.stem)
def test_wrong_workbooks_are_refused_in_a_sentence(path: Path, street: Path) -> None:
    """Each ends in a Chinese sentence that names the file and says what to do, and nothing is published."""
    before = current(open_street(street))
    with pytest.raises(AtlasError) as caught:
        load([path], street)
    sentence = caught.value.sentence()
    assert path.name in sentence and re.search("[\u4e00-\u9fff]", sentence)
    assert caught.value.remedy
    assert current(open_street(street)) == before

"""Several documents at once are the same documents, in the order asked, and errors stay sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from briefing import many, run
from briefing.request import Request
from etl.errors import QuestionError

ASKED = Request("special", date(2018, 12, 1))


def test_processes_write_what_one_alone_writes(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four communities by two processes: order, documents and contents of each file are those of one process."""
    requests = run.of_all_communities(sample_street, ASKED)[: many.FEW + 1]
    monkeypatch.setattr(many.os, "cpu_count", lambda: 2)
    beside = list(many.made(sample_street, requests, (".xlsx",)))
    monkeypatch.setattr(many.os, "cpu_count", lambda: 1)
    alone = list(many.made(sample_street, requests, (".xlsx",)))
    assert [document.community_id for document, _files in beside] == [one.community for one in requests]
    assert [document for document, _files in beside] == [document for document, _files in alone]
    assert [_content(files[".xlsx"]) for _d, files in beside] == [_content(files[".xlsx"]) for _d, files in alone]


def _content(workbook: bytes) -> dict[str, bytes]:
    """Return a workbook's parts but the one that says when it was made."""
    with ZipFile(BytesIO(workbook)) as parts:
        return {name: parts.read(name) for name in parts.namelist() if name != "docProps/core.xml"}


def test_an_error_in_a_process_is_the_same_sentence(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be asked ends the call with its own sentence and remedy, also from another process."""
    monkeypatch.setattr(many.os, "cpu_count", lambda: 2)
    wrong = [replace(ASKED, community="南亢")] * (many.FEW + 1)
    with pytest.raises(QuestionError) as caught:
        list(many.made(sample_street, wrong, (".xlsx",)))
    assert "南亢" in caught.value.sentence() and caught.value.remedy

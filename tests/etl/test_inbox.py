"""The watched folder: what is put there is offered once, whole, and stays where it is."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from etl.jobs import arriving, inbox, staging
from etl.jobs.inbox import Memory


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a street's watched folder."""
    return inbox.inbox_folder(tmp_path)


def _twice(street: Path, memory: Memory) -> staging.Job | None:
    inbox.look(street, memory)
    return inbox.look(street, memory)


def _names(job: staging.Job | None) -> list[str]:
    return sorted(file.given for file in job.files) if job else []


def test_a_complete_file_is_offered_once(tmp_path: Path, folder: Path) -> None:
    """Two looks alike, then a copy waits to be checked; the original stays and is not offered again."""
    (folder / "南坑").mkdir()
    (folder / "南坑" / "12月.xlsx").write_bytes(b"abc")
    (folder / "~$12月.xlsx").write_bytes(b"lock")
    (folder / ".隐藏.xlsx").write_bytes(b"x")
    memory = Memory()
    assert inbox.look(tmp_path, memory) is None
    job = inbox.look(tmp_path, memory)
    assert job is not None and (job.state, job.origin) == (staging.WAITING, staging.FOLDER)
    assert _names(job) == ["南坑/12月.xlsx"]
    assert (job.originals / job.files[0].name).read_bytes() == b"abc"
    assert (folder / "南坑" / "12月.xlsx").exists()
    assert _twice(tmp_path, Memory()) is None and len(staging.jobs(tmp_path)) == 1


def test_a_file_still_being_written_waits(tmp_path: Path, folder: Path) -> None:
    """A file that grows between two looks is left for the next."""
    file, memory = folder / "a.csv", Memory()
    for size in (1, 2, 3):
        file.write_bytes(b"x" * size)
        assert inbox.look(tmp_path, memory) is None
    assert _names(inbox.look(tmp_path, memory)) == ["a.csv"]


def test_more_files_join_the_waiting_job_and_a_new_state_replaces(tmp_path: Path, folder: Path) -> None:
    """Until somebody begins to check, there is one job, and it holds the newest state of each file."""
    memory = Memory()
    (folder / "a.csv").write_bytes(b"1")
    first = _twice(tmp_path, memory)
    (folder / "a.csv").write_bytes(b"22")
    (folder / "b.csv").write_bytes(b"3")
    second = _twice(tmp_path, memory)
    assert first is not None and second is not None and first.id == second.id
    assert {file.given: (second.originals / file.name).read_bytes() for file in second.files} == {
        "a.csv": b"22",
        "b.csv": b"3",
    }
    staging.claim(second, staging.CHECKING, (staging.WAITING,))
    (folder / "c.csv").write_bytes(b"4")
    third = _twice(tmp_path, memory)
    assert third is not None and third.id != second.id and _names(third) == ["c.csv"]


def test_what_was_decided_is_not_offered_again(tmp_path: Path, folder: Path) -> None:
    """Neither after 放弃 nor after the job's own record is swept nor after a restart; a changed file is."""
    (folder / "a.csv").write_bytes(b"1")
    job = _twice(tmp_path, Memory())
    assert job is not None
    staging.discard(job)
    assert _twice(tmp_path, Memory()) is None
    for path in sorted(job.path.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    job.path.rmdir()
    assert _twice(tmp_path, Memory()) is None
    (folder / "a.csv").write_bytes(b"new")
    assert _names(_twice(tmp_path, Memory())) == ["a.csv"]


def test_what_a_load_holds_is_not_offered(tmp_path: Path, folder: Path) -> None:
    """A file whose bytes are in an active load is the street's already; once undone it is offered."""
    (folder / "a.csv").write_bytes(b"abc")
    sha = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    load = tmp_path / "loads" / "000001-ba7816bf"
    load.mkdir(parents=True)
    (load / "receipt.json").write_text(json.dumps({"files": [{"file": "a.csv", "sha256": sha, "left_out": False}]}))
    assert _twice(tmp_path, Memory()) is None
    (load / "undone").touch()
    assert _names(_twice(tmp_path, Memory())) == ["a.csv"]


def test_what_cannot_be_taken_is_named(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture and a file above the bound are named with their reason and stop nobody else."""
    monkeypatch.setattr(arriving, "FILE_BYTES", 10)
    (folder / "照片.jpg").write_bytes(b"x")
    (folder / "大.csv").write_bytes(b"x" * 11)
    (folder / "好.csv").write_bytes(b"x")
    assert _names(_twice(tmp_path, Memory())) == ["好.csv"]
    said = {entry.name: entry.reason for entry in inbox.refused(tmp_path)}
    assert set(said) == {"照片.jpg", "大.csv"} and "200MB" in said["大.csv"]
    (folder / "照片.jpg").unlink()
    _twice(tmp_path, Memory())
    assert {entry.name for entry in inbox.refused(tmp_path)} == {"大.csv"}


def test_a_file_that_goes_away_is_no_error(tmp_path: Path, folder: Path) -> None:
    """Moved away between two looks: nothing to offer, nothing left behind, and the next file is taken."""
    file, memory = folder / "a.csv", Memory()
    file.write_bytes(b"1")
    inbox.look(tmp_path, memory)
    file.unlink()
    assert inbox.look(tmp_path, memory) is None and staging.jobs(tmp_path) == []
    dangling = folder / "b.csv"
    if os.name == "posix":
        dangling.symlink_to(tmp_path / "nowhere.csv")
    (folder / "c.csv").write_bytes(b"2")
    assert _names(_twice(tmp_path, memory)) == ["c.csv"]


def test_the_thread_offers_and_stops(tmp_path: Path, folder: Path) -> None:
    """The watching thread finds a file by itself, survives a folder that is replaced by a file, and stops when told."""
    stop = Event()
    folder.rmdir()
    folder.write_bytes(b"not a folder")
    thread = Thread(target=inbox.watch, args=(tmp_path, stop, 0.05), daemon=True)
    thread.start()
    time.sleep(0.3)
    folder.unlink()
    inbox.inbox_folder(tmp_path)
    (folder / "a.csv").write_bytes(b"1")
    end = time.monotonic() + 10
    while not staging.jobs(tmp_path) and time.monotonic() < end:
        time.sleep(0.05)
    assert thread.is_alive()
    stop.set()
    thread.join(5)
    assert not thread.is_alive()
    assert [_names(job) for job in staging.jobs(tmp_path)] == [["a.csv"]]


def test_an_upload_that_was_given_up_is_taken_from_the_folder(tmp_path: Path, folder: Path) -> None:
    """Who gave an upload up on the page and puts the file into the folder means it: it is offered."""
    upload = staging.open_job(tmp_path, "页面")
    incoming = arriving.add_file(upload, "台账.csv")
    incoming.write(b"a,b")
    incoming.finish()
    (folder / "台账.csv").write_bytes(b"a,b")
    memory = Memory()
    assert _twice(tmp_path, memory) is None, "it is in an import that is still open"
    staging.discard(upload)
    assert _names(inbox.look(tmp_path, memory)) == ["台账.csv"]

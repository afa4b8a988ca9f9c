"""Checks and loads beside the pages: real children on real workbooks, the same state for every window."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from etl.instructions import Instructions
from etl.jobs import arriving, staging
from etl.jobs.staging import Job
from etl.record import loads
from pages.parts import jobs
from tests import workbooks

SAYS = Instructions()
SECONDS = 60


def _job(street: Path, *paths: Path) -> Job:
    job = staging.open_job(street, "张")
    for path in paths:
        incoming = arriving.add_file(job, path.name)
        incoming.write(path.read_bytes())
        incoming.finish()
    return staging.change(job, state=staging.WAITING)


def _register(folder: Path, count: int) -> Path:
    return workbooks.register(folder / f"{count}家.xlsx", [workbooks.enterprise_row(n) for n in range(1, count + 1)])


def _rest(job: Job) -> Job:
    """Wait until nobody has the job in hand."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        now = jobs.poll(job)
        assert now is not None
        if not now.is_busy:
            return now
        time.sleep(0.05)
    pytest.fail("the job did not come to rest")


def test_check_then_load(tmp_path: Path) -> None:
    """A workbook is checked, its preview stands, it is brought in, and the original is gone."""
    street = tmp_path / "street"
    job = _job(street, _register(tmp_path, 12))
    assert jobs.start_check(street, job, SAYS)
    assert not jobs.start_check(street, job, SAYS)  # the second click
    ready = _rest(job)
    assert (ready.state, ready.error, ready.progress, ready.worker) == (staging.READY, None, "", None)
    found = jobs.preview(ready)
    assert found is not None and found["files"][0]["sheets"][0]["accepted"] == 12
    assert loads.stored_loads(street / "loads") == []
    assert jobs.start_load(street, ready, SAYS)
    done = _rest(job)
    assert done.state == staging.PUBLISHED and not done.originals.exists()
    said = jobs.receipt(done)
    assert said is not None and done.load == said["load"] and done.generation_no == 1
    assert not jobs.start_load(street, done, SAYS)
    assert not list(street.rglob("*.part"))


def test_a_wrong_file_is_told_in_the_preview(tmp_path: Path) -> None:
    """An image named .xlsx beside a good workbook: the preview names it, and the load refuses with a sentence."""
    street, file = tmp_path / "street", tmp_path / "照片.xlsx"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 1000)
    job = _job(street, file, _register(tmp_path, 3))
    jobs.start_check(street, job, SAYS)
    ready = _rest(job)
    found = jobs.preview(ready)
    assert ready.state == staging.READY and found is not None
    assert [entry["file"] for entry in found["files"] if "error" in entry] == ["照片.xlsx"]
    jobs.start_load(street, ready, SAYS)
    refused = _rest(job)
    assert refused.state == staging.READY and refused.error is not None and "照片.xlsx" in refused.error
    assert refused.originals.exists() and loads.stored_loads(street / "loads") == []


def test_nothing_to_read_is_one_sentence(tmp_path: Path) -> None:
    """A job in which no file can be read has failed, with the sentence of the terminal, and can be checked again."""
    street, file = tmp_path / "street", tmp_path / "readme.md"
    file.write_text("x")
    job = _job(street, file)
    for _time in range(2):
        assert jobs.start_check(street, job, SAYS)
        failed = _rest(job)
        assert (failed.state, failed.error_code) == (staging.FAILED, "no_files")
        assert failed.error is not None and "没有找到可导入的文件" in failed.error


def test_cancel_gives_the_job_back(tmp_path: Path) -> None:
    """A cancelled check waits again and can be started anew; a discarded one leaves nothing."""
    street = tmp_path / "street"
    job = _job(street, _register(tmp_path, 3000))
    jobs.start_check(street, job, SAYS)
    jobs.cancel(job)
    assert (waiting := _rest(job)).state == staging.WAITING and waiting.error is not None
    assert jobs.start_check(street, job, SAYS)
    jobs.discard(job)
    assert staging.jobs(street) == [] and not job.originals.exists() and not job.preview_file.exists()


def test_one_child_at_a_time(tmp_path: Path) -> None:
    """Of two jobs the second waits its turn and says so; both come to their end."""
    street = tmp_path / "street"
    first, second = _job(street, _register(tmp_path, 400)), _job(street, _register(tmp_path, 5))
    jobs.start_check(street, first, SAYS)
    jobs.start_check(street, second, SAYS)
    said = set()
    while (now := jobs.poll(second)) is not None and now.is_busy:
        said.add(now.progress)
        time.sleep(0.02)
    assert any("请稍候" in progress for progress in said)
    assert (_rest(first).state, _rest(second).state) == (staging.READY, staging.READY)


def test_passwords_are_never_written(tmp_path: Path) -> None:
    """What was typed to open a file is in no file of the street afterwards."""
    street = tmp_path / "street"
    job = _job(street, _register(tmp_path, 3))
    jobs.start_check(street, job, Instructions(passwords={"*": "geheim-4711"}))
    ready = _rest(job)
    jobs.start_load(street, ready, Instructions(passwords={"*": "geheim-4711"}))
    assert _rest(job).state == staging.PUBLISHED
    assert [path for path in street.rglob("*") if path.is_file() and b"geheim-4711" in path.read_bytes()] == []


def test_a_broken_preview_is_none(tmp_path: Path) -> None:
    """A preview that is not whole is none, and a new one is read anew."""
    job = _job(tmp_path)
    assert jobs.preview(job) is None
    job.preview_file.write_text('{"files": [')
    assert jobs.preview(job) is None
    job.preview_file.write_text(json.dumps({"files": []}))
    assert jobs.preview(job) == {"files": []}


def test_an_original_that_was_removed_stops_check_and_load(tmp_path: Path) -> None:
    """What the disk lost under the job is never left out silently: the rest alone is not what the clerk confirmed."""
    street = tmp_path / "street"
    job = _job(street, _register(tmp_path, 3), _register(tmp_path, 4))
    jobs.start_check(street, job, SAYS)
    ready = _rest(job)
    (ready.originals / ready.files[0].name).unlink()
    jobs.start_load(street, ready, SAYS)
    refused = _rest(job)
    assert (refused.state, refused.error_code) == (staging.READY, "gone") and "家.xlsx" in (refused.error or "")
    assert loads.stored_loads(street / "loads") == []
    jobs.start_check(street, refused, SAYS)
    assert _rest(job).state == staging.FAILED

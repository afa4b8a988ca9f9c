"""Files on their way in: names, bounds, what is left after an error, and jobs that nobody works on any more."""

from __future__ import annotations

import errno
import json
import os
import stat
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import pytest

from etl.errors import FileError, StreetError
from etl.jobs import arriving, staging
from etl.jobs.disk import disk_errors
from etl.jobs.file_names import LONGEST_BYTES, free_name, safe_name
from etl.jobs.staging import StagedFile


def add(job: staging.Job, name: str, content: bytes = b"x", source: str | None = None) -> StagedFile:
    """Bring one file in."""
    incoming = arriving.add_file(job, name, source)
    incoming.write(content)
    return incoming.finish()


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("南坑（2018年12月）.xlsx", "南坑（2018年12月）.xlsx"),
        ("上报/南坑\\12月.xlsx", "上报_南坑_12月.xlsx"),
        ("../../etc/passwd", ".._.._etc_passwd"),
        ("CON.xlsx", "_CON.xlsx"),
        ("com1", "_com1"),
        ("contact.xlsx", "contact.xlsx"),
        ("a:b*?.csv", "a_b__.csv"),
        ("尾巴. . ", "尾巴"),
        ("倒\u202excslx.exe", "倒xcslx.exe"),
        ("", "未命名"),
        ("..", "未命名"),
    ],
)
def test_names_are_safe_and_recognisable(given: str, safe: str) -> None:
    """Nothing leaves the folder, opens a device or is hidden behind a turned-round ending; the rest stays."""
    assert safe_name(given) == safe


def test_long_names_keep_their_ending() -> None:
    """200 Chinese characters (600 bytes) are cut between characters, with room for （2）."""
    name = safe_name("坂" * 200 + ".xlsx")
    assert name.endswith("坂.xlsx") and len(name.encode()) <= LONGEST_BYTES
    assert len(free_name("坂" * 200 + ".xlsx", [name]).encode()) <= LONGEST_BYTES


def test_a_name_used_twice_gets_a_number() -> None:
    """Two communities' 12月.xlsx stand beside each other, also where only capitals differ."""
    assert free_name("12月.xlsx", ["12月.xlsx"]) == "12月（2）.xlsx"
    assert free_name("A.XLSX", ["a.xlsx", "A（2）.xlsx"]) == "A（3）.XLSX"


def test_a_job_from_upload_to_end(tmp_path: Path) -> None:
    """Files arrive whole under their names; at the end the originals are gone and the record stays."""
    job = staging.open_job(tmp_path, "张")
    file = add(job, "南坑.xlsx", b"abc")
    assert add(job, "南坑.xlsx", b"abd").name == "南坑（2）.xlsx"
    assert (job.originals / "南坑.xlsx").read_bytes() == b"abc" and file.size == 3
    now = staging.change(job, state=staging.WAITING)
    assert [one.given for one in now.files] == ["南坑.xlsx", "南坑.xlsx"]
    staging.publish(now, "000001-abcdef12", 1)
    kept = staging.find_job(tmp_path, job.id)
    assert kept is not None and kept.state == staging.PUBLISHED and kept.load == "000001-abcdef12"
    assert not job.originals.exists()


@pytest.mark.skipif(os.name != "posix", reason="rights as POSIX has them")
def test_only_the_owner_can_read(tmp_path: Path) -> None:
    """Folders 0700, files 0600: an original holds identity numbers."""
    job = staging.open_job(tmp_path, "")
    add(job, "a.csv")
    modes = {path.relative_to(job.path).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in job.path.rglob("*")}
    assert modes == {"files": 0o700, "files/a.csv": 0o600, "out": 0o700, "arriving": 0o700, "job.json": 0o600}
    assert stat.S_IMODE(job.path.parent.stat().st_mode) == 0o700


def test_discard_leaves_no_content(tmp_path: Path) -> None:
    """After 放弃 nothing of the files, their preview or 批注件 is left, and a late worker changes nothing."""
    job = staging.open_job(tmp_path, "")
    add(job, "a.csv", "身份证".encode())
    job.preview_file.write_text("{}")
    (job.out / "a批注件.xlsx").write_bytes(b"x")
    staging.discard(job)
    assert {path.name for path in job.path.rglob("*")} == {"job.json"}
    assert staging.change(job, state=staging.READY).state == staging.DISCARDED
    assert staging.jobs(tmp_path) == []


def test_what_is_too_large_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds per file and per job are one sentence, and not a byte stays."""
    monkeypatch.setattr(arriving, "FILE_BYTES", 10)
    monkeypatch.setattr(arriving, "JOB_BYTES", 15)
    monkeypatch.setattr(arriving, "JOB_FILES", 3)
    job = staging.open_job(tmp_path, "")
    with pytest.raises(FileError, match="超过200MB"):
        add(job, "大.xlsx", b"x" * 11)
    add(job, "一.xlsx", b"x" * 10)
    with pytest.raises(FileError, match="1GB"):
        add(job, "二.xlsx", b"x" * 10)
    add(job, "三.xlsx")
    add(job, "四.xlsx")
    with pytest.raises(FileError, match="500个"):
        add(job, "五.xlsx")
    assert sorted(path.name for path in job.originals.iterdir()) == ["一.xlsx", "三.xlsx", "四.xlsx"]
    assert not any((job.path / "arriving").iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is Linux")
def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    """A disk that is really full says so and names what to do."""
    job = staging.open_job(tmp_path, "")
    incoming = arriving.add_file(job, "a.xlsx")
    incoming.handle = open("/dev/full", "wb", buffering=0)  # type: ignore[assignment]  # noqa: SIM115
    with pytest.raises(StreetError) as raised:
        incoming.write(b"x")
    assert raised.value.code == "disk_full" and "磁盘空间不足" in raised.value.sentence()
    assert not any((job.path / "arriving").iterdir())


def test_a_missing_right_is_one_sentence() -> None:
    """What may not be written says so."""
    with pytest.raises(StreetError, match="没有写入街道文件夹的权限"), disk_errors():
        raise OSError(errno.EACCES, "denied")


def test_a_job_whose_worker_died_has_failed(tmp_path: Path) -> None:
    """A worker's pid that belongs to nobody, or to another program by now, does not keep a job busy."""
    job = staging.claim(staging.open_job(tmp_path, ""), staging.CHECKING, (staging.UPLOADING,))
    assert job is not None and job.worker is not None
    assert staging.find_job(tmp_path, job.id) == job
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    began = psutil.Process(child.pid).create_time()
    staging.store(replace(job, worker=(child.pid, began)))
    assert staging.jobs(tmp_path)[0].state == staging.CHECKING
    staging.store(replace(job, worker=(child.pid, began - 100)))
    assert staging.jobs(tmp_path)[0].state == staging.FAILED
    staging.store(replace(job, worker=(child.pid, began)))
    assert child.stdin is not None
    child.stdin.close()
    end = time.monotonic() + 10  # nobody waits for the child here: on POSIX it stays as a zombie
    while staging.jobs(tmp_path)[0].state != staging.FAILED and time.monotonic() < end:
        time.sleep(0.02)
    dead = staging.jobs(tmp_path)[0]
    assert dead.state == staging.FAILED and dead.error is not None and "请重新核对" in dead.error
    child.wait()
    again = staging.claim(job, staging.CHECKING, (staging.WAITING, staging.FAILED))
    assert again is not None and again.error is None


def test_a_second_click_claims_nothing(tmp_path: Path) -> None:
    """Of two clicks only one takes the job in hand."""
    job = staging.change(staging.open_job(tmp_path, ""), state=staging.WAITING)
    assert staging.claim(job, staging.CHECKING, (staging.WAITING,)) is not None
    assert staging.claim(job, staging.CHECKING, (staging.WAITING,)) is None


def test_old_jobs_are_swept(tmp_path: Path) -> None:
    """After seven days a job is gone, whatever its state; a younger one and one in hand stay; idle uploads go sooner."""
    now = datetime.now()
    states = {staging.WAITING: 8, staging.READY: 8, staging.PUBLISHED: 8, staging.CHECKING: 8, staging.FAILED: 6}
    made = {}
    for state, days in states.items():
        job = staging.open_job(tmp_path, "")
        old = (now - timedelta(days=days)).isoformat(timespec="seconds")
        staging.store(replace(job, state=state, made_at=old, worker=staging.this_process()))
        made[state] = job
    idle = staging.open_job(tmp_path, "")
    staging.sweep(tmp_path, now + timedelta(minutes=50))
    assert idle.path.exists()
    staging.sweep(tmp_path, now + timedelta(minutes=70))
    assert {state for state, job in made.items() if job.path.exists()} == {staging.CHECKING, staging.FAILED}
    assert not idle.path.exists()


def test_ids_lead_nowhere_else(tmp_path: Path) -> None:
    """An id that is a path finds nothing, and a broken job.json is no job."""
    job = staging.open_job(tmp_path, "")
    assert staging.find_job(tmp_path, f"../staging/{job.id}") is None
    (job.path / "job.json").write_text(json.dumps({"id": job.id}))
    assert staging.find_job(tmp_path, job.id) is None
    assert staging.jobs(tmp_path) == []

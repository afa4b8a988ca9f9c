"""The archive: numbered, never overwritten, whole or not there; a changed file is found out."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefing import archive
from etl.errors import StreetError
from tests.briefing.documents import MONTH, document

ROOT = Path(__file__).resolve().parents[2]
FILES = {".docx": b"word", ".pdf": b"print"}


def _numbers(street: Path) -> list[int]:
    return [one.number for one in archive.issued(street)]


def test_an_issue_says_what_it_is_and_gives_back_what_it_was(tmp_path: Path) -> None:
    found = archive.issue(tmp_path, document(), FILES, "甲")
    assert (found.number, found.kind, found.month, found.audience, found.by) == (1, "简报", MONTH, "internal", "甲")
    assert (found.generation_no, found.generation_id, found.issue_no) == (8, "0123456789ab", "第12期")
    assert found.issued_on == date.today() and found.folder == tmp_path / "briefings" / "0001"
    assert archive.document_of(found) == document()
    assert {ending: archive.file_of(found, ending) for ending in found.files} == FILES
    names = {path.name for path in found.folder.iterdir()}
    assert "坂田街道工会工作简报_2018年12月_示例数据_数据版本8.docx" in names and len(names) == 4


def test_the_newest_comes_first_and_nothing_is_written_over(tmp_path: Path) -> None:
    first = archive.issue(tmp_path, document(), FILES)
    kept = {path: path.read_bytes() for path in first.folder.iterdir()}
    archive.issue(tmp_path, replace(document(), community="南坑", audience="public"), {".docx": b"other"})
    assert [(one.number, one.community, one.audience) for one in archive.issued(tmp_path)] == [
        (2, "南坑", "public"), (1, "", "internal"),
    ]  # fmt: skip
    assert {path: path.read_bytes() for path in first.folder.iterdir()} == kept


def test_a_number_is_not_given_twice_after_one_was_moved_away(tmp_path: Path) -> None:
    for _ in range(2):
        archive.issue(tmp_path, document(), {})
    (tmp_path / "briefings" / "0001").rename(tmp_path / "elsewhere")
    assert archive.issue(tmp_path, document(), {}).number == 3


def test_windows_at_once_get_numbers_of_their_own(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda n: archive.issue(tmp_path, document(), {".docx": b"%d" % n}), range(8)))
    assert sorted(one.number for one in found) == list(range(1, 9)) == sorted(_numbers(tmp_path))
    assert {archive.file_of(one, ".docx") for one in archive.issued(tmp_path)} == {b"%d" % n for n in range(8)}


def test_no_street_is_made(tmp_path: Path) -> None:
    with pytest.raises(StreetError, match="还没有建立"):
        archive.issue(tmp_path / "none", document(), FILES)
    assert list(tmp_path.iterdir()) == []
    assert archive.issued(tmp_path) == ()


@pytest.mark.parametrize("step", range(4))
@pytest.mark.parametrize("failure", [KeyboardInterrupt, OSError(errno.ENOSPC, "full")])
def test_an_issue_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, failure: BaseException
) -> None:
    archive.issue(tmp_path, document(), {})
    write, left = archive.write_whole, [step]

    def failing(path: Path, content: bytes) -> None:
        if not left[0]:
            raise failure
        left[0] -= 1
        write(path, content)

    with monkeypatch.context() as patched:
        patched.setattr(archive, "write_whole", failing)
        with pytest.raises((KeyboardInterrupt, StreetError)) as error:
            archive.issue(tmp_path, document(), FILES)
    assert error.type is KeyboardInterrupt or error.value.args[0] == "磁盘空间不足，文件没有保存"
    assert sorted(path.name for path in (tmp_path / "briefings").iterdir()) in (["0001"], [".lock", "0001"])
    assert archive.issue(tmp_path, document(), FILES).number == 2


KILLED = """
import os, signal, sys
from pathlib import Path
from briefing import archive
from tests.briefing.documents import document
archive._sync = lambda path: os.kill(os.getpid(), signal.SIGKILL)
archive.issue(Path(sys.argv[1]), document(), {".docx": b"word"})
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX systems")
def test_a_killed_issue_is_swept_up_by_the_next(tmp_path: Path) -> None:
    archive.issue(tmp_path, document(), {})
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert (tmp_path / "briefings" / "0002.draft" / "issued.json").exists()
    assert _numbers(tmp_path) == [1]
    assert archive.issue(tmp_path, document(), FILES).number == 2
    assert not list((tmp_path / "briefings").glob("*.draft"))


def _change(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"91.2%", b"95.2%").replace(b"word", b"ward"))


@pytest.mark.parametrize("act", [_change, Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_changed_file_is_not_given_out(tmp_path: Path, act: Callable[[Path], object]) -> None:
    found = archive.issue(tmp_path, document(), FILES)
    act(found.folder / "document.json")
    act(found.folder / found.files[".docx"][0])
    with pytest.raises(StreetError, match="已损坏或被改动") as error:
        archive.document_of(found)
    assert error.value.sentence().startswith("briefings/0001/document.json：")
    with pytest.raises(StreetError, match="已损坏或被改动"):
        archive.file_of(found, ".docx")
    assert archive.file_of(found, ".pdf") == b"print"


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"month": "12"}'])
def test_a_damaged_list_is_one_sentence(tmp_path: Path, content: str) -> None:
    found = archive.issue(tmp_path, document(), {})
    (found.folder / "issued.json").write_text(content, "utf-8")
    with pytest.raises(StreetError) as error:
        archive.issued(tmp_path)
    assert error.value.sentence() == (
        "briefings/0001/issued.json：存档的文件已损坏或被改动，请从备份中恢复这个文件夹，或把它移出 briefings 文件夹"
    )


def test_what_is_kept_can_be_read_without_the_program(tmp_path: Path) -> None:
    found = archive.issue(tmp_path, document(), FILES)
    text = (found.folder / "document.json").read_text("utf-8")
    assert "91.2%（3,214家中2,931家）" in text and json.loads(text)["version"] == 1

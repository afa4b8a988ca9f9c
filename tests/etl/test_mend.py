"""The terminal's `check --marked-up --returns`: which files get what, and what is said of the others."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

import cli
from etl.mending.marked_up import original_of
from tests.etl.workbooks import write_ledger

BAD_ROW = ["深圳示例1有限公司", "南坑", "若干", "2017-03-01"]


def _run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    code = cli.main(["check", *map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_check_writes_both_and_says_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A zip's member gets its own 批注件; every kind of paper lands in its folder."""
    path = write_ledger(tmp_path / "南坑.xlsx", BAD_ROW)
    archive = tmp_path / "上报.zip"
    with zipfile.ZipFile(archive, "w") as out:
        out.write(path, "南坑社区.xlsx")
    code, answer = _run(capsys, archive, "--street", tmp_path / "street", "--marked-up", tmp_path / "批注件",
                        "--returns", tmp_path / "退回", "--deadline", "2019-01-15")  # fmt: skip
    assert code == 0 and answer["not_marked_up"] == []
    (made,) = map(Path, answer["marked_up"])
    assert made.name == "南坑社区（批注件）.xlsx" and original_of(made) is not None
    assert [Path(name).name for name in answer["returns"]] == ["退回修改单_南坑社区_2018-12-31.xlsx"]
    assert answer["quality"]["good_share"] == 0.0
    assert "可能" not in (cell := answer["files"][0]["sheets"][0]["warnings"][0])["suggestion"] and cell["suggestion"]


def test_the_share_of_good_rows_is_the_first_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A clerk reads how good it is before what is wrong, and at the end what was written."""
    path = write_ledger(tmp_path / "南坑.xlsx", BAD_ROW, ["深圳示例2有限公司", "南坑", "5", "2017-03-01"])
    cli.main(["check", str(path), "--street", str(tmp_path / "s"), "--marked-up", str(tmp_path / "a")])
    lines = capsys.readouterr().out.splitlines()
    assert "占50.0%" in lines[0] and "应填整数：1处，涉及1行" in lines[1]
    assert lines[-1] == "批注件1份：南坑（批注件）.xlsx"


def test_a_locked_file_says_why_it_has_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With its password it is checked, but its content is not written out unlocked."""
    plain = write_ledger(tmp_path / "南坑.xlsx", BAD_ROW)
    locked, said = tmp_path / "有密码的南坑.xlsx", tmp_path / "said.json"
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("1234", target)
    plain.write_bytes(
        write_ledger(tmp_path / "x.xlsx", BAD_ROW, BAD_ROW[:1] + ["岗头", "很多", "2017-03-01"]).read_bytes()
    )
    said.write_text(json.dumps({"passwords": {locked.name: "1234"}}), "utf-8")
    code, answer = _run(capsys, locked, plain, "--street", tmp_path / "street", "--marked-up", tmp_path / "批注件",
                        "--instructions", said)  # fmt: skip
    assert code == 0 and answer["files"][0]["sheets"][0]["warnings"], "the locked file was checked"
    assert [Path(name).name for name in answer["marked_up"]] == ["南坑（批注件）.xlsx"]
    (refused,) = answer["not_marked_up"]
    assert (refused["file"], refused["code"]) == (locked.name, "password") and "不另存没有密码的批注件" in refused[
        "message"
    ]
    assert [path.name for path in (tmp_path / "批注件").rglob("*")] == ["南坑（批注件）.xlsx"]


@pytest.mark.parametrize("option", ["--marked-up", "--returns"])
def test_a_folder_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    """As where Excel still holds last time's copy open."""
    path, taken = write_ledger(tmp_path / "南坑.xlsx", BAD_ROW), tmp_path / "已有的文件"
    taken.write_text("x")
    code, answer = _run(capsys, path, "--street", tmp_path / "street", option, taken)
    assert (code, answer["error"]["code"], answer["error"]["file"]) == (2, "not_written", "已有的文件")

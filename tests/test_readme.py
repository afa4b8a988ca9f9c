"""README and CONTRIBUTING say what is true: every command, target and file that they name exists."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

import cli
from tests.source import ROOT

DOCUMENTS = ("README.md", "CONTRIBUTING.md")


def _code(document: str) -> list[str]:
    """Return every line of code that a document shows, in blocks and inside sentences."""
    text = (ROOT / document).read_text("utf-8")
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.S | re.M)
    inline = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.S | re.M))
    return [line.strip() for part in (*blocks, *inline) for line in part.splitlines() if line.strip()]


def _commands(document: str, program: str) -> list[list[str]]:
    """Return the commands of a program as words, comments and prompts left out."""
    lines = [re.sub(r"^(\$|>|\.venv\\Scripts\\|\.venv/bin/)\s*", "", line) for line in _code(document)]
    return [shlex.split(line, comments=True) for line in lines if line.startswith(f"{program} ")]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_terminal_commands_parse(document: str) -> None:
    """Every `union-atlas …` shown is one that the program accepts (capitals and … stand for the reader's own)."""
    commands = _commands(document, "union-atlas")
    assert commands
    for words in commands:
        if "…" not in words and "--help" not in words:
            cli.parser().parse_args([word.replace("LOAD", "000001-x") for word in words[1:]])


@pytest.mark.parametrize("document", DOCUMENTS)
def test_make_targets_exist(document: str) -> None:
    """Every `make TARGET` shown is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = {words[1] for words in _commands(document, "make")}
    assert named and named <= targets


@pytest.mark.parametrize("document", DOCUMENTS)
def test_named_files_exist(document: str) -> None:
    """Every path of the repository that a sentence names is there; what `make` makes is not asked for."""
    rooms = r"(?:etl|metrics|analysis|briefing|pages|tests|benchmarks|docs|data/geo)/[\w./-]+"
    named = {part.rstrip("./") for line in _code(document) for part in re.findall(rf"(?<![\w/]){rooms}", line)}
    examples = set(re.findall(r"^ *```\w+ (?:title|edit)=(\S+)", (ROOT / document).read_text("utf-8"), re.M))
    assert sorted(part for part in named - examples if not (ROOT / part).exists()) == []


def _transcript() -> list[tuple[str, str]]:
    """Return README's walk: each command that is shown with its answer, and the answer."""
    text = (ROOT / "README.md").read_text("utf-8")
    shown = "".join(re.findall(r"^```console\n(.*?)^```", text, re.S | re.M))
    steps = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", shown, re.M)
    return [(command, answer) for command, answer in steps if answer]


def test_readme_walk_is_true(sample_street: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The walk is run as it stands: three right and four wrong workbooks, numbers that change, and the undo."""
    street = shutil.copytree(sample_street, tmp_path / "street")
    for command, answer in _transcript():
        words = [str(ROOT / word) if word.startswith("data/") else word for word in shlex.split(command)[1:]]
        capsys.readouterr()
        code = cli.main([*words, "--street", str(street)])
        said = capsys.readouterr()
        assert code == (2 if "/wrong/" in command else 0), command
        pattern = re.escape(answer.strip()).replace("…", ".*")
        assert re.fullmatch(pattern, (said.out + said.err).strip()), f"{command}\n{said.out}{said.err}"


def test_readme_walk_has_three_right_and_four_wrong() -> None:
    """The walk shows what it promises."""
    commands = [command for command, _answer in _transcript()]
    assert len([command for command in commands if "/wrong/" in command]) == 4
    assert len(list((ROOT / "data" / "trial" / "right").glob("*.*"))) == 3

"""CONTRIBUTING.md is followed step by step: its files are added to a copy of the program, which must then know them."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import duckdb
import pytest

from etl.generations import READ_ONLY
from etl.instructions import Instructions
from etl.intake import load
from tests import workbooks
from tests.source import DOORS, ROOMS, ROOT

BLOCK = re.compile(r"^ *```\w+ title=(\S+)\n(.*?)^ *```", re.S | re.M)
SAMPLE = re.compile(r"^ *```csv sample=(\S+)\n(.*?)^ *```", re.S | re.M)
EDIT = re.compile(r"^ *```yaml edit=(\S+) column=(\S+)\n(.*?)^ *```", re.S | re.M)
CORRECTIONS = re.compile(r"^ *```csv correction=(\S+)\n(.*?)^ *```", re.S | re.M)
COMMAND = re.compile(r"^ *\$ union-atlas (.+)$", re.M)


def _blocks() -> dict[str, str]:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    return {name: textwrap.dedent(body) for name, body in BLOCK.findall(text)}


def _add(program: Path, name: str, body: str) -> None:
    """Add what a step says: a new file, a row at the end of a list, a line before the end of PAGES."""
    target = program / name
    if not target.exists():
        target.write_text(body, "utf-8")
    elif target.suffix == ".csv":
        target.write_text(target.read_text("utf-8").rstrip("\n") + "\n" + body, "utf-8")
    else:
        head, tail = target.read_text("utf-8").rsplit("\n)", 1)
        target.write_text(f"{head}\n    {body.strip()}\n){tail}", "utf-8")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the program to which every step of the guide was done."""
    copy = tmp_path_factory.mktemp("program")
    for name in ROOMS:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for door in DOORS:
        shutil.copy(ROOT / door, copy / door)
    (copy / "data" / "streets").mkdir(parents=True)  # the guide loads into a street of its own
    for folder in (ROOT / "data").iterdir():
        if folder.name != "streets":
            (copy / "data" / folder.name).symlink_to(folder, target_is_directory=folder.is_dir())
    shutil.copytree(ROOT / ".streamlit", copy / ".streamlit")
    for name, body in _blocks().items():
        _add(copy, name, body)
    return copy


def _run(program: Path, *words: str) -> dict[str, Any]:
    """Run the copy's own terminal and return its JSON."""
    environment = {**os.environ, "PYTHONPATH": str(program)}
    done = subprocess.run(
        [sys.executable, "cli.py", *words, "--json"], cwd=program, env=environment, capture_output=True, text=True
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_guide_has_a_file_for_every_kind() -> None:
    """The guide shows one of each: metric, code, ledger, check, sentence, section, kind, page, and the page's line."""
    rooms = {"/".join(name.split("/")[:2]) for name in _blocks()}
    assert {"metrics/organising", "etl/codes", "etl/checks", "pages/__init__.py"} <= rooms
    assert {"briefing/sentences", "briefing/sections", "briefing/kinds"} <= rooms
    assert [words.split()[0] for words in _ledger_commands()] == ["new-ledger", "check", "load"]


def test_new_metric_is_known_and_answers(program: Path, sample_street: Path) -> None:
    """The added metric is listed and gives a number for every community."""
    listed = {entry["id"] for entry in _run(program, "metric", "--list")["metrics"]}
    assert "unions_preparing" in listed
    words = ("metric", "unions_preparing", "--by", "community", "--month", "2018-12", "--street", str(sample_street))
    rows = _run(program, *words)["rows"]
    assert len(rows) == 12 and sum(row["numerator"] for row in rows) > 0


def test_new_spelling_is_understood(program: Path, tmp_path: Path) -> None:
    """A case with the added spelling gets its code without a warning on that cell."""
    cells = ("坂调1号", "示例甲有限公司", "2018-12-03", "", "老板跑路不发钱", "来访", 3, "")
    book = workbooks.disputes(tmp_path / "纠纷.xlsx", {"12月": [cells]})
    [sheet] = _run(program, "check", str(book), "--street", str(tmp_path / "street"))["files"][0]["sheets"]
    assert sheet["accepted"] == 1
    assert [warning for warning in sheet["warnings"] if warning["column"] == "causes"] == []


def _ledger_section() -> str:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    return text.split("## 添加一种台账", 1)[1].split("\n## ", 1)[0]


def _ledger_commands() -> list[str]:
    return COMMAND.findall(_ledger_section())


@pytest.fixture(scope="module")
def trained(program: Path) -> dict[str, dict[str, Any]]:
    """Do the ledger steps in their order: write the sample workbook, run the verb, edit as said, check, load."""
    [(name, body)] = SAMPLE.findall(_ledger_section())
    title, header, *rows = [tuple(line.split(",")) for line in textwrap.dedent(body).strip().splitlines()]
    workbooks.write_book(program / name, {"12月": (title[0], header, list(rows))})
    new, *others = _ledger_commands()
    answers = {"new-ledger": _run(program, *shlex.split(new))}
    [(edited, column, lines)] = EDIT.findall(_ledger_section())
    path = program / edited
    path.write_text(_with_lines(path.read_text("utf-8"), column, textwrap.dedent(lines)), "utf-8")
    answers |= {words.split()[0]: _run(program, *shlex.split(words)) for words in others}
    return answers


def _with_lines(text: str, column: str, lines: str) -> str:
    """Add lines at the end of one column's entry in a ledger's file."""
    head, found, tail = text.partition(f"  {column}:")
    assert found, text
    entry, *rest = re.split(r"(?m)^(?=  \w)", tail)
    return head + found + entry + textwrap.indent(lines, "    ") + "".join(rest)


def test_new_ledger_is_written_recognised_and_loaded(trained: dict[str, dict[str, Any]], program: Path) -> None:
    """The sample workbook makes a ledger that `check` recognises and `load` takes; people are left behind."""
    columns = {column["id"]: column for column in trained["new-ledger"]["columns"]}
    assert {name: column["type"] for name, column in columns.items()} == {
        "activity_no": "text", "community": "community", "training_content": "text", "training_date": "date",
        "training_attendance": "integer", "funds_yuan": "money", "contact": "text", "phone": "text",
    }  # fmt: skip
    assert [name for name, column in columns.items() if column["privacy"] == "P2"] == ["contact", "phone"]
    [sheet] = trained["check"]["files"][0]["sheets"]
    assert (sheet["ledger"], sheet["accepted"], sheet["rejects"], sheet["unmapped"]) == ("training", 3, [], [])
    assert (trained["load"]["files"][0]["ledgers"], trained["load"]["accepted"]) == (["training"], 3)
    stored = next((program / "data/streets/training-trial/loads").glob("*/training.parquet")).read_bytes()
    assert "培训2018-01".encode() in stored and "示例甲".encode() not in stored


def test_the_edited_spelling_counts(trained: dict[str, dict[str, Any]], program: Path, tmp_path: Path) -> None:
    """A header spelling added by hand (step 3) is understood."""
    title = "坂田街道南坑社区培训活动台账（2019年1月）"
    header = ("活动编号", "社区", "培训主题", "培训日期")
    book = workbooks.write_book(
        tmp_path / "培训.xlsx", {"1月": (title, header, [("T9", "南坑", "法律", "2019-01-05")])}
    )
    [sheet] = _run(program, "check", str(book), "--street", str(tmp_path / "street"))["files"][0]["sheets"]
    assert (sheet["ledger"], sheet["unmapped"]) == ("training", [])


def test_new_ledger_overwrites_nothing(trained: dict[str, dict[str, Any]], program: Path) -> None:
    """A second run says that the kind is there and leaves the edited file as it is."""
    before = (program / "etl/ledgers/training.yml").read_bytes()
    words = [sys.executable, "cli.py", *shlex.split(_ledger_commands()[0]), "--json"]
    environment = {**os.environ, "PYTHONPATH": str(program)}
    done = subprocess.run(words, cwd=program, env=environment, capture_output=True, text=True)
    assert done.returncode == 2 and json.loads(done.stdout)["error"]["message"] == "文件已经有了，不会覆盖"
    assert (program / "etl/ledgers/training.yml").read_bytes() == before


def test_new_check_is_asked(program: Path, tmp_path: Path) -> None:
    """The added check finds the enterprise whose workers are unknown."""
    rows = [workbooks.enterprise_row(1), workbooks.enterprise_row(2, workers="")]
    book = workbooks.register(tmp_path / "企业.xlsx", rows)
    street = str(tmp_path / "street")
    _run(program, "load", str(book), "--street", street)
    found = {check["check"]: check["found"] for check in _run(program, "status", "--street", street)["checks"]}
    assert found["workers_unknown"] == 1


def test_new_corrections_are_applied(tmp_path: Path) -> None:
    """The guide's two lines change the two cells that they name, from the register on that the key says."""
    [(name, body)] = CORRECTIONS.findall((ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    rows = [workbooks.enterprise_row(1), workbooks.enterprise_row(2, "未建会", members=0)]
    street = tmp_path / "street"
    street.mkdir()
    (street / name).write_text(textwrap.dedent(body), "utf-8")
    books = [
        workbooks.register(tmp_path / f"{day[5]}.xlsx", rows, day=day) for day in ("2018年6月30日", "2018年12月31日")
    ]
    generation = load(books, street, Instructions()).generation
    assert generation is not None
    with duckdb.connect(str(generation.path), read_only=True, config=READ_ONLY) as core:
        assert core.execute("select state from core.correction").fetchall() == [("applied",), ("applied",)]
        cells = "select as_of, workers, is_own_union from core.enterprise_row order by as_of, enterprise"
        found = core.execute(cells).fetchall()
    assert [row[1:] for row in found] == [(100, True), (100, True), (136, True), (100, True)]


def test_new_kind_is_written_and_every_number_is_explained(program: Path, sample_street: Path, tmp_path: Path) -> None:
    """The added kind holds the added section and sentence; its number is the metric's and knows its question."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## 添加一句话", 1)[1].split("\n## ", 1)[0]
    [words] = COMMAND.findall(text)
    words = words.replace("筹建通报.docx", str(tmp_path / "筹建通报.docx"))
    street = ("--street", str(sample_street))
    [document] = _run(program, *shlex.split(words), *street)["documents"]
    assert not any(missing["is_section"] for missing in document["missing"])
    asked = _run(program, "metric", "unions_preparing", "--month", "2018-12", *street)["rows"][0]
    told = [fact["text"] for fact in document["facts"] if fact["metric"] == "unions_preparing" and not fact.get("of")]
    assert told and set(told) == {f"{asked['numerator']:,.0f}家"}
    explained = _run(program, "brief", "--explain", str(tmp_path / "筹建通报.docx"), *street)
    assert len(explained["rows"]) == len(document["facts"]) and not any(row["is_changed"] for row in explained["rows"])


PAGE = """
import sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=60).run().switch_page("pages/preparing.py").run()
assert not app.exception, app.exception
print(app.metric[0].label, app.metric[0].value)
"""


def test_new_page_opens(program: Path, sample_street: Path) -> None:
    """The added page stands in the menu and shows its number."""
    environment = {**os.environ, "PYTHONPATH": str(program), "UNION_ATLAS_STREET": str(sample_street)}
    done = subprocess.run(
        [sys.executable, "-c", PAGE], cwd=program, env=environment, capture_output=True, text=True
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("辖区企业 ")


def test_new_deadline_holiday_and_scheme_are_used(program: Path, tmp_path: Path) -> None:
    """The added deadline is due in a case, the added day is free, the added scheme is there to choose."""
    case = ("坂调1号", "示例甲有限公司", "2018-12-03", "", "欠薪", "来访", 3, "在办")
    disputes = workbooks.disputes(tmp_path / "纠纷.xlsx", {"12月": [case]})
    steps = [("坂调1号", "受理", "2018-12-03"), ("坂调1号", "达成协议", "2018-12-05")]
    title, header = "坂田街道纠纷办理流程台账（2018年12月）（全街道）", ("案件编号", "办理环节", "环节日期")
    book = workbooks.write_book(tmp_path / "流程.xlsx", {"12月": (title, header, steps)})
    street = ("--street", str(tmp_path / "street"))
    _run(program, "load", str(disputes), str(book), *street)
    due = _run(program, "due", "--as-of", "2018-12-20", *street)
    added = [row for row in due["rows"] if row["rule"] == "S01"]
    assert [(row["case"], row["due_on"], row["days_left"]) for row in added] == [("坂调1号", "2019-01-04", 15)]
    [path] = (tmp_path / "street/generations").glob("*[0-9].duckdb")
    with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as core:
        day = "select is_working, is_known from core.calendar_day where date = date '2031-01-01'"
        assert core.execute(day).fetchone() == (False, True)
        assert core.execute("select count(*) from core.warning_rule where scheme = 'two_facts'").fetchone() == (2,)

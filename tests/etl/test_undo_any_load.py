"""Whatever was loaded, in whatever order: undoing one load leaves what would be there had it never been."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import openpyxl
import pytest

from etl import generations, intake
from etl.instructions import Instructions
from etl.mending.original import state_original
from etl.record import loads
from etl.street import found_street, open_street
from tests.etl.generation_content import content, content_of, rows
from tests.workbooks import change_list, disputes, enterprise_row, register

REPLACE = Instructions(agreed=frozenset({"replace"}))
Step = tuple[tuple[str, ...], Instructions]
STEPS: dict[str, Step] = {
    "the register of December": (("年末.xlsx",), Instructions()),
    "the same, corrected": (("年末更正.xlsx",), Instructions()),
    "a change list of September": (("九月变动.xlsx",), Instructions()),
    "a change list of December": (("十二月变动.xlsx",), Instructions()),
    "disputes": (("纠纷.xlsx",), Instructions()),
    "the same file again, with another": (("纠纷.xlsx", "五和纠纷.xlsx"), Instructions()),
    "one month replaced": (("十二月纠纷.xlsx",), REPLACE),
    "the disputes mended": (("纠纷_批注.xlsx",), Instructions()),
    "the mended one mended again": (("纠纷_批注_批注.xlsx",), Instructions()),
    "what replaced a month, mended": (("十二月纠纷_批注.xlsx",), Instructions()),
}


def case(number: int, day: str, outcome: str = "在办", workers: int = 1) -> tuple[object, ...]:
    return (f"坂调{number}", "某厂", day, "", "拖欠工资", "来访", workers, outcome)


def mended(path: Path, original: Path, earlier: tuple[Path, ...], changed: str) -> None:
    """Write a copy that says what it was made from, its first case involving another number of workers."""
    book = openpyxl.load_workbook(original)
    sheet = book["12月"]
    sheet.cell(3, 7).value = changed
    hashes = [hashlib.sha256(file.read_bytes()).hexdigest() for file in (original, *earlier)]
    state_original(book, hashes[0], tuple(hashes[1:]))
    book.save(path)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the ledgers of all steps."""
    folder = tmp_path_factory.mktemp("files")
    register(folder / "六月.xlsx", [enterprise_row(n) for n in range(5)], day="2018年6月30日")
    register(folder / "年末.xlsx", [enterprise_row(n) for n in range(6)])
    register(folder / "年末更正.xlsx", [enterprise_row(n, workers=90) for n in range(4)])
    changed = {"新增": [enterprise_row(7)], "变更": [enterprise_row(1, workers=33)], "减少": [enterprise_row(2)]}
    change_list(folder / "九月变动.xlsx", changed, day="2018年9月30日")
    change_list(folder / "十二月变动.xlsx", {"减少": [enterprise_row(7)], "变更": [enterprise_row(3, members=1)]})
    november, december = [case(1, "2018-11-05")], [case(2, "2018-12-05"), case(3, "2018-12-09"), case(3, "2018-12-09")]
    disputes(folder / "纠纷.xlsx", {"11月": november, "12月": december})
    disputes(folder / "五和纠纷.xlsx", {"12月": [case(3, "2018-12-09"), case(9, "2018-12-30")]}, community="五和")
    disputes(folder / "十二月纠纷.xlsx", {"12月": [case(2, "2018-12-05", workers=8)]})
    first, once, twice = folder / "纠纷.xlsx", folder / "纠纷_批注.xlsx", folder / "纠纷_批注_批注.xlsx"
    mended(once, first, (), "5")
    mended(twice, once, (first,), "6")
    mended(folder / "十二月纠纷_批注.xlsx", folder / "十二月纠纷.xlsx", (), "4")
    return folder


def bring(street: Path, files: Path, step: Step) -> None:
    """Put a load on record as `intake.load` does, without building the generation that nobody reads."""
    opened = open_street(street)
    opened = opened if opened.exists else found_street(street, False)
    opened.loads.mkdir(exist_ok=True)
    found = intake.check([files / name for name in step[0]], opened, step[1])
    assert not [file.error for file in found.files if file.error]
    if not all(file.left_out for file in found.files):
        staged = intake._stage(opened.loads, opened, found, intake.receipt_of(found, "tester", step[1]))
        loads.settle(staged.path)


def built(street: Path, folder: Path, without: str | None = None) -> tuple[str, dict[str, list[tuple[object, ...]]]]:
    """Return id and content of the generation of a street's loads but one."""
    folder.mkdir()
    opened = open_street(street)
    kept = [load for load in loads.active_loads(opened.loads) if load.id != without]
    draft = generations.draft(opened, kept, folder)
    return draft.id, content_of(draft.path)


@pytest.mark.parametrize("seed", range(4))
def test_an_undone_load_has_never_been(tmp_path: Path, files: Path, seed: int) -> None:
    begin: Step = (("六月.xlsx",), Instructions())
    names = random.Random(seed).sample(list(STEPS), 5)
    undone = random.Random(seed + 100).choice(names)
    streets = {street: tmp_path / street for street in ("all", "without")}
    for name in [None, *names]:
        step = begin if name is None else STEPS[name]
        before = len(loads.stored_loads(streets["all"] / "loads"))
        bring(streets["all"], files, step)
        stored = loads.stored_loads(streets["all"] / "loads")
        if name == undone:
            load = stored[-1].id if len(stored) > before else None
        else:
            bring(streets["without"], files, step)
    assert built(streets["all"], tmp_path / "a", load) == built(streets["without"], tmp_path / "b"), (undone, names)


def test_one_month_of_one_community_is_replaced_alone(tmp_path: Path, files: Path) -> None:
    street, query = tmp_path / "street", "select dispute_id, workers_involved from core.dispute order by all"
    intake.load([files / "纠纷.xlsx", files / "五和纠纷.xlsx"], street)
    before = content(street)
    again = intake.load([files / "十二月纠纷.xlsx"], street, REPLACE).receipt
    assert rows(street, query) == [("坂调1", 1), ("坂调2", 8), ("坂调3", 1), ("坂调9", 1)]
    kept = "select file from ledger.dispute where row_key = 'case_no:坂调3'"
    assert rows(street, kept) == [("五和纠纷.xlsx",)]
    generations.undo(open_street(street), again["load"])
    assert content(street) == before


def test_without_a_yes_an_event_ledger_adds_and_updates(tmp_path: Path, files: Path) -> None:
    street = tmp_path / "street"
    intake.load([files / "纠纷.xlsx"], street)
    found = intake.check([files / "十二月纠纷.xlsx"], open_street(street))
    [asked] = [question for question in found.questions if question.id == "replace"]
    assert not asked.is_hard and asked.facts["rows"] == 3 and "原来的行不再计入" in asked.message
    assert [found.differences[0][name] for name in ("new", "changed", "gone", "replaces")] == [0, 1, 0, False]
    agreed = intake.check([files / "十二月纠纷.xlsx"], open_street(street), REPLACE).differences[0]
    assert [agreed[name] for name in ("new", "changed", "gone", "replaces")] == [0, 1, 1, True]
    intake.load([files / "十二月纠纷.xlsx"], street)
    assert rows(street, "select count(*), sum(workers_involved) from core.dispute") == [(3, 10)]


def test_a_mended_file_stands_for_its_original(tmp_path: Path, files: Path) -> None:
    street, sheets = tmp_path / "street", "select file, count(*) from intake.sheet group by file"
    intake.load([files / "纠纷.xlsx"], street)
    before = content(street)
    receipt = intake.load([files / "纠纷_批注.xlsx"], street).receipt
    original = hashlib.sha256((files / "纠纷.xlsx").read_bytes()).hexdigest()
    assert receipt["replaces_files"] == [original]
    # rows equal to those of the file that it stands for are no duplicates; the third row repeats the second
    assert (receipt["accepted"], receipt["duplicates"]) == (3, 1)
    assert rows(street, sheets) == [("纠纷_批注.xlsx", 2)]
    assert rows(street, "select count(*), sum(workers_involved) from ledger.dispute") == [(3, 7)]
    generations.undo(open_street(street), receipt["load"])
    assert content(street) == before


def test_what_replaced_a_month_still_does_when_it_is_mended(tmp_path: Path, files: Path) -> None:
    street, query = tmp_path / "street", "select dispute_id, workers_involved from core.dispute order by all"
    for name in ("disputes", "one month replaced", "what replaced a month, mended"):
        bring(street, files, STEPS[name])
    generations.refresh(open_street(street))
    assert rows(street, query) == [("坂调1", 1), ("坂调2", 4)]
    second, third = [load.id for load in loads.stored_loads(street / "loads")][1:]
    generations.undo(open_street(street), third)
    assert rows(street, query) == [("坂调1", 1), ("坂调2", 8)]
    generations.undo(open_street(street), second)
    assert [row[0] for row in rows(street, query)] == ["坂调1", "坂调2", "坂调3"]


def test_what_a_load_left_out_comes_back_to_it(tmp_path: Path, files: Path) -> None:
    street, other = tmp_path / "street", tmp_path / "other"
    first = intake.load([files / "纠纷.xlsx"], street).receipt
    second = intake.load([files / "纠纷.xlsx", files / "五和纠纷.xlsx"], street).receipt
    assert [file["left_out"] for file in second["files"]] == [True, False]
    undone = generations.undo(open_street(street), first["load"])
    alone = intake.load([files / "纠纷.xlsx", files / "五和纠纷.xlsx"], other).generation
    assert alone is not None and (content(street), undone.id) == (content(other), alone.id)

"""The sample street: synthetic ledgers from a seed, as messy as real ones, with a truth file beside them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from etl.sample import dispute_sheets, expected, expected_process, lists, members, registers, rosters, truth, unions
from etl.sample.disputes import MISSING_PLACE, YEARS, Case, all_cases
from etl.sample.enterprises import LAST, SNAPSHOTS, Enterprise
from etl.sample.exceptions import all_enterprises
from etl.sample.files import File as File
from etl.sample.files import write_csv, write_workbook
from etl.sample.places import COMMUNITIES, FILE_MARK, MARK, STREET
from etl.sample.process import Process, make_process, process_files
from etl.sample.rest import World, rest_expected, rest_files, rest_planted
from etl.sample.sheets import Sheet

DEFAULT_OUT = Path(__file__).resolve().parents[2] / "data" / "sample"
SEED = 2018
PARK_FILE = f"园区/{STREET}园区名录2013年12月_{FILE_MARK}.xls"
IN_ONE_WORKBOOK = ("岗头", "马安堂", "五和", "坂田")
IN_ONE_SHEET = ("象角塘", "新雪")
CSV_ENCODINGS = {"杨美": "gb18030", "万科城": "utf-8"}
ROSTER_WORKBOOKS = ("四季花城", "第五园")  # the others export their roster as CSV
ROSTER_UTF8 = ("岗头", "坂田", "五和")


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"


def _enterprise_files(enterprises: list[Enterprise], day: date, seed: int) -> Iterator[File]:
    folder, when = f"企业/{day:%Y-%m}", f"企业台账{_month(day)}_{FILE_MARK}"
    shared = tuple(registers.register_sheet(enterprises, [name], day, name, seed) for name in IN_ONE_WORKBOOK)
    yield File(f"{folder}/{STREET}{when}.xlsx", (_summary(shared), *shared))
    yield File(
        f"{folder}/{STREET}直报{when}.xlsx",
        (registers.register_sheet(enterprises, IN_ONE_SHEET, day, "企业台账", seed),),
    )
    for place in COMMUNITIES:
        if place.name in (*IN_ONE_WORKBOOK, *IN_ONE_SHEET):
            continue
        encoding = CSV_ENCODINGS.get(place.name)
        sheet_name = f"{place.name}社区{when}" if encoding else "Sheet1"  # a CSV file's sheet is named after the file
        sheet = registers.register_sheet(enterprises, [place.name], day, sheet_name, seed)
        encoding = "utf-8-sig" if encoding == "utf-8" and day.month == 12 else encoding
        more = (_instructions(),) if place.name == "四季花城" else ()
        yield File(f"{folder}/{place.name}社区{when}.{'csv' if encoding else 'xlsx'}", (sheet, *more), encoding)


def _summary(registers_of: Sequence[Sheet]) -> Sheet:
    """Return a sheet that is no ledger: sums by community, as a street puts them before its registers."""
    sheet = Sheet("汇总", None, STREET)
    sheet.add_title(f"{STREET}企业情况汇总　{MARK}", width=4)
    sheet.add_header(("社区", "企业数", "职工人数", "会员人数"))
    for register in registers_of:
        rows = register.accepted()
        sums = (sum(row[column] or 0 for row in rows) for column in ("workers", "members"))
        sheet.add("note", f"{register.unit}社区", len(rows), *sums)
    return sheet


def _instructions() -> Sheet:
    """Return a sheet that is no ledger: the form's instructions, as clerks leave them in the workbook."""
    sheet = Sheet("填表说明", None, STREET)
    sheet.add("note", "一、本表每半年报送一次。")
    sheet.add("note", "二、请勿合并数据区单元格。")
    return sheet


def _union_file(enterprises: list[Enterprise], day: date, seed: int) -> File:
    path = f"工会/{STREET}工会组织台账{_month(day)}_{FILE_MARK}.xlsx"
    if day.month == 12:
        return File(path, (unions.street_sheet(enterprises, day, seed),))
    return File(path, tuple(unions.community_sheet(enterprises, place.name, day, seed) for place in COMMUNITIES))


def dispute_file(cases: list[Case], name: str, year: int, seed: int) -> File:
    """Return one community's workbook of a year; 第五园's has no sheet for December 2018."""
    own = [case for case in cases if case.community == name and case.received.year == year]
    months = [date(year, month, 1) for month in range(1, 13) if (name, year, month) != (MISSING_PLACE, 2018, 12)]
    sheets = tuple(
        dispute_sheets.month_sheet([c for c in own if c.received.month == month.month], name, month, seed)
        for month in months
    )
    return File(f"纠纷/{year}/{name}社区劳资纠纷台账{year}年_{FILE_MARK}.xlsx", sheets)


def _roster_files(
    registers_of: Sequence[Sheet], enterprises: list[Enterprise], seed: int, scale: int
) -> Iterator[File]:
    """Yield each community's roster, whose persons are as many as the newest enterprise registers count."""
    persons = members.all_members(registers_of, enterprises, seed, scale)
    for roster in rosters.rosters(persons, seed):
        stem = f"{roster.name}社区会员名册{_month(LAST)}_{FILE_MARK}"
        is_workbook = roster.name in ROSTER_WORKBOOKS
        sheet = rosters.roster_sheet(roster, "会员名册" if is_workbook else stem, seed)
        encoding = None if is_workbook else "utf-8-sig" if roster.name in ROSTER_UTF8 else "gb18030"
        yield File(f"会员/{LAST:%Y-%m}/{stem}.{'csv' if encoding else 'xlsx'}", (sheet,), encoding)


def sample_files(enterprises: list[Enterprise], cases: list[Case], seed: int, scale: int) -> Iterator[File]:
    """Yield every file of the sample but the truth; the parks' legacy workbook is only described."""
    yield File(f"社区/{STREET}社区名录2013年12月_{FILE_MARK}.xlsx", (lists.community_sheet(),))
    yield File(PARK_FILE, (lists.park_sheet(),))
    newest: list[Sheet] = []
    for day in SNAPSHOTS:
        files = list(_enterprise_files(enterprises, day, seed))
        newest = [sheet for file in files for sheet in file.sheets]
        yield from files
        yield _union_file(enterprises, day, seed)
    yield from _roster_files(newest, enterprises, seed, scale)
    for year in YEARS:
        for place in COMMUNITIES:
            yield dispute_file(cases, place.name, year, seed)
    for year in lists.TARGETS:
        yield File(f"任务/{STREET}目标任务{year}年_{FILE_MARK}.xlsx", (lists.target_sheet(year, seed),))


def write_file(out: Path, file: File) -> None:
    """Write one file below the folder; the parks' .xls is copied from where it is committed."""
    path = out / file.path
    if file.encoding:
        write_csv(path, file.sheets[0], file.encoding)
    elif path.suffix == ".xls":
        if path.resolve() != (DEFAULT_OUT / PARK_FILE).resolve():
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(DEFAULT_OUT / PARK_FILE, path)
    else:
        write_workbook(path, file.sheets)


def _truth(files: list[File], world: World, process: Process) -> dict[str, Any]:
    described = [
        {"file": file.path, "sheets": [truth.sheet_truth(sheet, bool(file.encoding)) for sheet in file.sheets]}
        for file in files
    ]
    sheets = [sheet for file in files for sheet in file.sheets]
    return {
        **truth.head(world.seed, world.scale), "totals": truth.totals(described),
        "planted": truth.planted(world.enterprises, world.cases) | process.planted | rest_planted(world),
        "expected": expected.expected(sheets) | expected_process.expected(sheets) | rest_expected(sheets),
        "files": described,
    }  # fmt: skip


def truth_text(document: dict[str, Any]) -> str:
    """Return the truth as JSON with one line per sheet, so that a difference is readable."""
    files = document["files"]
    head = json.dumps({key: value for key, value in document.items() if key != "files"}, ensure_ascii=False, indent=1)
    lines = [
        f'  {{"file": {json.dumps(file["file"], ensure_ascii=False)}, "sheets": [\n'
        + ",\n".join("   " + json.dumps(sheet, ensure_ascii=False) for sheet in file["sheets"])
        + "\n  ]}"
        for file in files
    ]
    return head.removesuffix("\n}") + ',\n "files": [\n' + ",\n".join(lines) + "\n ]\n}\n"


def write_sample(out: Path, seed: int = SEED, scale: int = 1) -> Path:
    """Write the sample street's ledgers and their truth below `out` and return it; same seed, same bytes."""
    enterprises = all_enterprises(seed, scale)
    cases = all_cases(enterprises, seed, scale)
    process = make_process(enterprises, cases, seed, scale)
    world = World(enterprises, cases, seed, scale)
    files = [*sample_files(enterprises, cases, seed, scale), *process_files(process, seed), *rest_files(world)]
    out.mkdir(parents=True, exist_ok=True)
    for file in files:
        write_file(out, file)
    (out / "truth.json").write_text(truth_text(_truth(files, world, process)), encoding="utf-8")
    return out

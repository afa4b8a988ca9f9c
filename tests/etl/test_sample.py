"""The sample street: the same bytes for the same seed, and the ETL makes of it what its truth file says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import geopandas
import pytest
from python_calamine import CalamineWorkbook

from etl.generations import READ_ONLY
from etl.intake import check, file_entries
from etl.sample import DEFAULT_OUT, PARK_FILE, SEED, sample_files
from etl.sample.disputes import all_cases
from etl.sample.exceptions import all_enterprises
from etl.sample.expected import expected
from etl.sample.identity import credit_check
from etl.sample.members import JOINED_2018
from etl.sample.places import FILE_MARK, MARK
from etl.sample.rosters import ACROSS, WITHIN
from etl.sample.tiles import TILES_FILE, tiles_text
from etl.street import open_street
from tests.source import ROOT

FACTS = ("ledger", "header_row", "rows_read", "accepted", "rejected", "duplicates", "skipped", "as_of")
SUFFIXES = {".xlsx", ".xls", ".csv"}
Truth = dict[str, Any]


@pytest.fixture(scope="module")
def truth(sample_ledgers: Path) -> Truth:
    """Return the truth file of the sample."""
    loaded: Truth = json.loads((sample_ledgers / "truth.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def core(sample_street: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return the generation that the production path made of the sample."""
    path = max((sample_street / "generations").glob("*[0-9].duckdb"))
    with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
        yield connection


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_same_seed_same_bytes_in_another_process(sample_ledgers: Path, tmp_path: Path) -> None:
    """Neither the clock nor Python's hash order gets into a file."""
    code = "import sys; from pathlib import Path; from etl.sample import write_sample; write_sample(Path(sys.argv[1]))"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, env=environment, check=True)
    assert _files(tmp_path) == _files(sample_ledgers)


def test_another_seed_and_scale_give_another_street() -> None:
    """南坑's published figures hold for every seed; the rest differs and grows with the scale."""
    enterprises = all_enterprises(5, 2)
    files = sample_files(enterprises, all_cases(enterprises, 5, 2), 5, 2)
    truth = expected([sheet for file in files for sheet in file.sheets])
    december = truth["registers"]["2018-12"]
    nankeng = december["南坑"]
    assert (nankeng["enterprises"], nankeng["own"], nankeng["covered"]) == (227, 42, 176)
    assert (nankeng["workers"], nankeng["members"]) == (10_200, 9_525)
    assert sum(numbers["enterprises"] for numbers in december.values()) > 6_000
    assert sum(month["received"] for by in truth["disputes"].values() for month in by.values()) > 3_000


def test_committed_files_are_what_the_generator_writes(sample_ledgers: Path) -> None:
    """What is small stands in the repository, byte for byte."""
    committed = [DEFAULT_OUT / "truth.json", *(DEFAULT_OUT / "社区").iterdir(), *(DEFAULT_OUT / "任务").iterdir()]
    assert len(committed) == 5
    for path in committed:
        assert path.read_bytes() == (sample_ledgers / path.relative_to(DEFAULT_OUT)).read_bytes(), path.name
    assert (sample_ledgers / PARK_FILE).read_bytes() == (DEFAULT_OUT / PARK_FILE).read_bytes()


def test_every_file_and_title_says_that_it_is_made_up(sample_ledgers: Path) -> None:
    for path in (p for p in sample_ledgers.rglob("*") if p.suffix in SUFFIXES):
        assert FILE_MARK in path.name
        if path.suffix == ".csv" and "会员" in path.name:
            head = path.read_bytes()[:200]
            assert MARK in head.decode("utf-8-sig" if head[:1] == b"\xef" else "gb18030", "ignore"), path.name
        if path.suffix != ".csv":
            book = CalamineWorkbook.from_path(path)
            first = book.get_sheet_by_index(0).to_python(nrows=2)
            assert any(MARK in str(cell) for row in first for cell in row), path.name


def test_no_real_enterprise_or_person(sample_ledgers: Path) -> None:
    """Codes pass their check but for the planted ones, in a region that does not exist; persons are placeholders."""
    enterprises = all_enterprises(SEED, 1)
    assert all("示例" in e.name and e.uscc.startswith("91449999") for e in enterprises)
    assert len({e.uscc for e in enterprises}) == len({e.name for e in enterprises}) == len(enterprises)
    wrong = sum(credit_check(e.uscc[:-1]) != e.uscc[-1] for e in enterprises)
    assert 0 < wrong < 40
    texts = (path.read_bytes().decode("gb18030") for path in sample_ledgers.rglob("杨美*.csv"))
    phones = [phone for text in texts for phone in re.findall(r"\d{3}-\d{4}-\d{4}", text)]
    assert phones and all(phone.startswith("199-0000-") for phone in phones)


def test_every_row_gets_its_fate_and_every_bad_cell_its_code(
    sample_ledgers: Path, truth: Truth, tmp_path: Path
) -> None:
    """Reading, recognising and cleaning agree with the truth file, sheet by sheet and cell by cell."""
    intake = check([sample_ledgers], open_street(tmp_path / "none"))
    found = {(file["file"], sheet["sheet"]): sheet for file in file_entries(intake) for sheet in file["sheets"]}
    wanted = {(file["file"], sheet["sheet"]): sheet for file in truth["files"] for sheet in file["sheets"]}
    assert found.keys() == wanted.keys()
    assert intake.passed_over == ["truth.json"]
    for key, sheet in wanted.items():
        names: tuple[str, ...] = FACTS if sheet["ledger"] else FACTS[:1]
        if "rounded_to" in found[key]:  # persons who are only counted: no exact number of them
            names = tuple(name for name in names if name not in ("rows_read", "accepted", "duplicates"))
            assert (found[key]["accepted"] % 5, sheet["ledger"]) == (0, "hardship")
            assert 0 <= found[key]["accepted"] - sheet["accepted"] < 5, key
        assert {n: found[key][n] for n in names} == {n: sheet[n] for n in names}, key
    assert _bad_cells(intake.bad.rows(named=True)) == _planted_cells(wanted)


def _bad_cells(rows: list[dict[str, Any]]) -> Counter[tuple[Any, ...]]:
    return Counter((r["file"], r["sheet"], r["severity"], r["row"], r["column"], r["code"]) for r in rows)


def _planted_cells(wanted: dict[tuple[str, str], Truth]) -> Counter[tuple[Any, ...]]:
    return Counter(
        (*key, severity, bad["row"], bad["column"], bad["code"])
        for key, sheet in wanted.items()
        for severity, name in (("reject", "rejects"), ("warning", "warnings"))
        for bad in sheet.get(name, ())
    )


REGISTER = """
    select strftime(month, '%Y-%m'), coalesce(c.community, ''), count(*), count(*) filter (is_own_union),
           count(*) filter (is_covered), count(*) filter (has_union is null), sum(workers),
           count(*) filter (workers is null), count(*) filter (is_workers_approx), sum(members),
           count(*) filter (is_above_scale), count(*) filter (is_above_scale and has_union)
    from core.enterprise_month e left join core.community c using (community_id)
    where is_operating group by 1, 2"""
NUMBERS = ("enterprises", "own", "covered", "union_unknown", "workers", "workers_unknown", "workers_approximate",
           "members", "above_scale", "above_scale_joined")  # fmt: skip


def test_registers_come_out_as_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    """The whole pipeline gives the generator's own numbers for every register and community."""
    found = {(row[0], row[1]): dict(zip(NUMBERS, row[2:], strict=True)) for row in core.execute(REGISTER).fetchall()}
    for month, by_community in truth["expected"]["registers"].items():
        for name, numbers in by_community.items():
            assert found[month, name] == {key: numbers[key] for key in NUMBERS}, (month, name)


def test_formations_come_out_as_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    """A formation counts once, in its month, though several registers tell it and codes change."""
    query = """select coalesce(c.community, ''), strftime(u.month, '%Y-%m'), count(*)
               from core.union_formed u left join core.community c using (community_id)
               where u.month >= date '2016-01-01' group by 1, 2"""
    found = {(name, month): number for name, month, number in core.execute(query).fetchall()}
    planted = truth["expected"]["unions_formed"]
    assert found == {(name, month): number for name, by in planted.items() for month, number in by.items()}


def test_disputes_come_out_as_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    query = """select c.community, strftime(received_month, '%Y-%m'), strftime(closed_month, '%Y-%m'), is_closed,
               is_mediated, cause from core.dispute d join core.community c using (community_id)"""
    cases = core.execute(query).fetchall()
    for name, by_month in truth["expected"]["disputes"].items():
        own = [case[1:] for case in cases if case[0] == name]
        for month, numbers in by_month.items():
            closed = [case for case in own if case[2] and case[1] == month]
            assert numbers == {
                "received": sum(case[0] == month for case in own),
                "closed": len(closed),
                "open": sum(case[0] <= month and not (case[2] and case[1] <= month) for case in own),
                "mediated": sum(case[3] for case in closed),
                "wages": sum(case[0] == month and case[4] == "01" for case in own),
            }, (name, month)


def test_rosters_come_out_as_planted(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    """Members, verified members and newcomers: two-union persons once, whatever their number looks like."""
    query = """select strftime(m.month, '%Y-%m'), c.community, sum(m.members), sum(m.verified), sum(m.joined)
               from core.member_month m join core.community c using (community_id) group by 1, 2"""
    found = {(month, name): numbers for month, name, *numbers in core.execute(query).fetchall()}
    for month, by_community in truth["expected"]["roster"]["at_end"].items():
        for name, numbers in by_community.items():
            assert found[month, name][:2] == [numbers["members"], numbers["verified"]], (month, name)
    for name, by_month in truth["expected"]["roster"]["joined"].items():
        joined = {month: n[2] for (month, where), n in found.items() if where == name and n[2] and month >= "2016"}
        assert joined == by_month, name


def test_rosters_agree_with_the_enterprise_registers(core: duckdb.DuckDBPyConnection, truth: Truth) -> None:
    """As many persons as the enterprises count members; the checks name the persons in two unions, and nobody else."""
    december = truth["expected"]["roster"]["at_end"]["2018-12"]
    registers = truth["expected"]["registers"]["2018-12"]
    assert {name: n["members"] for name, n in december.items()} == {
        name: n["members"] for name, n in registers.items() if name
    }
    joined = truth["expected"]["roster"]["joined"].values()
    assert sum(n for by in joined for month, n in by.items() if month.startswith("2018")) == JOINED_2018
    found = dict(core.execute("select check_id, found from intake.check_result").fetchall())
    assert found["member_in_two_unions"] == 12 * (ACROSS + WITHIN)
    query = "select detail from intake.check_row where check_id = 'roster_disagrees' and file is null"
    assert core.execute(query).fetchall() == []


def test_must_come_out_exactly(truth: Truth) -> None:
    """The published figures stand in the truth file itself, not only in what is made of it."""
    nankeng = truth["expected"]["registers"]["2018-12"]["南坑"]
    assert (nankeng["enterprises"], nankeng["own"], nankeng["covered"], nankeng["union_unknown"]) == (227, 42, 176, 0)
    assert (nankeng["above_scale_own"], nankeng["own_1000plus"]) == (4, 2)
    assert (nankeng["workers"], nankeng["workers_unknown"], nankeng["members"]) == (10_200, 0, 9_525)
    assert nankeng["workers_approximate"] > 0
    mediated = truth["expected"]["disputes"]["南坑"]
    assert sum(numbers["mediated"] for month, numbers in mediated.items() if month.startswith("2018")) == 16
    street = truth["expected"]["registers"]["2018-12"].values()
    assert sum(n["enterprises"] for n in street) > 3_000 and sum(n["workers"] for n in street) > 100_000
    assert truth["expected"]["communities"]["南坑"] == {"area_km2": 3.61, "residents": 31_000, "registered": 2_174}


def test_the_giant_has_no_disputes_and_the_garment_factory_settles(truth: Truth) -> None:
    cases = all_cases(all_enterprises(SEED, 1), SEED, 1)
    assert not [case for case in cases if "特大型" in case.enterprise.name]
    (case,) = [case for case in cases if "霓裳" in case.enterprise.name]
    assert (case.received.year, case.received.month, case.outcome) == (2018, 4, "settled")
    assert case.causes[0] == "08" and {"07", "04", "05"} < set(case.causes)
    assert case.case_no == truth["planted"]["article_case"]
    assert len({case.case_no for case in cases}) == len(cases)


def test_tiles_are_evidently_schematic() -> None:
    """Twelve equal hexagons that do not overlap and hold their community's enterprises."""
    assert TILES_FILE.read_text("utf-8") == tiles_text()
    tiles = geopandas.read_file(TILES_FILE).set_index("community")
    shapes = dict(tiles.geometry.items())
    names = list(shapes)
    assert len(names) == 12
    assert not [1 for i, a in enumerate(names) for b in names[:i] if shapes[a].intersection(shapes[b]).area > 0]
    enterprises = all_enterprises(SEED, 1)
    points = geopandas.points_from_xy([e.lon for e in enterprises], [e.lat for e in enterprises])
    assert all(shapes[e.community].contains(point) for e, point in zip(enterprises, points, strict=True))

"""Foreign dispute ledgers (two archives, six months, headers in no dictionary) load with one saved mapping."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

import cli
from etl import intake
from etl.instructions import Instructions
from etl.recognise import Sheet, read_and_recognise
from etl.sheets.mapping import read_mapping
from etl.street import open_street
from metrics.warehouse import open_current

ROOT = Path(__file__).parents[2]
FMCS = ROOT.parent / "shared" / "data" / "disputes_fmcs"
MAPPING = ROOT / "data" / "mappings" / "fmcs.yml"
pytestmark = pytest.mark.skipif(not FMCS.is_dir(), reason="../shared/data/disputes_fmcs is not there")
FILES = sorted(FMCS.glob("*.xls*"))
# file: header row, data rows, section lines (「7 Ongoing Cases」), first and last month
EXPECTED = {
    "January-2020-Work-Stoppages.xlsx": (4, 8, 2, date(2020, 1, 1), date(2020, 1, 31)),
    "February-2020-Work-Stoppages.xlsx": (4, 9, 2, date(2020, 2, 1), date(2020, 2, 29)),
    "March-2020-Work-Stoppages.xlsx": (4, 12, 2, date(2020, 3, 1), date(2020, 3, 31)),
    "April-2020-Work-Stoppages.xlsx": (4, 6, 1, date(2020, 4, 1), date(2020, 4, 30)),
    "May-2020-Work-Stoppages.xlsx": (4, 6, 1, date(2020, 5, 1), date(2020, 5, 31)),
    "June-2020-Work-Stoppages.xlsx": (4, 11, 2, date(2020, 6, 1), date(2020, 6, 30)),
    "Work_Stoppages2005-2014.xls": (1, 1742, 0, date(2005, 1, 1), date(2014, 12, 31)),
    "Work_Stoppages2015-2017.xlsx": (1, 309, 0, date(2015, 1, 1), date(2017, 12, 31)),
}  # fmt: skip


def _by_hand() -> tuple[set[str], int]:
    """Return all case numbers and the number of rows up to the last used one, read without our own code."""
    numbers, rows = set(), 0
    for path in FILES:
        sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0)
        lines = sheet.to_python(skip_empty_area=False)
        rows += len(lines)
        header = next(line for line in lines if any("Case Number" in str(cell) for cell in line))
        place = next(p for p, cell in enumerate(header) if "Case Number" in str(cell))
        begin = next(p for p, cell in enumerate(header) if "Begin Date" in str(cell) or "Start Date" in str(cell))
        for line in lines[lines.index(header) + 1 :]:
            if line[begin]:  # section lines have a sum where the number stands, and no date
                number = line[place]
                numbers.add(str(int(number)) if isinstance(number, float) else str(number).strip())
    return numbers, rows


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a street that has the mapping saved and all eight files loaded, no option given."""
    folder = tmp_path_factory.mktemp("fmcs") / "street"
    (folder / "mappings").mkdir(parents=True)
    shutil.copy(MAPPING, folder / "mappings")
    intake.load(FILES, folder)
    return folder


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_a_dispute_ledger_by_the_same_mapping(path: Path) -> None:
    [sheet] = read_and_recognise(path, None, (read_mapping(MAPPING),))
    assert isinstance(sheet, Sheet) and sheet.mapping == "FMCS 停工事件" and sheet.unmapped == ()
    header_row, rows, sections, first, last = EXPECTED[path.name]
    assert any(column.header.endswith("Case Number") for column in sheet.columns), "as written, for the reader"
    assert (sheet.ledger.id, sheet.mode, sheet.header_row) == ("dispute", "event", header_row)
    assert (len(sheet.rows), sheet.skipped["total"], sheet.heading.period) == (rows, sections, (first, last))
    assert set(sheet.cells) == {"case_no", "enterprise_name", "received_date", "closed_date", "workers_involved"}
    assert all(len(cell) == 10 and cell[4] == "-" for cell in sheet.cells["received_date"])


def test_every_row_is_accounted_for_and_every_case_is_one_dispute(street: Path) -> None:
    numbers, rows = _by_hand()
    [load] = [path for path in (street / "loads").iterdir() if path.is_dir()]
    receipt = json.loads((load / "receipt.json").read_text("utf-8"))
    fates = [receipt["accepted"], receipt["rejected"], receipt["duplicates"], *receipt["skipped"].values()]
    assert receipt["rows_read"] == sum(fates) == rows == 2139
    # one case with several stoppages in one archive: its later rows are rejected by name, not lost in silence
    assert (receipt["accepted"], receipt["rejected"], receipt["duplicates"]) == (1958, 137, 8)
    cursor = open_current(street).cursor()
    assert {row[0] for row in cursor.execute("select dispute_id from core.dispute").fetchall()} == numbers


def test_a_case_in_several_months_is_one_dispute_as_last_reported(street: Path) -> None:
    cursor = open_current(street).cursor()
    query = "select received_date, closed_date, workers_involved, file from core.dispute where dispute_id = ?"
    assert cursor.execute(query, ["2018N0500513"]).fetchall() == [
        (date(2020, 3, 2), None, 4, "April-2020-Work-Stoppages.xlsx")]  # fmt: skip
    assert cursor.execute(query, ["202090080001"]).fetchall() == [
        (date(2019, 10, 14), None, 2108, "June-2020-Work-Stoppages.xlsx")]  # fmt: skip
    assert cursor.execute(query, ["2020N0500003"]).fetchall() == []


def test_the_terminal_takes_the_mapping_and_changes_nothing_without(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["check", str(FILES[0]), "--street", str(tmp_path / "street"), "--json"]
    assert cli.main(words) == 2
    assert json.loads(capsys.readouterr().out)["files"][0]["error"]["code"] == "not_a_ledger"
    assert cli.main([*words, "--mapping", str(MAPPING)]) == 0
    [sheet] = json.loads(capsys.readouterr().out)["files"][0]["sheets"]
    assert (sheet["ledger"], sheet["accepted"], sheet["rejected"]) == ("dispute", 6, 0)


def test_a_given_mapping_does_the_same_as_a_saved_one(tmp_path: Path) -> None:
    found = intake.check([FILES[0]], open_street(tmp_path / "street"), Instructions(mappings=(MAPPING,)))
    assert [sheet["accepted"] for sheet in found.sheets.values()] == [6]

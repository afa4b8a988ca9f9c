"""A formula whose result is not in the file reads as blank, and every such cell is named."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from etl import intake
from etl.street import open_street
from tests.workbooks import enterprise_row, register


def test_every_formula_without_a_result_is_named(tmp_path: Path) -> None:
    """A workbook that a program wrote (Excel never opened it): the workers are unknown, not zero, and the clerk is told."""
    path = register(tmp_path / "南坑.xlsx", [enterprise_row(n) for n in range(3)])
    book = openpyxl.load_workbook(path)
    sheet = book.active
    sheet["D4"], sheet["D5"] = "=30+12", 42
    sheet["J4"] = "=1+1"  # beside the ledger: nobody reads it
    book.save(path)
    found = intake.check([path], open_street(tmp_path / "street"))
    named = found.bad.filter(found.bad["code"] == "formula_no_result")
    assert named.select("cell", "row", "column", "severity").rows() == [("D4", 4, "workers", "warning")]
    rows = found.ledgers["enterprise"]
    assert rows["fate"].to_list() == ["accepted"] * 3
    assert rows["workers"].to_list() == [100, None, 42]

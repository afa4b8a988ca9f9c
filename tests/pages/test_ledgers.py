"""台账管理 through app.py: who has reported, receipts that add up, bad cells with their reasons, undo that undoes once."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
from streamlit.testing.v1 import AppTest

from etl import generations
from etl.street import open_street
from metrics.receipts import bad_cells
from metrics.warehouse import open_current
from tests.pages.opening import opened


def frame(app: AppTest, *columns: str) -> pd.DataFrame:
    """Return the table that has these columns."""
    return next(found.value for found in app.dataframe if set(columns) <= set(found.value.columns))


REPORTS, SHEETS, BAD = ("unit", "dispute"), ("file", "header_row"), ("cell", "reason")


def test_matrix_tells_reported_nil_and_missing(street: Path) -> None:
    """December 2018: 第五园 owes its disputes, two communities reported none, the rest reported."""
    table = frame(opened("ledgers"), *REPORTS).set_index("unit")["dispute"]
    assert table["第五园"] == "／ 未报"
    assert (table == "零报告").sum() == 2 and (table == "已报").sum() == 9


def test_carried_register_names_its_day(street: Path) -> None:
    """In November the enterprises are June's, and nobody owes them."""
    table = frame(opened("ledgers", month="2018-11"), *REPORTS).set_index("unit")["enterprise"]
    assert set(table) == {"沿用2018-06-30"}


def test_receipt_adds_up(street: Path) -> None:
    """rows read = accepted + rejected + duplicates + skipped, and skipped is the sum of its six reasons."""
    text = next(e.value for e in opened("ledgers").markdown if e.value.startswith("读取"))
    read, accepted, rejected, duplicates, skipped, *reasons = (
        int(n.replace(",", ""))
        for n in re.findall(r"[\d,]+", text.split("（困难")[0])  # how archives are rounded is no count of rows
    )
    assert read == accepted + rejected + duplicates + skipped
    assert len(reasons) == 6 and sum(reasons) == skipped


def test_sheets_add_up_to_the_load(street: Path) -> None:
    """The rows of the table are all of the receipt."""
    sheets = frame(opened("ledgers"), *SHEETS)
    (load,) = generations.status(open_street(street))["loads"]
    assert sheets["accepted"].sum() == load["accepted"] and sheets["rows_read"].sum() == load["rows_read"]


def test_bad_cells_have_place_and_reason(street: Path) -> None:
    """Each bad cell says file, sheet, row and reason; rejected rows and warnings are two lists."""
    warehouse = open_current(street)
    (load,) = generations.status(open_street(street))["loads"]
    rejected, warned = (bad_cells(warehouse, load["load"], severity=name) for name in ("reject", "warning"))
    shown = frame(opened("ledgers"), *BAD)
    assert len(shown) == rejected.height > 0 and warned.height > 0
    assert shown[["file", "sheet", "row", "reason"]].notna().all().all()


def test_one_file_can_be_looked_at(street: Path) -> None:
    """Choosing a file narrows sheets and bad cells to it."""
    (load,) = generations.status(open_street(street))["loads"]
    file = next(entry for entry in load["files"] if any(s["ledger"] and s["rejected"] for s in entry["sheets"]))
    app = opened("ledgers", file=file["sha256"][:12])
    assert set(frame(app, *SHEETS)["file"]) == {file["file"]}
    assert set(frame(app, *BAD)["file"]) == {file["file"]}


def test_undo_asks_first(street: Path) -> None:
    """The first button changes nothing; it says that the data goes back to what it was."""
    app = opened("ledgers")
    app.button(key="ledgers.undo").click().run()
    assert any("撤销后数据恢复到导入前" in element.value for element in app.markdown)
    assert open_current(street).generation_no == 1


def test_undo_undoes_once(street: Path) -> None:
    """Confirming publishes one generation without the load; a second click finds nothing to do."""
    app = opened("ledgers")
    app.button(key="ledgers.undo").click().run()
    app.button(key="ledgers.undo.confirm").click().run()
    assert not app.exception
    assert [load["active"] for load in generations.status(open_street(street))["loads"]] == [False]
    assert open_current(street).generation_no == 2
    late = opened("ledgers")
    assert late.info or late.warning or late.success


def test_second_window_cannot_undo_again(street: Path) -> None:
    """Two windows have the dialog open; the slower one changes nothing."""
    first, second = opened("ledgers"), opened("ledgers")
    for app in (first, second):
        app.button(key="ledgers.undo").click().run()
    for app in (first, second):
        app.button(key="ledgers.undo.confirm").click().run()
        assert not app.exception
    assert open_current(street).generation_no == 2


def test_says_that_secrets_do_not_belong_here(street: Path) -> None:
    """The warning that the rules ask for stands on the page where ledgers come in."""
    assert any("严禁录入国家秘密" in element.value for element in opened("ledgers").markdown)

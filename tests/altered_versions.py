"""Versions made from another's file by plain SQL, so that a test knows what was done to them."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb

PLACE = "440307013020"
CASE = (
    f"select dispute_id from core.dispute where community_id = '{PLACE}' and received_month = '2018-12-01' "
    "order by dispute_id limit 1"
)
# One of 南坑's cases of December 2018 is gone, an enterprise has 7 workers more, a member is gone, one setting is
# another, and November was ticked as nil.
DONE = (
    f"create temp table gone as {CASE}",
    "delete from ledger.dispute where row_key in (select row_key from ledger.dispute, gone where case_no = dispute_id)",
    "delete from core.dispute where dispute_id in (select dispute_id from gone)",
    "update ledger.enterprise set workers = workers + 7 where row_id = (select min(row_id) from ledger.enterprise)",
    "delete from ledger.member where row_id = (select min(row_id) from ledger.member)",
    "update core.setting set value = '25' where key = 'small_base'",
    """insert into intake.held_note values ('nil_reports', '零报告',
       '{"ledger": "dispute", "community_id": "440307013020", "month": "2018-11"}', '{"is_nil": "true"}',
       '2018-12-03', '甲')""",
    "update intake.generation set generation_no = 2, generation_id = 'second', built_at = '2026-11-20T09:30:00'",
)


def first_of(sample: Path, street: Path) -> Path:
    """Make a street's folder that has the sample's newest version as its first, and of its record the receipts alone."""
    newest = max((sample / "generations").glob("*.duckdb"))
    (street / "generations").mkdir(parents=True)
    shutil.copy(newest, street / "generations" / "000001.duckdb")
    for receipt in (sample / "loads").glob("*/receipt.json"):
        (street / "loads" / receipt.parent.name).mkdir(parents=True)
        shutil.copy(receipt, street / "loads" / receipt.parent.name)
    return street


def altered(street: Path, number: int, *statements: str) -> None:
    """Add a version that is the first one with these changes."""
    path = street / "generations" / f"{number:06d}.duckdb"
    shutil.copy(street / "generations" / "000001.duckdb", path)
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)

"""What a generation tells of its corrections: core.correction (one row each, with its state), core.corrected_cell."""

from __future__ import annotations

CORRECTION = {
    "correction_no": "INTEGER",
    "ledger": "VARCHAR",
    "key": "VARCHAR",
    "column": "VARCHAR",
    "was": "VARCHAR",
    "now": "VARCHAR",
    "reason": "VARCHAR",
    "source": "VARCHAR",
    "by": "VARCHAR",
    "on": "DATE",
    "state": "VARCHAR",
    "said": "VARCHAR",
    "row_count": "BIGINT",
}
# A cell is corrected by one correction; was and now are texts that the ledger's own reader takes back for the same value.
CELL = {
    "correction_no": "INTEGER",
    "ledger": "VARCHAR",
    "row_id": "BIGINT",
    "row_key": "VARCHAR",
    "column": "VARCHAR",
    "was": "VARCHAR",
    "now": "VARCHAR",
    "load_id": "VARCHAR",
    "file": "VARCHAR",
    "sheet": "VARCHAR",
    "row": "INTEGER",
}

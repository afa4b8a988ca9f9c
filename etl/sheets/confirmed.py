"""The mapping that a clerk's confirmation makes: for sheets that look like the one confirmed."""

from __future__ import annotations

from collections.abc import Iterable

from etl.sheets.ledger_sheet import NotALedger, Sheet
from etl.sheets.mapping import Mapping, Pattern


def confirmed_mapping(
    title: str,
    found: Sheet | NotALedger,
    columns: dict[str, str],
    ignore: Iterable[str] = (),
    ledger: str | None = None,
) -> Mapping:
    """Return the mapping of a confirmed sheet: `columns` header → column id, `ignore` headers that stand for nothing.

    All headers of the sheet make its pattern, so that next month's file is known again though a column was added,
    moved or left out. `ledger` is for a sheet that came near to none.
    """
    if isinstance(found, Sheet):
        headers, kind = (*(c.header for c in found.columns), *found.unmapped), found.ledger.id
    else:
        headers, kind = found.headers, found.ledger or ledger or ""
    return Mapping(title, ledger or kind, dict(columns), tuple(ignore), Pattern(headers=headers))

"""What the cells and rows of a ledger are called, and what a stored value says."""

from __future__ import annotations

import re
from gettext import gettext as _
from typing import Any

from etl.ledger import Column, LedgerKind, ledger_kinds
from metrics.scope import titles
from metrics.versions.held import columns_of
from metrics.warehouse import Warehouse

SINCE = re.compile(r"(.+?)\s*[@＠](\d{4})-(\d\d)(?:-(\d\d))?", re.S)  # a correction's key, from a day or month on
OF_LEDGER = {"community_id": _("社区"), "park_id": _("园区")}
LISTS = {"community_id": "community", "park_id": "park"}
SUFFIXES = {"_qualifier": _("（约数）"), "_precision": _("（精确到）")}


def key_of(kind: LedgerKind, row: dict[str, Any]) -> str:
    """Return what a row is called: its name where it has one, and the first of its keys that it fills."""
    keys = [[row.get(name) for name in names] for names in kind.key]
    filled = next((key for key in keys if all(value not in (None, "") for value in key)), [])
    name = [row["name"]] if row.get("name") and row["name"] not in filled else []
    return "　".join(str(value) for value in (*name, *filled)) or str(row["row_key"]).partition(":")[2]


def record_text(warehouse: Warehouse, ledger: str, key: str) -> str:
    """Return what a correction's key means: 某厂　自2018年12月31日起; the bare code where this version knows no name."""
    since = SINCE.fullmatch(key)
    if since is None:
        return _name_of(warehouse, ledger, key)
    of_row, year, month, day = since.groups()
    text = _("自{year}年{month}月{day}日起") if day else _("自{year}年{month}月起")
    return f"{_name_of(warehouse, ledger, of_row)}　{text.format(year=year, month=int(month), day=int(day or 1))}"


def _name_of(warehouse: Warehouse, ledger: str, key: str) -> str:
    """Return the newest name of the row that is stored under this key, with or without what kind of key it is."""
    bare = re.sub(r"^[a-z_|]+:", "", key)
    kind = ledger_kinds().get(ledger)
    if kind is None or not {"name", "row_key", "as_of"} <= set(columns_of(warehouse, f"ledger.{ledger}")):
        return bare
    query = f"""
        select name from ledger.{kind.id} where substr(row_key, strpos(row_key, ':') + 1) = $bare and name is not null
        order by as_of desc nulls last limit 1"""
    found = warehouse.cursor().execute(query, {"bare": bare}).fetchone()
    return value_text(warehouse, kind, "name", found[0]) if found else bare


def ledger_title(ledger: str) -> str:
    """Return what a ledger is called; one that is no longer known by its id."""
    return ledger_kinds()[ledger].title if ledger in ledger_kinds() else ledger


def column_title(ledger: str, name: str) -> str:
    """Return what a column of a ledger is called; one that is no longer known by its id."""
    return title_of(ledger_kinds()[ledger], name) if ledger in ledger_kinds() else name


def _column(kind: LedgerKind, name: str) -> tuple[Column | None, str]:
    """Return the ledger's column that a stored one was made from, and what it says of it."""
    if name in kind.columns:
        return kind.columns[name], ""
    suffix = next((end for end in SUFFIXES if name.endswith(end)), "")
    return kind.columns.get(name.removesuffix(suffix)), SUFFIXES.get(suffix, "")


def is_of_person(kind: LedgerKind, name: str) -> bool:
    """Return whether a stored column is a number that a person bears (信息员编号)."""
    return name in kind.columns and kind.columns[name].type in {"person_no", "identity"}


def title_of(kind: LedgerKind, name: str) -> str:
    """Return a stored column's title; one that no ledger knows today is called by its name."""
    column, about = _column(kind, name)
    return column.title + about if column else OF_LEDGER.get(name, name)


def value_text(warehouse: Warehouse, kind: LedgerKind, name: str, value: Any) -> str:
    """Return a stored value as the screen says it: codes by their titles, "" for blank."""
    column = kind.columns.get(name)
    codes = LISTS.get(name) or (column.codes if column else None)
    values = value if isinstance(value, list) else [value]
    known = titles(warehouse, codes) if codes else {}
    return "、".join(_plain(known.get(one, one)) for one in values if one is not None)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return f"{value:g}" if isinstance(value, float) and value < 1e6 else f"{value}"

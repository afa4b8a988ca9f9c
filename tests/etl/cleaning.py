"""Ledger kinds and text rows for the tests of cleaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from hypothesis import settings
from stdnum.cn import uscc

from etl.clean import Cleaned, clean
from etl.codelist import CodeLists
from etl.ledger import LedgerKind, parse_kind

CODES = CodeLists.load()
QUICK = settings(max_examples=40, deadline=None)
Texts = Sequence[str | None]


def ledger(*key: str, **columns: Mapping[str, Any]) -> LedgerKind:
    """Return a ledger kind of the given columns; `name` is its key unless said otherwise."""
    key = key or ("name",)
    facts: dict[str, Any] = {name: {"title": name, **column} for name, column in columns.items()}
    if "name" in key and "name" not in facts:
        facts = {"name": {"title": "名称", "type": "text"}, **facts}
    due = {"unit": "street", "every": "year"}
    kind = {"title": "t", "meaning": "m", "mode": "register", "due": due, "key": list(key), "columns": facts}
    return parse_kind("test", kind)


def frame(**columns: Texts) -> pl.DataFrame:
    """Return text rows of sheet 0 from row 2 on, each with a name of its own unless given."""
    height = len(next(iter(columns.values())))
    names = {} if "name" in columns else {"name": [f"甲{n}" for n in range(height)]}
    texts = {**names, **columns}
    place = {"sheet_no": [0] * height, "row": range(2, height + 2)}
    places = pl.DataFrame(place, schema=dict.fromkeys(place, pl.Int32))
    return pl.concat([places, pl.DataFrame(texts, schema=dict.fromkeys(texts, pl.String))], how="horizontal")


def read(texts: Texts, type_: str, **facts: Any) -> Cleaned:
    """Clean one column `x` of a type."""
    return clean(ledger(x={"type": type_, **facts}), frame(x=texts), None, CODES)


def codes_of(cleaned: Cleaned, column: str = "x") -> list[str]:
    """Return the machine codes of a column's bad cells, in row order."""
    return cleaned.bad.filter(pl.col("column") == column)["code"].to_list()


def credit_code(digits: str) -> str:
    """Return a valid unified code around eight digits."""
    body = "91440300" + digits
    rest = -sum(int(c) * w for c, w in zip(digits, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    body += "0123456789X"[rest]
    return str(body + uscc.calc_check_digit(body))

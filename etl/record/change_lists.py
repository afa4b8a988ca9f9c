"""Change lists (增减变动表): what a register says after rows were added, changed and taken out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import polars as pl
from polars import col

from etl.clean import key_columns, with_key
from etl.ledger import LedgerKind
from etl.record.loads import content_schema, typed_columns

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
MARK = "change-"  # a derived snapshot's id; sorts after every load's number
LINEAGE = ("load_id", "load_no", "file", "sheet", "row")
PLACED = ("community_id", "located_by")


@dataclass(frozen=True)
class Said:
    """A unit's register or change list: which load brought it, as of which day."""

    unit_id: str
    as_of: date
    load_no: int
    is_change: bool


@dataclass(frozen=True)
class Chain:
    """A register and the change lists on top of it, in the order in which they act."""

    register: Said
    changes: tuple[Said, ...]


def chain_of(said: Iterable[Said], unit_id: str, day: date) -> Chain | None:
    """Return what holds for a unit on a day: its newest register and the change lists since (of that day: after it)."""
    mine = [one for one in said if one.unit_id == unit_id and one.as_of <= day]
    registers = [one for one in mine if not one.is_change]
    if not registers:
        return None
    register = max(registers, key=lambda one: (one.as_of, one.load_no))
    since = {one for one in mine if one.is_change and one.as_of >= register.as_of}
    return Chain(register, tuple(sorted(since, key=lambda one: (one.as_of, one.load_no))))


def rows_of(rows: pl.DataFrame, said: Said) -> pl.DataFrame:
    """Return the stored rows of one register or change list."""
    is_change = col("change").is_not_null() if said.is_change else col("change").is_null()
    where = (col("unit_id") == said.unit_id) & (col("as_of") == said.as_of) & (col("load_no") == said.load_no)
    return rows.filter(where & is_change)


def state(kind: LedgerKind, rows: pl.DataFrame, chain: Chain) -> pl.DataFrame:
    """Return the rows of a unit's register after its change lists; each keeps the place where its newest text stood.

    `rows` are stored rows with load_no. A key that stands in the register twice counts once.
    """
    now = rows_of(rows, chain.register).unique("row_key", keep="first", maintain_order=True)
    for said in chain.changes:
        for part in rows_of(rows, said).partition_by("file", "sheet", maintain_order=True):
            now = apply(kind, now, part)
    return now


def apply(kind: LedgerKind, now: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Return the register `now` after one list of changes; a cell that the list leaves blank stays as it was."""
    changes = changes.with_columns(matches(kind, now, changes).alias("at"))
    now = now.with_row_index("at")
    gone = changes.filter(col("change") == REMOVED)["at"].drop_nulls()
    texts = changes.filter(col("change") != REMOVED)
    new = texts.filter(col("at").is_null()).drop("at")
    hit = texts.drop_nulls("at").unique("at", keep="last", maintain_order=True)
    merged = _merged(kind, now.join(hit, on="at", how="inner", suffix="_list", maintain_order="left"))
    kept = now.filter(~col("at").is_in(gone.implode()))
    same = kept.join(merged.select("at"), on="at", how="anti", maintain_order="left")
    merged = merged.join(kept.select("at"), on="at", how="semi", maintain_order="left")
    old = pl.concat([same, merged.select(same.columns)]).sort("at").drop("at")
    return pl.concat([old, new.select(old.columns)]).unique("row_key", keep="first", maintain_order=True)


def _merged(kind: LedgerKind, both: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of the register with the texts of the list (`…_list`) where it gives any."""
    new = {}
    for column in kind.columns.values():
        typed = list(typed_columns(column))
        is_said = [col(f"{name}_list").is_not_null() for name in typed[:1]]
        new.update({name: pl.when(*is_said).then(col(f"{name}_list")).otherwise(col(name)) for name in typed})
    # a place that only the reporting unit gives is no new statement
    moved = col("community_id_list").is_not_null() & (
        (col("located_by_list") != "unit").fill_null(True) | col("community_id").is_null()
    )
    new.update({name: pl.when(moved).then(col(f"{name}_list")).otherwise(col(name)) for name in PLACED})
    new["park_id"] = pl.coalesce("park_id_list", "park_id")
    weaker = _rank(kind, "row_key_list") > _rank(kind, "row_key")
    new["row_key"] = pl.when(weaker).then(col("row_key")).otherwise(col("row_key_list"))
    new.update({name: col(f"{name}_list") for name in LINEAGE})
    return both.with_columns(**new)


def _rank(kind: LedgerKind, column: str) -> pl.Expr:
    """Return which of the ledger's keys a row is known by, 0 for the strongest."""
    names = ["|".join(key) for key in kind.key]
    return col(column).str.split_exact(":", 1).struct[0].replace_strict(names, range(len(names)), default=len(names))


def matches(kind: LedgerKind, now: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    """Return for each of `rows` the place in `now` of the row that it speaks of, null where there is none.

    The same key, else the first of the ledger's keys that finds exactly one row: a list names an enterprise, the
    register has its credit code too. A row that adds must not contradict a stronger key.
    """
    now = now.with_row_index("at")
    rows = rows.with_row_index("n")
    found = rows.select("n", "row_key").join(now.select("at", "row_key"), on="row_key").select("n", "at")
    found = found.unique("n", keep="first")
    usable = [key for key in kind.key if set(key_columns(kind, key)) <= set(content_schema(kind))]
    for place, key in enumerate(usable):
        left = rows.join(found, on="n", how="anti")
        free = now.join(found, on="at", how="anti")
        if left.is_empty() or free.is_empty():
            break
        found = pl.concat([found, _by_key(kind, key, usable[:place], left, free)])
    return rows.select("n").join(found, on="n", how="left", maintain_order="left")["at"]


def _by_key(
    kind: LedgerKind, key: tuple[str, ...], stronger: list[tuple[str, ...]], left: pl.DataFrame, free: pl.DataFrame
) -> pl.DataFrame:
    alone = replace(kind, key=(key,))
    texts = [with_key(alone, frame.drop("row_key")).drop_nulls("row_key") for frame in (left, free)]
    texts = [frame.filter(pl.len().over("row_key") == 1) for frame in texts]
    both = texts[0].join(texts[1], on="row_key", suffix="_held")
    if "change" in left.columns:
        names = [name for key in stronger for name in key_columns(kind, key)]
        against = pl.any_horizontal(False, *[(col(n) != col(f"{n}_held")).fill_null(False) for n in names])
        both = both.filter((col("change") != ADDED).fill_null(True) | ~against)
    return both.select("n", "at")

"""How many keys of a register are new, changed, unchanged and gone between two states of it."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
from polars import col

from etl.clean import key_columns, with_key
from etl.ledger import LedgerKind
from etl.record.loads import content_schema
from etl.record.stored_rows import content_of

COUNTS = ("new", "changed", "unchanged", "gone")


def counted(kind: LedgerKind, base: pl.DataFrame, now: pl.DataFrame) -> dict[int, tuple[dict[str, int], int]]:
    """Return per group the counts, and how many keys stood there before."""
    if base.is_empty():
        fresh_only = now.group_by("gid").agg(pl.col("row_key").n_unique())
        return {gid: (dict(zip(COUNTS, (size, 0, 0, 0), strict=True)), 0) for gid, size in fresh_only.iter_rows()}
    named = (name for key in kind.key for name in key_columns(kind, key))
    keys = list(dict.fromkeys(name for name in named if name in content_schema(kind)))
    slim = [
        frame.with_columns(content_of(kind, frame)).unique(["gid", "row_key"], keep="first", maintain_order=True)
        .select("gid", "row_key", "content", *keys)
        for frame in (base, now)
    ]  # fmt: skip
    both = slim[1].join(slim[0].select("gid", "row_key", old="content"), on=["gid", "row_key"])
    new = slim[1].join(both, on=["gid", "row_key"], how="anti")
    gone = slim[0].join(both, on=["gid", "row_key"], how="anti")
    renamed = _known_otherwise(kind, new, gone)
    same = both.filter(col("content") == col("old"))
    sizes = [dict(frame.group_by("gid").len().iter_rows()) for frame in (new, both, same, gone, renamed, slim[0])]
    found = {}
    for gid in {gid for size in sizes for gid in size}:
        fresh, kept, equal, lost, again, before = (size.get(gid, 0) for size in sizes)
        counts = (fresh - again, kept - equal + again, equal, lost - again)
        found[gid] = (dict(zip(COUNTS, counts, strict=True)), before)
    return found


def _known_otherwise(kind: LedgerKind, new: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    """Return the new rows that are held under another of the ledger's keys: a credit code where only a name stood."""
    found = new.clear().select("gid", "row_key")
    for key in kind.key:
        if new.is_empty() or gone.is_empty() or not set(key_columns(kind, key)) <= set(new.columns):
            break
        alone = replace(kind, key=(key,))
        texts = [with_key(alone, frame.rename({"row_key": "is"})).drop_nulls("row_key") for frame in (new, gone)]
        once = [frame.filter(pl.len().over("gid", "row_key") == 1) for frame in texts]
        pairs = once[0].join(once[1], on=["gid", "row_key"], suffix="_held")
        found = pl.concat([found, pairs.select("gid", row_key="is")])
        new = new.join(pairs, left_on=["gid", "row_key"], right_on=["gid", "is"], how="anti")
        gone = gone.join(pairs, left_on=["gid", "row_key"], right_on=["gid", "is_held"], how="anti")
    return found

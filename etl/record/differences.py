"""What a load changes: rows new, changed, unchanged and gone, per unit and day or period, against what is held now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl
from polars import col

from etl.ledger import LedgerKind, ledger_kinds
from etl.record.change_lists import ADDED, Chain, Said, chain_of, matches, state
from etl.record.holdings import Part
from etl.record.row_changes import COUNTS, counted
from etl.record.stored_rows import content_of, said_by, stored_rows

Entry = dict[str, Any]
CALL = 1_000_000  # the number under which this call's rows stand beside those of the loads
SAME_SLOT = ["unit_id", "period_from", "period_to"]


@dataclass(frozen=True)
class Group:
    """The sheets of this call that speak of one unit and one day or period, in one mode."""

    number: int
    ledger: str
    mode: str
    unit_id: str
    as_of: date | None
    period_from: date | None
    period_to: date | None
    sheets: tuple[Entry, ...]

    @property
    def replaces(self) -> bool:
        """Return whether the clerk said that an event ledger's sheets replace those of the same unit and period."""
        return any(sheet.get("replaces") for sheet in self.sheets)


@dataclass(frozen=True)
class Compared:
    """One group's counts, and `held`: how many rows stood there before.

    `has_base`: something is held for the unit (a change list needs it); `is_replacing`: the group takes the place of a
    register of the same day, or of the sheets of the same period; `doubtful`: a change list's rows that fit nothing,
    an event's rows that a later period overrules.
    """

    group: Group
    counts: dict[str, int]
    held: int
    has_base: bool
    is_replacing: bool
    doubtful: pl.DataFrame | None = None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def groups_of(entries: Iterable[Entry]) -> list[Group]:
    """Return the groups of a call's receipt entries (each with its `file`), in their order."""
    found: dict[tuple[Any, ...], list[Entry]] = {}
    for entry in entries:
        names = ("ledger", "mode", "unit_id", "as_of", "period_from", "period_to")
        found.setdefault(tuple(entry[name] for name in names), []).append(entry)
    return [
        Group(number, ledger, mode, unit, _day(as_of), _day(first), _day(last), tuple(sheets))
        for number, ((ledger, mode, unit, as_of, first, last), sheets) in enumerate(found.items())
    ]


def compare_all(
    groups: list[Group], ledgers: dict[str, pl.DataFrame], parts: list[Part], superseded: Iterable[Part] = ()
) -> list[Compared]:
    """Return what each group changes against the `parts` that are held and this call's own earlier days.

    `superseded`: files held that mended copies in this call stand for. They count as held, so that a mended copy shows
    what was mended and not all of its rows as new; but a mended change list acts on what was there before it.
    """
    if not (old := list(superseded)):
        return _compared(groups, ledgers, parts, [])
    everything = sorted([*parts, *old], key=lambda part: part.load.number)
    alone = _compared(groups, ledgers, parts, [])
    both = zip(alone, _compared(groups, ledgers, everything, old), strict=True)
    return [one if one.group.mode == "change" else other for one, other in both]


def _compared(
    groups: list[Group], ledgers: dict[str, pl.DataFrame], parts: list[Part], superseded: list[Part]
) -> list[Compared]:
    compared: list[Compared] = []
    for name, rows in ledgers.items():
        kind, mine = ledger_kinds()[name], [group for group in groups if group.ledger == name]
        rows = rows.with_columns(pl.lit("").alias("load_id"), pl.lit(CALL, pl.Int32).alias("load_no"))
        if kind.mode == "register":
            compared += _registers(kind, mine, rows, parts)
        else:
            compared += _events(kind, mine, rows, parts, superseded)
    return sorted(compared, key=lambda one: one.group.number)


def _registers(kind: LedgerKind, groups: list[Group], rows: pl.DataFrame, parts: list[Part]) -> list[Compared]:
    held = said_by(parts, kind)
    here = [Said(g.unit_id, g.as_of, CALL, g.mode == "change") for g in groups if g.as_of]
    own = dict(zip([g.number for g in groups], here, strict=True))
    chains = {}
    for group, said in zip(groups, here, strict=True):
        before = [one for one in here if one.as_of < said.as_of or (said.is_change and not one.is_change)]
        chains[group.number] = chain_of([*held, *before], said.unit_id, said.as_of)
    wanted = {one for chain in chains.values() if chain for one in (chain.register, *chain.changes)}
    pairs = sorted({(one.unit_id, one.as_of) for one in wanted if one.load_no != CALL})
    schema = {"unit_id": pl.String(), "as_of": pl.Date()}
    stored = stored_rows(parts, kind, pl.DataFrame(pairs, schema, orient="row")) if pairs else rows.clear()
    everything = pl.concat([stored.select(rows.columns), rows])
    plain = [
        (n, c.register.unit_id, c.register.as_of, c.register.load_no) for n, c in chains.items() if c and not c.changes
    ]
    bases = [_plain(everything, plain)]
    now = [_plain(rows, [(g.number, g.unit_id, g.as_of, CALL) for g in groups if g.mode != "change"])]
    doubtful = {}
    for group in groups:
        chain = chains[group.number]
        if chain is None or not (chain.changes or group.mode == "change"):
            continue
        base = state(kind, everything, chain)
        if chain.changes:
            bases.append(base.with_columns(gid=pl.lit(group.number, pl.Int32)))
        if group.mode == "change":
            full = replace(chain, changes=(*chain.changes, own[group.number]))
            now.append(state(kind, everything, full).with_columns(gid=pl.lit(group.number, pl.Int32)))
            doubtful[group.number] = doubtful_rows(kind, base, _said(rows, own[group.number]))
    sizes = counted(kind, pl.concat(bases, how="diagonal"), pl.concat(now, how="diagonal"))
    return [
        Compared(g, counts, before, chain is not None, _is_same_day(g, chain), doubtful.get(g.number))
        for g, chain in ((g, chains[g.number]) for g in groups)
        for counts, before in [sizes.get(g.number, (dict.fromkeys(COUNTS, 0), 0))]
    ]


def _is_same_day(group: Group, chain: Chain | None) -> bool:
    return group.mode == "register" and chain is not None and chain.register.as_of == group.as_of


def _said(rows: pl.DataFrame, said: Said) -> pl.DataFrame:
    return rows.filter((col("unit_id") == said.unit_id) & (col("as_of") == said.as_of) & col("change").is_not_null())


def _plain(rows: pl.DataFrame, wanted: list[tuple[Any, ...]]) -> pl.DataFrame:
    """Return the registers' rows that are wanted, each with the number (`gid`) of the group that wants it."""
    schema = {"gid": pl.Int32(), "unit_id": pl.String(), "as_of": pl.Date(), "load_no": pl.Int32()}
    places = pl.DataFrame(wanted, schema, orient="row")
    registers = rows.filter(col("change").is_null())
    return registers.join(places, on=["unit_id", "as_of", "load_no"], maintain_order="left")


def doubtful_rows(kind: LedgerKind, base: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Return file, sheet, row and `code` of the rows of a change list that do not fit the register before it."""
    at = matches(kind, base, rows)
    is_added = col("change") == ADDED
    exists = pl.when(is_added & at.is_not_null()).then(pl.lit("change_exists"))
    code = exists.when(~is_added & at.is_null()).then(pl.lit("change_unknown"))
    return rows.with_columns(code.alias("code")).drop_nulls("code").select("file", "sheet", "row", "code")


def _events(
    kind: LedgerKind, groups: list[Group], rows: pl.DataFrame, parts: list[Part], superseded: list[Part]
) -> list[Compared]:
    """Compare by key with the newest row held; a row of a later period stays as it is, whatever comes now."""
    schema = {"gid": pl.Int32(), "replaces": pl.Boolean(), "unit_id": pl.String(), "period_from": pl.Date(),
              "period_to": pl.Date()}  # fmt: skip
    slots = pl.DataFrame(
        [(g.number, g.replaces, g.unit_id, g.period_from, g.period_to) for g in groups], schema, orient="row"
    )
    now = rows.with_columns(content_of(kind, rows)).join(slots, on=SAME_SLOT, maintain_order="left")
    now = now.unique(["gid", "row_key"], keep="first", maintain_order=True)
    held = stored_rows(parts, kind)
    held = held.with_columns(content_of(kind, held))
    newest = held.sort("period_to", "load_no").unique("row_key", keep="last")
    both = now.join(newest.select("row_key", old="content", until="period_to"), on="row_key")
    is_same, is_late = col("content") == col("old"), col("until") > col("period_to")
    same = both.filter(is_same | is_late)
    overruled = both.filter(~is_same & is_late).select("gid", "file", "sheet", "row", code=pl.lit("later_period"))
    there = held.join(slots, on=SAME_SLOT).unique(["gid", "row_key"])
    leaving = pl.concat([there.filter("replaces"), _mended_away(held, slots, superseded)]).unique(["gid", "row_key"])
    gone = leaving.join(now, on=["gid", "row_key"], how="anti")
    sizes = [dict(frame.group_by("gid").len().iter_rows()) for frame in (now, both, same, gone, there)]
    found = []
    for group in groups:
        all_, kept, equal, lost, before = (size.get(group.number, 0) for size in sizes)
        counts = dict(zip(COUNTS, (all_ - kept, kept - equal, equal, lost), strict=True))
        late = overruled.filter(col("gid") == group.number).drop("gid")
        found.append(Compared(group, counts, before, before > 0, group.replaces and before > 0, late))
    return found


def _mended_away(held: pl.DataFrame, slots: pl.DataFrame, superseded: list[Part]) -> pl.DataFrame:
    """Return the rows that only files hold for which mended copies stand now."""
    files = pl.DataFrame(
        [(part.load.id, part.file) for part in superseded], {"load_id": pl.String(), "file": pl.String()}, orient="row"
    )
    mended = held.join(files, on=["load_id", "file"], how="semi")
    others = held.join(files, on=["load_id", "file"], how="anti")
    return mended.join(others, on="row_key", how="anti").join(slots, on=SAME_SLOT)


def difference(one: Compared, unit: str) -> dict[str, Any]:
    """Return one group's difference as the preview shows it; `unit` is its reporting unit's name."""
    group = one.group
    share = one.counts["gone"] / one.held if one.held else None
    return {
        "ledger": group.ledger,
        "title": ledger_kinds()[group.ledger].title,
        "mode": group.mode,
        "unit_id": group.unit_id,
        "unit": unit,
        "as_of": str(group.as_of) if group.as_of else None,
        "period_from": str(group.period_from) if group.period_from else None,
        "period_to": str(group.period_to) if group.period_to else None,
        "file": group.sheets[0]["file"],
        "sheet": "、".join(dict.fromkeys(sheet["sheet"] for sheet in group.sheets)),
        **one.counts,
        "replaces": one.is_replacing,
        "gone_share": share,
    }

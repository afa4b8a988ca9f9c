"""Find the header of a sheet that a saved mapping (表头对应方案) is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from gettext import gettext as _
from pathlib import PurePath

from etl.errors import LedgerError
from etl.formats.sheet_text import SheetText
from etl.ledger import LedgerKind
from etl.sheets.header import (
    DEPTH,
    FIRST_ROWS,
    Header,
    Levels,
    MappedColumn,
    Match,
    goes_on,
    levels_of,
    match_kind,
    normalise,
    shown_header,
)
from etl.sheets.mapping import Mapping, header_key

CACHED = 256
WIDEST = 1000  # columns among which a mapping's headers are sought; some sheets have 16,384
Candidate = tuple[tuple[int, int, int], Header, Mapping]


@lru_cache(CACHED)
def _said(mapping: Mapping) -> dict[str, str | None]:
    """Return what the mapping says of each compared header: its column, or None where it is ignored."""
    columns = {header_key(header): column for header, column in mapping.columns.items()}
    return {**columns, **{header_key(header): None for header in mapping.ignore}}


@lru_cache(CACHED)
def _wanted(mapping: Mapping) -> frozenset[str]:
    return frozenset(map(header_key, mapping.pattern.headers or mapping.columns))


def _is_place(mapping: Mapping, sheet: SheetText, row: int) -> bool:
    """Return whether file, sheet and titles are as the pattern says."""
    pattern = mapping.pattern
    title = "　".join(cell for line in sheet.rows[:row] for cell in line if cell.strip()) if pattern.title else ""
    texts = ((pattern.file, PurePath(sheet.file).name), (pattern.sheet, sheet.sheet), (pattern.title, title))
    return all(re.search(wanted, text) for wanted, text in texts if wanted)


@lru_cache(CACHED)
def _matched(levels: tuple[Levels, ...], first_column: int, kind: LedgerKind, mapping: Mapping) -> Match:
    """Map the columns as the mapping says and the rest by the dictionary, one header per column."""
    said = _said(mapping)
    keys = [header_key(shown_header(level)) if level else "" for level in levels]
    taken: dict[str, int] = {}
    for key, column in said.items():
        if column and key in keys:
            taken.setdefault(column, keys.index(key))
    left = tuple(() if key in said else level for key, level in zip(keys, levels, strict=True))
    rest = match_kind(left, first_column, kind)
    columns = [MappedColumn(shown_header(levels[p]), c, first_column + p, _unit(levels[p])) for c, p in taken.items()]
    columns += [column for column in rest.columns if column.column not in taken]
    double = {place for place, key in enumerate(keys) if said.get(key) and place not in taken.values()}
    double |= {c.index - first_column for c in rest.columns if c.column in taken}
    places = tuple(sorted({*rest.places, *double}))
    unmapped = tuple(shown_header(levels[place]) for place in places)
    return Match(kind, tuple(sorted(columns, key=lambda c: c.index)), unmapped, rest.sequence, places)


def _unit(levels: Levels) -> str | None:
    return next((unit for level in levels[::-1] if (unit := normalise(level)[1])), None)


def _candidates(sheet: SheetText, mappings: tuple[Mapping, ...], kinds: dict[str, LedgerKind]) -> Iterator[Candidate]:
    """Yield every row of the sheet's head that is a mapping's header: (headers met, tests of place, columns said).

    Some may lack a column that the ledger cannot do without.
    """
    for row in range(min(FIRST_ROWS, len(sheet.rows))):
        if len(set(filter(None, map(str.strip, sheet.rows[row])))) < 2:
            continue
        for depth in range(1, DEPTH + 1):
            levels = levels_of(sheet, row, depth)
            keys = {header_key(shown_header(level)) for level in levels[:WIDEST] if level}
            for mapping in mappings:
                hits = len(keys & _wanted(mapping))
                if hits < mapping.at_least or mapping.ledger not in kinds or not _is_place(mapping, sheet, row):
                    continue
                match = _matched(levels, sheet.first_column, kinds[mapping.ledger], mapping)
                strict = sum(1 for name in ("file", "sheet", "title") if getattr(mapping.pattern, name))
                yield (hits, strict, len(mapping.columns)), Header(row, row + depth, match), mapping
            if not goes_on(sheet, row + depth - 1):
                break


def find_mapped(
    sheet: SheetText, mappings: tuple[Mapping, ...], kinds: dict[str, LedgerKind]
) -> tuple[Header, Mapping] | None:
    """Return the header of the mapping that fits best, or None; mappings that the call names go first.

    LedgerError where two mappings fit equally well and would read the sheet differently.
    """
    for is_given in (True, False):
        mine = tuple(m for m in mappings if m.is_given is is_given)
        found = [one for one in _candidates(sheet, mine, kinds) if one[1].match.fits]
        if found:
            return _best(found, sheet)
    return None


def why_unfit(sheet: SheetText, mappings: tuple[Mapping, ...], kinds: dict[str, LedgerKind]) -> str | None:
    """Return which mapping was for a sheet that lacks a required column by now; None where none is half met."""
    found = (one for one in _candidates(sheet, mappings, kinds) if one[1].match.missing)
    near = [one for one in found if one[0][0] * 2 >= len(_wanted(one[2]))]
    if not near:
        return None
    _rank, header, mapping = max(near, key=lambda one: one[0])
    missing = "、".join(header.match.missing)
    return _("适用表头对应方案“{title}”，但缺少必需的列：{missing}").format(title=mapping.title, missing=missing)


def _best(found: list[Candidate], sheet: SheetText) -> tuple[Header, Mapping]:
    top = max(rank for rank, _header, _mapping in found)
    best = [(header, mapping) for rank, header, mapping in found if rank == top]
    _header, mapping = best[0]
    if other := next((m for _h, m in best if _effect(m) != _effect(mapping)), None):
        message = _("两个表头对应方案同样适合：“{one}”和“{two}”").format(one=mapping.title, two=other.title)
        remedy = _("请删去一个，或用 --mapping 指定要用的方案")
        raise LedgerError(message, file=sheet.file, sheet=sheet.sheet, code="mapping", remedy=remedy)
    return max((h for h, m in best if m == mapping), key=lambda h: (len(h.match.columns), -h.first, -h.end)), mapping


def _effect(mapping: Mapping) -> tuple[object, ...]:
    """Return all of a mapping that can change what is read."""
    rest = (mapping.crs, mapping.dates, mapping.unit, mapping.period, mapping.skip, mapping.empty)
    return (mapping.ledger, sorted(_said(mapping).items(), key=str), *rest)

"""What uncertain headers may be: words that resemble known ones and cells that look alike, with 把握程度 高/中/低.

Only headers that no dictionary knows and columns that no header has taken are looked at; nothing is applied here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from gettext import gettext as _

from rapidfuzz import fuzz

from etl.formats.sheet_text import SheetText
from etl.ledger import Column, LedgerKind
from etl.sheets.cell_looks import LISTED, Looks, looks_of
from etl.sheets.header import (
    DEPTH,
    ENOUGH,
    FIRST_ROWS,
    Header,
    dictionary,
    goes_on,
    levels_of,
    match_kind,
    normalise,
    shown_header,
)
from etl.sheets.ledger_sheet import Proposal

SAME, ALIKE = 0.9, 0.6
LEVELS = ("low", "medium", "high")
CACHED = 8192
CLUE_TYPES = {"credit_code", "community", "identity"}  # cells that hardly can be anything else
HEADER_ROWS = 4  # rows that may be the header of a sheet that is no ledger
WIDEST = 200  # headers that are compared; no ledger has more, and a sheet of 16,384 columns must not take minutes
NUMERIC = re.compile(r"[\d.,:/年月日\s-]+")


@dataclass(frozen=True)
class Nearest:
    """The row of a sheet that looks most like a header, and the ledger that its proposals make it (None: none)."""

    ledger: str | None
    proposals: tuple[Proposal, ...]
    header_row: int
    headers: tuple[str, ...]


@lru_cache(CACHED)
def _resembles(header: str, kind: LedgerKind) -> dict[str, tuple[float, float, str]]:
    """Return per column how much a header resembles it: (similarity, that or containment, the spelling meant)."""
    best: dict[str, tuple[float, float, str]] = {}
    for name in {normalise(header)[0], normalise(header.rsplit("/", 1)[-1])[0]}:
        for spelling, (column, _rank) in dictionary(kind).items():
            alike = fuzz.ratio(name, spelling) / 100
            short, long = sorted((name, spelling), key=len)
            holds = len(short) >= 2 and len(short) >= 0.4 * len(long) and short in long
            score = max(alike, 0.7 + 0.2 * len(short) / len(long) if holds else 0.0)
            if score >= ALIKE and score > best.get(column, (0.0, 0.0, ""))[1]:
                best[column] = (alike, score, spelling)
    return best


def _confidence(alike: float, score: float, fits: bool | None, column: Column, missing: bool) -> int | None:
    """Return the place in LEVELS, None where it is no proposal; cells that speak against it outweigh any word."""
    if fits is False:
        return None
    if score >= ALIKE:
        return (2 if alike >= SAME else 1) if fits else (1 if alike >= SAME else 0)
    # no word speaks for it: only cells that can hardly be anything else, or a gap that has to be filled
    is_clue = column.type in CLUE_TYPES or column.id == "phone" or (missing and column.type != "text")
    return 0 if fits and (is_clue or (missing and column.id.endswith("_no"))) else None


def _why(column: Column, spelling: str, looks: Looks, fits: bool | None) -> str:
    """Say in plain Chinese what speaks for it, without any cell's value."""
    said = [_("与“{word}”相近").format(word=spelling)] if spelling else []
    if fits:
        kind = "phone" if column.id == "phone" else column.codes or LISTED.get(column.type) or column.type
        what = _(_SEEN[kind]) if kind in _SEEN else _("“{title}”的已知写法").format(title=column.title)
        said.append(_("该列{n}格大多是{what}").format(n=len(looks.cells), what=what))
    elif not looks.cells:
        said.append(_("该列没有内容可核对"))
    return "；".join(said)


_SEEN = {
    "date": "日期", "credit_code": "18位代码", "integer": "整数", "decimal": "数字", "money": "金额",
    "lonlat": "经纬度", "community": "社区名称", "park": "园区名称", "boolean": "是/否", "identity": "证件号码", "phone": "手机号码",
    "text": "不重复的编号",
}  # fmt: skip


Scored = tuple[int, float, int, Proposal]


def _scored(
    headers: Sequence[tuple[int, str]], kind: LedgerKind, taken: Collection[str], looks: dict[int, Looks], first: int
) -> Iterator[Scored]:
    """Yield (level, score, -place, proposal) of every header and free column that go together at all."""
    free = [column for column in kind.columns.values() if column.id not in taken]
    for place, header in headers[:WIDEST]:
        words = _resembles(header, kind)
        nearer = max((words[name][1] for name in taken if name in words), default=0.0)
        for column in free:
            alike, score, spelling = words.get(column.id, (0.0, 0.0, ""))
            if spelling and score < nearer:  # it resembles a column that another header is
                continue
            if not spelling and column.type == "text" and not column.required and column.id != "phone":
                continue
            fits = looks[place].fit(column)
            level = _confidence(alike, score, fits, column, column.required)
            if level is not None:
                why = _why(column, spelling, looks[place], fits)
                yield level, score, -place, Proposal(header, first + place, column.id, LEVELS[level], why)


def _assigned(scored: list[Scored]) -> tuple[Proposal, ...]:
    """Keep the best of what excludes each other: one column per header, one header per column."""
    headers: set[int] = set()
    columns: set[str] = set()
    kept = []
    for _level, _score, _place, proposal in sorted(scored, key=lambda s: s[:3], reverse=True):
        if proposal.index not in headers and proposal.column not in columns:
            headers.add(proposal.index)
            columns.add(proposal.column)
            kept.append(proposal)
    return tuple(sorted(kept, key=lambda p: p.index))


def proposals_for(
    sheet: SheetText, header: Header, rows: Sequence[int], settled: Collection[int] = ()
) -> tuple[Proposal, ...]:
    """Return what the unmapped headers of a ledger may be; `rows` are its data, `settled` positions that are known."""
    match = header.match
    left = [(p, text) for p, text in zip(match.places, match.unmapped, strict=True) if p not in settled]
    if not left:
        return ()
    looks = {place: looks_of_column(sheet, rows, place) for place, _text in left[:WIDEST]}
    taken = {column.column for column in match.columns}
    return _assigned(list(_scored(left, match.kind, taken, looks, sheet.first_column)))


def looks_of_column(sheet: SheetText, rows: Sequence[int], place: int) -> Looks:
    """Look at the first filled data cells of one column."""
    return looks_of([sheet.rows[row][place] for row in rows[:500]])


def nearest_ledger(sheet: SheetText, kinds: dict[str, LedgerKind]) -> Nearest | None:
    """Return the likeliest header row of a sheet that is no ledger, and the ledger that proposals would make it.

    A ledger is named only where some columns are certain and the proposals complete it.
    """
    best: tuple[tuple[int, ...], Nearest] | None = None
    for row, end in header_rows(sheet):
        levels = levels_of(sheet, row, end - row)[:WIDEST]
        rows = [r for r in range(end, min(len(sheet.rows), end + 500)) if any(map(str.strip, sheet.rows[r]))]
        looks = {place: looks_of_column(sheet, rows, place) for place, level in enumerate(levels) if level}
        headers = tuple(shown_header(level) for level in levels if level)
        for kind in kinds.values():
            match = match_kind(levels, sheet.first_column, kind)
            left = list(zip(match.places, match.unmapped, strict=True))
            certain = {column.column for column in match.columns}
            found = _assigned(list(_scored(left, kind, certain, looks, sheet.first_column)))
            is_whole = _is_whole(kind, certain, found)
            rank = (is_whole, len(certain), len(found) if is_whole else 0, len(headers))
            if best is None or rank > best[0]:
                nearest = Nearest(
                    kind.id if is_whole else None, found if is_whole else (), sheet.row_numbers[end - 1], headers
                )
                best = rank, nearest
    return best[1] if best else None


def _is_whole(kind: LedgerKind, certain: set[str], found: tuple[Proposal, ...]) -> bool:
    """Return whether the proposals make it this ledger: all required columns, the missing ones not by chance."""
    columns = certain | {proposal.column for proposal in found}
    weak = [p for p in found if p.confidence == "low" and kind.columns[p.column].required]
    sure = len(certain) + sum(1 for p in found if p.confidence != "low")
    required = all(column.id in columns for column in kind.columns.values() if column.required)
    return required and len(columns) >= min(ENOUGH, len(kind.columns) - 1) and len(certain) >= 1 and sure > len(weak)


def header_rows(sheet: SheetText) -> Iterator[tuple[int, int]]:
    """Yield (first row, row after it) of the first rows that hold several different words."""
    found = 0
    for row in range(min(FIRST_ROWS, len(sheet.rows))):
        texts = set(filter(None, map(str.strip, sheet.rows[row])))
        words = [text for text in texts if not NUMERIC.fullmatch(text) and len(text) <= 30]
        if len(words) < ENOUGH or len(words) < 0.7 * len(texts):
            continue
        found += 1
        for depth in range(1, DEPTH):
            yield row, row + depth
            if not goes_on(sheet, row + depth - 1):
                break
        if found == HEADER_ROWS:
            return

"""Find the header of a sheet among its first rows and match it with the ledgers' dictionaries."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from etl.formats.sheet_text import Merged, SheetText
from etl.ledger import LedgerKind
from etl.sheets.crs_said import without_crs

FIRST_ROWS = 20
DEPTH = 3  # a header has one row, often two, seldom three
ENOUGH = 3  # columns that must be recognised before a row counts as a header
CACHED = 4096

SEQUENCE = frozenset(
    {"序号", "序", "no", "no.", "编号", "行号", "项次", "顺序号", "序列", "序列号", "流水号", "行次", "xh"}
)
UNITS = frozenset(
    {"人", "万人", "名", "位", "人次", "家", "户", "个", "宗", "起", "件", "条", "项", "份", "元", "元/条", "千元", "万元", "百万元",
     "亿元", "平方公里", "平方千米", "km2", "m2", "平方米", "亩", "公顷", "度", "°", "%", "天", "年", "月", "岁"}
)  # fmt: skip
# brackets that tell how to fill the column in, not what it holds; any other bracket stays part of the header
HARMLESS = re.compile(
    r"\((?:必填|选填|非必填|可选|全称|公章名称|是/否|有/无|是否|年/?月/?日|年/?月|yyyy[^)]*|格式[^)]*|例如?[:：]?[^)]*|如[:：]?[^)]*|请[^)]*|填[^)]*|18位|盖章)[^)]*\)"
)
BRACKETS = str.maketrans("[]{}<>【】〔〕〈〉《》「」", "()()()()()()()()")
NUMBERING = re.compile(r"^(?:\(?\d{1,2}\)|\d{1,2}[.、,]|[一二三四五六七八九十]{1,3}、|[①-⑳])(?=\D)")
BRACKET_UNIT = re.compile(r"\((?:单位:?)?([^()]*)\)")
TAIL_UNIT = re.compile(r"[/,:]([^/,:()]+)$")
GROUPS = (("会员", "会员"), ("工会", "工会"), ("企业", "企业"), ("单位", "企业"), ("基本", "企业"), ("人口", "人口"),
          ("职工", "职工"), ("员工", "职工"), ("用工", "职工"), ("人员", "职工"), ("任期", "任期"))  # fmt: skip

LATIN_GAP = re.compile(r"(?<=[A-Za-z#,])\s+(?=[A-Za-z])")

Levels = tuple[str, ...]


@dataclass(frozen=True)
class MappedColumn:
    """A column of the sheet (`index` 0 is column A) whose header stands for a column of the ledger."""

    header: str
    column: str
    index: int
    unit: str | None = None


@dataclass(frozen=True)
class Match:
    """How well a header fits one kind of ledger; `places` are the positions of the unmapped headers."""

    kind: LedgerKind
    columns: tuple[MappedColumn, ...]
    unmapped: tuple[str, ...]
    sequence: frozenset[int]
    places: tuple[int, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the titles of required columns that the header lacks."""
        found = {column.column for column in self.columns}
        return tuple(c.title for c in self.kind.columns.values() if c.required and c.id not in found)

    @property
    def fits(self) -> bool:
        """Return whether this is enough to call the sheet this ledger."""
        few = len(self.kind.columns)  # a kind of three or four columns is known by two
        return len(self.columns) >= min(ENOUGH, few - (1 if few < 4 else 2)) and not self.missing


@dataclass(frozen=True)
class Header:
    """The header of a sheet: positions of its first row and of the first row after it, and what it matched."""

    first: int
    end: int
    match: Match


@lru_cache(CACHED)
def normalise(text: str) -> tuple[str, str | None]:
    """Return a header cell without width, spaces, marks, numbering and unit, and the unit it named."""
    text = unicodedata.normalize("NFKC", NUMBERING.sub("", text.strip()))
    text = re.sub(r"[\s*※★▲☆#\u200b\ufeff]+", "", text).translate(BRACKETS).casefold()
    text = HARMLESS.sub("", NUMBERING.sub("", text)).removeprefix("其中:").removeprefix("其中").strip(":,、;/")
    for pattern in (BRACKET_UNIT, TAIL_UNIT):
        for found in pattern.finditer(text):
            if found[1] in UNITS and found[0] != text:
                return text.replace(found[0], ""), found[1]
    return text, None


def _plain(text: str) -> str:
    """Drop the polite endings that say nothing."""
    return re.sub(r"(?<=..)(情况|信息)$", "", text)


def _group(text: str) -> str:
    """Return the standard name of a group header (工会组织情况 → 工会)."""
    return next((group for word, group in GROUPS if word in text), text)


@lru_cache(64)
def dictionary(kind: LedgerKind) -> dict[str, tuple[str, int]]:
    """Return every normalised spelling of the kind's headers with its column and rank (0 is the best)."""
    spellings: dict[str, tuple[str, int]] = {}
    for column in kind.columns.values():
        for rank, variant in enumerate((column.title, *column.variants)):
            spellings.setdefault(normalise(variant)[0], (column.id, rank))
    return spellings


@lru_cache(CACHED)
def _find(levels: Levels, kind: LedgerKind) -> tuple[str, int, str | None] | None:
    """Match one header as a whole, then under its group's standard name, then by its last part."""
    parts = [normalise(level) for level in levels]
    names, unit = [name for name, _unit in parts if name], next((unit for _name, unit in parts[::-1] if unit), None)
    if not names:
        return None
    tries = ["/".join(names), f"{_group(names[0])}/{names[-1]}", names[-1]] if len(names) > 1 else names[-1:]
    spellings = dictionary(kind)
    for worse, name in enumerate([*tries, *map(_plain, tries)]):
        if name in spellings:
            column, rank = spellings[name]
            return column, rank + 1000 * worse, unit
    return _find_coordinate(names[-1], kind, unit)


def _find_coordinate(name: str, kind: LedgerKind, unit: str | None) -> tuple[str, int, str | None] | None:
    """Match a header that also names a coordinate system (经度（GCJ-02）, 百度经度), behind all plain ones."""
    found = dictionary(kind).get(without_crs(name) or "")
    return (found[0], found[1] + 10_000, unit) if found and kind.columns[found[0]].type == "lonlat" else None


def match_kind(levels: tuple[Levels, ...], first_column: int, kind: LedgerKind) -> Match:
    """Map the columns; of two that claim the same ledger column the better variant wins, then the left one."""
    best: dict[str, tuple[int, int, str | None]] = {}
    for place, level in enumerate(levels):
        if level and (found := _find(level, kind)):
            column, rank, unit = found
            if column not in best or rank < best[column][0]:
                best[column] = (rank, place, unit)
    taken = {place: (column, unit) for column, (_rank, place, unit) in best.items()}
    columns = tuple(
        MappedColumn(shown_header(levels[place]), taken[place][0], first_column + place, taken[place][1])
        for place in sorted(taken)
    )
    rest = [place for place, level in enumerate(levels) if level and place not in taken]
    sequence = frozenset(place for place in rest if normalise(levels[place][-1])[0] in SEQUENCE)
    places = tuple(place for place in rest if place not in sequence)
    return Match(kind, columns, tuple(shown_header(levels[place]) for place in places), sequence, places)


def shown_header(levels: Levels) -> str:
    """Return a header as it is shown: blanks only between Latin words, group and part joined (工会信息/主席姓名)."""
    return "/".join(re.sub(r"\s+", "", LATIN_GAP.sub("\0", level)).replace("\0", " ") for level in levels)


@lru_cache(CACHED)
def best_match(levels: tuple[Levels, ...], first_column: int, kinds: tuple[LedgerKind, ...]) -> Match:
    """Return the kind that fits best: complete before incomplete, then most columns, then fewest left over."""
    matches = [match_kind(levels, first_column, kind) for kind in kinds]
    return max(matches, key=lambda m: (m.fits, len(m.columns), -len(m.missing), -len(m.kind.columns)))


def levels_of(sheet: SheetText, first: int, depth: int) -> tuple[Levels, ...]:
    """Return each column's header texts from top to bottom, merged or left-blank group cells filled to the right."""
    rows = [[cell.strip() for cell in row] for row in sheet.rows[first : first + depth]]
    spanned = _fill_merged(rows, sheet.merged, first) if depth > 1 else set()
    for level, (row, below) in enumerate(zip(rows, rows[1:], strict=False)):
        if level not in spanned:
            for place in range(1, len(row)):
                if not row[place] and below[place]:
                    row[place] = row[place - 1]
    return tuple(tuple(dict.fromkeys(filter(None, column))) for column in zip(*rows, strict=True))


def _fill_merged(rows: list[list[str]], merged: tuple[Merged, ...], first: int) -> set[int]:
    """Repeat a group's text over its merged range, down to where a text stands below it; return the levels filled."""
    filled = set()
    for top, left, bottom, right in merged:
        if first <= top < first + len(rows) - 1 and right > left:
            for place in range(left + 1, right + 1):
                if bottom == top and rows[top - first + 1][place]:
                    rows[top - first][place] = rows[top - first][left]
            filled.add(top - first)
    return filled


def goes_on(sheet: SheetText, row: int) -> bool:
    """Return whether the row may be the upper row of a header: a text below a blank or beside a merged cell."""
    if row + 1 >= len(sheet.rows):
        return False
    upper, lower = sheet.rows[row], [cell.strip() for cell in sheet.rows[row + 1]]
    if any(re.match(r"[\d.\-/年月]+$", cell) for cell in lower if cell):
        return False
    return any(below and not above.strip() for above, below in zip(upper, lower, strict=True)) or any(
        top <= row < bottom or (top == row and right > left) for top, left, bottom, right in sheet.merged
    )


def find_header(sheet: SheetText, kinds: tuple[LedgerKind, ...]) -> tuple[Header | None, Header | None]:
    """Return the header, and else the row that came nearest to one (None where nothing was recognised).

    The first row that fits is taken, with the rows below it if that recognises more columns.
    """
    best: Header | None = None
    near: Header | None = None
    stop = min(FIRST_ROWS, len(sheet.rows))
    row = 0
    while row < stop:
        for header in _headers_from(sheet, row, kinds):
            if header.match.fits and (best is None or _rank(header) > _rank(best)):
                best, stop = header, min(stop, row + DEPTH)
            elif near is None or len(header.match.columns) > len(near.match.columns):
                near = header
        if best is not None and best.end - best.first == 1:
            break
        row += 1
    return best and _deepened(sheet, best, kinds), near if near and near.match.columns else None


def _deepened(sheet: SheetText, header: Header, kinds: tuple[LedgerKind, ...]) -> Header:
    """Take in the lower row of a header whose cells are merged down to it, even if it names nothing we know."""
    inside = (bottom for top, _left, bottom, _right in sheet.merged if header.first <= top < header.end <= bottom)
    end = max(inside, default=header.end - 1) + 1
    if not header.end < end <= header.first + DEPTH:
        return header
    deeper = best_match(levels_of(sheet, header.first, end - header.first), sheet.first_column, kinds)
    return Header(header.first, end, deeper) if deeper.fits else header


def _rank(header: Header) -> tuple[int, int]:
    return len(header.match.columns), header.first - header.end


def _headers_from(sheet: SheetText, row: int, kinds: tuple[LedgerKind, ...]) -> list[Header]:
    if len(set(filter(None, map(str.strip, sheet.rows[row])))) < 2:
        return []
    headers = []
    for depth in range(1, DEPTH + 1):
        levels = levels_of(sheet, row, depth)
        headers.append(Header(row, row + depth, best_match(levels, sheet.first_column, kinds)))
        if not goes_on(sheet, row + depth - 1):
            break
    return headers

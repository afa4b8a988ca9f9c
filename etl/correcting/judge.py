"""What becomes of each correction: which cells it changes, and its state in words.

A cell is corrected where it holds what the correction says that it was. A correction whose row says something else by
now has nothing to do there and says so; in earlier registers, which still hold the error, it goes on.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from gettext import gettext as _
from typing import Any

from etl.codelist import CodeLists
from etl.correcting.match import Row, day_of, several
from etl.correcting.texts import Cell, cell_of, is_blank, same, shown
from etl.correcting.typed import Typed
from etl.ledger import Column, LedgerKind
from etl.values.rowchecks import NOT_BEFORE

APPLIED, RETURNED, STALE, STALE_OTHER = "applied", "returned", "stale", "stale_other"
NO_ROW, REPLACED, INVALID = "no_row", "replaced", "invalid"
Place = tuple[int, str]  # row_id, column


@dataclass(frozen=True)
class Verdict:
    """A correction's state, what to say of it, and the rows that hold (or held) what it corrects.

    `before`: those of them that speak of an earlier day than what was reported last, and so are no report it replaced.
    """

    state: str
    said: str = ""
    targets: tuple[int, ...] = ()
    before: frozenset[int] = frozenset()
    row_count: int = 0


@dataclass
class Cells:
    """The cells of one ledger as corrected so far: the rows as stored, and by whom what was put where."""

    kind: LedgerKind
    rows: dict[int, Row] = field(default_factory=dict)
    put: dict[Place, tuple[int, Cell]] = field(default_factory=dict)

    def stored(self, row_id: int, column: Column) -> Cell:
        """Return a cell as the ledger wrote it."""
        return cell_of(column, self.rows[row_id])

    def current(self, row_id: int, column: Column) -> Cell:
        """Return a cell as it is after the corrections so far."""
        found = self.put.get((row_id, column.id))
        return found[1] if found else self.stored(row_id, column)


def judge(cells: Cells, matched: list[tuple[Typed, list[Row]]], codes: CodeLists) -> dict[int, Verdict]:
    """Put every correction into its cells, in the file's order; return what became of each."""
    found = {one.said.no: _correct(cells, one, rows, codes) for one, rows in matched}
    broken = _without_disorder(cells)
    owners = {place: no for place, (no, _cell) in cells.put.items()}
    return {one.said.no: _counted(one, found[one.said.no], owners, broken) for one, _rows in matched}


def _correct(cells: Cells, one: Typed, rows: list[Row], codes: CodeLists) -> Verdict:
    column = one.column
    if one.wrong or column is None:
        return Verdict(INVALID, one.wrong)
    if not rows:
        return Verdict(NO_ROW, _("没有这条记录"))
    if wrong := several(rows):
        return Verdict(INVALID, wrong)
    cells.rows |= {row["row_id"]: row for row in rows}
    targets = [row for row in rows if _holds(cells, one, column, row)]
    if not targets and one.was_wrong:
        return Verdict(INVALID, one.was_wrong)
    verdict = _state(cells, one, column, rows, codes)
    for row in targets:
        cells.put[row["row_id"], column.id] = (one.said.no, _put(column, row, one.now))
    last = max(day_of(row) or date.min for row in rows)
    before = frozenset(row["row_id"] for row in targets if (day_of(row) or date.min) < last)
    return replace(verdict, targets=tuple(row["row_id"] for row in targets), before=before)


def _holds(cells: Cells, one: Typed, column: Column, row: Row) -> bool:
    """Return whether a cell holds the error: as the ledger wrote it, or as an earlier correction left it."""
    found = (cells.stored(row["row_id"], column), cells.current(row["row_id"], column))
    return any(_is(cell, one.was, one.now) for cell in found)


def _is(cell: Cell, meant: Cell, other: Cell) -> bool:
    """Return whether a cell is the one meant; 约 and the precision of a day count only where nothing else differs."""
    return same(cell, meant) or (meant[0] != other[0] and cell[0] == meant[0])


def _put(column: Column, row: Row, now: Cell) -> Cell:
    """Return what a cell becomes: a day after the register's own is unusable there, as when it is read."""
    is_late = column.type == "date" and not column.id.endswith("_end") and not column.required
    return (None,) * len(now) if is_late and row["as_of"] and now[0] and now[0] > row["as_of"] else now


def _state(cells: Cells, one: Typed, column: Column, rows: list[Row], codes: CodeLists) -> Verdict:
    """Judge by what each reporting unit said last: the error, the right value, or something else."""
    units: dict[Any, list[Row]] = {}
    for row in rows:
        units.setdefault(row["unit_id"], []).append(row)
    last = max(day_of(row) or date.min for row in rows)
    courses = [[_holds(cells, one, column, row) for row in said] for said in units.values()
               if (day_of(said[-1]) or date.min) == last]  # fmt: skip
    newest = [said[-1] for said in units.values() if (day_of(said[-1]) or date.min) == last]
    wrong = [course for course in courses if course[-1]]
    if wrong:
        came_back = any(False in course[course.index(True) :] for course in wrong)
        return Verdict(RETURNED, _("旧错误再次出现，已按更正记录处理")) if came_back else Verdict(APPLIED)
    stored = [cells.stored(row["row_id"], column) for row in newest]
    if any(_is(cell, one.now, one.was) for cell in stored):
        return Verdict(STALE, _("社区已自行更正，本条更正自动停用"))
    text = shown(column, stored[-1], codes) or _("空白")
    return Verdict(STALE_OTHER, _("台账现为{text}，本条更正自动停用，请核对").format(text=text))


def _without_disorder(cells: Cells) -> dict[Place, str]:
    """Take out what would end something before it began; return why, by the cells that stay as they were."""
    pairs = [pair for pair in NOT_BEFORE if set(pair) <= set(cells.kind.columns)]
    broken: dict[Place, str] = {}
    for row_id in {row_id for row_id, _column in cells.put}:
        for pair in pairs:
            mine = [name for name in pair if (row_id, name) in cells.put]
            end, start = (cells.kind.columns[name] for name in pair)
            if mine and _is_before(cells.current(row_id, end), cells.current(row_id, start)):
                why = _("更正后“{end}”早于“{start}”").format(end=end.title, start=start.title)
                broken |= {(row_id, name): why for name in mine}
                for name in mine:
                    del cells.put[row_id, name]
    return broken


def _is_before(end: Cell, start: Cell) -> bool:
    """Compare two days as exactly as both are known."""
    if is_blank(end) or is_blank(start):
        return False
    parts = min({"year": 1, "month": 2}.get(cell[1], 3) for cell in (end, start))
    return bool(end[0].timetuple()[:parts] < start[0].timetuple()[:parts])


def _counted(one: Typed, verdict: Verdict, owners: dict[Place, int], broken: dict[Place, str]) -> Verdict:
    """Count the cells that are a correction's own in the end; say so where another one or a rule took them."""
    places = [(row_id, one.column.id) for row_id in verdict.targets if one.column]
    own = [place for place in places if owners.get(place) == one.said.no]
    if places and not own:
        why = [broken[place] for place in places if place in broken]
        later = [owners[place] for place in places if place in owners]
        said = why[-1] if why else _("已由第{no}条更正代替").format(no=later[-1])
        return Verdict(INVALID if why else REPLACED, said)
    if verdict.state not in (STALE, STALE_OTHER):
        return replace(verdict, row_count=len(own))
    count = sum(row_id in verdict.before for row_id, _column in own)
    more = _("；此前各期的{count}行仍按本条更正").format(count=count) if count else ""
    return replace(verdict, said=verdict.said + more, row_count=count)

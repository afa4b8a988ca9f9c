"""Which ledger a sheet is: its header, its columns, the fate of every row, and the text of its data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from gettext import gettext as _
from pathlib import Path

from etl.errors import AtlasError, LedgerError
from etl.formats.sheet_text import SheetText
from etl.instructions import SAYS_NOTHING, Instructions
from etl.ledger import LedgerKind, ledger_kinds
from etl.read import read_all, read_file
from etl.sheets.header import Header, MappedColumn, find_header
from etl.sheets.heading import heading_of, mapped_heading
from etl.sheets.ledger_sheet import LABEL
from etl.sheets.ledger_sheet import NotALedger as NotALedger
from etl.sheets.ledger_sheet import Proposal as Proposal
from etl.sheets.ledger_sheet import Sheet as Sheet
from etl.sheets.ledger_sheet import gather as gather
from etl.sheets.mapped_header import find_mapped, why_unfit
from etl.sheets.mapping import Mapping
from etl.sheets.own_sheets import why_own
from etl.sheets.propose import nearest_ledger, proposals_for
from etl.sheets.row_fates import SKIPPED, Fates, row_fates
from etl.sheets.sheet_facts import (
    beside,
    change_in_name,
    crs_of,
    lists_persons,
    reasons_of,
    refuse_change_list_of_counts,
    refuse_unmarked_change_list,
)
from etl.sheets.title_dates import slashed_day

NUMERIC = frozenset({"integer", "decimal", "money", "lonlat"})


def _reason(near: Header | None, sheet: SheetText) -> str:
    """Say in one clause why a sheet is no ledger, naming what came nearest."""
    if not any(map(str.strip, (cell for row in sheet.rows for cell in row))):
        return _("空表")
    if near is None:
        return _("前20行中没有找到台账表头")
    titles = "、".join(column.header for column in near.match.columns)
    if len(near.match.columns) >= 3 and near.match.missing:
        missing = "、".join(near.match.missing)
        return _("像{title}，但缺少必需的列：{missing}").format(title=near.match.kind.title, missing=missing)
    row = sheet.row_numbers[near.end - 1]
    return _("前20行中没有找到台账表头，第{row}行只认出：{titles}").format(row=row, titles=titles)


def _no_ledger(
    sheet: SheetText, near: Header | None, kinds: dict[str, LedgerKind], mappings: tuple[Mapping, ...]
) -> NotALedger:
    """Return why the sheet is none, and the ledger that it would be if the proposals for its headers are right."""
    unfit = why_unfit(sheet, mappings, kinds) if mappings else None
    reason = unfit or _reason(near, sheet)
    if not unfit and (given := "、".join(mapping.title for mapping in mappings if mapping.is_given)):
        reason = _("{reason}；指定的表头对应方案“{titles}”也不适合").format(reason=reason, titles=given)
    found = nearest_ledger(sheet, kinds)
    if found is None:
        return NotALedger(sheet.file, sheet.sheet, reason)
    return NotALedger(
        sheet.file, sheet.sheet, reason, found.ledger, found.proposals, found.header_row, found.headers
    )  # fmt: skip


def recognise(
    sheet: SheetText, kinds: dict[str, LedgerKind] | None = None, mappings: tuple[Mapping, ...] = ()
) -> Sheet | NotALedger:
    """Return the sheet as a ledger with its rows sorted into data and skipped, or why it is none.

    A saved mapping that is for this sheet goes before the dictionary. LedgerError where two mappings fit equally, a
    change list does not say what changed, or several coordinate systems are named.
    """
    if own := why_own(sheet):
        return NotALedger(sheet.file, sheet.sheet, own)
    kinds = kinds or ledger_kinds()
    mapped = find_mapped(sheet, mappings, kinds) if mappings else None
    if mapped:
        return _ledger(sheet, *mapped)
    header, near = find_header(sheet, tuple(kinds.values()))
    if header and (titled := lists_persons(sheet, header)):
        return NotALedger(sheet.file, sheet.sheet, titled)
    return _ledger(sheet, header, None) if header else _no_ledger(sheet, near, kinds, mappings)


def _ledger(sheet: SheetText, header: Header, mapping: Mapping | None) -> Sheet:
    """Return the recognised sheet."""
    kind, match, row = header.match.kind, header.match, sheet.row_numbers[header.end - 1]
    fates = row_fates(sheet, header, mapping.skip if mapping else ())
    titles = ["　".join(filter(None, map(str.strip, row))) for row in sheet.rows[: header.first]]
    titles = [title for title in titles if title]
    heading = heading_of(titles, sheet.sheet, sheet.file, kind)
    if mapping:
        heading = mapped_heading(heading, titles, sheet.sheet, sheet.file, kind, mapping)
    counts = dict.fromkeys(SKIPPED, 0)
    for _row, fate in fates.skipped:
        counts[fate] += 1
    extra = beside(sheet, header, fates.data)
    rows = [sheet.row_numbers[place] for place in fates.data]
    changes = _changes(sheet, header, fates, extra.change)
    if changes is None:
        refuse_unmarked_change_list(titles, sheet, header)
    elif kind.aggregate:
        refuse_change_list_of_counts(sheet, header)
    return Sheet(
        file=sheet.file,
        sheet=sheet.sheet,
        ledger=kind,
        header_row=row,
        columns=_with_factor(match.columns, kind, heading.unit_factor_text),
        unmapped=tuple(text for text, p in zip(match.unmapped, match.places, strict=True) if p not in extra.places),
        heading=heading,
        skipped=counts,
        skipped_rows=fates.skipped,
        rows=rows,
        cells=_cells(sheet, header, fates, mapping),
        totals=_totals(sheet, header, fates),
        mode=kind.mode if changes is None else "change",
        changes=changes or [],
        hidden=_among(rows, sheet.hidden),
        struck=_among(rows, sheet.struck),
        without_result=_without_result(sheet, match.columns, rows),
        crs=crs_of(sheet, header, titles, _texts(sheet, extra.crs, fates.data), mapping),
        mapping=mapping.title if mapping else None,
        reasons=reasons_of(header, row, heading, mapping, changes is not None),
        proposals=proposals_for(sheet, header, fates.data, extra.places),
    )


def _with_factor(columns: tuple[MappedColumn, ...], kind: LedgerKind, factor: str | None) -> tuple[MappedColumn, ...]:
    """Give the sheet's unit of money (单位：万元) to money columns whose header names none."""
    unit = next((word for word in ("亿元", "百万元", "万元", "千元", "元") if word in (factor or "")), None)
    if unit is None:
        return columns
    return tuple(
        MappedColumn(c.header, c.column, c.index, c.unit or unit) if kind.columns[c.column].type == "money" else c
        for c in columns
    )


def _changes(sheet: SheetText, header: Header, fates: Fates, place: int | None) -> list[str] | None:
    """Return each data row's kind of change: from its column, else the sheet's name; None where it is no change list."""
    if place is not None:
        return _texts(sheet, place, fates.data)
    name = change_in_name(sheet, header)
    return [name] * len(fates.data) if name else None


def _texts(sheet: SheetText, place: int | None, places: list[int]) -> list[str]:
    """Return the texts of the data rows in one position, merged cells filled in; [] without a position."""
    if place is None:
        return []
    text = [sheet.rows[row][place] for row in places]
    if places:
        _fill_merged(text, sheet, place, places)
    return text


def _among(rows: list[int], marked: tuple[int, ...]) -> list[int]:
    """Return the data rows that are marked."""
    wanted = set(marked)
    return [row for row in rows if row in wanted] if wanted else []


def _without_result(sheet: SheetText, columns: tuple[MappedColumn, ...], rows: list[int]) -> list[tuple[int, str]]:
    """Return (row, ledger column) of the data cells whose formula has no result: they read as blank."""
    if not sheet.formulas_without_value:
        return []
    wanted, names = set(rows), {column.index: column.column for column in columns}
    return [(row, names[at]) for row, at in sheet.formulas_without_value if row in wanted and at in names]


def _cells(sheet: SheetText, header: Header, fates: Fates, mapping: Mapping | None) -> dict[str, list[str]]:
    """Return the text of the data rows by ledger column, merged cells filled in, as a mapping says to read it."""
    places = fates.data
    if not places:
        return {}
    first, last = places[0], places[-1]
    whole = len(places) == last - first + 1
    rows = sheet.rows[first : last + 1] if whole else [sheet.rows[place] for place in places]
    by_place = list(zip(*rows, strict=True))
    cells = {}
    for column in header.match.columns:
        facts = header.match.kind.columns[column.column]
        # an identity number (name and phone where there is none) is read to be hashed; no other personal cell is
        if not facts.is_personal or facts.id in header.match.kind.read_to_hash:
            place = column.index - sheet.first_column
            text = list(by_place[place])
            if facts.type not in NUMERIC:
                _fill_merged(text, sheet, place, places)
            cells[column.column] = _said(text, facts.type, mapping) if mapping else text
    return cells


def _said(text: list[str], type_: str, mapping: Mapping) -> list[str]:
    """Return cells as a mapping says to read them: its words for empty are, its order of month and day is turned."""
    if mapping.empty:
        empty = set(mapping.empty)
        text = ["" if cell.strip() in empty else cell for cell in text]
    if mapping.dates and type_ == "date":
        days = {cell: slashed_day(cell, mapping.dates) for cell in set(text)}
        text = [day.isoformat() if (day := days[cell]) else cell for cell in text]
    return text


def _fill_merged(text: list[str], sheet: SheetText, place: int, places: list[int]) -> None:
    """Repeat a merged cell's text in the data rows under its first one."""
    for top, left, bottom, _right in sheet.merged:
        if left == place and bottom > top and bottom >= places[0]:
            for position, row in enumerate(places):
                if top < row <= bottom:
                    text[position] = sheet.rows[top][place]


def _totals(sheet: SheetText, header: Header, fates: Fates) -> list[tuple[int, dict[str, str]]]:
    personal = {name for name, column in header.match.kind.columns.items() if column.is_personal}
    wanted = [(c.column, c.index - sheet.first_column) for c in header.match.columns if c.column not in personal]
    labels = {row: next(filter(None, map(str.strip, sheet.rows[row])), "") for row in fates.totals}  # 合计, 小计 …
    return [
        (sheet.row_numbers[row], {LABEL: labels[row]} | {c: t for c, p in wanted if (t := sheet.rows[row][p].strip())})
        for row in fates.totals
    ]


Found = list[Sheet | NotALedger]


def read_and_recognise(path: Path, file: str | None = None, mappings: tuple[Mapping, ...] = ()) -> Found:
    """Read one file and return its sheets; FileError where it cannot be read, LedgerError as `recognise` says."""
    return [recognise(sheet, None, mappings) for sheet in read_file(path, file)]


def read_and_recognise_all(
    files: Iterable[tuple[Path, str]],
    instructions: Instructions = SAYS_NOTHING,
    mappings: tuple[Mapping, ...] = (),
) -> Iterator[Found | AtlasError]:
    """Do the same for many (path, name to show), two at a time; a file's error stands in its place."""
    for sheets in read_all(files, instructions):
        yield sheets if isinstance(sheets, AtlasError) else _recognised(sheets, mappings)


def _recognised(sheets: list[SheetText], mappings: tuple[Mapping, ...]) -> Found | LedgerError:
    try:
        return [recognise(sheet, None, mappings) for sheet in sheets]
    except LedgerError as error:
        return error

"""A document's tables as a workbook: one printable sheet per table and chart, numbers as numbers that read as printed.

The sentences stay with Word; what the numbers mean and rest on stands in the last sheet (说明).
"""

from __future__ import annotations

from functools import partial
from gettext import gettext as _
from io import BytesIO
from math import ceil
from typing import Any

from briefing.model import Chart, Column, Document, Fact, Section, Table, Text, plain
from briefing.printable import (
    FIRST_ROW,
    Sheet,
    harmless,
    new_book,
    page_setup,
    room,
    write_cell,
    write_head,
    write_notes,
)
from briefing.writers.printed_numbers import number_in
from briefing.writers.workbook_charts import write_chart
from metrics.catalogue import catalogue
from metrics.periods import month_text

FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")
LONGEST_NAME = 31  # what Excel takes as a sheet's name
NARROWEST, WIDEST = 9, 46
LINE = 18  # points that a line of text is high
PAPER = 116  # digits that fit across an A4 page beside 序号
UNIT_MARK = _("单位：")


def workbook(document: Document) -> bytes:
    """Return the document's tables and charts as a printable .xlsx."""
    stream = BytesIO()
    book = new_book(stream)
    book.set_properties(_properties(document))
    names: set[str] = set()
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Table | Chart):
                page = book.add_worksheet(_name(_words(section, block), names))
                _write_block(book, page, document, section, block)
    _write_about(book, book.add_worksheet(_name(_("说明"), names)), document)
    book.close()
    return stream.getvalue()


def _properties(document: Document) -> dict[str, str]:
    marks = "　".join(filter(None, (document.head.internal_mark, document.head.sample_mark)))
    title = f"{document.head.title}　{document.head.subtitle}".strip()
    return {"title": title, "author": document.head.office, "subject": document.head.data_line, "comments": marks}


def _words(section: Section, block: Table | Chart) -> str:
    """Return what a block's sheet is called: a table by its title, a chart by the metric that it shows."""
    if isinstance(block, Table):
        return block.title or section.title
    return _("图：{title}").format(title=_metric_title(block))


def _metric_title(chart: Chart) -> str:
    """Return the title of the metric that a chart shows, the chart's own where there is none."""
    names = [line.origin.metric for line in chart.series] or chart.id.split(":")
    return next((catalogue()[name].title for name in names if name in catalogue()), chart.title)


def _name(words: str, taken: set[str]) -> str:
    """Return a sheet's name that Excel takes and no other sheet has."""
    base = words.translate(FORBIDDEN)[:LONGEST_NAME] or _("表")
    found, number = base, 2
    while found.lower() in taken:
        end = f"（{number}）"
        found, number = base[: LONGEST_NAME - len(end)] + end, number + 1
    taken.add(found.lower())
    return found


def _sheet(document: Document, title: str, unit: str) -> Sheet:
    place = document.community if document.community not in title else ""
    head = document.head
    day = head.subtitle.rpartition("　")[2] or month_text(document.month)  # 南坑社区　2018年12月
    return Sheet(
        (place + _("社区") if place and not place.endswith(_("社区")) else place) + title, unit, day, document.street,
        document.generation_no, head.sample_mark, head.office, internal_mark=head.internal_mark,
    )  # fmt: skip


def _write_block(book: Any, page: Any, document: Document, section: Section, block: Table | Chart) -> None:
    if isinstance(block, Table):
        _write_table(book, page, block, _sheet(document, _words(section, block), _unit(block.unit)))
    else:
        write_chart(book, page, block, _sheet(document, "　" + block.title, _unit(block.unit)))


def _unit(text: str) -> str:
    return text.removeprefix(UNIT_MARK) or _("见表内")


def _write_table(book: Any, page: Any, table: Table, sheet: Sheet) -> None:
    page_setup(page, sheet)
    sums, widths = len(table.rows) - table.total_rows, _widths(table)
    write_head(book, page, [column.title for column in table.columns], widths, sheet)
    for at, cells in enumerate(table.rows):
        page.set_row(FIRST_ROW + at, LINE * max(map(_lines, map(plain, cells), widths)))
        make = partial(_look, book, is_sum=at >= sums)
        if at < sums:
            page.write_number(FIRST_ROW + at, 0, at + 1, make(align="center"))
        else:
            page.write_blank(FIRST_ROW + at, 0, None, make(align="center"))
        for index, (text, column) in enumerate(zip(cells, table.columns, strict=True), start=1):
            value, number_format = _value(text, column)
            write_cell(page, FIRST_ROW + at, index, value, make(align=column.align, number_format=number_format))
    write_notes(book, page, FIRST_ROW + len(table.rows), table.notes)


def _look(book: Any, *, align: str, number_format: str = "@", is_sum: bool = False) -> Any:
    look = {"num_format": number_format, "align": align, "border": 1, "valign": "vcenter", "text_wrap": True}
    return book.add_format(look | ({"bold": True, "top": 2} if is_sum else {}))


def _value(text: Text, column: Column) -> tuple[float | str, str]:
    """Return a cell's value and format: a number where one is printed in a column of numbers, else a harmless text."""
    words = plain(text)
    if column.align == "right" and (number := number_in(words)):
        return number.value, number.format
    is_ours = bool(text) and isinstance(text[0], Fact)  # ＋0.4个百分点 is the program's own word and no formula
    return words if is_ours else harmless(words), "@"


def _widths(table: Table) -> list[float]:
    """Return each column's width: what its longest cell needs, within bounds, then the table's share of the paper."""
    columns = zip(*table.rows, strict=True) if table.rows else ((),) * len(table.columns)
    needed = [
        min(WIDEST, max(NARROWEST, room(column.title), *map(room, map(plain, cells))) + 2)
        for column, cells in zip(table.columns, columns, strict=True)
    ]
    rest, shares = max(0, PAPER - sum(needed)), sum(column.width for column in table.columns)
    return [width + rest * column.width / shares for width, column in zip(needed, table.columns, strict=True)]


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in a column: Excel fits a row's height itself, other programs do not."""
    return max(1, ceil((room(text) + 1) / width))


def _write_about(book: Any, page: Any, document: Document) -> None:
    """Write the last sheet: what this is, of when, its marks, and the definitions of its indicators."""
    head = document.head
    title = book.add_format({"bold": True, "font_size": 16})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 110)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.write_string(0, 0, f"{head.title}　{head.subtitle}", title)
    lines = (head.internal_mark, head.sample_mark, head.issue_no, head.office, head.issued_on, head.data_line)
    for at, line in enumerate(filter(None, (*lines, *document.footnotes)), start=1):
        page.write_string(at, 0, harmless(line), text)

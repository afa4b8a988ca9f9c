"""The marks of a 批注件: colours and comments on bad cells, and the sheet 批注说明 that explains them."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from etl.mending.quality import SEVERITIES
from etl.mending.rebuilt import write_text
from etl.values.reasons import reason_of

AUTHOR = "街道总工会数据核对"
LEGEND = "批注说明"
# solid and dark against hatched and light: they can be told apart on a grey print, too
FILLS = {
    "reject": {"patternType": "solid", "fgColor": "00F19C8F"},
    "warning": {"patternType": "lightUp", "fgColor": "00B8860B", "bgColor": "00FFF6D5"},
}
LISTED = 3000  # rows of the list; the comments tell the rest
HEAD = (_("序号"), _("工作表"), _("单元格"), _("怎样处理"), _("原内容"), _("问题"), _("应改为"))
WIDTHS = (6, 18, 10, 12, 24, 44, 60)
# what is typed here must stay a text: Excel would cut a code of 18 digits to 15, and read 2017.10 as 2017.1
TYPED_AS_TEXT = {
    "scientific",
    "bad_length",
    "bad_characters",
    "check_digit",
    "ambiguous_month",
    "identity_length",
    "bad_identity",
}


@dataclass(frozen=True)
class Mark:
    """One bad cell: where it stands (`sheet` as in the marked workbook) and all that is wrong with it."""

    sheet: str
    cell: str
    problems: tuple[dict[str, Any], ...]
    is_hidden: bool = False

    @property
    def severity(self) -> str:
        """Return the worst of its problems."""
        return "reject" if any(p["severity"] == "reject" for p in self.problems) else "warning"

    @property
    def text(self) -> str:
        """Return the comment: per problem what it is, why, and what would be right."""
        said = _("【{severity}】{title}\n原因：{reason}\n应改为：{suggestion}")
        parts = [
            said.format(**{**p, "severity": SEVERITIES[p["severity"]], "title": reason_of(p["code"]).title})
            for p in self.problems
        ]
        return "\n\n".join(parts)


def _anchor(page: Any, address: str) -> Any:
    """Return the cell, or the first cell of the merged range that it lies in: only that one can be marked."""
    from openpyxl.cell.cell import MergedCell

    cell = page[address]
    if not isinstance(cell, MergedCell):
        return cell
    span = next(span for span in page.merged_cells.ranges if address in span)
    return page.cell(span.min_row, span.min_col)


def put_mark(book: Any, mark: Mark, with_comment: bool = True) -> None:
    """Colour one cell and give it its comment; a comment that stands there is kept below ours."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = _anchor(book[mark.sheet], mark.cell)
    cell.fill = PatternFill(**FILLS[mark.severity])
    if any(problem["code"] in TYPED_AS_TEXT for problem in mark.problems):
        cell.number_format = "@"
    if not with_comment:
        return
    old = f"\n\n{cell.comment.text}" if cell.comment else ""
    lines = sum(1 + len(line) // 22 for line in (mark.text + old).splitlines())
    cell.comment = Comment(mark.text + old, AUTHOR, height=30 + 18 * lines, width=330)


def remove_marks(book: Any) -> None:
    """Take the marks of an earlier 批注件 away; cells that were coloured then have no colour."""
    from openpyxl.styles import PatternFill

    for page in [page for page in book.worksheets if page.title == LEGEND]:
        book.remove(page)
    for page in book.worksheets:
        for cell in list(page._cells.values()):  # noqa: SLF001 - iter_rows would make every empty cell of the sheet
            comment = cell._comment if hasattr(cell, "_comment") else None  # noqa: SLF001
            if comment is not None and comment.author == AUTHOR:
                cell.comment, cell.fill = None, PatternFill()


def _line(page: Any, row: int, text: str, bold: bool = False) -> None:
    from openpyxl.styles import Alignment, Font

    write_text(page.cell(row, 1), text)
    page.cell(row, 1).font = Font(bold=bold, size=16 if row == 1 else 11)
    page.cell(row, 1).alignment = Alignment(wrap_text=True, vertical="center")
    page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(HEAD))
    page.row_dimensions[row].height = 28 if row == 1 else 18 * (1 + len(text) // 85)


def _colours(page: Any, row: int) -> int:
    from openpyxl.styles import PatternFill

    said = {"reject": _("此行没有入库，改正后才能计入"), "warning": _("此行已计入，但这一格按不详处理或需要核对")}
    for severity, meaning in said.items():
        page.cell(row, 1).fill = PatternFill(**FILLS[severity])
        write_text(page.cell(row, 2), f"{SEVERITIES[severity]}：{meaning}")
        row += 1
    return row + 1


def _list(page: Any, row: int, marks: list[Mark]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import quote_sheetname
    from openpyxl.worksheet.hyperlink import Hyperlink

    thin = Side(style="thin", color="00999999")
    border, wrapped = Border(thin, thin, thin, thin), Alignment(wrap_text=True, vertical="top")
    problems = [(mark, problem) for mark in marks for problem in mark.problems]
    lines = [HEAD, *(_cells(number, *pair) for number, pair in enumerate(problems[:LISTED], start=1))]
    for place, cells in enumerate(lines, start=row):
        for column, value in enumerate(cells, start=1):
            cell = page.cell(place, column)
            write_text(cell, value)
            cell.border, cell.alignment = border, wrapped
            if place == row:
                cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="00EEF2F4")
        if place > row:
            mark, problem = problems[place - row - 1]
            page.cell(place, 3).hyperlink = Hyperlink(ref="", location=f"{quote_sheetname(mark.sheet)}!{mark.cell}")
            page.cell(place, 4).fill = PatternFill(**FILLS[problem["severity"]])
    page.print_title_rows = f"{row}:{row}"


def _cells(number: int, mark: Mark, problem: dict[str, Any]) -> tuple[Any, ...]:
    said = SEVERITIES[problem["severity"]] + (_("（隐藏行）") if mark.is_hidden else "")
    return (number, mark.sheet, mark.cell, said, problem["value"] or "", problem["reason"], problem["suggestion"])


def add_legend(book: Any, marks: list[Mark], notes: list[str]) -> None:
    """Add the sheet 批注说明 at the end: notes, the two colours, and a list of every bad cell."""
    page = book.create_sheet(LEGEND)
    for row, text in enumerate((LEGEND, *notes), start=1):
        _line(page, row, text, bold=row == 1)
    row = _colours(page, len(notes) + 2)
    if marks:
        _list(page, row, marks)
    for column, width in zip("ABCDEFG", WIDTHS, strict=True):
        page.column_dimensions[column].width = width
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True

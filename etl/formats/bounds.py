"""How much a file may hold before it is refused: what the reader lays out in memory stays below about 1 GB."""

from __future__ import annotations

from gettext import gettext as _

from etl.errors import FileError

MOST_BYTES = 200_000_000  # of any file; a sheet of a million rows is about 60 MB
MOST_TEXT = 60_000_000  # of a CSV or a web page: Python needs four bytes a character and more
MOST_XML = 400_000_000  # of a workbook's parts together once unpacked; 100,000 rows of 15 columns are 60 MB
MOST_CELLS = 12_000_000  # of the used ranges together: the reader lays them out in full, 40 bytes for a blank cell
MOST_FILLED = 5_000_000  # of filled cells: about 170 bytes each
MOST_STRINGS = 400_000_000  # bytes of text once every cell has its own copy of a shared text


def too_wide(file: str, rows: int, columns: int, sheet: str | None = None) -> FileError:
    """Return what to say of a sheet with a cell far outside its table."""
    message = _("工作表范围太大（到第{row}行、第{column}列），可能有误填的单元格").format(row=rows, column=columns)
    return FileError(message, file=file, sheet=sheet, code="too_much", remedy=_("请删去表格以外的行和列，保存后再导入"))


def too_much(file: str) -> FileError:
    """Return what to say of content that would fill the memory once it is laid out."""
    message = _("文件内容展开后过大，超出本机能处理的范围，不像街道台账")
    return FileError(message, file=file, code="too_much", remedy=_("请核对文件来源，或拆分后再导入"))


def too_large(file: str, megabytes: int) -> FileError:
    """Return what to say of a file above the size that is read."""
    message = _("文件超过{n}MB，不像街道台账").format(n=megabytes)
    return FileError(message, file=file, code="too_large", remedy=_("请拆分后再导入"))

"""批注件: the original workbook with its bad cells coloured and commented; mended and loaded, it replaces the old file."""

from __future__ import annotations

import hashlib
import io
import re
import warnings
import zipfile
from collections.abc import Iterable
from gettext import gettext as _
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from polars import col

from etl.errors import AtlasError, FileError
from etl.mending.formula_values import formula_values, put_back
from etl.mending.marks import LEGEND, Mark, add_legend, put_mark, remove_marks
from etl.mending.original import original_of as original_of
from etl.mending.original import originals_of, state_original
from etl.mending.quality import shown
from etl.mending.rebuilt import rebuilt
from etl.read import read_file

if TYPE_CHECKING:
    from etl.intake_files import Intake
    from etl.recognise import Sheet

ZIP = b"PK\x03\x04"
AGAIN = re.compile(r"(.*)（(\w*?)批注件(\d*)）")
MOST_BYTES = 100_000_000  # of sheets unpacked: some two million cells, for which openpyxl takes about 1 GB
MOST_CELLS = 2_000_000
MOST_COMMENTS = 5000  # more make Excel slow; cells beyond are coloured only
# what openpyxl stumbles over in workbooks that other programs wrote
UNUSUAL = (ValueError, KeyError, TypeError, AttributeError, IndexError, zipfile.BadZipFile, ElementTree.ParseError)
LOST = {
    "xl/charts/": _("图表"), "xl/diagrams/": _("图形"), "xl/slicers/": _("切片器"), "xl/ctrlProps/": _("控件"),
    "xl/media/": _("图片"), "xl/embeddings/": _("嵌入的文件"), "xl/drawings/drawing": _("图形和文本框"),
}  # fmt: skip


def _too_large(file: str) -> FileError:
    message, remedy = _("文件太大，不制作批注件"), _("请对照质量报告修改，或拆分后再校验")
    return FileError(message, file=file, code="too_large", remedy=remedy)


def locked_original(file: str) -> FileError:
    """Return what to say of a file whose content must not be written out without its password."""
    message = _("原文件有打开密码，不另存没有密码的批注件")
    return FileError(
        message, file=file, code="password", remedy=_("请在 Excel 中取消密码后重新校验，或对照质量报告修改")
    )


def _refuse_persons(intake: Intake, file: str) -> None:
    """FileError where a file holds persons of whom no copy is to lie about."""
    entries = (entry["source"] for entry in intake.sheets.values())
    kind = next((sheet.ledger for sheet in entries if sheet.file == file and not sheet.ledger.copied), None)
    if kind is not None:
        message = _("{title}含个人信息，不制作批注件").format(title=kind.title)
        raise FileError(message, file=file, code="persons", remedy=_("请按退回修改单或质量报告所写的行号对照原表修改"))


def _is_openxml(data: bytes) -> bool:
    if not data.startswith(ZIP):
        return False
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return "xl/workbook.xml" in parts.namelist()


def _opened(data: bytes, file: str) -> tuple[Any, list[str]]:
    """Return the workbook as openpyxl keeps it, and what it cannot keep."""
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        infos = parts.infolist()
    if sum(info.file_size for info in infos if info.filename.startswith("xl/worksheets/")) > MOST_BYTES:
        raise _too_large(file)
    names = [info.filename for info in infos]
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        book = load_workbook(io.BytesIO(data), keep_vba="xl/vbaProject.bin" in names)
    lost = [_("部分下拉选项或条件格式")] if any("will be removed" in str(one.message) for one in said) else []
    lost += [word for folder, word in LOST.items() if any(name.startswith(folder) for name in names)]
    note = _("原文件中的{lost}可能没有保留，以原文件为准").format(lost="、".join(lost))
    return book, [note] if lost else []


def _from_texts(path: Path, file: str) -> tuple[Any, dict[str, str], list[str]]:
    try:
        sheets = list(read_file(path, PurePath(file).name))
        if sum(len(sheet.rows) * len(sheet.rows[0]) for sheet in sheets if sheet.rows) > MOST_CELLS:
            raise _too_large(file)
        book, names = rebuilt(sheets)
    except FileError as error:
        raise locked_original(file) if error.code == "password" else error from error
    return book, names, [_("原文件的格式不能原样保留，这里是同样的行、列和内容；请改本文件")]


def _book(path: Path, data: bytes, file: str) -> tuple[Any, dict[str, str], list[str]]:
    """Return the workbook to mark, its sheets' names by the names read, and notes on what was lost."""
    if not _is_openxml(data):
        return _from_texts(path, file)
    try:
        book, notes = _opened(data, file)
    except UNUSUAL:
        return _from_texts(path, file)
    if originals_of(path):
        remove_marks(book)
    if LEGEND in book.sheetnames:
        book[LEGEND].title = f"{LEGEND}(2)"
    return book, {name: name for name in book.sheetnames}, notes


def _letters(index: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(index + 1))


def _first_key(sheet: Sheet) -> str:
    """Return the letters of the column where a problem of the whole row is marked: its first key that is there."""
    places = {column.column: column.index for column in sheet.columns}
    keys = [places[name] for key in sheet.ledger.key for name in key if name in places]
    return _letters(keys[0] if keys else min(places.values()))


Place = tuple[str, str, int]  # sheet, cell, row


def order(place: Place) -> tuple[str, int, int, str]:
    """Return what sorts places by sheet, row and column (B before AA)."""
    sheet, cell, row = place
    return sheet, row, len(cell), cell


def marks_of(intake: Intake, file: str, names: dict[str, str]) -> list[Mark]:
    """Return the bad cells of one file in the order of sheet and row; a row's problem stands at its key cell."""
    keys = {e["source"].sheet: e["source"] for e in intake.sheets.values() if e["source"].file == file}
    first = {name: _first_key(sheet) for name, sheet in keys.items()}
    hidden = {name: frozenset(getattr(sheet, "hidden", ())) for name, sheet in keys.items()}
    found: dict[Place, list[dict[str, Any]]] = {}
    for bad in shown(intake.bad).filter(col("file") == file).iter_rows(named=True):
        cell = bad["cell"] or f"{first[bad['sheet']]}{bad['row']}"
        found.setdefault((bad["sheet"], cell, bad["row"]), []).append(bad)
    return [
        Mark(names[sheet], cell, tuple(problems), row in hidden[sheet])
        for (sheet, cell, row), problems in sorted(found.items(), key=lambda item: order(item[0]))
        if sheet in names
    ]


def _notes(marks: list[Mark], file: str, lost: Iterable[str], is_sample: bool) -> list[str]:
    rejects = sum(mark.severity == "reject" for mark in marks)
    said = _("原文件：{file}。共标出{n}处：不能入库{rejects}处，请核对{warnings}处。").format(
        file=PurePath(file).name, n=len(marks), rejects=rejects, warnings=len(marks) - rejects
    )
    how = _("请在各表涂色的格里直接改正（鼠标停在格上可看批注），保存后导入本文件，即替换原来那一份。")
    rest = _("颜色、批注和本页不影响导入，不必删除；表头、标题和文件中其他内容请不要改动。")
    return [*([_("示例数据　非真实情况")] if is_sample else []), said, how, rest, *lost]


def marked_up_name(file: str, has_macros: bool = False) -> str:
    """Return the 批注件's file name; the original's stays in it, for it may tell unit and period."""
    path = PurePath(file)
    if again := AGAIN.fullmatch(path.stem):  # made from a mended 批注件, beside which it may be written
        return f"{again[1]}（{again[2]}批注件{int(again[3] or 1) + 1}）{path.suffix}"
    kind = "" if path.suffix.lower() in (".xlsx", ".xlsm", "") else path.suffix[1:]  # 南坑.xls may lie beside 南坑.xlsx
    return f"{path.stem}（{kind}批注件）{'.xlsm' if has_macros else '.xlsx'}"


def write_marked_up(intake: Intake, file_name: str, path_of_original: Path, out: Path) -> Path:
    """Write the 批注件 of one checked file into the folder `out` and return its path.

    FileError where the original is locked with a password (its content is not written out unlocked) or too large.
    """
    data = path_of_original.read_bytes()
    book, names, lost = _book(path_of_original, data, file_name)
    marks = marks_of(intake, file_name, names)
    for number, mark in enumerate(marks):
        put_mark(book, mark, with_comment=number < MOST_COMMENTS)
    if len(marks) > MOST_COMMENTS:
        lost.append(_("问题太多，只有前{n}处有批注，其余只涂色").format(n=MOST_COMMENTS))
    add_legend(book, marks, _notes(marks, file_name, lost, intake.is_sample))
    state_original(book, hashlib.sha256(data).hexdigest(), originals_of(path_of_original))
    out.mkdir(parents=True, exist_ok=True)
    path = out / marked_up_name(file_name, bool(book.vba_archive))
    book.save(path)
    put_back(path, formula_values(data) if _is_openxml(data) else {})
    return path


def _folder(name: str) -> PurePath:
    """Return the folder in which a file lay, below the folder or archive that was given."""
    return PurePath(*(part for part in PurePath(name).parent.parts if part not in ("..", PurePath(name).anchor)))


def write_all_marked_up(
    intake: Intake, files: Iterable[tuple[str, Path]], out: Path
) -> tuple[list[Path], list[AtlasError]]:
    """Write the 批注件 of every file with a bad cell; a file that cannot have one gives its error instead."""
    bad = set(intake.bad.get_column("file"))
    written: list[Path] = []
    refused: list[AtlasError] = []
    for name, path in files:
        if name in bad:
            try:
                _refuse_persons(intake, name)
                written.append(write_marked_up(intake, name, path, out / _folder(name)))
            except AtlasError as error:
                refused.append(error)
    return written, refused

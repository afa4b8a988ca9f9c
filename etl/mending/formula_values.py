"""Put a workbook's computed values back: openpyxl saves formulas without them, and our reader computes nothing.

Without this a 批注件 loaded again before Excel has saved it would lack every number that is a formula.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from pathlib import Path

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\bname="([^"]*)"[^>]*?\b\w+:id="([^"]*)"')
RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(Id|Target)="([^"]*)"')
FORMULA = re.compile(
    rb"<c\b([^>]*[^/>])>\s*(<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v\b[^>]*>([^<]*)</v>)?\s*</c>"
)
PLACE = re.compile(rb'\br="([A-Z]+\d+)"')
TYPE = re.compile(rb'\s\bt="(\w+)"')
Values = dict[bytes, tuple[bytes, bytes]]


def sheet_parts(book: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of every sheet by the sheet's name, as the file spells it (escaped)."""
    found = [dict(ATTRIBUTE.findall(tag)) for tag in RELATION.findall(book.read(RELATIONS).decode("utf-8"))]
    targets = {r["Id"]: posixpath.normpath(posixpath.join("/xl", r["Target"]))[1:] for r in found if len(r) == 2}
    sheets = SHEET.findall(book.read(BOOK).decode("utf-8"))
    return {name: targets[relation] for name, relation in sheets if relation in targets}


def _values(content: bytes) -> Values:
    """Return the type and computed value of each formula cell."""
    values = {}
    for attributes, _formula, value in FORMULA.findall(content) if b"<f" in content else ():
        place, type_ = PLACE.search(attributes), TYPE.search(attributes)
        if place and value:
            values[place[1]] = (type_[1] if type_ else b"n", value)
    return values


def _filled(content: bytes, values: Values) -> bytes:
    def fill(found: re.Match[bytes]) -> bytes:
        place = PLACE.search(found[1])
        if not place or place[1] not in values:
            return found[0]
        type_, value = values[place[1]]
        attributes = TYPE.sub(b"", found[1])
        return b'<c%s t="%s">%s<v>%s</v></c>' % (attributes, type_, found[2], value)

    return FORMULA.sub(fill, content)


def formula_values(data: bytes) -> dict[str, Values]:
    """Return, by sheet, the computed values of a workbook's formulas; sheets without any are left out."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        found = {name: _values(book.read(part)) for name, part in sheet_parts(book).items() if part in book.NameToInfo}
    return {name: values for name, values in found.items() if values}


def put_back(path: Path, values: dict[str, Values]) -> None:
    """Write the values into the formula cells of the workbook at `path` that stand at the same places."""
    if not values:
        return
    draft = path.with_name(f".{path.name}.draft")
    with zipfile.ZipFile(path) as made, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as out:
        names = {part: name for name, part in sheet_parts(made).items()}
        for info in made.infolist():
            content = made.read(info)
            wanted = values.get(names.get(info.filename, ""))
            out.writestr(info, _filled(content, wanted) if wanted else content)
    draft.replace(path)

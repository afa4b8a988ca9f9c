"""The cell styles of an .xlsx whose font has a line through it."""

from __future__ import annotations

import re

from lxml import etree


def struck_styles(styles: bytes) -> re.Pattern[bytes] | None:
    """Return what finds a cell with such a style, or None where the workbook has none."""
    if b"strike" not in styles:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(styles, parser)
    fonts = {
        number
        for number, font in enumerate(root.iterfind("{*}fonts/{*}font"))
        if any(mark.get("val", "1") not in ("0", "false") for mark in font.iterfind("{*}strike"))
    }
    formats = root.iterfind("{*}cellXfs/{*}xf")
    numbers = [str(number) for number, form in enumerate(formats) if int(form.get("fontId", "0")) in fonts]
    return re.compile(rf'<c [^>]*\bs="(?:{"|".join(numbers)})"'.encode()) if numbers else None

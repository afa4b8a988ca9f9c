"""A document as PDF, and as the pictures of its pages: typst fills the fixed template pdf.typ; no font but ours is used."""

from __future__ import annotations

import json
from functools import lru_cache
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.kinds import kind_of
from briefing.model import Document
from briefing.writers import glyphs
from briefing.writers.printed import as_printed, strings

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).with_suffix(".typ")
PREVIEW_PPI = 110


def pdf(document: Document) -> bytes:
    """Return the document as PDF; the same document gives the same bytes."""
    import typst

    content: bytes = typst.compile(TEMPLATE.read_bytes(), format="pdf", **_given(document))
    return content


def pages(document: Document, ppi: float = PREVIEW_PPI) -> tuple[bytes, ...]:
    """Return a PNG of every page as it prints."""
    import typst

    found: bytes | list[bytes] = typst.compile(TEMPLATE.read_bytes(), format="png", ppi=ppi, **_given(document))
    return (found,) if isinstance(found, bytes) else tuple(found)


def body_pages(document: Document) -> int:
    """Return how many pages the body fills, annexes and 附：数据来源 not counted."""
    import typst

    return int(typst.query(TEMPLATE.read_bytes(), "<body-pages>", field="value", one=True, **_given(document)))


def pdf_notices(document: Document) -> list[str]:
    """Return what whoever exports should know of the PDF: characters that no font has, a body that is too long."""
    notices = []
    if lost := glyphs.missing(strings(as_printed(document))):
        notices.append(_("字体中没有“{chars}”，PDF里显示为空框；Word文件不受影响。").format(chars="、".join(lost)))
    most, used = kind_of(document.kind).most_pages, body_pages(document)
    if most is not None and used > most:
        notices.append(_("正文{used}页，超过{most}页。").format(used=used, most=most))
    return notices


def _given(document: Document) -> dict[str, Any]:
    """Return what every call of typst gets: our fonts, and the document as data, never as markup."""
    inputs = {"document": json.dumps(as_printed(document), ensure_ascii=False)}
    return {"font_paths": _fonts(), "ignore_system_fonts": True, "sys_inputs": inputs}


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Return the fonts of data/fonts and no others, neither the system's nor typst's own."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(glyphs.FONTS)])

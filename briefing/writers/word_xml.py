"""Elements of Word's XML, written as code: a name with its prefix, attributes, children in the order of the schema."""

from __future__ import annotations

import re
from typing import Any

BREAKS = re.compile(r"[\r\n\t\v\f\x85\u2028\u2029]+")
FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def element(name: str, attributes: dict[str, str] | None = None, *children: Any) -> Any:
    """Return an element such as w:p with attributes such as w:val."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    made = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qn(key) if ":" in key else key, value)
    made.extend(children)
    return made


def text_run(text: str, style: str = "") -> Any:
    """Return a run of text; only a character style may change its look."""
    from docx.oxml.ns import qn

    written = element("w:t")
    written.text = printable(text)
    written.set(qn("xml:space"), "preserve")
    look = [element("w:rPr", {}, element("w:rStyle", {"w:val": style}))] if style else []
    return element("w:r", {}, *look, written)


def paragraph(style: str, *children: Any) -> Any:
    """Return a paragraph in a style."""
    return element("w:p", {}, element("w:pPr", {}, element("w:pStyle", {"w:val": style})), *children)


def tab() -> Any:
    """Return a run that is a tab."""
    return element("w:r", {}, element("w:tab"))


def printable(text: str) -> str:
    """Return a text without the characters that XML cannot hold; ends of lines become spaces."""
    return FORBIDDEN.sub("", BREAKS.sub(" ", text))

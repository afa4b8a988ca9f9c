"""A PDF as tests read it back: lines of text with where they stand, fonts, pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

MM = 72 / 25.4


@dataclass(frozen=True)
class Line:
    """One run of text: left edge and baseline in mm from the page's top left, its size in points, its font."""

    text: str
    left: float
    down: float
    size: float
    font: str


@lru_cache(maxsize=2)
def reader(content: bytes) -> PdfReader:
    """Open a PDF."""
    return PdfReader(io.BytesIO(content))


def lines(content: bytes, page: int) -> list[Line]:
    """Return a page's runs of text in the order of the file."""
    found: list[Line] = []
    read = reader(content).pages[page]
    height = float(read.mediabox.height)

    def visit(text: str, at: list[float], _text_at: list[float], font: dict[str, Any] | None, size: float) -> None:
        if text.strip():
            name = str(font["/BaseFont"]).lstrip("/") if font else ""
            found.append(Line(text.strip("\n "), at[4] / MM, (height - at[5]) / MM, size, name))

    read.extract_text(visitor_text=visit)
    return found


def text(content: bytes) -> str:
    """Return all text without line ends and spaces, which justified lines have between letters."""
    return "".join("".join(page.extract_text().split()) for page in reader(content).pages)


def objects(content: bytes) -> Iterator[DictionaryObject]:
    """Yield every dictionary of the file."""
    read = reader(content)
    for number in range(1, int(str(read.trailer["/Size"]))):
        found = read.get_object(number)
        if isinstance(found, DictionaryObject):
            yield found


def fonts(content: bytes) -> set[str]:
    """Return the names of all fonts in the file, without the marks of their subsets."""
    named = (
        str(found["/FontName"]).lstrip("/") for found in objects(content) if found.get("/Type") == "/FontDescriptor"
    )
    return {name.split("+")[-1].removesuffix("-Identity-H") for name in named}


def titles(content: bytes) -> list[str]:
    """Return the file's bookmarks."""
    outline: list[Any] = list(reader(content).outline)
    return [str(entry.title) for entry in outline]


def flow(content: bytes) -> str:
    """Return the text as it runs on from page to page: without headers, page numbers and footnotes."""
    return "".join(line.text for page in range(len(reader(content).pages)) for line in _body(lines(content, page)))


def _body(found: list[Line]) -> list[Line]:
    """Return a page's runs in the 版心 above its footnotes, whose marks are the smallest signs at its left edge."""
    marks = [line.down for line in found if line.size < 6 and line.left < 28.5 and line.text[0] in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"]
    end = min(marks, default=297 - 35 + 1) - 0.5
    return [line for line in found if 37 < line.down < end]

"""A .docx as tests read it: its parts as XML, its texts by style, and a way to change one as a clerk would in Word."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

BODY = "word/document.xml"


@dataclass(frozen=True)
class WordFile:
    """An unpacked .docx."""

    parts: dict[str, bytes]

    def xml(self, name: str) -> Any:
        """Return a part's root."""
        return etree.fromstring(self.parts[name])

    def words(self) -> list[str]:
        """Return the names of the parts that hold text."""
        return [name for name in self.parts if name.startswith("word/") and name.endswith(".xml")]

    def paragraphs(self, name: str = BODY) -> Iterator[tuple[str, str]]:
        """Yield style and text of every paragraph of a part."""
        for paragraph in self.xml(name).iter(qn("w:p")):
            yield paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}").get(qn("w:val")), text_of(paragraph)

    def style(self, style_id: str) -> Any:
        """Return one style."""
        (found,) = (s for s in self.xml("word/styles.xml").iter(qn("w:style")) if s.get(qn("w:styleId")) == style_id)
        return found


def unpacked(content: bytes) -> WordFile:
    """Return a .docx with all its parts."""
    with zipfile.ZipFile(BytesIO(content)) as file:
        return WordFile({name: file.read(name) for name in file.namelist()})


def repacked(word: WordFile) -> bytes:
    """Return the .docx again."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in word.parts.items():
            file.writestr(name, content)
    return out.getvalue()


def edited(content: bytes, change: Callable[[str], str], part: str = BODY) -> bytes:
    """Return a .docx whose text somebody has changed."""
    word = unpacked(content)
    word.parts[part] = change(word.parts[part].decode("utf-8")).encode("utf-8")
    return repacked(word)


def text_of(node: Any) -> str:
    """Return the text below a node."""
    return "".join(found.text or "" for found in node.iter(qn("w:t")))


def value(node: Any, path: str, attribute: str = "w:val") -> str | None:
    """Return an attribute of the first element at a path such as w:pPr/w:jc, None where there is none."""
    found = node.find("/".join(qn(name) for name in path.split("/")))
    return None if found is None else str(found.get(qn(attribute)))


def section_of(file: WordFile) -> Any:
    """Return the properties of a file's only section: paper, margins, grid."""
    (found,) = file.xml(BODY).iter(qn("w:sectPr"))
    return found

"""One document written as a file: each ending has its writer, loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from briefing.model import Document

Writer = Callable[[Document], bytes]


def _lazy(name: str) -> Writer:
    """Return the writer of a module: `word` is function `word` of briefing/writers/word.py."""

    def write(document: Document) -> bytes:
        content: bytes = getattr(import_module(f"briefing.writers.{name}"), name)(document)
        return content

    write.__name__ = name
    return write


WRITERS: dict[str, Writer] = {
    ".docx": _lazy("word"),
    ".pdf": _lazy("pdf"),
    ".pptx": _lazy("slides"),
    ".xlsx": _lazy("workbook"),
}

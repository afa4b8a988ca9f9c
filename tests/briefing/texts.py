"""A document as plain text, line by line, for golden files and for looking at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.model import Chart, Document, Paragraph, Table, plain


def text_of(document: Document) -> str:
    """Return all that is printed, in order; the data's version and the program's hash are left out."""
    text = "\n".join(_lines(document)) + "\n"
    return re.sub(r"数据版本\d+(，标识[0-9a-f]+)?", "数据版本N", text)


def _lines(document: Document) -> Iterator[str]:
    head = document.head
    yield from (head.internal_mark, head.sample_mark, head.title, head.subtitle, head.office, head.data_line)
    for section in document.sections:
        yield f"\n## {section.title}"
        for block in section.blocks:
            yield from _block_lines(block)
    yield from (f"\n脚注　{note}" for note in document.footnotes)
    for missing in document.missing:
        yield f"\n未列　{missing.what}：{missing.why}{'（缺一部分）' if missing.is_section else ''}"


def _block_lines(block: Paragraph | Table | Chart) -> Iterator[str]:
    if isinstance(block, Paragraph):
        text = "".join(s.text + (f"（责任单位：{s.unit}）" if s.unit else "") for s in block.sentences)
        yield f"- {text}" if block.is_numbered else text
    elif isinstance(block, Table):
        yield f"表　{block.title}　{block.unit}".rstrip("　")
        yield " | ".join(column.title for column in block.columns)
        yield from (" | ".join(plain(cell) for cell in row) for row in block.rows)
        yield from (f"注：{note}" for note in block.notes)
    else:
        yield f"图　{block.title}（{block.kind}）"
        yield from (f"{series.title}：{'、'.join(series.texts)}" for series in block.series)
        yield from (f"注：{note}" for note in block.notes)

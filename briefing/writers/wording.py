"""What every writer adds around a document's own texts: numbers of sections and items, responsible units, the foot."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from briefing.model import Document, Head, Paragraph, Section, Sentence, Table

DIGITS = "一二三四五六七八九"


def ordinal(n: int) -> str:
    """Return 一 for 1, 十二 for 12; sections never reach 100."""
    tens, ones = divmod(n, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else DIGITS[tens - 1] + "十"
    return ten + (DIGITS[ones - 1] if ones else "")


def headed(document: Document) -> Iterator[tuple[str, Section]]:
    """Yield the sections with their headings as printed: 一、总体情况 …, annexes as they are called, after the body."""
    body = [section for section in document.sections if not section.is_annex]
    for n, section in enumerate(body, start=1):
        yield f"{ordinal(n)}、{section.title}", section
    yield from ((section.title, section) for section in document.sections if section.is_annex)


def numbers(section: Section) -> Iterator[int | None]:
    """Yield each block's number in the section's list (1. 2. 3.), None for what is no item of it."""
    n = 0
    for block in section.blocks:
        is_item = isinstance(block, Paragraph) and block.is_numbered
        n += is_item
        yield n if is_item else None


def caption(section: Section, table: Table) -> str:
    """Return a table's title where its section's heading does not already say it."""
    return "" if section.title.endswith(table.title) else table.title


def responsible(sentence: Sentence) -> str:
    """Return what stands after a sentence that has a responsible unit; "" where there is none."""
    return _("（责任单位：{unit}）").format(unit=sentence.unit) if sentence.unit else ""


def foot(head: Head) -> list[str]:
    """Return the lines of the foot that are typed: 报, 送, and who drafted, checked and signed."""
    people = ((_("拟稿"), head.drafted_by), (_("审核"), head.checked_by), (_("签发"), head.signed_by))
    lines = [f"{label}：{text}" for label, text in ((_("报"), head.report_to), (_("送"), head.copy_to)) if text]
    if any(name for _label, name in people):
        lines.append("　　".join(f"{label}：{name}" for label, name in people))
    return lines

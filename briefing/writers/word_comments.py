"""Comments on request: beside each number its question in words, and the data version."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

from briefing import origins
from briefing.model import Document, Fact
from briefing.writers.word_xml import printable


def add_comments(word: Any, document: Document, facts: list[tuple[Fact, Any]]) -> None:
    """Add one comment per number; they bear no time of day, so that the same document stays the same file."""
    from docx.oxml.ns import qn
    from docx.text.run import Run

    names, version = dict(document.names), _("数据版本{n}").format(n=document.generation_no)
    for fact, run in facts:
        text = f"{origins.words(fact.origin, names)}；{version}"
        comment = word.add_comment(
            Run(run, word), printable(text), author=printable(document.head.office), initials=_("数据")
        )
        comment._comment_elm.attrib.pop(qn("w:date"), None)

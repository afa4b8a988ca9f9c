"""A section of typed matters: there, said to be none, or not typed yet."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _

from briefing.model import Missing, Paragraph, Section, Sentence, Text, Typed
from briefing.sections.made import Made


def matters(id: str, title: str, sentences: Iterable[Sentence], is_nothing: bool) -> Made:
    """Return the section, one numbered paragraph a matter.

    Without any it says so where the office typed that there is nothing, and is a hole where it typed nothing at all.
    What is typed may name enterprises: sections made of it are internal (IS_INTERNAL).
    """
    paragraphs = tuple(Paragraph((one,), is_numbered=True) for one in sentences)
    if not paragraphs and not is_nothing:
        return Made(None, (Missing(title, _("未填写；没有的请写“无”"), is_section=True),))
    return Made(Section(id, title, paragraphs or (Paragraph((Sentence(f"{id}:none", (_("本期无。"),)),)),)))


def ended(matter: str) -> Text:
    """Return a typed matter as a sentence, with one full stop or its own question mark."""
    said = matter.rstrip("。；")
    return (Typed(said),) if said.endswith(("？", "！", "?")) else (Typed(said), "。")

"""上期交办事项落实情况: what became of what was assigned, as the office typed it; never in a public version."""

from __future__ import annotations

from gettext import gettext as _

from briefing import typed
from briefing.model import Sentence, Text, Typed
from briefing.request import Request
from briefing.sections.made import Made
from briefing.source import Source
from briefing.told import joined, told
from briefing.typed import Assigned
from briefing.typed_section import matters

TITLE = _("上期交办事项落实情况")
IS_INTERNAL = True
IS_OF_STREET = True


def build(source: Source, request: Request) -> Made:
    """Return the section, one numbered paragraph a matter."""
    found = typed.assigned(source.street, request.end) if source.street else ()
    sentences = (Sentence(f"assigned:{one.item}", _said(one)) for one in found if not typed.is_nothing(one.matter))
    return matters("assigned", TITLE, sentences, is_nothing=bool(found))


def _said(one: Assigned) -> Text:
    """Return the matter, in brackets who and until when, then how it stands."""
    who = told(_("责任单位：{who}"), who=_typed(one.responsible))
    until = told(_("时限：{until}"), until=_typed(one.deadline))
    brackets = told(_("（{about}）"), about=joined((who, until), "；") or None)
    state = _("已办结") if one.is_done else _("正在办理")
    progress = told(_("，{progress}"), progress=_typed(one.progress.rstrip("。；")))
    return told(
        _("{matter}{brackets}。{state}{progress}。"),
        matter=Typed(one.matter.rstrip("。；？！")), brackets=brackets or (), state=state, progress=progress or (),
    ) or ()  # fmt: skip


def _typed(text: str) -> Typed | None:
    return Typed(text) if text else None

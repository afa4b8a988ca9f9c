"""年度任务进展: the yearly tasks, each with what is expected of the year's end; for the house alone."""

from __future__ import annotations

from gettext import gettext as _

from briefing.model import Paragraph, Section, Sentence
from briefing.request import Request
from briefing.sections.made import Made
from briefing.sentences.scope import Scope
from briefing.sentences.tasks import tasks
from briefing.source import Source
from metrics.targets.words import LEGEND

TITLE = _("年度任务进展")


def build(source: Source, request: Request) -> Made:
    """Return a paragraph a task and, below forecasts, how they are to be read; nothing where nothing is to be added."""
    if request.topic:
        return Made(None)
    found = tuple(one for one in tasks(Scope(source, request.end, request.community)) if isinstance(one, Sentence))
    if not found:
        return Made(None)
    is_forecast = any("年底预计" in one.text for one in found)
    legend = (Paragraph((Sentence("tasks:legend", (LEGEND,)),)),) if is_forecast else ()
    return Made(Section("tasks", TITLE, (*(Paragraph((one,)) for one in found), *legend)))

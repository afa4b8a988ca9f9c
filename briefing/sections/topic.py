"""各社区情况: the document's topic, a metric, community by community. Who stands out is told only in the internal version."""

from __future__ import annotations

from gettext import gettext as _

from briefing.asked import period_of
from briefing.model import Missing, Paragraph, Section, Sentence
from briefing.request import Request
from briefing.sections.made import Made
from briefing.sentences.remarks import other_remarks
from briefing.sentences.scope import Scope
from briefing.source import Source
from briefing.tables import by_community
from metrics.catalogue import metric_of
from metrics.judging.compare_words import rank_refusal
from metrics.question import Question

TITLE = _("各社区情况")


def build(source: Source, request: Request) -> Made:
    """Return the sentence that reads the table, and the table."""
    if not request.topic:
        return Made(None)
    metric = metric_of(request.topic)
    asked = Question(metric.id, ("community",), request.end, None, period_of(request, metric.id))
    rows = source.answer(asked).rows
    if all(row.value is None for row in rows):
        is_known = any(row.known for row in rows)
        why = _("为保护个人信息，各社区均不显示") if is_known else _("各社区相关台账均未报")
        return Made(None, (Missing(TITLE, why, is_section=True),))
    table = by_community(source, request, metric.id, _("各社区{title}").format(title=metric.title))
    return Made(Section("topic", TITLE, (*_reading(source, request), table)))


def _reading(source: Source, request: Request) -> tuple[Paragraph, ...]:
    """Say which communities are low, or why none is held against another."""
    metric = metric_of(request.topic)
    scope = Scope(source, request.end)
    if scope.is_public:
        return ()
    low = scope.fact("low", metric.id, period=period_of(request, metric.id))
    refusal = rank_refusal(metric)
    if low is None and not refusal:
        return ()
    text = (_("与全街道相比，"), low, "。") if low is not None else (refusal,)
    said = other_remarks(source, request, [(metric.id, period_of(request, metric.id))])
    return (Paragraph((Sentence(f"topic:{metric.id}", text), *said)),)

"""社区排名: ranks with their ranges and tiers, only where ranking is fair; the others are told without order."""

from __future__ import annotations

from gettext import gettext as _

from briefing.asked import NOTHING, notes, period_of
from briefing.aspects import fact
from briefing.kinds import kind_of
from briefing.model import Column, Missing, Origin, Paragraph, Section, Sentence, Table, Text
from briefing.request import Request
from briefing.sections.made import Made
from briefing.source import Source
from briefing.tables import by_community
from metrics.catalogue import metric_of
from metrics.judging.compare import Compared, compare, is_ranked
from metrics.judging.compare_words import rank_legend, rank_refusal
from metrics.question import Question

TITLE = _("各社区情况")
IS_INTERNAL = True
IS_OF_STREET = True
COLUMNS = (
    Column(_("档次")),
    Column(_("社区")),
    Column(_("数值"), "right", 2.4),
    Column(_("名次（大致范围）"), "right", 2.2),
)


def build(source: Source, request: Request) -> Made:
    """Return one table for each metric of the kind; by tier and rank where it is ranked, else in official order."""
    metrics = kind_of(request.kind).ranking
    blocks: list[Paragraph | Table] = []
    missing: list[Missing] = []
    for metric in metrics:
        asked = Question(metric, ("community",), request.end, None, period_of(request, metric))
        if all(row.value is None for row in source.answer(asked).rows):
            missing.append(Missing(metric_of(metric).title, _("未报")))
        else:
            blocks += (
                _ranked(source, request, metric) if is_ranked(metric_of(metric)) else _told(source, request, metric)
            )
    if not blocks:
        return Made(None, (*missing, Missing(TITLE, _("相关台账均未报"), is_section=True)))
    return Made(Section("ranking", TITLE, tuple(blocks)), tuple(missing))


def _ranked(source: Source, request: Request, metric: str) -> list[Paragraph | Table]:
    """Return a metric's communities by tier and rank; who is not ranked stands last, with the reason."""
    rows = compare(source.warehouse, Question(metric, (), request.end, None, period_of(request, metric))).rows
    order = sorted(rows, key=lambda row: (row.rank is None, row.rank or 0))
    body = tuple(_row(source, request, metric, row) for row in order)
    below = (rank_legend(), *notes(source, request, (metric,), has_changes=False))
    return [Table(f"ranking:{metric}", metric_of(metric).title, COLUMNS, body, notes=below)]


def _row(source: Source, request: Request, metric: str, row: Compared) -> tuple[Text, ...]:
    where = (("community", (row.keys["community_id"] or "",)),)

    def told(aspect: str) -> Text:
        found = fact(source, Origin(aspect, metric, request.end, period_of(request, metric), where))
        return NOTHING if found is None else (found,)

    standing = told("rank") if row.rank is not None else told("classed")
    return told("tier"), (row.keys["community"] or "",), told("row"), standing


def _told(source: Source, request: Request, metric: str) -> list[Paragraph | Table]:
    """Return a metric that is not ranked: why, and its communities in official order."""
    title = metric_of(metric).title
    why = Sentence(
        f"ranking:{metric}:refusal", (_("{title}：{why}").format(title=title, why=rank_refusal(metric_of(metric))),)
    )
    return [Paragraph((why,)), by_community(source, request, metric, title)]

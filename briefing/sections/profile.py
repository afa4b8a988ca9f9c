"""社区概况: one community's rates with their ranges, beside the whole street and the goal."""

from __future__ import annotations

from gettext import gettext as _

from briefing.asked import NOTHING, cell, name_cell, notes, origin, unknown
from briefing.aspects import fact
from briefing.model import Column, Missing, Origin, Paragraph, Section, Sentence, Table, Text, Typed
from briefing.request import Request
from briefing.sections.made import Made
from briefing.sentences.remarks import other_remarks
from briefing.source import Source
from briefing.told import joined, told
from metrics import scope
from metrics.catalogue import catalogue, metric_of
from metrics.judging.compare import is_judged
from metrics.judging.compare_words import class_legend

TITLE = _("与全街道比较")
ORDER = ("enterprise", "union", "target", "dispute")
# How hazards, cases and requests are handled is told in words, in the house, and not held against the other communities.
TOPICS = {"organising", "membership", "disputes"}


def build(source: Source, request: Request) -> Made:
    """Return the table of the rates that have a range; what is not known is listed."""
    if not request.community:
        return Made(None)
    compared = [metric for metric in catalogue().values() if is_judged(metric) and metric.topic in TOPICS]
    metrics = tuple(metric.id for metric in sorted(compared, key=lambda metric: ORDER.index(metric.unit)))
    lost = unknown(source, request, metrics)
    known = tuple(metric for metric in metrics if metric not in lost)
    missing = tuple(lost.values())
    if not known:
        return Made(None, (*missing, Missing(TITLE, _("相关台账均未报"), is_section=True)))
    said = other_remarks(source, request, ((metric, _period(metric)) for metric in known))
    below = (*_remarks(source, request), *([Paragraph(said)] if said else []))
    blocks: tuple[Table | Paragraph, ...] = (_table(source, request, known), *below)
    return Made(Section("profile", TITLE, blocks), missing)


def _table(source: Source, request: Request, metrics: tuple[str, ...]) -> Table:
    is_internal = source.audience == "internal"
    heads = [(_("本社区"), 1.0), (_("参考范围"), 1.5), (_("全街道"), 1.0)]
    heads += [(_("与全街道相比"), 1.3)] if is_internal else []
    heads += [(_("目标"), 0.8), (_("较上年同期"), 1.6)]

    def row(metric: str) -> tuple[Text, ...]:
        period = _period(metric)
        own = [cell(source, origin(request, aspect, metric, period)) for aspect in ("cell", "range")]
        street = fact(source, Origin("cell", metric, request.end, period))
        place = [cell(source, origin(request, "classed", metric, period))] if is_internal else []
        goal = cell(source, origin(request, "goal", metric, period))
        changed = cell(source, origin(request, "change_cell", metric, period, "last_year"))
        return (name_cell(metric_of(metric)), *own, NOTHING if street is None else (street,), *place, goal, changed)

    columns = (Column(_("指标"), width=2.0), *(Column(head, "right", width) for head, width in heads))
    legend = (class_legend(),) if is_internal else ()
    below = (*legend, *notes(source, request, metrics))
    return Table("profile", TITLE, columns, tuple(map(row, metrics)), notes=below)


def _period(metric: str) -> str | None:
    """Return the year so far for what happens: a community's month is too little to judge."""
    return None if metric_of(metric).time == "stock" else "ytd"


def _remarks(source: Source, request: Request) -> tuple[Paragraph, ...]:
    """Return what has to be said of this community: one giant decides a rate, a note on its data."""
    rates = {"coverage_rate": _("建会率"), "membership_rate_area": _("入会率")}
    without = [
        told("{name}{value}", name=name, value=fact(source, origin(request, "giant_value", metric)))
        for metric, name in rates.items()
    ]
    giant = told(
        _("最大企业占本社区职工的{share}，剔除后{rates}。"),
        share=fact(source, origin(request, "giant_share", "coverage_rate")),
        rates=joined(without, "，") or None,
    )
    sentences = [Sentence(f"giant:{request.community}", giant)] if giant else []
    note = scope.settings(source.warehouse).get(f"note:{request.community}", "") if source.tells_notes else ""
    sentences += [Sentence("profile:note", (_("说明："), Typed(note.rstrip("。")), "。"))] if note else []
    return (Paragraph(tuple(sentences)),) if sentences else ()

"""附：数据来源: what every number of the document rests on, made from the document itself when all else stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from gettext import gettext as _

from briefing.model import Chart, Column, Document, Origin, Paragraph, Section, Table, Text, Typed, facts
from briefing.request import Request
from briefing.sections.made import Made
from briefing.source import Source
from metrics import phrases, scope
from metrics.catalogue import metric_of
from metrics.columns import DIMENSIONS, MONTH
from metrics.reports import report_states

TITLE = _("附：数据来源")
IS_LAST = True
BY_HAND = _("人工填写")
COLUMNS = (Column(_("指标"), width=2.0), Column(_("时间"), width=1.4), Column(_("范围"), width=1.2),
           Column(_("依据台账"), width=1.4), Column(_("用于"), width=2.2))  # fmt: skip
MEANINGS = (Column(_("指标"), width=1.3), Column(_("口径"), width=3.5), Column(_("说明"), width=3.0))
Line = tuple[str, str, tuple[str, ...]]  # metric, time, dimensions


@dataclass
class Use:
    """Where in the document numbers of one line stand, and of which communities they are."""

    sections: list[str] = field(default_factory=list)
    communities: set[str] = field(default_factory=set)


def build(source: Source, request: Request, document: Document) -> Made:
    """Return one line for each metric, period and cut, then what the metrics mean."""
    if not request.has_sources:
        return Made(None)
    used = _used(source, document)
    ledgers = {state.ledger: state.title for state in report_states(source.warehouse, request.end)}
    rows = [_row(source, line, use, ledgers) for line, use in used.items()]
    rows += [_by_hand(titles) for titles in [_typed(document)] if titles]
    if not rows:
        return Made(None)
    version = _("数据版本{n}，标识{id}。").format(n=document.generation_no, id=document.generation_id[:12])
    table = Table("sources", _("数据来源"), COLUMNS, tuple(rows), notes=(version,))
    meanings = _meanings(source, list(dict.fromkeys(metric for metric, _when, _dims in used)))
    return Made(Section("sources", TITLE, (table, meanings), is_annex=True))


def _used(source: Source, document: Document) -> dict[Line, Use]:
    """Return what is used where, in the order of the document."""
    found: dict[Line, Use] = {}
    for section in document.sections:
        for origin in _origins(section):
            where = dict(origin.where)
            when = _when(source, origin)
            by = {origin.of.rpartition(",")[2].partition("=")[0]} & set(DIMENSIONS)  # cause=01, community
            use = found.setdefault((origin.metric, when, tuple(sorted({*where, *by}))), Use())
            use.communities |= set(where.get("community", ()))
            name = section.title.removeprefix(_("附表　"))
            if name not in use.sections:
                use.sections.append(name)
    return found


def _when(source: Source, origin: Origin) -> str:
    """Return the period of a number, or of all the months of a chart."""
    if origin.of == MONTH and origin.start:
        return _("{months}各月").format(months=phrases.range_text(origin.start, origin.month))
    return phrases.period_text(source.answer(replace(origin.question, start=None)))


def _origins(section: Section) -> list[Origin]:
    found: list[Origin] = []
    for block in section.blocks:
        if isinstance(block, Chart):
            found += [series.origin for series in block.series]
        else:
            found += [fact.origin for text in _texts(block) for fact in facts(text)]
    return found


def _texts(block: Paragraph | Table | Chart) -> list[Text]:
    if isinstance(block, Paragraph):
        return [sentence.parts for sentence in block.sentences]
    return [cell for row in block.rows for cell in row] if isinstance(block, Table) else []


def _row(source: Source, line: Line, use: Use, ledgers: dict[str, str]) -> tuple[Text, ...]:
    metric, when, dims = line
    names = "、".join(ledgers.get(ledger, ledger) for ledger in _ledgers(metric))
    used = "、".join(use.sections)
    return (metric_of(metric).title,), (when,), (_cut(source, dims, use.communities),), (names,), (used,)


def _ledgers(metric: str) -> tuple[str, ...]:
    """Return the ledgers that a metric and its denominator rest on."""
    found = metric_of(metric)
    over = metric_of(found.over).ledgers if found.over not in {None, "units"} else ()
    return tuple(dict.fromkeys((*found.ledgers, *over)))


def _cut(source: Source, dims: tuple[str, ...], communities: set[str]) -> str:
    """Return 全街道, 各社区, 南坑社区, 各社区，按案由."""
    place = _("全街道")
    if "community" in dims:
        (*_others, last) = sorted(communities) or [""]
        one = scope.title(source.warehouse, "community", last) if len(communities) == 1 else ""
        place = _("{name}社区").format(name=one) if one else _("各社区")
    others = [_("按{dimension}").format(dimension=DIMENSIONS[dim].title) for dim in dims if dim != "community"]
    return "，".join((place, *others))


def _typed(document: Document) -> list[str]:
    """Return the sections with a text that a person typed or edited."""
    return [
        section.title
        for section in document.sections
        if any(isinstance(part, Typed) for block in section.blocks for text in _texts(block) for part in text)
    ]


def _by_hand(titles: list[str]) -> tuple[Text, ...]:
    return (BY_HAND,), ("—",), ("—",), ("—",), ("、".join(titles),)


def _meanings(source: Source, metrics: list[str]) -> Table:
    rows = []
    for name in metrics:
        metric = metric_of(name)
        rows.append(((metric.title,), (metric.meaning,), (scope.caveat(source.warehouse, metric),)))
    return Table("meanings", _("指标口径"), MEANINGS, tuple(rows))

"""附表　社区一览表: every community in official order, no ranks; who differs from the street by more than chance is marked."""

from __future__ import annotations

from gettext import gettext as _

from briefing.asked import cell, notes, origin, period_name, so_far
from briefing.aspects import fact
from briefing.footnotes import definitions, is_in_annex
from briefing.kinds import kind_of
from briefing.model import Column, Missing, Paragraph, Section, Sentence, Table, Text
from briefing.request import Request
from briefing.sections.made import Made
from briefing.sentences.remarks import other_remarks
from briefing.source import Source
from briefing.told import joined, told
from metrics import scope
from metrics.catalogue import metric_of
from metrics.judging.compare import is_judged
from metrics.judging.compare_words import class_legend
from metrics.question import Question

TITLE = _("附表　社区一览表")
IS_OF_STREET = True
NO_BREAK = "\u00a0"
# metric, head, whether it is read over the document's period, over the year so far, or is a level at the month's end
LEVEL, PERIOD, YEAR = "level", "period", "ytd"
SHOWN = (
    ("enterprises", _("企业"), LEVEL),
    ("workers", _("职工"), LEVEL),
    ("coverage_rate", _("建会率"), LEVEL),
    ("membership_rate_area", _("入会率"), LEVEL),
    ("disputes_received", _("受理纠纷"), PERIOD),
    ("disputes_received", _("受理纠纷"), YEAR),
    ("unions_formed_target_progress", _("新建会任务"), LEVEL),
)
Shown = tuple[str, str, str | None]


def build(source: Source, request: Request) -> Made:
    """Return the table with what has to be said below it."""
    columns = _columns(source, request)
    if not columns:
        return Made(None, (Missing(TITLE, _("各社区相关台账均未报"), is_section=True),))
    rows = tuple(
        ((option.title,), *(_cell(source, request, option.id, *column) for column in columns))
        for option in scope.communities(source.warehouse)
    )
    total = ((_("全街道"),), *(cell(source, origin(request, "bare", metric, period)) for metric, _h, period in columns))
    heads = (
        Column(_("社区"), width=1.1),
        *(Column(head, "right", 1.4 if _is_wide(m) else 1.1) for m, head, _p in columns),
    )
    table = Table(
        "communities", _("社区一览表"), heads, (*rows, total), notes=_below(source, request, columns), total_rows=1
    )
    said = other_remarks(source, request, ((metric, period) for metric, _h, period in columns if _is_wide(metric)))
    below = (*_giants(source, request), *([Paragraph(said)] if said else []))
    return Made(Section("communities", TITLE, (table, *below), is_annex=True))


def _columns(source: Source, request: Request) -> tuple[Shown, ...]:
    """Return the columns of which at least one community has a value."""
    is_year = kind_of(request.kind).asked_period == "ytd"
    found: list[Shown] = []
    for metric, head, read in SHOWN:
        if read == PERIOD and is_year:
            continue
        period = {LEVEL: None, PERIOD: kind_of(request.kind).asked_period, YEAR: "ytd"}[read]
        head = {LEVEL: "", PERIOD: period_name(request), YEAR: so_far(request)}[read] + head + _word(source, metric)
        rows = source.answer(Question(metric, ("community",), request.end, None, period)).rows
        if any(row.value is not None for row in rows) and (metric, head) not in [f[:2] for f in found]:
            found.append((metric, head, period))
    return tuple(found)


def _word(source: Source, metric: str) -> str:
    """Return （家）, the measure word of a count; disputes have the street's own."""
    found = metric_of(metric)
    return "" if found.over else _("（{word}）").format(word=scope.measure(source.warehouse, found))


def _is_wide(metric: str) -> bool:
    return is_judged(metric_of(metric))


def _cell(source: Source, request: Request, community: str, metric: str, _head: str, period: str | None) -> Text:
    """Return one number, with 偏低 and the like where the metric is judged; a public version marks nobody."""
    number = fact(source, origin(request, "bare", metric, period, community=community))
    marked = fact(source, origin(request, "mark", metric, period, community=community)) if _is_wide(metric) else None
    return joined((number, marked), NO_BREAK)


def _below(source: Source, request: Request, columns: tuple[Shown, ...]) -> tuple[str, ...]:
    """Return how to read the table: its order, what 偏低 means, who has not reported, what the street notes of its data."""
    order = _("各社区按官方顺序排列，不列名次。")
    legend = class_legend() if source.audience == "internal" else ""
    reported = notes(source, request, tuple(metric for metric, _h, _p in columns), has_changes=False)
    known = (_("{note}。").format(note=text.rstrip("。")) for key, text in scope.settings(source.warehouse).items()
             if key.startswith("note:") and source.tells_notes)  # fmt: skip
    return tuple(note for note in (order + legend, *reported, *known, *_definitions(request)) if note)


def _definitions(request: Request) -> tuple[str, ...]:
    """Return what the indicators of a document of few pages mean, where no 附：数据来源 says it."""
    if request.has_sources or not is_in_annex(request.kind, request.community):
        return ()
    return definitions(metric for ids in kind_of(request.kind).indicators.values() for metric in ids)


def _giants(source: Source, request: Request) -> tuple[Paragraph, ...]:
    """Return a sentence for each community whose largest enterprise alone can decide its rates; none in a public version."""
    found = [_giant(source, request, option) for option in scope.communities(source.warehouse)]
    sentences = tuple(sentence for sentence in found if sentence is not None)
    return (Paragraph(sentences),) if sentences else ()


def _giant(source: Source, request: Request, option: scope.Option) -> Sentence | None:
    rates = [(metric, head) for metric, head, read in SHOWN if read == LEVEL and _is_wide(metric)]
    without = [
        told(
            _("{head}{value}"),
            head=head,
            value=fact(source, origin(request, "giant_value", metric, community=option.id)),
        )
        for metric, head in rates
    ]
    text = told(
        _("{name}：最大企业占本社区职工的{share}，剔除后{rates}。"), name=option.title,
        share=fact(source, origin(request, "giant_share", rates[0][0], community=option.id)), rates=joined(without, "，") or None,
    )  # fmt: skip
    return None if text is None else Sentence(f"giant:{option.id}", text)

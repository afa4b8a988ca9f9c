"""主要指标: the kind's stocks with their changes and goals, its flows with their totals since January, its yearly targets."""

from __future__ import annotations

from gettext import gettext as _

from briefing.asked import NOTHING, cell, name_cell, notes, origin, period_name, so_far, unknown
from briefing.aspects.cells import names_days
from briefing.kinds import kind_of
from briefing.model import Column, Missing, Section, Table, Text
from briefing.request import Request
from briefing.sections.made import Made
from briefing.sentences.yearly import TARGETS
from briefing.source import Source
from briefing.tables import finished
from metrics import phrases
from metrics.catalogue import metric_of

TITLE = _("主要指标")
AGAINST = {"previous_month": _("较上月"), "year_start": _("较年初"), "last_year": _("较上年同期")}
FLOWS_AGAINST = ("previous_month", "last_year")
Heads = tuple[tuple[str, float], ...]
Rows = tuple[tuple[Text, ...], ...]


def build(source: Source, request: Request) -> Made:
    """Return the tables that have a number to show; what has none is listed. A document on one topic has none."""
    if request.topic:
        return Made(None)
    indicators = kind_of(request.kind).indicators
    lost = unknown(source, request, [metric for group in indicators.values() for metric in group])
    known = {group: tuple(metric for metric in ids if metric not in lost) for group, ids in indicators.items()}
    tables = _tables(source, request, known)
    missing = tuple(lost.values())
    if not tables:
        return Made(None, (*missing, Missing(TITLE, _("相关台账均未报"), is_section=True)))
    return Made(Section("indicators", TITLE, tables), missing)


def _tables(source: Source, request: Request, known: dict[str, tuple[str, ...]]) -> tuple[Table, ...]:
    """Return a table for each group; a document of few pages has one table."""
    makers = {"stocks": _stocks, "flows": _flows, "targets": _targets}
    if kind_of(request.kind).most_pages is None:
        return tuple(makers[group](source, request, ids) for group, ids in known.items() if ids)
    return (_main(source, request, known),) if any(known.values()) else ()


def _main(source: Source, request: Request, known: dict[str, tuple[str, ...]]) -> Table:
    """Return levels at the month's end, what came in the month, and the year's targets, one below the other."""
    heads = ((_("{m}月（末）").format(m=request.end.month), 1.0), *zip(AGAINST.values(), (1.1, 1.1, 1.1), strict=True),
             (_("{months}累计").format(months=so_far(request)), 1.2), (_("目标"), 0.9), (_("时序进度"), 0.9))  # fmt: skip

    def stock(metric: str) -> tuple[Text, ...]:
        changes = (cell(source, origin(request, "change_size", metric, of=one)) for one in AGAINST)
        now, goal = (cell(source, origin(request, aspect, metric)) for aspect in ("cell", "goal"))
        return ((_short_name(metric),), now, *changes, NOTHING, goal, NOTHING)

    def flow(metric: str) -> tuple[Text, ...]:
        now, so_far = (cell(source, origin(request, "cell", metric, period)) for period in ("month", "ytd"))
        before, year = (cell(source, origin(request, "change_size", metric, "month", one)) for one in FLOWS_AGAINST)
        return (_short_name(metric),), now, before, NOTHING, year, so_far, NOTHING, NOTHING

    def target(metric: str) -> tuple[Text, ...]:
        share, *rest = (
            cell(source, origin(request, aspect, metric)) for aspect in ("cell", "above", "below", "schedule")
        )
        return (_short_name(metric),), share, NOTHING, NOTHING, NOTHING, *rest

    rows = (*map(stock, known["stocks"]), *map(flow, known["flows"]), *map(target, known["targets"]))
    # 总体情况 says who is left out of the disputes: only what the table alone has stands below it.
    return _table("main", TITLE, heads, rows, _below(source, request, known["stocks"]))


def _below(source: Source, request: Request, metrics: tuple[str, ...]) -> tuple[str, ...]:
    """Return which changes are in percentage points, and between which days they run where a register is carried."""
    shares = "、".join(_short_name(metric) for metric in metrics if metric_of(metric).is_percentage)
    points = [_("{names}的增减为百分点").format(names=shares)] if shares else []
    text = "；".join([*points, *_days(source, request, metrics)])
    return (f"{text}。",) if text else ()


def _days(source: Source, request: Request, metrics: tuple[str, ...]) -> list[str]:
    """Return 建会率“较上月”为较2018年6月末 where a change is not what its column says."""
    found: dict[str, list[str]] = {}
    for metric in metrics:
        for one, head in AGAINST.items():
            change = source.change(origin(request, "change", metric).question, one)
            if names_days(change):
                said = _("“{head}”为{days}").format(head=head, days=phrases.change_label(change))
                found.setdefault(said, []).append(_short_name(metric))
    return ["、".join(names) + said for said, names in found.items()]


def _short_name(metric: str) -> str:
    """Return 建会率, 新建会任务: a name for one line of a narrow table; the annex has the full one."""
    if metric in TARGETS:
        return _("{what}任务").format(what=TARGETS[metric][0])
    return metric_of(metric).title.partition("（")[0].replace(_("劳资纠纷"), _("纠纷"))


def _stocks(source: Source, request: Request, metrics: tuple[str, ...]) -> Table:
    """Return levels at the month's end: against last month, the year's start, last year, and the street's goal."""
    against = tuple(one for one in AGAINST if one != "previous_month" or kind_of(request.kind).period == "month")
    now = _("{m}月末").format(m=request.end.month)
    heads = ((now, 1.2), *((AGAINST[one], 1.5) for one in against), (_("目标"), 0.9))

    def row(metric: str) -> tuple[Text, ...]:
        changes = (origin(request, "change_cell", metric, of=one) for one in against)
        asked = (origin(request, "cell", metric), *changes, origin(request, "goal", metric))
        return (name_cell(metric_of(metric)), *(cell(source, one) for one in asked))

    return _table("stocks", _("月末情况"), heads, tuple(map(row, metrics)), notes(source, request, metrics))


def _flows(source: Source, request: Request, metrics: tuple[str, ...]) -> Table:
    """Return what came in the period and since January, each against a year before; a month also against the last."""
    period = kind_of(request.kind).asked_period
    heads = [(period_name(request), 1.2)]
    heads += [(_("环比"), 1.5)] if period == "month" else []
    heads += [(_("同比"), 1.5)]
    heads += [(_("{months}累计").format(months=so_far(request)), 1.3), (_("累计同比"), 1.6)] if period != "ytd" else []

    def row(metric: str) -> tuple[Text, ...]:
        asked = [origin(request, "cell", metric, period)]
        asked += [origin(request, "change_cell", metric, period, "previous_month")] if period == "month" else []
        asked += [origin(request, "change_cell", metric, period, "last_year")]
        if period != "ytd":
            asked += [
                origin(request, "cell", metric, "ytd"),
                origin(request, "change_cell", metric, "ytd", "last_year"),
            ]
        return (name_cell(metric_of(metric)), *(cell(source, one) for one in asked))

    return _table("flows", _("工作进展"), tuple(heads), tuple(map(row, metrics)), notes(source, request, metrics))


def _targets(source: Source, request: Request, metrics: tuple[str, ...]) -> Table:
    """Return the year's targets: done of planned, beside the share of the year that is over."""
    done = _("{months}完成").format(months=so_far(request))
    heads = ((_("年度任务"), 1.2), (done, 1.3), (_("完成率"), 1.2), (_("时序进度"), 1.2))

    def row(metric: str) -> tuple[Text, ...]:
        asked = (origin(request, aspect, metric) for aspect in ("below", "above", "cell", "schedule"))
        return (name_cell(metric_of(metric)), *(cell(source, one) for one in asked))

    return _table(
        "targets", _("年度任务"), heads, tuple(map(row, metrics)), notes(source, request, metrics, has_changes=False)
    )


def _table(group: str, title: str, heads: Heads, rows: Rows, below: tuple[str, ...]) -> Table:
    columns = (
        Column(_("指标"), width=1.6 if group == "main" else 2.0),
        *(Column(text, "right", width) for text, width in heads),
    )
    return finished(Table(f"indicators:{group}", title, columns, rows, notes=below))

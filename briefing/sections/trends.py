"""走势与分布: the kind's charts, or those of the one topic."""

from __future__ import annotations

from gettext import gettext as _

from briefing.asked import period_of
from briefing.charts import bar_chart, map_chart, trend_chart
from briefing.kinds import kind_of
from briefing.model import Chart, Missing, Section
from briefing.request import Request
from briefing.sections.made import Made
from briefing.source import Source
from metrics.catalogue import metric_of

TITLE = _("走势与分布")


def build(source: Source, request: Request) -> Made:
    """Return the charts that have a value to show; of one community only how it has moved."""
    asked = _asked(request)
    made = [(_what(group, metric), _chart(source, request, group, metric)) for group, metric in asked]
    charts = tuple(chart for _what, chart in made if chart is not None)
    missing = tuple(Missing(what, _("没有可画的数字")) for what, chart in made if chart is None)
    if not charts:
        return Made(None, (Missing(TITLE, _("相关台账均未报"), is_section=True),) if asked else ())
    return Made(Section("trends", TITLE, charts), missing)


def _asked(request: Request) -> list[tuple[str, str]]:
    """Return which charts of which metrics."""
    if request.topic:
        return [("lines", request.topic), ("maps" if metric_of(request.topic).over else "bars", request.topic)]
    charts = kind_of(request.kind).charts
    groups = ["lines"] if request.community else [*charts]
    return [(group, metric) for group in groups for metric in charts.get(group, ())]


def _what(group: str, metric: str) -> str:
    names = {"lines": _("{title}走势图"), "bars": _("{title}各社区情况图"), "maps": _("{title}分布图")}
    return names[group].format(title=metric_of(metric).title)


def _chart(source: Source, request: Request, group: str, metric: str) -> Chart | None:
    if group == "lines":
        return trend_chart(source, metric, request.end, community=request.community)
    period = period_of(request, metric)
    if group == "bars":
        return bar_chart(source, metric, request.end, "community", period)
    return map_chart(source, metric, request.end, request.map_approval, period)

"""What a section asks: the request's place and period as origins, and the answer as a table's cell."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from gettext import gettext as _

from briefing.aspects import fact
from briefing.kinds import kind_of
from briefing.model import Missing, Origin, Text
from briefing.request import Request
from briefing.sentences.scope import Scope
from briefing.source import Source
from metrics import phrases
from metrics.catalogue import Metric, metric_of
from metrics.periods import first_month
from metrics.question import Question
from metrics.reports import report_states

Where = tuple[tuple[str, tuple[str, ...]], ...]
NOTHING: Text = ("—",)


def where_of(request: Request, **conditions: str) -> Where:
    """Return the request's community, if it names one, and more conditions (cause="wages")."""
    own = {"community": request.community} if request.community else {}
    return tuple((name, (value,)) for name, value in {**own, **conditions}.items())


def period_of(request: Request, metric: str) -> str | None:
    """Return the period over which a kind of document reads a metric; None for a stock and what has its own."""
    found = metric_of(metric)
    return None if found.time == "stock" or found.period else kind_of(request.kind).asked_period


def origin(request: Request, aspect: str, metric: str, period: str | None = None, of: str = "", **where: str) -> Origin:
    """Return what a number of this document answers."""
    return Origin(aspect, metric, request.end, period, where_of(request, **where), of)


def cell(source: Source, asked: Origin) -> Text:
    """Return a number as a table's cell; — where the question has no answer there."""
    found = fact(source, asked)
    return NOTHING if found is None else (found,)


def name_cell(metric: Metric) -> Text:
    """Return a metric's name as a table's cell."""
    return (metric.title,)


def unknown(source: Source, request: Request, metrics: Iterable[str]) -> dict[str, Missing]:
    """Return why each metric without a value has none: 未报, or kept back to protect persons."""
    scope = Scope(source, request.end, request.community)
    asked = ((name, period_of(request, name)) for name in metrics)
    return {name: scope.missing(name, period) for name, period in asked if scope.answer(name, period).row.value is None}


def unreported(source: Source, request: Request, metric: str) -> str:
    """Return the communities whose reports a number of the whole street leaves out, "" where it leaves out none."""
    if request.community:
        return ""
    asked = Question(metric, ("community",), request.end, None, period_of(request, metric))
    rows = source.answer(asked).rows
    missing = [row.keys["community"] or "" for row in rows if row.known < row.expected]
    return "" if len(missing) == len(rows) else "、".join(missing)


def notes(source: Source, request: Request, metrics: tuple[str, ...], *, has_changes: bool = True) -> tuple[str, ...]:
    """Return the notes below a table: registers carried from an earlier day, whom its numbers and changes leave out."""
    left_out = _left_out(source, request, metrics)
    if left_out and has_changes:
        left_out = (*left_out[:-1], left_out[-1].removesuffix("。") + _("；比较时只计两期均已报送的社区。"))
    return (*_carried(source, request, metrics), *left_out)


def _carried(source: Source, request: Request, metrics: tuple[str, ...]) -> tuple[str, ...]:
    """Return 企业台账沿用2018年6月末数据 for each register that a level rests on and of which no newer one is in."""
    levels = [metric_of(name) for name in metrics if metric_of(name).time == "stock"]
    ledgers = {ledger for metric in levels for ledger in metric.ledgers}
    found: dict[str, date] = {}
    for state in report_states(source.warehouse, request.end):
        is_asked = state.ledger in ledgers and request.community in ("", state.community_id)
        if is_asked and state.state == "carried" and state.as_of and state.as_of < request.end:
            found[state.title] = max(state.as_of, found.get(state.title, state.as_of))
    text = _("{ledger}沿用{day}数据。")
    return tuple(text.format(ledger=title, day=phrases.day_text(day)) for title, day in found.items())


def _left_out(source: Source, request: Request, metrics: tuple[str, ...]) -> tuple[str, ...]:
    """Return whom levels leave out, and which months of whom what happened in a period."""
    texts = {"stock": _("{titles}不含未报送的{names}。"), "flow": _("{titles}不含{names}未报送的月份。")}
    found: dict[tuple[str, str], list[str]] = {}
    for name in dict.fromkeys(metrics):
        if names := unreported(source, request, name):
            found.setdefault((metric_of(name).time, names), []).append(metric_of(name).title)
    said = ((time, names, "、".join(titles)) for (time, names), titles in found.items())
    return tuple(texts[time].format(titles=titles, names=names) for time, names, titles in said)


def so_far(request: Request) -> str:
    """Return 1—12月, the months of the year up to the document's."""
    return phrases.so_far_text(request.end)


def period_name(request: Request) -> str:
    """Return how a table's head calls the document's period: 12月, 10—12月, 1—6月."""
    start = first_month(kind_of(request.kind).asked_period, request.end)
    end = request.end
    text = _("{m}月") if start == end else _("{first}—{m}月")
    return text.format(first=start.month, m=end.month)

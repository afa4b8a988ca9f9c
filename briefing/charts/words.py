"""What charts say: when, how a value is printed, how communities stand, the notes in the picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from gettext import gettext as _

from briefing.aspects import fact
from briefing.aspects.among import row_text
from briefing.model import Origin, Series, Text, plain
from briefing.source import Source
from briefing.told import told
from metrics import goals, phrases
from metrics.catalogue import Metric
from metrics.judging.compare import Compared
from metrics.judging.compare_words import CLASS_TEXTS, goal_text
from metrics.periods import first_month
from metrics.question import Row

SAMPLE_MARK = _("示例数据　非真实情况")
MISSING, HIDDEN, NONE = _("未报"), _("不显示"), _("无")
NAMED = 3


def mark(source: Source) -> str:
    """Return the mark that every picture of the sample bears."""
    return SAMPLE_MARK if source.warehouse.is_sample else ""


def when(metric: Metric, month: date, period: str | None = None) -> str:
    """Return the time of a number in a title: 12月末, 12月, 1—12月."""
    if metric.time == "stock":
        return _("{n}月末").format(n=month.month)
    start = first_month(metric.period or period or "month", month)
    if start == month:
        return _("{n}月").format(n=month.month)
    if start.year != month.year:
        return phrases.range_text(start, month)
    return _("{first}—{last}月").format(first=start.month, last=month.month)


def value_text(source: Source, metric: Metric, row: Row) -> str:
    """Return a value as printed, or why there is none: 未报, 不显示, 无 (nothing to divide by)."""
    told = row_text(source, metric, row)
    if told is not None:
        return told
    return HIDDEN if row.is_suppressed else NONE if row.known else MISSING


def goal_of(source: Source, metric: Metric) -> tuple[float | None, str]:
    """Return the street's own goal and its name; nothing where it has set none."""
    found = goals.goal(source.warehouse, metric.id)
    return found, "" if found is None else goal_text(metric, found)


def side(found: Compared | None) -> str:
    """Return whether a community stands out against the street: higher, lower or ""."""
    return (
        found.funnel.removeprefix("much_") if found and found.funnel not in {None, "similar"} and found.funnel else ""
    )


def standing_out(rows: Sequence[Compared]) -> str:
    """Return 第五园明显偏低，五和偏低；南坑偏高; all are like the street where nobody stands out; "" if nobody is judged."""
    low = _named(rows, ("much_lower", "lower"))
    high = _named(rows, ("much_higher", "higher"))
    if low or high:
        return "；".join(filter(None, (low, high)))
    return _("各社区与全街道相差不大") if rows and all(row.funnel == "similar" for row in rows) else ""


def _named(rows: Sequence[Compared], classes: Iterable[str]) -> str:
    parts = []
    for name in classes:
        names = [row.keys["community"] or "" for row in rows if row.funnel == name]
        if names:
            parts.append("、".join(names[:NAMED]) + (_("等") if len(names) > NAMED else "") + CLASS_TEXTS[name])
    return "，".join(parts)


def each_text(names: Sequence[str], series: Series) -> str:
    """Return every category with its value, for who cannot see the chart."""
    return "，".join(f"{name}{text}" for name, text in zip(names, series.texts, strict=True))


def left_out(source: Source, origin: Origin) -> Text:
    """Return （不含未报的第五园） after a number that is not everybody's, nothing after a whole one."""
    return told(_("（{names}）"), names=fact(source, origin)) or ()


def said_of(text: Text | None, otherwise: str) -> tuple[str, Text]:
    """Return a title as it reads and with its facts."""
    said: Text = text or (otherwise,)
    return plain(said), said

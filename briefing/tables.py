"""Tables of several sections: the communities of the street one below the other, in official order, the street last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from gettext import gettext as _

from briefing.asked import cell, notes, origin, period_name, period_of, so_far
from briefing.model import Column, Table, Text, plain
from briefing.request import Request
from briefing.source import Source
from metrics import scope
from metrics.catalogue import metric_of
from metrics.judging.compare import is_judged

HIDDEN = _("不显示")
SILENT = {"", "—", _("未报"), _("无"), _("暂无可比数据")}


@dataclass(frozen=True)
class Shown:
    """One column of numbers: its head, which side of the answer, over which period, against what; () is not printed.

    `is_of_all` says that the row of the whole street has the number too.
    """

    head: str
    aspect: str
    period: str | None = None
    of: str = ""
    width: float = 1.3
    is_of_all: bool = True


def shown_of(request: Request, metric: str, *, is_internal: bool) -> tuple[Shown, ...]:
    """Return the columns that tell a metric of each community: value, range, place, change."""
    found, period = metric_of(metric), period_of(request, metric)
    if not found.over:
        return _counted(request, metric)
    judged = [Shown(_("参考范围"), "range", period, width=1.4)] if is_judged(found) else []
    if is_judged(found) and is_internal:
        judged.append(Shown(_("与全街道相比"), "classed", period, width=1.3, is_of_all=False))
    if found.period:  # a year's progress: neither a range nor a year before tells more than the calendar does
        return (Shown(_("任务"), "below"), Shown(_("完成"), "above"), Shown(_("完成率"), "cell"))
    value = Shown(_("数值"), "row", period, width=2.4)
    return (value, *judged, Shown(_("较上年同期"), "change_cell", period, "last_year", 1.7))


def _counted(request: Request, metric: str) -> tuple[Shown, ...]:
    period = period_of(request, metric)
    if period is None:
        return (Shown(_("月末数"), "cell"), Shown(_("较上年同期"), "change_cell", None, "last_year", 1.7))
    own = (Shown(period_name(request), "cell", period), Shown(_("同比"), "change_cell", period, "last_year", 1.7))
    if period == "ytd":
        return own
    head = _("{months}累计").format(months=so_far(request))
    return (*own, Shown(head, "cell", "ytd"), Shown(_("累计同比"), "change_cell", "ytd", "last_year", 1.7))


def by_community(source: Source, request: Request, metric: str, title: str) -> Table:
    """Return one metric of every community and of the street."""
    shown = shown_of(request, metric, is_internal=source.audience == "internal")
    options = scope.communities(source.warehouse)
    rows = tuple(
        ((option.title,), *(_cell(source, request, metric, one, option.id) for one in shown)) for option in options
    )
    total = ((_("全街道"),), *(_cell(source, request, metric, one, "") if one.is_of_all else ("",) for one in shown))
    columns = (Column(_("社区")), *(Column(one.head, "right", one.width) for one in shown))
    return finished(
        Table(
            f"by_community:{metric}",
            title,
            columns,
            (*rows, total),
            notes=notes(source, request, (metric,)),
            total_rows=1,
        )
    )


def finished(table: Table) -> Table:
    """Return a table without columns that say nothing of anybody, and with what 不显示 means where it stands in a cell."""
    body = table.rows[: len(table.rows) - table.total_rows]
    kept = [0, *(n for n in range(1, len(table.columns)) if any(_says(row[n]) for row in body))]
    rows = tuple(tuple(row[n] for n in kept) for row in table.rows)
    is_hidden = any(plain(cell).endswith(HIDDEN) for row in rows for cell in row)
    note = (_("不显示：为保护个人信息。"),) if is_hidden else ()
    return replace(table, columns=tuple(table.columns[n] for n in kept), rows=rows, notes=(*table.notes, *note))


def _says(cell: Text) -> bool:
    text = plain(cell)
    return not text.endswith(HIDDEN) and text not in SILENT


def _cell(source: Source, request: Request, metric: str, shown: Shown, community: str) -> Text:
    where = {"community": community} if community else {}
    return cell(source, origin(request, shown.aspect, metric, shown.period, shown.of, **where))

"""劳资纠纷案由: what the disputes of the period were about, against a year before."""

from __future__ import annotations

from gettext import gettext as _

from briefing.asked import cell, notes, origin, period_name, period_of, so_far, where_of
from briefing.model import Column, Missing, Section, Table, Text, plain
from briefing.request import Request
from briefing.sections.made import Made
from briefing.source import Source
from briefing.tables import HIDDEN, finished
from metrics.catalogue import metric_of
from metrics.question import Question, Row

TITLE = _("劳资纠纷案由")
METRIC = "disputes_received"
YEAR = "last_year"
Shown = tuple[str, str | None, str]  # head, period, against what


def build(source: Source, request: Request) -> Made:
    """Return the causes of the year so far, the most frequent first; a document on another topic has none."""
    if request.topic and "cause" not in metric_of(request.topic).dimensions:
        return Made(None)
    asked = Question(METRIC, ("cause",), request.end, None, "ytd", where_of(request))
    rows = [row for row in source.answer(asked).rows if row.value or row.is_suppressed]
    if not rows:
        why = _("本期没有受理劳资纠纷") if source.answer(asked).rows else _("劳资纠纷台账未报")
        return Made(None, (Missing(TITLE, why),))
    rows.sort(key=lambda row: (row.value is None, -(row.value or 0)))
    table = _table(source, request, rows)
    if len(table.columns) == 1:  # which causes there were would tell what their numbers must not
        return Made(None, (Missing(TITLE, _("为保护个人信息，不显示")),))
    return Made(Section("causes", TITLE, (table,)))


def _table(source: Source, request: Request, rows: list[Row]) -> Table:
    period = period_of(request, METRIC)
    year: tuple[Shown, ...] = (
        (_("{months}累计").format(months=so_far(request)), "ytd", ""),
        (_("累计同比"), "ytd", YEAR),
    )
    shown = year if period == "ytd" else ((period_name(request), period, ""), *year)
    total = {one: _total(source, request, one) for one in shown}
    shown = tuple(one for one in shown if not plain(total[one]).endswith(HIDDEN))  # else zeros and gaps are left
    columns = (Column(_("案由"), width=2.2), *(Column(head, "right", 1.6 if of else 1.2) for head, _p, of in shown))
    body = tuple(_row(source, request, shown, row) for row in rows)
    below = (_("按主要案由分，一宗只计一次。"), *notes(source, request, (METRIC,)))
    return finished(
        Table(
            "causes", TITLE, columns, (*body, ((_("合计"),), *(total[one] for one in shown))), notes=below, total_rows=1
        )
    )


def _total(source: Source, request: Request, shown: Shown) -> Text:
    _head, when, of = shown
    return cell(source, origin(request, "change_cell" if of else "cell", METRIC, when, of))


def _row(source: Source, request: Request, shown: tuple[Shown, ...], row: Row) -> tuple[Text, ...]:
    """Return one cause as the rows by cause count it: under a condition a case with two causes would count twice."""
    cut = f"cause={row.keys['cause_id'] or ''}"
    told = (
        origin(request, "among_change_short", METRIC, when, f"{of},{cut}") if of
        else origin(request, "among_cell", METRIC, when, cut)
        for _head, when, of in shown
    )  # fmt: skip
    return (row.keys["cause"] or "",), *(cell(source, one) for one in told)

"""One case in sentences: who and what, how it stands, its steps, its reports and requests. No person, no rule code."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

from metrics import phrases
from metrics.judging.cases import Case, LinkedReport, LinkedRequest, Step
from metrics.judging.due import DueRow
from metrics.judging.due_clauses import day_text, left_text
from pages.parts.cases.markup import Cell
from pages.parts.cases.timeline import Entry
from pages.parts.header import date_text
from pages.parts.issuing.markup import escaped


def yuan_text(amount: float | None) -> str:
    """Return an amount in yuan; one that no ledger gives is not zero."""
    return _("未填") if amount is None else _("{n}元").format(n=phrases.count_text(amount))


def workers_text(case: Case) -> str:
    """Return how many workers a case concerns, as 约120人（10人以上集体纠纷）; "" where no ledger says."""
    if case.workers_involved is None:
        return ""
    about = _("约") if case.is_workers_approx else ""
    number = _("{n}人").format(n=f"{case.workers_involved:,}")
    band = f"（{case.group_band}）" if case.group_band and case.group_band != number else ""
    return _("涉及职工{about}{number}{band}").format(about=about, number=number, band=band)


def facts_text(case: Case) -> str:
    """Return the line of facts below a case's number."""
    received = _("{day}受理").format(day=date_text(case.received_date))
    facts = (escaped(case.enterprise or _("企业不详")), received, case.channel, workers_text(case))
    return "　".join(filter(None, facts))


def standing_text(case: Case, day: date) -> str:
    """Return how a case stands: closed with what after how long, or in hand since when."""
    if case.closed_date is not None and case.closed_date <= day:
        text = _("{day}办结，结果：{outcome}").format(day=date_text(case.closed_date), outcome=case.outcome)
        return text + (_("，历时{n}天。").format(n=case.days_to_close) if case.days_to_close is not None else "。")
    text = _("截至{day}在办，已办{n}天。").format(day=date_text(day), n=(day - case.received_date).days)
    if case.ended_date is None or case.ended_date > day:
        return text
    ended = date_text(case.ended_date)
    return text + _("流程台账{day}已了结，劳资纠纷台账尚未登记办结。").format(day=ended)


def lasting_text(case: Case) -> str:
    """Return how long the case took from its first report and from its first warning, which are two numbers."""
    said = []
    if case.days_report_to_closing is not None:
        said.append(_("线索报告到办结{n}天").format(n=case.days_report_to_closing))
    if case.days_warning_to_closing is not None:
        said.append(_("预警到办结{n}天").format(n=case.days_warning_to_closing))
    return "；".join(said)


def step_day(step: Step) -> str:
    """Return a step's date as far as the ledger wrote it."""
    if step.precision == "year":
        return _("{year}年").format(year=step.date.year)
    if step.precision == "month":
        return _("{year}年{month}月").format(year=step.date.year, month=step.date.month)
    return date_text(step.date)


def step_entry(step: Step) -> Entry:
    """Return a step as the line of steps shows it."""
    amount = "" if step.amount_yuan is None else yuan_text(step.amount_yuan)
    longer = _("延长至{day}").format(day=date_text(step.extended_to)) if step.extended_to else ""
    if not longer and step.extension_days:
        longer = _("延长{n}天").format(n=step.extension_days)
    known = "　".join(filter(None, (step.organisation, amount, longer, step.document_no)))
    is_odd = step.is_out_of_order
    lines = (known,) if is_odd else (known, step.note)
    source = _("{file}　{sheet}　第{row}行").format(file=step.file, sheet=step.sheet, row=step.row)
    return Entry(step_day(step), step.title, lines, step.note if is_odd else "", source=source)


def due_entry(row: DueRow) -> Entry:
    """Return what is still to be done as the last, hollow point of the line."""
    title, left = _("下一步：{step}").format(step=row.step), left_text(row.days_left)
    return Entry(
        date_text(row.due_on), title, (f"{row.clause}　{left}",), kind="ahead late" if row.is_overdue else "ahead"
    )


def next_text(row: DueRow) -> str:
    """Return what has to be done next, by when and under which rule."""
    left = left_text(row.days_left)
    return _("下一步：{step}，{clause}，{left}。").format(step=row.step, clause=row.clause, left=left)


def report_cells(report: LinkedReport) -> tuple[Cell, ...]:
    """Return one linked hazard report as a line of a table; its informant is a number."""
    resolved = ""
    if report.resolved_date is not None:
        resolved = _("{day}化解").format(day=day_text(report.resolved_date, report.reported_date))
    before = _("早于受理{n}天").format(n=report.lead_days) if report.lead_days is not None else ""
    found = "　".join(filter(None, (report.verify_result or _("未核实"), report.level)))
    return (
        Cell(date_text(report.reported_date), before),
        Cell("、".join(report.signs), report.same_reason_text or "", look="wide"),
        Cell(found, resolved),
        Cell(report.informant_no or "", report.report_id),
    )


def request_text(request: LinkedRequest) -> str:
    """Return one linked online request."""
    told = [date_text(request.applied_date), request.item or "", request.status or ""]
    if request.closed_date is not None:
        told.append(_("{day}办结").format(day=day_text(request.closed_date, request.applied_date)))
    told += [request.result or "", _("办件{no}").format(no=escaped(request.request_id))]
    return "　".join(filter(None, told))

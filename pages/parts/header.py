"""The head of every page: what it is, as of when, from which data, and who has reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from gettext import gettext as _

import streamlit as st

from metrics import phrases, scope
from metrics.periods import month_text, shift
from metrics.question import Answer, Row
from metrics.reports import summary
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.lineage.links import trace_link
from pages.parts.theme import SAMPLE_MARK


@lru_cache(maxsize=64)
def reports(warehouse: Warehouse, month: date) -> dict[str, str]:
    """Return each ledger's reports of a month as a sentence."""
    return {entry.ledger: phrases.report_text(entry) for entry in summary(warehouse, month)}


def sample_mark(warehouse: Warehouse) -> str:
    """Return 「示例数据　非真实情况」 for the sample street, else ""."""
    return SAMPLE_MARK if warehouse.is_sample else ""


def month_end(month: date) -> date:
    """Return a month's last day."""
    return shift(month, 1) - timedelta(days=1)


def date_text(day: date) -> str:
    """Return a day as a sentence writes it, as "2018年12月31日"."""
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def month_end_text(month: date) -> str:
    """Return a month's last day, as "2018年12月31日"."""
    return date_text(month_end(month))


def reports_sentence(warehouse: Warehouse, month: date, ledger: str) -> str:
    """Return who owed and sent one ledger in a month, as a sentence."""
    return reports(warehouse, month).get(ledger, "")


def page_header(warehouse: Warehouse, title: str, month: date | None, ledgers: Sequence[str] = ()) -> None:
    """Show the page's title, the sample's badge, the data's date and version, and the reports of these ledgers."""
    badge = f"　:orange-badge[{sample_mark(warehouse)}]" if warehouse.is_sample else ""
    shown = f"　{month_text(month)}" if month else ""
    st.markdown(f"# {warehouse.street}{title}{shown}{badge}", anchors=False)
    facts = [_("数据截至{day}").format(day=month_end_text(month))] if month else []
    facts.append(_("数据版本{n}").format(n=warehouse.generation_no))
    if month:
        facts += filter(None, (reports_sentence(warehouse, month, ledger) for ledger in ledgers))
    st.caption("　".join(facts))


def number_help(warehouse: Warehouse, answer: Answer, row: Row | None = None) -> str:
    """Return what stands behind a number, for its ⓘ: meaning, both sides, reports, caveat, source, version, its rows."""
    metric = answer.metric
    lines = [metric.meaning]
    if row is not None:
        lines.append(f"{phrases.period_text(answer)}　{answers.row_text(warehouse, metric, row)}")
        lines.append(_("已报/应报：{known}/{expected}").format(known=row.known, expected=row.expected))
    lines += [scope.caveat(warehouse, metric), metric.source]
    lines.append(_("数据版本{n}").format(n=warehouse.generation_no))
    if row is not None:
        lines.append(trace_link(warehouse, answer, row))
    return "\n\n".join(line for line in lines if line)

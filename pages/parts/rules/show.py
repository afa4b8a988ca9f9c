"""The section 制度 of the page 队伍与制度: what is in force, how far it is carried out, and on what it rests."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics.judging.street_level import street_rules
from metrics.question import Row
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.bars import Bar, bars
from pages.parts.lineage.links import of_questions, show_sources
from pages.parts.pictures import picture
from pages.parts.staff.view import View, Where, count, marked, show_list
from pages.parts.tables import TableColumn

LEDGER, RULES = "rule", "rules_in_force"
COLUMNS = (
    TableColumn("unit_name", _("制度名称"), width="medium"),
    TableColumn("community", _("社区")),
    TableColumn("union_level", _("层级")),
    TableColumn("rule_kind", _("类别")),
    TableColumn("implementation", _("落实情况")),
    TableColumn("effective_date", _("施行日期"), "date"),
    TableColumn("basis", _("依据文件")),
    TableColumn("document_no", _("文号"), "code"),
    TableColumn("checked_date", _("检查日期"), "date"),
)
OF_STREET = tuple(column for column in COLUMNS if column.id != "community")


def status_text(view: View, row: Row) -> str:
    """Return how many of the rules are carried out, partly, not; what the ledger leaves open is said."""
    answer = view.answer(RULES)
    said = answers.parts_text(view.warehouse, answer.metric, row)
    open_ = (row.numerator or 0) - sum((row.parts or {}).values())
    return said + (_("，{n}项没有填落实情况").format(n=count(open_)) if open_ else "")


def show_kinds(view: View) -> None:
    """Show the rules of each kind."""
    answer = view.answer(RULES, "rule_kind")
    rows = [
        Bar(row.keys["rule_kind"] or "", row.value, view.text(answer, row), "", f"{row.keys['rule_kind']}　{status_text(view, row)}")
        for row in answer.rows
    ]  # fmt: skip
    if not rows:
        return
    title = _("各类制度（项）")
    alt = title + "：" + "，".join(f"{bar.label}{bar.text}" for bar in rows)
    picture(bars(marked(view, title), rows, mark=None, alt=alt), key="rules.kinds")


def show_communities(view: View) -> None:
    """Show the rules of each community, in official order."""
    answer = view.answer(RULES, "community")
    rows = [
        Bar(row.keys["community"] or "", row.value, view.text(answer, row), "", f"{row.keys['community']}　{status_text(view, row) if row.known else ''}")
        for row in answer.rows
    ]  # fmt: skip
    title = _("各社区在执行制度（项）")
    alt = title + "：" + "，".join(f"{bar.label}{bar.text}" for bar in rows)
    picture(bars(marked(view, title), rows, mark=None, alt=alt), key="rules.communities")
    st.caption(_("含园区、企业工会的制度；项数多少不等于落实好坏，不作排名。"))


def _show_street(view: View) -> None:
    frame = street_rules(view.warehouse, view.month)
    if view.chosen or frame.is_empty():
        return
    st.markdown(_("##### 街道的制度　{n}项（另列，不计入各社区）").format(n=frame.height))
    show_list(view, frame, OF_STREET, title=_("街道的制度"), unit=_("项"), key="rules.street", empty="")


def show_rules(warehouse: Warehouse, month: date, where: Where) -> None:
    """Show the rules in force at the month's end, those of the street apart."""
    if not is_sent(warehouse, LEDGER):
        st.info(_("还没有导入制度建设台账。导入后这里显示在执行的制度、落实情况和依据文件。"))
        return
    view = View(warehouse, month, where)
    row = view.answer(RULES).row
    if not row.known:
        st.info(_("所选月份没有可用的制度建设台账，可换一个月份。"))
        return
    text = _("**在执行制度{n}项**：{status}").format(n=count(row.value), status=status_text(view, row))
    missing = _("；另有{n}项日期写得不清或没有写明社区，不计入").format(n=row.item_missing) if row.item_missing else ""
    st.markdown(text + missing + _("。"))
    show_sources(warehouse, of_questions({_("在执行制度"): view.question(RULES)}))
    left, right = st.columns(2, gap="medium")
    with left:
        show_communities(view)
    with right:
        show_kinds(view)
    frame = view.rows(RULES).filter(pl.col("value") == 1)
    st.markdown(_("##### 制度清单　{n}项").format(n=frame.height))
    empty = _("所选社区没有在执行的制度；可清空条件再看。")
    show_list(view, frame, COLUMNS, title=_("在执行制度清单"), unit=_("项"), key="rules.table", empty=empty)
    _show_street(view)

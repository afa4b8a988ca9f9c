"""民主管理与合同: who has a collective contract in force, a workers' congress, open affairs, a mediation committee."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics.goals import goal
from metrics.periods import month_text
from metrics.question import Answer, Row
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.bars import Bar, bars
from pages.parts.pictures import picture
from pages.parts.staff.view import View, Where, count, marked, show_list, show_measure
from pages.parts.tables import TableColumn, export_buttons, show_table

CONTRACT, UNION = "contract", "union_org"
CONTRACTS = "collective_contracts"
RATES = (
    ("collective_contract_rate", _("集体合同"), CONTRACT),
    ("wage_contract_rate", _("工资专项"), CONTRACT),
    ("female_contract_rate", _("女职工专项"), CONTRACT),
    ("workers_congress_rate", _("职代会"), UNION),
    ("open_affairs_rate", _("厂务公开"), UNION),
    ("mediation_committee_rate", _("调解委员会（百人以上）"), UNION),
)
COLUMNS = (
    TableColumn("unit_name", _("签订单位"), width="medium"),
    TableColumn("community", _("社区")),
    TableColumn("contract_kind", _("合同类别")),
    TableColumn("contract_scope", _("签订层级")),
    TableColumn("signed_date", _("签订日期")),
    TableColumn("term_end", _("到期日期")),
)


def note_text(view: View, answer: Answer, row: Row) -> str:
    """Return both sides of a rate, what it is made of, what could not be judged, and the street's goal if it has one."""
    said = [
        _("{above}/{below}家").format(above=count(row.numerator), below=count(row.denominator)),
        answers.parts_text(view.warehouse, answer.metric, row),
        _("另有{n}家无法判断，不计入").format(n=count(row.item_missing)) if row.item_missing else "",
    ]
    wanted = goal(view.warehouse, answer.metric.id)
    if wanted is not None:
        said.append(_("目标{goal}").format(goal=answers.value_text(view.warehouse, answer.metric, wanted)))
    return "；".join(text for text in said if text)


def known_rates(view: View) -> list[tuple[str, str]]:
    """Return the rates whose ledger the street has sent, with what the screen calls them."""
    return [(metric, title) for metric, title, ledger in RATES if is_sent(view.warehouse, ledger)]


def show_rates(view: View) -> None:
    """Show each rate with both its sides, three in a row."""
    rates = known_rates(view)
    for first in range(0, len(rates), 3):
        for (metric, title), place in zip(rates[first : first + 3], st.columns(3, gap="small"), strict=False):
            answer = view.answer(metric)
            show_measure(view, answer, title, note_text(view, answer, answer.row), place)
    if not is_sent(view.warehouse, CONTRACT):
        st.info(_("还没有导入集体合同台账。导入后这里显示集体合同和工资、女职工专项合同的建制率。"))


def by_community(view: View) -> pl.DataFrame:
    """Return a row per community in official order with its rates; what is not known stays empty."""
    found: dict[str, dict[str, object]] = {}
    for metric, _title in known_rates(view):
        for row in view.answer(metric, "community").rows:
            name = row.keys["community"] or ""
            found.setdefault(name, {"community": name})[metric] = row.value
    return pl.DataFrame(list(found.values()), infer_schema_length=None)


def show_communities(view: View) -> None:
    """Show the communities side by side, in official order and without rank."""
    rates = known_rates(view)
    columns = (TableColumn("community", _("社区")), *(TableColumn(metric, title, "percent") for metric, title in rates))
    st.markdown(_("##### 各社区建制率"))
    tools = st.container(horizontal=True, vertical_alignment="center")
    frame = by_community(view).with_columns(pl.col(metric).cast(pl.Float64) for metric, _title in rates)
    show_table(frame, columns, key="contracts.communities")
    with tools:
        export_buttons(
            frame, columns, title=_("各社区集体合同和民主管理建制率"), unit=_("%"), warehouse=view.warehouse, key="contracts.communities.export",
            date_text=month_text(view.month),
        )  # fmt: skip
    st.caption(
        _(
            "分母都是已建会企业（调解委员会为其中百人以上的，人数是一项设置）；按官方顺序列出，不排名。空白为未报或没有可计入的企业。"
        )
    )


def show_kinds(view: View) -> None:
    """Show how many contracts of each kind are in force."""
    answer = view.answer(CONTRACTS, "contract_kind")
    rows = [
        Bar(row.keys["contract_kind"] or "", row.value, view.text(answer, row), "", f"{row.keys['contract_kind']}　{view.text(answer, row)}")
        for row in answer.rows if row.value
    ]  # fmt: skip
    if rows:
        title = _("有效集体合同（份）")
        alt = title + "：" + "，".join(f"{bar.label}{bar.text}" for bar in rows)
        picture(bars(marked(view, title), rows, mark=None, alt=alt), key="contracts.kinds")


def show_contract_list(view: View) -> None:
    """Show the contracts in force, those that end soonest first."""
    show_kinds(view)
    st.markdown(_("##### 有效集体合同（到期早的在前，便于安排续签）"))
    frame = view.rows(CONTRACTS).sort("term_end", nulls_last=True)
    show_list(
        view, frame, COLUMNS, title=_("有效集体合同"), unit=_("份"), key="contracts.table",
        empty=_("所选月份、社区没有有效的集体合同。"),
    )  # fmt: skip


def show_contracts(warehouse: Warehouse, month: date, where: Where) -> None:
    """Show the whole part at the month's end."""
    view = View(warehouse, month, where)
    if not known_rates(view):
        st.info(
            _("还没有导入集体合同台账和工会组织台账。导入后这里显示集体合同、职代会、厂务公开和调解委员会的建制率。")
        )
        return
    if all(
        view.answer(metric).row.value is None and not view.answer(metric).row.known
        for metric, _title in known_rates(view)
    ):
        st.info(_("所选月份没有可用的集体合同台账和工会组织台账，可换一个月份。"))
        return
    show_rates(view)
    show_communities(view)
    if is_sent(warehouse, CONTRACT) and view.answer(CONTRACTS).row.known:
        show_contract_list(view)

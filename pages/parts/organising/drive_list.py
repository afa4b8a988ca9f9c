"""攻坚名单: the enterprises without a union, what each would bring, and what the ledger does not say of them."""

from __future__ import annotations

from gettext import gettext as _
from typing import Literal

import polars as pl
import streamlit as st

from metrics import phrases
from metrics.catalogue import metric_of
from metrics.goals import standing
from metrics.question import Question
from metrics.targets.prospects import DUTY, METRIC, Drive, Prospect
from pages.parts import answers
from pages.parts.header import date_text, month_end
from pages.parts.lineage.links import linked_columns, of_questions, show_sources, with_links
from pages.parts.organising.bring_back import show_bring_back
from pages.parts.organising.view import View
from pages.parts.tables import TableColumn, export_buttons, show_table

TOP = 10
FEW, HEIGHT = 12, 430  # more rows than these scroll inside the table
COLUMNS = (
    TableColumn("enterprise", _("企业名称"), width=215),
    TableColumn("community", _("社区"), width=75),
    TableColumn("workers", _("职工数"), "integer", is_sum=True, width=70),
    TableColumn("route", _("组建方式"), width=300),
    TableColumn("coverage_gain", _("建会率可提高（百分点）"), "decimal", decimals=2, width=165, help=_("这一家建会后，本社区建会率提高多少")),
    TableColumn("reason", _("未建会原因"), width=130),
    TableColumn("planned_for", _("计划建会时间"), width=100),
    TableColumn("unclear", _("四清未写明"), width=150, help=_("数量、区位、未建会原因、建会计划中，企业台账没有写明的")),
    TableColumn("membership_gain", _("入会率可提高（百分点）"), "decimal", decimals=2, width=165, help=_("这一家职工全部入会后，本社区入会率（辖区口径）最多提高多少")),
    TableColumn("task_share", _("占社区年度任务"), "percent", width=125, help=_("一家占本社区本年新建会任务的多少")),
    TableColumn("park", _("园区"), width=100),
    TableColumn("address", _("经营地址"), width=300),
    TableColumn("status", _("建会状态"), is_shown=False),
    TableColumn("industry", _("行业"), is_shown=False),
    TableColumn("uscc", _("统一社会信用代码"), "code", is_shown=False),
    TableColumn("is_approx", _("职工数为约数"), is_shown=False),
    TableColumn("file", _("来源文件"), is_shown=False),
    TableColumn("sheet", _("工作表"), is_shown=False),
    TableColumn("row", _("行"), "integer", is_shown=False),
)  # fmt: skip


def _points(value: float | None) -> float | None:
    return None if value is None else float(phrases.rounded(value * 100, 2))


def _record(one: Prospect) -> dict[str, object]:
    return {
        "enterprise": one.enterprise, "community": one.community, "workers": one.workers, "route": one.route_text,
        "coverage_gain": _points(one.coverage_gain), "membership_gain": _points(one.membership_gain),
        "task_share": one.task_share, "reason": one.reason, "planned_for": one.planned_for,
        "unclear": "、".join(one.unclear), "park": one.park or None, "address": one.address, "status": one.status,
        "industry": one.industry, "uscc": one.uscc, "is_approx": _("约") if one.is_approx else "", "load_id": one.load_id,
        "file": one.file, "sheet": one.sheet, "row": one.row,
    }  # fmt: skip


def frame_of(found: Drive) -> pl.DataFrame:
    """Return the list as the table and the files show it."""
    numbers = {"workers": pl.Int64, "row": pl.Int64} | dict.fromkeys(
        ("coverage_gain", "membership_gain", "task_share"), pl.Float64
    )
    names = [*(column.id for column in COLUMNS), "load_id"]
    schema = {name: numbers.get(name, pl.String) for name in names}
    return pl.DataFrame([_record(one) for one in found.prospects], schema=schema)


def headline(view: View) -> str:
    """Return how many enterprises have no union, their workers, and what the first few would bring."""
    found = view.drive
    text = _("**未建会企业{n}家**，职工{workers}人").format(n=f"{len(found.prospects):,}", workers=f"{found.workers:,}")
    if found.unknown:
        text += _("（另有{n}家职工数不详）").format(n=found.unknown)
    text += _("；其中职工{duty}人以上应单独建会的{n}家，可由园区工联会覆盖的{park}家").format(
        duty=DUTY, n=found.with_duty, park=found.by_park
    )
    if found.elsewhere:
        text += _("；总部或外地已建会、待核实的{n}家").format(n=found.elsewhere)
    workers, share = found.top(TOP)
    if share is not None and len(found.prospects) > TOP:
        text += _("。职工最多的{n}家有{workers}人，占{share}%").format(
            n=TOP, workers=f"{workers:,}", share=phrases.rounded(share * 100, 0)
        )
    return text + "。"


def goal_text(view: View) -> str:
    """Return how many enterprises 建会率 is short of its goal; "" without one or where it is met."""
    where = tuple(one for one in view.where if one[0] in metric_of("coverage_rate").dimensions)
    row = answers.answer(view.warehouse, Question("coverage_rate", (), view.month, where=where)).row
    found = standing(view.warehouse, "coverage_rate", row)
    if found is None:
        return ""
    rate = answers.value_text(view.warehouse, metric_of("coverage_rate"), row.value)
    goal = answers.value_text(view.warehouse, metric_of("coverage_rate"), found.goal)
    if found.is_met:
        return _("建会率{rate}，已达到目标{goal}。").format(rate=rate, goal=goal)
    return _("建会率{rate}，距目标{goal}还差{n}家。").format(rate=rate, goal=goal, n=found.short)


def clear_text(found: Drive) -> str:
    """Return of how many enterprises the ledgers tell number, place, reason and plan (四清)."""
    total = len(found.prospects)
    placed = sum(_("区位") not in one.unclear for one in found.prospects)
    facts = {"n": total - found.unknown, "place": placed, "reason": found.reasoned, "plan": found.planned, "all": total}
    return _("四清：数量清{n}家，区位清{place}家，未建会原因清{reason}家，建会计划清{plan}家（共{all}家）。").format(
        **facts
    )


def show_drive(view: View) -> None:
    """Show the sentence, the list, its files and the way back to the contacts."""
    found = view.drive
    if not found.prospects:
        row = answers.answer(view.warehouse, Question(METRIC, (), view.month, where=view.where)).row
        text = _("所选范围内没有未建会企业。") if row.known else _("所选月份没有企业台账可用，可换一个月份。")
        st.info(text)
        return
    st.markdown(headline(view))
    show_sources(view.warehouse, of_questions({_("未建会企业"): Question(METRIC, (), view.month, where=view.where)}))
    st.caption("　".join(part for part in (goal_text(view), clear_text(found)) if part))
    frame, tools = frame_of(found), st.container(horizontal=True, vertical_alignment="center")
    linked = with_links(view.warehouse, frame)
    height: int | Literal["content"] = HEIGHT if frame.height > FEW else "content"
    shown = show_table(linked, linked_columns(COLUMNS), key="organising.table", height=height, chooser=tools)
    with tools:
        export_buttons(
            frame, shown, title=_("组建攻坚名单"), unit=_("家、人"), warehouse=view.warehouse, key="organising.export",
            date_text=date_text(month_end(view.month)),
        )  # fmt: skip
    st.caption(
        _(
            "按职工数从多到少排。25人以上按职工数近似（工会法第十一条按会员数）；入会率按职工全部入会计，是最多能提高多少。"
        )
    )
    show_bring_back(view, frame)

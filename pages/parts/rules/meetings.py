"""The section 听取汇报与会议: the year's plan of hearings, and the meetings held; a plan to follow, no grade."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics.judging.hearings import HearingPlan, hearing_plans, hearing_sentence
from metrics.judging.street_level import street_meetings
from metrics.periods import month_text
from metrics.phrases import so_far_text
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts.lineage.links import of_questions, show_sources
from pages.parts.staff.view import View, Where, show_list, show_measure
from pages.parts.tables import TableColumn, export_buttons, show_table

LEDGER = "meeting"
MEASURES = (
    ("hearings_held", _("听取工会工作汇报")), ("major_reports", _("重大事项报告")), ("joint_meetings", _("联席会议")), ("meetings_held", _("各类会议合计")),
)  # fmt: skip
PLAN_COLUMNS = (
    TableColumn("place", _("党组织所在")),
    TableColumn("planned", _("年度计划（次）"), "integer"),
    TableColumn("held", _("已听取（次）"), "integer"),
    TableColumn("last_held", _("最近一次"), "date"),
    TableColumn("next", _("建议下次安排")),
    TableColumn("sentence", _("安排"), width="large"),
)
MEETING_COLUMNS = (
    TableColumn("unit_name", _("召集单位"), width="medium"),
    TableColumn("meeting_kind", _("会议类型")),
    TableColumn("community", _("社区")),
    TableColumn("held_date", _("召开日期"), "date"),
    TableColumn("attendees", _("参会人数"), "integer"),
    TableColumn("implementation", _("落实情况")),
)
OF_STREET = tuple(column for column in MEETING_COLUMNS if column.id != "community")


def plan_frame(plans: tuple[HearingPlan, ...]) -> pl.DataFrame:
    """Return the plans as a table, in official order."""
    rows = [
        (p.name, p.planned, p.held, p.last_held, month_text(p.next_month) if p.next_month else None, hearing_sentence(p)) for p in plans
    ]  # fmt: skip
    schema = {
        "place": pl.String,
        "planned": pl.Int64,
        "held": pl.Int64,
        "last_held": pl.Date,
        "next": pl.String,
        "sentence": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def show_plans(view: View) -> None:
    """Show how many hearings are planned and held, and when the next might be."""
    plans = hearing_plans(view.warehouse, view.month, view.chosen)
    st.markdown(_("##### 听取工会工作汇报安排（{year}年）").format(year=view.month.year))
    for plan in plans[:1]:  # the street's own, or the first community asked for
        st.markdown(f"{plan.name}：{hearing_sentence(plan)}。")
    tools = st.container(horizontal=True, vertical_alignment="center")
    frame = plan_frame(plans)
    show_table(frame, PLAN_COLUMNS, key="meetings.plans")
    with tools:
        export_buttons(
            frame, PLAN_COLUMNS, title=_("听取工会工作汇报安排"), unit=_("次"), warehouse=view.warehouse, key="meetings.plans.export",
            date_text=month_text(view.month),
        )  # fmt: skip
    st.caption(
        _(
            "计划次数取自年度任务台账，没有的取会议台账的“年度计划次数”；建议月份按剩余次数在当年剩余月份里均匀安排，仅供参考，不是考核。"
        )
    )


def show_counts(view: View) -> None:
    """Show how many meetings of each kind there were since January."""
    st.caption(_("以下按{when}各社区、园区、企业计；街道一级的会议另列").format(when=so_far_text(view.month)))
    for (metric, title), place in zip(MEASURES, st.columns(len(MEASURES), gap="small"), strict=True):
        answer = view.answer(metric, period="ytd")
        known = _("已报{known}/{expected}个社区月份").format(known=answer.row.known, expected=answer.row.expected)
        show_measure(view, answer, title, known if answer.row.is_partial else _("各社区均已报"), place)


def _show_lists(view: View) -> None:
    frame = view.rows("meetings_held", "ytd").sort("held_date", descending=True)
    st.markdown(_("##### 会议清单　{n}次").format(n=frame.height))
    empty = _("所选社区在这段时间没有会议。")
    show_list(view, frame, MEETING_COLUMNS, title=_("会议清单"), unit=_("次"), key="meetings.table", empty=empty)
    own = street_meetings(view.warehouse, view.month)
    if not view.chosen and not own.is_empty():
        st.markdown(_("##### 街道一级的会议　{n}次（另列，不计入各社区）").format(n=own.height))
        show_list(view, own, OF_STREET, title=_("街道一级的会议"), unit=_("次"), key="meetings.street", empty="")


def show_meetings(warehouse: Warehouse, month: date, where: Where) -> None:
    """Show the year's plan of hearings and the meetings held so far."""
    if not is_sent(warehouse, LEDGER):
        st.info(_("还没有导入听取汇报与会议台账。导入后这里显示年度计划、已听取次数和建议安排；会议内容不入库。"))
        return
    view = View(warehouse, month, where)
    if not view.answer("meetings_held", period="ytd").row.known:
        st.info(_("所选年度没有报送听取汇报与会议台账，可换一个月份。"))
        return
    show_plans(view)
    show_counts(view)
    show_sources(warehouse, of_questions({title: view.question(name, period="ytd") for name, title in MEASURES}))
    _show_lists(view)

"""队伍 in numbers: how many work for the unions, how much falls to each, what kinds of posts there are."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import phrases
from metrics.judging.staff_posts import street_staff
from metrics.question import Answer, Row
from pages.parts.bars import Bar, bars
from pages.parts.pictures import picture
from pages.parts.staff.view import View, count, marked, show_measure
from pages.parts.tables import TableColumn, export_buttons, show_table

BY_COMMUNITY = (
    ("staff", _("工会工作人员（人）"), 0, None),
    ("staff_posts", _("工会岗位（个）"), 0, None),
    ("staff_per_1000_workers", _("每千名职工（人）"), 2, None),
    ("enterprises_per_staff", _("每人联系企业（家）"), 1, None),
    ("members_per_staff", _("每人服务会员（人）"), 1, None),
    ("disputes_per_staff", _("每人受理纠纷（宗，1月以来）"), 1, "ytd"),
    ("staff_training_hours", _("培训学时"), 0, None),
)


def street_text(view: View) -> str:
    """Return what the street's own union has, which no community's number holds; "" where one is asked for."""
    own = street_staff(view.warehouse, view.month)
    if view.chosen or not own.posts:
        return ""
    return _("另有街道总工会本级{n}人，不计入各社区和以下各数").format(n=own.persons)


def summary_text(view: View) -> str:
    """Return the month's persons and posts as one sentence."""
    staff, posts = view.answer("staff").row, view.answer("staff_posts").row
    if not staff.known:
        return ""
    text = _("**工会工作人员{staff}人**，各类工会岗位{posts}个（一人可有几个岗位）").format(
        staff=count(staff.value), posts=count(posts.value)
    )
    more = [street_text(view)]
    if staff.item_missing:
        more.append(_("另有{n}人没有写明社区，不计入").format(n=staff.item_missing))
    return "；".join(filter(None, [text, *more])) + "。"


def _sides(row: Row, above: str, below: str) -> str:
    if row.numerator is None or not row.denominator:
        return _("没有工会工作人员，算不出")
    return f"{phrases.count_text(row.numerator)}{above}／{phrases.count_text(row.denominator)}{below}"


def show_measures(view: View) -> None:
    """Show what falls to each, with both sides; the office plans posts by it, nobody is ranked."""
    workers, firms, members = (
        view.answer(n) for n in ("staff_per_1000_workers", "enterprises_per_staff", "members_per_staff")
    )
    cases, certified, hours = (
        view.answer("disputes_per_staff", period="ytd"),
        view.answer("staff_certified_rate"),
        view.answer("staff_training_hours"),
    )
    first, second = st.columns(3, gap="small"), st.columns(3, gap="small")
    show_measure(view, workers, _("每千名职工工会工作人员（人）"), _sides(workers.row, _("人"), _("名职工")), first[0])
    show_measure(view, firms, _("每人联系企业（家）"), _sides(firms.row, _("家"), _("人")), first[1])
    show_measure(view, members, _("每人服务会员（人）"), _sides(members.row, _("名会员"), _("人")), first[2])
    show_measure(view, cases, _("每人受理纠纷（宗，1月以来）"), _sides(cases.row, _("宗"), _("人（月均）")), second[0])
    show_measure(view, certified, _("持证率"), _sides(certified.row, _("人持证"), _("人")), second[1])
    show_measure(view, hours, _("本年度培训学时"), _("截至队伍台账的截至日；只列合计，不列个人"), second[2])


def kinds_bars(answer: Answer, texts: list[str]) -> list[Bar]:
    """Return the posts of each kind, in the official order."""
    return [
        Bar(row.keys["staff_kind"] or "", row.value, text, "", f"{row.keys['staff_kind']}　{text}")
        for row, text in zip(answer.rows, texts, strict=True)
    ]  # fmt: skip


def show_kinds(view: View) -> None:
    """Show how many posts of each kind there are."""
    answer = view.answer("staff_posts", "staff_kind")
    if not any(row.value for row in answer.rows):
        return
    rows = kinds_bars(answer, [view.text(answer, row) for row in answer.rows])
    title = _("各类工会岗位（个）")
    alt = title + "：" + "，".join(f"{bar.label}{bar.text}" for bar in rows)
    picture(bars(marked(view, title), rows, mark=None, alt=alt), key="staff.kinds")
    st.caption(
        _("专职、职业化、社会化、组织员、社工、挂职计入工会工作人员；兼职、志愿者、调解员、监督员、信息员只计岗位。")
    )


def communities(view: View) -> pl.DataFrame:
    """Return one row per community in official order; 未报 and what nothing divides stay empty."""
    columns: dict[str, list[float | str | None]] = {}
    for metric, _title, _places, period in BY_COMMUNITY:
        found = view.answer(metric, "community", period=period).rows
        columns.setdefault("community", [row.keys["community"] for row in found])
        columns[metric] = [None if row.is_partial else row.value for row in found]  # eleven months are no year's cases
    whole = [metric for metric, _title, places, _period in BY_COMMUNITY if not places]
    return pl.DataFrame(columns, strict=False).with_columns(pl.col(name).cast(pl.Int64) for name in whole)


def partial_text(view: View) -> str:
    """Name the communities whose disputes of the year are not all in; their 每人受理纠纷 would be too small."""
    rows = view.answer("disputes_per_staff", "community", period="ytd").rows
    names = [f"{row.keys['community']}（{row.known}/{row.expected}）" for row in rows if row.is_partial and row.known]
    text = _("1月以来没有报齐的（已报/应报月份）：{names}，每人受理纠纷不列。")
    return text.format(names="、".join(names)) if names else ""


def show_communities(view: View) -> None:
    """Show the communities in official order; no rank, no colour."""
    frame = communities(view)
    columns = (
        TableColumn("community", _("社区")),
        *(
            TableColumn(metric, title, "decimal" if places else "integer", is_sum=not places, decimals=places)
            for metric, title, places, _period in BY_COMMUNITY
        ),
    )
    st.markdown(_("##### 各社区"))
    tools = st.container(horizontal=True, vertical_alignment="center")
    show_table(frame, columns, key="staff.communities")
    with tools:
        export_buttons(
            frame, columns, title=_("工会队伍各社区一览"), unit="", warehouse=view.warehouse, key="staff.communities.export",
            date_text=answers_month(view),
        )  # fmt: skip
    st.caption(_("“—”为未报，或没有工会工作人员而算不出。人员由街道统一调配，不作排名。") + partial_text(view))


def answers_month(view: View) -> str:
    """Return the month as a table's head says it."""
    return f"{view.month:%Y-%m}"

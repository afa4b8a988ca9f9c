"""阵地 in numbers: eight figures, the kinds as bars, and every community in official order."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import phrases
from metrics.question import Row
from pages.parts.bars import Bar, bars
from pages.parts.facilities.view import AREA, AREA_RATE, COUNT, FAR, NEAR, SIX, VISITS, VISITS_RATE, View, figure
from pages.parts.header import month_end_text, sample_mark
from pages.parts.pictures import picture
from pages.parts.tables import TableColumn, export_buttons, show_table

POINTLESS = _("另有{n}家企业没有经纬度、职工人数或社区，不计")
FIGURES = (  # each with what is unknown of those that it leaves out
    (
        (COUNT, _("另有{n}处没有写明社区，不计")), (AREA, _("另有{n}处没有写明面积或社区，不计")),
        (VISITS, _("另有{n}处没有写明服务人次或社区，不计")), (SIX, _("另有{n}处没有写明“六有”或社区，不计")),
    ),
    (
        (NEAR, POINTLESS), (FAR, POINTLESS), (AREA_RATE, _("面积不详的阵地、职工数不详的企业共{n}处（家），不计")),
        (VISITS_RATE, _("人次不详的阵地、职工数不详的企业共{n}处（家），不计")),
    ),
)  # fmt: skip
COLUMNS = (
    TableColumn("community", _("社区")),
    TableColumn(COUNT, _("在用阵地（处）"), "integer", is_sum=True),
    TableColumn(AREA, _("面积（平方米）"), "integer", is_sum=True),
    TableColumn(AREA_RATE, _("每千名职工面积（平方米）"), "decimal"),
    TableColumn(VISITS, _("本年累计服务人次"), "integer", is_sum=True),
    TableColumn(VISITS_RATE, _("每千名职工服务人次"), "decimal"),
    TableColumn(NEAR, _("500米内职工占比"), "percent"),
    TableColumn(FAR, _("1,000米内职工占比"), "percent"),
)


def show_figures(view: View) -> None:
    """Show the figures in two rows."""
    for row in FIGURES:
        for column, (metric, missing) in zip(st.columns(len(row), gap="small"), row, strict=True):
            with column:
                figure(view, metric, missing)


def kinds_text(rows: list[Row]) -> str:
    """Return how many facilities of each kind there are, as one sentence."""
    return _("、").join(f"{row.keys['facility_kind']}{phrases.count_text(row.value or 0)}处" for row in rows)


def show_kinds(view: View) -> None:
    """Show how many of each kind are in use, in the official order, with their area."""
    rows = [row for row in view.ask(COUNT, "facility_kind").rows if row.value]
    areas = {row.keys["facility_kind_id"]: row for row in view.ask(AREA, "facility_kind").rows}
    if not rows:
        return
    shown = [
        Bar(row.keys["facility_kind"] or "", row.value, _("{n}处").format(n=phrases.count_text(row.value or 0)),
            _area_text(areas.get(row.keys["facility_kind_id"])), f"{row.keys['facility_kind']}　{phrases.count_text(row.value or 0)}处")
        for row in rows
    ]  # fmt: skip
    mark = sample_mark(view.warehouse)
    title = _("各类在用阵地（处、平方米）")
    picture(
        bars(f"{title}　{mark}" if mark else title, shown, mark=None, alt=f"{title}：{kinds_text(rows)}"),
        key="facilities.kinds",
    )


def _area_text(row: Row | None) -> str:
    """Return a kind's area; unknown areas are no 0."""
    return f"{phrases.count_text(row.value)}㎡" if row is not None and row.value else _("面积不详")


def by_community(view: View) -> pl.DataFrame:
    """Return every community's numbers; what is unknown stays empty."""
    columns = [column.id for column in COLUMNS[1:]]
    answers = {metric: view.ask(metric, "community").rows for metric in columns}
    names = [row.keys["community"] for row in answers[COUNT]]
    return pl.DataFrame(
        {"community": names} | {m: [_shown(row) for row in rows] for m, rows in answers.items()}, strict=False
    )


def _shown(row: Row) -> float | None:
    is_lost = not row.value and bool(row.item_missing) and row.denominator is None
    return None if is_lost else row.value


def show_communities(view: View) -> None:
    """Show the communities in official order, to look at and to take away; nobody is ranked."""
    frame = by_community(view)
    st.markdown(_("##### 各社区阵地"))
    shown = show_table(frame, COLUMNS, key="facilities.communities", height="content")
    with st.container(horizontal=True):
        export_buttons(
            frame, shown, title=_("各社区阵地情况"), unit=_("处、平方米、人次"), date_text=month_end_text(view.month),
            warehouse=view.warehouse, key="facilities.communities.export",
        )  # fmt: skip
    st.caption(_("“—”：不详，或没有经纬度无法测算，不是0。按官方顺序排列，不作名次。"))

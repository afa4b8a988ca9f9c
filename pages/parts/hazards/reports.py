"""线索: what was reported in the month, by sign and community, and the hazards that are not resolved, the oldest first."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import phrases, scope
from metrics.catalogue import metric_of
from metrics.periods import first_month, month_text
from metrics.question import Row
from pages.parts import charts, theme
from pages.parts.bars import Bar, bars
from pages.parts.hazards import words
from pages.parts.hazards.view import REPORTS, View, figure
from pages.parts.header import date_text, sample_mark
from pages.parts.lineage.links import linked_columns, of_rows, show_sources, with_links
from pages.parts.pictures import picture
from pages.parts.tables import TableColumn, export_buttons, show_table

COLUMNS = (
    TableColumn("unit_name", _("企业"), width="large"),
    TableColumn("community", _("社区")),
    TableColumn("signs", _("隐患表征")),
    TableColumn("days", _("已报告天数"), "integer"),
    TableColumn("reported_date", _("报告日期"), "date"),
    TableColumn("workers_involved", _("涉及人数"), "integer"),
    TableColumn("verify_result", _("核实结果")),
    TableColumn("verified_date", _("核实日期"), "date"),
    TableColumn("level", _("定级")),
    TableColumn("unit_id", _("线索编号"), "code", is_shown=False),
    TableColumn("file", _("来源文件"), is_shown=False),
    TableColumn("sheet", _("工作表"), is_shown=False),
    TableColumn("row", _("行号"), "integer", is_shown=False),
)
FOUND_FALSE = "false"
MOST_SIGNS = 8


def show_numbers(view: View) -> None:
    """Show five numbers side by side: how many, how many true, how fast, how many resolved, and how often before a case."""
    asked = (
        (REPORTS, "month", _("本月隐患线索"), _so_far(view)),
        ("hazard_verified_rate", "ytd", _("核实属实率（今年）"), ""),
        ("hazard_verify_days", "ytd", _("核实用时（今年，中位数）"), _("自报告至核实")),
        ("hazard_resolved_rate", "ytd", _("已化解率（今年）"), ""),
        ("disputes_preceded_by_report_rate", "ytd", _("线索在先的纠纷（今年）"), ""),
    )
    for column, (metric, period, title, note) in zip(st.columns(len(asked), gap="small"), asked, strict=True):
        with column:
            figure(view, view.ask(metric, period=period), title, note)


def _so_far(view: View) -> str:
    """Return the year's reports, and how many hazards they are with repeated reports put together."""
    return _("{period}累计{reports}，合并重复线索后{hazards}").format(
        period=phrases.so_far_text(view.month),
        reports=view.value(view.ask(REPORTS, period="ytd")),
        hazards=view.value(view.ask("hazards", period="ytd")),
    )


def show_months(view: View) -> None:
    """Show how many were reported in each month."""
    answer = view.ask(REPORTS, "month", start=view.first_month())
    title = _("每月报告的隐患线索，{start}至{end}").format(
        start=month_text(answer.months[0]), end=month_text(view.month)
    )
    st.markdown(f"**{title}**")
    theme.plot(charts.monthly(answer.rows, view.look(REPORTS)), key="hazards.months", alt=title)


def show_heat(view: View) -> None:
    """Show communities by months in official order; what is not reported bears a ／."""
    start = max(view.first_month(), first_month("ytd", view.month))
    answer = view.ask(REPORTS, "community", "month", start=start)
    kept = [row for row in answer.rows if not view.communities or row.keys["community_id"] in view.communities]
    title = _("各社区每月报告条数")
    st.markdown(f"**{title}**")
    theme.plot(charts.heat_map(kept, answer.months, view.look(REPORTS)), key="hazards.heat", alt=title)


def show_signs(view: View) -> None:
    """Show the year's reports by what they say, the most frequent first."""
    rows = [row for row in view.ask(REPORTS, "sign", period="ytd").rows if row.value]
    rows.sort(key=lambda row: -(row.value or 0))
    title = words.signs_reading(rows, phrases.so_far_text(view.month))
    st.markdown(f"**{title}**")
    if not rows:
        return
    unit = "　".join(filter(None, (_("单位：条"), sample_mark(view.warehouse))))
    picture(bars(unit, [_bar(view, row) for row in rows[:MOST_SIGNS]], mark=None, alt=title), key="hazards.signs")
    if rest := rows[MOST_SIGNS:]:
        st.caption(words.other_signs(rest))
    show_sources(view.warehouse, of_rows(view.ask(REPORTS, "sign", period="ytd"), "sign"))


def _bar(view: View, row: Row) -> Bar:
    name = row.keys["sign"] or ""
    return Bar(name, row.value, phrases.count_text(row.value or 0), "", f"{name}　{view.text(REPORTS, row)}")


def open_rows(view: View) -> pl.DataFrame:
    """Return the hazards that at the month's end were neither resolved nor found untrue nor taken up as a case."""
    frame = view.rows("hazards", scope.months(view.warehouse)[0]).filter(pl.col("value").is_not_null())
    still = pl.col("resolved_date").is_null() | (pl.col("resolved_date") > view.day)
    told_by_then = (pl.col("verified_date") <= view.day).fill_null(value=True)  # a result without a usable day holds
    told_false = (pl.col("verify_result_id") == FOUND_FALSE).fill_null(value=False) & told_by_then
    kept = frame.filter(still & ~told_false & pl.col("case_no").is_null()).sort("reported_date")
    return kept.with_columns((pl.lit(view.day) - pl.col("reported_date")).dt.total_days().alias("days"))


def show_open(view: View) -> None:
    """Show the hazards that are not resolved, the oldest first."""
    frame = open_rows(view)
    oldest = frame["reported_date"].min() if frame.height else None
    st.markdown(f"##### {words.open_title(frame.height, oldest, view.day)}")  # type: ignore[arg-type]
    st.caption(_("截至{day}。同一隐患只列首报；核实不属实和已转为纠纷的不列。").format(day=date_text(view.day)))
    if frame.is_empty():
        return
    tools = st.container(horizontal=True, vertical_alignment="center")
    linked = with_links(view.warehouse, frame)
    shown = show_table(linked, linked_columns(COLUMNS), key="hazards.open", height=360, chooser=tools)
    with tools:
        export_buttons(
            frame, shown, title=_("尚未化解的隐患"), unit=metric_of("hazards").measure, warehouse=view.warehouse,
            key="hazards.open.export", date_text=date_text(view.day),
        )  # fmt: skip


def show_reports(view: View) -> None:
    """Show the whole part."""
    show_numbers(view)
    left, right = st.columns(2, gap="medium")
    with left:
        show_months(view)
        show_signs(view)
    with right:
        show_heat(view)
    st.caption(_("线索多少受上报积极性影响，不作排名。"))
    show_open(view)

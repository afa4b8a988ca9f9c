"""服务活动: how many were reached, by which services and where, at what cost; and who was not reached at all."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import phrases, scope
from metrics.known import known_side
from metrics.periods import month_text, parse_month, shift
from metrics.question import Answer, Question, Row
from pages.parts import answers, charts, theme
from pages.parts.lineage.links import linked_columns, with_links
from pages.parts.services.view import View, figure, note_text, value_text
from pages.parts.services.words import industries_text, not_reached_text
from pages.parts.tables import TableColumn, export_buttons, show_table

ACTIVITIES, PERSONS, TIMES, SPENDING = (
    "service_activities", "service_persons", "service_person_times", "service_spending_yuan",
)  # fmt: skip
REACH, COST = "service_person_times_per_1000_workers", "service_spending_per_person_time_yuan"
MONTHS_SHOWN = 24
CUT = (ACTIVITIES, PERSONS, TIMES, SPENDING, COST)
COLUMNS = {
    ACTIVITIES: TableColumn(ACTIVITIES, _("场次"), "integer"),
    PERSONS: TableColumn(PERSONS, _("惠及人数"), "integer"),
    TIMES: TableColumn(TIMES, _("服务人次"), "integer"),
    SPENDING: TableColumn(SPENDING, _("支出（元）"), "money"),
    COST: TableColumn(COST, _("每人次支出（元）"), "decimal"),
    REACH: TableColumn(REACH, _("每千名职工服务人次"), "decimal"),
}
LIST = (
    TableColumn("unit_name", _("服务活动")),
    TableColumn("service_date", _("活动日期"), "date", is_shown=False),
    TableColumn("service_kind", _("服务项目"), is_shown=False),
    TableColumn("community", _("社区")),
    TableColumn("organiser", _("主办工会")),
    TableColumn("persons", _("惠及人数"), "integer"),
    TableColumn("person_times", _("服务人次"), "integer"),
    TableColumn("spending_yuan", _("支出金额（元）"), "money", is_sum=True),
    TableColumn("funding_source", _("资金来源")),
    TableColumn("file", _("来源文件"), is_shown=False),
    TableColumn("sheet", _("工作表"), is_shown=False),
    TableColumn("row", _("行"), "integer", is_shown=False),
)


def show_services(view: View) -> None:
    """Show the whole part, or one sentence where nothing is reported for the year."""
    activities = view.ask(ACTIVITIES)
    if activities.row.value is None:
        st.info(_("{year}年还没有报送服务活动台账，可换一个月份。").format(year=view.month.year))
        return
    _show_figures(view, activities)
    left, right = st.columns(2, gap="medium")
    with left:
        _show_months(view)
        _show_cut(view, "service_kind", _("服务项目"))
    with right:
        _show_places(view)
    _show_list(view)


def _show_figures(view: View, activities: Answer) -> None:
    spending, cost = view.ask(SPENDING), view.ask(COST)
    money = note_text(spending.row, _("场"))
    if cost.row.value is not None:  # of the services that tell both
        money = _("{note}；每人次{cost}").format(note=money, cost=value_text(view, cost, cost.row)).removeprefix("　；")
    shown = (
        (activities, _("服务活动"), _("{so_far}累计").format(so_far=view.so_far())),
        (view.ask(TIMES), _("服务人次"), ""), (view.ask(PERSONS), _("惠及人数"), ""),
        (view.ask(REACH), _("每千名职工服务人次"), ""), (spending, _("服务支出"), money),
    )  # fmt: skip
    for column, (answer, title, note) in zip(st.columns(len(shown), gap="small"), shown, strict=True):
        with column:
            figure(view, answer, title, note or note_text(answer.row, _("场")))
    st.caption(_("人数是各场到场人数，同一人参加几场的各场各计；人次与人数不能相加，与阵地的服务人次也不能相加。"))


def first_month(view: View) -> date:
    """Return the first month that any report is known of, at most two years back."""
    earliest = max(shift(view.month, 1 - MONTHS_SHOWN), scope.months(view.warehouse)[0])
    known = [month for month, here in known_side(view.warehouse, TIMES).items() if here and month >= earliest]
    return min([*known, view.month])


def months_title(rows: tuple[Row, ...]) -> str:
    """Return the months as one sentence: in which of them most were reached."""
    known = [row for row in rows if row.value]
    if not known:
        return _("各月服务人次")
    most = max(known, key=lambda row: row.value or 0)
    month = month_text(parse_month(most.keys["month"] or ""))
    return _("各月服务人次，{month}最多（{n}人次）").format(month=month, n=phrases.count_text(most.value or 0))


def _show_months(view: View) -> None:
    answer = view.ask(TIMES, "month", start=first_month(view))
    title = months_title(answer.rows)

    def told(row: Row) -> str:
        text = answers.row_text(view.warehouse, answer.metric, row)
        return f"{month_text(parse_month(row.keys['month'] or ''))}　{text}"

    st.markdown(f"**{title}**")
    look = charts.Look(view.warehouse.is_sample, theme.is_dark(), told)
    theme.plot(charts.monthly(answer.rows, look), key="services.months", alt=title)


def cut_frame(view: View, dimension: str, metrics: tuple[str, ...]) -> pl.DataFrame:
    """Return one row per code of a dimension with every metric beside each other; what is not known is blank."""
    found: dict[str, dict[str, object]] = {}
    for metric in metrics:
        for row in view.ask(metric, dimension).rows:
            name = row.keys[dimension] or ""
            found.setdefault(name, {dimension: name})[metric] = row.value
    schema = {dimension: pl.String(), **dict.fromkeys(metrics, pl.Float64())}
    return pl.DataFrame(list(found.values()), schema=schema, strict=False)


def _show_cut(view: View, dimension: str, title: str) -> None:
    st.markdown(_("**按{title}（{so_far}累计）**").format(title=title, so_far=view.so_far()))
    columns = [TableColumn(dimension, title), *(COLUMNS[name] for name in CUT)]
    show_table(cut_frame(view, dimension, CUT), columns, key=f"services.{dimension}", height="content")


def _show_places(view: View) -> None:
    """Show the communities beside each other in official order, and say who was not reached."""
    metrics = (ACTIVITIES, TIMES, REACH, SPENDING)
    st.markdown(_("**按社区（{so_far}累计）**").format(so_far=view.so_far()))
    columns = [TableColumn("community", _("社区")), *(COLUMNS[name] for name in metrics)]
    show_table(cut_frame(view, "community", metrics), columns, key="services.community", height="content")
    st.markdown(not_reached_text(view.ask(ACTIVITIES, "community").rows, view.so_far()))
    reached = view.ask(ACTIVITIES, "industry").rows
    named = sum(row.value or 0 for row in reached if row.keys["industry_id"])
    places = tuple(one for one in view.where if one[0] == "community")
    question = Question("enterprises", ("industry",), view.month, where=places)
    enterprises = answers.answer(view.warehouse, question).rows
    st.markdown(industries_text(reached, enterprises, named, view.ask(ACTIVITIES).row.value or 0))
    st.caption(_("服务多少受上报是否齐全影响，不作社区排名。"))


def _show_list(view: View) -> None:
    question = Question(ACTIVITIES, (), view.month, period="ytd", where=view.where)
    frame = answers.rows_behind(view.warehouse, question).sort("service_date", descending=True)
    st.markdown(_("##### 服务活动清单　{n}场").format(n=f"{frame.height:,}"))
    st.caption(_("活动主题、地点、帮扶对象可能写有个人姓名，不入库，也不显示。"))
    tools = st.container(horizontal=True, vertical_alignment="center")
    linked = with_links(view.warehouse, frame)
    empty = _("所选月份和条件下没有服务活动；可清空条件再看。")
    shown = show_table(linked, linked_columns(LIST), key="services.table", height=360, chooser=tools, empty=empty)
    with tools:
        export_buttons(
            frame, shown, title=_("服务活动清单"), unit=_("场"), warehouse=view.warehouse, key="services.export",
            date_text=f"{view.month.year}年{view.so_far()}",
        )  # fmt: skip

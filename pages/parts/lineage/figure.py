"""One figure of 数字来源: what it is, and the rows on each of its sides, which add up to it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from gettext import gettext as _

import polars as pl
import streamlit as st

from etl.errors import QuestionError
from metrics import lineage, phrases, scope
from metrics.catalogue import Metric, denominator
from metrics.lineage import Group, Sides
from metrics.question import Answer, Question
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.denominators import detail_link
from pages.parts.filters import Filter, switch
from pages.parts.header import page_header
from pages.parts.lineage.links import linked_columns, of_rows, show_sources, with_links
from pages.parts.lineage.lists import columns_of, other_columns, other_rows, unit_rows
from pages.parts.tables import TableColumn, export_buttons, show_table

MOST = 2_000  # rows shown; all of them are in the export
TITLES = {
    "numerator": _("计入分子"), "denominator": _("计入分母"), "left_out": _("缺项，未计入"), "others": _("所依据的其他行"),
}  # fmt: skip


@lru_cache(maxsize=8)
def sides(warehouse: Warehouse, question: Question, group: Group) -> Sides:
    """Return the rows on both sides of a figure; treat the frames as read-only, they are shared."""
    return lineage.sides(warehouse, question, group)


def scope_text(warehouse: Warehouse, question: Question, group: Group) -> str:
    """Return what the figure is of: 南坑 · 制造业, 全街道."""
    named = []
    for name, values in question.where:
        ids = [scope.resolve(warehouse, name, value) for value in values]
        named.append("、".join(scope.title(warehouse, name, code) for code in ids))
    named += [_("主要为{title}").format(title=scope.title(warehouse, name, code)) for name, code in group]
    return " · ".join(named) or _("全街道")


def show_figure(warehouse: Warehouse, question: Question, group: Group) -> None:
    """Show a figure with both its sides, its definition and its rows; why there are none where they are not shown."""
    answer = answers.answer(warehouse, replace(question, by=tuple(name for name, _code in group)))
    metric, row = answer.metric, lineage.picked(answer, group)
    page_header(warehouse, _("数字来源"), answer.month, metric.ledgers)
    place, when = scope_text(warehouse, question, group), phrases.period_text(answer)
    value = answers.row_text(warehouse, metric, row)
    st.markdown(f"#### {metric.title}　{place}　{when}：{value}")
    reach = _("已报/应报：{known}/{expected}").format(known=row.known, expected=row.expected)
    st.caption(_("口径：{meaning}　{reach}").format(meaning=metric.meaning, reach=reach))
    st.caption("　".join(filter(None, (scope.caveat(warehouse, metric), metric.source))))
    if not group:
        show_communities(warehouse, question, metric)
        detail_link(warehouse, question)
    try:
        found = sides(warehouse, question, group)
    except QuestionError as error:
        st.info(error.sentence())
        return
    show_sides(warehouse, found, f"{metric.title}　{place}　{when}")


def show_communities(warehouse: Warehouse, question: Question, metric: Metric) -> None:
    """Offer the same figure of each community, so that the street's number leads to any of theirs."""
    if "community" in metric.dimensions and "community" not in dict(question.where):
        by_community = answers.answer(warehouse, replace(question, by=("community",)))
        show_sources(warehouse, of_rows(by_community, "community"), _("按社区看："))


def show_sides(warehouse: Warehouse, found: Sides, title: str) -> None:
    """Show one list at a time: it is chosen by a row of buttons, with how many rows each has."""
    frames = {"numerator": found.numerator, "denominator": found.denominator, "left_out": found.left_out,
              "others": found.others}  # fmt: skip
    names = {
        name: _("{title}（{n}行）").format(title=_side_title(found, name), n=f"{frame.height:,}")
        for name, frame in frames.items()
        if frame is not None and (name in {"numerator", "denominator"} or not frame.is_empty())
    }
    chosen = switch(Filter("side", _("明细"), names, "numerator"), key="trace") if len(names) > 1 else "numerator"
    frame = frames[chosen]
    assert frame is not None
    st.markdown(sum_text(warehouse, found, chosen))
    is_other = chosen == "others"
    rows = other_rows(frame, found.numerator) if is_other else unit_rows(frame)
    columns = other_columns(frame) if is_other else columns_of(frame, chosen, found.answer.metric.aggregate == "sum")
    _show_list(warehouse, rows, columns, f"{title}　{TITLES[chosen]}", found)


def _side_title(found: Sides, name: str) -> str:
    """Return what a list is called: what is no rate has no numerator."""
    is_plain = name == "numerator" and found.denominator is None
    return _("计入的行") if is_plain else TITLES[name]


def _show_list(
    warehouse: Warehouse, rows: pl.DataFrame, columns: tuple[TableColumn, ...], title: str, found: Sides
) -> None:
    if rows.height > MOST:
        st.caption(_("共{n}行，只列前{most}行；全部在“导出表格”里。").format(n=f"{rows.height:,}", most=f"{MOST:,}"))
    tools = st.container(horizontal=True, vertical_alignment="center")
    shown = show_table(
        with_links(warehouse, rows.head(MOST)), linked_columns(columns), key="trace.table", height=460, chooser=tools,
        empty=_("没有这样的行。"),
    )  # fmt: skip
    with tools:
        export_buttons(
            rows, shown, title=title, unit=found.answer.metric.measure, warehouse=warehouse, key="trace.export",
            date_text=phrases.period_text(found.answer),
        )  # fmt: skip


def sum_text(warehouse: Warehouse, found: Sides, side: str) -> str:
    """Return how the rows of a list make the figure."""
    metric = found.answer.metric
    if side == "left_out":
        return _("这些行所需的内容不详，或者社区待核实，分子、分母都不计。")
    if side == "others":
        return _("数字还依据下面这些行，各属所列的对象。")
    if not found.row.known:
        return _("应报的台账未报，没有数字，也没有行。")
    if side == "denominator":
        return _denominator_text(found)
    if metric.aggregate == "median":
        return _("{n}行“计入数值”的中位数是{value}。").format(
            n=f"{found.numerator.height:,}", value=answers.value_text(warehouse, metric, found.row.value)
        )
    total = _number(found.row.numerator)
    end = _("就是分子") if metric.over else _("就是这个数")
    return _("以下各行“计入数值”合计{total}，{end}。").format(total=total, end=end)


def _denominator_text(found: Sides) -> str:
    answer: Answer = found.answer
    metric: Metric = answer.metric
    over = denominator(metric)
    what = _("（{title}）").format(title=over.title) if over else ""
    total = _number(found.base_total)
    if found.month_ends == 1:
        return _("以下各行“计入分母”合计{total}，就是分母{what}。").format(total=total, what=what)
    return _("分母{what}取{n}个月末的平均：以下各行合计{total}，平均每月末{mean}。").format(
        what=what, n=found.month_ends, total=total, mean=_number(found.row.denominator)
    )


def _number(value: float | None) -> str:
    return "0" if value is None else f"{phrases.rounded(value, 2).normalize():,f}"

"""What stands beside the map: one scope's value, its course, and how it differs by industry and size."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

import streamlit as st

from metrics import phrases, scope
from metrics.catalogue import Metric, denominator, metric_of
from metrics.periods import month_text, parse_month, shift
from metrics.question import Question, Row
from metrics.warehouse import Warehouse
from pages.parts import answers, svg
from pages.parts.bars import Bar, bars
from pages.parts.choices import Chosen
from pages.parts.community_notes import show_note
from pages.parts.filters import put
from pages.parts.giants import show_giant
from pages.parts.header import number_help
from pages.parts.lineage.links import show_sources
from pages.parts.pictures import picture

MONTHS = 12
CUTS = {"industry": _("行业"), "size_band": _("职工人数")}
MOST_BARS = 6
WITHOUT_UNION = ("none", "preparing")


def conditions(metric: Metric, chosen: Chosen) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return those of the conditions that the indicator can be asked for; 建会状态 is for the list alone."""
    return chosen.where(*(name for name in ("community", "park", "industry", "size_band") if name in metric.dimensions))


def unused(metric: Metric, chosen: Chosen) -> list[str]:
    """Return the titles of chosen conditions that do not apply to the indicator."""
    applied = {name for name, _values in conditions(metric, chosen)}
    listed = ("park", "industry", "size_band", "union_status")
    return [chosen.filters[name].title for name in listed if chosen.many(name) and name not in applied]


def cut(warehouse: Warehouse, asked: Question, *by: str) -> list[Row]:
    """Return a question's rows by these dimensions.

    For one community they are picked from the question by community, which the map, or the next click on it, asks too.
    """
    where = dict(asked.where)
    if len(where.get("community", ())) == 1:
        (community,) = where.pop("community")
        everywhere = answers.answer(warehouse, replace(asked, by=("community", *by), where=tuple(where.items())))
        if found := [row for row in everywhere.rows if row.keys["community_id"] == community]:
            return found  # a community that was not listed in that month has no rows there
    return list(answers.answer(warehouse, replace(asked, by=by)).rows)


def _trend(warehouse: Warehouse, metric: Metric, asked: Question) -> None:
    """Draw the last twelve months."""
    last = asked.month or scope.default_month(warehouse)
    course = cut(warehouse, replace(asked, start=max(scope.months(warehouse)[0], shift(last, 1 - MONTHS))), "month")
    points = [svg.Point(_month_sentence(warehouse, metric, row), row.value, row.is_suppressed) for row in course]
    known = [answers.value_text(warehouse, metric, row.value) for row in course if row.value is not None]
    title = _("近{n}个月").format(n=len(course))
    is_level = metric.time == "stock" and len(known) > 1
    ends = _("，由{first}到{last}").format(first=known[0], last=known[-1]) if is_level else ""
    st.caption(title + ends)
    picture(svg.sparkline(points, bars=metric.time == "flow", alt=title + ends), key="panel.trend")


def _month_sentence(warehouse: Warehouse, metric: Metric, row: Row) -> str:
    month = month_text(parse_month(row.keys["month"] or ""))
    return _("{month}　{value}").format(month=month, value=answers.row_text(warehouse, metric, row))


def _bar(warehouse: Warehouse, metric: Metric, row: Row, name: str) -> Bar:
    label = row.keys[name] or ""
    text = phrases.hidden_text(metric, row) or answers.value_text(warehouse, metric, row.value)
    over = denominator(metric) or metric  # a rate's denominator has a measure word of its own: 44,020人, not 宗
    size = "" if row.denominator is None else phrases.count_text(row.denominator) + over.measure
    return Bar(label, row.value, text, size, f"{label}　{answers.row_text(warehouse, metric, row)}")


def _cut(warehouse: Warehouse, metric: Metric, asked: Question, name: str) -> str:
    """Return bars of the indicator by one dimension: the largest groups of industries, all sizes in order."""
    rows = cut(warehouse, asked, name)
    found = [row for row in rows if row.is_suppressed or (row.value is not None and (row.numerator or row.denominator))]
    if name == "industry":
        largest = sorted(found, key=lambda row: -(row.denominator or row.numerator or 0.0))[:MOST_BARS]
        found = [row for row in found if row in largest]
    mark = answers.answer(warehouse, Question(metric.id, month=asked.month)).row.value if metric.over else None
    title = _("{title}，按{cut}").format(title=metric.title, cut=CUTS[name])
    return bars(title, [_bar(warehouse, metric, row, name) for row in found], mark=mark, alt=title)


def _without_union(warehouse: Warehouse, chosen: Chosen) -> None:
    """Show how many enterprises have no union and lead to their list."""
    enterprises = metric_of("enterprises")
    where = (*conditions(enterprises, chosen), ("union_status", WITHOUT_UNION))
    (found,) = cut(warehouse, Question(enterprises.id, month=chosen.month(), where=where))
    text = answers.row_text(warehouse, enterprises, found)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(_("未建会企业{n}（含筹建中）").format(n=text))
        st.button(
            _("查看名单"), on_click=put, args=("union_status", *WITHOUT_UNION), key="panel.without", type="tertiary"
        )


def panel(warehouse: Warehouse, metric: Metric, chosen: Chosen) -> None:
    """Show the chosen scope's number and what stands behind it."""
    where = conditions(metric, chosen)
    asked = Question(metric.id, month=chosen.month(), where=where)
    answer = answers.answer(warehouse, asked)
    row = answer.row
    place = " · ".join(chosen.titles(name) for name, _values in where) or _("全街道")
    text, tail = answers.row_text(warehouse, metric, row), answers.range_text(warehouse, metric, row)
    number, bracket, sides = text.partition("（")
    st.metric(place, number, help=number_help(warehouse, answer, row))
    if bracket or tail:
        st.markdown(f"{bracket}{sides}　{tail}".strip())
    if parts := answers.parts_text(warehouse, metric, row):
        st.caption(_("其中{parts}").format(parts=parts))
    show_giant(warehouse, metric, asked)
    show_note(metric, chosen.month(), where)
    if left_out := unused(metric, chosen):
        names = "、".join(left_out)
        st.caption(_("{names}的条件只用于企业名单和点位，不用于“{metric}”。").format(names=names, metric=metric.title))
    _trend(warehouse, metric, asked)
    cuts = [name for name in CUTS if name in metric.dimensions]
    if cuts:
        picture("".join(_cut(warehouse, metric, asked, name) for name in cuts), key="panel.cuts")
        for name in cuts:
            by, rows = replace(asked, by=(name,)), cut(warehouse, asked, name)
            named = [(row.keys[name] or "", by, row) for row in rows if row.known and row.numerator]
            show_sources(warehouse, named, _("数字来源（{cut}）：").format(cut=CUTS[name]))
    _without_union(warehouse, chosen)

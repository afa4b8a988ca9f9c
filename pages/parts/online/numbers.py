"""线上办件 in numbers: how what was in hand became what is, and four measures, each with both its sides."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

import streamlit as st

from metrics import phrases
from metrics.balance import REQUESTS, balance
from metrics.periods import month_text
from metrics.question import Answer, Row
from pages.parts import answers
from pages.parts.header import number_help
from pages.parts.online.view import View

NOTHING = "none"  # the code of 未形成成果


def identity_text(view: View) -> str:
    """Return how many were asked for and done in the last month, and how that adds up to what is in hand."""
    found = balance(answers.answer, view.warehouse, view.end, view.where, REQUESTS)
    if found is None:
        return ""
    text = _("**{month}申请{came}件**，办结（含退回、撤回）{closed}件，月末在办**{closing}件**（上月末{opening}＋申请{came}－办结{closed}）").format(
        month=month_text(view.end), came=found.received, closed=found.closed, closing=found.closing, opening=found.opening,
    )  # fmt: skip
    if found.communities < found.expected:
        text += _("；等式按前后两月都已报的{n}个社区计").format(n=found.communities)
    return text + "。"


def _count(value: float | None) -> str:
    return phrases.count_text(value or 0)  # of a known row: none of them is 0


def missing_text(row: Row) -> str:
    """Return how many could not be judged; "" where all could."""
    return _("；另有{n}件台账写得不全，无法判断，不计入").format(n=_count(row.item_missing)) if row.item_missing else ""


def on_time_text(row: Row) -> str:
    """Return the sides of 按时办结率."""
    sides = _("应办结{below}件，按时{above}件").format(below=_count(row.denominator), above=_count(row.numerator))
    return sides + missing_text(row)


def satisfaction_text(satisfied: Row, response: Row, share: str) -> str:
    """Return the sides of 满意率 and how many of those asked have answered at all."""
    said = _("评价{below}件，满意{above}件").format(
        below=_count(satisfied.denominator), above=_count(satisfied.numerator)
    )
    return said + _("；评价率{share}（办结{below}件，评价{above}件）").format(
        share=share, below=_count(response.denominator), above=_count(response.numerator)
    ) + missing_text(response)  # fmt: skip


def results_text(told: Row, none: Row | None) -> str:
    """Return how many say what became of them, and how many of them came to nothing."""
    text = _("办结并写明成果{n}件").format(n=_count(told.numerator))
    text += _("，其中未形成成果{n}件").format(n=_count(none.numerator)) if none and none.numerator else ""
    return text + (_("；另有{n}件没有写明").format(n=told.item_missing) if told.item_missing else "")


def _fruitful(view: View, rows: list[Row]) -> Answer | None:
    """Return how many came to something, asked for by name, so that the number leads to its own rows."""
    named = tuple(row.keys["result_id"] or "" for row in rows if row.keys["result_id"] != NOTHING and row.numerator)
    if not named or "result" in dict(view.where):
        return None
    return replace(view, where=(*view.where, ("result", named))).answer("online_results")


def _show_results(view: View, results: Answer, place: st.delta_generator.DeltaGenerator) -> None:
    """Show how many requests came to something."""
    rows = [row for row in view.answer("online_results", "result").rows if row.keys["result_id"]]
    none = next((row for row in rows if row.keys["result_id"] == NOTHING), None)
    fruitful = sum(row.numerator or 0 for row in rows if row is not none)
    asked = _fruitful(view, rows) or results
    with place.container(border=True, height="stretch", gap="xsmall"):
        value = _("{n}件").format(n=_count(fruitful)) if results.row.known else _("无")
        st.metric(_("形成成果"), value, help=number_help(view.warehouse, asked, asked.row))
        st.caption(results_text(results.row, none) if results.row.known else _("相关台账未报，暂无数字"))


def _show(view: View, answer: Answer, title: str, note: str, place: st.delta_generator.DeltaGenerator) -> None:
    row, metric = answer.row, answer.metric
    value = answers.value_text(view.warehouse, metric, row.value) if row.value is not None else _("无")
    with place.container(border=True, height="stretch", gap="xsmall"):
        st.metric(title, value, help=number_help(view.warehouse, answer, row))
        st.caption(note if row.known else _("相关台账未报，暂无数字"))


def show_measures(view: View) -> None:
    """Show on-time, satisfaction with its response, days and what became of it, over all months asked for."""
    on_time, satisfied = view.answer("online_on_time_rate"), view.answer("online_satisfaction_rate")
    response, days = view.answer("online_response_rate"), view.answer("online_days")
    results = view.answer("online_results")
    st.caption(_("以下四项按{when}计").format(when=phrases.range_text(view.start, view.end)))
    places = st.columns(4, gap="small")
    share = answers.value_text(view.warehouse, response.metric, response.row.value)
    _show(view, on_time, _("按时办结率"), on_time_text(on_time.row), places[0])
    _show(view, satisfied, _("满意率"), satisfaction_text(satisfied.row, response.row, share), places[1])
    _show(view, days, _("办结天数（中位数）"), _("从申请到办结，自然日；半数办件不超过此数"), places[2])
    _show_results(view, results, places[3])

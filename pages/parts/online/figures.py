"""The figures of 线上办件: months, the kinds of request beside each other, what became of them."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from metrics import phrases
from metrics.periods import month_text, parse_month
from metrics.question import Row
from pages.parts import answers, charts, theme
from pages.parts.bars import Bar, bars
from pages.parts.header import sample_mark
from pages.parts.online.view import REQUESTS, View
from pages.parts.pictures import picture


def months_reading(view: View, rows: tuple[Row, ...]) -> str:
    """Return the months as one sentence: how many in all and in which month most."""
    known = [row for row in rows if row.value is not None]
    if not known:
        return _("所选月份没有线上办件的报送")
    total = _("{when}线上办件{n}件").format(
        when=phrases.range_text(view.start, view.end), n=phrases.count_text(sum(row.value or 0 for row in known))
    )
    most = max(known, key=lambda row: row.value or 0)
    if len(known) < 2 or not most.value:
        return total
    month = month_text(parse_month(most.keys["month"] or ""))
    return total + _("，{month}最多（{n}件）").format(month=month, n=phrases.count_text(most.value))


def show_months(view: View) -> None:
    """Show how many were asked for in each month."""
    answer = view.answer(REQUESTS, "month")
    title = months_reading(view, answer.rows)
    st.markdown(f"**{title}**")
    theme.plot(charts.monthly(answer.rows, view.look(answer.metric)), key="online.months", alt=title)


def items_reading(rows: tuple[Row, ...]) -> str:
    """Return which kinds of request there are most of."""
    most = sorted((row for row in rows if row.value), key=lambda row: -(row.value or 0))[:2]
    names = _("、").join(f"{row.keys['item']}（{phrases.count_text(row.value or 0)}件）" for row in most)
    return _("各类事项逐月件数，{names}最多").format(names=names) if names else _("没有办件")


def show_items(view: View) -> None:
    """Show the months of each kind of request, all on one scale, in the official order."""
    totals, by_month = view.answer(REQUESTS, "item"), view.answer(REQUESTS, "item", "month").rows
    series = [
        charts.Series(
            total.keys["item"] or "", view.text(totals.metric, total),
            [row for row in by_month if row.keys["item_id"] == total.keys["item_id"]],
        )
        for total in totals.rows
    ]  # fmt: skip
    if not series:
        return
    title = items_reading(totals.rows)
    st.markdown(f"**{title}**")
    theme.plot(charts.small_multiples(series, view.look(totals.metric)), key="online.items", alt=title)


def _sides(row: Row) -> str:
    return f"{phrases.count_text(row.numerator or 0)}/{phrases.count_text(row.denominator or 0)}"


def show_on_time(view: View) -> None:
    """Show the share on time of each kind of request with both its sides."""
    answer = view.answer("online_on_time_rate", "item")
    known = [row for row in answer.rows if row.denominator]
    if not known:
        return
    rows = [
        Bar(row.keys["item"] or "", row.value, answers.value_text(view.warehouse, answer.metric, row.value), _sides(row),
            f"{row.keys['item']}　{view.text(answer.metric, row)}")
        for row in known
    ]  # fmt: skip
    title = _("各类事项按时办结率（按时／应办结）")
    alt = title + "：" + "，".join(f"{bar.label}{bar.text}（{bar.note}）" for bar in rows)
    picture(bars(marked(view, title), rows, mark=None, alt=alt), key="online.on_time")


def show_results(view: View) -> None:
    """Show what became of the requests that were done, in the official order; what is not said is said to be so."""
    answer = view.answer("online_results", "result")
    known = [row for row in answer.rows if row.value and row.keys["result_id"]]
    if not known:
        return
    rows = [
        Bar(row.keys["result"] or "", row.value, _("{n}件").format(n=phrases.count_text(row.value or 0)), "",
            f"{row.keys['result']}　{view.text(answer.metric, row)}")
        for row in known
    ]  # fmt: skip
    title = _("办成了什么（已办结的线上办件）")
    alt = title + "：" + "，".join(f"{bar.label}{bar.text}" for bar in rows)
    picture(bars(marked(view, title), rows, mark=None, alt=alt), key="online.results")


def marked(view: View, title: str) -> str:
    """Return a picture's title with the sample's mark in it."""
    mark = sample_mark(view.warehouse)
    return f"{title}　{mark}" if mark else title

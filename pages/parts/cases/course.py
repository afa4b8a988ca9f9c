"""The course of handling: how long its stages last, how cases move between phases, and how they end."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import streamlit as st

from metrics import phrases, scope
from metrics.judging.stages import MONTHS, OPEN, Ending, Flow, endings, stage_curves, step_flows
from metrics.periods import shift
from metrics.warehouse import Warehouse
from pages.parts.bars import Bar, bars
from pages.parts.cases.asked import Where
from pages.parts.cases.curves import Curve, curves
from pages.parts.cases.markup import marked
from pages.parts.cases.words import stage_text
from pages.parts.header import sample_mark
from pages.parts.pictures import picture


def _span(warehouse: Warehouse, month: date) -> tuple[date, date]:
    """Return the first and the last of the months that the stages are taken from."""
    return max(scope.months(warehouse)[0], shift(month, 1 - MONTHS)), month


def show_stages(warehouse: Warehouse, month: date, where: Where, word: str) -> None:
    """Show how long each stage lasts; cases that are not through count with the days that have passed."""
    span = phrases.range_text(*_span(warehouse, month))
    st.markdown(_("##### 各段要办多久　{span}起算的纠纷").format(span=span))
    shown = []
    for found in stage_curves(warehouse, month, where):
        title, note = stage_text(found, word)
        steps = tuple(zip(found.days, found.share_open, found.lower, found.upper, strict=True))
        shown.append(Curve(title, note, steps, found.median))
    picture(curves(shown, sample_mark(warehouse)), key="cases.curves")
    st.caption(_("线：起算若干天后还没有走完这一步的占多少；浅色带：参考范围。还没有走完的不当作已走完，也不去掉。"))


def _short(phase: str) -> str:
    """Return a phase's name as it fits beside a bar: of several names the first; the hover tells all."""
    first, mark, _rest = phase.partition("、")
    return first + _("等") if mark else first


def _bar(flow: Flow, word: str) -> Bar:
    ends = [_short(flow.source_title), *([_short(flow.target_title)] if flow.target != OPEN else [])]
    text = f"{flow.count}{word}"
    return Bar("→".join(ends), flow.count, text, "", f"{flow.source_title}→{flow.target_title}　{text}")


def show_flows(warehouse: Warehouse, month: date, where: Where, word: str) -> None:
    """Show how cases moved from phase to phase in the year, and where those in hand stand."""
    first, last = _span(warehouse, month)
    found = step_flows(warehouse, (first, last), where)
    moved = [_bar(flow, word) for flow in found if flow.target != OPEN]
    waiting = [_bar(flow, word) for flow in found if flow.target == OPEN]
    if not found:
        st.info(_("所选范围没有办理环节的记录。"))
        return
    title = _("{span}各阶段之间的流转").format(span=phrases.range_text(first, last))
    still = _("{day}还没有了结的纠纷停在哪个阶段").format(
        day=_("{month}末").format(month=phrases.range_text(last, last))
    )
    drawn = [bars(text, rows, mark=None, alt=text) for text, rows in ((title, moved), (still, waiting)) if rows]
    picture("".join(drawn) + marked(sample_mark(warehouse)), key="cases.flows")


def _ending(found: Ending, word: str) -> Bar:
    text = f"{found.count}{word}"
    return Bar(found.title, found.count, text, "", _("{title}　{whole}{word}中{text}").format(title=found.title, whole=found.of, word=word, text=text))  # fmt: skip


def show_endings(warehouse: Warehouse, month: date, where: Where, word: str) -> None:
    """Show how the cases closed in the year so far ended."""
    found = endings(warehouse, month, where)
    if not found:
        return
    span = phrases.range_text(month.replace(month=1), month)
    title = _("{span}办结{n}{word}，按办理结果").format(span=span, n=found[0].of, word=word)
    drawn = bars(title, [_ending(one, word) for one in found], mark=None, alt=title)
    picture(drawn + marked(sample_mark(warehouse)), key="cases.endings")

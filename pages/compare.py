"""社区对比: be fair, then act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _

import streamlit as st

from metrics import goals, phrases, scope
from metrics.catalogue import Metric, catalogue, metric_of
from metrics.judging import compare_words as words
from metrics.judging.compare import Compared, Comparison, compare, is_judged, is_ranked
from metrics.judging.denominator import has_detail
from metrics.periods import shift
from metrics.question import Question
from metrics.warehouse import Warehouse
from pages.parts import answers, league
from pages.parts.community_notes import note_form, notes_of
from pages.parts.comparison import comparison
from pages.parts.denominators import show_denominator
from pages.parts.filters import Chosen, Filter, choose, metric_filter, month_filter, switch
from pages.parts.funnel_picture import funnel_picture
from pages.parts.header import number_help, page_header, sample_mark
from pages.parts.issuing.notice import show_notice
from pages.parts.lineage.links import of_rows, show_sources
from pages.parts.objections import waiting_list
from pages.parts.peers_panel import everybodys_peers, peers_panel
from pages.parts.pictures import picture
from pages.parts.street_notes import readable

MONTHS = 12
NO_ONE = "none"
ORDERS = {"official": _("官方顺序"), "high": _("从高到低"), "low": _("从低到高")}
WHOM = {"all": _("全部社区"), "peers": _("可比社区")}
PERIODS = {"month": _("本月"), "ytd": _("年初以来累计")}
LIMITS = {"usual": _("通常范围"), "wide": _("按社区间实际差异放宽范围")}


def filters(warehouse: Warehouse) -> list[Filter]:
    """Return the page's conditions."""
    comparable = [metric.id for metric in catalogue().values() if "community" in metric.dimensions]
    names = {entry.id: entry.title for entry in scope.communities(warehouse)}
    own = Filter("own", _("本社区"), {NO_ONE: _("不指定"), **names}, NO_ONE, aliases={t: c for c, t in names.items()})
    order = Filter("order", _("顺序"), ORDERS, "official")
    return [metric_filter(comparable, "coverage_rate"), month_filter(warehouse), own, order]


@dataclass(frozen=True)
class View:
    """What the switches say: which communities stand in the table, which period, against what, between which limits."""

    whom: str = "all"
    period: str | None = None
    target: str = "street"
    limits: str = "usual"


def switches(warehouse: Warehouse, metric: Metric, own: str) -> View:
    """Draw what else can be chosen for this indicator."""
    whom, period, target, limits = "all", None, "street", "usual"
    with st.container(horizontal=True, key="compare.switches"):
        if own != NO_ONE:
            whom = switch(Filter("whom", _("显示"), WHOM, "all"), key="compare")
        if metric.time == "flow" and metric.period is None:
            period = switch(Filter("period", _("期间"), PERIODS, "month"), key="compare")
        goal = goals.goal(warehouse, metric.id)
        if goal is not None and is_judged(metric):
            text = _("与{goal}比").format(goal=words.goal_text(metric, goal))
            target = switch(Filter("target", _("比较"), {"street": _("与全街道比"), "goal": text}), key="compare")
        if is_judged(metric):
            limits = switch(Filter("limits", _("范围"), LIMITS, "usual"), key="compare")
    return View(whom, period, target, limits)


def shown(found: Comparison, whom: str, own: str) -> list[Compared]:
    """Return the communities to show: all, or the own one with its peers, in official order."""
    row = found.find(own)
    if whom == "all" or row is None:
        return list(found.rows)
    kept = {own, *(peer.community_id for peer in row.peers)}
    return [row for row in found.rows if row.keys["community_id"] in kept]


def ordered(rows: Sequence[Compared], metric: Metric, order: str) -> list[Compared]:
    """Return the communities in the order asked for; 未报 comes last, and disputes keep the official order."""
    if order == "official" or metric.unit == "dispute":
        return list(rows)
    known = sorted((row for row in rows if row.value is not None), key=lambda row: row.value or 0.0)
    return [*(known if order == "low" else reversed(known)), *(row for row in rows if row.value is None)]


def courses(warehouse: Warehouse, metric: Metric, chosen: Chosen) -> dict[str | None, list[float | None]]:
    """Return each community's last months, oldest first."""
    first = max(scope.months(warehouse)[0], shift(chosen.month(), 1 - MONTHS))
    asked = Question(metric.id, ("community", "month"), chosen.month(), first)
    found: dict[str | None, list[float | None]] = {}
    for row in answers.answer(warehouse, asked).rows:
        found.setdefault(row.keys["community_id"], []).append(row.value)
    return found


def sentence(warehouse: Warehouse, found: Comparison, rows: Sequence[Compared]) -> str:
    """Return what the table shows: the span, the street, how many reach the goal, who has not reported."""
    metric, values = found.answer.metric, [row.value for row in rows if row.value is not None]
    if not values:
        return phrases.nothing_text(metric, rows)
    ends = (min(values), max(values), found.street.value)
    low, high, total = (answers.value_text(warehouse, metric, value) for value in ends)
    when = phrases.period_text(found.answer) if found.answer.period == "ytd" else ""
    who = _("各社区") if len(rows) == len(found.rows) else _("本社区和可比社区")
    text = _("{when}{who}{title}{low}—{high}，全街道{total}").format(
        when=when, who=who, title=metric.title, low=low, high=high, total=total
    )
    standings = [goals.standing(warehouse, metric.id, row) for row in rows]
    if any(standings):
        text += _("；{n}个社区已达到目标").format(n=sum(standing.is_met for standing in standings if standing))
    return text + phrases.left_out_text(rows)


def notes(warehouse: Warehouse, metric: Metric) -> list[str]:
    """Return what has to be said below the table."""
    ranged = [_("横条：参考范围。"), words.census_note()] if is_judged(metric) else []
    ranked = [words.rank_legend()] if is_ranked(metric) else []
    course = _("走势用同一刻度，斜线为未报送（不按0计算）。")
    return list(filter(None, [sample_mark(warehouse), *ranged, *ranked, course]))


def show_league(
    warehouse: Warehouse,
    found: Comparison,
    rows: list[Compared],
    chosen: Chosen,
    title: str,
    said: league.Notes,
    can_write: bool,
) -> None:
    """Show the communities as a table with what they say of their numbers, and offer it as a file."""
    metric, course = found.answer.metric, courses(warehouse, found.answer.metric, chosen)
    lines = league.lines(warehouse, found, rows, course, chosen.one("own"), said)
    heads = league.headings(found, len(next(iter(course.values()), [])), said)
    scale = league.scale(warehouse, metric, found.street)
    table = comparison(lines, scale, heads, alt=title, notes=notes(warehouse, metric))
    picture(table, key="compare.table")
    own = chosen.one("own")
    with st.container(horizontal=True):
        league.export(warehouse, found, rows, said)
        if own != NO_ONE and can_write:
            note_form(metric, chosen.month(), own, said.get(own))


def show_funnel(warehouse: Warehouse, found: Comparison, own: str) -> None:
    """Show sizes and values between the limits, and read the picture in a sentence."""
    text = words.reading(found)
    st.markdown(_("##### 社区大小与数值对照图"))
    st.markdown(text)
    if svg := funnel_picture(warehouse, found, own, text):
        picture(svg, key="compare.funnel")
    hollow = _("空心点：数量过少，不作比较。") if any(row.too_few for row in found.rows) else ""
    st.caption(f"{words.class_legend()}{hollow}{words.direction_text(found.answer.metric)}{words.spread_text(found)}")


def page() -> None:
    """Show the page from top to bottom."""
    warehouse = answers.current()
    head = st.container()
    chosen = choose(filters(warehouse), key="compare", in_row=4)
    metric, own = metric_of(chosen.one("metric")), chosen.one("own")
    with head:
        page_header(warehouse, _("社区对比"), chosen.month(), metric.ledgers)
    view = switches(warehouse, metric, own)
    asked = Question(metric.id, ("community",), chosen.month(), period=view.period)
    folder = readable()
    show_notice()
    found, said = (
        compare(warehouse, asked, folder, view.limits == "wide", view.target),
        notes_of(folder, metric, chosen.month()),
    )
    rows = ordered(shown(found, view.whom, own), metric, chosen.one("order"))
    title = sentence(warehouse, found, rows)
    whole = answers.answer(warehouse, replace(asked, by=()))
    st.markdown(f"**{title}**", help=number_help(warehouse, whole, found.street))
    if refusal := words.rank_refusal(metric):
        st.caption(refusal)
    show_league(warehouse, found, rows, chosen, title, said, folder is not None)
    show_sources(warehouse, of_rows(answers.answer(warehouse, asked), "community"))
    left, right = st.columns([55, 45], gap="medium") if is_judged(metric) else (None, st.container())
    if left:
        with left:
            show_funnel(warehouse, found, own)
    with right:
        st.markdown(_("##### 本社区与可比社区"))
        if own == NO_ONE:
            everybodys_peers(found)
        else:
            peers_panel(warehouse, found, own)
    if own == NO_ONE:
        waiting_list(warehouse)
    elif has_detail(metric):
        show_denominator(warehouse, asked, own)


page()

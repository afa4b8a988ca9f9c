"""The briefing's cards: one number each, with its goal, its changes, its last twelve months and what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

import streamlit as st

from metrics import goals, phrases, scope
from metrics.balance import balance
from metrics.catalogue import Metric
from metrics.judging.aligned import aligned, aligned_text
from metrics.periods import month_text, shift
from metrics.question import Answer, Question, Row
from metrics.warehouse import Warehouse
from pages.parts import answers, svg
from pages.parts.change_lines import chance_line, change_line, closed_lines, labelled
from pages.parts.due_lines import due_lines
from pages.parts.header import number_help, sample_mark
from pages.parts.pictures import picture

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Card:
    """What a card says; `missing` are the communities that its number leaves out, `compared` says so of its changes."""

    title: str
    value: str
    lines: tuple[str, ...]
    help: str
    picture: str
    missing: tuple[str, ...] = ()
    compared: str = ""
    is_unknown: bool = False


def missing_communities(warehouse: Warehouse, question: Question) -> tuple[str, ...]:
    """Return the communities that have not reported what a question rests on."""
    by_community = Question(question.metric, ("community",), question.month, question.start, question.period)
    rows = answers.answer(warehouse, by_community).rows
    return tuple(row.keys["community"] or "" for row in rows if row.expected and not row.known)


def monthly(warehouse: Warehouse, metric: str, month: date) -> Answer:
    """Return the last twelve months of a metric, as far as the warehouse reaches."""
    start = max(shift(month, 1 - MONTHS_SHOWN), scope.months(warehouse)[0])
    return answers.answer(warehouse, Question(metric, ("month",), month, start))


def _sparkline(warehouse: Warehouse, answer: Answer, title: str) -> str:
    """Draw the months; the sentence from where to where is what a screen reader says."""
    metric = answer.metric
    points = [
        svg.Point(f"{month_text(month)}　{answers.row_text(warehouse, metric, row)}", row.value, row.is_suppressed)
        for month, row in zip(answer.months, answer.rows, strict=True)
    ]
    known = [answers.value_text(warehouse, metric, row.value) for row in answer.rows if row.value is not None]
    alt = _("{title}近{n}个月").format(title=title, n=len(points))
    if known:
        alt += _("由{first}到{last}").format(first=known[0], last=known[-1])
    is_count = metric.kind in {"count", "balance"}
    return svg.sparkline(points, bars=is_count, alt=alt, mark=sample_mark(warehouse))


def number(warehouse: Warehouse, metric: Metric, row: Row) -> str:
    """Return a value as the eye meets it first: 约 where it rests on approximate numbers, 未报 or 无 where there is none."""
    if row.value is None:
        return phrases.hidden_text(metric, row) or (_("无") if row.known else _("未报"))
    return (_("约") if row.approximate else "") + answers.value_text(warehouse, metric, row.value)


def _goal_line(warehouse: Warehouse, answer: Answer) -> str:
    standing = goals.standing(warehouse, answer.metric.id, answer.row)
    if standing is None:
        return ""
    text = _("目标{goal}　").format(goal=phrases.number_text(answer.metric, standing.goal, 0))
    if standing.is_met:
        return text + _("已达标")
    return text + _("还差{n}{word}").format(n=f"{standing.short:,}", word=answer.metric.measure)


def _card(warehouse: Warehouse, question: Question, lines: list[str], title: str = "", compared: str = "") -> Card:
    """Return the card of a question; a number that is not known has no changes to tell."""
    answer = answers.answer(warehouse, question)
    row, name = answer.row, title or answer.metric.title
    return Card(
        title=name,
        value=number(warehouse, answer.metric, row),
        lines=_said(row, lines),
        help=number_help(warehouse, answer, row),
        picture=_sparkline(warehouse, monthly(warehouse, question.metric, answer.month), name),
        missing=missing_communities(warehouse, question) if row.is_partial else (),
        compared=compared,
        is_unknown=row.value is None,
    )


def _said(row: Row, lines: list[str]) -> tuple[str, ...]:
    """Return what is said under a number; under one that is kept back nothing."""
    if row.is_suppressed:
        return ()
    return tuple(line for line in lines if line) if row.value is not None else (_("相关台账未报，暂无数字"),)


def share_card(warehouse: Warehouse, metric: str, month: date) -> Card:
    """Return the card of a level (建会率, 入会率): both sides, goal, 较上月, 较年初, 较上年同期."""
    question = Question(metric, month=month)
    answer = answers.answer(warehouse, question)
    found = [answers.change(warehouse, question, against) for against in ("previous_month", "year_start", "last_year")]
    lines = [_sides(answer), _goal_line(warehouse, answer)]
    # Where a register is carried, two ends may be the same day: one line says it.
    lines += dict.fromkeys(change_line(warehouse, change) for change in found)
    lines.append(chance_line(warehouse, labelled(*found)))
    lines += closed_lines(warehouse, *found)
    return _card(warehouse, question, lines, compared=phrases.like_for_like_text(found[-1]))


def _sides(answer: Answer) -> str:
    """Return numerator and denominator in small print, the parts apart where there are any."""
    row, metric = answer.row, answer.metric
    if row.numerator is None or row.denominator is None:
        return ""
    if row.parts:
        return "  \n".join(
            f"{metric.parts[part]}{phrases.count_text(n)}{metric.measure}" for part, n in row.parts.items()
        )
    above, below = phrases.count_text(row.numerator), phrases.count_text(row.denominator)
    return _("{below}{word}中{above}{word}").format(above=above, below=below, word=metric.measure)


def received_card(warehouse: Warehouse, month: date) -> Card:
    """Return the card of disputes received: 环比, 同比, cumulative since January."""
    question = Question("disputes_received", month=month, period="month")
    so_far = Question("disputes_received", month=month, period="ytd")
    before, last_year = (answers.change(warehouse, question, against) for against in ("previous_month", "last_year"))
    total, running = answers.answer(warehouse, so_far), answers.change(warehouse, so_far, "last_year")
    season = aligned(warehouse, question)
    lines = [
        change_line(warehouse, before),
        change_line(warehouse, last_year),
        _("{period}累计{total}").format(
            period=phrases.so_far_text(month), total=number(warehouse, total.metric, total.row)
        ),
        _("累计") + change_line(warehouse, running),
        aligned_text(season) if season else "",
        chance_line(warehouse, [*labelled(before, last_year), *labelled(running, prefix=_("累计"))]),
        *closed_lines(warehouse, before, last_year, running),
    ]
    return _card(warehouse, question, lines, _("本月受理劳资纠纷"), phrases.like_for_like_text(last_year))


def open_card(warehouse: Warehouse, month: date) -> Card:
    """Return the card of cases in hand: their clocks, how last month's became this month's, how fresh the ledger is."""
    question = Question("disputes_open", month=month)
    clocks, identity = due_lines(warehouse, month), identity_text(warehouse, month)
    changed = answers.change(warehouse, question, "last_year")
    changes = [change_line(warehouse, changed), chance_line(warehouse, labelled(changed))]
    changes += closed_lines(warehouse, changed)
    fresh = [] if clocks else [last_received(warehouse, month)]  # the clocks say until when the ledgers are in
    lines = [*clocks, identity, *changes, *fresh]
    return _card(warehouse, question, lines, _("月末在办劳资纠纷"), phrases.like_for_like_text(changed))


def identity_text(warehouse: Warehouse, month: date) -> str:
    """Return 上月末28＋受理31－办结35, over the communities known in both months; "" where there are none."""
    found = balance(answers.answer, warehouse, month)
    if found is None:
        return ""
    return _("上月末{opening}＋受理{received}－办结{closed}").format(
        opening=found.opening, received=found.received, closed=found.closed
    )


def last_received(warehouse: Warehouse, month: date) -> str:
    """Return the day of the newest case, so that a reader sees how fresh the ledger is."""
    day = answers.rows_behind(warehouse, Question("disputes_received", month=month, period="ytd"))[
        "received_date"
    ].max()
    if not isinstance(day, date):
        return ""
    return _("最近一宗受理于{month}月{day}日").format(month=day.month, day=day.day)


def target_card(warehouse: Warehouse, month: date) -> Card:
    """Return the card of the year's target: done of planned, beside the share of the year that is over."""
    question = Question("unions_formed_target_progress", month=month)
    row = answers.answer(warehouse, question).row
    schedule = phrases.rounded(100 * phrases.schedule_share(month), 0)
    lines = [_("时序进度{share}%").format(share=schedule)]
    if row.numerator is not None and row.denominator is not None:
        done = _("{period}新建会{done}家／任务{planned}家").format(
            period=phrases.so_far_text(month),
            done=phrases.count_text(row.numerator),
            planned=phrases.count_text(row.denominator),
        )
        lines.insert(0, done)
    lines.append(_members_line(warehouse, month))
    changed = answers.change(warehouse, Question("unions_formed", month=month, period="ytd"), "last_year")
    lines += [_("新建会") + change_line(warehouse, changed), chance_line(warehouse, labelled(changed))]
    lines += closed_lines(warehouse, changed)
    compared = phrases.like_for_like_text(changed)
    return _card(warehouse, question, lines, _("年度任务（新建会）"), compared)


def _members_line(warehouse: Warehouse, month: date) -> str:
    """Return the year's other target, members joined; nothing where no roster tells."""
    found = answers.answer(warehouse, Question("members_joined_target_progress", month=month))
    row = found.row
    if row.numerator is None or row.denominator is None:
        return ""
    return _("发展会员{done}人／任务{planned}人，{share}").format(
        done=number_of(row, phrases.count_text(row.numerator)),
        planned=phrases.count_text(row.denominator),
        share=answers.value_text(warehouse, found.metric, row.value),
    )


def number_of(row: Row, text: str) -> str:
    """Return a count with 约 where it rests on approximate numbers."""
    return (_("约") if row.approximate else "") + text


def footnotes(cards: tuple[Card, ...]) -> list[str]:
    """Return what the stars mean: who is left out of which card, and how its changes are compared."""
    found: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for card in cards:
        if card.missing and not card.is_unknown:
            found.setdefault((card.missing, card.compared), []).append(card.title)
    return [_footnote("、".join(titles), names, compared) for (names, compared), titles in found.items()]


def _footnote(titles: str, names: tuple[str, ...], compared: str) -> str:
    text = _("\\* {titles}：不含未报的{names}").format(titles=titles, names="、".join(names))
    return text + (_("；同比{compared}").format(compared=compared) if compared else "")


def show(card: Card, *, key: str) -> None:
    """Show one card."""
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.metric(card.title + ("*" if card.missing and not card.is_unknown else ""), card.value, help=card.help)
        st.caption("  \n".join(card.lines))
        picture(card.picture, key=key)

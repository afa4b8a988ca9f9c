"""A number alone: value, both sides, range, goal, calendar, who is not in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from gettext import gettext as _

from briefing.model import Origin
from briefing.source import Source
from metrics import goals, phrases, scope
from metrics.judging.compare_words import goal_size
from metrics.question import Answer, Row
from metrics.reports import IN, report_states

NAMED = 3


def answer(source: Source, origin: Origin) -> Answer:
    """Return the answer to an origin's question."""
    return source.answer(origin.question)


def names_text(names: list[str], most: int = NAMED) -> str:
    """Return the first names and 等 where there are more."""
    return "、".join(names[:most]) + (_("等") if len(names) > most else "")


def _about(row: Row) -> str:
    return _("约") if row.approximate else ""


def value(source: Source, origin: Origin) -> str | None:
    """91.2%, 31宗: the value with % or the measure word, 约 where it rests on approximate numbers."""
    found = answer(source, origin)
    if found.row.value is None:
        return None
    number = phrases.number_text(found.metric, found.row.value, source.decimals)
    word = "" if found.metric.is_percentage else scope.measure(source.warehouse, found.metric)
    return _about(found.row) + number + word


def row(source: Source, origin: Origin) -> str | None:
    """96.0%（227家中218家）: the value with both its sides."""
    found = answer(source, origin)
    if found.row.value is None:
        return None
    return phrases.row_text(found.metric, found.row, source.decimals, scope.measure(source.warehouse, found.metric))


def numerator(source: Source, origin: Origin) -> str | None:
    """218: the numerator alone."""
    found = answer(source, origin).row
    return None if found.numerator is None else _about(found) + phrases.count_text(found.numerator)


def denominator(source: Source, origin: Origin) -> str | None:
    """227: the denominator alone."""
    found = answer(source, origin).row
    return None if found.denominator is None else _about(found) + phrases.count_text(found.denominator)


def part(source: Source, origin: Origin) -> str | None:
    """96家: the part of a numerator that `of` names."""
    found = answer(source, origin)
    parts = found.row.parts
    if parts is None or origin.of not in parts:
        return None
    return _about(found.row) + phrases.count_text(parts[origin.of]) + scope.measure(source.warehouse, found.metric)


def range(source: Source, origin: Origin) -> str | None:  # noqa: A001  # an aspect is called as its function
    """92.6%—97.9%: the value's 参考范围; None for a count."""
    found = answer(source, origin)
    low, high = found.row.low, found.row.high
    if low is None or high is None:
        return None
    return "—".join(phrases.number_text(found.metric, limit, source.decimals) for limit in (low, high))


def goal(source: Source, origin: Origin) -> str | None:
    """90%: the street's own goal, as it was set."""
    found = goals.goal(source.warehouse, origin.metric)
    return None if found is None else goal_size(answer(source, origin).metric, found)


def short(source: Source, origin: Origin) -> str | None:
    """10家: how many more it takes to reach the goal; None without a goal."""
    found = answer(source, origin)
    standing = goals.standing(source.warehouse, origin.metric, found.row)
    return None if standing is None else f"{standing.short:,}{found.metric.measure}"


def schedule(source: Source, origin: Origin) -> str | None:
    """75%: the share of the year that is over at the month's end (时序进度)."""
    return phrases.number_text(answer(source, origin).metric, phrases.schedule_share(origin.month), 0)


def pace(source: Source, origin: Origin) -> str | None:
    """慢于时序进度: a year's progress held against the calendar."""
    found = answer(source, origin).row.value
    if found is None:
        return None
    share = phrases.schedule_share(origin.month)
    if found >= 1:
        return _("已超额完成") if found > 1 else _("已完成")
    if found == share:
        return _("与时序进度持平")
    return _("快于时序进度") if found > share else _("慢于时序进度")


def _carried_day(source: Source, origin: Origin) -> date | None:
    """Return the day of the newest register that a stock rests on; None where one of them is of the month itself."""
    wanted = dict(origin.where).get("community")
    ledgers = answer(source, origin).metric.ledgers
    states = [
        state
        for ledger in ledgers
        for state in report_states(source.warehouse, origin.month, ledger)
        if wanted is None or state.community_id in wanted
    ]
    carried = [state.as_of for state in states if state.state == "carried" and state.as_of]
    is_any_new = any(state.state in IN for state in states)
    return max(carried) if carried and not is_any_new else None


def until(source: Source, origin: Origin) -> str | None:
    """2018年12月末: the end that a stock speaks of, the day of its registers where they are carried."""
    found = answer(source, origin)
    if found.row.value is None:
        return None
    day = _carried_day(source, origin)
    return phrases.day_text(day) if day else phrases.period_text(found)


def carried(source: Source, origin: Origin) -> str | None:
    """2018年6月末: the day of the registers where none is of the month itself; None otherwise."""
    day = _carried_day(source, origin)
    return phrases.day_text(day) if day else None


def left_out(source: Source, origin: Origin) -> str | None:
    """不含未报的第五园: who is not, or not in every month, in a number; None where all are."""
    if not answer(source, origin).row.is_partial:
        return None
    each = source.answer(replace(origin.question, by=("community",))).rows
    absent = [found.keys["community"] or "" for found in each if not found.known]
    partly = [found.keys["community"] or "" for found in each if 0 < found.known < found.expected]
    told = [_("不含未报的{names}").format(names=names_text(absent))] if absent else []
    told += [_("不含{names}未报的月份").format(names=names_text(partly))] if partly else []
    return "，".join(told) or None

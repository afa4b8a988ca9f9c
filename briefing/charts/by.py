"""A number cut by communities, causes or another dimension, as lying bars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from gettext import gettext as _

from briefing.aspects import fact
from briefing.charts import words
from briefing.model import Chart, Fact, Origin, Series, Text
from briefing.source import Source
from briefing.told import told
from metrics import scope
from metrics.columns import DIMENSIONS
from metrics.judging.compare import Compared, compare
from metrics.judging.compare_words import rank_refusal
from metrics.question import Answer, Question, Row

COMMUNITY = "community"


def bar_chart(source: Source, metric: str, month: date, by: str, period: str | None = None) -> Chart | None:
    """Return a metric by the codes of a dimension; None where none has a value.

    Communities stand in official order; other codes by size, since order is what the reader looks for there.
    """
    answer = source.answer(Question(metric, (by,), month, None, period))
    rows = list(answer.rows) if by == COMMUNITY else sorted(answer.rows, key=_size)
    if all(row.value is None for row in rows):
        return None
    asked = Origin("value", answer.metric.id, month, period, audience=source.audience)
    compared = compared_rows(source, answer) if by == COMMUNITY else {}
    main = _series(source, answer, rows, replace(asked, of=by), compared)
    title, said = by_title(source, answer, rows, tuple(compared.values()))
    names = tuple(row.keys[by] or "" for row in rows)
    goal, goal_text = words.goal_of(source, answer.metric) if by == COMMUNITY else (None, "")
    return Chart(
        f"by_{by}:{metric}", title, "bar", unit_of(source, answer), names, (main, *_street(source, answer, asked, by)),
        f"{title}。{words.each_text(names, main)}", by_notes(answer, compared), (), goal, goal_text,
        answer.metric.is_percentage, mark=words.mark(source), said=said,
    )  # fmt: skip


def _size(row: Row) -> tuple[bool, float]:
    """Return the order of rows by size, unknown codes and values last."""
    return row.value is None, -(row.value or 0.0)


def unit_of(source: Source, answer: Answer) -> str:
    """Return % or the measure word."""
    return "%" if answer.metric.is_percentage else scope.measure(source.warehouse, answer.metric)


def compared_rows(source: Source, answer: Answer) -> dict[str, Compared]:
    """Return each community's place against the whole street; nobody's in a public version."""
    if source.audience == "public":
        return {}
    question = replace(answer.question, by=(), audience=source.audience)
    return {row.keys["community_id"] or "": row for row in compare(source.warehouse, question).rows}


def _series(source: Source, answer: Answer, rows: list[Row], origin: Origin, compared: dict[str, Compared]) -> Series:
    places = [words.side(compared.get(row.keys.get("community_id") or "")) for row in rows]
    return Series(
        answer.metric.title,
        tuple(row.value for row in rows),
        tuple(words.value_text(source, answer.metric, row) for row in rows),
        origin,
        tuple(places),
    )


def _street(source: Source, answer: Answer, asked: Origin, by: str) -> tuple[Series, ...]:
    """Return the whole street's value as a level to read shares and rates of communities against."""
    if by != COMMUNITY or not answer.metric.over:
        return ()
    found, row = fact(source, asked), source.answer(asked.question).row
    count = len(answer.rows)
    return () if found is None else (Series(_("全街道"), (row.value,) * count, (found.text,) * count, found.origin),)


def by_title(source: Source, answer: Answer, rows: list[Row], compared: tuple[Compared, ...]) -> tuple[str, Text]:
    """Say who stands out; where nobody is judged, the whole street's number; by cause also the largest one."""
    asked, metric = answer.question, answer.metric
    (by,) = asked.by
    when = words.when(metric, answer.month, answer.period)
    if out := words.standing_out(compared):
        return words.said_of(None, f"{when}{metric.title}：{out}")
    whole = fact(source, Origin("value", metric.id, answer.month, asked.period))
    largest = None if by == COMMUNITY else _largest(source, answer, rows)
    without = words.left_out(source, Origin("left_out", metric.id, answer.month, asked.period))
    text = told(_("{when}全街道{title}{whole}{aside}"), when=when, title=metric.title, whole=whole, aside=without)
    if text and largest:
        return words.said_of((*text, _("，其中"), largest[0], largest[1]), "")
    names = _("，各社区情况") if by == COMMUNITY else _("，按{dimension}分").format(dimension=DIMENSIONS[by].title)
    return words.said_of((*text, names) if text else None, f"{when}{metric.title}{names}")


def _largest(source: Source, answer: Answer, rows: list[Row]) -> tuple[str, Fact] | None:
    """Return the largest code's name and number, of a count only: shares have no largest part of the whole."""
    (by,), row = answer.question.by, rows[0]
    if answer.metric.over or not row.value:
        return None
    origin = Origin(
        "among", answer.metric.id, answer.month, answer.question.period, of=f"{by}={row.keys[f'{by}_id'] or ''}"
    )
    found = fact(source, origin)
    return None if found is None else (row.keys[by] or "", found)


def by_notes(answer: Answer, compared: dict[str, Compared], is_map: bool = False) -> tuple[str, ...]:
    """Return what must be said under a picture by community or cause."""
    rows, notes = answer.rows, []
    if any(words.side(row) for row in compared.values()) and not is_map:
        notes.append(_("偏高、偏低：与全街道相比"))
    if any(row.too_few for row in compared.values()):
        few = "、".join(row.keys["community"] or "" for row in compared.values() if row.too_few)
        notes.append(_("数量过少，不作比较：{names}").format(names=few))
    if any(row.is_suppressed for row in rows):
        notes.append(_("不显示：为保护个人信息"))
    if answer.question.by == (COMMUNITY,) and answer.metric.unit == "dispute":
        notes.append(rank_refusal(answer.metric).rstrip("。"))
    if answer.question.by != (COMMUNITY,) and any(row.is_partial for row in rows):
        notes.append(_("只计已报社区"))
    return tuple(notes)

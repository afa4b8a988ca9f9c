"""Sentences on disputes: how many came, what stands out, which cause has changed by more than chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from gettext import gettext as _

from metrics import phrases, scope
from metrics.catalogue import metric_of
from metrics.judging.alarm_words import alarm_text
from metrics.judging.alarms import watch
from metrics.judging.aligned import aligned, aligned_text
from metrics.judging.chance import verdict
from metrics.periods import month_text
from metrics.question import UNKNOWN, Question
from pages.parts.sentence import DISPUTES, Sentence, Source, compared, sentence


def disputes(source: Source, month: date) -> list[Sentence]:
    """Say how many disputes came, then the alarm, or without one the cause that changed by more than chance."""
    return [*_received(source, month), *(_alarms(source, month) or _causes(source, month))]


def _received(source: Source, month: date) -> list[Sentence]:
    """Say how many disputes came, against a year before, and which causes make up most of them."""
    question = Question("disputes_received", month=month, period="month")
    answer = source.answer(question)
    if answer.row.value is None:
        return []
    word = scope.measure(source.warehouse, answer.metric)
    by_cause = source.answer(Question("disputes_received", ("cause",), month, period="month"))
    most = sorted((row for row in by_cause.rows if row.value), key=lambda row: -(row.value or 0))[:2]
    named = "、".join(f"{row.keys['cause']}{phrases.count_text(row.value or 0)}{word}" for row in most)
    text = _("{month}受理劳资纠纷{n}{word}，{changed}").format(
        month=month_text(month), n=phrases.count_text(answer.row.value), word=word,
        changed=compared(source, source.change(source.warehouse, question, "last_year")),
    )  # fmt: skip
    if season := _season(source, question):
        text += "；" + season
    text += _("；按案由，{named}。").format(named=named) if named else "。"
    return [sentence(text, DISPUTES, month, start=f"{month:%Y-%m}")]


def _season(source: Source, question: Question) -> str:
    """Return the comparison that Spring Festival does not upset: by days before it, or 1—2月 together; "" otherwise."""
    if found := aligned(source.warehouse, question):
        return aligned_text(found)
    if question.month is None or question.month.month != 2:
        return ""
    both = replace(question, period="ytd")
    change = source.change(source.warehouse, both, "last_year")
    if change.now is None or change.now.value is None:
        return ""
    return _("1—2月合并{n}{word}，{changed}").format(
        n=phrases.count_text(change.now.value), word=change.measure, changed=compared(source, change)
    )


def _alarms(source: Source, month: date) -> list[Sentence]:
    """Say the least likely 异动提示 that the street has not found to be none, and how many more there are."""
    found = watch(source.warehouse, month, source.street, is_simulated=False)
    alarms = [alarm for alarm in found.alarms if alarm.answer != "no_change"]
    if not alarms:
        return []
    first = alarms[0]
    text = alarm_text(first, month, scope.measure(source.warehouse, metric_of("disputes_received")))
    if len(alarms) > 1:
        text += _("另有{n}组异动提示。").format(n=len(alarms) - 1)
    conditions = {"community": first.community_id, "start": f"{first.since:%Y-%m}"}
    if first.cause_id in scope.titles(source.warehouse, "cause"):
        conditions["cause"] = first.cause_id
    return [sentence(text, DISPUTES, month, **conditions)]


def _causes(source: Source, month: date) -> list[Sentence]:
    """Say which cause has changed most against the same months a year before, if one has by more than chance."""
    question = Question("disputes_received", ("cause",), month, period="ytd")
    changed = source.changes(source.warehouse, question, "last_year")
    found = [c for c in changed if c.difference and verdict(source.warehouse, c).is_beyond]
    if not found:
        return []
    change = max(found, key=lambda entry: abs(entry.difference or 0))
    row = source.answer(question).find(cause_id=change.keys["cause_id"])
    total = phrases.count_text(row.value) if row is not None and row.value is not None else _("不详")
    text = _("按案由与上年同期相比，变化最大的是{cause}：{period}{total}{word}，{changed}。").format(
        cause=change.keys["cause"],
        period=phrases.so_far_text(month),
        total=total,
        word=change.measure,
        changed=compared(source, change),
    )
    return [sentence(text, DISPUTES, month, start=f"{month:%Y}-01", cause=change.keys["cause_id"] or UNKNOWN)]

"""The sides of an answer that tables print: a value with why there is none, its range, its place, its rank, without a giant."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from briefing.model import Origin
from briefing.source import Source
from metrics import goals, phrases, scope
from metrics.catalogue import metric_of
from metrics.changes import Change
from metrics.judging import giant_words
from metrics.judging.compare import Compared, compare
from metrics.judging.compare_words import class_text, rank_text, tier_text
from metrics.judging.giants import Giant, giants
from metrics.question import Question

COMMUNITY = "community"


def cell(source: Source, origin: Origin) -> str:
    """31宗; where there is no value why: 未报, 无, 不足5宗，不显示."""
    return _cell(source, origin, has_word=True)


def bare(source: Source, origin: Origin) -> str:
    """31: a value without its measure word, under a heading that says it; where there is none why."""
    return _cell(source, origin, has_word=False)


def in_table(text: str) -> str:
    """Return a text as a table's cell has room for it: a note below says why what is 不显示 is not shown."""
    return _("不显示") if text == phrases.suppressed_text(None, "") else text


def _cell(source: Source, origin: Origin, *, has_word: bool) -> str:
    answer = source.answer(origin.question)
    metric, row = answer.metric, answer.row
    word = scope.measure(source.warehouse, metric)
    if row.value is None:
        return in_table(phrases.hidden_text(metric, row, word)) or (_("无") if row.known else _("未报"))
    number = phrases.number_text(metric, row.value, source.decimals)
    return (_("约") if row.approximate else "") + number + (word if has_word and not metric.is_percentage else "")


def above(source: Source, origin: Origin) -> str | None:
    """212家: a numerator with its measure word; 约 where it rests on approximate numbers."""
    answer = source.answer(origin.question)
    row = answer.row
    if row.numerator is None:
        return None
    about = _("约") if row.approximate else ""
    return about + phrases.count_text(row.numerator) + scope.measure(source.warehouse, answer.metric)


def below(source: Source, origin: Origin) -> str | None:
    """200家: a denominator with its measure word."""
    answer = source.answer(origin.question)
    metric, found = answer.metric, answer.row.denominator
    if found is None:
        return None
    over = metric if metric.over == "units" else metric_of(metric.over or metric.id)
    return phrases.count_text(found) + scope.measure(source.warehouse, over)


def change_cell(source: Source, origin: Origin) -> str:
    """＋0.4个百分点; with the days it runs between where a register is carried; why there is none."""
    found = source.change(origin.question, origin.of)
    text = in_table(phrases.change_text(found, source.decimals))
    return f"{text}（{phrases.change_label(found)}）" if names_days(found) else text


def change_size(source: Source, origin: Origin) -> str:
    """＋0.4, －4宗, 持平, 无新数据: the difference alone, for a narrow table that says below what is in percentage points."""
    found = source.change(origin.question, origin.of)
    basis = found.basis
    if found.difference is not None and basis.is_carried and basis.now_as_of == basis.before_as_of:
        return _("无新数据")
    if found.difference is not None:
        found = replace(found, relative=None)
    return in_table(phrases.change_text(found, source.decimals).removesuffix(_("个百分点")))


def names_days(found: Change) -> bool:
    """Return whether a change is not what its column says: it rests on a register of an earlier day."""
    basis = found.basis
    return found.difference is not None and basis.is_carried and basis.now_as_of != basis.before_as_of


def standing(source: Source, origin: Origin) -> str | None:
    """已达标, 还差10家: how a value stands against the street's goal."""
    answer = source.answer(origin.question)
    found = goals.standing(source.warehouse, origin.metric, answer.row)
    if found is None:
        return None
    if found.is_met:
        return _("已达标")
    return _("还差{n}{word}").format(n=f"{found.short:,}", word=answer.metric.measure)


def _only(origin: Origin) -> tuple[str, Question]:
    """Return the one community that an origin names, and the question about all communities."""
    named = dict(origin.where)
    (community,) = named.pop(COMMUNITY)
    return community, replace(origin.question, by=(COMMUNITY,), where=tuple(named.items()))


def _compared(source: Source, origin: Origin) -> Compared | None:
    community, question = _only(origin)
    return compare(source.warehouse, question).find(community)


def classed(source: Source, origin: Origin) -> str | None:
    """偏低, 相差不大, 数量过少，不作比较: a community's place beside the whole street; never in a public version."""
    found = _compared(source, origin)
    return None if found is None or origin.audience == "public" else class_text(found) or None


def mark(source: Source, origin: Origin) -> str | None:
    """偏低: the place of a community that differs from the street by more than chance; None for the others."""
    found = _compared(source, origin)
    if found is None or found.funnel in {None, "similar"} or origin.audience == "public":
        return None
    return class_text(found)


def rank(source: Source, origin: Origin) -> str | None:
    """第2名（大致第1—4名）: a community's rank with its range, where the metric ranks at all."""
    found = _compared(source, origin)
    return None if found is None else rank_text(found) or None


def tier(source: Source, origin: Origin) -> str | None:
    """第一档: communities whose rank ranges overlap share one."""
    found = _compared(source, origin)
    return None if found is None else tier_text(found) or None


def _giant(source: Source, origin: Origin) -> Giant | None:
    community, question = _only(origin)
    return giants(source.warehouse, question).get(community)


def giant_share(source: Source, origin: Origin) -> str | None:
    """48%: the largest enterprise's share of a community's workers, where it can decide the rate."""
    found = _giant(source, origin)
    return None if found is None else f"{phrases.rounded(found.workers_share * 100, 0)}%"


def giant_value(source: Source, origin: Origin) -> str | None:
    """约85.9%: a community's rate without its largest enterprise."""
    found = _giant(source, origin)
    return None if found is None else giant_words.value_text(metric_of(origin.metric), found, source.decimals)

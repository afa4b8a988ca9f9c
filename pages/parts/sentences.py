"""本月要点: up to five generated sentences, each with the page where its rows are.

A difference or a change is told only where it is more than chance; the month's disputes always, with what they are.
"""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

from metrics import phrases
from metrics.question import Question
from pages.parts.dispute_sentences import disputes
from pages.parts.level_sentences import levels
from pages.parts.sentence import COMPARE, DISPUTES, MAP, NO_CONDITION, Sentence, Source, names_text, sentence

__all__ = ["DISPUTES", "MAP", "MOST", "NO_CONDITION", "Sentence", "Source", "sentences"]
MOST = 5


def sentences(source: Source, month: date) -> list[Sentence]:
    """Return the month's sentences, at most five: levels against their goals, disputes, the year's target."""
    told = [one for metric in ("coverage_rate", "membership_rate_area") for one in levels(source, metric, month)]
    return [*told, *disputes(source, month), *_target(source, month)][:MOST]


def _target(source: Source, month: date) -> list[Sentence]:
    """Say how far the year's target is, beside the share of the year that is over, and who is behind it."""
    metric = "unions_formed_target_progress"
    answer = source.answer(Question(metric, month=month))
    row = answer.row
    if row.value is None:
        return []
    schedule = phrases.schedule_share(month)
    rows = source.answer(Question(metric, ("community",), month)).rows
    behind = [r.keys["community"] or "" for r in rows if r.value is not None and r.value < schedule]
    text = _("{period}新建会{done}家，完成年度任务{planned}家的{share}，时序进度{schedule}").format(
        period=phrases.so_far_text(month), done=phrases.count_text(row.numerator or 0), planned=phrases.count_text(row.denominator or 0),
        share=phrases.number_text(answer.metric, row.value, source.decimals),
        schedule=phrases.number_text(answer.metric, schedule, 0),
    )  # fmt: skip
    if behind:
        text += _("；低于时序进度的社区有{n}个：{names}").format(n=len(behind), names=names_text(behind))
    return [sentence(text + "。", COMPARE, month, metric=metric)]

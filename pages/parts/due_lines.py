"""What the card of cases in hand says of their clocks: how many are overdue, how long the longest takes, as of when."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from gettext import gettext as _

from metrics import scope
from metrics.catalogue import metric_of
from metrics.judging.due import DueSummary, due_summary
from metrics.question import Question
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.header import month_end

OVERDUE = "disputes_overdue"
STEPS = "case_step"


@lru_cache(maxsize=64)
def summary(warehouse: Warehouse, month: date) -> DueSummary | None:
    """Return the clocks as they stand at the month's end; None where no steps were ever sent."""
    return due_summary(warehouse, month_end(month)) if is_sent(warehouse, STEPS) else None


def due_lines(warehouse: Warehouse, month: date) -> list[str]:
    """Return the card's lines: 其中超期3宗，最长已办41天; 10人以上集体纠纷2宗; 更新至12月30日. [] where nothing is known."""
    found = summary(warehouse, month)
    row = answers.answer(warehouse, Question(OVERDUE, month=month)).row if found else None
    if found is None or row is None or row.value is None:
        return []
    word = scope.measure(warehouse, metric_of(OVERDUE))
    overdue = _("其中超期{n}{word}").format(n=f"{row.value:,.0f}", word=word)
    longest = _("，最长已办{n}天").format(n=f"{found.longest_days:,}") if found.longest_days is not None else ""
    group = _("10人以上集体纠纷{n}{word}").format(n=f"{found.group_cases:,}", word=word)
    return [overdue + longest, group, *updated_lines(found)]


def updated_lines(found: DueSummary) -> list[str]:
    """Return how far the ledgers reach, and a warning where that is too long before the month's end."""
    if found.updated_on is None or found.as_of is None:
        return []
    day = _("更新至{month}月{day}日").format(month=found.updated_on.month, day=found.updated_on.day)
    if found.updated_on.year != found.as_of.year:
        day = _("更新至{year}年{month}月{day}日").format(
            year=found.updated_on.year, month=found.updated_on.month, day=found.updated_on.day
        )
    return [f":gray[{day}　{_('数据已过期，超期数仅供参考')}]"] if found.is_stale else [day]

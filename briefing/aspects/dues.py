"""How the cases in hand stand against their clocks at a month's end. None of it in a public version."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from gettext import gettext as _

from briefing.aspects.disputes import STEPS
from briefing.aspects.numbers import names_text
from briefing.model import Origin
from briefing.source import Source
from metrics import scope
from metrics.catalogue import metric_of
from metrics.judging.due import DueSummary, due_summary
from metrics.periods import shift
from metrics.question import Question
from metrics.reports import is_sent
from metrics.warehouse import Warehouse

OVERDUE = "disputes_overdue"
Where = tuple[tuple[str, tuple[str, ...]], ...]


@lru_cache(maxsize=64)
def _summary(warehouse: Warehouse, day: date, where: Where) -> DueSummary:
    return due_summary(warehouse, day, where)


def summary(source: Source, month: date, where: Where = ()) -> DueSummary | None:
    """Return the month's end in numbers; None in a public version and where no steps were ever sent."""
    if source.audience == "public" or not is_sent(source.warehouse, STEPS):
        return None
    return _summary(source.warehouse, shift(month, 1) - timedelta(days=1), where)


def longest_open(source: Source, origin: Origin) -> str | None:
    """41天: how long the case that is in hand longest has taken at the month's end."""
    found = summary(source, origin.month, origin.where)
    return None if found is None or found.longest_days is None else _("{n}天").format(n=f"{found.longest_days:,}")


def due_soon(source: Source, origin: Origin) -> str | None:
    """7天内到期2项: how many limits run out within the setting `due_soon_days`; None where none does."""
    found = summary(source, origin.month, origin.where)
    if found is None or not found.due_soon:
        return None
    days = scope.settings(source.warehouse)["due_soon_days"]
    return _("{days}天内到期{n}项").format(days=days, n=f"{found.due_soon:,}")


def group_open(source: Source, origin: Origin) -> str | None:
    """10人以上集体纠纷2宗: the cases in hand with ten workers or more; None where there are none."""
    found = summary(source, origin.month, origin.where)
    word = scope.measure(source.warehouse, metric_of(OVERDUE))
    if found is None or not found.group_cases:
        return None
    return _("10人以上集体纠纷{n}{word}").format(n=f"{found.group_cases:,}", word=word)


def overdue_ids(source: Source, month: date, where: Where = ()) -> dict[str, str]:
    """Return the communities with cases past their limit, id → name in official order; none in a public version."""
    if summary(source, month, where) is None:
        return {}
    rows = source.answer(Question(OVERDUE, ("community",), month, where=where)).rows
    return {row.keys["community_id"] or "": row.keys["community"] or "" for row in rows if row.value}


def overdue_names(source: Source, origin: Origin) -> str | None:
    """岗头、五和: the communities with cases past their limit."""
    return names_text([*overdue_ids(source, origin.month, origin.where).values()]) or None

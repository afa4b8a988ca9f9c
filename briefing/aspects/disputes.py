"""What only disputes have: alarms, and the day their ledger reaches to. No alarm in a public version."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from gettext import gettext as _

from briefing.model import Origin
from briefing.source import Source
from metrics import scope, values
from metrics.judging.alarm_words import said_numbers
from metrics.judging.alarms import Alarm, watch
from metrics.judging.due import last_day
from metrics.periods import shift
from metrics.question import Question
from metrics.reports import is_sent
from metrics.warehouse import Warehouse

METRIC = "disputes_received"
STEPS = "case_step"  # the ledger without which no clock is known to have been met
STALE_DAYS = 7.0  # a generation built before the setting existed knows no `stale_days`


def alarms(source: Source, month: date) -> list[Alarm]:
    """Return the month's 异动提示 that the street has not found to be none; none in a public version."""
    if source.audience == "public":
        return []
    found = watch(source.warehouse, month, source.street, is_simulated=False)
    return [alarm for alarm in found.alarms if alarm.answer != "no_change"]


def _alarm(source: Source, origin: Origin) -> Alarm | None:
    return next((alarm for alarm in alarms(source, origin.month) if alarm.series == origin.of), None)


def alarm_count(source: Source, origin: Origin) -> str | None:
    """9: the cases that an alarm tells; `of` is its series."""
    found = _alarm(source, origin)
    return None if found is None else f"{said_numbers(found)[0]}"


def alarm_most(source: Source, origin: Origin) -> str | None:
    """5: what the cases of an alarm seldom pass."""
    found = _alarm(source, origin)
    return None if found is None else f"{said_numbers(found)[1]}"


def alarms_more(source: Source, origin: Origin) -> str | None:
    """1组: how many alarms there are beside the one whose series is `of`, in its community if one is asked for."""
    wanted = dict(origin.where).get("community")
    found = [one for one in alarms(source, origin.month) if wanted is None or one.community_id in wanted]
    more = sum(one.series != origin.of for one in found)
    return _("{n}组").format(n=more) if more else None


@lru_cache(maxsize=16)
def newest_day(warehouse: Warehouse) -> date | None:
    """Return the newest day that the street's ledger of disputes, or of their steps, speaks of: how far they reach."""
    if is_sent(warehouse, STEPS):
        return last_day(warehouse)
    axis = scope.months(warehouse)
    day = values.rows(warehouse, Question(METRIC, month=axis[-1], start=axis[0]))["received_date"].max()
    return day if isinstance(day, date) else None


def ledger_day(source: Source, origin: Origin) -> str | None:
    """12月28日: the day the ledger of disputes reaches to, with its year where it is not the month's."""
    day = newest_day(source.warehouse)
    if day is None:
        return None
    text = _("{month}月{day}日").format(month=day.month, day=day.day)
    return text if day.year == origin.month.year else _("{year}年{day}").format(year=day.year, day=text)


def stale(source: Source, origin: Origin) -> str | None:
    """数据已过期: where the ledger is older than the setting allows at the month's end or the day `of`."""
    day = newest_day(source.warehouse)
    on = date.fromisoformat(origin.of) if origin.of else shift(origin.month, 1) - timedelta(days=1)
    allowed = float(scope.settings(source.warehouse).get("stale_days", STALE_DAYS))
    if day is None or (on - day).days <= allowed:
        return None
    return _("数据已过期")

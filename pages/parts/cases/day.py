"""As of which day 纠纷办理 says what is due: today, the sample's last day, or the end of an earlier month."""

from __future__ import annotations

from datetime import date

from metrics import scope
from metrics.judging.due import last_day
from metrics.warehouse import Warehouse
from pages.parts.header import month_end


def today() -> date:
    """Return this computer's day."""
    return date.today()


def day_of(warehouse: Warehouse, month: date) -> date:
    """Return the day to which the page holds deadlines.

    An earlier month is seen as it stood at its end. Now is today; the sample has no today, so its ledgers' last day.
    """
    if month < scope.default_month(warehouse):
        return month_end(month)
    if not warehouse.is_sample:
        return today()
    return last_day(warehouse) or month_end(month)

"""Months and the periods that end with one."""

from __future__ import annotations

import re
from datetime import date
from gettext import gettext as _

from etl.errors import QuestionError


def parse_month(text: str) -> date:
    """Return the first day of a month written YYYY-MM; QuestionError otherwise."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", text.strip())
    if not match or not 1 <= int(match[2]) <= 12:
        message = _("“{text}”不是月份。").format(text=text)
        raise QuestionError(message, remedy=_("请写成 2018-12 的样子"), code="bad_month")
    return date(int(match[1]), int(match[2]), 1)


def shift(month: date, count: int) -> date:
    """Return the month `count` months later (earlier if negative)."""
    years, index = divmod(month.month - 1 + count, 12)
    return date(month.year + years, index + 1, 1)


def span(first: date, last: date) -> tuple[date, ...]:
    """Return every month from first to last, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return tuple(shift(first, step) for step in range(count + 1))


def first_month(period: str, month: date) -> date:
    """Return the first month of the period that runs to `month`.

    The union statistical year Y runs from 1 October Y−1 to 30 September Y (domain.md §1.1).
    """
    back = {
        "month": 0,
        "quarter": (month.month - 1) % 3,
        "ytd": month.month - 1,
        "union-year": (month.month - 10) % 12,
    }[period]
    return shift(month, -back)


def month_text(month: date) -> str:
    """Return the month as the screen says it."""
    return _("{year}年{month}月").format(year=month.year, month=month.month)

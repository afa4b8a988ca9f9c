"""What a document's period is called and what its numbers are held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from metrics.judging.compare_words import numeral

AGAINST = {
    "month": ("previous_month", "year_start", "last_year"),
    "quarter": ("year_start", "last_year"),
    "half_year": ("year_start", "last_year"),
    "year": ("year_start", "last_year"),
}


@dataclass(frozen=True)
class Span:
    """A kind's period that ends with a month: how it is asked, what it is called, its end, what a stock is held against.

    `is_whole` says that it runs from January, so that there is no 累计 beside it; `is_short` that the document has so
    little room that its tables, and not its sentences, hold the other changes.
    """

    period: str
    label: str
    end_label: str
    against: tuple[str, ...]
    is_whole: bool
    is_short: bool = False


def span_of(kind_period: str, month: date, is_short: bool = False) -> Span:
    """Return the span of month, quarter, half_year or year that ends with a month."""
    period = {"month": "month", "quarter": "quarter"}.get(kind_period, "ytd")
    label = {
        "month": _("{m}月").format(m=month.month),
        "quarter": _("第{n}季度").format(n=numeral((month.month + 2) // 3)),
        "half_year": _("上半年"),
        "year": _("全年"),
    }[kind_period]
    ends = {"month": _("月末"), "quarter": _("季末"), "half_year": _("6月末"), "year": _("年末")}
    is_whole = period == "ytd" or month.month == (1 if period == "month" else 3)
    against = ("year_start",) if is_short else AGAINST[kind_period]
    return Span(period, label, ends[kind_period], against, is_whole, is_short)

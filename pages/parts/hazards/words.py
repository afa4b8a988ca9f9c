"""What 隐患与预警 says in sentences; made from the answers, never typed. Nobody is ranked: it depends on who reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from gettext import gettext as _

from metrics import phrases, scope
from metrics.judging.warnings import Moved, Scheme
from metrics.question import Row
from metrics.warehouse import Warehouse

NAMED = 3


def days_text(days: int) -> str:
    """Return 41天."""
    return _("{n}天").format(n=f"{days:,}")


def signs_reading(rows: Sequence[Row], period: str) -> str:
    """Return which signs were reported most: 1—12月按表征，欠薪62条、欠社保、公积金31条."""
    most = sorted((row for row in rows if row.value), key=lambda row: -(row.value or 0))[:NAMED]
    if not most:
        return _("{period}没有隐患线索").format(period=period)
    named = "，".join(f"{row.keys['sign'] or ''}{phrases.count_text(row.value or 0)}条" for row in most)
    return _("{period}按隐患表征，较多的是{named}").format(period=period, named=named)


def other_signs(rows: Sequence[Row]) -> str:
    """Return the signs that are not drawn: 其余：搬迁6条，其他6条."""
    named = "，".join(f"{row.keys['sign'] or ''}{phrases.count_text(row.value or 0)}条" for row in rows)
    return _("其余：{named}").format(named=named)


def open_title(count: int, oldest: date | None, day: date) -> str:
    """Return 尚未化解的隐患15条，最早的已报告41天."""
    if oldest is None:
        return _("没有尚未化解的隐患")
    text = _("尚未化解的隐患{n}条，最早的已报告{days}")
    return text.format(n=f"{count:,}", days=days_text((day - oldest).days))


def points_text(points: float) -> str:
    """Return a score as it is written: 23, 7.5."""
    return f"{points:g}"


def scheme_text(warehouse: Warehouse, scheme: Scheme) -> str:
    """Return by what the levels are made, how long a fact holds, and what a level is not."""
    days = scope.settings(warehouse)["level_days"]
    return _(
        "风险提示，不是对企业的结论。评分办法：{title}；{meaning}。一项事实{days}天后失效，没有新的事实即降级；"
        "有不同看法可以复核，写明理由。"
    ).format(title=scheme.title, meaning=scheme.meaning.rstrip("。"), days=days)


def moved_text(found: Sequence[Moved], scheme: Scheme) -> str:
    """Return how many enterprises another scheme would move, graver and lighter."""
    if not found:
        return _("换成“{title}”，没有企业的等级会变。").format(title=scheme.title)
    graver = sum(one.is_graver for one in found)
    text = _("换成“{title}”，{n}家企业的等级会变：升{graver}家，降{lighter}家。")
    return text.format(title=scheme.title, n=len(found), graver=graver, lighter=len(found) - graver)

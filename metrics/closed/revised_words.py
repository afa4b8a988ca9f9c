"""定稿后更正 in words: 南坑建会率定稿数96.0%，现为95.2%; and which of many are named."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from gettext import gettext as _

from metrics import phrases, scope
from metrics.catalogue import Metric
from metrics.closed.closing import Closing
from metrics.closed.figures import STREET, ClosedFigure
from metrics.closed.revised import Revised
from metrics.periods import first_month, month_text
from metrics.warehouse import Warehouse

NAMED = 3


def day_text(day: date) -> str:
    """Return a day as a sentence writes it: 2019年1月8日."""
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def stamp_text(closed: Closing) -> str:
    """Return a closed month's stamp: 定稿　2019年1月8日　数据版本8."""
    return _("定稿　{day}　数据版本{n}").format(day=day_text(closed.closed_on), n=closed.generation_no)


def period_text(metric: Metric, month: date, period: str) -> str:
    """Return the period of a figure: 2018年12月末, 2018年12月, 2018年1—12月."""
    if metric.time == "stock":
        return month_text(month) + _("末")
    return phrases.range_text(first_month(period, month), month)


def figure_text(warehouse: Warehouse, metric: Metric, figure: ClosedFigure) -> str:
    """Return a figure with both its sides: 96.0%（227家中218家）, 31宗, 未报, 不足5人，不显示."""
    decimals = int(scope.setting_number(warehouse, "decimals"))
    return phrases.row_text(metric, figure.row, decimals, scope.measure(warehouse, metric))


def place_text(one: Revised) -> str:
    """Return 南坑社区, 全街道."""
    return _("全街道") if one.community_id == STREET else _("{name}社区").format(name=one.place)


def revised_text(warehouse: Warehouse, one: Revised, month: date) -> str:
    """Return one correction: 南坑社区2018年12月末建会率（含工联会覆盖）定稿数96.0%（…），现为95.2%（…）."""
    return _("{place}{when}{title}定稿数{was}，现为{now}").format(
        place=place_text(one), when=period_text(one.metric, month, one.period), title=one.metric.title,
        was=figure_text(warehouse, one.metric, one.was), now=figure_text(warehouse, one.metric, one.now),
    )  # fmt: skip


def revised_line(warehouse: Warehouse, found: Sequence[Revised], month: date) -> str:
    """Return what was corrected after a closing: at most three, then 等×项; "" where nothing was."""
    if not found:
        return ""
    named = "；".join(revised_text(warehouse, one, month) for one in found[:NAMED])
    more = _("等{n}项").format(n=len(found)) if len(found) > NAMED else ""
    return _("定稿后更正：{named}{more}。").format(named=named, more=more)

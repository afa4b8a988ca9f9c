"""服务与阵地 in sentences: who has not been reached, how far the money has gone, how many are on file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from gettext import gettext as _

from metrics import phrases
from metrics.question import Row
from pages.parts.dispute_amounts import money_text


def not_reached_text(rows: Sequence[Row], so_far: str) -> str:
    """Return the communities that reported and have no service in the year so far."""
    known = [row for row in rows if row.known]
    none = [row.keys["community"] or "" for row in known if not row.value]
    if not known:
        return ""
    if not none:
        return _("{so_far}各社区都有服务活动。").format(so_far=so_far)
    text = _("{so_far}没有服务活动记录的社区：{names}。街道本级面向全街道的活动不归入任何社区。")
    return text.format(so_far=so_far, names=_("、").join(none))


def industries_text(reached: Sequence[Row], enterprises: Sequence[Row], named: float, total: float) -> str:
    """Return the industries of which no enterprise is named by any service, and how many services name one."""
    if not total:
        return ""
    served = {row.keys["industry_id"] for row in reached if row.value and row.keys["industry_id"]}
    there = [row for row in enterprises if row.value and row.keys["industry_id"]]
    rest = [row.keys["industry"] or "" for row in there if row.keys["industry_id"] not in served]
    said = _("写明服务企业并对上名册的活动{named}场（共{total}场）。").format(
        named=phrases.count_text(named), total=phrases.count_text(total)
    )
    if not rest:
        return said + _("按这些活动看，各行业都已服务到。")
    return said + _("按这些活动看，还没有服务到的行业：{names}。").format(names=_("、").join(rest))


def budget_text(spent: Row, used: Row, month: date, share: str) -> str:
    """Return what was spent, how much of it from sources with a budget, and the calendar beside it."""
    text = _("{so_far}服务支出{spent}").format(
        so_far=phrases.so_far_text(month), spent=money_text(spent.numerator or 0)
    )
    if used.value is None:
        return text + _("；还没有当年的服务经费预算，无法计算使用率。")
    schedule = f"{phrases.schedule_share(month) * 100:.0f}%"
    return text + _("；列有预算的来源支出{used}，为全年预算{budget}的{share}，时序进度{schedule}。").format(
        used=money_text(used.numerator or 0), budget=money_text(used.denominator or 0), share=share, schedule=schedule
    )


def over_budget_text(rows: Sequence[Row]) -> str:
    """Return the sources of which more was spent than their budget; "" where there are none."""
    names = [row.keys["funding_source"] or "" for row in rows if row.value is not None and row.value > 1]
    return _("支出已超过预算的来源：{names}。").format(names=_("、").join(names)) if names else ""


def unbudgeted_text(spent: Sequence[Row], budgeted: Sequence[Row]) -> str:
    """Return what was spent from sources without a budget or unknown, which no rate of use counts; "" where nothing was."""
    listed = {row.keys["funding_source_id"] for row in budgeted if row.value}
    parts = [
        (row.keys["funding_source"] or "" if row.keys["funding_source_id"] else _("来源不详的")) + money_text(row.value)
        for row in spent
        if row.value and row.keys["funding_source_id"] not in listed
    ]
    return _("不在预算来源之内、不计入使用率：{parts}。").format(parts=_("、").join(parts)) if parts and listed else ""

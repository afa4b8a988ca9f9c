"""A deadline in words: 「受理后15日（至1月9日）」 and how it stands, never the code of its rule."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

FAR_DAYS = 300  # from here on a day without its year could be misread


def day_text(day: date, beside: date) -> str:
    """Return a day as 1月9日, with its year where it is far from the day beside it."""
    text = _("{month}月{day}日").format(month=day.month, day=day.day)
    return text if abs((day - beside).days) < FAR_DAYS else _("{year}年{text}").format(year=day.year, text=text)


def clause(words: str, started_on: date, due_on: date | None, is_extended: bool, is_provisional: bool) -> str:
    """Return a rule with its last day: 「受理后15日（至1月9日）」, 「受理后15日，经同意延期（至1月24日）」."""
    if due_on is None:
        return _("{words}（起算日期只写到月，推算不出到期日）").format(words=words)
    extended = _("，经同意延期") if is_extended else ""
    doubt = _("，放假安排尚未公布，暂按周末推算") if is_provisional else ""
    return _("{words}{extended}（至{day}{doubt}）").format(
        words=words, extended=extended, day=day_text(due_on, started_on), doubt=doubt
    )


def left_text(days_left: int) -> str:
    """Return how long a duty still has: 已超期3天, 当日到期, 还有5天到期."""
    if days_left < 0:
        return _("已超期{days}天").format(days=-days_left)
    return _("还有{days}天到期").format(days=days_left) if days_left else _("当日到期")


def met_text(nature: str, met_on: date, met_by: str, due_on: date | None, as_of: date) -> str:
    """Return that a deadline was met, by which step, and how late: 已于4月20日和解，超期3天; only a duty can be 超期."""
    text = _("已于{day}{step}").format(day=day_text(met_on, as_of), step=met_by)
    late = (met_on - due_on).days if due_on else 0
    if late <= 0:
        return text
    return text + (_("，超期{days}天") if nature == "duty" else _("，晚于期限{days}天")).format(days=late)


def open_text(nature: str, due_on: date | None, as_of: date) -> str:
    """Return how a deadline that nothing has met stands on a day; only a duty can be 超期."""
    if due_on is None:
        return _("推算不出到期日")
    days_left = (due_on - as_of).days
    if nature == "duty":
        return left_text(days_left)
    if nature == "keep":
        return _("保存至{day}").format(day=day_text(due_on, as_of))
    if days_left < 0:
        return _("期限已于{day}届满").format(day=day_text(due_on, as_of))
    return _("还有{days}天届满").format(days=days_left) if days_left else _("当日届满")

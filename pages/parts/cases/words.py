"""纠纷办理 in sentences: what is open, due and overdue, and how long stages take. No rule codes, only words."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from typing import TYPE_CHECKING

from pages.parts.issuing.markup import escaped

if TYPE_CHECKING:
    from metrics.judging.due import DueSummary
    from metrics.judging.stages import StageCurve

HALVES = {
    "report_to_accept": _("半数在报告后{n:g}天内受理"),
    "accept_to_agreement": _("半数在受理后{n:g}天内达成协议"),
    "agreement_to_performance": _("半数在达成协议后{n:g}天内履行完毕"),
    "accept_to_close": _("半数在受理后{n:g}天内办结"),
}


def short_day(day: date, beside: date | None = None) -> str:
    """Return 12月28日, with its year where that is not the year of the day beside it."""
    text = _("{month}月{day}日").format(month=day.month, day=day.day)
    return text if beside and day.year == beside.year else _("{year}年{day}").format(year=day.year, day=text)


def updated_text(found: DueSummary) -> str:
    """Return how far the ledgers reach, and that the numbers are only a hint where that is long ago."""
    if found.updated_on is None or found.as_of is None:
        return _("还没有劳资纠纷台账")
    text = _("纠纷台账更新至{day}").format(day=short_day(found.updated_on, found.as_of))
    return text + (_("；数据已过期，超期数仅供参考") if found.is_stale else "")


def summary_text(found: DueSummary, word: str, soon_days: int) -> str:
    """Return what is in hand on the day: open, overdue, due soon, group cases, the longest one."""
    if found.as_of is None:
        return _("还没有劳资纠纷台账，无从列出办理期限。")
    facts = {"day": short_day(found.as_of), "word": word, "open": found.open_cases, "late": found.overdue_cases}
    if not found.open_cases:
        return _("截至{day}没有在办的纠纷。").format(**facts)
    text = _("截至{day}在办{open}{word}，其中超期{late}{word}").format(**facts)
    if found.overdue_cases:
        text += _("（{n}项期限）").format(n=found.overdue_steps)
    text += _("；{days}日内到期{n}项").format(days=soon_days, n=found.due_soon)
    if found.longest_days is not None:
        text += _("；最长已办{n}天（{case}）").format(n=found.longest_days, case=escaped(found.longest_case or ""))
    return text + _("；10人以上集体纠纷{n}{word}。").format(n=found.group_cases, word=word)


def missing_text() -> str:
    """Return that cases of communities which have not reported are in the list, while the share leaves them out."""
    return _("清单和在办宗数含本月未报社区此前受理而未登记办结的纠纷；超期率、工作简报和劳资纠纷页的月末在办不含。")


def stage_text(curve: StageCurve, word: str) -> tuple[str, str]:
    """Return a stage's sentence (half of the cases are through in so many days) and how many cases stand behind it."""
    if not curve.days:
        return _("{name}：没有记录").format(name=curve.title), ""
    said = HALVES[curve.stage].format(n=curve.median) if curve.median is not None else _("走完这一步的还不到一半")
    note = _("走完的{n}{word}").format(n=curve.ended, word=word)
    if curve.open:
        note += _("；没有走完的{n}{word}也计入，按已过的天数算").format(n=curve.open, word=word)
    return _("{name}：{said}").format(name=curve.title, said=said), note

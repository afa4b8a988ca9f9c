"""What is owed, in sentences: the month's summary, and the 催报文字 that the clerk sends to the communities."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from gettext import gettext as _

from metrics.judging.calendar_owed import STATE_TITLES, Owed
from metrics.periods import month_text
from metrics.scope import settings
from metrics.warehouse import Warehouse

WITHIN = ("nil", "late", "again", "returned")  # said in brackets behind what is in


def summary_sentence(owed: Sequence[Owed], as_of: date) -> str:
    """Return how many reports are owed and in on a day, and how many are not due yet or missing."""
    if not owed:
        return _("当月没有应报的台账")
    within = [(STATE_TITLES[name], sum(one.is_in and _is(one, name) for one in owed)) for name in WITHIN]
    said = "、".join(_("{state}{n}份").format(state=title, n=n) for title, n in within if n)
    parts = [
        _("截至{day}，{month}应报台账{n}份").format(day=_full_day(as_of), month=month_text(owed[0].month), n=len(owed)),
        _("已报{n}份").format(n=sum(one.is_in for one in owed)) + (_("（含{said}）").format(said=said) if said else ""),
    ]
    absent = [one for one in owed if not one.is_in]
    waiting, missing = sum(one.state == "due" for one in absent), sum(one.state != "due" for one in absent)
    parts += [_("未到期限{n}份").format(n=waiting)] if waiting else []
    return "，".join([*parts, _("未报{n}份").format(n=missing)])


def _is(one: Owed, name: str) -> bool:
    """Return whether a report is counted under a word: a 零报告 also where it came late."""
    return one.is_nil if name == "nil" else one.state == name


def reminder_of(warehouse: Warehouse, owed: Sequence[Owed], as_of: date) -> str:
    """Return the 催报文字 of a warehouse's street, signed by its office, marked where the street is the example."""
    return reminder_text(owed, warehouse.street, as_of, warehouse.is_sample, settings(warehouse)["office"])


def reminder_text(owed: Sequence[Owed], street: str, as_of: date, is_sample: bool = False, office: str = "") -> str:
    """Return the 催报文字: by community what is still wanted by which day, with what was sent back and why.

    One sentence where nothing is. An example street says so in the text itself, because it leaves the program.
    """
    mark = [_("示例数据　非真实情况")] if is_sample else []
    wanted = [one for one in owed if one.is_open]
    if not owed:
        return "\n".join([*mark, _("{street}当月没有应报的台账。").format(street=street)])
    month = month_text(owed[0].month)
    if not wanted:
        return "\n".join([*mark, _("{street}{month}应报的台账已全部报送。").format(street=street, month=month)])
    head = _("{street}{month}台账报送提醒（截至{day}）").format(street=street, month=month, day=_full_day(as_of))
    lines = [*mark, head, _("请报送下列台账：")]
    for title, mine in _by_unit(owed):
        lines += [_("{unit}：").format(unit=title), *(_line(one, as_of) for one in mine)]
    if any(one.can_be_nil and not one.is_in for one in wanted):
        lines.append(_("当月没有发生的，请报零报告。"))
    return "\n".join(
        [*lines, _("如已报送，请与我们核对。谢谢配合。"), office or _("{street}总工会").format(street=street)]
    )


def _by_unit(owed: Sequence[Owed]) -> Iterable[tuple[str, list[Owed]]]:
    """Yield the communities that still owe something, in official order, and the street itself last."""
    names = {one.community_id: one.community for one in sorted(owed, key=lambda one: one.unit)}  # community first
    for community_id, name in names.items():
        if mine := [one for one in owed if one.is_open and one.community_id == community_id]:
            yield (_("{name}社区").format(name=name) if community_id else _("{name}本级").format(name=name)), mine


def _line(one: Owed, as_of: date) -> str:
    """Return what is wanted of one report."""
    title = one.title
    if one.state == "returned":
        by = _("于{day}前").format(day=_day(one.return_deadline, as_of)) if one.return_deadline else _("尽快")
        return _("　{title}：已退回，请修改后{by}重新报送。退回原因：{reason}").format(
            title=title, by=by, reason=one.return_reason
        )
    if one.is_before_calendar:
        return _("　{title}：没有收到，请补报").format(title=title)
    day, late = _day(one.due_on, as_of), (as_of - one.due_on).days
    if late > 0:
        return _("　{title}：报送期限{day}，已超过{late}天，请尽快报送").format(title=title, day=day, late=late)
    return _("　{title}：请于{day}前报送（含当天）").format(title=title, day=day)


def _day(day: date, as_of: date) -> str:
    """Return a day without its year where that is the year of the text."""
    return _("{month}月{day}日").format(month=day.month, day=day.day) if day.year == as_of.year else _full_day(day)


def _full_day(day: date) -> str:
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)

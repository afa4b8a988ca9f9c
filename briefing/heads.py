"""The head and foot of a document: what it is called, for which period, by whom, from which data."""

from __future__ import annotations

from datetime import date, timedelta
from gettext import gettext as _
from pathlib import Path

from briefing import typed
from briefing.kinds import Kind, kind_of
from briefing.model import Head, Missing
from briefing.request import Request
from briefing.source import Source
from metrics import scope
from metrics.catalogue import metric_of
from metrics.periods import month_text, shift

INTERNAL_MARK = _("内部资料　注意保存")
SAMPLE_MARK = _("示例数据　非真实情况")
QUARTERS = "一二三四"
TYPED = {"issue_no": _("期号"), "issued_on": _("印发日期"), "drafted_by": _("拟稿"), "checked_by": _("审核"), "signed_by": _("签发")}  # fmt: skip


def head_of(source: Source, request: Request, closed_on: date | None) -> Head:
    """Return the head of a resolved request, with what the office has typed for this issue."""
    kind, warehouse = kind_of(request.kind), source.warehouse
    return Head(
        title=warehouse.street + kind.title,
        office=scope.settings(warehouse).get("office", _("{street}总工会").format(street=warehouse.street)),
        subtitle="　".join(text for text in (subject(source, request), period_text(kind, request.end)) if text),
        internal_mark=INTERNAL_MARK if source.audience == "internal" else "",
        sample_mark=SAMPLE_MARK if warehouse.is_sample else "",
        data_line=_data_line(source, request, closed_on),
        **_typed(source.street, request),
    )


def _typed(street: Path | None, request: Request) -> dict[str, str]:
    if street is None:
        return {}
    return typed.head(street, request.kind, request.end, request.community or request.topic)


def untyped(head: Head) -> tuple[Missing, ...]:
    """Return what the office has still to type into the head and foot."""
    names = "、".join(title for name, title in TYPED.items() if not getattr(head, name))
    return (Missing(names, _("未填写")),) if names else ()


def subject(source: Source, request: Request) -> str:
    """Return 南坑社区, or the metric that is the document's topic; "" for the whole street."""
    if request.topic:
        return metric_of(request.topic).title
    name = community_name(source, request)
    return _("{name}社区").format(name=name) if name else ""


def community_name(source: Source, request: Request) -> str:
    """Return the short name of the request's community, "" for the whole street."""
    named = {option.id: option.title for option in scope.communities(source.warehouse)}
    return named[request.community] if request.community else ""


def period_text(kind: Kind, month: date) -> str:
    """Return 2018年12月, 2018年第四季度, 2018年上半年, 2018年."""
    if kind.period == "month":
        return month_text(month)
    year = _("{year}年").format(year=month.year)
    ends = {"quarter": _("第{n}季度").format(n=QUARTERS[(month.month - 1) // 3]), "half_year": _("上半年"), "year": ""}
    return year + ends[kind.period]


def _day_text(day: date) -> str:
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def _data_line(source: Source, request: Request, closed_on: date | None) -> str:
    end = _day_text(shift(request.end, 1) - timedelta(days=1))
    text = _("数据截至{day}　数据版本{n}").format(day=end, n=source.warehouse.generation_no)
    return text + (_("　定稿于{day}").format(day=_day_text(closed_on)) if closed_on else "")

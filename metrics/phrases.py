"""Numbers as sentences: the words of users.md, said the same way on every page, in print and in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from gettext import gettext as _

from metrics.catalogue import Metric, denominator
from metrics.changes import Change
from metrics.periods import month_text
from metrics.question import Answer, Row
from metrics.reports import ReportSummary

PLUS, MINUS = "＋", "－"


def rounded(value: float, decimals: int) -> Decimal:
    """Return the value rounded half up, as people round (91.25 → 91.3)."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _decimals(metric: Metric, decimals: int) -> int:
    if metric.decimals is not None:
        return metric.decimals
    return 0 if metric.kind in {"count", "balance"} else 2 if metric.kind == "rate" else decimals


def number_text(metric: Metric, value: float | None, decimals: int = 1) -> str:
    """Return a value as shown, without measure word: 96.0%, 1,234, 4.52; 未报 where nothing is known.

    `decimals` is the street's setting for percentages; a metric's own goes before it.
    """
    if value is None:
        return _("未报")
    scaled = value * 100 if metric.is_percentage else value
    if metric.kind == "median" and scaled == int(scaled):  # a median of days is whole, or half a day
        return f"{int(scaled):,}"
    return f"{rounded(scaled, _decimals(metric, decimals)):,}{'%' if metric.is_percentage else ''}"


def count_text(value: float) -> str:
    """Return a numerator or denominator as shown; a mean of month-ends is rounded to whole units."""
    return f"{rounded(value, 0):,}"


def suppressed_text(below: float | None, word: str) -> str:
    """Return why figures are kept back: 不足5人，不显示, or that they would tell others."""
    return _("为保护个人信息，不显示") if below is None else _("不足{n:g}{word}，不显示").format(n=below, word=word)


def hidden_text(metric: Metric, row: Row, word: str | None = None) -> str:
    """Return why a row shows no figures; "" where nothing is kept back."""
    return "" if row.hidden is None else suppressed_text(row.hidden.below, word or metric.measure)


def left_out_text(rows: Sequence[Row]) -> str:
    """Return who is not among the communities shown, as the end of a sentence; "" where all are."""
    missing = "、".join(row.keys["community"] or "" for row in rows if not row.known)
    hidden = "、".join(row.keys["community"] or "" for row in rows if row.is_suppressed)
    text = _("；未报送：{names}").format(names=missing) if missing else ""
    return text + (_("；为保护个人信息，不显示：{names}").format(names=hidden) if hidden else "")


def nothing_text(metric: Metric, rows: Sequence[Row]) -> str:
    """Return why no community has a value to show."""
    if any(row.is_suppressed for row in rows):
        return _("{title}：为保护个人信息，各社区均不显示").format(title=metric.title)
    return _("{title}：各社区均未报送").format(title=metric.title)


def is_untold(metric: Metric, known: int, numerator: float | None, item_missing: int) -> bool:
    """Return whether rows were reported of which none says how much: not 未报, not 无, not 0."""
    return bool(known and item_missing) and numerator is None and metric.aggregate != "median"


def row_text(metric: Metric, row: Row, decimals: int = 1, word: str | None = None) -> str:
    """Return a row with both its sides: 96.0%（227家中218家）; 约 where it is built on approximate numbers."""
    if row.hidden is not None:
        return hidden_text(metric, row, word)
    if is_untold(metric, row.known, row.numerator, row.item_missing):
        return _("不详")
    if row.value is None:
        return _("未报") if not row.known else _("无（分母为0）") if metric.over else _("无")
    about = _("约") if row.approximate else ""
    number = about + number_text(metric, row.value, decimals)
    word, over = word or metric.measure, denominator(metric)
    if row.denominator is None:
        return number + word
    sides = {"word": word, "above": count_text(row.numerator or 0), "below": count_text(row.denominator)}
    if over is None:
        return number + _("（{below}{word}中{above}{word}）").format(**sides)
    return number + _("（{above}{word}／{below}{over}）").format(**sides, over=over.measure)


def period_text(answer: Answer) -> str:
    """Return the period of an answer: 2018年12月末, 2018年12月, 2018年1—12月, 2017年10月—2018年9月."""
    first, last = answer.first_month, answer.month
    if answer.metric.time == "stock":
        return (month_text(last) if len(answer.months) == 1 else range_text(first, last)) + _("末")
    return range_text(first, last)


def range_text(first: date, last: date) -> str:
    """Return a span of months without saying a year twice."""
    if first == last:
        return month_text(last)
    if first.year == last.year:
        return _("{year}年{first}—{last}月").format(year=last.year, first=first.month, last=last.month)
    return f"{month_text(first)}—{month_text(last)}"


def so_far_text(month: date) -> str:
    """Return the months of a year up to this one: 1—6月, in January 1月."""
    return _("{n}月").format(n=1) if month.month == 1 else _("1—{n}月").format(n=month.month)


def schedule_share(month: date) -> float:
    """Return the share of the year that is over at the month's end: 时序进度."""
    return month.month / 12


def report_text(summary: ReportSummary) -> str:
    """Return a ledger's reports of a month as one sentence."""
    if not summary.due:
        return _("{title}本月无应报。").format(title=summary.title)
    nil = _("（含零报告{nil}份）").format(nil=summary.nil) if summary.nil else ""
    text = _("本月应报{title}{due}份，已报{received}份{nil}").format(
        title=summary.title, due=summary.due, received=summary.received, nil=nil
    )
    if not summary.missing:
        return text + "。"
    names = "、".join(summary.missing)
    return text + _("，未报{count}份：{names}。").format(count=len(summary.missing), names=names)


def day_text(day: date) -> str:
    """Return a register's day: 2018年6月末, or the day itself where it is no month's end."""
    next_day = date.fromordinal(day.toordinal() + 1)
    if next_day.day == 1:
        return month_text(day) + _("末")
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def change_label(change: Change) -> str:
    """Return what a change is measured against: 较上月, 同比, or the days where a register is carried."""
    basis = change.basis
    if change.metric.time == "flow" and change.metric.period is None:
        return {"previous_month": _("环比"), "last_year": _("同比")}[change.against]
    if basis.is_carried and basis.before_as_of and basis.now_as_of:
        is_now_carried = basis.now_as_of < basis.month
        now = day_text(basis.now_as_of) if is_now_carried else ""
        return _("{now}较{before}").format(now=now, before=day_text(basis.before_as_of))
    return {"previous_month": _("较上月"), "year_start": _("较年初"), "last_year": _("较上年同期")}[change.against]


def _before_text(against: str) -> str:
    return {"previous_month": _("上月"), "year_start": _("年初"), "last_year": _("上年同期")}[against]


def _no_change(change: Change) -> str | None:
    """Return why there is no change to tell, or None where there is one."""
    if change.is_incomplete:
        return _("报送不全，暂不比较")
    if any(row is not None and row.is_suppressed for row in (change.now, change.before)):
        return suppressed_text(None, change.measure)
    if change.difference is None or change.now is None or change.before is None:
        return _("暂无可比数据")
    basis = change.basis
    if basis.is_carried and basis.now_as_of and basis.now_as_of == basis.before_as_of:
        return _("沿用{day}数据，无新变化").format(day=day_text(basis.now_as_of))
    return None


def _signed(number: Decimal) -> str:
    return f"{PLUS if number > 0 else MINUS}{abs(number):,}"


def _share(change: Change) -> Decimal | None:
    """Return a change in per cent, None where none is told; one that rounds to 0.0 % says nothing."""
    return None if change.relative is None else rounded(change.relative * 100, 1) or None


def change_text(change: Change, decimals: int = 1) -> str:
    """Return the size of a change for a card: ＋0.4个百分点, －4宗（－11.4%）, 持平, 上年同期为0."""
    if (reason := _no_change(change)) is not None:
        return reason
    metric, difference = change.metric, change.difference or 0.0
    size = rounded(difference * (100 if metric.is_percentage else 1), _decimals(metric, decimals))
    if metric.is_percentage:
        return _("{size}个百分点").format(size=_signed(size)) if size else _("持平")
    text = _signed(size) + change.measure if size else _("持平")
    if change.before and change.before.value == 0:
        return _("{text}（{before}为0）").format(text=text, before=_before_text(change.against))
    share = _share(change)
    return f"{text}（{_signed(share)}%）" if share and size else text


def change_sentence(change: Change, decimals: int = 1) -> str:
    """Return a change as part of a sentence: 比上年同期减少4宗，下降11.4%."""
    if (reason := _no_change(change)) is not None:
        return reason
    metric, difference = change.metric, change.difference or 0.0
    size = rounded(difference * (100 if metric.is_percentage else 1), _decimals(metric, decimals))
    than = _before_text(change.against)
    if change.basis.is_carried and change.basis.before_as_of:
        than = day_text(change.basis.before_as_of)
    if not size:
        return _("与{than}持平").format(than=than)
    unit = _("个百分点") if metric.is_percentage else change.measure
    verb = (_("提高") if size > 0 else _("降低")) if metric.over else _("增加") if size > 0 else _("减少")
    text = _("比{than}{verb}{size}{unit}").format(than=than, verb=verb, size=f"{abs(size):,}", unit=unit)
    if change.before and change.before.value == 0 and not metric.is_percentage:
        return _("{than}为0，{text}").format(than=than, text=text)
    share = _share(change)
    if not share:
        return text
    return text + _("，{direction}{share}%").format(
        direction=_("上升") if share > 0 else _("下降"), share=f"{abs(share):,}"
    )


def like_for_like_text(change: Change) -> str:
    """Return the note that a comparison leaves communities out, else an empty text."""
    if not change.is_like_for_like or change.difference is None:
        return ""
    return _("按已报的{count}个社区同口径比较").format(count=change.communities_compared)


def side_text(value: float | None) -> str:
    """Return one side of a fraction in the terminal: six digits, large sums in full; 不详 where no row says how much."""
    if value is None:
        return _("不详")
    return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"

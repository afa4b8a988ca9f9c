"""分母明细 in words: how many count, how many do not and why, how many are 待核实 or founded lately."""

from __future__ import annotations

from collections.abc import Collection
from gettext import gettext as _
from typing import TYPE_CHECKING

from metrics import phrases, scope
from metrics.catalogue import metric_of
from metrics.judging.denominator import NOT_IN, REPEATED, Detail, UnitList
from metrics.warehouse import Warehouse

if TYPE_CHECKING:
    import polars as pl

PARTS = {"numerator": _("计入分子和分母"), "denominator": _("只计入分母"), "left_out": _("不计入")}
WORDS = {"enterprise": "家", "union": "个", "hazard": "条", "request": "件", "deadline": "项", "target": "项"}
REASONS = 4  # named one by one; the rest are told together
REFUSED = (NOT_IN, REPEATED)
Reasons = list[tuple[str, int]]
NO_CHANGE = _("提出异议不会改变数字；采纳后请在“更正记录”中更正，或请社区重新报送。")


def unit_word(warehouse: Warehouse, units: UnitList) -> str:
    """Return the measure word of what is listed; disputes have the street's own."""
    if units.metric.unit == "dispute":
        return scope.measure(warehouse, metric_of("disputes_received"))
    return WORDS[units.metric.unit]


def list_title(detail: Detail, units: UnitList) -> str:
    """Return what a list is of: the rate, or the one side of it."""
    if len(detail.lists) == 1:
        return detail.metric.title
    side = _("分母") if units is detail.units else _("分子")
    return _("{side}：{title}").format(side=side, title=_title(units))


def parts(detail: Detail, units: UnitList) -> tuple[str, ...]:
    """Return the parts that a list can have: one of a single side has counted and left out alone."""
    if len(detail.lists) == 1:
        return tuple(PARTS)
    return ("denominator" if units is detail.units else "numerator", "left_out")


def part_title(detail: Detail, units: UnitList, part: str) -> str:
    """Return what a part is called; a list of one side alone has no 只."""
    if len(detail.lists) == 1:
        return PARTS[part]
    return PARTS[part] if part == "left_out" else _("计入分母") if units is detail.units else _("计入分子")


def to_check(units: UnitList, objected: Collection[str] = ()) -> pl.DataFrame:
    """Return the units that are 待核实: the ledger leaves something open, or an objection waits."""
    import polars as pl

    is_open = pl.col("to_check").is_not_null() | pl.col("unit_id").is_in(list(objected))
    return units.frame.filter(is_open)


def sentence(warehouse: Warehouse, detail: Detail, objected: Collection[str] = ()) -> str:
    """Return 分母明细：计入227家、不计入12家（经营状态：注销12家）; `objected` are the units with an open objection."""
    units, word = detail.units, unit_word(warehouse, detail.units)
    if not detail.row.known:
        return _("分母明细：相关台账未报送，没有计入的{title}。").format(title=_title(units))
    counted, left_out, refused = _counts(units.frame)
    text = _("分母明细：{months}计入{counted}{word}、不计入{left_out}{word}").format(
        months=_("各月末合计") if detail.months > 1 else "", counted=phrases.count_text(counted), word=word,
        left_out=phrases.count_text(sum(count for _reason, count in left_out)),
    )  # fmt: skip
    said = [text + _brackets(left_out, word), *_refused(refused), *_checked(units, word, objected)]
    return "；".join([*said, *_new(warehouse, detail, word)]) + "。"


def _title(units: UnitList) -> str:
    return units.universe.title if units.universe else units.metric.unit_title


def _counts(frame: pl.DataFrame) -> tuple[int, Reasons, Reasons]:
    """Return how many units count, how many do not by reason (the most first), and the refused rows by reason.

    A refused row of a register stands behind every month that rests on it, and is one row all the same.
    """
    import polars as pl

    counts = dict(frame.group_by("reason").agg(pl.len()).rows())
    rows = dict(frame.group_by("reason").agg(pl.col("unit_id").n_unique()).rows())
    counted = counts.pop(None, 0)
    order = sorted(counts, key=lambda reason: (-counts[reason], reason))
    left_out = [(reason, counts[reason]) for reason in order if reason not in REFUSED]
    return counted, left_out, [(reason, rows[reason]) for reason in order if reason in REFUSED]


def _brackets(left_out: Reasons, word: str) -> str:
    """Return （经营状态：注销5家、建会状态不详3家）, "" where nothing is left out."""
    named = [f"{reason}{phrases.count_text(count)}{word}" for reason, count in left_out[:REASONS]]
    rest = sum(count for _reason, count in left_out[REASONS:])
    if rest:
        named.append(_("其他原因{count}{word}").format(count=phrases.count_text(rest), word=word))
    return _("（{reasons}）").format(reasons="、".join(named)) if named else ""


def _refused(refused: Reasons) -> list[str]:
    if not refused:
        return []
    total = sum(count for _reason, count in refused)
    reasons = "、".join(_("{reason}{n}行").format(reason=reason, n=count) for reason, count in refused)
    return [reasons if len(refused) == 1 else _("另有{n}行：{reasons}").format(n=total, reasons=reasons)]


def _checked(units: UnitList, word: str, objected: Collection[str]) -> list[str]:
    count = to_check(units, objected)["unit_id"].n_unique()
    title = _("待核实企业") if units.metric.unit == "enterprise" else _("待核实")
    return [_("{title}{count}{word}").format(title=title, count=count, word=word)] if count else []


def _new(warehouse: Warehouse, detail: Detail, word: str) -> list[str]:
    """Return how many of those counted were founded lately, and how many of these stand in the numerator."""
    new = detail.units.frame.filter("is_new").unique("unit_id")
    counted = new.filter(new["part"] != "left_out")
    if counted.is_empty():
        return []
    months = scope.settings(warehouse).get("new_enterprise_months", "")
    text = _("计入的企业中，成立不满{months}个月的{count}{word}").format(months=months, count=counted.height, word=word)
    if len(detail.lists) > 1:
        return [text]
    inside = counted.filter(counted["part"] == "numerator").height
    return [text + _("（其中计入分子{count}{word}）").format(count=inside, word=word)]

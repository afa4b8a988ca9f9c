"""A number's origin as plain texts: in a file's record, and in words for a comment or the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from gettext import gettext as _
from typing import Any, get_args

from briefing.model import Origin
from metrics import phrases, scope
from metrics.catalogue import catalogue
from metrics.columns import DIMENSIONS
from metrics.periods import first_month
from metrics.question import Audience
from metrics.warehouse import Warehouse

# Which side of an answer a number is, where it is another than the value or its change: 90% may be a goal.
SIDES = {
    "numerator": _("分子"), "above": _("分子"), "denominator": _("分母"), "below": _("分母"), "range": _("参考范围"),
    "goal": _("目标"), "short": _("距目标还差多少"), "standing": _("与目标相比"), "lacking": _("未达标社区数"),
    "schedule": _("时序进度"), "pace": _("与时序进度相比"), "behind": _("低于时序进度的社区数"), "rank": _("大致名次"),
    "tier": _("档次"), "place": _("与全街道相比"), "classed": _("与全街道相比"), "mark": _("与全街道相比"),
    "giant_share": _("最大企业占本社区职工的比例"), "giant_value": _("剔除最大企业后"), "without_giant": _("剔除最大企业后"),
    "alarm_count": _("异动提示的宗数"), "alarm_most": _("异动提示的通常上限"), "alarms_more": _("其他异动提示数"),
    "longest_open": _("在办最长天数"), "due_soon": _("即将到期的项数"), "group_open": _("在办的集体纠纷"),
    "overdue_names": _("有超期纠纷的社区"), "red_places": _("红色风险等级企业所在社区"), "ledger_day": _("台账更新至"), "judged": _("是否正常波动"), "judged_together": _("是否正常波动"),
    "closed_note": _("与定稿数相比"), "corrected": _("定稿后更正"), "each": _("各项"), "places": _("所在社区"),
    "hearing_plan": _("年度计划"), "task": _("年度任务"), "task_forecast": _("年底预计"),
}  # fmt: skip


def as_dict(origin: Origin) -> dict[str, Any]:
    """Return an origin as JSON holds it, without what it leaves open."""
    made: dict[str, Any] = {"aspect": origin.aspect, "metric": origin.metric, "month": f"{origin.month:%Y-%m}"}
    told = {
        "period": origin.period,
        "where": {name: list(values) for name, values in origin.where},
        "of": origin.of,
        "start": f"{origin.start:%Y-%m}" if origin.start else None,
    }
    return made | {key: value for key, value in told.items() if value} | {"audience": origin.audience}


def from_dict(given: Mapping[str, Any]) -> Origin:
    """Return the origin of a record; KeyError, TypeError or ValueError where it is none."""
    if given["audience"] not in get_args(Audience):
        raise ValueError(given["audience"])
    return Origin(
        aspect=str(given["aspect"]),
        metric=str(given["metric"]),
        month=_month(given["month"]),
        period=given.get("period"),
        where=tuple((str(name), tuple(map(str, values))) for name, values in given.get("where", {}).items()),
        of=str(given.get("of", "")),
        start=_month(given["start"]) if given.get("start") else None,
        audience=given["audience"],
    )


def _month(text: str) -> date:
    return date.fromisoformat(f"{text}-01")


def titles(warehouse: Warehouse, origins: Iterable[Origin]) -> dict[str, str]:
    """Return the titles of the codes that origins name: communities, causes, industries."""
    named = {pair for origin in origins for pair in _codes(origin) if pair[0] in DIMENSIONS}
    return {code: scope.title(warehouse, dimension, code) for dimension, code in sorted(named)}


def _codes(origin: Origin) -> Iterator[tuple[str, str]]:
    """Yield (dimension, code) of an origin's place, and of what its aspect picks (cause=01)."""
    yield from ((name, value) for name, values in origin.where for value in values)
    for picked in _picked(origin):
        dimension, sign, code = picked.partition("=")
        if sign:
            yield dimension, code


def _picked(origin: Origin) -> list[str]:
    return origin.of.replace(";", ",").split(",")


def words(origin: Origin, names: Mapping[str, str]) -> str:
    """Return what a number answers: 建会率（含工联会覆盖），2018年12月末，南坑；较上月. `names` are titles of codes."""
    metric = catalogue().get(origin.metric)
    title = metric.title if metric else origin.metric
    places = [names.get(value, value) for _name, values in origin.where for value in values]
    said = "，".join((title, _time(origin), "、".join(places) or _("全街道")))
    return "；".join((said, *_sides(origin, names)))


def _time(origin: Origin) -> str:
    metric = catalogue().get(origin.metric)
    if metric is not None and metric.time == "stock" and origin.start is None:
        return phrases.range_text(origin.month, origin.month) + _("末")
    period = (metric.period if metric else None) or origin.period or "month"
    return phrases.range_text(origin.start or first_month(period, origin.month), origin.month)


def _sides(origin: Origin, names: Mapping[str, str]) -> list[str]:
    """Return what a change is against, and which part or cause is picked; other sides of an answer need no words."""
    against = {"previous_month": _("较上月"), "year_start": _("较年初"), "last_year": _("较上年同期")}
    metric = catalogue().get(origin.metric)
    known = {**(metric.parts if metric else {}), **against}
    picked = [known.get(one) or names.get(one.partition("=")[2]) for one in _picked(origin)]
    return list(dict.fromkeys(one for one in (SIDES.get(origin.aspect), *picked) if one))

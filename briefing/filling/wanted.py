"""The fields of a placeholder → what it asks for; every field that cannot be understood is said at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from gettext import gettext as _
from typing import TypeVar

from briefing.filling.placeholders import plain
from etl.errors import QuestionError
from metrics import scope
from metrics.catalogue import Metric, catalogue
from metrics.warehouse import Warehouse

T = TypeVar("T")
EXAMPLE = "{{建会率|南坑|2018-12}}"
PERIODS = {"本月": "month", "累计": "ytd", "本季度": "quarter", "统计年度": "union-year"}
WHOLE_STREET = ("全街道", "街道")
VALUE, ABOVE, BELOW = "value", "numerator", "denominator"
WHATS = {
    "数值": VALUE, "分子": ABOVE, "分母": BELOW, "较上月": "previous_month", "环比": "previous_month",
    "同比": "last_year", "较上年同期": "last_year", "较年初": "year_start",
}  # fmt: skip
MONTH = re.compile(r"(\d{4})(?:年(\d{1,2})月(?:末|份)?|[-/](\d{1,2})|\.(\d{2}))")
AMBIGUOUS = re.compile(r"\d{4}\.1")  # a number typed 2018.10 turns into 2018.1
FEWEST, MOST, NEAR = 3, 5, 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """One number that a template asks for; `community_id` None is the whole street, `what` a side or a comparison."""

    metric: Metric
    community_id: str | None
    place: str
    month: date
    period: str
    what: str
    word: str  # how the template says `what`

    @property
    def is_change(self) -> bool:
        """Return whether a change is asked for rather than a figure."""
        return self.what not in (VALUE, ABOVE, BELOW)


def _error(message: str, remedy: str, code: str) -> QuestionError:
    return QuestionError(message, remedy=remedy, code=code)


def _near(name: str, known: Iterable[str]) -> str:
    """Return the names nearest to a name, as a whole or up to their brackets; "" where none is near."""
    spelled: dict[str, list[str]] = {}
    for text in known:
        for spelling in {plain(text), _base(text)}:
            spelled.setdefault(spelling, []).append(text)
    close = [s for s in spelled if plain(name) in s] + get_close_matches(plain(name), list(spelled), n=NEAR, cutoff=0.4)
    return "、".join(list(dict.fromkeys(text for spelling in close for text in spelled[spelling]))[:NEAR])


def _base(title: str) -> str:
    """Return a title up to its brackets: 建会率 of 建会率（含工联会覆盖）."""
    return plain(title).split("(")[0]


def metric_named(name: str) -> Metric:
    """Return the metric of this id or title, or of the part of a title before its brackets; QuestionError lists the near."""
    known, wanted = catalogue(), plain(name)
    exact = [metric for metric in known.values() if wanted in (plain(metric.id), plain(metric.title))]
    found = exact or [metric for metric in known.values() if _base(metric.title) == wanted]
    if len(found) == 1:
        return found[0]
    titles = [metric.title for metric in found]
    if titles:
        message = _("“{name}”有{n}种口径").format(name=name, n=len(titles))
        raise _error(message, _("请写明是哪一种：{titles}").format(titles="、".join(titles)), "several_metrics")
    near = _near(name, [metric.title for metric in known.values()])
    remedy = _("相近的有：{near}").format(near=near) if near else _("全部指标见“指标说明”页")
    raise _error(_("没有“{name}”这个指标").format(name=name), remedy, "unknown_metric")


def place_named(warehouse: Warehouse, name: str) -> tuple[str | None, str]:
    """Return a community's id and name, (None, the street's name) for the whole street; QuestionError lists the near."""
    if plain(name) in {plain(text) for text in (*WHOLE_STREET, warehouse.street)}:
        return None, warehouse.street
    titles = {entry.id: entry.title for entry in scope.communities(warehouse)}
    try:
        community = scope.resolve(warehouse, "community", name)
    except QuestionError:
        community = None
    if community in titles:
        return community, titles[community]
    near = _near(name, titles.values()) or "、".join(titles.values())
    remedy = _("可用：{near}，或全街道").format(near=near)
    raise _error(_("没有“{name}”这个社区").format(name=name), remedy, "unknown_community")


def month_named(warehouse: Warehouse, text: str) -> date:
    """Return the month that 2018-12, 2018年12月 or 2018.12 names; QuestionError where it is none or has no data."""
    said = plain(text)
    if AMBIGUOUS.fullmatch(said):
        remedy = _("请写成 2018-01 或 2018-10 的样子")
        raise _error(_("“{text}”无法区分1月和10月").format(text=text), remedy, "bad_month")
    found = MONTH.fullmatch(said)
    number = int(next(filter(None, found.groups()[1:]))) if found else 0
    if found is None or not 1 <= number <= 12:
        raise _error(_("“{text}”不是月份").format(text=text), _("请写成 2018-12 的样子"), "bad_month")
    return scope.check_month(warehouse, date(int(found[1]), number, 1))


def _options(words: tuple[str, ...]) -> tuple[str, str]:
    """Return the words for the period and for what is asked, in whatever order they stand."""
    for known in (PERIODS, WHATS):
        said = [word for word in words if word in known]
        if len(said) > 1:
            message = _("“{words}”只能写一个").format(words="、".join(said))
            raise _error(message, _("请去掉其中一个"), "said_twice")
    unknown = next((word for word in words if word not in PERIODS and word not in WHATS), None)
    if unknown is not None:
        remedy = _("第四、五项可用：{words}").format(words="、".join((*PERIODS, *WHATS)))
        raise _error(_("“{word}”看不懂").format(word=unknown), remedy, "unknown_word")
    period = next((word for word in words if word in PERIODS), "")
    return period, next((word for word in words if word in WHATS), "")


def _check_fit(metric: Metric, period: str, what: str) -> None:
    """Refuse what would be passed over: a period of a stock, a side of a number that has none."""
    if what in ("分子", "分母") and metric.over is None:
        raise _error(_("“{title}”不是比率，没有{what}").format(title=metric.title, what=what), _("请去掉它"), "no_side")
    if metric.time == "stock" and period not in ("", "本月"):
        message = _("“{title}”是月末数，没有{period}").format(title=metric.title, period=period)
        raise _error(message, _("请去掉它"), "no_period")
    if metric.period and period and PERIODS[period] != metric.period:
        own = next(word for word, name in PERIODS.items() if name == metric.period)
        message = _("“{title}”只有{own}").format(title=metric.title, own=own)
        raise _error(message, _("请去掉“{period}”").format(period=period), "no_period")


class Fields:
    """Collects what the fields of one placeholder mean and what is wrong with them."""

    def __init__(self) -> None:
        self.errors: list[QuestionError] = []

    def read(self, meaning: Callable[[], T]) -> T | None:
        """Return what a field means, None where it is wrong."""
        try:
            return meaning()
        except QuestionError as error:
            self.errors.append(error)
            return None


def understood(warehouse: Warehouse, fields: tuple[str, ...]) -> Wanted | tuple[QuestionError, ...]:
    """Return what a placeholder asks for, or everything that is wrong with it."""
    if not FEWEST <= len(fields) <= MOST or not all(fields):
        return (_error(_("写法不对"), _("应写成 {example} 的样子").replace("{example}", EXAMPLE), "bad_placeholder"),)
    name, place_name, month_text, *rest = fields
    reading = Fields()
    metric = reading.read(lambda: metric_named(name))
    place = reading.read(lambda: place_named(warehouse, place_name))
    month = reading.read(lambda: month_named(warehouse, month_text))
    words = reading.read(lambda: _options(tuple(rest)))
    if metric is not None and words is not None:
        reading.read(lambda: _check_fit(metric, *words))
    if reading.errors or metric is None or place is None or month is None or words is None:
        return tuple(reading.errors)
    period = metric.period or PERIODS.get(words[0], "month")
    return Wanted(metric, *place, month, period, WHATS.get(words[1], VALUE), words[1])

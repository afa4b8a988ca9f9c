"""What a question may name: months, communities, codes, settings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from gettext import gettext as _

from etl.errors import QuestionError
from metrics.catalogue import Metric
from metrics.columns import DIMENSIONS
from metrics.periods import month_text
from metrics.question import UNKNOWN
from metrics.warehouse import Warehouse

DISPUTES = "宗"  # what metrics call a dispute; a street may say 起 or 件


@dataclass(frozen=True, slots=True)
class Option:
    """A code and what the screen calls it."""

    id: str
    title: str


@lru_cache(maxsize=16)
def months(warehouse: Warehouse) -> tuple[date, ...]:
    """Return every month of the warehouse's axis."""
    found = warehouse.cursor().execute("select month from core.month order by month").fetchall()
    return tuple(month for (month,) in found)


@lru_cache(maxsize=16)
def settings(warehouse: Warehouse) -> dict[str, str]:
    """Return the street's settings as text; a setting per metric or community is `goal:<id>`, `note:<id>`."""
    return dict(warehouse.cursor().execute("select key, value from core.setting").fetchall())


def setting_number(warehouse: Warehouse, key: str) -> float:
    """Return a setting that is a number."""
    return float(settings(warehouse)[key])


@lru_cache(maxsize=256)
def titles(warehouse: Warehouse, codes: str) -> dict[str, str]:
    """Return a code list as code → title, in its order."""
    query = "select code, title from core.code where list = $list order by code_order, code"
    return dict(warehouse.cursor().execute(query, {"list": codes}).fetchall())


@lru_cache(maxsize=16)
def communities(warehouse: Warehouse) -> tuple[Option, ...]:
    """Return the street's communities in official order."""
    query = "select community_id, community from core.community order by official_order, community_id"
    return tuple(Option(*row) for row in warehouse.cursor().execute(query).fetchall())


def options(warehouse: Warehouse, dimension: str) -> tuple[Option, ...]:
    """Return what a filter on this dimension offers, in its official order; 不详 comes last."""
    if dimension == "community":
        return communities(warehouse)
    known = titles(warehouse, DIMENSIONS[dimension].codes)
    return (*(Option(*pair) for pair in known.items()), Option(UNKNOWN, DIMENSIONS[dimension].unknown))


def title(warehouse: Warehouse, dimension: str, code: str | None) -> str:
    """Return the title of a code of a dimension; a code of no list is shown as it is."""
    about = DIMENSIONS[dimension]
    return about.unknown if code is None else titles(warehouse, about.codes).get(code, code)


@lru_cache(maxsize=16)
def default_month(warehouse: Warehouse) -> date:
    """Return the street's default month: the latest for which enough of the reports owed for it are in.

    Enough is the setting `default_month_share`; carried registers are not in. Where no month has enough, it is the
    latest with any report, so that a first load shows itself.
    """
    query = """
        select month from core.report where is_due or state in ('received', 'nil') group by month
        having count(*) filter (where state in ('received', 'nil')) > 0
        order by count(*) filter (where is_due and state in ('received', 'nil'))
            >= greatest(count(*) filter (where is_due), 1) * $share desc, month desc
        limit 1"""
    share = {"share": setting_number(warehouse, "default_month_share")}
    found = warehouse.cursor().execute(query, share).fetchall()
    if not found:
        raise QuestionError(_("还没有任何一份台账可用。"), remedy=_("请先用 load 导入台账"), code="no_month")
    month: date = found[0][0]
    return month


def check_month(warehouse: Warehouse, month: date) -> date:
    """Return the month if the warehouse has it; QuestionError says which it has."""
    axis = months(warehouse)
    if month in axis:
        return month
    message = _("没有{month}的数据。").format(month=month_text(month))
    remedy = _("请先导入台账")
    if axis:
        remedy = _("现有{first}至{last}").format(first=month_text(axis[0]), last=month_text(axis[-1]))
    raise QuestionError(message, remedy=remedy, code="unknown_month")


@lru_cache(maxsize=256)
def _spellings(warehouse: Warehouse, codes: str) -> dict[str, str]:
    """Return every spelling that names a code: known raw spellings, titles, the codes themselves."""
    query = "select raw, code from core.alias where list = $list"
    aliases = dict(warehouse.cursor().execute(query, {"list": codes}).fetchall())
    known = titles(warehouse, codes)
    return {**aliases, **{name: code for code, name in known.items()}, **{code: code for code in known}}


def resolve(warehouse: Warehouse, dimension: str, text: str) -> str | None:
    """Return the id that an id, name or alias means, None for 不详; QuestionError names the nearest."""
    about = DIMENSIONS[dimension]
    if text in {UNKNOWN, "不详", about.unknown}:
        return None
    spellings = _spellings(warehouse, about.codes)
    for candidate in (text, text.strip(), re.sub("(社区|园区)$", "", text.strip())):
        if candidate in spellings:
            return spellings[candidate]
    near = get_close_matches(text, list(spellings), n=1, cutoff=0.3)
    offered = near[0] if near else "、".join(option.title for option in options(warehouse, dimension)[:12])
    message = _("{dimension}里没有“{text}”。").format(dimension=about.title, text=text)
    raise QuestionError(message, remedy=_("是不是“{near}”？").format(near=offered), code="unknown_value")


def caveat(warehouse: Warehouse, metric: Metric) -> str:
    """Return the metric's caveat as it holds in this street: `{setting|yes|no}` says how a setting stands."""
    known = settings(warehouse)
    return re.sub(r"\{(\w+)\|([^|}]*)\|([^|}]*)\}", lambda m: m[2] if known[m[1]] == "true" else m[3], metric.caveat)


def measure(warehouse: Warehouse, metric: Metric) -> str:
    """Return the metric's measure word; where disputes are counted (not their days, workers or amounts) the street's."""
    is_counted = metric.unit == "dispute" and metric.measure == DISPUTES
    return settings(warehouse)["dispute_word"] if is_counted else metric.measure

"""评分办法: the ways to grade that a generation knows, and the one in force in a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from gettext import gettext as _

from etl.errors import QuestionError
from metrics.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class SchemeLevel:
    """One level of a scheme; `at_least` is the score from which it holds, None where no points are added up."""

    code: str
    title: str
    at_least: float | None


@dataclass(frozen=True, slots=True)
class SchemeRule:
    """One rule of a scheme in words; `points` or the title of the level that it gives."""

    title: str
    points: float | None
    level: str | None


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to grade (评分办法): levels from the gravest down."""

    id: str
    title: str
    meaning: str
    source: str
    mark: str
    is_scored: bool
    levels: tuple[SchemeLevel, ...]
    rules: tuple[SchemeRule, ...]


@lru_cache(maxsize=16)
def schemes(warehouse: Warehouse) -> tuple[Scheme, ...]:
    """Return every scheme that the generation knows, in the order of their files."""
    query = "select scheme, title, meaning, source, mark, is_scored from core.warning_scheme order by scheme_order"
    found = warehouse.cursor().execute(query).fetchall()
    return tuple(
        Scheme(name, title, meaning, source, mark, scored, _levels(warehouse, name), _rules(warehouse, name))
        for name, title, meaning, source, mark, scored in found
    )


def _levels(warehouse: Warehouse, scheme: str) -> tuple[SchemeLevel, ...]:
    query = """select level, title, at_least from core.warning_scheme_level where scheme = $scheme
        order by severity desc"""
    return tuple(SchemeLevel(*row) for row in warehouse.cursor().execute(query, {"scheme": scheme}).fetchall())


def _rules(warehouse: Warehouse, scheme: str) -> tuple[SchemeRule, ...]:
    query = """select r.title, r.points, l.title from core.warning_rule as r
        left join core.warning_scheme_level as l on r.scheme = l.scheme and r.level = l.level
        where r.scheme = $scheme order by r.rule_order"""
    return tuple(SchemeRule(*row) for row in warehouse.cursor().execute(query, {"scheme": scheme}).fetchall())


def scheme_of(warehouse: Warehouse, scheme: str) -> Scheme:
    """Return one scheme; QuestionError names those there are."""
    known = {found.id: found for found in schemes(warehouse)}
    if scheme not in known:
        message = _("没有“{scheme}”这种评分办法。").format(scheme=scheme)
        raise QuestionError(message, remedy=_("可用：{names}").format(names="、".join(known)), code="unknown_scheme")
    return known[scheme]


@lru_cache(maxsize=256)
def scheme_in_force(warehouse: Warehouse, month: date) -> Scheme | None:
    """Return the scheme that the street uses in a month, None before its first."""
    query = """select scheme from core.warning_period
        where from_month <= $month and (before_month is null or $month < before_month)"""
    found = warehouse.cursor().execute(query, {"month": month}).fetchall()
    return scheme_of(warehouse, found[0][0]) if found else None

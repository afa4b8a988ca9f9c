"""风险等级: the enterprises with a level in a month, with the rule, the date and the row behind every point.

A level is a hint about an enterprise, never about a person. It is taken up by hand with `etl.level_reviews`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Any

from etl.errors import QuestionError
from metrics.columns import DIMENSIONS
from metrics.judging.warning_schemes import Scheme, scheme_in_force, scheme_of, schemes
from metrics.scope import resolve, titles
from metrics.warehouse import Warehouse

__all__ = [
    "EnterpriseLevel",
    "Moved",
    "Point",
    "Review",
    "Scheme",
    "enterprise_levels",
    "scheme_change",
    "scheme_in_force",
    "scheme_of",
    "schemes",
]
# Dimensions by which levels may be cut, and where the enterprise of a row says them.
PLACES = {"community": "w.community_id", "level": "w.level"}
OF_REGISTER = ("park", "industry", "size_band", "ownership")
Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """What counts towards a level (评分依据): the rule, the fact's day and how long it holds, the row it is read from.

    `points` is None in a scheme without points; `source_title` is the ledger's title.
    """

    title: str
    points: float | None
    fact_date: date
    source_title: str
    valid_to: date
    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Review:
    """A level set by hand (复核) from `month` on that still holds; `until`: its last day unless a new fact comes before."""

    month: date
    level: str
    level_title: str
    reason: str
    reviewed_on: date
    until: date | None


@dataclass(frozen=True, slots=True)
class EnterpriseLevel:
    """An enterprise's level at a month's end; `level` is after a review, `scored_level` what the facts give.

    `score` is None in a scheme without points. `expires_on`: the last day on which the level holds without new facts,
    None for the lightest level. `points`: the heaviest first; none where only a review holds.
    """

    enterprise_id: str
    enterprise: str
    community_id: str | None
    community: str
    month: date
    scheme: str
    score: float | None
    level: str
    level_title: str
    scored_level: str
    scored_level_title: str
    expires_on: date | None
    points: tuple[Point, ...]
    review: Review | None


@dataclass(frozen=True, slots=True)
class Moved:
    """An enterprise whose level another scheme would change; a level code without a row behind it is the lightest."""

    enterprise_id: str
    enterprise: str
    community_id: str | None
    community: str
    was: str
    was_title: str
    becomes: str
    becomes_title: str
    score_was: float | None
    score_becomes: float | None
    is_graver: bool


def enterprise_levels(
    warehouse: Warehouse, month: date, where: Where = (), scheme: str | None = None
) -> tuple[EnterpriseLevel, ...]:
    """Return the enterprises with a valid fact (or review) at a month's end, the gravest first.

    `scheme` None is the one in force; none in force gives nothing. `where` may name community, level, park, industry,
    size_band and ownership; QuestionError where it names something else.
    """
    chosen = scheme_of(warehouse, scheme) if scheme else scheme_in_force(warehouse, month)
    if chosen is None:
        return ()
    values: dict[str, Any] = {"scheme": chosen.id, "month": month}
    condition = _condition(warehouse, where, values)
    query = f"""
        select w.enterprise_id, w.enterprise, w.community_id, w.score, w.level, w.scored_level, w.expires_on,
               w.review_month, w.reviewed_on, w.review_reason
        from core.warning_level as w
        left join core.enterprise_month as e on w.enterprise_id = e.enterprise_id and w.month = e.month
        where w.scheme = $scheme and w.month = $month {condition}
        order by w.severity desc, w.score desc nulls last, w.expires_on desc nulls last, w.enterprise, w.enterprise_id"""
    found = warehouse.cursor().execute(query, values).fetchall()
    behind = _points(warehouse, chosen.id, month)
    return tuple(_enterprise_level(warehouse, chosen, month, row, behind) for row in found)


def _condition(warehouse: Warehouse, where: Where, values: dict[str, Any]) -> str:
    """Return the conditions of a question as SQL; its codes go into `values`."""
    parts = []
    for name, texts in where:
        if name not in PLACES and name not in OF_REGISTER:
            offered = "、".join(DIMENSIONS[known].title for known in (*PLACES, *OF_REGISTER))
            message = _("风险等级没有“{name}”这个维度。").format(name=name)
            raise QuestionError(message, remedy=_("可用：{offered}").format(offered=offered), code="unknown_dimension")
        codes = [resolve(warehouse, name, text) for text in texts]
        column = PLACES.get(name, f"e.{DIMENSIONS[name].column}")
        values[name] = [code for code in codes if code is not None]
        unknown = f" or {column} is null" if None in codes else ""
        parts.append(f"and (list_contains(${name}, {column}){unknown})")
    return " ".join(parts)


def _points(warehouse: Warehouse, scheme: str, month: date) -> dict[str, tuple[Point, ...]]:
    """Return the points of a month by enterprise, the heaviest first."""
    query = """
        select p.enterprise_id, p.title, p.points, p.fact_date, k.title, p.valid_to, p.file, p.sheet, p."row"
        from core.warning_point as p
        left join core.ledger_kind as k on p.ledger = k.ledger
        where p.scheme = $scheme and p.month = $month
        order by p.points desc nulls last, p.severity desc nulls last, p.rule_order"""
    found: dict[str, list[Point]] = {}
    for enterprise_id, *facts in warehouse.cursor().execute(query, {"scheme": scheme, "month": month}).fetchall():
        found.setdefault(enterprise_id, []).append(Point(*facts))
    return {enterprise_id: tuple(points) for enterprise_id, points in found.items()}


def _enterprise_level(
    warehouse: Warehouse, scheme: Scheme, month: date, row: tuple[Any, ...], behind: dict[str, tuple[Point, ...]]
) -> EnterpriseLevel:
    enterprise_id, enterprise, community_id, score, level, scored_level, expires_on, *reviewed = row
    words = {known.code: known.title for known in scheme.levels}
    since, reviewed_on, reason = reviewed
    review = Review(since, level, words[level], reason, reviewed_on, expires_on) if since else None
    return EnterpriseLevel(
        enterprise_id=enterprise_id,
        enterprise=enterprise,
        community_id=community_id,
        community=titles(warehouse, "community").get(community_id, _("待核实")),
        month=month,
        scheme=scheme.id,
        score=score,
        level=level,
        level_title=words[level],
        scored_level=scored_level,
        scored_level_title=words[scored_level],
        expires_on=expires_on,
        points=behind.get(enterprise_id, ()),
        review=review,
    )


def scheme_change(warehouse: Warehouse, month: date, new_scheme: str) -> tuple[Moved, ...]:
    """Return the enterprises whose level another scheme would change at a month's end, those that become graver first.

    Both sides are what the facts give, without reviews: a review was made of the scheme in force.
    """
    old, new = scheme_in_force(warehouse, month), scheme_of(warehouse, new_scheme)
    if old is None:
        return ()
    before = {found.enterprise_id: found for found in enterprise_levels(warehouse, month, scheme=old.id)}
    after = {found.enterprise_id: found for found in enterprise_levels(warehouse, month, scheme=new.id)}
    gravity = {code: place for place, code in enumerate(titles(warehouse, "warning_level"))}
    pairs = [(before.get(key), after.get(key)) for key in dict.fromkeys([*before, *after])]
    moved = [change for pair in pairs if (change := _moved(old, new, *pair, gravity))]
    return tuple(sorted(moved, key=lambda m: (not m.is_graver, gravity[m.becomes], gravity[m.was], m.enterprise)))


def _moved(
    old: Scheme, new: Scheme, was: EnterpriseLevel | None, becomes: EnterpriseLevel | None, gravity: dict[str, int]
) -> Moved | None:
    """Return how one enterprise moves, None where it stays; who has no row in a scheme is of its lightest level."""
    about = was or becomes
    assert about is not None, "an enterprise stands in one of the two"
    from_code = was.scored_level if was else old.levels[-1].code
    to_code = becomes.scored_level if becomes else new.levels[-1].code
    if from_code == to_code:
        return None
    return Moved(
        enterprise_id=about.enterprise_id,
        enterprise=about.enterprise,
        community_id=about.community_id,
        community=about.community,
        was=from_code,
        was_title=was.scored_level_title if was else old.levels[-1].title,
        becomes=to_code,
        becomes_title=becomes.scored_level_title if becomes else new.levels[-1].title,
        score_was=was.score if was else (0.0 if old.is_scored else None),
        score_becomes=becomes.score if becomes else (0.0 if new.is_scored else None),
        is_graver=gravity[to_code] < gravity[from_code],
    )

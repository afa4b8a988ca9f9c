"""园区: whose an enterprise is, where a park's federation and a community's may both take it in; each counts once.

An enterprise's 归属 is what the ledgers say; where they name both federations, or none, the street's setting
`primary_owner` says which goes first. What is not unionised belongs to nobody yet: it says who could take it in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from gettext import gettext as _
from typing import Any

from metrics import scope
from metrics.judging.federations import Place, Register, register
from metrics.warehouse import Warehouse

HOW = {
    "ledger": _("企业台账写明"),
    "both": _("企业台账写了园区和社区两个工联会，按街道设置"),
    "parent": _("工会组织台账写明的上级工会"),
    "place": _("台账没有写明，按所在园区、社区"),
    "possible": _("未建会，可由该工联会覆盖"),
    "unknown": _("建会情况不详"),
    "none": _("没有可覆盖它的工联会"),
    "unheard": _("工会组织台账未报，不知有没有工联会"),
}
STATES = {"own": _("单独建会"), "covered": _("联合建会、工联会覆盖"), "none": _("未建会"), "unknown": _("不详")}
ENDED = _("所写的工联会在工会组织台账里是筹建或已注销，请核实")


@dataclass(frozen=True, slots=True)
class Owned:
    """One operating enterprise of a park, or one taken in by a park's federation from outside it.

    `state` is own, covered, none or unknown. `owner` is the place of the federation to which it belongs (of one that is
    not unionised, the one that could take it in: `how` is possible), None where there is none. `named` is the ledger's
    own text, `doubt` what has to be looked at.
    """

    enterprise_id: str
    enterprise: str
    park_id: str | None
    community_id: str | None
    state: str
    named: str
    owner: Place | None
    owner_name: str
    how: str
    doubt: str
    load_id: str
    file: str
    sheet: str
    row: int

    @property
    def is_covered(self) -> bool:
        """Return whether it has a union, its own or another's."""
        return self.state in {"own", "covered"}


def owner_kind(warehouse: Warehouse) -> str:
    """Return whose an enterprise is where ledgers do not decide: park or community (the setting)."""
    return scope.settings(warehouse).get("primary_owner", "park")  # a generation built before knows no setting


@lru_cache(maxsize=32)
def owned(warehouse: Warehouse, month: date) -> tuple[Owned, ...]:
    """Return the operating enterprises that lie in a park or whose ledger names a park's federation, each once."""
    unions, first = register(warehouse, month), owner_kind(warehouse)
    return tuple(_owned(warehouse, unions, first, row) for row in _rows(warehouse, unions, month))


def _rows(warehouse: Warehouse, unions: Register, month: date) -> list[dict[str, Any]]:
    # The text of the union stands in the ledger's row; a change list may carry one row into several snapshots.
    query = """
        with named as (
            select load_id, file, sheet, "row", as_of, max(union_name) as union_name
            from ledger.enterprise group by load_id, file, sheet, "row", as_of
        )
        select e.enterprise_id, e.enterprise, e.park_id, e.community_id, e.has_union, e.is_own_union,
               n.union_name, e.load_id, e.file, e.sheet, e."row"
        from core.enterprise_month as e
        left join named as n
            on e.load_id = n.load_id and e.file = n.file and e.sheet = n.sheet and e."row" = n."row" and e.as_of = n.as_of
        left join core.community as c on e.community_id = c.community_id
        where e.month = $month and e.is_operating
            and (e.park_id is not null or regexp_matches(n.union_name, '联合会|工联会'))
        order by e.park_id nulls last, c.official_order nulls last, e.enterprise, e.enterprise_id"""
    cursor = warehouse.cursor().execute(query, {"month": month})
    names = [column[0] for column in cursor.description or ()]
    found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    # Many rows bear the same text: each is read once.
    meant = {text: unions.meant(text) for text in {row["union_name"] or "" for row in found}}
    is_park = {text: any(kind == "park" for kind, _id in places) for text, places in meant.items()}
    return [row for row in found if row["park_id"] or is_park[row["union_name"] or ""]]


def _state(row: dict[str, Any]) -> str:
    if row["has_union"] is None:
        return "unknown"
    return "none" if not row["has_union"] else "own" if row["is_own_union"] else "covered"


def _said(unions: Register, row: dict[str, Any], state: str) -> tuple[tuple[Place, ...], str]:
    """Return the federations that the ledgers name for an enterprise, and which ledger says so."""
    text = row["union_name"] or ""
    if places := unions.meant(text):
        return places, "ledger"
    union = text or (f"{row['enterprise']}工会委员会" if state == "own" else "")
    return unions.meant(unions.parents.get(union, "")), "parent"


def _around(unions: Register, row: dict[str, Any]) -> list[Place]:
    """Return the living federations of the enterprise's own park and community."""
    places = (("park", row["park_id"]), ("community", row["community_id"]))
    return [place for place in places if place[1] and unions.living(place)]


def _first(places: Sequence[Place], kind: str) -> Place:
    return next((place for place in places if place[0] == kind), places[0])


def _judged(unions: Register, row: dict[str, Any], state: str, kind: str) -> tuple[Place | None, str]:
    """Return whose the enterprise is, or could be, and by what."""
    said, by = _said(unions, row, state)
    around, nobody = _around(unions, row), "none" if row["community_id"] in unions.known else "unheard"
    if state == "none":
        return (_first(around, kind), "possible") if around else (None, nobody)
    if state == "unknown":
        return None, "unknown"
    if alive := [place for place in said if not unions.is_dead(place)]:
        return _first(alive, kind), by if len(alive) == 1 else "both"
    return (_first(around, kind), "place") if around else (None, nobody)


def _owned(warehouse: Warehouse, unions: Register, kind: str, row: dict[str, Any]) -> Owned:
    state = _state(row)
    owner, how = _judged(unions, row, state, kind)
    is_ended = any(unions.is_dead(place) for place in unions.meant(row["union_name"] or ""))
    places = {name: row[name] for name in ("enterprise_id", "enterprise", "park_id", "community_id")}
    source = {name: row[name] for name in ("load_id", "file", "sheet", "row")}
    return Owned(
        **places, **source, state=state, named=row["union_name"] or "", owner=owner, how=how,
        owner_name=owner_name(warehouse, unions, owner), doubt=ENDED if is_ended else "",
    )  # fmt: skip


def owner_name(warehouse: Warehouse, unions: Register, owner: Place | None) -> str:
    """Return a federation's name as the register writes it, else made of its place's; "" for none."""
    if owner is None:
        return ""
    if (found := unions.federations.get(owner)) is not None:
        return found.name
    title = scope.title(warehouse, *owner)
    return _("{title}园区工会联合会").format(title=title) if owner[0] == "park" else _("{title}社区工会联合会").format(title=title)  # fmt: skip


def of_park(found: Sequence[Owned], park: str) -> tuple[Owned, ...]:
    """Return the enterprises in a park."""
    return tuple(one for one in found if one.park_id == park)


def from_outside(found: Sequence[Owned], park: str) -> tuple[Owned, ...]:
    """Return the enterprises that a park's federation has taken in although they lie elsewhere."""
    return tuple(one for one in found if one.park_id != park and one.is_covered and one.owner == ("park", park))


def counts(found: Sequence[Owned]) -> tuple[int, int, int, int]:
    """Return how many belong to a park's federation, how many to another, how many are not unionised, unknown."""
    park = sum(one.is_covered and one.owner is not None and one.owner[0] == "park" for one in found)
    none = sum(one.state == "none" for one in found)
    unknown = sum(one.state == "unknown" or (one.is_covered and one.owner is None) for one in found)
    return park, len(found) - park - none - unknown, none, unknown

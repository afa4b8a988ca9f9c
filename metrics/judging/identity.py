"""企业核对: which keys of the registers were recognised as one enterprise, the doubtful pairs, and what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Any

from metrics.warehouse import Warehouse

WHY = {
    "code": _("写着同一个组织机构代码或注册号，名称不同"),
    "two_rows": _("同一份名册里两行，字号相同"),
    "other_code": _("字号相同，前后两份名册里代码不同"),
    "no_address": _("字号相同，没有地址可以核对"),
    "other_address": _("字号相同，地址不同"),
    "other_community": _("全称相同，在不同社区"),
    "like_name": _("地址相同，名称相近"),
    "decided": _("人工核对"),
}
HOW = {
    "org_code": _("统一代码里含原组织机构代码"),
    "reg_no": _("原注册号相同"),
    "name_address": _("字号和地址相同"),
    "name": _("全称和社区相同"),
    "decision": _("人工核对"),
    "event_code": _("其他台账写的代码含同一组织机构代码"),
}
STATES = {"open": _("待核对"), "same": _("是同一家"), "different": _("不是同一家")}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its key in the register, and what the newest register that lists it says."""

    key: str
    name: str
    codes: str
    address: str
    community_id: str | None
    community: str
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class IdentityPair:
    """Two keys that may be one enterprise (`open`), or of which somebody decided; `likeness` of the names, 0 to 1."""

    left: Side
    right: Side
    why: str
    why_title: str
    likeness: float | None
    state: str
    state_title: str
    decided_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Merged:
    """How many keys of the registers stand for an enterprise that has another key, by what it was recognised."""

    how: str
    how_title: str
    keys: int


def has_identity(warehouse: Warehouse) -> bool:
    """Return whether the generation knows of recognised enterprises: one built before does not."""
    query = "select 1 from duckdb_tables() where schema_name = 'core' and table_name = 'identity_pair'"
    return bool(warehouse.cursor().execute(query).fetchall())


def identity_pairs(warehouse: Warehouse) -> tuple[IdentityPair, ...]:
    """Return the pairs, open ones first, then what was decided, the newest first."""
    query = """
        select left_key, left_name, left_codes, left_address, left_community_id, l.community, left_first_on, left_last_on,
               right_key, right_name, right_codes, right_address, right_community_id, r.community, right_first_on,
               right_last_on, p.why, p.likeness, p.state, p.decided_on, p.reason
        from core.identity_pair as p
        left join core.community as l on p.left_community_id = l.community_id
        left join core.community as r on p.right_community_id = r.community_id
        order by p.state <> 'open', p.decided_on desc, l.official_order nulls last, p.likeness desc, left_key, right_key"""
    return tuple(_pair(row) for row in warehouse.cursor().execute(query).fetchall())


def _side(row: tuple[Any, ...]) -> Side:
    key, name, codes, address, community_id, community, first_on, last_on = row
    return Side(key, name or "", codes or "", address or "", community_id, community or "", first_on, last_on)


def _pair(row: tuple[Any, ...]) -> IdentityPair:
    why, likeness, state, decided_on, reason = row[16:]
    left, right = _side(row[:8]), _side(row[8:16])
    return IdentityPair(left, right, why, WHY[why], likeness, state, STATES[state], decided_on, reason or "")


def merged_keys(warehouse: Warehouse) -> tuple[Merged, ...]:
    """Return how many keys were recognised as another key's enterprise, by how."""
    query = "select how, count(*) from core.enterprise_alias group by how"
    found = dict(warehouse.cursor().execute(query).fetchall())
    return tuple(Merged(how, title, found[how]) for how, title in HOW.items() if how in found)

"""工联会: the federations that the register of unions holds at a month's end, and which of them a ledger's text means."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from metrics import scope
from metrics.warehouse import Warehouse

# The union register's codes; a state that nobody could read does not end a federation.
KINDS = {"4": "park", "9": "community"}
NOT_LIVING = {"preparing", "dissolved"}
TAIL = re.compile(r"(园区|社区)?(?:工会联合会|工联会|联合会)(?:委员会)?$")
BETWEEN = re.compile(r"[、，,;；/／\s]+")
Place = tuple[str, str]  # park or community, and its id


@dataclass(frozen=True, slots=True)
class Federation:
    """A park's or a community's federation as the newest register in force tells it; `formed_date` None: not readable.

    `is_month` says that only the month of the founding is known. `covered_units` and `members` are its own count.
    """

    name: str
    kind: str
    place_id: str
    community_id: str | None
    formed_date: date | None
    is_month: bool
    state: str | None
    covered_units: int | None
    members: int | None
    as_of: date
    load_id: str
    file: str
    sheet: str
    row: int

    @property
    def is_living(self) -> bool:
        """Return whether it stands in the register as one that works."""
        return self.state not in NOT_LIVING


@dataclass(frozen=True)
class Register:
    """The unions of a month: the federations by place, every union's parent by name, and what spellings mean.

    `known` are the communities whose register of unions can be read in that month: of others nobody knows.
    """

    federations: Mapping[Place, Federation]
    parents: Mapping[str, str]
    spellings: Mapping[str, Mapping[str, str]]
    known: frozenset[str]

    def meant(self, text: str) -> tuple[Place, ...]:
        """Return the parks and communities whose federations a text names, each once, in its order."""
        found = (self._place(part) for part in BETWEEN.split(text) if part)
        return tuple(dict.fromkeys(place for place in found if place))

    def _place(self, name: str) -> Place | None:
        tail = TAIL.search(name)
        if tail is None:
            return None
        stem = re.sub(r"^(?:深圳市)?(?:龙岗区)?(?:\S+?街道)?", "", name[: tail.start()])
        kinds = {"园区": ("park",), "社区": ("community",)}.get(tail[1] or "", ("park", "community"))
        return next(((k, self.spellings[k][stem]) for k in kinds if stem in self.spellings[k]), None)

    def living(self, place: Place) -> bool:
        """Return whether a place has a federation that works; without a register nobody knows of one."""
        found = self.federations.get(place)
        return found is not None and found.is_living

    def is_dead(self, place: Place) -> bool:
        """Return whether the register itself says that a place's federation does not work (any more, or yet)."""
        found = self.federations.get(place)
        return found is not None and not found.is_living


@lru_cache(maxsize=16)
def register(warehouse: Warehouse, month: date) -> Register:
    """Return the unions of a month, a register that is carried included."""
    query = """
        select l.name, l.union_type, l.park_id, l.community_id, l.parent_name, l.formed_date, l.formed_date_precision,
               l.status, l.covered_units, l.members, l.as_of, l.load_id, l.file, l.sheet, l."row"
        from core.report as r
        inner join ledger.union_org as l
            on r.snapshot_id = l.snapshot_id and r.unit_id = l.unit_id and r.as_of = l.as_of
            and (r.unit_id <> 'street' or l.community_id = r.community_id or l.community_id is null)
        where r.ledger = 'union_org' and r.month = $month and r.holds
        order by l.as_of, l.load_no, l.file, l.sheet, l.row"""
    found = warehouse.cursor().execute(query, {"month": month}).fetchall()
    federations: dict[Place, Federation] = {}
    for name, union_type, park, community, _parent, formed, precision, *rest in found:
        kind = KINDS.get(union_type or "")
        place = park if kind == "park" else community
        if kind and place:
            day = formed if precision in {"day", "month"} else None
            federations[kind, place] = Federation(name, kind, place, community, day, precision == "month", *rest)
    parents = {name: parent for name, _type, _park, _community, parent, *_rest in found if parent}
    held = "select community_id from core.report where ledger = 'union_org' and month = $month and holds"
    known = frozenset(community for (community,) in warehouse.cursor().execute(held, {"month": month}).fetchall())
    return Register(federations, parents, _spellings(warehouse), known)


def _spellings(warehouse: Warehouse) -> dict[str, dict[str, str]]:
    """Return, for parks and communities, every spelling with its id; a community's name also with 社区."""
    found = {}
    for kind in ("park", "community"):
        query = "select raw, code from core.alias where list = $list and code is not null"
        aliases = dict(warehouse.cursor().execute(query, {"list": kind}).fetchall())
        titles = {title: code for code, title in scope.titles(warehouse, kind).items()}
        plain = {re.sub("(园区|社区)$", "", name): code for name, code in {**aliases, **titles}.items()}
        found[kind] = {**plain, **aliases, **titles}
    return found

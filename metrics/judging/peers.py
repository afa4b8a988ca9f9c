"""可比社区: for each community those most like it, suggested by the program or set by the street.

Likeness is that of the enterprises: how many, of which size, industry and ownership; never of what is compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.peers import nearest, points
from etl.notes import notes
from metrics.judging.peer_reasons import Profile, reasons
from metrics.question import Answer, Question
from metrics.scope import communities, default_month
from metrics.values import ask
from metrics.warehouse import Warehouse

MIXES = ("size_band", "industry", "ownership")
PEERS = 4


@dataclass(frozen=True, slots=True)
class Peer:
    """A community like another one: how far apart (1: as two communities drawn at random), and in what it is alike."""

    community_id: str
    community: str
    distance: float
    reasons: str


Of = dict[str, tuple[Peer, ...]]


@dataclass(frozen=True)
class PeerSet:
    """The street's peers by community_id; those that it has not set are the program's suggestion (未确定).

    `is_set` says that the street has set every community's; `set_on` is the latest day, `set_by` who then did. `own`
    are the communities whose peers the street has set.
    """

    is_set: bool
    set_on: str
    set_by: str
    of: Of
    own: frozenset[str]


@dataclass(frozen=True)
class Likeness:
    """The communities with a register in a month: what they are like, and where they lie (n, d)."""

    profiles: tuple[Profile, ...]
    at: NDArray[np.float64]


def _counts(answer: Answer, name: str, ids: list[str]) -> dict[str | None, dict[str, float]]:
    """Return, by code, how many enterprises of it each community has; unknown codes are left out."""
    found: dict[str | None, dict[str, float]] = {}
    for row in answer.rows:
        if row.keys["community_id"] in ids and row.keys[f"{name}_id"] is not None:
            by_community, place = found.setdefault(row.keys[name], {}), row.keys["community_id"] or ""
            by_community[place] = by_community.get(place, 0.0) + (row.numerator or 0.0)
    return found


@lru_cache(maxsize=16)
def likeness(warehouse: Warehouse, month: date) -> Likeness:
    """Return what the communities are like by their enterprises at a month's end; those without any are left out."""
    rows = ask(warehouse, Question("enterprises", ("community",), month)).rows
    size = {row.keys["community_id"] or "": row.numerator for row in rows if row.numerator}
    ids = list(size)
    answers = {name: ask(warehouse, Question("enterprises", ("community", name), month)) for name in MIXES}
    mixes = {name: _counts(answer, name, ids) for name, answer in answers.items()}
    tables = [np.array([[codes[code].get(i, 0.0) for code in codes] for i in ids]) for codes in mixes.values()]
    profiles = []
    for i in ids:
        own = {name: {str(code): found.get(i, 0.0) for code, found in codes.items()} for name, codes in mixes.items()}
        profiles.append(Profile(i, size[i] or 0.0, own))
    sizes = np.array([size[i] for i in ids], dtype=float)
    shaped = [table.reshape(len(ids), len(codes)) for table, codes in zip(tables, mixes.values(), strict=True)]
    return Likeness(tuple(profiles), points(sizes, shaped) if ids else np.empty((0, 1)))


def _peer(titles: dict[str, str], own: Profile, other: Profile, distance: float) -> Peer:
    return Peer(other.id, titles[other.id], float(distance), reasons(own, other))


def _titles(warehouse: Warehouse) -> dict[str, str]:
    return {community.id: community.title for community in communities(warehouse)}


@lru_cache(maxsize=16)
def suggested(warehouse: Warehouse, month: date, k: int = PEERS) -> Of:
    """Return for each community the k most like it, nearest first; a community that has not reported has none."""
    known, titles = likeness(warehouse, month), _titles(warehouse)
    near, apart = nearest(known.at, k)
    return {
        own.id: tuple(_peer(titles, own, known.profiles[i], far) for i, far in zip(near[row], apart[row], strict=True))
        for row, own in enumerate(known.profiles)
    }


def _as_set(warehouse: Warehouse, month: date, pairs: dict[str, list[str]]) -> Of:
    """Return peers that the street has set, in its order; of those without a register there is nothing to compare."""
    known, titles = likeness(warehouse, month), _titles(warehouse)
    place = {profile.id: index for index, profile in enumerate(known.profiles)}

    def peer(own: str, other: str) -> Peer:
        here, there = place[own], place[other]
        apart = float(np.linalg.norm(known.at[here] - known.at[there]))
        return _peer(titles, known.profiles[here], known.profiles[there], apart)

    return {
        community: tuple(peer(community, other) for other in ids if other in place and other != community)
        for community, ids in pairs.items()
        if community in place
    }


def those(warehouse: Warehouse, community: str, ids: Sequence[str], month: date | None = None) -> tuple[Peer, ...]:
    """Return these communities as peers of one (a what-if), with what they have in common."""
    return _as_set(warehouse, month or default_month(warehouse), {community: list(ids)}).get(community, ())


def peers(warehouse: Warehouse, street: Path, month: date | None = None) -> PeerSet:
    """Return the peers that hold in a street: those it has set (notes), else the suggestion of a month (the default)."""
    month = month or default_month(warehouse)
    said, listed = notes(street, "peers"), _titles(warehouse)
    pairs: dict[str, list[str]] = {}
    for note in said:
        if note["community_id"] in listed and note["peer_id"] in listed:
            pairs.setdefault(note["community_id"], []).append(note["peer_id"])
    of = {**suggested(warehouse, month), **_as_set(warehouse, month, pairs)}
    last = max(said, key=lambda note: note["set_on"], default={"set_on": "", "set_by": ""})
    is_set = bool(pairs) and set(pairs) >= set(listed)
    return PeerSet(is_set, last["set_on"], last["set_by"], of, frozenset(pairs))

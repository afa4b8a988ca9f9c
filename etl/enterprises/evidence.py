"""What speaks for two keys being one enterprise, and whether it is enough.

Sure is: the organisation code inside a unified code; an old registration number beside both; the same name core at the
same address; the same whole name in the same community where the addresses do not differ. Never with codes that
contradict, and not by name where one register lists both.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import polars as pl

from etl.enterprises.clusters import Cluster, Clusters, codes_contradict

LARGEST_GROUP = 20  # keys that share a code or an address and core; more is a placeholder or a market hall, no evidence
Pair = tuple[str, str]
# Strongest first: the column (or columns) that two keys must share.
SURE: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("org_code", ("organisation",)),
    ("reg_no", ("registration",)),
    ("name_address", ("core", "place")),
    ("name", ("full", "community_id")),
)
BY_CODE = ("org_code", "reg_no")


def shared(forms: pl.DataFrame, columns: tuple[str, ...]) -> list[list[str]]:
    """Return the groups of two or more keys that share a value in all these columns."""
    known = forms.select("row_key", *columns).drop_nulls().unique()
    several = known.group_by(columns).agg(pl.col("row_key").unique().sort())
    few = several.filter(pl.col("row_key").list.len().is_between(2, LARGEST_GROUP))
    return few.sort("row_key")["row_key"].to_list()


def pairs_of(groups: Iterable[list[str]]) -> list[Pair]:
    """Return every two of each group, the smaller key first."""
    return sorted({(left, right) for group in groups for left, right in combinations(sorted(group), 2)})


def known_of(forms: pl.DataFrame, keys: Iterable[str], sheets: dict[str, set[str]]) -> dict[str, Cluster]:
    """Return what is known of each of these keys alone."""
    found = {key: Cluster({key}, sheets=sheets.get(key, set())) for key in sorted(keys)}
    wanted = forms.filter(pl.col("row_key").is_in(list(found)))
    columns = ("row_key", "organisation", "registration", "core", "place", "community_id")
    for key, *values in wanted.select(columns).iter_rows():
        known = found[key]
        places = (known.organisations, known.registrations, known.cores, known.places, known.communities)
        for place, value in zip(places, values, strict=True):
            if value is not None:
                place.add(value)
    return found


def is_sure(how: str, left: Cluster, right: Cluster) -> bool:
    """Return whether what two enterprises share makes them one."""
    if codes_contradict(left, right):
        return False
    are_together = bool(left.sheets & right.sheets)
    if how in BY_CODE:
        return not are_together or bool(left.cores & right.cores)
    if how == "name" and left.places and right.places and not left.places & right.places:
        return False
    return not are_together


def join_sure(clusters: Clusters, evidence: dict[str, list[Pair]]) -> None:
    """Join what is surely one enterprise, the strongest evidence first."""
    for how, pairs in evidence.items():
        for left, right in pairs:
            if clusters.root(left) != clusters.root(right) and is_sure(how, clusters.of(left), clusters.of(right)):
                clusters.join(left, right, how)

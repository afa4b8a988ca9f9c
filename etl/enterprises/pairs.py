"""Doubtful pairs: what may be one enterprise and is not sure enough; a person decides.

Never all pairs: only keys that share a name core, or an address where one of the two has no valid code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from etl.enterprises.clusters import Cluster, Clusters, codes_contradict
from etl.enterprises.evidence import Pair
from etl.enterprises.names import DOT

LIKE = 75  # of 100 letters: names at one address that are likelier a slip than two enterprises
LARGEST_HOUSE = 400  # enterprises at one address that are still compared with one another
# Why a pair is shown; the first that holds.
REASONS = ("code", "two_rows", "other_code", "no_address", "other_address", "other_community", "like_name")


@dataclass(frozen=True)
class Doubt:
    """Two keys that may be one enterprise, why, and how alike their names are (0 to 1)."""

    left: str
    right: str
    why: str
    likeness: float


@dataclass(frozen=True)
class Hints:
    """What pairs of keys share: a code, a name core, the whole name; `like` how alike names at one address are.

    `spans` holds the first and last day on which a register lists each key.
    """

    by_code: list[Pair]
    by_core: list[Pair]
    whole: set[Pair]
    like: dict[Pair, float]
    spans: Mapping[str, tuple[date, date]]

    def of(self, cluster: Cluster) -> list[tuple[date, date]]:
        """Return when the keys of an enterprise were listed; a key that only a decision names never was."""
        return [self.spans[key] for key in sorted(cluster.keys) if key in self.spans]


def is_code_doubt(left: Cluster, right: Cluster) -> bool:
    """Return whether a shared code that did not join two enterprises is worth a look."""
    return bool(left.organisations & right.organisations or left.registrations & right.registrations)


def why_doubtful(left: Cluster, right: Cluster, hints: Hints, is_whole: bool) -> str | None:
    """Return why two enterprises of one name core may be one, None where they are surely two; `is_whole`: one whole name."""
    are_together, same_place = bool(left.sheets & right.sheets), bool(left.places & right.places)
    in_one = bool(left.communities & right.communities)
    if codes_contradict(left, right):
        follow = _follow(hints.of(left), hints.of(right))
        return "other_code" if (in_one or same_place) and not are_together and follow else None
    if are_together:
        return "two_rows" if same_place or is_whole else None
    if in_one or same_place:
        return "other_address" if left.places and right.places else "no_address"
    return "other_community" if is_whole else None


def _follow(left: list[tuple[date, date]], right: list[tuple[date, date]]) -> bool:
    """Return whether one left the registers before the other came."""
    if not (left and right):
        return False
    first, second = sorted((min(days)[0], max(end for _start, end in days)) for days in (left, right))
    return first[1] < second[0]


def like_names(forms: pl.DataFrame) -> dict[Pair, float]:
    """Return the keys at one address whose names differ by little and of which one has no valid code."""
    housed = forms.drop_nulls(["place", "core"]).select("row_key", "core", "place", "organisation").unique()
    sizes = housed.group_by("place").agg(pl.col("row_key").n_unique().alias("n"), pl.col("organisation").null_count())
    places = sizes.filter((pl.col("n").is_between(2, LARGEST_HOUSE)) & (pl.col("organisation") > 0)).select("place")
    found: dict[Pair, float] = {}
    for _place, house in housed.join(places, on="place").sort("row_key", "core").group_by("place", maintain_order=True):
        for pair, likeness in _alike(house):
            found[pair] = max(found.get(pair, 0.0), likeness)
    return found


def _alike(house: pl.DataFrame) -> Iterator[tuple[Pair, float]]:
    """Yield the pairs of one address; a branch is compared with the same branch alone."""
    from rapidfuzz import fuzz, process  # late: the pages import the builder and seldom build

    keys, cores = house["row_key"].to_list(), house["core"].to_list()
    codeless = house["organisation"].is_null().arg_true().to_list()
    scores = process.cdist([cores[at] for at in codeless], cores, scorer=fuzz.ratio, score_cutoff=LIKE)
    for line, other in zip(*scores.nonzero(), strict=True):
        one, two = codeless[line], int(other)
        is_other = keys[one] != keys[two] and cores[one] != cores[two]
        if is_other and cores[one].partition(DOT)[2] == cores[two].partition(DOT)[2]:
            yield (min(keys[one], keys[two]), max(keys[one], keys[two])), float(scores[line, other]) / 100


def doubts(clusters: Clusters, hints: Hints) -> list[Doubt]:
    """Return the doubtful pairs, one for each two enterprises, the best reason of each."""
    found: dict[Pair, Doubt] = {}
    for pair in (*hints.by_code, *hints.by_core, *hints.like):
        roots = clusters.root(pair[0]), clusters.root(pair[1])
        if roots[0] != roots[1] and not clusters.are_forbidden(*pair) and (new := _doubt(clusters, pair, hints)):
            both = (min(roots), max(roots))
            found[both] = min(found.get(both, new), new, key=_rank)
    return sorted(found.values(), key=_rank)


def _rank(doubt: Doubt) -> tuple[int, float, str, str]:
    return REASONS.index(doubt.why), -doubt.likeness, doubt.left, doubt.right


def _doubt(clusters: Clusters, pair: Pair, hints: Hints) -> Doubt | None:
    one, two = clusters.of(pair[0]), clusters.of(pair[1])
    share_core, why = bool(one.cores & two.cores), None
    if is_code_doubt(one, two):
        why = "code"
    elif share_core:
        why = why_doubtful(one, two, hints, pair in hints.whole)
    elif pair in hints.like and not codes_contradict(one, two) and not one.sheets & two.sheets:
        why = "like_name"
    return Doubt(*pair, why, hints.like.get(pair, float(share_core))) if why else None

"""Which keys of the enterprise register are one enterprise, written as tables of a generation before the models.

By code first, then by the codes that were before it, then by name core with address; what is doubtful is listed and a
person's decision (the note identity_decisions) goes before everything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from etl.enterprises import evidence, pairs, rows
from etl.enterprises.clusters import Clusters
from etl.enterprises.names import name_cores
from etl.notes import notes
from etl.record.row_tables import write_table

KIND = "identity_decisions"
STRENGTH = ("uscc", "org_code", "reg_no", "name")
Connection = duckdb.DuckDBPyConnection
Note = Mapping[str, str]
Days = Mapping[str, tuple[date, date]]  # the first and last day on which a register lists a key
SIDE = {"key": "VARCHAR", "name": "VARCHAR", "codes": "VARCHAR", "address": "VARCHAR", "community_id": "VARCHAR",
        "first_on": "DATE", "last_on": "DATE"}  # fmt: skip
PAIR_SCHEMA = {
    **{f"{side}_{name}": dtype for side in ("left", "right") for name, dtype in SIDE.items()},
    "community_id": "VARCHAR", "why": "VARCHAR", "likeness": "DOUBLE", "state": "VARCHAR", "decided_on": "DATE",
    "reason": "VARCHAR",
}  # fmt: skip


@dataclass(frozen=True)
class Recognised:
    """The enterprises of the registers: `aliases` key → (enterprise, how), for keys that another key stands for."""

    clusters: Clusters
    aliases: dict[str, tuple[str, str]]
    doubts: list[pairs.Doubt]


def recognise(connection: Connection, forms: pl.DataFrame, decisions: tuple[Note, ...]) -> Recognised:
    """Return which keys of ledger.enterprise are one enterprise, and the doubtful pairs."""
    sure = {how: evidence.pairs_of(evidence.shared(forms, columns)) for how, columns in evidence.SURE}
    by_core, whole = (evidence.pairs_of(evidence.shared(forms, (column,))) for column in ("core", "full"))
    like = pairs.like_names(forms)
    decided = [(note["left_key"], note["right_key"]) for note in decisions]
    keys = {key for found in (*sure.values(), by_core, like, decided) for pair in found for key in pair}
    clusters = Clusters(evidence.known_of(forms, keys, rows.sheets(connection, keys)))
    _decide(clusters, decisions)
    evidence.join_sure(clusters, sure)
    days = {key: (first, last) for key, first, last in _days(forms, keys).iter_rows()}
    hints = pairs.Hints([*sure["org_code"], *sure["reg_no"]], by_core, set(whole), like, days)
    return Recognised(clusters, _aliases(clusters, forms, days), pairs.doubts(clusters, hints))


def _decide(clusters: Clusters, decisions: tuple[Note, ...]) -> None:
    """Do what people decided: first what must stay apart, then what is one."""
    for note in decisions:
        if note["decision"] == "different":
            clusters.forbid(note["left_key"], note["right_key"])
    for note in decisions:
        if note["decision"] == "same":
            clusters.join(note["left_key"], note["right_key"], "decision")


def _days(forms: pl.DataFrame, keys: set[str]) -> pl.DataFrame:
    """Return the first and last day on which a register lists each key."""
    wanted = forms.filter(pl.col("row_key").is_in(sorted(keys)))
    return wanted.group_by("row_key").agg(pl.col("first_on").min(), pl.col("last_on").max())


def canonical(keys: set[str], days: Days, fitting: set[str]) -> str:
    """Return the key that names an enterprise: the strongest kind, one that passes its check, the newest."""

    def rank(key: str) -> tuple[int, bool, int, str]:
        return STRENGTH.index(key.partition(":")[0]), key not in fitting, -days[key][1].toordinal(), key

    return min((key for key in keys if key in days), key=rank, default=min(keys))


def _aliases(clusters: Clusters, forms: pl.DataFrame, days: Days) -> dict[str, tuple[str, str]]:
    """Return, for each key that another one stands for, that other key and what joined them."""
    passes = forms.filter(pl.col("row_key").str.contains(pl.col("organisation"), literal=True))
    fitting, found = set(passes["row_key"]), dict[str, tuple[str, str]]()
    for cluster in clusters.found():
        if len(cluster.keys) > 1:
            name = canonical(cluster.keys, days, fitting)
            found |= {key: (name, clusters.joined[key]) for key in sorted(cluster.keys - {name})}
    return found


def event_aliases(
    codes: pl.Series, forms: pl.DataFrame, aliases: Mapping[str, tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    """Return the codes of other ledgers that no register has as a key but that hold an enterprise's organisation code."""
    texts = codes.to_frame("code").with_columns(pl.col("code").str.len_chars().replace_strict(
        {18: "uscc", 9: "org_code", 15: "reg_no"}, default=None, return_dtype=pl.String).alias("kind")).drop_nulls()  # fmt: skip
    texts = texts.with_columns(pl.concat_str("kind", pl.lit(":"), "code").alias("key"))
    texts = texts.join(forms.select(key="row_key").unique(), on="key", how="anti", maintain_order="left")
    held = pl.when(pl.col("kind") == "uscc").then(pl.col("code").str.slice(8, 9)).otherwise("code")
    texts = texts.with_columns(held.alias("held"))
    known = pl.concat([forms.select("row_key", held=name).drop_nulls() for name in ("organisation", "registration")])
    both = texts.join(known.unique(), on="held").select("key", "row_key").sort("key", "row_key")
    found: dict[str, set[str]] = {}
    for key, row_key in both.iter_rows():
        found.setdefault(key, set()).add(aliases.get(row_key, (row_key, ""))[0])
    return {key: (min(names), "event_code") for key, names in found.items() if len(names) == 1}


def _facts(forms: pl.DataFrame, keys: set[str]) -> dict[str, dict[str, Any]]:
    """Return what the newest register says of each key, for people to compare."""
    wanted = forms.filter(pl.col("row_key").is_in(sorted(keys))).sort("last_on", "first_on", "name", "address", "uscc")
    codes = pl.concat_str("uscc", "org_code", "reg_no", separator="、", ignore_nulls=True).alias("codes")
    newest = wanted.with_columns(codes).group_by("row_key").agg(
        pl.col("name", "codes", "address", "community_id").drop_nulls().last(),
        pl.col("first_on").min(), pl.col("last_on").max(),
    )  # fmt: skip
    return {row["row_key"]: row for row in newest.iter_rows(named=True)}


def _pair(left: str, right: str, facts: Mapping[str, Mapping[str, Any]], said: Mapping[str, Any]) -> dict[str, Any]:
    """Return one row of core.identity_pair; a key that no register has any more is named by itself."""
    sides: dict[str, Any] = {}
    for side, key in (("left", left), ("right", right)):
        known = facts.get(key, {"name": key.partition(":")[2]})
        sides |= {f"{side}_{name}": known.get(name) for name in SIDE} | {f"{side}_key": key}
    community = sides["left_community_id"] or sides["right_community_id"]
    return {**sides, "community_id": community, **said}


def pair_rows(found: Recognised, forms: pl.DataFrame, decisions: tuple[Note, ...]) -> list[dict[str, Any]]:
    """Return the open pairs (their stronger keys) and what was decided."""
    named = {key: found.aliases.get(key, (key, ""))[0] for doubt in found.doubts for key in (doubt.left, doubt.right)}
    decided = {key for note in decisions for key in (note["left_key"], note["right_key"])}
    facts = _facts(forms, {*named.values(), *decided})
    rows_ = []
    for doubt in found.doubts:
        left, right = sorted((named[doubt.left], named[doubt.right]))
        rows_.append(_pair(left, right, facts, {"why": doubt.why, "likeness": doubt.likeness, "state": "open"}))
    for note in decisions:
        said = {"why": "decided", "state": note["decision"], "decided_on": note["decided_on"], "reason": note["reason"]}
        rows_.append(_pair(note["left_key"], note["right_key"], facts, said))
    return rows_


def write_identity(connection: Connection, street: Path) -> None:
    """Write core.enterprise_alias, core.identity_pair and core.name_core from the ledgers and the street's decisions."""
    forms, decisions = rows.forms(connection), notes(street, KIND)
    found = recognise(connection, forms, decisions)
    aliases = found.aliases | event_aliases(rows.event_codes(connection), forms, found.aliases)
    written = [{"row_key": key, "enterprise_id": name, "how": how} for key, (name, how) in sorted(aliases.items())]
    schema = {"row_key": "VARCHAR", "enterprise_id": "VARCHAR", "how": "VARCHAR"}
    write_table(connection, "core.enterprise_alias", schema, written)
    write_table(connection, "core.identity_pair", PAIR_SCHEMA, pair_rows(found, forms, decisions))
    cores = name_cores(rows.all_names(connection))
    write_table(connection, "core.name_core", {"name": "VARCHAR", "core": "VARCHAR"}, cores.to_dicts())

"""Recognising one enterprise under several codes and names, on generated registers whose truth is known.

`python -m benchmarks.identity` prints precision and recall of the program and of plain letter similarity;
`--write FOLDER` also writes the keys, so that `benchmarks/identity_splink.py` can be run on the same ones elsewhere.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random

import duckdb
import polars as pl
from rapidfuzz import fuzz, process

from etl.clean import with_key
from etl.enterprises import rows
from etl.enterprises.same import Recognised, recognise
from etl.ledger import ledger_kinds
from etl.sample.identity import FIRST, SECOND, codes

SEEDS = (1, 2, 3)
ENTERPRISES = 3_000
DAYS = (date(2017, 12, 31), date(2018, 6, 30), date(2018, 12, 31))
COMMUNITIES = tuple(f"4403070130{number:02d}" for number in range(12))
TRADES = ("电子", "五金", "塑胶", "服装", "科技", "商贸", "物流", "餐饮管理", "信息技术", "精密机械")
FORMS = ("有限公司", "有限公司", "有限公司", "有限责任公司", "股份有限公司", "厂")
Pair = tuple[str, str]


@dataclass(frozen=True)
class Firm:
    """An enterprise as it truly is; a branch has its own code and the name of its head office with its own behind."""

    number: int
    core: str
    form: str
    branch: str
    community: int
    road: int
    house: int
    coding: str  # unified, old_then_unified, sometimes, never
    change: str  # nothing, renamed, recoded, moved
    new_core: str


def _new_core(random: Random, taken: set[str]) -> str:
    """Return a core that no enterprise bears yet."""
    core = random.choice(FIRST) + random.choice(SECOND) + random.choice(TRADES)
    while core in taken:
        core = random.choice(FIRST) + core
    taken.add(core)
    return core


def firms(seed: int, count: int = ENTERPRISES) -> list[Firm]:
    """Return enterprises: a few share a core with another in another place, a few are branches of the one before."""
    random, found, taken = Random(seed), list[Firm](), set[str]()
    for number in range(count):
        core, form, branch = _new_core(random, taken), random.choice(FORMS), ""
        community, road, house = random.randrange(12), random.randrange(1, 10), random.randrange(1, 200)
        if found and random.random() < 0.05:  # the same core elsewhere, under another city's name or another form
            core, form = found[-1].core, random.choice([one for one in FORMS if one != found[-1].form])
            community = (found[-1].community + random.randrange(1, 12)) % 12
        elif found and random.random() < 0.03 and not found[-1].branch:
            core, form, branch = found[-1].core, found[-1].form, random.choice(("坂田分公司", "第二分公司", "分厂"))
            community, road, house = found[-1].community, found[-1].road, found[-1].house
        coding = random.choices(("unified", "old_then_unified", "sometimes", "never"), (70, 10, 15, 5))[0]
        change = random.choices(("nothing", "renamed", "recoded", "moved"), (90, 4, 2, 4))[0]
        found.append(Firm(number, core, form, branch, community, road, house, coding, change, _new_core(random, taken)))
    return found


def _name(firm: Firm, at: int, random: Random) -> str:
    """Return the name as a clerk writes it that day: place, brackets, form, blanks, now and then a wrong letter."""
    core = firm.new_core if firm.change == "renamed" and at == len(DAYS) - 1 else firm.core
    if random.random() < 0.02:
        place = random.randrange(len(core))
        core = core[:place] + random.choice(FIRST + SECOND) + core[place + 1 :]
    form = {"有限公司": "有限责任公司"}.get(firm.form, firm.form) if random.random() < 0.05 else firm.form
    form = "" if random.random() < 0.02 and not firm.branch else form
    style = random.choices(("city", "short", "bare", "brackets", "district"), (80, 8, 4, 4, 4))[0]
    heads = {"city": "深圳市", "short": "深圳", "district": "深圳市龙岗区"}
    whole = f"{heads.get(style, '')}{core}{'（深圳）' if style == 'brackets' else ''}{form}{firm.branch}"
    return whole[:4] + " " + whole[4:] if random.random() < 0.02 else whole


def _address(firm: Firm, at: int, random: Random) -> str | None:
    if random.random() < 0.05:
        return None
    house = firm.house + 300 if firm.change == "moved" and at == len(DAYS) - 1 else firm.house
    head = random.choice(("", "坂田街道", "深圳市龙岗区坂田街道", "广东省深圳市龙岗区坂田街道"))
    return f"{head}第{firm.community}社区示例{firm.road}路{house}{random.choice(('号', '号', '#'))}"


def _codes(firm: Firm, at: int, random: Random) -> dict[str, str | None]:
    unified, organisation, licence = codes(firm.number + 1, is_new=False)
    if firm.change == "recoded" and at == len(DAYS) - 1:
        unified, organisation, licence = codes(firm.number + 500_000, is_new=True)
    is_old = firm.coding == "old_then_unified" and at == 0
    is_blank = firm.coding == "never" or (firm.coding == "sometimes" and random.random() < 0.4)
    if is_blank:
        return {"uscc": None, "org_code": None, "reg_no": None}
    if is_old:
        return {"uscc": None, "org_code": organisation, "reg_no": licence}
    return {"uscc": unified, "org_code": None, "reg_no": None}


def registers(seed: int, count: int = ENTERPRISES) -> tuple[pl.DataFrame, dict[str, int]]:
    """Return the rows of ledger.enterprise and which enterprise each key truly is (keys of two enterprises left out)."""
    random, found = Random(f"{seed}/rows"), []
    for firm in firms(seed, count):
        for at, day in enumerate(DAYS):
            if random.random() < 0.97:
                facts = {
                    "name": _name(firm, at, random),
                    "address": _address(firm, at, random),
                    **_codes(firm, at, random),
                }
                community = COMMUNITIES[firm.community]
                found.append({**facts, "community_id": community, "as_of": day, "unit_id": community,
                              "snapshot_id": f"{day}", "firm": firm.number})  # fmt: skip
    frame = pl.DataFrame(found, infer_schema_length=None)
    frame = with_key(ledger_kinds()["enterprise"], frame)
    owners: dict[str, set[int]] = defaultdict(set)
    for key, number in frame.select("row_key", "firm").iter_rows():
        owners[key].add(number)
    return frame.drop("firm"), {key: min(numbers) for key, numbers in owners.items() if len(numbers) == 1}


def recognised(frame: pl.DataFrame) -> Recognised:
    """Return what the program makes of these rows."""
    with duckdb.connect() as connection:
        connection.execute("create schema ledger")
        connection.register("frame", frame.to_arrow())
        connection.execute("create table ledger.enterprise as select * from frame")
        return recognise(connection, rows.forms(connection), ())


def pairs_of(groups: Iterable[Iterable[str]]) -> set[Pair]:
    """Return every two keys of each group, the smaller first."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def true_pairs(truth: Mapping[str, int]) -> set[Pair]:
    """Return the pairs of keys that are one enterprise."""
    groups: dict[int, list[str]] = defaultdict(list)
    for key, number in truth.items():
        groups[number].append(key)
    return pairs_of(groups.values())


def ours(found: Recognised, truth: Mapping[str, int]) -> tuple[set[Pair], set[Pair]]:
    """Return the pairs that the program joins, and those that it joins or asks about."""
    joined = pairs_of([key for key in cluster.keys if key in truth] for cluster in found.clusters.found())
    asked = set(joined)
    for doubt in found.doubts:
        sides = [[key for key in found.clusters.of(end).keys if key in truth] for end in (doubt.left, doubt.right)]
        asked |= {(min(one, two), max(one, two)) for one in sides[0] for two in sides[1]}
    return joined, asked


def letters(frame: pl.DataFrame, truth: Mapping[str, int], threshold: float) -> set[Pair]:
    """Return the pairs of one community whose whole names are alike by so much (of 100), nothing else looked at."""
    newest = frame.sort("as_of").group_by("row_key").agg(pl.col("name", "community_id").last())
    found: set[Pair] = set()
    for _community, part in newest.filter(pl.col("row_key").is_in(list(truth))).group_by("community_id"):
        keys, names = part["row_key"].to_list(), part["name"].to_list()
        scores = process.cdist(names, names, scorer=fuzz.ratio, score_cutoff=threshold)
        for one, two in zip(*scores.nonzero(), strict=True):
            if keys[one] < keys[two]:
                found.add((keys[one], keys[two]))
    return found


def quality(found: set[Pair], wanted: set[Pair]) -> tuple[float, float]:
    """Return precision and recall; nothing found is precise."""
    right = len(found & wanted)
    return (right / len(found) if found else 1.0, right / len(wanted) if wanted else 1.0)


def best_letters(frame: pl.DataFrame, truth: Mapping[str, int], wanted: set[Pair]) -> tuple[int, float, float]:
    """Return the threshold with the best F1 (of precision and recall), and both."""
    tried = [(at, *quality(letters(frame, truth, at), wanted)) for at in range(70, 101, 2)]
    return max(tried, key=lambda one: 2 * one[1] * one[2] / (one[1] + one[2]) if one[1] + one[2] else 0.0)


def write(frame: pl.DataFrame, truth: Mapping[str, int], path: Path) -> None:
    """Write the distinct rows of the registers with the truth, for other programs."""
    said = frame.select("row_key", "name", "community_id", "address", "uscc", "org_code", "reg_no").unique()
    truly = pl.DataFrame({"row_key": list(truth), "truth": list(truth.values())})
    known = said.join(truly, on="row_key").sort(pl.all())
    known.with_row_index("unique_id").write_csv(path)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", type=Path)
    folder = parser.parse_args().write
    for seed in SEEDS:
        frame, truth = registers(seed)
        wanted = true_pairs(truth)
        joined, asked = ours(recognised(frame), truth)
        at, precision, recall = best_letters(frame, truth, wanted)
        lines = (("ours", *quality(joined, wanted)), ("ours+review", *quality(asked, wanted)),
                 (f"letters>={at}", precision, recall))  # fmt: skip
        for name, *both in lines:
            print(f"seed {seed}  keys {len(truth)}  pairs {len(wanted)}  {name}: {both[0]:.3f} {both[1]:.3f}")
        if folder:
            write(frame, truth, folder / f"identity_{seed}.csv")


if __name__ == "__main__":
    main()

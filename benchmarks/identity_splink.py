"""Splink's default on the rows that `benchmarks.identity --write FOLDER` wrote; run once, in an environment of its own.

`pip install splink` there, then `python identity_splink.py FOLDER/identity_1.csv …`; nothing of the program is needed.
Name by Jaro-Winkler and address by Levenshtein at Splink's own thresholds, the codes and the community exactly; pairs are
those of one community, name or code, as Splink blocks.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from itertools import combinations
from typing import Any


def predicted(path: str) -> Any:
    """Return Splink's pairs with their probabilities."""
    import pandas as pd
    import splink.comparison_library as cl  # type: ignore[import-not-found]
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    frame = pd.read_csv(path, dtype=str)
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="unique_id",
        additional_columns_to_retain=["row_key"],
        blocking_rules_to_generate_predictions=[block_on("community_id"), block_on("name"), block_on("uscc")],
        comparisons=[
            cl.JaroWinklerAtThresholds("name"),
            cl.LevenshteinAtThresholds("address"),
            cl.ExactMatch("uscc"),
            cl.ExactMatch("org_code"),
            cl.ExactMatch("reg_no"),
            cl.ExactMatch("community_id"),
        ],
    )
    linker = Linker(DuckDBAPI().register(frame), settings)
    linker.training.estimate_probability_two_random_records_match([block_on("name")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("name"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("address"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("uscc"))
    return linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()


def key_pairs(path: str) -> dict[tuple[str, str], float]:
    """Return the pairs of keys with the highest probability of any two of their rows."""
    found, pairs = predicted(path), dict[tuple[str, str], float]()
    columns = (found["row_key_l"], found["row_key_r"], found["match_probability"])
    for one, two, probability in zip(*columns, strict=True):
        if one != two:
            pair = (min(one, two), max(one, two))
            pairs[pair] = max(pairs.get(pair, 0.0), probability)
    return pairs


def true_pairs(path: str) -> set[tuple[str, str]]:
    """Return the pairs of keys that are one enterprise."""
    groups = defaultdict(set)
    with open(path, encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            groups[row["truth"]].add(row["row_key"])
    return {pair for keys in groups.values() for pair in combinations(sorted(keys), 2)}


def quality(pairs: dict[tuple[str, str], float], wanted: set[tuple[str, str]], at: float) -> tuple[float, float, float]:
    """Return F1, precision and recall of the pairs with at least this probability."""
    chosen = {pair for pair, probability in pairs.items() if probability >= at}
    right = len(chosen & wanted)
    precision, recall = right / len(chosen) if chosen else 1.0, right / len(wanted)
    return (2 * precision * recall / (precision + recall) if right else 0.0), precision, recall


def main() -> None:
    """Print precision and recall at 0.5, at 0.9 and at the threshold with the best F1."""
    for path in sys.argv[1:]:
        pairs, wanted = key_pairs(path), true_pairs(path)
        steps = [*(step / 200 for step in range(2, 200)), 0.999, 0.9999, 0.99999, 0.999999]
        best = max(steps, key=lambda at: quality(pairs, wanted, at)[0])
        for at in (0.5, 0.9, best):
            _f1, precision, recall = quality(pairs, wanted, at)
            print(f"{path}  p>={at:g}: {precision:.3f} {recall:.3f}")


if __name__ == "__main__":
    main()

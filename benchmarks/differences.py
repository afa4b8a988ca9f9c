"""The planted true differences on 200 sample streets: how many the funnel finds, and how often it flags chance.

`python -m benchmarks.differences` prints the table of docs/analysis.md. The enterprises and cases of each street are held
against it in December 2018 with the limits, classes and thresholds that 社区对比 uses, without files between.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

import numpy as np

from analysis import funnel
from analysis.intervals import ClusterSums
from benchmarks.alarms import AXIS, Sample, sample
from etl.sample.enterprises import JOINED, LAST, Enterprise
from etl.sample.exceptions import all_enterprises
from etl.sample.places import COMMUNITIES
from etl.sample.truth import DIFFERENCES
from metrics.catalogue import Metric, metric_of
from metrics.judging.yardstick import Few, limits_around, too_few, values_of
from metrics.question import Row
from metrics.values import scale

NAMES = tuple(place.name for place in COMMUNITIES)
FEW = Few(20, 5)  # the settings' defaults
PLANTED = {(metric, name): direction for metric, name, direction, _why in DIFFERENCES}
YEAR = slice(AXIS.index(date(2018, 1, 1)), None)
Counted = Callable[[Sequence[Enterprise]], tuple[float, float, ClusterSums | None]]


def _is_joined(enterprise: Enterprise) -> bool:
    return enterprise.union_at(LAST) in JOINED


def _coverage(enterprises: Sequence[Enterprise]) -> tuple[float, float, None]:
    return sum(map(_is_joined, enterprises)), len(enterprises), None


def _coverage_above_scale(enterprises: Sequence[Enterprise]) -> tuple[float, float, None]:
    return _coverage([enterprise for enterprise in enterprises if enterprise.is_above_scale])


def _membership(enterprises: Sequence[Enterprise]) -> tuple[float, float, ClusterSums]:
    pairs = [(float(e.members_at(LAST)), float(e.workers_at(LAST))) for e in enterprises]
    y, x = sum(y for y, _ in pairs), sum(x for _, x in pairs)
    squares = (sum(y * y for y, _ in pairs), sum(y * x for y, x in pairs), sum(x * x for _, x in pairs))
    shares = (sum(y * y / x for y, x in pairs), sum(y / x for y, x in pairs), sum((y / x) ** 2 for y, x in pairs))
    bounded = all(0 <= y <= x for y, x in pairs)
    return y, x, ClusterSums(len(pairs), y, x, *squares, bounded, *shares, sum(1 / x for _, x in pairs))


def _membership_unionised(enterprises: Sequence[Enterprise]) -> tuple[float, float, ClusterSums]:
    return _membership([enterprise for enterprise in enterprises if _is_joined(enterprise)])


COUNTED: dict[str, Counted] = {
    "coverage_rate": _coverage,
    "coverage_rate_above_scale": _coverage_above_scale,
    "membership_rate_area": _membership,
    "membership_rate_unionised": _membership_unionised,
}


def _row(name: str, above: float, below: float, size: float, clusters: ClusterSums | None) -> Row:
    value = above / below * size if below else None
    return Row({"community": name}, above, below, value, None, None, 1, 1, 0, False, None, clusters)


def _rows(metric: Metric, enterprises: Sequence[Enterprise]) -> list[Row]:
    """Return the communities' rows of a metric of enterprises at the end of 2018."""
    at = {name: [e for e in enterprises if e.operates(LAST) and e.community_at(LAST) == name] for name in NAMES}
    return [_row(name, *COUNTED[metric.id](here)[:2], 1, COUNTED[metric.id](here)[2]) for name, here in at.items()]


def _dispute_rows(metric: Metric, street: Sample) -> list[Row]:
    """Return the communities' disputes per 1,000 workers of 2018; a month not reported leaves both sides."""
    found = []
    for name in NAMES:
        counts, workers = np.sum(list(street.counts[name].values()), axis=0)[YEAR], street.workers[name][YEAR]
        known = np.isfinite(counts)
        found.append(_row(name, counts[known].sum(), workers[known].sum() / 12, scale(metric, 12), None))
    return found


def classes(metric: Metric, rows: Sequence[Row]) -> list[str | None]:
    """Return each community's class against the street's value, as `metrics.judging.compare` gives it."""
    size = scale(metric, 12)
    street = sum(row.numerator or 0 for row in rows) / sum(row.denominator or 0 for row in rows) * size
    few = [too_few(metric, row, street / size, FEW) for row in rows]
    return funnel.classify(values_of(rows), limits_around(metric, street, rows, size), few)


def street_classes(enterprises: Sequence[Enterprise], street: Sample) -> dict[tuple[str, str], str | None]:
    """Return the class of every metric and community of one street."""
    found: dict[tuple[str, str], str | None] = {}
    for metric_id in dict.fromkeys(metric for metric, _name in PLANTED):
        metric = metric_of(metric_id)
        rows = _rows(metric, enterprises) if metric_id in COUNTED else _dispute_rows(metric, street)
        found |= {(metric_id, name): one for name, one in zip(NAMES, classes(metric, rows), strict=True)}
    return found


Counts = Counter[tuple[str, str, str | None]]  # (metric, community, class) → streets


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]


def _found(counts: Counts, streets: int) -> list[str]:
    """Return one line per planted difference: how often it is found, and how often the other way."""
    rows = []
    for (metric, name), direction in PLANTED.items():
        ways = {way: [counts[metric, name, f"{much}{way}"] for much in ("", "much_")] for way in ("lower", "higher")}
        plain, much = ways.pop(direction)
        [other], few = ways.values(), counts[metric, name, None]
        cells = [f"{100 * count / streets:.0f} %" for count in (plain + much, much, sum(other), few)]
        rows.append([metric, f"{name} {direction}", *cells])
    return _lines(
        ("metric", "planted", "found (95 %)", "of these 明显 (99.8 %)", "other way", "too few to compare"), rows
    )


def _chance(counts: Counts) -> list[str]:
    """Return one line per metric for the communities in which nothing was planted."""
    rows = []
    for metric in dict.fromkeys(metric for metric, _name in PLANTED):
        names = [name for name in NAMES if (metric, name) not in PLANTED]
        judged = sum(counts[metric, name, one] for name in names for one in funnel.CLASSES)
        much = sum(counts[metric, name, one] for name in names for one in ("much_lower", "much_higher"))
        flagged = judged - sum(counts[metric, name, "similar"] for name in names)
        rows.append([metric, f"{len(names)}", f"{100 * flagged / judged:.1f} %", f"{100 * much / judged:.1f} %"])
    return _lines(("metric", "communities without a planted difference", "偏高、偏低 or further", "明显"), rows)


def table(counts: Counts, streets: int) -> str:
    """Return both tables."""
    return "\n".join([*_found(counts, streets), "", *_chance(counts)])


def main(arguments: Sequence[str] | None = None) -> int:
    """Class every community of every street and print the two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    asked = parser.parse_args(arguments)
    counts: Counts = Counter()
    for seed in range(1, asked.seeds + 1):
        found = street_classes(all_enterprises(seed, 1), sample(seed))
        counts.update((metric, name, one) for (metric, name), one in found.items())
        print(seed, file=sys.stderr, flush=True)
    print(table(counts, asked.seeds))
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Streets with so many cases a month, for tests of what is more than chance."""

from __future__ import annotations

from datetime import date, timedelta

from tests.metrics import tiny
from tests.metrics.tiny import TinyStreet


def all_reported(communities: int, first: date, months: int, workers: int = 1000) -> TinyStreet:
    """Return a street without cases: every report is in, each community has one enterprise with so many workers."""
    street = tiny.blank(communities, first, months)
    for community in street.communities:
        for month in street.months:
            street.add("community_month", community_id=community, month=month)
            tiny.enterprise(street, int(community[-1], 16), month, community, workers=workers)
            for ledger in ("dispute", "enterprise"):
                tiny.report(street, ledger, community, month, "received")
    return street


def street_of(counts: dict[tuple[int, date], int], communities: int = 2, months: int = 36) -> TinyStreet:
    """Return a street of 500 workers a community, all reports in, with so many cases by community and month."""
    street = all_reported(communities, date(2016, 1, 1), months, workers=500)
    number = 0
    for (index, month), count in counts.items():
        for case in range(count):
            number += 1
            day = month + timedelta(days=case % 28)
            tiny.dispute(street, number, street.communities[index], day, causes=["01"])
    return street


def steady(count: int, **others: int) -> dict[tuple[int, date], int]:
    """Return the same count in every month of the first community; `y2018_12=5` changes a month."""
    found = {(0, date(year, month, 1)): count for year in (2016, 2017, 2018) for month in range(1, 13)}
    for name, value in others.items():
        year, month = name.removeprefix("y").split("_")
        found[0, date(int(year), int(month), 1)] = value
    return found

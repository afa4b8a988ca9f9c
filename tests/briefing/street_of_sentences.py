"""A small street over two years, so plain that every sentence on it can be written by hand.

Three communities of 40 enterprises with 10 workers each. With unions: 岗头 36 all the time, 五和 38, 马安堂 20 in 2017,
24 from January 2018 and 30 from December 2018: 94, then 98, then 104 of 120. In March 2018 the registers are carried from
February. In December 2018 五和 has not sent its disputes.
"""

from __future__ import annotations

from datetime import date, timedelta

from metrics.periods import shift
from tests.metrics.tiny import TinyStreet, blank, dispute, enterprise, place, report

FIRST, LAST = date(2017, 1, 1), date(2018, 12, 1)
SIZE = 40
CARRIED = date(2018, 3, 1)
USUAL = 6  # disputes a month
# Disputes received in single months; 28 and 31 days after that 五和 in December is not counted.
RECEIVED = {date(2017, 9, 1): 0, date(2018, 9, 1): 4, date(2018, 10, 1): 12}
FORMED = {2017: 1, 2018: 2}  # unions formed in 马安堂 each month of a year
PLAN = 30


def with_union(number: int, month: date) -> int:
    """Return how many of a community's enterprises have a union."""
    if number != 1:
        return (36, 0, 38)[number]
    return 30 if month >= LAST else 24 if month.year == 2018 else 20


def _registers(street: TinyStreet, month: date) -> None:
    is_carried = month == CARRIED
    for number, community in enumerate(street.communities):
        street.add("community_month", community_id=community, month=month)
        as_of = (CARRIED if is_carried else shift(month, 1)) - timedelta(days=1)
        report(street, "enterprise", community, month, "carried" if is_carried else "received", as_of=as_of, shows=True)
        report(street, "target", community, month, "received")
        is_missing = month == LAST and number == 2
        report(street, "dispute", community, month, "missing" if is_missing else "received")
        held = with_union(number, shift(month, -1) if is_carried else month)
        for one in range(SIZE):
            has_union = one < held
            facts = {"has_union": has_union, "is_own_union": has_union, "members": 9 if has_union else 0}
            enterprise(street, number * SIZE + one, month, community, **facts, workers=10)


def street_of_sentences() -> TinyStreet:
    """Return the street."""
    street, cases = blank(3, FIRST, 24), 0
    for month in street.months:
        _registers(street, month)
        for number in range(RECEIVED.get(month, USUAL)):
            cases += 1
            received = month + timedelta(days=number)
            closed = shift(month, 1) + timedelta(days=3) if month < LAST else None  # each is in hand at its month's end
            dispute(street, cases, street.communities[number % 2], received, closed=closed,
                    is_mediated=closed is not None and number % 2 == 0, causes=["01" if number else "04"])  # fmt: skip
        for number in range(FORMED[month.year]):
            formed = {"enterprise_id": f"formed:{month}:{number}", "enterprise": "示例企业", "formed_date": month}
            codes = {"park_id": None, "industry": None, "size_band": None, "ownership": None}
            street.add(
                "union_formed", month=month, community_id=street.communities[1], **formed, **codes, **place(number)
            )
    for number, community in enumerate(street.communities):
        for year in (2017, 2018):
            target = {"target_id": f"{community}|{year}", "indicator": "unions_formed", "is_approx": False}
            planned = (0, PLAN if year == 2018 else 12, 0)[number]
            street.add("target", community_id=community, year=year, target=planned, **target, **place(number))
    return street

"""January is held against the same days before the last Spring Festival, like for like, and only where that can be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from metrics.judging.aligned import Aligned, aligned, aligned_text
from metrics.judging.chance import Verdict
from metrics.question import Question
from metrics.warehouse import open_current
from tests.metrics import tiny
from tests.metrics.cases import steady, street_of


# Spring Festival: 2017-01-28 and 2018-02-16.
def season(before: int, now: int) -> dict[tuple[int, date], int]:
    """Return the rush before each festival: in December and January for 2017, in January and February for 2018."""
    found = steady(4)
    found |= {(0, date(2016, 12, 1)): before, (0, date(2017, 1, 1)): before}
    return {**found, (0, date(2017, 12, 1)): now, (0, date(2018, 1, 1)): now}


def test_january_is_held_against_the_same_days_before_the_festival(tmp_path: Path) -> None:
    """By hand: 56 to 16 days before 2018-02-16 are 2017-12-22 … 2018-01-31, a year before 2016-12-03 … 2017-01-12."""
    street = street_of(season(28, 28))
    warehouse = tiny.write(street, tmp_path)
    found = aligned(warehouse, Question("disputes_received", month=date(2018, 1, 1), period="month"))
    days = [record["received_date"] for record in street.rows("dispute")]
    assert found is not None and found.days == (56, 16)
    assert found.now == sum(date(2017, 12, 22) <= day <= date(2018, 1, 31) for day in days) == 7 + 28
    assert found.before == sum(date(2016, 12, 3) <= day <= date(2017, 1, 12) for day in days) == 26 + 12
    assert aligned_text(found) == "春节前56天至16天35宗，上年春节前同期38宗，属正常波动"


def test_after_the_festival_the_whole_season_is_compared(tmp_path: Path) -> None:
    """In January 2017 the festival is over by the 28th: the days end on its eve."""
    found = aligned(
        tiny.write(street_of(season(28, 5)), tmp_path), Question("disputes_received", month=date(2017, 1, 1))
    )
    assert found is None, "2015-12 is not in this street"
    found = aligned(
        tiny.write(street_of(season(5, 28)), tmp_path), Question("disputes_received", month=date(2018, 1, 1))
    )
    assert found is not None and found.verdict.is_beyond is True and aligned_text(found).endswith("，超出正常波动")


def test_aligned_only_where_it_can_be(tmp_path: Path, sample_street: Path) -> None:
    warehouse = tiny.write(street_of(steady(5)), tmp_path)
    assert aligned(warehouse, Question("disputes_received", month=date(2018, 2, 1))) is None
    assert aligned(warehouse, Question("disputes_open", month=date(2018, 1, 1))) is None
    assert aligned(open_current(sample_street), Question("unions_formed", month=date(2018, 1, 1))) is None
    whole = aligned(open_current(sample_street), Question("disputes_received", month=date(2017, 1, 1)))
    assert whole is not None and whole.days == (56, 1)


def test_aligned_like_for_like_and_equal(tmp_path: Path) -> None:
    """A community missing in one of the four months is left out of both sides, and said; equal counts are not judged."""
    street = street_of({**season(28, 28), (1, date(2017, 1, 1)): 28}, communities=6)
    for record in street.rows("report"):
        is_second = record["community_id"] == street.communities[1]
        if is_second and (record["ledger"], record["month"]) == ("dispute", date(2016, 12, 1)):
            record |= {"state": "missing", "holds": False, "shows": False}
    found = aligned(tiny.write(street, tmp_path), Question("disputes_received", month=date(2018, 1, 1)))
    assert found is not None and (found.compared, found.expected, found.before) == (5, 6, 38)
    assert "（按已报的5个社区同口径比较），属正常波动" in aligned_text(found)
    equal = Aligned("宗", (56, 16), 7, 7, 6, 6, Verdict(None))
    assert aligned_text(equal) == "春节前56天至16天7宗，上年春节前同期7宗"

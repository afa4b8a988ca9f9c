"""Levels from facts: what counts, how long, once per item, in which scheme, and how a review ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.generations import current_path
from etl.notes import add_note, take_back
from etl.street import open_street
from tests.etl.warning_world import COMMUNITY, PLACE, World

Make = Callable[..., World]
BOUNDS = [  # indicator, degree, points of the default sheet, level of the scheme without points
    ("wage", 0.9, None, None), ("wage", 1, 8, "yellow"), ("wage", 1.9, 8, "yellow"), ("wage", 2, 15, "red"),
    ("insurance", 1, None, None), ("insurance", 2, 6, None), ("halt", 30, None, None), ("halt", 31, 6, None),
    ("layoff", 9, None, None), ("layoff", 10, 10, None), ("layoff_share", 9.9, None, None), ("layoff_share", 10, 10, None),
    ("power_drop", 49, None, None), ("power_drop", 50, 4, None), ("demands", 2, None, "blue"), ("demands", 3, 5, "red"),
    ("complaints", 2, None, None), ("complaints", 3, 5, "red"), ("rent", 1, None, None), ("rent", 2, 5, None),
    ("move", None, 10, None), ("no_union", None, None, None), ("wage", None, None, None), ("overtime", 3, None, None),
    ("overtime", 3.5, None, "red"), ("low_wage", None, None, "yellow"), ("conflict", None, None, "blue"),
    ("missing_boss", None, 20, None), ("death", 1, 8, None), ("death", 0, None, None),
]  # fmt: skip


@pytest.fixture(scope="module", name="world")
def world_(sample_street: Path) -> Make:
    path = current_path(open_street(sample_street))
    assert path

    def make(first: str = "2018-01", last: str = "2018-12", enterprises: int = 1, **facts: Any) -> World:
        world = World(path, (first, last))
        for number in range(1, enterprises + 1):
            world.enterprise(number, **facts)
        return world

    return make


@pytest.fixture(scope="module", name="played")
def played_(world: Make, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Return a world in which each enterprise has a story of its own (101 and up: one bound each)."""
    made = world("2018-01", "2019-03")
    for number in (*range(2, 20), *range(101, 101 + len(BOUNDS))):
        made.enterprise(
            number, has_union=number not in (4, 5), **({"enterprise": "示例同名"} if number in (18, 19) else {})
        )
    for number, (indicator, quantity, _points, _level) in enumerate(BOUNDS, start=101):
        made.fact(number, indicator, quantity, "2018-01-20")
    made.fact(1, "missing_boss", None, "2018-01-10")  # to 10 April
    for quantity, day in ((1, "2018-03-20"), (2, "2018-03-01"), (3, "2018-02-10")):
        made.fact(2, "wage", quantity, day)
    made.fact(3, "layoff", 20, "2018-03-05")
    made.fact(4, "wage", 1, "2018-01-20")  # without a union, as 5
    _demands(made)
    made.dispute(9, "九", "2018-01-31", people=30)
    made.dispute(10, "十", "2018-01-31", people=29)
    _hazards(made)
    _told_again(made)
    _unmatched(made)
    return made.run(tmp_path_factory.mktemp("street"))


def _demands(made: World) -> None:
    """Enterprise 6 has two disputes, a complaint and one that became a dispute; 7 and 8 took one of three back."""
    made.dispute(6, "甲", "2018-01-05")
    made.dispute(6, "乙", "2018-01-09")
    online = {"community_id": COMMUNITY, "applied_month": "2018-01-01", "item": "complaint", **PLACE}
    made.add("core.online_request", request_id="a", enterprise_id="uscc:6", applied_date="2018-01-20", **online)
    made.add(
        "core.online_request",
        request_id="b",
        enterprise_id="uscc:6",
        applied_date="2018-01-21",
        dispute_id="甲",
        **online,
    )
    for number, closed in ((7, "2018-01-30"), (8, "2018-02-01")):
        for name in "xyz":
            taken = {"status": "withdrawn", "closed_date": closed} if name == "z" else {}
            facts = {"enterprise_id": f"uscc:{number}", "applied_date": "2018-01-20", **taken, **online}
            made.add("core.online_request", request_id=f"{number}{name}", **facts)


def _hazards(made: World) -> None:
    """11 has one that is true; 12 untrue, 13 unchecked, 14 of signs that count for nothing, one of no enterprise."""
    row = {
        "community_id": COMMUNITY,
        "reported_date": "2018-01-02",
        "signs": ["wage", "layoff"],
        "workers_involved": 25,
    }
    true = {"is_checked": True, "is_true": True, "verified_date": "2018-02-03", **PLACE}
    for number, facts in (
        (11, true), (12, true | {"is_true": False}), (13, true | {"is_checked": False}), (14, true | {"signs": ["injury", "other"]}),
        (None, true),
    ):  # fmt: skip
        made.add("core.hazard", report_id=f"{number}", enterprise_id=number and f"uscc:{number}", **{**row, **facts})


def _told_again(made: World) -> None:
    """15's wages are told three times alike, its rent is corrected later."""
    for period, row in (("2018-01-31", 3), ("2018-02-28", 4), ("2018-03-31", 5)):
        made.fact(15, "wage", 2, "2018-01-10", period, row=row)
    made.fact(15, "rent", 1, "2018-01-10", "2018-01-31", row=6)
    made.fact(15, "rent", 2, "2018-01-10", "2018-03-31", row=7)


def _unmatched(made: World) -> None:
    """Three rows without a code that is listed: one by the only name, one by a name of two, one by none."""
    for number, name in ((901, "示例企业16"), (902, "示例同名"), (903, "示例别处")):
        made.fact(number, "missing_boss", None, "2018-01-10", row=number)
        values = [None if number < 903 else "903", name, f"{number}"]
        query = "update ledger.risk_score set enterprise_uscc = ?, enterprise_name = ? where enterprise_uscc = ?"
        made.connection.execute(query, values)


def story(played: World, number: int, scheme: str = "longgang_123") -> dict[str, tuple[float | None, str, str | None]]:
    return {month: facts for (found, month), facts in sorted(played.levels(scheme).items()) if found == number}


def test_the_bounds_of_both_schemes(played: World) -> None:
    """A degree that is not said reaches no bound; no union is nothing without another fact."""
    scored, graded = played.levels(), played.levels("baoan_2004")
    for number, (indicator, quantity, points, level) in enumerate(BOUNDS, start=101):
        ours, theirs = scored.get((number, "2018-01")), graded.get((number, "2018-01"))
        assert (ours and ours[0], theirs and theirs[1]) == (points, level), (indicator, quantity)
        assert theirs is None or theirs[0] is None, "a scheme without points gives no score"


def test_a_fact_counts_for_ninety_days_and_then_the_level_falls(played: World) -> None:
    assert story(played, 1) == {f"2018-0{month}": (20, "red", "2018-04-10") for month in (1, 2, 3)}


def test_the_highest_rule_of_an_item_counts_once(played: World) -> None:
    """Three facts on wages are one item, a layoff of 20 of 100 is no two; the lesser fact remains when the graver ends."""
    levels = story(played, 2)
    assert levels["2018-03"] == (15, "yellow", "2018-05-30") and levels["2018-05"] == (8, "green", None)
    points = "select rule, fact_date from core.warning_point where scheme = 'longgang_123' and enterprise_id = 'uscc:2' and month = '2018-03-01'"
    assert played.rows(points) == [("wage_2", date(2018, 3, 1))]
    assert story(played, 3)["2018-03"][:2] == (10, "yellow")


def test_no_union_adds_to_other_facts_only(played: World) -> None:
    """It comes from the register, adds two points, is no level by itself and does not outlast the others."""
    assert story(played, 4) == {f"2018-0{month}": (10, "yellow", "2018-04-20") for month in (1, 2, 3)}
    assert story(played, 5) == {}
    facts = (
        "select distinct enterprise_id from core.warning_fact where indicator = 'no_union' and ledger = 'enterprise'"
    )
    assert played.rows(facts) == [("uscc:4",)]


def test_three_disputes_and_complaints_of_a_month(played: World) -> None:
    """A complaint that became a dispute counts once; one taken back within the month does not count, later it did."""
    query = "select enterprise_id, quantity, fact_date from core.warning_fact where indicator = 'demands' and ledger = 'online_request' order by 1"
    assert played.rows(query) == [
        (f"uscc:{number}", count, date(2018, 1, 20)) for number, count in ((6, 3), (7, 2), (8, 3))
    ]
    assert story(played, 6)["2018-01"][0] == 5 and story(played, 7) == {}
    assert (
        story(played, 7, "baoan_2004")["2018-01"][1] == "blue" and story(played, 8, "baoan_2004")["2018-01"][1] == "red"
    )


def test_a_dispute_of_thirty_counts_for_a_year(played: World) -> None:
    assert (
        list(story(played, 9))
        == [f"{month:%Y-%m}" for (month,) in played.rows("select month from core.month order by 1")][:13]
    )
    assert story(played, 10) == {}


def test_hazards_count_when_verified_true(played: World) -> None:
    assert list(story(played, 11)) == ["2018-02", "2018-03", "2018-04"], "not before it was verified"
    assert story(played, 11)["2018-02"] == (18, "yellow", "2018-05-04")
    assert [story(played, number) for number in (12, 13, 14)] == [{}, {}, {}]


def test_the_same_fact_told_again_is_one_and_known_since_it_was_first_told(played: World) -> None:
    query = "select indicator, quantity, known_on, \"row\" from core.warning_fact where enterprise_id = 'uscc:15' order by 1"
    assert played.rows(query) == [("rent", 2, date(2018, 3, 31), 7), ("wage", 2, date(2018, 1, 31), 5)]


def test_what_belongs_to_no_listed_enterprise_gets_no_level(played: World) -> None:
    """By code wherever it is listed, else by the only one of that name in the community; otherwise no level."""
    assert story(played, 16) and not any(story(played, number) for number in (17, 18, 19))
    query = 'select enterprise, enterprise_id from core.risk_row where "row" > 900 order by 1'
    assert played.rows(query) == [("示例企业16", "uscc:16"), ("示例别处", None), ("示例同名", None)]


def test_the_days_are_a_setting(world: Make, tmp_path: Path) -> None:
    made = world(enterprises=2)
    made.fact(1, "missing_boss", None, "2018-01-10")  # over before the month is
    made.fact(2, "missing_boss", None, "2018-01-11")
    made.connection.execute("update core.setting set value = '20'")
    assert made.run(tmp_path).levels() == {(2, "2018-01"): (20, "red", "2018-01-31")}


def test_schemes_are_in_force_from_their_month(world: Make, tmp_path: Path) -> None:
    made = world()
    made.fact(1, "wage", 2, "2018-01-10")
    found = made.run(tmp_path, warning_schemes={"2018-02": "baoan_2004", "2018-01": "longgang_123"})
    rows = found.rows(
        "select scheme, strftime(month, '%m'), level from core.warning_level where is_effective order by 2"
    )
    assert rows == [("longgang_123", "01", "yellow"), ("baoan_2004", "02", "red"), ("baoan_2004", "03", "red")]


def review(street: Path, number: int, level: str, score: str = "15", scored: str = "yellow") -> None:
    add_note(
        street, "level_reviews", enterprise_id=f"uscc:{number}", month="2018-02", level=level, reason="已付清",
        scheme="longgang_123", scored_level=scored, score=score, reviewed_on="2018-02-05",
    )  # fmt: skip


def test_a_review_holds_as_long_as_what_it_rested_on(world: Make, tmp_path: Path) -> None:
    """1 and 2 hold their ninety days; the others end by a new fact, another score or level, or are taken back."""
    made = world(enterprises=6)
    for number in range(1, 7):
        made.fact(number, "wage", 2, "2018-01-10")
        scored, score = ("red" if number == 5 else "yellow"), ("14" if number == 4 else "15")
        review(tmp_path, number, "red" if number == 2 else "green", score, scored)
    made.fact(3, "power_drop", 50, "2018-03-02")
    take_back(tmp_path, "level_reviews", enterprise_id="uscc:6", month="2018-02")
    found = made.run(tmp_path)
    levels = {number: {month: facts[1] for month, facts in story(found, number).items()} for number in range(1, 7)}
    months = ["2018-01", "2018-02", "2018-03", "2018-04"]
    assert levels[1] == dict(zip(months, ["yellow", "green", "green", "green"], strict=True))
    assert levels[2] == dict(zip(months, ["yellow", "red", "red", "red"], strict=True))
    assert story(found, 2)["2018-04"] == (0, "red", "2018-05-29"), "the facts are over, the review is not"
    assert (levels[3]["2018-02"], levels[3]["2018-03"]) == ("green", "yellow")
    assert levels[4] == levels[5] == levels[6] == dict.fromkeys(months[:3], "yellow")
    reviewed = "select distinct scheme, scored_level, review_reason from core.warning_level where reviewed_on is not null and month = '2018-03-01'"
    assert found.rows(reviewed) == [("longgang_123", "yellow", "已付清")], "a review is of one scheme"

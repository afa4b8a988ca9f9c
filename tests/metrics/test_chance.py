"""Verdicts on changes: more than chance or not, from naive counts of the same rows; why some are not judged."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from metrics.changes import Change, change, changes
from metrics.judging.chance import Verdict, verdict, verdict_text
from metrics.question import Question
from metrics.warehouse import Warehouse, open_current
from tests.metrics import tiny
from tests.metrics.cases import steady, street_of
from tests.metrics.tiny import TinyStreet

NOW, LAST_YEAR, LAST_MONTH = date(2018, 12, 1), date(2017, 12, 1), date(2018, 11, 1)


def judged(
    warehouse: Warehouse, against: str = "last_year", metric: str = "disputes_received", **more: object
) -> Verdict:
    question = Question(metric, **{"month": NOW, "period": "month", **more})  # type: ignore[arg-type]
    return verdict(warehouse, change(warehouse, question, against))


def test_the_contracts_sentence_is_normal_variation(tmp_path: Path) -> None:
    """31 after 35."""
    warehouse = tiny.write(street_of(steady(33, y2018_12=31, y2017_12=35)), tmp_path)
    assert judged(warehouse) == Verdict(False)
    assert verdict_text(judged(warehouse)) == "属正常波动"


@pytest.mark.parametrize(
    ("before", "now", "is_beyond"), [(30, 68, True), (30, 45, False), (68, 30, True), (0, 12, True), (0, 7, False)]
)
def test_a_count_is_held_against_its_earlier_end(tmp_path: Path, before: int, now: int, is_beyond: bool) -> None:
    """|now − before| less a half each, over √(now + before): three is the threshold."""
    warehouse = tiny.write(street_of(steady(30, y2018_12=now, y2017_12=before)), tmp_path)
    assert ((abs(now - before) - 1) / (now + before) ** 0.5 > 3) is is_beyond
    assert judged(warehouse).is_beyond is is_beyond
    assert verdict_text(Verdict(True)) == "超出正常波动"


def test_what_always_varies_so_much_is_normal(tmp_path: Path) -> None:
    """A street whose months jump between 10 and 60 is not surprised by 68 after 30."""
    jumps = {key: 10 if key[1].month % 2 else 60 for key in steady(1)}
    jumps |= {(0, NOW): 68, (0, LAST_YEAR): 30}
    assert judged(tiny.write(street_of(jumps), tmp_path)).is_beyond is False


def test_equal_numbers_and_missing_ends_are_not_judged(tmp_path: Path) -> None:
    warehouse = tiny.write(street_of(steady(30)), tmp_path)
    assert judged(warehouse) == Verdict(None, "") and verdict_text(judged(warehouse)) == ""
    assert judged(warehouse, month=date(2016, 5, 1)) == Verdict(None, ""), "no year before"


def test_too_few_reported_is_not_judged(tmp_path: Path) -> None:
    street = street_of(steady(30, y2018_12=90))
    for record in street.rows("report"):
        if record["ledger"] == "dispute" and record["month"] == NOW and record["community_id"] == street.communities[1]:
            record |= {"state": "missing", "holds": False, "shows": False}
    warehouse = tiny.write(street, tmp_path)
    assert change(warehouse, Question("disputes_received", month=NOW), "last_year").is_incomplete
    assert judged(warehouse) == Verdict(None, "")


@pytest.mark.parametrize(
    ("month", "against", "period", "reason"),
    [
        (date(2018, 1, 1), "last_year", "month", "春节早晚不同，单月不判断波动"),
        (date(2018, 2, 1), "last_year", "month", "春节早晚不同，单月不判断波动"),
        (date(2018, 1, 1), "previous_month", "month", "春节前后，不判断波动"),
        (date(2018, 2, 1), "previous_month", "month", "春节前后，不判断波动"),
        (date(2018, 3, 1), "previous_month", "month", "春节前后，不判断波动"),
        (date(2018, 1, 1), "last_year", "ytd", "春节早晚不同，单月不判断波动"),
        (date(2018, 2, 1), "last_year", "ytd", ""),
        (date(2018, 3, 1), "last_year", "month", ""),
        (date(2018, 4, 1), "previous_month", "month", ""),
        (date(2018, 12, 1), "last_year", "ytd", ""),
    ],
)
def test_months_of_spring_festival_are_not_held_against_others(
    tmp_path: Path, month: date, against: str, period: str, reason: str
) -> None:
    """January and February alone say nothing; 1—2月 together have the whole season on both sides."""
    counts = {key: 20 + key[1].year % 7 + key[1].month for key in steady(1)}
    found = judged(tiny.write(street_of(counts), tmp_path), against, month=month, period=period)
    assert found.reason == reason and (found.is_beyond is None) == bool(reason)


def test_a_level_knows_no_festival(tmp_path: Path) -> None:
    street = street_of(steady(3, y2018_1=9))
    assert judged(tiny.write(street, tmp_path), "previous_month", "disputes_open", month=date(2018, 2, 1)).reason == ""


def covered(changed: int, of: int = 200, back: int = 0) -> TinyStreet:
    """Return a street of so many enterprises, of which some got a union during 2018 and some lost theirs."""
    street = tiny.blank(1, date(2017, 1, 1), 24)
    (community,) = street.communities
    for month in street.months:
        street.add("community_month", community_id=community, month=month)
        tiny.report(street, "enterprise", community, month, "received", as_of=month)
        for number in range(of):
            is_late = month >= date(2018, 6, 1)
            has_union = number >= of // 2 or (is_late and number < changed)
            if is_late and number >= of - back:
                has_union = False
            status = "own" if has_union else "none"
            members = 8 if has_union else 0
            tiny.enterprise(street, number, month, community, has_union=has_union, union_status=status, members=members)
    return street


@pytest.mark.parametrize(("came", "left", "is_beyond"), [(8, 0, False), (14, 0, True), (14, 10, False), (40, 10, True)])
@pytest.mark.parametrize("metric", ["coverage_rate", "membership_rate_area"])
def test_a_share_is_judged_by_the_enterprises_that_changed(
    tmp_path: Path, metric: str, came: int, left: int, is_beyond: bool
) -> None:
    """McNemar by hand: (came − left) ÷ √(came + left) against three; those that stay as they were say nothing."""
    warehouse = tiny.write(covered(came, back=left), tmp_path)
    assert ((came - left) / (came + left) ** 0.5 > 3) is is_beyond
    assert judged(warehouse, "last_year", metric, period=None).is_beyond is is_beyond


def test_the_same_register_is_no_news(sample_street: Path) -> None:
    """September rests on June's register as August does: nothing is judged."""
    warehouse = open_current(sample_street)
    found = judged(warehouse, "previous_month", "coverage_rate", month=date(2018, 9, 1), period=None)
    assert found == Verdict(None, "")


def test_progress_is_held_against_the_calendar(sample_street: Path) -> None:
    warehouse = open_current(sample_street)
    assert judged(warehouse, "last_year", "unions_formed_target_progress", period=None) == Verdict(None, "")


def test_every_row_of_changes_has_its_own_verdict(tmp_path: Path) -> None:
    """One community jumps, the other does not; each is judged by its own past."""
    counts = {**steady(30, y2018_12=80), **{(1, month): n for (_i, month), n in steady(30).items()}}
    counts[1, NOW] = 34
    warehouse = tiny.write(street_of(counts), tmp_path)
    found = changes(warehouse, Question("disputes_received", ("community",), NOW, period="month"), "last_year")
    assert [verdict(warehouse, one).is_beyond for one in found] == [True, False]


def test_by_cause_the_main_cause_counts(tmp_path: Path) -> None:
    """A case of causes 04 and 01 stands under 04: its change is judged there and not under 01."""
    street = street_of(steady(5))
    for number in range(41):
        month = NOW if number else LAST_YEAR
        tiny.dispute(street, 9000 + number, street.communities[0], month + timedelta(days=1), causes=["04", "01"])
    warehouse = tiny.write(street, tmp_path)
    found = changes(warehouse, Question("disputes_received", ("cause",), NOW, period="month"), "last_year")
    verdicts = {one.keys["cause_id"]: verdict(warehouse, one).is_beyond for one in found}
    assert verdicts == {"04": True, "01": None}


def test_a_rate_is_judged_over_its_workers(tmp_path: Path) -> None:
    """Twice the cases of twice the workers is the same rate; of the same workers it is more than chance."""
    counts = steady(30, y2018_12=70)
    same = street_of(counts)
    doubled = street_of(counts)
    for record in doubled.rows("enterprise_month"):
        record["workers"] = 1150 if record["month"] == NOW else 500
    rate = "disputes_per_1000_workers"
    assert judged(tiny.write(same, tmp_path / "a"), metric=rate).is_beyond is True
    assert judged(tiny.write(doubled, tmp_path / "b"), metric=rate).is_beyond is False


def test_members_join_in_groups(tmp_path: Path) -> None:
    """200 more members of one union are one event; 200 unions with one more each are many."""
    street = tiny.blank(1, date(2016, 1, 1), 36)
    (community,) = street.communities
    for month in street.months:
        street.add("community_month", community_id=community, month=month)
        tiny.report(street, "member", community, month, "received")
        for union in range(60):
            joined = 1 if union < 10 else 0
            if month == NOW:
                joined = 200 if union == 0 else joined
            facts = {"members": 500, "verified": 0, "is_verifiable": True, "union_name": f"示例工会{union}"}
            street.add("member_month", union_id=f"u{union}", month=month, community_id=community, joined=joined,
                       **facts, **tiny.place(union))  # fmt: skip
    street.add("ledger_kind", ledger="member", title="会员名册", mode="register", due_unit="community", kind_order=9)
    one = tiny.write(street, tmp_path / "a")
    for record in street.rows("member_month"):
        if record["month"] == NOW:
            record["joined"] = 4
    many = tiny.write(street, tmp_path / "b")
    for warehouse, expected in ((one, False), (many, True)):
        found = change(warehouse, Question("members_joined", month=NOW, period="month"), "last_year")
        assert (found.difference or 0) > 190 and verdict(warehouse, found).is_beyond is expected


def test_a_change_made_by_hand_is_not_judged() -> None:
    """Without the questions behind it there are no units to look at."""
    basis = None
    bare = Change(None, "宗", "last_year", {}, basis, None, None, 3.0, None, False)  # type: ignore[arg-type]
    assert verdict(None, bare) == Verdict(None, "")  # type: ignore[arg-type]

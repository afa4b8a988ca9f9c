"""异动提示 on small streets and on the sample: what is watched, what is called, what the street's notes change."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from etl.errors import StreetError
from etl.notes import add_note
from metrics.judging.alarms import Watch, answer_alarm, watch
from metrics.judging.watched import REST, watched
from metrics.periods import shift, span
from metrics.question import Question
from metrics.scope import communities
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.metrics import tiny
from tests.metrics.cases import all_reported
from tests.metrics.tiny import TinyStreet

FIRST, END = date(2014, 1, 1), date(2018, 12, 1)
RISE, NOISY = ("大发埔", "01"), "杨美"


def _blank(communities_: int = 3, months: int = 60) -> TinyStreet:
    """Return a street with all reports in and 1,000 workers in every community."""
    return all_reported(communities_, FIRST, months)


def _cases(street: TinyStreet, community: str, month: date, count: int, cause: str = "01") -> None:
    for _case in range(count):
        number = len(street.rows("dispute")) + 1
        tiny.dispute(street, number, community, month + timedelta(days=3), causes=[cause, "04"])


def _usual(street: TinyStreet, mean: float = 1.5) -> None:
    """Add a usual past: 0 to 3 cases a month of 01 and once a year one of 99, in every community."""
    chance = random.Random(4)
    for community in street.communities:
        for month in street.months:
            _cases(street, community, month, chance.choices((0, 1, 2, 3), (2, 5, 4, 1))[0])
            if month.month == 7:
                _cases(street, community, month, 1, "99")


def _open(street: TinyStreet, folder: Path) -> Warehouse:
    return tiny.write(street, folder)


def test_every_case_is_in_one_series(tmp_path: Path) -> None:
    street = _blank()
    _usual(street)
    seen = watched(_open(street, tmp_path), END)
    assert [(one.community, one.cause_id) for one in seen.series] == [
        (name, cause) for name in ("岗头", "马安堂", "五和") for cause in ("01", REST)
    ]
    assert seen.series[1].causes == ("99",)
    assert seen.months == span(FIRST, END)
    by_hand = Counter((row["community_id"], row["cause"], row["received_month"]) for row in street.rows("dispute"))
    for one, counts in zip(seen.series, seen.counts, strict=True):
        causes = one.causes or (one.cause_id,)
        expected = [sum(by_hand[one.community_id, cause, month] for cause in causes) for month in seen.months]
        assert list(counts) == expected
    assert seen.counts.sum() == len(street.rows("dispute"))


def test_what_is_not_reported_is_not_zero_and_is_not_watched(tmp_path: Path) -> None:
    street = _blank()
    _usual(street)
    gone = street.communities[1]
    missing = {(gone, END), (gone, shift(END, -3))}
    for row in street.rows("report"):
        if row["ledger"] == "dispute" and (row["community_id"], row["month"]) in missing:
            row |= {"state": "missing", "holds": False, "shows": False}
    warehouse = _open(street, tmp_path)
    seen, found = watched(warehouse, END), watch(warehouse, END)
    rows = [index for index, one in enumerate(seen.series) if one.community_id == gone]
    assert np.isnan(seen.counts[rows][:, [-1, -4]]).all() and np.isfinite(seen.counts[rows][:, -2]).all()
    assert found.unreported == ("马安堂",) and not found.is_unreported
    assert found.series_watched == len(seen.series) - len(rows)


def test_a_month_that_nobody_reported_is_not_quiet(tmp_path: Path) -> None:
    street = _blank()
    _usual(street)
    for row in street.rows("report"):
        if row["ledger"] == "dispute" and row["month"] == END:
            row |= {"state": "missing", "holds": False, "shows": False}
    found = watch(_open(street, tmp_path), END)
    assert found.is_unreported and not found.is_quiet and found.false_per_year is None and not found.alarms


def test_a_short_past_watches_nothing(tmp_path: Path) -> None:
    street = _blank(months=20)
    _usual(street)
    found = watch(_open(street, tmp_path), street.months[-1])
    assert found == Watch(street.months[-1], 0, None, ())
    assert not found.is_quiet


def test_a_jump_and_a_rise_are_called_with_their_numbers(tmp_path: Path) -> None:
    street = _blank()
    _usual(street)
    jump, rise = street.communities[0], street.communities[2]
    _cases(street, jump, END, 9)
    for month in span(date(2018, 8, 1), END):
        _cases(street, rise, month, 3)
    warehouse = _open(street, tmp_path)
    found = {alarm.community: alarm for alarm in watch(warehouse, END).alarms}
    assert set(found) == {"岗头", "五和"}
    assert found["岗头"].kind == "jump" and found["岗头"].since == END
    assert found["五和"].kind == "slow" and found["五和"].since in span(date(2018, 7, 1), date(2018, 9, 1))
    for alarm in found.values():
        where = (("community", (alarm.community_id,)),)
        asked = ask(warehouse, Question("disputes_received", ("cause",), END, alarm.since, None, where))
        row = asked.find(cause_id="01")
        assert row is not None and row.value == alarm.run_count
        assert alarm.count > alarm.usual_most or alarm.kind == "slow"
        assert alarm.run_count > alarm.run_usual_most and alarm.p < 0.005 and alarm.q <= 0.1
        assert alarm.answer == "open"


def test_more_workers_are_no_rise(tmp_path: Path) -> None:
    street = _blank()
    _usual(street)
    grown, same = street.communities[0], street.communities[1]
    for month in span(date(2018, 8, 1), END):
        for community in (grown, same):
            _cases(street, community, month, 3)
    for row in street.rows("enterprise_month"):
        if row["community_id"] == grown and row["month"] >= date(2018, 8, 1):
            row["workers"] = 3200
    assert {alarm.community for alarm in watch(_open(street, tmp_path), END).alarms} == {"马安堂"}


def test_months_before_the_first_register_count_with_its_workers(tmp_path: Path) -> None:
    street = _blank(1)
    _usual(street)
    for row in street.rows("report"):
        if row["ledger"] == "enterprise" and row["month"] < date(2016, 1, 1):
            row |= {"state": "missing", "holds": False, "shows": False}
    seen = watched(_open(street, tmp_path), END)
    assert (seen.workers == 1000).all()


def test_an_answer_is_kept_for_its_series_and_month(tmp_path: Path) -> None:
    street, notes = _blank(), tmp_path / "notes of"
    notes.mkdir()
    _usual(street)
    for month in span(date(2018, 8, 1), END):
        _cases(street, street.communities[2], month, 3)
    warehouse = _open(street, tmp_path / "street")
    [alarm] = watch(warehouse, END, notes).alarms
    answer_alarm(notes, alarm.series, END, "confirmed", "一家厂欠薪")
    [answered] = watch(warehouse, END, notes).alarms
    assert (answered.answer, answered.reason) == ("confirmed", "一家厂欠薪") and answered.answered_on
    [before] = watch(warehouse, shift(END, -1), notes).alarms
    assert before.answer == "open"
    answer_alarm(notes, alarm.series, END, "no_change")
    assert watch(warehouse, END, notes).alarms[0].answer == "no_change"
    (notes / "notes" / "alarm_answers.csv").write_bytes(b"damaged")
    with pytest.raises(StreetError, match="无法读取"):
        watch(warehouse, END, notes)


@pytest.mark.parametrize(
    ("metric", "place", "is_quiet"),
    [
        ("disputes_received", 2, True), ("disputes_received", None, True), ("disputes_received:cause=01", 2, True),
        ("disputes_received", 0, False), ("disputes_received:cause=04", 2, False), ("coverage_rate", 2, False),
    ],
)  # fmt: skip
def test_a_declared_step_change_is_no_alarm(tmp_path: Path, metric: str, place: int | None, is_quiet: bool) -> None:
    street, notes = _blank(), tmp_path / "notes of"
    notes.mkdir()
    _usual(street)
    for month in span(date(2018, 8, 1), END):
        for community in street.communities if place is None else street.communities[2:]:
            _cases(street, community, month, 3)
    warehouse = _open(street, tmp_path / "street")
    assert watch(warehouse, END, notes).alarms
    community_id = "" if place is None else street.communities[place]
    add_note(notes, "step_changes", metric=metric, community_id=community_id, month="2018-08", reason="新增渠道")
    assert bool(watch(warehouse, END, notes).alarms) != is_quiet


@pytest.fixture(scope="module")
def sample(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


def test_the_planted_rise_is_called_within_three_months_and_until_the_end(sample: Warehouse) -> None:
    called = {}
    for month in span(date(2018, 1, 1), END):
        for alarm in watch(sample, month).alarms:
            if (alarm.community, alarm.cause_id) == RISE:
                called[month] = alarm
    assert min(called) == date(2018, 6, 1)  # three months after March
    assert set(called) == set(span(date(2018, 6, 1), END))
    assert all(alarm.kind == "slow" for alarm in called.values())
    assert called[END].since == date(2018, 3, 1) and called[END].run_count == 32


def test_the_noisy_month_is_not_called_a_rise(sample: Warehouse) -> None:
    for month in span(date(2018, 8, 1), END):
        assert [a for a in watch(sample, month).alarms if a.community == NOISY and a.kind == "slow"] == []


def test_the_sample_is_otherwise_quiet(sample: Warehouse) -> None:
    others = {
        (alarm.community, alarm.cause_id)
        for month in span(date(2018, 1, 1), END)
        for alarm in watch(sample, month).alarms
        if (alarm.community, alarm.cause_id) != RISE
    }
    assert len(others) <= 2  # said: about one false one a year, and the noisy month may be a jump


def test_the_sample_december_is_watched_but_where_it_is_not_reported(sample: Warehouse) -> None:
    found, seen = watch(sample, END), watched(sample, END)
    assert found.unreported == ("第五园",)
    known = {one.community for one, counts in zip(seen.series, seen.counts, strict=True) if np.isfinite(counts[-1])}
    assert known == {community.title for community in communities(sample)} - {"第五园"}
    assert 40 <= found.series_watched <= len(seen.series)
    assert found.false_per_year is not None and 0.2 < found.false_per_year < 2


def test_the_sample_series_are_the_cases_of_the_warehouse(sample: Warehouse) -> None:
    """A second way: plain counting over the dispute table."""
    query = "select community_id, cause, received_month from core.dispute where received_month >= $first"
    by_hand = Counter(sample.cursor().execute(query, {"first": FIRST}).fetchall())
    seen = watched(sample, END)
    for one, counts in zip(seen.series, seen.counts, strict=True):
        causes = [None if cause == "unknown" else cause for cause in one.causes or (one.cause_id,)]
        for month, count in zip(seen.months, counts, strict=True):
            expected = sum(by_hand[one.community_id, cause, month] for cause in causes)
            assert count == expected or (np.isnan(count) and one.community == "第五园" and month == END)

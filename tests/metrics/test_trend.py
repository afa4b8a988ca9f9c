"""Trends: which months carry limits, what is never judged, and the same limits in whatever window they are shown."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from etl.errors import QuestionError
from metrics.judging.trend import Trend, series_of, trend, trends
from metrics.periods import shift
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.metrics import tiny
from tests.metrics.cases import all_reported
from tests.metrics.tiny import TinyStreet

FIRST, END = date(2016, 1, 1), date(2018, 12, 1)
QUIET = (4, 6, 5, 3, 7, 5, 4, 6, 5, 5, 3, 7)


def street_of(counts: list[int], first: date = FIRST, communities: int = 1) -> TinyStreet:
    """Return a street whose first community has so many cases month by month, all reports in."""
    street = all_reported(communities, first, len(counts))
    number = 0
    for month, count in zip(street.months, counts, strict=True):
        for _case in range(count):
            number += 1
            tiny.dispute(street, number, street.communities[0], month + timedelta(days=3), causes=["01"])
    return street


def states(street: TinyStreet, ledger: str, month: date, state: str, community: int = 0) -> None:
    """Change the state of one community's report of one month."""
    for record in street.rows("report"):
        if (record["ledger"], record["month"], record["community_id"]) == (
            ledger,
            month,
            street.communities[community],
        ):
            record |= {"state": state, "holds": state != "missing", "shows": state != "missing"}


def of(warehouse: Warehouse, metric: str = "disputes_received", street: Path | None = None, **more: object) -> Trend:
    return trend(warehouse, Question(metric, month=END, **more), street)  # type: ignore[arg-type]


def signals(found: Trend) -> dict[str, str]:
    return {f"{point.month:%Y-%m}": point.signal for point in found.points if point.signal}


def test_limits_are_those_of_two_calendar_years_by_hand(tmp_path: Path) -> None:
    """Mean 5, σ √5, Winterbottom's 4/3; the moving ranges are small, so nothing is widened."""
    found = of(tiny.write(street_of([*QUIET * 3]), tmp_path))
    assert (found.chart, found.baseline, found.without_limits) == ("c", (FIRST, date(2017, 12, 1)), None)
    assert {point.centre for point in found.points} == {5.0}
    assert found.last.upper == pytest.approx(5 + 3 * 5**0.5 + 4 / 3)
    assert found.last.lower == 0.0
    assert [point.value for point in found.points] == [*QUIET * 3]
    assert signals(found) == {}


def test_a_rise_after_the_two_years_stands_out_and_does_not_hide_itself(tmp_path: Path) -> None:
    found = of(tiny.write(street_of([*QUIET * 2, *QUIET[:3], 20, 8, 8, 9, 8, 9, 8, 9, 8]), tmp_path))
    assert found.last.centre == 5.0
    assert signals(found) == {"2018-04": "outside", **{f"2018-{month:02}": "shift" for month in range(5, 13)}}
    assert found.last.side == 1 and found.last.is_above


def test_the_window_shown_changes_no_limit(tmp_path: Path) -> None:
    """Twelve months, three years, four years: a month has one range, whatever stands beside it."""
    warehouse = tiny.write(street_of([9, 0, 8, 1] * 3 + [*QUIET * 3], date(2015, 1, 1)), tmp_path)
    shown = [of(warehouse, start=start).last for start in (END, date(2018, 1, 1), None, date(2015, 1, 1))]
    assert len({(point.lower, point.centre, point.upper) for point in shown}) == 1
    assert len(of(warehouse, start=date(2018, 3, 1)).points) == 10
    assert len(of(warehouse).points) == 36


def test_a_month_not_reported_is_no_zero(tmp_path: Path) -> None:
    """It has no value, makes no limit, and is not judged; the band goes on."""
    street = street_of([*QUIET * 3])
    states(street, "dispute", date(2017, 5, 1), "missing")
    street.tables["dispute"] = [d for d in street.rows("dispute") if d["received_month"] != date(2017, 5, 1)]
    found = of(tiny.write(street, tmp_path))
    point = next(point for point in found.points if point.month == date(2017, 5, 1))
    assert point.value is None and point.is_partial and not point.is_judged and point.upper is not None
    assert point.centre == pytest.approx((120 - 7) / 23)


def test_an_incomplete_month_is_marked_and_not_judged(tmp_path: Path) -> None:
    """One of two communities missing: whatever the other's count, nothing is said and no limit is made from it."""
    street = street_of([*QUIET * 2, *QUIET[:11], 60], communities=2)
    states(street, "dispute", END, "missing", community=1)
    states(street, "dispute", FIRST, "missing", community=1)
    found = of(tiny.write(street, tmp_path))
    assert found.last.is_partial and found.last.value == 60 and found.last.signal == "" and not found.last.is_judged
    assert found.points[0].is_partial and found.last.centre == pytest.approx((120 - 4) / 23)


def test_too_few_months_give_no_limits_and_say_so(tmp_path: Path) -> None:
    """Eleven are too few, twelve are not."""
    first = date(2018, 2, 1)
    eleven = of(tiny.write(street_of([*QUIET[:11]], first), tmp_path / "a"))
    assert eleven.without_limits == "报齐的只有11个月，不足12个月，暂不计算正常波动范围。"
    assert {(p.centre, p.lower, p.upper, p.signal) for p in eleven.points} == {(None, None, None, "")}
    twelve = of(tiny.write(street_of([*QUIET], date(2018, 1, 1)), tmp_path / "b"))
    assert twelve.without_limits is None and twelve.baseline == (date(2018, 1, 1), END)


def test_a_carried_register_is_no_new_point(tmp_path: Path) -> None:
    """Half-yearly registers are six points in three years, not thirty-six."""
    street = street_of([0] * 36)
    for record in street.rows("report"):
        if record["ledger"] == "enterprise":
            is_new = record["month"].month in (6, 12)
            record |= {"state": "received" if is_new else "carried", "as_of": shift(record["month"], -1)}
    found = of(tiny.write(street, tmp_path), "coverage_rate")
    assert [point.is_carried for point in found.points] == [point.month.month not in (6, 12) for point in found.points]
    assert found.without_limits == "名册不是每月新报，可用的只有6期，不足12期，暂不计算正常波动范围。"
    assert all(point.signal == "" for point in found.points)


def test_registers_new_in_one_community_and_carried_in_another_are_incomplete(tmp_path: Path) -> None:
    street = street_of([0] * 36, communities=2)
    states(street, "enterprise", END, "carried", community=1)
    for record in street.rows("report"):
        record["as_of"] = date(2018, 6, 30)
    found = of(tiny.write(street, tmp_path), "coverage_rate")
    assert found.last.is_partial and not found.last.is_carried
    assert sum(point.is_partial or point.is_carried for point in found.points) == 1


def test_rates_are_judged_by_their_workers(tmp_path: Path) -> None:
    """The u chart's limits are the c chart's, in cases per 1,000 workers and year."""
    warehouse = tiny.write(street_of([*QUIET * 3]), tmp_path)
    rate, count = of(warehouse, "disputes_per_1000_workers"), of(warehouse)
    assert rate.chart == "u"
    assert rate.last.centre == pytest.approx(count.last.centre and count.last.centre * 12)
    assert rate.last.upper == pytest.approx(count.last.upper and count.last.upper * 12)


def test_each_kind_has_its_chart(sample_street: Path) -> None:
    warehouse = open_current(sample_street)
    charts = {"disputes_received": "c", "unions_formed": "c", "disputes_per_1000_workers": "u", "disputes_open": "xmr",
              "coverage_rate": "xmr", "members_joined": "xmr", "membership_rate_area": "xmr"}  # fmt: skip
    assert {metric: of(warehouse, metric).chart for metric in charts} == charts


def test_what_runs_over_the_year_has_no_limits(sample_street: Path) -> None:
    found = of(open_current(sample_street), "unions_formed_target_progress")
    assert found.without_limits == "本指标按期累计，不计算正常波动范围。" and found.baseline is None
    assert all(point.centre is None for point in found.points)


def test_a_series_is_named_with_its_conditions(tmp_path: Path) -> None:
    street = street_of([*QUIET * 3], communities=2)
    warehouse = tiny.write(street, tmp_path)
    first, second = street.communities

    def name(*where: tuple[str, tuple[str, ...]]) -> tuple[str, str] | None:
        return series_of(warehouse, Question("disputes_received", where=where))

    assert name() == ("disputes_received", "")
    assert name(("community", ("岗头",))) == ("disputes_received", first)
    assert name(("cause", ("04", "01")), ("community", (second,))) == ("disputes_received:cause=01,04", second)
    assert name(("community", (first, second))) is None


def test_many_trends_at_once_are_as_one_by_one(sample_street: Path) -> None:
    """By community each is the trend of its own filter; by cause it is the rows by cause that are judged."""
    warehouse = open_current(sample_street)
    question = Question("disputes_received", ("community",), END, period="month")
    for code, many in trends(warehouse, question).items():
        alone = of(warehouse, where=(("community", (str(code),)),))
        assert [_shape(p) for p in many.points] == [_shape(p) for p in alone.points]
        assert (many.question, many.baseline) == (alone.question, alone.baseline)
    by_cause = trends(warehouse, Question("disputes_received", ("cause",), END, date(2018, 1, 1), "month"))
    asked = ask(warehouse, Question("disputes_received", ("cause", "month"), END, date(2018, 1, 1), "month"))
    for code, found in by_cause.items():
        rows = [row.value for row in asked.rows if row.keys["cause_id"] == code]
        assert [point.value for point in found.points] == (rows or [0] * 12)  # a cause of earlier years only


def _shape(point: object) -> list[object]:
    return [getattr(point, name) for name in ("month", "value", "centre", "lower", "upper", "signal", "is_partial")]


def test_only_months_are_rows(sample_street: Path) -> None:
    with pytest.raises(QuestionError, match="走势只按月份列出"):
        trend(open_current(sample_street), Question("disputes_received", ("cause",)))


def test_the_planted_rise_is_seen_and_the_noisy_month_is_no_rise(sample_street: Path) -> None:
    """大发埔's wage cases from 2018-03 stand out within the half-year; 杨美's August 2018 leaves no run behind it."""
    warehouse = open_current(sample_street)
    rise = of(warehouse, where=(("community", ("大发埔",)), ("cause", ("01",))))
    assert {"outside", "shift"} <= {
        signal for month, signal in signals(rise).items() if "2018-03" <= month <= "2018-08"
    }
    noisy = of(warehouse, where=(("community", ("杨美",)),))
    assert {month for month in signals(noisy) if month >= "2018-01"} <= {"2018-08"}


def test_the_baseline_by_a_naive_reader(tmp_path: Path) -> None:
    """Random counts with months missing: centre and widened limits, computed from the counts alone."""
    chance = random.Random(11)
    for trial in range(6):
        counts = [chance.choice([0, 1, 2, 3, 5, 9, 14]) for _month in range(36)]
        street = street_of(counts)
        missing = {place for place in range(36) if chance.random() < 0.15}
        for place in missing:
            states(street, "dispute", street.months[place], "missing")
        found = of(tiny.write(street, tmp_path / str(trial)))
        base = [count for place, count in enumerate(counts[:24]) if place not in missing]
        mean = sum(base) / len(base)
        ranges = [abs(a - b) for a, b in zip(base, base[1:], strict=False)]
        spread = max(1.0, sum(ranges) / len(ranges) / 1.128 / mean**0.5)
        assert found.points[-1].centre == pytest.approx(mean)
        assert found.points[-1].upper == pytest.approx(mean + 3 * spread * mean**0.5 + 4 / 3 * spread**2)
        assert found.points[-1].lower == pytest.approx(max(mean - 3 * spread * mean**0.5 + 4 / 3 * spread**2, 0))

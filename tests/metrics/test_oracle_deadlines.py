"""Open and overdue deadlines again, from the sample's raw rows: every community and month, and any day between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from metrics.judging.due import due_rows, due_summary
from metrics.periods import shift
from metrics.question import Question
from metrics.scope import months
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.metrics.deadline_rows import Owed, open_on, owed
from tests.metrics.raw_rows import Unit, assert_every_month, reported

METRICS = ("case_steps_open", "case_steps_overdue", "case_steps_overdue_rate", "disputes_overdue")


@dataclass(frozen=True)
class Raw:
    """The sample, its duties as the raw rows tell them, and the community-months that both ledgers reported."""

    warehouse: Warehouse
    duties: list[Owed]
    told: set[tuple[str, date]]
    months: list[date]


@pytest.fixture(scope="module", name="raw")
def raw_(sample_street: Path) -> Raw:
    warehouse = open_current(sample_street)
    told = reported(warehouse, "dispute") & reported(warehouse, "case_step")
    last = max(month for _community, month in told)
    return Raw(warehouse, owed(warehouse), told, [month for month in months(warehouse) if month <= last])


def month_end(month: date) -> date:
    return shift(month, 1) - timedelta(1)


def units_of(metric: str, raw: Raw) -> list[Unit]:
    found: list[Unit] = []
    for month in raw.months:
        end = month_end(month)
        here = open_on(raw.duties, end)
        late = [d for d in here if d.due < end]
        if metric == "disputes_overdue":
            found += [Unit(community, month, 1) for _case, community in {(d.case, d.community) for d in late}]
        elif metric == "case_steps_overdue":
            found += [Unit(d.community, month, 1) for d in late]
        else:
            is_rate = metric == "case_steps_overdue_rate"
            found += [Unit(d.community, month, d.due < end if is_rate else 1) for d in here]
    return found


@pytest.mark.parametrize("metric", METRICS)
def test_every_month_from_the_raw_rows(raw: Raw, metric: str) -> None:
    how = "share" if metric.endswith("rate") else "sum"
    assert assert_every_month(raw.warehouse, metric, how, units_of(metric, raw), raw.told, raw.months) >= 10


def test_a_filter_counts_its_own(raw: Raw) -> None:
    """By channel, and the street: the sum of the rows behind each number."""
    month = raw.months[-1]
    late = [d for d in open_on(raw.duties, month_end(month)) if d.due < month_end(month)]
    answer = ask(raw.warehouse, Question("case_steps_overdue", ("channel",), month))
    found = {row.keys["channel_id"]: row.value for row in answer.rows if row.value}
    assert found == {channel: sum(d.channel == channel for d in late) for channel in {d.channel for d in late}}


@pytest.mark.parametrize("day", [date(2017, 7, 31), date(2018, 2, 17), date(2018, 6, 30), date(2018, 12, 31)])
def test_due_on_any_day_is_what_the_rows_say(raw: Raw, day: date) -> None:
    """The list and the summary of a day agree with the walk, and at a month's end with the metrics."""
    here = open_on(owed(raw.warehouse, day), day)
    found = due_rows(raw.warehouse, day)
    assert sorted((r.case, r.rule, r.started_on, r.due_on) for r in found) == sorted(
        (d.case, d.rule, d.started, d.due) for d in here
    )
    late = [d for d in here if d.due < day]
    summary = due_summary(raw.warehouse, day)
    assert (summary.open_steps, summary.overdue_steps) == (len(here), len(late))
    assert summary.overdue_cases == len({d.case for d in late})
    assert summary.due_soon == sum(day <= d.due <= day + timedelta(7) for d in here)
    month = day.replace(day=1)
    if day == month_end(month):
        late_metric = ask(raw.warehouse, Question("case_steps_overdue", (), month)).row.value
        assert late_metric == sum((d.community, month) in raw.told for d in late)


@pytest.mark.parametrize("month", [date(2017, 7, 1), date(2018, 6, 1), date(2018, 12, 1)])
def test_cases_in_hand_are_those_of_the_metric(raw: Raw, month: date) -> None:
    """By community; one that has not reported keeps its cases here, and is named."""
    silent = []
    for row in ask(raw.warehouse, Question("disputes_open", ("community",), month)).rows:
        name = str(row.keys["community"])
        found = due_summary(raw.warehouse, month_end(month), (("community", (name,)),))
        if row.value is None:
            silent.append(name)
            assert found.unreported == (name,)
        else:
            assert (found.open_cases, found.unreported) == (row.value, ())
    assert due_summary(raw.warehouse, month_end(month)).unreported == tuple(silent)

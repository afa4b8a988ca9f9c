"""历史检验 sees nothing that was not known: against a naive reckoning, and with the future changed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from etl.generations import current_path
from etl.street import open_street
from metrics.judging.backtest import BacktestMonth, backtest
from metrics.judging.backtest_words import VERDICTS
from metrics.periods import shift
from metrics.warehouse import Warehouse, open_current
from tests.etl.naive_levels import Fact, naive
from tests.etl.warning_world import World

Known = tuple[Fact, date]  # a fact and the end of the period that told it
Case = tuple[int, date, int, date]  # enterprise, day, people, end of the period that told it
ENTERPRISES, FIRST, LAST = 12, date(2016, 1, 1), date(2018, 6, 1)
Build = Callable[..., Warehouse]


def month_end(day: date) -> date:
    return shift(day.replace(day=1), 1) - timedelta(days=1)


def history(seed: int) -> tuple[list[Known], list[Case]]:
    """Return facts and disputes of thirty months, some told a month or two late."""
    chance = random.Random(seed)

    def day() -> date:
        return FIRST + timedelta(days=chance.randrange(900))

    facts: dict[tuple[int, str, date], Known] = {}
    for _number in range(140):
        number, indicator, when = (
            chance.randint(1, ENTERPRISES),
            chance.choice(["wage", "move", "insurance", "missing_boss"]),
            day(),
        )
        told = month_end(shift(when.replace(day=1), chance.choice([0, 0, 1, 2])))
        facts[number, indicator, when] = ((number, indicator, float(chance.choice([1, 2])), when), told)
    cases = [
        (chance.randint(1, ENTERPRISES), when, chance.choice([1, 3, 12]), month_end(when))
        for when in (day() for _n in range(70))
    ]
    return list(facts.values()), cases


@pytest.fixture(name="build")
def build_(sample_street: Path, tmp_path: Path) -> Build:
    shapes = current_path(open_street(sample_street))
    assert shapes

    def build(name: str, facts: list[Known], cases: list[Case], count: int = ENTERPRISES) -> Warehouse:
        world = World(shapes, (f"{FIRST:%Y-%m}", f"{LAST:%Y-%m}"))
        world.add("core.setting", key="default_month_share", value="0.8")
        for number in range(1, count + 1):
            world.enterprise(number)
        for row, ((number, indicator, degree, day), told) in enumerate(facts):
            world.fact(number, indicator, degree, f"{day}", f"{told}", row=row)
        for place, (number, day, people, told) in enumerate(cases):
            world.dispute(number, f"{number}/{day}/{place}", f"{day}", people, period_to=f"{told}")
        world.run(tmp_path)
        return Warehouse(tmp_path / name, name, 1, True, "示例", world.connection)

    return build


def naive_month(
    facts: list[Known], cases: list[Case], month: date
) -> tuple[dict[int, float], dict[int, int], dict[int, int]]:
    """Return, as of a month's end, the scores, last year's disputes and the days to the next dispute by enterprise."""
    end = month_end(month)
    known = [fact for fact, told in facts if max(fact[3], told) <= end]
    counts: dict[int, int] = {}
    days: dict[int, int] = {}
    per_month: dict[tuple[int, date], list[Case]] = {}
    for number, day, people, told in cases:
        if shift(month, -11) <= day.replace(day=1) <= month and told <= end:
            counts[number] = counts.get(number, 0) + 1
            per_month.setdefault((number, day.replace(day=1)), []).append((number, day, people, told))
        if month < day.replace(day=1) <= shift(month, 3):
            days[number] = min(days.get(number, 999), (day - end).days)
    known += [
        (number, "demands", float(len(here)), max(case[1] for case in here)) for (number, _m), here in per_month.items()
    ]
    scores = {number: score for number, (score, _level) in naive("longgang_123", known, end, end).items()}
    return scores, counts, days


def assert_month(row: BacktestMonth, facts: list[Known], cases: list[Case], top: int) -> int:
    scores, counts, days = naive_month(facts, cases, row.month)
    ours, trivial = ([int(name.removeprefix("uscc:")) for name in names] for names in (row.listed, row.trivial_listed))
    assert [scores[number] for number in ours] == sorted(scores.values(), reverse=True)[:top], row.month
    assert [counts[number] for number in trivial] == sorted(counts.values(), reverse=True)[: len(ours)], row.month
    for listed, fared in ((ours, row.ours), (trivial, row.trivial)):
        assert (fared.listed, fared.events) == (len(listed), len(days))
        assert fared.lead_days == tuple(days[number] for number in listed if number in days)
    return row.ours.hits


def test_every_month_against_a_naive_reckoning(build: Build) -> None:
    facts, cases = history(5)
    found = backtest(build("naive", facts, cases), top=4)
    assert found.months[0] == date(2016, 12, 1), "a year of disputes is known before"
    assert found.months[-1] == date(2018, 3, 1), "the three months after are over"
    assert sum(assert_month(row, facts, cases, 4) for row in found.rows) == found.summary.ours.hits > 5
    assert found.summary.ours.precision == found.summary.ours.hits / found.summary.ours.listed
    assert 0 < found.group_summary.ours.hits < found.summary.ours.hits


def test_the_future_changes_no_list(build: Build) -> None:
    """What happens or is told after a month's end, the outcome itself above all, is no fact at that month's end."""
    facts, cases = history(6)
    cut = date(2017, 6, 30)
    before = backtest(build("as it was", facts, cases), top=4)
    known = [(fact, told) for fact, told in facts if max(fact[3], told) <= cut]
    late = [
        ((number, "missing_boss", 1.0, cut - timedelta(days=5)), cut + timedelta(days=31)) for number in range(1, 9)
    ]
    moved = [
        ((number, indicator, 2.0, day + timedelta(days=40)), told + timedelta(days=70))
        for (number, indicator, _d, day), told in facts
        if day > cut
    ]
    others = [case for case in cases if case[1] <= cut] + [
        (7, cut + timedelta(days=n), 40, month_end(cut + timedelta(days=n))) for n in (1, 2, 3, 20)
    ]
    after = backtest(build("another future", known + late + moved, others), top=4)
    until = [row for row in before.rows if month_end(row.month) <= cut]
    again = after.rows[: len(until)]
    assert [(r.month, r.listed, r.trivial_listed) for r in until] == [
        (r.month, r.listed, r.trivial_listed) for r in again
    ]
    assert [r.ours for r in until[:-3]] == [r.ours for r in again[:-3]], "months whose window was over"
    assert until[-1].ours != again[-1].ours, "what happened later counts as what happened"
    assert before.rows[len(until) + 1].listed != after.rows[len(until) + 1].listed


def test_a_dispute_is_no_warning_of_itself(build: Build) -> None:
    """Three disputes in a month are a fact from that month on; before it nobody is listed for them."""
    cases = [(1, date(2017, 6, day), 40, date(2017, 6, 30)) for day in (3, 4, 5)]
    found = {row.month: row for row in backtest(build("itself", [], cases)).rows}
    assert found[date(2017, 5, 1)].listed == () and found[date(2017, 5, 1)].ours.events == 1
    assert found[date(2017, 6, 1)].listed == ("uscc:1",) and found[date(2017, 6, 1)].ours.hits == 0


def test_without_history_it_says_so(build: Build) -> None:
    found = backtest(build("nothing", [], []))
    assert not found.beats_trivial and found.sentence == "历史数据不足，暂不能检验评分办法准不准，等级只作风险提示。"


def test_a_scheme_that_does_not_beat_the_trivial_list_says_so(build: Build) -> None:
    """Disputes come where disputes were; the facts speak of others. Two of each would say nothing."""
    months = [shift(FIRST, n) for n in range(30)]

    def known(numbers: Sequence[int], others: Sequence[int]) -> tuple[list[Known], list[Case]]:
        facts = [((n, "missing_boss", 1.0, m.replace(day=5)), month_end(m)) for m in months for n in others]
        return facts, [(n, m.replace(day=9), 2, month_end(m)) for m in months for n in numbers]

    few = backtest(build("few", *known((1, 2), (8, 9)), count=9))
    assert few.summary.verdict == "unknown" and few.sentence.startswith("历史数据不足")
    found = backtest(build("trivial", *known(range(1, 21), range(21, 41)), count=40))
    assert found.summary.verdict == "worse" and not found.beats_trivial
    assert found.sentence.endswith(VERDICTS["worse"]) and "占0.0%" in found.sentence and "占100.0%" in found.sentence


def test_the_sample_is_tested_month_by_month(sample_street: Path) -> None:
    warehouse = open_current(sample_street)
    found = backtest(warehouse)
    assert found.scheme and found.scheme.id == "longgang_123" and len(found.rows) == len(found.months) >= 20
    assert found.months[-1] == date(2018, 9, 1) and found.unmatched <= found.disputes
    assert all(len(row.listed) <= 20 and len(row.listed) >= len(row.trivial_listed) for row in found.rows)
    assert found.sentence.startswith("2016年11月至2018年9月逐月检验（只用当月末已知的事实）")
    assert found.beats_trivial == (found.summary.low is not None and found.summary.low > 0)
    other = backtest(warehouse, "baoan_2004")
    assert other.scheme and other.scheme.id == "baoan_2004" and other.rows != found.rows

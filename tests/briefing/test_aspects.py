"""Sides of an answer that the sample's sentences do not show in all their forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefing.aspects import ASPECTS, fact, numbers
from briefing.aspects.changes import together
from briefing.model import Fact, Origin, plain
from briefing.sentences import normal as said_once
from briefing.sentences.scope import Scope
from briefing.source import Source
from metrics.judging.chance import Verdict
from metrics.question import Row
from metrics.reports import ReportState
from metrics.warehouse import Warehouse, open_current

MONTH = date(2018, 12, 1)
COVERAGE = Origin("part", "coverage_rate", MONTH)


@pytest.fixture(scope="module")
def warehouse(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


def text(source: Source, origin: Origin) -> str | None:
    found = fact(source, origin)
    return None if found is None else found.text


def test_the_parts_of_a_numerator_add_up(warehouse: Warehouse) -> None:
    """单独建会 and 工联会覆盖 are all that is 已建会; a part that there is not says nothing."""
    source = Source(warehouse)
    parts = [text(source, replace(COVERAGE, of=part)) or "" for part in ("own", "covered")]
    whole = text(source, replace(COVERAGE, aspect="numerator")) or ""
    assert all(part.endswith("家") for part in parts)
    assert sum(int(part[:-1].replace(",", "")) for part in parts) == int(whole.replace(",", ""))
    assert text(source, replace(COVERAGE, of="other")) is None


@pytest.mark.parametrize(
    ("value", "month", "said"),
    [
        (None, 6, None), (0.0, 1, "慢于时序进度"), (7 / 12, 7, "与时序进度持平"), (0.584, 7, "快于时序进度"),
        (0.583, 7, "慢于时序进度"), (0.999, 12, "慢于时序进度"), (1.0, 12, "已完成"), (1.0, 3, "已完成"), (1.005, 12, "已超额完成"),
    ],
)  # fmt: skip
def test_a_year_s_progress_beside_the_calendar(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, value: float | None, month: int, said: str | None
) -> None:
    """Seven twelfths in July are on time, whatever floating point makes of them."""
    row = Row({}, value, 1.0, value, None, None, 1, 1, 0, False, None)
    monkeypatch.setattr(numbers, "answer", lambda _source, _origin: type("Answer", (), {"row": row}))
    assert ASPECTS["pace"](Source(warehouse), Origin("pace", "x", date(2018, month, 1))) == said


@pytest.mark.parametrize(
    ("states", "day"),
    [
        ([("carried", date(2018, 6, 30)), ("carried", date(2018, 8, 31))], "2018年8月末"),
        ([("carried", date(2018, 6, 30)), ("missing", None)], "2018年6月末"),
        ([("carried", date(2018, 6, 30)), ("received", date(2018, 12, 31))], None),
        ([("carried", date(2018, 6, 30)), ("nil", None)], None),
        ([("received", date(2018, 12, 31))], None),
    ],
)
def test_registers_are_carried_where_none_is_of_the_month(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, states: list[tuple[str, date | None]], day: str | None
) -> None:
    """The newest of them tells the day; one new register makes the number the month's."""
    found = tuple(
        ReportState("enterprise", "企业台账", f"{number}", "岗头", True, state, as_of)
        for number, (state, as_of) in enumerate(states)
    )
    monkeypatch.setattr(numbers, "report_states", lambda _warehouse, _month, _ledger: found)
    assert text(Source(warehouse), replace(COVERAGE, aspect="carried")) == day
    assert text(Source(warehouse), replace(COVERAGE, aspect="until")) == (day or "2018年12月末")


def test_what_rounds_to_nothing_is_not_judged(warehouse: Warehouse) -> None:
    """88.3 % in June and at the year's start: 持平 is no 正常波动, though the 2,796 are not the 2,763."""
    scope = Scope(Source(warehouse), date(2018, 8, 1))
    assert plain(scope.changed("coverage_rate", "year_start")) == "与2017年12月末持平"
    assert plain(scope.changed("membership_rate_area", "year_start")).endswith("提高1.4个百分点，属正常波动")


def test_an_origin_of_many_changes_is_read_again(warehouse: Warehouse) -> None:
    """What several changes have in common knows each of them: metric, period, first month, against what."""
    source = Source(warehouse)
    normal = Origin("change", "disputes_received", MONTH, "month", of="last_year")
    risen = Origin("change", "coverage_rate", MONTH, of="year_start")
    assert text(source, together([normal, replace(normal, period="ytd")])) == "属正常波动"
    assert text(source, together([risen])) == "超出正常波动"
    assert text(source, together([normal, risen])) is None
    two_months = replace(normal, period=None, start=date(2018, 11, 1))
    assert text(source, together([normal, two_months])) == "属正常波动"


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ([Verdict(False), Verdict(False)], "以上变化均属正常波动。"),
        ([Verdict(False), Verdict(False), Verdict(True)], "其余变化均属正常波动。"),
        ([Verdict(False), Verdict(False), Verdict(None)], "能作判断的其余变化均属正常波动。"),
        ([Verdict(False), Verdict(True)], None),
        ([Verdict(False), Verdict(False), Verdict(None, "春节前后"), Verdict(None, "春节早晚不同")], None),
    ],
)
def test_what_is_said_once(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, verdicts: list[Verdict], said: str | None
) -> None:
    """Never more than is true of all; two reasons cannot be told in one."""
    origins = [Origin("change", f"metric{number}", MONTH, of="last_year") for number in range(len(verdicts))]
    known = dict(zip(origins, verdicts, strict=True))
    monkeypatch.setattr(said_once, "changed", lambda _source, _origin: _Moved())
    monkeypatch.setattr(said_once, "verdict_of", lambda _source, origin: known[origin])
    monkeypatch.setattr(said_once, "fact", lambda _source, origin: Fact("属正常波动", origin))
    found = said_once.normal(Scope(Source(warehouse), MONTH), [Fact("增加3宗", origin) for origin in origins])
    assert (found and found.text) == said


class _Moved:
    """A change of which only that it is one is asked."""

    difference = 1.0

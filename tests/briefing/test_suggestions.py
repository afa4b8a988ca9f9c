"""提请研究事项 that the program suggests: each with the numbers that were asked, none in public, none once answered."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from briefing import suggestions as told_of
from briefing import typed
from briefing.aspects import ASPECTS
from briefing.model import Missing, facts
from briefing.source import Source
from briefing.suggestions import Suggestion, suggestions
from metrics.judging.alarms import answer_alarm
from metrics.phrases import schedule_share
from metrics.question import Question
from metrics.reports import ReportSummary, report_states
from metrics.warehouse import Warehouse, open_current

JUNE, NOVEMBER, DECEMBER = date(2018, 6, 1), date(2018, 11, 1), date(2018, 12, 1)


@pytest.fixture(scope="module")
def warehouse(sample_street: Path) -> Warehouse:
    """Return the sample's newest generation."""
    return open_current(sample_street)


def _found(source: Source, month: date) -> dict[str, Suggestion]:
    return {one.id: one for one in suggestions(source, month)}


def test_a_ledger_that_is_not_in_is_named_with_who_owes_it(warehouse: Warehouse) -> None:
    missing = [s.community for s in report_states(warehouse, DECEMBER, "dispute") if s.is_missing]
    assert missing == ["第五园"]
    found = _found(Source(warehouse), DECEMBER)["report:dispute"]
    assert found.text == "2018年12月劳资纠纷台账未报：第五园社区，建议研究督促报送。"
    assert found.unit == "第五园社区工联会"
    assert "report:dispute" not in _found(Source(warehouse), NOVEMBER)


def test_a_ledger_that_the_street_owes_is_the_streets(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    owed = ReportSummary("target", "年度任务台账", DECEMBER, 1, 0, 0, (warehouse.street,))
    monkeypatch.setattr(told_of.reports, "summary", lambda *_: (owed,))
    found = _found(Source(warehouse), DECEMBER)["report:target"]
    assert (found.text, found.unit) == ("2018年12月年度任务台账未报：坂田街道，建议研究督促报送。", "街道总工会")


@pytest.mark.parametrize("metric", told_of.PROGRESS)
def test_who_is_behind_the_calendar_is_named_with_how_far(warehouse: Warehouse, metric: str) -> None:
    source = Source(warehouse)
    rows = source.answer(Question(metric, ("community",), NOVEMBER)).rows
    behind = [
        row.keys["community"] or "" for row in rows if row.value is not None and row.value < schedule_share(NOVEMBER)
    ]
    others = [row.keys["community"] or "" for row in rows if row.keys["community"] not in behind]
    text = _found(source, NOVEMBER)[f"behind:{metric}"].text
    assert behind and others and all(name in text for name in behind) and not any(name in text for name in others)
    assert "低于时序进度（92%）" in text and text.startswith("1—11月")
    assert text.index(behind[0]) < text.index(behind[-1])  # the official order, not the worst first


def test_alarms_are_suggested_until_they_are_answered(warehouse: Warehouse, tmp_path: Path) -> None:
    source = Source(warehouse, tmp_path)
    series = "440307013018|01"
    assert "（待核实），建议研究处置。" in _found(source, DECEMBER)[f"alarm:{series}"].text
    answer_alarm(tmp_path, series, DECEMBER, "confirmed")
    assert "（已核实，属实），建议研究处置。" in _found(source, DECEMBER)[f"alarm:{series}"].text
    answer_alarm(tmp_path, series, DECEMBER, "no_change")
    assert f"alarm:{series}" not in _found(source, DECEMBER)


@pytest.mark.parametrize(
    ("deadline", "is_done", "is_told"),
    [("2018-12-20", False, True), ("2018-12-31", False, True), ("2018-12-20", True, False), ("2019-01-01", False, False),
     ("年底前", False, False), ("", False, False)],
)  # fmt: skip
def test_a_matter_past_its_day_is_suggested(
    warehouse: Warehouse, tmp_path: Path, deadline: str, is_done: bool, is_told: bool
) -> None:
    item = typed.add_assigned(tmp_path, NOVEMBER, "换届", "岗头社区工联会", deadline, is_done=is_done)
    found = _found(Source(warehouse, tmp_path), DECEMBER).get(f"assigned:{item}")
    assert (found is not None) == is_told
    if found:
        assert "“换届”已到时限（2018年12月" in found.text and found.unit == "岗头社区工联会"


@pytest.mark.parametrize("month", [JUNE, NOVEMBER, DECEMBER])
def test_every_number_is_asked_and_every_suggestion_can_be_taken_over(warehouse: Warehouse, month: date) -> None:
    source = Source(warehouse)
    found = suggestions(source, month)
    assert found and not [one for one in found if isinstance(one, Missing)]
    for one in found:
        for each in facts(one.parts):
            assert ASPECTS[each.origin.aspect](source, each.origin) == each.text
        literals = "".join(part for part in one.parts if isinstance(part, str))
        assert re.sub(r"\d+年|\d+(—\d+)?月", "", literals) == re.sub(
            r"\d", "", re.sub(r"\d+年|\d+(—\d+)?月", "", literals)
        )
        assert len(one.text) <= 300 and one.text.endswith("。") and "{" not in one.text and one.unit


def test_the_office_alone_gets_suggestions(warehouse: Warehouse) -> None:
    assert suggestions(Source(warehouse, audience="public"), DECEMBER) == ()

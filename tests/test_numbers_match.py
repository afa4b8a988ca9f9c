"""Every number on every page is a number of `metric --json`: the walk that the program promises.

A page is opened, the questions behind it are put to the terminal, and every figure that the page shows with a measure
word or a per-cent sign has to be one of the terminal's numbers, or the difference of two of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import cli
from metrics.catalogue import catalogue
from metrics.changes import Change
from metrics.judging.covering import covering, enterprises_within
from metrics.judging.due import due_summary
from metrics.judging.giants import giants
from metrics.judging.parks import counts, of_park, owned
from metrics.judging.pilot import judged, outcomes, pilots
from metrics.judging.stages import endings, stage_curves, step_flows
from metrics.judging.where import smoothed
from metrics.periods import shift
from metrics.question import Question
from metrics.targets.progress import progress
from metrics.targets.prospects import drive
from metrics.warehouse import open_current
from pages import PAGES, PageEntry
from pages.parts.header import month_end
from pages.parts.organising.drive_list import TOP
from tests.pages_walk import Asked, figures, open_page, shown

Capture = pytest.CaptureFixture[str]
NUMBER = re.compile(r"(?<![\d.,年—-])(\d[\d,]*(?:\.\d+)?)(%|个百分点|家|宗|人)")
# What is no number of a metric: dates, targets and thresholds that the street sets, what an alarm counts over its months
# (against loops by hand: tests/metrics/test_alarms.py).
NOT_MEASURED = re.compile(
    r"(?:%[0-9A-F]{2})+|\[\d+%\](?=[^|]*\|[^|]*；时序进度)|共\d+宗（通常不超过\d+宗）|目标\d[\d.]*%|任务[\d,]+家|时序进度\d+%|\d+人以[上下]|不足\d+人|参考范围的\d+%|95%|99\.8%"
)


TOLD: dict[tuple[str, ...], dict[str, Any]] = {}  # a generation does not change, and pages ask alike


def _terminal(capsys: Capture, *words: str) -> dict[str, Any]:
    if words not in TOLD:
        TOLD[words] = _said(capsys, *words)
    return TOLD[words]


def _said(capsys: Capture, *words: str) -> dict[str, Any]:
    capsys.readouterr()
    code = cli.main(["metric", *words, "--json"])
    said = capsys.readouterr().out
    assert code == 0, said
    answer: dict[str, Any] = json.loads(said)
    return answer


def _words(question: Question, street: Path) -> list[str]:
    """Return a question as the words of a `metric` command."""
    words = [question.metric, "--street", str(street)]
    if question.by:
        words += ["--by", ",".join(question.by)]
    for name, day in (("--month", question.month), ("--from", question.start)):
        words += [name, f"{day:%Y-%m}"] if day else []
    words += ["--period", question.period] if question.period else []
    for dimension, values in question.where:
        words += [part for value in values for part in ("--where", f"{dimension}={value}")]
    return words


# Each page as the menu opens it, and some as links open them: another month, indicator, community, industry.
LINKS: dict[str, dict[str, str]] = {
    "briefing": {"month": "2017-12"},
    "map": {"metric": "membership_rate_area", "month": "2018-06", "industry": "C", "community": "440307013020"},
    "compare": {"metric": "disputes_per_1000_workers"},
    "disputes": {"community": "440307013020", "start": "2018-01"},
    "hazards": {"month": "2018-06", "community": "440307013020", "part": "rewards"},
    "cases": {"month": "2018-09", "community": "440307013018"},
    "issue": {"month": "2018-09", "part": "origins"},
    "organising": {"part": "targets"},
    "services": {"month": "2018-11", "part": "services"},
    "staff": {"month": "2018-12", "part": "contracts"},
    "parks": {"park": "zhonghao"},
    "profile": {"community": "440307013002"},
}
WALK: list[tuple[PageEntry, dict[str, str]]] = [(entry, {}) for entry in PAGES] + [
    (entry, LINKS[entry.url_path]) for entry in PAGES if entry.url_path in LINKS
]


@pytest.fixture(scope="module", params=WALK, ids=lambda step: f"{step[0].url_path}{'-link' if step[1] else ''}")
def walked(request: pytest.FixtureRequest, sample_street: Path) -> Iterator[tuple[dict[str, str], Asked, Any]]:
    """Yield each page, opened once, with what it asked."""
    asked = Asked()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UNION_ATLAS_STREET", str(sample_street))
        asked.listen(patch)
        yield request.param[1], asked, open_page(*request.param)


def test_answers_are_the_terminals(walked: Any, sample_street: Path, capsys: Capture) -> None:
    """What a page was told is what the terminal says to the same question, to the last digit."""
    _link, asked, _app = walked
    for question, answer in asked.answers.items():
        said = _terminal(capsys, *_words(question, sample_street))
        for row in said["rows"]:
            row.pop("approximate_base", None)  # the terminal says it; a page asks for the other side itself
        assert said == json.loads(json.dumps(answer.as_dict(), default=str)), question


def test_links_are_followed(walked: Any) -> None:
    """A link's indicator, month and community are what the page asks about: the walk does not see defaults twice."""
    link, asked, _app = walked
    questions = [*asked.answers, *asked.lists]
    if "metric" in link:
        assert any(question.metric == link["metric"] for question in questions)
    if "month" in link:
        assert any(question.month and f"{question.month:%Y-%m}" == link["month"] for question in questions)
    for name in {"community", "industry"} & set(link):
        assert any((name, (link[name],)) in question.where for question in questions)


def test_lists_are_the_terminals(walked: Any, sample_street: Path, capsys: Capture) -> None:
    """A list on a page holds the very rows of `metric ID --rows`."""
    _link, asked, _app = walked
    for question, frame in asked.lists.items():
        said = _terminal(capsys, *_words(question, sample_street), "--rows")["rows"]
        assert [row["unit_id"] for row in said] == frame["unit_id"].to_list(), question
        assert [row["value"] for row in said] == frame["value"].to_list(), question


def _of_row(row: dict[str, Any]) -> Iterator[float]:
    numbers = [row[name] for name in ("value", "low", "high", "numerator", "denominator", "item_missing")]
    yield from (number for number in (*numbers, *(row["parts"] or {}).values()) if number is not None)


def _of_change(change: Change) -> Iterator[float]:
    """Yield a change anew from its two ends: the difference and, over a base, the relative one."""
    if change.now is None or change.before is None or change.now.value is None or change.before.value is None:
        return
    difference = abs(change.now.value - change.before.value)
    yield difference
    if change.before.value:
        yield difference / change.before.value


def _short_of_goal(row: dict[str, Any], goals: tuple[float, ...]) -> Iterator[float]:
    """Yield how many are missing to a target, as 还差10家 says it."""
    if row["denominator"]:
        yield from (-(-goal * row["denominator"] // 1) - row["numerator"] for goal in goals)


def _from_the_street(asked: Asked) -> Iterator[float]:
    """Yield how far each community is from the street as a whole, which must have been asked in the same words."""
    for question, answer in asked.answers.items():
        street = asked.answers.get(replace(question, by=()))
        if question.by == ("community",) and street is not None and street.row.value is not None:
            yield from (abs(row.value - street.row.value) for row in answer.rows if row.value is not None)


def _of_giants(asked: Asked, street: Path) -> Iterator[float]:
    """Yield the rates without the largest enterprise (against plain loops: tests/metrics/test_giants.py)."""
    for question in asked.answers:
        if question.by == ("community",):
            for giant in giants(open_current(street), question).values():
                yield from (giant.workers_share, giant.numerator, giant.denominator, giant.value or 0.0)


def _of_smoothing(asked: Asked, street: Path) -> Iterator[float]:
    """Yield the smoothed values (against loops by hand and PySAL: tests/metrics/test_where.py, tests/analysis)."""
    for question in asked.answers:
        if question.by == ("community",) and (found := smoothed(open_current(street), question)):
            yield from (row.value for row in found.rows if row.value is not None)


def _of_clocks(asked: Asked, street: Path) -> Iterator[float]:
    """Yield what the clocks of a month's end add to the metrics (against loops by hand: tests of metrics.judging.due)."""
    for question, answer in asked.answers.items():
        if question.metric == "disputes_overdue":
            yield due_summary(open_current(street), month_end(answer.month)).group_cases


def _of_handling(asked: Asked, street: Path) -> Iterator[float]:
    """Yield the cases behind 纠纷办理's clocks, stages, moves and endings (against loops by hand: tests/metrics)."""
    for question in asked.answers:
        if question.metric == "case_steps_overdue_rate" and question.month:
            warehouse, month, where = open_current(street), question.month, question.where
            found = due_summary(warehouse, month_end(month), where)
            yield from (found.open_cases, found.overdue_cases, found.group_cases)
            yield from (n for curve in stage_curves(warehouse, month, where) for n in (curve.ended, curve.open))
            yield from (flow.count for flow in step_flows(warehouse, (shift(month, -11), month), where))
            yield from (n for ending in endings(warehouse, month, where) for n in (ending.count, ending.of))


def _of_pilots(asked: Asked, street: Path) -> Iterator[float]:
    """Yield what 试点成效 makes of before and after (against plain Python: tests/metrics/test_pilot.py, tests/analysis)."""
    warehouse = open_current(street)
    for question in asked.answers:
        if question.period == "quarter" and question.metric in outcomes() and question.month:
            for pilot in pilots(warehouse):
                found = judged(warehouse, pilot, question.metric, question.month)
                for effect in filter(None, (found.effect, found.earlier)):
                    ends = (effect.effect, effect.low, effect.high, effect.level, found.detectable or 0.0)
                    yield from (abs(end) for end in (*ends, 1 - effect.level, *effect.gaps, *effect.usual))
                    yield from (abs(after - before) for before, after in (effect.own, effect.others))


def _of_owners(asked: Asked, street: Path) -> Iterator[float]:
    """Yield whose the parks' enterprises are (against loops by hand: tests/metrics/test_parks.py)."""
    for question in asked.answers:
        if question.by == ("park",) and question.month:
            found = owned(open_current(street), question.month)
            for inside in (found, *(of_park(found, park) for park in {one.park_id or "" for one in found})):
                yield from (len(inside), *counts(inside))


def _of_drive(asked: Asked, street: Path) -> Iterator[float]:
    """Yield what 组建攻坚's sentence counts (against loops by hand: tests/metrics/test_oracle_prospects.py)."""
    for question in asked.answers:
        if question.metric == "coverage_rate" and not question.by and question.month and not question.period:
            found = drive(open_current(street), question.month, question.where)
            yield from (found.workers, found.unknown, found.with_duty, found.by_park, found.planned, found.reasoned)
            yield found.elsewhere
            total = len(found.prospects)
            yield from (total, total - found.unknown, sum("区位" not in one.unclear for one in found.prospects))
            workers, share = found.top(TOP)
            yield from (TOP, workers, share or 0.0)


def _of_targets(asked: Asked, street: Path) -> Iterator[float]:
    """Yield what `union-atlas targets` gives: done, target, share and the year that is over (tests/metrics/test_targets.py)."""
    for month in {question.month for question in asked.answers if question.period == "ytd" and question.month}:
        for one in progress(open_current(street), month):
            said = (one.done, one.target, one.share, one.schedule, one.stated)
            ends = (one.forecast.low, one.forecast.high) if one.forecast else ()
            yield from (number for number in (*said, *ends) if number is not None)


def _of_reach(asked: Asked, street: Path) -> Iterator[float]:
    """Yield who is within reach of a facility, and the map's dots, about 100 m of enterprises each, by a plain loop."""
    for question in asked.answers:
        if question.metric == "workers_within_500m_rate" and not question.by and question.month:
            asked_for = (open_current(street), question.month, 500)
            found = covering(*asked_for, 0, question.where)
            yield from (found.enterprises, found.placeless, found.pointless)
            dots: dict[tuple[float, float, bool], list[int]] = {}
            for row in (
                enterprises_within(*asked_for, question.where).drop_nulls(["value", "base"]).iter_rows(named=True)
            ):
                if row["base"]:
                    place = (round(row["lon"], 3), round(row["lat"], 3), row["value"] > 0)
                    dots.setdefault(place, []).append(row["base"])
            yield from (number for workers in dots.values() for number in (len(workers), sum(workers)))


@cache
def _told_of_metrics() -> tuple[str, ...]:
    """Return the metrics' own words that hold a number (公开报道中的227家, 30人是通行口径): said, not measured."""
    metrics = catalogue().values()
    words = {text for m in metrics for text in (m.title, m.meaning, m.why, m.caveat, m.source) if NUMBER.search(text)}
    return tuple(sorted(words, key=len, reverse=True))


def _measured(text: str) -> str:
    """Return a text without what is no number of a metric."""
    for words in _told_of_metrics():
        text = text.replace(words, "")
    return NOT_MEASURED.sub("", text)


def _texts(number: float) -> set[str]:
    """Return the ways in which a number may be written: whole, with one or two decimals, in per cent."""
    return {f"{number:,.0f}", f"{number:,.1f}", f"{number:,.2f}", f"{number * 100:.0f}", f"{number * 100:.1f}"}


def _allowed(asked: Asked, street: Path, capsys: Capture) -> set[str]:
    found: list[float] = [len(frame) for frame in asked.lists.values()]
    for question in asked.answers:
        rows = _terminal(capsys, *_words(question, street))["rows"]
        found += [number for row in rows for number in (*_of_row(row), *_short_of_goal(row, (0.9, 0.85)))]
        # A sentence may add up rows that it does not show one by one (×家 over several communities or months).
        found.append(sum(row["numerator"] or 0 for row in rows))
    found += [number for change in asked.changes for number in _of_change(change)]
    found += _from_the_street(asked)
    found += _of_giants(asked, street)
    found += _of_smoothing(asked, street)
    found += _of_clocks(asked, street)
    found += _of_handling(asked, street)
    found += _of_owners(asked, street)
    found += _of_pilots(asked, street)
    found += _of_drive(asked, street)
    found += _of_targets(asked, street)
    found += _of_reach(asked, street)
    return {text for number in found for text in _texts(number)}


def test_numbers_shown_are_the_terminals(walked: Any, sample_street: Path, capsys: Capture) -> None:
    """No page shows a percentage or a count that the terminal does not give."""
    _link, asked, app = walked
    if not asked.answers:  # 指标说明 and 台账管理 show words and receipts
        return
    allowed = _allowed(asked, sample_street, capsys)
    strangers = set()
    for text in shown(app):
        for number, unit in NUMBER.findall(_measured(text)):
            if number not in allowed:
                strangers.add((number + unit, text[:80]))
    assert strangers == set()


def test_figures_draw_the_terminals_numbers(walked: Any, sample_street: Path, capsys: Capture) -> None:
    """Every height and colour of a figure is a value of the terminal, unrounded."""
    _link, asked, app = walked
    known = {
        value
        for question in asked.answers
        for row in _terminal(capsys, *_words(question, sample_street))["rows"]
        for value in (row["value"], row["numerator"])
    }
    for figure in figures(app):
        for trace in figure["data"]:
            drawn = trace.get("z") if trace["type"] in {"choroplethmap", "heatmap"} else trace.get("y")
            if trace.get("showscale") is False or not isinstance(drawn, list):
                continue
            flat = [cell for row in drawn for cell in (row if isinstance(row, list) else [row])]
            assert [cell for cell in flat if isinstance(cell, int | float) and cell not in known] == []


def test_the_walk_meets_the_published_numbers(sample_street: Path, capsys: Capture) -> None:
    """The walk is not empty: 南坑's 96.0 % (218 of 227) is among what the terminal gives."""
    question = Question("coverage_rate", ("community",), date(2018, 12, 1))
    rows = {row["community"]: row for row in _terminal(capsys, *_words(question, sample_street))["rows"]}
    assert (rows["南坑"]["numerator"], rows["南坑"]["denominator"]) == (218, 227)

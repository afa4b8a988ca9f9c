"""Charts as data: every number is an answer's, titles are facts, and a public version judges nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from briefing.aspects import fact
from briefing.charts import bar_chart, map_chart, trend, trend_chart
from briefing.model import Chart, Fact, Origin, plain
from briefing.source import Source
from metrics import scope
from metrics.question import Audience, Question
from metrics.warehouse import open_current

MONTH = date(2018, 12, 1)
DIWUYUAN, NANKENG = "440307013012", "440307013020"
TRENDS = (
    ("coverage_rate", ""), ("coverage_rate", NANKENG), ("membership_rate_area", ""), ("disputes_received", ""),
    ("disputes_received", DIWUYUAN), ("disputes_per_1000_workers", DIWUYUAN), ("unions_formed_target_progress", ""),
    ("disputes_open", ""), ("enterprises", ""),
)  # fmt: skip


@pytest.fixture(scope="module")
def source(sample_street: Path) -> Source:
    """Return the sample street's newest generation, for internal use."""
    return Source(open_current(sample_street), sample_street)


def made(source: Source) -> list[Chart]:
    """Return charts of every kind."""
    found = [trend_chart(source, metric, MONTH, community=place) for metric, place in TRENDS]
    for metric in ("coverage_rate", "disputes_received", "membership_rate_area"):
        found += [bar_chart(source, metric, MONTH, "community"), map_chart(source, metric, MONTH)]
    found.append(bar_chart(source, "disputes_received", MONTH, "cause", "ytd"))
    return [chart for chart in found if chart is not None]


def _again(source: Source, chart: Chart) -> list[tuple[float | None, Fact | None]]:
    """Ask a chart's first series again: each category as a question of its own."""
    origin = chart.series[0].origin
    by = (origin.of,)
    asked = replace(origin.question, by=by, start=origin.start)
    rows = source.answer(asked).rows
    ids = [row.keys.get(f"{origin.of}_id") for row in rows]
    found = []
    for row, code in zip(rows, ids, strict=True):
        where = ((origin.of, (code or "unknown",)),)
        month = date.fromisoformat(f"{row.keys['month']}-01") if origin.of == "month" else origin.month
        place = origin.where if origin.of == "month" else where
        found.append((row.value, fact(source, Origin("value", origin.metric, month, origin.period, place))))
    return found


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_every_value_and_text_is_the_answers(source: Source, audience: Audience) -> None:
    """Values and printed texts are those of the question asked again, month by month and community by community."""
    asked = replace(source, audience=audience)
    for chart in made(asked):
        first = chart.series[0]
        assert len(first.values) == len(first.texts) == len(chart.categories)
        if first.origin.of == "cause":  # a condition on a cause counts a case with two causes under each
            continue
        for value, text, (again, told) in zip(first.values, first.texts, _again(asked, chart), strict=True):
            assert value == again, chart.id
            if audience == "internal":  # one community alone may be shown where all together would tell each other
                assert text == (told.text if told else text), chart.id
            assert (text in {"未报", "不显示", "无"}) == (value is None)


def test_causes_are_counted_as_their_rows(source: Source) -> None:
    """Causes stand by size, add up to the whole, and the title's number is the largest bar's."""
    chart = bar_chart(source, "disputes_received", MONTH, "cause", "ytd")
    assert chart is not None
    values = [value or 0 for value in chart.series[0].values]
    whole = source.answer(Question("disputes_received", (), MONTH, None, "ytd")).row.value
    assert sum(values) == whole and values == sorted(values, reverse=True)
    facts = [part for part in chart.said if isinstance(part, Fact)]
    assert [one.text for one in facts] == [f"{whole:,.0f}宗", "不含第五园未报的月份", chart.series[0].texts[0]]
    assert facts[2].text == f"{values[0]:.0f}宗"


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_titles_say_facts_that_can_be_asked_again(source: Source, audience: Audience) -> None:
    """A title reads as its parts; its numbers are facts; other digits are dates alone."""
    asked = replace(source, audience=audience)
    for chart in made(asked):
        assert plain(chart.said) == chart.title and chart.title in chart.alt
        for part in chart.said:
            if isinstance(part, Fact):
                assert fact(asked, part.origin) == part
            elif isinstance(part, str):
                assert not set("0123456789.%") & set(part.replace("12月", "").replace("1—", "")), part


def test_titles_say_what_the_chart_shows(source: Source) -> None:
    """Levels and counts say how they have moved, comparisons who stands out, progress the calendar, a gap that it is one."""
    titles = {chart.id: chart.title for chart in made(source)}
    assert titles["trend:coverage_rate"] == "12月末全街道建会率（含工联会覆盖）91.4%，比上年同期提高3.1个百分点"
    assert (
        titles["trend:disputes_received"]
        == "12月全街道受理劳资纠纷29宗（不含未报的第五园），比上年同期减少15宗，下降34.1%"
    )
    assert titles[f"trend:disputes_received:{DIWUYUAN}"] == "12月第五园社区受理劳资纠纷：未报"
    assert titles["trend:unions_formed_target_progress"] == "1—12月全街道年度任务完成率（新建会）112.0%，时序进度100%"
    assert titles["by_community:coverage_rate"] == "12月末建会率（含工联会覆盖）：第五园偏低；南坑偏高"
    assert titles["map:coverage_rate"] == titles["by_community:coverage_rate"]
    assert titles["map:membership_rate_area"] == "12月末入会率（辖区口径）：各社区与全街道相差不大"
    assert titles["map:disputes_received"] == "12月全街道受理劳资纠纷29宗（不含未报的第五园），各社区情况"


def test_a_month_beyond_the_usual_is_said_and_marked(source: Source) -> None:
    """A month that stands out is marked, and its title says so; an incomplete one is not judged but marked as such."""
    beyond = trend_chart(source, "members_joined", MONTH)
    assert beyond is not None
    assert beyond.title == "12月全街道新发展会员数984人，高于正常波动范围" and beyond.series[0].marks[-1] == "higher"
    assert any("加框：超出正常波动" in note for note in beyond.notes)
    partial = trend_chart(source, "disputes_received", MONTH)
    assert partial is not None and partial.series[0].marks[-1] == "partial"
    assert "斜纹柱：当月有社区未报，只计已报社区（12月未报：第五园）" in partial.notes
    assert "加框：超出正常波动（含连续7个月以上在平均水平一侧）" in partial.notes, "framed within the range: why"
    assert "增减按两期均已报送的社区比较" in partial.notes and "增减按两期均已报送的社区比较" not in beyond.notes


@pytest.mark.parametrize(
    ("signal", "side", "values", "said"),
    [
        ("outside", 1, (1, 9), "高于正常波动范围"),
        ("outside", -1, (9, 1), "低于正常波动范围"),
        ("shift", 1, (5, 4), "连续高于平均水平"),
        ("shift", -1, (4, 5), "连续低于平均水平"),
        ("trend", -1, (1, 2), "连续上升"),
        ("trend", 1, (2, 1), "连续下降"),
        ("two_of_three", 1, (1, 2), "接近正常波动范围上限"),
        ("two_of_three", -1, (1, 2), "接近正常波动范围下限"),
        ("", 1, (1, 2), ""),
    ],
)
def test_how_a_month_stands_out(signal: str, side: int, values: tuple[float, float], said: str) -> None:
    """Each rule has its words; a run's direction is that of its last step, whichever side it lies on."""
    points = [SimpleNamespace(value=value, signal=signal, side=side) for value in values]
    found: Any = SimpleNamespace(points=points, last=points[-1])
    assert trend._beyond(found) == said


def test_carried_registers_are_said(source: Source) -> None:
    """Months without a register of their own are marked and explained: the line is not news there."""
    chart = trend_chart(source, "coverage_rate", MONTH)
    assert chart is not None
    marks = dict(zip(chart.categories, chart.series[0].marks, strict=True))
    assert marks["2018年6月"] == marks["2018年12月"] == "" and marks["2018年11月"] == "carried"
    assert "圆点：当月有新报名册；其余月份沿用上一期名册" in chart.notes
    july = trend_chart(source, "coverage_rate", date(2018, 7, 1))
    assert july is not None and july.title.startswith("7月末全街道建会率（含工联会覆盖）88.3%（沿用上一期名册）")


def test_what_a_line_is_read_against(source: Source) -> None:
    """A community's share stands beside the street's, a task beside the calendar, a count alone; goals are the street's."""
    share = trend_chart(source, "coverage_rate", MONTH, community=NANKENG)
    task = trend_chart(source, "unions_formed_target_progress", MONTH)
    count = trend_chart(source, "disputes_received", MONTH, community=NANKENG)
    assert share is not None and task is not None and count is not None
    assert [one.title for one in share.series] == ["南坑社区", "全街道"]
    assert share.series[1].texts[-1] == "91.4%" and (share.goal, share.goal_text) == (0.9, "目标90%")
    assert task.series[1].texts[:3] == ("8%", "17%", "25%") and task.series[1].values[5] == 0.5
    assert len(count.series) == 1 and count.goal is None and count.kind == "bar"


def test_nothing_is_judged_in_public(source: Source) -> None:
    """No 偏低, no 正常波动, no range, no frame; and what the public answer keeps back is not drawn."""
    for chart in made(replace(source, audience="public")):
        said = chart.title + chart.alt + "".join(chart.notes)
        assert not any(word in said for word in ("偏低", "偏高", "正常波动")), chart.id
        assert chart.band == () and not any(shape.is_marked for shape in chart.shapes)
        assert not {mark for one in chart.series for mark in one.marks} & {"higher", "lower"}
        assert all(one.origin.audience == "public" for one in chart.series)
    assert bar_chart(replace(source, audience="public"), "disputes_received", MONTH, "community") is None


def test_no_value_no_chart(source: Source) -> None:
    """Before the first report there is nothing to draw; a chart of earlier months is drawn all the same."""
    first = scope.months(source.warehouse)[0]
    assert trend_chart(source, "disputes_received", first) is None
    assert bar_chart(source, "disputes_received", first, "community") is None
    assert map_chart(source, "coverage_rate", first) is None


def test_the_sample_bears_its_mark(source: Source) -> None:
    """Every picture of the sample says that it is one; a real street's does not."""
    assert {chart.mark for chart in made(source)} == {"示例数据　非真实情况"}
    real = replace(source, warehouse=replace(source.warehouse, is_sample=False))
    assert {chart.mark for chart in made(real)} == {""}

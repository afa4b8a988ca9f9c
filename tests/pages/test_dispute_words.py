"""The sentences of 劳资纠纷's figures are true in every branch; nobody is ranked in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from metrics.catalogue import metric_of
from metrics.judging.trend import Point, Trend
from metrics.periods import shift
from metrics.question import Question, Row
from pages.parts import control, theme
from pages.parts import dispute_words as words

START = date(2018, 1, 1)
WHY = "报齐的只有5个月，不足12个月，暂不计算正常波动范围。"


def a_row(month: date, value: float | None, community: str = "南坑", expected: int = 1) -> Row:
    keys: dict[str, str | None] = {"month": f"{month:%Y-%m}", "community": community, "community_id": community}
    known = 0 if value is None else expected
    return Row(keys, value, None, value, None, None, known, expected, 0, False, None)


def a_point(
    step: int, value: float | None, signal: str = "", *, upper: float | None = 9.7, lower: float = 1.4,
    is_partial: bool = False,
) -> Point:  # fmt: skip
    """Return a month of a series whose centre is 5."""
    month = shift(START, step)
    side = 0 if value is None else (value > 5) - (value < 5)
    is_known = upper is not None
    centre, low = (5.0, lower) if is_known else (None, None)
    return Point(month, value, centre, low, upper, signal, side, is_partial, False, a_row(month, value))


def a_trend(points: Sequence[Point], why: str | None = None, steps: tuple[date, ...] = ()) -> Trend:
    baseline = None if why else (date(2016, 1, 1), date(2017, 12, 1))
    metric = metric_of("disputes_received")
    return Trend(metric, Question(metric.id), "id", 1, "c", tuple(points), baseline, steps, why)


@pytest.mark.parametrize(
    ("point", "said"),
    [
        (a_point(0, 4), "正常波动范围2—9宗，属正常波动"),
        (a_point(0, 12, "outside"), "正常波动范围2—9宗，超出正常波动范围"),
        (a_point(0, 7, "shift"), "正常波动范围2—9宗，连续7个月以上在平均水平一侧"),
        (a_point(0, 8, "trend"), "正常波动范围2—9宗，连续6个月以上上升或下降"),
        (a_point(0, 9, "two_of_three"), "正常波动范围2—9宗，3个月中有2个月接近正常波动范围的边缘"),
        (a_point(0, 4, is_partial=True), "正常波动范围2—9宗，报送不全，不作判断"),
        (a_point(0, None), "正常波动范围2—9宗，报送不全，不作判断"),
        (a_point(0, 4, upper=None), ""),
    ],
)
def test_hover_of_a_month(point: Point, said: str) -> None:
    """A month says its range and what it is; an incomplete one is not judged, one without limits says nothing."""
    assert words.point_text(a_trend([point]), point, "宗") == said


def test_legend_says_what_the_band_rests_on() -> None:
    """With limits the colours and the base are told, without them only the hatching."""
    told = words.legend(a_trend([a_point(0, 4)]))
    assert "正常波动范围按2016年1月—2017年12月各月计算" in told and "橙色（偏高）、蓝色（偏低）" in told
    assert words.legend(a_trend([a_point(0, 4, upper=None)], WHY)) == "斜线：有社区未报"


def test_legend_names_a_declared_step() -> None:
    """A range that begins anew says from which month."""
    assert "2018年3月起为水平变化后重新计算" in words.legend(a_trend([a_point(0, 4)], steps=(date(2018, 3, 1),)))


def test_causes_in_order() -> None:
    """Nothing stands out."""
    calm = a_trend([a_point(0, 4), a_point(1, 6)])
    assert words.causes_reading({"加班": calm, "社保": calm}) == "按主要案由，报齐的月份均属正常波动"


def test_causes_that_stand_out() -> None:
    """Each is named with its month, or the latest of several; more than three are counted."""
    once = a_trend([a_point(0, 12, "outside"), a_point(1, 6)])
    twice = a_trend([a_point(0, 12, "outside"), a_point(1, 11, "outside"), a_point(2, 5)])
    calm = a_trend([a_point(0, 4)])
    said = words.causes_reading({"加班": once, "社保": calm, "工资": twice})
    assert said == "按主要案由，超出正常波动的有加班（2018年1月）、工资（2018年2月等2个月）"
    many = words.causes_reading(dict.fromkeys("甲乙丙丁", once))
    assert many.endswith("甲（2018年1月）、乙（2018年1月）、丙（2018年1月）等4类")


def test_causes_without_limits() -> None:
    """What is not judged is said, alone and beside what is."""
    none, calm = a_trend([a_point(0, 4, upper=None)], WHY), a_trend([a_point(0, 4)])
    assert words.causes_reading({"加班": none}) == "按主要案由，各月宗数；月份不足，暂不计算正常波动范围"
    both = words.causes_reading({"加班": none, "社保": calm})
    assert both == "按主要案由，报齐的月份均属正常波动；1类月份不足，未作判断"


def test_heat_names_who_has_not_reported() -> None:
    """未报 is counted by community; zero is a report, a month in which a community was not listed is none of its."""
    rows = [a_row(START, 3), a_row(START, 0, "新雪"), a_row(START, None, "五和"), a_row(shift(START, 1), None, "五和")]
    assert words.heat_reading(rows[:2]) == "各社区每月受理宗数，各月均已报送"
    assert words.heat_reading(rows) == "各社区每月受理宗数；／为未报送，不按0计算：五和2个月"
    assert words.heat_reading([*rows[:2], a_row(START, None, "新社区", 0)]) == "各社区每月受理宗数，各月均已报送"


def test_heat_counts_many() -> None:
    """From four communities on they are counted."""
    rows = [a_row(START, None, name) for name in "甲乙丙丁"]
    assert words.heat_reading(rows).endswith("甲1个月、乙1个月、丙1个月等4个社区")


def test_no_sentence_ranks() -> None:
    """No community is called the one with most: who reports honestly must not lose by it."""
    rows = [a_row(START, 30, "五和"), a_row(START, 1, "新雪")]
    assert "五和" not in words.heat_reading(rows)


def _months(points: Sequence[Point]) -> list[str]:
    return [f"{point.month:%Y-%m-%d}" for point in points]


@pytest.mark.parametrize("is_dark", [False, True])
def test_colours_speak_of_size(is_dark: bool) -> None:
    """Orange above, blue below, grey within; the last bar is darker; a month that is not judged stays grey."""
    points = [a_point(0, 12, "outside"), a_point(1, 5), a_point(2, 0, "two_of_three"), a_point(3, 20, is_partial=True)]
    found = control.colours(_months(points), points, is_dark)
    assert found == [theme.HIGHER[is_dark], theme.GREY, theme.LOWER[is_dark], control.THIS_MONTH[is_dark]]


def test_band_follows_the_limits() -> None:
    """One band for months with the same limits, a new one after a step, none where there are no limits, never below 0."""
    points = [a_point(0, 4, upper=None), a_point(1, 4), a_point(2, 4), a_point(3, 9, upper=14.0, lower=-0.5)]
    bands = [shape for shape in control.shapes(points, False) if shape["type"] == "rect"]
    assert [(band["y0"], band["y1"]) for band in bands] == [(1.4, 9.7), (0, 14.0)]
    assert bands[0]["x0"] < "2018-02-01" < bands[0]["x1"] and bands[0]["x1"] > "2018-03-01"
    assert [note["y"] for note in control.names(points, False)] == [14.0]


def test_a_zero_that_stands_out_is_written() -> None:
    """A bar of no height shows no colour: its 0 is written; other zeros are not."""
    points = [a_point(0, 0, "two_of_three"), a_point(1, 0), a_point(2, 12, "outside")]
    assert [(note["x"], note["text"]) for note in control.zeros(points, False)] == [("2018-01-01", "0")]

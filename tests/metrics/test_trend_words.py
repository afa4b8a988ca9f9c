"""A trend's sentence is true in every branch: what stands out, since when, on which side, and what is not judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from metrics.catalogue import catalogue
from metrics.judging.trend import Point, Trend
from metrics.judging.trend_words import baseline_text, limits_text, reading
from metrics.periods import shift
from metrics.question import Question, Row

FIRST = date(2018, 1, 1)
RECEIVED, RATE = catalogue()["disputes_received"], catalogue()["coverage_rate"]
ROW = Row({}, 1, None, 1, None, None, 1, 1, 0, False, None)


def point(index: int, value: float | None, signal: str = "", **more: object) -> Point:
    """Return a month of a trend around 5 between 1.4 and 12.9."""
    side = 0 if value is None else (value > 5.5) - (value < 4.5)
    known = Point(shift(FIRST, index), value, 5.0, 1.4, 12.9, signal, side, False, False, ROW)
    return replace(known, **more)  # type: ignore[arg-type]


def said(*points: Point, why: str | None = None, steps: tuple[date, ...] = ()) -> str:
    return reading(made(*points, why=why, steps=steps), "五和社区受理劳资纠纷", "宗")


def made(*points: Point, why: str | None = None, steps: tuple[date, ...] = ()) -> Trend:
    base = None if why else (date(2016, 1, 1), date(2017, 12, 1))
    return Trend(RECEIVED, Question("disputes_received"), "x", 1, "c", points, base, steps, why)


@pytest.mark.parametrize(
    ("points", "sentence"),
    [
        ([(4, ""), (5, ""), (6, "")], "2018年1月至2018年3月报齐的各月均属正常波动（正常波动范围2—12宗）。"),
        ([(4, "")], "2018年1月4宗，属正常波动（正常波动范围2—12宗）。"),
        ([(4, ""), (13, "outside")], "2018年2月13宗，高于正常波动范围（2—12宗）。"),
        ([(4, ""), (1, "outside")], "2018年2月1宗，低于正常波动范围（2—12宗）。"),
        (
            [(13, "outside"), (1, "outside"), (5, "")],
            "2018年3月5宗，属正常波动（正常波动范围2—12宗）；此前有2个月超出正常波动，最近的是2018年2月。",
        ),
        (
            [(4, ""), *[(7, "shift")] * 6, (8, "shift")],
            "自2018年2月起连续7个月高于平均水平（月均5.0宗），2018年8月8宗，超出正常波动。",
        ),
        (
            [*[(3, "shift")] * 7],
            "自2018年1月起连续7个月低于平均水平（月均5.0宗），2018年7月3宗，超出正常波动。",
        ),
        (
            [(9, ""), *[(n, "trend") for n in (2, 3, 4, 6, 7, 9)]],
            "自2018年2月起连续6个月上升，2018年7月9宗，超出正常波动。",
        ),
        (
            [*[(n, "trend") for n in (9, 7, 6, 4, 3, 2)]],
            "自2018年1月起连续6个月下降，2018年6月2宗，超出正常波动。",
        ),
        (
            [(11, "two_of_three"), (5, ""), (11, "two_of_three")],
            "2018年3月11宗，近3个月中有2个月接近正常波动范围（2—12宗）的上限，超出正常波动。",
        ),
        (
            [(2, "two_of_three"), (2, "two_of_three")],
            "2018年2月2宗，近3个月中有2个月接近正常波动范围（2—12宗）的下限，超出正常波动。",
        ),
    ],
)
def test_every_rule_has_its_sentence(points: list[tuple[float, str]], sentence: str) -> None:
    made_ = [point(index, value, signal) for index, (value, signal) in enumerate(points)]
    assert said(*made_) == "五和社区受理劳资纠纷" + sentence


@pytest.mark.parametrize(
    ("last", "note"),
    [
        (point(2, None, is_partial=True), "2018年3月未报，不作判断。"),
        (point(2, 3, is_partial=True), "2018年3月报送不全，不作判断。"),
        (point(2, 3, is_carried=True), "2018年3月沿用此前名册，不作判断。"),
        (point(2, 3, lower=None, upper=None, centre=None), "2018年3月暂无正常波动范围，不作判断。"),
    ],
)
def test_a_newest_month_that_is_not_judged_is_named(last: Point, note: str) -> None:
    assert said(point(0, 13, "outside"), point(1, 5), last).endswith("最近的是2018年1月。" + note)


def test_months_not_judged_are_left_out_of_runs() -> None:
    """The run is told from its first judged month, with as many months as were judged."""
    run = [point(index, 7, "shift") for index in range(8)]
    run[3] = point(3, 1, is_partial=True)
    assert "自2018年1月起连续7个月高于平均水平" in said(*run)


def test_nothing_known_and_no_limits() -> None:
    assert said(point(0, None), point(1, None)) == "五和社区受理劳资纠纷：所示各月均未报。"
    without = [point(index, 3, centre=None, lower=None, upper=None) for index in range(3)]
    assert said(*without, why="报齐的只有3个月。") == "五和社区受理劳资纠纷：报齐的只有3个月。"
    assert said(point(0, 3, is_partial=True)) == "五和社区受理劳资纠纷：所示各月均不作判断。"


def test_what_the_range_rests_on() -> None:
    assert baseline_text(made(point(0, 3))) == "正常波动范围按2016年1月—2017年12月各月计算。"
    stepped = baseline_text(made(point(0, 3), steps=(date(2017, 3, 1),)))
    assert stepped == "正常波动范围按2016年1月—2017年12月各月计算，2017年3月起为水平变化后重新计算。"
    assert baseline_text(made(point(0, 3), why="报齐的只有3个月。")) == "报齐的只有3个月。"


def test_a_range_of_whole_numbers_holds_only_those_within() -> None:
    """1.4—12.9 cases are 2—12: 13 is outside and must not be called 12.9 rounded."""
    assert limits_text(RECEIVED, 1.4, 12.9, "宗") == "2—12宗"
    assert limits_text(RECEIVED, 0.0, 8.0, "宗") == "0—8宗"
    assert limits_text(RATE, 0.8512, 0.9, "家") == "85.1%—90.0%"
    assert limits_text(RECEIVED, None, None, "宗") == ""

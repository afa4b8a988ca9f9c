"""社区大小与数值对照图: dots stand where their numbers say, limits keep their order, names are text."""

from __future__ import annotations

import re

import pytest

from pages.parts.funnel import Axes, Spot, ends, funnel, ticks

LIMITS = (0.8, 0.97, 0.75, 0.99)
HIGH = Spot("甲", 200, 0.98, LIMITS, "#c2620e", "甲　98.0%", is_named=True)
USUAL = Spot("乙", 100, 0.9, LIMITS, "", "乙　90.0%")


def axes(*spots: Spot) -> Axes:
    """Return the scales of these communities around 91 %."""
    sizes, values = ends(spots, 0.91, 1.0)
    return Axes(sizes, values, lambda v: f"{v:g}", lambda v: f"{v:.0%}", "企业数（家）")


def drawn(*spots: Spot, curves: bool = True, mark: str = "示例") -> str:
    """Return the picture of these communities."""
    lines = ((90.0, 150.0, 210.0), (LIMITS,) * 3) if curves else None
    return funnel(spots, lines, (0.91, "全街道91.0%"), axes(*spots), alt="偏高：甲", mark=mark)


@pytest.mark.parametrize(
    ("low", "high", "found"),
    [(0, 10, [0, 2, 4, 6, 8, 10]), (0.82, 0.97, [0.85, 0.9, 0.95]), (78, 489, [100, 200, 300, 400]), (3, 3, [3])],
)
def test_ticks_are_round(low: float, high: float, found: list[float]) -> None:
    """Scales are marked at round numbers within their ends."""
    assert ticks(low, high, 5) == found


def test_a_dot_stands_at_its_numbers() -> None:
    """More is higher and larger is further right; the dot of the higher value is drawn above the street's line."""
    scale = axes(HIGH, USUAL)
    assert scale.x(200) > scale.x(100) and scale.y(0.98) < scale.y(0.91) < scale.y(0.9)
    markup = drawn(HIGH, USUAL)
    for spot in (HIGH, USUAL):
        assert f'cx="{scale.x(spot.size):.1f}" cy="{scale.y(spot.value):.1f}"' in markup


def test_scale_holds_every_community_and_never_passes_all() -> None:
    """No dot and no 95 % limit falls off the picture; a share's scale does not go far beyond 100 %, nor below 0."""
    far = Spot("丙", 20, 0.4, (0.7, 1.0, 0.1, 1.0), "", "丙")
    _sizes, (low, high) = ends([HIGH, USUAL, far], 0.91, 1.0)
    assert 0 <= low <= 0.4 and 0.99 <= high <= 1.05
    assert ends([USUAL], 0.9, None)[1][0] < 0.8


def test_names_stand_beside_those_that_stand_out() -> None:
    """Only who stands out, and the own community, is named in the picture; a hover names all."""
    own = Spot("乙", 100, 0.9, LIMITS, "", "乙　90.0%", is_own=True)
    assert ">甲</text>" in drawn(HIGH, USUAL) and ">乙</text>" not in drawn(HIGH, USUAL)
    assert ">乙</text>" in drawn(HIGH, own)
    assert "<title>乙　90.0%</title>" in drawn(HIGH, USUAL)


def test_curves_or_own_limits() -> None:
    """With curves there are four lines, two dashed; without, each community has its own two bars."""
    assert drawn(HIGH, USUAL).count("stroke-dasharray") == 2 and "虚线：偏高偏低的界线" in drawn(HIGH)
    bars = drawn(HIGH, USUAL, curves=False)
    assert (
        "stroke-dasharray" not in bars
        and len(re.findall("stroke-width:6", bars)) == 2
        and "粗条：相差不大的范围" in bars
    )


def test_too_few_is_hollow() -> None:
    """A community that is not compared is drawn hollow."""
    few = Spot("丁", 15, 0.9, LIMITS, "", "丁", is_faint=True)
    assert "stroke-width:1.5" in drawn(few) and "stroke-width:1.5" not in drawn(USUAL)


def test_texts_are_escaped_and_the_sample_is_marked() -> None:
    """Names are text, never markup; the sample's mark is inside the picture, and the sentence is its label."""
    evil = Spot("<b>", 100, 0.9, LIMITS, "", '"<i>', is_own=True)
    markup = drawn(evil, mark="示例数据　非真实情况")
    assert "<b>" not in markup and "<i>" not in markup
    assert "示例数据　非真实情况" in markup and 'aria-label="偏高：甲"' in markup

"""Every sentence of a comparison, in every branch, says what is so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from metrics.catalogue import catalogue
from metrics.judging import compare_words as words
from metrics.judging.compare import Compared, Comparison
from metrics.question import Answer, Hidden, Question, Row

JUNE = date(2018, 6, 1)


def community(name: str, **facts: Any) -> Compared:
    """Return one community's row: 90 of 100 unless said otherwise."""
    known: dict[str, Any] = {
        "keys": {"community_id": name, "community": name}, "numerator": 90, "denominator": 100, "value": 0.9,
        "low": 0.8, "high": 0.95, "known": 1, "expected": 1, "item_missing": 0, "approximate": False, "parts": None,
    }  # fmt: skip
    return Compared(**{**known, **facts})


def missing(name: str) -> Compared:
    """Return a community that has not reported."""
    return community(name, known=0, value=None, numerator=None, denominator=None, low=None, high=None)


def compared(*rows: Compared, metric: str = "coverage_rate", **facts: Any) -> Comparison:
    """Return a comparison of these rows against a street at 91 %."""
    question = Question(metric, ("community",), JUNE)
    answer = Answer(question, catalogue()[metric], "id", 1, JUNE, JUNE, "month", (JUNE,), rows)
    street = Row({}, 91, 100, 0.91, 0.85, 0.95, 1, 1, 0, False, None)
    known: dict[str, Any] = {
        "target": "street", "target_value": 0.91, "is_adjusted": False, "phi": 1.0, "curve": None, "peer_set": None,
    }  # fmt: skip
    return Comparison(answer=answer, street=street, rows=rows, **{**known, **facts})


ALIKE = [community(name, funnel="similar") for name in "甲乙"]
HIGH, LOW = community("丙", funnel="higher"), community("丁", funnel="lower")
VERY_HIGH, VERY_LOW = community("戊", funnel="much_higher"), community("己", funnel="much_lower")
FEW, HIDDEN = community("庚", too_few=True), community("辛", value=None, hidden=Hidden())


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ALIKE, "2个社区与全街道都相差不大。"),
        (ALIKE[:1], "甲与全街道相差不大。"),
        ([LOW], "偏低：丁。"),
        ([*ALIKE, LOW], "偏低：丁；其余2个社区与全街道相差不大。"),
        ([HIGH, *ALIKE, LOW, VERY_LOW, VERY_HIGH],
         "明显偏高：戊；偏高：丙；偏低：丁；明显偏低：己；其余2个社区与全街道相差不大。"),
        ([HIGH, LOW], "偏高：丙；偏低：丁。"),
        ([*ALIKE, FEW], "可以比较的2个社区与全街道相差不大；数量过少，不作比较：庚。"),
        ([LOW, *ALIKE, FEW, missing("壬")], "偏低：丁；其余2个社区与全街道相差不大；数量过少，不作比较：庚；未报送：壬。"),
        ([FEW, missing("壬")], "没有可以比较的社区；数量过少，不作比较：庚；未报送：壬。"),
        ([*ALIKE, HIDDEN], "可以比较的2个社区与全街道相差不大；为保护个人信息，不显示：辛。"),
    ],
)  # fmt: skip
def test_reading(rows: list[Compared], said: str) -> None:
    """The sentence names who stands out, by class, and counts the rest; nobody is left out."""
    assert words.reading(compared(*rows)) == said


def test_reading_of_a_metric_that_is_not_judged() -> None:
    """A count gets no class in words either, and says why."""
    found = compared(*ALIKE, missing("壬"), metric="disputes_received")
    assert words.reading(found) == "该指标受上报积极性影响，不作排名；未报送：壬。"


def test_reading_against_a_goal() -> None:
    """Against a goal the sentence names it, as it was set."""
    assert words.reading(compared(*ALIKE, target="goal", target_value=0.925)) == "2个社区与目标92.5%都相差不大。"
    assert words.goal_text(catalogue()["coverage_rate"], 0.9) == "目标90%"
    assert words.goal_text(catalogue()["coverage_rate"], 1.0) == "目标100%"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (HIGH, "偏高"), (LOW, "偏低"), (VERY_HIGH, "明显偏高"), (VERY_LOW, "明显偏低"), (ALIKE[0], "相差不大"),
        (FEW, "数量过少，不作比较"), (missing("壬"), "未报送"), (HIDDEN, "不显示"), (community("癸"), ""),
    ],
)  # fmt: skip
def test_class(row: Compared, said: str) -> None:
    """A class is one of users.md's words; without one the reason stands there."""
    assert words.class_text(row) == said


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ((2, 1, 4), "第2名（大致第1—4名）"),
        ((1, 1, 1), "第1名"),
        ((None, None, None), ""),
    ],
)
def test_rank(place: tuple[int | None, int | None, int | None], said: str) -> None:
    """A rank never stands without its range, unless the range is the rank."""
    rank, low, high = place
    assert words.rank_text(community("甲", rank=rank, rank_low=low, rank_high=high)) == said


@pytest.mark.parametrize(
    ("tier", "said"),
    [(1, "第一档"), (10, "第十档"), (12, "第十二档"), (20, "第二十档"), (23, "第二十三档"), (None, "")],
)
def test_tier(tier: int | None, said: str) -> None:
    """Tiers are counted as Chinese counts."""
    assert words.tier_text(community("甲", tier=tier)) == said


@pytest.mark.parametrize(
    ("metric", "said"),
    [
        ("coverage_rate", ""),
        ("disputes_per_1000_workers", "该指标受上报积极性影响，不作排名。"),
        ("disputes_received", "该指标受上报积极性影响，不作排名。"),
        ("members", "数量多少与社区大小有关，不作偏高偏低比较，也不作排名。"),
        ("unions_formed_target_progress", "该指标没有参考范围，不作偏高偏低比较，也不作排名。"),
    ],
)
def test_why_there_is_no_rank(metric: str, said: str) -> None:
    """Whoever is not ranked is told why."""
    assert words.rank_refusal(catalogue()[metric]) == said


@pytest.mark.parametrize(
    ("phi", "wide", "said"),
    [
        (None, False, "可以比较的社区不足5个，不估计社区间的实际差异，范围不放宽。"),
        (0.7, False, "各社区之间的差别没有超出正常波动，范围不需放宽。"),
        (0.7, True, "各社区之间的差别没有超出正常波动，范围不需放宽。"),
        (2.25, False, "各社区之间差别的离散系数为2.3（只有偶然因素时一般在1左右），可把范围放宽到1.5倍再看。"),
        (2.25, True, "各社区之间差别的离散系数为2.3（只有偶然因素时一般在1左右），范围已放宽到1.5倍。"),
    ],
)
def test_spread(phi: float | None, wide: bool, said: str) -> None:
    """The overdispersion is named, and whether the limits allow for it."""
    assert words.spread_text(compared(*ALIKE, phi=phi, is_adjusted=wide)) == said
    assert words.spread_text(compared(FEW, phi=None)) == ""


RANKED = {"rank": 12, "rank_low": 9, "rank_high": 12, "tier": 2}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (community("丁", funnel="lower", **RANKED),
         "丁社区建会率（含工联会覆盖）90.0%，与全街道相比偏低；第12名（大致第9—12名），第二档。"),
        (ALIKE[0], "甲社区建会率（含工联会覆盖）90.0%，与全街道相差不大。"),
        (FEW, "庚社区建会率（含工联会覆盖）90.0%；数量过少，不作比较。"),
        (missing("壬"), "壬社区建会率（含工联会覆盖）未报送。"),
        (community("癸"), "癸社区建会率（含工联会覆盖）90.0%。"),
    ],
)  # fmt: skip
def test_standing(row: Compared, said: str) -> None:
    """One community's sentence says its class and rank where it has them, and nothing else."""
    assert words.standing_text(compared(row), row, "90.0%") == said


def test_direction_is_said_apart() -> None:
    """A class speaks of size alone; what is better is another sentence."""
    said = {name: words.direction_text(catalogue()[name]) for name in ("coverage_rate", "disputes_received")}
    assert said == {"coverage_rate": "本指标以高为好。", "disputes_received": "本指标不分好坏。"}


def test_legends_are_the_agreed_words() -> None:
    """users.md fixes what the chairs are told about chance."""
    assert words.class_legend() == (
        "“偏高/偏低”：若各社区实际水平相同，一个社区出现这种差距的机会约为二十分之一；“明显”：约为五百分之一。"
    )
    assert words.rank_legend() == (
        "企业少，一两家的变化就会改变名次。括号内是排除偶然波动后名次的大致范围；范围重叠的社区不分先后。"
    )
    assert words.census_note().startswith("台账是全数，不是抽样。但企业开办、搬迁、关闭有偶然性")

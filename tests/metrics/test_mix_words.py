"""构成影响, 同类差异 and 剔除最大企业后 in words: every branch, and parts that add up as shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue import catalogue
from metrics.changes import Basis, Change
from metrics.judging import giant_words, mix, mix_words
from metrics.judging.compare import Compared
from metrics.judging.giants import Giant
from metrics.judging.mix import Gap, GapPart, Growth, Standardised

COVERAGE, AREA = catalogue()["coverage_rate"], catalogue()["membership_rate_area"]
NAME = "第五园社区建会率（含工联会覆盖）"


def gap(mix: float, rate: float, against: tuple[str, ...] | None = None, parts: tuple[GapPart, ...] = ()) -> Gap:
    return Gap(COVERAGE, "1", "第五园", against, 0.9 + mix + rate, 0.9, mix + rate, mix, rate, parts)


@pytest.mark.parametrize(
    ("mix", "rate", "said"),
    [
        (-0.010, -0.054, f"{NAME}比全街道低6.4个百分点。差距来源：构成影响－1.0个百分点，同类差异－5.4个百分点。差距主要来自同类企业之间。"),
        (0.05, 0.01, f"{NAME}比全街道高6.0个百分点。差距来源：构成影响＋5.0个百分点，同类差异＋1.0个百分点。差距主要来自行业和企业规模的构成。"),
        (0.03, 0.025, f"{NAME}比全街道高5.5个百分点。差距来源：构成影响＋3.0个百分点，同类差异＋2.5个百分点。构成和同类差异各占一部分。"),
        (0.048, -0.029, f"{NAME}比全街道高1.9个百分点。差距来源：构成影响＋4.8个百分点，同类差异－2.9个百分点。行业和企业规模的构成拉高了数值；同类企业相比，低2.9个百分点。"),
        (-0.048, 0.029, f"{NAME}比全街道低1.9个百分点。差距来源：构成影响－4.8个百分点，同类差异＋2.9个百分点。行业和企业规模的构成拉低了数值；同类企业相比，高2.9个百分点。"),
        (0.02, -0.02, f"{NAME}与全街道持平。差距来源：构成影响＋2.0个百分点，同类差异－2.0个百分点。行业和企业规模的构成拉高了数值；同类企业相比，低2.0个百分点。"),
        (0.0, 0.02, f"{NAME}比全街道高2.0个百分点。差距来源：构成影响0.0个百分点，同类差异＋2.0个百分点。行业和企业规模的构成没有影响，差距来自同类企业之间。"),
        (-0.02, 0.0, f"{NAME}比全街道低2.0个百分点。差距来源：构成影响－2.0个百分点，同类差异0.0个百分点。同类企业之间没有差别，差距来自行业和企业规模的构成。"),
        (0.0, 0.0, f"{NAME}与全街道持平。"),
    ],
)  # fmt: skip
def test_a_gap_in_every_branch(mix: float, rate: float, said: str) -> None:
    assert mix_words.gap_sentence(gap(mix, rate)) == said
    assert not any(word in said for word in ("偏低", "偏高", "明显"))  # those are the funnel's words


def test_a_gap_that_chance_may_have_made_has_no_meaning() -> None:
    said = mix_words.gap_sentence(gap(-0.002, -0.01), is_chance=True)
    assert said.endswith("构成影响－0.2个百分点，同类差异－1.0个百分点。差距没有超出正常波动，来源仅供参考。")
    assert mix_words.gap_sentence(gap(0.0, 0.0), is_chance=True) == f"{NAME}与全街道持平。"


def compared(funnel: str | None, low: float | None, high: float | None, too_few: bool = False) -> Compared:
    return Compared({}, 1, 2, 0.5, low, high, 1, 1, 0, False, None, funnel=funnel, too_few=too_few)


def test_when_chance_may_have_made_a_gap() -> None:
    """The funnel's word counts against the street (0.9); against peers, or where it has none, the range; too few: yes."""
    street, peers = gap(0.0, -0.05), gap(0.0, -0.05, ("2",))
    assert mix.is_chance(street, compared("similar", 0.8, 0.89))
    assert not mix.is_chance(street, compared("lower", 0.8, 0.95))
    assert not mix.is_chance(peers, compared("similar", 0.8, 0.89))
    assert mix.is_chance(peers, compared("lower", 0.8, 0.95))
    assert not mix.is_chance(peers, compared("higher", 0.91, 0.95))
    assert mix.is_chance(street, compared(None, 0.8, 0.89, too_few=True))
    assert mix.is_chance(peers, compared(None, None, None))


def test_a_gap_to_the_peers_says_so() -> None:
    assert "比可比社区合计低" in mix_words.gap_sentence(gap(-0.01, -0.02, ("2", "3")))


@given(st.floats(-1, 1), st.floats(-1, 1), st.integers(0, 3))
def test_shown_parts_add_up_to_what_is_shown(mix: float, rate: float, decimals: int) -> None:
    """Digit for digit, and no shown part is further than one last digit from its value."""
    found = gap(mix, rate)
    whole, of_mix, of_rate = mix_words.gap_numbers(found, decimals)
    assert of_mix + of_rate == whole
    step = 10.0**-decimals
    assert float(whole) == pytest.approx((mix + rate) * 100, abs=step * 0.500001)
    assert float(of_mix) == pytest.approx(mix * 100, abs=step * 1.000001)
    assert float(of_rate) == pytest.approx(rate * 100, abs=step * 1.000001)


def test_parts_that_round_apart_are_brought_together() -> None:
    """1.04 and 1.04 make 2.08: 2.1 is 1.1 and 1.0, not 1.0 and 1.0."""
    assert mix_words.gap_numbers(gap(0.0104, 0.0104)) == (Decimal("2.1"), Decimal("1.1"), Decimal("1.0"))


def test_the_industries_that_matter() -> None:
    parts = (
        GapPart("C", "制造业", -0.01, -0.011),
        GapPart("F", "批发和零售业", 0.005, 0.0),
        GapPart(None, "不详", 0.0, 0.0),
    )
    said = "其中影响较大的行业：制造业－2.1，批发和零售业＋0.5个百分点"
    assert mix_words.parts_text(gap(-0.005, -0.011, None, parts)) == said
    assert mix_words.parts_text(gap(0.0, 0.0, None, (GapPart(None, "不详", 0.0001, 0.0),))) == ""


def test_a_standardised_number() -> None:
    row = Standardised("1", "第五园", 158, 168.6, 0.937, 0.873, 0.986, 0.8597)
    assert mix_words.adjusted_text(COVERAGE, row) == "同等行业规模下的建会率（含工联会覆盖）86.0%"
    nothing = Standardised("1", "第五园", None, None, None, None, None, None)
    assert mix_words.adjusted_text(COVERAGE, nothing) == "同等行业规模下的建会率（含工联会覆盖）：未报"
    undivided = replace(nothing, observed=0.0)
    assert mix_words.adjusted_text(COVERAGE, undivided) == "同等行业规模下的建会率（含工联会覆盖）：无法计算"


def growth(metric: str, difference: float, mix: float, more: float, size: float, mixed: float) -> Growth:
    day = date(2018, 12, 31)
    basis = Basis(date(2018, 12, 1), date(2017, 12, 1), ("1",), 1, 1.0, False, day, date(2017, 12, 31))
    change = Change(catalogue()[metric], "家", "last_year", {}, basis, None, None, difference, None, False)
    return Growth(change, difference, mix, difference - mix, more, size, mixed, more - size - mixed)


def test_where_a_change_comes_from() -> None:
    found = growth("coverage_rate", 0.0307, 0.0012, 159, 61.987, 3.783)
    assert mix_words.growth_text(found) == (
        "较上年同期，分子＋159家（企业数增减＋62家，构成变化＋4家，同类变化＋93家）；"
        "建会率（含工联会覆盖）＋3.1个百分点（构成影响＋0.1个百分点，同类差异＋3.0个百分点）。"
    )
    members = mix_words.growth_text(growth("membership_rate_area", -0.01, 0.0, -50, 20.0, 0.0))
    assert members == (
        "较上年同期，分子－50人（职工人数增减＋20人，构成变化0人，同类变化－70人）；"
        "入会率（辖区口径）－1.0个百分点（构成影响0.0个百分点，同类差异－1.0个百分点）。"
    )
    still = mix_words.growth_text(growth("coverage_rate", 0.0, 0.0, 0, 0.0, 0.0))
    assert still == "较上年同期，建会率（含工联会覆盖）的分子和数值均无变化。"


def test_without_the_largest() -> None:
    """约 where the row is, 无法计算 where nothing is left; the note names both sides and no enterprise."""
    giant = Giant(0.4809, 10941, 12738, 0.85893, True)
    assert giant_words.giant_text(AREA, giant) == "剔除最大企业后约85.9%（该企业占本社区职工的48%）"
    alone = giant_words.giant_text(AREA, replace(giant, denominator=0, value=None))
    assert alone == "剔除最大企业后无法计算（该企业占本社区职工的48%）"
    assert "：10,941人／12,738人。" in giant_words.giant_help(AREA, giant)
    per_thousand = catalogue()["disputes_per_1000_workers"]
    assert "：4宗／12,738人。" in giant_words.giant_help(per_thousand, Giant(0.5, 4, 12738, 0.3))
    own = Giant(0.4809, 384, 428, 0.8972)
    found = [("建会率", COVERAGE, own), ("入会率", AREA, giant)]
    assert giant_words.footnote("岗头", found) == "岗头：最大企业占本社区职工的48%，剔除后建会率89.7%，入会率约85.9%。"

"""差距来源 on 社区对比: the sentences are the metrics', and where chance may have made a gap they give no meaning."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from metrics.judging import mix, mix_words
from metrics.judging.peers import peers
from metrics.question import Question
from metrics.warehouse import Warehouse, open_current
from tests.pages.opening import opened

FIFTH, BANTIAN = "440307013012", "440307013013"
QUESTION = Question("coverage_rate", month=date(2018, 12, 1))


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the page will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def said(own: str, metric: str = "coverage_rate") -> list[str]:
    """Return the panel's sentences about sources."""
    app = opened("compare", own=own, metric=metric)
    return [e.value for e in app.markdown if any(w in e.value for w in ("差距来源", "同等行业规模", "构成变化"))]


def test_a_true_gap_is_taken_apart(warehouse: Warehouse, sample_street: Path) -> None:
    """第五园: the standardised number, the gap to its peers and to the street with their meaning, and its own change."""
    ids = tuple(peer.community_id for peer in peers(warehouse, sample_street).of[FIFTH])
    adjusted = next(row for row in mix.standardised(warehouse, QUESTION) if row.community_id == FIFTH)
    gaps = [mix.gap(warehouse, QUESTION, FIFTH, against) for against in (ids, None)]
    shown = said(FIFTH)
    assert shown[0] == mix_words.adjusted_text(gaps[0].metric, adjusted)  # type: ignore[union-attr]
    for text, gap in zip(shown[1:3], gaps, strict=True):
        assert gap is not None
        assert text == f"{mix_words.gap_sentence(gap)}{mix_words.parts_text(gap)}。"
        assert "差距主要来自同类企业之间。" in text
    assert "分子＋" in shown[3] and len(shown) == 4


def test_a_gap_by_chance_has_no_meaning(warehouse: Warehouse) -> None:
    """坂田 is 相差不大: half a point above the street is taken apart, but not interpreted."""
    *_others, against_street, change = said(BANTIAN)
    assert against_street.endswith("差距没有超出正常波动，来源仅供参考。") and "主要" not in against_street
    assert change.startswith("较上年同期，")


def test_nothing_of_it_for_disputes(warehouse: Warehouse) -> None:
    assert said(FIFTH, "disputes_per_1000_workers") == []

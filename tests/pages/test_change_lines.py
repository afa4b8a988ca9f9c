"""A card says once whether its changes are more than normal variation, and names them where they differ."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from metrics.changes import change
from metrics.judging.chance import Verdict
from metrics.question import Question
from metrics.warehouse import open_current
from pages.parts import cards, change_lines
from pages.parts.change_lines import chance_line, change_line, labelled

NORMAL, BEYOND, SAME = Verdict(False), Verdict(True), Verdict(None)
FESTIVAL = Verdict(None, "春节前后，不判断波动")


@pytest.mark.parametrize(
    ("verdicts", "line"),
    [
        ({"同比": NORMAL}, "属正常波动"),
        ({"同比": BEYOND}, "超出正常波动"),
        ({"同比": FESTIVAL}, "春节前后，不判断波动"),
        ({"同比": SAME}, ""),
        ({"环比": NORMAL, "同比": NORMAL}, "以上变化均属正常波动"),
        ({"环比": BEYOND, "同比": BEYOND, "累计同比": BEYOND}, "以上变化均超出正常波动"),
        ({"环比": NORMAL, "同比": BEYOND, "累计同比": NORMAL}, "环比、累计同比：属正常波动；同比：超出正常波动"),
        ({"环比": SAME, "同比": NORMAL}, "同比：属正常波动"),
        ({"环比": FESTIVAL, "同比": NORMAL}, "环比：春节前后，不判断波动；同比：属正常波动"),
        ({"环比": SAME, "同比": SAME}, ""),
    ],
)
def test_one_line_for_all_changes(monkeypatch: pytest.MonkeyPatch, verdicts: dict[str, Verdict], line: str) -> None:
    monkeypatch.setattr(change_lines, "verdict", lambda _warehouse, change: verdicts[change])
    pairs: Any = [(label, label) for label in verdicts]
    assert chance_line(None, pairs) == line  # type: ignore[arg-type]


def test_each_change_keeps_its_own_label(sample_street: Path) -> None:
    warehouse = open_current(sample_street)
    found = change(warehouse, Question("disputes_received", month=date(2018, 12, 1), period="month"), "last_year")
    assert labelled(found, prefix="累计") == [("累计同比", found)]
    assert change_line(warehouse, found).startswith("同比　")


def _lines(street: Path, month: date) -> dict[str, tuple[str, ...]]:
    warehouse = open_current(street)
    shown = (
        cards.share_card(warehouse, "coverage_rate", month), cards.received_card(warehouse, month),
        cards.open_card(warehouse, month), cards.target_card(warehouse, month),
    )  # fmt: skip
    return {card.title: card.lines for card in shown}


def test_every_card_with_a_change_says_what_it_is(sample_street: Path) -> None:
    """December 2018 of the sample: coverage has really risen, the disputes are as usual."""
    lines = _lines(sample_street, date(2018, 12, 1))
    assert lines["建会率（含工联会覆盖）"][-1] == "以上变化均超出正常波动"
    assert lines["本月受理劳资纠纷"][-1] == "以上变化均属正常波动"
    assert "属正常波动" in lines["月末在办劳资纠纷"] and lines["年度任务（新建会）"][-1] == "属正常波动"


def test_january_is_told_by_days_before_the_festival(sample_street: Path) -> None:
    lines = _lines(sample_street, date(2018, 1, 1))["本月受理劳资纠纷"]
    assert any(line.startswith("春节前56天至16天") for line in lines)
    assert lines[-1] == "环比：春节前后，不判断波动"
    assert not any(line.startswith("春节前") for line in _lines(sample_street, date(2018, 12, 1))["本月受理劳资纠纷"])


def test_january_is_no_span_and_a_register_is_not_held_against_itself(sample_street: Path) -> None:
    """January 2018 rests on December's register: it is carried once, and the year so far is 1月."""
    lines = _lines(sample_street, date(2018, 1, 1))
    said = [line for card in lines.values() for line in card]
    assert not any("1—1月" in line or "2017年12月末较2017年12月末" in line for line in said)
    assert lines["建会率（含工联会覆盖）"].count("沿用2017年12月末数据，无新变化") == 1
    assert any(line.startswith("1月累计39宗") for line in said) and any("1月新建会6家" in line for line in said)

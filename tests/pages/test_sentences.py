"""本月要点 say size and direction from given answers, lead to their rows, and never judge."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from metrics import changes, values
from metrics.warehouse import Warehouse
from pages.parts.sentences import DISPUTES, MAP, MOST, NO_CONDITION, Sentence, Source, sentences
from tests.metrics.tiny import TinyStreet, blank, dispute, enterprise, report, write
from tests.pages.opening import opened

MONTH = date(2018, 12, 1)
JUDGED = ("偏高", "偏低", "明显", "正常波动", "异动", "最差", "垫底", "排名", "第1名")


def source_of(warehouse: Warehouse) -> Source:
    return Source(warehouse, values.ask, changes.change, changes.changes)


def street_of(uncovered: int) -> TinyStreet:
    """Return two communities over 24 months: the first lacks unions in some of its ten enterprises, the second in none."""
    street = blank(2, date(2017, 1, 1), 24)
    first, second = street.communities
    for month in street.months:
        for community in street.communities:
            street.add("community_month", community_id=community, month=month)
            for ledger in ("enterprise", "dispute", "target"):
                report(street, ledger, community, month, "received")
        for number in range(20):
            has_union = number >= 10 or number >= uncovered
            facts = {"has_union": has_union, "is_own_union": has_union, "union_status": "own" if has_union else "none"}
            enterprise(street, number, month, first if number < 10 else second, **facts, members=9 if has_union else 0)
    for number in range(30):  # 10 wage cases in December 2017, 20 in December 2018
        dispute(street, number, first, date(2017 + (number >= 10), 12, 5), causes=["01"])
    return street


def said(folder: Path, uncovered: int = 3) -> list[Sentence]:
    return sentences(source_of(write(street_of(uncovered), folder)), MONTH)


def test_names_who_lacks_the_goal_and_by_how_much(tmp_path: Path) -> None:
    """7 of 10 against a goal of 90 %: two more are needed, not 2.0 or three."""
    first = said(tmp_path)[0]
    assert "岗头70.0%（10家中7家），还差2家" in first.text
    assert "马安堂" not in first.text
    assert (first.page, first.query["metric"], first.query["month"]) == (MAP, "coverage_rate", "2018-12")


def test_goal_exactly_met_is_met(tmp_path: Path) -> None:
    """9 of 10 is 90 %: floating point must not ask for one more."""
    found = said(tmp_path, uncovered=1)[0].text
    assert "未达目标" not in found and found.startswith("全街道建会率")


def test_disputes_are_told_with_their_change(tmp_path: Path) -> None:
    """20 cases after 10: the base is under 20, so the difference stands without a percentage."""
    text = next(sentence.text for sentence in said(tmp_path) if "受理劳资纠纷" in sentence.text)
    assert "20宗" in text and "增加10宗" in text and "%" not in text
    assert "拖欠工资20宗" in text


def test_every_sentence_leads_to_rows(tmp_path: Path) -> None:
    """A sentence without a way to its rows cannot be checked by its reader."""
    found = said(tmp_path)
    assert 3 <= len(found) <= MOST
    assert {sentence.page for sentence in found} >= {MAP, DISPUTES}
    assert all(sentence.query.get("month") == "2018-12" for sentence in found)


def test_a_link_sets_every_condition_of_its_page(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a reader chose on a page before must not narrow the rows behind a sentence: the links name all its filters."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    for page, conditions in NO_CONDITION.items():
        app = opened(Path(page).stem)
        filters = {name for name in app.query_params if name not in {"metric", "month", "start", "layer", "select"}}
        assert filters == set(conditions), page
        chosen = {name: "".join(value) for name, value in app.query_params.items() if name in conditions}
        assert chosen == conditions, page  # none of them narrows anything


@pytest.mark.parametrize("uncovered", [0, 1, 5, 10])
def test_never_judges(tmp_path: Path, uncovered: int) -> None:
    """Size and direction only, until the statistics are there."""
    text = "".join(sentence.text for sentence in said(tmp_path, uncovered))
    assert [word for word in JUDGED if word in text] == []


def test_nothing_known_says_nothing(tmp_path: Path) -> None:
    """A street whose reports are all missing gives no sentence, least of all one with a 0."""
    street = blank(2, date(2018, 1, 1), 12)
    for month in street.months:
        for community in street.communities:
            street.add("community_month", community_id=community, month=month)
            for ledger in ("enterprise", "dispute", "target"):
                report(street, ledger, community, month, "missing")
    assert sentences(source_of(write(street, tmp_path)), MONTH) == []

"""试点成效 through app.py: the sentences of the judgement, every caveat, the official order, and no rank."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from metrics.judging import pilot_words as words
from metrics.judging.pilot import judged, outcomes, pilots
from metrics.question import Question
from metrics.scope import communities
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.pages.opening import opened
from tests.pages_walk import figures

LAST = date(2018, 12, 1)


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the page will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def test_the_page_says_the_judgement_and_every_caveat(warehouse: Warehouse) -> None:
    app = opened("pilot")
    found = judged(warehouse, pilots(warehouse)[0], "disputes_per_1000_workers", LAST)
    assert found.effect is not None
    said = "\n".join(str(element.value) for element in (*app.markdown, *app.caption))
    for text in (words.changed_text(found, found.effect, 1), words.verdict_text(found, found.effect),
                 words.range_text(found, found.effect, 1), words.earlier_text(found, 1)):  # fmt: skip
        assert text in said
    assert all(text in said for text in words.caveats(found, len(outcomes()), is_sample=True))
    assert "第1名" not in said and "大致第" not in said
    table = app.dataframe[0].value
    assert table["community"].to_list() == [one.title for one in communities(warehouse)]


def test_the_course_is_by_quarter_and_leaves_out_what_is_incomplete(warehouse: Warehouse) -> None:
    """第五园 has not reported December 2018: the others' last quarter is not drawn, the pilot's is."""
    app = opened("pilot")
    course, dots = figures(app)
    own, others = course["data"]
    assert len(own["x"]) == 12 and own["x"][0].startswith("2016-02")
    assert own["y"][-1] is not None and others["y"][-1] is None and others["y"][-2] is not None
    bars, points = dots["data"]
    assert points["y"] == bars["y"] == [one.title for one in communities(warehouse)]
    assert all(-2 * base == pytest.approx(long) for base, long in zip(bars["base"], bars["x"], strict=True)), "around 0"


def test_too_little_is_one_sentence(warehouse: Warehouse) -> None:
    app = opened("pilot", month="2017-06")
    assert any("还不到一年" in info.value for info in app.info) and not figures(app)
    assert any("不进简报" in element.value for element in app.markdown), "the caveats stand all the same"


def test_the_checklist_is_by_community_and_item(warehouse: Warehouse) -> None:
    """What is done, partly done and not said adds up to the items; the list has as many rows; nobody is ranked."""
    app = opened("pilot", part="formation")
    by_place, items = (table.value for table in app.dataframe)
    asked = Question("checklist_items", ("community",), LAST, where=(("checklist", ("民主建会",)),))
    assert by_place["items"].to_list() == [row.value for row in ask(warehouse, asked).rows]
    parts = by_place[["done", "partly", "not_yet", "not_applicable", "unsaid"]]
    assert (parts.sum(axis=1) == by_place["items"]).all() and len(items) == by_place["items"].sum()
    assert not {"person", "evidence", "remark"} & set(items.columns)


def test_a_street_without_a_pilot_is_told_what_is_needed(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("metrics.judging.pilot.pilots", lambda _warehouse: ())
    app = opened("pilot")
    assert any("pilots" in info.value for info in app.info) and not app.dataframe and not figures(app)

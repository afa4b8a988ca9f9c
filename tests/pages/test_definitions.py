"""指标说明 through app.py: one card per metric, made from its header, found by search and by link."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.catalogue import Metric, catalogue
from tests.pages.opening import opened


@pytest.fixture(autouse=True)
def street(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages read the sample."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))


@pytest.fixture(scope="module")
def everything(sample_street: Path) -> AppTest:
    """Return the page with all metrics, opened once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UNION_ATLAS_STREET", str(sample_street))
        return opened("definitions")


def cards(app: AppTest) -> set[str]:
    """Return the ids of the metrics whose cards are shown."""
    return {name for name in catalogue() if any(f"`{name}`" in element.value for element in app.markdown)}


@pytest.mark.parametrize("metric", catalogue().values(), ids=lambda metric: metric.id)
def test_card_is_the_header(everything: AppTest, metric: Metric) -> None:
    """Title, meaning, reason, source, owner and the query stand on the page as the header says them."""
    texts = "\n".join(element.value for element in (*everything.markdown, *everything.caption, *everything.code))
    wanted = (metric.title, metric.meaning, metric.why, metric.source, metric.owner, metric.sql, *metric.parts.values())
    assert [part for part in wanted if part not in texts] == []


def test_search_looks_through_the_words(everything: AppTest) -> None:
    """推举 stands in one metric's reason alone."""
    app = opened("definitions")
    app.text_input(key="definitions.search").set_value("推举").run()
    assert cards(app) == {"group_disputes"}


def test_search_in_vain_is_a_sentence() -> None:
    """Nothing found says so and how to get back."""
    app = opened("definitions")
    app.text_input(key="definitions.search").set_value("没有这个词").run()
    assert cards(app) == set() and "没有找到" in app.info[0].value


def test_link_shows_one_metric() -> None:
    """A link to a metric shows its card alone."""
    assert cards(opened("definitions", metric="coverage_rate")) == {"coverage_rate"}


def test_link_to_no_metric_is_named() -> None:
    """A mistyped link names the nearest metric and shows all."""
    app = opened("definitions", metric="coverage_rat")
    assert "coverage_rate" in app.warning[0].value
    assert cards(app) == set(catalogue())


def test_settings_stand_in_the_caveat(everything: AppTest) -> None:
    """Whether 和解 counts is a setting; the card says how it stands here, not both ways."""
    texts = "".join(caption.value for caption in everything.caption)
    assert "“和解”计入调解成功" in texts and "{settlement_counts" not in texts

"""剔除最大企业后 on the map's panel and below the briefing's table, where one enterprise decides and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from metrics.judging.giants import giants
from metrics.question import Question
from metrics.scope import default_month
from metrics.warehouse import Warehouse, open_current
from pages.parts.giants import footnotes
from tests.pages.opening import opened

GANGTOU, NANKENG = "440307013002", "440307013020"
GIANT = "示例特大型企业"  # its name, as the sample writes it


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the pages will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def said(app: AppTest) -> list[str]:
    """Return what a page says of a largest enterprise."""
    return [element.value for element in (*app.markdown, *app.caption) if "最大企业" in element.value]


def test_beside_the_rate_of_one_community(warehouse: Warehouse) -> None:
    found = giants(warehouse, Question("membership_rate_area", ("community",), default_month(warehouse)))[GANGTOU]
    app = opened("map", metric="membership_rate_area", community=GANGTOU)
    assert said(app) == [f"剔除最大企业后约{found.value:.1%}（该企业占本社区职工的48%）"]
    (text,) = [element.proto.help for element in app.markdown if "最大企业" in element.value]
    assert f"{found.numerator:,.0f}人／{found.denominator:,.0f}人" in text and GIANT not in text


def test_nowhere_else_on_the_map(warehouse: Warehouse) -> None:
    """Not for the street, not where no enterprise is so large, not for two communities, not for a count."""
    for query in (
        {},
        {"community": NANKENG},
        {"community": f"{GANGTOU},{NANKENG}"},
        {"community": GANGTOU, "metric": "enterprises"},
    ):
        assert said(opened("map", **query)) == [], query


def test_below_the_briefings_table(warehouse: Warehouse) -> None:
    """One note for the community, with each column that is a rate of enterprises or over workers."""
    month = default_month(warehouse)
    values = [
        giants(warehouse, Question(m, ("community",), month))[GANGTOU].value
        for m in ("coverage_rate", "membership_rate_area")
    ]
    (note,) = said(opened())
    assert note == f"岗头：最大企业占本社区职工的48%，剔除后建会率{values[0]:.1%}，入会率约{values[1]:.1%}。"


def test_a_month_before_any_register_has_no_note(warehouse: Warehouse) -> None:
    columns = [("coverage_rate", "建会率", None), ("disputes_received", "受理纠纷", "month")]
    assert footnotes(warehouse, default_month(warehouse).replace(year=2014), columns) == []

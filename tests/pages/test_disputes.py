"""劳资纠纷 through app.py: the identity holds, filters narrow everything alike, 未报 is not zero, nobody is ranked."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from metrics.balance import balance
from metrics.question import Question
from metrics.scope import months
from metrics.values import ask, rows
from metrics.warehouse import Warehouse, open_current
from tests.pages.opening import opened
from tests.pages_walk import figures

MONTH, START = date(2018, 12, 1), date(2018, 1, 1)
PERSONAL = ("applicant", "phone", "demand", "mediator", "remark", "enterprise")


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the pages will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def test_identity_holds_in_every_month(warehouse: Warehouse) -> None:
    """Opening + received − closed = closing, over the communities known in both months; five years of months."""
    found = [balance(ask, warehouse, month) for month in months(warehouse)]
    told = [entry for entry in found if entry is not None]
    assert len(told) > 24
    assert [entry for entry in told if entry.opening + entry.received - entry.closed != entry.closing] == []
    assert {entry.communities for entry in told} >= {11, 12}


def test_headline_tells_the_identity(warehouse: Warehouse) -> None:
    """The sentence's numbers are the metrics' and add up."""
    (text,) = [e.value for e in opened("disputes").markdown if "月末在办" in e.value]
    opening, received, closed = map(int, re.findall(r"上月末(\d+)＋受理(\d+)－办结(\d+)", text)[0])
    closing = int(re.findall(r"月末在办\*\*(\d+)宗", text)[0])
    assert opening + received - closed == closing
    assert closing == ask(warehouse, Question("disputes_open", month=MONTH)).row.value
    assert "都已报的11个社区" in text


def test_filters_narrow_figures_and_list_alike(warehouse: Warehouse) -> None:
    """With one community and one cause, bars and list tell the same number of cases."""
    where = (("community", ("440307013018",)), ("cause", ("01",)))
    expected = rows(warehouse, Question("disputes_received", (), MONTH, START, where=where)).height
    app = opened("disputes", community="440307013018", cause="01", start="2018-01", month="2018-12")
    bars = figures(app)[0]["data"][0]["y"]
    assert sum(bars) == expected > 0
    assert any(f"{expected}宗" in e.value for e in app.markdown if "纠纷清单" in e.value)


def test_a_name_in_a_link_is_understood(warehouse: Warehouse) -> None:
    """People write 大发埔, programs its id."""
    (named, coded) = (opened("disputes", community=text) for text in ("大发埔", "440307013018"))
    assert figures(named)[0]["data"][0]["y"] == figures(coded)[0]["data"][0]["y"]


def test_unknown_value_in_a_link_is_named(warehouse: Warehouse) -> None:
    """A link that names nothing real says so and shows everything."""
    app = opened("disputes", cause="no-such-cause")
    assert any("no-such-cause" in warning.value for warning in app.warning)


def test_heat_map_keeps_the_unreported_month_blank(warehouse: Warehouse) -> None:
    """第五园's December is a ／ and no value; its twelve communities stand in official order."""
    heat = next(f for f in figures(opened("disputes")) if f["data"][0]["type"] == "heatmap")["data"]
    line = heat[0]["z"][heat[0]["y"].index("第五园")]
    assert line[-1] is None and line[0] is not None
    assert (heat[1]["x"], heat[1]["y"]) == (["2018-12-01"], ["第五园"])
    assert heat[0]["y"][0] == "岗头" and len(heat[0]["y"]) == 12


def test_no_ranks_and_no_persons(warehouse: Warehouse) -> None:
    """The page says why it does not rank, and its list holds no personal column and no enterprise's name."""
    app = opened("disputes")
    assert any("不作排名" in caption.value for caption in app.caption)
    (cases,) = app.dataframe
    assert set(cases.value.columns) & set(PERSONAL) == set()


def test_empty_result_is_a_sentence(warehouse: Warehouse) -> None:
    """A community that reported nothing for the month has no chart of zeros but a sentence."""
    app = opened("disputes", community="第五园", start="2018-12", month="2018-12")
    assert any("没有社区报送" in info.value for info in app.info)


def test_months_the_wrong_way_round_are_said(warehouse: Warehouse) -> None:
    """A start after the end shows the end month alone and says so."""
    app = opened("disputes", start="2018-12", month="2018-03")
    assert any("起始月份晚于截止月份" in warning.value for warning in app.warning)
    assert len(figures(app)[0]["data"][0]["y"]) == 1

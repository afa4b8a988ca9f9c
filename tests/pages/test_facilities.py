"""阵地 on 服务与阵地 through app.py: the metrics' numbers, the reach in words, proposals with reasons, nobody named."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from metrics.judging.covering import covering, enterprises_within
from metrics.judging.covering_words import proposal_text, reached_text
from metrics.judging.facilities import facilities
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from pages.parts.facilities.place import FAR, KINDS, NEAR, PROPOSED, circle, enterprise_traces, facility_traces
from pages.parts.facilities.view import View, value_text
from tests.pages.opening import opened
from tests.pages_walk import figures

END = date(2018, 12, 1)


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the pages will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def test_page_tells_the_metrics_numbers_and_the_reasons_of_a_proposal(warehouse: Warehouse) -> None:
    app = opened("services", part="facilities", new="1", month="2018-12")
    cards = {card.label: card.value for card in app.metric}
    assert cards["在用阵地数"] == f"{ask(warehouse, Question('facilities', (), END)).row.value:,.0f}处"
    near = ask(warehouse, Question("workers_within_500m_rate", (), END)).row.value or 0
    assert cards["阵地500米内职工占比"] == f"约{near * 100:.1f}%"
    said = "\n".join(element.value for element in app.markdown)
    found = covering(warehouse, END, 500, 1)
    assert reached_text(found) in said and proposal_text(found.proposals[0], 1, 500) in said
    assert any("直线距离，不是步行距离" in caption.value for caption in app.caption)
    (drawn,) = [figure for figure in figures(app) if "map" in figure["layout"]]
    names = {trace.get("name") for trace in drawn["data"]}
    assert {"职工之家", "500米内没有阵地的企业", "建议点和它的500米范围"} <= names
    total = ask(warehouse, Question("enterprises", (), END)).row.value
    assert found.enterprises + found.placeless == total and found.homeless, "the sentence counts 辖区企业数"
    notes = [caption.value for caption in app.caption]
    assert f"另有{found.placeless + found.homeless:,}家企业没有经纬度、职工人数或社区，不计" in notes
    assert "%,.1f" in app.dataframe[0].proto.columns, "3,669.0, not 3669.0"
    table = app.dataframe[-1].value
    assert len(table) == len(facilities(warehouse, END)) and not {"manager", "phone"} & set(table.columns)


def test_no_dot_has_a_colour_that_means_a_level() -> None:
    """Green is a level of risk and orange is 偏高 or 偏低: every dot is blue, purple or nearly grey, each kind its own."""
    assert len(set(KINDS)) == len(KINDS)
    for colour in (*KINDS, *NEAR.values(), *FAR.values(), *PROPOSED.values()):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        assert blue >= max(red, green) - 8, colour


def test_one_community_and_a_month_before_the_first_register(warehouse: Warehouse) -> None:
    """南坑 has the article's three; before June 2017 there is a sentence and no zeros."""
    app = opened("services", part="facilities", community="南坑", month="2018-12")
    assert {card.label: card.value for card in app.metric}["阵地面积"] == "1,450平方米"
    assert list(app.dataframe[-1].value["facility"])[0] == "南坑社区职工之家" and len(app.dataframe[-1].value) == 3
    early = opened("services", part="facilities", month="2016-06")
    assert any("没有可用的职工之家和阵地台账" in info.value for info in early.info) and not early.metric


def test_what_is_unknown_is_no_zero(warehouse: Warehouse) -> None:
    """A home whose visits are told per day alone leaves its community's visits unknown, where it is the only one."""
    view = View(warehouse, END)
    answer = view.ask("facility_visits")
    lost = replace(answer.row, numerator=0, value=0, item_missing=1)
    assert (
        value_text(view, answer, lost) == "不详" and value_text(view, answer, replace(lost, item_missing=0)) == "0人次"
    )


def test_the_map_draws_each_kind_once_and_every_worker_once(warehouse: Warehouse) -> None:
    found = facilities(warehouse, END)
    kinds = list(dict.fromkeys(each.kind or "" for each in found))
    traces = facility_traces(found, kinds)
    placed = sum(each.is_counted and each.lon is not None for each in found)
    assert sum(len(trace["lon"]) for trace in traces) == placed and len({t["name"] for t in traces}) == len(traces)
    listed = enterprises_within(warehouse, END, 500)
    dots = enterprise_traces(listed, 500, is_dark=False)
    workers = sum(int(text.split("职工")[1].rstrip("人").replace(",", "")) for trace in dots for text in trace["text"])
    assert workers == ask(warehouse, Question("workers_within_500m_rate", (), END)).row.denominator
    lon, lat = circle(114.0, 22.6, 500)
    assert max(lat) - min(lat) == pytest.approx(1_000 / 111_195, abs=2e-6) and lon[0] == lon[-1]

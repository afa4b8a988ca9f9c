"""园区工联会 through app.py: the table is `--by park`, the street is counted once, a park's page follows its link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from metrics.catalogue import metric_of
from metrics.judging.federations import Register
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from pages.parts.parks.table import founded_text, frame, notes, value_cell
from pages.parts.parks.view import View, measures
from tests.pages.opening import opened
from tests.pages_walk import shown

DECEMBER = date(2018, 12, 1)


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the pages will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def test_the_table_is_what_the_terminal_says_by_park(warehouse: Warehouse) -> None:
    """Every number of the file is `--by park`; counts of parks and of the rest add up to the street's, once."""
    view = View(warehouse, DECEMBER)
    found = measures(warehouse, DECEMBER)
    rows = {row["park"]: row for row in frame(view, found).iter_rows(named=True)}
    assert list(rows) == ["天安云谷", "星河雅宝", "中浩工业城", "南坑创意园", "园区外或不详"]
    for one in found:
        answer = ask(warehouse, Question(one.metric, ("park",), DECEMBER, period=one.period))
        told = {row.keys["park"]: row.value for row in answer.rows}
        for park, row in rows.items():
            assert row[one.metric] == told.get(park, 0), (one.metric, park)
        if metric_of(one.metric).over is None:
            street = ask(warehouse, Question(one.metric, (), DECEMBER, period=one.period)).row
            assert sum(row[one.metric] for row in rows.values()) == pytest.approx(street.value)
    assert {"enterprises", "coverage_rate", "members", "disputes_received", "hazards"} <= {one.metric for one in found}


def test_members_and_the_rates_members_differ_only_with_a_reason(warehouse: Warehouse) -> None:
    """Where the two sums differ a sentence under the table says both and why; where they are the same it is silent."""
    view, found = View(warehouse, DECEMBER), measures(warehouse, DECEMBER)
    sums = {one.metric: view.together(one) for one in found}
    members, inside = sums["members"].value or 0, sums["membership_rate_area"].numerator or 0
    said = "".join(notes(view, found))
    assert members != inside and f"会员合计{members:,.0f}人，入会率只算了其中{inside:,.0f}人" in said
    assert "入会率只算了" not in "".join(notes(view, [one for one in found if one.metric != "members"]))


def test_a_park_without_cases_is_0_and_one_not_reported_is_not(warehouse: Warehouse) -> None:
    """No row by park means none where the park's community has reported, and 未报 where it has not."""
    view, metric = View(warehouse, DECEMBER), metric_of("disputes_received")
    rows = ask(warehouse, Question(metric.id, ("community",), DECEMBER)).rows
    reported = next(row for row in rows if row.known)
    missing = next(row for row in rows if not row.known)
    assert value_cell(view, metric, None, reported).text == "0宗"
    assert value_cell(view, metric, None, missing).text == "未报"
    assert value_cell(view, metric_of("coverage_rate"), None, reported).text == "无"


def test_a_federation_is_told_as_the_register_knows_it(warehouse: Warehouse) -> None:
    """Founded, dissolved, not there, or no register at all: four different things."""
    view = View(warehouse, DECEMBER)
    known = view.unions.federations[("park", "zhonghao")]
    assert founded_text(view, "zhonghao") == "2013年7月18日成立"

    def told(register: Register) -> str:
        other = View(warehouse, DECEMBER)
        other.__dict__["unions"] = register
        return founded_text(other, "zhonghao")

    empty = replace(view.unions, federations={})
    assert told(empty) == "尚无园区工联会" and told(replace(empty, known=frozenset())) == "工会组织台账未报"
    ended = {("park", "zhonghao"): replace(known, state="dissolved")}
    assert told(replace(view.unions, federations=ended)) == "注销"
    undated = {("park", "zhonghao"): replace(known, formed_date=None)}
    assert told(replace(view.unions, federations=undated)) == "已成立，日期不详"


def test_a_parks_own_page_follows_its_link(warehouse: Warehouse) -> None:
    """`?park=` opens one park: its federation, its numbers as `--where park=`, its enterprises; names are understood."""
    app = opened("parks", park="中浩工业城")
    texts = "\n".join(shown(app))
    assert "中浩工业城园区工会联合会，2013年7月18日成立" in texts and "2013年起为园区工联会试点" in texts
    where = (("park", ("zhonghao",)),)
    row = ask(warehouse, Question("coverage_rate", (), DECEMBER, where=where)).row
    cards = {card.label: card.value for card in app.metric}
    assert cards["建会率"] == f"{(row.value or 0) * 100:.1f}%" and cards["企业"] == f"{row.denominator:.0f}家"
    (table,) = app.dataframe
    assert len(table.value) == row.denominator and "名次" not in texts
    app = opened("parks", park="没有这个园区")
    assert any("没有这个园区" in warning.value for warning in app.warning) and len(app.dataframe) == 1

"""民主管理与合同, 经费, 荣誉与创建 and 工会体检 through app.py: both sides of every rate, lists that lead to their rows, nobody named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.sample.honours import PERSONAL, PLANTED_PERSONS
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from pages.parts.health.lists import LISTS
from pages.parts.staff.view import View
from tests.pages.opening import opened

MONTH = date(2018, 12, 1)


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the pages will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def test_rates_stand_with_both_sides_and_what_could_not_be_judged(warehouse: Warehouse) -> None:
    app = opened("staff", part="contracts", month="2018-12")
    cards = {card.label: card.value for card in app.metric}
    notes = [caption.value for caption in app.caption]
    for metric, title in (
        ("collective_contract_rate", "集体合同"),
        ("mediation_committee_rate", "调解委员会（百人以上）"),
    ):
        row = ask(warehouse, Question(metric, (), MONTH)).row
        assert cards[title] == f"{(row.value or 0) * 100:.1f}%"
        sides = f"{row.numerator:,.0f}/{row.denominator:,.0f}家"
        assert any(sides in note and f"另有{row.item_missing}家无法判断" in note for note in notes), metric
    places, contracts = (table.value for table in app.dataframe)
    assert len(places) == 12 and list(places["community"])[:2] == ["岗头", "马安堂"], "in official order"
    ends = list(contracts["term_end"])
    assert ends == sorted(ends) and set(contracts["source"].str.startswith("/trace?")) == {True}


def test_dues_lead_to_who_has_not_paid_in_full(warehouse: Warehouse) -> None:
    app = opened("staff", part="dues", month="2018-12", community="南坑")
    where = (("community", ("440307013020",)),)
    paid = ask(warehouse, Question("dues_paid_yuan", (), MONTH, period="ytd", where=where)).row
    assert {card.label: card.value for card in app.metric}["实拨"] == f"{paid.value:,.0f}元"
    short = app.dataframe[1].value
    assert len(short) and (short["value"] < short["base"]).all() and set(short["community"]) == {"南坑"}


def test_months_before_the_first_ledger_are_sentences_not_zeros(warehouse: Warehouse) -> None:
    for part, words in (("dues", "没有报送工会经费台账"), ("contracts", "无法")):
        app = opened("staff", part=part, month="2016-01")
        shown = [info.value for info in app.info] + [card.value for card in app.metric]
        assert any(words in text or text == "未报" for text in shown), part


def test_honours_are_those_of_organisations(warehouse: Warehouse) -> None:
    app = opened("staff", part="honours", month="2018-12")
    honours = app.dataframe[0].value
    assert list(honours["unit_name"])[:2] == ["全国模范职工之家", "全国百家示范乡镇（街道）工会"]
    assert list(honours["community"])[:2] == ["南坑", "街道本级"]
    everything = " ".join(str(table.value.to_csv()) for table in app.dataframe)
    assert not any(name in everything for name in (*PLANTED_PERSONS, *PERSONAL))


def test_every_health_list_is_as_long_as_its_number_and_names_who_answers(warehouse: Warehouse) -> None:
    app = opened("organising", part="health", month="2018-12")
    titles = [text.value for text in app.markdown if text.value.startswith("#####")]
    assert len(app.dataframe) == len(LISTS)
    for which, table in zip(LISTS, app.dataframe, strict=True):
        count = ask(warehouse, Question(which.metric, (), MONTH)).row.value
        assert count == len(table.value) > 0, which.metric
        assert any(which.title in title and f"{count:,.0f}" in title for title in titles)
        assert table.value["responsible"].str.endswith("社区工联会").all()
        assert table.value["source"].str.startswith("/trace?").all()


def test_a_list_can_be_narrowed_to_one_community(warehouse: Warehouse) -> None:
    where = (("community", ("440307013008",)),)
    app = opened("organising", part="health", month="2018-12", community="五和", industry="C")
    for which, table in zip(LISTS, app.dataframe, strict=False):
        assert set(table.value["responsible"]) == {"五和社区工联会"}, which.metric
    assert View(warehouse, MONTH, where).answer("unions_term_overdue").row.value == 5

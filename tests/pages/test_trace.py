"""数字来源: a figure with its rows, a row with its figures, and how every number on a page leads there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from metrics import lineage, values
from metrics.question import Question
from metrics.scope import default_month
from metrics.warehouse import open_current
from pages.parts.lineage.asked import group_in, question_of
from pages.parts.lineage.links import trace_ids, trace_query, with_links
from tests.pages.opening import opened
from tests.pages_walk import shown

NANKENG = "440307013020"


@pytest.fixture(autouse=True)
def _sample(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))


def _texts(**query: str) -> str:
    return "\n".join(shown(opened("trace", **query)))


def test_a_figure_shows_both_sides_and_their_sums() -> None:
    """建会率 of one community: its value, both sides as buttons, and the sums that they make."""
    where = {"metric": "coverage_rate", "month": "2018-12", "community": NANKENG}
    said = _texts(**where)
    assert "建会率（含工联会覆盖）　南坑　2018年12月末：96.0%（227家中218家）" in said
    assert "合计218，就是分子" in said
    assert "合计227，就是分母" in _texts(**where, side="denominator")
    app = opened("trace", **where)
    [table] = app.dataframe
    assert len(table.value) == 218 and table.value["source"].str.startswith("/trace?load=").all()


def test_the_street_leads_on_to_each_community() -> None:
    """The street's figure offers every community's, a community's offers none; a mean says over how many month-ends."""
    said = _texts(metric="disputes_per_1000_workers", month="2018-12", period="ytd", side="denominator")
    assert "12个月末的平均" in said
    assert f"community={NANKENG}" in said
    assert "按社区看" not in _texts(metric="coverage_rate", month="2018-12", community=NANKENG)


def test_more_rows_than_anybody_reads_are_said() -> None:
    """Of the street's three thousand enterprises the first two thousand are listed, and it says so."""
    app = opened("trace", metric="enterprises", month="2018-12")
    [table] = app.dataframe
    assert len(table.value) == 2_000
    assert any("只列前2,000行" in caption.value for caption in app.caption)


def test_a_row_shows_its_cells_and_figures(sample_street: Path) -> None:
    """From a list's link to the row: its cells, its fate and the figures it enters, each with a way back."""
    warehouse = open_current(sample_street)
    frame = values.rows(warehouse, Question("disputes_received", month=date(2018, 10, 1)), 1)
    [address] = with_links(warehouse, frame)["source"].to_list()
    app = opened("trace", **dict(parse_qsl(address.partition("?")[2])))
    cells, figures = (table.value for table in app.dataframe)
    assert frame["unit_id"][0] in cells["text"].to_list()
    assert "受理劳资纠纷" in figures["metric"].to_list() and "每千名职工纠纷数（年）" in figures["metric"].to_list()
    assert [info.value for info in app.info] == ["已入库，有效。"]


def test_a_register_row_leads_to_the_month_that_pages_show(sample_street: Path) -> None:
    """A register is carried on: its row enters months for which nothing was sent in, and leads to none of those."""
    warehouse = open_current(sample_street)
    frame = values.rows(warehouse, Question("enterprises", month=date(2018, 12, 1)), 1)
    [address] = with_links(warehouse, frame)["source"].to_list()
    _cells, figures = (table.value for table in opened("trace", **dict(parse_qsl(address.partition("?")[2]))).dataframe)
    assert figures["months"].str.contains("2019年").any(), "the row is carried on"
    assert figures["source"].str.contains("month=2018-12").all()


def test_what_does_not_exist_is_a_sentence() -> None:
    """A bare address says how to get here; unknown metrics, months, communities, files and rows end in a sentence."""
    app = opened("trace")
    assert any("明细与来源" in info.value for info in app.info)
    for query in (
        {"metric": "no_such"},
        {"metric": "coverage_rate", "month": "2018"},
        {"metric": "coverage_rate", "month": "1999-01"},
        {"metric": "coverage_rate", "community": "x"},
        {"metric": "coverage_rate", "period": "week"},
        {"metric": "disputes_received", "from": "2018-12", "month": "2018-01"},
        {"metric": "disputes_received", "main_cause": "no"},
        {"load": "000001-00000000", "file": "1", "row": "3"},
        {"load": "", "row": "x"},
    ):
        app.query_params.clear()
        app.query_params.update(query)
        app.run()
        assert not app.exception and len(app.warning) == 1 and not app.dataframe, query


def test_addresses_of_figures_are_read_back(sample_street: Path) -> None:
    """A question's address, narrowed to one of its rows, asks for that row: same value, by community, month or code."""
    warehouse = open_current(sample_street)
    for question in (
        Question("coverage_rate", ("community",)),
        Question("disputes_received", ("community", "month"), date(2018, 3, 1), date(2018, 1, 1)),
        Question("disputes_received", ("cause",), date(2018, 12, 1), date(2018, 10, 1)),
        Question("membership_rate_area", ("size_band", "industry"), where=(("community", (NANKENG,)),)),
        Question("disputes_received", ("month",), date(2018, 3, 1), date(2018, 1, 1), "ytd"),
    ):
        for row in values.ask(warehouse, question).rows[:9]:
            said = dict(parse_qsl(trace_query(question, warehouse, row)))
            group, asked = group_in(said), question_of(said)
            back = lineage.picked(values.ask(warehouse, replace(asked, by=tuple(name for name, _code in group))), group)
            assert (back.numerator, back.denominator) == (row.numerator, row.denominator), (question, row.keys)
    bare = trace_ids(warehouse, Question("coverage_rate"))
    assert bare == {"metric": "coverage_rate", "month": f"{default_month(warehouse):%Y-%m}"}


@pytest.mark.parametrize(
    ("page", "metrics"),
    [
        ("briefing", {"coverage_rate", "disputes_received", "disputes_open", "unions_formed_target_progress"}),
        ("map", {"coverage_rate"}),
        ("compare", {"coverage_rate"}),
        ("disputes", {"disputes_received", "disputes_closed", "disputes_open", "amount_claimed_yuan"}),
        ("hazards", {"hazard_reports", "enterprises_red", "enterprises_yellow", "hazard_verified_rate"}),
        ("cases", {"case_steps_overdue_rate", "mediation_success_of_all", "dispute_days_to_close"}),
        ("online", {"online_requests", "online_closed", "online_open", "online_on_time_rate"}),
    ],
)
def test_every_page_leads_to_the_rows_of_its_numbers(page: str, metrics: set[str]) -> None:
    """Each page's main numbers bear a link to their rows, with the month that the page shows."""
    said = "\n".join(shown(opened(page)))
    for metric in metrics:
        assert f"/trace?metric={metric}&month=2018-12" in said, metric

"""Filters: what a link says is what is shown, and what is shown is what the link says."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.parts.choices import Chosen, Filter, read, write
from tests.pages.opening import opened

PLACES = Filter("community", "社区", {"01": "南坑", "02": "五和"}, is_many=True, aliases={"南坑": "01", "五和": "02"})
METRIC = Filter("metric", "指标", {"a": "甲", "b": "乙"}, "b")


@pytest.fixture(autouse=True)
def street(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages read the sample street."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))


@pytest.mark.parametrize(
    ("text", "chosen", "unknown"),
    [
        ("all", (), ()),
        ("", (), ()),
        ("01", ("01",), ()),
        ("02,01,02", ("02", "01"), ()),
        ("南坑, 02", ("01", "02"), ()),
        ("01,99,北坑", ("01",), ("99", "北坑")),
        ("99", (), ("99",)),
    ],
)
def test_many_values_are_read(text: str, chosen: tuple[str, ...], unknown: tuple[str, ...]) -> None:
    """Ids and names are understood, doubles count once, and what does not exist is named."""
    assert read(PLACES, text) == (chosen, unknown)


@pytest.mark.parametrize(
    ("text", "chosen", "unknown"), [("a", "a", ()), ("c", "b", ("c",)), ("a,b", "b", ()), ("all", "b", ())]
)
def test_one_value_is_read(text: str, chosen: str, unknown: tuple[str, ...]) -> None:
    """A filter of one value falls back to its default."""
    assert read(METRIC, text) == ((chosen,), unknown)


def test_what_is_written_is_read_again() -> None:
    """The address and the choice say the same."""
    for values in ((), ("01",), ("02", "01")):
        assert read(PLACES, write(values)) == (values, ())
    assert write(()) == "all"


def test_all_is_no_condition() -> None:
    """A filter of which nothing is chosen asks nothing of a question."""
    other = Filter("park", "园区", {"p": "甲园"}, is_many=True)
    chosen = Chosen({"community": PLACES, "park": other}, {"community": ("01", "02"), "park": ()})
    assert chosen.where("community", "park") == (("community", ("01", "02")),)
    assert chosen.titles("community") == "南坑、五和"


def test_link_decides_and_defaults_are_written() -> None:
    """A link with one filter opens with it; the rest stands at its default."""
    app = opened("map", community="南坑", metric="membership_rate_area")
    assert app.multiselect(key="map.community").value == ["440307013020"]
    assert app.selectbox(key="map.metric").value == "membership_rate_area"
    assert app.selectbox(key="map.month").value == "2018-12"
    assert not app.warning


def test_unknown_ids_are_named() -> None:
    """A link that names what does not exist says so, shows the rest, and the page works."""
    app = opened("map", community="440307013020,999", month="2030-01", metric="no_such")
    said = " ".join(warning.value for warning in app.warning)
    assert "“999”" in said and "“2030-01”" in said and "“no_such”" in said
    assert app.multiselect(key="map.community").value == ["440307013020"]
    assert app.selectbox(key="map.metric").value == "coverage_rate"


def test_a_choice_wins_over_the_old_address_and_survives_the_page() -> None:
    """Choosing changes the page although the address still says the old value; other pages take the choice over."""
    app = opened("map", community="南坑")
    app.selectbox(key="map.metric").set_value("disputes_received").run()
    assert app.selectbox(key="map.metric").value == "disputes_received"
    app.switch_page("pages/compare.py").run()
    assert app.selectbox(key="compare.metric").value == "disputes_received"


def test_clearing_goes_back_to_the_defaults() -> None:
    """清空条件 empties every filter at once."""
    app = opened("map", community="南坑", industry="C", metric="workers")
    app.button(key="map.clear").click().run()
    assert app.multiselect(key="map.community").value == []
    assert app.multiselect(key="map.industry").value == []
    assert app.selectbox(key="map.metric").value == "coverage_rate"

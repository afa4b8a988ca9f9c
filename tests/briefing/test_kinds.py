"""Kinds are data: an impossible file is refused, names and ids find them, requests are resolved or refused in a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from briefing.kinds import FOLDER, SECTIONS, kind_of, kinds, parse_kind
from briefing.request import Request
from briefing.resolving import resolved
from etl.errors import QuestionError
from metrics.warehouse import Warehouse, open_current

NANKENG = "440307013020"
GOOD = """
name: 快报
title: 工会工作快报
about: 试一试
period: month
sections: [overview, [indicators, attention]]
titles: {attention: 提醒}
indicators: {stocks: [coverage_rate]}
"""


@pytest.fixture(name="warehouse", scope="module")
def warehouse_(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


def test_the_kinds_of_the_issue_are_there() -> None:
    names = {"brief": "简报", "monthly": "月报", "quarterly": "季报", "special": "专报", "circular": "情况通报",
             "half_year": "半年总结", "annual": "年度总结"}  # fmt: skip
    assert {kind.id: kind.name for kind in kinds().values()} == names
    assert all(kind_of(name) is kind_of(id) for id, name in names.items())


def test_every_kind_is_read_from_its_own_file() -> None:
    assert set(kinds()) == {path.stem for path in FOLDER.glob("*.yml")}
    assert all(kind.about for kind in kinds().values())


def test_a_kind_says_which_sections_stand_together() -> None:
    kind = parse_kind("flash", GOOD)
    assert kind.sections == (("overview",), ("indicators", "attention"))
    assert kind.titles == {"attention": "提醒"} and kind.audiences == ("internal", "public")
    assert kind.indicators == {"stocks": ("coverage_rate",), "flows": (), "targets": ()}


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("name: 快报", "name: 快报\ncolour: red", "unknown keys"),
        ("about: 试一试", "", "missing keys"),
        ("period: month", "period: week", "period is 'week'"),
        ("period: month", "period: year\nmost_pages: 2", "most_pages belongs"),
        ("overview", "overwiew", "unknown sections"),
        ("titles: {attention", "titles: {proposals", "titles of sections"),
        ("coverage_rate", "coverage", "unknown metrics"),
        ("{stocks", "{stock", "unknown groups"),
        ("period: month", "period: month\nscopes: [district]", "scopes holds"),
        ("period: month", "period: month\naudiences: [press]", "audiences holds"),
        ("period: month", "period: month\nranking: [rank]", "unknown metrics"),
    ],
)
def test_an_impossible_kind_is_refused(before: str, after: str, problem: str) -> None:
    assert before in GOOD
    with pytest.raises(ValueError, match=problem):
        parse_kind("flash", GOOD.replace(before, after))


def test_a_kind_misspelt_is_named() -> None:
    with pytest.raises(QuestionError) as caught:
        kind_of("年度总節")
    assert caught.value.code == "unknown_kind" and "是不是“年度总结”？" in caught.value.sentence()
    with pytest.raises(QuestionError, match="没有“画报画报”这种文件"):
        kind_of("画报画报")


@pytest.mark.parametrize(
    ("kind", "month", "end"),
    [("brief", (2018, 11), (2018, 11)), ("quarterly", (2018, 11), (2018, 9)), ("quarterly", (2018, 12), (2018, 12)),
     ("half_year", (2018, 12), (2018, 6)), ("half_year", (2018, 5), (2017, 6)), ("annual", (2018, 11), (2017, 12))],
)  # fmt: skip
def test_a_kind_ends_with_the_month_of_its_period(kind: str, month: tuple[int, int], end: tuple[int, int]) -> None:
    assert kinds()[kind].newest_end(date(*month, 1)) == date(*end, 1)
    assert kinds()[kind].ends_with(date(*month, 1)) == (month == end)


def test_names_become_ids_and_the_month_the_newest_one(warehouse: Warehouse) -> None:
    found = resolved(warehouse, Request("专报", None, "南坑社区"))
    assert (found.kind, found.month, found.community) == ("special", date(2018, 12, 1), NANKENG)
    assert resolved(warehouse, Request("半年总结")).month == date(2018, 6, 1)
    assert resolved(warehouse, Request("专报", topic="受理劳资纠纷")).topic == "disputes_received"
    assert resolved(warehouse, found) == found


REFUSED = {
    "a month between the ends": (
        Request("季报", date(2018, 11, 1)),
        "季报不能截至2018年11月。可选2018年9月、2018年12月",
    ),
    "a month without data": (Request("简报", date(2031, 1, 1)), "没有2031年1月的数据"),
    "neither community nor topic": (Request("专报"), "专报写一个社区或一个专题。"),
    "both community and topic": (Request("专报", None, "南坑", "coverage_rate"), "不要都写"),
    "a topic of a brief": (Request("简报", topic="coverage_rate"), "简报不分专题。请用专报"),
    "a community of a circular": (Request("情况通报", None, "南坑"), "情况通报不分社区。请用专报"),
    "ranks in public": (Request("情况通报", audience="public"), "情况通报列名次，只有内部版。对外请用简报"),
    "a misspelt community": (Request("简报", None, "南坑南"), "是不是“南坑”？"),
    "no community": (Request("简报", None, "不详"), "请写社区名称"),
    "a misspelt topic": (Request("专报", topic="coverage_rat"), "是不是“coverage_rate”？"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_asked_is_refused_in_one_sentence(warehouse: Warehouse, case: str) -> None:
    request, said = REFUSED[case]
    with pytest.raises(QuestionError) as caught:
        resolved(warehouse, request)
    assert said in caught.value.sentence()


def test_a_resolved_request_knows_its_month() -> None:
    assert Request("brief", date(2018, 12, 1)).end == date(2018, 12, 1)
    with pytest.raises(AssertionError):
        _ = replace(Request("brief")).end


def test_every_section_is_a_file_that_some_kind_uses() -> None:
    """A section's file has a title, a builder and no other word about itself than compose knows."""
    files = {path.stem for path in SECTIONS.glob("*.py")} - {"__init__", "made"}
    assert files == {part for kind in kinds().values() for parts in kind.sections for part in parts}
    for name in files:
        module = import_module(f"briefing.sections.{name}")
        assert module.TITLE and callable(module.build), name
        said = {word for word in vars(module) if word.startswith("IS_")}
        assert said <= {"IS_INTERNAL", "IS_OF_STREET", "IS_LAST"}, name


def test_what_names_communities_or_matters_stays_in_the_house() -> None:
    for name in (
        "attention",
        "ranking",
        "assigned",
        "proposals",
        "next_steps",
        "district_ranks",
        "district_ranks_line",
    ):
        assert import_module(f"briefing.sections.{name}").IS_INTERNAL, name

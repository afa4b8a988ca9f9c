"""What is overdue and who is red, as documents tell it: the metrics' numbers, a responsible unit, nothing for the public."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefing.aspects import ASPECTS, dues, warned
from briefing.model import Origin, Sentence
from briefing.request import Request
from briefing.resolving import resolved
from briefing.sentences import MOST, attention, points
from briefing.sentences.points import _most_urgent
from briefing.source import Source
from briefing.suggestions import suggestions
from etl.errors import QuestionError
from metrics.judging.due import due_summary
from metrics.question import Question
from metrics.scope import communities
from metrics.values import ask, rows
from metrics.warehouse import Warehouse, open_current
from tests.briefing.street_of_sentences import street_of_sentences
from tests.metrics.tiny import write

MONTH, DAY, BEFORE = date(2018, 12, 1), date(2018, 12, 31), date(2015, 6, 1)
HOUSE_ONLY = ("longest_open", "due_soon", "group_open", "overdue_names", "red_places")


@pytest.fixture(scope="module")
def warehouse(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


def told(source: Source, month: date = MONTH, community: str = "") -> dict[str, Sentence]:
    return {one.id: one for one in points(source, month, community) if isinstance(one, Sentence)}


def test_overdue_is_what_the_metrics_count(warehouse: Warehouse) -> None:
    """Cases in hand, overdue and their limits from the metrics, the longest from the clocks; who is responsible is named."""
    one = told(Source(warehouse))["disputes:overdue"]
    counts = [ask(warehouse, Question(name, month=MONTH)).row.value
              for name in ("disputes_open", "disputes_overdue", "case_steps_overdue")]  # fmt: skip
    found = due_summary(warehouse, DAY)
    said = re.match(
        r"2018年12月末在办(\d+)宗(?:（10人以上集体纠纷\d+宗）)?，最长已办(\d+)天；其中超期(\d+)宗（(.*?)），涉及办理期限(\d+)项",
        one.text,
    )
    assert said is not None, one.text
    assert [int(said[1]), int(said[3]), int(said[5])] == counts and int(said[2]) == found.longest_days
    late = [
        row.keys["community"]
        for row in ask(warehouse, Question("disputes_overdue", ("community",), MONTH)).rows
        if row.value
    ]
    assert said[4].split("、") == late[:3]
    assert one.unit == f"{'、'.join(map(str, late[:3]))}{'等' if len(late) > 3 else ''}社区工联会"
    assert (one.page, one.query["show"], one.query["month"]) == ("pages/cases.py", "overdue", "2018-12")


def test_a_community_hears_of_its_own(warehouse: Warehouse) -> None:
    """A community without overdue cases is told nothing of the others'."""
    counts = {
        row.keys["community_id"]: row.value
        for row in ask(warehouse, Question("disputes_overdue", ("community",), MONTH)).rows
    }
    assert set(counts.values()) > {0.0}
    for community in communities(warehouse):
        assert ("disputes:overdue" in told(Source(warehouse), MONTH, community.id)) is bool(counts[community.id])


def test_red_enterprises_are_placed_and_not_named(warehouse: Warehouse) -> None:
    """How many and in which communities, which are responsible; which enterprises they are stands on their page alone."""
    one = told(Source(warehouse))["warnings:red"]
    frame = rows(warehouse, Question("enterprises_red", month=MONTH))
    assert f"红的企业{frame.height}家（" in one.text and frame.height
    for community in frame["community"].unique():
        assert (
            f"{community}{frame.filter(frame['community'] == community).height}家" in one.text and community in one.unit
        )
    assert not [name for name in frame["unit_name"] if name in one.text] and one.query["part"] == "levels"
    assert (
        f"报告隐患线索{ask(warehouse, Question('hazard_reports', month=MONTH, period='month')).row.value:.0f}条"
        in one.text
    )


@pytest.mark.parametrize("topic", ["enterprises_red", "hazard_reports", "case_steps_overdue", "disputes_overdue"])
def test_no_public_document_is_written_on_them(warehouse: Warehouse, topic: str) -> None:
    """In the house they are topics like others; for the public the request is refused in a sentence."""
    with pytest.raises(QuestionError, match="只有内部版"):
        resolved(warehouse, Request("special", MONTH, topic=topic, audience="public"))
    assert resolved(warehouse, Request("special", MONTH, topic=topic)).topic == topic


@pytest.mark.parametrize("aspect", HOUSE_ONLY)
def test_nothing_of_it_leaves_the_house(warehouse: Warehouse, aspect: str) -> None:
    """Neither a sentence nor a number nor a name, however it is asked for; in the house each of them can be had."""
    public = Source(warehouse, audience="public")
    metric = warned.RED if aspect == "red_places" else dues.OVERDUE
    origin = Origin(aspect, metric, MONTH)
    assert ASPECTS[aspect](public, replace(origin, audience="public")) is None
    assert ASPECTS[aspect](Source(warehouse), origin)
    ids = {one.id for one in (*points(public, MONTH), *attention(public, MONTH)) if isinstance(one, Sentence)}
    assert ids & {"disputes:overdue", "warnings:red"} == set()


def test_old_ledgers_are_said_to_be_old(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Overdue by a ledger that is too old is for orientation only; in December it is not."""
    assert "仅供参考" not in told(Source(warehouse))["disputes:overdue"].text
    monkeypatch.setitem(ASPECTS, "stale", lambda _source, _origin: "数据已过期")
    assert told(Source(warehouse))["disputes:overdue"].text.endswith("（数据已过期，超期数仅供参考）。")


def test_before_the_ledgers_nothing_is_said_or_missed(warehouse: Warehouse, tmp_path: Path) -> None:
    """A year without these ledgers, or a street that keeps none, has no such sentence and no hole either."""
    for source, month in ((Source(warehouse), BEFORE), (Source(write(street_of_sentences(), tmp_path)), MONTH)):
        found = points(source, month)
        assert not [
            one for one in found if isinstance(one, Sentence) and one.id in {"disputes:overdue", "warnings:red"}
        ]
        assert not [
            one for one in found if not isinstance(one, Sentence) and ("超期" in one.what or "隐患" in one.what)
        ]
        assert not [one for one in suggestions(source, month) if one.id in {"overdue", "red"}]


def test_both_are_suggested_for_decision(warehouse: Warehouse) -> None:
    """The suggestions bear the same numbers and units as the sentences."""
    source = Source(warehouse)
    found = {one.id: one for one in suggestions(source, MONTH)}
    sentences = told(source)
    for name, sentence in (("overdue", "disputes:overdue"), ("red", "warnings:red")):
        assert found[name].unit == sentences[sentence].unit and found[name].text.endswith(("督办。", "处置。"))
    overdue = ask(warehouse, Question("disputes_overdue", month=MONTH)).row.value
    assert f"超期{overdue:.0f}宗" in found["overdue"].text


def test_what_asks_for_attention_stays() -> None:
    """Of too many sentences the last ones that nobody has to answer for go; the order stays."""
    many = [Sentence(f"s:{letter}", (letter,), unit=letter if letter in "adefgh" else "") for letter in "abcdefgh"]
    assert [one.id for one in _most_urgent(many)] == [f"s:{letter}" for letter in "adefgh"]
    assert [one.id for one in _most_urgent(many[:7])] == [f"s:{letter}" for letter in "abdefg"]
    assert len(_most_urgent([replace(one, unit="x") for one in many])) == MOST


def test_a_document_of_few_pages_has_one_line_on_both(warehouse: Warehouse) -> None:
    """The same numbers in one sentence with all who answer for it; a community without either hears nothing."""
    source = Source(warehouse)
    short = {one.id: one for one in attention(source, MONTH, is_short=True) if isinstance(one, Sentence)}
    late, red = (
        ask(warehouse, Question(name, month=MONTH)).row.value for name in ("disputes_overdue", "enterprises_red")
    )
    longest = due_summary(warehouse, DAY).longest_days
    assert (
        short["dues:brief"].text == f"纠纷超期{late:.0f}宗，在办的最长已办{longest}天；风险等级为红的企业{red:.0f}家。"
    )
    assert set(short) & {"disputes:overdue", "warnings:red"} == set() and short["dues:brief"].unit
    for community in communities(warehouse):
        where = (("community", (community.id,)),)
        has = [
            ask(warehouse, Question(name, (), MONTH, where=where)).row.value
            for name in ("disputes_overdue", "enterprises_red")
        ]
        found = {one.id for one in attention(source, MONTH, community.id, is_short=True) if isinstance(one, Sentence)}
        assert ("dues:brief" in found) is any(has)

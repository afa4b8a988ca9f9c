"""Every sentence of every month: good grammar, every number a fact that can be made again, nothing shameful or public."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing import aspects
from briefing.aspects import fact
from briefing.model import Missing, Sentence, facts
from briefing.request import Request
from briefing.sentences import COMPARE, MOST, Told, attention, overview, points, responsible
from briefing.source import Source
from metrics.goals import goal
from metrics.judging.compare import compare
from metrics.judging.giants import giants
from metrics.periods import parse_month
from metrics.question import Audience, Question
from metrics.scope import communities
from metrics.warehouse import Warehouse, open_current
from tests.briefing.grammar import faults
from tests.metrics.tiny import TinyStreet, streets, write

MONTH = date(2018, 12, 1)
# The first month, the festival, carried registers and two alarms, some reports missing, all missing.
MONTHS = [parse_month(month) for month in ("2013-10", "2018-01", "2018-08", "2018-12", "2019-01")]
KINDS = ("brief", "monthly", "quarterly", "half_year", "annual")
AUDIENCES: tuple[Audience, ...] = ("internal", "public")
HOUSE_ONLY = ("异动", "偏低", "偏高", "名次", "相差不大", "最大企业", "低于时序进度的社区", "未达目标")


@pytest.fixture(scope="module")
def warehouse(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


def everything(source: Source) -> Iterator[Told]:
    """Yield all that is told of some months, of the street and one community; of December in every kind of document."""
    for month, community in product(MONTHS, ("", communities(source.warehouse)[9].id)):
        yield from points(source, month, community)
        yield from attention(source, month, community, is_short=True)
        for kind in KINDS if month == MONTH else ("monthly",):
            yield from overview(source, Request(kind, month, community))


def sentences(told: Iterable[Told]) -> list[Sentence]:
    return [one for one in told if isinstance(one, Sentence)]


@pytest.mark.parametrize("audience", AUDIENCES)
def test_all_sentences_of_the_sample(warehouse: Warehouse, audience: Audience) -> None:
    """Grammar, and the same words from every origin: `brief --explain` asks them again."""
    source = Source(warehouse, None, audience)
    found = sentences(everything(source))
    assert len(found) > 100
    wrong = {one.text: faults(one) for one in found if faults(one)}
    assert wrong == {}
    for one in (one for sentence in found for one in facts(sentence.parts)):
        again = fact(source, one.origin)
        assert again == one and one.origin.audience == audience


def test_the_public_is_told_no_names_that_stand_low(warehouse: Warehouse) -> None:
    """No alarms, no classes, no names of who lacks what, nobody made responsible."""
    for one in sentences(everything(Source(warehouse, None, "public"))):
        assert [word for word in HOUSE_ONLY if word in one.text] == []
        assert one.unit == "" or one.query.get("community", one.query.get("own")) not in ("all", "none")


def test_ids_are_the_same_every_month(warehouse: Warehouse) -> None:
    """An edit is kept for a sentence's id: no number and no name is in it, and none stands twice in a paragraph."""
    source = Source(warehouse)
    for month in MONTHS[-2:]:
        for told in (points(source, month), overview(source, Request("monthly", month))):
            ids = [one.id for one in told if isinstance(one, Sentence)]
            assert len(set(ids)) == len(ids)
            assert not [one for one in ids if any(char.isdigit() or ord(char) > 127 for char in one)]


def test_normal_variation_is_said_once(warehouse: Warehouse) -> None:
    """A leader puts down what says 属正常波动 five times."""
    for month, kind in product((*MONTHS[1:3], MONTH), ("brief", "monthly", "annual")):
        text = "".join(one.text for one in sentences(overview(Source(warehouse), Request(kind, month))))
        assert text.count("属正常波动") <= (
            2 if month.month == 1 else 1
        )  # January: also by the days before the festival
        assert text.count("同口径") <= 1


@pytest.mark.parametrize(("month", "is_told"), [(1, False), (2, False), (8, True)])
def test_the_month_before_is_left_out_around_the_festival(warehouse: Warehouse, month: int, is_told: bool) -> None:
    """环比 in January and February would compare a rush with a holiday."""
    found = sentences(overview(Source(warehouse), Request("monthly", date(2018, month, 1))))
    text = next(one.text for one in found if one.id == "flow:disputes_received")
    assert ("比上月" in text) is is_told
    assert ("春节前56天至16天55宗，上年春节前同期60宗" in text) is (month == 1)


def test_not_all_communities_are_compared(warehouse: Warehouse) -> None:
    """第五园 has not sent its disputes of December: named beside the number, and once for all comparisons."""
    told = {one.id: one.text for one in sentences(overview(Source(warehouse), Request("monthly", MONTH)))}
    assert "宗（不含未报的第五园），" in told["flow:disputes_received"]
    assert told["like_for_like"] == "纠纷的增减按已报的11个社区同口径比较。"
    assert "第五园" not in told["disputes:open"]


def test_beyond_normal_is_said_at_its_number(warehouse: Warehouse) -> None:
    """建会率 has risen by more than chance; what is left is normal."""
    told = {one.id: one.text for one in sentences(overview(Source(warehouse), Request("annual", MONTH)))}
    assert "个百分点，超出正常波动；目标90%，已达到。" in told["level:coverage_rate"]
    assert told["normal"] == "其余变化均属正常波动。"


def test_one_giant_decides_a_rate(warehouse: Warehouse) -> None:
    """Where one enterprise has so many of the workers, the rate without it stands beside, and not its name."""
    question = Question("membership_rate_area", ("community",), MONTH)
    heavy = next(iter(giants(warehouse, question)))
    for audience in AUDIENCES:
        found = sentences(overview(Source(warehouse, None, audience), Request("special", MONTH, heavy)))
        assert ("剔除最大企业后" in "".join(one.text for one in found)) is (audience == "internal")


def test_attention_has_somebody_to_answer(warehouse: Warehouse) -> None:
    """需关注 are the points that ask for something: each names who; 29 disputes in a normal month do not."""
    source = Source(warehouse)
    found = sentences(attention(source, MONTH))
    assert [one.id for one in found] == [
        "unmet:coverage_rate", "unmet:membership_rate_area", "disputes:alarm", "disputes:overdue", "warnings:red",
        "target:unions_formed_target_progress",
    ]  # fmt: skip
    assert all(one.unit.endswith(("社区工联会", "部门")) for one in found)
    assert found[2].unit == "大发埔社区工联会" and "大发埔" in found[2].text
    assert found[0].unit == "第五园、岗头、马安堂等社区工联会"
    assert {one.text for one in found} <= {one.text for one in sentences(points(source, MONTH))}


def test_who_is_responsible(warehouse: Warehouse) -> None:
    """A community's matter is its federation's, the street's is the street's."""
    (first, *_others) = communities(warehouse)
    assert responsible(Source(warehouse), first.id) == "岗头社区工联会"
    assert responsible(Source(warehouse), "") == "街道总工会"


def test_a_link_names_the_one_community(warehouse: Warehouse) -> None:
    """The rows behind a community's sentence are its own."""
    own = communities(warehouse)[9].id
    for one in sentences(points(Source(warehouse), MONTH, own)):
        assert one.query["own" if one.page == COMPARE else "community"] == own


def test_the_goal_is_printed_as_it_was_set(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """A goal of 92.5 % is not 93 %."""
    from briefing.aspects import numbers

    assert goal(warehouse, "coverage_rate") == 0.9
    monkeypatch.setattr(numbers.goals, "goal", lambda _warehouse, _metric: 0.925)
    text = points(Source(warehouse), MONTH)[0]
    assert isinstance(text, Sentence) and "未达目标92.5%的社区" in text.text


def test_the_places_of_those_below_the_goal(warehouse: Warehouse) -> None:
    """第五园 alone is low in 建会率, as the comparison says; the low ones come first."""
    placed = compare(warehouse, Question("coverage_rate", ("community",), MONTH)).rows
    assert [row.keys["community"] for row in placed if row.funnel == "lower"] == ["第五园"]
    text = sentences(points(Source(warehouse), MONTH))[0].text
    assert "社区有5个，其中第五园偏低，其余与全街道相差不大：第五园84.9%（186家中158家），还差10家；岗头" in text


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_holes_leave_no_scars(warehouse: Warehouse, data: st.DataObject) -> None:
    """Whatever numbers are missing: what is told is whole, what is not is left out, and nothing breaks."""
    lost = data.draw(st.sets(st.sampled_from(sorted(aspects.ASPECTS)), max_size=12))
    month, kind = data.draw(st.sampled_from(MONTHS[1:])), data.draw(st.sampled_from(("brief", "monthly", "quarterly")))
    community = data.draw(st.sampled_from(["", communities(warehouse)[9].id]))
    source = Source(warehouse)
    with pytest.MonkeyPatch.context() as patched:
        for name in lost:
            patched.setitem(aspects.ASPECTS, name, lambda _source, _origin: None)
        told = [*points(source, month, community, kind == "brief"), *overview(source, Request(kind, month, community))]
    found = sentences(told)
    assert {one.text: faults(one) for one in found if faults(one)} == {}
    if "value" in lost and "row" in lost:
        assert not [one for one in found if one.id.startswith(("level:", "flow:"))]
        assert [one for one in told if isinstance(one, Missing)]


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(street=streets(), number=st.integers(0, 14))
def test_any_street_is_told_in_good_order(
    tmp_path_factory: pytest.TempPathFactory, street: TinyStreet, number: int
) -> None:
    """Random streets: unknown, missing, empty, approximate; at most so many points, good grammar, facts from their origins."""
    warehouse = write(street, tmp_path_factory.mktemp("random"))
    month = street.months[min(number, len(street.months) - 1)]
    for audience, community in product(AUDIENCES, ("", street.communities[0])):
        source = Source(warehouse, None, audience)
        short = sentences(points(source, month, community))
        assert len(short) <= MOST
        for one in [*short, *sentences(overview(source, Request("monthly", month, community)))]:
            assert faults(one) == [], one.text
            assert all(fact(source, part.origin) == part for part in facts(one.parts))

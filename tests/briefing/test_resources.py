"""The other ledgers in documents: numbers of the metrics, the planner, tasks, unions that need a hand; nothing where none is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from briefing.aspects import ASPECTS, fact
from briefing.kinds import kinds
from briefing.model import Origin, Sentence, facts
from briefing.request import Request
from briefing.sections import tasks as tasks_section
from briefing.sentences.health import METRICS, health
from briefing.sentences.resources import resources
from briefing.sentences.scope import Scope, Told
from briefing.sentences.tasks import tasks
from briefing.source import Source
from metrics.catalogue import Metric
from metrics.judging.hearings import hearing_plans, hearing_sentence
from metrics.question import Audience, Question
from metrics.targets.progress import progress_of
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.briefing.grammar import faults
from tests.briefing.street_of_sentences import street_of_sentences
from tests.metrics.tiny import write

DECEMBER, SEPTEMBER, NANKENG = date(2018, 12, 1), date(2018, 9, 1), "440307013020"
HOUSE = ("places", "hearing_plan", "task", "task_forecast")
Scoped = Callable[..., Scope]


@pytest.fixture(scope="module")
def warehouse(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


@pytest.fixture
def scoped(warehouse: Warehouse) -> Scoped:
    def make(month: date = DECEMBER, community: str = "", audience: Audience = "internal") -> Scope:
        return Scope(Source(warehouse, None, audience), month, community)

    return make


def by_id(found: list[Told]) -> dict[str, Sentence]:
    return {one.id: one for one in found if isinstance(one, Sentence)}


def said(scope: Scope) -> dict[str, Sentence]:
    return by_id([one for told in resources(scope) for one in told] + tasks(scope) + health(scope))


def test_services_tell_what_the_metrics_count(warehouse: Warehouse, scoped: Scoped) -> None:
    """Persons and person-times stand apart, the year so far; spending in 万元 beside the sources that have a budget."""
    text = said(scoped())["resources:service_person_times"].text
    asked = {
        name: ask(warehouse, Question(name, (), DECEMBER, period="ytd")).row.value or 0
        for name in ("service_activities", "service_persons", "service_person_times", "service_spending_yuan")
    }
    n, persons, times, spent = asked.values()
    assert f"1—12月开展服务活动{n:,.0f}场" in text
    assert re.search(rf"惠及人数合计约?{persons:,.0f}人，服务约?{times:,.0f}人次", text)
    assert f"支出{spent / 10_000:,.1f}万元" in text
    used = ask(warehouse, Question("service_budget_used_rate", ("funding_source",), DECEMBER)).rows
    for row in used:
        if row.denominator and row.keys["funding_source_id"]:
            assert f"{row.keys['funding_source']}{100 * (row.value or 0):.1f}%" in text
    assert "不详" not in text


def test_the_planner_is_a_plan_and_no_grade(warehouse: Warehouse, scoped: Scoped) -> None:
    """The street's own and a community's, as 队伍与制度 says it; in September with the month that is suggested next."""
    for month, community in ((SEPTEMBER, ""), (DECEMBER, ""), (DECEMBER, NANKENG)):
        plan = hearing_plans(warehouse, month, (community,) if community else ())[0]
        text = said(scoped(month, community))["resources:rules"].text
        assert hearing_sentence(plan) in text and ("社区党委" if community else "党工委") in text
    assert "建议下次安排" in said(scoped(SEPTEMBER))["resources:rules"].text


def test_tasks_are_told_with_what_is_expected(warehouse: Warehouse, scoped: Scoped) -> None:
    """In September the year's end is expected with a range; in December nothing is left to expect of what was told."""
    found = by_id(tasks(scoped(SEPTEMBER)))
    street = progress_of(warehouse, "unions_formed", SEPTEMBER)[0]
    assert street.forecast is not None
    text = found["task:unions_formed"].text
    assert re.search(r"年底预计达到[\d,]+—[\d,]+家（任务200家），(很可能完成|难以判断|可能完不成)。", text)
    assert {"task:unions_formed", "task:members_joined"}.isdisjoint(by_id(tasks(scoped())))
    section = tasks_section.build(Source(warehouse), Request("monthly", SEPTEMBER)).section
    assert section is not None and "十次里大约有七次落在范围内" in str(section.blocks[-1])


def test_unions_that_need_a_hand_are_counted_with_who_answers(warehouse: Warehouse, scoped: Scoped) -> None:
    """Many communities are counted, up to three are named in official order, so that nobody heads a list of the worst."""
    found = by_id(health(scoped()))
    assert set(found) <= {f"health:{metric}" for metric in METRICS} and found
    for metric in METRICS:
        street = ask(warehouse, Question(metric, (), DECEMBER)).row.value
        rows = [row for row in ask(warehouse, Question(metric, ("community",), DECEMBER)).rows if row.value]
        if not street:
            assert f"health:{metric}" not in found
            continue
        one = found[f"health:{metric}"]
        assert f"{street:,.0f}" in one.text
        named = "、".join(str(row.keys["community"]) for row in rows)
        assert one.unit == (f"{named}社区工联会" if len(rows) <= 3 else "各有关社区工联会")
        assert (f"分布在{len(rows)}个社区" in one.text) is (len(rows) > 3)
    own = by_id(health(scoped(DECEMBER, NANKENG)))
    assert own and all(one.unit == "南坑社区工联会" and one.text.startswith("南坑社区") for one in own.values())


def test_few_places_are_named_in_official_order(warehouse: Warehouse) -> None:
    """Three communities at most are named: of one metric asked of three."""
    metric, three = "enterprises_25plus_without_own_union", ("440307013020", "440307013002", "440307013013")
    origin = Origin("places", metric, DECEMBER, where=(("community", three),))
    found = fact(Source(warehouse), origin)
    assert found is not None and re.fullmatch(r"岗头\d+家、坂田\d+家、南坑\d+家", found.text)


@pytest.mark.parametrize("aspect", HOUSE)
def test_the_public_is_told_none_of_it(warehouse: Warehouse, aspect: str) -> None:
    """Hearings, tasks with their forecast and lists to act on stay in the house; dues as well."""
    assert aspect in ASPECTS
    for metric in ("hearings_held", "unions_formed", METRICS[0]):
        assert (
            ASPECTS[aspect](Source(warehouse, None, "public"), Origin(aspect, metric, SEPTEMBER, audience="public"))
            is None
        )


def test_a_public_document_has_services_but_no_plan(scoped: Scoped) -> None:
    found = said(scoped(SEPTEMBER, audience="public"))
    text = "".join(one.text for one in found.values())
    assert "人次" in text
    assert not any(word in text for word in ("听取", "年底预计", "未换届", "拨缴", "困难"))


def test_a_street_without_these_ledgers_is_told_nothing(tmp_path: Path) -> None:
    """No zeros, no holes: what was never kept is not missing. Levels of enterprises alone are there."""
    scope = Scope(Source(write(street_of_sentences(), tmp_path)), DECEMBER)
    assert resources(scope) == [] and not any("term" in one or "committee" in one for one in said(scope))


@pytest.mark.parametrize("month", [date(2016, 3, 1), date(2017, 6, 1), SEPTEMBER])
@pytest.mark.parametrize("community", ["", NANKENG])
def test_every_sentence_is_in_good_order(scoped: Scoped, month: date, community: str) -> None:
    """No scar of a piece left out, no digit that is no fact; one link, one id each; no hardship anywhere."""
    found = said(scoped(month, community))
    for one in found.values():
        assert faults(one) == [], one.text
        assert one.page and list(facts(one.parts)) and "困难职工" not in one.text
        assert not community or one.query["community"] == community


def test_longer_kinds_take_them_up_and_the_brief_stays_short() -> None:
    sections = {id: {part for parts in kind.sections for part in parts} for id, kind in kinds().items()}
    new = {"resources", "tasks", "health"}
    assert all(new <= sections[id] for id in ("monthly", "annual", "special"))
    assert all(not new & sections[id] for id in sections if id not in {"monthly", "annual", "special"})


def test_a_generation_of_an_earlier_program_is_told_without_them(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A closed month's generation may lack the columns: its documents leave the lists out, and stop nobody."""
    from briefing.sentences import health as module
    from etl.errors import QuestionError

    def lacks(_warehouse: Warehouse, metric: Metric) -> None:
        if metric.id == METRICS[0]:
            raise QuestionError("旧版", code="old_generation")

    before = by_id(health(Scope(Source(warehouse), DECEMBER)))
    monkeypatch.setattr(module, "check_held", lacks)
    after = by_id(health(Scope(Source(warehouse), DECEMBER)))
    assert set(before) - set(after) == {f"health:{METRICS[0]}"}

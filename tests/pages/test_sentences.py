"""本月要点 say only what is more than chance, in the words of users.md, and lead to their rows."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from briefing.model import Sentence
from briefing.sentences import DISPUTES, MAP, MOST, NO_CONDITION, points
from briefing.source import Source
from etl.notes import add_note
from metrics.judging.alarms import watch
from metrics.warehouse import Warehouse, open_current
from tests.metrics.tiny import TinyStreet, blank, dispute, enterprise, report, write
from tests.pages.opening import opened

MONTH = date(2018, 12, 1)
# What a link sets itself, and switches that change the picture and no row.
PICTURE = {"metric", "month", "start", "layer", "select", "target", "limits", "period", "radius", "new"}
FORBIDDEN = ("最差", "垫底", "排名", "第1名", "偶然", "预警")


def sentences(source: Source, month: date) -> list[Sentence]:
    return [one for one in points(source, month) if isinstance(one, Sentence)]


def source_of(warehouse: Warehouse) -> Source:
    return Source(warehouse)


def street_of(uncovered: int) -> TinyStreet:
    """Return two communities over 24 months: the first lacks unions in some of its ten enterprises, the second in none."""
    street = blank(2, date(2017, 1, 1), 24)
    first, second = street.communities
    for month in street.months:
        for community in street.communities:
            street.add("community_month", community_id=community, month=month)
            for ledger in ("enterprise", "dispute", "target"):
                report(street, ledger, community, month, "received")
        for number in range(20):
            has_union = number >= 10 or number >= uncovered
            facts = {"has_union": has_union, "is_own_union": has_union, "union_status": "own" if has_union else "none"}
            enterprise(street, number, month, first if number < 10 else second, **facts, members=9 if has_union else 0)
    for number in range(30):  # 10 wage cases in December 2017, 20 in December 2018
        dispute(street, number, first, date(2017 + (number >= 10), 12, 5), causes=["01"])
    return street


def said(folder: Path, uncovered: int = 3) -> list[Sentence]:
    return sentences(source_of(write(street_of(uncovered), folder)), MONTH)


def test_names_who_lacks_the_goal_and_by_how_much(tmp_path: Path) -> None:
    """7 of 10 against a goal of 90 %: two more are needed, not 2.0 or three."""
    first = said(tmp_path)[0]
    assert "岗头70.0%（10家中7家），还差2家" in first.text
    assert "马安堂" not in first.text
    assert (first.page, first.query["metric"], first.query["month"]) == (MAP, "coverage_rate", "2018-12")


def test_goal_exactly_met_is_met(tmp_path: Path) -> None:
    """9 of 10 is 90 %: floating point must not ask for one more."""
    found = said(tmp_path, uncovered=1)[0].text
    assert "未达目标" not in found and found.startswith("全街道建会率")


def test_disputes_are_told_with_their_change(tmp_path: Path) -> None:
    """20 cases after 10: the base is under 20, so the difference stands without a percentage."""
    text = next(sentence.text for sentence in said(tmp_path) if "受理劳资纠纷" in sentence.text)
    assert "20宗" in text and "增加10宗" in text and "%" not in text
    assert "拖欠工资20宗" in text


def test_every_sentence_leads_to_rows(tmp_path: Path) -> None:
    """A sentence without a way to its rows cannot be checked by its reader."""
    found = said(tmp_path)
    assert 3 <= len(found) <= MOST
    assert {sentence.page for sentence in found} >= {MAP, DISPUTES}
    assert all(sentence.query.get("month") == "2018-12" for sentence in found)


def test_a_link_sets_every_condition_of_its_page(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a reader chose on a page before must not narrow the rows behind a sentence: the links name all its filters."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    for page, conditions in NO_CONDITION.items():
        app = opened(Path(page).stem)
        filters = {name for name in app.query_params if name not in PICTURE}
        assert filters == set(conditions), page
        chosen = {name: "".join(value) for name, value in app.query_params.items() if name in conditions}
        assert chosen == conditions, page  # none of them narrows anything


@pytest.mark.parametrize("uncovered", [0, 1, 5, 10])
def test_never_shames(tmp_path: Path, uncovered: int) -> None:
    """No ranks, no last place, no 偶然 about people's wages, and 预警 is for enterprises' levels."""
    text = "".join(sentence.text for sentence in said(tmp_path, uncovered))
    assert [word for word in FORBIDDEN if word in text] == []


def wide_street(first: int, second: int, size: int = 60, goal_before: int = 55) -> TinyStreet:
    """Return three communities of `size` enterprises: so many with unions in the first two, nearly all in the third."""
    street = blank(3, date(2016, 1, 1), 36)
    for month in street.months:
        for place, community in enumerate(street.communities):
            street.add("community_month", community_id=community, month=month)
            for ledger in ("enterprise", "dispute"):
                report(street, ledger, community, month, "received", as_of=month)
            now = (first, second, 58)[place]
            with_union = now if month.year == 2018 or place == 2 else min(now, goal_before)
            for number in range(size):
                has_union = number < with_union
                facts = {
                    "has_union": has_union,
                    "is_own_union": has_union,
                    "union_status": "own" if has_union else "none",
                }
                enterprise(street, place * size + number, month, community, **facts)
    return street


def level(folder: Path, street: TinyStreet) -> str:
    return sentences(source_of(write(street, folder)), MONTH)[0].text


@pytest.mark.parametrize(
    ("first", "second", "placed"),
    [
        (52, 53, "的社区有2个，与全街道均相差不大：岗头"),
        (40, 53, "的社区有2个，其中岗头明显偏低，其余与全街道相差不大：岗头"),
        (53, 40, "的社区有2个，其中马安堂明显偏低，其余与全街道相差不大：马安堂66.7%"),
        (47, 53, "的社区有2个，其中岗头偏低，其余与全街道相差不大：岗头"),
        (40, 57, "的社区有1个，其中岗头明显偏低：岗头"),
    ],
)
def test_who_lacks_the_goal_is_also_held_against_the_street(
    tmp_path: Path, first: int, second: int, placed: str
) -> None:
    """Below the goal is a fact, 偏低 a judgement; the low ones are named first."""
    assert placed in level(tmp_path, wide_street(first, second))


def test_too_few_enterprises_are_not_compared(tmp_path: Path) -> None:
    """Ten enterprises a community: the goal is lacked, no word on 偏低 or 相差不大."""
    text = said(tmp_path)[0].text
    assert "未达目标" in text and "偏低" not in text and "相差不大" not in text


def test_a_level_without_anyone_below_its_goal(tmp_path: Path) -> None:
    """The change within a year with its verdict: three more of 180 are normal, nineteen are not."""
    normal = level(tmp_path / "a", wide_street(56, 57))
    assert normal.startswith(
        "全街道建会率（含工联会覆盖）95.0%（180家中171家），比上年同期提高1.7个百分点，属正常波动；目标90%，已达到。"
    )
    beyond = level(tmp_path / "b", wide_street(57, 57, goal_before=46))
    assert "提高12.2个百分点，超出正常波动；目标90%" in beyond


def dispute_texts(folder: Path, counts: dict[date, int], usual: int, month: date = MONTH) -> list[str]:
    """Return the sentences on disputes of a street with `usual` cases a month but in those named."""
    street = wide_street(57, 57)
    number = 0
    for day in street.months:
        for _case in range(counts.get(day, usual)):
            number += 1
            dispute(street, number, street.communities[0], day + timedelta(days=4), causes=["01"])
    found = sentences(source_of(write(street, folder)), month)
    return [sentence.text for sentence in found if sentence.page == DISPUTES]


def test_the_years_example_word_for_word(tmp_path: Path) -> None:
    """users.md: 31宗, 35 a year before; the cause that changed most is no news then."""
    texts = dispute_texts(tmp_path, {date(2017, 12, 1): 35, MONTH: 31}, 33)
    assert texts == ["2018年12月受理劳资纠纷31宗，比上年同期减少4宗，下降11.4%，属正常波动；按案由，拖欠工资31宗。"]


def test_a_cause_is_told_where_it_is_more_than_chance(tmp_path: Path) -> None:
    """Half as many all year: the month and the cause are beyond normal variation, and there is no alarm of a fall."""
    halved = {date(2018, month, 1): 30 for month in range(1, 13)}
    texts = dispute_texts(tmp_path, halved, 75)
    assert "30宗，比上年同期减少45宗，下降60.0%，超出正常波动；" in texts[0]
    assert texts[1] == (
        "按案由与上年同期相比，变化最大的是拖欠工资：1—12月360宗，比上年同期减少540宗，下降60.0%，超出正常波动。"
    )


def test_spring_festival_is_told_by_days_or_two_months(tmp_path: Path) -> None:
    """In January by the days before the festival, in February 1—2月 together."""
    found = dispute_texts(tmp_path, {date(2017, 2, 1): 12, date(2018, 2, 1): 20}, 15, date(2018, 2, 1))
    assert (
        "20宗，比上年同期增加8宗，春节早晚不同，单月不判断波动；1—2月合并35宗，比上年同期增加8宗，上升29.6%，属正常波动；"
        in found[0]
    )
    counts = {date(2016, 12, 1): 9, date(2017, 1, 1): 12, date(2018, 1, 1): 20}
    found = dispute_texts(tmp_path / "b", counts, 0, date(2018, 1, 1))
    assert "单月不判断波动；春节前56天至16天20宗，上年春节前同期21宗，属正常波动；" in found[0]


@pytest.mark.parametrize(("answer", "is_told"), [("open", True), ("confirmed", True), ("no_change", False)])
def test_alarms_are_told_until_found_to_be_none(
    sample_street: Path, tmp_path: Path, answer: str, is_told: bool
) -> None:
    """大发埔's rise is told with its months and led to; once answered 非异动 it is not."""
    warehouse = open_current(sample_street)
    (alarm, *_more) = watch(warehouse, MONTH).alarms
    add_note(tmp_path, "alarm_answers", series=alarm.series, month="2018-12", answer=answer, reason="已走访")
    source = Source(warehouse, tmp_path)
    told = [s for s in sentences(source, MONTH) if s.text.startswith("异动提示：大发埔社区拖欠")]
    assert bool(told) is is_told
    if told:
        assert (told[0].query["community"], told[0].query["cause"]) == (alarm.community_id, "01")
        assert told[0].query["start"] == f"{alarm.since:%Y-%m}" and "另有" not in told[0].text


def test_more_alarms_are_counted(sample_street: Path) -> None:
    """In August 2018 two series stand out: one is told, the other counted."""
    texts = [s.text for s in sentences(source_of(open_current(sample_street)), date(2018, 8, 1))]
    assert any(text.startswith("异动提示：") and text.endswith("另有1组异动提示。") for text in texts)


def test_nothing_known_says_nothing(tmp_path: Path) -> None:
    """A street whose reports are all missing gives no sentence, least of all one with a 0."""
    street = blank(2, date(2018, 1, 1), 12)
    for month in street.months:
        for community in street.communities:
            street.add("community_month", community_id=community, month=month)
            for ledger in ("enterprise", "dispute", "target"):
                report(street, ledger, community, month, "missing")
    assert sentences(source_of(write(street, tmp_path)), MONTH) == []

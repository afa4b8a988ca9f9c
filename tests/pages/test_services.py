"""服务与阵地 through app.py: both numbers of people apart, money against its budget, nobody of the archive anywhere."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from metrics.changes import change, changes
from metrics.phrases import change_text
from metrics.question import Question, Row
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from pages.parts.services.activities import cut_frame
from pages.parts.services.hardship import said_frame
from pages.parts.services.view import View
from pages.parts.services.words import (
    budget_text,
    industries_text,
    not_reached_text,
    over_budget_text,
    unbudgeted_text,
)
from tests.pages.opening import opened

MONTH = date(2018, 12, 1)


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the pages will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def test_services_show_persons_and_person_times_apart_and_who_was_not_reached(warehouse: Warehouse) -> None:
    app = opened("services", part="services")
    assert not app.exception
    cards = {card.label: card.value for card in app.metric}
    times = ask(warehouse, Question("service_person_times", (), MONTH, period="ytd")).row
    persons = ask(warehouse, Question("service_persons", (), MONTH, period="ytd")).row
    assert cards["服务人次"] == f"约{times.value:,.0f}人次" and cards["惠及人数"] == f"约{persons.value:,.0f}人"
    captions = [caption.value for caption in app.caption]
    assert f"另有{times.item_missing}场没有写明，不计入" in captions
    assert any("人次与人数不能相加" in text for text in captions)
    texts = [element.value for element in app.markdown]
    assert any("没有服务活动记录的社区：第五园" in text for text in texts)
    listed = app.dataframe[-1].value
    activities = ask(warehouse, Question("service_activities", (), MONTH, period="ytd")).row.value
    assert len(listed) == activities
    assert not {"topic", "place", "recipient", "phone", "responsible", "enterprise"} & set(listed.columns)
    assert not any("名次" in text or "第1名" in text for text in texts)


def test_filters_narrow_cards_and_list_alike(warehouse: Warehouse) -> None:
    where = (("community", ("南坑",)), ("service_kind", ("送清凉",)))
    expected = ask(warehouse, Question("service_activities", (), MONTH, period="ytd", where=where)).row.value
    app = opened("services", part="services", community="南坑", service_kind="送清凉")
    assert expected and {card.label: card.value for card in app.metric}["服务活动"] == f"{expected:.0f}场"
    assert len(app.dataframe[-1].value) == expected
    other = opened("services", part="money", community="南坑")
    assert any("“社区”的条件不用于这一部分" in caption.value for caption in other.caption)


def test_money_stands_beside_its_budget_source_by_source(warehouse: Warehouse) -> None:
    app = opened("services", part="money")
    (head,) = [e.value for e in app.markdown if "服务支出" in e.value]
    used = ask(warehouse, Question("service_budget_used_rate", (), MONTH)).row
    assert f"{(used.value or 0) * 100:.1f}%" in head and "时序进度100%" in head
    assert any("社会捐赠" in e.value and "不计入使用率" in e.value for e in app.markdown)
    table = app.dataframe[0].value.set_index("funding_source")
    assert table.loc["社会捐赠"].isna().sum() == 2, "a source without a budget has neither budget nor rate, and no zero"
    assert table["service_budget_yuan"].sum() == used.denominator
    assert not any("零报告" in caption.value for caption in app.caption)


def test_hardship_is_counts_and_small_ones_stay_hidden(warehouse: Warehouse) -> None:
    app = opened("services", part="hardship")
    frame = app.dataframe[1].value.set_index("community")["said"]
    assert {name: frame[name] for name in ("四季花城", "万科城", "第五园")} == dict.fromkeys(
        ("四季花城", "万科城", "第五园"), "不足5人，不显示"
    )
    assert not [text for text in frame if re.fullmatch(r"[1-4]人", text)]
    assert len(app.get("download_button")) == 0, "no table of it is handed out"
    june = opened("services", part="hardship", month="2018-06")
    cards = {card.label: card.value for card in june.metric}
    assert cards["建档"] == cards["脱困、退出"] == "为保护个人信息，不显示", "half a year would tell small changes"
    assert any(
        "没有困难职工档案可依据" in info.value for info in opened("services", part="hardship", month="2016-06").info
    )


def test_no_change_of_a_community_tells_of_a_few_persons(warehouse: Warehouse) -> None:
    """10, 7 and 10 are no small numbers; what lies between them is."""
    asked = Question("hardship_archived", ("community",), date(2018, 12, 1))
    told = [one for kind in ("last_year", "previous_month") for one in changes(warehouse, asked, kind)]
    assert not [one for one in told if one.difference and abs(one.difference) < 5]
    hidden = [one for one in told if one.now and one.now.value and one.before and one.before.is_suppressed]
    assert len(hidden) > 3 and {change_text(one) for one in hidden} == {"为保护个人信息，不显示"}
    assert change(warehouse, Question("hardship_archived", (), date(2018, 12, 1)), "last_year").difference
    course = ask(warehouse, Question("hardship_archived", ("community", "month"), date(2018, 12, 1), date(2018, 6, 1)))
    assert {row.keys["month"] for row in course.rows if row.value is not None} == {"2018-12"}


def test_months_before_the_book_are_not_zero(warehouse: Warehouse) -> None:
    app = opened("services", part="services", month="2016-06")
    assert any("还没有报送服务活动台账" in info.value for info in app.info) and not app.metric


def test_tables_leave_unknown_blank(warehouse: Warehouse) -> None:
    frame = cut_frame(View(warehouse, date(2016, 6, 1)), "community", ("service_person_times",))
    assert frame.height == 12 and frame["service_person_times"].null_count() == 12
    view = View(warehouse, date(2016, 6, 1))
    said = said_frame(view, view.ask("hardship_archived", "community"), "community")
    assert set(said["said"]) == {"未报"}


def _row(value: float | None, known: int = 1, **keys: str | None) -> Row:
    return Row(keys, value, None, value, None, None, known, 1, 0, False, None)


def test_words_name_who_was_not_reached() -> None:
    rows = [_row(3, community="南坑"), _row(0, community="岗头"), _row(None, 0, community="五和")]
    assert not_reached_text(rows, "1—6月").startswith("1—6月没有服务活动记录的社区：岗头。")
    assert not_reached_text(rows[:1], "1月") == "1月各社区都有服务活动。"
    assert not_reached_text(rows[2:], "1月") == "", "who has not reported may have services"
    served = [_row(4, industry="制造业", industry_id="C"), _row(2, industry="不详", industry_id=None)]
    there = [
        _row(9, industry="制造业", industry_id="C"),
        _row(1, industry="教育", industry_id="P"),
        _row(5, industry="不详", industry_id=None),
    ]
    assert "还没有服务到的行业：教育。" in industries_text(served, there, 4, 6)
    assert industries_text(served, there[:1], 4, 6).endswith("各行业都已服务到。")
    assert industries_text(served, there, 0, 0) == ""


def test_words_on_money() -> None:
    spent = Row({}, 25_000, None, 25_000, None, None, 1, 1, 0, False, None)
    used = Row({}, 20_000, 40_000, 0.5, None, None, 1, 1, 0, False, None)
    assert budget_text(spent, used, date(2018, 6, 1), "50.0%") == (
        "1—6月服务支出2.5万元；列有预算的来源支出2.0万元，为全年预算4.0万元的50.0%，时序进度50%。"
    )
    none = Row({}, 20_000, 0, None, None, None, 1, 1, 0, False, None)
    assert "还没有当年的服务经费预算" in budget_text(spent, none, date(2018, 6, 1), "")
    over = [
        _row(1.2, funding_source="工会会费", funding_source_id="dues"),
        _row(1.0, funding_source="区拨经费", funding_source_id="district"),
    ]
    assert over_budget_text(over) == "支出已超过预算的来源：工会会费。"
    given = [
        _row(900, funding_source="社会捐赠", funding_source_id="donation"),
        _row(50, funding_source="不详", funding_source_id=None),
    ]
    assert unbudgeted_text(given, over) == "不在预算来源之内、不计入使用率：社会捐赠900元、来源不详的50元。"
    assert unbudgeted_text(given, []) == "", "where nothing is budgeted nothing stands outside the budget"

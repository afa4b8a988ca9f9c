"""纠纷办理 through app.py: what is due is what the clocks say, one case tells everything but persons, links are followed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import metrics.reports
from metrics.judging import due
from metrics.judging.cases import case_of
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from pages.parts.cases import case_words, due_list, words
from pages.parts.cases import day as days
from pages.parts.cases.curves import Curve, curves
from pages.parts.cases.markup import Cell, case_link, table
from pages.parts.exports import Sheet, csv_text, workbook
from tests.pages.opening import opened
from tests.pages_walk import shown

MONTH, LAST = date(2018, 12, 1), date(2018, 12, 31)
DAFAPU = "440307013018"
RULE_CODE = re.compile(r"\bD\d\d")


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the pages will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def said(app: AppTest) -> str:
    return "\n".join(shown(app))


@pytest.fixture(scope="module")
def front(sample_street: Path) -> Iterator[AppTest]:
    """Yield the page as the menu opens it, opened once for the tests that only read it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UNION_ATLAS_STREET", str(sample_street))
        yield opened("cases")


@pytest.fixture(scope="module")
def factory(sample_street: Path) -> Iterator[AppTest]:
    """Yield the page of the garment factory's case, opened once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UNION_ATLAS_STREET", str(sample_street))
        yield opened("cases", case=garment(open_current(sample_street)))


def garment(warehouse: Warehouse) -> str:
    """Return the number of the garment factory's case of April 2018."""
    query = """select dispute_id from core.dispute
        where received_month = date '2018-04-01' and outcome = 'settled' and len(causes) > 2"""
    [(number,)] = warehouse.cursor().execute(query).fetchall()
    return str(number)


def test_list_is_what_the_clocks_say(warehouse: Warehouse, front: AppTest) -> None:
    """Every open deadline stands in the list with its words, the longest overdue first; no rule's code anywhere."""
    rows = due.due_rows(warehouse, LAST)
    text = said(front)
    assert rows and [row.days_left for row in rows] == sorted(row.days_left for row in rows)
    places = [text.index(f" {row.case} ") for row in rows]
    assert places == sorted(places)
    assert all(row.clause in text for row in rows)
    assert not RULE_CODE.search(text)


def test_headline_counts_cases_and_deadlines_apart(warehouse: Warehouse, front: AppTest) -> None:
    """Cases and deadlines have their own numbers, and the share its two sides, from the metric."""
    found, text = due.due_summary(warehouse, LAST), said(front)
    assert f"在办{found.open_cases}宗，其中超期{found.overdue_cases}宗（{found.overdue_steps}项期限）" in text
    assert f"7日内到期{found.due_soon}项" in text and f"最长已办{found.longest_days}天" in text
    share = ask(warehouse, Question("case_steps_overdue_rate", month=MONTH)).row
    assert f"（{share.denominator:.0f}项中{share.numerator:.0f}项）" in text
    assert "更新至12月31日" in text and "仅供参考" not in text


def test_filters_and_month_reach_everything(warehouse: Warehouse) -> None:
    """One community in an earlier month: deadlines as of that month's end, rates of that community, bars of it alone."""
    where = (("community", (DAFAPU,)),)
    app = opened("cases", community="大发埔", month="2018-09")
    found, text = due.due_summary(warehouse, date(2018, 9, 30), where), said(app)
    assert f"截至2018年9月30日在办{found.open_cases}宗，其中超期{found.overdue_cases}宗" in text
    rate = ask(warehouse, Question("mediation_success_of_all", month=date(2018, 9, 1), period="ytd", where=where)).row
    assert f"（{rate.denominator:.0f}宗中{rate.numerator:.0f}宗）" in text
    closed = ask(warehouse, Question("disputes_closed", month=date(2018, 9, 1), period="ytd", where=where)).row
    assert f"办结{closed.value:.0f}宗，按办理结果" in text


def test_three_success_rates_stand_with_their_sides(front: AppTest) -> None:
    rates = {metric.label: metric.value for metric in front.metric if "调解成功率" in metric.label}
    assert set(rates) == {"调解成功率（占受理）", "调解成功率（占办结）", "调解成功率（占调处）"}
    assert len(set(rates.values())) == 3, "else the test could not tell them apart"
    notes = [caption.value for caption in front.caption if caption.value.startswith("（") and "宗中" in caption.value]
    assert len(notes) == 3 and all(part in note for part, note in zip(("受理", "办结", "调处"), notes, strict=True))


def test_days_are_not_cases(front: AppTest) -> None:
    """A median of disputes is in days; the street's word for a dispute is for counts of them alone."""
    lasting = {metric.label: metric.value for metric in front.metric if "用时" in metric.label}
    assert len(lasting) == 3 and all(value.endswith("天") for value in lasting.values())


def test_garment_factory_is_told_whole(warehouse: Warehouse, factory: AppTest) -> None:
    """Several causes, stuck mediation, arrears paid, settlement, both clocks in words, the earlier report by number."""
    number = garment(warehouse)
    case, text = case_of(warehouse, number), said(factory)
    assert case is not None and len(case.causes) > 2
    for part in (*case.causes, *(step.title for step in case.steps), "调解僵局", "补缴社保、公积金", "结果：和解"):
        assert part in text
    assert "收到调解申请后15日（至4月17日）" in text and "受理后15日" in text
    assert "此前当事人已可以申请仲裁" in text and "超过期限" not in text
    assert {report.informant_no for report in case.reports} <= set(re.findall(r"示例信息员\d+", text))
    assert all(case_words.yuan_text(one) in text for one in (case.amount_claimed_yuan, case.amount_paid_yuan))
    assert not RULE_CODE.search(text)


def test_open_case_says_what_is_next(warehouse: Warehouse) -> None:
    """The sentence at the top and the hollow point of the line tell the same next step."""
    row = due.due_rows(warehouse, LAST)[0]
    text = said(opened("cases", case=row.case))
    assert f"下一步：{row.step}，{row.clause}，已超期{-row.days_left}天。" in text
    assert text.count(f"下一步：{row.step}") == 2


def test_second_mediation_clock_needs_its_own_start(warehouse: Warehouse) -> None:
    """Without the day of the application only the clock of acceptance runs, and the page says why."""
    query = """select dispute_id from core.case_deadline where rule = 'D04' and dispute_id not in
        (select dispute_id from core.case_step where step = 'application' and dispute_id is not null) order by 1 limit 1"""
    [(number,)] = warehouse.cursor().execute(query).fetchall()
    text = said(opened("cases", case=number))
    assert "没有登记“收到调解申请”" in text and "受理后15日" in text and "收到调解申请后15日" not in text


def test_number_may_be_written_loosely_or_be_unknown(warehouse: Warehouse) -> None:
    """Brackets, spaces and a missing 号 do not matter; what no ledger knows is one sentence and no table."""
    number = garment(warehouse)
    loose = re.sub("[〔〕]", " ", number).removesuffix("号")
    assert f"## {number}" in [e.value for e in opened("cases", case=loose).markdown]
    app = opened("cases", case="坂调〔2018〕9999号")
    assert ["坂调〔2018〕9999号" in info.value for info in app.info] == [True]
    assert not app.metric


def test_typed_number_opens_and_button_returns(warehouse: Warehouse) -> None:
    """A typed number opens its case; the way back leads to the list under the same conditions."""
    number = garment(warehouse)
    app = opened("cases", month="2018-09", community=DAFAPU)
    app.text_input(key="cases.number").set_value(number).run()
    assert f"## {number}" in [element.value for element in app.markdown]
    app.button(key="case.back").click().run()
    assert any("截至2018年9月30日在办" in element.value for element in app.markdown)


def test_case_leads_to_its_community(warehouse: Warehouse) -> None:
    number = garment(warehouse)
    case = case_of(warehouse, number)
    app = opened("cases", case=number)
    app.button(key="case.community").click().run()
    assert case is not None and app.multiselect(key="cases.community").value == [case.community_id]


def test_no_person_on_either_page(front: AppTest, factory: AppTest) -> None:
    """No applicant, mediator or phone that the ledgers hold is said; people are only numbers."""
    text = said(front) + said(factory)
    assert not re.search(r"1[3-9]\d{9}|调解员|经办人|申请人姓名", text)
    assert not re.search(r"信息员(?!编号|只显示|\d)[一-龥]{2,3}", text.replace("示例信息员", "信息员"))


def test_day_is_today_for_a_real_street(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """The newest month is seen from today, an earlier one from its end; only the sample has no today."""
    real, now = replace(warehouse, is_sample=False), date(2019, 1, 20)
    monkeypatch.setattr(days, "today", lambda: now)
    assert days.day_of(real, MONTH) == now
    assert days.day_of(real, date(2018, 6, 1)) == days.day_of(warehouse, date(2018, 6, 1)) == date(2018, 6, 30)
    assert days.day_of(warehouse, MONTH) == due.last_day(warehouse) == LAST


def test_old_ledgers_are_said_to_be_old(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight days after the last entry the numbers are grey and only a hint; seven days after they are not."""
    for passed, is_old in ((7, False), (8, True)):
        monkeypatch.setattr(days, "last_day", lambda _warehouse, passed=passed: LAST + timedelta(passed))
        app = opened("cases")
        told = [element.value for element in (*app.warning, *app.caption, *app.markdown)]
        assert any("数据已过期，超期数仅供参考" in text for text in told) is is_old
        assert any(text.startswith(":gray[截至2019年") for text in told) is is_old


def test_without_steps_nothing_is_overdue_nor_met(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """A street that keeps no ledger of steps is told so; its cases are not called overdue, and none is said to be in time."""
    monkeypatch.setattr(metrics.reports, "is_sent", lambda _warehouse, _ledger: False)
    text = said(opened("cases"))
    assert "还没有导入纠纷办理流程台账" in text and "调解成功率" in text
    assert "超期" not in text and "到期" not in text


def test_summary_of_nothing_is_words() -> None:
    empty = due.DueSummary(None, None, False, 0, 0, 0, 0, 0, None, None, 0)
    assert "还没有劳资纠纷台账" in words.summary_text(empty, "宗", 7)
    quiet = replace(empty, as_of=LAST, updated_on=LAST)
    assert words.summary_text(quiet, "宗", 7) == "截至2018年12月31日没有在办的纠纷。"


def stage(**given: Any) -> Any:
    return SimpleNamespace(stage="accept_to_close", title="受理到办结", **given)


def test_stage_sentences_count_what_is_not_over() -> None:
    """Half is said only where it was seen; what is still open is named, and no record is not zero days."""
    whole = words.stage_text(stage(days=(0.0, 9.0), median=9.0, ended=3, open=0), "宗")
    assert whole == ("受理到办结：半数在受理后9天内办结", "走完的3宗")
    some = words.stage_text(stage(days=(0.0, 9.0), median=None, ended=1, open=3), "宗")
    assert "不到一半" in some[0] and "没有走完的3宗" in some[1]
    assert words.stage_text(stage(days=(), median=None, ended=0, open=0), "宗") == ("受理到办结：没有记录", "")


def test_curve_falls_by_steps_to_its_share() -> None:
    """It begins with all cases, goes across before it goes down, and marks the day of the half."""
    drawn = curves([Curve("甲", "", ((0, 1.0, None, None), (5, 0.5, 0.3, 0.7), (10, 0.25, None, None)), 5)])
    [path] = re.findall(r'd="(M38.0 8.0H[^"]*V[^"]*)"', drawn)
    heights = [float(y) for y in re.findall(r"V([\d.]+)", path)]
    assert heights == [8.0, 62.0, 89.0]  # all, half, a quarter of 108 pixels above the ground
    assert "5天" in drawn and drawn.count("<rect") == 1
    assert "<svg" not in curves([Curve("乙：没有记录", "", ())])


def test_file_has_its_columns_and_no_hidden_ones(warehouse: Warehouse) -> None:
    """The file of an empty list still has its heads; the file of all names each rule in words, never by its code."""
    sheet = Sheet("办理期限清单", "项", "2018年12月31日", "坂田街道", 1)
    rows = due.due_rows(warehouse, LAST)
    empty, full = (csv_text(due_list.frame(some), due_list.COLUMNS, sheet).decode() for some in ((), rows))
    assert empty.count("\n") == 1 and "到期日期" in empty
    assert full.count("\n") == len(rows) + 1 and not RULE_CODE.search(full)
    assert workbook(due_list.frame(()), due_list.COLUMNS, sheet)


def test_only_what_is_asked_for_is_listed(warehouse: Warehouse) -> None:
    """Overdue and due soon never overlap; what is due in exactly so many days is soon."""
    rows = due.due_rows(warehouse, LAST)
    late, soon = (due_list.picked(rows, kind, 7) for kind in ("overdue", "soon"))
    assert {row.is_overdue for row in late} == {True} and {row.is_overdue for row in soon} == {False}
    assert len(soon) == due.due_summary(warehouse, LAST).due_soon
    edge = min(row.days_left for row in soon if row.days_left > 0)
    assert any(row.days_left == edge for row in due_list.picked(rows, "soon", edge))
    assert not any(row.days_left == edge for row in due_list.picked(rows, "soon", edge - 1))


def test_markup_is_escaped_and_links_keep_conditions() -> None:
    """A name with markup stays text; a link holds the list's conditions and the case."""
    found = table(
        ["企业"], [[Cell("<b>甲</b>", link=case_link("坂调〔1〕&", {"month": "2018-09"}))]], alt='"', mark="示例"
    )
    assert "&lt;b&gt;" in found and "<b>" not in found and "示例" in found
    assert "cases?month=2018-09&amp;case=%E5%9D%82%E8%B0%83%E3%80%941%E3%80%95%26" in found

"""劳资纠纷's people, amounts and cases in hand: three amounts that are never added, overdue first, each a way to its page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from metrics.question import Question
from metrics.values import ask, rows
from metrics.warehouse import Warehouse, open_current
from pages.parts.cases.day import day_of
from pages.parts.dispute_amounts import agreed_text, claimed_text, money_text
from pages.parts.dispute_open import in_hand, title

MONTH = date(2018, 12, 1)


@pytest.fixture(name="warehouse")
def warehouse_(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


@pytest.mark.parametrize(
    ("yuan", "text"),
    [(0, "0元"), (5421, "5,421元"), (10_000, "1.0万元"), (1_863_500, "186.4万元"), (307_475_000, "30,747.5万元")],
)  # fmt: skip
def test_money_is_told_as_people_say_it(yuan: float, text: str) -> None:
    assert money_text(yuan) == text


def test_the_sentence_says_people_money_and_how_many_gave_an_amount(warehouse: Warehouse) -> None:
    text = claimed_text(warehouse, MONTH, (), "宗")
    people, claimed, received, group = (
        ask(warehouse, Question(name, (), MONTH)).row
        for name in ("workers_involved", "amount_claimed_yuan", "disputes_received", "group_disputes")
    )
    given = rows(warehouse, Question("amount_claimed_yuan", (), MONTH))["value"].count()
    assert f"涉及{'约' if people.approximate else ''}{people.value}人" in text
    assert f"诉求金额{money_text(claimed.value or 0)}（{received.value}宗中{given}宗写明）" in text
    assert f"10人以上集体纠纷{group.value}宗" in text and "案件" not in text


def test_agreed_and_paid_tell_who_is_left_out(warehouse: Warehouse) -> None:
    text = agreed_text(warehouse, MONTH, (), "宗")
    for name, word in (("amount_agreed_yuan", "协议金额"), ("amount_paid_yuan", "已兑现金额")):
        row = ask(warehouse, Question(name, (), MONTH)).row
        assert f"{word}{money_text(row.value or 0)}" in text and f"（另有{row.item_missing}宗未写明）" in text


def test_a_month_without_agreements_says_nothing_of_them(warehouse: Warehouse) -> None:
    nowhere = (("cause", ("14",)), ("community", ("440307013011",)))
    assert agreed_text(warehouse, MONTH, nowhere, "宗") == ""


def test_cases_in_hand_come_overdue_first_then_oldest(warehouse: Warehouse) -> None:
    day = day_of(warehouse, MONTH)
    found = in_hand(warehouse, MONTH, day, ())
    assert len(found) == ask(warehouse, Question("disputes_open", (), MONTH)).row.value
    late = [one for one in found if one.is_overdue]
    assert len(late) == ask(warehouse, Question("disputes_overdue", (), MONTH)).row.value
    assert late and found[: len(late)] == late
    assert [one.due.days_left for one in late if one.due] == sorted(one.due.days_left for one in late if one.due)
    rest = [one.days for one in found[len(late) :]]
    assert rest == sorted(rest, reverse=True) and min(rest) >= 0
    assert f"其中超期{len(late)}宗，最长已办{max(one.days for one in found)}天" in title(found, day, "宗", True)
    assert "超期" not in title(found, day, "宗", False), "without steps nothing can be said of deadlines"

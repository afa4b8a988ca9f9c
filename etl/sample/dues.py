"""The subject 工会经费 of the sample: a whole year in one sheet for 2017, a sheet a month in 2018; 筹备金 among it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

from etl.sample import dirt, street_forms
from etl.sample.enterprise_rows import Entry
from etl.sample.enterprises import GIANT, Enterprise
from etl.sample.files import File
from etl.sample.identity import has_wrong_check, person
from etl.sample.places import FILE_MARK, STREET
from etl.sample.sheets import Cell, Flaw, Sheet
from etl.sample.street_forms import Extra, Form, columns

if TYPE_CHECKING:
    from etl.sample.rest import World

SHARE = 50  # one part in fifty: 2 %
OLD = Form(
    "dues",
    columns("-=序号 enterprise_name=单位名称 enterprise_uscc=社会信用代码 community=所在社区 kind=缴费项目 payroll=全部职工工资总额（元） due=应缴经费（元） "
            "paid=实缴经费（元） is_tax_collected=是否税务代收 remark=备注"),
    "{street}工会经费拨缴情况表（全街道，{when}）　{mark}", "chinese", signature="填表人：示例填表人",
)  # fmt: skip
NEW = Form(
    "dues",
    columns("-=序号 community=社区 enterprise_name=缴费单位 enterprise_uscc=统一社会信用代码 kind=经费类别 dues_month=所属期 payroll=工资总额（万元） "
            "due=应拨（元） paid=实拨（元） paid_date=拨缴日期 is_tax_collected=税务代收 bank_account=银行账号 handler=经办人"),
    "{street}工会经费台账（全街道）{when}　{mark}", "dots", notes=("注：应拨按全部职工工资总额的2%计算；空白的为尚未查到。",), summed="paid",
)  # fmt: skip
EXTRA = Extra("enterprise_name", "paid", 7)
KIND_WORDS = {"dues": ("工会经费", "经费"), "preparation": ("建会筹备金", "筹备金")}
YES, NO = ("是", "√"), ("否", "×")
SPOILS = {
    3: ("paid", "部分", "bad_money"),
    7: ("payroll", "保密", "bad_money"),
    11: ("kind", "其他费用", "unknown_code"),
}
ACCOUNT = "6228480000000"  # evidently nobody's account; it must not leave cleaning


@dataclass(frozen=True)
class Payment:
    """What one enterprise owes and pays for one month or year; what is None the ledger leaves blank."""

    enterprise: Enterprise
    first: date
    kind: str
    payroll: int | None
    due: int
    paid: int | None
    is_tax: bool


def payers(enterprises: Sequence[Enterprise], day: date) -> list[Enterprise]:
    """Return who is in the book on that day: a seventh of those with a union of their own, a few that prepare one."""
    there = [e for e in enterprises if e.operates(day) and e.founded < day and e.name != GIANT]
    own = [e for e in there if e.union_at(day) == "own" and (e.number % 7 == 0 or e.workers >= 800)]
    return own + [
        e for e in there if e.union_at(day) in ("none", "preparing") and e.workers >= 20 and e.number % 6 == 0
    ]


def _paid(due: int, random: Random) -> int | None:
    chance = random.random()
    if chance < 0.03:
        return None
    return due if chance < 0.84 else 0 if chance < 0.9 else round(due * random.choice((0.4, 0.5, 0.6)))


def payment(e: Enterprise, first: date, months: int, seed: int) -> Payment:
    """Return what an enterprise owes for the months from that one on, and what it pays."""
    random = Random(f"{seed}/dues/{e.number}/{first}/{months}")
    wage = 3_600 + e.number % 37 * 100
    payroll = e.workers_at(first) * wage * months // 100 * 100
    due = payroll // SHARE
    told = due + 100 if random.random() < 0.01 else due  # a clerk's sum that is not 2 %
    kind = "dues" if e.union_at(first) == "own" else "preparation"
    is_untold = random.random() < 0.02
    return Payment(e, first, kind, None if is_untold else payroll, told, _paid(due, random), e.number % 3 == 0)


def _clean(payment: Payment) -> dict[str, Any]:
    due = payment.due if payment.payroll is None else payment.payroll / SHARE
    return {
        "number": payment.enterprise.number, "community": payment.enterprise.community_at(payment.first), "month": payment.first,
        "kind": payment.kind, "payroll": payment.payroll, "told_due": payment.due, "due": due, "paid": payment.paid, "is_tax": payment.is_tax,
    }  # fmt: skip


def make_entry(payment: Payment, form: Form, random: Random) -> Entry:
    """Return a payment as the cells of that form."""
    e, is_new = payment.enterprise, form is NEW
    uscc = e.uscc_at(payment.first)
    payroll = None if payment.payroll is None else dirt.money(payment.payroll, is_new, random)
    month = payment.first.replace(day=1)
    place = e.community_at(payment.first)
    cells: dict[str, Cell] = {
        "enterprise_name": dirt.enterprise_name(e.name_at(payment.first), random), "enterprise_uscc": dirt.code(uscc, random),
        "community": random.choice((place, f"{place}社区")), "kind": random.choice(KIND_WORDS[payment.kind]),
        "dues_month": dirt.month_text(month, random), "payroll": payroll, "due": dirt.money(payment.due, False, random),
        "paid": None if payment.paid is None else payment.paid, "paid_date": None,
        "is_tax_collected": random.choice(YES if payment.is_tax else NO), "bank_account": f"{ACCOUNT}{e.number:06d}",
        "handler": person(random), "remark": None,
    }  # fmt: skip
    return Entry(cells, _clean(payment), [Flaw("enterprise_uscc", "check_digit")] if has_wrong_check(uscc) else [])


def _due_exactly(payment: Payment) -> bool:
    return payment.payroll is not None and payment.due * SHARE == payment.payroll


def month_sheet(enterprises: Sequence[Enterprise], month: date, seed: int) -> Sheet:
    """Return a month of 2018; one row of some months has a cell that cannot be used."""
    own = [payment(e, month, 1, seed) for e in payers(enterprises, month)]
    plain = [p for p in own if _due_exactly(p) and p.paid and not has_wrong_check(p.enterprise.uscc_at(month))]
    odd = plain[len(plain) // 2] if month.month in SPOILS else None

    def make(fact: Payment, form: Form, random: Random) -> Entry:
        entry = make_entry(fact, form, random)
        if fact is odd:
            column, cell, code = SPOILS[month.month]
            entry.spoil(column, cell, code)
            if column == "payroll":
                entry.clean["due"] = fact.due
        return entry

    return street_forms.month_sheet(own, make, NEW, month, EXTRA, seed)


def year_sheet(enterprises: Sequence[Enterprise], year: int, seed: int) -> Sheet:
    """Return a whole year in one sheet: nothing in it says which month."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    random = Random(f"{seed}/dues/{year}")
    lines = [
        street_forms.line(make_entry(payment(e, first, 12, seed), OLD, random), OLD, serial)
        for serial, e in enumerate(payers(enterprises, first), 1)
    ]
    return street_forms.sheet_of(OLD, "经费", first, last, lines)


def files(world: World) -> Iterator[File]:
    """Yield a workbook a year."""
    path = f"经费/{STREET}工会经费台账{{}}年_{FILE_MARK}.xlsx"
    yield File(path.format(2017), (year_sheet(world.enterprises, 2017, world.seed),))
    months = street_forms.months_between(date(2018, 1, 1), date(2018, 12, 1))
    yield File(path.format(2018), tuple(month_sheet(world.enterprises, month, world.seed) for month in months))


def planted(world: World) -> dict[str, Any]:
    """Return what was planted on purpose."""
    return {"dues_account": ACCOUNT}


def expected(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return, by year and kind, what is owed and paid in all, each over the rows that tell it."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: {"due": 0, "paid": 0})
    for row in (row for sheet in sheets if sheet.ledger == "dues" for row in sheet.accepted()):
        sums = found[f"{row['month'].year} {row['kind']}"]
        sums["due"] += row["due"]
        sums["paid"] += row["paid"] or 0
    return {
        "dues": {key: {name: round(value, 2) for name, value in sums.items()} for key, sums in sorted(found.items())}
    }

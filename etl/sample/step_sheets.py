"""The workbooks of steps: one a year for the whole street, a sheet per month, kept otherwise from 2018 on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Any

from etl.sample import street_forms
from etl.sample.enterprise_rows import Entry
from etl.sample.enterprises import LAST
from etl.sample.identity import person
from etl.sample.sheets import Cell, Sheet
from etl.sample.steps import FIRST, Step
from etl.sample.street_forms import Extra, Form, columns

OLD = Form(
    "case_step",
    columns("-=序号 case_no=案号 community=社区 enterprise_name=单位名称 step=办理环节 step_date=办理日期 extended_to=延期至 amount=金额（元） "
            "document_no=文书号 organisation=责任单位 handler=经办人 remark=备注"),
    "{street}劳资纠纷办理流程台账（全街道，{when}）　{mark}", "slash", second_title="填报单位：坂田街道总工会（全街道）",
    notes=("注：一宗纠纷的一个环节一行，按日期先后填写。",),
)  # fmt: skip
NEW = Form(
    "case_step",
    columns("-=序号 case_no=案件编号 step=环节 step_date=环节日期 extended_to=延长至 extension_days=延长天数 organisation=承办单位 handler=承办人 "
            "amount=涉及金额（元） document_no=文书编号 detail=环节情况 community=所属社区"),
    "{street}劳资纠纷标准化流程登记表（全街道）{when}　{mark}", "cell", signature="填表人：示例填表人",
)  # fmt: skip
EXTRA = Extra("case_no", "document_no", "示例文书另号")
WORDS = {
    "clue": ("线索登记", "线索接报"), "warned": ("预警", "发出预警"), "reported": ("报告", "上报"), "verified": ("核实登记", "核实"),
    "application": ("收到调解申请", "调解申请"), "accepted": ("受理", "受理", "立案"), "assigned": ("分级交办", "交办"),
    "investigated": ("调查", "走访调查"), "negotiation_requested": ("提出协商",), "negotiation_replied": ("答复协商",),
    "negotiated": ("协商", "双方协商"), "mediated": ("调解", "组织调解"), "stuck": ("调解僵局",), "extended": ("同意延期", "双方同意延期"),
    "mediation_failed": ("调解不成", "调解不成功"), "agreement": ("达成协议", "签订调解协议书"), "settled": ("和解", "双方和解"),
    "withdrawn": ("撤回", "撤回申请"), "transferred": ("移送", "转劳动监察"), "letter_notice": ("提示函",), "letter_opinion": ("意见书",),
    "letter_replied": ("书面答复", "企业答复"), "arrears_paid": ("补缴社保、公积金",), "review_applied": ("申请仲裁审查",),
    "performance_urged": ("履行督促",), "performed": ("履行完毕", "已履行"), "arbitration_applied": ("申请仲裁",), "closed": ("结案归档", "结案", "办结"),
}  # fmt: skip
SPOILS = {4: ("amount", "面议", "bad_money"), 9: ("extended_to", "另行商定", "bad_date")}


def form_of(month: date) -> Form:
    """Return how the street keeps the ledger in that month."""
    return NEW if month.year >= 2018 else OLD


def _clean(step: Step) -> dict[str, Any]:
    return {"case_no": step.case_no, "step": step.step, "step_date": step.day, "amount": step.amount}


def make_entry(step: Step, form: Form, random: Random) -> Entry:
    """Return a step as the cells of that form."""
    by_days = step.extended_to is not None and form is NEW and random.random() < 0.3
    cells: dict[str, Cell] = {
        "case_no": step.case_no, "community": random.choice((step.community, f"{step.community}社区")), "enterprise_name": step.enterprise,
        "step": random.choice(WORDS[step.step]), "step_date": street_forms.day(step.day, form, random),
        "extended_to": street_forms.day(step.extended_to, form, random), "amount": step.amount, "document_no": step.document,
        "organisation": f"{step.community}社区工联会" if random.random() < 0.7 else "坂田街道总工会", "handler": person(random),
        "extension_days": (step.extended_to - step.day).days if by_days and step.extended_to else None,
        "detail": "示例情况", "remark": None,
    }  # fmt: skip
    return Entry(cells, _clean(step), [])


def _spoilt(step: Step, form: Form, random: Random) -> Entry:
    entry = make_entry(step, form, random)
    entry.spoil(*SPOILS[step.day.month])
    return entry


def step_sheets(steps: Sequence[Step], year: int, seed: int) -> Iterator[Sheet]:
    """Yield the twelve sheets of a year's workbook; one step of some months has an unusable cell."""
    for month in street_forms.months_between(max(FIRST, date(year, 1, 1)), min(LAST, date(year, 12, 31))):
        own = sorted((s for s in steps if s.day.replace(day=1) == month), key=lambda step: (step.day, step.case_no))
        plain = [s for s in own if s.step == "investigated"]
        odd = plain[len(plain) // 2] if plain and month.month in SPOILS else None

        def make(step: Step, form: Form, random: Random, odd: Step | None = odd) -> Entry:
            return (_spoilt if step is odd else make_entry)(step, form, random)

        yield street_forms.month_sheet(own, make, form_of(month), month, EXTRA, seed)

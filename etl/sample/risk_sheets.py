"""The workbooks of risk facts: one a year for the whole street, a sheet per month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Any

from etl.sample import dirt, street_forms
from etl.sample.enterprise_rows import Entry
from etl.sample.identity import has_wrong_check, person
from etl.sample.risk_scores import Fact
from etl.sample.sheets import Cell, Flaw, Sheet
from etl.sample.street_forms import Extra, Form, columns

OLD = Form(
    "risk_score",
    columns("-=序号 enterprise_name=企业名称 enterprise_uscc=社会信用代码 community=所在社区 indicator=测量指标 quantity=程度 score=得分 fact_date=排查日期 "
            "source=信息来源 checker=排查人 detail=情况说明"),
    "{street}企业劳资风险日常排查评分表（全街道，{when}）　{mark}", "chinese",
    notes=("注：程度按月数、人数、天数或百分比填写，分数由填表人试评，系统另行计算。",),
)  # fmt: skip
NEW = Form(
    "risk_score",
    columns("-=序号 community=社区 enterprise_name=单位名称 enterprise_uscc=统一社会信用代码 indicator=评分项目 fact_date=发生日期 quantity=数值 score=评分 "
            "source=数据来源 checker=填报人 remark=备注"),
    "{street}企业风险评分表（全街道）{when}　{mark}", "iso", signature="审核人：示例审核人",
)  # fmt: skip
EXTRA = Extra("indicator", "score", 99)
WORDS = {
    "wage": ("拖欠工资（月）", "拖欠工资月数", "欠薪"), "insurance": ("欠缴社保、公积金（月）", "欠社保"), "move": ("拟搬迁、关停、转产", "拟搬迁"),
    "layoff": ("裁员（人）", "裁员"), "halt": ("停产放假（天）", "停产"), "rent": ("欠租、欠水电（月）", "欠租"), "power_drop": ("用电量环比下降（%）", "用电量下降"),
    "demands": ("当月诉求（件）", "集中诉求"), "overtime": ("日加班时数（小时）", "超时加班"), "low_wage": ("低于最低工资",), "complaints": ("当月有效投诉（件）", "有效投诉"),
    "conflict": ("一般矛盾",), "no_union": ("无工会、无调解组织", "无工会"), "missing_boss": ("负责人失联", "老板失联"),
}  # fmt: skip
SOURCE_WORDS = {
    "check": ("日常排查", "排查"), "hazard": ("信息员报告",), "social": ("社保通报", "社保局"), "power": ("供电通报", "供电局"), "landlord": ("园区物业", "物业"),
    "labour": ("劳动监察",), "online": ("线上平台",), "other": ("其他",),
}  # fmt: skip
SPOILS = {4: ("quantity", "较多", "bad_number"), 12: ("source", "群众反映", "unknown_code")}


def _clean(fact: Fact) -> dict[str, Any]:
    return {"community": fact.place, "indicator": fact.indicator, "fact_date": fact.day, "quantity": fact.quantity}


def make_entry(fact: Fact, form: Form, random: Random) -> Entry:
    """Return a fact as the cells of that form; now and then the clerk's points are not the sheet's."""
    uscc = fact.enterprise.uscc_at(fact.day)
    cells: dict[str, Cell] = {
        "enterprise_name": dirt.enterprise_name(fact.enterprise.name_at(fact.day), random), "enterprise_uscc": uscc,
        "community": random.choice((fact.place, f"{fact.place}社区")), "indicator": random.choice(WORDS[fact.indicator]),
        "fact_date": street_forms.day(fact.day, form, random), "quantity": fact.quantity, "checker": person(random),
        "score": fact.points if random.random() < 0.97 else fact.points + 2, "source": random.choice(SOURCE_WORDS[fact.source]),
        "detail": "示例情况", "remark": None,
    }  # fmt: skip
    return Entry(cells, _clean(fact), [Flaw("enterprise_uscc", "check_digit")] if has_wrong_check(uscc) else [])


def _spoilt(fact: Fact, form: Form, random: Random) -> Entry:
    entry = make_entry(fact, form, random)
    entry.spoil(*SPOILS[fact.day.month])
    return entry


def risk_sheets(facts: Sequence[Fact], year: int, seed: int) -> Iterator[Sheet]:
    """Yield the twelve sheets of a year's workbook; one fact of some months has an unusable cell."""
    form = NEW if year >= 2018 else OLD
    for month in street_forms.months_between(date(year, 1, 1), date(year, 12, 1)):
        own = [fact for fact in facts if fact.day.replace(day=1) == month]
        plain = [
            f
            for f in own
            if f.quantity is not None
            and f.indicator == "power_drop"
            and not has_wrong_check(f.enterprise.uscc_at(f.day))
        ]
        odd = plain[len(plain) // 2] if plain and month.month in SPOILS else None

        def make(fact: Fact, form: Form, random: Random, odd: Fact | None = odd) -> Entry:
            return (_spoilt if fact is odd else make_entry)(fact, form, random)

        yield street_forms.month_sheet(own, make, form, month, EXTRA, seed)

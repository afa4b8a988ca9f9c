"""The hazard workbooks: one a year for the whole street, a sheet per month, kept otherwise from 2018 on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import Any

from etl.sample import dirt, street_forms
from etl.sample.enterprise_rows import Entry
from etl.sample.enterprises import LAST
from etl.sample.hazards import FIRST, Hazard
from etl.sample.identity import has_wrong_check, person, phone
from etl.sample.sheets import Cell, Flaw, Sheet
from etl.sample.street_forms import Extra, Form, columns

OLD = Form(
    "hazard",
    columns("-=序号 report_no=编号 reported_date=报告时间 informant_no=信息员编号 informant=信息员 phone=联系电话 informant_kind=信息员类别 "
            "community=所属社区 enterprise_name=涉及企业 signs=隐患类型 workers_involved=涉及人数 urgency=紧急程度 situation=情况描述 "
            "verified_date=核实时间 verify_result=核实结果 level=预警级别 case_no=转案编号 resolved_date=化解时间 first_report_no=首报编号 "
            "reward_due=奖励金额 reward_paid=实发金额 paid_date=发放时间 remark=备注"),
    "{street}信息员隐患排查台账（全街道，{when}）　{mark}", "dots", second_title="填报单位：坂田街道总工会（全街道）",
    notes=("注：信息员只登记编号；结果更新至最近一次报送。",), signature="填表人：示例填表人",
)  # fmt: skip
NEW = Form(
    "hazard",
    columns("report_no=线索编号 reported_date=上报日期 informant_kind=信息来源 informant_no=信息员编号 enterprise_name=涉事企业 "
            "enterprise_uscc=统一社会信用代码 community=企业所在社区 address=地址 signs=表征指标 workers_involved=涉及职工人数 verifier=核实人 "
            "verified_date=核实日期 verify_result=核实结果 level=定级 action=处置措施 case_no=转案编号 resolved_date=化解日期 "
            "first_report_no=首报编号 same_reason=关联理由 reward_standard=奖励标准 reward_due=应发奖励（元） reward_paid=实发奖励（元） "
            "paid_date=发放日期 approver=审批人 payee=领取人"),
    "{street}劳资纠纷隐患线索登记表（全街道）{when}　{mark}", "cell", summed="workers_involved", signature="审核人：示例审核人",
)  # fmt: skip
EXTRA = Extra("report_no", "workers_involved", 77)
KIND_WORDS = {
    "enterprise": ("企业信息员", "企业"), "community": ("社区信息员", "社区"), "grid": ("网格员", "网格"), "member": ("会员", "工会会员"),
}  # fmt: skip
SIGN_WORDS = {
    "wage": ("欠薪", "拖欠工资"), "insurance": ("欠社保", "欠公积金"), "move": ("搬迁", "拟搬迁"), "close": ("关停", "停业"),
    "layoff": ("裁员", "经济性裁员"), "halt": ("停产", "停产放假"), "rent": ("欠租", "拖欠租金"), "utility": ("欠水电", "欠水电费"),
    "missing_boss": ("老板失联", "负责人失联"), "injury": ("工伤", "工伤事故"), "overtime": ("加班", "超时加班"), "pay_cut": ("降薪", "调岗降薪"),
    "fine": ("罚款", "规章处罚"), "gathering": ("聚集", "职工聚集"), "online": ("网上舆情", "舆情"), "other": ("其他", "其它"),
}  # fmt: skip
RESULT_WORDS = {
    "true": ("属实", "属实", "情况属实"), "partly": ("部分属实",), "false": ("不属实", "查无此事"), "pending": ("待核实", "核实中", None),
}  # fmt: skip
LEVEL_WORDS = {"red": ("红", "红色", "三级（红）"), "yellow": ("黄", "黄色", "二级（黄）"), "green": ("绿", "绿色")}
REASON_WORDS = {"same_enterprise": "同一企业同一隐患", "same_batch": "同一批职工", "same_park": "同一园区同一事件"}


def form_of(month: date) -> Form:
    """Return how the street keeps the ledger in that month."""
    return NEW if month.year >= 2018 else OLD


def _clean(hazard: Hazard) -> dict[str, Any]:
    return {
        "report_no": hazard.no, "community": hazard.place, "reported_date": hazard.reported, "verified_date": hazard.verified,
        "verify_result": hazard.result, "level": hazard.level, "signs": hazard.signs, "workers_involved": hazard.workers,
        "resolved_date": hazard.resolved, "reward_paid": hazard.paid, "paid_date": hazard.paid_on,
    }  # fmt: skip


def _number(number: str | None, random: Random) -> str | None:
    """Return a number as clerks copy it: other brackets, now and then full-width digits."""
    if number is None or random.random() < 0.85:
        return number
    return random.choice((number.replace("〔", "(").replace("〕", ")"), number.replace("〔", "[").replace("〕", "]")))


def _rewards(hazard: Hazard, form: Form, random: Random) -> dict[str, Cell]:
    return {
        "reward_standard": hazard.standard, "reward_due": _sum(hazard.due, form, random),
        "reward_paid": _sum(hazard.paid, form, random), "paid_date": street_forms.day(hazard.paid_on, form, random),
    }  # fmt: skip


def _sum(yuan: int | None, form: Form, random: Random) -> Cell:
    if yuan is None:
        return None
    odd = random.random()
    return f"{yuan}元/条" if odd < 0.05 and form is OLD else f"{yuan}元" if odd < 0.1 else yuan


def make_entry(hazard: Hazard, form: Form, random: Random) -> Entry:
    """Return a report as the cells of that form."""
    enterprise, day = hazard.enterprise, hazard.reported
    uscc = enterprise.uscc_at(day) if enterprise else None
    name = dirt.enterprise_name(enterprise.name_at(day), random) if enterprise else f"{hazard.park}多家企业"
    cells: dict[str, Cell] = {
        "report_no": hazard.no, "reported_date": street_forms.day(day, form, random), "informant": person(random), "phone": phone(random),
        "informant_no": f"示例信息员{hazard.informant + 1:02d}", "informant_kind": random.choice(KIND_WORDS[hazard.informant_kind]),
        "community": random.choice((hazard.place, f"{hazard.place}社区")), "enterprise_name": name, "enterprise_uscc": uscc,
        "address": f"坂田街道{enterprise.place}" if enterprise else f"坂田街道{hazard.park}",
        "signs": random.choice(("、", "；")).join(random.choice(SIGN_WORDS[sign]) for sign in hazard.signs),
        "workers_involved": None if hazard.workers is None else dirt.count(hazard.workers, random, hazard.is_approx),
        "urgency": random.choice(("一般", "较急", "紧急")), "situation": "示例情况：职工反映，请予核实", "verifier": person(random),
        "verified_date": street_forms.day(hazard.verified, form, random), "verify_result": random.choice(RESULT_WORDS[hazard.result]),
        "level": random.choice(LEVEL_WORDS[hazard.level]) if hazard.level else None, "action": "示例处置：约谈企业" if hazard.is_true else None,
        "case_no": _number(hazard.case_no, random), "resolved_date": street_forms.day(hazard.resolved, form, random),
        "first_report_no": hazard.first.no if hazard.first and hazard.is_first_written else None,
        "same_reason": REASON_WORDS.get(hazard.reason or ""), "approver": person(random) if hazard.paid else None,
        "payee": person(random) if hazard.paid else None, "remark": "示例备注：已回访" if random.random() < 0.1 else None,
        **_rewards(hazard, form, random),
    }  # fmt: skip
    entry = Entry(cells, _clean(hazard), [Flaw("enterprise_uscc", "check_digit")] if has_wrong_check(uscc) else [])
    if hazard.verified and hazard.verified < day:  # planted: the day of verification is then unknown
        entry.clean["verified_date"] = None
        entry.flaws.append(Flaw("verified_date", "date_order"))
    return entry


SPOILS = {  # by the number of the month: column, cell, code
    3: ("workers_involved", "若干", "bad_integer"), 5: ("signs", "情况复杂", "unknown_code"), 9: ("verify_result", "另行说明", "unknown_code"),
}  # fmt: skip


def _spoilt(hazard: Hazard, form: Form, random: Random) -> Entry:
    entry = make_entry(hazard, form, random)
    column, cell, code = SPOILS[hazard.reported.month]
    entry.spoil(column, cell, code)
    if column == "signs":
        entry.clean["signs"] = ()
    return entry


def hazard_sheets(hazards: Sequence[Hazard], year: int, seed: int) -> Iterator[Sheet]:
    """Yield the twelve sheets of a year's workbook; one report of some months has an unusable cell."""
    for month in street_forms.months_between(max(FIRST, date(year, 1, 1)), min(LAST, date(year, 12, 31))):
        own = [hazard for hazard in hazards if hazard.reported.replace(day=1) == month]
        quiet = [h for h in own if h.first is None and h.case_before is None and h.due is None and h.paid is None]
        odd = quiet[len(quiet) // 2] if quiet and month.month in SPOILS else None

        def make(hazard: Hazard, form: Form, random: Random, odd: Hazard | None = odd) -> Entry:
            return (_spoilt if hazard is odd else make_entry)(hazard, form, random)

        yield street_forms.month_sheet(own, make, form_of(month), month, EXTRA, seed)

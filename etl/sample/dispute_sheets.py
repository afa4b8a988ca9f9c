"""The dispute workbooks: one per community and year, a sheet per month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from etl.sample import dirt
from etl.sample.disputes import NIL_PLACES, Case
from etl.sample.enterprises import LAST
from etl.sample.identity import has_wrong_check, person, phone
from etl.sample.places import COMMUNITIES, MARK, STREET
from etl.sample.settlements import amounts
from etl.sample.sheets import Cell, Flaw, Line, Sheet
from etl.sample.styles import INDUSTRY_WORDS

CAUSE_WORDS = {
    "01": ("拖欠工资", "欠薪", "拖欠/克扣工资"), "02": ("加班工资", "加班费"), "03": ("年终奖", "提成"), "04": ("社会保险", "欠缴社保"),
    "05": ("住房公积金", "公积金"), "06": ("工伤待遇", "工伤"), "07": ("经济补偿", "解除劳动合同"), "08": ("企业搬迁", "关停"),
    "09": ("调岗降薪", "裁员"), "10": ("未签劳动合同", "双倍工资"), "11": ("年休假", "休息休假"), "12": ("女职工权益", "三期"),
    "13": ("劳务派遣", "超龄用工"), "14": ("新就业形态", "计件"), "15": ("规章制度", "劳动安全卫生"), "99": ("其他", "其它"),
}  # fmt: skip
OUTCOME_WORDS = {
    "mediated": ("调解成功", "调解成功", "达成协议"), "settled": ("和解", "双方和解"), "failed": ("调解不成功", "调解不成"),
    "withdrawn": ("撤回", "申请人撤回"), "transferred": ("已移交", "转劳动监察"), "arbitration": ("引导仲裁", "转仲裁"), "open": ("在办", "办理中"),
}  # fmt: skip
SEPARATORS = ("、", "；", "，", "/")


@dataclass(frozen=True)
class Form:
    """One way of keeping the dispute ledger."""

    columns: tuple[tuple[str, str], ...]
    dates: str
    title: str
    in_ten_thousands: bool = False
    has_total: bool = False
    signature: str = ""


def _columns(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (part.split("=") for part in text.split())
    return tuple((column if column != "-" else "", header) for column, header in pairs)


FORMS = (
    Form(
        _columns("-=序号 case_no=编号 received_date=受理时间 channel=来源渠道 enterprise_name=涉事企业 enterprise_uscc=统一社会信用代码 "
                 "industry=所属行业 applicant=申请人 phone=联系电话 causes=案由 workers_involved=涉及人数 amount_claimed=涉及金额（元） "
                 "amount_agreed=协议金额（元） amount_paid=已兑现金额（元） demand=主要诉求 outcome=处理结果 closed_date=办结时间 mediator=调解员 remark=备注"),
        "cell", "{unit}劳资纠纷台账（{y}年{m}月）　{mark}", signature="填表人：示例填表人",
    ),
    Form(
        _columns("case_no=案件编号 received_date=受理日期 channel=来源 enterprise_name=用人单位 industry=行业 causes=纠纷类型 "
                 "workers_involved=涉及人数（人） amount_claimed=标的（万元） amount_agreed=协议金额（万元） amount_paid=兑现金额（万元） outcome=调处结果 closed_date=办结日期 mediator=经办人"),
        "dots", "{unit}劳资纠纷登记表　{mark}", in_ten_thousands=True, has_total=True,
    ),
    Form(
        _columns("-=序号 case_no=案号 received_date=登记时间 enterprise_name=单位名称 enterprise_uscc=信用代码 workers_involved=人数 "
                 "causes=案由 channel=来源渠道 demand=诉求 amount_claimed=金额(元) outcome=处理结果 closed_date=办结日期 applicant=申请人 phone=电话"),
        "chinese", "{unit}{y}年劳资纠纷台账　{mark}", has_total=True, signature="审核人：示例审核人",
    ),
)  # fmt: skip
YEAR_TOTAL_NOTE = "注：本表按受理月份登记，结果更新至最近一次报送。"


def form_of(name: str) -> Form:
    """Return how that community keeps its dispute ledger."""
    order = next(index for index, place in enumerate(COMMUNITIES) if place.name == name)
    return FORMS[order % len(FORMS)]


def _causes_cell(case: Case, random: Random) -> str:
    return random.choice(SEPARATORS[:3]).join(random.choice(CAUSE_WORDS[code]) for code in case.causes)


def _clean(case: Case, form: Form, seed: int) -> dict[str, Any]:
    agreed, paid = amounts(case, seed) if "amount_agreed" in dict(form.columns) else (None, None)
    return {
        "case_no": case.case_no, "community": case.community, "channel": case.channel, "causes": case.causes,
        "received_date": case.received, "closed_date": case.closed, "outcome": case.outcome,
        "workers_involved": case.workers_involved, "amount_claimed": case.amount_yuan, "is_approx": case.is_approx,
        "amount_agreed": agreed, "amount_paid": paid,
    }  # fmt: skip


def _settled(case: Case, form: Form, seed: int) -> dict[str, int | float | None]:
    """Return the sums agreed and paid as cells under that form's headers."""
    unit = 10_000 if form.in_ten_thousands else 1
    names = ("amount_agreed", "amount_paid")
    return {n: yuan and yuan / unit if unit > 1 else yuan for n, yuan in zip(names, amounts(case, seed), strict=True)}


def case_line(case: Case, form: Form, serial: int, random: Random, seed: int) -> Line:
    """Return a case as a line of that form."""
    involved = dirt.count(case.workers_involved, random, case.is_approx)
    amount = None if case.amount_yuan is None else dirt.money(case.amount_yuan, form.in_ten_thousands, random)
    cells: dict[str, Cell] = {
        "": serial, "case_no": case.case_no, "received_date": _day(case.received, form, random), "channel": case.channel,
        "enterprise_name": dirt.enterprise_name(case.enterprise.name_at(case.received), random),
        "enterprise_uscc": case.enterprise.uscc_at(case.received), "industry": INDUSTRY_WORDS[case.enterprise.industry],
        "applicant": person(random), "phone": phone(random), "causes": _causes_cell(case, random),
        "workers_involved": involved, "amount_claimed": amount, "demand": "示例诉求：请求依法处理",
        "outcome": random.choice(OUTCOME_WORDS[case.outcome]),
        "closed_date": _day(case.closed, form, random) if case.closed else None, "mediator": person(random),
        "remark": "先补缴社保和公积金，后达成和解" if len(case.causes) == 4 else None, **_settled(case, form, seed),
    }  # fmt: skip
    is_wrong = has_wrong_check(case.enterprise.uscc_at(case.received)) and "enterprise_uscc" in dict(form.columns)
    flaws = (Flaw("enterprise_uscc", "check_digit"),) if is_wrong else ()
    return Line("accepted", tuple(cells[column] for column, _ in form.columns), flaws, _clean(case, form, seed))


def _day(day: date, form: Form, random: Random) -> Cell:
    return dirt.day_text(day, "time") if random.random() < 0.02 else dirt.day_cell(day, form.dates, random)


def _with(line: Line, form: Form, fate: str, flaws: tuple[Flaw, ...], **cells: Cell) -> Line:
    columns = [column for column, _ in form.columns]
    new = tuple(cells.get(column, cell) for column, cell in zip(columns, line.cells, strict=True))
    return Line(fate, new, flaws, None)


def _flawed(lines: list[Line], form: Form, month: date, random: Random) -> list[Line]:
    """Return the lines with what is planted: rejected rows, a duplicate, an unusable cell; all known by month."""
    lines = list(lines)
    sound = [index for index, line in enumerate(lines) if not line.flaws]
    if not sound:
        return lines
    whole = random.choice(sound)
    if month.month in (3, 9):
        lines.insert(whole + 1, Line("duplicates", lines[whole].cells))
    if month.month == 5:
        lines.append(_with(lines[whole], form, "rejected", (Flaw("case_no", "required_missing"),), case_no=None))
    if month.month == 7:
        number = f"坂调〔{month.year}〕补{random.randint(100, 999)}号"
        flaw = (Flaw("received_date", "bad_date"),)
        lines.append(_with(lines[whole], form, "rejected", flaw, case_no=number, received_date="日期不清"))
    if month.month == 10:
        conflict = (Flaw(None, "key_conflict"),)
        lines.append(_with(lines[whole], form, "rejected", conflict, workers_involved=149))
    if month.month == 11:
        lines[whole] = _spoil_cell(lines[whole], form, random)
    return lines


def _spoil_cell(line: Line, form: Form, random: Random) -> Line:
    column, cell, code = random.choice(
        (
            ("workers_involved", "若干", "bad_integer"),
            ("amount_claimed", "面议", "bad_money"),
            ("causes", "劳资矛盾一起", "unknown_code"),
        )
    )
    clean = dict(line.clean or {}) | {column: () if column == "causes" else None}
    spoilt = _with(line, form, "accepted", (Flaw(column, code),), **{column: cell})
    return Line("accepted", spoilt.cells, line.flaws + spoilt.flaws, clean)


def _period(month: date) -> tuple[date, date]:
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return month, date.fromordinal(following.toordinal() - 1)


def _nil(sheet: Sheet, name: str, month: date, width: int) -> None:
    """Say that nothing happened, as clerks do: 无, 本月无, 零报告 or no row at all."""
    forms = ("无", "本月无", "零报告", None)
    word = "无" if name in NIL_PLACES and month == LAST.replace(day=1) else forms[(month.month + month.year) % 4]
    if word:
        sheet.add("note", word, *[None] * (width - 1))


def month_sheet(cases: Sequence[Case], name: str, month: date, seed: int) -> Sheet:
    """Return the sheet of one community and month; without cases it is a nil report."""
    random, form = Random(f"{seed}/dispute sheet/{name}/{month}"), form_of(name)
    sheet, width = Sheet(f"{month.month}月", "dispute", name, period=_period(month)), len(form.columns)
    unit = f"{STREET}{name}社区"
    sheet.add_title(form.title.format(unit=unit, y=month.year, m=month.month, mark=MARK), width=width)
    sheet.add_header([header for _, header in form.columns])
    lines = [case_line(case, form, index, random, seed) for index, case in enumerate(cases, 1)]
    if not lines:
        _nil(sheet, name, month, width)
        return sheet
    sheet.lines += _flawed(lines, form, month, random) if month.year < 2018 or month.month in (3, 5) else lines
    _foot(sheet, form)
    return sheet


def _foot(sheet: Sheet, form: Form) -> None:
    if form.has_total:
        involved = sum(row["workers_involved"] or 0 for row in sheet.accepted())
        cells = ["合计", *(involved if column == "workers_involved" else None for column, _ in form.columns[1:])]
        sheet.add("total", *cells)
    if form.signature:
        sheet.add("note", YEAR_TOTAL_NOTE)
        sheet.add("signature", form.signature)

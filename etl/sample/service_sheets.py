"""How services and budgets are written down: 2017 in 万元 under plain headers, 2018 in 元 under two rows of headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random
from typing import Any

from etl.sample import dirt, street_forms
from etl.sample.enterprise_rows import Entry
from etl.sample.identity import GRADES, has_wrong_check, person, phone
from etl.sample.places import MARK, STREET
from etl.sample.services import PERSONAL, Service
from etl.sample.sheets import Cell, Flaw, Line, Sheet
from etl.sample.street_forms import Extra, Form, columns

PERSON_STEM = "示例受助职工"  # whom services reached by name: no byte of it may be found after a load
PLANTED_PERSONS = (PERSON_STEM,)
OLD = Form(
    "service",
    columns("-=序号 service_date=开展时间 item=帮扶项目 topic=活动名称 organiser=主办单位 community=社区 enterprise_name=企业名称 "
            "place=地点 persons=人数 person_times=惠及人次 goods=慰问品 source=经费来源 spending=使用资金（万元） recipient=受助人 "
            "responsible=负责人 remark=备注"),
    "{street}总工会服务职工活动台账（全街道，{when}）　{mark}", "dots", second_title=f"填报单位：{STREET}总工会　　　金额单位：万元",
    signature="填表人：示例填表人", summed="person_times",
)  # fmt: skip
NEW = Form(
    "service",
    columns("-=序号 service_date=活动日期 item=服务项目 topic=活动主题 organiser=主办工会 community=所属社区 park=所属园区 "
            "enterprise_name=服务企业 enterprise_uscc=统一社会信用代码 place=活动地点 persons=惠及人数 person_times=服务人次 goods=物资名称 "
            "source=资金来源 spending=支出金额（元） satisfaction=满意度 recipient=帮扶对象 phone=联系电话 responsible=责任人"),
    "{street}总工会服务职工活动台账（全街道，{when}）　{mark}", "iso", notes=("注：人数为到场人数，人次按到场次数累计。",), summed="person_times",
)  # fmt: skip
GROUPS = (
    ("", 1),
    ("活动基本情况", 4),
    ("服务对象", 4),
    ("", 1),
    ("惠及情况", 2),
    ("", 1),
    ("经费情况", 2),
    ("", 1),
    ("联系方式", 3),
)
OWN = Form(
    "service",
    columns("-=序号 service_date=慰问日期 item=项目 topic=主题 enterprise_name=慰问企业 place=地点 persons=慰问人数 person_times=人次 "
            "source=资金渠道 spending=慰问金（元） recipient=姓名 phone=电话"),
    "{street}岗头社区服务活动登记表（2018年1月至12月）　{mark}", "chinese",
)  # fmt: skip
ITEM_WORDS = {
    "aid": ("困难帮扶", "生活救助", "困难慰问"), "schooling": ("金秋助学",), "warmth": ("送温暖", "春节慰问"), "cooling": ("送清凉", "夏送清凉"),
    "films": ("送电影", "电影放映"), "shows": ("送文艺", "文艺演出"), "injury_visit": ("工伤探视", "工伤慰问"), "medical": ("二次医保", "医疗互助"),
    "training": ("职工培训", "技能培训"), "legal_aid": ("法律援助", "法律讲座"), "counsel": ("心理服务", "心理辅导"), "sports": ("文体活动",),
}  # fmt: skip
SOURCE_WORDS = {
    "district": ("区拨经费", "区拨"), "street": ("街道经费", "街道"), "dues": ("工会会费", "会费"), "donation": ("社会捐赠", "企业捐赠"),
    "special": ("专项资金", "党工委专项资金"),
}  # fmt: skip
ANSWERS = {"very": "非常满意", "satisfied": "满意", "basic": "基本满意"}
TIMES_ONLY = 0.1  # share of activities whose 人次 stand in the column of 人数
PERSONS_ONLY = 0.05  # share that tell no 人次 at all


def _name(random: Random) -> str:
    return f"{PERSON_STEM}{random.choice(GRADES)}{random.choice(GRADES)}"


def _topic(service: Service, random: Random) -> str:
    word = ITEM_WORDS[service.item][0]
    who = f"看望{_name(random)}" if service.item in PERSONAL[:2] else f"{word}进企业" if service.enterprise else word
    return f"{who}（{service.day.year}年第{service.no}场）"


def _counted(service: Service, form: Form, random: Random) -> tuple[dict[str, Cell], dict[str, Any], list[Flaw]]:
    """Return persons, person-times and spending as cells, as what comes out, and what is wrong with them."""
    dice, is_large = random.random(), service.persons > 50
    cells: dict[str, Cell] = {"persons": dirt.count(service.persons, random, is_large and random.random() < 0.05)}
    clean: dict[str, Any] = {
        "persons": service.persons,
        "person_times": service.person_times,
        "spending": service.spending,
    }
    is_about = is_large and random.random() < 0.04
    cells["person_times"] = f"约{service.person_times}人次" if is_about else service.person_times
    flaws = []
    if dice < TIMES_ONLY and is_large:
        cells |= {"persons": f"{service.person_times}人次", "person_times": None}
        clean["persons"], flaws = None, [Flaw("persons", "person_times_as_persons")]
    elif dice > 1 - PERSONS_ONLY:
        cells["person_times"], clean["person_times"] = None, None
    cells["spending"] = _money(service.spending, form, random)
    if service.spending and form is OLD and isinstance(cells["spending"], float):
        clean["spending"] = round(cells["spending"] * 10_000)
    return cells, clean, flaws


def _money(yuan: int, form: Form, random: Random) -> Cell:
    if random.random() < 0.04:
        return random.choice((f"{yuan}元", f"￥{yuan:,}.00"))
    return round(yuan / 10_000, 3) if form is OLD else yuan


def make_entry(service: Service, form: Form, random: Random) -> Entry:
    """Return an activity as the cells of that form."""
    enterprise, place = service.enterprise, service.place
    uscc = enterprise.uscc_at(service.day) if enterprise and random.random() < 0.5 else None
    cells, clean, flaws = _counted(service, form, random)
    answer = random.choice((*ANSWERS, None))
    cells |= {
        "service_date": street_forms.day(service.day, form, random), "item": random.choice(ITEM_WORDS[service.item]),
        "topic": _topic(service, random), "organiser": f"{place}社区工联会" if place else f"{STREET}总工会",
        "community": random.choice((place, f"{place}社区")) if place else None,
        "park": enterprise.park if enterprise else None,
        "enterprise_name": dirt.enterprise_name(enterprise.name_at(service.day), random) if enterprise else None,
        "enterprise_uscc": uscc, "place": "企业食堂" if enterprise else random.choice(("社区广场", "社区党群服务中心", None)),
        "goods": random.choice(("饮料、毛巾", "米、油", None)), "source": random.choice(SOURCE_WORDS[service.source]),
        "satisfaction": ANSWERS[answer] if answer else None, "recipient": _name(random) if service.item in PERSONAL else None,
        "phone": phone(random) if service.item in PERSONAL else None, "responsible": person(random), "remark": None,
    }  # fmt: skip
    clean |= {"service_date": service.day, "item": service.item, "community": place, "source": service.source}
    if has_wrong_check(uscc):
        flaws.append(Flaw("enterprise_uscc", "check_digit"))
    return Entry(cells, clean, flaws)


def _spoil(entries: Sequence[Entry], month: date) -> None:
    """Leave one month's source and another's spending to a word that says nothing."""
    sound = [entry for entry in entries if not entry.flaws]
    if month.month == 3 and sound:
        sound[0].spoil("source", "自筹", "unusable_code")
    if month.month == 5 and sound:
        sound[-1].spoil("spending", "若干", "bad_money")


def _summary(form: Form, words: Mapping[str, Cell]) -> Line:
    """Return a whole year's sum that stands among the activities: it must not count."""
    flaws = (Flaw("service_date", "bad_date"), Flaw("item", "unknown_code"))
    return Line("rejected", tuple(words.get(name) for name in form.names), flaws)


def month_sheet(services: Sequence[Service], month: date, seed: int) -> Sheet:
    """Return the street's sheet of one month; December's ends with a sum of the whole year inside the list."""
    form, random = OLD if month.year == 2017 else NEW, Random(f"{seed}/service sheet/{month}")
    entries = [make_entry(service, form, random) for service in services]
    _spoil(entries, month)
    lines = street_forms.spoilt_lines(entries, form, month, Extra("service_date", "organiser", "示例主办单位"), random)
    if month.month == 12:
        words: dict[str, Cell] = {
            "service_date": f"{month.year}年全年情况",
            "item": "各项服务",
            "person_times": "10余万人次",
        }
        lines.insert(len(lines) - 3, _summary(form, words))
    if month.month == 4:
        at = form.names.index("item")
        lines[-1:] = [lines[-1], _with(lines[-1], at, "慰问", Flaw("item", "unusable_code"))]
    sheet = street_forms.sheet_of(form, f"{month.month}月", month, street_forms.month_end(month), lines)
    return sheet if form is OLD else _grouped(form, month, lines)


def _with(line: Line, at: int, cell: Cell, flaw: Flaw) -> Line:
    return Line("rejected", (*line.cells[:at], cell, *line.cells[at + 1 :]), (flaw,))


def _grouped(form: Form, month: date, lines: Sequence[Line]) -> Sheet:
    """Return a sheet with two rows of headers, the upper one merged."""
    plain = street_forms.sheet_of(form, f"{month.month}月", month, street_forms.month_end(month), lines)
    sheet, width = Sheet(plain.name, form.ledger, STREET, period=plain.period), len(form.columns)
    when = f"{month.year}年{month.month}月"
    sheet.add_title(form.title.format(street=STREET, when=when, mark=MARK), width=width)
    sheet.add_header([header for _column, header in form.columns], GROUPS)
    sheet.lines += plain.lines[plain.header_row :]
    return sheet


def own_sheet(services: Sequence[Service], place: str, year: int, seed: int) -> Sheet:
    """Return a community's own sheet of a year, the year's sum as its last row but one."""
    random = Random(f"{seed}/service sheet/{place}")
    entries = [make_entry(service, OWN, random) for service in services]
    for entry in entries:
        entry.clean["community"] = place
        entry.flaws = [flaw for flaw in entry.flaws if flaw.column in OWN.names]
    lines = [street_forms.line(entry, OWN, serial) for serial, entry in enumerate(entries, 1)]
    lines.insert(-1, _summary(OWN, {"service_date": "全年", "item": "各类活动", "person_times": "1万余人次"}))
    sheet = Sheet(f"{place}社区", "service", place, period=(date(year, 1, 1), date(year, 12, 31)))
    sheet.add_title(OWN.title.format(street=STREET, mark=MARK), width=len(OWN.columns))
    sheet.add_header([header for _column, header in OWN.columns])
    sheet.lines += lines
    return sheet


def budget_sheet(year: int, budget: Mapping[str, int]) -> Sheet:
    """Return the street's budget of a year in 万元, with its sum and a source that nobody can name."""
    headers = ("序号", "资金来源", "服务项目", "预算金额（万元）", "依据文件", "备注")
    sheet = Sheet("预算", "budget", STREET, period=(date(year, 1, 1), date(year, 12, 31)))
    sheet.add_title(f"{STREET}{year}年服务职工经费预算表　{MARK}", width=len(headers))
    sheet.add_header(headers)
    for serial, (source, yuan) in enumerate(budget.items(), 1):
        clean = {"source": source, "item": None, "amount": yuan}
        cells = (serial, SOURCE_WORDS[source][0], None, yuan / 10_000, f"示例文号〔{year}〕{serial}号", None)
        sheet.lines.append(Line("accepted", cells, (), clean))
    nobodys: tuple[Cell, ...] = (len(budget) + 1, "自筹", None, 5, None, None)
    sheet.lines.append(Line("rejected", nobodys, (Flaw("source", "unusable_code"),)))
    sheet.add("total", "合计", None, None, sum(budget.values()) / 10_000)
    return sheet

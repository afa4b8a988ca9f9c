"""The half-yearly registers of 阵地: one sheet until 2017, since then one of homes and one of stations with 六有."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from etl.sample import street_forms
from etl.sample.enterprise_rows import Entry
from etl.sample.facilities import DAYS, SAME_NAME, Facility
from etl.sample.identity import person, phone
from etl.sample.places import MARK, STREET
from etl.sample.sheets import Cell, Flaw, Line, Sheet
from etl.sample.street_forms import Form, columns

OLD = Form(
    "facility",
    columns("-=序号 name=阵地名称 kind=类型 within=所在阵地 union_name=所属工会 community=社区 park=所在园区 address=地址 lon=经度 lat=纬度 "
            "area_m2=建筑面积 built_date=建成时间 hours=开放时间 build_mode=建设方式 rooms=功能室 tier=级别 star=星级 visits=年服务人次 "
            "status=使用情况 manager=管理员 phone=联系电话 remark=备注"),
    "{street}职工之家和阵地台账（{when}）　{mark}", "chinese", notes=("注：面积按建筑面积填写；建在另一处阵地里面的，填“所在阵地”，不另填面积。",),
    summed="area_m2",
)  # fmt: skip
HOMES = Form(
    "facility",
    columns("-=序号 community=所属社区 name=职工之家名称 kind=类型 within=所在阵地 union_name=主管工会 park=所在园区 address=详细地址 lon=经度（WGS84） "
            "lat=纬度（WGS84） area_m2=面积（㎡） built_date=建成日期 hours=开放时间 build_mode=建设方式 rooms=功能室 tier=级别 awarded=获评年度 "
            "awarded_by=授牌单位 annual_input_yuan=年投入（万元） visits=服务人次 visits_period=统计期间 status=状态 manager=负责人 phone=联系电话"),
    "{street}职工之家台账（{when}）　{mark}", "dots", signature="填表人：示例填表人", summed="area_m2",
)  # fmt: skip
STATIONS = Form(
    "facility",
    columns("-=序号 name=站点名称 community=所在社区 kind=站点类型 union_name=建设单位 address=所在位置 lon=经度（WGS84） lat=纬度（WGS84） "
            "area_m2=面积（㎡） built_date=启用时间 hours=服务时间 equipment=设施设备 star=星级 awarded=评定年度 visits_half=半年服务人次 "
            "visits_daily=日均服务 six_sign=统一标识 six_layout=合理布局 six_equipment=健全设施 six_function=完善功能 six_rules=规范管理 "
            "six_map=地图查询 status=站点状态 manager=站长 phone=手机 annual_input_yuan=年投入（元） remark=备注"),
    "{street}户外劳动者服务站点（驿站）台账（{when}）　{mark}", "slash",
)  # fmt: skip
SIX = ("six_sign", "six_layout", "six_equipment", "six_function", "six_rules", "six_map")
SIX_GROUPS = (("", 16), ("六有", 6), ("", 5))
KIND_WORDS = {
    "home": ("职工之家", "社区职工之家"), "small_home": ("职工小家", "小家"), "library": ("职工书屋",), "club": ("职工俱乐部", "俱乐部"),
    "centre": ("服务中心", "职工服务中心"), "station": ("驿站", "户外劳动者服务站点", "工会驿站"), "mother": ("爱心妈妈小屋", "妈妈小屋"),
    "mind": ("心理驿站",), "legal": ("法律服务点",),
}  # fmt: skip
STATUS_WORDS = {
    "normal": ("正常", "正常使用", "在用"), "suspended": ("停用", "暂停使用"), "revoked": ("撤销",), "downgraded": ("降星",), "demolished": ("拆除",),
}  # fmt: skip
TIER_WORDS = {
    "national": ("全国", "国家级"), "city": ("市级",), "district": ("区级", "区"), "street": ("街道级",), "qualified": ("合格",),
}  # fmt: skip
STAR_WORDS = {1: ("一星", "★"), 2: ("二星", "2星"), 3: ("三星", "★★★"), 4: ("四星级",), 5: ("五星", "★★★★★")}
PLANTED_SPOILS = {  # by the register's day: (facility, column, cell, code)
    DAYS[0]: (("五和暖蜂驿站", "kind", "活动场所", "unusable_code"), ("杨美社区职工之家", "visits", "较多", "bad_integer")),
    DAYS[1]: (("岗头暖蜂驿站", "area_m2", "面积较大", "bad_number"), ("坂田社区职工之家", "built_date", "2011年13月", "impossible_date")),
    DAYS[2]: (("坂田暖蜂驿站", "star", "六星", "unknown_code"), ("大发埔社区职工之家", "area_m2", "200-300平米", "range")),
    DAYS[3]: (("象角塘暖蜂驿站", "visits_half", "若干", "bad_integer"), ("五和暖蜂驿站", "star", "优秀", "unknown_code")),
}  # fmt: skip
OTHER_PERIODS = {
    "岗头社区职工之家": "日均",
    "五和社区职工之家": "启用以来",
}  # in 2018: no number of the year can be made of them


def _ytd(facility: Facility, day: date, seed: int) -> int | None:
    halves = [half for half in DAYS if half.year == day.year and half <= day]
    found = [facility.visits_in(half, seed) for half in halves]
    return None if facility.visits is None else sum(number or 0 for number in found)


def _area(facility: Facility, is_bare: bool, random: Random) -> Cell:
    """Return an area as clerks type it: 约300平米, 320㎡（含露台）; 南坑's is the article's number, exact."""
    if facility.area is None or facility.community == "南坑":
        return facility.area if is_bare or not facility.area else f"{facility.area}平方米"
    if facility.is_approx:
        return random.choice(("约{}平米", "约{}", "{}平方左右")).format(facility.area)
    if random.random() < 0.15:
        return random.choice(("{}平方米", "{}㎡（含露台）", "{}㎡")).format(facility.area)
    return facility.area


def _visits(facility: Facility, day: date, form: Form, seed: int) -> dict[str, Cell]:
    """Return the counts of visits as that form asks for them."""
    half, year = facility.visits_in(day, seed), _ytd(facility, day, seed)
    if form is STATIONS:
        return {"visits_half": half, "visits_daily": None if half is None else round(half / 182, 1)}
    if form is OLD or year is None:
        return {"visits": year}
    period = OTHER_PERIODS.get(facility.name)
    if period == "日均":
        return {"visits": round(year / 365), "visits_period": period}
    return {"visits": year * (6 if period else 1), "visits_period": period or ("1—6月" if day.month == 6 else "全年")}


def _clean(facility: Facility, day: date) -> dict[str, Any]:
    return {
        "name": facility.name, "community": facility.community, "kind": facility.kind, "area_m2": facility.area,
        "status": facility.status_on(day), "within": facility.within, "lon": facility.lon, "lat": facility.lat,
    }  # fmt: skip


def make_entry(facility: Facility, day: date, form: Form, random: Random, seed: int) -> Entry:
    """Return a facility as the cells of that form."""
    cells: dict[str, Cell] = {
        "name": facility.name, "kind": random.choice(KIND_WORDS[facility.kind]), "within": facility.within, "union_name": facility.union,
        "community": random.choice((facility.community, f"{facility.community}社区")), "park": facility.park, "address": facility.address,
        "lon": facility.lon, "lat": facility.lat, "area_m2": _area(facility, form is STATIONS, random), "hours": facility.hours,
        "built_date": street_forms.day(facility.built, form, random), "build_mode": {"own": "自建", "shared": "共建"}.get(facility.mode or ""),
        "rooms": "、".join(facility.rooms) + ("等" if facility.is_open else "") or None, "equipment": "、".join(facility.equipment) or None,
        "tier": random.choice(TIER_WORDS[facility.tier]) if facility.tier and (facility.tier != "national" or day == DAYS[3]) else None,
        "star": random.choice(STAR_WORDS[facility.star]) if facility.star else None, "awarded": facility.awarded, "awarded_by": facility.awarded_by,
        "annual_input_yuan": _input(facility, form), "status": random.choice(STATUS_WORDS[facility.status_on(day)]),
        "manager": person(random), "phone": phone(random), **_visits(facility, day, form, seed),
        **{name: "√" if has else "×" for name, has in zip(SIX, facility.six, strict=False)},
    }  # fmt: skip
    if facility.tier == "national" and day < DAYS[3]:
        cells |= {"awarded": None, "awarded_by": None}
    return Entry(cells, _clean(facility, day), [])


def _input(facility: Facility, form: Form) -> Cell:
    if facility.input_yuan is None or form is not HOMES:
        return facility.input_yuan
    return facility.input_yuan / 10_000


def _spoilt(entries: Sequence[Entry], day: date, form: Form) -> None:
    for name, column, cell, code in PLANTED_SPOILS[day]:
        found = next((entry for entry in entries if entry.clean["name"] == name), None)
        if found and column in form.names:
            found.spoil(column, cell, code)


def _more_lines(entries: Sequence[Entry], form: Form) -> Iterator[Line]:
    """Yield an exact duplicate, a row without name and one that contradicts another."""
    first, second, third = [entry for entry in entries if not entry.flaws and entry.clean["area_m2"]][1:4]
    yield street_forms.line(first, form, 0, "duplicates")
    nameless = Entry({**second.cells, "name": None}, second.clean, [Flaw("name", "required_missing")])
    yield street_forms.line(nameless, form, 0, "rejected")
    other = Entry({**third.cells, "area_m2": 9}, third.clean, [Flaw(None, "key_conflict")])
    yield street_forms.line(other, form, 0, "rejected")


def _sheet(facilities: Sequence[Facility], day: date, form: Form, name: str, seed: int) -> Sheet:
    random = Random(f"{seed}/facilities/sheet/{day}/{name}")
    entries = [make_entry(facility, day, form, random, seed) for facility in facilities]
    _spoilt(entries, day, form)
    lines = [street_forms.line(entry, form, serial) for serial, entry in enumerate(entries, 1)]
    sheet, width = Sheet(name, "facility", STREET, as_of=day), len(form.columns)
    title = form.title.format(street=STREET, when=f"{day.year}年{day.month}月", mark=MARK)
    sheet.add_title(title, width=width)
    sheet.add_header([header for _column, header in form.columns], SIX_GROUPS if form is STATIONS else ())
    if form is OLD:
        sheet.lines[-1] = replace(sheet.lines[-1], flaws=(Flaw("lon", "crs_unstated"),))
    sheet.lines += [*lines, *_more_lines(entries, form)]
    _foot(sheet, form)
    return sheet


def _foot(sheet: Sheet, form: Form) -> None:
    if form.summed:
        total = sum(row[form.summed] or 0 for row in sheet.accepted())
        sheet.add("total", "合计", *(total if name == form.summed else None for name in form.names[1:]))
    for note in form.notes:
        sheet.add("note", note)
    if form.signature:
        sheet.add("signature", form.signature)


def register_sheets(facilities: Sequence[Facility], day: date, seed: int) -> tuple[Sheet, ...]:
    """Return the sheets of a half-year's register; 南坑's own rows are never spoilt."""
    listed = [facility for facility in facilities if facility.since <= day]
    if day.year == 2017:
        return (_sheet(listed, day, OLD, "阵地台账", seed),)
    stations = [facility for facility in listed if facility.kind == "station"]
    homes = [facility for facility in listed if facility.kind != "station"]
    return (_sheet(homes, day, HOMES, "职工之家", seed), _sheet(stations, day, STATIONS, "驿站", seed))


def same_names(facilities: Sequence[Facility], day: date) -> int:
    """Return how many facilities share their name with another one of their community."""
    return sum(facility.name == SAME_NAME and facility.since <= day for facility in facilities)

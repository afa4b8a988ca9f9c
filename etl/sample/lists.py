"""The short street-wide ledgers: communities, parks and yearly targets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from etl.sample.places import COMMUNITIES, MARK, PARKS, STREET
from etl.sample.sheets import Cell, Flaw, Line, Sheet

LISTED = date(2013, 12, 31)
TARGETS = {  # street's totals by year: (新建会企业数, 新发展会员数)
    2016: (160, 4_200), 2017: (180, 4_600), 2018: (200, 5_000),
}  # fmt: skip
INDICATORS = (("unions_formed", "新建会企业数"), ("members_joined", "新发展会员数"))
# The street's own tasks, which nobody shared out: (indicator, title, as it is written, what must come out of it).
STREETS_OWN: dict[int, tuple[tuple[str, str, str, float], ...]] = {
    2018: (("coverage_rate", "建会率", "不低于90%", 0.9), ("service_person_times", "服务人次", "10万人次", 100_000.0)),
}
PARK_FOUNDED = {
    "天安云谷": date(2013, 5, 28), "星河雅宝": date(2012, 10, 16), "中浩工业城": date(2003, 6, 1), "南坑创意园": date(2011, 9, 8),
}  # fmt: skip


def community_sheet() -> Sheet:
    """Return the list of communities as of the end of 2013."""
    headers = (
        "序号",
        "社区名称",
        "社区编码",
        "面积（平方公里）",
        "常住人口",
        "户籍人口",
        "经度（WGS84）",
        "纬度（WGS84）",
    )
    sheet = Sheet("社区名录", "community", STREET, as_of=LISTED)
    sheet.add_title(f"{STREET}社区名录（2013年12月）　{MARK}", width=len(headers))
    sheet.add_header(headers)
    for index, place in enumerate(COMMUNITIES, 1):
        residents: Cell = "约3.1万人" if place.name == "南坑" else place.residents
        clean = {
            "name": place.name, "code": place.codes, "area_km2": place.area_km2, "resident_population": place.residents,
            "registered_population": place.registered, "lon": place.lon, "lat": place.lat,
        }  # fmt: skip
        cells = (index, f"{place.name}社区", "、".join(place.codes), place.area_km2, residents, place.registered)
        sheet.lines.append(Line("accepted", (*cells, place.lon, place.lat), (), clean))
    total = (sum(place.area_km2 for place in COMMUNITIES), sum(p.residents for p in COMMUNITIES))
    sheet.add(
        "total", "合计", None, None, round(total[0], 2), total[1], sum(p.registered for p in COMMUNITIES), None, None
    )
    sheet.add("note", "注：南坑社区面积、人口取自公开报道，其余为示例；经纬度为示意位置。")
    return sheet


def park_sheet() -> Sheet:
    """Return the list of parks; it is written once, as a legacy .xls, and committed."""
    headers = ("序号", "园区名称", "所属社区", "地址", "经度", "纬度", "建成日期")
    sheet = Sheet("园区名录", "park", STREET, as_of=LISTED)
    sheet.add_title(f"{STREET}园区名录（2013年12月）　{MARK}", width=len(headers))
    sheet.add_header(headers)
    sheet.lines[-1] = replace(sheet.lines[-1], flaws=(Flaw("lon", "crs_unstated"),))
    for index, park in enumerate(PARKS, 1):
        founded, address = PARK_FOUNDED[park.name], f"{STREET}{park.community}社区{park.name}"
        clean = {
            "name": park.name,
            "community": park.community,
            "lon": park.lon,
            "lat": park.lat,
            "founded_date": founded,
        }
        cells = (
            index,
            park.name,
            f"{park.community}社区",
            address,
            park.lon,
            park.lat,
            f"{founded.year}年{founded.month}月{founded.day}日",
        )
        sheet.lines.append(Line("accepted", cells, (), clean))
    sheet.add("note", "注：园区位置为示意位置。")
    return sheet


def _shares(total: int, random: Random) -> list[int]:
    weights = [place.enterprises * random.uniform(0.8, 1.2) for place in COMMUNITIES]
    parts = [round(total * weight / sum(weights)) for weight in weights]
    parts[0] += total - sum(parts)
    return parts


def target_sheet(year: int, seed: int) -> Sheet:
    """Return a year's targets by community; the indicator is merged over its rows."""
    random, headers = Random(f"{seed}/targets/{year}"), ("指标名称", "社区", "目标数", "备注")
    sheet = Sheet("任务分解", "target", STREET, period=(date(year, 1, 1), date(year, 12, 31)))
    sheet.add_title(f"{STREET}{year}年度工会工作目标任务分解表　{MARK}", width=len(headers))
    sheet.add_header(headers)
    for (code, title), total in zip(INDICATORS, TARGETS[year], strict=True):
        top = len(sheet.lines)
        for place, target in zip(COMMUNITIES, _shares(total, random), strict=True):
            clean: dict[str, Any] = {"indicator": code, "community": place.name, "target": target}
            cells = (title if len(sheet.lines) == top else None, f"{place.name}社区", target, None)
            sheet.lines.append(Line("accepted", cells, (), clean))
        sheet.merges.append((top, 0, len(sheet.lines) - 1, 0))
        sheet.add("total", "小计", None, total, None)
    for code, title, written, wanted in STREETS_OWN.get(year, ()):
        clean = {"indicator": code, "community": None, "target": wanted}
        sheet.lines.append(Line("accepted", (title, "全街道", written, None), (), clean))
    return sheet

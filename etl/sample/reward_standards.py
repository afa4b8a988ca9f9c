"""Two versions of the standard by which informants are rewarded; its sums are invented and say so."""

from __future__ import annotations

from datetime import date

from etl.sample.places import MARK, STREET
from etl.sample.sheets import Line, Sheet

TITLE = "{street}信息员隐患排查奖励标准（{year}年版，示例金额）　{mark}"
HEADERS = ("序号", "标准编号", "隐患等级", "奖励标准（元/条）", "施行日期", "废止日期", "依据文件", "备注")
LEVEL_WORDS = {"red": "红", "yellow": "黄", "green": "绿"}
VERSIONS = {
    "示例标准2016": (date(2016, 1, 1), date(2017, 12, 31), {"red": 500, "yellow": 300, "green": 100}),
    "示例标准2018": (date(2018, 1, 1), None, {"red": 800, "yellow": 400, "green": 150}),
}


def version_at(day: date) -> str:
    """Return the number of the standard that holds on that day."""
    return next(name for name, (first, last, _sums) in VERSIONS.items() if first <= day and (not last or day <= last))


def due_yuan(level: str, day: date) -> int:
    """Return the reward for a first true report of that level on that day."""
    return VERSIONS[version_at(day)][2][level]


def standard_sheet(name: str) -> Sheet:
    """Return one version of the standard as a sheet."""
    first, last, sums = VERSIONS[name]
    sheet = Sheet("奖励标准", "reward_standard", STREET, period=(date(first.year, 1, 1), date(first.year, 12, 31)))
    sheet.add_title(TITLE.format(street=STREET, year=first.year, mark=MARK), width=len(HEADERS))
    sheet.add_header(HEADERS)
    for serial, (level, yuan) in enumerate(sums.items(), 1):
        cells = (serial, name, LEVEL_WORDS[level], yuan, first, last, "示例文件（非真实文件）", None)
        clean = {"standard_no": name, "level": level, "reward_yuan": yuan, "valid_from": first, "valid_to": last}
        sheet.lines.append(Line("accepted", cells, (), clean))
    sheet.add("note", "注：金额为示例，不是任何街道的实际标准。")
    return sheet

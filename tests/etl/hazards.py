"""A small street of hazard reports with hand-worked links, leads and rewards; its ledgers go through the real intake."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from etl.intake import load
from tests.etl.cleaning import credit_code

ENTERPRISE = ("企业名称", "统一社会信用代码", "经营状态", "职工人数", "会员数", "建会状态")
DISPUTE = ("案件编号", "涉事企业", "受理日期", "案由", "涉及人数", "处理结果")
STANDARD = ("标准编号", "隐患等级", "奖励金额（元/条）", "施行日期", "废止日期")
FIELDS = {
    "no": "线索编号", "day": "报告日期", "informant_no": "信息员编号", "informant": "信息员姓名", "phone": "联系电话",
    "name": "涉及企业", "code": "企业统一社会信用代码", "signs": "隐患类型", "people": "涉及人数", "told": "情况描述",
    "verifier": "核实人", "verified": "核实日期", "result": "核实结果", "level": "定级", "case": "转案编号",
    "resolved": "化解日期", "first": "首报编号", "why": "关联理由", "standard": "奖励标准", "due": "应发奖励",
    "paid": "实发奖励", "paid_on": "发放日期", "payee": "领取人", "remark": "备注",
}  # fmt: skip
CODE = credit_code("00000001")
PERSON, PHONE = "张示例", "13812345678"


def name(letter: str) -> str:
    """Return an enterprise's name."""
    return f"深圳示例{letter}有限公司"


def no(number: int) -> str:
    """Return a report's number."""
    return f"坂隐〔2018〕{number:03d}号"


def case_no(number: int) -> str:
    """Return a case's number."""
    return f"坂调〔2018〕{number:03d}号"


def report(number: int, day: str, letter: str, signs: str, **cells: str | int) -> list[str | int]:
    """Return one report's row; `letter` is the enterprise (or a whole name of two letters and more)."""
    given: dict[str, str | int] = {
        "no": no(number), "day": day, "name": name(letter) if len(letter) == 1 else letter, "signs": signs, **cells
    }  # fmt: skip
    return [given.get(field, "") for field in FIELDS]


def true(verified: str, level: str = "黄", **cells: str | int) -> dict[str, str | int]:
    """Return the cells of a report that was found true."""
    return {"verified": verified, "result": "属实", "level": level, **cells}


def write(folder: Path, title: str, header: Sequence[str], rows: Sequence[Sequence[str | int]]) -> None:
    """Write one ledger as CSV, named by its title."""
    with (folder / f"{title}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows([[title], header, *rows])


HAZARDS = [
    report(1, "2018-03-01", "甲", "欠薪", informant_no="示例信息员01", informant=PERSON, phone=PHONE, payee=PERSON,
           told=f"{PERSON}（{PHONE}）反映", verifier=PERSON, remark=PERSON, case="坂调(2018)001号",
           **true("2018-03-04", "红", due="800元/条", paid="８００", paid_on="2018年4月10日", standard="示例标准2018")),
    report(2, "2018-03-31", "甲", "欠薪、搬迁", **true("2018-04-02", due=400, paid=400, paid_on="2018-05-02")),
    report(3, "2018-04-01", "甲", "欠薪", **true("2018-04-03", due=300, paid=400, paid_on="2018-05-03")),
    report(4, "2018-03-05", "甲", "加班", verified="2018-03-05", result="部分属实"),
    report(5, "2018-04-10", "乙", "欠社保", **true("2018-04-12", resolved="2018-04-20")),
    report(6, "2018-04-15", "乙（曾用名）", "欠缴社保", code=CODE, people="约30人"),
    report(7, "2018-05-01", "丙", "欠薪", **true("2018-05-02", resolved="2018-05-10")),
    report(8, "2018-05-10", "丙", "欠薪"),
    report(9, "2018-05-11", "丙", "欠薪", verified="2018-05-12", result="待核实"),
    report(10, "2018-05-02", "某园区多家企业", "欠水电", **true("2018-05-03", "绿", due="150", paid="150")),
    report(11, "2018-05-03", "某园区多家企业", "欠水电"),
    report(12, "2018-05-04", "某园区多家企业", "欠水电", first=no(10), why="同一事件"),
    report(13, "2018-06-01", "丁", "欠租", verified="2018-06-02", result="不属实", due=100, paid=100, paid_on="2018-06-30"),
    report(14, "2018-06-05", "丁", "欠租", **true("2018年6月")),
    report(15, "2018-07-03", "卯", "停产", first="坂隐[2018]016号"),
    report(16, "2018-07-02", "己", "停产", first=no(17)),
    report(17, "2018-07-01", "庚", "停产"),
    report(18, "2018-07-05", "辛", "降薪", first=no(19)),
    report(19, "2018-07-06", "壬", "降薪", first=no(18)),
    report(20, "2018-07-07", "癸", "降薪", first=no(20)),
    report(21, "2018-07-08", "子", "降薪", first="没有的编号"),
    report(22, "2018-08-02", "戊", "欠薪", case=case_no(4)),
    report(23, "2018-08-03", "丑", "工伤", verified="2018-08-01", result="属实", resolved="2018-08-02"),
    report(24, "2018-08-20", "己", "搬迁", case="坂调〔2018〕999号",
           **true("2018-08-25", "红", resolved="2018-08-22", paid=800)),
    report(25, "2018-09-01", "己", "聚集", case=case_no(3)),
    report(26, "2018-09-01", "", "聚集"),
    report(27, "2018-09-02", "", "聚集"),
    report(28, "2018-09-05", "寅", "不知道"),
    report(29, "2018-09-06", "寅", "不知道"),
    report(30, "2018-10-05", "辰", "欠租"),
    report(31, "2018-10-01", "辰", "欠租", code=credit_code("00000002")),
]  # fmt: skip
DISPUTES: list[tuple[str | int, ...]] = [
    (case_no(1), name("甲"), "2018-03-20", "拖欠工资", 12, "在办"),
    (case_no(2), name("甲"), "2018-06-29", "拖欠工资", 3, "在办"),
    (case_no(3), name("丁"), "2018-06-20", "拖欠工资", 3, "在办"),
    (case_no(4), name("戊"), "2018-08-01", "拖欠工资", 3, "在办"),
    (case_no(5), name("丙"), "2018-02-10", "拖欠工资", 3, "在办"),
    (case_no(6), name("己"), "2018年9月", "拖欠工资", 3, "在办"),
    (case_no(7), name("庚"), "2018-12-10", "拖欠工资", 3, "在办"),
]
STANDARDS: list[tuple[str | int, ...]] = [
    ("示例标准2016", "红", 500, "2016-01-01", ""),
    ("示例标准2016", "黄", 300, "2016-01-01", ""),
    ("示例标准2018", "红", "800元/条", "2018-01-01", ""),
    ("示例标准2018", "黄", 400, "2018-04-01", ""),
    ("示例标准2018", "绿", 150, "2018-01-01", "2018-05-02"),
]


def write_street(folder: Path) -> Path:
    """Write the ledgers, load them and return the street's folder."""
    ledgers, street = folder / "ledgers", folder / "street"
    ledgers.mkdir(parents=True)
    listed = [(name(letter), CODE if letter == "乙" else "", "在营", 50, 0, "未建会") for letter in "甲乙丙丁戊己庚"]
    for day in ("2017年12月31日", "2018年6月30日"):
        write(ledgers, f"坂田街道南坑社区企业台账（截至{day}）", ENTERPRISE, listed)
    write(ledgers, "坂田街道南坑社区隐患线索台账（2018年）", tuple(FIELDS.values()), HAZARDS)
    write(ledgers, "坂田街道南坑社区劳资纠纷台账（2018年）", DISPUTE, DISPUTES)
    write(ledgers, "坂田街道信息员隐患排查奖励标准（2018年，示例金额）", STANDARD, STANDARDS)
    load([ledgers], street)
    return street

"""A small street whose registers hold one enterprise under several codes."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from etl.instructions import Instructions
from etl.intake import load
from etl.sample.identity import codes

USCC, ORG, REG = codes(71, is_new=False)
OTHER, SEVENTH = (codes(number, is_new=False)[0] for number in (72, 73))
ROAD = "坂田街道南坑社区示例一路8号"
HEADS = ["企业名称", "统一社会信用代码", "组织机构代码", "经营地址", "经营状态", "职工人数", "会员数", "建会状态"]
CASES = ["案件编号", "企业名称", "统一社会信用代码", "受理日期", "案由", "涉及人数"]
SCORES = ["企业名称", "统一社会信用代码", "所属社区", "评分项目", "发生日期", "程度"]


def write(folder: Path, title: str, header: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    with (folder / f"{title}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows([[title], header, *lines])


def listed(name: str, code: str, org: str = "", address: str = ROAD, workers: str = "40") -> list[str]:
    return [name, code, org, address, "在营", workers, "0", "未建会"]


def write_street(folder: Path, street: Path) -> Path:
    """Load a street: 甲 changes its code, 乙 stands twice in one register, 丙 has an old code, then the new one."""
    other = "坂田街道示例三路3号"
    june = [listed("深圳市甲有限公司", OTHER), listed("深圳市丙有限公司", "", ORG, other)]
    december = [
        listed("深圳市甲有限公司", SEVENTH), listed("深圳市丙有限公司", USCC, "", other),
        listed("深圳市乙有限公司", "", codes(74, is_new=False)[1], "坂田街道示例五路5号", "9"),
        listed("深圳市乙有限公司", codes(74, is_new=False)[0], "", "坂田街道示例五路5号", "10"),
    ]  # fmt: skip
    write(folder, "坂田街道南坑社区企业台账（2018年6月30日）", HEADS, june)
    write(folder, "坂田街道南坑社区企业台账（2018年12月31日）", HEADS, december)
    cases = [
        ["坂调〔2018〕1号", "深圳市丙有限公司", USCC, "2018-07-02", "欠薪", "3"],
        ["坂调〔2018〕2号", "丙（深圳）有限公司", "", "2018-07-03", "欠薪", "3"],
        ["坂调〔2018〕3号", "深圳市丁有限公司", "", "2018-07-04", "欠薪", "3"],
    ]
    write(folder, "坂田街道南坑社区劳资纠纷台账（2018年7月）", CASES, cases)
    scores = [["深圳市甲有限公司", OTHER, "南坑", "欠薪", "2018-12-02", "2"]]
    write(folder, "坂田街道企业风险评分表（全街道）2018年12月", SCORES, scores)
    load([folder], street, Instructions())
    return street

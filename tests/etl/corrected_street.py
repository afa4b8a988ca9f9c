"""A small street whose cells are corrected: one community's registers, a street's dispute sheet with a total row."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from etl.generations import Generation, current_path
from etl.instructions import Instructions
from etl.intake import LoadResult, load
from etl.record.reading import READ_ONLY
from etl.street import open_street

ENTERPRISES = ["企业名称", "统一社会信用代码", "职工人数", "会员数", "建会状态", "建会日期", "联系人"]
DISPUTES = [
    "案件编号",
    "所属社区",
    "涉事企业",
    "受理日期",
    "办结日期",
    "案由",
    "涉及人数",
    "诉求金额",
    "处理结果",
    "申请人",
]
CODE = "91440300MA5DA0004W"
FIRST = [
    ["深圳示例甲有限公司", CODE, "100", "60", "单独建会", "2018-03-01", "示例联系人"],
    ["深圳示例乙有限公司", "", "40", "0", "未建会", "", ""],
]
CASES = [
    ["坂调2018001", "南坑", "深圳示例甲有限公司", "2018-12-03", "2018-12-20", "拖欠工资", "10", "1000", "调解成功", "示例职工"],
    ["坂调2018002", "南坑", "深圳示例乙有限公司", "2018-12-05", "", "社会保险", "5", "2000", "在办", ""],
    ["合计", "", "", "", "", "", "15", "3500", "", ""],
]  # fmt: skip


def write(folder: Path, title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    folder.mkdir(exist_ok=True)
    with (folder / f"{title}.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows([[title], header, *rows])
    return folder


def bring(street: Path, folder: Path, workers: str, others: str) -> LoadResult:
    """Load 南坑's register of December again, with other workers in both enterprises."""
    rows = [[*row[:2], number, *row[3:]] for row, number in zip(FIRST, (workers, others), strict=True)]
    write(folder, "坂田街道南坑社区企业台账（2018年12月31日）", ENTERPRISES, rows)
    return load([folder], street, Instructions())


def found(street: Path, folder: Path) -> Path:
    """Make the street: the registers of June and December with 100 workers, and December's disputes."""
    for day in ("2018年6月30日", "2018年12月31日"):
        write(folder, f"坂田街道南坑社区企业台账（{day}）", ENTERPRISES, FIRST)
    write(folder, "坂田街道劳资纠纷台账2018年12月", DISPUTES, CASES)
    load([folder], street, Instructions())
    return street


def asked(street: Path | Generation, query: str) -> list[tuple[Any, ...]]:
    """Return what a query finds in the street's current generation."""
    path = street.path if isinstance(street, Generation) else current_path(open_street(street))
    with duckdb.connect(str(path), read_only=True, config=READ_ONLY) as connection:
        return connection.execute(query).fetchall()

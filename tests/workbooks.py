"""Small workbooks that tests write: one community's register or one month's dispute sheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import xlsxwriter

ENTERPRISE = ("企业名称", "统一社会信用代码", "经营状态", "职工人数", "会员数", "建会状态", "所属工会", "建会日期")
DISPUTE = ("案件编号", "企业名称", "受理日期", "办结日期", "案由", "来源渠道", "涉及人数", "处理结果")
Rows = list[tuple[Any, ...]]


def write_book(path: Path, sheets: dict[str, tuple[str, tuple[str, ...], Rows]]) -> Path:
    """Write sheets of (title, headers, rows); the title stands in row 1, the headers in row 2."""
    with xlsxwriter.Workbook(path) as book:
        for name, (title, headers, rows) in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.write(0, 0, title)
            for number, cells in enumerate((headers, *rows), start=1):
                sheet.write_row(number, 0, cells)
    return path


def enterprise_row(
    number: int, union: str = "单独建会", workers: Any = 100, members: Any = 80, **other: Any
) -> tuple[Any, ...]:
    """Return one enterprise row; `other` sets status, union_name, formed."""
    code = f"组织{number}"
    status, name = other.get("status", "存续"), other.get("union_name", "")
    return (f"示例{code}有限公司", "", status, workers, members, union, name, other.get("formed", ""))


def register(path: Path, rows: Rows, community: str = "南坑", day: str = "2018年12月31日", mark: str = "") -> Path:
    """Write one community's enterprise register."""
    title = f"坂田街道{community}社区企业台账（截至{day}）{mark}"
    return write_book(path, {"企业": (title, ENTERPRISE, rows)})


def disputes(path: Path, months: dict[str, Rows], community: str = "南坑", year: int = 2018) -> Path:
    """Write one community's dispute workbook, a sheet per month (「12月」)."""
    title = f"坂田街道{community}社区劳资纠纷台账（{year}年）"
    return write_book(path, {name: (title, DISPUTE, rows) for name, rows in months.items()})


def change_list(
    path: Path, changes: dict[str, Rows], community: str = "南坑", day: str = "2018年12月31日", mark: str = ""
) -> Path:
    """Write one community's 增减变动表: rows by what became of them (新增, 变更, 减少)."""
    title = f"坂田街道{community}社区企业台账增减变动表（截至{day}）{mark}"
    rows = [(*row, said) for said, listed in changes.items() for row in listed]
    return write_book(path, {"变动": (title, (*ENTERPRISE, "变动类型"), rows)})

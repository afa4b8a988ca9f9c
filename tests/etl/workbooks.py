"""Workbooks as a community hands them in, for the tests of what is sent back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADER = ["企业名称", "所属社区", "职工人数", "成立日期"]


def write_ledger(path: Path, *rows: Sequence[Any], title: str = "南坑社区企业台账（截至2018年12月31日）") -> Path:
    """Write an enterprise ledger: title, blank row, header in row 3, the rows from row 4 on."""
    book = Workbook()
    page = book.active
    page.title = "南坑"
    page["A1"] = title
    for column, text in enumerate(HEADER, start=1):
        page.cell(3, column, text)
    for number, row in enumerate(rows, start=4):
        for column, value in enumerate(row, start=1):
            page.cell(number, column, value)
    book.save(path)
    return path

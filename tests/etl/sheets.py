"""Sheets as rows of text, as the reader would give them."""

from __future__ import annotations

from etl.read import SheetText
from etl.recognise import NotALedger, Sheet, recognise

ENTERPRISE = ["序号", "企业名称", "统一社会信用代码", "所属社区", "职工人数", "会员数", "建会状态"]
DISPUTE = ["编号", "企业名称", "社区", "受理时间", "案由", "涉及人数", "处理结果"]


def text_sheet(*rows: list[str], merged: tuple[tuple[int, int, int, int], ...] = (), first: int = 1) -> SheetText:
    """Return rows as a sheet that begins in row `first`."""
    width = max(map(len, rows))
    filled = [row + [""] * (width - len(row)) for row in rows]
    return SheetText("台账.xlsx", "Sheet1", filled, range(first, first + len(rows)), 0, merged)


def sheet_of(*rows: list[str], merged: tuple[tuple[int, int, int, int], ...] = (), first: int = 1) -> Sheet:
    """Return rows as the ledger that they are recognised as."""
    sheet = recognise(text_sheet(*rows, merged=merged, first=first))
    assert isinstance(sheet, Sheet), sheet
    return sheet


def reason_of(*rows: list[str]) -> str:
    """Return why rows are no ledger."""
    sheet = recognise(text_sheet(*rows))
    assert isinstance(sheet, NotALedger)
    return sheet.reason


def row_of(number: int, name: str = "") -> list[str]:
    """Return one enterprise under `ENTERPRISE`."""
    return [str(number), name or f"深圳示例{number}有限公司", "", "南坑", "12", "10", "单独建会"]

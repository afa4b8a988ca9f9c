"""A 会员名册 of 100,000 rows: recognised and checked ÷ python-calamine's own reading; previewed within that plus a build."""

from __future__ import annotations

import json
import tempfile
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from benchmarks.ratio import Ratio, milliseconds
from etl import generations
from etl.instructions import Instructions
from etl.intake import check, preview
from etl.record import loads
from etl.sample.members import identity_number
from etl.street import Street, open_street

LIMIT = 3.0
RUNS = 3
ROWS = 100_000
HEADER = (
    "序号",
    "姓名",
    "性别",
    "身份证号码",
    "手机号码",
    "所属工会",
    "工作单位",
    "入会时间",
    "会籍状态",
    "是否农民工",
    "是否实名认证",
)
BORN, JOINED = date(1965, 1, 1), date(2008, 1, 1)


def _roster(path: Path) -> Path:
    """Write the workbook: persons who do not exist, in two thousand unions."""
    book = Workbook(write_only=True)
    page = book.create_sheet("会员名册")
    page.append(["坂田街道南坑社区会员名册（截至2018年12月31日）　示例数据　非真实情况"])
    page.append(HEADER)
    for n in range(ROWS):
        employer = f"深圳市示例{n % 2000}电子有限公司"
        serial = 100 + n // 12_000
        identity = identity_number(BORN + timedelta(days=n % 12_000), serial)
        joined = (JOINED + timedelta(days=n * 7 % 3900)).isoformat()
        page.append(
            (n + 1, f"示例会员{n}", "男" if serial % 2 else "女", identity, f"199-0000-{n % 10_000:04d}", f"{employer}工会委员会",
             employer, joined, "在册", "是" if n % 3 else "否", "是" if n % 4 else "否")
        )  # fmt: skip
    book.save(path)
    return path


def _read_only(path: Path) -> int:
    book = CalamineWorkbook.from_path(path)
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def _preview(path: Path, street: Street) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _intake, draft = preview([path], street, Instructions(), Path(folder))
        if draft is None:
            raise AssertionError("the roster must be fit to publish")


def _build(path: Path, street: Street) -> float:
    """Return how long the build alone takes of what the preview stages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        preview([path], street, Instructions(), folder)
        (staged,) = folder.glob(f"*{loads.DRAFT}")
        load = loads.Load(
            staged.name.removesuffix(loads.DRAFT), staged, json.loads((staged / "receipt.json").read_text("utf-8"))
        )

        def build() -> None:
            with tempfile.TemporaryDirectory() as drafts:
                generations.draft(street, [load], Path(drafts))

        return milliseconds(build, RUNS)


def measure() -> list[Ratio]:
    """Measure all in this process, each after a first run that is not counted."""
    with tempfile.TemporaryDirectory() as name:
        path, street = _roster(Path(name) / "会员名册.xlsx"), open_street(Path(name) / "street")
        intake = check([path], street)
        (sheet,) = intake.sheets.values()
        if (sheet["ledger"], sheet["accepted"]) != ("member", ROWS):
            raise AssertionError(f"not a roster of {ROWS} accepted rows: {sheet['ledger']}, {sheet['accepted']}")
        base = milliseconds(lambda: _read_only(path), RUNS)
        checked = milliseconds(lambda: check([path], street), RUNS)
        previewed = milliseconds(lambda: _preview(path, street), RUNS)
        allowed = LIMIT * base + _build(path, street)
    return [
        Ratio("识别并校验10万行会员名册 ÷ python-calamine 读出", checked, base, LIMIT),
        Ratio("10万行会员名册入库前核对 ÷ （3倍读出＋建库一次）", previewed, allowed, 1.0),
    ]

"""The 批注件 of a workbook of 5,000 rows with 300 bad cells ÷ openpyxl's own load and save of it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook, load_workbook

from benchmarks.ratio import Ratio, milliseconds
from etl.intake import check
from etl.mending.marked_up import write_marked_up
from etl.street import open_street

LIMIT = 3.0
RUNS = 3
ROWS, BAD = 5000, 300
HEADER = (
    "序号",
    "企业名称",
    "所属社区",
    "经营地址",
    "所属行业",
    "企业性质",
    "成立日期",
    "职工人数",
    "女职工人数",
    "会员人数",
)


def _ledger(path: Path) -> Path:
    """Write the workbook; every so many rows a number of workers is no number."""
    book = Workbook()
    page = book.active
    page.append(["南坑社区企业台账（截至2018年12月31日）"])
    page.append(HEADER)
    for n in range(ROWS):
        workers = "若干" if n % (ROWS // BAD) == 0 and n // (ROWS // BAD) < BAD else 20
        address = f"坂田街道南坑社区示例路{n}号"
        page.append([n + 1, f"深圳示例{n}有限公司", "南坑", address, "制造业", "私营企业", "2017-03-01", workers, 3, 5])
    book.save(path)
    return path


def measure() -> list[Ratio]:
    """Measure both in this process, each after a first run that is not counted."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        path = _ledger(folder / "南坑.xlsx")
        intake = check([path], open_street(folder / "street"))
        if len(intake.bad) != BAD:
            raise AssertionError(f"{len(intake.bad)} bad cells, not {BAD}")
        ours = milliseconds(lambda: write_marked_up(intake, path.name, path, folder / "marked"), RUNS)
        base = milliseconds(lambda: load_workbook(path).save(folder / "again.xlsx"), RUNS)
    return [Ratio("5,000行300处问题的批注件 ÷ openpyxl 读入并另存", ours, base, LIMIT)]

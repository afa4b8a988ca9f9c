"""Loading the sample ÷ merely reading the same files."""

from __future__ import annotations

import shutil
from pathlib import Path

from python_calamine import CalamineWorkbook

from benchmarks.ratio import Ratio, milliseconds
from etl.files import found_files
from etl.intake import load

LIMIT = 3.0
RUNS = 3


def read_only(ledgers: Path) -> int:
    """Read every ledger with python-calamine and Python's decoder; return how many cells and characters there were."""
    found = 0
    with found_files([ledgers]) as ledger_files:
        paths = [path for _name, path in ledger_files.files]
    for path in paths:
        if path.suffix == ".csv":
            data = path.read_bytes()
            try:
                found += len(data.decode("utf-8-sig"))
            except UnicodeDecodeError:
                found += len(data.decode("gb18030"))
        else:
            book = CalamineWorkbook.from_path(path)
            found += sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)
    return found


def measure(ledgers: Path, folder: Path) -> list[Ratio]:
    """Measure both in this process, each after a first run that is not counted."""
    street = folder / "loaded"

    def load_anew() -> None:
        shutil.rmtree(street, ignore_errors=True)
        load([ledgers], street)

    ours = milliseconds(load_anew, RUNS)
    base = milliseconds(lambda: read_only(ledgers), RUNS)
    return [Ratio("导入全部示例台账 ÷ 只读出这些文件", ours, base, LIMIT)]

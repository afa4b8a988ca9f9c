"""How an address names a row: its load, its file by number, its sheet where there are several, its row.

A file's name in Chinese, with folder and month, would make each of a thousand links in a table ten times as long. A
load's files never change, so a file's place among them names it for good.
"""

from __future__ import annotations

from functools import lru_cache
from gettext import gettext as _
from urllib.parse import quote

from etl.errors import QuestionError
from metrics.lineage.rows import Place
from metrics.warehouse import Warehouse


@lru_cache(maxsize=16)
def _sheets(warehouse: Warehouse) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the sheets of each (load, file), ledgers first, in the order in which addresses number the files."""
    query = """
        select f.load_id, f.file, list(s.sheet order by s.ledger is null, s.sheet) filter (where s.sheet is not null)
        from intake.file as f
        left join intake.sheet as s on f.load_id = s.load_id and f.file = s.file
        group by f.load_id, f.file order by f.load_id, f.file"""
    found = warehouse.cursor().execute(query).fetchall()
    return {(load, file): tuple(dict.fromkeys(sheets or ())) for load, file, sheets in found}


@lru_cache(maxsize=16)
def _numbers(warehouse: Warehouse) -> dict[tuple[str, str], int]:
    """Return each file's number among the files of its load, from 1."""
    found: dict[tuple[str, str], int] = {}
    counts: dict[str, int] = {}
    for load, file in _sheets(warehouse):
        counts[load] = counts.get(load, 0) + 1
        found[load, file] = counts[load]
    return found


@lru_cache(maxsize=16)
def addresses(warehouse: Warehouse) -> dict[tuple[str, str, str], str]:
    """Return for every (load, file, sheet) what an address says before the row: load=…&file=12&sheet=6月."""
    numbers = _numbers(warehouse)
    found = {}
    for (load, file), sheets in _sheets(warehouse).items():
        for sheet in sheets:
            named = f"&sheet={quote(sheet, safe='')}" if len(sheets) > 1 else ""
            found[load, file, sheet] = f"load={load}&file={numbers[load, file]}{named}"
    return found


def place_of(warehouse: Warehouse, load: str, file: str, sheet: str, row: str) -> Place:
    """Return the place that an address names, files by number or by name; QuestionError where it names none."""
    if not row.isdecimal() or len(row) > 7:
        message = _("“{row}”不是行号。").format(row=row[:20])
        raise QuestionError(message, remedy=_("请从表格或明细里的链接进入"), code="bad_row")
    known = _sheets(warehouse)
    numbered = {str(number): name for (of, name), number in _numbers(warehouse).items() if of == load}
    named = numbered.get(file, file)
    sheets = known.get((load, named))
    if sheets is None:
        message = _("数据版本{n}里没有导入批次“{load}”的这个文件。").format(n=warehouse.generation_no, load=load[:40])
        raise QuestionError(message, remedy=_("批次可能已撤销；请从当前的表格或明细进入"), code="unknown_file")
    if not sheet and len(sheets) != 1:
        raise QuestionError(_("链接没有写明工作表。"), remedy=_("本文件有：{sheets}").format(sheets="、".join(sheets)))
    return Place(load, named, sheet or sheets[0], int(row))

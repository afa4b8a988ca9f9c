"""What became of a row: it counts, a newer one stands for it, it was refused, or it never was one."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from typing import Any, Literal

from etl.ledger import ledger_kinds
from metrics.lineage.rows import Place, SourceRow, sheet_of, stored
from metrics.warehouse import Warehouse

State = Literal["accepted", "superseded", "rejected", "left_out", "unknown"]
SKIPPED = {
    "title": _("标题"), "header": _("表头"), "total": _("合计"), "note": _("备注"), "signature": _("落款"), "blank": _("空行"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fate:
    """A row's fate in a sentence; `instead` is the row that stands for it."""

    state: State
    text: str
    instead: Place | None = None


def fate_of(warehouse: Warehouse, row: SourceRow) -> Fate:
    """Return what became of a row."""
    if row.is_stored and row.ledger:
        return _stored(warehouse, row)
    if any(problem.is_reject for problem in row.problems):
        reasons = "；".join(dict.fromkeys(problem.reason for problem in row.problems if problem.is_reject))
        return Fate("rejected", _("未通过校验，没有入库：{reasons}").format(reasons=reasons))
    if not row.loaded_at:
        text = _("数据版本{n}里没有这个导入批次：已撤销，或者不是本街道的。")
        return Fate("unknown", text.format(n=warehouse.generation_no))
    return _not_taken(warehouse, row.place)


def _not_taken(warehouse: Warehouse, place: Place) -> Fate:
    """Return why a place of a load in force holds no row: the file, the sheet or the row is none that counts."""
    cursor = warehouse.cursor()
    query = "select left_out from intake.file where load_id = $1 and file = $2"
    files = cursor.execute(query, [place.load_id, place.file]).fetchall()
    about = sheet_of(warehouse, place)
    if not about:
        if any(left_out for (left_out,) in files):
            return Fate("left_out", _("这个文件以前已导入过，本批次没有重复入库。"))
        if files:
            return Fate("left_out", _("这张表已由后来报送的取代，或者没有这张工作表。"))
        return Fate("unknown", _("导入批次{load}里没有这个文件。").format(load=place.load_id))
    if not about["ledger"]:
        return Fate("left_out", _("这张表不是台账：{reason}").format(reason=about["reason"] or ""))
    return Fate("left_out", _no_row(warehouse, place, about))


def _no_row(warehouse: Warehouse, place: Place, about: dict[str, Any]) -> str:
    if place.row < (about["header_row"] or 0):
        return _("这一行在表头之上（标题或填表说明），不是记录。")
    if place.row == about["header_row"]:
        return _("这一行是表头，不是记录。")
    query = 'select 1 from intake.sheet_total where load_id = $1 and file = $2 and sheet = $3 and "row" = $4 limit 1'
    if warehouse.cursor().execute(query, list(place)).fetchone():
        return _("这一行是合计，不是记录。")
    counts = [(_("重复"), about["duplicates"]), *((title, about[name]) for name, title in SKIPPED.items())]
    named = "、".join(f"{title}{count}" for title, count in counts if count)
    text = _("这一行没有作为记录入库")
    return text + (_("；本表没有入库的行：{named}。").format(named=named) if named else "。")


def _stored(warehouse: Warehouse, row: SourceRow) -> Fate:
    assert row.ledger is not None
    record = stored(warehouse, row.ledger, row.place) or {}
    if ledger_kinds()[row.ledger].mode == "register":
        return _of_register(warehouse, row, record)
    newest = _newest(warehouse, row.ledger, record)
    if newest is None or newest == row.place:
        return Fate("accepted", _("已入库，有效。"))
    return Fate("superseded", _("同一编号后来又报过，以后来的为准。"), newest)


def _newest(warehouse: Warehouse, ledger: str, record: dict[str, Any]) -> Place | None:
    """Return the row that stands for a key of an event ledger, as the models choose it."""
    if ledger == "target":  # one task of a community and year, whatever its sheet's key
        same = """indicator is not distinct from $indicator and coalesce(community_id, row_key) = coalesce($community, $key)
            and year(period_to) = $year"""
        values = {"indicator": record["indicator"], "community": record["community_id"], "key": record["row_key"],
                  "year": record["period_to"].year}  # fmt: skip
        order = "load_no desc, unit_id = 'street', file, sheet, \"row\""
    else:
        same, values = "row_key = $key", {"key": record["row_key"]}
        order = "period_to desc, load_no desc, unit_id = 'street', file, sheet, \"row\""
    query = f'select load_id, file, sheet, "row" from ledger.{ledger} where {same} order by {order} limit 1'
    found = warehouse.cursor().execute(query, values).fetchone()
    return None if found is None else Place(*found)


def _of_register(warehouse: Warehouse, row: SourceRow, record: dict[str, Any]) -> Fate:
    """Return whether the register that a row stands in is read at all."""
    assert row.ledger is not None
    query = f"""
        select bool_or(s.as_of is not null) from ledger.{row.ledger} as l
        left join core.snapshot as s
            on s.ledger = $ledger and l.snapshot_id = s.snapshot_id and l.unit_id = s.unit_id and l.as_of = s.as_of
        where l.load_id = $load_id and l.file = $file and l.sheet = $sheet and l."row" = $row"""
    values = {"ledger": row.ledger, **row.place._asdict()}
    [(is_read,)] = warehouse.cursor().execute(query, values).fetchall()
    if is_read:
        return Fate("accepted", _("已入库，有效。"))
    query = "select max(load_id) from core.snapshot where ledger = $1 and unit_id = $2 and as_of = $3"
    said = [row.ledger, record["unit_id"], record["as_of"]]
    [(load,)] = warehouse.cursor().execute(query, said).fetchall()
    if load is not None:
        text = _("同一单位、同一截至日期的名册后来又报过（导入批次{load}），以后来的为准。").format(load=load)
    else:
        text = _("同一截至日期另有社区自己的名册，以社区自己的为准。")
    return Fate("superseded", text)

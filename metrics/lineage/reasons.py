"""Why a row that was taken in enters no figure."""

from __future__ import annotations

from gettext import gettext as _

from metrics import scope
from metrics.catalogue import catalogue
from metrics.lineage.fates import Fate
from metrics.lineage.rows import AT, Place, SourceRow
from metrics.warehouse import Warehouse

# Why a row of a register may enter nothing, where its numbers count others (enterprises) or only what stands today.
UNCOUNTED = {
    "union_org": _("没有列入工会体检清单，没有指标按这一行计数；职代会、厂务公开和调解委员会建制率按所属企业计数。"),
    "contract": _("合同不在有效期内，或已有更新一期台账，没有指标按这一行计数；建制率按企业计数。"),
    "honour": _("荣誉已撤销，或已有更新一期台账，没有指标按这一行计数。"),
    "award": _("正在创建、已撤销、过了有效期，或已有更高级别、更新一期台账，没有指标按这一行计数。"),
    "dues": _("不属工会经费，或期间内另有按月的行、更新一期台账，没有指标按这一行计数。"),
}


def why_none(warehouse: Warehouse, row: SourceRow, fate: Fate) -> Fate:
    """Return why a row enters no figure, with the row that counts in its place where there is one."""
    if fate.state != "accepted" or row.ledger is None:
        return fate
    found = {"enterprise": _enterprise, "risk_score": _risk, "case_step": _step}.get(row.ledger)
    if found is not None:
        return found(warehouse, row.place)
    if not any(row.ledger in metric.ledgers for metric in catalogue().values()):
        text = _("{ledger}用来归类和核对，没有指标按它的行计数。").format(ledger=row.ledger_title)
        return Fate("accepted", text)
    return Fate("accepted", UNCOUNTED.get(row.ledger, _("没有指标按这一行计数。")))


def _enterprise(warehouse: Warehouse, place: Place) -> Fate:
    """Return why an enterprise's row is not counted: its status, another row of it, or a newer register."""
    query = f"select enterprise_id, status, is_operating from core.enterprise_row where {AT} limit 1"
    found = warehouse.cursor().execute(query, place._asdict()).fetchone()
    if found is not None and found[2] is False:
        status = scope.titles(warehouse, "enterprise_status").get(found[1], found[1])
        return Fate("accepted", _("经营状态为“{status}”，不计入辖区企业。").format(status=status))
    query = """
        select e.load_id, e.file, e.sheet, e."row" from core.enterprise_month as e
        inner join core.enterprise_row as l on e.enterprise_id = l.enterprise_id and e.as_of = l.as_of
        where l.load_id = $load_id and l.file = $file and l.sheet = $sheet and l."row" = $row limit 1"""
    other = warehouse.cursor().execute(query, place._asdict()).fetchone()
    if other is not None:
        return Fate("accepted", _("同一企业另有一行登记，以那一行计。"), Place(*other))
    return Fate("accepted", _("没有哪个月按这份名册计数：同月已有更新的名册。"))


def _risk(warehouse: Warehouse, place: Place) -> Fate:
    query = f"select enterprise_id from core.risk_row where {AT} limit 1"
    found = warehouse.cursor().execute(query, place._asdict()).fetchone()
    if found is None:
        return Fate("accepted", _("发生日期只写到年份，落不到哪个月，不计入评分。"))
    if found[0] is None:
        return Fate("accepted", _("对不上名册里的企业，不计入评分。"))
    return Fate("accepted", _("没有使企业在哪个月评为红色或黄色。"))


def _step(warehouse: Warehouse, place: Place) -> Fate:
    query = f"select dispute_id from core.case_step where {AT} limit 1"
    found = warehouse.cursor().execute(query, place._asdict()).fetchone()
    if found is None or found[0] is None:
        return Fate("accepted", _("劳资纠纷台账里没有这个编号，不计入办理期限。"))
    return Fate("accepted", _("这宗纠纷当月所需的台账未报齐，或者没有指标用到这个环节。"))

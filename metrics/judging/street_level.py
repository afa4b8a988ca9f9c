"""What belongs to the street itself and to no community: its rules, meetings and checklist items, as lists."""

from __future__ import annotations

from datetime import date

import polars as pl

from metrics.warehouse import Warehouse

RULES = """
    select r.rule as unit_name, k.title as rule_kind, v.title as union_level, r.document_no, r.effective_date, r.basis,
           s.title as implementation, r.checked_date, r.load_id, r.file, r.sheet, r."row"
    from core.rule_month as r
    left join core.code as k on k.list = 'rule_kind' and r.rule_kind = k.code
    left join core.code as v on v.list = 'union_level' and r.level = v.code
    left join core.code as s on s.list = 'implementation' and r.status = s.code
    where r.month = $month and r.is_street_level and r.is_in_force is distinct from false
    order by r.rule, r.rule_id"""
MEETINGS = """
    select coalesce(m.body, '未写明单位') as unit_name, k.title as meeting_kind, m.held_date, m.attendees,
           s.title as implementation, m.load_id, m.file, m.sheet, m."row"
    from core.meeting as m
    left join core.code as k on k.list = 'meeting_kind' and m.meeting_kind = k.code
    left join core.code as s on s.list = 'implementation' and m.status = s.code
    where m.is_street_level and year(m.month) = year($month::date) and m.month <= $month
    order by m.held_date, m.meeting_id"""
ITEMS = """
    select c.checklist, c.item as unit_name, c.basis, s.title as implementation, c.due_date, c.checked_date,
           c.load_id, c.file, c.sheet, c."row"
    from core.checklist_month as c
    left join core.code as o on o.list = 'checklist' and c.checklist = o.code
    left join core.code as s on s.list = 'implementation' and c.status = s.code
    where c.month = $month and c.is_street_level
    order by o.code_order nulls last, c.checklist, c.file, c.sheet, c."row\""""


def _frame(warehouse: Warehouse, query: str, month: date) -> pl.DataFrame:
    return warehouse.cursor().sql(query, params={"month": month}).pl()


def street_rules(warehouse: Warehouse, month: date) -> pl.DataFrame:
    """Return the street's own rules in force at the month's end."""
    return _frame(warehouse, RULES, month)


def street_meetings(warehouse: Warehouse, month: date) -> pl.DataFrame:
    """Return the street's own meetings of the year up to the month."""
    return _frame(warehouse, MEETINGS, month)


def street_items(warehouse: Warehouse, month: date) -> pl.DataFrame:
    """Return the street's own items of all checklists."""
    return _frame(warehouse, ITEMS, month)

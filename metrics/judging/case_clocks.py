"""The clocks of one case: every deadline that has begun by a day, met or not, in words and never by its code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from metrics.judging.due_clauses import clause, met_text, open_text
from metrics.scope import titles
from metrics.warehouse import Warehouse

# The deadlines as they stood on a day: what was agreed after it did not move the last day yet.
KNOWN = """(
        select * exclude (due_on, extended_by, is_provisional, due_days),
               unnest(list_filter(due_days, lambda x: x.known_on <= {as_of})[-1], max_depth := 1)
        from core.case_deadline
        where started_on <= {as_of}
    )"""


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline of one case, met or not: the rule in words with its last day, and how it stands in words."""

    rule: str
    title: str
    words: str
    clause: str
    state: str
    nature: str
    actor: str
    is_own: bool
    started_on: date
    due_on: date | None
    met_on: date | None
    is_overdue: bool
    is_provisional: bool
    law: str
    mark: str
    file: str
    sheet: str
    row: int


def clocks(warehouse: Warehouse, dispute_id: str, as_of: date) -> tuple[Clock, ...]:
    """Return every deadline of a case that has begun by a day, in the order of their starts, each with its state."""
    query = f"""
        select c.rule, c.title, c.words, c.started_on, c.due_on, c.extended_by > 0, c.met_on, c.met_by, c.stopped_on,
               c.nature, c.actor, c.is_own, c.is_owed, c.is_provisional, c.law, c.mark, c.file, c.sheet, c."row"
        from {KNOWN.format(as_of="$day")} as c
        inner join core.deadline_rule as r on c.rule = r.rule
        where c.dispute_id = $case
        group by all
        order by c.started_on, min(r.rule_no)"""
    found = warehouse.cursor().execute(query, {"case": dispute_id, "day": as_of}).fetchall()
    steps = titles(warehouse, "case_step")
    return tuple(_clock(as_of, steps, *record) for record in found)


def _clock(
    day: date, steps: dict[str, str], rule: str, title: str, words: str, started_on: date, due_on: date | None,
    is_extended: bool | None, met_on: date | None, met_by: str | None, stopped_on: date | None, nature: str, actor: str,
    is_own: bool, is_owed: bool, is_provisional: bool, law: str, mark: str, file: str, sheet: str, row: int,
) -> Clock:  # fmt: skip
    is_met = met_on is not None and met_on <= day
    is_stopped = stopped_on is not None and stopped_on <= day
    if met_on is not None and is_met:
        state = met_text(nature, met_on, steps.get(met_by or "", ""), due_on, day)
    elif is_stopped:
        state = _("纠纷已了结，不再计")
    else:
        state = open_text(nature, due_on, day)
    is_overdue = is_owed and not is_stopped and due_on is not None and due_on < day
    said = clause(words, started_on, due_on, bool(is_extended), is_provisional)
    return Clock(
        rule, title, words, said, state, nature, actor, is_own, started_on, due_on, met_on if is_met else None,
        is_overdue, is_provisional, law, mark, file, sheet, row,
    )  # fmt: skip

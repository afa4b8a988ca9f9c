"""The sides of an answer that a document may print: one function each, asked again by `brief --explain`.

Every function gets the source and the origin and returns the words as printed, or None where the number is missing.
A new aspect is one function in a file of this folder, and its name in `ASPECTS` here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from briefing.aspects import among, cells, changes, closed, communities, disputes, dues, numbers, resources, warned
from briefing.model import Fact, Origin
from briefing.source import Source

Aspect = Callable[[Source, Origin], str | None]

ASPECTS: dict[str, Aspect] = {
    function.__name__: function
    for function in (
        numbers.value,
        numbers.row,
        numbers.numerator,
        numbers.denominator,
        among.among,
        among.among_cell,
        among.among_change,
        among.among_change_short,
        among.among_like_for_like,
        among.among_judged,
        numbers.part,
        numbers.range,
        numbers.goal,
        numbers.short,
        numbers.schedule,
        numbers.pace,
        numbers.left_out,
        numbers.until,
        numbers.carried,
        changes.change,
        changes.change_short,
        changes.like_for_like,
        changes.judged,
        changes.judged_together,
        changes.aligned,
        closed.closed_note,
        closed.corrected,
        communities.place,
        communities.without_giant,
        communities.lacking,
        communities.lacking_placed,
        communities.low,
        communities.behind,
        communities.behind_names,
        disputes.alarm_count,
        disputes.alarm_most,
        disputes.alarms_more,
        disputes.ledger_day,
        disputes.stale,
        dues.longest_open,
        dues.due_soon,
        dues.group_open,
        dues.overdue_names,
        warned.red_places,
        resources.ten_thousand,
        resources.each,
        resources.places,
        resources.hearing_plan,
        resources.task,
        resources.task_forecast,
        cells.cell,
        cells.bare,
        cells.above,
        cells.below,
        cells.change_cell,
        cells.change_size,
        cells.standing,
        cells.classed,
        cells.mark,
        cells.rank,
        cells.tier,
        cells.giant_share,
        cells.giant_value,
    )
}


def fact(source: Source, origin: Origin) -> Fact | None:
    """Return the number that answers an origin for the source's audience; None where there is none to tell."""
    asked = replace(origin, audience=source.audience)
    text = ASPECTS[asked.aspect](source, asked)
    return None if text is None else Fact(text, asked)

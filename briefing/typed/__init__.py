"""What the office types for a briefing: its head and foot, ranks in the district, matters assigned, proposed and planned.

Everything is kept in the street's notes (etl/notes.py), so nothing is overwritten.
"""

from briefing.typed.heads import CARRIED, OWN, day_text, head, head_note, head_proposal, set_head
from briefing.typed.matters import (
    DECIDED,
    DROPPED,
    NOTHING,
    OPEN,
    Assigned,
    Proposal,
    Step,
    add_assigned,
    add_next_step,
    add_proposal,
    assigned,
    drop_assigned,
    drop_next_step,
    drop_proposal,
    is_nothing,
    next_steps,
    proposals,
)
from briefing.typed.ranks import Rank, add_rank, drop_rank, ranks

__all__ = [
    "CARRIED", "DECIDED", "DROPPED", "NOTHING", "OPEN", "OWN",
    "Assigned", "Proposal", "Rank", "Step",
    "add_assigned", "add_next_step", "add_proposal", "add_rank", "assigned", "day_text", "drop_assigned", "drop_next_step",
    "drop_proposal", "drop_rank", "head", "head_note", "head_proposal", "is_nothing", "next_steps", "proposals", "ranks", "set_head",
]  # fmt: skip

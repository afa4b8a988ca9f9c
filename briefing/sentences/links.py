"""Where the rows behind a sentence are: a page and the conditions to set there."""

from __future__ import annotations

from briefing.model import Sentence, Text
from briefing.sentences.scope import Scope

MAP, DISPUTES, COMPARE = "pages/map.py", "pages/disputes.py", "pages/compare.py"
CASES, HAZARDS = "pages/cases.py", "pages/hazards.py"
SERVICES, STAFF, ORGANISING = "pages/services.py", "pages/staff.py", "pages/organising.py"
# A link sets every condition of its page: what the reader chose there before must not narrow the rows behind a sentence.
NO_CONDITION = {
    MAP: {
        "community": "all",
        "park": "all",
        "industry": "all",
        "size_band": "all",
        "union_status": "all",
        "view": "raw",
    },
    DISPUTES: {"community": "all", "cause": "all", "channel": "all"},
    COMPARE: {"own": "none", "order": "official"},
    CASES: {"community": "all", "cause": "all", "show": "all"},
    HAZARDS: {"community": "all", "sign": "all", "part": "reports"},
    SERVICES: {"community": "all", "service_kind": "all", "funding_source": "all", "part": "facilities"},
    STAFF: {"community": "all", "part": "staff"},
    ORGANISING: {
        "community": "all",
        "park": "all",
        "industry": "all",
        "size_band": "all",
        "not_formed_reason": "all",
        "part": "drive",
    },
}
OWN = dict.fromkeys((MAP, DISPUTES, CASES, HAZARDS, SERVICES, STAFF, ORGANISING), "community") | {
    COMPARE: "own"
}  # how a page is told the one community spoken of


def sentence(scope: Scope, id: str, parts: Text, page: str, unit: str = "", **conditions: str) -> Sentence:
    """Return a sentence with a link that sets these conditions, its community and no other."""
    own = {OWN[page]: scope.community} if scope.community else {}
    query = {**NO_CONDITION[page], **own, "month": f"{scope.month:%Y-%m}", **conditions}
    return Sentence(id, parts, page, query, unit)

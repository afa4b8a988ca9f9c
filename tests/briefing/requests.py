"""Documents to look at: every kind, for every audience, of the street, of a community, on some topics; and awkward months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from briefing.kinds import Kind, kinds
from briefing.request import Request

MONTH = date(2018, 12, 1)
TOPICS = ("coverage_rate", "disputes_received", "unions_formed_target_progress", "members")
AWKWARD = (
    Request("brief", MONTH, "第五园"),  # has not reported its disputes
    Request("monthly", date(2018, 7, 1)),  # registers are carried from June
    Request("special", date(2018, 7, 1), "第五园"),
    Request("brief", date(2018, 2, 1)),  # Spring Festival
    Request("monthly", date(2018, 1, 1)),  # no progress to compare, the year has just begun
    Request("brief", date(2014, 6, 1)),  # no register yet
    Request("brief", date(2019, 1, 1)),  # nothing is reported yet
)


def _places(kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield community and topic."""
    if "street" in kind.scopes:
        yield "", ""
    if "community" in kind.scopes:
        yield "南坑", ""
    if "topic" in kind.scopes:
        yield from (("", topic) for topic in TOPICS)


def requests() -> list[Request]:
    """Return every kind for the last month that it can end with, then the awkward ones."""
    plain = [
        Request(kind.id, kind.newest_end(MONTH), *place, audience)
        for kind in kinds().values()
        for audience in kind.audiences
        for place in _places(kind)
    ]
    return [*plain, *AWKWARD]


def name_of(request: Request) -> str:
    """Return a test's name for a request."""
    return f"{request.kind}-{request.end:%Y-%m}-{request.audience}-{request.community or request.topic or 'street'}"

"""Every kind of document of the sample street, word for word.

A change of wording changes its golden file in the same commit: UNION_ATLAS_GOLDEN=write rewrites them.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from briefing.compose import compose_from
from briefing.kinds import kinds
from briefing.request import Request
from briefing.source import Source
from metrics.warehouse import open_current
from tests.briefing.texts import text_of

GOLDEN = Path(__file__).parent / "golden"
DECEMBER, JUNE = date(2018, 12, 1), date(2018, 6, 1)
DOCUMENTS = {
    "brief": Request("brief", DECEMBER),
    "brief-public": Request("brief", DECEMBER, audience="public"),
    "monthly": Request("monthly", DECEMBER),
    "quarterly": Request("quarterly", DECEMBER),
    "special-community": Request("special", DECEMBER, "南坑"),
    "special-topic": Request("special", DECEMBER, topic="disputes_received"),
    "circular": Request("circular", DECEMBER),
    "half_year": Request("half_year", JUNE),
    "annual": Request("annual", DECEMBER),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents_read_as_last_agreed(sample_street: Path, name: str) -> None:
    request, path = DOCUMENTS[name], GOLDEN / f"{name}.txt"
    found = text_of(compose_from(Source(open_current(sample_street), sample_street, request.audience), request))
    if os.environ.get("UNION_ATLAS_GOLDEN") == "write":
        path.write_text(found, "utf-8")
    assert found == path.read_text("utf-8")


def test_every_kind_has_a_golden_document() -> None:
    assert {request.kind for request in DOCUMENTS.values()} == set(kinds())

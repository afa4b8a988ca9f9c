"""What a document is asked to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from metrics.question import Audience


@dataclass(frozen=True, slots=True)
class Request:
    """A kind (id or Chinese name), its last month, one community (id, name or alias), one topic (metric), for whom.

    `month` None is the street's default month, or the newest month the kind can end with. `has_sources` asks for
    附：数据来源. `map_approval` is the 审图号 a person typed for a public map. Sections get it resolved: the kind's id,
    a month, the community's id or "", the metric's id or "".
    """

    kind: str
    month: date | None = None
    community: str = ""
    topic: str = ""
    audience: Audience = "internal"
    has_sources: bool = True
    map_approval: str = ""

    @property
    def end(self) -> date:
        """Return the month of a resolved request."""
        assert self.month is not None, "compose resolves the month before any section is built"
        return self.month

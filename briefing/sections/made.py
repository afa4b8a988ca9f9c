"""What a section's builder returns."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.model import Missing, Section


@dataclass(frozen=True)
class Made:
    """A section, None where there is nothing to print, and what it leaves out and why."""

    section: Section | None
    missing: tuple[Missing, ...] = ()

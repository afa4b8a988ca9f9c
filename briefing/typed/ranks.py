"""区通报排名: the street's place in the district's circulars, typed by the office and never worked out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path

from briefing.typed.heads import day_text
from etl.errors import StreetError
from etl.notes import add_note, notes, take_back
from metrics.periods import parse_month

MOST = 999  # streets of a district, and more


@dataclass(frozen=True)
class Rank:
    """The street's place in a circular of the district; `before` is what was typed for the month before that had one."""

    indicator: str
    month: date
    place: int
    of_how_many: int | None = None
    document: str = ""
    document_date: str = ""
    before: Rank | None = None


def ranks(street: Path, month: date) -> tuple[Rank, ...]:
    """Return the ranks typed for a month, indicators in the order in which they were first typed."""
    found: dict[str, list[Rank]] = {}
    for note in notes(street, "district_ranks"):
        found.setdefault(note["indicator"], []).append(_rank(note))
    newest = (_newest(one, month) for one in found.values())
    return tuple(rank for rank in newest if rank is not None)


def _rank(note: dict[str, str]) -> Rank:
    many = int(note["of_how_many"]) if note["of_how_many"] else None
    said = (note["document"], day_text(note["document_date"]))
    return Rank(note["indicator"], parse_month(note["month"]), int(note["place"] or 0), many, *said)


def _newest(typed: list[Rank], month: date) -> Rank | None:
    """Return an indicator's rank of the month, with the one before it."""
    own = next((rank for rank in typed if rank.month == month), None)
    if own is None or not own.place:
        return None
    earlier = [rank for rank in typed if rank.month < month and rank.place]
    before = max(earlier, key=lambda rank: rank.month, default=None)
    return Rank(own.indicator, own.month, own.place, own.of_how_many, own.document, own.document_date, before)


def add_rank(
    street: Path,
    month: date,
    indicator: str,
    place: int,
    of_how_many: int | None = None,
    document: str = "",
    document_date: str = "",
    by: str = "",
) -> None:
    """Keep the street's place of a month by an indicator; the same indicator and month again replaces it."""
    if not indicator.strip() or not 1 <= place <= (of_how_many or MOST) <= MOST:
        raise StreetError(_("名次填写不完整，或名次大于参加排名的街道数"), remedy=_("请写明指标、第几名、共几个街道"))
    add_note(
        street, "district_ranks", indicator=indicator, month=f"{month:%Y-%m}", place=str(place),
        of_how_many=str(of_how_many or ""), document=document, document_date=document_date, written_by=by,
    )  # fmt: skip


def drop_rank(street: Path, month: date, indicator: str) -> None:
    """Take back what was typed for an indicator and month."""
    take_back(street, "district_ranks", indicator=indicator, month=f"{month:%Y-%m}")

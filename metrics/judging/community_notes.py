"""社区说明: a community's dated remark beside one of its numbers, kept as a note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path

from etl.notes import notes

KIND = "community_notes"


@dataclass(frozen=True, slots=True)
class CommunityNote:
    """What a community says of its number of a metric and month."""

    metric: str
    community_id: str
    month: str
    remark: str
    written_on: date

    @property
    def day_text(self) -> str:
        """Return 12月30日; with the year where it is not the month's."""
        day = _("{month}月{day}日").format(month=self.written_on.month, day=self.written_on.day)
        return day if f"{self.written_on:%Y}" == self.month[:4] else f"{self.written_on:%Y}年{day}"

    @property
    def text(self) -> str:
        """Return 社区说明（12月30日）：…, as it stands beside a number."""
        return _("社区说明（{day}）：{remark}").format(day=self.day_text, remark=self.remark)


def community_notes(street: Path, metric: str, month: date) -> dict[str, CommunityNote]:
    """Return the remarks on one number by community; StreetError where the notes are damaged."""
    found = (row for row in notes(street, KIND) if (row["metric"], row["month"]) == (metric, f"{month:%Y-%m}"))
    return {
        row["community_id"]: CommunityNote(
            row["metric"], row["community_id"], row["month"], row["remark"], date.fromisoformat(row["written_on"])
        )
        for row in found
    }

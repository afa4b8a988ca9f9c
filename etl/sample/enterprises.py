"""The sample street's enterprises as they truly are; what the registers say about them comes later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

LAST = date(2018, 12, 31)
SNAPSHOTS = (
    date(2015, 12, 31), date(2016, 6, 30), date(2016, 12, 31), date(2017, 6, 30), date(2017, 12, 31),
    date(2018, 6, 30), LAST,
)  # fmt: skip
UNIFIED_CODE_FROM = date(2015, 10, 1)
JOINED = ("own", "joint", "federation")
GIANT = "深圳市示例特大型企业有限公司"
GARMENT_FACTORY = "深圳市示例霓裳服装有限公司"


@dataclass(frozen=True)
class Enterprise:
    """An enterprise; `workers` and `members` are those of the end of 2018 or of its last register."""

    number: int
    name: str
    uscc: str
    org_code: str
    reg_no: str
    community: str
    park: str | None
    place: str
    lon: float
    lat: float
    industry: str
    ownership: str
    founded: date
    workers: int
    members: int
    growth: float
    female_share: float
    is_above_scale: bool
    union: str
    formed: date | None
    leaves: date | None = None
    leaving_status: str | None = None
    old_codes_until: date | None = None
    former_name: str | None = None
    renamed: date | None = None
    new_uscc: str | None = None
    recoded: date | None = None
    moved_from: str | None = None
    moved: date | None = None
    is_approx: bool = False

    @property
    def is_joined(self) -> bool:
        """Return whether a union of its own or a joint one or a federation takes it in in the end."""
        return self.union in JOINED

    def operates(self, day: date) -> bool:
        """Return whether it is founded and has not left by that day."""
        return self.founded <= day and (self.leaves is None or day < self.leaves)

    def community_at(self, day: date) -> str:
        """Return its community on that day."""
        return self.moved_from if self.moved and self.moved_from and day < self.moved else self.community

    def name_at(self, day: date) -> str:
        """Return its name on that day."""
        return self.former_name if self.renamed and self.former_name and day < self.renamed else self.name

    def uscc_at(self, day: date) -> str:
        """Return its credit code as recorded on that day."""
        return self.new_uscc if self.recoded and self.new_uscc and day >= self.recoded else self.uscc

    def union_at(self, day: date) -> str:
        """Return its union status on that day."""
        if not self.is_joined or (self.formed and self.formed <= day):
            return self.union
        return "preparing" if self.formed and (self.formed - day).days < 90 else "none"

    def workers_at(self, day: date) -> int:
        """Return its number of workers on that day."""
        return max(1, round(self.workers * (1 - self.growth * _half_years(day))))

    def members_at(self, day: date) -> int:
        """Return its number of union members on that day: none before it is joined."""
        if self.union_at(day) not in JOINED:
            return 0
        workers = self.workers_at(day)
        share = self.members / self.workers * (1 - 0.012 * _half_years(day))
        return min(workers, round(workers * share))


def _half_years(day: date) -> int:
    return (LAST.year - day.year) * 2 + (1 if day.month <= 6 else 0)

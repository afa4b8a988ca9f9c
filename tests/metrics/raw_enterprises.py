"""Which enterprise a row of another ledger speaks of, looked up naively: code, name, core; that month, then any month."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from metrics.warehouse import Warehouse

Record = dict[str, Any]
Place = tuple[str | None, str | None]  # a name or a core, and the community


def core_of(name: str | None) -> str | None:
    """Return the sample's names without region, mark and legal form."""
    plain = re.sub(r"[\s（）()]|示例|有限责任公司$|有限公司$|分公司$", "", name or "")
    return re.sub(r"^深圳市?", "", plain) or None


@dataclass
class Enterprises:
    """The registers' enterprises: their codes (former ones too), and who bears a name or a core where and when."""

    aliases: dict[str, str] = field(default_factory=dict)
    coded: dict[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    in_month: dict[tuple[Place, date], list[str]] = field(default_factory=lambda: defaultdict(list))
    ever: dict[Place, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def read(cls, warehouse: Warehouse) -> Enterprises:
        """Read the registers of a generation."""
        found = cls(
            dict(warehouse.cursor().execute("select row_key, enterprise_id from core.enterprise_alias").fetchall())
        )
        query = "select enterprise_id, enterprise, community_id, month, uscc from core.enterprise_month"
        for one, name, community, month, uscc in warehouse.cursor().execute(query).fetchall():
            found.ids.add(one)
            found.coded[one] = uscc or found.coded.get(one, "")
            for text in (name, f"core {core_of(name)}"):
                found.in_month[(text, community), month].append(one)
                found.ever[text, community].add(one)
        return found

    def of_code(self, code: str | None) -> str | None:
        """Return the enterprise that bears or bore a code."""
        known = self.aliases.get(f"uscc:{code}", f"uscc:{code}")
        return known if known in self.ids else None

    def match(self, row: Record, day: date) -> str | None:
        """Return the enterprise of a row, None where none or several may be meant."""
        if one := self.of_code(row["enterprise_uscc"]):
            return one
        name, community = row["enterprise_name"], row["community_id"]
        if not name or community is None:
            return None
        month, core = day.replace(day=1), f"core {core_of(name)}"
        for listed in (self.in_month, self.ever):
            for text in (name, core):
                at: Any = ((text, community), month) if listed is self.in_month else (text, community)
                ones = list(listed.get(at, ()))
                contradicts = text == core and row["enterprise_uscc"] and any(self.coded[one] for one in ones)
                if len(ones) == 1 and not contradicts:
                    return str(ones[0])
        return None

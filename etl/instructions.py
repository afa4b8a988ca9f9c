"""What a clerk says about the files beside their content: dates, mappings, passwords, answers to questions."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import Any

from etl.errors import LedgerError

CRS = ("wgs84", "cgcs2000", "gcj02", "bd09")
QUESTIONS = ("vanish", "replace", "hidden", "struck", "crs", "mapping", "password")  # what may be asked
UNSEEN = ("hidden", "struck")  # rows that the program can count and the eye may miss


@dataclass(frozen=True)
class Instructions:
    """All of one call; everything but the passwords is part of the load's content hash.

    `mappings`: mapping files that go before the street's saved ones; `passwords`: by file name, or "*" for every
    file, used while reading and never written; `crs`: the coordinate system of files that state none; `leave_out`:
    rows (hidden, struck) that do not count; `agreed`: ids of questions answered with yes (vanish, replace), or
    `<id>:<file>` for one file alone; `received_on`: the day on which the files reached the office, None for the day of
    loading.
    """

    as_of: date | None = None
    mappings: tuple[Path, ...] = ()
    passwords: dict[str, str] = field(default_factory=dict, repr=False, hash=False)
    crs: str | None = None
    leave_out: frozenset[str] = frozenset()
    agreed: frozenset[str] = frozenset()
    received_on: date | None = None

    def password(self, file: str) -> str | None:
        """Return the password to try for a file."""
        return self.passwords.get(file, self.passwords.get("*"))

    def agrees(self, question: str, file: str) -> bool:
        """Return whether a question was answered with yes, for every file or for this one."""
        return question in self.agreed or f"{question}:{file}" in self.agreed

    def fingerprint(self) -> str:
        """Return the instructions as text for the content hash: mappings by their bytes, no passwords.

        What was not said of the day of receiving is left out: the text is the one of before it could be said.
        """
        said = asdict(replace(self, passwords={}, mappings=()))
        if self.received_on is None:
            del said["received_on"]
        said = {name: sorted(value) if isinstance(value, frozenset) else value for name, value in said.items()}
        texts = [path.read_text("utf-8") for path in self.mappings]
        return json.dumps({**said, "mappings": texts}, default=str, ensure_ascii=False, sort_keys=True)


SAYS_NOTHING = Instructions()


def parse_instructions(said: dict[str, Any]) -> Instructions:
    """Return the instructions that a program sends as JSON; LedgerError for a name or value that does not exist."""
    known = set(Instructions.__dataclass_fields__)
    unknown = [*(set(said) - known), *(set(said.get("leave_out", ())) - set(UNSEEN))]
    if unknown or said.get("crs") not in (None, *CRS):
        name = "、".join(map(str, unknown)) or said["crs"]
        message = _("--instructions 里有不认识的内容：{name}").format(name=name)
        raise LedgerError(message, code="usage", remedy=_("可用：{known}").format(known="、".join(sorted(known))))
    if any(isinstance(said.get(name), str) for name in ("mappings", "leave_out", "agreed")):
        raise TypeError("a text where a list belongs would be read letter by letter")
    return Instructions(
        as_of=date.fromisoformat(said["as_of"]) if said.get("as_of") else None,
        mappings=tuple(Path(path) for path in said.get("mappings", ())),
        passwords=dict(said.get("passwords", {})),
        crs=said.get("crs"),
        leave_out=frozenset(said.get("leave_out", ())),
        agreed=frozenset(said.get("agreed", ())),
        received_on=received(date.fromisoformat(said["received_on"]) if said.get("received_on") else None),
    )


def received(day: date | None) -> date | None:
    """Return the day on which files reached the office; LedgerError for one that is still to come."""
    if day and day > date.today():
        message = _("收到日期{day}还没有到").format(day=day)
        raise LedgerError(message, code="usage", remedy=_("请填写今天或以前的日期"))
    return day

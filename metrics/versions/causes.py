"""Why two versions can differ: the loads, what the street itself said, its settings, the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from metrics.scope import settings
from metrics.versions.held import Held, held
from metrics.versions.listed import LoadHeld, Version, version_of
from metrics.warehouse import Warehouse

UNDONE = "undone"  # the file with which the record marks a load as taken back: by whom, when


@dataclass(frozen=True)
class LoadChange:
    """A load that only one of two versions has; `undone` is who took it back and when, where that is on record."""

    load: LoadHeld
    is_added: bool
    undone: str = ""


@dataclass(frozen=True)
class HeldChange:
    """A correction, a decision, a ticked nil report or a review that only one of two versions has."""

    entry: Held
    is_added: bool


@dataclass(frozen=True)
class SettingChange:
    """A setting of the street that differs; None where a version does not know it."""

    key: str
    was: str | None
    now: str | None


@dataclass(frozen=True)
class Causes:
    """Why two versions can differ: what was brought in, what the street itself said, its settings, the program.

    `lacking` names what one of the versions, built by another program, does not hold and so cannot be compared.
    """

    old: Version
    new: Version
    loads: tuple[LoadChange, ...]
    entries: tuple[HeldChange, ...]
    settings: tuple[SettingChange, ...]
    lacking: tuple[str, ...] = ()

    @property
    def is_other_program(self) -> bool:
        """Return whether the versions were built by different programs."""
        return self.old.program_version != self.new.program_version

    @property
    def is_only_program(self) -> bool:
        """Return whether nothing but the program can have changed a number."""
        return self.is_other_program and not (self.loads or self.entries or self.settings)


def causes(street: Path, old: Warehouse, new: Warehouse) -> Causes:
    """Return everything of which only one of two versions was made."""
    before, after = version_of(old), version_of(new)
    entries, lacking = _entries(old, new)
    return Causes(before, after, _loads(street, before, after), entries, _settings(old, new), lacking)


def _loads(street: Path, old: Version, new: Version) -> tuple[LoadChange, ...]:
    had, has = ({load.load_id for load in version.loads} for version in (old, new))
    gone = [LoadChange(one, False, _undone(street, one.load_id)) for one in old.loads if one.load_id not in has]
    return (*(LoadChange(one, True) for one in new.loads if one.load_id not in had), *gone)


def _undone(street: Path, load_id: str) -> str:
    """Return who took a load back and when, "" where the record does not say."""
    try:
        return (street / "loads" / load_id / UNDONE).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _entries(old: Warehouse, new: Warehouse) -> tuple[tuple[HeldChange, ...], tuple[str, ...]]:
    """Return what the street itself said in one version only, and which kinds one of them cannot tell."""
    before, after = held(old), held(new)
    both = before.told & after.told
    had, has = set(before.entries), set(after.entries)
    changes = (
        *(HeldChange(one, True) for one in after.entries if one not in had and one.kind in both),
        *(HeldChange(one, False) for one in before.entries if one not in has and one.kind in both),
    )
    missing = {**before.titles, **after.titles}
    return changes, tuple(title for kind, title in missing.items() if kind not in both)


def _settings(old: Warehouse, new: Warehouse) -> tuple[SettingChange, ...]:
    """Return the settings that differ; one that only another program knows is that program's, not the street's."""
    was, now = _set(old), _set(new)
    is_one_program = version_of(old).program_version == version_of(new).program_version
    return tuple(
        SettingChange(key, was.get(key), now.get(key))
        for key in dict.fromkeys([*now, *was])
        if was.get(key) != now.get(key) and (is_one_program or ":" in key or (key in was and key in now))
    )


def _set(warehouse: Warehouse) -> dict[str, str | None]:
    """Return the settings of a version, None for one that is there and says nothing."""
    return {key: None if value == "null" else value for key, value in settings(warehouse).items()}

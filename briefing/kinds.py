"""Kinds of documents as data: one YAML file each in briefing/kinds/."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from difflib import get_close_matches
from functools import cache
from gettext import gettext as _
from pathlib import Path
from typing import Any

import yaml

from etl.errors import QuestionError
from metrics.catalogue import catalogue
from metrics.periods import shift
from metrics.question import Audience

FOLDER = Path(__file__).parent / "kinds"
SECTIONS = Path(__file__).parent / "sections"
PERIODS = {"month": "month", "quarter": "quarter", "half_year": "ytd", "year": "ytd"}
ENDS = {"month": tuple(range(1, 13)), "quarter": (3, 6, 9, 12), "half_year": (6,), "year": (12,)}
GROUPS = {"indicators": ("stocks", "flows", "targets"), "charts": ("lines", "bars", "maps")}
LISTS = {"scopes": {"street", "community", "topic"}, "audiences": {"internal", "public"}}


@dataclass(frozen=True)
class Kind:
    """A kind of document.

    `name`        what the office calls it (简报), `title` what stands in its head after the street's name
    `about`       what it is for, as the page and `brief --list` say it
    `period`      month, quarter, half_year, year: what its flows are summed over and in which months it can end
    `sections`    files of briefing/sections/ in order; several in one entry make one section under the first one's title
    `titles`      a section's title where this kind calls it otherwise
    `most_pages`  how many pages its body may fill, None where it is not limited; a limit makes its sentences short and
                  its indicators one table
    `scopes`      of what it speaks: street, community, topic (one metric)
    `audiences`   internal, public
    `is_due`      whether the monthly run (`brief --scheduled`) writes it for every month it can end with
    `indicators`  stocks, flows, targets of 主要指标: metrics in order
    `charts`      lines (走势), bars and maps (by community) of 走势与分布: metrics in order
    `ranking`     the metrics by which 情况通报 tells the communities
    """

    id: str
    name: str
    title: str
    about: str
    period: str
    sections: tuple[tuple[str, ...], ...]
    indicators: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    charts: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    ranking: tuple[str, ...] = ()
    titles: dict[str, str] = field(default_factory=dict, hash=False)
    most_pages: int | None = None
    scopes: tuple[str, ...] = ("street", "community")
    audiences: tuple[Audience, ...] = ("internal", "public")
    is_due: bool = False

    @property
    def asked_period(self) -> str:
        """Return the period that its flows are asked over."""
        return PERIODS[self.period]

    def ends_with(self, month: date) -> bool:
        """Return whether a document of this kind can end with a month."""
        return month.month in ENDS[self.period]

    def newest_end(self, month: date) -> date:
        """Return the newest month up to this one that the kind can end with."""
        return next(found for found in (shift(month, -back) for back in range(12)) if self.ends_with(found))


KEYS = {f.name for f in fields(Kind)} - {"id"}
NEEDED = {f.name for f in fields(Kind) if f.default is MISSING and f.default_factory is MISSING} & KEYS


def _fail(name: str, problem: str) -> ValueError:
    return ValueError(f"briefing/kinds, {name}: {problem}")


def _check(name: str, given: dict[str, Any]) -> None:
    """Refuse unknown, missing and impossible keys: every key changes the document or is shown."""
    if unknown := set(given) - KEYS:
        raise _fail(name, f"unknown keys {sorted(unknown)}")
    if missing := NEEDED - set(given):
        raise _fail(name, f"missing keys {sorted(missing)}")
    if given["period"] not in PERIODS:
        raise _fail(name, f"period is {given['period']!r}, not one of {sorted(PERIODS)}")
    if given.get("most_pages") and given["period"] != "month":
        raise _fail(name, "most_pages belongs to kinds of one month")
    sections = {part for parts in _parts(given) for part in parts}
    if unknown := set(given.get("titles", {})) - sections:
        raise _fail(name, f"titles of sections it does not have: {sorted(unknown)}")
    _check_metrics(name, given)
    if unknown := {section for section in sections if not (SECTIONS / f"{section}.py").is_file()}:
        raise _fail(name, f"unknown sections {sorted(unknown)}")
    for key, allowed in LISTS.items():
        if unknown := set(given.get(key, ())) - allowed:
            raise _fail(name, f"{key} holds {sorted(unknown)}, not only {sorted(allowed)}")


def _check_metrics(name: str, given: dict[str, Any]) -> None:
    named = set(given.get("ranking", ()))
    for key, groups in GROUPS.items():
        if unknown := set(given.get(key, {})) - set(groups):
            raise _fail(name, f"unknown groups of {key} {sorted(unknown)}")
        named |= {metric for group in given.get(key, {}).values() for metric in group}
    if unknown := named - set(catalogue()):
        raise _fail(name, f"unknown metrics {sorted(unknown)}")


def _parts(given: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    return tuple((entry,) if isinstance(entry, str) else tuple(entry) for entry in given["sections"])


def parse_kind(name: str, text: str) -> Kind:
    """Validate one kind's file; ValueError where it cannot be one."""
    given = yaml.safe_load(text)
    _check(name, given)
    grouped = {
        key: {group: tuple(given.get(key, {}).get(group, ())) for group in groups} for key, groups in GROUPS.items()
    }
    lists = {key: tuple(given[key]) for key in (*LISTS, "ranking") if key in given}
    return Kind(id=name, **{**given, **lists, **grouped, "sections": _parts(given)})


@cache
def kinds(folder: Path = FOLDER) -> dict[str, Kind]:
    """Return every kind by id, in the order of their files' names."""
    return {path.stem: parse_kind(path.stem, path.read_text("utf-8")) for path in sorted(folder.glob("*.yml"))}


def kind_of(text: str) -> Kind:
    """Return the kind with this id or name; QuestionError names the nearest where there is none."""
    found = kinds()
    names = {kind.name: kind for kind in found.values()}
    if kind := found.get(text) or names.get(text):
        return kind
    near = get_close_matches(text, [*found, *names], n=1, cutoff=0.4)
    hint = _("是不是“{near}”？").format(near=near[0]) if near else ""
    message = _("没有“{text}”这种文件。").format(text=text)
    raise QuestionError(message, remedy=hint + _("可用：{names}").format(names="、".join(names)), code="unknown_kind")

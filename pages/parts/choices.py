"""What a page's filters are: what can be chosen, what is chosen, and how an address writes it. No widgets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from gettext import gettext as _

from metrics import scope
from metrics.catalogue import catalogue
from metrics.periods import month_text, parse_month
from metrics.warehouse import Warehouse

ALL = "all"
SEPARATOR = ","


@dataclass(frozen=True)
class Filter:
    """One condition: its name in the address, its title and what can be chosen (id → title)."""

    id: str
    title: str
    choices: Mapping[str, str]
    default: str | None = None
    is_many: bool = False
    aliases: Mapping[str, str] = field(default_factory=dict)

    @property
    def initial(self) -> tuple[str, ...]:
        """Return the default as chosen ids; none chosen means all."""
        return (self.default or next(iter(self.choices)),) if not self.is_many else ()


@dataclass(frozen=True)
class Chosen:
    """What the user asks for on this page."""

    filters: Mapping[str, Filter]
    values: Mapping[str, tuple[str, ...]]

    def one(self, name: str) -> str:
        """Return the single id of a filter."""
        return self.values[name][0]

    def many(self, name: str) -> tuple[str, ...]:
        """Return the chosen ids of a filter; none means all."""
        return self.values[name]

    def month(self, name: str = "month") -> date:
        """Return a month filter as the month's first day."""
        return parse_month(self.one(name))

    def titles(self, name: str) -> str:
        """Return the chosen titles as one text, "" for all."""
        return "、".join(self.filters[name].choices[value] for value in self.values[name])

    def where(self, *names: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the conditions of these filters for a question; a filter of which all is chosen is no condition."""
        return tuple((name, self.values[name]) for name in names if self.values[name])


def metric_filter(ids: Sequence[str], default: str) -> Filter:
    """Return the choice of an indicator among these."""
    titles = {name: catalogue()[name].title for name in ids}
    return Filter("metric", _("指标"), titles, default, aliases={title: name for name, title in titles.items()})


@lru_cache(maxsize=16)
def month_titles(warehouse: Warehouse) -> dict[str, str]:
    """Return the warehouse's months as id → title, newest first."""
    return {f"{month:%Y-%m}": month_text(month) for month in reversed(scope.months(warehouse))}


def month_filter(warehouse: Warehouse, name: str = "month", title: str = "", default: date | None = None) -> Filter:
    """Return the choice of a month, newest first; the default is the street's."""
    chosen = default or scope.default_month(warehouse)
    return Filter(name, title or _("月份"), month_titles(warehouse), f"{chosen:%Y-%m}")


def community_filter(warehouse: Warehouse) -> Filter:
    """Return the choice of communities in official order; names are understood in links, too."""
    titles = {entry.id: entry.title for entry in scope.communities(warehouse)}
    return Filter("community", _("社区"), titles, is_many=True, aliases={text: name for name, text in titles.items()})


def code_filter(warehouse: Warehouse, dimension: str, title: str) -> Filter:
    """Return the choice of values of a dimension (park, industry, size_band, cause …)."""
    titles = {entry.id: entry.title for entry in scope.options(warehouse, dimension)}
    return Filter(dimension, title, titles, is_many=True, aliases={text: name for name, text in titles.items()})


def read(wanted: Filter, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids that the address names and the parts of it that do not exist."""
    parts = [part.strip() for part in text.split(SEPARATOR) if part.strip() and part.strip() != ALL]
    ids = [wanted.aliases.get(part, part) for part in parts]
    known = tuple(dict.fromkeys(value for value in ids if value in wanted.choices))
    unknown = tuple(part for part, value in zip(parts, ids, strict=True) if value not in wanted.choices)
    if not wanted.is_many and (not known or len(known) > 1):
        return wanted.initial, unknown
    return known, unknown


def write(values: tuple[str, ...]) -> str:
    """Return chosen ids as the address holds them."""
    return SEPARATOR.join(values) or ALL

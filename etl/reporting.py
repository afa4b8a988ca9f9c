"""Which unit a sheet reports for, and as of which day or for which period."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from etl.codelist import CodeLists
from etl.errors import LedgerError
from etl.recognise import Sheet

STREET = "street"
SAYS_ALL = ("全街道", "各社区")


@dataclass(frozen=True)
class Reporting:
    """A sheet's reporting unit (None: to be taken from its rows) and its dates (registers: as_of only).

    `is_guess`: the unit is a bare name that the street bears too (坂田 is 坂田街道 or 坂田社区): the rows decide first.
    """

    unit_id: str | None
    is_guess: bool
    covers_all: bool
    as_of: date | None
    period_from: date | None
    period_to: date | None


def unit_of(text: str | None, aliases: dict[str, str], short: str = "") -> str | None:
    """Return the community that a unit's name speaks of, else the street, else None where nothing is said.

    What stands before 街道 is the street's name (坂田街道 is not 坂田社区), and its `short` name alone gives way to
    another community (坂田总工会南坑社区); the longest alias wins. Several communities (南坑、岗头社区) are the street's.
    """
    if not text:
        return None
    rest = text.rsplit("街道", 1)[-1]
    pattern = "|".join(map(re.escape, sorted(aliases, key=len, reverse=True)))
    named = {found[0]: aliases[found[0]] for found in re.finditer(pattern, rest)} if pattern else {}
    units = set(named.values())
    if len(units) > 1 and f"{short}社区" not in rest:
        units.discard(named.get(short, ""))
    if len(units) == 1:
        return units.pop()
    return STREET if units or "街道" in text else None


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _period(sheet: Sheet, as_of: date | None) -> tuple[date, date] | None:
    """Return the period of an event ledger's sheet; a stated date stands in for a missing one."""
    if sheet.heading.period or not as_of:
        return sheet.heading.period
    if sheet.ledger.due.every == "year":
        return date(as_of.year, 1, 1), date(as_of.year, 12, 31)
    return as_of.replace(day=1), _month_end(as_of)


def _missing(sheet: Sheet, message: str, remedy: str) -> LedgerError:
    return LedgerError(message, file=sheet.file, sheet=sheet.sheet, code="no_date", remedy=remedy)


def is_bare_street(unit: str | None, text: str | None, street: str, aliases: dict[str, str]) -> bool:
    """Return whether the unit was read from what may be the street's own short name: 坂田, of 坂田街道."""
    short = street.removesuffix("街道")
    return bool(unit and text) and unit == aliases.get(short) and f"{short}社区" not in str(text)


def reporting_of(sheet: Sheet, aliases: dict[str, str], as_of: date | None, street: str) -> Reporting:
    """Return what a sheet reports for; LedgerError where its date is nowhere said."""
    text = sheet.heading.unit_text
    unit, covers_all = (
        unit_of(text, aliases, street.removesuffix("街道")),
        bool(text) and any(word in str(text) for word in SAYS_ALL),
    )
    guess = is_bare_street(unit, text, street, aliases)
    if sheet.ledger.mode == "register":
        day = as_of or sheet.heading.as_of
        if day is None:
            raise _missing(sheet, _("没有写明数据截至哪一天"), _("请在标题中写明，或用 --as-of 2018-12-31 指定"))
        return Reporting(unit, guess, covers_all, day, None, None)
    period = _period(sheet, as_of)
    if period is None:
        raise _missing(sheet, _("没有写明是哪个月（年）的台账"), _("请在标题中写明，或用 --as-of 2018-12-31 指定"))
    return Reporting(unit, guess, covers_all, None, period[0], _month_end(period[1]))


def aliases_of(codes: CodeLists) -> dict[str, str]:
    """Return every spelling of a community's name that is not a number, with its id."""
    found = codes.lookup(["community"]).drop_nulls("value").select("folded", "value")
    return {name: code for name, code in found.iter_rows() if not name.isdigit()}

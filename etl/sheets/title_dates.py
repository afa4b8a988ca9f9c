"""The days that a title, a sheet's name or a file's name speaks of (2018年12月, 截至2018年12月31日, 2018年下半年 …)."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

CACHED = 4096  # the twelve sheets of a workbook share title and file name
DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
NARROW = str.maketrans("０１２３４５６７８９．－／", "0123456789.-/")
CHINESE_YEAR = re.compile(r"[〇○零一二三四五六七八九]{4}(?=年)")
CHINESE_NUMBER = re.compile(r"([一二三四五六七八九])?十([一二三四五六七八九])?(?=[月日])")
CHINESE_DIGIT = re.compile(r"(?<![一二三四五六七八九十第])[一二三四五六七八九](?=[月日])")

YEAR = r"(?<!\d)((?:19|20)\d\d)"
YEARS = re.compile(rf"{YEAR}(?:年度?)?[-—–~至到]+{YEAR}年?")
DAY = re.compile(rf"{YEAR}(?:年(?=\d{{1,2}}月)|[.\-/])(\d{{1,2}})[月.\-/](\d{{1,2}})(?:日|号|(?![\d月]))")
DAYS_TO = re.compile(rf"\s*[-—–~至到]+\s*(?:{YEAR}[年.\-/])?(?:(\d{{1,2}})[月.\-/])?(\d{{1,2}})[日号]?")
DAY_SHORT = re.compile(r"(?<!\d)(\d{1,2})月(\d{1,2})[日号]")
DAY_DIGITS = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
MONTHS = re.compile(rf"(?:{YEAR}年?)?(?<!\d)(\d{{1,2}})月?[-—–~至到]+(?:{YEAR}年)?(\d{{1,2}})月")
MONTH = re.compile(rf"{YEAR}[年.\-/](\d{{1,2}})(?:月|(?![\d.\-/]))")
MONTH_DIGITS = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(?!\d)")
MONTH_ALONE = re.compile(r"(?<!\d)(\d{1,2})月")
QUARTER = re.compile(r"(?:第?([一二三四1-4])季度?|[qQ]([1-4]))")
HALF = re.compile(r"([上下])半年")
YEAR_END = re.compile(r"年(?:末|底|终)")
YEAR_ALONE = re.compile(rf"{YEAR}(?!\d)")
YEAR_SHORT = re.compile(r"(?<![\d.])([1-4]\d)年")
UNTIL = re.compile(r"截[至止]")
SLASHED = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True)
class Span:
    """First and last day of what a text speaks of; of one day both are that day."""

    first: date
    last: date


def _arabic(text: str) -> str:
    """Write Chinese numerals of dates in digits (二〇一八年十二月 → 2018年12月)."""
    text = CHINESE_YEAR.sub(lambda m: m[0].translate(DIGITS), text)
    text = CHINESE_NUMBER.sub(lambda m: (m[1] or "1").translate(DIGITS) + (m[2] or "0").translate(DIGITS), text)
    text = CHINESE_DIGIT.sub(lambda m: m[0].translate(DIGITS), text)
    return text.translate(NARROW)


def says_until(text: str) -> bool:
    """Return whether a text gives the end only (截至…)."""
    return bool(UNTIL.search(text))


def _months(year: int, first: int, last: int) -> Span | None:
    if not 1 <= first <= last <= 12:
        return None
    return Span(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _day(year: int, month: int, day: int) -> Span | None:
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return Span(date(year, month, day), date(year, month, day))


def _days(begin: re.Match[str], end: re.Match[str] | None) -> Span | None:
    """Return one day, or the days to the one that stands behind it (2018年12月1日至31日)."""
    year, month, day = map(int, begin.groups())
    first = _day(year, month, day)
    if first is None or end is None:
        return first
    last = _day(int(end[1] or year), int(end[2] or month), int(end[3]))
    return Span(first.first, last.last) if last and first.first <= last.last else first


@lru_cache(CACHED)
def find_year(text: str) -> int | None:
    """Return the one year that a text names; None where it names none or a range of years."""
    text = _arabic(text)
    if found := YEARS.search(text):
        return int(found[1]) if found[1] == found[2] else None
    for pattern in (DAY_DIGITS, MONTH_DIGITS, YEAR_ALONE):
        if found := pattern.search(text):
            return int(found[1])
    return 2000 + int(found[1]) if (found := YEAR_SHORT.search(text)) else None


@lru_cache(CACHED)
def find_span(text: str, year: int | None = None) -> Span | None:
    """Return the days, month, months, quarter or half-year of a text; `year` is for texts that leave it out.

    「截至」 goes before anything else in the text. A year alone is no answer here.
    """
    text = _arabic(text)
    until = UNTIL.search(text)
    if until and (span := _find(text[until.start() :], year)):
        return span
    return _find(text, year)


def _find(text: str, year: int | None) -> Span | None:
    year = find_year(text) or year
    if found := DAY.search(text) or DAY_DIGITS.search(text):
        return _days(found, DAYS_TO.match(text, found.end()))
    if found := MONTHS.search(text):
        return _range(found, year)
    if year and (found := DAY_SHORT.search(text)):
        return _day(year, int(found[1]), int(found[2]))
    if found := MONTH.search(text) or MONTH_DIGITS.search(text):
        return _months(int(found[1]), int(found[2]), int(found[2]))
    return _part_of_year(text, year) if year else None


def _range(found: re.Match[str], year: int | None) -> Span | None:
    """Return the months from … to …, across years where both are named."""
    first_year = int(found[1]) if found[1] else year
    last_year = int(found[3]) if found[3] else first_year
    if first_year is None or last_year is None:
        return None
    first, last = _months(first_year, int(found[2]), int(found[2])), _months(last_year, int(found[4]), int(found[4]))
    return Span(first.first, last.last) if first and last and first.first <= last.last else None


def _part_of_year(text: str, year: int) -> Span | None:
    if found := MONTH_ALONE.search(text):
        return _months(year, int(found[1]), int(found[1]))
    if found := QUARTER.search(text):
        quarter = int((found[1] or found[2]).translate(DIGITS))
        return _months(year, quarter * 3 - 2, quarter * 3)
    if found := HALF.search(text):
        return _months(year, 1, 6) if found[1] == "上" else _months(year, 7, 12)
    return Span(date(year, 12, 31), date(year, 12, 31)) if YEAR_END.search(text) else None


def find_years(text: str) -> Span | None:
    """Return the years that a text names: one, or from … to … (2005-2014)."""
    if found := YEARS.search(_arabic(text)):
        first, last = sorted((int(found[1]), int(found[2])))
        return Span(date(first, 1, 1), date(last, 12, 31))
    year = find_year(text)
    return Span(date(year, 1, 1), date(year, 12, 31)) if year else None


def slashed_day(text: str, order: str) -> date | None:
    """Return the day of 4/30/2020 (`order` mdy) or 30/4/2020 (dmy), None where there is no such day."""
    found = SLASHED.search(text)
    if found is None:
        return None
    first, second, year = map(int, found.groups())
    span = _day(year, first, second) if order == "mdy" else _day(year, second, first)
    return span.first if span else None


def find_slashed(text: str, order: str) -> Span | None:
    """Return the days from the first to the last of a text (4/1/2020 - 4/30/2020)."""
    days = [day for found in SLASHED.finditer(text) if (day := slashed_day(found[0], order))]
    return Span(min(days), max(days)) if days else None

"""What stands around the table: reporting unit, as-of or period, unit of money, the mark of example data."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from etl.ledger import LedgerKind
from etl.sheets.mapping import Mapping
from etl.sheets.title_dates import Span, find_slashed, find_span, find_year, find_years, says_until

SAMPLE = re.compile(r"示例数据[\s，,]*非真实情况")
UNIT_LINE = re.compile(
    r"(?:填报|报送|上报|填表|报表|报告|编制|制表|统计)(?:单位|部门|机构)(?:名称)?[(（盖公签章)）]*[:：]\s*([^\s:：，,。;；]+)"
)
UNIT_WORDS = re.compile(r"街道|社区|工联会|工会联合会|总工会|园区|工业城|创意园")
FACTOR = re.compile(
    r"(?:^|[\s,，(（])(?:金额|计量|货币)?单位[:：]\s*((?:[百千万亿]?元|人|家|宗|件|个|户|起|[、,，/])+)"
)
# a filing date says when a sheet was sent, not what day it describes
FILED = re.compile(
    r"(?:填报|填表|报送|上报|制表|打印|编制|印发|审核)(?:日期|时间)[:：]?\s*[\d〇○零一二三四五六七八九十年月日./-]*"
)
NO_PLACE = re.compile(r"[\da-zA-Z]|台账|企业|工会|纠纷|汇总|表|年|月|明细|名册|名单|目标|任务|登记|数据|全部|合并|导出")
SPLIT = re.compile(r"[\s_\-—()（）\[\]【】.、+]+")


@dataclass(frozen=True)
class Heading:
    """What the titles, the sheet's name and the file's name say; None where they say nothing."""

    unit_text: str | None
    as_of: date | None
    period: tuple[date, date] | None
    unit_factor_text: str | None
    is_sample: bool


def heading_of(titles: Sequence[str], sheet: str, file: str, kind: LedgerKind) -> Heading:
    """Read the texts above the header, then the sheet's name, then the file's (`kind` says which date is meant)."""
    text = "　".join(titles)
    span = _span([FILED.sub(" ", text), sheet, PurePath(file).stem], kind)
    is_register = kind.mode == "register"
    factor = FACTOR.search(text)
    return Heading(
        unit_text=_unit(titles, sheet, PurePath(file).stem),
        as_of=span.last if span and is_register else None,
        period=(span.first, span.last) if span and not is_register else None,
        unit_factor_text=factor[1] if factor else None,
        is_sample=bool(SAMPLE.search(text)),
    )


def mapped_heading(
    heading: Heading, titles: Sequence[str], sheet: str, file: str, kind: LedgerKind, mapping: Mapping
) -> Heading:
    """Return the heading with what a mapping says: the reporting unit, and where and how the period is written."""
    heading = replace(heading, unit_text=mapping.unit or heading.unit_text)
    texts = {"title": FILED.sub(" ", "　".join(titles)), "sheet": sheet, "file": PurePath(file).stem}
    spans = (_mapped_span(texts[place], mapping) for place in mapping.period)
    span = next(filter(None, spans), None)
    if span is None:
        return heading
    if kind.mode == "register":
        return replace(heading, as_of=span.last)
    whole = _whole_months(span, "")
    return replace(heading, period=(whole.first, whole.last))


def _mapped_span(text: str, mapping: Mapping) -> Span | None:
    """Return the days of one text: as the mapping orders them, as they are written here, else whole years."""
    slashed = find_slashed(text, mapping.dates) if mapping.dates else None
    return slashed or find_span(text, find_year(text)) or find_years(text)


def _span(texts: list[str], kind: LedgerKind) -> Span | None:
    """Return the days that the first text to name any speaks of.

    A sheet 「12月」 inside the title's year is finer and wins. A year alone is a period, but no day of a register.
    """
    year = next((found for text in texts if (found := find_year(text))), None)
    if kind.due.every == "year" and kind.mode == "event":
        return Span(date(year, 1, 1), date(year, 12, 31)) if year else None
    spans = [find_span(text, year) for text in texts]
    if kind.mode == "register":
        return next(filter(None, spans), None)
    title, sheet, name = (span and _whole_months(span, text) for span, text in zip(spans, texts, strict=True))
    if title and sheet and title.first <= sheet.first and sheet.last <= title.last:
        return sheet
    return title or sheet or name or (Span(date(year, 1, 1), date(year, 12, 31)) if year else None)


def _whole_months(span: Span, text: str) -> Span:
    """Return the months of an event ledger's days; one that gives its end only (截至…) begins with the year."""
    first = span.first.replace(month=1, day=1) if says_until(text) else span.first.replace(day=1)
    return Span(first, span.last.replace(day=calendar.monthrange(span.last.year, span.last.month)[1]))


def _places(text: str) -> list[str]:
    """Return the parts of a sheet's or file's name that may be the bare name of a place (南坑)."""
    parts = (part for part in SPLIT.split(text) if 2 <= len(part) <= 8)
    return [part for part in parts if "社区" in part or not NO_PLACE.search(part)]


def _unit(titles: Sequence[str], sheet: str, stem: str) -> str | None:
    """Return the text that names the reporting unit: its own line, else a title, else a sheet's or file's name.

    Where it names the street only, a place in the sheet's name is added (坂田街道 + 南坑): one sheet per community.
    """
    line = next((found[1] for title in titles if (found := UNIT_LINE.search(title))), None)
    title = line or next((t for t in map(_without_marks, titles) if UNIT_WORDS.search(t)), None)
    places = _places(sheet)
    if title and ("街道" not in title or "社区" in title.rsplit("街道", 1)[1]):
        return title
    if title:
        return "".join([title, *places[:1]])
    named = places or _places(stem) or ([stem] if UNIT_WORDS.search(stem) else [])
    whole = _without_marks("　".join(titles))
    return " ".join([*([whole] if whole else []), *named[:1]]) or None


def _without_marks(title: str) -> str:
    return FILED.sub(" ", SAMPLE.sub("", title)).strip()

"""Which rows of a sheet are data, and why the others are passed over."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from etl.formats.sheet_text import SheetText
from etl.sheets.header import Header

TITLE, HEADER, TOTAL, NOTE, SIGNATURE, BLANK = "title", "header", "total", "note", "signature", "blank"
SKIPPED = (TITLE, HEADER, TOTAL, NOTE, SIGNATURE, BLANK)
DATA = "data"

_COUNTED = r"\d+(?:家|人|宗|件|个|户|起|条|项)"
_TOTAL = (
    r"(?:本页|本表|本月|本季度?|本年度?|本社区|本街道|全年|全街道|街道|年度|当年|.{1,8}(?:社区|园区|街道)|\d{1,2}月份?|\d{1,2}[-—~至]\d{1,2}月)?"
    r"(?:合计|小计|总计|累计|共计|总合计|总累计)(?:数|人数)?[:：]?"
)
_OF = "(?:企业|工会|单位|纠纷|案件)?"
TOTALS = re.compile(rf"{_TOTAL}(?:{_COUNTED})?{_OF}|(?:合|总)?共(?:有|计)?{_COUNTED}{_OF}。?")
TOTAL_LABELS = re.compile(_TOTAL + _OF)  # in a second cell 「共200人」 is an enterprise's number of workers
NOTES = re.compile(
    r"(?:附?注|备注|说明|填[表报写]说明|填[表报]须知|注意事项|数据来源|资料来源)[\d一二三]?[:：]|[※*]|以下(?:空白|无正文)"
)
_PERSON = (
    "(?:单位|部门|街道|社区|工会|企业)?(?:负责人|主要领导|主管领导|分管领导|领导)|填表人?|填报人|制表人?|审核人?|复核人?|"
    "审批人?|核对人?|校对人?|统计人|经办人|联系人|报送人|上报人|录入人|签字人?|签名"
)
_LABEL = rf"(?:{_PERSON}|联系电话|联系方式|电话|(?:填报|填表|制表|报送|上报|报表|审核)?(?:日期|时间)|填报单位|报送单位|单位(?:盖章|公章))"
SIGNATURES = re.compile(rf"{_LABEL}(?:签字|签名|签章|盖章|[(（][^)）]*[)）])*(?:[:：]|$)")
SEAL = re.compile(r".*[(（](?:盖章|公章|签章|签字)[)）][:：]?$|(?:盖章|公章)[:：]?$")
DATE_LINE = re.compile(
    r"[\d二〇○零一三四五六七八九十]{2,4}年[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?$"
)
NIL = re.compile(
    r"(?:本|当)?(?:月|期|季度?|年度?|社区)?(?:暂?无|没有|未发生|零报告)(?:新增|发生)?(?:任何)?"
    r"(?:劳[资动](?:人事)?(?:纠纷|争议)|矛盾纠纷|纠纷|案件|数据|记录|变动|此类)?(?:情况|发生|案件|事项)?。?"
)
FILLER = frozenset({"/", "\\", "-", "—", "--", "——", "0"})
# a row that begins with two filled cells, and they with none of these, is data without a closer look
SUSPECT = frozenset(
    " \t\r\n\u3000\u200b\ufeff\xa0本全街年当合小总累共注备说填制审复校核统分主单部负领经联报上签录数资以盖公日时电暂无没未零附※*"
    "二〇○0\\/-—"
)
SUSPECT_END = frozenset("计：:章字名）)")
DIGITS = frozenset("0123456789")


@dataclass
class Fates:
    """The fate of each row: positions of data rows, and (row, fate) of the others in order."""

    data: list[int] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)


def _compact(cell: str) -> str:
    return "".join(cell.split())


def _is_total(cells: list[str]) -> bool:
    return bool(TOTALS.fullmatch(cells[0])) or any(TOTAL_LABELS.fullmatch(cell) for cell in cells[1:2])


def _is_nil(cells: list[str]) -> bool:
    """Return whether a row only says that there is nothing (无, 本月无, 零报告), a number in front allowed."""
    said = [cell for cell in cells if NIL.fullmatch(cell)]
    return bool(said) and all(NIL.fullmatch(c) or c in FILLER or c.isdigit() and i == 0 for i, c in enumerate(cells))


def _is_signature(cells: list[str]) -> bool:
    return bool(SIGNATURES.match(cells[0])) or (len(cells) <= 2 and any(SEAL.match(cell) for cell in cells))


class RowReader:
    """Walks down the rows under the header and remembers whether data, and after it the foot, has begun."""

    def __init__(self, sheet: SheetText, header: Header) -> None:
        self.rows, self.header = sheet.rows, header
        self.sequence = header.match.sequence
        places = [column.index - sheet.first_column for column in header.match.columns]
        self.places = places
        wanted = {part for key in header.match.kind.key for part in key}
        self.keys = [p for p, c in zip(places, header.match.columns, strict=True) if c.column in wanted]
        self.titles = [sheet.rows[header.end - 1], sheet.rows[header.first]]
        lines = [[(p, text) for p in places if (text := _compact(line[p]))] for line in self.titles]
        self.heads = [line for line in lines if line]
        self.has_data = self.in_foot = False

    def is_heading(self, row: list[str]) -> bool:
        """Return whether the row repeats the header (a new page)."""
        return any(all(_compact(row[place]) == text for place, text in line) for line in self.heads)

    def is_record(self, row: list[str], cells: list[str]) -> bool:
        """Return whether a row below the foot is a record after all: its key and two more cells are filled."""
        filled = sum(1 for place in self.places if row[place].strip())
        return filled >= 3 and any(row[place].strip() for place in self.keys) and not _is_signature(cells)

    def fate(self, row: list[str]) -> str:
        """Return the fate of one row under the header."""
        cells = [text for cell in row if cell and (text := _compact(cell))]
        if len(cells) <= len(self.sequence) and not any(
            cell.strip() for place, cell in enumerate(row) if place not in self.sequence
        ):
            return BLANK if all(cell.isdigit() for cell in cells) else self._lonely(cells)
        if self.is_heading(row) or (not self.has_data and _is_numbering(cells)):
            return HEADER
        if _is_total(cells):
            return TOTAL
        if _is_nil(cells):
            return NOTE
        return self._foot_or_data(row, cells)

    def _lonely(self, cells: list[str]) -> str:
        """Return the fate of a row that has text in the column of running numbers only."""
        if _is_total(cells):
            return TOTAL
        if _is_signature(cells) or (self.has_data and DATE_LINE.match(cells[0])):
            self.in_foot = True
            return SIGNATURE
        self.in_foot = self.in_foot or (self.has_data and bool(NOTES.match(cells[0])))
        return NOTE

    def _foot_or_data(self, row: list[str], cells: list[str]) -> str:
        if NOTES.match(cells[0]) and not self.is_record(row, cells):
            self.in_foot = self.has_data
            return NOTE
        if _is_signature(cells) or (self.has_data and len(cells) == 1 and DATE_LINE.match(cells[0])):
            self.in_foot = self.has_data
            return SIGNATURE
        if self.in_foot and not self.is_record(row, cells):
            return NOTE
        self.has_data, self.in_foot = True, False
        return DATA


def _is_numbering(cells: list[str]) -> bool:
    """Return whether the row only numbers the columns (甲 乙 1 2 3 …, or 1 2 3 …)."""
    numbers = [cell for cell in cells if cell not in "甲乙丙丁戊"]
    return len(numbers) >= 3 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def row_fates(sheet: SheetText, header: Header, passed_over: tuple[str, ...] = ()) -> Fates:
    """Give every row of a recognised sheet its fate; rows above the sheet's first used one are blank.

    `passed_over`: a mapping's expressions; a row whose first text is wholly one of them (6 Ongoing Cases) is a total
    of a part of the sheet: passed over, and no sum of the whole to check.
    """
    fates = Fates()
    skip = fates.skipped.append
    for number in range(1, sheet.row_numbers[0]):
        skip((number, BLANK))
    for place in range(header.first):
        skip((sheet.row_numbers[place], TITLE if any(map(str.strip, sheet.rows[place])) else BLANK))
    for place in range(header.first, header.end):
        skip((sheet.row_numbers[place], HEADER))
    parts = _part_totals(sheet, header.end, passed_over)
    _walk(sheet, header, fates, skip, parts)
    return fates


def _part_totals(sheet: SheetText, first: int, passed_over: tuple[str, ...]) -> frozenset[int]:
    """Return the positions of the rows that a mapping passes over."""
    if not passed_over:
        return frozenset()
    wanted = re.compile("|".join(f"(?:{text})" for text in passed_over))
    firsts = ((p, next(filter(None, map(str.strip, sheet.rows[p])), "")) for p in range(first, len(sheet.rows)))
    return frozenset(place for place, text in firsts if text and wanted.fullmatch(text))


def _walk(
    sheet: SheetText, header: Header, fates: Fates, skip: Callable[[tuple[int, str]], None], parts: frozenset[int]
) -> None:
    """Give the rows under the header their fates; most are plainly data and take the short way."""
    reader = RowReader(sheet, header)
    heads = frozenset(cell for row in reader.titles for cell in row[:3])
    rows, numbers, data = sheet.rows, sheet.row_numbers, fates.data.append
    wide = len(rows[0]) > 2
    for place in range(header.end, len(rows)):
        row = rows[place]
        if parts and place in parts:
            skip((numbers[place], TOTAL))
            continue
        if reader.has_data and not reader.in_foot and wide and is_plain(row, heads):
            data(place)
            continue
        if not any(row):  # a sheet's formatting may reach down to row 1,048,576
            skip((numbers[place], BLANK))
            continue
        fate = reader.fate(row)
        if fate == DATA:
            data(place)
            continue
        skip((numbers[place], fate))
        if fate == TOTAL:
            fates.totals.append(place)
        elif fate == HEADER:
            _retitle(sheet, place, fates)


def is_plain(row: list[str], heads: frozenset[str]) -> bool:
    """Return whether a row can only be data: a running number or a plain text, then a plain text."""
    first, second = (row[0], row[1]) if row[0] else (row[1], row[2])
    if not (first and second) or first[0] in SUSPECT or second[0] in SUSPECT or first in heads:
        return False
    if first[-1] in SUSPECT_END or second[-1] in SUSPECT_END:
        return False
    return first[0] not in DIGITS or first.isdigit()


def _retitle(sheet: SheetText, place: int, fates: Fates) -> None:
    """Call the lonely line above a repeated header a title (the next page of a printed ledger)."""
    texts = set(filter(None, map(_compact, sheet.rows[place - 1])))
    if len(texts) != 1 or NOTES.match(next(iter(texts))):
        return
    above = sheet.row_numbers[place - 1]
    if fates.data and fates.data[-1] == place - 1:
        fates.data.pop()
        fates.skipped.insert(-1, (above, TITLE))
    elif fates.skipped[-2] == (above, NOTE):
        fates.skipped[-2] = (above, TITLE)

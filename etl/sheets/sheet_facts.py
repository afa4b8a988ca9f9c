"""What a recognised sheet says beside its columns: coordinate system, kind of change per row, why it is this ledger."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import PurePath

from etl.errors import LedgerError
from etl.formats.sheet_text import SheetText
from etl.instructions import CRS
from etl.sheets.cell_looks import spellings
from etl.sheets.crs_said import crs_line, find_crs
from etl.sheets.header import Header, normalise
from etl.sheets.header_words import header_words
from etl.sheets.heading import UNIT_WORDS, Heading
from etl.sheets.mapping import Mapping
from etl.values.cells import IDENTITY, PHONE

PERSONS = re.compile("(?:会员|人员|职工|员工|工人)(?:信息)?名[册单]|花名册")
CHANGE_LIST = re.compile(
    r"(?:增减变动|变动|增减|变更|变化|异动)(?:情况|信息)?(?:登记|统计|明细|汇总|报告|报送)?(?:表|清单|名册|名单|台账)"
)
VAGUE = ("变动", "变化", "更新", "调整", "修改", "重复")  # names of sheets that do not say which change is meant
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
SIGNED = re.compile(
    r"(?:填表|制表|填报|上报|报送|审核|审批|复核|经办|联系|联络|负责|责任|统计|录入|登记|主管)(?:人|员|领导).*"
    rf"|(?:联系)?(?:电话|手机).*|{PHONE}|{IDENTITY}",
    re.DOTALL,
)
SHOWN = 12  # headers that a reason names


@dataclass(frozen=True)
class Beside:
    """Positions of columns that no ledger has but every sheet may: kind of change, coordinate system."""

    change: int | None
    crs: int | None

    @property
    def places(self) -> set[int]:
        """Return the positions found."""
        return {place for place in (self.change, self.crs) if place is not None}


def beside(sheet: SheetText, header: Header, places: list[int]) -> Beside:
    """Find these columns among the headers that are in no dictionary; a column of numbers tells no kind of change."""
    found: dict[str, int | None] = {"change": None, "crs": None}
    for place, text in zip(header.match.places, header.match.unmapped, strict=True):
        name = normalise(text.rsplit("/", 1)[-1])[0]
        for word in found:
            if found[word] is None and {name, normalise(text)[0]} & header_words(word):
                found[word] = place
    change = found["change"]
    if change is not None:
        cells = [cell for row in places if (cell := sheet.rows[row][change].strip())]
        is_list = header.match.kind.mode == "register" and not (cells and all(map(NUMBER.fullmatch, cells)))
        change = change if is_list else None
    return Beside(change, found["crs"])


def change_in_name(sheet: SheetText, header: Header) -> str | None:
    """Return the kind of change that a register's sheet bears as its name (新增, 注销企业): one sheet per kind."""
    name = re.sub(r"[\s\W\da-zA-Z_]+|表$|名单$|清单$|明细$", "", sheet.sheet)
    is_kind = header.match.kind.mode == "register" and len(name) >= 2 and name not in VAGUE
    return name if is_kind and name in spellings("change") else None


def refuse_unmarked_change_list(titles: Sequence[str], sheet: SheetText, header: Header) -> None:
    """LedgerError where a register's title says 增减变动表 but no column says what became of each row."""
    texts = [*titles, sheet.sheet] if titles else [sheet.sheet, PurePath(sheet.file).stem]
    if header.match.kind.mode != "register" or not any(CHANGE_LIST.search(text) for text in texts):
        return
    message = _("标题写的是增减变动表，但没有“变动类型”一列，分不清新增、变更、减少")
    remedy = _("请加上“变动类型”列并逐行填写；如果是全量台账，请改标题")
    raise LedgerError(message, file=sheet.file, sheet=sheet.sheet, code="change_list", remedy=remedy)


def refuse_change_list_of_counts(sheet: SheetText, header: Header) -> None:
    """LedgerError where a change list is of persons who are only counted: nothing is kept that it could change."""
    title = header.match.kind.title
    message = _("{title}只读出人数，不留个人，不能用增减变动表").format(title=title)
    remedy = _("请导入全量的{title}").format(title=title)
    raise LedgerError(message, file=sheet.file, sheet=sheet.sheet, code="change_list", remedy=remedy)


def lists_persons(sheet: SheetText, header: Header) -> str | None:
    """Return why a list of persons is no ledger of enterprises or unions, however well its headers fit one.

    A roster without its column of identity numbers would else be read with an enterprise in every row.
    """
    kind = header.match.kind
    texts = [sheet.sheet, *("".join(row) for row in sheet.rows[: header.first])]
    if any(column.type == "identity" for column in kind.columns.values()):
        return None
    named = next((found[0] for text in texts if (found := PERSONS.search(re.sub(r"\s", "", text)))), None)
    if named is None:
        return None
    return _("标题写的是{named}，一行是一个人，但没有证件号码列，不能按{title}读取").format(
        named=named, title=kind.title
    )


def crs_of(
    sheet: SheetText, header: Header, titles: Sequence[str], column: list[str], mapping: Mapping | None
) -> str | None:
    """Return the coordinate system that the mapping, the headers, a title or the 坐标系 column says; None for none.

    LedgerError where they say several or one that is not known; sheets without coordinates are not asked.
    """
    kinds = header.match.kind.columns
    headers = [c.header for c in header.match.columns if kinds[c.column].type == "lonlat"]
    if not headers:
        return None
    said = [find_crs(text) or text for text in dict.fromkeys(filter(None, map(str.strip, column)))]
    said += [crs for text in headers if (crs := find_crs(text))]
    said += [crs for title in titles if (crs := crs_line(title))]
    found = list(dict.fromkeys(said))
    if mapping and mapping.crs:
        found = list(dict.fromkeys([mapping.crs, *(text for text in found if text in CRS)]))
    remedy = _("请分成几个表，每个表只用一种坐标系（WGS84、CGCS2000、GCJ-02、BD-09）")
    if unknown := [text for text in found if text not in CRS]:
        message = _("坐标系“{name}”不认识").format(name=unknown[0][:SHOWN])
        remedy = _("请换算成 WGS84、CGCS2000、GCJ-02 或 BD-09 并写明，或删去经纬度")
        raise LedgerError(message, file=sheet.file, sheet=sheet.sheet, code="crs", remedy=remedy)
    if len(found) > 1:
        message = _("同一个表里写了几种坐标系：{names}").format(names="、".join(found))
        raise LedgerError(message, file=sheet.file, sheet=sheet.sheet, code="crs", remedy=remedy)
    return found[0] if found else None


def reasons_of(
    header: Header, row: int, heading: Heading, mapping: Mapping | None, is_change: bool = False
) -> tuple[str, ...]:
    """Say why the sheet is this ledger: headers, their row, what title and names gave."""
    names = [column.header for column in header.match.columns]
    shown = "、".join(names[:SHOWN]) + (_("等") if len(names) > SHOWN else "")
    said = [_("表头在第{row}行，认出{n}列：{names}").format(row=row, n=len(names), names=shown)]
    if mapping:
        said.insert(0, _("使用表头对应方案“{title}”").format(title=mapping.title))
    if is_change:
        said.append(_("逐行写明新增、变更、减少，按增减变动表处理"))
    unit = SIGNED.sub("", heading.unit_text or "")  # who filled it in is nobody's business; a receipt keeps reasons
    if UNIT_WORDS.search(unit):
        said.append(_("填报单位取自：{text}").format(text=" ".join(unit.split())))
    if heading.as_of:
        said.append(_("数据截至{day}").format(day=heading.as_of))
    if heading.period:
        said.append(_("期间{first}至{last}").format(first=heading.period[0], last=heading.period[1]))
    return tuple(said)

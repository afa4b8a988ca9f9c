"""Headers of one sheet and what they stand for: what the program found, what it proposes, what the clerk decides."""

from __future__ import annotations

import re
from collections.abc import Mapping as Choices
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import PurePath
from typing import Any

from etl.ledger import LedgerKind, ledger_kinds
from etl.sheets.mapping import Mapping, Pattern, header_key
from pages.parts.intake.wording import CONFIDENCE
from pages.parts.theme import SAMPLE_MARK

Preview = dict[str, Any]
NOTHING = ""  # the choice 不导入此列
DATES = re.compile(r"[\d〇零一二三四五六七八九十年月日.\-—_()（）\s]+$|^(?:\d+[年月.\-_]*)+")


@dataclass(frozen=True)
class HeaderLine:
    """One header of a sheet: the column it stands for, or may stand for (then with how sure and why)."""

    header: str
    column: str | None = None
    confidence: str | None = None
    why: str | None = None

    @property
    def is_open(self) -> bool:
        """Return whether the clerk has to look at this header."""
        return self.column is None or self.confidence is not None

    @property
    def note(self) -> str:
        """Return what stands beside the choice: 把握程度：中　与“登记时间”相近."""
        if self.confidence is None:
            return ""
        sure = _("把握程度：{sure}").format(sure=CONFIDENCE.get(self.confidence, self.confidence))
        return f"{sure}　{self.why or ''}"


def header_lines(sheet: Preview) -> list[HeaderLine]:
    """Return a sheet's headers once each: open ones first, then those the program is sure of."""
    found = {line["header"]: HeaderLine(line["header"], line["column"]) for line in sheet.get("columns", ())}
    for header in (*sheet.get("headers", ()), *sheet.get("unmapped", ())):
        found.setdefault(header, HeaderLine(header))
    for said in sheet.get("proposals", ()):
        found[said["header"]] = HeaderLine(said["header"], said["column"], said["confidence"], said.get("why"))
    return sorted((line for line in found.values() if line.header.strip()), key=lambda line: not line.is_open)


def needs_headers(file: Preview, sheet: Preview) -> bool:
    """Return whether a sheet has headers that wait for the clerk; a page of notes beside a ledger has none."""
    if sheet["ledger"]:
        return bool(sheet.get("proposals") or sheet.get("unmapped"))
    return bool(sheet.get("proposals") or (file.get("error") and sheet.get("headers")))


def kind_of(sheet: Preview) -> str | None:
    """Return the ledger that a sheet is or comes nearest to."""
    return sheet["ledger"] or sheet.get("nearest")


def column_titles(kind: LedgerKind) -> dict[str, str]:
    """Return the choices for a header: 不导入此列, then the ledger's columns in its own words; * marks required ones."""
    required = {column.id for column in kind.columns.values() if column.required}
    titles = {name: column.title + ("＊" if name in required else "") for name, column in kind.columns.items()}
    return {NOTHING: _("不导入此列"), **titles}


def usual_title(file: str, kind: LedgerKind) -> str:
    """Return a name for the mapping: the file's name without its dates, or the ledger's title."""
    stem = PurePath(file).stem
    for mark in (SAMPLE_MARK, SAMPLE_MARK.replace("\u3000", " ")):  # a name for all months, also beyond the sample
        stem = stem.replace(mark, "")
    stem = DATES.sub("", stem.strip("_ ")).strip("_ ")
    return stem if len(stem) > 1 else kind.title


def wrong_choices(kind_id: str, chosen: Choices[str, str], title: str) -> str | None:
    """Return why these choices cannot be saved, as a sentence; None where they can."""
    kind = ledger_kinds()[kind_id]
    used = [column for column in chosen.values() if column]
    if double := next((column for column in used if used.count(column) > 1), None):
        headers = "、".join(header for header, column in chosen.items() if column == double)
        return _("“{headers}”都对应了“{column}”，请只保留一个。").format(
            headers=headers, column=kind.columns[double].title
        )
    if not used:
        return _("还没有一列有对应，请至少选择一列。")
    return None if title.strip() else _("请给方案起个名称，如“仲裁院月报”。")


def new_mapping(
    kind_id: str, chosen: Choices[str, str], title: str, crs: str | None = None, dates: str | None = None
) -> Mapping:
    """Return the choices as a mapping that is used for sheets with the same headers."""
    columns = {header: column for header, column in chosen.items() if column}
    known = {header_key(header) for header in columns}
    ignore = tuple(h for h, column in chosen.items() if not column and header_key(h) not in known)
    return Mapping(title.strip(), kind_id, columns, ignore, Pattern(headers=tuple(chosen)), crs=crs, dates=dates)

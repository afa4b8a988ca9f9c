"""What a load must be asked about before it is published: hard questions stop it, soft ones are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from gettext import gettext as _
from typing import Any

from etl.errors import AtlasError, LedgerError
from etl.instructions import UNSEEN
from etl.ledger import ledger_kinds
from etl.recognise import NotALedger, Sheet
from etl.record.differences import Compared, Group
from etl.record.holdings import Part, slot_of
from etl.sheets.unseen import marks_of


@dataclass(frozen=True)
class Question:
    """One question; `facts` are its numbers. `id` is what `--confirm` (or Instructions.agreed) answers with yes."""

    id: str
    file: str
    sheet: str | None
    message: str
    is_hard: bool
    facts: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the question as the terminal's JSON says it."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    def as_error(self) -> AtlasError:
        """Return the error with which an unanswered hard question stops a load."""
        remedy = _("核对无误后，可加 --confirm {id} 再导入").format(id=self.id)
        return LedgerError(self.message, file=self.file, sheet=self.sheet, code=self.id, remedy=remedy)


def vanish(compared: Iterable[Compared], share: float, rows: int) -> list[Question]:
    """Ask where a register would make many rows vanish that the unit's newest register holds."""
    found = []
    for one in compared:
        gone, group = one.counts["gone"], one.group
        if group.mode != "register" or gone < rows or gone < share * one.held or not gone:
            continue
        counted = ledger_kinds()[group.ledger].counted
        message = _("将有{n}{counted}从台账中消失，占{share}%。是否误把变动表当作全量表？").format(
            n=gone, counted=counted, share=round(100 * gone / one.held)
        )
        facts = {"gone": gone, "share": round(gone / one.held, 4), "held": one.held}
        found.append(Question("vanish", *_place(group), message, True, facts))
    return found


def _place(group: Group) -> tuple[str, str]:
    return group.sheets[0]["file"], group.sheets[0]["sheet"]


def replacements(compared: Iterable[Compared], parts: list[Part], units: dict[str, str]) -> list[Question]:
    """Show where a unit's day or period is held already, or comes twice in this call."""
    held: dict[tuple[Any, ...], list[str]] = {}
    counts: Counter[tuple[Any, ...]] = Counter()
    for part in parts:
        for sheet in part.sheets:
            held.setdefault(_slot(sheet), []).append(part.file)
            counts[_slot(sheet)] += sheet["accepted"] + sheet["duplicates"]
    found = []
    for one in compared:
        group = one.group
        slot, files = _slot(group.sheets[0]), list(dict.fromkeys(sheet["file"] for sheet in group.sheets))
        if group.mode == "change" or not (slot in held or len(files) > 1):
            continue
        facts = {"rows": counts[slot], "held_in": list(dict.fromkeys(held.get(slot, []))), "files": files}
        said = _replaced(group, facts, units) if slot in held else _twice(group, files, units)
        found.append(Question("replace", *_place(group), said, False, facts))
    return found


def _slot(sheet: dict[str, Any]) -> tuple[Any, ...]:
    return slot_of(sheet) or (sheet["ledger"], sheet["unit_id"], sheet["as_of"], sheet.get("mode") == "change")


def _when(group: Group) -> str:
    if group.as_of:
        return _("截至{day}").format(day=group.as_of)
    first, last = str(group.period_from)[:7], str(group.period_to)[:7]
    return first if first == last else _("{first}至{last}").format(first=first, last=last)


def _replaced(group: Group, facts: dict[str, Any], units: dict[str, str]) -> str:
    names = {
        "unit": units[group.unit_id],
        "when": _when(group),
        "title": ledger_kinds()[group.ledger].title,
        "files": "、".join(facts["held_in"]),
        "rows": facts["rows"],
    }
    if group.as_of:
        return _("{unit}{when}的{title}已导入过（{files}），本次将整份替换").format(**names)
    if group.replaces:
        return _("{unit}{when}的{title}已导入过（{files}），原来的{rows}行将不再计入").format(**names)
    return _(
        "{unit}{when}的{title}已导入过（{files}，{rows}行）。不确认替换，则按编号增补、更新；确认替换，则原来的行不再计入"
    ).format(**names)


def _twice(group: Group, files: list[str], units: dict[str, str]) -> str:
    title, when = ledger_kinds()[group.ledger].title, _when(group)
    return _("本次有{n}个文件都是{unit}{when}的{title}：{files}，将合在一起计入").format(
        n=len(files), unit=units[group.unit_id], when=when, title=title, files="、".join(files)
    )


def unseen(sheets: Iterable[Sheet], leave_out: frozenset[str]) -> list[Question]:
    """Ask whether rows that are hidden or struck through are to count."""
    words = {"hidden": _("本表有{n}行隐藏的数据。是否不计入？"), "struck": _("本表有{n}行划掉的数据。是否不计入？")}
    found = []
    for sheet in sheets:
        for mark in UNSEEN:
            rows = len(marks_of(sheet)[mark])
            if rows and mark not in leave_out:
                facts = {"rows": rows}
                found.append(Question(mark, sheet.file, sheet.sheet, words[mark].format(n=rows), False, facts))
    return found


def unnamed_crs(sheets: Iterable[Sheet], crs: str | None) -> list[Question]:
    """Say where coordinates come without the name of their system."""
    found: dict[str, Question] = {}
    for sheet in sheets:
        lonlat = [name for name, column in sheet.ledger.columns.items() if column.type == "lonlat"]
        if crs or sheet.crs or not any(any(map(str.strip, sheet.cells.get(name, []))) for name in lonlat):
            continue
        message = _("经纬度没有写明坐标系，按 WGS84 计。如果是高德、百度等坐标，请指明")
        found.setdefault(sheet.file, Question("crs", sheet.file, sheet.sheet, message, False))
    return list(found.values())


def unmapped(file: str, sheets: Iterable[Sheet | NotALedger], error: AtlasError | None) -> list[Question]:
    """Ask for a mapping or a password where a file cannot be taken without."""
    if error is not None and error.code == "password":
        return [Question("password", file, None, error.message, True)]
    if error is None or error.code != "not_a_ledger":
        return []
    uncertain = [sheet for sheet in sheets if isinstance(sheet, NotALedger) and sheet.ledger and sheet.proposals]
    return [
        Question("mapping", file, sheet.sheet, _message(sheet), True, {"ledger": sheet.ledger})
        for sheet in uncertain[:1]
    ]


def _message(sheet: NotALedger) -> str:
    title = ledger_kinds()[str(sheet.ledger)].title
    return _("像是{title}，但有{n}个表头需要确认").format(title=title, n=len(sheet.proposals))

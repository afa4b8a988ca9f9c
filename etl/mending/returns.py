"""退回修改单: per community one workbook with only its rows that need mending, the reasons, what would be right, a deadline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import polars as pl
from polars import col

from etl.codelist import CodeLists
from etl.mending.printed import SAMPLE_MARK, PrintedTable, file_name, write_printed
from etl.mending.quality import SEVERITIES, shown
from etl.reporting import STREET
from etl.values.cells import MASK, distinct, masked
from etl.values.choices import parse_codes

if TYPE_CHECKING:
    from etl.intake_files import Intake
    from etl.recognise import Sheet
    from etl.street import Street

UNKNOWN = _("社区待核实")
INFORMANT = ("informant", "信息员")
NARROW, WIDE, TEXT_WIDTH = 8, 22, 34


@dataclass(frozen=True)
class Part:
    """The rows of one sheet that go back to one community; `bad` are their bad cells."""

    sheet: Sheet
    day: date | None
    bad: pl.DataFrame


def _stored(intake: Intake, sheet: Sheet) -> pl.DataFrame:
    """Return the community of the sheet's rows that were kept."""
    rows = intake.ledgers.get(sheet.ledger.id)
    if rows is None:
        return pl.DataFrame(schema={"row": pl.Int32(), "stored": pl.String()})
    mine = rows.filter((col("file") == sheet.file) & (col("sheet") == sheet.sheet))
    return mine.select("row", col("community_id").alias("stored")).unique("row")


def _named(sheet: Sheet, codes: CodeLists) -> pl.DataFrame:
    """Return the community that each row's own cell names, also of rows that were not kept."""
    names = [c.column for c in sheet.columns if sheet.ledger.columns[c.column].type == "community"]
    frame = sheet.data
    if not names or names[0] not in frame.columns:
        return frame.select("row", pl.lit(None, pl.String).alias("named"))
    texts = distinct(frame, names[:1]).with_columns(pl.lit("community").alias("list"))
    known = parse_codes(texts, codes).select("text", col("value").alias("named")).unique("text")
    return frame.select("row", col(names[0]).alias("text")).join(known, on="text", how="left").drop("text")


def _owners(intake: Intake, entry: dict[str, Any], codes: CodeLists) -> pl.DataFrame:
    """Return (row, owner) of a sheet: the community that reported it, else the one in which the row lies, else null."""
    sheet: Sheet = entry["source"]
    if entry["unit_id"] not in (None, STREET):
        return sheet.data.select("row", pl.lit(entry["unit_id"]).alias("owner"))
    rows = _named(sheet, codes).join(_stored(intake, sheet), on="row", how="left")
    return rows.select("row", pl.coalesce("stored", "named").alias("owner"))


def _day(entry: dict[str, Any]) -> date | None:
    text = entry.get("as_of") or entry.get("period_to")
    return date.fromisoformat(text) if text else None


def _parts(intake: Intake, codes: CodeLists) -> dict[str | None, list[Part]]:
    """Return what goes back, by community id; None for rows of no known community."""
    found: dict[str | None, list[Part]] = {}
    bad = shown(intake.bad)
    for entry in intake.sheets.values():
        sheet: Sheet = entry["source"]
        mine = bad.filter((col("file") == sheet.file) & (col("sheet") == sheet.sheet) & col("row").is_in(sheet.rows))
        if len(mine):
            owned = mine.join(_owners(intake, entry, codes), on="row", how="left", maintain_order="left")
            for (owner,), cells in owned.group_by("owner", maintain_order=True):
                found.setdefault(str(owner) if owner else None, []).append(Part(sheet, _day(entry), cells))
    return found


def _columns(sheet: Sheet) -> tuple[list[tuple[str, str]], list[str]]:
    """Return (column, header) of what may be shown, and the headers of what is left out as personal.

    Of persons in a sensitive class nothing is shown: they are found by their row's number.
    """
    if sheet.ledger.aggregate:
        return [], [mapped.header for mapped in sheet.columns]
    shown_columns, personal = [], []
    for mapped in sheet.columns:
        says_who = any(word in mapped.column or word in mapped.header for word in INFORMANT)
        if sheet.ledger.columns[mapped.column].is_personal or says_who:
            personal.append(mapped.header)
        elif mapped.column in sheet.cells:
            shown_columns.append((mapped.column, mapped.header))
    return shown_columns, personal


def _said(cells: list[dict[str, Any]]) -> tuple[str, str]:
    """Return what is wrong with a row and what would be right; numbered where there is more than one."""
    numbers = [f"{n}. " for n in range(1, len(cells) + 1)] if len(cells) > 1 else [""]
    wrong = [f"{n}【{SEVERITIES[c['severity']]}】{c['reason']}" for n, c in zip(numbers, cells, strict=True)]
    right = [f"{n}{c['suggestion'] or ''}" for n, c in zip(numbers, cells, strict=True)]
    return "\n".join(wrong), "\n".join(right)


def _rows(part: Part, columns: list[tuple[str, str]]) -> Iterator[tuple[list[Any], dict[int, str]]]:
    """Yield the cells of each row, and which of them to colour."""
    wanted = part.bad.select("row").unique()
    names = [name for name, _header in columns]
    frame = part.sheet.data.join(wanted, on="row", how="semi", maintain_order="left")
    frame = frame.with_columns(masked(col(name)).alias(name) for name in names)
    bad: dict[int, list[dict[str, Any]]] = {}
    for cell in part.bad.iter_rows(named=True):
        bad.setdefault(cell["row"], []).append(cell)
    for row, *texts in frame.select("row", *names).iter_rows():
        worst = {c["column"]: c["severity"] for c in sorted(bad[row], key=lambda c: c["severity"], reverse=True)}
        marks = {place + 1: worst[name] for place, name in enumerate(names) if name in worst}
        if any(c["column"] not in names for c in bad[row]):  # of the whole row, or of a column that is not shown
            marks[len(names) + 1] = "reject" if any(c["severity"] == "reject" for c in bad[row]) else "warning"
        hidden = {c["column"] for c in bad[row] if c["value"] == MASK}  # a person may be named in it
        shown = [MASK if name in hidden else text for name, text in zip(names, texts, strict=True)]
        yield [row, *shown, *_said(bad[row])], marks


def _facts(part: Part, unit: str, deadline: date | None, personal: list[str]) -> tuple[str, ...]:
    when = _("请于{day}前改好退回").format(day=f"{deadline.year}年{deadline.month}月{deadline.day}日") if deadline else _(
        "请改好后退回")  # fmt: skip
    day = f"{part.day:%Y-%m-%d}" if part.day else _("未注明")
    place = _("原表：{file}（{sheet}）　　单位：{unit}　　数据日期：{day}　　{when}").format(
        file=PurePath(part.sheet.file).name, sheet=part.sheet.sheet, unit=unit, day=day, when=when
    )
    left_out = _("个人信息（{names}）未列出，请对照原表。").format(names="、".join(personal)) if personal else ""
    how = _("请在原表的“原表行号”那一行改正涂色的格后重新报送，不要用本单代替台账。")
    return place, how + left_out


def _table(part: Part, unit: str, deadline: date | None) -> PrintedTable:
    columns, personal = _columns(part.sheet)
    rows: list[list[Any]] = []
    marks: dict[tuple[int, int], str] = {}
    for place, (cells, coloured) in enumerate(_rows(part, columns)):
        rows.append(cells)
        marks |= {(place, column): severity for column, severity in coloured.items()}
    longest = [max(len(str(row[n + 1] or "").encode("gb18030")) for row in rows) + 2 for n in range(len(columns))]
    widths = (NARROW, *(min(max(width, NARROW), WIDE) for width in longest), TEXT_WIDTH, TEXT_WIDTH)
    title = _("{unit}{ledger}退回修改单").format(unit=unit, ledger=part.sheet.ledger.title)
    header = (_("原表行号"), *(header for _name, header in columns), _("问题"), _("应改为"))
    facts = _facts(part, unit, deadline, personal)
    return PrintedTable(part.sheet.ledger.title, title, facts, header, rows, widths, marks)


def _unit(title: str) -> str:
    return title if title.endswith("社区") else _("{title}社区").format(title=title)


def write_returns(intake: Intake, street: Street, out_folder: Path, deadline: date | None) -> list[Path]:
    """Write one 退回修改单 per community with rows to mend, in official order, and 社区待核实 last; return their paths."""
    codes = CodeLists.load(street=street.path / "codes")
    parts = _parts(intake, codes)
    units = {code: _unit(title) for code, title in codes.titles("community") if code in parts}
    mark = SAMPLE_MARK if intake.is_sample else ""
    written = []
    for owner, unit in [*units.items(), *([(None, UNKNOWN)] if None in parts else [])]:
        last = max((part.day for part in parts[owner] if part.day), default=date.today())
        name = file_name(_("退回修改单"), unit, f"{last:%Y-%m-%d}", mark.replace("　", " "))
        written.append(write_printed(out_folder / name, [_table(p, unit, deadline) for p in parts[owner]], mark))
    return written

"""表头对应方案: what the headers of one pattern of file stand for, as a YAML file that people read, edit and share.

    title: 仲裁院月报              its name, shown wherever it is used; also the name of its file
    ledger: dispute                the kind of ledger that the sheets are
    columns:                       header: column of the ledger (its id, or its title such as 受理日期)
      登记时间点: received_date
    ignore: [经办意见]             headers that were looked at and stand for nothing here
    pattern:                       which sheets are meant; without it, those with one header of `columns`
      headers: [登记时间点, …]     all headers of the sheet when it was confirmed, in any order
      at_least: 4                  so many of them must be there (default: 60 %; 1 where only `columns` are known)
      file: 仲裁.*月报             regular expressions that must be found in the file's name,
      sheet: ^\\d+月$               the sheet's name,
      title: 仲裁院                the titles above the header
    crs: gcj02                     coordinate system of its coordinates (wgs84, cgcs2000, gcj02, bd09)
    dates: mdy                     3/29/2017 is month first (mdy) or day first (dmy)
    unit: 坂田街道南坑社区         the reporting unit of these sheets, whatever their titles say
    period: [title, sheet, file]   where the period stands, in this order: 4/1/2020 - 4/30/2020 or 2005-2014 too
    skip: ['\\d+ Ended Cases']      rows whose first text is wholly this are passed over as totals
    empty: ['NULL']                texts that mean an empty cell

Headers are compared as everywhere: without width, spaces, marks, numbering and unit. What `columns` and `ignore` leave
out is matched by the program's own dictionary. A mapping that does not cover the ledger's required columns is not used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from etl.errors import LedgerError
from etl.instructions import CRS
from etl.ledger import LedgerKind, ledger_kinds
from etl.sheets.header import normalise

DATE_ORDERS = ("mdy", "dmy")
PLACES = ("title", "sheet", "file")
SHARE = 0.6  # of the headers seen when a mapping was confirmed; it survives a column more, fewer or elsewhere
LISTS = ("ignore", "period", "skip", "empty")
UNSAFE = re.compile(r"[^\w\u4e00-\u9fff()（）-]+")


@dataclass(frozen=True)
class Pattern:
    """Which sheets a mapping is for; `headers` are as written, a missing expression fits everything."""

    headers: tuple[str, ...] = ()
    at_least: int | None = None
    file: str | None = None
    sheet: str | None = None
    title: str | None = None


@dataclass(frozen=True)
class Mapping:
    """One mapping; `is_given`: the call names it (--mapping), so it goes before the street's saved ones."""

    title: str
    ledger: str
    columns: dict[str, str] = field(hash=False)
    ignore: tuple[str, ...] = ()
    pattern: Pattern = Pattern()
    crs: str | None = None
    dates: str | None = None
    unit: str | None = None
    period: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    is_given: bool = False

    @property
    def at_least(self) -> int:
        """Return how many of the pattern's headers a sheet must have."""
        if self.pattern.at_least is not None:
            return self.pattern.at_least
        return -int(-len(self.pattern.headers) * SHARE // 1) or 1


def header_key(header: str) -> str:
    """Return the form in which headers are compared; a two-level one is written 上/下."""
    return normalise(re.sub(r"\s+", "", header))[0]


def _wrong(message: str, file: str, remedy: str, column: str | None = None) -> LedgerError:
    return LedgerError(message, file=file, column=column, code="mapping", remedy=remedy)


def _nearest(word: str, known: list[str]) -> str:
    found = process.extractOne(word, known, scorer=fuzz.WRatio)
    return _("最相近的是{name}").format(name=found[0]) if found else _("请对照说明修改")


def _check_keys(said: dict[str, Any], known: list[str], file: str) -> None:
    for name in said:
        if name not in known:
            raise _wrong(_("表头对应方案里有不认识的项：{name}").format(name=name), file, _nearest(str(name), known))


def _column_of(header: str, said: Any, kind: LedgerKind, file: str) -> str:
    """Return the id of the column that is named by id or title."""
    by_title = {column.title: column.id for column in kind.columns.values()}
    if said in kind.columns:
        return str(said)
    if said in by_title:
        return by_title[said]
    message = _("{ledger}没有“{column}”这一列（表头“{header}”）").format(ledger=kind.title, column=said, header=header)
    raise _wrong(message, file, _nearest(str(said), [*kind.columns, *by_title]), header)


def _kind_of(said: Any, file: str) -> LedgerKind:
    kinds = ledger_kinds()
    if said not in kinds:
        message = _("没有“{name}”这种台账").format(name=said)
        raise _wrong(message, file, _nearest(str(said), list(kinds)))
    return kinds[said]


def _check_values(said: dict[str, Any], file: str) -> None:
    """Refuse values that cannot be: a list where a text belongs, an unknown word, a broken expression."""
    pattern = said.get("pattern", {})
    offered = (("crs", CRS, [said.get("crs")]), ("dates", DATE_ORDERS, [said.get("dates")]),
               ("period", PLACES, said.get("period", [])))  # fmt: skip
    for name, known, values in offered:
        if wrong := [value for value in values if value not in (None, *known)]:
            message = _("{name} 不能是“{value}”").format(name=name, value=wrong[0])
            raise _wrong(message, file, _("可用：{known}").format(known="、".join(known)))
    for text in [*said.get("skip", []), *(pattern.get(name) or "" for name in PLACES)]:
        try:
            re.compile(text)
        except re.error as error:
            raise _wrong(_("“{text}”不是正确的正则表达式").format(text=text), file, _("请修改或删去")) from error


def _check_shapes(said: dict[str, Any], file: str) -> None:
    """Refuse a value that is no list, text or group of entries where one belongs."""
    pattern = said.get("pattern", {})
    shapes = {"columns": dict, "pattern": dict, **dict.fromkeys(LISTS, list), **dict.fromkeys(("title", "unit"), str)}
    wrong = [name for name, shape in shapes.items() if name in said and not isinstance(said[name], shape)]
    if not wrong:
        _check_keys(pattern, list(Pattern.__dataclass_fields__), file)
        texts = [text for name in LISTS for text in said.get(name, [])] + [pattern[n] for n in PLACES if n in pattern]
        wrong = ["pattern"] if not isinstance(pattern.get("headers", []), list) else []
        wrong += ["at_least"] if type(pattern.get("at_least", 1)) is not int else []
        wrong += [str(text) for text in texts if not isinstance(text, str)]
    if wrong:
        remedy = _("文字请加引号，多项请写成[甲, 乙]")
        raise _wrong(_("表头对应方案里这一项写得不对：{name}").format(name=wrong[0]), file, remedy)


def parse_mapping(said: Any, file: str) -> Mapping:
    """Return the mapping of a parsed YAML file; LedgerError names the file, what is wrong and what is nearest."""
    if not isinstance(said, dict):
        raise _wrong(_("表头对应方案应由“名称: 值”组成"), file, _("请对照说明修改"))
    _check_keys(said, [name for name in Mapping.__dataclass_fields__ if name != "is_given"], file)
    if missing := [name for name in ("title", "ledger", "columns") if not said.get(name)]:
        raise _wrong(_("表头对应方案缺少：{name}").format(name="、".join(missing)), file, _("请补上"))
    _check_shapes(said, file)
    _check_values(said, file)
    kind = _kind_of(said["ledger"], file)
    columns = {str(header): _column_of(str(header), name, kind, file) for header, name in said["columns"].items()}
    _check_once(columns, said.get("ignore", []), file)
    pattern = Pattern(
        **{**said.get("pattern", {}), "headers": tuple(map(str, said.get("pattern", {}).get("headers", ())))}
    )
    lists = {name: tuple(said.get(name, ())) for name in LISTS}
    return Mapping(**{**said, **lists, "columns": columns, "pattern": pattern})


def _check_once(columns: dict[str, str], ignore: list[str], file: str) -> None:
    """Refuse one header (as headers are compared) that is said to be two things."""
    known: dict[str, str] = {}
    for header, column in [*columns.items(), *((header, "") for header in ignore)]:
        if known.setdefault(header_key(header), column) != column:
            raise _wrong(_("表头“{header}”写了两种对应").format(header=header), file, _("请只保留一种"), header)


def read_mapping(path: Path) -> Mapping:
    """Read one mapping file; LedgerError where it cannot be read or is wrong."""
    try:
        said = yaml.safe_load(path.read_text("utf-8-sig"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise _wrong(_("表头对应方案无法读取"), path.name, _("请检查文件是否存在，以及缩进和冒号")) from error
    return parse_mapping(said, path.name)


def load_mappings(folder: Path, extra: tuple[Path, ...] = ()) -> tuple[Mapping, ...]:
    """Return the mappings that the call names (`extra`), then the street's saved ones (`<street>/mappings/*.yml`)."""
    given = tuple(replace(read_mapping(path), is_given=True) for path in extra)
    return given + tuple(read_mapping(path) for path in sorted(folder.glob("*.yml")))


def export_mapping(mapping: Mapping) -> str:
    """Return the mapping as the text of its file, each column with its title behind it."""
    said: dict[str, Any] = {"title": mapping.title, "ledger": mapping.ledger}
    text = _yaml(said) + "columns:\n"
    titles = {column.id: column.title for column in _kind_of(mapping.ledger, mapping.title).columns.values()}
    for header, column in mapping.columns.items():
        text += f"  {_yaml({header: column}).rstrip()}  # {titles[column]}\n"
    rest: dict[str, Any] = {name: list(getattr(mapping, name)) for name in LISTS}
    pattern = {name: getattr(mapping.pattern, name) for name in Pattern.__dataclass_fields__}
    rest["pattern"] = {name: list(v) if isinstance(v, tuple) else v for name, v in pattern.items() if v}
    rest |= {name: getattr(mapping, name) for name in ("crs", "dates", "unit")}
    rest = {name: value for name, value in rest.items() if value}
    return text + (_yaml(rest) if rest else "")


def _yaml(said: dict[str, Any]) -> str:
    return yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000)


def save_mapping(folder: Path, mapping: Mapping) -> Path:
    """Write the mapping into a street's folder of mappings; one of the same title is replaced, no other."""
    name = UNSAFE.sub("_", mapping.title).strip("_") or "mapping"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.yml"
    number = 2
    while path.exists() and read_mapping(path).title != mapping.title:
        path, number = folder / f"{name}_{number}.yml", number + 1
    draft = path.with_suffix(".draft")
    draft.write_text(export_mapping(mapping), "utf-8")
    draft.replace(path)
    return path

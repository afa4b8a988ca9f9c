"""A new kind of ledger from one sample workbook: `union-atlas new-ledger SAMPLE.xlsx --id training` writes its YAML.

What can be told from headers and cells is filled in; what a person has to decide is listed as `review`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path, PurePath
from typing import Any

import yaml

from etl.errors import LedgerError
from etl.formats.sheet_text import SheetText
from etl.ledger import FOLDER, LedgerKind, ledger_kinds, parse_kind
from etl.read import read_file
from etl.recognise import recognise
from etl.sheets.guessed_columns import Guess, guess_columns
from etl.sheets.header import levels_of
from etl.sheets.heading import FILED, SAMPLE
from etl.sheets.ledger_sheet import Sheet
from etl.sheets.propose import header_rows

ID = re.compile(r"[a-z][a-z0-9_]{1,40}")
BRACKETS = re.compile(r"[(（\[【].*?[)）\]】]")
PLACE = re.compile(r"^.*(?:街道|社区|总工会|工联会)")
TIMES = re.compile(
    r"(?:截[至止])?(?:(?:19|20)\d\d)?年?(?:\d{1,2}月(?:\d{1,2}日)?|第?[一二三四]季度|[上下]半年|年度)?(?=\D|$)"
)
REGISTER = re.compile(r"名册|花名册|名录|名单|一览表|基本情况|截[至止]|清册|登记册|档案")
HALF, YEAR, ONCE = re.compile(r"半年"), re.compile(r"年度|全年"), re.compile(r"一次性")


@dataclass(frozen=True)
class NewLedger:
    """The text of the new file, the kind that it is, and what a person should look at."""

    text: str
    kind: LedgerKind
    guesses: tuple[Guess, ...]
    review: tuple[str, ...]


def _cannot(message: str, sample: Path, remedy: str) -> LedgerError:
    return LedgerError(message, file=sample.name, code="new_ledger", remedy=remedy)


def _header_of(sheet: SheetText) -> tuple[int, int] | None:
    """Return (first row, row after it) of the likeliest header: the first of the widest."""
    found = list(header_rows(sheet))
    widths = [sum(1 for level in levels_of(sheet, row, end - row) if level) for row, end in found]
    return found[widths.index(max(widths))] if found else None


def _sample_sheet(sample: Path) -> tuple[SheetText, int, int]:
    """Return the sample's longest sheet that has a header, and where that stands."""
    sheets = sorted(read_file(sample), key=lambda sheet: -len(sheet.rows))
    for sheet in sheets:
        if (header := _header_of(sheet)) and header[1] < len(sheet.rows):
            return sheet, *header
    message = _("样表里没有找到表头和至少一行数据")
    raise _cannot(message, sample, _("表头至少要有三个不同的列名，下面填几行样例"))


def _title_of(titles: Sequence[str], sample: Path) -> str:
    """Return a title without place, time and brackets (坂田街道南坑社区培训活动台账（2018年12月） → 培训活动台账)."""
    for text in (*titles, PurePath(sample.name).stem):
        plain = BRACKETS.sub("", FILED.sub("", SAMPLE.sub("", text)))
        plain = re.sub(r"[\s_\-—]+", "", TIMES.sub("", PLACE.sub("", plain)))
        if re.search(r"[\u4e00-\u9fff]{2,}", plain):
            return plain if plain.endswith(("台账", "名册", "表", "名录", "清单")) else plain + "台账"
    return _("新台账")


def _mode_of(texts: str, guesses: Sequence[Guess]) -> str:
    """Return register for lists of what there is, event for lists of what happened."""
    if REGISTER.search(texts):
        return "register"
    return "event" if any(guess.facts["type"] == "date" for guess in guesses) else "register"


def _due_of(texts: str, mode: str, guesses: Sequence[Guess]) -> dict[str, str]:
    unit = "community" if "社区" in texts or any(g.facts["type"] == "community" for g in guesses) else "street"
    every = "half_year" if mode == "register" or HALF.search(texts) else "month"
    if YEAR.search(texts):
        every = "year"
    return {"unit": unit, "every": "once" if ONCE.search(texts) else every}


def _key_of(guesses: Sequence[Guess]) -> list[str]:
    """Return the columns that tell rows apart: a number, else a name, else the first two that do together."""
    usable = [g for g in guesses if g.facts.get("privacy", "P0") in ("P0", "P1") and g.is_full]
    single = [g for g in usable if g.is_distinct and g.facts["type"] in ("text", "credit_code")]
    for guess in (*(g for g in single if g.id.endswith("_no") or g.facts["type"] == "credit_code"), *single):
        return [guess.id]
    for first in usable:
        for second in usable:
            if first is not second and len(set(zip(first.cells, second.cells, strict=True))) == len(first.cells):
                return [first.id, second.id]
    return [(usable or list(guesses))[0].id]


def _review(guesses: Sequence[Guess], key: list[str], mode: str, due: dict[str, str]) -> tuple[str, ...]:
    """Return what was guessed and a person should decide."""
    mode_title = _("全量名册（每次报全部）") if mode == "register" else _("逐条记录（每次报新增的）")
    said = [
        _("方式 mode：{mode}（{title}）").format(mode=mode, title=mode_title),
        _("应报 due：{unit}，{every}").format(**due),
        _("关键列 key：{key}，同一关键列的两行算同一条").format(key="、".join(key)),
    ]
    said += [_("列 {id}（{header}）：{why}").format(id=g.id, header=g.header, why=g.why) for g in guesses if g.why]
    return tuple(said)


def new_ledger(sample: Path, name: str, title: str | None = None) -> NewLedger:
    """Return the new kind; LedgerError where the name is taken or the sample is a known ledger or none at all."""
    if not ID.fullmatch(name):
        raise _cannot(_("“{name}”不能作台账的标识").format(name=name), sample, _("请用小写英文字母，如 training"))
    if name in ledger_kinds():
        message = _("标识“{name}”已是{title}").format(name=name, title=ledger_kinds()[name].title)
        raise _cannot(message, sample, _("请换一个标识"))
    if not sample.is_file():
        raise _cannot(_("找不到样表"), sample, _("请写明样表的路径"))
    sheet, row, end = _sample_sheet(sample)
    known = recognise(sheet)
    if isinstance(known, Sheet):
        message = _("样表已能识别为{title}，不需要新的台账种类").format(title=known.ledger.title)
        raise _cannot(message, sample, _("直接用 check 校验它；表头有新写法时加进该台账的 variants"))
    return _made(sample, sheet, row, end, name, title)


def _made(sample: Path, sheet: SheetText, row: int, end: int, name: str, title: str | None) -> NewLedger:
    guesses = guess_columns(sheet, row, end)
    titles = [text for line in sheet.rows[:row] if (text := "".join(map(str.strip, line)))]
    title = title or _title_of(titles, sample)
    texts = "　".join((*titles, sheet.sheet, sample.stem))
    mode = _mode_of(f"{title}　{texts}", guesses)
    due, key = _due_of(texts, mode, guesses), _key_of(guesses)
    required = set(key) | (
        {g.id for g in guesses if g.facts["type"] == "date" and g.is_full} if mode == "event" else set()
    )
    dates = [g.id for g in guesses if g.facts["type"] == "date" and g.id in required and g.id not in key]
    required -= set(dates[1:])  # the first date says when it happened, later ones may still come
    text = _text(name, title, sample, mode, due, key, guesses, required)
    kind = parse_kind(name, yaml.safe_load(text))
    found = recognise(sheet, {**ledger_kinds(), name: kind})
    if not isinstance(found, Sheet) or found.ledger.id != name:
        reason = "" if isinstance(found, Sheet) else found.reason
        raise _cannot(_("照样表写出的台账认不出样表（{reason}）").format(reason=reason), sample, _("请检查样表的表头"))
    return NewLedger(text, kind, guesses, _review(guesses, key, mode, due))


def _text(
    name: str,
    title: str,
    sample: Path,
    mode: str,
    due: dict[str, str],
    key: list[str],
    guesses: Sequence[Guess],
    required: set[str],
) -> str:
    """Return the file: each guess with what to review behind it."""
    head: dict[str, Any] = {"title": title, "meaning": _("{title}，一行一条").format(title=title), "mode": mode}
    lines = [f"# 由样表生成（{sample.name}），逐项核对后再用；每一项的含义见 etl/ledger.py", *_yaml(head).splitlines()]
    lines.append(
        f"due: {{unit: {due['unit']}, every: {due['every']}, by_days: 10}}  # 谁应报、多久报一次、期末后几天内报"
    )
    if mode == "register":
        lines.append("carry_months: 6  # 没有新名册时，旧的最多沿用几个月")
    lines.append(f"key: [{key[0]}]" if len(key) == 1 else f"key: [[{', '.join(key)}]]")
    lines.append("columns:")
    for guess in guesses:
        lines.append(f"  {guess.id}:" + (f"  # {guess.why}" if guess.why else ""))
        facts = {**guess.facts, **({"required": True} if guess.id in required else {})}
        lines += [f"    {line}" for line in _yaml(facts).splitlines()]
    return "\n".join(lines) + "\n"


def _yaml(said: dict[str, Any]) -> str:
    """Return entries one a line, lists in brackets as in the program's own files."""
    return "".join(f"{key}: {_value(value)}\n" for key, value in said.items())


def _value(value: Any) -> str:
    text = yaml.safe_dump(value, allow_unicode=True, width=10_000, default_flow_style=True)
    return text.removesuffix("...\n").strip()


def write_new_ledger(sample: Path, name: str, title: str | None = None, out: Path | None = None) -> dict[str, Any]:
    """Write the new kind's file (default: among the program's own) and return what to print; nothing is overwritten."""
    path = out or FOLDER / f"{name}.yml"
    if path.exists():
        raise LedgerError(
            _("文件已经有了，不会覆盖"), file=path.name, code="exists", remedy=_("请删去它，或用 --out 换一个")
        )
    made = new_ledger(sample, name, title)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as handle:
            handle.write(made.text)
    except OSError as error:
        message = _("写不进这个文件夹")
        raise LedgerError(message, file=path.name, code="new_ledger", remedy=_("请用 --out 换一个位置")) from error
    columns = [
        {"id": g.id, "header": g.header, **{k: g.facts.get(k) for k in ("type", "codes", "privacy")}}
        for g in made.guesses
    ]
    return {"ledger": name, "title": made.kind.title, "out": str(path), "columns": columns, "review": list(made.review)}


def new_ledger_text(answer: dict[str, Any]) -> str:
    """Return the answer for people."""
    lines = [_("{title}已写入 {out}，共{n}列。请核对：").format(n=len(answer["columns"]), **answer)]
    return "\n".join([*lines, *(f"  {text}" for text in answer["review"])])

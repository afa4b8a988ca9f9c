"""按模板填数 in the terminal: what `fill` does, as JSON for programs and as lines for people."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import Any

from briefing.filling.cell_value import CellValue
from briefing.filling.fill import Filled, FilledCell, TemplateError, fill
from briefing.filling.template import MOST_BYTES, check_ending
from briefing.run import check_free, keep_files, read_file
from etl.errors import FileError
from etl.formats.bounds import too_large
from metrics.closed.revised_words import day_text

Answer = dict[str, Any]


def fill_json(street: Path, arguments: argparse.Namespace) -> Answer:
    """Fill a template into the file that is named; return what was filled, or every placeholder that could not be."""
    template, out = arguments.template, arguments.out
    _check_place(template, out, arguments.overwrite)
    try:
        filled = fill(street, _bytes(template), template.name)
    except TemplateError as error:
        return {"error": error.as_dict(), "problems": [asdict(problem) for problem in error.problems]}
    keep_files({out: filled.content}, arguments.overwrite)
    return {"file": template.name, "out": str(out), **_told(filled)}


def _bytes(path: Path) -> bytes:
    if path.is_file() and path.stat().st_size > MOST_BYTES:
        raise too_large(path.name, MOST_BYTES // 1_000_000)
    return read_file(path)


def _check_place(template: Path, out: Path, may_overwrite: bool) -> None:
    """Refuse to write over the template, over another file unasked, or under another kind of name."""
    check_ending(template.name)
    if out.suffix.lower() != template.suffix.lower():
        message = _("--out 应与模板一样是 {suffix} 文件").format(suffix=template.suffix)
        raise FileError(message, file=out.name, remedy=_("请改文件名"), code="wrong_ending")
    if out.resolve() == template.resolve():
        message = _("不能写回模板本身，模板下个月还要用")
        raise FileError(message, file=out.name, remedy=_("请用 --out 写明另一个文件"), code="same_file")
    if not may_overwrite:
        check_free([out])  # before the long work, not after it


def _told(filled: Filled) -> Answer:
    return {
        "generation_no": filled.generation_no,
        "generation": filled.generation_id,
        "is_sample": filled.is_sample,
        "cells": [{**asdict(cell), "is_closed": cell.closed_on is not None} for cell in filled.cells],
        "not_filled": [asdict(one) for one in filled.not_filled],
        "notes": list(filled.notes),
    }


def fill_text(answer: Answer) -> str:
    """Return what was filled, cell by cell, or what has to be mended in the template."""
    if "error" in answer:
        return _problems_text(answer)
    lines = [
        "　".join(
            filter(None, (f"{c['sheet']}!{c['cell']}", c["question"], shown(c["value"]), data_text(c), c["note"]))
        )
        for c in answer["cells"]
    ]
    lines += [_("没有填（只填单元格）：{text}").format(text=elsewhere_text(one)) for one in answer["not_filled"]]
    end = _("已填{n}处，写入 {out}").format(n=len(answer["cells"]), out=answer["out"])
    return "\n".join([*lines, *answer["notes"], end])


def _problems_text(answer: Answer) -> str:
    problems = answer["problems"]
    lines = [f"{p['sheet']}!{p['cell']}　{p['text']}　{p['message']}，{p['remedy']}" for p in problems]
    file = answer["error"]["file"]
    return "\n".join([_("{file}：有{n}处填不出，没有生成文件：").format(file=file, n=len(problems)), *lines])


def shown(value: CellValue) -> str:
    """Return what went into a cell as a list shows it."""
    return value if isinstance(value, str) else f"{value:.10g}"


def data_text(cell: Answer | FilledCell) -> str:
    """Return which data a number is of: 数据版本8, of a closed month 定稿（2019年1月8日，数据版本8）."""
    told = cell if isinstance(cell, dict) else asdict(cell)
    if told["closed_on"] is None:
        return _("数据版本{generation_no}").format(**told)
    day = day_text(date.fromisoformat(f"{told['closed_on']}"))
    return _("定稿（{day}，数据版本{generation_no}）").format(day=day, generation_no=told["generation_no"])


def elsewhere_text(one: Answer) -> str:
    """Return a text outside the cells: the sheet, where, what it says."""
    return "　".join(part for part in (one["sheet"], one["where"], one["text"]) if part)

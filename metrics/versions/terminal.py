"""Two versions compared, as the terminal gives it: JSON for programs, lines for people."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from gettext import gettext as _
from pathlib import Path
from typing import Any

from etl.errors import QuestionError
from metrics.question import Row
from metrics.versions import Causes, Version, VersionDiff, compare_versions, numbers, open_version, words
from metrics.versions.figures import FigureChange
from metrics.versions.rows import LedgerChange
from metrics.warehouse import Warehouse

SHOWN = 12  # rows of a ledger and numbers that the text lists; the JSON has more
SIDES = ("numerator", "denominator", "value", "known", "expected")
Answer = dict[str, Any]


def changes_json(street: Path, arguments: argparse.Namespace) -> Answer:
    """Return what differs between the versions that `--changes OLD [NEW]` names; NEW is the newest unless given."""
    asked: list[int] = arguments.changes
    if len(asked) > 2:
        raise QuestionError(_("一次只比较两个数据版本"), remedy=_("写成 --changes 7 8 的样子"), code="usage")
    there = numbers(street)
    newest = there[-1] if there else 0
    new = open_version(street, asked[1] if len(asked) == 2 else newest)
    found = compare_versions(street, asked[0], new.generation_no, arguments.month)
    return _as_dict(found, new)


def _as_dict(found: VersionDiff, new: Warehouse) -> Answer:
    causes = found.causes
    return {
        "old": _version(causes.old),
        "new": _version(causes.new),
        "month": f"{found.month:%Y-%m}",
        "is_other_program": causes.is_other_program,
        **_causes(causes, new),
        "summary": words.summary_text(found),
        "ledgers": [_ledger(change) for change in found.ledgers],
        "figures": [_figure(change, new) for change in found.figures],
        "lacking": list(dict.fromkeys(found.lacking)),
    }


def _version(version: Version) -> Answer:
    said = {name: getattr(version, name) for name in ("number", "id", "built_at", "program_version")}
    return {**said, "loads": [load.load_id for load in version.loads]}


def _causes(causes: Causes, new: Warehouse) -> Answer:
    loads = [
        {**asdict(change.load), "change": "added" if change.is_added else "taken_back", "undone": change.undone}
        for change in causes.loads
    ]
    entries = [
        {
            **asdict(change.entry),
            "said": dict(change.entry.said),
            "change": "added" if change.is_added else "taken_back",
            "text": words.entry_text(change, new),
        }
        for change in causes.entries
    ]
    settings = [asdict(change) for change in causes.settings]
    return {"loads": loads, "entries": entries, "settings": settings, "causes": list(words.cause_lines(causes, new))}


def _ledger(change: LedgerChange) -> Answer:
    return {**asdict(change), "text": words.ledger_text(change)}


def _figure(change: FigureChange, new: Warehouse) -> Answer:
    def sides(row: Row | None) -> Answer | None:
        return None if row is None else {name: getattr(row, name) for name in SIDES}

    place = {"community_id": change.community_id, "community": change.place if change.community_id else None}
    said = {"metric": change.metric.id, "title": change.metric.title, "month": f"{change.month:%Y-%m}", **place}
    return {**said, "was": sides(change.was), "now": sides(change.now), "text": words.figure_text(change, new)}


def changes_text(answer: Answer) -> str:
    """Return what differs for people."""
    head = _("数据版本{old}　与　数据版本{new}").format(old=answer["old"]["number"], new=answer["new"]["number"])
    lines = [head, *answer["causes"], answer["summary"]]
    for ledger in answer["ledgers"]:
        lines.append(ledger["text"])
        lines += [_row_line(row) for row in ledger["rows"][:SHOWN]]
    lines += [figure["text"] for figure in answer["figures"][:SHOWN]]
    if len(answer["figures"]) > SHOWN:
        lines.append(_("……另有{n}个数字，用 --json 查看全部").format(n=len(answer["figures"]) - SHOWN))
    if answer["lacking"]:
        lines.append(_("程序不同，无法比较：{names}。").format(names="、".join(answer["lacking"])))
    return "\n".join(lines)


def _row_line(row: Answer) -> str:
    blank = _("空")
    cells = "；".join(f"{c['title']} {c['was'] or blank}→{c['now'] or blank}" for c in row["cells"])
    place = _("{file} {sheet} 第{row}行").format(file=row["file"], sheet=row["sheet"], row=row["row"])
    return "　".join(filter(None, ("  " + words.STATES[row["state"]], row["key"], cells, place)))

"""Briefings as the terminal makes them: what `brief` and `close` do, as JSON for programs."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Mapping
from dataclasses import asdict
from gettext import gettext as _
from pathlib import Path
from typing import Any

from briefing import archive, many, origins
from briefing.kinds import Kind
from briefing.many import WORD, Made
from briefing.model import Document, Missing
from briefing.request import Request
from briefing.run import (
    check_free,
    endings_of,
    folder_like,
    folder_of,
    keep_files,
    of_all_communities,
    read_file,
)
from briefing.scheduled import ENDINGS, in_order, run
from etl.errors import FileError, QuestionError
from metrics.closed import closing
from metrics.closed.quoted import figures
from metrics.closed.revised import revised
from metrics.closed.revised_words import revised_text
from metrics.periods import month_text
from metrics.warehouse import open_current

Answer = dict[str, Any]
Arguments = argparse.Namespace
PROFILE = "special"  # the kind of which every community gets its own
# What decides alone what is written; beside it these words would be passed over, so they are refused.
ALONE = {
    "scheduled": ("kind", "community", "topic", "out", "issue", "comments", "all_communities", "overwrite"),
    "all_communities": ("community", "topic"),
    "explain": (
        "kind",
        "month",
        "community",
        "topic",
        "out",
        "issue",
        "comments",
        "all_communities",
        "scheduled",
        "public",
        "no_sources",
        "map_approval",
        "formats",
        "overwrite",
    ),
}


def brief_json(street: Path, arguments: Arguments) -> Answer:
    """Do what one `brief` command asks and return what was done."""
    for word, others in ALONE.items():
        if getattr(arguments, word):
            _refuse_beside(arguments, word, others)
    if arguments.accept_missing and not arguments.scheduled:
        raise QuestionError(_("--accept-missing 只和 --scheduled 一起用"), remedy=_("请去掉它"), code="usage")
    if arguments.list:
        return {"kinds": [_kind(kind) for kind in in_order()]}
    if arguments.explain:
        return _explained(street, arguments.explain)
    if arguments.scheduled:
        return _scheduled(street, arguments)
    return _written(street, arguments)


def _option(word: str) -> str:
    return "--" + word.replace("_", "-")


def _refuse_beside(arguments: Arguments, word: str, others: tuple[str, ...]) -> None:
    given = next((other for other in others if getattr(arguments, other)), None)
    if given:
        message = _("{word} 不能和 {given} 一起用").format(word=_option(word), given=_option(given))
        raise QuestionError(message, remedy=_("请去掉其中一个"), code="usage")


def _kind(kind: Kind) -> Answer:
    fields = ("id", "name", "about", "period", "scopes", "audiences")
    return {field: getattr(kind, field) for field in fields}


def _request(arguments: Arguments, kind: str) -> Request:
    return Request(
        kind, arguments.month, arguments.community, arguments.topic, "public" if arguments.public else "internal",
        not arguments.no_sources, arguments.map_approval,
    )  # fmt: skip


def _written(street: Path, arguments: Arguments) -> Answer:
    """Write one document, or one per community, as the files asked for."""
    kind = arguments.kind or (PROFILE if arguments.all_communities else "")
    if not kind:
        raise QuestionError(_("没有写明种类"), remedy=_("用 --kind 写明，用 brief --list 查看全部种类"), code="usage")
    folder, endings = _place(arguments)
    request = _request(arguments, kind)
    requests = of_all_communities(street, request) if arguments.all_communities else [request]
    if folder is None and not arguments.overwrite:
        check_free([arguments.out])  # before the long work, not after it
    made: list[Made] = []
    files: dict[Path, bytes] = {}
    for document, contents in many.made(street, requests, endings, arguments.comments):
        new = {_path(arguments, folder, document, ending): content for ending, content in contents.items()}
        if not arguments.overwrite:
            check_free(new)
        files |= new
        made.append((document, contents))
    if folder is not None:
        folder_of(folder)
    keep_files(files, arguments.overwrite)
    issued = [_issue(street, *pair) for pair in made] if arguments.issue else []
    told = [_document(document, has_facts=len(made) == 1) for document, _contents in made]
    return {"files": [str(path) for path in files], "documents": told, "issued": issued}


def _place(arguments: Arguments) -> tuple[Path | None, tuple[str, ...]]:
    """Return the folder to write into, None for the one file that is named, and the endings."""
    out: Path | None = arguments.out
    if out is None:
        raise QuestionError(_("没有写明写到哪里"), remedy=_("用 --out 写明文件，如 --out 简报.docx"), code="usage")
    is_folder = arguments.all_communities or arguments.formats or out.is_dir() or not out.suffix
    endings = endings_of(arguments.formats or WORD) if is_folder else endings_of(out.suffix)
    if arguments.comments and WORD not in endings:
        raise QuestionError(_("批注只能加在 Word 里"), remedy=_("请去掉 --comments，或写成 .docx"), code="usage")
    return (folder_like(out) if is_folder else None), endings


def _path(arguments: Arguments, folder: Path | None, document: Document, ending: str) -> Path:
    return Path(arguments.out) if folder is None else folder / document.file_name(ending)


def _issue(street: Path, document: Document, contents: Mapping[str, bytes]) -> int:
    return archive.issue(street, document, contents, getpass.getuser()).number


def _missing(missing: Missing) -> Answer:
    return asdict(missing)


def _document(document: Document, has_facts: bool) -> Answer:
    """Return what a program wants to know of a document: what it is, which data, what is not in it, its numbers."""
    names = (
        "kind",
        "title",
        "community_id",
        "community",
        "topic",
        "audience",
        "is_sample",
        "generation_no",
        "closed_on",
    )
    told = {name: getattr(document, name) for name in names}
    told |= {"month": f"{document.month:%Y-%m}", "generation": document.generation_id}
    told |= {"issue_no": document.head.issue_no, "missing": [_missing(missing) for missing in document.missing]}
    if has_facts:
        told["facts"] = [{"text": fact.text, **origins.as_dict(fact.origin)} for fact in document.facts()]
    return told


def _explained(street: Path, path: Path) -> Answer:
    """Return where every number of a Word file comes from and which would differ today."""
    from briefing.explain import explain

    try:
        found = explain(read_file(path), street)
    except FileError as error:
        error.file = error.file or path.name
        raise
    names = ("title", "kind", "month", "street", "audience", "is_sample", "generation_no", "current_no", "is_current")
    rows = [
        {name: getattr(row, name) for name in ("printed", "then", "now", "is_changed", "is_edited_in_file", "question")}
        | {"origin": origins.as_dict(row.origin)}
        for row in found.rows
    ]
    ids = {"generation": found.generation_id, "current": found.current_id}
    return {"file": path.name, **{name: getattr(found, name) for name in names}, **ids, "rows": rows}


def _scheduled(street: Path, arguments: Arguments) -> Answer:
    """Write what is due, or nothing and why."""
    endings = endings_of(arguments.formats) if arguments.formats else ENDINGS
    done = run(street, arguments.scheduled, _request(arguments, ""), endings, arguments.accept_missing)
    return {
        "month": f"{done.month:%Y-%m}",
        "files": [str(path) for path in done.written],
        "kept": [str(path) for path in done.kept],
        "documents": [_document(document, has_facts=False) for document in done.documents],
        "stopped_by": [{"kind": kind, **_missing(reason)} for kind, reason in done.stopped_by],
        "is_stopped": bool(done.stopped_by) and not arguments.accept_missing,
    }


def close_json(street: Path, arguments: Arguments) -> Answer:
    """Close a month with the current data version (月度定稿), open it again, or list what was corrected since."""
    month = f"{arguments.month:%Y-%m}"
    if arguments.revised:
        return _revised(street, arguments)
    if arguments.undo:
        closing.reopen(street, arguments.month, getpass.getuser())
        return {"month": month, "is_closed": False}
    found = closing.close(street, arguments.month, getpass.getuser())
    told = {"generation_no": found.generation_no, "generation": found.generation_id, "closed_on": found.closed_on}
    return {"month": month, "is_closed": True, **told, "figures": len(figures(street, found))}


def _revised(street: Path, arguments: Arguments) -> Answer:
    """Return 定稿后更正 of a month as the terminal's JSON says it; nothing is closed or opened."""
    if arguments.undo:
        raise QuestionError(_("--revised 和 --undo 不能一起用"), remedy=_("只用其中一个"), code="usage")
    warehouse, found = open_current(street), closing.closing(street, arguments.month)
    if found is None:
        message = _("{month}还没有定稿").format(month=month_text(arguments.month))
        raise QuestionError(message, remedy=_("先用 close --month 定稿"), code="not_closed")
    listed = [
        {
            "metric": one.metric.id, "community_id": one.community_id or None, "period": one.period,
            "was": asdict(one.was), "now": asdict(one.now), "why": list(one.why),
            "sentence": revised_text(warehouse, one, arguments.month),
        }
        for one in revised(street, warehouse, arguments.month)
    ]  # fmt: skip
    told = {"generation_no": found.generation_no, "generation": found.generation_id, "closed_on": found.closed_on}
    return {"month": f"{arguments.month:%Y-%m}", "is_closed": True, **told, "revised": listed}

"""What every number in a Word file answers, and whether it would be another today: `union-atlas brief --explain`."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Any

from briefing import origins
from briefing.aspects import ASPECTS, fact
from briefing.model import Origin
from briefing.read_word import Written, read_word
from briefing.source import Source
from etl.errors import FileError, QuestionError
from metrics.question import Audience
from metrics.warehouse import Warehouse, open_current


@dataclass(frozen=True)
class Explained:
    """One number: as the file says it now ("" where it was taken out), as it was written, as it is in today's data.

    `now` is None where today's data have no answer; `question` says in words what the number answers.
    """

    printed: str
    then: str
    now: str | None
    origin: Origin
    question: str

    @property
    def is_changed(self) -> bool:
        """Return whether the data say something else today."""
        return self.now != self.then

    @property
    def is_edited_in_file(self) -> bool:
        """Return whether somebody changed the number in the file."""
        return self.printed != self.then


@dataclass(frozen=True)
class Explanation:
    """A file's own data version and today's, and its numbers in order."""

    title: str
    kind: str
    month: str
    street: str
    audience: Audience
    is_sample: bool
    generation_id: str
    generation_no: int
    current_id: str
    current_no: int
    rows: tuple[Explained, ...]

    @property
    def is_current(self) -> bool:
        """Return whether the file's numbers are from today's data version."""
        return self.generation_id == self.current_id


def explain(content: bytes, street: Path) -> Explanation:
    """Return what a .docx says, said and would say with the street's current data; FileError where it cannot be told."""
    written, warehouse = read_word(content), open_current(street)
    _check_street(written.record, warehouse)
    try:
        return _explanation(written, Source(warehouse, street, _audience(written.record)))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = _("文件里的数据来源记录已损坏，或由更新的程序写成")
        raise FileError(message, remedy=_("请重新生成这份文件"), code="record_damaged") from error


def _audience(record: dict[str, Any]) -> Audience:
    return "public" if record.get("audience") == "public" else "internal"


def _check_street(record: dict[str, Any], warehouse: Warehouse) -> None:
    """Refuse a file of another street, and sample with real: their numbers have nothing to do with each other."""
    if (record.get("street"), record.get("is_sample")) == (warehouse.street, warehouse.is_sample):
        return
    kinds = {True: _("示例数据"), False: _("真实数据")}
    theirs = f"{record.get('street')}（{kinds[bool(record.get('is_sample'))]}）"
    ours = f"{warehouse.street}（{kinds[warehouse.is_sample]}）"
    message = _("这份文件是{theirs}的，当前打开的是{ours}").format(theirs=theirs, ours=ours)
    raise FileError(message, remedy=_("请用 --street 指定它的街道文件夹"), code="other_street")


def _explanation(written: Written, source: Source) -> Explanation:
    record = written.record
    return Explanation(
        title=str(record["title"]),
        kind=str(record["kind"]),
        month=str(record["month"]),
        street=str(record["street"]),
        audience=source.audience,
        is_sample=bool(record["is_sample"]),
        generation_id=str(record["generation_id"]),
        generation_no=int(record["generation_no"]),
        current_id=source.warehouse.generation_id,
        current_no=source.warehouse.generation_no,
        rows=tuple(_row(given, written.printed, source) for given in record["facts"]),
    )


def _row(given: dict[str, Any], printed: dict[str, str], source: Source) -> Explained:
    origin = origins.from_dict(given["origin"])
    return Explained(
        printed=printed.get(given["name"], ""),
        then=str(given["printed"]),
        now=_now(source, origin),
        origin=origin,
        question=origins.words(origin, origins.titles(source.warehouse, [origin])),
    )


def _now(source: Source, origin: Origin) -> str | None:
    """Return the number as today's data have it; None where they no longer know its metric, place or month."""
    if origin.aspect not in ASPECTS:
        return None
    try:
        found = fact(source, origin)
    except QuestionError:
        return None
    return found.text if found else None

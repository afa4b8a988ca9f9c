"""A document as JSON and back, for the archive: every part says what it is, so nothing is guessed when it is read."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from gettext import gettext as _
from typing import Any

from briefing.model import (
    Chart,
    Column,
    Document,
    Edit,
    Fact,
    Head,
    Missing,
    Origin,
    Paragraph,
    Section,
    Sentence,
    Series,
    Shape,
    Table,
    Typed,
)
from etl.errors import StreetError

VERSION = 1
KIND, DAY = "is", "day"  # {"is": "Fact", …}, {"day": "2018-12-01"}
PARTS: tuple[type[Any], ...] = (
    Chart, Column, Document, Edit, Fact, Head, Missing, Origin, Paragraph, Section, Sentence, Series, Shape, Table, Typed,
)  # fmt: skip


def as_json(document: Document) -> dict[str, Any]:
    """Return the document as plain lists, texts and numbers."""
    return {"version": VERSION, "document": _out(document)}


def from_json(record: dict[str, Any]) -> Document:
    """Return the document of a record; StreetError where it is none, or was written by a newer program."""
    if not isinstance(record, dict) or record.get("version") != VERSION:
        raise _unreadable()
    try:
        found = _in(record["document"])
    except (KeyError, TypeError, ValueError) as error:
        raise _unreadable() from error
    if not isinstance(found, Document):
        raise _unreadable()
    return found


def _unreadable() -> StreetError:
    message = _("存档的文件内容无法读取，可能已损坏，或由更新的程序写成")
    return StreetError(message, remedy=_("请从备份中恢复 briefings 文件夹"), code="record_damaged")


def _out(value: Any) -> Any:  # noqa: ANN401 - a tree of the model's parts
    if is_dataclass(value):
        return {KIND: type(value).__name__, **{f.name: _out(getattr(value, f.name)) for f in fields(value)}}
    if isinstance(value, date):
        return {DAY: f"{value}"}
    if isinstance(value, tuple):
        return [_out(item) for item in value]
    return {KIND: "dict", "items": value} if isinstance(value, dict) else value


def _in(value: Any) -> Any:  # noqa: ANN401 - a tree of the model's parts
    if isinstance(value, list):
        return tuple(_in(item) for item in value)
    if not isinstance(value, dict):
        return value
    if set(value) == {DAY}:
        return date.fromisoformat(value[DAY])
    if value[KIND] == "dict":
        return value["items"]
    known = {part.__name__: part for part in PARTS}
    return known[value[KIND]](**{name: _in(item) for name, item in value.items() if name != KIND})

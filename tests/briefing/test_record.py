"""A document's record: read back it is the same document; a damaged one is a sentence."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from briefing import model, record
from briefing.model import Edit, Paragraph, Sentence, Typed
from etl.errors import StreetError
from tests.briefing.documents import MONTH, document


def _there_and_back(found: model.Document) -> model.Document:
    return record.from_json(json.loads(json.dumps(record.as_json(found), ensure_ascii=False)))


def test_a_document_comes_back_as_it_was() -> None:
    found = replace(document(), closed_on=date(2019, 1, 3))
    assert _there_and_back(found) == found


def test_an_edited_sentence_with_odd_conditions_comes_back() -> None:
    edit = Edit("原句", "今句", "甲", MONTH, True, (("1", "2"),))
    odd = Sentence("x", ("a", Typed("7")), "pages/map.py", {"day": "2018-12-01", "is": "Fact"}, edit=edit)
    section = model.Section("s", "t", (Paragraph((odd,)),))
    found = replace(document(), sections=(section,))
    assert _there_and_back(found) == found


def test_every_part_of_the_model_is_known() -> None:
    """A new part that the record forgets would be found when an archive is read, a year later."""
    classes = [
        value for value in vars(model).values() if isinstance(value, type) and value.__module__ == model.__name__
    ]
    parts = {value for value in classes if hasattr(value, "__dataclass_fields__")}
    assert parts == set(record.PARTS)
    assert not [f.name for part in record.PARTS for f in fields(part) if f.name == record.KIND]


@pytest.mark.parametrize(
    "damage",
    [
        lambda r: {},
        lambda r: [],
        lambda r: {**r, "version": 99},
        lambda r: {**r, "document": {"is": "Nothing"}},
        lambda r: {**r, "document": {"is": "Head", "title": "t", "office": "o"}},
        lambda r: {**r, "document": {**r["document"], "month": {"day": "12月"}}},
        lambda r: {**r, "document": {**r["document"], "new_field": 1}},
        lambda r: {"version": r["version"]},
    ],
)
def test_a_damaged_record_is_one_sentence(damage: Any) -> None:  # noqa: ANN401 - a change to any JSON
    with pytest.raises(StreetError, match="无法读取"):
        record.from_json(damage(record.as_json(document())))

"""The record inside the Word file: which hidden bookmark answers which question, from which data. `explain` reads it."""

from __future__ import annotations

import json
from typing import Any

from briefing import origins
from briefing.model import Document, Fact
from briefing.writers.word_text import BOOKMARK
from briefing.writers.word_xml import printable

NAMESPACE = "urn:union-atlas:origins"
ROOT = f"{{{NAMESPACE}}}origins"
VERSION = 1
STORE_ID = "{5F1B6E0C-6F0B-4C56-9C53-2A4C7E0D5A11}"  # Word keeps a part by its own id; ours is always the same


def add_record(word: Any, document: Document, facts: list[Fact]) -> None:
    """Add the record as a custom XML part, which Word and LibreOffice keep when the file is edited."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.oxml import serialize_part_xml
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from lxml import etree

    package = word.part.package
    root = etree.Element(ROOT, nsmap={None: NAMESPACE})
    root.text = printable(json.dumps(_content(document, facts), ensure_ascii=False, separators=(",", ":")))
    item = Part(PackURI("/customXml/item1.xml"), CONTENT_TYPE.XML, serialize_part_xml(root), package)
    kind, about = CONTENT_TYPE.OFC_CUSTOM_XML_PROPERTIES, serialize_part_xml(_about())
    item.relate_to(Part(PackURI("/customXml/itemProps1.xml"), kind, about, package), RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)
    word.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)


def _content(document: Document, facts: list[Fact]) -> dict[str, Any]:
    found = [
        {"name": f"{BOOKMARK}{number}", "printed": printable(fact.text), "origin": origins.as_dict(fact.origin)}
        for number, fact in enumerate(facts, start=1)
    ]
    return {
        "version": VERSION,
        "title": document.head.title,
        "kind": document.kind,
        "month": f"{document.month:%Y-%m}",
        "street": document.street,
        "audience": document.audience,
        "is_sample": document.is_sample,
        "generation_id": document.generation_id,
        "generation_no": document.generation_no,
        "facts": found,
    }


def _about() -> Any:
    """Return the part's properties, whose names are those of the relation without its folder."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from lxml import etree

    namespace = RELATIONSHIP_TYPE.CUSTOM_XML.replace("/relationships", "")
    root = etree.Element(f"{{{namespace}}}datastoreItem", nsmap={"ds": namespace})
    root.set(f"{{{namespace}}}itemID", STORE_ID)
    return root

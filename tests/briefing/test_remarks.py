"""社区说明 stands beside what is said of a community that is 偏低, as typed words, and in no public version."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefing.compose import compose_from
from briefing.model import Document, Paragraph, Sentence, Typed
from briefing.request import Request
from briefing.sentences.remarks import other_remarks
from briefing.sentences.remarks import remarks as beside
from briefing.source import Source
from etl.notes import add_note
from metrics.scope import communities
from metrics.warehouse import Warehouse, open_current

DECEMBER = date(2018, 12, 1)
WORDS = "三家新迁入企业正在筹备建会"


@pytest.fixture(name="said", scope="module")
def said_(sample_street: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Warehouse, Path, dict[str, str]]:
    """Return the sample's warehouse and a folder of notes: of two low communities and of one that is not."""
    warehouse, folder = open_current(sample_street), tmp_path_factory.mktemp("notes")
    ids = {one.title: one.id for one in communities(warehouse)}
    for metric, name, words in (
        ("coverage_rate", "第五园", WORDS),
        ("coverage_rate", "南坑", "南坑不低"),
        ("membership_rate_unionised", "万科城", "名册正在核对"),
    ):
        add_note(
            folder,
            "community_notes",
            metric=metric,
            community_id=ids[name],
            month="2018-12",
            remark=words,
            written_on="2018-12-30",
        )
    return warehouse, folder, ids


def remarks(document: Document) -> list[tuple[str, Sentence]]:
    """Return the remarks with the sections they stand in."""
    blocks = ((one.id, block) for one in document.sections for block in one.blocks if isinstance(block, Paragraph))
    return [(id, sentence) for id, block in blocks for sentence in block.sentences if sentence.id.startswith("remark:")]


def made(said: tuple[Warehouse, Path, dict[str, str]], kind: str, audience: Any = "internal", **more: str) -> Document:
    return compose_from(Source(said[0], said[1], audience), Request(kind, DECEMBER, audience=audience, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["brief", "monthly"])
def test_a_remark_follows_the_matter(said: tuple[Warehouse, Path, dict[str, str]], kind: str) -> None:
    """In 需关注事项, in the same item, once in the document, as typed words; who is not low says nothing there."""
    document = made(said, kind)
    [(section, sentence)] = remarks(document)
    assert section == "attention" and sentence.text == f"第五园社区说明（12月30日）：{WORDS}。"
    assert Typed(f"社区说明（12月30日）：{WORDS}") in sentence.parts
    [attention] = [one for one in document.sections if one.id == "attention"]
    [item] = [block for block in attention.blocks if isinstance(block, Paragraph) and sentence in block.sentences]
    assert item.sentences[0].id == "attention:unmet:coverage_rate" and item.is_numbered


def test_a_special_on_a_community_has_its_remark(said: tuple[Warehouse, Path, dict[str, str]]) -> None:
    """Where no matter is told of the number, the remark stands under the table that marks it; of others nothing."""
    document = made(said, "special", community=said[2]["万科城"])
    assert [(section, one.text) for section, one in remarks(document)] == [
        ("profile", "万科城社区说明（12月30日）：名册正在核对。")
    ]
    of_topic = Request("special", DECEMBER, topic="membership_rate_unionised")
    assert len(other_remarks(Source(*said[:2]), of_topic, [(of_topic.topic, None)])) == 1
    of_another = Request("special", DECEMBER, community=said[2]["南坑"])
    assert other_remarks(Source(*said[:2]), of_another, [(of_topic.topic, None), ("coverage_rate", None)]) == ()


def test_a_public_version_has_none(said: tuple[Warehouse, Path, dict[str, str]]) -> None:
    """Neither beside a matter nor under a table; without a street's folder there is nothing to say."""
    assert beside(Source(*said[:2]), DECEMBER, "coverage_rate")
    assert beside(Source(*said[:2], "public"), DECEMBER, "coverage_rate") == ()
    assert beside(Source(said[0]), DECEMBER, "coverage_rate") == ()

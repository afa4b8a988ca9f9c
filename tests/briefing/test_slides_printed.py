"""A month's slides as LibreOffice prints them: one page each, every text, nothing over the foot or the edge."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pptx import Presentation

from briefing.compose import compose
from briefing.model import Document, plain
from briefing.request import Request
from briefing.writers.slide_deck import BOTTOM, MARGIN, TALL
from briefing.writers.slides import LEFT_TO_NOTES, slides
from tests.briefing.fonts import fontconfig
from tests.briefing.office import to_pdf, to_png
from tests.briefing.reading_pdf import reader, text
from tests.briefing.requests import MONTH

pytestmark = pytest.mark.office
DPI, WHITE = 60, 240


@pytest.fixture(scope="module", autouse=True)
def _our_fonts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let LibreOffice see data/fonts and nothing else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(fontconfig(tmp_path_factory.mktemp("fonts"))))
        yield


@pytest.fixture(scope="module")
def month(sample_street: Path) -> Document:
    """Return the sample's monthly report: long sentences, wide tables, charts, a map."""
    return compose(sample_street, Request("monthly", MONTH))


@pytest.fixture(scope="module")
def printed(month: Document, tmp_path_factory: pytest.TempPathFactory, _our_fonts: None) -> bytes:
    """Return its slides as a PDF."""
    path = tmp_path_factory.mktemp("slides") / "made.pptx"
    path.write_bytes(slides(month))
    return to_pdf(path)


def test_one_page_a_slide_in_its_size(month: Document, printed: bytes) -> None:
    """It opens as it is: as many pages as slides, 16:9."""
    deck: Any = Presentation(io.BytesIO(slides(month)))
    pages = reader(printed).pages
    assert len(pages) == len(deck.slides)
    assert float(pages[0].mediabox.width) / float(pages[0].mediabox.height) == pytest.approx(16 / 9, abs=0.01)


def test_every_text_is_printed(month: Document, printed: bytes) -> None:
    """Sentences, cells, titles of charts, who is responsible: all of it, on paper too."""
    found = text(printed)
    for section in month.sections:
        if section.id != LEFT_TO_NOTES:
            for said in Document.texts(_only(month, section.id)):
                assert "".join(plain(said).split()) in found
    for chart in month.charts():
        assert "".join(chart.title.split()) in found
    assert found.count("示例数据非真实情况") >= len(reader(printed).pages)


def _only(month: Document, section_id: str) -> Document:
    return replace(month, sections=tuple(section for section in month.sections if section.id == section_id))


@pytest.fixture(scope="module")
def pictures(printed: bytes) -> list[Any]:
    """Return the pages as grey pixels, from 0 (black) to 255."""
    return [np.asarray(page) for page in to_png(printed, DPI)]


def test_nothing_runs_over_the_foot(pictures: list[Any]) -> None:
    """Between body and foot lies an empty strip: what is too long stands on the next slide, not over the foot."""
    top, bottom = (round((TALL - inches) * DPI) for inches in (BOTTOM - 0.02, 0.48))
    assert bottom > top
    for number, page in enumerate(pictures):
        assert page[top:bottom].min() > WHITE, f"slide {number + 1}"
        assert page[bottom:].min() < 200  # the foot itself


def test_the_margins_are_empty(pictures: list[Any]) -> None:
    """No table, chart or text reaches into the margins."""
    edge = round((MARGIN - 0.1) * DPI)
    for number, page in enumerate(pictures):
        assert page[:, :edge].min() > WHITE and page[:, -edge:].min() > WHITE, f"slide {number + 1}"

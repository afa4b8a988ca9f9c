"""A street of a test's own, the document by hand and its Word file, and the marker `office`: a test that opens documents in LibreOffice or draws PDF pages with poppler.

With UNION_ATLAS_REQUIRE_OFFICE=1 (CI) a missing program is a failure; without it these tests are skipped and say so.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from briefing.model import Document
from briefing.writers.word import word
from tests.briefing.documents import document
from tests.briefing.office import missing_programs, to_pdf, to_png
from tests.briefing.reading_word import WordFile, unpacked

__all__ = ["to_pdf", "to_png"]


@pytest.fixture
def street(sample_street: Path, tmp_path: Path) -> Path:
    """Return a street of its own that reads the sample's generations."""
    folder = tmp_path / "street"
    folder.mkdir()
    shutil.copy(sample_street / "street.yml", folder)
    (folder / "generations").symlink_to(sample_street / "generations")
    return folder


@pytest.fixture(scope="module")
def made() -> Document:
    """Return the document by hand."""
    return document()


@pytest.fixture(scope="module")
def file(made: Document) -> WordFile:
    """Return the document by hand as a Word file."""
    return unpacked(word(made))


@pytest.fixture(autouse=True)
def _office(request: pytest.FixtureRequest) -> None:
    """Hold back a test marked `office` where its programs are missing."""
    if request.node.get_closest_marker("office") is None or not (missing := missing_programs()):
        return
    reason = f"not found in PATH: {', '.join(missing)}; no document was opened"
    if os.environ.get("UNION_ATLAS_REQUIRE_OFFICE") == "1":
        pytest.fail(f"office tests are required here: {reason}", pytrace=False)
    pytest.skip(reason)

"""The four outputs by their endings; a heavy library is loaded when its output is first asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from briefing.writers import WRITERS
from tests.briefing.documents import document

ROOT = Path(__file__).resolve().parents[2]
HEAVY = ("docx", "typst", "pptx", "xlsxwriter", "matplotlib")


@pytest.mark.parametrize("ending", [".docx", ".pdf", ".pptx", ".xlsx"])
def test_each_ending_has_its_writer(ending: str) -> None:
    """What is written is the kind of file that its ending promises."""
    assert WRITERS[ending](document()).startswith(b"%PDF" if ending == ".pdf" else b"PK")


def test_nothing_heavy_is_loaded_early() -> None:
    """The terminal and the page start without the libraries that write."""
    code = f"import sys, briefing.writers, briefing.explain; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

"""A street of its own for tests that change it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def street(sample_street: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the sample street that a test may change; the pages show it."""
    folder = tmp_path / "street"
    shutil.copytree(sample_street, folder)
    monkeypatch.setenv("UNION_ATLAS_STREET", str(folder))
    return folder

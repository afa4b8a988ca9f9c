"""Fixtures that every test may use: the sample street, made once a run the way a user makes it."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from filelock import FileLock

import cli

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    """Collect garbage less often: a worker holds a few gigabytes, and each full look costs an eighth of the run."""
    gc.set_threshold(50_000, 20, 20)


def _make(sample: Path, street: Path) -> None:
    assert cli.main(["sample", "--out", str(sample)]) == 0
    assert cli.main(["load", str(sample), "--street", str(street)]) == 0


@pytest.fixture(scope="session")
def sample_made(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder that holds `ledgers/` (what `sample` writes) and `street/`, shared by all workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "sample"
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "made.lock"):
        if not (folder / "made").exists():
            _make(folder / "ledgers", folder / "street")
            (folder / "made").touch()
    return folder


@pytest.fixture(scope="session")
def sample_ledgers(sample_made: Path) -> Path:
    """Return the sample's ledgers; read them, never write there."""
    return sample_made / "ledgers"


@pytest.fixture(scope="session")
def sample_street(sample_made: Path) -> Path:
    """Return the sample street's folder, loaded; read it, never load into it (copy it for that)."""
    return sample_made / "street"

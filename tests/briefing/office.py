"""LibreOffice and poppler as tests use them: a document to PDF, a PDF to pictures.

A test that calls these bears the marker `office` (see conftest.py): it is skipped, and says so, where they are missing.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

WORK_SECONDS = 120
PROGRAMS = ("soffice", "pdftoppm")


def missing_programs() -> tuple[str, ...]:
    """Return which of the programs are not in PATH."""
    return tuple(name for name in PROGRAMS if shutil.which(name) is None)


@lru_cache(maxsize=1)
def _profile() -> TemporaryDirectory[str]:
    """Return this process's own profile: two LibreOffices with one profile would hand their work to each other."""
    return TemporaryDirectory(prefix="union-atlas-office-")


def to_pdf(path: Path) -> bytes:
    """Return a .docx, .pptx or .xlsx as LibreOffice prints it."""
    return convert(path, "pdf")


def convert(path: Path, ending: str) -> bytes:
    """Return a file as LibreOffice saves it in another form, or again in its own."""
    with TemporaryDirectory(prefix="union-atlas-office-made-") as out:
        command = [
            "soffice", "--headless", "--norestore", f"-env:UserInstallation={Path(_profile().name).as_uri()}",
            "--convert-to", ending, "--outdir", out, str(path),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=WORK_SECONDS, check=False)
        made = Path(out) / f"{path.stem}.{ending}"
        assert made.exists(), f"LibreOffice made no {ending} of {path.name}: {done.stdout}{done.stderr}"
        return made.read_bytes()


def to_png(pdf: bytes, dpi: int) -> list[Image.Image]:
    """Return a PDF's pages as grey pictures, first page first."""
    with TemporaryDirectory(prefix="union-atlas-png-") as folder:
        source = Path(folder) / "made.pdf"
        source.write_bytes(pdf)
        command = ["pdftoppm", "-r", str(dpi), "-gray", "-png", str(source), str(Path(folder) / "page")]
        subprocess.run(command, capture_output=True, timeout=WORK_SECONDS, check=True)
        return [Image.open(io.BytesIO(page.read_bytes())) for page in sorted(Path(folder).glob("page*.png"))]

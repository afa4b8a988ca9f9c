"""The program's own Python files as syntax trees: which rooms there are and who imports what."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("etl", "metrics", "analysis", "briefing", "pages")
DOORS = ("app.py", "cli.py")


def program_files() -> list[Path]:
    """Return every Python file of the program, tests and benchmarks left out."""
    rooms = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [ROOT / door for door in DOORS] + rooms


def name_of(path: Path) -> str:
    """Return a file's path as the repository writes it."""
    return path.relative_to(ROOT).as_posix()


def tree(path: Path) -> ast.Module:
    """Return the parsed file."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


def _relative(path: Path, node: ast.ImportFrom) -> str:
    package = path.relative_to(ROOT).parent.parts
    base = package[: len(package) - node.level + 1]
    return ".".join([*base, *(node.module or "").split(".")]).rstrip(".")


def imports(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, anywhere in it, as dotted names (`etl.errors`)."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = _relative(path, node) if node.level else node.module or ""
            # `from etl import intake` names a module, `from etl.errors import AtlasError` a thing in one.
            is_room = module in ROOMS or (ROOT / module.replace(".", "/")).is_dir()
            yield from (f"{module}.{alias.name}" for alias in node.names) if is_room else (module,)

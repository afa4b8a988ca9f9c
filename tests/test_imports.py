"""The rules of the house: data moves through the rooms in one direction, and nobody goes around `metrics.values`."""

from __future__ import annotations

import ast
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.source import ROOMS, ROOT, imports, name_of, program_files, tree

# What a room may import from other rooms. `etl.errors` holds the sentences for users, which every room may raise.
MAY = {
    "etl": (),
    "analysis": (),
    "metrics": ("etl.errors",),
    "briefing": ("etl.errors", "etl.notes", "metrics"),
    "pages": ("etl.errors", "etl.notes", "metrics", "analysis", "briefing"),
}
# What single files may import beyond their room.
MAY_TOO = {
    "metrics/values.py": ("analysis.intervals",),
    "metrics/question.py": ("analysis.intervals",),
    "metrics/sides.py": ("analysis.intervals",),
    "metrics/arguments.py": ("etl.arguments",),
    "metrics/protection.py": ("analysis.suppression",),
    # What the columns of a ledger are called, and which list persons.
    "metrics/versions/cells.py": ("etl.ledger",),
    "metrics/versions/rows.py": ("etl.ledger",),
    "briefing/archive.py": ("etl.jobs.disk",),
    "briefing/arguments.py": ("etl.arguments",),
    "briefing/many.py": ("etl.jobs.progress",),
    "pages/ledgers.py": ("etl.street", "etl.generations"),
    "pages/routes.py": ("etl.jobs.inbox",),
    "pages/uploads.py": ("etl.jobs.arriving", "etl.jobs.staging"),
    "pages/parts/hazards/review.py": ("etl.level_reviews",),
    "pages/parts/tokens.py": ("etl.jobs.staging",),
    "pages/parts/uploader/__init__.py": ("etl.jobs.arriving",),
    "pages/parts/jobs.py": (
        "etl.jobs.disk",
        "etl.instructions",
        "etl.record.loads",
        "etl.jobs.staging",
        "etl.jobs.supervise",
    ),
    "pages/parts/job_work.py": (
        "etl.jobs.disk",
        "etl.instructions",
        "etl.record.loads",
        "etl.jobs.staging",
        "etl.jobs.supervise",
    ),
}
# What single folders may import beyond their room.
FOLDERS_TOO = {
    # Where numbers are judged: statistics, and what the street itself has noted about peers, alarms and step changes.
    "metrics/judging/": ("analysis", "etl.notes"),
    # 月度定稿: the notes that say it, and the figures as they stood, written beside the warehouse.
    "metrics/closed/": ("etl.notes", "etl.jobs.disk"),
    # 年度任务: how earlier years went on is a forecast.
    "metrics/targets/": ("analysis",),
    # A row is shown as its ledger names it: the columns' titles, and which of them are personal and never shown.
    "metrics/lineage": ("etl.ledger",),
    # 按模板填数: foreign workbooks, opened with the bounds of every other file, on the page in a child process.
    "briefing/filling/": ("etl.formats",),
    "pages/parts/filling/": ("etl.jobs.staging", "etl.jobs.supervise"),
    # 从原台账带回联系人: the original is read in a child process and then deleted.
    "pages/parts/organising/": ("etl.jobs.staging", "etl.jobs.supervise"),
    "pages/parts/lineage/": ("etl.ledger",),
    "pages/parts/month/": ("etl.generations", "etl.nil_reports", "etl.street"),
    "pages/parts/corrections/": ("etl.corrections", "etl.ledger", "etl.street"),
    "pages/parts/identity/": ("etl.enterprises",),
    "pages/parts/versions/": ("etl.generations", "etl.street"),
    # The parts of 台账管理 with which ledgers come in: they name loads, jobs, ledgers' columns and mappings.
    "pages/parts/intake/": (
        "etl.jobs.disk", "etl.generations", "etl.jobs.inbox", "etl.instructions", "etl.ledger", "etl.sheets.mapping", "etl.jobs.staging",
        "etl.street",
    ),
}  # fmt: skip
# Packages that the program or its tests use without importing them.
TOOLS = {"mypy", "pandas-stubs", "pytest-xdist", "ruff", "types-PyYAML"}
NEEDED_BY_STREAMLIT = {"plotly"}  # st.plotly_chart, also for figures that are plain dicts
FILES = program_files()


def _room(module: str) -> str:
    return module.split(".")[0]


def _is_allowed(module: str, allowed: tuple[str, ...]) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in allowed)


@pytest.mark.parametrize("path", [p for p in FILES if p.parent != ROOT], ids=name_of)
def test_rooms_import_only_what_stands_before_them(path: Path) -> None:
    """A room imports itself and what the plan allows it, nothing else of ours."""
    room = name_of(path).split("/")[0]
    folder = next((may for name, may in FOLDERS_TOO.items() if name_of(path).startswith(name)), ())
    allowed = (room, *MAY[room], *MAY_TOO.get(name_of(path), ()), *folder)
    ours = {module for module in imports(path) if _room(module) in (*ROOMS, "cli", "app")}
    assert {module for module in ours if not _is_allowed(module, allowed)} == set()


@pytest.mark.parametrize("path", [p for p in FILES if name_of(p).startswith("pages/")], ids=name_of)
def test_pages_never_ask_the_warehouse_themselves(path: Path) -> None:
    """No DuckDB, no SQL: every number and list of a page comes from `metrics`."""
    assert "duckdb" not in set(imports(path))
    texts = [node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant)]
    assert [t for t in texts if isinstance(t, str) and re.match(r"\s*(select|with)\s.+\sfrom\s", t, re.I | re.S)] == []


def _calls(path: Path) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}


def test_only_tables_call_dataframe() -> None:
    """`pages/parts/tables.py` alone shows frames: it knows what may leave the program."""
    callers = {name_of(path) for path in FILES if _calls(path) & {"st.dataframe", "st.data_editor", "st.table"}}
    assert callers == {"pages/parts/tables.py"}


def test_charts_and_maps_know_no_streamlit() -> None:
    """Figures are pure: frame and metric in, Plotly figure out."""
    for name in ("pages/parts/charts.py", "pages/parts/svg.py"):
        assert "streamlit" not in {_room(module) for module in imports(ROOT / name)}, name


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_markup_by_string(path: Path) -> None:
    """Look and colours come from the configuration; nothing switches Streamlit's protection off."""
    keywords = {node.arg for node in ast.walk(tree(path)) if isinstance(node, ast.keyword)}
    assert "unsafe_allow_html" not in keywords


def _declared(group: str | None) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return set(project["optional-dependencies"][group] if group else project["dependencies"])


def _distributions(files: list[Path]) -> set[str]:
    """Return the packages that the files import, as pyproject spells them."""
    known = packages_distributions()
    modules = {_room(module) for path in files for module in imports(path)}
    return {known[module][0].lower() for module in modules if module in known} - {"union-atlas"}


def test_dependencies_are_what_the_program_imports() -> None:
    """Nothing is declared that is not imported, nothing imported that is not declared."""
    assert _distributions(FILES) == {name.lower() for name in _declared(None) - NEEDED_BY_STREAMLIT}


def test_test_dependencies_are_used() -> None:
    """What is declared for tests only is imported by a test or benchmark, or is a tool that `make` calls."""
    others = [path for folder in ("tests", "benchmarks") for path in sorted((ROOT / folder).rglob("*.py"))]
    assert {name.lower() for name in _declared("dev") - TOOLS} <= _distributions(others)


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_are_plain_pins(lock: str) -> None:
    """A lock holds `name==version` lines alone, no address, and pins every declared dependency."""
    lines = (ROOT / lock).read_text("utf-8").splitlines()
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []
    pinned = {re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in lines}
    wanted = _declared(None) | (_declared("dev") if "dev" in lock else set())
    assert {name.lower() for name in wanted} <= pinned


def test_test_lock_contains_the_runtime_lock() -> None:
    """Tests run on the very versions that users run."""
    runtime, dev = (
        (ROOT / name).read_text("utf-8").splitlines() for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert set(runtime) <= set(dev)

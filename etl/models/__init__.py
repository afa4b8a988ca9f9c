"""Models as data: folder = schema, file = table; the header says what each column means and must satisfy."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
# libyaml's loader where it is built in: ten times as fast, and every load reads every header
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MODEL_KEYS = {"title", "meaning", "kind", "columns", "unique", "not_null", "tests", "empty_without"}
MODEL_KINDS = ("table", "view")
CHECK_KEYS = {"title", "meaning", "severity", "ledger"}
SEVERITIES = {"hard", "soft"}  # what cannot be true, what should be looked at


@dataclass(frozen=True)
class Model:
    """One table (or view: cheap to compute, read only while building): its SELECT, what its columns mean, and the tests that must hold for every input.

    `empty_without`: ledgers without a row of which the table has none either, so that a street which never sent them
    does not wait for it; `read` names those that the SELECT reads itself.
    """

    name: str
    title: str
    meaning: str
    kind: str
    columns: dict[str, str] = field(hash=False)
    sql: str
    unique: tuple[str, ...]
    not_null: tuple[str, ...]
    tests: dict[str, str] = field(hash=False)
    needs: tuple[str, ...]
    empty_without: frozenset[str] = frozenset()

    def is_empty(self, sent: set[str]) -> bool:
        """Return whether the table has no row for want of ledgers; `sent` are those with a row."""
        return self.kind == "table" and bool(self.empty_without) and not self.empty_without & sent


@dataclass(frozen=True)
class Check:
    """A question to the ledgers whose rows are shown to the clerk."""

    id: str
    title: str
    meaning: str
    severity: str
    ledger: str
    sql: str


def split_header(path: Path, known: set[str]) -> tuple[dict[str, Any], str]:
    """Return the YAML header of a .sql file and the query below it; unknown keys raise ValueError."""
    match = re.match(r"\s*/\*(.*?)\*/(.*)", path.read_text("utf-8"), re.S)
    if not match:
        raise ValueError(f"{path.name}: no header comment")
    header = yaml.load(match[1], Loader=LOADER)
    if unknown := set(header) - known:
        raise ValueError(f"{path.name}: unknown keys {sorted(unknown)}")
    return header, match[2].strip().rstrip(";")


def _empty_without(header: dict[str, Any], sql: str) -> frozenset[str]:
    named = header.get("empty_without", [])
    return frozenset(re.findall(r"\bledger\.(\w+)", sql) if named == "read" else named)


def read_model(path: Path, schema: str) -> Model:
    """Parse one model file."""
    header, sql = split_header(path, MODEL_KEYS)
    name = f"{schema}.{path.stem}"
    if (kind := header.get("kind", "table")) not in MODEL_KINDS:
        raise ValueError(f"{path.name}: unknown kind {kind}")
    needs = tuple(sorted(set(re.findall(rf"\b{schema}\.\w+", sql)) - {name}))
    return Model(
        name=name,
        title=header["title"],
        meaning=header["meaning"],
        kind=kind,
        columns=header["columns"],
        sql=sql,
        unique=tuple(header.get("unique", ())),
        not_null=tuple(header.get("not_null", ())),
        tests=header.get("tests", {}),
        needs=needs,
        empty_without=_empty_without(header, sql),
    )


@cache
def models(folder: Path = FOLDER) -> list[Model]:
    """Return every model in the order in which they can be built."""
    found = {m.name: m for f in sorted(folder.glob("*/*.sql")) for m in [read_model(f, f.parent.name)]}
    order = TopologicalSorter({name: sorted(set(model.needs) & set(found)) for name, model in found.items()})
    return [found[name] for name in order.static_order()]


@cache
def checks(folder: Path = FOLDER.parent / "checks") -> list[Check]:
    """Return every check, by file name."""
    found = []
    for path in sorted(folder.glob("*.sql")):
        header, sql = split_header(path, CHECK_KEYS)
        if header["severity"] not in SEVERITIES:
            raise ValueError(f"{path.name}: unknown severity {header['severity']}")
        found.append(Check(id=path.stem, sql=sql, **header))
    return found

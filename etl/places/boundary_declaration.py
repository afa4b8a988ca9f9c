"""`geo/boundary.yml`: which boundary file a folder holds and how it is to be read.

file: streets.geojson       (or a list of files; a shapefile is named by its .shp)
layer: streets              (of a GeoPackage with several)
code: code                  (the column with the statistical code; for one bare geometry the code itself)
legal: true                 (false: draws maps, never decides where an enterprise belongs)
crs: GCJ-02                 (where the file declares none or a wrong one; EPSG:4490, CGCS2000, GCJ-02, BD-09 …)
title, note                 (shown under the map)
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Any

import yaml

from etl.errors import StreetError

FOLDER = Path(__file__).resolve().parents[2] / "data" / "geo"
DECLARATION = "boundary.yml"
REQUIRED = ("file", "code", "legal")
OPTIONAL = ("layer", "crs", "title", "note")


@dataclass(frozen=True)
class Declaration:
    """A parsed boundary.yml and the folder it stands in."""

    folder: Path
    files: tuple[str, ...]
    code: str
    legal: bool
    layer: str | None
    crs: str | None
    title: str
    note: str

    @property
    def file(self) -> str:
        """Return the file names as an error names them."""
        return "、".join(self.files)


def find_declaration(street: Path | None, program: Path = FOLDER) -> Declaration | None:
    """Return the declaration of the street's geo folder, else the program's; None where neither has files."""
    for folder in (street, program):
        if folder is None or not folder.is_dir() or not any(folder.iterdir()):
            continue
        if not (folder / DECLARATION).is_file():
            message = _("边界文件夹缺少说明文件boundary.yml")
            raise StreetError(message, file=folder.name, remedy=_("请写明file、code、legal"))
        return read_declaration(folder)
    return None


def read_declaration(folder: Path) -> Declaration:
    """Read a folder's boundary.yml; StreetError names unknown or missing items."""
    try:
        facts: Any = yaml.safe_load((folder / DECLARATION).read_text("utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise StreetError(
            _("边界说明文件无法读取"), file=DECLARATION, remedy=_("请按“file: 文件名”的样子逐行填写")
        ) from error
    facts = facts if isinstance(facts, dict) else {}
    wrong = set(facts) - {*REQUIRED, *OPTIONAL} | set(REQUIRED) - set(facts)
    if not isinstance(facts.get("legal", True), bool):
        wrong.add("legal")
    if wrong:
        message = _("边界说明文件的项目不对：{names}").format(names="、".join(sorted(map(str, wrong))))
        remedy = _("必填file、code、legal（true或false），可填layer、crs、title、note")
        raise StreetError(message, file=DECLARATION, remedy=remedy)
    files = facts["file"] if isinstance(facts["file"], list) else [facts["file"]]
    text = {name: str(facts[name]) if facts.get(name) else None for name in ("layer", "crs")}
    title, note = str(facts.get("title") or ""), str(facts.get("note") or "")
    return Declaration(
        folder, tuple(map(str, files)), str(facts["code"]), facts["legal"], **text, title=title, note=note
    )

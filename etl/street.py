"""A street's folder: everything that is the street's and not the program's."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import Any

import yaml

from etl.errors import StreetError
from etl.settings import check_settings

DEFAULTS = Path(__file__).parent / "defaults"
OWN_FILES = ("street.yml", "corrections.csv")
OWN_FOLDERS = ("codes", "geo", "mappings")


@dataclass(frozen=True)
class Street:
    """One street's folder and its settings (the defaults with the street's own on top)."""

    path: Path
    settings: dict[str, Any]
    exists: bool

    @property
    def loads(self) -> Path:
        """Return the folder of the record: one folder per load."""
        return self.path / "loads"

    @property
    def generations(self) -> Path:
        """Return the folder of the built warehouses."""
        return self.path / "generations"

    @property
    def is_sample(self) -> bool:
        """Return whether the folder holds example data."""
        return bool(self.settings["sample"])


def _yaml(path: Path) -> dict[str, Any]:
    try:
        found = yaml.safe_load(path.read_text("utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise StreetError(_("街道设置文件无法读取"), file=path.name, remedy=_("请检查缩进和冒号")) from error
    if not isinstance(found, dict):
        raise StreetError(_("街道设置文件应由“名称: 值”组成"), file=path.name, remedy=_("请对照默认设置修改"))
    return found


def open_street(path: Path) -> Street:
    """Read the folder's settings; a missing folder is a street that has not begun."""
    if path.exists() and not path.is_dir():
        raise StreetError(_("街道应是一个文件夹"), file=path.name, remedy=_("请用 --street 指定文件夹"))
    defaults = _yaml(DEFAULTS / "street.yml")
    own_file = path / "street.yml"
    own = _yaml(own_file) if own_file.exists() else {}
    check_settings(own, defaults, path / "codes")
    return Street(path=path, settings={**defaults, **own}, exists="sample" in own or any((path / "loads").glob("0*")))


def found_street(path: Path, is_sample: bool) -> Street:
    """Make the folder of a street that has not begun: settings (kept where some stand there) and the secret key (0600)."""
    path.mkdir(parents=True, exist_ok=True)
    own = path / "street.yml"
    if own.exists():
        text = f"{own.read_text('utf-8').rstrip()}\nsample: {str(is_sample).lower()}\n".lstrip()
    else:
        text = (DEFAULTS / "sample.yml").read_text("utf-8") if is_sample else "sample: false\n"
    own.write_text(text, "utf-8")
    key = path / "secret.key"
    if not key.exists():
        descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as handle:
            handle.write(secrets.token_hex(32))
    return open_street(path)


def street_files_hash(street: Street) -> str:
    """Return one hash over the street's own files that can change a number."""
    digest = hashlib.sha256(repr(sorted(street.settings.items())).encode())
    folders = [path for name in OWN_FOLDERS for path in sorted((street.path / name).rglob("*"))]
    files = [street.path / name for name in OWN_FILES if name != "street.yml"]
    for path in (*files, *folders):
        if path.is_file():
            digest.update(str(path.relative_to(street.path)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()

"""A street's folder: everything that is the street's and not the program's."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass, field, replace
from gettext import gettext as _
from pathlib import Path
from typing import Any

import yaml

from etl.errors import StreetError
from etl.models import LOADER
from etl.notes import notes
from etl.settings import check_settings

DEFAULTS = Path(__file__).parent / "defaults"
OWN_FILES = ("corrections.csv",)
# Of the street's notes these change what is built; what holds of them counts, so that one taken back is as never made.
BUILT_NOTES = ("identity_decisions", "level_reviews", "nil_reports")
OWN_FOLDERS = ("codes", "geo", "schemes")
KEY_FILE = "secret.key"


def _new_key() -> bytes:
    return secrets.token_hex(32).encode()


@dataclass(frozen=True)
class Street:
    """One street's folder and its settings (the defaults with the street's own on top)."""

    path: Path
    settings: dict[str, Any]
    exists: bool
    key: bytes = field(default_factory=_new_key, repr=False, compare=False)

    def secret(self) -> bytes:
        """Return the key that persons' numbers are hashed with; a street that has none yet gets one for this call.

        What is hashed with it and stored must come with `keep_secret` (or `found_street` given this key).
        """
        return self.key

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
        found = yaml.load(path.read_text("utf-8"), Loader=LOADER) or {}
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
    exists = "sample" in own or any((path / "loads").glob("0*"))
    return Street(path=path, settings={**defaults, **own}, exists=exists, key=_read_key(path) or _new_key())


def _read_key(path: Path) -> bytes | None:
    """Return the street's key, None where there is none yet."""
    if not (path / KEY_FILE).exists():
        return None
    key = (path / KEY_FILE).read_bytes().strip()
    if not key:
        raise StreetError(_("街道密钥文件是空的"), file=KEY_FILE, remedy=_("请从备份中恢复"), code="secret_lost")
    return key


def keep_secret(street: Street) -> None:
    """Write the street's key (0600) unless it stands there; a new one would not fit the persons hashed before."""
    file = street.path / KEY_FILE
    if file.exists():
        return
    if any(street.loads.glob("[0-9]*/member.parquet")):
        message = _("街道密钥文件不见了，新的会员名册与以前的对不上人")
        raise StreetError(message, file=KEY_FILE, remedy=_("请从备份中恢复"), code="secret_lost")
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as handle:
        handle.write(street.key)


def found_street(path: Path, is_sample: bool, key: bytes | None = None) -> Street:
    """Make the folder of a street that has not begun: settings (kept where some stand there) and its secret key.

    `key` is the one that the first load's persons have been hashed with.
    """
    path.mkdir(parents=True, exist_ok=True)
    own = path / "street.yml"
    if own.exists():
        text = f"{own.read_text('utf-8').rstrip()}\nsample: {str(is_sample).lower()}\n".lstrip()
    else:
        text = (DEFAULTS / "sample.yml").read_text("utf-8") if is_sample else "sample: false\n"
    own.write_text(text, "utf-8")
    street = open_street(path)
    keep_secret(replace(street, key=key) if key else street)
    return open_street(path)


def street_files_hash(street: Street) -> str:
    """Return one hash over the street's own files that can change a number of what is loaded already.

    Saved mappings (`mappings/`) are not among them: a mapping acts when a file is read and never again, so editing
    one must not rebuild the warehouse; the receipt of each load holds the hash of the mapping's text.
    """
    digest = hashlib.sha256(repr(sorted(street.settings.items())).encode())
    folders = [path for name in OWN_FOLDERS for path in sorted((street.path / name).rglob("*"))]
    for path in (*(street.path / name for name in OWN_FILES), *folders):
        if path.is_file():
            digest.update(str(path.relative_to(street.path)).encode() + b"\0" + path.read_bytes())
    for kind in BUILT_NOTES:
        if held := notes(street.path, kind):
            digest.update(f"{kind}\0{held!r}".encode())
    return digest.hexdigest()

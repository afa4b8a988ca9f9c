"""Which files of a load a later load has replaced, and what an undo of that later load brings back."""

from __future__ import annotations

from gettext import gettext as _

from pages.parts.intake.wording import names
from pages.parts.receipts import Load


def _files(load: Load) -> dict[str, str]:
    """Return a load's own files: content hash → name."""
    return {file["sha256"]: file["file"] for file in load["files"] if not file["left_out"]}


def superseded_text(load: Load, loads: list[Load]) -> str:
    """Return which files of a load count no longer because a later, active load replaced them; "" for none."""
    own, found = _files(load), []
    for other in loads:
        replaced = [own[digest] for digest in other.get("replaces_files", ()) if digest in own]
        if replaced and other["active"] and other["load"] != load["load"]:
            found.append(_("{files}已由批次{load}替换").format(files=names(replaced), load=other["load"]))
    return "；".join(found) + _("，不计入当前数字；撤销该批次后恢复。") if found else ""


def brought_back_text(load: Load, loads: list[Load]) -> str:
    """Return which earlier files come back when a load is taken back; "" for none."""
    known = {digest: name for other in loads if other["active"] for digest, name in _files(other).items()}
    back = [known[digest] for digest in load.get("replaces_files", ()) if digest in known]
    return _("撤销后恢复被它替换的文件：{files}。").format(files=names(back)) if back else ""

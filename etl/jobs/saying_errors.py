"""How the terminal says that something went wrong: one sentence, or JSON where asked for; never a traceback."""

from __future__ import annotations

import json
import sys
import traceback
from contextlib import suppress
from datetime import datetime
from gettext import gettext as _
from pathlib import Path

from etl.errors import AtlasError


def tell(error: AtlasError, as_json: bool) -> None:
    """Say what went wrong: as JSON on stdout where asked for, else as one sentence on stderr."""
    if as_json:
        sys.stdout.write(json.dumps({"error": error.as_dict()}, ensure_ascii=False) + "\n")
    else:
        sys.stderr.write(error.sentence() + "\n")


def tell_unexpected(log: Path, as_json: bool) -> None:
    """Say that the program is at fault; the log gets the places in the code, never a value from a ledger."""
    kind, _error, trace = sys.exc_info()
    places = "".join(traceback.format_tb(trace))
    with suppress(OSError):  # the program may lie where nobody may write
        log.parent.mkdir(exist_ok=True)
        with log.open("a", encoding="utf-8") as handle:
            handle.write(f"{datetime.now().isoformat(timespec='seconds')} {kind.__name__ if kind else ''}\n{places}\n")
    remedy = _("请把 {log} 交给维护人员").format(log=log.name)
    tell(AtlasError(_("程序出错，没有发布任何数据"), code="unexpected", remedy=remedy), as_json)

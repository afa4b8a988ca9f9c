"""What a long call is doing, one short sentence per step: on a terminal's standard error, or where a program asks for it."""

from __future__ import annotations

import logging
import os
import sys

WANTED = "UNION_ATLAS_PROGRESS"  # set to 1 by a program that reads our standard error
_log = logging.getLogger("union_atlas.progress")


def say(sentence: str) -> None:
    """Tell one step; the sentence names files at most, never a value from one."""
    _log.info(sentence)


def show_where_wanted() -> None:
    """Let the sentences through to the log where somebody watches."""
    if sys.stderr.isatty() or os.environ.get(WANTED) == "1":
        _log.setLevel(logging.INFO)

"""Typed words as they were typed: nothing in them is taken for markup."""

from __future__ import annotations

import re

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$:])")
LIST = re.compile(r"^(\s*)(\d+(?=[.)](?:\s|$))|(?=[-+]\s))")  # what would begin a list at a line's start


def escaped(text: str) -> str:
    """Return a text that Markdown shows as it is."""
    return LIST.sub(r"\1\2\\", SPECIAL.sub(r"\\\1", text))

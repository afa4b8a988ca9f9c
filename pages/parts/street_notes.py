"""What a page writes into the street's own notes: who, and what is said where it cannot be kept."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from etl.errors import StreetError
from etl.notes import add_note, notes, take_back
from pages.parts import answers

BY = {
    "peers": "set_by", "alarm_answers": "answered_by", "step_changes": "declared_by", "community_notes": "written_by",
    "objections": "written_by",
}  # fmt: skip


def readable() -> Path | None:
    """Return the street's folder if its notes can be read; else say which cannot, and the page goes without any."""
    folder = answers.street_folder()
    try:
        for kind in BY:
            notes(folder, kind)
    except StreetError as error:
        st.warning(error.sentence())
        return None
    return folder


def _done(act: Callable[[], object]) -> bool:
    if not answers.is_newest():
        st.error(answers.read_only_text())
        return False
    try:
        act()
    except StreetError as error:
        st.error(error.sentence())
        return False
    return True


def keep(kind: str, **values: str | tuple[str, ...]) -> bool:
    """Write one note with this computer's user, as imports bear him; return whether it was kept, else say why not."""
    return _done(lambda: add_note(answers.street_folder(), kind, **{BY[kind]: getpass.getuser()}, **values))


def withdraw(kind: str, **key: str) -> bool:
    """Take back what was noted for a key; return whether it was, else say why not."""
    return _done(lambda: take_back(answers.street_folder(), kind, **key))

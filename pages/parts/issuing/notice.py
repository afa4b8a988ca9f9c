"""What a button of 简报编发 did, said once by the run that follows; an error as its sentence."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable
from gettext import gettext as _
from typing import Any

import streamlit as st

from etl.errors import AtlasError
from etl.notes import MASK, kept_text
from pages.parts import answers
from pages.parts.issuing.markup import escaped

SAID = "issue.said"  # session: (is an error, sentence)
WROTE = "issue.wrote"  # session: the last run has written something
MASKED = "issue.masked"  # session: what was just typed holds a phone or identity number


def look_for_numbers_of_persons(texts: Iterable[str]) -> None:
    """Remember whether a typed text holds a phone or identity number: it is kept masked, which has to be said."""
    st.session_state[MASKED] = any(MASK in kept_text(text) and MASK not in text for text in texts)


def user() -> str:
    """Return this computer's user, whom every entry bears."""
    return getpass.getuser()


def tell(text: str, is_error: bool = False) -> None:
    """Leave a sentence for the next run."""
    st.session_state[SAID] = (is_error, text)


def show_notice() -> None:
    """Show what the last button left, once."""
    if said := st.session_state.pop(SAID, None):
        (st.error if said[0] else st.success)(said[1])


def has_written() -> bool:
    """Return whether this window itself has just written something: then forms show new contents for a reason."""
    return bool(st.session_state.get(WROTE))


def settle() -> None:
    """Take what the forms show now as known."""
    st.session_state.pop(WROTE, None)


def attempt(act: Callable[[], Any], done: str) -> bool:
    """Do something that writes into the street's folder; leave what came of it for the next run."""
    is_masked = st.session_state.pop(MASKED, False)
    if not answers.is_newest():
        tell(answers.read_only_text(), is_error=True)
        return False
    try:
        act()
    except AtlasError as error:
        tell(error.sentence(), is_error=True)
        return False
    if is_masked:
        done += _("其中的电话号码、身份证号不保存，已改为“{mask}”。").format(mask=escaped(MASK))
    tell(done)
    st.session_state[WROTE] = True
    return True

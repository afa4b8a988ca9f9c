"""A small form of typed fields: drawn, and read when its button is clicked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any, Literal

import streamlit as st

from pages.parts.issuing.notice import has_written, look_for_numbers_of_persons

SHOWN = "issue.shown"  # session: by place, the state that its form last showed
TURNS = "issue.turns"  # session: by place, how many new entries this window has saved
DAY = _("如 2019-01-05")


@dataclass(frozen=True)
class Field:
    """One field: its name, what stands above it, what it holds, how long it may be, what stands in it while empty."""

    name: str
    title: str
    kind: Literal["text", "area", "day", "count", "tick"] = "text"
    longest: int = 60
    hint: str = ""


def form_key(*parts: object) -> str:
    """Return a key that changes with what is already kept: a form is empty, or shows the new state, once it is saved."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:12]


def say_if_changed(place: str, key: str) -> None:
    """Say where what a form shows was changed by others since this window showed it: what was typed in it is gone."""
    shown = st.session_state.setdefault(SHOWN, {})
    if shown.get(place, key) != key and not has_written():
        st.info(_("这一项的内容已更新（另一个窗口的修改，或新导入的数据）；刚才填写而没有保存的，请核对后重新填写。"))
    shown[place] = key


def turn(place: str) -> int:
    """Return how often this window has saved a new entry at a place: its form is empty again after each."""
    return int(st.session_state.get(TURNS, {}).get(place, 0))


def next_turn(place: str) -> None:
    """Empty the form for new entries at a place."""
    st.session_state.setdefault(TURNS, {})[place] = turn(place) + 1


def day(text: str) -> str:
    """Return a day typed 2019.1.5, 2019/1/5 or 2019年1月5日 as 2019-01-05; what is no day stays as it was typed."""
    found = re.fullmatch(r"\s*(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})\D?\s*", text)
    return "{}-{:0>2}-{:0>2}".format(*found.groups()) if found else text


def _widget(field: Field, value: str, key: str) -> Any:
    if field.kind == "area":
        return st.text_area(field.title, value, max_chars=field.longest, key=key, height=80, placeholder=field.hint)
    if field.kind == "count":
        number = int(value) if value.isdecimal() else None
        return st.number_input(field.title, min_value=1, step=1, value=number, key=key, placeholder=field.hint)
    if field.kind == "tick":
        return st.checkbox(field.title, value=value == "true", key=key)
    return st.text_input(field.title, value, max_chars=field.longest, key=key, placeholder=field.hint)


def _text(field: Field, value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    text = "" if value is None else str(value).strip()
    return day(text) if field.kind == "day" else text


def show_form(
    rows: Sequence[Sequence[Field]], values: Mapping[str, str], *, key: str, submit: str
) -> dict[str, str] | None:
    """Draw the fields row by row; return what they hold when the button was clicked, else None."""
    found: dict[str, str] = {}
    with st.form(f"issue.{key}.form", border=False, enter_to_submit=False):
        for row in rows:
            for column, field in zip(st.columns(len(row)), row, strict=True):
                with column:
                    found[field.name] = _text(
                        field, _widget(field, values.get(field.name, ""), f"issue.{key}.{field.name}")
                    )
        is_clicked = st.form_submit_button(submit, key=f"issue.{key}.submit")
    if not is_clicked:
        return None
    look_for_numbers_of_persons(found.values())
    return found

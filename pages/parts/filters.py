"""Filters that live in the address bar as ids, so that a link shows the same page to everyone.

The address wins when it was changed from outside (a link, the back button); otherwise the widget wins and the address
follows. What does not exist is named in a notice and replaced by the default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from typing import Any

import streamlit as st

from pages.parts.choices import (
    Chosen,
    Filter,
    code_filter,
    community_filter,
    metric_filter,
    month_filter,
    read,
    write,
)
from pages.parts.versions import shown

__all__ = [
    "Chosen",
    "Filter",
    "choose",
    "code_filter",
    "community_filter",
    "link_to",
    "metric_filter",
    "month_filter",
    "put",
    "switch",
]
KEPT = "kept_filters"  # session: the last choices, so that they survive a change of page
PENDING = "pending_filters"  # session: choices that a callback made, taken up by the next run
WRITTEN = "written_address"  # session: by page, what this program last wrote into the address; {} where left bare


def put(name: str, *values: str) -> None:
    """Set a filter from a callback; the next run shows it."""
    st.session_state.setdefault(PENDING, {})[name] = values


def _put_all(values: Mapping[str, tuple[str, ...]]) -> None:
    for name, chosen in values.items():
        put(name, *chosen)


def _kept(wanted: Filter) -> tuple[str, ...]:
    """Return what was chosen on another page where this page offers it, else the default."""
    kept = st.session_state.get(KEPT, {}).get(wanted.id, ())
    known = tuple(value for value in kept if value in wanted.choices)
    return known if known and (wanted.is_many or len(known) == 1) else wanted.initial


def _holds(wanted: Filter, value: Any) -> bool:
    """Return whether the widget's own value can still be chosen (a new generation may have lost a month)."""
    return value is not None and all(v in wanted.choices for v in (value if wanted.is_many else [value]))


def _address(filters: Sequence[Filter]) -> dict[str, str]:
    """Return what the address says of these filters."""
    return {wanted.id: st.query_params[wanted.id] for wanted in filters if wanted.id in st.query_params}


def _is_back_at_link(filters: Sequence[Filter], key: str) -> bool:
    """Return whether the back button led to the address with which the page was opened: bare, or a link's few filters.

    It is left as it is: completing it again would trap the user between two entries of the browser's history.
    """
    address, written = _address(filters), st.session_state.get(WRITTEN, {}).get(key, {})
    is_drawn = any(f"{key}.{wanted.id}" in st.session_state for wanted in filters)
    is_part = len(address) < len(written) and all(written.get(name) == text for name, text in address.items())
    return is_drawn and is_part


def _settle(wanted: Filter, key: str, is_back: bool) -> tuple[str, ...]:
    """Decide what is chosen before the widget is drawn; return what the address asked for in vain."""
    widget, pending = f"{key}.{wanted.id}", st.session_state.get(PENDING, {})
    address = st.query_params.get(wanted.id)
    unknown: tuple[str, ...] = ()
    if wanted.id in pending:
        chosen = pending.pop(wanted.id) or wanted.initial
    elif is_back and address is None:
        chosen = wanted.initial
    elif address is not None and address != st.session_state.get(WRITTEN, {}).get(key, {}).get(wanted.id):
        chosen, unknown = read(wanted, address)
    elif _holds(wanted, st.session_state.get(widget)):
        return ()
    else:
        chosen = _kept(wanted)
    st.session_state[widget] = list(chosen) if wanted.is_many else chosen[0]
    return unknown


def _widget(wanted: Filter, widget: str) -> tuple[str, ...]:
    titles = wanted.choices
    if wanted.is_many:
        return tuple(
            st.multiselect(
                wanted.title, list(titles), format_func=titles.__getitem__, key=widget, placeholder=_("全部"), width=230
            )
        )
    chosen = st.selectbox(
        wanted.title, list(titles), format_func=titles.__getitem__, key=widget, width=230, placeholder=_("请选择")
    )
    return (chosen,)


def _notice(unknown: Mapping[str, tuple[str, ...]], chosen: Chosen) -> None:
    for name, parts in unknown.items():
        wanted = chosen.filters[name]
        text = _("链接中的{title}“{value}”不存在，现按“{shown}”显示。")
        shown = chosen.titles(name) or _("全部")
        st.warning(text.format(title=wanted.title, value="、".join(parts)[:60], shown=shown))


def _is_said(wanted: Filter, values: tuple[str, ...], address: Mapping[str, str]) -> bool:
    """Return whether an address, read with the defaults for what it leaves out, chooses these values."""
    text = address.get(wanted.id)
    return (values, ()) == ((wanted.initial, ()) if text is None else read(wanted, text))


def _write_address(chosen: Chosen, key: str, is_back: bool) -> None:
    """Bring the address up to date in one step, defaults included; one that the back button led to stays."""
    full = {name: write(values) for name, values in chosen.values.items()}
    found = _address(tuple(chosen.filters.values()))
    written = st.session_state.setdefault(WRITTEN, {})
    is_still = written.get(key) == found and all(
        _is_said(chosen.filters[name], values, found) for name, values in chosen.values.items()
    )
    is_left = is_back or is_still
    if not is_left and found != full:
        st.query_params.update(full)
    written[key] = found if is_left else full
    st.session_state.setdefault(KEPT, {}).update(chosen.values)


def _more(rest: Sequence[Filter], key: str) -> dict[str, tuple[str, ...]]:
    """Draw the filters beyond the row; the button says how many of them are set."""
    used = sum(bool(st.session_state.get(f"{key}.{wanted.id}")) for wanted in rest if wanted.is_many)
    label = _("更多筛选（{n}）").format(n=used) if used else _("更多筛选")
    with st.popover(label):
        return {wanted.id: _widget(wanted, f"{key}.{wanted.id}") for wanted in rest}


def _save(chosen: Mapping[str, tuple[str, ...]]) -> None:
    with st.popover(_("保存为常用视图")):
        st.markdown(_("本页的条件都在地址栏的网址里。按 Ctrl+D 加入收藏夹，或复制下面的网址，以后打开就是同样的画面。"))
        texts = {name: write(values) for name, values in chosen.items()} | shown.conditions()
        query = "&".join(f"{name}={text}" for name, text in texts.items())
        st.code(f"{(st.context.url or '').split('?')[0]}?{query}", language=None, wrap_lines=True)


def choose(filters: Sequence[Filter], *, key: str, in_row: int = 3, has_tools: bool = True) -> Chosen:
    """Draw the filters (the first ones in the row, the rest under 更多筛选) and return what is chosen.

    `has_tools` False leaves out 清空条件 and 保存为常用视图: a page that is read has one choice and opens quicker.
    """
    is_back = _is_back_at_link(filters, key)
    unknown = {wanted.id: _settle(wanted, key, is_back) for wanted in filters}
    values: dict[str, tuple[str, ...]] = {}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"{key}.filters"):
        values.update({wanted.id: _widget(wanted, f"{key}.{wanted.id}") for wanted in filters[:in_row]})
        if len(filters) > in_row:
            values.update(_more(filters[in_row:], key))
        if has_tools:
            initial = {wanted.id: wanted.initial for wanted in filters}
            st.button(_("清空条件"), key=f"{key}.clear", on_click=_put_all, args=(initial,), type="tertiary")
            _save(values)
    chosen = Chosen({wanted.id: wanted for wanted in filters}, values)
    _notice({name: parts for name, parts in unknown.items() if parts}, chosen)
    _write_address(chosen, key, is_back)
    return chosen


def switch(wanted: Filter, *, key: str) -> str:
    """Draw one filter as a row of buttons, wherever it belongs; it lives in the address like the others."""
    place = f"{key}.{wanted.id}"
    is_back = _is_back_at_link([wanted], place)
    unknown = _settle(wanted, place, is_back)
    widget, titles = f"{place}.{wanted.id}", wanted.choices
    chosen = st.segmented_control(
        wanted.title,
        list(titles),
        format_func=titles.__getitem__,
        key=widget,
        required=True,
        label_visibility="collapsed",
    )
    result = Chosen({wanted.id: wanted}, {wanted.id: (chosen or wanted.initial[0],)})
    _notice({wanted.id: unknown} if unknown else {}, result)
    _write_address(result, place, is_back)
    return result.one(wanted.id)


def link_to(page: str, label: str, **ids: Any) -> None:
    """Show a link to another page with these filters set (`community="4403…"`, `month="2018-12"`), of the same version."""
    texts = shown.conditions() | {name: str(value) for name, value in ids.items()}
    st.page_link(page, label=label, query_params=texts)

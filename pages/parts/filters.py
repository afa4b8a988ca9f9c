"""Filters that live in the address bar as ids, so that a link shows the same page to everyone.

The address wins when it was changed from outside (a link, the back button); otherwise the widget wins and the address
follows. What does not exist is named in a notice and replaced by the default.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from gettext import gettext as _
from typing import Any

import streamlit as st

from metrics import scope
from metrics.catalogue import catalogue
from metrics.periods import month_text, parse_month
from metrics.warehouse import Warehouse

ALL = "all"
SEPARATOR = ","
KEPT = "kept_filters"  # session: the last choices, so that they survive a change of page
PENDING = "pending_filters"  # session: choices that a callback made, taken up by the next run
WRITTEN = "written_address"  # session: by page, what this program last wrote into the address; {} where left bare


@dataclass(frozen=True)
class Filter:
    """One condition: its name in the address, its title and what can be chosen (id → title)."""

    id: str
    title: str
    choices: Mapping[str, str]
    default: str | None = None
    is_many: bool = False
    aliases: Mapping[str, str] = field(default_factory=dict)

    @property
    def initial(self) -> tuple[str, ...]:
        """Return the default as chosen ids; none chosen means all."""
        return (self.default or next(iter(self.choices)),) if not self.is_many else ()


@dataclass(frozen=True)
class Chosen:
    """What the user asks for on this page."""

    filters: Mapping[str, Filter]
    values: Mapping[str, tuple[str, ...]]

    def one(self, name: str) -> str:
        """Return the single id of a filter."""
        return self.values[name][0]

    def many(self, name: str) -> tuple[str, ...]:
        """Return the chosen ids of a filter; none means all."""
        return self.values[name]

    def month(self, name: str = "month") -> date:
        """Return a month filter as the month's first day."""
        return parse_month(self.one(name))

    def titles(self, name: str) -> str:
        """Return the chosen titles as one text, "" for all."""
        return "、".join(self.filters[name].choices[value] for value in self.values[name])

    def where(self, *names: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the conditions of these filters for a question; a filter of which all is chosen is no condition."""
        return tuple((name, self.values[name]) for name in names if self.values[name])


def metric_filter(ids: Sequence[str], default: str) -> Filter:
    """Return the choice of an indicator among these."""
    titles = {name: catalogue()[name].title for name in ids}
    return Filter("metric", _("指标"), titles, default, aliases={title: name for name, title in titles.items()})


@lru_cache(maxsize=16)
def month_titles(warehouse: Warehouse) -> dict[str, str]:
    """Return the warehouse's months as id → title, newest first."""
    return {f"{month:%Y-%m}": month_text(month) for month in reversed(scope.months(warehouse))}


def month_filter(warehouse: Warehouse, name: str = "month", title: str = "", default: date | None = None) -> Filter:
    """Return the choice of a month, newest first; the default is the street's."""
    chosen = default or scope.default_month(warehouse)
    return Filter(name, title or _("月份"), month_titles(warehouse), f"{chosen:%Y-%m}")


def community_filter(warehouse: Warehouse) -> Filter:
    """Return the choice of communities in official order; names are understood in links, too."""
    titles = {entry.id: entry.title for entry in scope.communities(warehouse)}
    return Filter("community", _("社区"), titles, is_many=True, aliases={text: name for name, text in titles.items()})


def code_filter(warehouse: Warehouse, dimension: str, title: str) -> Filter:
    """Return the choice of values of a dimension (park, industry, size_band, cause …)."""
    titles = {entry.id: entry.title for entry in scope.options(warehouse, dimension)}
    return Filter(dimension, title, titles, is_many=True, aliases={text: name for name, text in titles.items()})


def put(name: str, *values: str) -> None:
    """Set a filter from a callback; the next run shows it."""
    st.session_state.setdefault(PENDING, {})[name] = values


def _put_all(values: Mapping[str, tuple[str, ...]]) -> None:
    for name, chosen in values.items():
        put(name, *chosen)


def read(wanted: Filter, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids that the address names and the parts of it that do not exist."""
    parts = [part.strip() for part in text.split(SEPARATOR) if part.strip() and part.strip() != ALL]
    ids = [wanted.aliases.get(part, part) for part in parts]
    known = tuple(dict.fromkeys(value for value in ids if value in wanted.choices))
    unknown = tuple(part for part, value in zip(parts, ids, strict=True) if value not in wanted.choices)
    if not wanted.is_many and (not known or len(known) > 1):
        return wanted.initial, unknown
    return known, unknown


def write(values: tuple[str, ...]) -> str:
    """Return chosen ids as the address holds them."""
    return SEPARATOR.join(values) or ALL


def _kept(wanted: Filter) -> tuple[str, ...]:
    """Return what was chosen on another page where this page offers it, else the default."""
    kept = st.session_state.get(KEPT, {}).get(wanted.id, ())
    known = tuple(value for value in kept if value in wanted.choices)
    return known if known and (wanted.is_many or len(known) == 1) else wanted.initial


def _holds(wanted: Filter, value: Any) -> bool:
    """Return whether the widget's own value can still be chosen (a new generation may have lost a month)."""
    return value is not None and all(v in wanted.choices for v in (value if wanted.is_many else [value]))


def _is_back_at_bare(filters: Sequence[Filter], key: str) -> bool:
    """Return whether the back button led to the page's bare address, which shows the defaults.

    It is left bare: writing it again would trap the user between two entries of the browser's history.
    """
    is_bare = all(st.query_params.get(wanted.id) is None for wanted in filters)
    is_drawn = any(f"{key}.{wanted.id}" in st.session_state for wanted in filters)
    return is_bare and is_drawn and bool(st.session_state.get(WRITTEN, {}).get(key))


def _settle(wanted: Filter, key: str, is_back: bool) -> tuple[str, ...]:
    """Decide what is chosen before the widget is drawn; return what the address asked for in vain."""
    widget, pending = f"{key}.{wanted.id}", st.session_state.get(PENDING, {})
    address = st.query_params.get(wanted.id)
    unknown: tuple[str, ...] = ()
    if wanted.id in pending:
        chosen = pending.pop(wanted.id) or wanted.initial
    elif is_back:
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


def _write_address(chosen: Chosen, key: str, is_back: bool) -> None:
    """Bring the address up to date in one step, defaults included."""
    address = {name: write(values) for name, values in chosen.values.items()}
    written = st.session_state.setdefault(WRITTEN, {})
    is_bare = is_back or (
        written.get(key) == {} and all(values == chosen.filters[name].initial for name, values in chosen.values.items())
    )
    if not is_bare and any(st.query_params.get(name) != text for name, text in address.items()):
        st.query_params.update(address)
    written[key] = {} if is_bare else address
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
        query = "&".join(f"{name}={write(values)}" for name, values in chosen.items())
        st.code(f"{(st.context.url or '').split('?')[0]}?{query}", language=None, wrap_lines=True)


def choose(filters: Sequence[Filter], *, key: str, in_row: int = 3) -> Chosen:
    """Draw the filters (the first ones in the row, the rest under 更多筛选) and return what is chosen."""
    is_back = _is_back_at_bare(filters, key)
    unknown = {wanted.id: _settle(wanted, key, is_back) for wanted in filters}
    values: dict[str, tuple[str, ...]] = {}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key=f"{key}.filters"):
        values.update({wanted.id: _widget(wanted, f"{key}.{wanted.id}") for wanted in filters[:in_row]})
        if len(filters) > in_row:
            values.update(_more(filters[in_row:], key))
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
    unknown = _settle(wanted, place, _is_back_at_bare([wanted], place))
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
    _write_address(result, place, False)
    return result.one(wanted.id)


def link_to(page: str, label: str, **ids: Any) -> None:
    """Show a link to another page with these filters set (`community="4403…"`, `month="2018-12"`)."""
    st.page_link(page, label=label, query_params={name: str(value) for name, value in ids.items()})

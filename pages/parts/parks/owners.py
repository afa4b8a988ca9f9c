"""Whose the parks' enterprises are: how many belong to the park's federation, which are not unionised, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import scope
from metrics.judging.parks import HOW, STATES, Owned, counts, from_outside, of_park, owner_kind
from pages.parts.cases.markup import Cell, table
from pages.parts.choices import Filter
from pages.parts.filters import switch
from pages.parts.header import month_end_text, sample_mark
from pages.parts.lineage.links import linked_columns, with_links
from pages.parts.parks.view import View
from pages.parts.pictures import picture
from pages.parts.tables import TableColumn, export_buttons, show_table

SHOW = Filter(
    "list",
    _("显示"),
    {"all": _("全部"), "none": _("未建会"), "community": _("归社区工联会"), "doubt": _("待核实")},
    "all",
)
COLUMNS = (
    TableColumn("enterprise", _("企业名称"), width=300),
    TableColumn("park", _("园区"), width=130),
    TableColumn("community", _("社区"), width=90),
    TableColumn("state", _("建会情况"), width=160),
    TableColumn("owner", _("归属工联会"), width=200),
    TableColumn("how", _("归属依据"), width=360),
    TableColumn("named", _("台账所写工会"), is_shown=False),
    TableColumn("doubt", _("请核实"), is_shown=False),
    TableColumn("file", _("来源文件"), is_shown=False),
    TableColumn("sheet", _("工作表"), is_shown=False),
    TableColumn("row", _("行"), "integer", is_shown=False),
)
RULES = {
    "park": _("算园区工联会的"),
    "community": _("算社区工联会的"),
}


def rule_text(view: View) -> str:
    """Return how 归属 is decided, with the street's setting."""
    return _("同一企业既在园区又在社区的，只计一次。归属：台账写明的从其写明（单独建会的看它的上级工会）；写了园区、社区两个工联会的，或都没写的，{rule}（街道设置）。").format(
        rule=RULES[owner_kind(view.warehouse)]
    )  # fmt: skip


def show_counts(view: View) -> None:
    """Show, park by park, whose the enterprises are."""
    st.markdown(_("##### 园区企业归谁"))
    st.caption(rule_text(view))
    heads = (_("园区"), _("园区内企业"), _("归园区工联会"), _("归社区或其他工联会"), _("未建会"), _("不详"), _("园区外、归园区工联会"))  # fmt: skip
    rows = []
    for park in view.parks:
        inside = of_park(view.owned, park.id)
        outside = len(from_outside(view.owned, park.id))
        numbers = (len(inside), *counts(inside), outside)
        rows.append([Cell(park.title, link=view.link(park.id)), *(Cell(_("{n}家").format(n=n)) for n in numbers)])
    alt = _("各园区企业的归属")
    picture(table(heads, rows, alt=alt, mark=sample_mark(view.warehouse)), key="parks.owners")


def picked(found: Sequence[Owned], wanted: str) -> list[Owned]:
    """Return the enterprises that a switch asks for."""
    keep = {
        "none": lambda one: one.state == "none",
        "community": lambda one: one.is_covered and one.owner is not None and one.owner[0] == "community",
        "doubt": lambda one: bool(one.doubt) or one.state == "unknown" or (one.is_covered and one.owner is None),
    }
    return [one for one in found if wanted not in keep or keep[wanted](one)]


def frame(view: View, found: Sequence[Owned]) -> pl.DataFrame:
    """Return enterprises as the list shows them."""
    rows = [
        {"unit_id": one.enterprise_id, "enterprise": one.enterprise, "park": scope.title(view.warehouse, "park", one.park_id),
         "community": scope.title(view.warehouse, "community", one.community_id), "state": STATES[one.state],
         "owner": one.owner_name if one.is_covered else "", "how": _how(one), "named": one.named, "doubt": one.doubt,
         "load_id": one.load_id, "file": one.file, "sheet": one.sheet, "row": one.row}
        for one in found
    ]  # fmt: skip
    schema = {column.id: pl.Int64 if column.kind == "integer" else pl.String for column in COLUMNS}
    return pl.DataFrame(rows, schema={"unit_id": pl.String, **schema, "load_id": pl.String})


def _how(one: Owned) -> str:
    """Return by what an enterprise is whose it is; of one that could be taken in, by whom."""
    if one.how != "possible":
        return HOW[one.how]
    return _("未建会，可由{name}覆盖").format(name=one.owner_name)


def show_list(view: View, found: Sequence[Owned], title: str) -> None:
    """Show the enterprises one by one with whose each is, to look at and to take away."""
    st.markdown(_("##### {title}　{n}家").format(title=title, n=f"{len(found):,}"))
    with st.container(horizontal=True, vertical_alignment="center"):
        kept = picked(found, switch(SHOW, key="parks"))
        tools = st.container(horizontal=True, vertical_alignment="center")
    rows = frame(view, kept)
    empty = _("所选范围没有这样的企业。")
    linked = with_links(view.warehouse, rows)
    shown = show_table(
        linked, linked_columns(COLUMNS), key="parks.list", height=360 if len(kept) > 8 else "auto", chooser=tools, empty=empty
    )  # fmt: skip
    with tools:
        export_buttons(
            rows, shown, title=title, unit=_("家"), warehouse=view.warehouse, key="parks.list.export",
            date_text=month_end_text(view.month),
        )  # fmt: skip

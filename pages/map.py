"""工会工作一张图: filter, look, take away."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import places
from metrics.catalogue import Metric, catalogue, metric_of
from metrics.question import Question
from metrics.warehouse import Warehouse
from pages.parts import answers, enterprises, map_views, maps, shapes, theme
from pages.parts.filters import (
    Chosen,
    Filter,
    choose,
    code_filter,
    community_filter,
    metric_filter,
    month_filter,
    put,
    switch,
)
from pages.parts.header import month_end_text, page_header
from pages.parts.lineage.links import linked_columns, with_links
from pages.parts.panel import conditions, panel
from pages.parts.tables import export_buttons, show_table

PLOT = "map.plot"
LAYERS = Filter("layer", _("企业"), {"off": _("不显示"), "hexagons": _("聚合"), "points": _("点")}, "off")
LASSO = Filter("select", _("选择社区"), {"click": _("单击"), "lasso": _("圈选")}, "click")


def filters(warehouse: Warehouse) -> list[Filter]:
    """Return the page's conditions; the first three stand in the row."""
    mappable = [metric.id for metric in catalogue().values() if "community" in metric.dimensions]
    return [
        metric_filter(mappable, "coverage_rate"),
        month_filter(warehouse),
        community_filter(warehouse),
        code_filter(warehouse, "park", _("园区")),
        code_filter(warehouse, "industry", _("行业")),
        code_filter(warehouse, "size_band", _("职工人数")),
        code_filter(warehouse, "union_status", _("建会状态")),
    ]


def take_click(chosen: Chosen, known: frozenset[str]) -> None:
    """Make what was clicked or drawn around on the map a filter; a second click takes it back."""
    for name, found in maps.hits(st.session_state[PLOT]["selection"]["points"], known):
        put(name, *(() if found == chosen.many(name) else found))


def overlay(
    warehouse: Warehouse, chosen: Chosen, frame: pl.DataFrame, layer: str, look: maps.Look
) -> tuple[list[maps.Trace], bool]:
    """Return the parks and the enterprises (points, or hexagons where they are many), and whether they cover the map."""
    parks = [(p.lon, p.lat, p.title, p.id) for p in places.parks(warehouse) if p.lon is not None and p.lat is not None]
    found = [maps.park_trace(parks, look.is_dark)] if parks else []
    if layer == "points" and frame.height <= enterprises.MOST_POINTS:
        return [maps.point_trace(enterprises.points(frame), look.is_dark), *found], False
    if layer in {"points", "hexagons"}:
        return [maps.hexagon_trace(enterprises.hexagons(warehouse, chosen), look, _("企业数（家）")), *found], True
    return found, False


def say_layer(frame: pl.DataFrame, layer: str, covers: bool) -> None:
    """Say what the layer of enterprises cannot show."""
    texts = []
    if layer == "points" and covers:
        texts.append(_("企业超过{n:,}家，改用六边形聚合显示；缩小条件后可看到点。").format(n=enterprises.MOST_POINTS))
    if layer != "off" and (lost := enterprises.without_place(frame)):
        texts.append(_("另有{n:,}家没有坐标，未画在图上。").format(n=lost))
    if texts:
        st.caption("".join(texts))


def say_count(warehouse: Warehouse, chosen: Chosen, frame: pl.DataFrame) -> None:
    """Say how many enterprises the street has and how many of them meet the conditions."""
    total = enterprises.counted(enterprises.everyone(warehouse, chosen.month()))
    found = enterprises.counted(frame)
    text = _("辖区企业**{total:,}**家，符合条件**{found:,}**家").format(total=total, found=found)
    st.markdown(f":small[{text}]")  # beside three switches: a size larger and it takes a line of the screen


def draw_map(warehouse: Warehouse, metric: Metric, chosen: Chosen, frame: pl.DataFrame) -> None:
    """Show the communities' map with its title and switches; the map keeps every community."""
    where = tuple(condition for condition in conditions(metric, chosen) if condition[0] != "community")
    question, title = Question(metric.id, month=chosen.month(), where=where), st.container()
    kind, layer, mode = switches(warehouse, question, chosen, frame)
    view = map_views.view_of(warehouse, question, chosen, kind)
    title.markdown(f"**{view.title}**")
    look = map_look(warehouse, mode)
    if look is None:
        st.info(_("还没有社区边界文件，暂不能画图；把边界文件放进街道文件夹的 geo，再导入一次台账即可。"))
        return
    over, covers = overlay(warehouse, chosen, frame, layer, look)
    say_layer(frame, layer, covers)
    figure = maps.map_figure(view.areas, None if covers else view.level, look, [*view.over, *over])
    known = frozenset(area.id for area in view.areas)
    st.plotly_chart(
        figure, key=PLOT, alt=view.title, config=theme.MAP_CONFIG, selection_mode=("points", "lasso"),
        on_select=lambda: take_click(chosen, known),
    )  # fmt: skip
    for note in view.notes:
        st.caption(note)
    if view.smoothing:
        map_views.raw_and_smoothed(warehouse, view.smoothing)


def switches(warehouse: Warehouse, question: Question, chosen: Chosen, frame: pl.DataFrame) -> tuple[str, str, str]:
    """Show the map's switches and the count; return what the colours mean, the layer of enterprises and how to choose."""
    kinds = map_views.views(warehouse, question)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="map.switches"):
        kind = switch(kinds, key="map") if len(kinds.choices) > 1 else map_views.RAW
        # Points and heaps of enterprises have colours of their own: over clusters a colour would mean two things.
        layer = switch(LAYERS, key="map") if kind != map_views.CLUSTERS else "off"
        mode = switch(LASSO, key="map")
        say_count(warehouse, chosen, frame)
    return kind, layer, mode


def map_look(warehouse: Warehouse, mode: str) -> maps.Look | None:
    """Return where the shapes are and how the map is to look; None where the street has no outlines."""
    outlines = places.outlines(warehouse)
    if not outlines.shapes:
        return None
    has_parks = any(park.lon is not None for park in places.parks(warehouse))
    bounds, generation = shapes.bounds(warehouse), warehouse.generation_id
    return maps.Look(
        generation, bounds, outlines.note, warehouse.is_sample, theme.is_dark(), mode == "lasso", has_parks
    )


def say_empty(warehouse: Warehouse, chosen: Chosen) -> None:
    """Say what was asked and that nothing is there, and offer to drop a condition."""
    asked = " · ".join(chosen.titles(name) for name in enterprises.CONDITIONS if chosen.many(name))
    st.info(_("没有符合条件的企业：{asked}。").format(asked=asked or _("全街道")))
    with st.container(horizontal=True):
        for name, left in enterprises.wider(warehouse, chosen):
            label = _("去掉“{condition}”（余{n}家）").format(condition=chosen.titles(name), n=left)
            st.button(label, on_click=put, args=(name,), key=f"map.widen.{name}")


def list_title(chosen: Chosen) -> str:
    """Return what the exported list is called: its conditions are part of it."""
    asked = "、".join(chosen.titles(name) for name in enterprises.CONDITIONS if chosen.many(name))
    return _("企业名单") + (f"（{asked[:40]}）" if asked else "")


def draw_list(warehouse: Warehouse, chosen: Chosen, frame: pl.DataFrame) -> None:
    """Show the enterprises that meet the conditions, to look at and to take away."""
    if frame.is_empty():
        say_empty(warehouse, chosen)
        return
    tools = st.container(horizontal=True, vertical_alignment="center")
    linked = with_links(warehouse, frame)
    shown = show_table(linked, linked_columns(enterprises.COLUMNS), key="map.table", height=420, chooser=tools)
    with tools:
        export_buttons(
            frame, shown, title=list_title(chosen), unit=_("家、人"), date_text=month_end_text(chosen.month()),
            warehouse=warehouse, key="map.export",
        )  # fmt: skip


def page() -> None:
    """Show the page from top to bottom."""
    warehouse = answers.current()
    head = st.container()
    chosen = choose(filters(warehouse), key="map")
    metric = metric_of(chosen.one("metric"))
    with head:
        page_header(warehouse, _("工会工作一张图"), chosen.month(), metric.ledgers)
    frame = enterprises.listed(warehouse, chosen)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        draw_map(warehouse, metric, chosen, frame)
    with right:
        panel(warehouse, metric, chosen)
    draw_list(warehouse, chosen, frame)


page()

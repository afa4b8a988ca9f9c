"""What the map's colours mean: the values, the smoothed values, or where high and low ones lie together; one at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _

import polars as pl
import streamlit as st

from analysis.clusters import HIGH, HIGH_AMONG_LOW, LOW, LOW_AMONG_HIGH
from metrics import phrases, scope
from metrics.judging import giant_words, where, where_words
from metrics.judging.giants import giants
from metrics.judging.where import Clusters, Smoothing
from metrics.judging.where_layer import NoLayer
from metrics.question import Answer, Question, Row
from metrics.warehouse import Warehouse
from pages.parts import answers, maps, shapes, theme
from pages.parts.choices import Chosen, Filter
from pages.parts.cluster_map import Classed, class_trace
from pages.parts.exports import TableColumn
from pages.parts.tables import show_table

RAW, SMOOTHED, CLUSTERS = "raw", "smoothed", "clusters"
TITLES = {RAW: _("原值"), SMOOTHED: _("平滑"), CLUSTERS: _("聚集")}
GRID_CLASSES = (LOW, None, HIGH)
AREA_CLASSES = (LOW, LOW_AMONG_HIGH, None, HIGH_AMONG_LOW, HIGH)
COLUMNS = (
    TableColumn("community", _("社区")),
    TableColumn("raw", _("原值"), width="medium"),
    TableColumn("smoothed", _("平滑后")),
)


@dataclass(frozen=True)
class View:
    """What a map shows: its title, its communities, what the colours mean, what lies over them, what is said below."""

    title: str
    areas: list[maps.Area]
    level: maps.Level | None
    over: tuple[maps.Trace, ...] = ()
    notes: tuple[str, ...] = ()
    smoothing: Smoothing | None = None


def views(warehouse: Warehouse, question: Question) -> Filter:
    """Return the choice of what the colours mean, as far as this question has it."""
    offered = [RAW]
    if where.smoothing_of(answers.answer(warehouse, replace(question, by=("community",)))) is not None:
        offered.append(SMOOTHED)
    if where.why_not(warehouse, question) is None:
        offered.append(CLUSTERS)
    return Filter("view", _("着色"), {name: TITLES[name] for name in offered}, RAW)


def view_of(warehouse: Warehouse, question: Question, chosen: Chosen, kind: str) -> View:
    """Return what the map shows; `question` asks for the street's communities."""
    answer = answers.answer(warehouse, replace(question, by=("community",)))
    street = answers.answer(warehouse, question).row
    found = where.smoothing_of(answer)
    if kind == CLUSTERS:
        return _cluster_view(warehouse, question, answer, street, found, chosen)
    why = where.why_not(warehouse, question)
    notes = (where_words.no_clusters_note(answer.metric, why),) if why else ()
    if kind == SMOOTHED and found is not None:
        return _smoothed_view(warehouse, answer, street, found, chosen, notes)
    return _raw_view(warehouse, answer, street, found, chosen, notes)


def _raw_view(
    warehouse: Warehouse, answer: Answer, street: Row, found: Smoothing | None, chosen: Chosen, notes: tuple[str, ...]
) -> View:
    legend = level(warehouse, answer, answer.rows, street)
    title = sentence(answer, legend, answers.value_text(warehouse, answer.metric, street.value))
    return View(title, areas(warehouse, answer, found, chosen), legend, notes=notes)


def _smoothed_view(
    warehouse: Warehouse, answer: Answer, street: Row, found: Smoothing, chosen: Chosen, notes: tuple[str, ...]
) -> View:
    """Colour the communities by their smoothed values; the hover keeps the raw ones first."""
    smooth = {row.row.keys["community_id"] or "": row.value for row in found.rows}
    legend = level(warehouse, answer, [replace(row.row, value=row.value) for row in found.rows], street)
    title = sentence(answer, legend, answers.value_text(warehouse, answer.metric, street.value), _("（平滑后）"))
    drawn = [replace(area, value=smooth.get(area.id)) for area in areas(warehouse, answer, found, chosen)]
    said = where_words.smoothing_note(found, answers.decimals(warehouse))
    return View(title, drawn, legend, notes=(said, *notes), smoothing=found)


def _cluster_view(
    warehouse: Warehouse, question: Question, answer: Answer, street: Row, smooth: Smoothing | None, chosen: Chosen
) -> View:
    """Colour what lies together; where too few cells are found, say so and show the values."""
    with st.spinner(_("正在分析聚集，第一次需要几秒……")):
        found = where.clusters(warehouse, question)
    if isinstance(found, NoLayer):
        notes = (where_words.no_clusters_note(answer.metric, found),)
        return _raw_view(warehouse, answer, street, smooth, chosen, notes)
    drawn = areas(warehouse, answer, smooth, chosen)
    if not found.is_grid:
        drawn = [replace(area, value=None) for area in drawn]
    trace = cluster_trace(warehouse, found)
    return View(where_words.clusters_sentence(found), drawn, None, (trace,), (where_words.clusters_note(found),))


def cluster_trace(warehouse: Warehouse, found: Clusters) -> maps.Trace:
    """Return the layer's areas coloured by class, with every class in the legend, found or not."""
    classes: Sequence[str | None] = GRID_CLASSES if found.is_grid else AREA_CLASSES
    titles = [where_words.KINDS[kind] if kind else _("没有聚集") for kind in classes]
    decimals, word = answers.decimals(warehouse), scope.measure(warehouse, found.metric)
    ids = [place.area.id for place in found.places]
    layer = f"hexagons.json?ids={','.join(ids)}" if found.is_grid else "communities.json"
    drawn = Classed(
        f"/geo/{warehouse.generation_id}/{layer}",
        ids,
        [classes.index(place.kind) for place in found.places],
        [where_words.place_text(found, place, decimals, word) for place in found.places],
    )
    return class_trace(drawn, titles, theme.is_dark())


def area_text(warehouse: Warehouse, answer: Answer, row: Row, found: Smoothing | None) -> str:
    """Return what a hover over a community says, the smoothed value beside the raw one."""
    said = (answers.row_text, answers.parts_text, answers.range_text)
    lines = [f"<b>{row.keys['community']}</b>", *(say(warehouse, answer.metric, row) for say in said)]
    if giant := giants(warehouse, answer.question).get(row.keys["community_id"] or ""):
        lines.append(giant_words.giant_text(answer.metric, giant, answers.decimals(warehouse)))
    smooth = found.of(row.keys["community_id"]) if found else None
    lines.append(where_words.smoothed_text(answer.metric, smooth, answers.decimals(warehouse)))
    return "<br>".join(filter(None, lines))


def areas(warehouse: Warehouse, answer: Answer, found: Smoothing | None, chosen: Chosen) -> list[maps.Area]:
    """Return the communities as the map draws them."""
    at = shapes.centres(warehouse)
    return [
        maps.Area(
            row.keys["community_id"] or "", row.keys["community"] or "", row.value,
            area_text(warehouse, answer, row, found), at.get(row.keys["community_id"] or ""),
            row.keys["community_id"] in chosen.many("community"), not row.known, row.is_suppressed,
        )
        for row in answer.rows
    ]  # fmt: skip


def level(warehouse: Warehouse, answer: Answer, rows: Sequence[Row], street: Row) -> maps.Level | None:
    """Return what the colours mean, None where nothing is known."""
    values = [row.value for row in rows if row.value is not None]
    if not values:
        return None
    low, high = min(values), max(values)
    said = {value: answers.value_text(warehouse, answer.metric, value) for value in (low, high)}
    mark = None
    if street.value is not None and low <= street.value <= high and answer.metric.over:
        mark = (street.value, _("全街道{text}").format(text=answers.value_text(warehouse, answer.metric, street.value)))
    bottom = (low, said[low]) if high > low else (high - 1, "")  # one value for all: one colour, one label
    return maps.Level(bottom, (high, said[high]), mark)


def sentence(answer: Answer, legend: maps.Level | None, total: str, how: str = "") -> str:
    """Return what the map shows, as its title and as its text for a screen reader."""
    if legend is None:
        return phrases.nothing_text(answer.metric, answer.rows)
    span = f"{legend.low[1]}—{legend.high[1]}" if legend.low[1] else _("均为{text}").format(text=legend.high[1])
    text = _("各社区{title}{how}{span}，全街道{total}").format(
        title=answer.metric.title, how=how, span=span, total=total
    )
    return text + phrases.left_out_text(answer.rows)


def raw_and_smoothed(warehouse: Warehouse, found: Smoothing) -> None:
    """Show each community's raw value and its smoothed one side by side."""
    metric = found.answer.metric
    frame = pl.DataFrame(
        {
            "community": [row.row.keys["community"] for row in found.rows],
            "raw": [answers.row_text(warehouse, metric, row.row) for row in found.rows],
            "smoothed": [answers.value_text(warehouse, metric, row.value) if row.value is not None else "" for row in found.rows],
        }
    )  # fmt: skip
    with st.expander(_("各社区原值与平滑后的值")):
        show_table(frame, COLUMNS, key="map.smoothed")

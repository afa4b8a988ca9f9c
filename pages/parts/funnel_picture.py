"""A comparison as the funnel picture: which communities stand in it, in which colours, what a hover says."""

from __future__ import annotations

from gettext import gettext as _

from metrics import phrases
from metrics.catalogue import Metric, catalogue
from metrics.judging import compare_words as words
from metrics.judging.compare import Band, Compared, Comparison
from metrics.warehouse import Warehouse
from pages.parts import answers, theme
from pages.parts.funnel import Axes, Four, Spot, Text, ends, funnel
from pages.parts.header import sample_mark
from pages.parts.league import row_title, shade

NARROW = 0.06  # a scale of fewer percentage points has steps of less than one


def four(band: Band) -> Four:
    """Return limits in the order in which they are drawn."""
    return band.low95, band.high95, band.low998, band.high998


def _spot(warehouse: Warehouse, found: Comparison, row: Compared, own: str) -> Spot | None:
    """Return a community's place in the picture; None for one without value or limits."""
    if row.value is None or row.denominator is None or row.limits is None:
        return None
    metric = found.answer.metric
    colour = shade(metric, row, theme.is_dark())
    is_own = row.keys["community_id"] == own
    name, title = row.keys["community"] or "", row_title(warehouse, metric, row)
    is_named = row.funnel not in {None, "similar"}
    return Spot(name, row.denominator, row.value, four(row.limits), colour, title, is_own, is_named, row.too_few)


def size_title(metric: Metric) -> str:
    """Return what the lower scale counts: 企业数（家）, 职工人数（人）."""
    over = catalogue().get(metric.over or "")
    if over is not None:
        return f"{over.title}（{over.measure}）"
    return _("{unit}数（{measure}）").format(unit=metric.unit_title, measure=metric.measure)


def _value_text(metric: Metric, ends: tuple[float, float]) -> Text:
    """Return how the upright scale's numbers are written: with as many decimals as its steps need."""
    if not metric.is_percentage:
        return lambda value: f"{value:g}"
    places = 0 if ends[1] - ends[0] > NARROW else 1
    return lambda value: phrases.number_text(metric, value, places).rstrip("%")


def funnel_picture(warehouse: Warehouse, found: Comparison, own: str, alt: str) -> str:
    """Return the picture as SVG, "" where nobody can be placed."""
    metric = found.answer.metric
    spots = [spot for row in found.rows if (spot := _spot(warehouse, found, row, own))]
    if not spots or found.target_value is None:
        return ""
    top = 1.0 if metric.kind == "proportion" else None
    sizes, values = ends(spots, found.target_value, top)
    unit = "%" if metric.is_percentage else ""
    axes = Axes(sizes, values, phrases.count_text, _value_text(metric, values), size_title(metric), unit)
    curves = None if found.curve is None else (found.curve.sizes, [four(band) for band in found.curve.bands])
    value = "" if found.target == "goal" else answers.value_text(warehouse, metric, found.target_value)
    target = (found.target_value, words.against_text(found) + value)
    return funnel(spots, curves, target, axes, alt=alt, mark=sample_mark(warehouse))

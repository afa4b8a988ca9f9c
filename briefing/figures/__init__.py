"""Charts as pictures, drawn without a browser: SVG for print, 300 dpi PNG for Word.

A picture bears its marks and notes (示例数据, the kind of map, what hatching means), so that it stays honest when it is
copied out of the document. It never bears its title: a document writes that beside it, as text.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from briefing.figures import bars, canvas, lines, maps
from briefing.model import Chart

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH_MM = 156.0  # the type area of an A4 page by GB/T 9704
HEIGHT_MM = 70.0
ROW_MM, MAP_SHARE = 6.0, 0.62
DRAWN = {"line": lines.draw, "bar": bars.draw, "map": maps.draw}


def suited_height(chart: Chart, width_mm: float = WIDTH_MM) -> float:
    """Return the height that suits a chart: a map is taller, bars by name grow with their number."""
    if chart.kind == "map":
        return width_mm * MAP_SHARE
    if chart.kind == "bar" and not canvas.is_monthly(chart):
        return max(HEIGHT_MM / 2, ROW_MM * len(chart.categories) + 16)
    return HEIGHT_MM


@lru_cache(maxsize=16)
def _drawn(chart: Chart, width_mm: float, height_mm: float | None) -> Figure:
    """Return the picture before it is saved, once for both forms; only within `canvas.drawing`."""
    frame = canvas.frame(chart, width_mm, height_mm or suited_height(chart, width_mm))
    DRAWN[chart.kind](frame, chart)
    return frame.figure


@lru_cache(maxsize=128)
def svg(chart: Chart, width_mm: float = WIDTH_MM, height_mm: float | None = None) -> bytes:
    """Return a chart as SVG; texts are outlines, so it looks the same wherever it is opened. Same chart, same bytes."""
    return _saved(chart, width_mm, height_mm, format="svg", metadata={"Date": None, "Creator": None})


@lru_cache(maxsize=64)
def png(chart: Chart, width_mm: float = WIDTH_MM, height_mm: float | None = None, dpi: int = 300) -> bytes:
    """Return a chart as PNG for places that cannot show SVG."""
    quick = {"compress_level": 4}  # a third of the time, a tenth more bytes
    return _saved(chart, width_mm, height_mm, format="png", dpi=dpi, metadata={"Software": None}, pil_kwargs=quick)


def _saved(chart: Chart, width_mm: float, height_mm: float | None, **how: Any) -> bytes:
    with canvas.drawing():
        file = BytesIO()
        _drawn(chart, width_mm, height_mm).savefig(file, **how)
    return file.getvalue()

"""Numbers as charts: a title that says what the chart shows, the values with their printed texts, what must be said.

A chart without any value is None: an empty frame says nothing. In a public version nothing is judged.
"""

from __future__ import annotations

from briefing.charts.areas import map_chart
from briefing.charts.by import bar_chart
from briefing.charts.trend import trend_chart

__all__ = ["bar_chart", "map_chart", "trend_chart"]

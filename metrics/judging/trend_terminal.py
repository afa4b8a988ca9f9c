"""A trend as the terminal gives it: JSON for programs, a table for people."""

from __future__ import annotations

import argparse
from gettext import gettext as _
from pathlib import Path
from typing import Any

from metrics.catalogue import catalogue
from metrics.judging.trend import Point, trend
from metrics.judging.trend_words import SIGNAL_TITLES, baseline_text, limits_text
from metrics.phrases import number_text
from metrics.terminal import asked_version, question_of

SHOWN = ("value", "centre", "lower", "upper", "signal", "is_partial", "is_carried")


def _row(point: Point) -> dict[str, Any]:
    return {"month": f"{point.month:%Y-%m}", **{name: getattr(point, name) for name in SHOWN}}


def trend_json(street: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the months of one metric with what each is held against and the rule by which it stands out."""
    found = trend(asked_version(street, arguments), question_of(arguments), street)
    baseline = found.baseline and {"from": f"{found.baseline[0]:%Y-%m}", "to": f"{found.baseline[1]:%Y-%m}"}
    return {
        "metric": found.metric.id,
        "generation": found.generation_id,
        "generation_no": found.generation_no,
        "chart": found.chart,
        "baseline": baseline,
        "steps": [f"{month:%Y-%m}" for month in found.steps],
        "without_limits": found.without_limits,
        "about": baseline_text(found),
        "rows": [_row(point) for point in found.points],
    }


def trend_text(answer: dict[str, Any]) -> str:
    """Return the months as a table: value, 正常波动范围, what stands out, and what the range rests on."""
    metric = catalogue()[answer["metric"]]
    lines = [f"{metric.title}　" + _("数据版本{generation_no}（{generation}）").format(**answer)]
    for row in answer["rows"]:
        cells = [row["month"], number_text(metric, row["value"])]
        if row["lower"] is not None:
            cells.append(_("正常波动范围{range}").format(range=limits_text(metric, row["lower"], row["upper"], "")))
        cells += [SIGNAL_TITLES[row["signal"]]] if row["signal"] else []
        cells += [_("报送不全")] * bool(row["is_partial"] and row["value"] is not None)
        cells += [_("沿用此前名册")] * bool(row["is_carried"])
        lines.append("　".join(cells))
    return "\n".join([*lines, answer["about"]])

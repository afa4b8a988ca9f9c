"""年度任务 by community as SVG text: what is done, where the year's end is expected, the task as one line for all."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from html import escape

from metrics.targets.progress import Progress
from metrics.targets.words import forecast_text, progress_text, range_text, value_text
from pages.parts.svg import ACCENT, FONT, GREY, INK

WIDTH, LABEL, BAR, ROW, TOP = 480, 66, 296, 26, 34
MOST = 1.6  # of the task; a longer bar is cut, its number stands at the end


def _x(share: float) -> float:
    return LABEL + min(share, MOST) / MOST * BAR


def _whisker(low: float, high: float, y: float) -> str:
    """Return the range of the year's end; an end that lies beyond the picture has no cap."""
    caps = "".join(f"M{_x(end):.1f} {y - 5:.1f}v10" for end in (low, high) if end <= MOST)
    line = f"M{_x(low):.1f} {y:.1f}H{_x(high):.1f}{caps}"
    return f'<path d="{line}" style="stroke:{INK};stroke-width:1.6;fill:none"/>'


def _row(one: Progress, y: float, word: str) -> str:
    label = f'<text x="{LABEL - 8}" y="{y + 17:.1f}" font-size="13" text-anchor="end">{escape(one.community)}</text>'
    body = ""
    if one.share is not None:
        body += f'<rect x="{LABEL}" y="{y + 6:.1f}" width="{_x(one.share) - LABEL:.1f}" height="{ROW - 13}" style="fill:{ACCENT};opacity:.75"/>'
    if one.forecast and one.target:
        body += _whisker(one.forecast.low / one.target, one.forecast.high / one.target, y + ROW / 2 - 0.5)
    said = f"{value_text(one.metric, one.done, 1, word)}／{value_text(one.metric, one.target, 1, word)}"
    end = f'<text x="{WIDTH}" y="{y + 17:.1f}" font-size="13" text-anchor="end">{escape(said)}</text>'
    title = "，".join(
        part for part in (f"{one.community}　{progress_text(one, 1, word)}", forecast_text(one, word)) if part
    )
    hover = f'<rect x="0" y="{y:.1f}" width="{WIDTH}" height="{ROW}" fill="transparent"><title>{escape(title)}</title></rect>'
    return label + body + end + hover


def _line(share: float, height: float, text: str, dashes: str, ink: str, anchor: str) -> str:
    """Return a line through all rows; its word stands beside its head, where `anchor` says."""
    x, beside = _x(share), -4 if anchor == "end" else 4
    path = f'<path d="M{x:.1f} {TOP - 14}V{height:.1f}" stroke-dasharray="{dashes}" style="stroke:{ink};stroke-width:1.3"/>'
    return (
        path
        + f'<text x="{x + beside:.1f}" y="{TOP - 5}" font-size="12" text-anchor="{anchor}" style="fill:{ink}">{escape(text)}</text>'
    )


def target_bars(found: Sequence[Progress], word: str, mark: str) -> str:
    """Draw communities whose tasks add up: bars of what is done as a share of the task, whiskers for the year's end."""
    height = TOP + ROW * len(found) + (18 if mark else 2)
    rows = "".join(_row(one, TOP + ROW * place, word) for place, one in enumerate(found))
    lines = _line(1.0, TOP + ROW * len(found), _("任务"), "none", INK, "start")
    if found[0].schedule is not None and found[0].schedule < 1:
        lines += _line(found[0].schedule, TOP + ROW * len(found), _("时序进度"), "3 3", GREY, "end")
    key = _("条：已完成　横线：年底预计范围") if any(one.forecast for one in found) else _("条：已完成")
    head = f'<text x="0" y="13" font-size="13" style="fill:{GREY}">{escape(key)}</text>'
    foot = (
        f'<text x="{WIDTH}" y="{height - 4}" font-size="12" text-anchor="end" style="fill:{GREY}">{escape(mark)}</text>'
        if mark
        else ""
    )
    alt = escape(
        "；".join(f"{one.community}{value_text(one.metric, one.done, 1, word)}{range_text(one, word)}" for one in found)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{alt}" '
        f'style="width:100%;max-width:{WIDTH + 160}px;font-family:{FONT};fill:{INK}">{head}{lines}{rows}{foot}</svg>'
    )

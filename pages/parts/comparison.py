"""Communities side by side, as an HTML table with small drawings: no Streamlit, no Plotly.

Every community stands on one scale: its value as a dot, its 参考范围 as a bar, the street as a line, the goal dashed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from html import escape

from pages.parts.svg import ACCENT, FONT, GREY, HATCH, INK, position

PLOT_WIDTH, ROW_HEIGHT, SPARK_WIDTH = 240, 26, 100
STYLE = f"""
<style>
.wide {{ overflow-x: auto; font-family: {FONT}; color: {INK}; }}
table {{ border-collapse: collapse; min-width: 860px; width: 100%; font-size: 15px; }}
th {{ font-weight: 400; color: {GREY}; text-align: left; font-size: 13px; vertical-align: bottom; }}
th:first-child, td:first-child {{ position: sticky; left: 0; background: var(--st-background-color, #ffffff); }}
th, td {{ padding: 2px 10px 2px 6px; border-bottom: 1px solid var(--st-border-color, #d9dee1); white-space: nowrap; }}
th {{ white-space: normal; max-width: 8em; }}
td.number, th.number {{ text-align: right; font-variant-numeric: tabular-nums; }}
tr.own td {{ background: var(--st-secondary-background-color, #f4f6f7); font-weight: 600; }}
tr.own td:first-child {{ box-shadow: inset 3px 0 {ACCENT}; }}
td.note, tr.own td.note {{ font-weight: 400; white-space: normal; min-width: 12em; font-size: 13px; }}
small {{ display: block; font-size: 12px; color: {GREY}; }}
i.dot {{ display: inline-block; width: 8px; height: 8px; border: 2px solid; border-radius: 50%; margin-right: 6px; }}
a {{ color: inherit; text-decoration: none; }}
a:hover, a:focus {{ text-decoration: underline; }}
svg {{ display: block; }}
</style>
"""


@dataclass(frozen=True)
class Line:
    """One community: its texts, its place on the scale and among the others, its last months.

    `place` is its class in words, `shade` the colour of one that stands out, `is_strong` says 明显; `under` is what
    stands below the value, `note` what the community itself says.
    """

    name: str
    link: str
    sides: str
    parts: str
    text: str
    difference: str
    title: str
    value: float | None
    low: float | None
    high: float | None
    course: tuple[float | None, ...]
    is_own: bool = False
    is_missing: bool = False
    place: str = ""
    shade: str = ""
    is_strong: bool = False
    rank: str = ""
    tier: str = ""
    under: str = ""
    note: str = ""


@dataclass(frozen=True)
class Scale:
    """What all communities are drawn against."""

    street: tuple[float, str] | None
    goal: tuple[float, str] | None


@dataclass(frozen=True)
class Headings:
    """The table's column headings; a column whose heading is empty is left out."""

    sides: str
    value: str
    difference: str
    parts: str
    months: int
    is_from_zero: bool = False
    place: str = ""
    rank: str = ""
    tier: str = ""
    note: str = ""


def ends(lines: Sequence[Line], scale: Scale, is_from_zero: bool) -> tuple[float, float]:
    """Return the two ends of the common scale, with a little room beyond the outermost mark; counts start at 0."""
    marks = [mark for line in lines for mark in (line.value, line.low, line.high) if mark is not None]
    marks += [mark[0] for mark in (scale.street, scale.goal) if mark]
    low, high = min(marks, default=0.0), max(marks, default=1.0)
    low = min(low, 0.0) if is_from_zero else low
    room = (high - low) * 0.05 or 0.5
    return low - room, high + room


def _svg(width: int, height: int, body: str) -> str:
    return f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">{body}</svg>'


def _upright(x: float, height: float, is_goal: bool) -> str:
    dash = ' stroke-dasharray="3 3"' if is_goal else ""
    return f'<path d="M{x:.1f} 0V{height}"{dash} style="stroke:{GREY if is_goal else ACCENT};stroke-width:1.2"/>'


def _plot(line: Line, scale: Scale, low: float, high: float) -> str:
    """Draw one community's dot and range over the street's line and the goal."""

    def at(value: float) -> float:
        return position(value, low, high) * PLOT_WIDTH

    middle = ROW_HEIGHT / 2
    body = "".join(_upright(at(mark[0]), ROW_HEIGHT, mark is scale.goal) for mark in (scale.street, scale.goal) if mark)
    if line.is_missing:
        hatched = f'<rect width="{PLOT_WIDTH}" height="{ROW_HEIGHT - 10}" y="5" fill="url(#hatch)" opacity=".5"/>'
        return _svg(PLOT_WIDTH, ROW_HEIGHT, f"<defs>{HATCH}</defs>{hatched}")
    if line.low is not None and line.high is not None:
        body += f'<path d="M{at(line.low):.1f} {middle}H{at(line.high):.1f}" style="stroke:{GREY};stroke-width:5;opacity:.55"/>'
    if line.value is None:
        return _svg(PLOT_WIDTH, ROW_HEIGHT, body)
    fill = line.shade or (ACCENT if line.is_own else INK)
    dot = f'<circle cx="{at(line.value):.1f}" cy="{middle}" r="5" style="fill:{fill}"/>'
    return _svg(PLOT_WIDTH, ROW_HEIGHT, body + dot)


def _scale_head(scale: Scale, low: float, high: float) -> str:
    """Return the heading over the plots: what the line and the dashes are, and where."""
    body = ""
    for y, mark in ((12, scale.street), (27, scale.goal)):
        if mark is None:
            continue
        x = position(mark[0], low, high) * PLOT_WIDTH
        # The street's line runs down beside the goal's words: they stand on its other side.
        is_right = x > PLOT_WIDTH / 2 if mark is scale.street or scale.street is None else mark[0] < scale.street[0]
        is_right = is_right if 80 < x < PLOT_WIDTH - 80 else x > PLOT_WIDTH / 2  # there must be room
        anchor = "end" if is_right else "start"
        shift = -4 if anchor == "end" else 4
        ink = ACCENT if mark is scale.street else GREY
        body += f'<text x="{x + shift:.1f}" y="{y}" font-size="13" text-anchor="{anchor}" style="fill:{ink}">{escape(mark[1])}</text>'
        body += f'<path d="M{x:.1f} {y - 10}V32" style="stroke:{ink};stroke-width:1.2"/>'
    return _svg(PLOT_WIDTH, 32, body)


def _spark(course: Sequence[float | None], low: float, high: float) -> str:
    """Draw the last months on the scale that all communities share; the line breaks where a month is 未报."""
    step = (SPARK_WIDTH - 8) / max(len(course) - 1, 1)
    path, pen, last = "", "M", ""
    for index, value in enumerate(course):
        if value is None:
            pen = "M"
            continue
        x, y = 4 + index * step, ROW_HEIGHT - 4 - position(value, low, high) * (ROW_HEIGHT - 8)
        path += f"{pen}{x:.1f} {y:.1f}"
        pen, last = "L", f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.4" style="fill:{ACCENT}"/>'
    line = f'<path d="{path}" fill="none" style="stroke:{GREY};stroke-width:1.6"/>' if path else ""
    return _svg(SPARK_WIDTH, ROW_HEIGHT, line + last)


def _place(line: Line) -> str:
    """Return the class in words with a dot in its colour: full for 明显, else a ring; none for 相差不大."""
    if not line.shade:
        return escape(line.place)
    ground = line.shade if line.is_strong else "transparent"
    return f'<i class="dot" style="border-color:{line.shade};background:{ground}"></i>{escape(line.place)}'


def _value(line: Line) -> str:
    return escape(line.text) + (f"<small>{escape(line.under)}</small>" if line.under else "")


def _head(headings: Headings, scale: Scale, domain: tuple[float, float]) -> list[str]:
    """Return the heading cells; "" where the column is left out."""
    plot = f'<th scope="col">{_scale_head(scale, *domain)}</th>'
    course = _("近{n}个月走势").format(n=headings.months)
    numbers = [_heading(headings.sides), _heading(headings.value)]
    place, *ranks = (_heading(text, "") for text in (headings.place, headings.rank, headings.tier))
    first, last = _heading(_("社区"), ""), _heading(course, "")
    # The place stands before the drawing: a phone shows name, value and place without scrolling.
    return [
        first,
        *numbers,
        place,
        plot,
        _heading(headings.difference),
        *ranks,
        _heading(headings.parts),
        last,
        _heading(headings.note, ""),
    ]


def _cells(line: Line, scale: Scale, domain: tuple[float, float], months: tuple[float, float]) -> list[str]:
    """Return a line's cells, in the order of the headings."""
    name = f'<a href="{escape(line.link)}" target="_self">{escape(line.name)}</a>'
    numbers = [escape(line.sides), _value(line)]
    plot, course = _plot(line, scale, *domain), _spark(line.course, *months)
    texts = [f"<td>{text}</td>" for text in (name, _place(line), plot, escape(line.rank), escape(line.tier), course)]
    first, place, plot, rank, tier, last = texts
    note = f'<td class="note">{escape(line.note)}</td>'
    difference, made_of = _number(escape(line.difference)), _number(escape(line.parts))
    return [first, *map(_number, numbers), place, plot, difference, rank, tier, made_of, last, note]


def _number(markup: str) -> str:
    return f'<td class="number">{markup}</td>'


def _heading(text: str, kind: str = "number") -> str:
    return f'<th scope="col" class="{kind}">{escape(text)}</th>' if text else ""


def comparison(lines: Sequence[Line], scale: Scale, headings: Headings, *, alt: str, notes: Sequence[str]) -> str:
    """Return the whole table as HTML; `notes` stand below it, the sample's mark among them."""
    domain = ends(lines, scale, headings.is_from_zero)
    values = [value for line in lines for value in line.course if value is not None]
    months = (0.0 if headings.is_from_zero else min(values, default=0.0), max(values, default=1.0))
    head = _head(headings, scale, domain)
    rows = ""
    for line in lines:
        cells = "".join(cell for cell, over in zip(_cells(line, scale, domain, months), head, strict=True) if over)
        rows += f'<tr{" class=own" if line.is_own else ""} title="{escape(line.title)}">{cells}</tr>'
    below = f'<p style="font-size:13px;color:{GREY};margin:6px 0 0">{"　".join(map(escape, notes))}</p>'
    table = f'<table aria-label="{escape(alt)}"><thead><tr>{"".join(head)}</tr></thead><tbody>{rows}</tbody></table>'
    return f'{STYLE}<div class="wide" tabindex="0">{table}</div>{below}'

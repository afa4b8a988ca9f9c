"""What all pictures share: the font, the sizes, where marks and notes stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from gettext import gettext as _
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from briefing import palette
from briefing.model import Chart, Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONTS = Path(__file__).resolve().parents[2] / "data" / "fonts"
# The second one has twice as many characters: a rare name is written in it rather than as an empty box.
FAMILIES = {"Noto Sans CJK SC": "NotoSansSC-Regular.otf", "Noto Serif CJK SC": "NotoSerifSC-Regular.otf"}
TEXT, SMALL = 9.0, 8.0  # points
LINE_MM = 3.9  # a line of notes
NOTE_WIDTH = 0.92  # of the picture
HATCH = "//////"
MONTH = re.compile(r"(\d{4})年(\d{1,2})月")


@lru_cache(maxsize=1)
def _lock() -> Any:
    """Return the lock under which pictures are drawn: Matplotlib's settings and font cache are one per process."""
    return Lock()


@lru_cache(maxsize=1)
def _settings() -> dict[str, Any]:
    from matplotlib import font_manager

    for file in FAMILIES.values():
        font_manager.fontManager.addfont(FONTS / file)
    return {
        "font.family": [*FAMILIES],
        "font.size": TEXT,
        "text.hinting": "none",  # letters stand where they stand in print, at any resolution
        "text.parse_math": False,  # a $ in a name is a $
        "text.color": palette.INK,
        "svg.fonttype": "path",
        "svg.hashsalt": "union-atlas",  # same chart, same bytes
        "hatch.linewidth": 0.6,
        "hatch.color": palette.GREY,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": palette.GREY,
        "axes.unicode_minus": False,
        "xtick.color": palette.GREY,
        "ytick.color": palette.GREY,
        "xtick.labelcolor": palette.INK,
        "ytick.labelcolor": palette.INK,
        "xtick.labelsize": SMALL,
        "ytick.labelsize": SMALL,
    }


@contextmanager
def drawing() -> Iterator[None]:
    """Draw with our settings, one picture at a time; another user of Matplotlib finds its own again afterwards."""
    with _lock():
        from matplotlib import rc_context

        settings: Any = _settings()
        with rc_context(settings):
            yield


@dataclass(frozen=True)
class Frame:
    """A picture with its marks and notes written, and how much room (mm) they take above and below."""

    figure: Figure
    head: float
    foot: float

    @property
    def width(self) -> float:
        """Return the picture's width in mm."""
        return float(self.figure.get_size_inches()[0]) * 25.4

    @property
    def height(self) -> float:
        """Return the picture's height in mm."""
        return float(self.figure.get_size_inches()[1]) * 25.4

    def axes(self) -> Axes:
        """Return axes that `place` puts in their place when their labels are known."""
        return self.figure.add_axes((0.1, 0.1, 0.8, 0.8))

    def place(self, axes: Axes, left: float, right: float, bottom: float, top: float) -> None:
        """Leave this much room (mm) around the axes: Matplotlib's own layout measures every text twice for it."""
        wide = max(self.width - left - right, 10)
        tall = max(self.height - self.head - self.foot - bottom - top, 10)
        axes.set_position(
            (left / self.width, (self.foot + bottom) / self.height, wide / self.width, tall / self.height)
        )


def frame(chart: Chart, width_mm: float, height_mm: float) -> Frame:
    """Return an empty picture with the mark above and the notes below."""
    from matplotlib.figure import Figure

    figure = Figure((width_mm / 25.4, height_mm / 25.4), facecolor="white")
    notes = wrapped(chart.notes, width_mm * NOTE_WIDTH)
    found = Frame(figure, LINE_MM + 0.8 if chart.mark or unit_note(chart) else 0.0, LINE_MM * len(notes) + 0.8)
    place: dict[str, Any] = {"fontsize": SMALL, "color": palette.NOTE}
    if chart.mark:
        figure.text(1 - 1 / width_mm, 1 - 0.6 / height_mm, chart.mark, ha="right", va="top", **place)
    if unit_note(chart):
        figure.text(1 / width_mm, 1 - 0.6 / height_mm, unit_note(chart), ha="left", va="top", **place)
    for index, note in enumerate(notes):
        y = (found.foot - LINE_MM * (index + 0.2)) / height_mm
        figure.text(1 / width_mm, y, note, ha="left", va="top", **place)
    return found


def unit_note(chart: Chart) -> str:
    """Return 单位：宗 for what is no percentage; on a map each text says its own."""
    is_said = not chart.unit or chart.is_percentage or chart.kind == "map"
    return "" if is_said else _("单位：{unit}").format(unit=chart.unit)


def text_mm(text: str, points: float) -> float:
    """Return about how wide a text is: a Chinese character is as wide as its size, a figure a little over half."""
    ems = sum(1.0 if ord(char) > 0x2000 else 0.92 if char == "%" else 0.58 for char in text)
    return ems * points * 25.4 / 72


def wrapped(notes: tuple[str, ...], width_mm: float) -> list[str]:
    """Return the notes as lines of at most this width: side by side where they fit, broken where one is too long."""
    found: list[str] = []
    for note in notes:
        if found and text_mm(f"{found[-1]}　{note}", SMALL) <= width_mm:
            found[-1] += f"　{note}"
            continue
        while text_mm(note, SMALL) > width_mm:
            cut = next(n for n in range(len(note), 0, -1) if text_mm(note[:n], SMALL) <= width_mm)
            found.append(note[:cut])
            note = note[cut:]
        found.append(note)
    return found


def is_monthly(chart: Chart) -> bool:
    """Return whether the categories are months."""
    return bool(chart.categories) and all(MONTH.fullmatch(name) for name in chart.categories)


def month_ticks(axes: Axes, names: tuple[str, ...]) -> None:
    """Write months under an axis: each of a year, else each third or sixth, the year under its first."""
    months = [(int(m[1]), int(m[2])) for m in map(MONTH.fullmatch, names) if m]
    step = next((step for most, step in ((13, 1), (27, 3), (54, 6)) if len(months) <= most), 12)
    last = len(months) - 1
    places = [at for at in range(len(months)) if (last - at) % step == 0]
    years = {year: at for at, (year, _month) in reversed([(at, months[at]) for at in places])}
    labels = [f"{months[at][1]}月" + (f"\n{months[at][0]}年" if years[months[at][0]] == at else "") for at in places]
    axes.set_xticks(places, labels)
    axes.tick_params(axis="x", length=2)


def bare(chart: Chart, text: str) -> str:
    """Return a value without the unit that the picture names once."""
    return text if chart.is_percentage else text.removesuffix(chart.unit)


def mark_of(series: Series, place: int) -> str:
    """Return what is said of a category: higher, lower, partial, carried or ""."""
    return series.marks[place] if series.marks else ""


def tick_text(chart: Chart, value: float) -> str:
    """Return a number on an axis."""
    scaled = round(value * 100 if chart.is_percentage else value, 9) or 0.0  # never -0
    return f"{scaled:,.10g}{'%' if chart.is_percentage else ''}"


def value_axis(axes: Axes, chart: Chart, name: Literal["x", "y"] = "y") -> float:
    """Give the axis of values a few round ticks and pale lines; return how wide (mm) its labels are."""
    from matplotlib.ticker import MaxNLocator

    is_whole = all(value is None or float(value).is_integer() for one in chart.series for value in one.values)
    low, high = axes.get_ylim() if name == "y" else axes.get_xlim()
    locator = MaxNLocator(5, integer=is_whole and not chart.is_percentage, steps=[1, 2, 2.5, 5, 10])
    ticks = [float(tick) for tick in locator.tick_values(low, high) if low <= tick <= high]
    labels = [tick_text(chart, tick) for tick in ticks]
    (axes.set_yticks if name == "y" else axes.set_xticks)(ticks, labels)
    axes.grid(axis=name, color=palette.LIGHT_GREY, linewidth=0.5)
    axes.set_axisbelow(True)
    axes.spines["left" if name == "y" else "bottom"].set_visible(False)
    axes.tick_params(axis=name, length=0)
    return max((text_mm(label, SMALL) for label in labels), default=0.0)

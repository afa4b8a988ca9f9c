"""One case's steps as a line down the page: date, what happened, by whom, and where the record is out of order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from gettext import gettext as _
from html import escape

from pages.parts.cases.markup import ORANGE, marked
from pages.parts.svg import ACCENT, FONT, GREY, GROUND, INK

STYLE = f"""
<style>
ol.case-line {{ list-style: none; margin: 0; padding: 0 0 0 10px; font-family: {FONT}; color: {INK}; font-size: 15px; }}
ol.case-line li {{ position: relative; border-left: 2px solid {GREY}; padding: 0 0 10px 16px; }}
ol.case-line li:last-child {{ border-left-color: transparent; padding-bottom: 0; }}
ol.case-line li::before {{ content: ""; position: absolute; left: -6px; top: 5px; width: 10px; height: 10px; border-radius: 50%; background: {ACCENT}; }}
ol.case-line li.ahead::before {{ background: {GROUND}; border: 2px solid {ACCENT}; width: 6px; height: 6px; }}
ol.case-line li.late::before {{ border-color: {ORANGE}; }}
ol.case-line time {{ color: {GREY}; font-size: 13px; margin-right: 8px; font-variant-numeric: tabular-nums; }}
ol.case-line small {{ display: block; font-size: 13px; color: {GREY}; }}
ol.case-line .warn {{ color: {ORANGE}; }}
</style>
"""


@dataclass(frozen=True)
class Entry:
    """One step: its day, its name, what is known besides, and what is odd about the record; `kind` is "", ahead or late.

    `source` names file, sheet and row, for a hover.
    """

    day: str
    title: str
    lines: tuple[str, ...] = ()
    warning: str = ""
    kind: str = ""
    source: str = ""


def _entry(entry: Entry) -> str:
    lines = "".join(f"<small>{escape(text)}</small>" for text in entry.lines if text)
    warning = f'<small class="warn">{escape(entry.warning)}</small>' if entry.warning else ""
    source = f' title="{escape(entry.source)}"' if entry.source else ""
    return (
        f'<li class="{entry.kind}"{source}><time>{escape(entry.day)}</time>{escape(entry.title)}{lines}{warning}</li>'
    )


def timeline(entries: Sequence[Entry], mark: str = "") -> str:
    """Return the steps in their order; those still to come are hollow. `mark` says that it is a sample."""
    label = escape(_("办理经过"))
    return f'{STYLE}<ol class="case-line" aria-label="{label}">{"".join(map(_entry, entries))}</ol>{marked(mark)}'

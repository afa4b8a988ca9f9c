"""Lists of 可比社区 as HTML: one community's with values and reasons, or everybody's names. No Streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from html import escape

from pages.parts.svg import FONT, GREY, INK

STYLE = f"""
<style>
.peers {{ overflow-x: auto; }}
table.peers {{ border-collapse: collapse; width: 100%; font-family: {FONT}; font-size: 14px; color: {INK}; }}
.peers th {{ font-weight: 400; font-size: 13px; color: {GREY}; text-align: left; white-space: nowrap; }}
.peers th, .peers td {{ padding: 3px 12px 3px 0; border-bottom: 1px solid var(--st-border-color, #d9dee1); vertical-align: top; }}
.peers td.name {{ white-space: nowrap; }}
.peers tr.open td {{ border-bottom: 0; padding-bottom: 0; }}
.peers td.why {{ font-size: 13px; color: {GREY}; }}
</style>
"""
Cells = tuple[str, str, str, str]  # name, value, class, reasons


def _cells(texts: Sequence[str], kind: str = "name") -> str:
    return "".join(f'<td class="{kind}">{escape(text)}</td>' for text in texts)


def _table(heads: Sequence[str], body: str, alt: str) -> str:
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    table = (
        f'<table class="peers" aria-label="{escape(alt)}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    )
    return f'{STYLE}<div class="peers" tabindex="0">{table}</div>'


def peer_list(rows: Sequence[Cells], heads: tuple[str, str, str], *, alt: str) -> str:
    """Return one community's peers: name, value, class, and on a line below in what they are alike."""
    lines = (
        f'<tr class="open">{_cells(row[:3])}</tr><tr><td class="why" colspan="3">{escape(row[3])}</td></tr>'
        for row in rows
    )
    return _table(heads, "".join(lines), alt)


def all_peers(rows: Sequence[tuple[str, str, str]], *, alt: str) -> str:
    """Return everybody's peers: community, their names, and whether the street has set them."""
    lines = (f"<tr>{_cells(row[:1])}{_cells(row[1:2], '')}{_cells(row[2:])}</tr>" for row in rows)
    return _table((_("社区"), _("可比社区"), ""), "".join(lines), alt)

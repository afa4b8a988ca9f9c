"""Tables of cases as HTML that wraps on a phone: escaped texts, links that stay in the page. No Streamlit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from pages.parts.svg import FONT, GREY, INK

ORANGE = "var(--st-orange-color, #b4540a)"
STYLE = f"""
<style>
.cases {{ overflow: auto; font-family: {FONT}; color: {INK}; font-size: 14px; }}
.cases table {{ border-collapse: collapse; width: 100%; }}
.cases th {{ font-weight: 400; font-size: 13px; color: {GREY}; text-align: left; white-space: nowrap; }}
.cases th, .cases td {{ padding: 4px 14px 4px 0; border-bottom: 1px solid var(--st-border-color, #d9dee1); vertical-align: top; }}
.cases td.fixed {{ white-space: nowrap; }}
.cases td.wide {{ min-width: 9em; }}
.cases td.strong {{ color: {ORANGE}; font-weight: 600; white-space: nowrap; }}
.cases a {{ color: inherit; text-underline-offset: 3px; }}
.cases small {{ display: block; font-size: 13px; color: {GREY}; }}
</style>
"""


@dataclass(frozen=True)
class Cell:
    """One cell: its text, what stands small below it, where it leads, and how it looks (fixed, wide, strong)."""

    text: str
    under: str = ""
    link: str = ""
    look: str = "fixed"
    title: str = ""


def case_link(case: str, kept: Mapping[str, str]) -> str:
    """Return the address of one case's page; `kept` are the list's conditions, to which the page leads back."""
    return "cases?" + urlencode({**kept, "case": case})


def _cell(cell: Cell) -> str:
    text = escape(cell.text)
    if cell.link:
        text = f'<a href="{escape(cell.link)}" target="_self">{text}</a>'
    under = f"<small>{escape(cell.under)}</small>" if cell.under else ""
    title = f' title="{escape(cell.title)}"' if cell.title else ""
    return f'<td class="{cell.look}"{title}>{text}{under}</td>'


def table(
    heads: Sequence[str], rows: Sequence[Sequence[Cell]], *, alt: str, mark: str = "", height: int | None = None
) -> str:
    """Return rows as a table that scrolls inside itself, `height` pixels at most; `mark` says that it is a sample."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    limit = f' style="max-height:{height}px"' if height else ""
    whole = f'<table aria-label="{escape(alt)}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'{STYLE}<div class="cases" tabindex="0"{limit}>{whole}</div>{marked(mark)}'


def marked(mark: str) -> str:
    """Return the sample's mark as it stands below a table or a drawing; nothing for a real street."""
    look = f"font-family:{FONT};font-size:12px;color:{GREY};margin:6px 0 0"
    return f'<p style="{look}">{escape(mark)}</p>' if mark else ""

"""The addresses of 数字来源: every figure's and every row's, so that one click leads from a number to what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from gettext import gettext as _
from urllib.parse import quote

import polars as pl
import streamlit as st

from metrics.catalogue import metric_of
from metrics.columns import MONTH
from metrics.lineage import group_of
from metrics.lineage.places import addresses
from metrics.lineage.rows import Place
from metrics.question import UNKNOWN, Answer, Question, Row
from metrics.scope import default_month
from metrics.warehouse import Warehouse, current_path
from pages.parts.exports import TableColumn
from pages.parts.lineage.asked import MAIN
from pages.parts.versions import shown

PAGE = "pages/trace.py"
ADDRESS = "/trace?"
Entry = tuple[str, Question, Row | None]  # what a figure is called, and which it is
LINK = TableColumn("source", _("来源"), "link", width="small")


def linked_columns(columns: Sequence[TableColumn]) -> tuple[TableColumn, ...]:
    """Return a table's columns with the link after the first: at the end of a wide table nobody would see it."""
    return (*columns[:1], LINK, *columns[1:])


def trace_ids(warehouse: Warehouse | None, question: Question, row: Row | None = None) -> dict[str, str]:
    """Return what the address of a figure says: the question's, narrowed to one of its rows.

    Nothing in it is text of people: ids, months and numbers only. The warehouse says what the default month is.
    """
    keys = row.keys if row is not None else {}
    month = question.month or (default_month(warehouse) if warehouse else None)
    found = {"metric": metric_of(question.metric).id}
    if said := keys.get(MONTH) or (f"{month:%Y-%m}" if month else None):
        found["month"] = said
    if question.start and MONTH not in question.by:
        found["from"] = f"{question.start:%Y-%m}"
    if question.period:
        found["period"] = question.period
    where = dict(question.where)
    for name in question.by:
        if name != MONTH and f"{name}_id" in keys:
            code = keys[f"{name}_id"] or UNKNOWN
            if group_of(metric_of(question.metric), name):
                found[f"{MAIN}{name}"] = code
            else:
                where[name] = (code,)
    found |= {name: ",".join(values) for name, values in where.items()}
    return found | _version(warehouse)


def _version(warehouse: Warehouse | None) -> dict[str, str]:
    """Return the version of figures that are not the newest: an earlier one that is shown, or a closed month's own."""
    newest = current_path(warehouse.path.parents[1]) if warehouse else None
    if warehouse is None or newest is None or newest.resolve() == warehouse.path:
        return shown.conditions()
    return {shown.VERSION: f"{warehouse.generation_no}"}


def trace_query(question: Question, warehouse: Warehouse | None = None, row: Row | None = None) -> str:
    """Return the address of a figure after the question mark."""
    ids = trace_ids(warehouse, question, row)
    return "&".join(f"{name}={quote(value, safe=',-')}" for name, value in ids.items())


def trace_link(warehouse: Warehouse, answer: Answer, row: Row | None = None, label: str = "") -> str:
    """Return 明细与来源 as Markdown: it leads from a number to its rows."""
    return f"[{label or _('明细与来源')}]({ADDRESS}{trace_query(answer.question, warehouse, row)})"


def show_row_link(place: Place, label: str = "") -> None:
    """Show a link to one row of a ledger."""
    text = label or _("{file}　{sheet}　第{row}行").format(file=place.file, sheet=place.sheet, row=place.row)
    ids = {"load": place.load_id, "file": place.file, "sheet": place.sheet, "row": str(place.row)}
    st.page_link(PAGE, label=text, query_params=ids | shown.conditions())


def show_sources(warehouse: Warehouse, entries: Iterable[Entry], head: str = "") -> None:
    """Show one quiet line of links to the rows of several figures, where no ⓘ stands beside each."""
    links = [f"[{label}]({ADDRESS}{trace_query(question, warehouse, row)})" for label, question, row in entries]
    if links:
        st.caption((head or _("数字来源：")) + "　".join(links))


def of_rows(answer: Answer, name: str) -> list[Entry]:
    """Return the figures of an answer by one dimension; what is not known or is none of them has no rows to show."""
    return [(row.keys[name] or "", answer.question, row) for row in answer.rows if row.known and row.numerator]


def of_questions(named: Mapping[str, Question]) -> list[Entry]:
    """Return figures by what they are called."""
    return [(label, question, None) for label, question in named.items()]


def with_links(warehouse: Warehouse, frame: pl.DataFrame) -> pl.DataFrame:
    """Return rows with `source`, the address at which 数字来源 shows the row itself (null where it has no place)."""
    known = addresses(warehouse)
    keys = ("load_id", "file", "sheet")
    table = pl.DataFrame([(*key, text) for key, text in known.items()], schema=[*keys, "_at"], orient="row")
    tail = "".join(f"&{name}={value}" for name, value in shown.conditions().items())
    address = pl.concat_str(
        pl.lit(ADDRESS), pl.col("_at"), pl.lit("&row="), pl.col("row").cast(pl.String), pl.lit(tail)
    )
    found = frame.join(table, on=keys, how="left", maintain_order="left")
    return found.with_columns(address.alias("source")).drop("_at")

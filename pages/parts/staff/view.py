"""What all sections of 队伍与制度 show: the month, the communities asked for, numbers with what stands behind them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Literal

import polars as pl
import streamlit as st

from metrics import phrases
from metrics.periods import month_text
from metrics.question import Answer, Question, Row
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.header import number_help, sample_mark
from pages.parts.lineage.links import linked_columns, with_links
from pages.parts.tables import TableColumn, export_buttons, show_table

Where = tuple[tuple[str, tuple[str, ...]], ...]
PLACE = (
    TableColumn("file", _("来源文件"), is_shown=False),
    TableColumn("sheet", _("工作表"), is_shown=False),
    TableColumn("row", _("行"), "integer", is_shown=False),
)


@dataclass(frozen=True)
class View:
    """One month under these conditions; flows are read from January on."""

    warehouse: Warehouse
    month: date
    where: Where

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the communities asked for; none means all."""
        return dict(self.where).get("community", ())

    def question(self, metric: str, *by: str, period: str | None = None) -> Question:
        """Return a question under these conditions."""
        return Question(metric, by, self.month, period=period, where=self.where)

    def answer(self, metric: str, *by: str, period: str | None = None) -> Answer:
        """Answer by these dimensions."""
        return answers.answer(self.warehouse, self.question(metric, *by, period=period))

    def rows(self, metric: str, period: str | None = None) -> pl.DataFrame:
        """Return the rows behind a number that count."""
        frame = answers.rows_behind(self.warehouse, self.question(metric, period=period))
        return frame.filter(pl.col("value").is_not_null())

    def text(self, answer: Answer, row: Row) -> str:
        """Return a row's value alone; 无 where nothing divides, 未报 where it is not known."""
        if row.value is None:
            return _("无") if row.known else _("未报")
        return (_("约") if row.approximate else "") + answers.value_text(self.warehouse, answer.metric, row.value)


def marked(view: View, title: str) -> str:
    """Return a picture's title with the sample's mark in it."""
    mark = sample_mark(view.warehouse)
    return f"{title}　{mark}" if mark else title


def show_measure(view: View, answer: Answer, title: str, note: str, place: st.delta_generator.DeltaGenerator) -> None:
    """Show one number with its ⓘ and a line below it."""
    with place.container(border=True, height="stretch", gap="xsmall"):
        st.metric(title, view.text(answer, answer.row), help=number_help(view.warehouse, answer, answer.row))
        st.caption(note if answer.row.known else _("相关台账未报，暂无数字"))


def show_list(
    view: View, frame: pl.DataFrame, columns: tuple[TableColumn, ...], *, title: str, unit: str, key: str, empty: str
) -> None:
    """Show rows with a link to each one's ledger row, and take them away as a printable table."""
    tools = st.container(horizontal=True, vertical_alignment="center")
    linked = with_links(view.warehouse, frame)
    all_columns = (*columns, *PLACE)
    height: int | Literal["auto"] = 360 if frame.height > 10 else "auto"
    shown = show_table(linked, linked_columns(all_columns), key=key, height=height, chooser=tools, empty=empty)
    with tools:
        export_buttons(
            frame, shown, title=title, unit=unit, warehouse=view.warehouse, key=f"{key}.export", date_text=month_text(view.month)
        )  # fmt: skip


def count(value: float | None) -> str:
    """Return a known count as text."""
    return phrases.count_text(value or 0)  # of a known row: none of them is 0

"""One row of 数字来源: where it stands, what it says, what became of it, and every figure that it enters."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from gettext import gettext as _
from urllib.parse import quote

import polars as pl
import streamlit as st

from metrics import lineage
from metrics.lineage import Entering, Fate, Place, SourceRow
from metrics.lineage.places import place_of
from metrics.phrases import range_text
from metrics.scope import default_month
from metrics.warehouse import Warehouse
from pages.parts.header import page_header
from pages.parts.lineage.links import ADDRESS, LINK, show_row_link
from pages.parts.tables import TableColumn, show_table
from pages.parts.versions import shown

SIDES = {"numerator": _("计入分子"), "denominator": _("计入分母")}
FIGURES = (
    TableColumn("metric", _("指标"), width="medium"),
    LINK,
    TableColumn("community", _("社区")),
    TableColumn("months", _("月份")),
    TableColumn("side", _("怎样计入")),
    TableColumn("value", _("计入数值"), "money"),
)
CELLS = (TableColumn("title", _("列"), width="medium"), TableColumn("text", _("内容"), width="large"))
CORRECTED = (TableColumn("was", _("原值")), TableColumn("now", _("更正值")))
PROBLEMS = (
    TableColumn("cell", _("单元格"), "code", width="small"),
    TableColumn("header", _("列")),
    TableColumn("value", _("原值")),
    TableColumn("reason", _("原因"), width="large"),
)


MANY = 24  # figures; beyond it the list scrolls in itself


@lru_cache(maxsize=64)
def _figures(warehouse: Warehouse, place: Place) -> tuple[Entering, ...]:
    return lineage.figures_of(warehouse, place)


def show_row(warehouse: Warehouse, load: str, file: str, sheet: str, row: str) -> None:
    """Show one row of a ledger; QuestionError where the address names no file that the generation knows."""
    place = place_of(warehouse, load, file, sheet, row)
    found = lineage.source_row(warehouse, *place)
    fate = lineage.fate_of(warehouse, found)
    page_header(warehouse, _("数字来源"), None)
    st.markdown(_("#### {ledger}　{sheet}　第{row}行").format(
        ledger=found.ledger_title or _("不是台账的工作表"), sheet=place.sheet, row=place.row))  # fmt: skip
    brought = _("导入批次{load}（{when}，{who}）").format(
        load=place.load_id, when=found.loaded_at.replace("T", " ")[:16], who=found.who
    )
    st.caption("　".join(filter(None, (place.file, found.said_of, brought if found.loaded_at else ""))))
    figures = _figures(warehouse, place) if found.is_stored else ()
    show_fate(fate if figures else lineage.why_none(warehouse, found, fate))
    left, right = st.columns([2, 3], gap="medium")
    with left:
        show_cells(found)
    with right:
        show_figures(warehouse, found, figures)


def show_fate(fate: Fate) -> None:
    """Say what became of the row, with the way to the row that stands for it."""
    (st.warning if fate.state in {"rejected", "unknown"} else st.info)(fate.text)
    if fate.instead is not None:
        place = fate.instead
        label = _("看那一行：{file}　{sheet}　第{row}行").format(file=place.file, sheet=place.sheet, row=place.row)
        show_row_link(place, label)


def show_cells(found: SourceRow) -> None:
    """Show what the row says, what was corrected and what was wrong; persons' columns are not there."""
    if found.cells:
        st.markdown(_("##### 这一行"))
        is_corrected = any(cell.was is not None for cell in found.cells)
        rows = [{"title": c.title, "text": c.text, "was": c.was, "now": None if c.was is None else c.text}
                for c in found.cells]  # fmt: skip
        frame = pl.DataFrame(rows, schema=dict.fromkeys(("title", "text", "was", "now"), pl.String()))
        show_table(frame, (*CELLS, *CORRECTED) if is_corrected else CELLS, key="trace.cells", height="content")
    if found.problems:
        st.markdown(_("##### 单元格问题"))
        rows = [{"cell": p.cell, "header": p.header, "value": p.value, "reason": p.reason} for p in found.problems]
        show_table(pl.DataFrame(rows), PROBLEMS, key="trace.problems", height="content")
    if found.personal:
        st.caption(_("不入库的个人信息列（{titles}）这里没有。").format(titles="、".join(found.personal)))


def show_figures(warehouse: Warehouse, found: SourceRow, figures: tuple[Entering, ...]) -> None:
    """Show every figure that the row enters, with the way to each."""
    st.markdown(_("##### 这一行计入的数字"))
    if not figures:
        st.caption(_("没有数字计入这一行。"))
        return
    rows = [_figure_row(one, default_month(warehouse)) for one in figures]
    frame = pl.DataFrame(rows, infer_schema_length=None)
    show_table(frame, FIGURES, key="trace.figures", height="content" if len(rows) <= MANY else 460)
    st.caption(_("累计和季度的数字由各月相加；数值为空的，是数字的依据而不直接相加。"))


def _figure_row(one: Entering, usual: date) -> dict[str, object]:
    return {
        "metric": one.metric.title,
        "community": one.community,
        "months": range_text(one.first_month, one.last_month),
        "side": side_text(one),
        "value": one.value,
        "source": _figure_address(one, usual),
    }


def side_text(one: Entering) -> str:
    """Return how a row counts: on which side, under which unit of another row, or why on none."""
    if one.side == "basis":
        return _("作为“{unit}”的依据").format(unit=one.unit_name)
    if one.side == "left_out":
        return one.why
    return SIDES[one.side] if one.metric.over else _("计入")


def _figure_address(one: Entering, usual: date) -> str:
    """Return the address of the community's figure of the month that pages show, or of the last one the row enters.

    A register is carried on: its last month is one for which nothing has been sent in yet.
    """
    month = usual if one.first_month <= usual <= one.last_month else one.last_month
    ids = {"metric": one.metric.id, "month": f"{month:%Y-%m}"}
    if one.community_id:
        ids["community"] = one.community_id
    return ADDRESS + "&".join(f"{name}={quote(value)}" for name, value in (ids | shown.conditions()).items())

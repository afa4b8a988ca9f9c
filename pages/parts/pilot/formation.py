"""民主建会清单: how far the street's own checklist has come, by community and by enterprise; its items are the street's words."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import phrases
from metrics.catalogue import catalogue
from metrics.periods import month_text
from metrics.question import Question, Row
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.lineage.links import linked_columns, of_questions, show_sources, with_links
from pages.parts.tables import TableColumn, export_buttons, show_table

LEDGER, ITEMS, DONE, LIST = "checklist", "checklist_items", "checklist_done_rate", "民主建会"
COLUMNS = (
    TableColumn("community", _("社区")),
    TableColumn("items", _("事项"), "integer", is_sum=True),
    TableColumn("done", _("已落实"), "integer", is_sum=True),
    TableColumn("partly", _("部分落实"), "integer", is_sum=True),
    TableColumn("not_yet", _("未落实"), "integer", is_sum=True),
    TableColumn("not_applicable", _("不适用"), "integer", is_sum=True),
    TableColumn("unsaid", _("没有写明"), "integer", is_sum=True),
)
ROWS = (
    TableColumn("community", _("社区")),
    TableColumn("enterprise", _("企业")),
    TableColumn("unit_name", _("清单事项")),
    TableColumn("implementation", _("落实状态")),
    TableColumn("basis", _("依据文件")),
    TableColumn("checked_date", _("检查日期"), "date"),
    TableColumn("file", _("来源文件"), is_shown=False),
    TableColumn("sheet", _("工作表"), is_shown=False),
    TableColumn("row", _("行"), "integer", is_shown=False),
)


def show_formation(warehouse: Warehouse, month: date) -> None:
    """Show the list by community, then item by item; where it was never sent, say what it would show."""
    if ITEMS not in catalogue() or not is_sent(warehouse, LEDGER):
        st.info(
            _("还没有导入工作清单台账。导入后本页按社区、企业列出“民主建会”清单的落实情况；清单事项由街道自己填写。")
        )
        return
    where = (("checklist", (LIST,)),)
    asked = Question(ITEMS, ("community",), month, where=where)
    answer = answers.answer(warehouse, asked)
    if not any(row.value for row in answer.rows):
        st.info(_("{month}末的工作清单台账里没有“民主建会”清单。").format(month=month_text(month)))
        return
    st.markdown(_sentence(warehouse, month, where))
    show_sources(warehouse, of_questions({_("事项"): Question(ITEMS, (), month, where=where)}))
    _show_communities(warehouse, month, answer.rows)
    _show_rows(warehouse, month, where)
    st.caption(_("清单事项由街道自定，轻重不同，只用于逐项跟进，不作社区排名。"))


def _sentence(warehouse: Warehouse, month: date, where: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    done = answers.answer(warehouse, Question(DONE, (), month, where=where))
    text = _("{month}末“民主建会”清单落实率**{share}**")
    return text.format(month=month_text(month), share=answers.row_text(warehouse, done.metric, done.row)) + "。"


def _line(row: Row) -> dict[str, object]:
    """Return one community's items; None where it has not reported."""
    parts = row.parts or {}
    said = {name: parts.get(name) for name in ("done", "partly", "not_yet", "not_applicable")}
    unsaid = None if row.value is None else row.value - sum(count or 0 for count in said.values())
    counts = {"items": row.value, **said, "unsaid": unsaid}
    whole = {name: None if count is None else int(count) for name, count in counts.items()}
    return {"community": row.keys["community"], **whole}


def _show_communities(warehouse: Warehouse, month: date, rows: tuple[Row, ...]) -> None:
    frame = pl.DataFrame([_line(row) for row in rows], infer_schema_length=None)
    st.markdown(_("##### 按社区"))
    shown = show_table(frame, COLUMNS, key="pilot.formation", height="content")
    with st.container(horizontal=True):
        export_buttons(
            frame, shown, title=_("民主建会清单落实情况"), unit=_("项"), date_text=month_text(month),
            warehouse=warehouse, key="pilot.formation.export",
        )  # fmt: skip


def _show_rows(warehouse: Warehouse, month: date, where: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    frame = answers.rows_behind(warehouse, Question(ITEMS, (), month, where=where))
    st.markdown(_("##### 逐项清单　{n}项").format(n=phrases.count_text(frame.height)))
    tools = st.container(horizontal=True, vertical_alignment="center")
    linked = with_links(warehouse, frame)
    shown = show_table(linked, linked_columns(ROWS), key="pilot.items", height=360, chooser=tools)
    with tools:
        export_buttons(
            frame, shown, title=_("民主建会清单"), unit=_("项"), date_text=month_text(month), warehouse=warehouse,
            key="pilot.items.export",
        )  # fmt: skip

"""What became of the templates: what was filled and from which data, or every place that could not be."""

from __future__ import annotations

from collections.abc import Iterable
from gettext import gettext as _
from typing import Any

import polars as pl
import streamlit as st

from briefing.filling.terminal import data_text, elsewhere_text, shown
from metrics.warehouse import Warehouse
from pages.parts.filling.work import Done, error_of
from pages.parts.issuing.markup import escaped
from pages.parts.tables import TableColumn, show_table

FILLED = (
    TableColumn("sheet", _("工作表"), width="small"),
    TableColumn("cell", _("单元格"), width="small"),
    TableColumn("question", _("填的是"), width="large"),
    TableColumn("value", _("填入"), width="small"),
    TableColumn("data", _("数据"), width=260),
    TableColumn("note", _("说明"), width="medium"),
)
WRONG = (
    TableColumn("sheet", _("工作表"), width=70),
    TableColumn("cell", _("单元格"), width=60),
    TableColumn("text", _("写的是"), width=205),
    TableColumn("message", _("问题"), width=190),
    TableColumn("remedy", _("怎样改"), width=740),
)


def _frame(rows: Iterable[dict[str, str]], columns: tuple[TableColumn, ...]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema={column.id: pl.String for column in columns})


def _filled_row(cell: dict[str, Any]) -> dict[str, str]:
    return {**cell, "value": shown(cell["value"]), "data": data_text(cell)}


def show_result(warehouse: Warehouse, done: Done, place: int) -> None:
    """Show one template's result: the download and the list, or what has to be mended in the template."""
    st.markdown(f"##### {escaped(done.name)}")
    if (error := error_of(done)) is not None:
        _show_wrong(done, error.sentence(), place)
        return
    answer = done.answer
    if answer["generation_no"] < warehouse.generation_no:
        st.info(_("填好之后数据又有更新，请重新上传模板再填。"))
    said = [_("已填{n}处").format(n=len(answer["cells"])), *map(escaped, answer["notes"]), _("其余内容不动")]
    st.success("；".join(said) + "。")
    assert done.content is not None, "no error"
    st.download_button(
        _("下载填好的工作簿"), done.content, done.out_name, key=f"fill.{place}.download", on_click="ignore",
        icon=":material/download:", type="primary",
    )  # fmt: skip
    if left := answer["not_filled"]:
        lines = "\n".join(f"- {escaped(elsewhere_text(one))}" for one in left)
        st.warning(_("只填单元格，这{n}处没有填：").format(n=len(left)) + f"\n{lines}")
    show_table(_frame(map(_filled_row, answer["cells"]), FILLED), FILLED, key=f"fill.{place}.cells")


def _show_wrong(done: Done, sentence: str, place: int) -> None:
    problems = done.answer.get("problems")
    if not problems:
        st.error(escaped(sentence))
        return
    st.error(_("有{n}处填不出，没有生成文件。改好模板后重新上传。").format(n=len(problems)))
    show_table(_frame(problems, WRONG), WRONG, key=f"fill.{place}.problems")

"""分母明细 on 社区对比: the sentence, the units counted and not counted with their place, and the table as a file."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from etl.errors import QuestionError
from metrics import phrases, scope
from metrics.catalogue import metric_of
from metrics.judging import denominator_words as words
from metrics.judging.denominator import Detail, UnitList, denominator_detail, has_detail
from metrics.judging.objections import CLAIMS, Objection, objections
from metrics.question import Question
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.filters import Filter, link_to, switch
from pages.parts.header import month_end_text
from pages.parts.lineage.links import linked_columns, with_links
from pages.parts.objections import objection_form, objection_list
from pages.parts.street_notes import readable
from pages.parts.tables import TableColumn, export_buttons, show_table

ALL, CHECK, NEW, OBJECTED, REFUSED = "all", "check", "new", "objected", "refused"
NOT_HELD = _("未入库的行")
MARKS = {CHECK: _("待核实"), NEW: _("新成立"), OBJECTED: _("有异议")}
SELDOM = ("to_check", "new", "objection", "numerator", "denominator", "reason")


def show_denominator(warehouse: Warehouse, asked: Question, own: str) -> None:
    """Show one community's denominator: what counts, what does not and why; the community objects here."""
    st.markdown(_("##### 分母明细"))
    try:
        detail = denominator_detail(warehouse, Question(
            asked.metric, month=asked.month, period=asked.period, where=(("community", (own,)),),
        ))  # fmt: skip
    except QuestionError as error:
        st.info(error.sentence())
        return
    folder = readable()
    said = objections(folder, own, asked.metric) if folder else ()
    waiting = {one.unit_id for one in said if one.is_open}
    st.markdown(words.sentence(warehouse, detail, waiting), help=_help(detail))
    for units in detail.lists:
        with _list(warehouse, detail, units, own, said):
            if folder is not None and detail.row.known and units is detail.units:
                objection_form(detail, own)
    objection_list(warehouse, said)
    st.caption(words.NO_CHANGE)


def detail_link(warehouse: Warehouse, question: Question) -> None:
    """Show the way from a rate of one community to its 分母明细; nothing for other figures."""
    communities = dict(question.where).get("community", ())
    if (
        len(question.where) != 1
        or len(communities) != 1
        or question.start
        or not has_detail(metric_of(question.metric))
    ):
        return
    month = question.month or scope.default_month(warehouse)
    period = {"period": question.period} if question.period else {}
    link_to(
        "pages/compare.py", _("分母明细"), metric=question.metric, month=f"{month:%Y-%m}",
        own=scope.resolve(warehouse, "community", communities[0]), **period,
    )  # fmt: skip


def _help(detail: Detail) -> str:
    """Return what the list holds."""
    kinds = [units.universe.meaning for units in detail.lists if units.universe]
    return "\n\n".join(_("{meaning}。").format(meaning=meaning) for meaning in kinds)


def _list(
    warehouse: Warehouse, detail: Detail, units: UnitList, own: str, said: tuple[Objection, ...]
) -> DeltaGenerator:
    """Show the units of one side, all of them or those of one part, and offer them as a file; return the row of buttons."""
    is_one, title = len(detail.lists) == 1, words.list_title(detail, units)
    frame = _titled(warehouse, detail, units, said)
    if not is_one:
        st.markdown(f"**{title}**")
    choices = _choices(detail, units, frame)
    place = "units" if is_one or units is detail.units else "above"
    shown = _only(frame, switch(Filter(place, title, choices, ALL), key="compare"))
    columns = _columns(warehouse, shown)
    show_table(
        with_links(warehouse, shown),
        linked_columns(columns),
        key=f"compare.{place}",
        height=320 if shown.height > 8 else "content",
    )
    buttons = st.container(horizontal=True)
    about = {"community": scope.title(warehouse, "community", own), "metric": title}
    with buttons:
        export_buttons(
            shown, columns, warehouse=warehouse, key=f"compare.{place}.export",
            title=_("分母明细（{community}社区 {metric}）").format(**about), unit=words.unit_word(warehouse, units),
            date_text=date_line(warehouse, detail),
        )  # fmt: skip
    return buttons


def date_line(warehouse: Warehouse, detail: Detail) -> str:
    """Return what a file's date line says: a stock's day, a flow's period."""
    answer = answers.answer(warehouse, detail.question)
    return month_end_text(answer.month) if detail.metric.time == "stock" else phrases.period_text(answer)


def _titled(warehouse: Warehouse, detail: Detail, units: UnitList, said: tuple[Objection, ...]) -> pl.DataFrame:
    """Return the units as the table shows them."""
    parts = {part: words.part_title(detail, units, part) for part in words.PARTS}
    places = {one.id: one.title for one in scope.communities(warehouse)}
    claims = {one.unit_id: CLAIMS[one.claim] for one in said if one.is_open}
    is_refused = pl.col("reason").is_in(words.REFUSED).fill_null(value=False)
    reason = pl.concat_str(
        ["reason", pl.when(pl.col("detail") != "").then("detail")], separator="：", ignore_nulls=True
    )
    return units.frame.with_columns(
        pl.when(is_refused).then(pl.lit(REFUSED)).otherwise("part").alias("code"),
        pl.when(is_refused).then(pl.lit(NOT_HELD)).otherwise(pl.col("part").replace_strict(parts)).alias("part"),
        pl.when(pl.col("reason").is_not_null()).then(reason).alias("reason"),
        pl.col("community_id").replace_strict(places, default=None, return_dtype=pl.String).alias("community"),
        pl.col("month").dt.strftime("%Y-%m"),
        pl.when("is_new").then(pl.lit(_("是"))).alias("new"),
        pl.col("unit_id").replace_strict(claims, default=None, return_dtype=pl.String).alias("objection"),
    ).sort(pl.col("code") == REFUSED, maintain_order=True)


def _choices(detail: Detail, units: UnitList, frame: pl.DataFrame) -> dict[str, str]:
    """Return what can be looked at alone, each with how many there are."""
    counts = dict(frame.group_by("code").len().rows())
    titles = {ALL: (_("全部"), frame.height)}
    titles |= {
        part: (words.part_title(detail, units, part), counts.get(part, 0)) for part in words.parts(detail, units)
    }
    titles |= {
        name: (title, _only(frame, name).height) for name, title in MARKS.items() if name != NEW or _tells_new(units)
    }
    if counts.get(REFUSED):  # rows, not units: they count nowhere and are no 不计入 of the sentence
        titles[REFUSED] = (NOT_HELD, counts[REFUSED])
    return {name: f"{title}{count}" for name, (title, count) in titles.items()}


def _tells_new(units: UnitList) -> bool:
    return units.frame["is_new"].null_count() < units.frame.height


def _only(frame: pl.DataFrame, wanted: str) -> pl.DataFrame:
    if wanted in (*words.PARTS, REFUSED):
        return frame.filter(pl.col("code") == wanted)
    column = {CHECK: "to_check", NEW: "new", OBJECTED: "objection"}.get(wanted)
    return frame if column is None else frame.filter(pl.col(column).is_not_null())


def _columns(warehouse: Warehouse, frame: pl.DataFrame) -> list[TableColumn]:
    """Return the table's columns; what says nothing here is left out."""
    months = scope.settings(warehouse).get("new_enterprise_months", "")
    columns = [
        TableColumn("unit_name", _("名称")), TableColumn("part", _("是否计入")), TableColumn("reason", _("不计入的原因"), width="large"),
        TableColumn("to_check", _("待核实")), TableColumn("new", _("成立不满{months}个月").format(months=months)),
        TableColumn("objection", _("异议")), TableColumn("numerator", _("计入分子"), "integer"),
        TableColumn("denominator", _("计入分母"), "integer"), TableColumn("month", _("月份")), TableColumn("file", _("文件"), width="medium"),
        TableColumn("sheet", _("工作表")), TableColumn("row", _("行"), "integer", width="small"),
    ]  # fmt: skip
    is_told = {name: frame[name].null_count() < frame.height for name in SELDOM}
    return [c for c in columns if is_told.get(c.id, True) and (c.id != "month" or frame["month"].n_unique() > 1)]

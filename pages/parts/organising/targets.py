"""年度任务: what the street set itself, how far it is beside the calendar, where the year's end will find it."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics import phrases
from metrics.reports import is_sent
from metrics.scope import measure
from metrics.targets import words
from metrics.targets.listed import LEDGER, is_added, years
from metrics.targets.progress import Progress, progress
from pages.parts import answers
from pages.parts.filters import Filter, choose
from pages.parts.header import date_text, month_end, sample_mark
from pages.parts.lineage.links import linked_columns, with_links
from pages.parts.organising.target_bars import target_bars
from pages.parts.organising.view import View
from pages.parts.pictures import picture
from pages.parts.tables import TableColumn, export_buttons, show_table

STREET = (
    TableColumn("task", _("任务"), width="medium"),
    TableColumn("target", _("任务数"), width=90),
    TableColumn("done", _("完成数"), width=90),
    TableColumn("share", _("完成率"), width=80),
    TableColumn("schedule", _("时序进度"), width=80),
    TableColumn("range", _("年底预计"), width=130),
    TableColumn("verdict", _("判断"), width=100),
    TableColumn("basis", _("说明"), width="large"),
    TableColumn("file", _("来源文件"), is_shown=False),
    TableColumn("sheet", _("工作表"), is_shown=False),
    TableColumn("row", _("行"), "integer", is_shown=False),
)
COMMUNITIES = (TableColumn("community", _("社区"), width=90), *STREET[1:])


def _word(view: View, one: Progress) -> str:
    return measure(view.warehouse, one.metric)


def _basis(one: Progress, word: str, decimals: int) -> str:
    """Return what the forecast rests on, or why there is none, and what must be known of the sums."""
    said = words.basis_text(one.foresight) if one.forecast else words.forecast_text(one, word)
    said = "" if said == words.verdict_text(one) else said
    return "；".join(part for part in (said, words.notes_text(one, decimals, word)) if part)


def _record(view: View, one: Progress) -> dict[str, object]:
    word, decimals = _word(view, one), answers.decimals(view.warehouse)
    source = one.sources[0] if len(one.sources) == 1 else None
    return {
        "task": one.metric.title, "community": one.community,
        "target": (_("约") if one.is_approx else "") + words.value_text(one.metric, one.target, decimals, word),
        "done": words.value_text(one.metric, one.done, decimals, word), "share": words.share_text(one),
        "schedule": words.schedule_text(one), "range": words.range_text(one, word), "verdict": words.verdict_text(one),
        "basis": _basis(one, word, decimals), "load_id": source.load_id if source else None,
        "file": source.file if source else None, "sheet": source.sheet if source else None,
        "row": source.row if source else None,
    }  # fmt: skip


def _frame(view: View, found: Sequence[Progress]) -> pl.DataFrame:
    names = dict.fromkeys((*(column.id for column in STREET), "community", "load_id"), pl.String) | {"row": pl.Int64}
    return pl.DataFrame([_record(view, one) for one in found], schema=names)


def _table(view: View, found: Sequence[Progress], columns: tuple[TableColumn, ...], key: str, title: str) -> None:
    frame = _frame(view, found)
    has_source = frame["file"].null_count() < frame.height
    columns = (
        columns if has_source else tuple(column for column in columns if column.id not in {"file", "sheet", "row"})
    )
    shown = linked_columns(columns) if has_source else columns
    show_table(with_links(view.warehouse, frame) if has_source else frame, shown, key=f"{key}.table")
    with st.container(horizontal=True):
        export_buttons(
            frame, columns, title=title, unit="", warehouse=view.warehouse, key=f"{key}.export",
            date_text=date_text(month_end(view.month)),
        )  # fmt: skip


def _show_street(view: View, found: Sequence[Progress]) -> None:
    st.markdown(_("##### 全街道　{year}年任务，到{month}月末").format(year=view.month.year, month=view.month.month))
    if not found:
        st.caption(_("本年没有下达全街道的任务。"))
        return
    for one in found:
        word, decimals = _word(view, one), answers.decimals(view.warehouse)
        said = (words.progress_text(one, decimals, word), words.forecast_text(one, word))
        st.markdown("- " + "，".join(part for part in said if part) + "。")
    _table(view, found, STREET, "organising.tasks", _("年度任务"))


def _show_one(view: View, found: Sequence[Progress]) -> None:
    """Show one task by community: a picture where what is done adds up, always the table."""
    word = _word(view, found[0])
    if is_added(found[0].metric) and any(one.share is not None for one in found):
        picture(
            target_bars(found, word, sample_mark(view.warehouse) if view.warehouse.is_sample else ""),
            key="organising.bars",
        )
    title = _("年度任务（{task}）").format(task=found[0].metric.title)
    _table(view, found, COMMUNITIES, "organising.task", title)
    if found[0].metric.better == "none":
        st.caption(_("这项任务只列完成情况，不作判断。"))


def _show_communities(view: View, found: Sequence[Progress]) -> None:
    names = {one.metric.id: one.metric.title for one in found}
    st.markdown(_("##### 各社区"))
    if not names:
        st.caption(_("本年的任务没有分解到社区。"))
        return
    usual = "unions_formed" if "unions_formed" in names else next(iter(names))
    chosen = choose([Filter("task", _("任务"), names, usual)], key="organising.tasks", has_tools=False).one("task")
    mine = [one for one in found if one.metric.id == chosen]
    wanted = [one for one in mine if not view.communities or one.community_id in view.communities]
    if wanted:
        _show_one(view, wanted)
    else:
        st.caption(_("所选社区没有这项任务。"))


def show_targets(view: View) -> None:
    """Show the year's targets: the street's in words and as a table, one of them by community."""
    if not is_sent(view.warehouse, LEDGER):
        st.info(_("还没有导入年度任务台账。导入后这里显示各项任务的完成进度和年底预计。"))
        return
    found = progress(view.warehouse, view.month)
    if not found:
        known = "、".join(str(year) for year in years(view.warehouse))
        st.info(_("{year}年没有年度任务，有任务的年度：{years}。").format(year=view.month.year, years=known))
        return
    _show_street(view, [one for one in found if one.community_id is None])
    _show_communities(view, [one for one in found if one.community_id is not None])
    if any(one.forecast for one in found):
        st.caption(words.LEGEND)
    schedule = phrases.rounded(100 * phrases.schedule_share(view.month), 0)
    st.caption(
        _("时序进度{share}%＝已过{n}个月÷12。比率类任务与任务数直接对照。").format(share=schedule, n=view.month.month)
    )

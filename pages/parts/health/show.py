"""工会体检: unions and enterprises that need a hand, each a list with who answers for it, why, and where it is written."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics.catalogue import metric_of
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts.health.lists import LISTS, HealthList, with_responsible
from pages.parts.staff.view import View, Where, count, show_list, show_measure

FEW = 3  # cards in a row


def can_show(view: View, which: HealthList) -> bool:
    """Return whether the ledgers of a list have been sent, so that an empty list says something."""
    return all(is_sent(view.warehouse, ledger) for ledger in metric_of(which.metric).ledgers)


def missing_text(missing: int) -> str:
    """Return how many could not be judged."""
    return _("另有{n}个说不准，台账没有填").format(n=count(missing)) if missing else _("台账都已填写")


def show_cards(view: View, lists: list[HealthList]) -> None:
    """Show how many are on each list."""
    for first in range(0, len(lists), FEW):
        for which, place in zip(lists[first : first + FEW], st.columns(FEW, gap="small"), strict=False):
            answer = view.answer(which.metric)
            show_measure(view, answer, which.title, missing_text(answer.row.item_missing), place)


def listed(view: View, which: HealthList) -> pl.DataFrame:
    """Return the rows of a list with who answers for each."""
    return with_responsible(view.rows(which.metric))


def show_one(view: View, which: HealthList) -> None:
    """Show one list: what is to be done, then the rows."""
    answer = view.answer(which.metric)
    st.markdown(f"##### {which.title}　{view.text(answer, answer.row)}")
    if not answer.row.known:
        st.info(_("所选月份没有可用的台账，可换一个月份。"))
        return
    st.caption(which.todo)
    show_list(
        view, listed(view, which), which.columns, title=which.title, unit=answer.metric.measure, key=f"health.{which.metric}",
        empty=_("没有需要处理的。"),
    )  # fmt: skip


def show_health(warehouse: Warehouse, month: date, where: Where) -> None:
    """Show the whole part at the month's end."""
    dimensions = {"community", "park"}  # what every list can be narrowed by
    view = View(warehouse, month, tuple(one for one in where if one[0] in dimensions))
    lists = [which for which in LISTS if can_show(view, which)]
    if not lists:
        st.info(_("还没有导入企业台账和工会组织台账。导入后这里列出任期届满、委员会不健全等需要处理的工会。"))
        return
    show_cards(view, lists)
    if len(lists) < len(LISTS):
        st.caption(_("还没有导入工会组织台账，其余清单在导入后显示。"))
    for which in lists:
        show_one(view, which)
    st.caption(_("清单只为提醒和交办，不作社区排名；人数标准是街道设置。"))

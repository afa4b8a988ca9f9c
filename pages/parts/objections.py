"""提出异议: a community says that a unit belongs into a denominator or not; the clerk decides with a reason, all of it is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from gettext import gettext as _

import polars as pl
import streamlit as st

from etl.notes import KINDS
from metrics import scope
from metrics.catalogue import catalogue
from metrics.judging import objections as noted
from metrics.judging.denominator import Detail
from metrics.judging.objections import CLAIMS, STATES, Objection
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.filters import link_to
from pages.parts.issuing.markup import escaped
from pages.parts.issuing.notice import attempt, look_for_numbers_of_persons, show_notice, user
from pages.parts.street_notes import readable
from pages.parts.tables import TableColumn, show_table

LONGEST = KINDS[noted.KIND].longest["reason"]
CORRECTIONS = "pages/corrections.py"
KEPT = "compare.objection.kept"  # session: how many objections this window has made


def objection_form(detail: Detail, own: str) -> None:
    """Let a community object to one unit of the list."""
    frame = detail.units.frame.unique("unit_id", maintain_order=True)
    names = {
        unit: _named(name, part, reason)
        for unit, name, part, reason in frame.select("unit_id", "unit_name", "part", "reason").iter_rows()
    }
    # A new form only after one that was kept: where it is emptied at every click, a second click sends an empty one.
    kept = st.session_state.get(KEPT, 0)
    key = f"compare.objection.{detail.metric.id}.{own}.{kept}"
    box = st.popover(_("提出异议"))
    with box, st.form(key, border=False, enter_to_submit=False):
        unit = st.selectbox(
            _("哪一家（项）"),
            list(names),
            index=None,
            format_func=names.__getitem__,
            key=f"{key}.unit",
            placeholder=_("请选择"),
        )
        claim = st.radio(_("异议"), list(CLAIMS), format_func=CLAIMS.__getitem__, key=f"{key}.claim", horizontal=True)
        reason = st.text_input(_("理由（不写姓名）"), max_chars=LONGEST, key=f"{key}.reason")
        if not st.form_submit_button(_("提交异议")):
            return
    if unit is None:
        box.error(_("请先选择对哪一家（项）提出异议。"))
        return
    look_for_numbers_of_persons([reason])
    if attempt(partial(_object, detail, own, unit, frame, claim, reason), _("异议已提交，等待街道总工会处理。")):
        st.session_state[KEPT] = kept + 1
        st.rerun()
    with box:
        show_notice()


def _named(name: str, part: str, reason: str | None) -> str:
    """Return a unit as the list of choices says it."""
    return (
        _("{name}（计入）").format(name=name)
        if part != "left_out"
        else _("{name}（不计入：{reason}）").format(name=name, reason=reason)
    )


def _object(detail: Detail, own: str, unit: str, frame: pl.DataFrame, claim: str, reason: str) -> None:
    name = frame.filter(pl.col("unit_id") == unit)["unit_name"][0]
    month = detail.question.month
    assert month is not None, "the page always names the month"
    noted.object_to(
        answers.street_folder(), metric=detail.metric.id, community_id=own, month=month, unit_id=unit, unit_name=name,
        claim=claim, reason=reason, by=user(),
    )  # fmt: skip


def objection_list(warehouse: Warehouse, said: Sequence[Objection]) -> None:
    """Show the objections with all that was written about them; the clerk decides the open ones here."""
    if not said:
        return
    waiting = [one for one in said if one.is_open]
    with st.expander(
        _("异议{n}项，待处理{waiting}项").format(n=len(said), waiting=len(waiting)), expanded=bool(waiting)
    ):
        frame = _frame(warehouse, noted.entries(answers.street_folder(), *said))
        show_table(frame, [TableColumn(name, title) for name, title in _heads().items()], key="compare.objections")
        if any(one.state == "accepted" for one in said):
            link_to(CORRECTIONS, _("到“更正记录”更正已采纳的"))
        for one in waiting:
            _decision(one)


def _heads() -> dict[str, str]:
    return {
        "item": _("编号"), "community": _("社区"), "metric": _("指标"), "month": _("月份"), "unit_name": _("名称"), "claim": _("异议"), "reason": _("理由"), "state": _("状态"),
        "decision": _("处理理由"), "written_on": _("日期"), "written_by": _("经办"),
    }  # fmt: skip


def _frame(warehouse: Warehouse, entries: Sequence[Objection]) -> pl.DataFrame:
    """Return the entries of objections as a table, each objection's own in the order written."""
    rows = [_titled(warehouse, one) for one in entries]
    return pl.DataFrame([{name: row[name] for name in _heads()} for row in rows], dict.fromkeys(_heads(), pl.String))


def _titled(warehouse: Warehouse, one: Objection) -> dict[str, str]:
    """Return an entry's cells, its codes with their titles; one that takes the objection back has hardly any."""
    titles = {
        "community": scope.title(warehouse, "community", one.community_id) if one.community_id else "",
        "metric": metric_title(one), "claim": CLAIMS.get(one.claim, ""), "state": STATES.get(one.state, noted.WITHDRAWN),
    }  # fmt: skip
    return asdict(one) | titles


def metric_title(one: Objection) -> str:
    """Return what the metric of an objection is called; one that is there no more as it was written."""
    return catalogue()[one.metric].title if one.metric in catalogue() else one.metric


def waiting_list(warehouse: Warehouse) -> None:
    """Show the clerk the open objections of all communities and indicators."""
    folder = readable()
    objection_list(warehouse, [one for one in noted.objections(folder) if one.is_open] if folder else [])


def _decision(one: Objection) -> None:
    """Let the clerk accept or refuse an objection with a reason, or take it back for the community."""
    key = f"compare.decide.{one.item}.{one.month}"
    about = {
        "item": one.item,
        "month": one.month,
        "metric": metric_title(one),
        "name": escaped(one.unit_name),
        "claim": CLAIMS[one.claim],
    }
    with st.form(key, border=True, enter_to_submit=False):
        st.markdown(_("异议{item}　{month}　{metric}　{name}：{claim}").format(**about))
        reason = st.text_input(_("处理理由（不写姓名）"), max_chars=LONGEST, key=f"{key}.reason")
        with st.container(horizontal=True):
            is_accepted = st.form_submit_button(_("采纳"))
            is_refused = st.form_submit_button(_("不采纳"))
            is_withdrawn = st.form_submit_button(_("撤回异议"))
    if is_accepted or is_refused:
        look_for_numbers_of_persons([reason])
        state = "accepted" if is_accepted else "refused"
        _act(partial(noted.decide, answers.street_folder(), one, state, reason, user()), _("处理结果已保存。"))
    if is_withdrawn:
        _act(partial(noted.withdraw, answers.street_folder(), one), _("异议已撤回。"))


def _act(act: Callable[[], object], done: str) -> None:
    """Do what was pressed; what went wrong is said below the objection's own form: the page's head is out of sight."""
    if attempt(act, done):
        st.rerun()
    show_notice()

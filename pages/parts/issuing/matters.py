"""What the office fills in for a month: ranks in the district, matters assigned, proposed and planned.

Each entry belongs to the month shown; what an earlier month shows never changes.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from gettext import gettext as _
from pathlib import Path

import streamlit as st

from briefing import typed
from briefing.source import Source
from briefing.suggestions import suggestions
from briefing.typed import Assigned, Proposal, Rank
from metrics.periods import month_text
from pages.parts.filters import link_to
from pages.parts.issuing.forms import DAY, Field, form_key, next_turn, say_if_changed, show_form, turn
from pages.parts.issuing.markup import escaped
from pages.parts.issuing.notice import attempt, user

LONG = 300
SAVE = _("保存")
RANK = (
    (Field("indicator", _("指标"), hint=_("如 建会率")), Field("place", _("第几名"), "count")),
    (Field("of_how_many", _("共几个街道"), "count"), Field("document_date", _("通报日期"), "day", hint=DAY)),
    (Field("document", _("通报文件"), hint=_("如 区总工会第12期通报")),),
)
ASSIGNED = (
    (Field("matter", _("交办事项"), "area", LONG, _("没有的写“无”")),),
    (Field("responsible", _("责任单位"), longest=120), Field("deadline", _("时限"), hint=_("如 1月底前"))),
    (Field("progress", _("落实情况"), "area", LONG),),
    (Field("is_done", _("已办结（下月起不再列出）"), "tick"),),
)
PROPOSAL = (
    (Field("matter", _("提请研究事项"), "area", LONG, _("没有的写“无”")),),
    (Field("state", _("已研究决定（下月起不再列出）"), "tick"),),
)
STEP = ((Field("matter", _("下一步工作"), "area", LONG),),)


def rank_text(rank: Rank) -> str:
    """Return a rank in the district as the list names it."""
    many = _("（共{n}个街道）").format(n=rank.of_how_many) if rank.of_how_many else ""
    said = "，".join(filter(None, (rank.document, rank.document_date)))
    return _("{indicator}：第{place}名{many}").format(indicator=rank.indicator, place=rank.place, many=many) + (
        f"，{said}" if said else ""
    )


def show_ranks(street: Path, month: date) -> None:
    """Let the office type the street's places of a month; the same indicator again replaces it."""
    st.markdown(_("##### 区通报排名"))
    found = typed.ranks(street, month)
    for rank in found:
        line = st.container(horizontal=True, vertical_alignment="center")
        line.markdown(escaped(rank_text(rank)), width="stretch")
        if line.button(_("撤销"), key=f"issue.rank.{form_key(month, rank_text(rank))}"):
            attempt(partial(typed.drop_rank, street, month, rank.indicator), _("已撤销。"))
            st.rerun()
    with st.expander(_("填写一项排名")):
        said = show_form(RANK, {}, key=_new_key("rank", month), submit=SAVE)
    if said is not None:
        if attempt(lambda: _add_rank(street, month, said), _("排名已保存。")):
            next_turn("rank")
        st.rerun()


def _new_key(place: str, month: date) -> str:
    """Return the key of a form for new entries: empty again after this window has saved one, whatever others do."""
    return form_key("new", place, month, turn(place))


def _entry_key(place: str, month: date, entry: Assigned | Proposal) -> str:
    """Return the key of an entry's form, and say where the entry was changed by others meanwhile."""
    key = form_key(place, month, entry)
    say_if_changed(form_key(place, month, entry.item), key)
    return key


def _add_rank(street: Path, month: date, said: dict[str, str]) -> None:
    many = int(said["of_how_many"]) if said["of_how_many"] else None
    typed.add_rank(
        street, month, said["indicator"], int(said["place"] or 0), many, said["document"], said["document_date"], user()
    )


def carried_text(written_for: date, month: date) -> str:
    """Return that an entry stands as an earlier month wrote it; "" where this month wrote it."""
    return _("（沿用{month}所填）").format(month=month_text(written_for)) if written_for < month else ""


def _drop(street: Path, month: date, entry: Assigned | Proposal) -> None:
    """Offer to list a matter no more; what earlier months show stays."""
    if not st.button(_("删除（本月起不再列出）"), key=f"issue.drop.{form_key(month, entry)}", type="tertiary"):
        return
    drop = typed.drop_assigned if isinstance(entry, Assigned) else typed.drop_proposal
    attempt(lambda: drop(street, month, entry.item, user()), _("已删除，以前各期不变。"))
    st.rerun()


def _assigned_form(street: Path, month: date, entry: Assigned | None, key: str) -> None:
    names = ("matter", "responsible", "deadline", "progress")
    values = {name: getattr(entry, name) for name in names} if entry else {}
    said = show_form(ASSIGNED, {**values, "is_done": str(bool(entry and entry.is_done)).lower()}, key=key, submit=SAVE)
    if said is None:
        return
    is_done, item = said.pop("is_done") == "true", entry.item if entry else ""
    act = partial(typed.add_assigned, street, month, **said, is_done=is_done, item=item, by=user())
    if attempt(act, _("交办事项已保存。")) and not entry:
        next_turn("assigned")
    st.rerun()


def show_assigned(street: Path, month: date) -> None:
    """Show the matters assigned earlier, each with a form, and one more form for a new one."""
    st.markdown(_("##### 上期交办事项"))
    found = typed.assigned(street, month)
    for entry in found:
        state = _("已办结") if entry.is_done else _("办理中")
        with st.expander(f"{escaped(entry.matter)}　:gray[{state}{carried_text(entry.written_for, month)}]"):
            _assigned_form(street, month, entry, _entry_key("assigned", month, entry))
            _drop(street, month, entry)
    with st.expander(_("增加一项交办事项")):
        _assigned_form(street, month, None, _new_key("assigned", month))


def _proposal_form(street: Path, month: date, entry: Proposal | None, key: str) -> None:
    values = {"matter": entry.matter, "state": str(entry.state == typed.DECIDED).lower()} if entry else {}
    said = show_form(PROPOSAL if entry else PROPOSAL[:1], values, key=key, submit=SAVE)
    if said is None:
        return
    state = typed.DECIDED if said.get("state") == "true" else typed.OPEN
    item = entry.item if entry else ""
    act = partial(typed.add_proposal, street, month, said["matter"], state, item, user())
    if attempt(act, _("提请研究事项已保存。")) and not entry:
        next_turn("proposal")
    st.rerun()


def show_proposals(source: Source, street: Path, month: date) -> None:
    """Show what the leaders are asked to decide, what the program suggests to ask, and a form for more."""
    st.markdown(_("##### 提请研究事项"))
    found = typed.proposals(street, month)
    for entry in found:
        state = _("已研究决定") if entry.state == typed.DECIDED else _("待研究")
        with st.expander(f"{escaped(entry.matter)}　:gray[{state}{carried_text(entry.written_for, month)}]"):
            _proposal_form(street, month, entry, _entry_key("proposal", month, entry))
            _drop(street, month, entry)
    with st.expander(_("增加一项提请研究事项")):
        _proposal_form(street, month, None, _new_key("proposal", month))
    _suggested(source, street, month, {entry.matter for entry in found})


def _suggested(source: Source, street: Path, month: date, taken: set[str]) -> None:
    """Offer what the program suggests; only the office decides whether it is asked."""
    found = [one for one in suggestions(source, month) if one.text not in taken]
    if not found:
        return
    st.caption(_("程序建议（采用后可再改文字；不采用的不会印出）："))
    for one in found:
        line = st.container(horizontal=True, vertical_alignment="center")
        line.markdown(escaped(one.text), width="stretch")
        if one.page:
            with line:
                link_to(one.page, _("明细"), **one.query)
        if line.button(_("采用"), key=f"issue.take.{form_key(month, one.id, one.text)}"):
            attempt(
                partial(typed.add_proposal, street, month, one.text, by=user(), suggestion=one.id),
                _("已列入提请研究事项。"),
            )
            st.rerun()


def show_steps(street: Path, month: date) -> None:
    """Let the office type the plans of a summary."""
    st.markdown(_("##### 下一步工作"))
    found = typed.next_steps(street, month)
    for step in found:
        line = st.container(horizontal=True, vertical_alignment="center")
        line.markdown(escaped(step.matter), width="stretch")
        if line.button(_("撤销"), key=f"issue.step.{form_key(month, step)}"):
            attempt(partial(typed.drop_next_step, street, month, step.item), _("已撤销。"))
            st.rerun()
    with st.expander(_("增加一项下一步工作")):
        said = show_form(STEP, {}, key=_new_key("step", month), submit=SAVE)
    if said is not None:
        if attempt(partial(typed.add_next_step, street, month, said["matter"], by=user()), _("下一步工作已保存。")):
            next_turn("step")
        st.rerun()

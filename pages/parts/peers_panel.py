"""本社区与可比社区: its place, its peers and why they are, where the distance comes from; the street sets peers here.

A what-if (试选) lives in this part alone: no link, no table and no file ever holds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from gettext import gettext as _

import streamlit as st

from metrics import scope
from metrics.judging import compare_words as words
from metrics.judging import giant_words, mix, mix_words
from metrics.judging.compare import Compared, Comparison
from metrics.judging.peers import Peer, PeerSet, those
from metrics.periods import month_text
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.header import date_text
from pages.parts.league import difference, headings
from pages.parts.peer_list import Cells, all_peers, peer_list
from pages.parts.pictures import picture
from pages.parts.street_notes import keep, withdraw


def status_text(peer_set: PeerSet, community: str) -> str:
    """Return whether the street has set a community's peers."""
    if community not in peer_set.own:
        return _("未确定：以下由程序按企业数、行业、规模和所有制建议，请街道总工会确定。")
    day = date_text(date.fromisoformat(peer_set.set_on))
    return _("可比社区由街道总工会确定（最近一次{day}）。").format(day=day)


def likeness_text(known: date, shown: date) -> str:
    """Return of which month the likeness is told where another one is shown."""
    return "" if known == shown else _("相近之处按{month}末的企业计算。").format(month=month_text(known))


def _what_if(warehouse: Warehouse, found: Comparison, own: str, current: Sequence[Peer]) -> tuple[Peer, ...]:
    """Let the user try other peers, and set them for the street; return those to look at."""
    names = {row.keys["community_id"] or "": row.keys["community"] or "" for row in found.rows}
    del names[own]
    ids = [peer.community_id for peer in current]
    key = f"compare.peers.{own}.{'.'.join(ids)}"  # peers set anew are a new choice
    with st.popover(_("试选、确定可比社区")):
        chosen = st.multiselect(
            _("可比社区"), list(names), default=ids, format_func=names.__getitem__, key=key, placeholder=_("请选择")
        )
        st.caption(_("试选只在本页有效，不进入链接和导出的表格；确定后才作为本街道的可比社区。"))
        if st.button(_("确定为本街道可比社区"), key=f"{key}.set", disabled=not chosen) and keep(
            "peers", community_id=own, peer_id=tuple(chosen)
        ):
            st.rerun()
        is_set = found.peer_set is not None and own in found.peer_set.own
        if is_set and st.button(_("撤销，改用程序建议"), key=f"{key}.undo") and withdraw("peers", community_id=own):
            st.rerun()
    return tuple(current) if chosen == ids else those(warehouse, own, chosen)


def _cells(warehouse: Warehouse, found: Comparison, peer: Peer) -> Cells:
    row = found.find(peer.community_id)
    if row is None:
        return peer.community, "", "", peer.reasons
    value = answers.row_text(warehouse, found.answer.metric, row).partition("（")[0]
    return peer.community, value, words.class_text(row) if row.known else "", peer.reasons


def _heads(found: Comparison) -> tuple[str, str, str]:
    return _("可比社区"), found.answer.metric.title, headings(found, 0).place


def beside_text(warehouse: Warehouse, found: Comparison, row: Compared, ids: tuple[str, ...]) -> str:
    """Return a community's number beside its peers' together; "" where one of both is not known."""
    metric = found.answer.metric
    asked = replace(found.answer.question, by=(), where=(("community", ids),))
    together = answers.answer(warehouse, asked).row
    if row.value is None or together.value is None or metric.over is None:
        return ""
    apart = difference(metric, row, together.value, answers.decimals(warehouse))
    value = answers.row_text(warehouse, metric, together)
    unit = _("个百分点") if metric.is_percentage else ""
    return _("可比社区合计{value}，本社区与之相差{apart}{unit}。").format(value=value, apart=apart, unit=unit)


def _sources(warehouse: Warehouse, found: Comparison, row: Compared, ids: tuple[str, ...]) -> None:
    """Say where the distance from the peers, and from the street, comes from; for some indicators only how large it is."""
    own, decimals = row.keys["community_id"] or "", answers.decimals(warehouse)
    wanted: list[tuple[str, ...] | None] = [ids, None] if ids else [None]
    gaps = [mix.gap(warehouse, found.answer.question, own, against) for against in wanted]
    said = [gap for gap in gaps if gap is not None]
    if not said and ids:
        st.markdown(beside_text(warehouse, found, row, ids))
    alike = {other.community_id: other for other in mix.standardised(warehouse, found.answer.question)}.get(own)
    if alike is not None and alike.adjusted is not None:
        text = mix_words.adjusted_text(found.answer.metric, alike, decimals)
        st.markdown(text, help=mix_words.adjusted_help(found.answer.metric))
    for gap in said:
        is_chance = mix.is_chance(gap, row)
        industries = "" if is_chance else mix_words.parts_text(gap, decimals)
        text = mix_words.gap_sentence(gap, decimals, is_chance) + (f"{industries}。" if industries else "")
        st.markdown(text, help=mix_words.gap_help())
    _growth(warehouse, found, own)


def _growth(warehouse: Warehouse, found: Comparison, own: str) -> None:
    """Say where a community's change on last year comes from: more enterprises, other kinds of them, like with like."""
    question = found.answer.question
    others = tuple(condition for condition in question.where if condition[0] != "community")
    asked = replace(question, by=(), where=(*others, ("community", (own,))))
    if grown := mix.change(warehouse, asked, "last_year"):
        st.markdown(mix_words.growth_text(grown, answers.decimals(warehouse)), help=mix_words.growth_help())


def peers_panel(warehouse: Warehouse, found: Comparison, own: str) -> None:
    """Show one community's place, its peers, and where the distance comes from."""
    row, metric, decimals = found.find(own), found.answer.metric, answers.decimals(warehouse)
    if row is None or found.peer_set is None:
        return
    value = answers.row_text(warehouse, metric, row)
    st.markdown(f"**{words.standing_text(found, row, value)}**")
    if row.giant:
        st.markdown(giant_words.giant_text(metric, row.giant, decimals), help=giant_words.giant_help(metric, row.giant))
    st.caption(status_text(found.peer_set, own) + likeness_text(scope.default_month(warehouse), found.answer.month))
    shown = _what_if(warehouse, found, own, row.peers)
    if tuple(shown) != row.peers:
        st.caption(_("以下为试选的可比社区，尚未确定。"))
    if not shown:
        st.info(_("没有可比社区：本社区未报送企业台账，或没有选定。"))
    else:
        cells = [_cells(warehouse, found, peer) for peer in shown]
        picture(peer_list(cells, _heads(found), alt=_("可比社区及相近之处")), key="compare.peers.list")
    _sources(warehouse, found, row, tuple(peer.community_id for peer in shown))


def _set_all(found: Comparison) -> bool:
    """Set the suggestion of every community whose peers are not set yet; return whether all were kept."""
    open_rows = [row for row in found.rows if row.peers and not _is_set(found, row)]
    return all(
        keep("peers", community_id=row.keys["community_id"] or "", peer_id=tuple(p.community_id for p in row.peers))
        for row in open_rows
    )


def _is_set(found: Comparison, row: Compared) -> bool:
    return found.peer_set is not None and row.keys["community_id"] in found.peer_set.own


def everybodys_peers(found: Comparison) -> None:
    """Show every community's peers and let the street set them all at once."""
    lines = [
        (
            row.keys["community"] or "",
            "、".join(peer.community for peer in row.peers) or "—",
            _("已确定") if _is_set(found, row) else _("未确定"),
        )
        for row in found.rows
    ]
    st.caption(_("选定“本社区”后，这里显示它与可比社区的差距及来源。各社区的可比社区："))
    picture(all_peers(lines, alt=_("各社区的可比社区")), key="compare.peers.all")
    is_open = any(row.peers and not _is_set(found, row) for row in found.rows)
    if is_open and st.button(_("全部确定为本街道可比社区"), key="compare.peers.set_all") and _set_all(found):
        st.rerun()

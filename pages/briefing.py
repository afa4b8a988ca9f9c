"""工作简报: one page that is read, not operated. No Plotly and no WebGL: it opens at once, prints, and works anywhere."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from typing import Any

import streamlit as st

from briefing.model import Sentence, facts
from briefing.sections.closed_notes import change_notes
from briefing.sentences import points
from briefing.sentences.remarks import metric_in, remarks
from briefing.source import Source
from metrics import phrases, places, scope
from metrics.catalogue import Metric, metric_of
from metrics.judging.chance import verdict_legend
from metrics.judging.compare import Compared, compare
from metrics.judging.compare_words import class_legend, class_text
from metrics.question import Question, Row
from metrics.warehouse import Warehouse
from pages.parts import answers, cards, svg, theme
from pages.parts.filters import choose, link_to, month_filter
from pages.parts.giants import footnotes
from pages.parts.header import page_header, sample_mark
from pages.parts.issuing.landing import show_typed, word_button
from pages.parts.issuing.markup import escaped
from pages.parts.lineage.links import of_questions, show_sources
from pages.parts.month.stamp import Shown, month_shown, show_stamp
from pages.parts.pictures import picture
from pages.parts.resources import show_resources
from pages.parts.street_notes import readable

TABLE = (
    ("coverage_rate", _("建会率"), None),
    ("membership_rate_area", _("入会率"), None),
    ("disputes_received", _("受理纠纷"), "month"),
    ("unions_formed_target_progress", _("新建会任务"), None),
)
MAP_WIDTH = 300
NO_BREAK = "\u00a0"
JOINER = "\u2060"  # keeps a cell on one line: Chinese may break between any two characters


def show_cards(warehouse: Warehouse, month: date) -> None:
    """Show the five cards side by side and what their stars mean."""
    shown = (
        cards.share_card(warehouse, "coverage_rate", month),
        cards.share_card(warehouse, "membership_rate_area", month),
        cards.received_card(warehouse, month),
        cards.open_card(warehouse, month),
        cards.target_card(warehouse, month),
    )
    for column, (index, card) in zip(st.columns(len(shown), gap="small"), enumerate(shown), strict=True):
        with column:
            cards.show(card, key=f"card-{index}")
    for note in cards.footnotes(shown):
        st.caption(note)


def show_sentences(shown: Shown) -> None:
    """Show 本月要点, each sentence with the way to its rows."""
    warehouse, month = shown.warehouse, shown.month
    st.markdown(_("##### 本月要点"))
    source = Source(warehouse, readable())
    told = points(source, month)
    found = [one for one in told if isinstance(one, Sentence)]
    if not found:
        st.caption(_("本月相关台账均未报，没有可写的要点。"))
    for number, sentence in enumerate(found, start=1):
        text, link = st.columns([11, 2], gap="small")
        text.markdown(f"{number}　{sentence.text}")
        for remark in remarks(source, month, metric_in(sentence.id)):
            text.caption(escaped(remark.text))
        for note in change_notes(source, facts(sentence.parts)):
            text.caption(escaped(note.text))
        with link:
            link_to(sentence.page, _("明细"), **sentence.query, **shown.query)


def cell(warehouse: Warehouse, metric: Metric, row: Row) -> str:
    """Return a table cell: the value without its measure word, 未报 where nothing is known, 无 where it has no meaning."""
    if row.value is None:
        return phrases.hidden_text(metric, row) or (_("无") if row.known else _("未报"))
    about = _("约") + JOINER if row.approximate else ""
    return about + phrases.number_text(metric, row.value, answers.decimals(warehouse))


def mark(found: Compared | None) -> str:
    """Return 偏低 and the like for a cell; nothing where the difference is no more than chance, or is not judged."""
    if found is None or found.funnel in {None, "similar"}:
        return ""
    return NO_BREAK + JOINER.join(class_text(found))


def show_table(warehouse: Warehouse, month: date) -> None:
    """Show 社区一览表: official order, four indicators, no ranks; what differs from the street by more than chance is marked."""
    columns = [answers.answer(warehouse, Question(metric, ("community",), month, period=p)) for metric, _t, p in TABLE]
    totals = [answers.answer(warehouse, Question(metric, (), month, period=period)).row for metric, _t, period in TABLE]
    compared = [compare(warehouse, Question(metric, (), month, period=period)) for metric, _title, period in TABLE]
    lines = [
        [JOINER.join(title) for title in (_("社区"), *(title for _m, title, _p in TABLE))],
        [":--", *("--:" for _entry in TABLE)],
    ]
    for rows in zip(*(answer.rows for answer in columns), strict=True):
        cells = [
            cell(warehouse, a.metric, row) + mark(found.find(row.keys["community_id"] or ""))
            for a, row, found in zip(columns, rows, compared, strict=True)
        ]
        lines.append([JOINER.join(rows[0].keys["community"] or ""), *cells])
    lines.append(
        [JOINER.join(_("全街道")), *(cell(warehouse, a.metric, row) for a, row in zip(columns, totals, strict=True))]
    )
    st.markdown(_("##### 社区一览表"))
    st.markdown("\n".join(f"|{'|'.join(line)}|" for line in lines))
    for note in footnotes(warehouse, month, TABLE):
        st.caption(note)
    named = {title: Question(metric, (), month, period=period) for metric, title, period in TABLE}
    show_sources(warehouse, of_questions(named))


def show_map(warehouse: Warehouse, month: date) -> None:
    """Show where the communities lie and their 建会率, as a small drawing."""
    found = places.outlines(warehouse)
    answer = answers.answer(warehouse, Question("coverage_rate", ("community",), month))
    areas = [area(warehouse, answer.metric, row, found.shapes[row.keys["community_id"]]) for row in answer.rows
             if row.keys["community_id"] in found.shapes]  # fmt: skip
    if not areas:
        return
    st.markdown(_("##### 各社区建会率"))
    missing = [_("斜线：未报送（不按0计算）")] if any(a.value is None and not a.is_hidden for a in areas) else []
    hidden = [_("浅灰：为保护个人信息，不显示")] if any(entry.is_hidden for entry in areas) else []
    notes = [_("颜色越深，建会率越高"), *missing, *hidden, found.note, sample_mark(warehouse)]
    shades = theme.SEQUENTIAL_DARK if theme.is_dark() else theme.SEQUENTIAL
    alt = "；".join(area.title for area in areas)
    picture(
        svg.area_map(areas, width=MAP_WIDTH, shades=shades, alt=alt, notes=[n for n in notes if n]), key="communities"
    )


def area(warehouse: Warehouse, metric: Metric, row: Row, shape: dict[str, Any]) -> svg.Area:
    """Return one community of the small map with its value."""
    name = row.keys["community"] or ""
    title = f"{name}　{answers.row_text(warehouse, metric, row)}"
    text = _("不显示") if row.is_suppressed else cell(warehouse, metric, row)
    return svg.Area(name, svg.rings(shape), row.value, text, title, row.is_suppressed)


def show_definitions(warehouse: Warehouse) -> None:
    """Say what the five numbers mean, for paper, where nothing can be hovered, and what the street notes of its data."""
    ids = (
        "coverage_rate",
        "membership_rate_area",
        "disputes_received",
        "disputes_open",
        "unions_formed_target_progress",
    )
    found = [metric_of(metric) for metric in ids]
    st.caption(_("指标口径：") + "；".join(f"{metric.title}＝{metric.meaning}" for metric in found) + "。")
    st.caption(class_legend() + verdict_legend())
    for key, note in scope.settings(warehouse).items():
        if key.startswith("note:"):
            st.caption(_("说明：{note}。").format(note=note))


def page() -> None:
    """Show the page from top to bottom."""
    newest = answers.current()
    head, choice = st.columns([9, 4], gap="medium", vertical_alignment="bottom")
    with choice, st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="bottom"):
        with st.container(width="content"):
            month = choose([month_filter(newest)], key="briefing", has_tools=False).month()
        word_button(newest, month)
    shown = month_shown(newest, month)
    warehouse = shown.warehouse
    with head:
        page_header(warehouse, _("工会工作简报"), month, ["dispute"])
        show_stamp(shown)
    show_cards(warehouse, month)
    points, table, drawing = st.columns([18, 19, 12], gap="medium")
    with points:
        show_sentences(shown)
    with table:
        show_table(warehouse, month)
    with drawing:
        show_map(warehouse, month)
    show_typed(warehouse, month)
    show_resources(shown)
    show_definitions(warehouse)


page()

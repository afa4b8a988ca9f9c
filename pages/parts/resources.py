"""服务保障与队伍 on 工作简报: what the other ledgers tell of the year, a line each; nothing where the street keeps none."""

from __future__ import annotations

from gettext import gettext as _
from itertools import chain

import streamlit as st

from briefing.model import Sentence
from briefing.sentences.health import health
from briefing.sentences.resources import resources
from briefing.sentences.scope import Scope
from briefing.sentences.tasks import tasks
from briefing.source import Source
from pages.parts.filters import link_to
from pages.parts.month.stamp import Shown
from pages.parts.street_notes import readable


def show_resources(shown: Shown) -> None:
    """Show services, stations, staff, rules and hearings, what is expected of the year's tasks, unions that need a hand.

    They stand folded: what a leader reads every month stays on one page.
    """
    scope = Scope(Source(shown.warehouse, readable()), shown.month)
    found = {
        _("服务保障与队伍"): chain.from_iterable(resources(scope)),
        _("年度任务进展"): tasks(scope),
        _("组织健康"): health(scope),
    }
    told = {title: [one for one in entries if isinstance(one, Sentence)] for title, entries in found.items()}
    told = {title: sentences for title, sentences in told.items() if sentences}
    if not told:
        return
    with st.expander("、".join(told)):
        for title, sentences in told.items():
            st.markdown(f"**{title}**")
            for sentence in sentences:
                _show(sentence, shown)


def _show(sentence: Sentence, shown: Shown) -> None:
    text, link = st.columns([15, 2], gap="small")
    unit = _("（责任单位：{unit}）").format(unit=sentence.unit) if sentence.unit else ""
    text.markdown(sentence.text + unit)
    with link:
        link_to(sentence.page, _("明细"), **sentence.query, **shown.query)

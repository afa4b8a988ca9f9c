"""剔除最大企业后, beside a rate and below a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import streamlit as st

from metrics.catalogue import Metric, metric_of
from metrics.judging import giant_words
from metrics.judging.giants import giants
from metrics.question import Question
from metrics.scope import communities
from metrics.warehouse import Warehouse
from pages.parts import answers


def show_giant(warehouse: Warehouse, metric: Metric, asked: Question) -> None:
    """Show one community's rate without its largest enterprise; nothing where none is so large, or for several."""
    where = dict(asked.where)
    wanted = where.pop("community", ())
    if len(wanted) != 1:
        return
    # Asked for every community, so that the next click on the map finds it answered.
    found = giants(warehouse, replace(asked, by=("community",), where=tuple(where.items()))).get(wanted[0])
    if found:
        text = giant_words.giant_text(metric, found, answers.decimals(warehouse))
        st.markdown(text, help=giant_words.giant_help(metric, found))


def footnotes(warehouse: Warehouse, month: date, columns: Iterable[tuple[str, str, str | None]]) -> list[str]:
    """Return a table's notes on communities with one giant, in official order; columns are metric, title and period."""
    shown = [(title, metric_of(name), giants(warehouse, Question(name, ("community",), month, period=period)))
             for name, title, period in columns]  # fmt: skip
    notes = []
    for community in communities(warehouse):
        found = [(title, metric, of[community.id]) for title, metric, of in shown if community.id in of]
        if found:
            notes.append(giant_words.footnote(community.title, found, answers.decimals(warehouse)))
    return notes

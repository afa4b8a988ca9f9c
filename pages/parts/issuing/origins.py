"""数据来源: every number of a document with the page where it can be looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from gettext import gettext as _
from urllib.parse import urlencode

import streamlit as st

from briefing.model import Chart, Document, Fact, Origin, Paragraph, Section, Table, Typed, facts
from briefing.origins import words
from metrics.catalogue import metric_of
from pages.parts.issuing.markup import escaped
from pages.parts.lineage.links import ADDRESS, trace_query

OF_CASES = {"cause", "channel"}  # conditions that 劳资纠纷 knows and 一张图 does not
HEIGHT = 640


def address(origin: Origin) -> str:
    """Return the page of a number with its conditions, as an address relative to this one."""
    metric, month = metric_of(origin.metric), f"{origin.month:%Y-%m}"
    where = {name: ",".join(values) for name, values in origin.where}
    if OF_CASES & set(where):
        return f"disputes?{urlencode({'month': month, **where})}"
    if "community" in metric.dimensions:
        return f"map?{urlencode({'metric': metric.id, 'month': month, **where})}"
    return f"definitions?{urlencode({'metric': metric.id})}"


def line(fact: Fact, names: Mapping[str, str]) -> str:
    """Return one number as a row of the table: the number leads to its page, the last cell to the rows behind it."""
    rows = f"[{_('明细')}]({ADDRESS}{trace_query(fact.origin.question)})"
    return f"|[{escaped(fact.text)}]({address(fact.origin)})|{escaped(words(fact.origin, names))}|{rows}|"


def _of_block(block: Paragraph | Table | Chart) -> Iterator[Fact]:
    if isinstance(block, Paragraph):
        texts = [sentence.parts for sentence in block.sentences]
    elif isinstance(block, Table):
        texts = [cell for row in block.rows for cell in row]
    else:
        yield from (Fact(series.title, series.origin) for series in block.series)
        return
    for text in texts:
        yield from facts(text)


def facts_of(section: Section) -> tuple[Fact, ...]:
    """Return a section's numbers in order, each once; of a chart its series."""
    return tuple(dict.fromkeys(fact for block in section.blocks for fact in _of_block(block)))


def typed_of(document: Document) -> tuple[str, ...]:
    """Return the typed words that hold digits: numbers that are nobody's metric."""
    texts = [part.text for text in document.texts() for part in text if isinstance(part, Typed)]
    return tuple(dict.fromkeys(text for text in texts if re.search(r"\d", text)))


def show_origins(document: Document) -> None:
    """Show where every number of the document comes from."""
    names = dict(document.names)
    st.caption(_("点数字，在新窗口中打开它所在的页面。数据版本{n}。").format(n=document.generation_no))
    with st.container(height=HEIGHT, border=True, key="issue.origins"):
        for section in document.sections:
            if found := facts_of(section):
                st.markdown(f"**{section.title}**")
                st.markdown(
                    "\n".join([_("|数字|回答的问题|各行|"), "|---|---|---|", *(line(fact, names) for fact in found)])
                )
        if typed := typed_of(document):
            st.markdown(_("**人工填写，不是系统计算的数字**"))
            st.markdown("\n".join(f"- {escaped(text)}" for text in typed))

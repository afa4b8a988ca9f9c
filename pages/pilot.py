"""试点成效: a pilot community against the others, before and after; for analysts, with everything that must be said with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from gettext import gettext as _

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from metrics.catalogue import metric_of
from metrics.judging.pilot import Pilot, judged, outcomes, pilots
from metrics.periods import month_text
from metrics.reports import is_sent
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.filters import Filter, choose, metric_filter, month_filter, switch
from pages.parts.header import page_header
from pages.parts.pilot.comparison import View, show_comparison
from pages.parts.pilot.formation import LEDGER, show_formation

PARTS = Filter("part", _("内容"), {"effect": _("试点前后比较"), "formation": _("民主建会清单")}, "effect")


def pilot_filter(found: tuple[Pilot, ...]) -> Filter:
    """Return the choice of a pilot community with its first month."""
    text = _("{name}（{month}起）")
    titles = {one.community_id: text.format(name=one.community, month=month_text(one.start)) for one in found}
    names = {one.community: one.community_id for one in found}
    return Filter("pilot", _("试点社区"), titles, aliases=names)


def sent_outcomes(warehouse: Warehouse) -> tuple[str, ...]:
    """Return the metrics whose ledgers the street has sent."""
    return tuple(name for name in outcomes() if all(is_sent(warehouse, ledger) for ledger in metric_of(name).ledgers))


def show_effect(warehouse: Warehouse, head: DeltaGenerator) -> None:
    """Show one pilot before and after; without a pilot or a ledger to judge it by, say what is needed."""
    found, offered = pilots(warehouse), sent_outcomes(warehouse)
    if not found or not offered:
        show_head(warehouse, head)
        st.info(
            _(
                "街道设置（street.yml）里写明试点社区和开始月份（pilots）、并导入劳资纠纷台账后，本页比较试点前后的变化。"
            )
        )
        return
    filters = [month_filter(warehouse, title=_("截止月份")), metric_filter(offered, offered[0]), pilot_filter(found)]
    chosen = choose(filters, key="pilot")
    show_head(warehouse, head, chosen.month(), metric_of(chosen.one("metric")).ledgers)
    [pilot] = [one for one in found if one.community_id == chosen.one("pilot")]
    show_comparison(View(warehouse, judged(warehouse, pilot, chosen.one("metric"), chosen.month())))


def show_checklist(warehouse: Warehouse, head: DeltaGenerator) -> None:
    """Show the checklist of democratic formation at a month's end."""
    month = choose([month_filter(warehouse)], key="pilot.month").month()
    show_head(warehouse, head, month, [LEDGER] if is_sent(warehouse, LEDGER) else [])
    show_formation(warehouse, month)


def show_head(
    warehouse: Warehouse, head: DeltaGenerator, month: date | None = None, ledgers: Sequence[str] = ()
) -> None:
    """Show the title with the reports of the ledgers that the shown part rests on."""
    with head:
        page_header(warehouse, _("试点成效"), month, ledgers)
        st.caption(_("供分析人员研究使用：不进简报，不作考核，不给社区排名。"))


def page() -> None:
    """Show the page from top to bottom."""
    warehouse = answers.current()
    head = st.container()
    {"effect": show_effect, "formation": show_checklist}[switch(PARTS, key="pilot")](warehouse, head)


page()

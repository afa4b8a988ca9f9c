"""What document is asked for: kind, month, community or topic, for whom. It lives in the address like every filter."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from briefing.kinds import PERIODS, Kind, kinds
from briefing.request import Request
from metrics import scope
from metrics.catalogue import catalogue
from metrics.question import Audience
from metrics.warehouse import Warehouse
from pages.parts.choices import Chosen, Filter, month_titles
from pages.parts.filters import choose, switch
from pages.parts.issuing.outputs import approval

WHOLE = "street"  # the community filter's choice for the street as a whole
FIRST = "brief"
AUDIENCES = {"internal": _("内部版"), "public": _("对外版")}
SOURCES = Filter("sources", _("数据来源"), {"yes": _("附来源"), "no": _("不附")}, "yes")


def in_order() -> list[Kind]:
    """Return the kinds as the office meets them: monthly ones first, those of a year last."""
    return sorted(kinds().values(), key=lambda kind: (list(PERIODS).index(kind.period), kind.id))


def chosen_kind() -> Kind:
    """Let the user choose what kind of document."""
    titles = {kind.id: kind.name for kind in in_order()}
    return kinds()[switch(Filter("kind", _("种类"), titles, FIRST), key="issue")]


def months_of(warehouse: Warehouse, kind: Kind) -> Filter | None:
    """Return the choice among the months that a kind can end with; None where the data hold none."""
    ends = [f"{month:%Y-%m}" for month in scope.months(warehouse) if kind.ends_with(month)]
    titles = {month: title for month, title in month_titles(warehouse).items() if month in ends}
    newest = f"{kind.newest_end(scope.default_month(warehouse)):%Y-%m}"
    default = newest if newest in titles else next(iter(titles), None)
    return Filter("month", _("截至月份"), titles, default) if titles else None


def _communities(warehouse: Warehouse) -> Filter:
    named = {entry.id: entry.title for entry in scope.communities(warehouse)}
    aliases = {title: name for name, title in named.items()}
    # Not named as the other pages' filter is: a community looked at there would narrow the document unasked.
    return Filter("place", _("社区"), {WHOLE: _("全街道"), **named}, WHOLE, aliases=aliases)


def _topics() -> Filter:
    titles = {metric.id: metric.title for metric in catalogue().values() if "community" in metric.dimensions}
    return Filter("topic", _("专题"), titles, "coverage_rate", aliases={title: name for name, title in titles.items()})


def _audience(kind: Kind) -> Audience:
    """Let the user choose among the versions that a kind has: one with ranks is never public."""
    titles: dict[str, str] = {name: title for name, title in AUDIENCES.items() if name in kind.audiences}
    wanted = Filter("audience", _("版本"), titles, next(iter(titles)))
    return "public" if switch(wanted, key="issue") == "public" else "internal"


def _subject(kind: Kind, chosen: Chosen) -> tuple[str, str]:
    """Return the community and the topic asked for; of a kind that has both, a community leaves no topic."""
    community = chosen.one("place") if "place" in chosen.values else WHOLE
    if community != WHOLE:
        if "topic" in kind.scopes:
            st.caption(_("选定社区时为社区专报，不分专题。"))
        return community, ""
    return "", chosen.one("topic") if "topic" in chosen.values else ""


def wanted(warehouse: Warehouse, kind: Kind) -> Request | None:
    """Let the user choose month, community, topic and version; None where no month can be chosen, which is said."""
    months = months_of(warehouse, kind)
    if months is None:
        st.info(_("现有数据还没有{kind}可以截至的月份。").format(kind=kind.name))
        return None
    more = {"community": _communities(warehouse), "topic": _topics()}
    filters = [months, *(found for scope, found in more.items() if scope in kind.scopes)]
    chosen = choose(filters, key="issue", has_tools=False)
    with st.container(horizontal=True, vertical_alignment="bottom", key="issue.choice"):
        with st.container(width="content"):
            audience = _audience(kind)
        with st.container(width="content"):
            has_sources = switch(SOURCES, key="issue") == "yes"
    community, topic = _subject(kind, chosen)
    return Request(kind.id, chosen.month(), community, topic, audience, has_sources, approval())

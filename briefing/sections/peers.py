"""可比社区: the communities most like this one, by their enterprises, and their rates. Only in the internal version."""

from __future__ import annotations

from gettext import gettext as _

from briefing.asked import NOTHING
from briefing.aspects import fact
from briefing.model import Column, Missing, Origin, Section, Table, Text
from briefing.request import Request
from briefing.sections.made import Made
from briefing.source import Source
from briefing.typed.heads import day_text
from metrics.judging.peers import PeerSet, peers, suggested

TITLE = _("可比社区")
RATES = (("enterprises", _("企业（家）")), ("coverage_rate", _("建会率")), ("membership_rate_area", _("入会率")))


def build(source: Source, request: Request) -> Made:
    """Return this community's rates above those of its peers; the street's own choice goes before the suggestion."""
    if not request.community:
        return Made(None)
    if source.audience == "public":
        return Made(None, (Missing(TITLE, _("对外版不列")),))
    found = _peers(source, request)
    near = found.of.get(request.community, ())
    if not near:
        return Made(None, (Missing(TITLE, _("本社区企业台账未报，没有可比社区")),))
    own = _row(source, request, request.community, _("本社区"))
    rows = (own, *(_row(source, request, peer.community_id, peer.community) for peer in near))
    columns = (Column(_("社区")), *(Column(head, "right") for _metric, head in RATES))
    chosen = request.community in found.own
    note = (
        _("可比社区由街道确定，{day}。").format(day=day_text(found.set_on))
        if chosen
        else _("可比社区由程序按企业数、规模、行业、登记类型相近建议，街道尚未确定。")
    )
    return Made(Section("peers", TITLE, (Table("peers", TITLE, columns, rows, notes=(note,)),)))


def _peers(source: Source, request: Request) -> PeerSet:
    if source.street is not None:
        return peers(source.warehouse, source.street, request.end)
    return PeerSet(False, "", "", suggested(source.warehouse, request.end), frozenset())


def _row(source: Source, request: Request, community: str, name: str) -> tuple[Text, ...]:
    where = (("community", (community,)),)
    facts = [fact(source, Origin("bare", metric, request.end, where=where)) for metric, _head in RATES]
    return ((name,), *(NOTHING if found is None else (found,) for found in facts))

"""区通报排名: the street's places in the district's circulars, as the office typed them; never in a public version."""

from __future__ import annotations

from gettext import gettext as _

from briefing import typed
from briefing.model import Column, Missing, Section, Table, Text, Typed
from briefing.request import Request
from briefing.sections.made import Made
from briefing.source import Source
from briefing.typed import Rank
from metrics.periods import month_text

TITLE = _("区通报排名")
IS_INTERNAL = True
IS_OF_STREET = True
COLUMNS = (
    Column(_("指标"), width=1.5),
    Column(_("本期名次"), "right", 1.5),
    Column(_("上次名次"), "right", 1.5),
    Column(_("依据"), width=3.0),
)


def build(source: Source, request: Request) -> Made:
    """Return the section; without any rank typed for the month there is none, for the district does not rank every month."""
    found = typed.ranks(source.street, request.end) if source.street else ()
    if not found:
        return Made(None, (Missing(TITLE, _("未填写")),))
    rows = tuple(_row(rank) for rank in found)
    notes = (_("名次由街道总工会按区通报填写，不由本系统计算；括号内是参加排名的街道数。"),)
    return Made(Section("district_ranks", TITLE, (Table("district_ranks", TITLE, COLUMNS, rows, notes=notes),)))


def _row(rank: Rank) -> tuple[Text, ...]:
    document = "，".join(filter(None, (rank.document, rank.document_date)))
    return (Typed(rank.indicator),), (Typed(place_text(rank)),), _before(rank), (Typed(document),)


def place_text(rank: Rank) -> str:
    """Return 第3名（共11个）."""
    if rank.of_how_many is None:
        return _("第{n}名").format(n=rank.place)
    return _("第{n}名（共{many}个）").format(n=rank.place, many=rank.of_how_many)


def _before(rank: Rank) -> Text:
    if rank.before is None:
        return ("—",)
    return (Typed(_("第{n}名").format(n=rank.before.place)), "，" + month_text(rank.before.month))

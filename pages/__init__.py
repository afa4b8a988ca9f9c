"""One page per file; the order here is the order of the menu."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _


@dataclass(frozen=True)
class PageEntry:
    """One page of the menu: its script, its address and where it stands."""

    file: str
    url_path: str
    title: str
    group: str
    is_default: bool = False


SEE, ACT, MANAGE = _("看"), _("办"), _("管")

PAGES: tuple[PageEntry, ...] = (
    PageEntry("pages/briefing.py", "briefing", _("工作简报"), SEE, is_default=True),
    PageEntry("pages/map.py", "map", _("一张图"), SEE),
    PageEntry("pages/compare.py", "compare", _("社区对比"), SEE),
    PageEntry("pages/disputes.py", "disputes", _("劳资纠纷"), ACT),
    PageEntry("pages/hazards.py", "hazards", _("隐患与预警"), ACT),
    PageEntry("pages/cases.py", "cases", _("纠纷办理"), ACT),
    PageEntry("pages/online.py", "online", _("线上办件"), ACT),
    PageEntry("pages/issue.py", "issue", _("简报编发"), ACT),
    PageEntry("pages/ledgers.py", "ledgers", _("台账管理"), MANAGE),
    PageEntry("pages/definitions.py", "definitions", _("指标说明"), MANAGE),
)

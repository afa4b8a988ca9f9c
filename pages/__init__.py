"""One page per file; the order here is the order of the menu."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _


@dataclass(frozen=True)
class PageEntry:
    """One page: its script, its address and where it stands in the menu; a hidden one is opened by links alone."""

    file: str
    url_path: str
    title: str
    group: str
    is_default: bool = False
    is_hidden: bool = False


# The groups are the user's questions; each opens to a few entries (design.md's 看, 办, 管, with 办 told apart).
SEE, DISPUTE, ORGANISE, WRITE, MANAGE = _("看情况"), _("办纠纷"), _("建组织"), _("出材料"), _("管台账")

PAGES: tuple[PageEntry, ...] = (
    PageEntry("pages/briefing.py", "briefing", _("工作简报"), SEE, is_default=True),
    PageEntry("pages/map.py", "map", _("一张图"), SEE),
    PageEntry("pages/compare.py", "compare", _("社区对比"), SEE),
    PageEntry("pages/profile.py", "profile", _("社区概况"), SEE),
    PageEntry("pages/disputes.py", "disputes", _("劳资纠纷"), DISPUTE),
    PageEntry("pages/hazards.py", "hazards", _("隐患与预警"), DISPUTE),
    PageEntry("pages/cases.py", "cases", _("纠纷办理"), DISPUTE),
    PageEntry("pages/online.py", "online", _("线上办件"), DISPUTE),
    PageEntry("pages/organising.py", "organising", _("组建攻坚"), ORGANISE),
    PageEntry("pages/parks.py", "parks", _("园区工联会"), ORGANISE),
    PageEntry("pages/services.py", "services", _("服务与阵地"), ORGANISE),
    PageEntry("pages/staff.py", "staff", _("队伍与制度"), ORGANISE),
    PageEntry("pages/pilot.py", "pilot", _("试点成效"), ORGANISE),
    PageEntry("pages/issue.py", "issue", _("简报编发"), WRITE),
    PageEntry("pages/fill.py", "fill", _("按模板填数"), WRITE),
    PageEntry("pages/month.py", "month", _("月度定稿"), WRITE),
    PageEntry("pages/ledgers.py", "ledgers", _("台账管理"), MANAGE),
    PageEntry("pages/identity.py", "identity", _("企业核对"), MANAGE),
    PageEntry("pages/corrections.py", "corrections", _("更正记录"), MANAGE),
    PageEntry("pages/versions.py", "versions", _("数据版本"), MANAGE),
    PageEntry("pages/definitions.py", "definitions", _("指标说明"), MANAGE),
    PageEntry("pages/trace.py", "trace", _("数字来源"), MANAGE, is_hidden=True),
)

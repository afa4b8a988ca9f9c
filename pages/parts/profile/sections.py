"""What 社区概况 tells, section by section: which number, over which period, and what stands beside it. No Streamlit."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _

Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Fact:
    """One number of a community: `title` "" is the metric's own; `is_named` lists the units that it counts by name.

    `has_change` tells it against last year, `has_course` draws twelve months.
    """

    metric: str
    title: str = ""
    period: str | None = None
    where: Where = ()
    is_named: bool = False
    has_change: bool = False
    has_course: bool = False


@dataclass(frozen=True)
class Section:
    """A few numbers under one heading; `more` names what is said beside them (`pages.parts.profile.more`)."""

    title: str
    facts: tuple[Fact, ...]
    more: str = ""


BASICS = Section(
    _("基本情况"),
    (
        Fact("area_km2"),
        Fact("resident_population"),
        Fact("registered_population", _("其中户籍人口")),
        Fact("enterprises", has_change=True),
        Fact("workers"),
    ),
    more="parks",
)
ORGANISED = Section(
    _("组织与会员"),
    (
        Fact("coverage_rate", has_change=True, has_course=True),
        Fact("coverage_rate_above_scale"),
        Fact("coverage_rate", _("千人以上企业建会率"), where=(("size_band", (">=1000",)),)),
        Fact("own_union_rate_25plus"),
        Fact("members"),
        Fact("membership_rate_area", has_change=True, has_course=True),
        Fact("member_verified_rate"),
        Fact("collective_contract_rate"),
        Fact("wage_contract_rate"),
        Fact("female_contract_rate"),
        Fact("workers_congress_rate"),
        Fact("open_affairs_rate"),
        Fact("mediation_committee_rate"),
        Fact("dues_paid_rate", period="ytd"),
    ),
)
DISPUTES = Section(
    _("劳资纠纷与隐患"),
    (
        Fact("disputes_received", period="ytd", has_change=True, has_course=True),
        Fact("disputes_mediated", period="ytd", has_change=True),
        Fact("disputes_open"),
        Fact("disputes_per_1000_workers", period="ytd"),
        Fact("hazards", period="ytd"),
        Fact("hazard_resolved_rate", period="ytd"),
        Fact("disputes_preceded_by_report_rate", period="ytd"),
        Fact("online_requests", period="ytd"),
    ),
)
PLACES = Section(
    _("阵地与服务"),
    (
        Fact("facilities", is_named=True),
        Fact("facility_area_m2"),
        Fact("facility_area_per_1000_workers"),
        Fact("facility_visits", period="ytd"),
        Fact("workers_within_500m_rate"),
        Fact("workers_within_1000m_rate"),
        Fact("service_persons", period="ytd"),
        Fact("service_person_times", period="ytd"),
        Fact("service_person_times_per_1000_workers", period="ytd"),
        Fact("service_spending_yuan", period="ytd"),
        Fact("hardship_archived"),
    ),
    more="homes",
)
RULES = Section(
    _("队伍、制度与荣誉"),
    (
        Fact("staff"),
        Fact("staff_per_1000_workers"),
        Fact("rules_in_force", is_named=True),
        Fact("hearings_held", period="ytd"),
        Fact("major_reports", period="ytd"),
        Fact("joint_meetings", period="ytd"),
        Fact("checklist_done_rate"),
        Fact("honours", is_named=True),
        Fact("harmonious_enterprises"),
        Fact("harmonious_parks", is_named=True),
    ),
    more="governance",
)
TARGETS = Section(
    _("年度任务"),
    (
        Fact("unions_formed", period="ytd", has_change=True),
        Fact("unions_formed_target_progress"),
        Fact("members_joined", period="ytd"),
        Fact("members_joined_target_progress"),
    ),
    more="targets",
)
LEFT, RIGHT = (BASICS, ORGANISED, TARGETS), (DISPUTES, PLACES, RULES)


@dataclass(frozen=True)
class ToDo:
    """A list to act on: how many stand on it, and the page that shows them."""

    metric: str
    page: str
    part: str = ""


TO_DO = (
    ToDo("disputes_overdue", "pages/cases.py"),
    ToDo("enterprises_red", "pages/hazards.py", "levels"),
    ToDo("enterprises_yellow", "pages/hazards.py", "levels"),
    ToDo("unions_term_overdue", "pages/organising.py", "health"),
    ToDo("unions_without_committee", "pages/organising.py", "health"),
    ToDo("enterprises_25plus_without_own_union", "pages/organising.py", "health"),
    ToDo("closed_enterprises_with_union", "pages/organising.py", "health"),
    ToDo("enterprises_100plus_without_mediation_committee", "pages/organising.py", "health"),
)

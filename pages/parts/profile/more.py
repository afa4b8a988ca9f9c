"""What 社区概况 says beside its numbers: the parks, what a workers' home holds, hearings, tasks, the pilot."""

from __future__ import annotations

from collections.abc import Callable
from gettext import gettext as _

import streamlit as st

from etl.errors import QuestionError
from metrics import scope
from metrics.judging.facilities import facilities
from metrics.judging.hearings import hearing_plans, hearing_sentence
from metrics.judging.pilot import pilots
from metrics.older import is_lacking
from metrics.periods import month_text
from metrics.reports import is_sent
from metrics.targets.progress import progress
from metrics.targets.words import forecast_text, progress_text
from pages.parts import answers
from pages.parts.filters import link_to
from pages.parts.issuing.markup import escaped
from pages.parts.parks.view import View as ParkView
from pages.parts.profile.view import View

FACTS_TELL = ("unions_formed", "members_joined", "hearings_held")  # tasks that stand among the numbers above


def show_parks(view: View) -> None:
    """Name the parks that lie in the community, each with its federation, and lead to their pages."""
    of = ParkView(view.warehouse, view.month)
    here = [park for park in of.parks if park.community_id == view.community]
    if not here:
        return
    federations = [of.federation(park.id) for park in here]
    living = sum(found is not None and found.is_living for found in federations)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(_("园区　**{n}个**，已建园区工联会{living}个").format(n=len(here), living=living))
        for park in here:
            link_to("pages/parks.py", park.title, park=park.id, month=f"{view.month:%Y-%m}")


def show_homes(view: View) -> None:
    """Name what lies inside the facilities: centres and rooms; a list that the ledger leaves open says so."""
    here = [one for one in facilities(view.warehouse, view.month) if one.community_id == view.community]
    inside = [one.facility for one in here if one.is_in_use and not one.is_counted]
    if inside:
        st.markdown(_("内设　{names}").format(names="、".join(escaped(name) for name in inside)))
    for one in (one for one in here if one.rooms and one.is_counted):
        rest = _("等") if one.is_rooms_open else ""
        rooms = "、".join(escaped(room) for room in one.rooms)
        st.markdown(_("{name}的功能室　{rooms}{rest}").format(name=escaped(one.facility), rooms=rooms, rest=rest))


def show_hearings(view: View) -> None:
    """Say how many hearings the year plans, how many were held and when the next might be: a plan, no grade."""
    if is_sent(view.warehouse, "meeting"):
        (plan,) = hearing_plans(view.warehouse, view.month, (view.community,))
        st.markdown(_("党组织听取工会工作汇报　{said}").format(said=hearing_sentence(plan)))


def show_targets(view: View) -> None:
    """Say how far the community's other tasks are, and what the year's end will bring of all."""
    if not is_sent(view.warehouse, "target"):
        return
    try:
        tasks = progress(view.warehouse, view.month)
    except QuestionError as error:
        if not is_lacking(error):
            raise
        st.caption(error.sentence())  # a version that an older program built
        return
    decimals = answers.decimals(view.warehouse)
    for one in (one for one in tasks if one.community_id == view.community):
        word = scope.measure(view.warehouse, one.metric)
        if one.metric.id not in FACTS_TELL:
            said = (progress_text(one, decimals, word), forecast_text(one, word))
            st.markdown("，".join(part for part in said if part) + "。")
        elif not one.is_final and one.metric.id != "hearings_held":
            st.markdown(f"{one.metric.title}：{forecast_text(one, word)}。")


def show_pilot(view: View) -> None:
    """Say since when the street counts the community as a pilot, where it does; the sample's month is made up."""
    name = scope.settings(view.warehouse).get("pilot_name", _("试点社区"))  # an older generation knows no name
    for one in pilots(view.warehouse):
        if one.community_id == view.community:
            made_up = _("，开始月份为示例设定") if view.warehouse.is_sample else ""
            text = _("试点　**{name}**（街道设置自{month}起{made_up}）")
            st.markdown(text.format(name=escaped(name), month=month_text(one.start), made_up=made_up))


def show_governance(view: View) -> None:
    """Say what stands beside the numbers of staff and rules: hearings as a plan, the pilot."""
    show_hearings(view)
    show_pilot(view)


MORE: dict[str, Callable[[View], None]] = {
    "parks": show_parks,
    "homes": show_homes,
    "targets": show_targets,
    "governance": show_governance,
}

"""One park's own page: its federation, what is reached, beside its community and the street, and its enterprises."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from metrics import scope
from metrics.catalogue import metric_of
from metrics.judging.parks import counts, from_outside, of_park
from metrics.lineage.rows import Place
from metrics.periods import month_text, parse_month, shift
from metrics.question import Question
from pages.parts import answers, svg
from pages.parts.cases.markup import Cell, table
from pages.parts.filters import put
from pages.parts.header import number_help, sample_mark
from pages.parts.issuing.markup import escaped
from pages.parts.lineage.links import show_row_link
from pages.parts.parks.drawing import show_points
from pages.parts.parks.owners import rule_text, show_list
from pages.parts.parks.table import founded_text
from pages.parts.parks.view import ALL, Measure, View
from pages.parts.pictures import picture

MONTHS = 12
MOST = 8  # not unionised and listed beside the map; the others stand in the list below
COURSE = "coverage_rate"


def show_federation(view: View, park_id: str) -> None:
    """Say which federation the park has, since when, what it counts itself, and what the street notes of it."""
    park, found = view.park(park_id), view.federation(park_id)
    home = scope.title(view.warehouse, "community", park.community_id) if park.community_id else _("社区不详")
    text = _("所在社区：{home}。园区工联会：{name}{founded}").format(
        home=home, name=f"{found.name}，" if found else "", founded=founded_text(view, park_id)
    )
    if found and found.covered_units is not None:
        text += _("；工会组织台账自报涵盖单位{n}家").format(n=f"{found.covered_units:,}")
    st.markdown(escaped(text) + "。")
    if note := scope.settings(view.warehouse).get(f"park_note:{park_id}"):
        st.caption(_("说明：{note}。").format(note=escaped(note)))
    if found:
        place = Place(found.load_id, found.file, found.sheet, found.row)
        show_row_link(place, _("看工会组织台账里的这一行"))


def beside(view: View, one: Measure, park_id: str) -> str:
    """Return the same share of the park's community and of the whole street; "" for counts: they differ in size."""
    metric, home = metric_of(one.metric), view.home(one, park_id)
    if metric.over is None:
        return ""
    street = answers.value_text(view.warehouse, metric, view.answer(one).row.value)
    here = answers.value_text(view.warehouse, metric, home.value) if home and home.value is not None else ""
    name = home.keys["community"] if home else ""
    parts = [_("{name}社区{value}").format(name=name, value=here)] if here else []
    return "，".join([*parts, _("全街道{value}").format(value=street)])


def show_cards(view: View, found: list[Measure], park_id: str) -> None:
    """Show the park's numbers, each with what stands behind it."""
    shown = [one for one in found if one.metric not in {"workers", "members"}]
    for start in range(0, len(shown), 4):
        for place, one in zip(st.columns(4, gap="small"), shown[start : start + 4], strict=False):
            with place.container(border=True, height="stretch", gap="xsmall"):
                _card(view, one, park_id)


def _card(view: View, one: Measure, park_id: str) -> None:
    answer, metric, home = view.answer(one, park=park_id), metric_of(one.metric), view.home(one, park_id)
    row = answer.row
    is_told = row.known and (home is None or home.known or row.numerator)
    text = answers.row_text(view.warehouse, metric, row) if is_told else _("未报")
    number, _bracket, sides = text.partition("（")
    st.metric(one.title, number, help=number_help(view.warehouse, answer, row))
    lines = [sides.rstrip("）"), answers.parts_text(view.warehouse, metric, row) if is_told else "", beside(view, one, park_id)]  # fmt: skip
    st.caption("  \n".join(line for line in lines if line))


def course_title(name: str, months: int, known: list[str]) -> str:
    """Return what a line shows: 建会率近12个月，由88.0%到90.4%; one that stays says so."""
    text = _("{name}近{n}个月").format(name=name, n=months)
    if len(known) < 2:
        return text
    if len(set(known)) == 1:
        return text + _("，保持{value}").format(value=known[0])
    return text + _("，由{first}到{last}").format(first=known[0], last=known[-1])


def show_course(view: View, park_id: str) -> None:
    """Draw the park's 建会率 of the last twelve months."""
    start = max(scope.months(view.warehouse)[0], shift(view.month, 1 - MONTHS))
    asked = Question(COURSE, ("month",), view.month, start, where=(("park", (park_id,)),))
    answer = answers.answer(view.warehouse, asked)
    points = [
        svg.Point(f"{month_text(parse_month(row.keys['month'] or ''))}　{answers.row_text(view.warehouse, answer.metric, row)}", row.value)
        for row in answer.rows
    ]  # fmt: skip
    known = [
        answers.value_text(view.warehouse, answer.metric, row.value) for row in answer.rows if row.value is not None
    ]
    title = course_title(_("建会率"), len(points), known)
    st.caption(title)
    picture(svg.sparkline(points, bars=False, alt=title, mark=sample_mark(view.warehouse)), key="parks.course")


def show_without(view: View, park_id: str) -> None:
    """List the enterprises that the park's federation could take in, the largest first; a phone's width holds it."""
    found = {one.enterprise_id for one in of_park(view.owned, park_id) if one.state == "none"}
    asked = Question("enterprises", month=view.month, where=(("park", (park_id,)),))
    rows = [row for row in answers.rows_behind(view.warehouse, asked).iter_rows(named=True) if row["unit_id"] in found]
    if not rows:
        return
    rows.sort(key=lambda row: (row["workers"] is None, -(row["workers"] or 0), row["unit_name"]))
    title = _("未建会企业{n}家，职工多的在前").format(n=len(rows))
    cells = [
        (Cell(row["unit_name"], look="wide"), Cell(_("不详") if row["workers"] is None else _("{n}人").format(n=f"{row['workers']:,}")))
        for row in rows[:MOST]
    ]  # fmt: skip
    st.markdown(f"**{title}**")
    heads = (_("企业"), _("职工"))
    picture(table(heads, cells, alt=title, mark=sample_mark(view.warehouse)), key="parks.without")
    if len(rows) > MOST:
        st.caption(_("其余{n}家见下面的清单。").format(n=len(rows) - MOST))


def show_owned(view: View, park_id: str) -> None:
    """Say whose the park's enterprises are and list them."""
    inside, outside = of_park(view.owned, park_id), from_outside(view.owned, park_id)
    park, other, none, unknown = counts(inside)
    text = _("园区内{n}家企业：归园区工联会{park}家，归社区或其他工联会{other}家，未建会{none}家").format(
        n=len(inside), park=park, other=other, none=none
    )
    text += _("，不详{n}家").format(n=unknown) if unknown else ""
    text += _("；另有园区外{n}家归本园区工联会").format(n=len(outside)) if outside else ""
    st.markdown(f"**{text}**。")
    st.caption(rule_text(view))
    show_list(view, [*inside, *outside], _("{park}企业归属清单").format(park=view.park(park_id).title))


def show_one(view: View, found: list[Measure], park_id: str) -> None:
    """Show one park from top to bottom."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"## {escaped(view.park(park_id).title)}")
        st.button(_("返回全部园区"), on_click=put, args=("park", ALL), key="parks.back", type="tertiary")
    show_federation(view, park_id)
    if not of_park(view.owned, park_id) and not from_outside(view.owned, park_id):
        st.info(_("所选月份企业台账里没有写明属于这个园区的企业。"))
        return
    show_cards(view, found, park_id)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        show_points(view, park_id, [one for one in view.owned if one.park_id == park_id])
    with right:
        show_course(view, park_id)
        if reported := [one.title for one in found if metric_of(one.metric).unit in {"dispute", "hazard"}]:
            st.caption(_("{names}受上报积极性影响，不作排名。").format(names="、".join(reported)))
        show_without(view, park_id)
    show_owned(view, park_id)

"""风险等级: the enterprises above the lightest level, each with every point it has, until when it holds, and a review."""

from __future__ import annotations

from gettext import gettext as _

import polars as pl
import streamlit as st

from metrics.judging.warnings import EnterpriseLevel, Point, Scheme, enterprise_levels, scheme_in_force
from metrics.periods import month_text
from pages.parts.hazards import words
from pages.parts.hazards.headline import RED
from pages.parts.hazards.review import show_review
from pages.parts.hazards.schemes import show_change
from pages.parts.hazards.view import View
from pages.parts.header import date_text
from pages.parts.issuing.markup import escaped
from pages.parts.tables import TableColumn, export_buttons

COLOURS = {"red": "red", "orange": "orange", "yellow": "yellow", "blue": "blue", "green": "green"}
MOST_SHOWN = 40
COLUMNS = (
    TableColumn("enterprise", _("企业")),
    TableColumn("community", _("社区")),
    TableColumn("level_title", _("风险等级")),
    TableColumn("score", _("评分"), "integer"),
    TableColumn("basis", _("评分依据")),
    TableColumn("expires_on", _("有效期至"), "date"),
    TableColumn("review", _("复核")),
)


def badge(level: str, title: str) -> str:
    """Return a level as a coloured badge that also says its word."""
    return f":{COLOURS.get(level, 'gray')}-badge[{escaped(title)}]"


def raised(view: View, scheme: Scheme) -> list[EnterpriseLevel]:
    """Return the enterprises above the scheme's lightest level at the month's end, and those reviewed, the gravest first."""
    where = (("community", view.communities),) if view.communities else ()
    found = enterprise_levels(view.warehouse, view.month, where)
    return [one for one in found if one.level != scheme.levels[-1].code or one.review]


def show_levels(view: View) -> None:
    """Show the whole part."""
    scheme = scheme_in_force(view.warehouse, view.month)
    if scheme is None:
        st.info(_("这个月没有采用的评分办法。"))
        return
    if view.ask(RED).row.value is None:
        st.info(_("{month}没有报送企业风险评分表，红、黄家数不作统计。").format(month=month_text(view.month)))
    found = raised(view, scheme)
    st.caption(words.scheme_text(view.warehouse, scheme))
    if not found:
        st.info(_("所选范围内没有高于最轻一级的企业。"))
    for one in found[:MOST_SHOWN]:
        _show_one(view, scheme, one)
    if len(found) > MOST_SHOWN:
        st.caption(_("另有{n}家没有列出，可选社区再看，或导出。").format(n=len(found) - MOST_SHOWN))
    if found:
        _export(view, found)
    show_change(view, scheme)


def head_text(one: EnterpriseLevel) -> str:
    """Return an enterprise's line: badge, name, community, score, until when it holds, whether it was reviewed."""
    parts = [f"{badge(one.level, one.level_title)}　**{escaped(one.enterprise)}**", escaped(one.community)]
    if one.score is not None:
        parts.append(_("{n}分").format(n=words.points_text(one.score)))
    if one.expires_on is not None:
        parts.append(_("有效期至{day}").format(day=date_text(one.expires_on)))
    if one.review is not None:
        parts.append(_("已复核，原评{title}").format(title=escaped(one.scored_level_title)))
    return "　".join(parts)


def _show_one(view: View, scheme: Scheme, one: EnterpriseLevel) -> None:
    with st.expander(head_text(one)):
        st.markdown(_points_list(one.points) if one.points else _("评分依据均已到期，等级只依复核。"))
        if one.review is not None:
            text = _("{day}复核为{title}：{reason}")
            said = text.format(
                day=date_text(one.review.reviewed_on), title=escaped(one.review.level_title),
                reason=escaped(one.review.reason),
            )  # fmt: skip
            st.markdown(said)
        show_review(view, scheme, one)


def _points_list(points: tuple[Point, ...]) -> str:
    """Return every point with its rule, its day, how long it holds, and the row it is read from."""
    return "\n".join(f"- {_point(point)}" for point in points)


def _point(point: Point) -> str:
    worth = "" if point.points is None else _("**{n}分**　").format(n=words.points_text(point.points))
    said = _("{title}　{day}，有效期至{until}").format(
        title=escaped(point.title), day=date_text(point.fact_date), until=date_text(point.valid_to)
    )
    place = _("{ledger}：{file}　{sheet}　第{row}行").format(
        ledger=point.source_title or "", file=point.file, sheet=point.sheet, row=point.row
    )
    return f"{worth}{said}  \n  :small[:gray[{escaped(place)}]]"


def _export(view: View, found: list[EnterpriseLevel]) -> None:
    rows = [
        {"enterprise": one.enterprise, "community": one.community, "level_title": one.level_title, "score": one.score,
         "basis": "；".join(f"{point.title}（{point.fact_date}）" for point in one.points), "expires_on": one.expires_on,
         "review": one.review.reason if one.review else ""}
        for one in found
    ]  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        export_buttons(
            pl.DataFrame(rows, infer_schema_length=None), COLUMNS, title=_("企业风险等级（风险提示）"),
            unit=_("分"), warehouse=view.warehouse, key="hazards.levels.export", date_text=date_text(view.day),
        )  # fmt: skip

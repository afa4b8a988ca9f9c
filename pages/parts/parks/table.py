"""The parks side by side, then all of them, what lies outside, and the street once: as a table and as a file."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import polars as pl
import streamlit as st

from metrics import phrases, scope
from metrics.catalogue import Metric, metric_of
from metrics.question import Row
from pages.parts import answers
from pages.parts.cases.markup import Cell, table
from pages.parts.header import date_text, month_end_text, sample_mark
from pages.parts.lineage.links import of_rows, show_sources
from pages.parts.parks.view import Measure, View
from pages.parts.pictures import picture
from pages.parts.tables import TableColumn, export_buttons

NONE_YET, NO_REGISTER = _("尚无园区工联会"), _("工会组织台账未报")


def founded_text(view: View, park_id: str) -> str:
    """Return since when a park has a federation, or that it has none, or that nobody has told."""
    found = view.federation(park_id)
    if found is None:
        home = view.park(park_id).community_id
        return NONE_YET if home in view.unions.known else NO_REGISTER
    if not found.is_living:
        return scope.titles(view.warehouse, "union_state").get(found.state or "", _("不详"))
    day = found.formed_date
    if day is None:
        return _("已成立，日期不详")
    return _("{year}年{month}月成立").format(year=day.year, month=day.month) if found.is_month else date_text(day) + _("成立")  # fmt: skip


def value_cell(view: View, metric: Metric, row: Row | None, home: Row | None) -> Cell:
    """Return one number with its sides below it; 未报 where the park's community has not reported, 0 where it holds none."""
    if row is None or (home is not None and not home.known and not row.numerator):
        is_known = home is not None and bool(home.known)
        none = f"0{scope.measure(view.warehouse, metric)}" if metric.over is None else _("无")
        return Cell(none if is_known else _("未报"))
    full = answers.row_text(view.warehouse, metric, row)
    number, _bracket, sides = full.partition("（")
    return Cell(number, sides.rstrip("）") if metric.over else "", title=_title(view, metric, row, full))


def _title(view: View, metric: Metric, row: Row, full: str) -> str:
    said = (full, answers.parts_text(view.warehouse, metric, row), answers.range_text(view.warehouse, metric, row))
    missing = _("缺项{n}").format(n=row.item_missing) if row.item_missing else ""
    return "　".join(filter(None, (*said, missing)))


def _line(view: View, found: list[Measure], park_id: str) -> list[Cell]:
    park = view.park(park_id)
    home = scope.title(view.warehouse, "community", park.community_id) if park.community_id else _("社区不详")
    first = Cell(park.title, home, view.link(park.id), title=_("打开{park}的页面").format(park=park.title))
    cells = [
        value_cell(view, metric_of(one.metric), view.of_park(one, park.id), view.home(one, park.id)) for one in found
    ]
    return [first, Cell(founded_text(view, park.id), look="wide"), *cells]


def _sum_line(view: View, found: list[Measure], title: str, rows: list[Row | None]) -> list[Cell]:
    cells = [value_cell(view, metric_of(one.metric), row, view.answer(one).row) for one, row in zip(found, rows, strict=True)]  # fmt: skip
    return [Cell(title, look="fixed"), Cell(""), *cells]


def reading(view: View, found: list[Measure]) -> str:
    """Return the table as a sentence: how many parks and enterprises, their 建会率 beside the street's."""
    text = _("{n}个园区共有企业{inside}家").format(n=len(view.parks), inside=_count(view.together(found[0])))
    rate = next((one for one in found if one.metric == "coverage_rate"), None)
    values = (view.together(rate).value, view.answer(rate).row.value) if rate else (None, None)
    if rate is None or None in values:
        return text
    inside, street = (answers.value_text(view.warehouse, metric_of(rate.metric), value) for value in values)
    all_ = _count(view.answer(found[0]).row)
    return text + _("，建会率{inside}；全街道{all}家，建会率{street}").format(inside=inside, all=all_, street=street)


def _count(row: Row) -> str:
    return phrases.count_text(row.numerator or 0) if row.known else _("（未报）")


def show_parks(view: View, found: list[Measure]) -> None:
    """Show every park with its federation and its numbers; disputes are neither ranked nor coloured."""
    said = reading(view, found)
    st.markdown(f"**{said}**")
    heads = (_("园区"), _("园区工联会"), *(one.title for one in found))
    rows = [_line(view, found, park.id) for park in view.parks]
    rows.append(_sum_line(view, found, _("各园区合计"), [view.together(one) for one in found]))
    rows.append(_sum_line(view, found, _("园区外或不详"), [view.outside(one) for one in found]))
    rows.append(_sum_line(view, found, _("全街道（只计一次）"), [view.answer(one).row for one in found]))
    picture(table(heads, rows, alt=said, mark=sample_mark(view.warehouse)), key="parks.table")
    show_sources(view.warehouse, [entry for one in found[:1] for entry in of_rows(view.answer(one, "park"), "park")])
    for note in notes(view, found):
        st.caption(note)
    _export(view, found)


def notes(view: View, found: list[Measure]) -> list[str]:
    """Return what has to be said below the table: what the numbers rest on, who has not reported."""
    said = [_("点园区名称看这个园区。按企业台账的“所属园区”统计；纠纷、隐患受上报积极性影响，不作排名。")]
    said += list(filter(None, [_membership_note(view, found)]))
    titles: dict[str, list[str]] = {}  # by whom they leave out
    for one in found:
        rows = view.answer(one, "community").rows
        missing = "、".join(row.keys["community"] or "" for row in rows if row.expected and not row.known)
        titles.setdefault(missing, []).append(one.title)
    return said + [
        _("{titles}：不含未报的{names}").format(titles="、".join(of), names=names)
        for names, of in titles.items()
        if names
    ]


def _membership_note(view: View, found: list[Measure]) -> str:
    """Return why the parks' 会员 and those in their 入会率 differ; "" where they do not."""
    sums = {one.metric: view.together(one) for one in found if one.metric in {"members", "membership_rate_area"}}
    members, rate = sums.get("members"), sums.get("membership_rate_area")
    if (
        members is None
        or rate is None
        or members.value is None
        or rate.value is None
        or members.value == rate.numerator
    ):
        return ""
    text = _("各园区会员合计{all}人，入会率只算了其中{inside}人：职工数或会员数不详的企业不计入入会率。")
    return text.format(all=phrases.count_text(members.value), inside=phrases.count_text(rate.numerator or 0))


def _column(one: Measure) -> list[TableColumn]:
    metric = metric_of(one.metric)
    if metric.is_percentage:
        sides = [TableColumn(f"{one.metric}.{side}", f"{one.title}{title}", "integer")
                 for side, title in (("above", _("（分子）")), ("below", _("（分母）")))]  # fmt: skip
        return [*sides, TableColumn(one.metric, one.title, "percent")]
    return [TableColumn(one.metric, one.title, "integer", is_sum=True)]


def frame(view: View, found: list[Measure]) -> pl.DataFrame:
    """Return the parks as a file holds them, what lies outside as the last row: counts add up to the street's."""
    rows: list[dict[str, Any]] = []
    for park_id in (*(park.id for park in view.parks), None):
        line: dict[str, Any] = {"park": scope.title(view.warehouse, "park", park_id)}
        line["founded"] = founded_text(view, park_id) if park_id else ""
        for one in found:
            row = view.of_park(one, park_id) if park_id else view.outside(one)
            home = view.home(one, park_id) if park_id else view.answer(one).row
            line |= _cells(one, row, home is not None and bool(home.known))
        rows.append(line)
    return pl.DataFrame(rows, infer_schema_length=None)


def _cells(one: Measure, row: Row | None, is_known: bool) -> dict[str, float | None]:
    if not metric_of(one.metric).is_percentage:
        return {one.metric: row.value if row is not None else 0 if is_known else None}  # a park without any holds 0
    if row is None:
        return dict.fromkeys((f"{one.metric}.above", f"{one.metric}.below", one.metric))
    return {f"{one.metric}.above": row.numerator, f"{one.metric}.below": row.denominator, one.metric: row.value}


def _export(view: View, found: list[Measure]) -> None:
    columns = [TableColumn("park", _("园区")), TableColumn("founded", _("园区工联会"))]
    columns += [column for one in found for column in _column(one)]
    with st.container(horizontal=True, vertical_alignment="center"):
        export_buttons(
            lambda: frame(view, found), columns, title=_("园区工联会一览表"), unit=_("家、人、%"), warehouse=view.warehouse,
            key="parks.export", date_text=month_end_text(view.month), sum_label=_("全街道"),
        )  # fmt: skip

"""社区对比: be fair, then act."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from urllib.parse import urlencode

import polars as pl
import streamlit as st

from metrics import goals, phrases, scope
from metrics.catalogue import Metric, catalogue, metric_of
from metrics.periods import shift
from metrics.question import Answer, Question, Row
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.comparison import Headings, Line, Scale, comparison
from pages.parts.filters import Chosen, Filter, choose, metric_filter, month_filter
from pages.parts.header import month_end_text, number_help, page_header, sample_mark
from pages.parts.pictures import picture
from pages.parts.tables import TableColumn, export_buttons

MONTHS = 12
NO_ONE = "none"
ORDERS = {"official": _("官方顺序"), "high": _("从高到低"), "low": _("从低到高")}


def filters(warehouse: Warehouse) -> list[Filter]:
    """Return the page's conditions."""
    comparable = [metric.id for metric in catalogue().values() if "community" in metric.dimensions]
    names = {entry.id: entry.title for entry in scope.communities(warehouse)}
    own = Filter("own", _("本社区"), {NO_ONE: _("不指定"), **names}, NO_ONE, aliases={t: c for c, t in names.items()})
    order = Filter("order", _("顺序"), ORDERS, "official")
    return [metric_filter(comparable, "coverage_rate"), month_filter(warehouse), own, order]


def is_ranked(metric: Metric) -> bool:
    """Return whether communities may stand in the order of this indicator: honest reporting is not punished."""
    return metric.unit != "dispute"


def ordered(rows: tuple[Row, ...], metric: Metric, order: str) -> list[Row]:
    """Return the communities in the order asked for; 未报 comes last, and disputes keep the official order."""
    if order == "official" or not is_ranked(metric):
        return list(rows)
    known = sorted((row for row in rows if row.value is not None), key=lambda row: row.value or 0.0)
    return [*(known if order == "low" else reversed(known)), *(row for row in rows if row.value is None)]


def difference(metric: Metric, row: Row, street: Row, decimals: int) -> str:
    """Return how far a community is from the street, for shares and rates only."""
    if row.value is None or street.value is None or metric.over is None:
        return ""
    apart = row.value - street.value
    size = phrases.rounded(apart * 100 if metric.is_percentage else apart, decimals if metric.is_percentage else 2)
    sign = phrases.PLUS if size > 0 else phrases.MINUS if size < 0 else ""
    return f"{sign}{abs(size)}" + (_("个百分点") if metric.is_percentage else "")


def sides(row: Row) -> str:
    """Return numerator/denominator, or nothing for a count."""
    if row.numerator is None or row.denominator is None:
        return ""
    return f"{phrases.count_text(row.numerator)}/{phrases.count_text(row.denominator)}"


def parts(row: Row) -> str:
    """Return the parts of a numerator side by side, as 42＋176."""
    return "＋".join(phrases.count_text(count) for count in (row.parts or {}).values())


def courses(warehouse: Warehouse, metric: Metric, chosen: Chosen) -> dict[str | None, list[float | None]]:
    """Return each community's last months, oldest first."""
    first = max(scope.months(warehouse)[0], shift(chosen.month(), 1 - MONTHS))
    asked = Question(metric.id, ("community", "month"), chosen.month(), first)
    found: dict[str | None, list[float | None]] = {}
    for row in answers.answer(warehouse, asked).rows:
        found.setdefault(row.keys["community_id"], []).append(row.value)
    return found


def line(
    warehouse: Warehouse, metric: Metric, chosen: Chosen, row: Row, street: Row, course: list[float | None]
) -> Line:
    """Return one community as the table shows it."""
    name, community = row.keys["community"] or "", row.keys["community_id"] or ""
    link = "map?" + urlencode({"metric": metric.id, "month": chosen.one("month"), "community": community})
    text = answers.row_text(warehouse, metric, row)
    about = (answers.range_text(warehouse, metric, row), answers.parts_text(warehouse, metric, row))
    return Line(
        name=name,
        link=link,
        sides=sides(row),
        parts=parts(row),
        text=text if row.value is None else text.partition("（")[0],
        difference=difference(metric, row, street, answers.decimals(warehouse)),
        title="　".join(filter(None, (name, text, *about))),
        value=row.value,
        low=row.low,
        high=row.high,
        course=tuple(course),
        is_own=community == chosen.one("own"),
        is_missing=not row.known,
    )


def scale(warehouse: Warehouse, metric: Metric, street: Row) -> Scale:
    """Return the street's value and its goal, where a community can be held against them."""
    if metric.over is None or street.value is None:
        return Scale(None, None)
    said = answers.value_text(warehouse, metric, street.value)
    goal = goals.goal(warehouse, metric.id)
    mark = None if goal is None else (goal, _("目标{text}").format(text=phrases.number_text(metric, goal, 0)))
    return Scale((street.value, _("全街道{text}").format(text=said)), mark)


def sentence(warehouse: Warehouse, metric: Metric, answer: Answer, street: Row) -> str:
    """Return what the table shows: the span, the street, how many reach the goal, who has not reported."""
    values = [row.value for row in answer.rows if row.value is not None]
    if not values:
        return _("{title}：各社区均未报送").format(title=metric.title)
    low, high, total = (answers.value_text(warehouse, metric, v) for v in (min(values), max(values), street.value))
    text = _("各社区{title}{low}—{high}，全街道{total}").format(title=metric.title, low=low, high=high, total=total)
    standings = [goals.standing(warehouse, metric.id, row) for row in answer.rows]
    met = sum(standing.is_met for standing in standings if standing)
    if any(standings):
        text += _("；{n}个社区已达到目标").format(n=met)
    missing = "、".join(row.keys["community"] or "" for row in answer.rows if not row.known)
    return text + (_("；未报送：{names}").format(names=missing) if missing else "")


def headings(metric: Metric, months: int) -> Headings:
    """Return the table's headings; a count has no sides and no difference from the street."""
    made_of = "＋".join(metric.parts.values())
    if metric.over is None:
        return Headings("", metric.title, "", made_of, months, is_from_zero=True)
    return Headings(_("分子/分母"), metric.title, _("与全街道相差"), made_of, months)


def notes(warehouse: Warehouse, metric: Metric) -> list[str]:
    """Return what has to be said below the table."""
    texts = [sample_mark(warehouse)]
    if metric.over and metric.interval != "none":
        texts.append(
            _("横条：参考范围。台账是全数，不是抽样，但企业开办、搬迁、关闭有偶然性，参考范围表示这种浮动有多大。")
        )
    texts.append(_("走势用同一刻度，斜线为未报送（不按0计算）。"))
    return list(filter(None, texts))


def export(warehouse: Warehouse, metric: Metric, chosen: Chosen, rows: list[Row]) -> None:
    """Offer the table as a file."""
    value_kind = "percent" if metric.is_percentage else "decimal" if metric.over else "integer"
    columns = [
        TableColumn("community", _("社区")),
        TableColumn(
            "numerator", metric.title if metric.over is None else _("分子"), "integer", is_sum=metric.over is None
        ),
        TableColumn("denominator", _("分母"), "integer"),
        TableColumn("value", metric.title, value_kind),  # type: ignore[arg-type]
        TableColumn("low", _("参考范围下限"), value_kind),  # type: ignore[arg-type]
        TableColumn("high", _("参考范围上限"), value_kind),  # type: ignore[arg-type]
    ]
    kept = columns if metric.over else columns[:2]
    cells = {
        column.id: [row.keys["community"] if column.id == "community" else getattr(row, column.id) for row in rows]
        for column in kept
    }
    types = {column.id: pl.String if column.id == "community" else pl.Float64 for column in kept}
    unit = "%" if metric.is_percentage else scope.measure(warehouse, metric)
    with st.container(horizontal=True):
        export_buttons(
            pl.DataFrame(cells, schema=types), kept, title=_("社区对比（{metric}）").format(metric=metric.title), unit=unit,
            date_text=month_end_text(chosen.month()), warehouse=warehouse, key="compare.export",
        )  # fmt: skip


def page() -> None:
    """Show the page from top to bottom."""
    warehouse = answers.current()
    head = st.container()
    chosen = choose(filters(warehouse), key="compare", in_row=4)
    metric = metric_of(chosen.one("metric"))
    with head:
        page_header(warehouse, _("社区对比"), chosen.month(), metric.ledgers)
    asked = Question(metric.id, ("community",), chosen.month())
    answer = answers.answer(warehouse, asked)
    street_answer = answers.answer(warehouse, replace(asked, by=()))
    street, title = street_answer.row, sentence(warehouse, metric, answer, street_answer.row)
    st.markdown(f"**{title}**", help=number_help(warehouse, street_answer, street))
    if not is_ranked(metric):
        st.caption(_("该指标受上报积极性影响，不作排名，各社区按官方顺序排列。"))
    rows, course = ordered(answer.rows, metric, chosen.one("order")), courses(warehouse, metric, chosen)
    lines = [line(warehouse, metric, chosen, row, street, course.get(row.keys["community_id"], [])) for row in rows]
    table_heads = headings(metric, len(next(iter(course.values()), [])))
    table = comparison(lines, scale(warehouse, metric, street), table_heads, alt=title, notes=notes(warehouse, metric))
    picture(table, key="compare.table")
    export(warehouse, metric, chosen, rows)


page()

"""The league of 社区对比: the communities of a comparison as lines of the table, and as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from gettext import gettext as _
from urllib.parse import urlencode

import polars as pl

from metrics import goals, phrases, scope
from metrics.catalogue import Metric
from metrics.judging import compare_words as words
from metrics.judging import giant_words
from metrics.judging.community_notes import CommunityNote
from metrics.judging.compare import Compared, Comparison, is_judged, is_ranked
from metrics.question import Row
from metrics.warehouse import Warehouse
from pages.parts import answers, theme
from pages.parts.comparison import Headings, Line, Scale
from pages.parts.header import month_end_text
from pages.parts.tables import TableColumn, export_buttons

Course = Sequence[float | None]
Notes = Mapping[str, CommunityNote]


def shade(metric: Metric, row: Compared, is_dark: bool) -> str:
    """Return the colour of a community that stands out, "" for others and where no colour may judge (disputes)."""
    if metric.better == "none" or row.funnel in {None, "similar"}:
        return ""
    return (theme.HIGHER if row.funnel in {"higher", "much_higher"} else theme.LOWER)[is_dark]


def difference(metric: Metric, row: Row, target: float | None, decimals: int) -> str:
    """Return how far a community is from the target (＋4.7, in 个百分点 for shares), for shares and rates only."""
    if row.value is None or target is None or metric.over is None:
        return ""
    apart = row.value - target
    size = phrases.rounded(apart * 100 if metric.is_percentage else apart, decimals if metric.is_percentage else 2)
    sign = phrases.PLUS if size > 0 else phrases.MINUS if size < 0 else ""
    return f"{sign}{abs(size)}"


def sides(row: Row) -> str:
    """Return numerator/denominator, or nothing for a count."""
    if row.numerator is None or row.denominator is None:
        return ""
    return f"{phrases.count_text(row.numerator)}/{phrases.count_text(row.denominator)}"


def parts(row: Row) -> str:
    """Return the parts of a numerator side by side, as 42＋176."""
    return "＋".join(phrases.count_text(count) for count in (row.parts or {}).values())


def row_title(warehouse: Warehouse, metric: Metric, row: Compared) -> str:
    """Return what a hover says of a community: both sides, range, parts, class, rank."""
    said = (
        row.keys["community"] or "", answers.row_text(warehouse, metric, row),
        answers.range_text(warehouse, metric, row), answers.parts_text(warehouse, metric, row),
        words.class_text(row) if is_judged(metric) and row.known else "", words.rank_text(row),
    )  # fmt: skip
    return "　".join(filter(None, said))


def under(metric: Metric, row: Compared, decimals: int) -> str:
    """Return what stands below a value: how many of its months are known, and the rate without its largest enterprise."""
    reach = {"known": row.known, "expected": row.expected}
    known = _("已报{known}/{expected}个月").format(**reach) if row.is_partial and row.known else ""
    value = giant_words.value_text(metric, row.giant, decimals) if row.giant else ""
    return "　".join(filter(None, (known, _("剔除最大企业后{value}").format(value=value) if value else "")))


def note_text(note: CommunityNote | None) -> str:
    """Return a community's remark with its day, as a cell writes it."""
    return _("{remark}（{day}）").format(remark=note.remark, day=note.day_text) if note else ""


def line(
    warehouse: Warehouse, found: Comparison, row: Compared, course: Course, own: str, note: CommunityNote | None = None
) -> Line:
    """Return one community as the table shows it."""
    metric, decimals, community = found.answer.metric, answers.decimals(warehouse), row.keys["community_id"] or ""
    query = {"metric": metric.id, "month": f"{found.answer.month:%Y-%m}", "community": community}
    text = answers.row_text(warehouse, metric, row)
    return Line(
        name=row.keys["community"] or "",
        link="map?" + urlencode(query),
        sides=sides(row),
        parts=parts(row),
        text=text if row.value is None else text.partition("（")[0],
        difference=difference(metric, row, found.target_value, decimals),
        title=row_title(warehouse, metric, row),
        value=row.value,
        low=row.low,
        high=row.high,
        course=tuple(course),
        is_own=community == own,
        is_missing=not row.known,
        place=words.class_text(row),
        shade=shade(metric, row, theme.is_dark()),
        is_strong=row.funnel in {"much_lower", "much_higher"},
        rank=words.rank_text(row),
        tier=words.tier_text(row),
        under=under(metric, row, decimals),
        note=note_text(note),
    )


def lines(
    warehouse: Warehouse,
    found: Comparison,
    rows: Sequence[Compared],
    courses: Mapping[str | None, Course],
    own: str,
    notes: Notes | None = None,
) -> list[Line]:
    """Return the table's lines, in the order given."""
    said = notes or {}
    return [
        line(
            warehouse,
            found,
            row,
            courses.get(row.keys["community_id"], ()),
            own,
            said.get(row.keys["community_id"] or ""),
        )
        for row in rows
    ]


def scale(warehouse: Warehouse, metric: Metric, street: Row) -> Scale:
    """Return the street's value and its goal, where a community can be held against them."""
    if metric.over is None or street.value is None:
        return Scale(None, None)
    said = answers.value_text(warehouse, metric, street.value)
    goal = goals.goal(warehouse, metric.id)
    mark = None if goal is None else (goal, words.goal_text(metric, goal))
    return Scale((street.value, _("全街道{text}").format(text=said)), mark)


def headings(found: Comparison, months: int, notes: Notes | None = None) -> Headings:
    """Return the table's headings; a count has no sides, no difference from the street, no place."""
    metric, note = found.answer.metric, _("社区说明") if notes else ""
    made_of = "＋".join(metric.parts.values())
    if metric.over is None:
        return Headings("", metric.title, "", made_of, months, is_from_zero=True, note=note)
    other = _("目标") if found.target == "goal" else _("全街道")
    place = _("与{other}比").format(other=other) if is_judged(metric) else ""
    rank, tier = (_("名次"), _("档次")) if is_ranked(metric) else ("", "")
    apart = _("相差（个百分点）") if metric.is_percentage else _("相差")
    return Headings(_("分子/分母"), metric.title, apart, made_of, months, place=place, rank=rank, tier=tier, note=note)


def _columns(found: Comparison, notes: Notes) -> list[TableColumn]:
    """Return the file's columns; what a metric does not have is left out."""
    metric, heads = found.answer.metric, headings(found, 0)
    note = [TableColumn("note", _("社区说明"))] if notes else []
    kind = "percent" if metric.is_percentage else "decimal" if metric.over else "integer"
    title = metric.title if metric.over is None else _("分子")
    # The sum of what is shown is not the street's where something is kept back.
    hidden = [TableColumn("hidden", _("说明"))] if any(row.is_suppressed for row in found.rows) else []
    columns = [
        TableColumn("community", _("社区")),
        TableColumn("numerator", title, "integer", is_sum=metric.over is None and not hidden),
        *hidden,
    ]
    if metric.over is None:
        return [*columns, *note]
    columns += [
        TableColumn("denominator", _("分母"), "integer"),
        TableColumn("value", metric.title, kind),  # type: ignore[arg-type]
        TableColumn("low", _("参考范围下限"), kind),  # type: ignore[arg-type]
        TableColumn("high", _("参考范围上限"), kind),  # type: ignore[arg-type]
    ]
    place = heads.place + (_("（已按社区间实际差异放宽）") if found.is_adjusted else "")
    texts = {"place": place if heads.place else "", "rank": heads.rank, "tier": heads.tier}
    columns += [TableColumn(name, text) for name, text in texts.items() if text]
    if any(row.giant for row in found.rows):
        columns.append(TableColumn("giant", _("剔除最大企业后")))
    return [*columns, *note]


def frame(
    warehouse: Warehouse, found: Comparison, rows: Sequence[Compared], notes: Notes | None = None
) -> pl.DataFrame:
    """Return the table as a file holds it: numbers as numbers, the place in words, what communities say of theirs."""
    metric, decimals, said = found.answer.metric, answers.decimals(warehouse), notes or {}
    texts = {
        "community": [row.keys["community"] for row in rows],
        "place": [words.class_text(row) for row in rows],
        "rank": [words.rank_text(row) for row in rows],
        "tier": [words.tier_text(row) for row in rows],
        "hidden": [phrases.hidden_text(metric, row) for row in rows],
        "giant": [giant_words.value_text(metric, row.giant, decimals) if row.giant else "" for row in rows],
        "note": [note_text(said.get(row.keys["community_id"] or "")) for row in rows],
    }
    names = [column.id for column in _columns(found, said)]
    cells = {name: texts.get(name) or [getattr(row, name) for row in rows] for name in names}
    return pl.DataFrame(cells, schema={name: pl.String if name in texts else pl.Float64 for name in names})


def period_text(found: Comparison) -> str:
    """Return what a file's date line says: a stock's day, a flow's period."""
    answer = found.answer
    return month_end_text(answer.month) if answer.metric.time == "stock" else phrases.period_text(answer)


def export(warehouse: Warehouse, found: Comparison, rows: Sequence[Compared], notes: Notes) -> None:
    """Offer the table as a file; what-if peers never get here."""
    metric = found.answer.metric
    export_buttons(
        lambda: frame(warehouse, found, rows, notes), _columns(found, notes), warehouse=warehouse, key="compare.export",
        title=_("社区对比（{metric}）").format(metric=metric.title),
        unit="%" if metric.is_percentage else scope.measure(warehouse, metric), date_text=period_text(found),
    )  # fmt: skip

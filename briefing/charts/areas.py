"""A number by community as a map."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _

from briefing import map_rule
from briefing.charts import words
from briefing.charts.by import COMMUNITY, by_notes, by_title, compared_rows, unit_of
from briefing.model import Chart, Origin, Series, Shape
from briefing.source import Source
from metrics.judging.compare import Compared
from metrics.question import Answer, Question


def map_chart(
    source: Source, metric: str, month: date, map_approval: str = "", period: str | None = None
) -> Chart | None:
    """Return a metric on the map that this audience may see; None without outlines or without any value."""
    answer = source.answer(Question(metric, (COMMUNITY,), month, None, period))
    drawn = map_rule.drawn(source, map_approval)
    compared = compared_rows(source, answer)
    shapes = _shapes(source, answer, drawn, compared)
    if all(shape.value is None for shape in shapes):
        return None
    title, said = by_title(source, answer, list(answer.rows), tuple(compared.values()))
    names = tuple(shape.name for shape in shapes)
    origin = Origin("value", answer.metric.id, month, period, of=COMMUNITY, audience=source.audience)
    series = Series(
        answer.metric.title, tuple(shape.value for shape in shapes), tuple(shape.text for shape in shapes), origin
    )
    return Chart(
        f"map:{metric}", title, "map", unit_of(source, answer), names, (series,),
        f"{title}。{words.each_text(names, series)}", _notes(answer, drawn, shapes, compared),
        is_percentage=answer.metric.is_percentage, shapes=shapes, mark=words.mark(source), said=said,
    )  # fmt: skip


def _shapes(source: Source, answer: Answer, drawn: map_rule.Drawn, compared: dict[str, Compared]) -> tuple[Shape, ...]:
    found = []
    for row in answer.rows:
        code = row.keys["community_id"] or ""
        if code in drawn.rings:
            text = words.value_text(source, answer.metric, row)
            is_low = words.side(compared.get(code)) == "lower"
            found.append(
                Shape(row.keys["community"] or "", drawn.rings[code], row.value, text, is_low, row.is_suppressed)
            )
    return tuple(found)


def _notes(
    answer: Answer, drawn: map_rule.Drawn, shapes: tuple[Shape, ...], compared: dict[str, Compared]
) -> tuple[str, ...]:
    """Return what stands in the picture: the kind of map first, then how to read it."""
    notes = [*drawn.notes, _("颜色越深，数值越大")]
    if any(shape.text == words.MISSING for shape in shapes):
        notes.append(_("斜线：未报送（不按0计算）"))
    absent = [row.keys["community"] or "" for row in answer.rows if row.keys["community_id"] not in drawn.rings]
    if absent:
        notes.append(_("图上没有位置：{names}").format(names="、".join(absent)))
    if any(shape.is_marked for shape in shapes):
        notes.append(_("粗框：与全街道相比偏低"))
    return (*notes, *by_notes(answer, compared, is_map=True))

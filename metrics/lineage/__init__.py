"""Every number leads back, both ways: from a figure to the rows on its sides, from a row to every figure that it enters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from etl.errors import QuestionError
from metrics import values
from metrics.catalogue import Metric, denominator, metric_of
from metrics.lineage import links as lineage_links
from metrics.lineage.fates import Fate, fate_of
from metrics.lineage.figures import Entering, figures_of
from metrics.lineage.reasons import why_none
from metrics.lineage.rows import Cell, Place, Problem, SourceRow, source_row
from metrics.question import Answer, Question, Row
from metrics.warehouse import Warehouse

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "Cell",
    "Entering",
    "Fate",
    "Group",
    "Place",
    "Problem",
    "Sides",
    "SourceRow",
    "fate_of",
    "figures_of",
    "group_of",
    "picked",
    "sides",
    "source_row",
    "why_none",
]


Group = tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Sides:
    """A figure and its unit rows, each with `file`, `sheet` and `row`.

    `value` of `numerator` sums to the answer's numerator (for a median it is what the median is of), `base` of
    `denominator` to its denominator, there `month_ends` times as much: a flow over a stock is divided by the mean of the
    month-ends. `left_out` are the rows in which something is unknown: they count on neither side. `others` are rows of
    further ledgers that the numerator's rows rest on (`metrics.lineage.links`).
    """

    answer: Answer
    row: Row
    numerator: pl.DataFrame
    denominator: pl.DataFrame | None
    left_out: pl.DataFrame
    others: pl.DataFrame
    month_ends: int

    @property
    def base_total(self) -> float:
        """Return what the denominator's rows add up to; without rows it is 0."""
        return 0.0 if self.denominator is None else float(self.denominator["base"].sum())


def group_of(metric: Metric, name: str) -> bool:
    """Return whether a cut by a dimension is no condition: a case of several causes counts under its main one alone."""
    return f"{name}s" in metric.columns


def sides(warehouse: Warehouse, question: Question, group: Group = ()) -> Sides:
    """Return the rows behind both sides of one figure, a question without `by`.

    `group` are the codes of dimensions under which units count by their main one only (`group_of`): a figure of 按案由.
    QuestionError where its rows are not shown: counts of persons in sensitive classes, the public version.
    """
    import polars as pl

    metric = metric_of(question.metric)
    answer = values.ask(warehouse, replace(question, by=tuple(name for name, _code in group)))
    row = picked(answer, group)
    is_in = [pl.col(f"{name}_id").eq_missing(pl.lit(code)) for name, code in group]
    every = values.rows(warehouse, question).filter(is_in or pl.lit(value=True))
    counted = every.filter(pl.col("value").is_not_null())
    above, below = counted, None
    if metric.has_own_base:
        base = pl.col("base") if "base" in counted.columns else pl.lit(1)
        below = counted.with_columns(base.alias("base"))
        above = counted.filter(pl.col("value") != 0)
    elif (found := values.over_rows(warehouse, question)) is not None:
        below = found.filter(pl.col("value").is_not_null()).with_columns(pl.col("value").alias("base"))
    others = lineage_links.of_units(warehouse, metric, above)
    left_out = every.filter(pl.col("value").is_null())
    return Sides(answer, row, above, below, left_out, others, _month_ends(metric, answer))


def picked(answer: Answer, group: Group) -> Row:
    """Return the answer's row of these codes; QuestionError where none is there."""
    row = answer.find(**{f"{name}_id": code for name, code in group})
    if row is None:
        raise QuestionError(_("没有这一组的数字。"), remedy=_("请从当前的表格或明细进入"), code="unknown_value")
    return row


def _month_ends(metric: Metric, answer: Answer) -> int:
    """Return how many month-ends the denominator's rows are of."""
    if denominator(metric) is None or metric.over_time != "mean":
        return 1
    first, last = answer.first_month, answer.month
    return (last.year - first.year) * 12 + last.month - first.month + 1

"""The rows behind a number: the metric's own SELECT, not aggregated."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from typing import TYPE_CHECKING

from etl.errors import QuestionError
from metrics.catalogue import Metric, catalogue
from metrics.columns import COLUMNS, MONTH
from metrics.plan import Plan, plan_of
from metrics.question import Question
from metrics.statement import Statement, counted, scope_sql
from metrics.warehouse import Warehouse

if TYPE_CHECKING:
    import polars as pl

LISTS = ("causes", "signs")  # columns that hold several codes


def column_titles() -> dict[str, str]:
    """Return the Chinese header of every column that `rows` can return."""
    parts = {f"part_{part}": title for metric in catalogue().values() for part, title in metric.parts.items()}
    coded = {name.removesuffix("_id"): column.title for name, column in COLUMNS.items() if column.codes}
    return {**{name: column.title for name, column in COLUMNS.items()}, **coded, **parts}


def _titled(statement: Statement, name: str, codes: str) -> str:
    """Return a coded column as `<name>_id` and its title as `<name>`; a list of codes as its titles only."""
    same = f"from core.code as code where code.list = {statement.value(codes)}"
    if name in LISTS:
        titles = f"select string_agg(code.title, '、' order by code.code_order) {same}"
        return f"({titles} and list_contains(unit.{name}, code.code)) as {name}"
    bare = name.removesuffix("_id")
    return f"unit.{name} as {bare}_id, (select code.title {same} and code.code = unit.{name}) as {bare}"


def _shown(statement: Statement, metric: Metric, name: str) -> str:
    """Return a column as it is shown: values only where the row counts, codes with their titles, months as YYYY-MM."""
    codes = COLUMNS[name].codes if name in COLUMNS else None
    if name in {"value", "base"} or name.startswith("part_"):
        return f"{counted(metric, name)} as {name}"
    if name == MONTH:
        return "strftime(unit.month, '%Y-%m') as month"
    return f'unit."{name}"' if codes is None else _titled(statement, name, codes)


def _order() -> str:
    place = "(select official_order from core.community as c where c.community_id = unit.community_id)"
    return f"order by unit.month, {place} nulls last, unit.unit_name, unit.unit_id"


def _sql(statement: Statement, plan: Plan, metric: Metric, limit: int | None) -> str:
    # Overlapping periods show each unit once: the rows of all months from the first to the last.
    flat = replace(plan, by=(), dims=())
    source, _row_month = scope_sql(statement, flat, metric)
    shown = ", ".join(_shown(statement, metric, name) for name in metric.columns)
    limited = f"limit {statement.value(limit)}" if limit is not None else ""
    return f"select {shown} {source} {_order()} {limited}"


def check_audience(metric: Metric, question: Question) -> None:
    """QuestionError where single rows are not shown: their number alone would tell what `ask` hides."""
    if question.audience == "public":
        raise QuestionError(_("对外版不提供明细。"), remedy=_("请用内部版查看"), code="no_rows_in_public")
    if metric.sensitive:
        message = _("“{metric}”涉及个人敏感信息，不提供明细。").format(metric=metric.title)
        raise QuestionError(message, remedy=_("请查看汇总数"), code="no_rows_of_persons")


def rows(warehouse: Warehouse, question: Question, limit: int | None = None) -> pl.DataFrame:
    """Return the unit rows behind a question's numerator, in official order, with the titles of their codes.

    `value` sums to the numerator: it is null where a row leaves both sides (something in it is unknown, or it has no
    community). Community-months that have not reported have no rows. `file`, `sheet` and `row` lead to the ledger.
    """
    plan = plan_of(warehouse, question)
    return _rows_of(warehouse, plan, plan.metric, question, limit)


def over_rows(warehouse: Warehouse, question: Question, limit: int | None = None) -> pl.DataFrame | None:
    """Return the unit rows behind a denominator that is another metric (职工数 under 每千名职工纠纷数), else None.

    They are those of every month-end where the denominator is a mean of month-ends.
    """
    plan = plan_of(warehouse, question)
    if plan.over is None:
        return None
    check_audience(plan.metric, question)
    return _rows_of(warehouse, plan, plan.over, question, limit)


def _rows_of(warehouse: Warehouse, plan: Plan, metric: Metric, question: Question, limit: int | None) -> pl.DataFrame:
    check_audience(metric, question)
    statement = Statement()
    sql = _sql(statement, plan, metric, limit)
    return warehouse.cursor().sql(sql, params=statement.values).pl()

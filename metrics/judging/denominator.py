"""分母明细: for a rate, every unit that a reader would look for in it, counted or not, with the reason and its place.

Counted are exactly the metric's own unit rows: what is summed here is what `ask` divides. The others come from the
universe that the metric's header names, and from the rows that were refused when the ledgers were read.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from etl.errors import QuestionError
from metrics.catalogue import Metric, denominator
from metrics.judging.universe_sql import COLUMNS, Universe, read_by, universe
from metrics.plan import Plan, plan_of
from metrics.question import Question, Row
from metrics.statement import Statement, counted, scope_sql
from metrics.unit_rows import check_audience
from metrics.values import ask
from metrics.warehouse import Warehouse

if TYPE_CHECKING:
    import polars as pl

REFUSED = Path(__file__).parent / "refused" / "rows.sql"
OF_PERSONS = "member"  # its rows are persons: refused ones are counted nowhere by unit
SAME = ("unit_id", "month", "load_id", "file", "sheet", "row", "nth")
UNREPORTED = _("当月相关台账未报送")
NOT_IN, REPEATED = _("问题行未入库"), _("重复行未入库")


@dataclass(frozen=True)
class UnitList:
    """The units on one side of a rate, or on both where they are the same.

    Each row of `frame` is a unit in a month: `part` (numerator: in both sides or in this one, denominator: in the
    denominator alone, left_out), `reason` of what is left out (`detail` says more), `to_check` why it is 待核实, `is_new`
    (founded lately, null where not known), `numerator` and `denominator` what it adds, file, sheet and row.
    """

    metric: Metric
    universe: Universe | None
    frame: pl.DataFrame


@dataclass(frozen=True)
class Detail:
    """A rate with its units: `lists` is one list, or the numerator's and the denominator's where they count other units.

    The denominator's list is the last. `months` is by how many the denominator's sum is divided (a mean of month-ends).
    """

    question: Question
    metric: Metric
    row: Row
    months: int
    lists: tuple[UnitList, ...]

    @property
    def units(self) -> UnitList:
        """Return the list in which the denominator stands."""
        return self.lists[-1]


def has_detail(metric: Metric) -> bool:
    """Return whether a metric is a rate whose units may be shown."""
    over = denominator(metric)
    return metric.over is not None and not metric.sensitive and not (over is not None and over.sensitive)


@lru_cache(maxsize=32)
def denominator_detail(warehouse: Warehouse, question: Question) -> Detail:
    """Return the units of one rate; QuestionError where it is none, or where single rows are not shown.

    The question may name communities and no other condition. The frames are shared: treat them as read-only.
    """
    asked = replace(question, by=())
    plan = plan_of(warehouse, asked)
    _check(plan, asked)
    sides = [plan.metric] if plan.over is None else [plan.metric, plan.over]
    try:
        lists = tuple(_units(warehouse, plan, side) for side in sides)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        message = _("数据版本{no}由旧版程序建立，没有分母明细所需的内容").format(no=warehouse.generation_no)
        remedy = _("请用 union-atlas serve 打开一次，或再导入任何一份台账，程序会按原有台账重建")
        raise QuestionError(message, remedy=remedy, code="old_generation") from error
    months = len(plan.windows[0].months) if plan.metric.over_time == "mean" else 1
    return Detail(asked, plan.metric, ask(warehouse, asked).row, months, lists)


def _check(plan: Plan, question: Question) -> None:
    if plan.metric.over is None:
        message = _("“{metric}”不是比率，没有分母").format(metric=plan.metric.title)
        raise QuestionError(message, remedy=_("请看数字来源"), code="no_denominator")
    for side in filter(None, (plan.metric, plan.over)):
        check_audience(side, question)
    if set(plan.filters) - {"community"}:
        raise QuestionError(_("分母明细只按社区查看"), remedy=_("请去掉社区以外的条件"), code="only_community")


def _units(warehouse: Warehouse, plan: Plan, side: Metric) -> UnitList:
    """Return the units of one side."""
    import polars as pl

    kind = universe(side.universe) if side.universe else None
    statement = Statement()
    sql = _sql(statement, plan, side, kind)
    found = warehouse.cursor().sql(sql, params=statement.values).pl()
    frames = [_judged(found, plan, side)]
    if kind is not None and kind.ledger != OF_PERSONS:
        frames.append(_rejected(warehouse, plan, kind))
    return UnitList(side, kind, _in_order(pl.concat(frames, how="diagonal_relaxed")))


def _in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Return what is left out first: that is what a reader looks for."""
    import polars as pl

    place = pl.col("part").replace_strict({"left_out": 0, "denominator": 1, "numerator": 2})
    return frame.sort("month", place, "reason", "unit_name", "unit_id", "row", nulls_last=True)


def _counted_sql(statement: Statement, plan: Plan, side: Metric) -> str:
    """Return the metric's own unit rows with what each adds to the sides, null where it leaves both."""
    source, _row_month = scope_sql(statement, replace(plan, by=(), dims=()), side)
    value, nothing = counted(side, "value"), "null::double"
    is_own = side is plan.metric
    below = counted(side, "base") if "base" in side.columns else f"case when {value} is not null then 1 end"
    sides = (value if is_own else nothing, below if is_own and plan.over is None else nothing if is_own else value)
    same = ", ".join(f'unit."{name}"' for name in SAME[:-1])
    return f"""select {same}, unit.unit_name, unit.community_id, {sides[0]} as numerator, {sides[1]} as denominator,
        row_number() over (partition by {same} order by {value} nulls last) as nth {source}"""


def _looked_for_sql(statement: Statement, plan: Plan, side: Metric, kind: Universe) -> str:
    """Return the universe's rows of the question's months and communities, with the words for what each lacks."""
    window, wanted = plan.windows[0], plan.filters.get("community", ())
    first = window.end if side.time == "stock" and plan.metric.over_time == "last" else window.months[0]
    statement.values |= {"first": first, "last": window.end}
    if "$communities" in kind.sql:
        statement.values["communities"] = [code for code in wanted if code is not None] or None
    lacks = [
        f"case when u.{name} is null then {statement.value(kind.lacks[name])} end"
        for name in read_by(side.sql, kind.lacks)
    ]
    words = f"array_to_string([{', '.join(lacks)}], '、')" if lacks else "''"
    in_scope = " or ".join(statement.condition(f"u.{name}", wanted, False) for name in ("listed_id", "community_id"))
    same = ", ".join(f'u."{name}"' for name in SAME[:-1])
    shown = ", ".join(f'u."{name}"' for name in COLUMNS)
    return f"""select {shown}, {words} as lacks, row_number() over (partition by {same} order by u.why nulls first) as nth
        from ({kind.sql}) as u where {in_scope if wanted else "true"}"""


def _sql(statement: Statement, plan: Plan, side: Metric, kind: Universe | None) -> str:
    """Return both joined on the ledger's row: what is on both sides is counted, or lacks something."""
    own = _counted_sql(statement, plan, side)
    nobody = ", ".join(f'null as "{name}"' for name in ("listed_id", "why", "to_check", "lacks"))
    if kind is None:
        return f"select own.* exclude (nth), true as is_own, {nobody}, null::boolean as is_new from ({own}) as own"
    other = _looked_for_sql(statement, plan, side, kind)
    both = " and ".join(f'own."{name}" = other."{name}"' for name in SAME)
    same = ", ".join(f'coalesce(own."{name}", other."{name}") as "{name}"' for name in SAME[:-1])
    named = ", ".join(f"coalesce(own.{name}, other.{name}) as {name}" for name in ("unit_name", "community_id"))
    return f"""select {same}, {named}, own.numerator, own.denominator, own.unit_id is not null as is_own, other.listed_id,
        other.why, other.to_check, nullif(other.lacks, '') as lacks, other.is_new
        from ({own}) as own full outer join ({other}) as other on {both}"""


def _judged(found: pl.DataFrame, plan: Plan, side: Metric) -> pl.DataFrame:
    """Add to each unit its part and, where it is left out, the reason: the first that holds."""
    import polars as pl

    adds = pl.col("numerator" if side is plan.metric else "denominator")
    known = [(month, community) for month, here in plan.known[0].items() for community in here]
    place = pl.struct(pl.col("month"), pl.coalesce("listed_id", "community_id").alias("community_id"))
    pairs = pl.DataFrame(known, {"month": pl.Date, "community_id": pl.String}, orient="row")
    is_known = place.is_in(pairs.to_struct().implode()) | pl.coalesce("listed_id", "community_id").is_null()
    is_whole = plan.metric.over_time == "last"  # then it is whole periods that count or do not
    reason = (
        pl.when(adds.is_not_null()).then(None)
        .when(~is_known & (not is_whole)).then(pl.lit(UNREPORTED))
        .when(pl.col("is_own")).then(pl.coalesce("lacks", "why", pl.lit(_("有缺项"))))
        .otherwise(pl.coalesce("why", pl.lit(side.left_out or _("不属本指标统计范围"))))
    )  # fmt: skip
    is_below = (pl.col("numerator") == 0) if plan.over is None else pl.lit(side is plan.over)
    part = (
        pl.when(adds.is_null()).then(pl.lit("left_out")).when(is_below).then(pl.lit("denominator"))
        .otherwise(pl.lit("numerator"))
    )  # fmt: skip
    return found.with_columns(part.alias("part"), reason.alias("reason"), pl.lit("").alias("detail")).drop(
        "is_own", "why", "lacks"
    )


def _rejected(warehouse: Warehouse, plan: Plan, kind: Universe) -> pl.DataFrame:
    """Return the rows of the same ledgers that were refused: they may be units, and count nowhere."""
    import polars as pl

    window, wanted = plan.windows[0], plan.filters.get("community", ())
    params = {"ledger": kind.ledger, "first": window.months[0], "last": window.end}
    found = warehouse.cursor().sql(REFUSED.read_text("utf-8"), params=params).pl()
    if wanted:
        found = found.filter(pl.col("community_id").is_in([code for code in wanted if code is not None]))
    why = pl.when("is_repeated").then(pl.lit(REPEATED)).otherwise(pl.lit(NOT_IN))
    place = pl.format("row:{}#{}#{}", "file", "sheet", "row").str.slice(0, 200)
    return found.with_columns(
        pl.lit("left_out").alias("part"), why.alias("reason"), pl.col("reason").alias("detail"),
        place.alias("unit_id"), pl.format(_("第{}行"), "row").alias("unit_name"), pl.col("community_id").alias("listed_id"),
    ).drop("is_repeated")  # fmt: skip

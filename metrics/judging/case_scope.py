"""Which disputes a question about handling speaks of: the same conditions as a metric's, on the dispute's own columns."""

from __future__ import annotations

from datetime import date
from typing import Any

from metrics.catalogue import metric_of
from metrics.columns import DIMENSIONS
from metrics.plan import plan_of
from metrics.question import Question
from metrics.statement import Statement
from metrics.warehouse import Warehouse

Where = tuple[tuple[str, tuple[str, ...]], ...]
DISPUTES = "disputes_received"  # its dimensions are those of a dispute


def dispute_condition(warehouse: Warehouse, month: date, where: Where) -> tuple[str, dict[str, Any]]:
    """Return a condition on `core.dispute` as `d`, and its parameters; QuestionError for what does not exist.

    As everywhere, a condition on the cause finds every dispute that has it among its causes.
    """
    statement = Statement()
    filters = plan_of(warehouse, Question(DISPUTES, month=month, where=where)).filters
    columns = metric_of(DISPUTES).columns
    tests = [
        statement.condition(f"d.{name}s" if f"{name}s" in columns else f"d.{DIMENSIONS[name].column}", wanted, f"{name}s" in columns)
        for name, wanted in filters.items()
    ]  # fmt: skip
    return " and ".join(tests) or "true", statement.values

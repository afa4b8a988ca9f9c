"""A generation that an earlier version of the program built may lack what a newer metric reads."""

from __future__ import annotations

from functools import lru_cache
from gettext import gettext as _

import duckdb

from etl.errors import QuestionError
from metrics.catalogue import Metric
from metrics.warehouse import Warehouse


@lru_cache(maxsize=512)
def check_held(warehouse: Warehouse, metric: Metric) -> None:
    """QuestionError, with the way out, where the generation has no table or column that the metric reads."""
    try:
        warehouse.cursor().execute(f"select 1 from ({metric.sql}) as unit limit 0")
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        message = _("数据版本{no}由旧版程序建立，没有“{title}”所需的内容").format(
            no=warehouse.generation_no, title=metric.title
        )
        remedy = _("请用 union-atlas serve 打开一次，或再导入任何一份台账，程序会按原有台账重建")
        raise QuestionError(message, remedy=remedy, code="old_generation") from error


def is_lacking(error: Exception) -> bool:
    """Return whether an error says that a generation has no such table or column: another program has built it."""
    is_named = isinstance(error, QuestionError) and error.code == "old_generation"
    return is_named or isinstance(error, (duckdb.CatalogException, duckdb.BinderException))

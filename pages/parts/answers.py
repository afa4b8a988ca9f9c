"""The pages' door to the numbers: the current generation and cached answers.

Every cache key holds the warehouse, which is equal only to the same generation's file, and every cache is bounded.
"""

from __future__ import annotations

import os
from functools import lru_cache
from gettext import gettext as _
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

from etl.errors import QuestionError, StreetError
from metrics import changes, phrases, scope, values
from metrics.catalogue import Metric
from metrics.question import Answer, Question, Row
from metrics.warehouse import Warehouse, open_current
from pages.parts.versions import shown

SAMPLE_STREET = Path(__file__).resolve().parents[2] / "data" / "streets" / "sample"


def street_folder() -> Path:
    """Return the street's folder that the server was started with."""
    return Path(os.environ.get("UNION_ATLAS_STREET") or SAMPLE_STREET)


def current() -> Warehouse:
    """Return the newest generation, or the earlier one that the address names (`version=8`), which the page says.

    Without any, or with no ledger in the newest, the page says what to do and ends.
    """
    try:
        newest = open_current(street_folder())
        scope.default_month(newest)  # every load may have been taken back
        return shown.opened(street_folder(), newest)
    except (StreetError, QuestionError) as error:
        st.info(error.sentence())
        st.caption(_("导入示例：在程序目录运行 union-atlas sample，再运行 union-atlas load data/sample"))
        st.stop()


def is_newest() -> bool:
    """Return whether the pages show the newest generation: nothing can be changed while an earlier one is shown."""
    return shown.earlier(street_folder()) is None


def read_only_text() -> str:
    """Return why nothing can be changed now."""
    return _("正在查看较早的数据版本，只能看，不能改。请先返回最新数据。")


def say_read_only() -> bool:
    """Say that nothing can be changed where an earlier generation is shown; return whether one is."""
    if is_newest():
        return False
    st.info(read_only_text())
    return True


@lru_cache(maxsize=1024)
def answer(warehouse: Warehouse, question: Question) -> Answer:
    """Return the answer to a question, computed once per generation."""
    return values.ask(warehouse, question)


@lru_cache(maxsize=8)
def rows_behind(warehouse: Warehouse, question: Question) -> pl.DataFrame:
    """Return the unit rows behind a question; treat the frame as read-only, it is shared."""
    return values.rows(warehouse, question)


@lru_cache(maxsize=256)
def change(warehouse: Warehouse, question: Question, against: str) -> Any:
    """Return the like-for-like change of a number against an earlier month."""
    return changes.change(warehouse, question, against)


@lru_cache(maxsize=64)
def changes_by(warehouse: Warehouse, question: Question, against: str) -> tuple[changes.Change, ...]:
    """Return the like-for-like change of each row of a question."""
    return changes.changes(warehouse, question, against)


def row_text(warehouse: Warehouse, metric: Metric, row: Row) -> str:
    """Return a row with both its sides, in the street's decimals and measure word."""
    return phrases.row_text(metric, row, decimals(warehouse), scope.measure(warehouse, metric))


def value_text(warehouse: Warehouse, metric: Metric, value: float | None) -> str:
    """Return a value alone: with % or with the street's measure word."""
    text = phrases.number_text(metric, value, decimals(warehouse))
    return text if metric.over or value is None else text + scope.measure(warehouse, metric)


def range_text(warehouse: Warehouse, metric: Metric, row: Row) -> str:
    """Return 参考范围92.6%—97.9%, "" where the indicator has none."""
    if row.low is None or row.high is None:
        return ""
    low, high = (phrases.number_text(metric, end, decimals(warehouse)) for end in (row.low, row.high))
    return _("参考范围{low}—{high}").format(low=low, high=high)


def decimals(warehouse: Warehouse) -> int:
    """Return how many decimals the street shows in percentages."""
    return int(scope.setting_number(warehouse, "decimals"))


def parts_text(warehouse: Warehouse, metric: Metric, row: Row) -> str:
    """Return what a numerator is made of, as 单独建会42家，联合建会和工联会覆盖176家; "" where it has no parts."""
    word = scope.measure(warehouse, metric)
    return "，".join(
        f"{metric.parts[part]}{phrases.count_text(count)}{word}" for part, count in (row.parts or {}).items()
    )

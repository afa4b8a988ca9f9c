"""Answers as the terminal gives them: JSON for programs, a table for people."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _
from pathlib import Path
from typing import Any

from etl.errors import QuestionError
from metrics.catalogue import Metric, catalogue
from metrics.columns import MONTH
from metrics.phrases import is_untold, number_text, side_text, suppressed_text
from metrics.question import Audience
from metrics.values import Question, ask, rows
from metrics.versions.listed import open_version
from metrics.warehouse import Warehouse, open_current

COUNTED = ("known", "expected", "item_missing")


def where_of(conditions: Sequence[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the conditions of a command (`community=南坑`) by dimension; QuestionError where one is none."""
    where: dict[str, tuple[str, ...]] = {}
    for condition in conditions:
        dimension, sign, value = condition.partition("=")
        if not sign:
            message = _("条件写得不对：{text}").format(text=condition)
            raise QuestionError(message, remedy=_("应写成 community=南坑 的样子"))
        where[dimension] = (*where.get(dimension, ()), value)
    return tuple(where.items())


def question_of(arguments: argparse.Namespace) -> Question:
    """Return the question that the words of a `metric` command ask."""
    if arguments.month and arguments.to_month and arguments.month != arguments.to_month:
        raise QuestionError(_("--month 和 --to 不一致"), remedy=_("只用其中一个"))
    by = tuple(part for words in arguments.by for part in words.split(","))
    month = arguments.month or arguments.to_month
    audience: Audience = "public" if getattr(arguments, "public", False) else "internal"
    return Question(
        arguments.id, by, month, arguments.from_month, arguments.period, where_of(arguments.where), audience
    )


def asked_version(street: Path, arguments: argparse.Namespace) -> Warehouse:
    """Open the version that a command names with `--generation`, else the newest."""
    number = getattr(arguments, "generation", None)
    return open_current(street) if number is None else open_version(street, number)


def answer_json(street: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the answer to one question."""
    return answer_of(asked_version(street, arguments), question_of(arguments))


def answer_of(warehouse: Warehouse, question: Question) -> dict[str, Any]:
    """Return an answer's JSON; `approximate_base` says of an approximate row that what it is divided by is one too."""
    answer = ask(warehouse, question)
    said, over = answer.as_dict(), catalogue().get(answer.metric.over or "")
    asked = [*question.by, *(name for name, _values in question.where)]
    if over is None or not any(row.approximate for row in answer.rows) or not {*asked} <= {MONTH, *over.dimensions}:
        return said
    bases = ask(warehouse, replace(question, metric=over.id, month=answer.month))
    for row, mine in zip(said["rows"], answer.rows, strict=True):
        base = bases.find(**mine.keys)
        row |= {"approximate_base": True} if mine.approximate and base and base.approximate else {}
    return said


def value_text(metric: Metric, row: dict[str, Any]) -> str:
    """Return a row's value: 约96.0%, 无法计算, 不详, 未报, or why it is hidden."""
    if row.get("is_suppressed"):
        return suppressed_text(row["suppressed_below"], metric.measure)
    if is_untold(metric, row["known"], row["numerator"], row.get("item_missing", 0)):
        return _("不详")
    if row["value"] is None and row["known"] > 0:  # reported, but nothing to divide by
        return _("无法计算")
    return (_("约") if row["approximate"] and row["value"] is not None else "") + number_text(metric, row["value"])


def _notes(row: dict[str, Any]) -> list[str]:
    """Return what else must be known of a row: an approximate base, the rows that do not say enough."""
    if row.get("is_suppressed"):
        return []
    notes = [_("分母为约数")] if row.get("approximate_base") else []
    if row["item_missing"] and row["numerator"] is None:
        notes.append(_("{n}项不详").format(n=f"{row['item_missing']:,}"))
    elif row["item_missing"]:
        notes.append(_("另有{n}项不详").format(n=f"{row['item_missing']:,}"))
    return notes


def answer_text(answer: dict[str, Any]) -> str:
    """Return the answer as a table: keys, value, both sides, range, known of expected, what is approximate or missing."""
    metric = catalogue()[answer["metric"]]
    lines = [f"{metric.title}　{answer['month']}　" + _("数据版本{generation_no}（{generation}）").format(**answer)]
    for row in answer["rows"]:
        keys = [str(row[name]) for name in row if name in {"month", *metric.dimensions}]
        cells = [*keys, value_text(metric, row)]
        if row["denominator"] is not None:
            cells.append(f"{side_text(row['numerator'])}/{side_text(row['denominator'])}")
        if row["low"] is not None:
            low, high = number_text(metric, row["low"]), number_text(metric, row["high"])
            cells.append(_("参考范围{low}—{high}").format(low=low, high=high))
        cells.append(_("已报{known}/应报{expected}").format(**row))
        lines.append("　".join([*cells, *_notes(row)]))
    return "\n".join(lines)


def list_json() -> dict[str, Any]:
    """Return every metric with what a reader needs to choose one."""
    fields = ("id", "title", "unit", "measure", "kind", "dimensions")
    return {"metrics": [{field: getattr(metric, field) for field in fields} for metric in catalogue().values()]}


def list_text(answer: dict[str, Any]) -> str:
    """Return the metrics, one a line."""
    return "\n".join(f"{m['id']}　{m['title']}（{m['measure']}）" for m in answer["metrics"])


def rows_json(street: Path, arguments: argparse.Namespace) -> dict[str, Any]:
    """Return the rows behind the answer."""
    warehouse = asked_version(street, arguments)
    question = question_of(arguments)
    found = rows(warehouse, question)
    head = {"metric": question.metric, "generation": warehouse.generation_id, "generation_no": warehouse.generation_no}
    return {**head, "rows": list(found.iter_rows(named=True))}


def rows_text(answer: dict[str, Any]) -> str:
    """Return the rows as tab-separated lines with a header."""
    if not answer["rows"]:
        return _("没有符合条件的行")
    names = list(answer["rows"][0])
    body = ["\t".join("" if row[name] is None else str(row[name]) for name in names) for row in answer["rows"]]
    return "\n".join(["\t".join(names), *body])

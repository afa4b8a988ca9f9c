"""The figure that an address names: a question, and the main cause or sign under which its units count."""

from __future__ import annotations

from collections.abc import Mapping

from metrics.catalogue import metric_of
from metrics.columns import DIMENSIONS
from metrics.lineage import Group, group_of
from metrics.periods import parse_month
from metrics.question import UNKNOWN, Question

MAIN = "main_"  # a case of several causes stands under its main one in a list by cause


def question_of(address: Mapping[str, str]) -> Question:
    """Return the question of an address; QuestionError where a part of it means nothing, other parts are passed over."""
    metric = metric_of(address["metric"])
    month, start = address.get("month"), address.get("from")
    where = tuple(
        (name, tuple(part for part in address[name].split(",") if part)) for name in DIMENSIONS if address.get(name)
    )
    return Question(
        metric.id,
        month=parse_month(month) if month else None,
        start=parse_month(start) if start else None,
        period=address.get("period") or None,
        where=where,
    )


def group_in(address: Mapping[str, str]) -> Group:
    """Return the groups that an address names as main_cause=01; what the metric does not know so is passed over."""
    metric = metric_of(address["metric"])
    found = {name: address.get(f"{MAIN}{name}") for name in DIMENSIONS if group_of(metric, name)}
    return tuple((name, None if code == UNKNOWN else code) for name, code in found.items() if code)

"""Levels a second time: plain loops over facts and the schemes' YAML, nothing of the program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

import yaml

from tests.source import ROOT

Fact = tuple[Any, str, float, date]  # enterprise, indicator, degree, day


@cache
def read_scheme(scheme: str) -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / "etl" / "warning_schemes" / f"{scheme}.yml").read_text("utf-8")))


def naive(scheme: str, facts: Iterable[Fact], day: date, known: date) -> dict[Any, tuple[Any, str]]:
    """Return score and level by enterprise on a day, from the facts up to `known`, read from the YAML by itself."""
    read = read_scheme(scheme)
    order = [level["code"] for level in read["levels"]]
    found: dict[Any, dict[str, dict[str, Any]]] = {}
    for rule in read["rules"]:
        for number, indicator, quantity, happened in facts:
            fits = quantity >= rule["at_least"] if "at_least" in rule else quantity > rule["above"]
            lasts = happened + timedelta(days=rule.get("window_days", 90))
            if rule["indicator"] == indicator and fits and happened <= known and lasts >= day:
                items = found.setdefault(number, {})
                item = rule.get("item", indicator)
                rank = rule.get("points", 0) if "points" in rule else -order.index(rule["level"])
                if item not in items or items[item]["rank"] < rank:
                    items[item] = {"rank": rank, "extra": rule.get("only_with_others", False)}
    levels = {}
    for number, items in found.items():
        if all(item["extra"] for item in items.values()):
            continue
        if "at_least" in read["levels"][0]:
            score = sum(item["rank"] for item in items.values())
            levels[number] = (score, next(level["code"] for level in read["levels"] if score >= level["at_least"]))
        else:
            levels[number] = (None, order[-max(item["rank"] for item in items.values())])
    return levels

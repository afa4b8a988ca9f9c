"""What a street may set, and what each value may be: a wrong one is named, never silently without effect."""

from __future__ import annotations

import re
from gettext import gettext as _
from pathlib import Path
from typing import Any

from etl.codelist import CodeLists
from etl.errors import StreetError
from etl.ledger import ledger_kinds

MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
CODE = re.compile(r"\d{12}")  # a community's own
RANGES = {"decimals": (0, 6), "default_month_share": (0, 1), "workers_covered_share": (0, 1), "small_base": (0, None), "vanish_share": (0, 1), "vanish_rows": (0, None),
          "stale_days": (0, None), "outside_street_km": (0, None), "jump_points": (0, 100), "jump_share": (0, None), "suppress_below": (3, None), "alarm_min_count": (1, None), "alarm_false_share": (0, 1), "giant_share": (0, 1), "too_few": (0, None), "too_few_expected": (0, None), "hazard_same_days": (0, 366), "hazard_lead_days": (0, 366), "level_days": (1, 1100), "due_soon_days": (0, 60), "new_enterprise_months": (0, 60), "dues_share": (0, 1), "own_union_members": (1, None), "mediation_workers": (1, None)}  # fmt: skip

OWNERS = ("park", "community")  # of which federation an enterprise is, where a park's and a community's both take it in


def _number(value: Any, low: float = 0, high: float | None = None) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and low <= value and (high is None or value <= high)


def _has_type(value: Any, default: Any) -> bool:
    """Return whether a value is of the default's type; 1 will do for 1.0, a text for what is not set by default."""
    if default is None:
        return value is None or isinstance(value, str)
    return type(value) is type(default) or (isinstance(default, float) and type(value) is int)


def _is_usable(name: str, value: Any, statuses: set[str]) -> bool:
    if name in RANGES:
        return _number(value, *RANGES[name])
    if name == "non_operating":
        return all(status in statuses for status in value)
    if name == "goals":
        return all(isinstance(metric, str) and _number(goal) for metric, goal in value.items())
    if name == "age_limits":
        return set(value) == {"male", "female"} and all(_number(age, 16, 120) for age in value.values())
    if name == "warning_schemes":
        return bool(value) and all(MONTH.fullmatch(str(m)) and isinstance(s, str) for m, s in value.items())
    if name == "report_by_days":
        return all(ledger in ledger_kinds() and _number(days, 0, 366) for ledger, days in value.items())
    if name in {"verified_since", "calendar_from"}:
        return value is None or bool(MONTH.fullmatch(value))
    if name == "pilots":
        return all(CODE.fullmatch(str(at)) and MONTH.fullmatch(str(month)) for at, month in value.items())
    if name == "primary_owner":
        return value in OWNERS
    if name in {"notes", "park_notes"}:
        return all(isinstance(note, str) for note in value.values())
    return bool(value) or isinstance(value, bool)


def check_settings(own: dict[str, Any], defaults: dict[str, Any], codes: Path) -> None:
    """StreetError where a street (its own code lists are in `codes`) sets what does not exist, or to what cannot be."""
    if unknown := sorted(str(name) for name in set(own) - set(defaults)):
        message = _("街道设置里有不认识的项：{names}").format(names="、".join(unknown))
        raise StreetError(message, file="street.yml", remedy=_("请对照默认设置修改或删去"))
    if wrong := [name for name, value in own.items() if not _has_type(value, defaults[name])]:
        message = _("街道设置的值类型不对：{names}").format(names="、".join(wrong))
        raise StreetError(message, file="street.yml", remedy=_("请对照默认设置修改"))
    listed = CodeLists.load(street=codes).titles("enterprise_status") if "non_operating" in own else []
    statuses = {code for code, _title in listed}
    if wrong := [name for name, value in own.items() if not _is_usable(name, value, statuses)]:
        message = _("街道设置的值不可用：{names}").format(names="、".join(wrong))
        offered = _("；non_operating 可用：{codes}").format(codes="、".join(sorted(statuses))) if statuses else ""
        raise StreetError(message, file="street.yml", remedy=_("请对照默认设置修改") + offered)

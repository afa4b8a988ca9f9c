"""A number as printed becomes a number that a spreadsheet can add up, with the format that prints it the same again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

# 约1,234家, ＋0.4个百分点, 91.2%, 84.9% 偏低; 2018年 and 12月 are days and no quantities, 2018 without its comma is a name.
PRINTED = re.compile(
    r"(?P<about>约?)(?P<sign>[＋－+−-]?)(?P<whole>\d{1,3}(?:,\d{3})*)(?P<decimals>\.\d+)?(?P<percent>%?)"
    r"(?P<unit>(?![年月日期号])[^\d%（）()，。；、\"\s]*(?:[ 　](?:明显)?偏[高低])?)"
)
MINUS = "－−-"


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the spreadsheet's format in which it reads as printed."""

    value: float
    format: str


def number_in(text: str) -> Number | None:
    """Return the number that a printed text is; None where it says more or less than one."""
    found = PRINTED.fullmatch(text)
    if found is None:
        return None
    part = found.groupdict("")
    exact = Decimal(part["whole"].replace(",", "") + part["decimals"]).scaleb(-2 if part["percent"] else 0)
    value = float(-exact if part["sign"] and part["sign"] in MINUS else exact)
    return Number(value, _format(part, len(part["decimals"]) - 1))


def _format(part: dict[str, str], decimals: int) -> str:
    digits = "#,##0" + ("." + "0" * decimals if decimals > 0 else "") + part["percent"]
    before, after = _quoted(part["about"]), _quoted(part["unit"])
    if not part["sign"]:
        return before + digits + after
    return ";".join(before + _quoted(sign) + digits + after for sign in "＋－")


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""

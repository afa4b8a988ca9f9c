"""A sheet as rows of text, and the text of each kind of cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

EXACT_BELOW = 1e15  # a workbook keeps 15 digits of a number
UNCLEAR_MONTH = re.compile(r"\b(?:19|20)\d\d\.1\b")

Merged = tuple[int, int, int, int]


class NumberText(str):
    """Text of a number cell that looks like year and month: a typed 2017.10 arrives as 2017.1, so it is unclear."""

    __slots__ = ()


@dataclass(frozen=True)
class SheetText:
    """A sheet as rows of text; blank cells are ''.

    `rows[i][j]` stands in row `row_numbers[i]` (as Excel shows it; for CSV the physical line where the record begins)
    and in column `first_column + j` (0 is column A). `merged` are ranges (top, left, bottom, right), inclusive, in
    positions of `rows`. Rows before `row_numbers[0]` are blank. `hidden` and `struck` are row numbers as in
    `row_numbers`: rows that Excel does not show (hidden or filtered out), and filled rows struck through wholly.
    `formulas_without_value` are (row number, column) of formulas whose result the file does not hold: blank here.
    """

    file: str
    sheet: str
    rows: list[list[str]]
    row_numbers: Sequence[int]
    first_column: int = 0
    merged: tuple[Merged, ...] = ()
    hidden: tuple[int, ...] = ()
    struck: tuple[int, ...] = ()
    formulas_without_value: tuple[tuple[int, int], ...] = ()


def number_text(value: float) -> str:
    """Return a number as text: whole numbers without decimals, others to Excel's 15 digits.

    A whole number of 16 or more digits has lost its end in the workbook and is written as Excel shows it, 1.23457E+17.
    """
    if not -EXACT_BELOW < value < EXACT_BELOW:
        mantissa, exponent = f"{value:.14E}".split("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    whole = int(value)
    if value == whole:
        return str(whole)
    text = f"{value:.15g}"
    return NumberText(text) if 1900 < value < 2100 else text


def _moment_text(value: datetime) -> str:
    return value.isoformat(" ", "seconds").removesuffix(":00").removesuffix(" 00:00")


def _time_text(value: time) -> str:
    return value.isoformat("seconds").removesuffix(":00")


def _duration_text(value: timedelta) -> str:
    minutes = round(value.total_seconds() / 60)
    return f"{minutes // 60}:{minutes % 60:02d}"


TEXT_OF: dict[type, Callable[[Any], str]] = {
    float: number_text,
    int: number_text,
    date: date.isoformat,
    datetime: _moment_text,
    time: _time_text,
    timedelta: _duration_text,
}


class Texts(dict[Any, str]):
    """The texts of numbers and dates met so far; from one register to the next most are the same."""

    def __missing__(self, value: Any) -> str:
        text = self[value] = TEXT_OF[value.__class__](value)
        return text


def row_texts(row: list[Any], texts: Texts) -> list[str]:
    """Return the cells as text; True is not kept in `texts`, for it equals 1."""
    return [v if v.__class__ is str else texts[v] if v.__class__ is not bool else str(v).upper() for v in row]

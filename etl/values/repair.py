"""What would be right instead of a bad cell: the reason's general advice, made concrete where the text allows it."""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Callable
from gettext import gettext as _

import polars as pl

from etl.ledger import Column, LedgerKind
from etl.values.dates import PIVOT
from etl.values.reasons import reason_of

LETTERS = str.maketrans(
    {"O": "0", "o": "0", "Ｏ": "0", "〇": "0", "l": "1", "I": "1", "Ｉ": "1", "|": "1", "，": "", ",": ""}
)
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
SHORT_YEAR = re.compile(r"(\d\d)\D+(\d{1,2})(?:\D+(\d{1,2}))?\D*")
YEAR_MONTH = re.compile(r"((?:19|20)\d\d)\D*(\d{1,2})")
CONCRETE = 5000
Advice = Callable[[str, str | None, Column | None], str | None]


def _given(value: str, suggestion: str | None, column: Column | None) -> str | None:
    return _("可能是“{suggestion}”").format(suggestion=suggestion.replace("、", "”或“")) if suggestion else None


def _digits(value: str, suggestion: str | None, column: Column | None) -> str | None:
    """Return the number meant where letters stand for digits: 1O5 is 105."""
    plain = unicodedata.normalize("NFKC", value).translate(LETTERS)
    return _given(value, plain, column) if plain != value and NUMBER.fullmatch(plain) else None


def _length(value: str, suggestion: str | None, column: Column | None) -> str | None:
    return _("现有{n}位").format(n=sum(1 for letter in value if letter.isalnum()))


def _short_year(value: str, suggestion: str | None, column: Column | None) -> str | None:
    if not (found := SHORT_YEAR.fullmatch(value.strip())):
        return None
    year, *rest = (int(part) for part in found.groups() if part)
    text = "-".join([str(year + (2000 if year < PIVOT else 1900)), *(f"{part:02d}" for part in rest)])
    return _given(value, text, column)


def _month(value: str, suggestion: str | None, column: Column | None) -> str | None:
    year = value.strip()[:4]
    return _("是1月就写成 {year}-01，是10月就写成 {year}-10").format(year=year) if year.isdecimal() else None


def _calendar(value: str, suggestion: str | None, column: Column | None) -> str | None:
    """Say how many days the month has, or that there is no such month."""
    if not (found := YEAR_MONTH.match(value.strip())):
        return None
    year, month = int(found[1]), int(found[2])
    if not 1 <= month <= 12:
        return _("没有{month}月").format(month=month)
    days = calendar.monthrange(year, month)[1]
    return _("{year}年{month}月只有{days}天").format(year=year, month=month, days=days)


def _bounds(value: str, suggestion: str | None, column: Column | None) -> str | None:
    if column is None:
        return None
    if column.type == "lonlat":
        return reason_of("swapped").repair
    if value.strip().startswith(("-", "－")):
        return reason_of("negative").repair
    if column.min is not None and column.max is not None:
        return _("应在{low:g}到{high:g}之间").format(low=column.min, high=column.max)
    return None


def _fill_in(value: str, suggestion: str | None, column: Column | None) -> str | None:
    return _("请补填{title}").format(title=column.title) if column else None


ADVICE: dict[str, Advice] = {
    "bad_integer": _digits, "bad_number": _digits, "bad_money": _digits, "bad_length": _length,
    "two_digit_year": _short_year, "ambiguous_month": _month, "impossible_date": _calendar,
    "out_of_range": _bounds, "required_missing": _fill_in,
}  # fmt: skip
ALONE = (_month, _fill_in, _bounds)  # say all there is to say


def repair(code: str, value: str | None, suggestion: str | None, column: Column | None) -> str:
    """Return what to do about one bad cell; `suggestion` is what the cleaning step guessed, if anything."""
    advice = ADVICE.get(code, _given)
    concrete = advice(value or "", suggestion, column) or _given(value or "", suggestion, column)
    general = reason_of(code).repair
    if concrete is None or concrete == general:
        return general
    return concrete if advice in ALONE else f"{concrete}；{general}"


def _general(code: str, kind: LedgerKind) -> str:
    """Return a reason's advice; a register of persons knows its rows otherwise than by code and name."""
    return reason_of("no_person" if code == "no_key" and kind.identity else code).repair


def with_repairs(bad: pl.DataFrame, kind: LedgerKind) -> pl.DataFrame:
    """Turn the guesses in `suggestion` into what to do; a cell of a personal column keeps no text in it.

    Python sees the distinct texts that may need words of their own, and not more than `CONCRETE` of them: a column in
    which every cell is wrong needs no more.
    """
    general = {code: _general(code, kind) for code in bad.get_column("code").unique()}
    facts = ["code", "column", "value", "suggestion"]
    told = bad.filter(pl.col("code").is_in(list(ADVICE)) | pl.col("suggestion").is_not_null()).select(facts)
    told = told.unique(maintain_order=True).head(CONCRETE)
    texts = []
    for code, name, value, suggestion in told.iter_rows():
        column = kind.columns.get(name) if name else None
        is_personal = column is not None and column.is_personal
        texts.append(repair(code, None if is_personal else value, None if is_personal else suggestion, column))
    told = told.with_columns(pl.Series("repair", texts, pl.String))
    joined = bad.join(told, on=facts, how="left", nulls_equal=True, maintain_order="left")
    usual = pl.col("code").replace_strict(general, return_dtype=pl.String) if general else pl.lit(None, pl.String)
    return joined.with_columns(pl.coalesce("repair", usual).alias("suggestion")).drop("repair")

"""The columns of one ledger kind: their texts → typed columns and bad cells.

Columns are read over their *distinct* texts, all columns of one type at once, and joined back to the
rows: a cell is never touched by Python.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from etl.codelist import CodeLists
from etl.ledger import Column, LedgerKind
from etl.values.cells import DITTO, MASK, distinct, ditto_columns, fill_ditto, masked, reason
from etl.values.choices import parse_codes, parse_many_codes
from etl.values.credit import parse_credit_codes
from etl.values.dates import is_ambiguous_number, parse_dates
from etl.values.numbers import parse_numbers, unit_base, unit_factor
from etl.values.texts import parse_person_nos, parse_texts

PLACE = ("sheet_no", "row")
BAD_COLUMNS = ("sheet_no", "row", "column", "code", "reason", "value", "severity", "suggestion")
BAD_SCHEMA = {name: pl.Int32 if name in PLACE else pl.String for name in BAD_COLUMNS}
BAD_NUMBER = {"integer": "bad_integer", "decimal": "bad_number", "money": "bad_money", "lonlat": "bad_number"}
# Degrees that a place in China can have; anything else is a typing error or another unit.
CHINA = {"lon": (73.0, 136.0), "lat": (3.0, 54.0)}
# Cases of one machine code that have a sentence of their own.
SAID_AS = {"negative": "out_of_range", "swapped": "out_of_range"}
HIDDEN = ("personal_id", "personal_name", "person_in_unit")  # the cell names a person
FACTS = ("column", "text", "code", "why", "suggestion")


@dataclass(frozen=True)
class Context:
    """What the cells of all columns are read with; see `clean.clean`."""

    kind: LedgerKind
    frame: pl.DataFrame
    units: pl.DataFrame | None
    codes: CodeLists
    number_cells: pl.DataFrame | None
    as_of: pl.DataFrame | None


def type_columns(context: Context) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the typed rows (sheet_no, row, columns in the ledger's order) and the bad cells."""
    columns = [column for column in context.kind.columns.values() if not column.is_personal]
    absent = [pl.lit(None, pl.String).alias(c.id) for c in columns if c.id not in context.frame.columns]
    frame, texts = _texts(context.frame.with_columns(absent), columns, context.kind)
    parsed = _read(texts, columns, context)
    typed, bad = [frame.select(PLACE)], []
    for column in columns:
        cells = frame.select(*PLACE, pl.col(column.id).alias("text"))
        cells = cells.join(parsed[column.id], on="text", how="left", maintain_order="left")
        cells = _CHECKS.get(column.type, _unchanged)(column, cells, context)
        typed.append(_typed(column, cells))
        bad.append(
            cells.filter(pl.col("code").is_not_null()).select(
                *PLACE, *FACTS, pl.col("value").is_null().alias("is_lost")
            )
        )
    return pl.concat(typed, how="horizontal"), _bad(pl.concat(bad), columns)


def _texts(frame: pl.DataFrame, columns: list[Column], kind: LedgerKind) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows with 同上 filled in, and the distinct texts; a number or a key never repeats."""
    names = [column.id for column in columns]
    texts = distinct(frame, names)
    if not (found := ditto_columns(texts)):
        return frame, texts
    keys = {name for key in kind.key for name in key}
    fixed = [c.id for c in columns if c.type in BAD_NUMBER or c.id in keys]
    for name in set(found) - set(fixed):
        frame = fill_ditto(frame, name)  # repeats texts of the same column: the distinct ones stay the same
    is_ditto = pl.col("column").is_in(fixed) & pl.col("text").str.contains(DITTO)
    return frame, texts.with_columns(pl.when(is_ditto).then(pl.lit("ditto")).otherwise("code").alias("code"))


def _read(texts: pl.DataFrame, columns: list[Column], context: Context) -> dict[str, pl.DataFrame]:
    """Return the typed distinct texts of every column."""
    facts = [
        (c.id, c.codes or c.type, BAD_NUMBER.get(c.type), *unit_base(c.unit, "money" if c.type == "money" else "any"))
        for c in columns
    ]
    schema = {**dict.fromkeys(("column", "list", "bad_code", "dimension"), pl.String), "base": pl.Float64}
    texts = texts.join(pl.DataFrame(facts, schema=schema, orient="row"), on="column", how="left")
    found: dict[str, pl.DataFrame] = {}
    readers: dict[Callable[[pl.DataFrame, Context], pl.DataFrame], list[str]] = {}
    for column in columns:
        readers.setdefault(_read_many if column.many else _READERS[column.type], []).append(column.id)
    for reader, ids in readers.items():
        parsed = reader(texts.filter(pl.col("column").is_in(ids)), context)
        missing = [pl.lit(None, pl.String).alias(name) for name in FACTS if name not in parsed.columns]
        parsed = parsed.drop("t", "list", "bad_code", "dimension", "base", "is_simple").with_columns(missing)
        found |= {name: parsed.filter(pl.col("column") == name) for name in ids}
    return found


def _read_text(texts: pl.DataFrame, context: Context) -> pl.DataFrame:
    return parse_texts(texts, context.kind)


def _read_person_no(texts: pl.DataFrame, context: Context) -> pl.DataFrame:
    return parse_person_nos(texts, context.kind)


def _read_number(texts: pl.DataFrame, context: Context) -> pl.DataFrame:
    return parse_numbers(texts)


def _read_date(texts: pl.DataFrame, context: Context) -> pl.DataFrame:
    return parse_dates(texts)


def _read_code(texts: pl.DataFrame, context: Context) -> pl.DataFrame:
    return parse_codes(texts, context.codes)


def _read_many(texts: pl.DataFrame, context: Context) -> pl.DataFrame:
    return parse_many_codes(texts, context.codes)


def _read_credit(texts: pl.DataFrame, context: Context) -> pl.DataFrame:
    return parse_credit_codes(texts)


_READERS: dict[str, Callable[[pl.DataFrame, Context], pl.DataFrame]] = {
    "text": _read_text, "person_no": _read_person_no, "integer": _read_number, "decimal": _read_number, "money": _read_number,
    "lonlat": _read_number, "date": _read_date, "boolean": _read_code, "code": _read_code,
    "community": _read_code, "park": _read_code, "credit_code": _read_credit,
}  # fmt: skip


def _unchanged(column: Column, cells: pl.DataFrame, context: Context) -> pl.DataFrame:
    return cells


def _with_factor(column: Column, cells: pl.DataFrame, units: pl.DataFrame | None) -> pl.DataFrame:
    """Multiply bare numbers by the unit of their sheet; a unit that cannot be converted makes them unusable."""
    if units is None or not len(units := units.filter(pl.col("column") == column.id)):
        return cells
    table = {unit: unit_factor(unit, column.unit) for unit in units.get_column("unit").unique()}
    factor = pl.col("unit").replace_strict(table, default=None, return_dtype=pl.Float64)
    sheets = units.select(pl.col("sheet_no").cast(pl.Int32), factor.alias("_factor"), pl.lit(True).alias("_said"))
    cells = cells.join(sheets.unique("sheet_no"), on="sheet_no", how="left", maintain_order="left")
    lost = ~pl.col("has_unit") & pl.col("_said") & pl.col("_factor").is_null() & pl.col("value").is_not_null()
    factor = pl.when(pl.col("has_unit") | pl.col("_said").is_null()).then(1.0).otherwise("_factor")
    return cells.with_columns(
        (pl.col("value") * factor).alias("value"),
        pl.when(lost).then(pl.lit("unknown_unit")).otherwise("code").alias("code"),
    )


def _check_number(column: Column, cells: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Apply the sheet's unit, then refuse negative, fractional and implausible values."""
    cells = _with_factor(column, cells, context.units)
    value = pl.col("value").round(6 if column.type == "lonlat" else 4)
    low, high = CHINA[column.id] if column.type == "lonlat" else (column.min, column.max)
    negative = (value < 0) & pl.lit(column.type != "lonlat" and (low is None or low >= 0))
    other = CHINA["lat" if column.id == "lon" else "lon"]
    swapped = value.is_between(*other) & pl.lit(column.type == "lonlat")
    fraction = (value != value.round(0)) & pl.lit(column.type == "integer")
    code = (
        pl.when(value.is_null()).then("code")
        .when(negative).then(pl.lit("negative"))
        .when(swapped).then(pl.lit("swapped"))
        .when((value < low if low is not None else False) | (value > high if high is not None else False))
        .then(pl.lit("out_of_range"))
        .when(fraction).then(pl.lit("bad_integer"))
        .otherwise("code")
    )  # fmt: skip
    is_bound = pl.col("code").is_in(["range", "bound"])
    return cells.with_columns(value.alias("value"), code.alias("code")).with_columns(
        pl.when(pl.col("code").is_null()).then("value").alias("value"),
        pl.when(pl.col("code").is_null() | is_bound).then("qualifier").alias("qualifier"),
    )


def _check_date(column: Column, cells: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Refuse number cells that may be January or October, dates after the as-of and, if required, bare years.

    Terms may begin and end, and plans lie, after the as-of: a contract signed in December that holds from January.
    """
    ambiguous, late = pl.lit(False), pl.lit(False)
    if context.number_cells is not None and column.id in context.number_cells.columns:
        is_number = context.number_cells.get_column(column.id).fill_null(False)
        ambiguous = pl.lit(is_number) & is_ambiguous_number(pl.col("text"))
    may_lie_ahead = column.id.endswith("_end") or column.id.startswith("plan") or column.id == "term_start"
    if context.as_of is not None and not may_lie_ahead:
        last = context.as_of.select(pl.col("sheet_no").cast(pl.Int32), pl.col("as_of").alias("_as_of"))
        cells = cells.join(last, on="sheet_no", how="left", maintain_order="left")
        late = (pl.col("value") > pl.col("_as_of")).fill_null(False)
    code = pl.when(ambiguous).then(pl.lit("ambiguous_month")).when(late).then(pl.lit("future_date")).otherwise("code")
    useless = ["ambiguous_month", "future_date", *(["date_precision"] if column.required else [])]
    kept = ~pl.col("code").is_in(useless).fill_null(False)
    return cells.with_columns(code.alias("code")).with_columns(
        pl.when(kept).then("value").alias("value"), pl.when(kept).then("precision").alias("precision")
    )


_CHECKS: dict[str, Callable[[Column, pl.DataFrame, Context], pl.DataFrame]] = {
    **dict.fromkeys(BAD_NUMBER, _check_number),
    "date": _check_date,
}


def _typed(column: Column, cells: pl.DataFrame) -> pl.DataFrame:
    """Return the typed columns of one ledger column: the value and what goes with its type."""
    value, name = pl.col("value"), column.id
    if column.type == "integer":
        return cells.select(value.cast(pl.Int64).alias(name), pl.col("qualifier").alias(f"{name}_qualifier"))
    if column.type in ("decimal", "money"):
        return cells.select(value.alias(name), pl.col("qualifier").alias(f"{name}_qualifier"))
    if column.type == "date":
        return cells.select(value.alias(name), pl.col("precision").alias(f"{name}_precision"))
    if column.type == "boolean":
        truth = value.replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean)
        return cells.select(truth.alias(name), value.alias(f"{name}_state"))
    return cells.select(value.alias(name))


def _bad(cells: pl.DataFrame, columns: list[Column]) -> pl.DataFrame:
    """Give each cell with a `code` its sentence; a required one without a value rejects its row."""
    titles = {column.id: column.title for column in columns}
    required = [column.id for column in columns if column.required]
    rejects = pl.col("column").is_in(required) & pl.col("is_lost")
    cells = cells.with_columns(pl.col("column").replace_strict(titles, return_dtype=pl.String).alias("title"))
    return cells.select(
        *PLACE, "column", pl.col("code").replace(SAID_AS).alias("code"),
        reason(cells.get_column("code")).alias("reason"),
        pl.when(pl.col("code").is_in(HIDDEN)).then(pl.lit(MASK)).otherwise(masked(pl.col("text"))).alias("value"),
        pl.when(rejects).then(pl.lit("reject")).otherwise(pl.lit("warning")).alias("severity"),
        "suggestion",
    )  # fmt: skip

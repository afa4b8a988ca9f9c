"""Persons in a register: identity number → keyed hash, sex and age band; nothing else of a person goes further.

Numbers are read over their distinct texts. GB 11643: 18 characters with a check character (ISO 7064 MOD 11-2); the
old ones have 15 digits and become 18, so that a person is one person however the number is written.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_bytes

import numpy as np
import polars as pl

from etl.ledger import Column, LedgerKind
from etl.values.cells import DITTO, FORMULA_ERROR, PHONE, SCIENTIFIC, distinct, reasons
from etl.values.columns import BAD_COLUMNS, BAD_SCHEMA, PLACE
from etl.values.credit import ID_WEIGHTS, id_number_is_valid

CHECKS = np.array(list("10X98765432"))
HASH_DIGITS = 32  # 128 bits: two persons of a city never meet
YOUNGEST = 16  # who is younger may not work (劳动法)
OLDEST = 120
BANDS = {18: "<18", 25: "18-24", 35: "25-34", 45: "35-44", 55: "45-54", OLDEST: ">=55"}
MASK = "***"
NUMBER = r"^\d{17}[\dX]$"
OLD_NUMBER = r"^\d{15}$"
# A passport, a permit: letters and at least six digits; a word alone (港澳通行证) tells nobody apart.
DOCUMENT = r"([A-Z]{0,4}\d{6,19}X?)"
HIDDEN = r"[*＊]|X{3,}"
SOFT = ("sheet_no", "row", "code")


@dataclass(frozen=True)
class Persons:
    """What hashing needs and what makes a member too old: `secret` is the street's key."""

    secret: bytes
    age_limits: Mapping[str, float]


def persons(secret: bytes | None, age_limits: Mapping[str, float] | None) -> Persons:
    """Return the rules; without a key a random one, for a hash that anyone can compute hides nobody."""
    return Persons(secret or token_bytes(32), age_limits or {})


def identify(
    kind: LedgerKind, frame: pl.DataFrame, rows: pl.DataFrame, as_of: pl.DataFrame | None, rules: Persons
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Add `<id>_hash`, `<id>_sex`, `<id>_age_band` to the typed rows; return them and the bad cells.

    `frame` holds the personal columns as text (one may be missing), `rows` alike what is typed already.
    """
    column = kind.identity
    if column is None:
        return rows, pl.DataFrame(schema=BAD_SCHEMA)
    texts = [name for name in (column.id, *column.fallback) if name in frame.columns]
    absent = [pl.lit(None, pl.String).alias(name) for name in (column.id, *column.fallback) if name not in texts]
    given = frame.select(*PLACE, *texts).with_columns(absent)
    read = _numbers(given, column.id, rules.secret)
    found = given.join(read.rename({"text": column.id}), on=column.id, how="left", maintain_order="left")
    found = _with_age(found, as_of)
    found = found.with_columns(pl.coalesce("hash", _by_name(found, column, rules.secret)).alias("hash"))
    hashed = found.select(
        pl.col("hash").alias(f"{column.id}_hash"),
        pl.col("sex").alias(f"{column.id}_sex"),
        _band(pl.col("age")).alias(f"{column.id}_age_band"),
    )
    bad = pl.concat([_bad(column, found.select(*SOFT), MASK), *_doubts(kind, column, found, rows, rules)])
    return pl.concat([rows, hashed], how="horizontal"), bad


def hashed(kind: LedgerKind, frame: pl.DataFrame, rows: pl.DataFrame, rules: Persons) -> pl.DataFrame:
    """Add `<id>_hash` of the free texts that tell rows apart and may name persons; blanks and marks do not count."""
    for name in (column.id for column in kind.columns.values() if column.hashed):
        text = pl.col(name) if name in frame.columns else pl.lit(None, pl.String)
        plain = text.str.normalize("NFKC").str.replace_all(r"[\s\p{P}\p{Cf}]", "")
        told = frame.select(pl.when(plain != "").then(plain).alias("told"))["told"]
        rows = rows.with_columns(_hashes(told, rules.secret, f"{name}:".encode()).alias(f"{name}_hash"))
    return rows


def _band(age: pl.Expr) -> pl.Expr:
    bands = [pl.when(age < below).then(pl.lit(band)) for below, band in BANDS.items()]
    return pl.coalesce(bands)


def _numbers(given: pl.DataFrame, name: str, secret: bytes) -> pl.DataFrame:
    """Return the distinct texts with `hash`, `sex`, `born` and `code` (what is wrong with the text)."""
    texts = distinct(given, [name]).drop("column", "is_simple")
    plain = pl.col("t").str.replace_all(r"[\s\p{P}\p{Z}]", "")
    document = plain.str.extract(DOCUMENT)
    lost = (
        pl.when(pl.col("t").str.contains(FORMULA_ERROR)).then(pl.lit("formula_error"))
        .when(pl.col("t").str.contains(SCIENTIFIC)).then(pl.lit("scientific"))
        .when(pl.col("text").str.contains(DITTO)).then(pl.lit("ditto"))
        .when(pl.col("t").str.contains(HIDDEN)).then(pl.lit("hidden_identity"))
        .when(document.is_null() & pl.col("t").is_not_null()).then(pl.lit("bad_identity"))
    )  # fmt: skip
    texts = texts.with_columns(lost.alias("code")).with_columns(
        pl.when(pl.col("code").is_null()).then(document).alias("number")
    )
    texts = _renewed(texts)
    is_18 = pl.col("number").str.contains(NUMBER)
    born = pl.when(is_18).then(pl.col("number").str.slice(6, 8)).str.to_date("%Y%m%d", strict=False)
    texts = texts.with_columns(_is_right(texts["number"]), born.alias("born"), is_18.alias("is_18"))
    code = (
        pl.when(pl.col("code").is_not_null() | pl.col("number").is_null()).then("code")
        .when("is_18", ~pl.col("is_right")).then(pl.lit("check_digit"))
        .when("is_18", pl.col("born").is_null()).then(pl.lit("impossible_birth"))
        .when(~pl.col("is_18") & pl.col("number").str.contains(r"^\d+X?$")).then(pl.lit("identity_length"))
        .when(~pl.col("is_18")).then(pl.lit("other_document"))
    )  # fmt: skip
    # A wrong check character says that some digit is wrong, perhaps one of the birthday or the sex.
    is_sure = pl.col("is_18") & pl.col("is_right") & pl.col("born").is_not_null()
    is_male = pl.col("number").str.slice(16, 1).cast(pl.Int8, strict=False) % 2 == 1
    sex = pl.when(is_sure).then(pl.when(is_male).then(pl.lit("male")).otherwise(pl.lit("female")))
    return texts.select(
        "text", _hashes(texts["number"], secret, b"id:"), sex.alias("sex"),
        pl.when(is_sure).then("born").alias("born"), code.alias("code"),
    )  # fmt: skip


def _renewed(texts: pl.DataFrame) -> pl.DataFrame:
    """Write old numbers of 15 digits as the 18 that they became: the century and the check character."""
    is_old = pl.col("number").str.contains(OLD_NUMBER).fill_null(False)
    old = texts.filter(is_old)
    body = old["number"].str.slice(0, 6) + "19" + old["number"].str.slice(6)
    renewed = old.with_columns((body + check_characters(body)).alias("number"))
    return pl.concat([texts.filter(~is_old), renewed])


def check_characters(bodies: pl.Series) -> pl.Series:
    """Return the check character of each 17 digits (GB 11643)."""
    digits = np.frombuffer("".join(bodies.to_list()).encode(), dtype=np.uint8).reshape(-1, 17) - ord("0")
    return pl.Series("check", CHECKS[digits.astype(np.int64) @ ID_WEIGHTS % 11], dtype=pl.String)


def _is_right(numbers: pl.Series) -> pl.Series:
    """Return whether an 18-character number bears its check character; null for other documents."""
    shaped = numbers.to_frame("number").with_row_index("n").filter(pl.col("number").str.contains(NUMBER))
    right = id_number_is_valid(shaped["number"])
    whole = pl.DataFrame({"n": pl.int_range(len(numbers), eager=True, dtype=pl.UInt32)})
    judged = shaped.select("n").with_columns(right.alias("is_right"))
    return whole.join(judged, on="n", how="left", maintain_order="left")["is_right"]


def _hashes(texts: pl.Series, secret: bytes, purpose: bytes) -> pl.Series:
    """Return the keyed hash of each text; `purpose` keeps a number and a name from ever being the same person."""
    found = [
        None if text is None else hmac.digest(secret, purpose + text.encode(), "sha256").hex()[:HASH_DIGITS]
        for text in texts.to_list()
    ]
    return pl.Series("hash", found, dtype=pl.String)


def _with_age(found: pl.DataFrame, as_of: pl.DataFrame | None) -> pl.DataFrame:
    """Add `age` in whole years on the register's day; a birthday after it, or 120 years before, is none."""
    if as_of is None:
        return found.with_columns(pl.lit(None, pl.Int32).alias("age"))
    days = as_of.select(pl.col("sheet_no").cast(pl.Int32), pl.col("as_of").alias("day"))
    found = found.join(days, on="sheet_no", how="left", maintain_order="left")
    day, born = pl.col("day"), pl.col("born")
    before = (day.dt.month() * 100 + day.dt.day()) < (born.dt.month() * 100 + born.dt.day())
    age = day.dt.year() - born.dt.year() - before.cast(pl.Int32)
    impossible = (age < 0) | (age >= OLDEST)
    return found.with_columns(
        pl.when(~impossible).then(age).alias("age"),
        pl.when(impossible).then(pl.lit("impossible_birth")).otherwise("code").alias("code"),
    )


def _by_name(found: pl.DataFrame, column: Column, secret: bytes) -> pl.Series:
    """Return the hash of name and phone where there is no number that tells the person."""
    parts = [pl.col(name).str.normalize("NFKC").str.replace_all(r"[\s\p{P}\p{Cf}]", "") for name in column.fallback]
    phone = parts[-1].str.extract(f"({PHONE})")
    whole = pl.when(parts[0] != "").then(pl.concat_str([*parts[:-1], phone], separator="|"))
    needed = pl.when(pl.col("hash").is_null()).then(whole)
    return _hashes(found.select(needed.alias("whole")).to_series(), secret, b"name:")


def _bad(column: Column, places: pl.DataFrame, value: str, severity: str = "warning") -> pl.DataFrame:
    """Give each place with a `code` its sentence; a person's cell is never repeated."""
    sentences = {
        code: text.replace("{title}", column.title).replace("{value}", value) for code, text in reasons().items()
    }
    bad = places.filter(pl.col("code").is_not_null())
    return bad.with_columns(
        pl.lit(column.id).alias("column"),
        pl.col("code").replace_strict(sentences, return_dtype=pl.String).alias("reason"),
        pl.lit(value).alias("value"),
        pl.lit(severity).alias("severity"),
        pl.lit(None, pl.String).alias("suggestion"),
    ).select(pl.col(name).cast(BAD_SCHEMA[name]) for name in BAD_COLUMNS)


def _doubts(
    kind: LedgerKind, column: Column, found: pl.DataFrame, rows: pl.DataFrame, rules: Persons
) -> list[pl.DataFrame]:
    """Return who is too young (rejected), too old and still a member, or of another sex than the sheet says."""
    nothing = pl.lit(None, pl.String)
    sex = rows["sex"] if "sex" in rows.columns else pl.Series([None], dtype=pl.String).new_from_index(0, len(rows))
    has_left = (
        rows["left_date"].is_not_null()
        if "left_date" in rows.columns
        else pl.Series([False]).new_from_index(0, len(rows))
    )
    judged = found.with_columns(sex.alias("given"), has_left.alias("has_left"))
    limit = pl.col("sex").replace_strict(dict(rules.age_limits), default=None, return_dtype=pl.Float64)
    young = pl.when(pl.col("age") < YOUNGEST).then(pl.lit("under_age")).otherwise(nothing)
    # Only a roster of members is cleared of the retired; a volunteer or a mediator may well be retired.
    is_member = ~pl.col("has_left") & pl.lit("joined_date" in kind.columns)
    old = pl.when((pl.col("age") >= limit) & is_member).then(pl.lit("over_age")).otherwise(nothing)
    differs = pl.when(pl.col("given") != pl.col("sex")).then(pl.lit("sex_differs")).otherwise(nothing)
    doubts = [
        _bad(column, judged.select(*PLACE, young.alias("code")), MASK, "reject"),
        _bad(column, judged.select(*PLACE, old.alias("code")), MASK),
    ]
    if "sex" in kind.columns:
        doubts.append(_bad(kind.columns["sex"], judged.select(*PLACE, differs.alias("code")), MASK))
    return doubts

"""Registration codes of organisations: normal form and check digits.

Three codes live side by side: the unified social credit code (GB 32100-2015, 18 characters), the
organisation code (GB 11714, 9 characters) and the registration number (GS 15-2006, 15 digits,
ISO 7064 MOD 11,10).
"""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from etl.values.cells import SCIENTIFIC

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WEIGHTS = np.array([pow(3, i, 31) for i in range(17)])
INNER_WEIGHTS = np.array([3, 7, 9, 10, 5, 8, 4, 2])
# Letters that the standard leaves out because they look like a digit.
LOOKALIKE = {"I": "1", "O": "0", "Z": "2", "S": "5"}
ID_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
ID_NUMBER = r"^\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$"
KINDS = {18: "uscc", 9: "org_code", 15: "reg_no"}


def _matrix(codes: pl.Series, length: int) -> NDArray[np.uint8]:
    """Return the codes as a matrix of bytes; every code must have `length` ASCII characters."""
    return np.frombuffer("".join(codes.to_list()).encode("ascii"), dtype=np.uint8).reshape(-1, length)


def _values(alphabet: str) -> NDArray[np.int64]:
    table = np.full(256, 0, dtype=np.int64)
    for value, letter in enumerate(alphabet):
        table[ord(letter)] = value
    return table


def uscc_is_valid(codes: pl.Series) -> pl.Series:
    """Return whether the 18th character and the organisation code's own check digit inside agree."""
    values = _values(ALPHABET)[_matrix(codes, 18)]
    outer = (31 - values[:, :17] @ WEIGHTS % 31) % 31 == values[:, 17]
    return pl.Series(outer)


def org_code_is_valid(codes: pl.Series) -> pl.Series:
    """Return whether the 9th character is right (weights 3 7 9 10 5 8 4 2, modulus 11)."""
    letters = _matrix(codes, 9)
    rest = (11 - _values(LETTERS)[letters[:, :8]] @ INNER_WEIGHTS % 11) % 11
    last = np.where(letters[:, 8] == ord("X"), 10, _values("0123456789")[letters[:, 8]])
    return pl.Series(rest == last)


def reg_no_is_valid(codes: pl.Series) -> pl.Series:
    """Return whether the 15th digit is right (ISO 7064 MOD 11,10)."""
    digits = _matrix(codes, 15).astype(np.int64) - ord("0")
    check = np.full(len(digits), 10)
    for place in range(14):
        total = (check + digits[:, place]) % 10
        check = np.where(total == 0, 10, total) * 2 % 11
    return pl.Series((check + digits[:, 14]) % 10 == 1)


def id_number_is_valid(codes: pl.Series) -> pl.Series:
    """Return whether texts shaped like a person's id number (GB 11643) bear its check digit."""
    letters = _matrix(codes, 18)
    expected = np.frombuffer(b"10X98765432", dtype=np.uint8)[(letters[:, :17] - ord("0")) @ ID_WEIGHTS % 11]
    return pl.Series(expected == letters[:, 17])


PATTERNS = {"uscc": f"^[{ALPHABET}]{{18}}$", "org_code": r"^[0-9A-Z]{8}[0-9X]$", "reg_no": r"^\d{15}$"}
VALID = {"uscc": uscc_is_valid, "org_code": org_code_is_valid, "reg_no": reg_no_is_valid}


def _checked(texts: pl.DataFrame, column: str) -> pl.DataFrame:
    """Add `kind` and `is_valid` for the codes in `column`; null where it is no code of any kind."""
    code = pl.col(column)
    kind = pl.coalesce(*(pl.when(code.str.contains(p)).then(pl.lit(k)) for k, p in PATTERNS.items()))
    parts = []
    for (name,), part in texts.with_columns(kind.alias("kind")).group_by("kind"):
        valid = VALID[str(name)](part.get_column(column)) if name else pl.Series([None] * len(part), dtype=pl.Boolean)
        parts.append(part.with_columns(valid.alias("is_valid")))
    return (
        pl.concat(parts)
        if parts
        else texts.with_columns(kind=pl.lit(None, pl.String), is_valid=pl.lit(None, pl.Boolean))
    )


def _without_persons(texts: pl.DataFrame) -> pl.DataFrame:
    """Forget id numbers of persons, which one-person businesses put here; nothing of them may be kept."""
    like = texts.filter(pl.col("raw").str.contains(ID_NUMBER) & ~pl.col("is_valid").fill_null(False)).get_column("raw")
    persons = like.filter(id_number_is_valid(like)) if len(like) else like
    is_person = pl.col("raw").is_in(persons.implode())
    return texts.with_columns(
        pl.when(is_person).then(pl.lit("personal_id")).otherwise("code").alias("code"),
        pl.when(~is_person).then("kind").alias("kind"),
    )


def parse_credit_codes(texts: pl.DataFrame) -> pl.DataFrame:
    """Read distinct texts as registration codes: adds `value`, `kind`, `suggestion`, sets `code`.

    A wrong check digit only warns. A letter that no unified code can hold (I O Z S) is read as the
    digit it looks like when the check digit then agrees; otherwise the code stays as written.
    """
    compact = pl.col("t").str.replace_all(r"[\p{P}\s]", "")
    read = compact
    for letter, digit in LOOKALIKE.items():
        read = read.str.replace_all(letter, digit, literal=True)
    # Only 18 characters: an organisation code may hold I, O, S and Z.
    read = pl.when(compact.str.len_chars() == 18).then(read).otherwise(compact)
    texts = texts.with_columns(compact.alias("raw"), read.alias("read"))
    texts = _checked(texts, "read")
    texts = _without_persons(texts)
    changed = pl.col("raw") != pl.col("read")
    is_valid = pl.col("is_valid").fill_null(False)
    return texts.with_columns(
        pl.when(changed & ~is_valid).then("raw").when(pl.col("kind").is_not_null()).then("read").alias("value"),
        pl.when(changed & is_valid).then("read").alias("suggestion"),
        pl.when(pl.col("code").is_not_null() | pl.col("t").is_null()).then(pl.col("code"))
        .when(pl.col("t").str.contains(SCIENTIFIC)).then(pl.lit("scientific"))
        .when(~pl.col("raw").str.len_chars().is_in(list(KINDS))).then(pl.lit("bad_length"))
        .when(pl.col("kind").is_null() | changed).then(pl.lit("bad_characters"))
        .when(~is_valid).then(pl.lit("check_digit"))
        .alias("code"),
    ).drop("raw", "read", "is_valid")  # fmt: skip

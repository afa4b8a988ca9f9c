"""Text of cells before it has a type: normal form, words for "nothing", what cannot be recovered."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

import polars as pl

from etl.values.reasons import all_reasons

# Words that say there is nothing to say; compared after `fold`, so 「/」「——」「N/A」 are covered too.
EMPTY = (
    "", "无", "暂无", "空", "缺", "不详", "未知", "不清楚", "不明", "待核", "待核实", "待定", "待查", "待补",
    "不适用", "未填", "未填报", "未提供", "NA", "NULL", "NONE", "NAN",
)  # fmt: skip
FORMULA_ERROR = r"^#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|#+)"
SCIENTIFIC = r"^\d(\.\d+)?E\+\d+$"
DITTO = r"^\s*(同上|〃|″|〞|“|”|\")\s*$"
PHONE = r"1[3-9]\d(?:[- ]?\d{4}){2}"
IDENTITY = r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
MASK = "***"  # what stands for a person's number
PERSONAL_NUMBER = rf"(?-u:\b)(?:{PHONE}|{IDENTITY})(?-u:\b)"
SHOWN = 40  # characters of a raw value that a reason repeats


# A text of these characters is its own normal form; most cells are, and need no slow step.
SIMPLE = r"^[\x{4e00}-\x{9fff}A-Z0-9\-.#、〔〕]+$"
LONGEST_EMPTY = 48  # bytes


def fold(text: pl.Expr) -> pl.Expr:
    """Return the form in which spellings are compared: NFKC, capitals, no spaces, no punctuation."""
    return text.str.normalize("NFKC").str.to_uppercase().str.replace_all(r"[\p{Z}\p{P}\p{Cc}\p{Cf}]", "")


def tidy(text: pl.Expr) -> pl.Expr:
    """Return a text as it is shown: trimmed, half-width letters, no blanks between Chinese characters."""
    plain = text.str.normalize("NFKC").str.replace_all(r"[\p{Cf}\p{Cc}\s]+", " ").str.strip_chars(" '`")
    for _pass in range(2):  # matches do not overlap, 「张 三 四」 needs two passes
        plain = plain.str.replace_all(r"(\p{Han})\s+(\p{Han})", "$1$2")
    wide = plain.str.replace_all("(", "（", literal=True).str.replace_all(")", "）", literal=True)
    return pl.when(plain.str.contains(r"\p{Han}")).then(wide).otherwise(plain)


def compact(text: pl.Expr) -> pl.Expr:
    """Return a text for reading: NFKC, capitals, no blanks, no apostrophe around."""
    plain = text.str.normalize("NFKC").str.to_uppercase()
    return plain.str.replace_all(r"[\s\p{Cf}]", "").str.strip_chars("'`")


def distinct(frame: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Return the distinct raw texts of each column: `column`, `text`, `t` (compact; null when empty), `code`."""
    each = [frame.select(pl.lit(name).alias("column"), pl.col(name).alias("text").unique()) for name in columns]
    texts = pl.concat(each).drop_nulls().with_columns(pl.col("text").str.contains(SIMPLE).alias("is_simple"))
    simple = texts.filter("is_simple").with_columns(pl.col("text").alias("t"))
    rest = texts.filter(~pl.col("is_simple")).with_columns(compact(pl.col("text")).alias("t"))
    texts = pl.concat([simple, rest])
    short = texts.filter(pl.col("t").str.len_bytes() <= LONGEST_EMPTY).select("t").unique()
    broken = short.filter(pl.col("t").str.contains(FORMULA_ERROR)).get_column("t")
    empty = short.filter(fold(pl.col("t")).is_in(EMPTY) & ~pl.col("t").is_in(broken.implode())).get_column("t")
    return texts.with_columns(
        pl.when(~pl.col("t").is_in(empty.implode())).then("t").alias("t"),
        pl.when(pl.col("t").is_in(broken.implode())).then(pl.lit("formula_error")).alias("code"),
    )


def ditto_columns(texts: pl.DataFrame) -> list[str]:
    """Return the columns in which a cell says 同上 or 〃."""
    maybe = texts.filter(~pl.col("is_simple") | (pl.col("text") == "同上"))
    return maybe.filter(pl.col("text").str.contains(DITTO)).get_column("column").unique().to_list()


def fill_ditto(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Repeat the previous row's text of the same sheet where a cell says 同上 or 〃."""
    text = pl.col(column)
    is_ditto = text.str.contains(DITTO)
    # An empty previous cell is repeated as empty, so blanks are marked before filling.
    above = pl.when(is_ditto).then(None).otherwise(text.fill_null("")).forward_fill().over("sheet_no")
    return frame.with_columns(pl.when(is_ditto).then(above).otherwise(text).alias(column))


def reasons() -> dict[str, str]:
    """Return the sentence of each machine code (reasons.csv); {title} and {value} are filled in by `reason`."""
    return {found.code: found.sentence for found in all_reasons().values()}


def masked(text: pl.Expr) -> pl.Expr:
    """Return a raw text as it may be shown: nothing of a cell with a person's phone or identity number.

    Beside a number stands the name that it belongs to.
    """
    return pl.when(text.str.contains(PERSONAL_NUMBER)).then(pl.lit(MASK)).otherwise(text)


def reason(codes: pl.Series) -> pl.Expr:
    """Return the sentence for columns `title`, `code`, `text`; a `why` from a code list goes first."""
    sentences = reasons()
    used = {code: sentences.get(code, _("{title}“{value}”无法使用")) for code in codes.unique()}
    short = masked(pl.col("text")).str.strip_chars().str.replace_all(r"\s+", " ")
    shown = pl.when(short.str.len_chars() > SHOWN).then(short.str.head(SHOWN) + "…").otherwise(short)
    template = pl.col("code").replace_strict(used, return_dtype=pl.String)
    sentence = pl.coalesce("why", template).str.replace_all("{title}", pl.col("title"), literal=True)
    return sentence.str.replace_all("{value}", shown.fill_null(""), literal=True)

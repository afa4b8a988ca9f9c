"""Dates as people write them, with their precision: day, month or year."""

from __future__ import annotations

import re

import polars as pl

SEPARATOR = r"[-./年]"
MONTH_END = r"[-./月]"
# In the order in which they are tried; the groups y, m, d that a pattern lacks are not known.
PATTERNS = (
    rf"^(?P<y>\d{{4}}|\d{{2}}){SEPARATOR}(?P<m>\d{{1,2}}){MONTH_END}(?P<d>\d{{1,2}})[日号]?$",
    r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})$",
    rf"^(?P<y>\d{{4}}){SEPARATOR}(?P<m>\d{{1,2}})(?:月|月份|月底|月末|月初|月上旬|月中旬|月下旬|月中)?$",
    r"^(?P<y>\d{4})(?P<m>\d{2})$",
    r"^(?P<y>\d{2})年(?P<m>\d{1,2})月(?:份|底|初)?$",
    r"^(?P<y>\d{4})(?:年|年度|年底|年初|年末|年中|年(?:上|下)半年|年第?[一二三四1-4]季度)?$",
)
AMERICAN = r"^(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4})$"
TIME = r"(?:[\sT]+\d{1,2}[:时点].*|\s*(?:上午|下午|早上|晚上|中午).*)$"
TIME_AFTER_DAY = r"([日号])\d{1,2}[:时点].*$"
SERIAL = r"^\d{5}(\.\d+)?$"
SERIALS = (18264, 73050)  # 1950-01-01 to 2099-12-31; a five-digit number outside is no date
YEARS = (1900, 2100)
PIVOT = 50  # 19.3.1 is 2019, 85.3.1 is 1985; flagged either way
HAN = str.maketrans("〇零一二三四五六七八九", "00123456789")


def _han_date(text: str) -> str:
    """Turn 二〇一九年十二月三十一日 into 2019年12月31日."""
    for tens, digit in (("三十", "3"), ("二十", "2"), ("十", "1")):
        # 二十 before a digit is 2, alone 20; a digit before 十 (二十) was taken by the longer word.
        text = re.sub(f"{tens}(?=[一二三四五六七八九])", digit, text).replace(tens, f"{digit}0")
    return text.translate(HAN)


def _prepared(texts: pl.DataFrame) -> pl.DataFrame:
    """Add `s`: no time of day, Chinese numerals as digits, American dates turned where only one reading is possible."""
    s = pl.col("text").str.normalize("NFKC").str.strip_chars("' \n\t\r").str.replace(TIME, "")
    texts = texts.with_columns(s.str.replace_all(r"[\s\p{Cf}]", "").str.replace(TIME_AFTER_DAY, "$1").alias("s"))
    han = pl.col("s").str.contains("[〇零一二三四五六七八九十]") & ~pl.col("s").str.contains("季度")
    table = {text: _han_date(text) for text in texts.filter(han).get_column("s").unique()}
    texts = texts.with_columns(pl.col("s").replace(table)) if table else texts
    parts = pl.col("s").str.extract_groups(AMERICAN).struct
    a, b = parts.field("a").cast(pl.Int32), parts.field("b").cast(pl.Int32)
    month_first = pl.format("{}-{}-{}", parts.field("y"), parts.field("a"), parts.field("b"))
    day_first = pl.format("{}-{}-{}", parts.field("y"), parts.field("b"), parts.field("a"))
    turned = pl.when((b > 12) | (a == b)).then(month_first).when(a > 12).then(day_first)
    return texts.with_columns(pl.coalesce(turned, "s").alias("s"))


def _parts(texts: pl.DataFrame) -> pl.DataFrame:
    """Add `y`, `m`, `d` of the first pattern that fits; a two-digit year is completed and marked `is_short`."""
    found: dict[str, list[pl.Expr]] = {"y": [], "m": [], "d": []}
    for pattern in PATTERNS:
        groups = pl.col("s").str.extract_groups(pattern).struct
        for name, values in found.items():
            if f"<{name}>" in pattern:
                values.append(groups.field(name).cast(pl.Int32, strict=False))
    texts = texts.with_columns(pl.coalesce(values).alias(name) for name, values in found.items())
    y = pl.col("y")
    century = pl.when(y >= 100).then(0).when(y < PIVOT).then(2000).otherwise(1900)
    texts = texts.with_columns((y < 100).fill_null(False).alias("is_short"), (y + century).alias("y"))
    return texts.with_columns(pl.when(pl.col("y").is_between(*YEARS)).then("y").alias("y"))


def _serial() -> pl.Expr:
    """Return the date of an Excel serial number (43525), null where the text is none."""
    number = pl.when(pl.col("t").str.contains(SERIAL)).then(pl.col("t").cast(pl.Float64, strict=False))
    days = pl.when(number.is_between(*SERIALS)).then(number.floor().cast(pl.Int64))
    return pl.date(1899, 12, 30) + pl.duration(days=days)


def _slow(texts: pl.DataFrame) -> pl.DataFrame:
    """Read everything that is not an ISO date."""
    texts = _parts(_prepared(texts))
    text = pl.format("{}-{}-{}", "y", pl.col("m").fill_null(1), pl.col("d").fill_null(1))
    texts = texts.with_columns(_serial().alias("serial"), text.str.to_date("%Y-%-m-%-d", strict=False).alias("date"))
    precision = (
        pl.when(pl.col("serial").is_not_null() | pl.col("d").is_not_null()).then(pl.lit("day"))
        .when(pl.col("m").is_not_null()).then(pl.lit("month")).otherwise(pl.lit("year"))
    )  # fmt: skip
    texts = texts.with_columns(pl.coalesce("serial", "date").alias("value"))
    has_value = pl.col("value").is_not_null()
    code = (
        pl.when(pl.col("code").is_not_null() | pl.col("t").is_null()).then(pl.col("code"))
        .when(~has_value & pl.col("s").str.contains(AMERICAN)).then(pl.lit("ambiguous_date"))
        .when(~has_value & pl.col("y").is_not_null()).then(pl.lit("impossible_date"))
        .when(~has_value).then(pl.lit("bad_date"))
        .when(pl.col("is_short")).then(pl.lit("two_digit_year"))
        .when(precision == "year").then(pl.lit("date_precision"))
    )  # fmt: skip
    return texts.with_columns(pl.when(has_value).then(precision).alias("precision"), code.alias("code"))


def parse_dates(texts: pl.DataFrame) -> pl.DataFrame:
    """Read distinct texts (`text`, `t`, `code`) as dates: adds `value`, `precision`, sets `code`.

    A month without a day is its first day with precision `month`; a bare year is 1 January with
    precision `year`, which no month may count. `two_digit_year` and `date_precision` keep the value.
    """
    texts = texts.with_columns(
        pl.when(pl.col("t").str.contains(r"^\d{4}-\d{2}-\d{2}"))
        .then(pl.col("t").str.head(10).str.to_date("%Y-%m-%d", strict=False))
        .alias("value")
    )
    iso = (
        pl.col("t").str.contains(r"^\d{4}-\d{2}-\d{2}(T?\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$")
        & pl.col("value").is_not_null()
    )
    iso = (iso & pl.col("value").dt.year().is_between(*YEARS)).fill_null(False)
    fast = texts.filter(iso).with_columns(pl.lit("day").alias("precision"))
    return pl.concat([fast, _slow(texts.filter(~iso).drop("value")).select(fast.columns)])


def is_ambiguous_number(text: pl.Expr) -> pl.Expr:
    """Return whether a *number* cell such as 2017.1 may stand for January or October."""
    return text.str.contains(r"^\d{4}\.10*$")

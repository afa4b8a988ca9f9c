"""Dates as people write them, with their precision: day, month or year."""

from __future__ import annotations

import polars as pl

SEPARATOR = r"[-./年]"
MONTH_END = r"[-./月]"
ISO = r"^\d{4}-\d{2}-\d{2}$"
DAY = rf"^(?P<y>\d{{4}}|\d{{2}}){SEPARATOR}(?P<m>\d{{1,2}}){MONTH_END}(?P<d>\d{{1,2}})[日号]?$"
MONTH = rf"^(?P<y>\d{{4}}){SEPARATOR}(?P<m>\d{{1,2}})(?:月|月份|月底|月末|月初|月上旬|月中旬|月下旬|月中)?$"
MONTH_SHORT = r"^(?P<y>\d{2})年(?P<m>\d{1,2})月(?:份|底|初)?$"
DIGITS8 = r"^(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})$"
DIGITS6 = r"^(?P<y>\d{4})(?P<m>\d{2})$"
YEAR = r"^(?P<y>\d{4})(?:年|年度|年底|年初|年末|年中|年(?:上|下)半年|年第?[一二三四1-4]季度)?$"
US = r"^(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4})$"
TIME = r"(?:T|日|号)?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$|(上午|下午|早上|晚上|中午).*$|\d{1,2}[时点].*$"
SERIAL = r"^\d{5}(\.\d+)?$"
SERIALS = (18264, 73050)  # 1950-01-01 to 2099-12-31; a five-digit number outside is no date
YEARS = (1900, 2100)
PIVOT = 50  # 19.3.1 is 2019, 85.3.1 is 1985; flagged either way
HAN = str.maketrans("〇零一二三四五六七八九", "00123456789")


def _han_date(text: str) -> str:
    """Turn 二〇一九年十二月三十一日 into 2019年12月31日."""
    out = text
    for tens, digit in (("三十", "3"), ("二十", "2"), ("十", "1")):
        head, found, tail = out.partition(tens)
        while found:
            follows = tail[:1] in "一二三四五六七八九" and tail[:1] != ""
            out = head + digit + ("" if follows else "0") + tail
            head, found, tail = out.partition(tens)
    return out.translate(HAN)


def _prepared(texts: pl.DataFrame) -> pl.DataFrame:
    """Add `s`: Chinese numerals as digits, the time of day cut off."""
    han = pl.col("t").str.contains("[〇零一二三四五六七八九十]") & ~pl.col("t").str.contains("季度")
    few = texts.filter(han).get_column("t").unique()
    table = {text: _han_date(text) for text in few}
    s = pl.col("t").replace(table) if table else pl.col("t")
    # Blanks are already gone, so 2019-03-0115:30 needs the day's two digits kept before the time.
    dated = s.str.replace(r"^(\d{4}[-/.]\d{2}[-/.]\d{2})(?:T?\d{1,2}:\d{2}.*)$", "$1")
    dated = dated.str.replace(r"^(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}[日号])\D*\d{0,2}[:时点]?.*$", "$1")
    dated = dated.str.replace(r"^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:上午|下午|早上|晚上|中午).*$", "$1")
    return texts.with_columns(dated.alias("s"))


def _number(pattern: str, name: str) -> pl.Expr:
    return pl.col("s").str.extract_groups(pattern).struct.field(name).cast(pl.Int32, strict=False)


def _parts(texts: pl.DataFrame) -> pl.DataFrame:
    """Add year, month, day of the first pattern that fits."""
    a, b = _number(US, "a"), _number(US, "b")
    month_first, day_first = b > 12, a > 12
    return texts.with_columns(
        pl.coalesce(*(_number(p, "y") for p in (DAY, DIGITS8, MONTH, DIGITS6, MONTH_SHORT, YEAR, US))).alias("y"),
        pl.coalesce(
            *(_number(p, "m") for p in (DAY, DIGITS8, MONTH, DIGITS6, MONTH_SHORT)),
            pl.when(month_first).then(a).when(day_first).then(b).when(a == b).then(a),
        ).alias("m"),
        pl.coalesce(
            _number(DAY, "d"),
            _number(DIGITS8, "d"),
            pl.when(month_first).then(b).when(day_first).then(a).when(a == b).then(a),
        ).alias("d"),
        (pl.col("s").str.contains(US) & ~(month_first | day_first | (a == b))).fill_null(False).alias("is_us"),
        pl.col("s").str.contains(rf"^\d{{2}}{SEPARATOR}").alias("is_short"),
    )


def _slow(texts: pl.DataFrame) -> pl.DataFrame:
    """Read everything that is not an ISO date."""
    texts = _parts(_prepared(texts))
    year = (
        pl.when(~pl.col("is_short"))
        .then("y")
        .when(pl.col("y") < PIVOT)
        .then(pl.col("y") + 2000)
        .otherwise(pl.col("y") + 1900)
    )
    texts = texts.with_columns(pl.when(year.is_between(*YEARS)).then(year).alias("y"))
    month_valid = pl.col("m").is_between(1, 12)
    texts = texts.with_columns(
        pl.when(
            pl.col("m").is_not_null()
            & pl.col("y").is_not_null()
            & month_valid
            & pl.col("d").is_between(1, 31).fill_null(True)
        )
        .then(pl.format("{}-{}-{}", "y", "m", pl.col("d").fill_null(1)).str.to_date("%Y-%-m-%-d", strict=False))
        .when(pl.col("m").is_null() & pl.col("y").is_not_null() & ~pl.col("is_us"))
        .then(pl.date(pl.col("y"), 1, 1))
        .alias("value")
    )
    serial = pl.when(pl.col("t").str.contains(SERIAL)).then(pl.col("t").cast(pl.Float64, strict=False))
    from_serial = pl.date(1899, 12, 30) + pl.duration(days=serial.floor().cast(pl.Int64))
    value = pl.when(serial.is_between(*SERIALS)).then(from_serial).otherwise("value")
    precision = (
        pl.when(serial.is_not_null() | pl.col("d").is_not_null()).then(pl.lit("day"))
        .when(pl.col("m").is_not_null()).then(pl.lit("month")).otherwise(pl.lit("year"))
    )  # fmt: skip
    has_value = value.is_not_null()
    code = (
        pl.when(pl.col("code").is_not_null() | pl.col("t").is_null()).then(pl.col("code"))
        .when(pl.col("is_us")).then(pl.lit("ambiguous_date"))
        .when(~has_value & pl.col("y").is_not_null()).then(pl.lit("impossible_date"))
        .when(~has_value).then(pl.lit("bad_date"))
        .when(pl.col("is_short")).then(pl.lit("two_digit_year"))
        .when(precision == "year").then(pl.lit("date_precision"))
    )  # fmt: skip
    return texts.with_columns(
        value.alias("value"), pl.when(has_value).then(precision).alias("precision"), code.alias("code")
    )


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

"""What a yearly target says: 95%, 不少于4次, 200家以上, 10万人次, 全覆盖; and 95 under a share means 95%."""

from __future__ import annotations

import re
import unicodedata

import polars as pl

from etl.indicators import LIST, indicators
from etl.ledger import LedgerKind
from etl.values.cells import masked, reasons
from etl.values.columns import BAD_SCHEMA, PLACE

TARGET, UNIT, COMMUNITY, INDICATOR = "target", "target_unit", "community", "indicator"
# A target is itself a bound: 「不少于4次」 and 「95%以上」 ask for 4 and for 95 %.
BOUND = re.compile(
    r"不少于|不低于|不小于|至少|不超过|不高于|不多于|控制在|以上|以下|以内|之内|及以上|力争|达到|达|完成|新增|[≥≤><＞＜]=?"
)
WORDS = re.compile(r"(?:人次|场次|次|项|场|份|条|宗|起|件|小时|学时|课时|平方米|平米|M2|支|期|对|篇|元整)$")
PERCENT = re.compile(r"(-?\d+(?:\.\d+)?)%")
WHOLE = ("全覆盖", "全部", "应建尽建", "应签尽签")  # all of them, of a share
SHARE_MOST = 1.5  # a share that nobody marked with %: above it it is per cent (120% may be written 1.2)
SAID_MOST = 1.0  # where the header or the row says %: a spreadsheet's own 95 % arrives as 0.95
STREET = re.compile(
    r"^(?:全街道?|本街道?|街道|.{2,6}街道(?:办事处|办|总工会)?|街道(?:本级|总工会|合计)|全区域|总工会)$"
)
TEN_THOUSAND = ("万元", "万")


def is_of_targets(kind: LedgerKind) -> bool:
    """Return whether a ledger sets targets for metrics."""
    return INDICATOR in kind.columns and kind.columns[INDICATOR].codes == LIST


def _plain(text: str) -> str:
    said = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    said = WORDS.sub("", BOUND.sub("", said))
    if said in WHOLE:
        return "100%"
    return said or text


def _number(text: str) -> str:
    """Return a target's text as a number's: 约95% as 约0.95."""
    return PERCENT.sub(lambda found: f"{float(found[1]) / 100:.6g}", _plain(text))


def _mapped(frame: pl.DataFrame, column: str, table: dict[str, str | None]) -> pl.DataFrame:
    changed = {old: new for old, new in table.items() if old != new}
    if not changed:
        return frame
    return frame.with_columns(pl.col(column).replace_strict(changed, default=pl.col(column), return_dtype=pl.String))


def read_targets(frame: pl.DataFrame, units: pl.DataFrame | None) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """Return the rows with plain numbers as targets and no community where the street itself is meant.

    A header's unit of per cent, or of several things at once, converts nothing: each row's indicator says what it is.
    """
    texts = _column(frame, TARGET).drop_nulls().unique().to_list()
    frame = _mapped(frame, TARGET, {text: _number(text) for text in texts})
    places = _column(frame, COMMUNITY).drop_nulls().unique().to_list()
    frame = _mapped(frame, COMMUNITY, {text: None for text in places if STREET.match(re.sub(r"\s", "", text))})
    if units is not None and len(units):
        units = units.filter((pl.col("column") != TARGET) | ~pl.col("unit").str.contains(r"[%％/、]"))
    return frame, units


def as_measured(
    rows: pl.DataFrame, written: pl.DataFrame, units: pl.DataFrame | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the typed rows with every target in its indicator's own measure, and the cells that cannot be.

    `written` is what stood in the file: a share that is said without % is read as per cent above `SHARE_MOST`, a sum
    of money takes the row's 万元, a count must be whole.
    """
    found = _with_facts(rows, written, units)
    percent, money, odd = _judged(rows)
    guessed = percent & ~pl.col("_says_share")
    found = found.with_columns(odd.alias("_odd"), guessed.alias("_guessed"))
    # A rate of its own budget may pass 100 %, most cannot: 120 % is said, not changed.
    value = pl.when(percent).then(pl.col(TARGET) / 100).when(money).then(pl.col(TARGET) * 10_000).otherwise(TARGET)
    found = found.with_columns((pl.col("is_share") & (value > 1)).fill_null(False).alias("_above"))
    said = (
        ("_odd", "bad_integer", "reject"),
        ("_guessed", "read_as_percent", "warning"),
        ("_above", "above_whole", "warning"),
    )
    bad = pl.concat([_bad(found, *one) for one in said])
    return found.with_columns(pl.when(~pl.col("_odd")).then(value).alias(TARGET)).select(rows.columns), bad


def _with_facts(rows: pl.DataFrame, written: pl.DataFrame, units: pl.DataFrame | None) -> pl.DataFrame:
    """Add what the indicator is (`is_share`, `is_whole`), the text as it was written, and whether it is said to be per cent."""
    facts = [(one.id, one.is_share, one.is_whole) for one in indicators().values()]
    schema = {INDICATOR: pl.String, "is_share": pl.Boolean, "is_whole": pl.Boolean}
    found = rows.join(pl.DataFrame(facts, schema=schema, orient="row"), on=INDICATOR, how="left", maintain_order="left")
    text = _column(written, TARGET).str.normalize("NFKC").fill_null("")
    return found.with_columns(text.alias("_text"), _says_share(written, units).alias("_says_share"))


def _judged(rows: pl.DataFrame) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Return whether a target stands in per cent, in ten thousand yuan, and whether it is none of its indicator's."""
    marked = pl.col("_text").str.contains("|".join(("%", *WHOLE)))
    most = pl.when("_says_share").then(SAID_MOST).otherwise(SHARE_MOST)
    percent = pl.col("is_share") & ~marked & (pl.col(TARGET) > most)
    unit = pl.col(UNIT) if UNIT in rows.columns else pl.lit(None, pl.String)
    is_bare = ~pl.col("_text").str.contains("[万元]")
    money = pl.col(INDICATOR).str.ends_with("_yuan") & unit.is_in(TEN_THOUSAND) & is_bare
    odd = pl.col("is_whole") & ((pl.col(TARGET) != pl.col(TARGET).round(0)) | marked)
    return percent.fill_null(False), money.fill_null(False), odd.fill_null(False)


def _column(frame: pl.DataFrame, name: str) -> pl.Series:
    return frame.get_column(name) if name in frame.columns else pl.Series(name, [None] * len(frame), pl.String)


def _says_share(written: pl.DataFrame, units: pl.DataFrame | None) -> pl.Series:
    """Return of each row whether its own unit or its sheet's header says per cent."""
    sheets: list[int] = []
    if units is not None and len(units):
        said = units.filter((pl.col("column") == TARGET) & pl.col("unit").str.contains("[%％]"))
        sheets = said.get_column("sheet_no").to_list()
    own = _column(written, UNIT).str.contains("[%％]").fill_null(False)
    return own | written.get_column("sheet_no").is_in(sheets)


def _bad(found: pl.DataFrame, which: str, code: str, severity: str) -> pl.DataFrame:
    rows = found.filter(which)
    if not len(rows):
        return pl.DataFrame(schema=BAD_SCHEMA)
    sentence = reasons()[code].format(title="任务数", value="{}")
    return rows.select(
        *PLACE,
        pl.lit(TARGET).alias("column"),
        pl.lit(code).alias("code"),
        pl.format(sentence, masked(pl.col("_text"))).alias("reason"),
        masked(pl.col("_text")).alias("value"),
        pl.lit(severity).alias("severity"),
        pl.lit(None, pl.String).alias("suggestion"),
    )

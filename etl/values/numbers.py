"""Numbers as people write them: 约200人, 1.2万, 二百, 200-300, 35.45万元."""

from __future__ import annotations

import re

import polars as pl

from etl.values.cells import SCIENTIFIC

PLAIN = r"^-?\d+(\.\d+)?$"
APPROXIMATE = r"约|大概|大致|左右|上下|将近|接近|近\d|余|多|≈|^~|估|\d来(人|名|个|家|$)"
LOWER = r"不少于|不低于|不小于|至少|以上|≥|>|超|大于|高于|\+$"
NOT_LOWER = r"不超过"
UPPER = r"以下|以内|≤|<|不足|不到|不超过|至多|最多|[^不](少于|低于|小于)|^(少于|低于|小于)|未满"
HAN_DIGITS = (
    r"[零〇一二两三四五六七八九十百千万亿\d.]*[零〇一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千万亿\d.]*"
)
HAN_VALUES = {**{c: n for n, c in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
HAN_UNITS = {"十": 10.0, "百": 100.0, "千": 1e3, "万": 1e4, "亿": 1e8}
NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
GROUPS = r"^\D*\d{1,3}(?:\s\d{3})+(?:\.\d+)?\D*$"  # 1 234; any other blank between digits parts two numbers
SCALE = r"百万|千万|万|千|百|亿|K|W"
# unit → (dimension, factor to the dimension's base)
UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("元", "圆", "块", "块钱", "元整", "RMB"), ("money", 1.0)),
    "角": ("money", 0.1), "千元": ("money", 1e3), "万元": ("money", 1e4), "百万元": ("money", 1e6), "亿元": ("money", 1e8),
    **dict.fromkeys(("人", "名", "位", "个", "家", "户", "宗", "起", "件", "口", "个人", "处", "间", "项"), ("count", 1.0)),
    "千人": ("count", 1e3), "万人": ("count", 1e4), "人次": ("visits", 1.0), "万人次": ("visits", 1e4), "万": ("any", 1e4), "千": ("any", 1e3), "亿": ("any", 1e8),
    **dict.fromkeys(("学时", "课时"), ("hours", 1.0)),
    **dict.fromkeys(("平方公里", "平方千米", "KM2"), ("area", 1e6)),
    **dict.fromkeys(("平方米", "平米", "平方", "M2"), ("area", 1.0)),
    "公顷": ("area", 1e4), "亩": ("area", 2000 / 3),
}  # fmt: skip
SCALES = {"百": 1e2, "千": 1e3, "K": 1e3, "万": 1e4, "W": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8}
_CELL_UNITS = "|".join(sorted((u for u in UNITS if u[0] not in "万千亿百"), key=len, reverse=True))
SIGN = r"^(?:约|大约|共|共计|合计|总计|计)*(?:¥|人民币|RMB)"  # a currency sign says yuan, whatever the header's unit
PER_LINE = r"^(?:每条)?(.*元)(?:/|每)条$|^每条(.*元)$"  # a reward of 500元/条 stands in the line of one report: 500元
_WORDS = r"约|大约|大概|大致|估计|将近|接近|近|共|共计|合计|总计|计|有|≈|~|¥|人民币|RMB"
CORE = (
    rf"^(?:{_WORDS})*(?P<number>{NUMBER})(?:余|多|来)?(?P<scale>{SCALE})?(?:余|多|来)?"
    rf"(?P<unit>{_CELL_UNITS})?(?:整|左右|上下|多|余)?$"
)
RANGE = rf"^(?:约|大约)?{NUMBER}(?:{SCALE})?(?:{_CELL_UNITS})?(?:-|--|~|—|–|―|至|到|∼|〜){NUMBER}(?:{SCALE})?(?:{_CELL_UNITS})?(?:左右)?$"


def unit_factor(unit: str | None, target: str | None) -> float | None:
    """Return what a bare number of a column in `unit` is multiplied by to be in `target`; None when unknown."""
    if not unit:
        return 1.0
    dimension, factor = UNITS.get(_key(unit), (None, 1.0))
    wanted, base = UNITS.get(_key(target or ""), ("any", 1.0))
    if dimension is None or (wanted != dimension and "any" not in (wanted, dimension)):
        return None
    return factor / base


def _key(unit: str) -> str:
    return unit.strip().upper().removesuffix("/条").replace("²", "2").replace("㎡", "M2").replace("㎢", "KM2")


def han_number(text: str) -> float | None:
    """Return the value of a Chinese or mixed numeral (二百五, 1万2千, 二〇一八); None where it is none.

    Own code, because importing cn2an takes longer than cleaning the sample; a test holds them together.
    """
    parts = re.findall(r"\d+(?:\.\d+)?|.", text)
    if len(parts) > 2 and all(part in HAN_VALUES for part in parts):  # 二〇〇; but 三五 means three to five
        return float("".join(str(HAN_VALUES[part]) for part in parts))
    total = section = 0.0
    digit: float | None = None
    unit = 1.0  # of the digit before: 二百五 is 250, 二百零五 is 205
    for part in parts:
        if part in "零〇":
            unit = 10.0
        elif (value := _digit(part)) is not None:
            if digit is not None:
                return None
            digit = value
        elif part in ("万", "亿"):
            unit = HAN_UNITS[part]
            section += digit or 0.0
            if total + section == 0:
                return None
            total = (total + section) * unit if part == "亿" else total + section * unit
            section, digit = 0.0, None
        elif part in HAN_UNITS:
            unit = HAN_UNITS[part]
            section += (1.0 if digit is None else digit) * unit
            digit = None
        else:
            return None
    return total + section + (digit or 0.0) * (unit / 10 if unit > 10 else 1.0)


def _digit(part: str) -> float | None:
    return float(HAN_VALUES[part]) if part in HAN_VALUES else float(part) if part[0].isdecimal() else None


def _digits(text: str) -> str:
    value = han_number(text)
    return text if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def _han_to_digits(texts: pl.DataFrame) -> pl.DataFrame:
    """Replace Chinese numerals inside `s` by digits; a Python step over the few texts that hold one."""
    few = texts.filter(pl.col("s").str.contains(HAN_DIGITS)).get_column("s").unique()
    table = {text: re.sub(HAN_DIGITS, lambda run: _digits(run[0]), text) for text in few}
    return texts.with_columns(pl.col("s").replace(table)) if table else texts


def _words(texts: pl.DataFrame) -> pl.DataFrame:
    """Read the texts that are not plain digits: `value`, `qualifier`, `has_unit`, `code`."""
    note = r"\([^()0-9]*\)$"  # 120(含劳务派遣): a note without digits does not change the number
    s = pl.col("t").str.replace_all(note, "").str.replace_all(r"[`‘’]", "").str.replace("KM2", "平方公里")
    s = s.str.replace(PER_LINE, "$1$2")
    texts = texts.with_columns(s.alias("s"))
    # 「百」「千」 after a digit are scales; only texts that CORE cannot read are tried as Chinese numerals.
    plain = texts.filter(pl.col("s").str.contains(CORE))
    rest = texts.filter(~pl.col("s").str.contains(CORE))
    texts = pl.concat([plain, _han_to_digits(rest)]) if len(rest) else plain
    upper = pl.col("s").str.contains(UPPER)
    lower = pl.col("s").str.contains(LOWER) & ~pl.col("s").str.contains(NOT_LOWER)
    core = pl.col("s").str.extract_groups(CORE)
    number = core.struct.field("number").str.replace_all(",", "").cast(pl.Float64, strict=False)
    scale = core.struct.field("scale").replace_strict(SCALES, default=1.0, return_dtype=pl.Float64)
    factors = {unit: factor for unit, (_dimension, factor) in UNITS.items()}
    unit = core.struct.field("unit").replace_strict(factors, default=None, return_dtype=pl.Float64) / pl.col("base")
    in_yuan = unit.is_null() & (pl.col("dimension") == "money") & pl.col("s").str.contains(SIGN)
    unit = pl.when(in_yuan).then(1.0 / pl.col("base")).otherwise(unit)
    dimensions = {unit: dimension for unit, (dimension, _factor) in UNITS.items()}
    dimension = core.struct.field("unit").replace_strict(dimensions, default="any", return_dtype=pl.String)
    fits = (dimension == "any") | (pl.col("dimension") == "any") | (dimension == pl.col("dimension"))
    return texts.with_columns(
        pl.when(~upper & ~lower & fits).then(number * scale * unit.fill_null(1.0)).alias("value"),
        (core.struct.field("scale").is_not_null() | unit.is_not_null()).fill_null(False).alias("has_unit"),
        pl.when(pl.col("s").str.contains(RANGE)).then(pl.lit("range"))
        .when(upper).then(pl.lit("upper")).when(lower).then(pl.lit("lower"))
        .when(number.is_null()).then(None)
        .when(pl.col("t").str.contains(APPROXIMATE)).then(pl.lit("approx"))
        .otherwise(pl.lit("exact")).alias("qualifier"),
    )  # fmt: skip


def unit_base(target: str | None, default: str = "any") -> tuple[str, float]:
    """Return the dimension of a column's own unit and its factor to the base (万元: money, 10000)."""
    return UNITS.get(_key(target or ""), (default, 1.0))


def parse_numbers(texts: pl.DataFrame) -> pl.DataFrame:
    """Read distinct texts (`text`, `t`, `code`, `bad_code`, and `dimension`, `base` of the column's unit) as numbers.

    Adds `value` (Float64), `qualifier` (exact, approx, range, lower, upper), `has_unit` (the cell
    names its own unit or scale) and sets `code` where the text is no usable number.
    """
    apart = pl.col("text").str.contains(r"\d\s+\d") & ~pl.col("text").str.contains(GROUPS)
    texts = texts.with_columns(pl.when(apart).then(pl.coalesce("code", "bad_code")).otherwise("code").alias("code"))
    usable = pl.col("t").is_not_null() & pl.col("code").is_null()
    texts = texts.with_columns((usable & pl.col("t").str.contains(PLAIN)).fill_null(False).alias("is_plain"))
    fast = texts.filter("is_plain").with_columns(
        pl.col("t").cast(pl.Float64, strict=False).alias("value"),
        pl.lit("exact").alias("qualifier"),
        pl.lit(False).alias("has_unit"),
    )
    slow = _words(texts.filter(~pl.col("is_plain")))
    code = (
        pl.when(pl.col("code").is_not_null() | pl.col("t").is_null()).then(pl.col("code"))
        .when(pl.col("t").str.contains(SCIENTIFIC)).then(pl.lit("scientific"))
        .when(pl.col("qualifier") == "range").then(pl.lit("range"))
        .when(pl.col("qualifier").is_in(["lower", "upper"])).then(pl.lit("bound"))
        .when(pl.col("value").is_null()).then(pl.col("bad_code"))
    )  # fmt: skip
    return pl.concat([fast, slow.with_columns(code.alias("code")).select(fast.columns)])

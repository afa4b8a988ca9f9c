"""Cells that must be one (or several) of a code list: codes, booleans, communities, parks."""

from __future__ import annotations

import re
import unicodedata
from gettext import gettext as _

import polars as pl

from etl.codelist import CodeLists
from etl.values.cells import fold

# The stronger separators split first: 奖金、提成；加班 is two causes, 奖金、提成 one.
SEPARATORS = (r"[;；\n|+]+", r"[,，]+", r"[、]+", r"[/／\\]+|(?:以及|和|及|与)", r"[()（）\s]+")
NEAREST = 3
SUGGESTED = 200  # distinct unknown spellings that get a suggestion; more mean a wrong column
STREET = r"^.*?(?:街道办事处|街道办|街道|镇)"
OFFICE = r"(?:居民委员会|居委会|居委|工作站|党群服务中心|工会联合会|工联会|总工会|工会|党委|社区党委)$"


def parse_codes(texts: pl.DataFrame, codes: CodeLists) -> pl.DataFrame:
    """Read distinct texts (`list`, `text`, `t`, `code`): adds `value`, `why`, `suggestion`, sets `code`."""
    return _suggest(_found(texts, codes), codes)


def _found(texts: pl.DataFrame, codes: CodeLists) -> pl.DataFrame:
    """Look the spellings up; `why` says what is wrong with a known unusable one."""
    lookup = codes.lookup(texts.get_column("list").unique().to_list())
    found = texts.with_columns(fold(pl.col("text")).alias("folded")).join(lookup, on=["list", "folded"], how="left")
    rest = found.filter(pl.col("kind").is_null() & pl.col("t").is_not_null())
    if len(rest):
        again = _by_beginning(_without_office(rest, lookup), codes)
        found = pl.concat([found.filter(pl.col("kind").is_not_null() | pl.col("t").is_null()), again])
    unusable = pl.col("kind") == "unusable"
    code = (
        pl.when(pl.col("code").is_not_null()).then(pl.col("code"))
        .when(unusable).then(pl.lit("unusable_code"))
        .when(pl.col("kind").is_null() & pl.col("t").is_not_null()).then(pl.lit("unknown_code"))
    )  # fmt: skip
    why = pl.when(unusable).then("title").alias("why")
    return found.with_columns(code.alias("code"), why).drop("kind", "title", "folded")


def _without_office(rest: pl.DataFrame, lookup: pl.DataFrame) -> pl.DataFrame:
    """Try communities again without the street before and the office after: 坂田街道南坑社区居委会 is 南坑."""
    place = pl.col("text").str.normalize("NFKC").str.replace_all(r"\s", "")
    place = place.str.replace(STREET, "").str.replace(OFFICE, "")
    folded = pl.when(pl.col("list") == "community").then(fold(place)).otherwise("folded")
    again = rest.drop("value", "kind", "title").with_columns(folded.alias("folded"))
    # Nothing left (the cell names the street alone) must not fall on an empty spelling.
    lookup = lookup.filter(pl.col("folded") != "")
    return again.join(lookup, on=["list", "folded"], how="left").select(rest.columns)


def _by_beginning(rest: pl.DataFrame, codes: CodeLists) -> pl.DataFrame:
    """Code what starts with a listed beginning (C3911 电子计算机 with C39*); Python over the unknown texts."""
    beginnings = {name: codes.beginnings(name) for name in rest.get_column("list").unique()}
    if not any(beginnings.values()):
        return rest
    pairs = rest.select("list", "folded").iter_rows()
    value = [next((code for start, code in beginnings[name] if text.startswith(start)), None) for name, text in pairs]
    found = pl.Series("found", value, dtype=pl.String)
    fits = found.is_not_null() & rest.get_column("kind").is_null()
    return rest.with_columns(
        pl.when(fits).then(found).otherwise("value").alias("value"),
        pl.when(fits).then(pl.lit("misspelling")).otherwise("kind").alias("kind"),
    )


def _suggest(found: pl.DataFrame, codes: CodeLists) -> pl.DataFrame:
    """Add `suggestion`: the nearest titles for unknown spellings, joined by 、."""
    unknown = found.filter(pl.col("code") == "unknown_code").select("list", "text").head(SUGGESTED)
    rows = []
    for name, text in unknown.iter_rows():
        rows.append((name, text, "、".join(_nearest(text, [title for _code, title in codes.titles(name)])) or None))
    schema = {"list": pl.String, "text": pl.String, "suggestion": pl.String}
    table = pl.DataFrame(rows, schema=schema, orient="row").unique(["list", "text"])
    return found.join(table, on=["list", "text"], how="left")


def _nearest(text: str, titles: list[str]) -> list[str]:
    """Return the titles that a misspelling may mean, the nearest first: none, one, or a few equally near."""
    from rapidfuzz import fuzz, process  # late: most ledgers spell everything right

    found = process.extract(text, titles, scorer=fuzz.ratio, limit=NEAREST, score_cutoff=50)
    return [title for title, score, _place in found if score >= found[0][1] - 10]


def parse_many_codes(texts: pl.DataFrame, codes: CodeLists) -> pl.DataFrame:
    """Read distinct texts as lists of codes: `value` is List(String), the main code first.

    Whole cells are looked up first; only the rest is split, in Python, over its distinct texts. When
    the first part is unknown the list begins with null: no other cause is promoted to the main one.
    """
    whole = _found(texts, codes)
    is_unknown = (pl.col("code") == "unknown_code").fill_null(False)
    one = pl.when(pl.col("value").is_not_null()).then(pl.concat_list("value"))
    alone = whole.filter(~is_unknown).with_columns(one.alias("value"))
    return _suggest(pl.concat([alone, _split_all(whole.filter(is_unknown), codes)]), codes)


def _split_all(rest: pl.DataFrame, codes: CodeLists) -> pl.DataFrame:
    known: dict[str, dict[str, str | None]] = {}
    for name in rest.get_column("list").unique():
        known[name] = dict(codes.lookup([name]).select("folded", "value").iter_rows())
    split = [_split(text, known[name]) for name, text in rest.select("list", "text").iter_rows()]
    values = [list(dict.fromkeys(code for code, _part in parts)) for parts in split]
    unknown = ["、".join(part for code, part in parts if code is None) for parts in split]
    why = _("“{parts}”不在代码表中，其余已读取")
    partly = [
        why.format(parts=parts) if parts and any(value) else None for parts, value in zip(unknown, values, strict=True)
    ]
    return rest.with_columns(
        pl.Series("value", [value if any(value) else None for value in values], dtype=pl.List(pl.String)),
        pl.Series("code", ["unknown_code" if parts else None for parts in unknown], dtype=pl.String),
        pl.Series("why", partly, dtype=pl.String),
    )


def fold_text(text: str) -> str:
    """Return one text as `cells.fold` does, for the few that Python handles."""
    plain = unicodedata.normalize("NFKC", text).upper()
    kinds = ((letter, unicodedata.category(letter)) for letter in plain)
    return "".join(letter for letter, kind in kinds if kind[0] not in "PZ" and kind not in ("Cc", "Cf"))


def _split(text: str, lookup: dict[str, str | None], level: int = 0) -> list[tuple[str | None, str]]:
    """Return (code or None, text) of each part; a part that is known whole is not split further."""
    if (known := lookup.get(fold_text(text))) is not None:
        return [(known, text)]
    while level < len(SEPARATORS):
        parts = [part.strip() for part in re.split(SEPARATORS[level], text) if part and part.strip()]
        level += 1
        if len(parts) > 1 or (parts and parts[0] != text):
            return [found for part in parts for found in _split(part, lookup, level)]
    return [(None, text)]

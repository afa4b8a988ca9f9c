"""What is left of an enterprise's name and address when the ways of writing it are taken away.

A name's core (字号) leaves out region, legal form, brackets and marks; the branch (分公司、第二分厂) is kept apart behind a
dot, because a branch is not its head office. The lists are data: `names.yml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from etl.models import LOADER

LISTS = Path(__file__).parent / "names.yml"
DOT = "·"  # stands between core and branch; no name keeps one
SHORTEST_CORE = 2  # characters: what would be less keeps what was to be taken away
BARE_NEEDS = 4  # characters after a place without 区、街道, else it is the enterprise's own word
NUMERALS = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))


@lru_cache(maxsize=1)
def lists() -> dict[str, Any]:
    """Return the lists of places, legal forms and branches."""
    found: dict[str, Any] = yaml.load(LISTS.read_text("utf-8"), Loader=LOADER)
    return found


def _any_of(*names: str) -> str:
    """Return a pattern of the lists' words, the longest first."""
    words = sorted((word for name in names for word in lists()[name]), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word) for word in words) + ")"


def _plain(text: pl.Expr) -> pl.Expr:
    """Return a text without blanks and punctuation, its brackets half-width."""
    return text.str.normalize("NFKC").str.to_uppercase().str.replace_all(r"[^\p{Han}\p{L}\p{N}()#-]", "")


def _unless_short(shorter: pl.Expr, longer: pl.Expr, least: int = SHORTEST_CORE) -> pl.Expr:
    return pl.when(shorter.str.len_chars() >= least).then(shorter).otherwise(longer)


def _without_brackets(text: pl.Expr) -> pl.Expr:
    """Take away (深圳), (集团), (普通合伙); what else stands in brackets stays, without them."""
    said = rf"\((?:{_any_of('bracketed', 'provinces', 'cities', 'districts', 'streets', 'bare_places')})+\)"
    return text.str.replace_all(said, "").str.replace_all(r"[()#-]", "")


def _core(body: pl.Expr) -> pl.Expr:
    """Take away the region at the beginning (province, city, district, street) and the legal form at the end."""
    places = rf"^{_any_of('provinces')}?{_any_of('cities')}?{_any_of('districts')}?{_any_of('streets')}?"
    named = _unless_short(body.str.replace(places, ""), body)
    formless = _unless_short(named.str.replace(rf"{_any_of('legal_forms')}$", ""), named)
    bare = _unless_short(formless.str.replace(rf"^{_any_of('bare_places')}", ""), formless, BARE_NEEDS)
    return bare.str.replace(r"^(\p{Han}{2})市", "$1")  # 东莞市 as 东莞: another city stays in the core


def _branch(branch: pl.Expr) -> pl.Expr:
    """Return a branch as it is compared: 深圳市坂田分公司 as 坂田分公司, 第2分厂 as 第二分厂."""
    place = rf"^{_any_of('provinces')}?{_any_of('cities')}?{_any_of('districts')}?"
    return _unless_short(branch.str.replace(place, ""), branch, SHORTEST_CORE + 1).str.replace_many(NUMERALS)


def name_cores(names: pl.Series) -> pl.DataFrame:
    """Return name and core of the distinct names; a name that is nothing but form and place keeps its whole text."""
    kinds = _any_of("branches")
    last = rf"(?:公司|集团|厂|店|中心|企业)(\p{{Han}}{{0,10}}{kinds}|第.{{1,3}}{kinds})$"
    frame = pl.DataFrame({"name": names.drop_nulls().unique(maintain_order=True)}, schema={"name": pl.String})
    text = _without_brackets(_plain(pl.col("name")).str.replace_all(_any_of("marks"), ""))
    frame = frame.with_columns(text.alias("text")).with_columns(pl.col("text").str.extract(last, 1).alias("branch"))
    cut = pl.col("text").str.len_chars() - pl.col("branch").str.len_chars()
    body = pl.when(pl.col("branch").is_null()).then("text").otherwise(pl.col("text").str.slice(0, cut))
    whole = pl.concat_str(_core(body), pl.lit(DOT) + _branch(pl.col("branch")), ignore_nulls=True)
    return frame.select("name", pl.when(whole != "").then(whole).otherwise("name").alias("core"))


def address_cores(addresses: pl.Series) -> pl.DataFrame:
    """Return address and core of the distinct addresses; null where it tells no house (a street, a community alone)."""
    frame = pl.DataFrame({"address": addresses.drop_nulls().unique(maintain_order=True)}, schema={"address": pl.String})
    text = _plain(pl.col("address").str.normalize("NFKC")).str.replace(rf"^(?:{_any_of('address_heads')})+", "")
    text = text.str.replace_many(lists()["units"]).str.replace_all(r"[()]", "")
    is_house = text.str.contains(r"\d|[一二三四五六七八九十]+[栋号楼室巷]")
    return frame.select("address", pl.when(is_house).then(text).alias("place"))

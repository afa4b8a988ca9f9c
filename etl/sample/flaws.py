"""Cells spoilt on purpose in the enterprise registers, each with the code that it must get."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from etl.sample.enterprise_rows import Entry
from etl.sample.sheets import Flaw

FOR_ALL = ("workers_text", "workers_negative", "industry", "founded", "formed_number", "coordinates", "union", "status")
FOR_NANKENG = ("industry", "founded", "formed_number", "coordinates")  # what the article states stays whole
ONLY_FOR: dict[str, tuple[str, ...]] = {
    "杨美": ("scientific",),  # in a CSV file, where Excel has spoilt a code of digits only
    "万科城": ("scientific",),
    "大发埔": ("two_digit_year", "letters"),
    "坂田": ("letters", "year_only"),
    "五和": ("range", "bound"),
}
SKETCHY_FROM, SKETCHY_UNTIL = date(2017, 1, 1), date(2017, 12, 31)  # when 五和 counted by bands


@dataclass(frozen=True)
class Spoil:
    """Replaces one column's cell by one of several (cell, code); what comes out is then unknown."""

    column: str
    cells: tuple[tuple[str, str], ...]


UNKNOWN = {
    "workers_text": Spoil(
        "workers", (("若干", "bad_integer"), ("#REF!", "formula_error"), ("人数较多", "bad_integer"))
    ),
    "bound": Spoil("workers", (("25人以下", "bound"), ("不足25", "bound"))),
    "industry": Spoil(
        "industry", (("综合类企业", "unknown_code"), ("高新企业", "unknown_code"), ("服务业", "unusable_code"))
    ),
    "founded": Spoil(
        "founded_date", (("2011年13月", "impossible_date"), ("2010-02-30", "impossible_date"), ("年初登记", "bad_date"))
    ),
    "union": Spoil(
        "union_status", (("情况不明", "unknown_code"), ("已上报街道", "unknown_code"), ("已建会", "unusable_code"))
    ),
}


def _negative(entry: Entry, _random: Random) -> None:
    entry.spoil("workers", -int(entry.clean["workers"]), "out_of_range")


def _formed_number(entry: Entry, _random: Random) -> None:
    """Type a month as a number: 2011.1 may be January or October."""
    entry.spoil("union_formed_date", float(f"{entry.clean['union_formed_date'].year}.1"), "ambiguous_month")


def _coordinates(entry: Entry, _random: Random) -> None:
    """Swap longitude and latitude."""
    entry.cells |= {"lon": entry.clean["lat"], "lat": entry.clean["lon"]}
    entry.clean |= {"lon": None, "lat": None}
    entry.flaws += [Flaw("lon", "out_of_range"), Flaw("lat", "out_of_range")]


def _status(entry: Entry, _random: Random) -> None:
    entry.spoil("status", None, None)


def _scientific(entry: Entry, _random: Random) -> None:
    entry.spoil("uscc", f"{float(entry.clean['uscc']):.5E}", "scientific")


def _letters(entry: Entry, _random: Random) -> None:
    """Type the letter O for a zero: the code is read as meant, with a warning."""
    entry.cells["uscc"] = str(entry.clean["uscc"]).replace("0", "O", 1)
    entry.flaws.append(Flaw("uscc", "bad_characters"))


def _two_digit_year(entry: Entry, _random: Random) -> None:
    day = entry.clean["founded_date"]
    entry.cells["founded_date"] = f"{day:%y}.{day.month}.{day.day}"
    entry.flaws.append(Flaw("founded_date", "two_digit_year"))


def _year_only(entry: Entry, _random: Random) -> None:
    entry.cells["founded_date"] = f"{entry.clean['founded_date'].year}年"
    entry.flaws.append(Flaw("founded_date", "date_precision"))


def _range(entry: Entry, _random: Random) -> None:
    """Give a band for the number of workers, which is no number to sum."""
    low = entry.clean["workers"] // 2
    entry.spoil("workers", f"{low}-{low + 10}人", "range")


SPECIAL: dict[str, tuple[str, Callable[[Entry, Random], None]]] = {
    "workers_negative": ("workers", _negative), "formed_number": ("union_formed_date", _formed_number),
    "coordinates": ("lon", _coordinates), "status": ("status", _status), "scientific": ("uscc", _scientific),
    "letters": ("uscc", _letters), "two_digit_year": ("founded_date", _two_digit_year),
    "year_only": ("founded_date", _year_only), "range": ("workers", _range),
}  # fmt: skip


def _spoil(entry: Entry, kind: str, random: Random) -> None:
    if kind in SPECIAL:
        SPECIAL[kind][1](entry, random)
        return
    entry.spoil(UNKNOWN[kind].column, *random.choice(UNKNOWN[kind].cells))
    if kind == "union":  # a named federation would still cover it
        entry.spoil("union_name", None, None)


def _is_old(founded: date | None) -> bool:
    """Return whether a founding day is known and so early that its year alone says enough."""
    return founded is not None and founded.year < 2015


def _fits(entry: Entry, kind: str, columns: set[str]) -> bool:
    """Return whether the entry can be spoilt that way without losing anything else that is checked."""
    clean, formed, uscc = entry.clean, entry.clean["union_formed_date"], str(entry.clean["uscc"])
    column = SPECIAL[kind][0] if kind in SPECIAL else UNKNOWN[kind].column
    is_whole = not entry.flaws and clean["status"] == "operating" and not clean["is_approx"]
    is_small = clean["workers"] is not None and 1 < clean["workers"] < 60
    is_open = clean["union_status"] == "none"  # its workers are in no union's own count
    needs = {
        "formed_number": formed is not None and formed.year < 2015,
        "scientific": uscc.isdigit() and (formed is None or formed.year < 2016),  # or it would be formed twice
        "letters": "0" in uscc[8:],
        "year_only": _is_old(clean["founded_date"]),
        "range": is_open,
        "bound": is_open,
    }
    return column in columns and is_whole and is_small and needs.get(kind, True)


def _kinds(name: str, day: date) -> tuple[str, ...]:
    if name == "南坑":
        return FOR_NANKENG
    common = tuple(kind for kind in FOR_ALL if name != "第五园" or kind != "union")
    is_sketchy = SKETCHY_FROM <= day <= SKETCHY_UNTIL
    return common + (ONLY_FOR.get(name, ()) if name != "五和" or is_sketchy else ())


def spoil_some(entries: list[Entry], columns: set[str], name: str, day: date, random: Random) -> None:
    """Spoil one cell of each kind that the community's register can show."""
    for kind in _kinds(name, day):
        candidates = [entry for entry in entries if _fits(entry, kind, columns)]
        if candidates:
            _spoil(random.choice(candidates), kind, random)


def name_federation_only(entries: list[Entry], columns: set[str], name: str, random: Random) -> None:
    """Leave the union status of three covered enterprises blank: the named federation still covers them."""
    covered = [e for e in entries if not e.flaws and e.clean["union_status"] == "federation" and e.clean["union_name"]]
    if "union_name" in columns and name in ("岗头", "新雪"):
        for entry in random.sample(covered, 3):
            entry.cells["union_status"] = None


def hide_communities(entries: list[Entry], random: Random) -> None:
    """Leave some communities to the address, some to 同上, and five to an address that fits two."""
    for index, entry in enumerate(random.sample([e for e in entries if not e.flaws and not e.clean["park"]], 5)):
        named = "雪象" if index < 2 else None
        entry.cells |= {"community": named, "address": f"坂田街道雪象村示例路{random.randint(1, 80)}号"}
        entry.clean["community"] = None
        entry.flaws += [Flaw("community", "unusable_code")] if named else []
    for before, entry in zip(entries, entries[1:], strict=False):
        _hide(before, entry, random)


def _hide(before: Entry, entry: Entry, random: Random) -> None:
    places = ("上雪", "下雪", "中浩", "新雪社区", "象角塘社区")
    if not entry.clean["community"] or not any(place in str(entry.cells["address"]) for place in places):
        return
    dice, same = random.random(), before.clean["community"] == entry.clean["community"]
    if dice < 0.1:
        entry.cells["community"] = None
    elif dice < 0.15 and same and before.cells["community"]:
        entry.cells["community"] = random.choice(("同上", "〃"))

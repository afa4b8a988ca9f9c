"""Why an enterprise has no union yet, and by when it is to have one: two columns of some communities' newest registers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any

from etl.sample.enterprise_rows import Entry
from etl.sample.enterprises import LAST
from etl.sample.sheets import Cell, Flaw, Sheet

if TYPE_CHECKING:
    from etl.sample.files import File
    from etl.sample.rest import World

FROM = date(2018, 6, 30)  # the registers that have the columns
HEADERS = {  # by style; a style that is not here has no such columns
    "full": ("未建会原因", "建会计划"), "short": ("未建原因", "计划建会时间"), "street": ("未建会原因", "拟建会时间"),
    "shared": ("未建会的原因", "计划建会日期"),
}  # fmt: skip
WORDS = {
    "new": ("新开办企业", "新成立"), "few": ("职工人数少", "人数不足", "规模小"), "owner": ("经营者不支持", "企业不配合"),
    "turnover": ("职工流动大", "人员流动大"), "elsewhere": ("总部已建会",), "leaving": ("拟搬迁", "经营困难"),
    "preparing": ("正在筹建", "筹备中"), "unreachable": ("联系不上",), "other": ("其他",),
}  # fmt: skip
UNKNOWN = "再做做工作"  # a wish, no reason
WITHOUT_UNION = ("preparing", "none")


def plan_columns(style: str, day: date) -> list[tuple[str, str]]:
    """Return the two columns as a style writes them, nothing where its registers do not have them."""
    if day < FROM or style not in HEADERS:
        return []
    return list(zip(("not_formed_reason", "plan_date"), HEADERS[style], strict=True))


def _reason(entry: Entry, day: date, random: Random) -> str:
    founded, workers = entry.clean["founded_date"], entry.clean["workers"]
    if entry.clean["union_status"] == "preparing":
        return "preparing"
    if founded and (day - founded).days < 183:
        return "new"
    if workers is not None and workers < 15 and random.random() < 0.6:
        return "few"
    few = ("few",) if workers is not None and workers < 25 else ()
    return random.choice((*few, "owner", "owner", "turnover", "elsewhere", "leaving", "unreachable", "other"))


def _plan(day: date, random: Random) -> tuple[Cell, date]:
    """Return a month after the register's day as it is written, and its first day."""
    month = random.randint(1, 9) + (0 if day.month == 12 else 6)
    planned = date(day.year + (1 if day.month == 12 else 0), min(month, 12), 1)
    return random.choice(
        (f"{planned.year}年{planned.month}月", f"{planned.year}.{planned.month:02d}", f"{planned:%Y-%m}")
    ), planned


def add_plans(entries: list[Entry], day: date, seed: int) -> None:
    """Fill the two columns of the enterprises without a union; some stay empty, one reason of a register is no reason."""
    for entry in entries:
        entry.cells |= {"not_formed_reason": None, "plan_date": None}
        entry.clean |= {"not_formed_reason": None, "plan_date": None}
        if entry.clean["union_status"] not in WITHOUT_UNION or entry.clean["status"] != "operating":
            continue
        random = Random(f"{seed}/plans/{day}/{entry.clean['number']}")
        code = _reason(entry, day, random)
        if random.random() < 0.8:
            entry.cells["not_formed_reason"], entry.clean["not_formed_reason"] = random.choice(WORDS[code]), code
        if code not in ("elsewhere", "leaving", "unreachable") and random.random() < 0.75:
            entry.cells["plan_date"], entry.clean["plan_date"] = _plan(day, random)
    said = [entry for entry in entries if entry.clean["not_formed_reason"] == "owner"]
    for entry in said[:1]:
        entry.cells["not_formed_reason"], entry.clean["not_formed_reason"] = UNKNOWN, None
        entry.later.append(Flaw("not_formed_reason", "unknown_code"))


def files(world: World) -> Iterator[File]:
    """Yield nothing: the columns stand in the enterprise registers."""
    return iter(())


def planted(world: World) -> dict[str, Any]:
    """Return what was planted: the reason that is none."""
    return {"not_formed_reason_unknown": UNKNOWN}


def expected(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return, of the newest registers, how many enterprises tell which reason, and how many a plan."""
    newest = [sheet for sheet in sheets if sheet.ledger == "enterprise" and sheet.as_of == LAST]
    rows = [row for sheet in newest for row in sheet.accepted() if row["status"] in ("operating", "closed_temporarily")]
    reasons = Counter(row["not_formed_reason"] for row in rows if row.get("not_formed_reason"))
    return {
        "not_formed": {"reasons": dict(sorted(reasons.items())), "planned": sum(bool(r.get("plan_date")) for r in rows)}
    }

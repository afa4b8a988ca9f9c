"""One enterprise at one day as the cells of a register, with what must come out of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from etl.sample import dirt
from etl.sample.enterprises import JOINED, Enterprise
from etl.sample.identity import has_wrong_check, person, phone
from etl.sample.sheets import Cell, Flaw
from etl.sample.styles import INDUSTRY_WORDS, OWNERSHIP_WORDS, STATUS_WORDS, UNION_WORDS, Style


@dataclass
class Entry:
    """An enterprise's cells by canonical column, what must come out of them, and what was planted.

    `later` was planted after the rows on top had been drawn: it must not change whom they are copied from.
    """

    cells: dict[str, Cell]
    clean: dict[str, Any]
    flaws: list[Flaw]
    later: list[Flaw] = field(default_factory=list)

    def spoil(self, column: str, cell: Cell, code: str | None) -> None:
        """Replace a cell by one that must come out as unknown; without a code it draws no warning."""
        self.cells[column] = cell
        self.clean[column] = None
        if code:
            self.flaws.append(Flaw(column, code))


def _status(enterprise: Enterprise, day: date) -> str:
    if not enterprise.operates(day):
        return enterprise.leaving_status or "deregistered"
    is_paused = enterprise.number % 53 == day.month % 5 and enterprise.community != "南坑" and enterprise.workers < 60
    return "closed_temporarily" if is_paused else "operating"


def _codes(enterprise: Enterprise, day: date) -> dict[str, Cell]:
    is_old = enterprise.old_codes_until is not None and day <= enterprise.old_codes_until
    if is_old:
        return {"uscc": None, "org_code": enterprise.org_code, "reg_no": enterprise.reg_no}
    return {"uscc": enterprise.uscc_at(day), "org_code": None, "reg_no": None}


def union_name(enterprise: Enterprise, kind: str, day: date) -> str | None:
    """Return the union or the federations that take the enterprise in; a park's enterprise may have two."""
    place = enterprise.community_at(day)
    if kind == "own":
        return f"{enterprise.name_at(day)}工会委员会"
    if kind == "joint":
        return f"{place}社区第一联合工会委员会"
    if kind != "federation":
        return None
    if enterprise.park and enterprise.number % 4 == 0:
        return f"{place}社区工会联合会、{enterprise.park}园区工会联合会"
    return f"{enterprise.park}园区工会联合会" if enterprise.park else f"{place}社区工会联合会"


def _members_cell(count: int, is_joined: bool, random: Random) -> Cell:
    return dirt.count(count, random) if is_joined else random.choice(dirt.NOTHING)


def _formed_cell(formed: date | None, style: Style, random: Random) -> Cell:
    if formed is None:
        return random.choice((None, None, "—"))
    return dirt.month_text(formed, random) if random.random() < 0.03 else dirt.day_cell(formed, style.dates, random)


def _facts(enterprise: Enterprise, day: date) -> dict[str, Any]:
    kind = enterprise.union_at(day) if enterprise.operates(day) else "none"
    status = _status(enterprise, day)
    is_gone = status not in ("operating", "closed_temporarily")
    return {
        **_codes(enterprise, day), "community": enterprise.community_at(day), "name": enterprise.name_at(day),
        "status": status, "industry": enterprise.industry, "ownership": enterprise.ownership, "park": enterprise.park,
        "founded_date": enterprise.founded, "workers": 0 if is_gone else enterprise.workers_at(day),
        "members": 0 if is_gone else enterprise.members_at(day), "is_above_scale": enterprise.is_above_scale,
        "union_status": kind, "union_name": union_name(enterprise, kind, day), "lon": enterprise.lon,
        "lat": enterprise.lat, "union_formed_date": enterprise.formed if kind in JOINED else None,
        "is_approx": False, "number": enterprise.number,
    }  # fmt: skip


def _personal(random: Random) -> dict[str, Cell]:
    remark = random.choice((None, None, None, "老厂房", "示例备注：负责人常驻外地"))
    return {"legal_person": person(random), "contact": person(random), "phone": phone(random), "remark": remark}


def make_entry(enterprise: Enterprise, day: date, style: Style, random: Random) -> Entry:
    """Return the enterprise's cells in that style; a few counts are approximate, oddly typed or both."""
    facts = _facts(enterprise, day)
    workers, place = facts["workers"], facts["community"]
    facts["is_approx"] = enterprise.is_approx or (place != "南坑" and workers >= 20 and random.random() < 0.012)
    female = min(workers, round(workers * enterprise.female_share))
    cells: dict[str, Cell] = {
        **{column: facts[column] for column in ("org_code", "reg_no", "park", "union_name", "lon", "lat")},
        "uscc": dirt.code(facts["uscc"], random),
        **_personal(random),
        "community": f"{place}社区" if random.random() < 0.5 else place,
        "name": dirt.enterprise_name(facts["name"], random),
        "status": STATUS_WORDS.get(facts["status"], style.operating),
        "address": f"{'深圳市龙岗区' if random.random() < 0.3 else ''}坂田街道{enterprise.place}",
        "industry": enterprise.industry if style.industry_letters else INDUSTRY_WORDS[enterprise.industry],
        "ownership": OWNERSHIP_WORDS[enterprise.ownership],
        "founded_date": dirt.day_cell(enterprise.founded, style.dates, random),
        "workers": dirt.count(workers, random, facts["is_approx"]),
        "female_workers": dirt.count(female, random),
        "members": _members_cell(facts["members"], facts["union_status"] in JOINED, random),
        "is_above_scale": random.choice(("是", "√")) if enterprise.is_above_scale else random.choice(("否", "否", "×")),
        "union_status": UNION_WORDS[style.unions][facts["union_status"]],
        "union_formed_date": _formed_cell(facts["union_formed_date"], style, random),
    }  # fmt: skip
    return Entry(cells, facts, [Flaw("uscc", "check_digit")] if has_wrong_check(facts["uscc"]) else [])

"""集体合同, 民主管理, 工会体检, 经费, 荣誉 of the sample again, in plain Python over the ledgers' raw rows: every community, some months."""

from __future__ import annotations

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.metrics.raw_rows import Record, Unit, assert_every_month, assert_years_to_date, month_of, records, reported

MONTHS = [date(2018, 6, 1), date(2018, 12, 1), date(2019, 3, 1)]
GONE = {"dissolved", "to_be_dissolved", "preparing"}
KINDS = {"collective_contract_rate": "general", "wage_contract_rate": "wage", "female_contract_rate": "female"}
Sides = tuple[float | None, int]  # a sum and how many are unknown


def month_end(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


@dataclass(frozen=True)
class Raw:
    """The sample's raw rows, and the enterprises of some months as their register tells them."""

    warehouse: Warehouse
    ledgers: dict[str, list[Record]]
    enterprises: dict[date, list[Record]]

    def held(self, ledger: str, month: date) -> list[Record]:
        """Return the rows of the newest register as of the month's end or before it."""
        days = {row["as_of"] for row in self.ledgers[ledger] if row["as_of"] <= month_end(month)}
        return [row for row in self.ledgers[ledger] if days and row["as_of"] == max(days)]


@pytest.fixture(scope="module", name="raw")
def raw_(sample_street: Path) -> Raw:
    warehouse = open_current(sample_street)
    ledgers = {
        name: records(warehouse, f"ledger.{name}") for name in ("contract", "union_org", "honour", "award", "dues")
    }
    told = {(r["file"], r["sheet"], r["row"]): r["union_name"] for r in records(warehouse, "ledger.enterprise")}
    enterprises: dict[date, list[Record]] = {}
    for month in MONTHS:
        found = records(warehouse, f"core.enterprise_month where month = '{month}'")
        enterprises[month] = [{**e, "told": told[e["file"], e["sheet"], e["row"]]} for e in found]
    return Raw(warehouse, ledgers, enterprises)


def ends(row: Record, month: date) -> bool | None:
    """Return whether a contract is in force at a month's end, None where nobody can tell."""
    if row["status"] in {"expired", "ended"} or row["signed_date"] > month_end(month):
        return False
    return None if row["term_end"] is None else bool(row["term_end"] >= month_end(month))


def contract_value(raw: Raw, e: Record, month: date, kind: str, rows: list[Record]) -> bool | None:
    """Return whether an enterprise has a contract of a kind in force; None where a contract's end is not known."""
    said = []
    for row in rows:
        if kind not in row["kind"].split("+"):
            continue
        is_own = row["enterprise_uscc"] in {e["uscc"], None} and plain(row["enterprise_name"] or "") == plain(
            e["enterprise"]
        )
        is_code = row["enterprise_uscc"] and row["enterprise_uscc"] == e["uscc"]
        is_there = row["park_id"] == e["park_id"] if row["park_id"] else row["community_id"] == e["community_id"]
        is_wide = row["enterprise_name"] is None and is_there and (
            row["covers"] == "unionised" or (row["covers"] == "federation" and not e["is_own_union"])
        )  # fmt: skip
        if is_code or is_wide or (is_own and row["community_id"] == e["community_id"]):
            said.append(ends(row, month))
    return True if True in said else None if None in said else False


def plain(name: str) -> str:
    return re.sub(r"\s", "", name).replace("有限责任公司", "有限公司")


def compare(
    raw: Raw, metric: str, month: date, units: Iterable[tuple[str | None, float | None]], is_share: bool
) -> None:
    """Compare every community, and the street, with the units told here as (community, value)."""
    by_place: dict[str | None, list[float | None]] = defaultdict(list)
    for community, value in units:
        by_place[community].append(None if value is None else float(value))
    answer = ask(raw.warehouse, Question(metric, ("community",), month))
    everything: list[float | None] = []
    for row in answer.rows:
        found = by_place[row.keys["community_id"]]
        everything += found
        known = [value for value in found if value is not None]
        wanted = (sum(known), len(known) if is_share else None, len(found) - len(known))
        assert (row.numerator, row.denominator, row.item_missing) == wanted, f"{metric} {month} {row.keys}"
    assert ask(raw.warehouse, Question(metric, (), month)).row.numerator == sum(v for v in everything if v is not None)
    assert any(value for value in everything), f"{metric} {month}: nothing to count"


@pytest.mark.parametrize("metric", KINDS)
def test_contracts(raw: Raw, metric: str) -> None:
    for month in MONTHS:
        rows, units = raw.held("contract", month), []
        coded = defaultdict(list)
        for row in rows:
            coded[row["enterprise_uscc"] or plain(row["enterprise_name"] or "")].append(row)
        for e in raw.enterprises[month]:
            if e["is_operating"] and e["has_union"] is not False:
                near = [*coded[""], *coded[plain(e["enterprise"])], *(coded[e["uscc"]] if e["uscc"] else [])]
                value = contract_value(raw, e, month, KINDS[metric], near) if e["has_union"] else None
                units.append((e["community_id"], value))
        compare(raw, metric, month, units, is_share=True)


def linked(raw: Raw, month: date) -> list[tuple[Record, list[Record], list[Record]]]:
    """Return every enterprise with its own unions and those that cover it."""
    unions = raw.held("union_org", month)
    named = {(u["community_id"], u["name"]): u for u in unions}
    homes = {u["community_id"]: u for u in unions if u["union_type"] == "9"}
    parks = {u["park_id"]: u for u in unions if u["union_type"] == "4"}
    found = []
    for e in raw.enterprises[month]:
        place = e["community_id"]
        names = [name.strip() for name in re.split("[、，,；;/]", e["told"] or "")]
        names += [f"{e['enterprise']}工会委员会"]
        there = {name: named[place, name] for name in names if (place, name) in named}
        own = [u for u in there.values() if u["union_type"] == "1"]
        area = [u for u in there.values() if u["union_type"] != "1"]
        if e["is_operating"] and e["is_covered"] and not there:
            guess = parks.get(e["park_id"]) or homes.get(place)
            area = [guess] if guess else []
        found.append((e, own, area))
    return found


def alive(unions: list[Record]) -> list[Record]:
    return [u for u in unions if u["status"] not in GONE]


def any_of(unions: list[Record], column: str) -> bool | None:
    said = [None if u[column] is None else u[column] == "true" for u in unions]
    return True if True in said else None if None in said or not said else False


@pytest.mark.parametrize(
    ("metric", "column"), [("workers_congress_rate", "workers_congress"), ("open_affairs_rate", "open_affairs")]
)
def test_democratic_management(raw: Raw, metric: str, column: str) -> None:
    for month in MONTHS:
        units = []
        for e, own, area in linked(raw, month):
            if e["is_operating"] and e["has_union"] is not False:
                mine, theirs = any_of(alive(own), column), any_of(alive(area), column)
                value = True if mine or theirs else mine if e["is_own_union"] else theirs
                units.append((e["community_id"], value if e["has_union"] else None))
        compare(raw, metric, month, units, is_share=True)


def test_mediation_committees(raw: Raw) -> None:
    for month in MONTHS:
        rate, lacking = [], []
        for e, own, _area in linked(raw, month):
            if e["is_operating"] and (e["workers"] is None or e["workers"] >= 100):
                has = any_of(alive(own), "mediation_committee")
                sure = e["workers"] is not None
                if e["has_union"] is not False:
                    rate.append((e["community_id"], has if e["has_union"] and sure else None))
                if e["has_union"] and has is not True:
                    lacking.append((e["community_id"], True if has is False and sure else None))
        compare(raw, "mediation_committee_rate", month, rate, is_share=True)
        compare(raw, "enterprises_100plus_without_mediation_committee", month, lacking, is_share=False)


def over(row: Record, month: date) -> bool | None:
    """Return whether a term has run out: a month's at its last day, a year's at its own."""
    if row["term_end"] is None:
        return None
    last = {"day": row["term_end"], "month": month_end(row["term_end"]), "year": date(row["term_end"].year, 12, 31)}
    return bool(last[row["term_end_precision"]] < month_end(month))


def test_union_health(raw: Raw) -> None:
    for month in MONTHS:
        unions = alive(raw.held("union_org", month))
        terms = [
            (u["community_id"], over(u, month) or None)
            for u in unions
            if u["status"] != "re_electing" and over(u, month) is not False
        ]
        compare(raw, "unions_term_overdue", month, terms, is_share=False)
        committees = []
        for u in (u for u in unions if u["union_type"] in {"1", "2"}):
            lacks = u["committee_members"] == 0 or u["audit_committee"] in {"false", "in_progress"}
            if lacks or u["committee_members"] is None or u["audit_committee"] is None:
                committees.append((u["community_id"], True if lacks else None))
        compare(raw, "unions_without_committee", month, committees, is_share=False)
    december = [
        (e["community_id"], 1) for e, own, _area in linked(raw, MONTHS[1])
        if e["status"] in {"deregistered", "revoked", "moved_out"} and alive(own)
    ]  # fmt: skip
    compare(raw, "closed_enterprises_with_union", MONTHS[1], december, is_share=False)


def test_enterprises_that_should_have_a_union_of_their_own(raw: Raw) -> None:
    for month in MONTHS:
        units: list[tuple[str | None, float | None]] = []
        for e in raw.enterprises[month]:
            if not e["is_operating"] or e["is_own_union"]:
                continue
            if e["members"] is not None and e["members"] >= 25:
                units.append((e["community_id"], 1 if e["has_union"] is not None else None))
            elif e["members"] is None and e["has_union"] is not False and (e["workers"] is None or e["workers"] >= 25):
                units.append((e["community_id"], None))
        compare(raw, "enterprises_25plus_without_own_union", month, units, is_share=False)


@pytest.mark.parametrize("metric", ["dues_due_yuan", "dues_paid_yuan", "preparation_paid_yuan"])
def test_dues(raw: Raw, metric: str) -> None:
    told = reported(raw.warehouse, "dues")
    unread = {
        (b["file"], b["sheet"], b["row"]) for b in records(raw.warehouse, "intake.bad_cell") if b["column"] == "kind"
    }
    units: list[Unit] = []
    inside: list[Unit] = []
    for row in raw.ledgers["dues"]:
        kind = None if (row["file"], row["sheet"], row["row"]) in unread else row["kind"] or "dues"
        if kind not in {None, "preparation" if metric.startswith("prep") else "dues"}:
            continue
        due = row["due"] if row["payroll"] is None else round(row["payroll"] * 0.02, 2)
        value = due if metric == "dues_due_yuan" else row["paid"]
        month = month_of(row["dues_month"] or row["period_to"])
        assert month is not None
        units.append(Unit(row["community_id"], month, None if kind is None else value))
        if (
            row["dues_month"] is None and row["period_from"] < month
        ):  # one row for the year: its other months are unknown
            first = row["period_from"].month
            inside += [Unit(row["community_id"], month.replace(month=m), None) for m in range(first, month.month)]
    months = [date(year, month, 1) for year in (2017, 2018) for month in range(1, 13)]
    assert assert_every_month(raw.warehouse, metric, "sum", units + inside, told, months) >= 100
    months = months[11:]  # from the year's end on its row tells them all
    assert_years_to_date(raw.warehouse, metric, "sum", units, told, months)


def test_the_rate_of_dues_is_the_sum_of_both_sides_where_both_are_told(raw: Raw) -> None:
    unread = {
        (b["file"], b["sheet"], b["row"]) for b in records(raw.warehouse, "intake.bad_cell") if b["column"] == "kind"
    }
    due = paid = 0.0
    for row in raw.ledgers["dues"]:
        is_dues = row["kind"] == "dues" and (row["file"], row["sheet"], row["row"]) not in unread
        if is_dues and row["period_to"].year == 2018 and row["paid"] is not None:
            due += row["due"] if row["payroll"] is None else row["payroll"] * 0.02
            paid += row["paid"]
    rate = ask(raw.warehouse, Question("dues_paid_rate", (), MONTHS[1], period="ytd")).row
    assert (rate.numerator, rate.denominator) == pytest.approx((paid, due))
    assert rate.value == pytest.approx(paid / due)


def test_honours_and_harmonious_ones(raw: Raw) -> None:
    for month in MONTHS[1:]:
        honours = [row for row in raw.held("honour", month) if row["is_revoked"] is not True]
        assert ask(raw.warehouse, Question("honours", (), month)).row.value == len(honours)
        holders = set()
        for row in raw.held("award", month):
            last = row["term_end"] and (
                month_end(row["term_end"]) if row["term_end_precision"] == "month" else row["term_end"]
            )
            if row["stage"] in {"reached", "commended"} and (last is None or last >= month_end(month)):
                holders.add((row["kind"], row["enterprise_uscc"] or row["enterprise_name"]))
        for metric, kind in (("harmonious_enterprises", "enterprise"), ("harmonious_parks", "park")):
            value = ask(raw.warehouse, Question(metric, (), month)).row.value
            assert value == sum(k == kind for k, _holder in holders) > 0, metric


def test_contracts_in_force_count_once_however_many_they_name(raw: Raw) -> None:
    """Distinct numbers of contracts in force in the newest register; those of unknown end are counted apart."""
    for month in MONTHS:
        said: dict[str, list[bool | None]] = defaultdict(list)
        for row in raw.held("contract", month):
            if row["community_id"]:
                said[row["contract_no"] or row["row_key"]].append(ends(row, month))
        found = ask(raw.warehouse, Question("collective_contracts", (), month)).row
        assert found.value == sum(True in told for told in said.values()) > 0
        unknown = sum(None in told and True not in told for told in said.values())
        assert found.item_missing >= unknown


def test_payers_whose_dues_the_tax_office_collects(raw: Raw) -> None:
    """Distinct payers of the month with a yes; one that pays twice in a month counts once."""
    for month in (date(2017, 12, 1), date(2018, 6, 1)):
        payers = {
            row["enterprise_uscc"] or plain(row["enterprise_name"] or row["union_name"])
            for row in raw.ledgers["dues"]
            if month_of(row["dues_month"] or row["period_to"]) == month
            and row["is_tax_collected"]
            and row["community_id"]
        }
        assert ask(raw.warehouse, Question("dues_tax_collected", (), month)).row.value == len(payers) > 0

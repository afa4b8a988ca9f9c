"""未建会企业数 again from the registers' raw rows, every community and month; what each enterprise would bring, by hand."""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from metrics.question import Question
from metrics.scope import communities
from metrics.targets.prospects import METRIC, drive
from metrics.values import ask, rows
from metrics.warehouse import Warehouse, open_current
from tests.metrics.raw_rows import Record, records

DECEMBER = date(2018, 12, 1)
GONE = {"deregistered", "revoked", "moved_out", "shell"}
NO_UNION = {"none", "preparing"}


@pytest.fixture(name="street")
def street_(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


def _registers(warehouse: Warehouse) -> dict[tuple[str, date], list[Record]]:
    """Return the raw rows of every community's register by its day: of a shared one, those of the community."""
    found: dict[tuple[str, date], list[Record]] = defaultdict(list)
    for row in records(warehouse, "ledger.enterprise"):
        found[row["community_id"], row["as_of"]].append(row)
    return found


def _is_without(row: Record) -> bool:
    federation = any(word in (row["union_name"] or "") for word in ("工联会", "工会联合会", "联合工会"))
    return row["status"] not in GONE and row["union_status"] in NO_UNION and not federation


def test_counted_again_from_the_registers(street: Warehouse) -> None:
    """The newest register up to the month, at most six months old, enterprise by enterprise; who stands twice, once."""
    assert METRIC == "enterprises_without_union"
    raw, months = _registers(street), [date(2016, 6, 1), date(2017, 9, 1), DECEMBER]
    twice = {
        (month, one)
        for month, one in street.cursor()
        .execute(
            """select e.month, e.enterprise_id from core.report as r
            inner join ledger.enterprise as l on r.snapshot_id = l.snapshot_id and r.unit_id = l.unit_id and r.as_of = l.as_of
            left join core.enterprise_alias as a on l.row_key = a.row_key
            inner join core.enterprise_month as e on e.month = r.month and e.enterprise_id = coalesce(a.enterprise_id, l.row_key)
            where r.ledger = 'enterprise' and list_contains($months, r.month) and (r.unit_id <> 'street' or l.community_id = r.community_id)
            group by all having count(*) > 1""",
            {"months": months},
        )
        .fetchall()
    }
    for month in months:
        last = max(day for _place, day in raw if (day.year, day.month) <= (month.year, month.month))
        answer = ask(street, Question(METRIC, ("community",), month))
        for place in communities(street):
            wanted = sum(map(_is_without, raw[place.id, last]))
            row = answer.find(community_id=place.id)
            contested = sum(when == month for when, _one in twice)
            assert row and row.value is not None and abs(row.value - wanted) <= contested, (month, place)
            if not contested:
                assert row.value == wanted, (month, place)


def test_with_and_without_a_union_make_all(street: Warehouse) -> None:
    """未建会 + 已建会 = the denominator of 建会率, in every community and half-year."""
    for month in (date(2017, 6, 1), DECEMBER):
        without = ask(street, Question(METRIC, ("community",), month))
        for row in ask(street, Question("coverage_rate", ("community",), month)).rows:
            other = without.find(community_id=row.keys["community_id"])
            assert other and row.denominator == (row.numerator or 0) + (other.value or 0)


def _elsewhere(warehouse: Warehouse) -> set[str]:
    """Return the enterprises of which the rows behind the number say 总部或外地已建会."""
    frame = rows(warehouse, Question(METRIC, (), DECEMBER))
    return {
        unit for unit, reason in frame.select("unit_id", "not_formed_reason").iter_rows() if reason and "总部" in reason
    }


def test_a_union_elsewhere_is_no_duty_here(street: Warehouse) -> None:
    """Large enterprises with a union at their seat are among the reasons: neither they nor the park's are counted as due."""
    found, away = drive(street, DECEMBER), _elsewhere(street)
    large = [one for one in found.prospects if one.enterprise_id in away and (one.workers or 0) >= 25]
    assert large and found.elsewhere == len(away) and not any(one.has_duty or one.is_by_park for one in large)
    assert found.with_duty + len(large) == sum((one.workers or 0) >= 25 for one in found.prospects)


def test_what_an_enterprise_brings(street: Warehouse) -> None:
    """One more enterprise lifts 建会率 by its share; its workers 入会率; the list is whole and the largest stand first."""
    found = drive(street, DECEMBER)
    frame = rows(street, Question(METRIC, (), DECEMBER))
    away = _elsewhere(street)
    assert len(found.prospects) == frame.height and found.workers == frame["workers"].sum()
    sizes = [one.workers if one.workers is not None else -1 for one in found.prospects]
    assert sizes == sorted(sizes, reverse=True) and found.unknown == frame["workers"].null_count() > 0
    rates = {r.keys["community_id"]: r for r in ask(street, Question("coverage_rate", ("community",), DECEMBER)).rows}
    joined = {
        r.keys["community_id"]: r for r in ask(street, Question("membership_rate_area", ("community",), DECEMBER)).rows
    }
    for one in found.prospects:
        rate, members = rates[one.community_id], joined[one.community_id]
        assert one.coverage_gain == pytest.approx(
            ((rate.numerator or 0) + 1) / (rate.denominator or 0) - (rate.value or 0)
        )
        if one.workers is not None:
            assert one.membership_gain == pytest.approx(one.workers / (members.denominator or 0))
        is_away = one.enterprise_id in away
        assert is_away == (one.route == "elsewhere") == (one.route_text == "总部已建会，待核实")
        assert one.has_duty == ((one.workers or 0) >= 25 and not is_away) == (one.route == "own")
    assert found.top(10)[0] == sum(sizes[:10])
    assert (
        found.planned == frame["planned_for"].drop_nulls().len()
        and found.reasoned == frame["not_formed_reason_id"].drop_nulls().len()
    )


def test_a_park_route_needs_a_living_federation(street: Warehouse) -> None:
    """可由园区工联会覆盖 is said of parks whose federation the register of unions holds as alive in that month."""
    query = """select distinct park_id from ledger.union_org
        where union_type = '4' and park_id is not null and as_of = '2018-12-31' and status not in ('preparing', 'dissolved')"""
    living = {park for (park,) in street.cursor().execute(query).fetchall()}
    frame = rows(street, Question(METRIC, (), DECEMBER))
    in_park = dict(frame.select("unit_id", "park_id").iter_rows())
    found = drive(street, DECEMBER).prospects
    assert living and any(one.is_by_park for one in found)
    assert all(one.is_by_park == (in_park[one.enterprise_id] in living and one.route != "elsewhere") for one in found)
    assert all(("园区工联会" in one.route_text) == one.is_by_park for one in found)


def test_what_the_ledger_does_not_say_is_named(street: Warehouse) -> None:
    """四清: communities without the two columns say so for each enterprise; a reason nobody knows is no reason."""
    found = drive(street, DECEMBER).prospects
    of_yangmei = [one for one in found if one.community == "杨美"]
    assert of_yangmei and all({"未建会原因", "建会计划"} <= set(one.unclear) for one in of_yangmei)
    told = [one for one in found if not one.unclear]
    assert told and all(one.reason and one.planned_for and one.workers is not None and one.address for one in told)


def test_reasons_and_plans_are_the_planted_ones(street: Warehouse, sample_ledgers: Path) -> None:
    """Every reason and plan that the sample wrote into its registers comes out, by its code; the wish that is none does not."""
    truth = json.loads((sample_ledgers / "truth.json").read_text("utf-8"))
    answer = ask(street, Question(METRIC, ("not_formed_reason",), DECEMBER))
    found = {row.keys["not_formed_reason_id"]: row.value for row in answer.rows if row.keys["not_formed_reason_id"]}
    assert found == truth["expected"]["not_formed"]["reasons"] and len(found) == 9
    assert drive(street, DECEMBER).planned == truth["expected"]["not_formed"]["planned"]

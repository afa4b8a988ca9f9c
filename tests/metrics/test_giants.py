"""The rate without the largest enterprise against plain loops, and where there is none to leave out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from metrics.catalogue import catalogue
from metrics.judging.giants import Giant, giants, is_offered
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.metrics.oracle_units import is_known, is_listed, units_of
from tests.metrics.tiny import Record, TinyStreet, blank, dispute, enterprise, report, streets, write

MONTH, GANGTOU = date(2018, 12, 1), "440307013002"
OFFERED = {
    "coverage_rate", "coverage_rate_above_scale", "own_union_rate_25plus", "membership_rate_area",
    "membership_rate_unionised", "disputes_per_1000_workers",
}  # fmt: skip
slow = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_for_which_metrics() -> None:
    """One giant decides shares of enterprises and of workers; the rates of rights and of nearness are such too."""
    topics = {"organising", "membership", "disputes", "enterprises"}
    offered = {metric.id: metric for metric in catalogue().values() if is_offered(metric)}
    assert {name for name, metric in offered.items() if metric.topic in topics} == OFFERED
    assert all(m.unit == "enterprise" or m.over == "workers" for m in offered.values())


def naive_largest(street: TinyStreet, community: str, month: date) -> tuple[str, float] | None:
    """Return the enterprise with the most workers (of equal ones the last by its id) and its share."""
    here = [
        u
        for u in units_of(street, "workers")
        if u["community_id"] == community and u["month"] == month and u["value"] is not None
    ]
    total = sum(u["value"] for u in here)
    if not total or not is_known(street, "workers", community, month) or not is_listed(street, community, month):
        return None
    _workers, owner = max((u["value"], u["unit"]) for u in here)
    return owner, max(u["value"] for u in here) / total


def counted(units: list[Record]) -> list[Record]:
    """Return the rows that are on both sides."""
    return [u for u in units if u["value"] is not None and u["base"] is not None]


@slow
@given(street=streets(), data=st.data())
def test_against_plain_loops(street: TinyStreet, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    warehouse = write(street, tmp_path_factory.mktemp("street"))
    month = data.draw(st.sampled_from(street.months))
    for metric in OFFERED:
        question = Question(metric, ("community",), month, period="ytd")
        found = giants(warehouse, question)
        for row in ask(warehouse, question).rows:
            community = row.keys["community_id"] or ""
            wanted = None if row.value is None else naive(street, metric, community, month)
            assert (community in found) == (wanted is not None), (metric, community)
            if wanted is not None:
                giant = found[community]
                assert (giant.workers_share, giant.numerator, giant.denominator) == pytest.approx(wanted[:3])
                assert giant.value == (None if not wanted[2] else pytest.approx(wanted[1] / wanted[2] * wanted[3]))


def naive(street: TinyStreet, metric: str, community: str, month: date) -> tuple[float, float, float, float] | None:
    """Return the largest one's share, both sides without it and the scale; None where it is not among the rows."""
    largest = naive_largest(street, community, month)
    if largest is None or largest[1] <= 0.2:
        return None
    if metric == "disputes_per_1000_workers":
        return naive_disputes(street, community, month, *largest)
    units = counted([u for u in units_of(street, metric) if (u["community_id"], u["month"]) == (community, month)])
    rest = [u for u in units if u["unit"] != largest[0]]
    if len(rest) == len(units):
        return None
    return largest[1], sum(u["value"] for u in rest), sum(u["base"] for u in rest), 1.0


def naive_disputes(
    street: TinyStreet, community: str, month: date, owner: str, share: float
) -> tuple[float, float, float, float] | None:
    """Return the cases of all others over the workers of all others, the mean of the months that are known."""
    months = [m for m in street.months if m.year == month.year and m <= month]
    known = [
        m
        for m in months
        if is_listed(street, community, m)
        and is_known(street, "disputes_per_1000_workers", community, m)
        and is_known(street, "workers", community, m)
    ]
    cases = [d for d in street.rows("dispute") if d["community_id"] == community and d["received_month"] in known]
    workers = [
        u
        for u in units_of(street, "workers")
        if u["community_id"] == community and u["month"] in known and u["value"] is not None
    ]
    if not any(u["unit"] == owner for u in workers):
        return None
    left = sum(u["value"] for u in workers if u["unit"] != owner) / len(months)
    return share, sum(d["enterprise_id"] != owner for d in cases), left, 1000 * 12 / len(months)


def a_street(folder: Path, sizes: tuple[int, ...], **settings_: str) -> Warehouse:
    """Return one community whose enterprises have these workers, half of them members; the largest has two cases."""
    street = blank(1, date(2018, 12, 1), 1)
    (community,), (month,) = street.communities, street.months
    street.add("community_month", community_id=community, month=month)
    for ledger in ("enterprise", "dispute"):
        report(street, ledger, community, month, "received")
    for number, workers in enumerate(sizes):
        enterprise(street, number, month, community, workers=workers, members=workers // 2, has_union=number == 0,
                   union_status="own" if number == 0 else "none", industry="C" if number == 0 else "F")  # fmt: skip
    for number in range(3):
        dispute(street, number, community, date(2018, 12, 3), enterprise_id="name:0" if number < 2 else None)
    for key, value in settings_.items():
        street.add("setting", key=key, value=value)
    return write(street, folder)


def only(warehouse: Warehouse, question: Question) -> Giant | None:
    return next(iter(giants(warehouse, question).values()), None)


def test_more_than_a_fifth_is_more(tmp_path: Path) -> None:
    """Exactly 20 % is not more than 20 %; the threshold is the street's setting."""
    assert only(a_street(tmp_path / "a", (20, 19, 19, 19, 19, 4)), Question("coverage_rate")) is None
    assert only(a_street(tmp_path / "b", (21, 19, 19, 19, 19, 4)), Question("coverage_rate")) is not None
    assert only(a_street(tmp_path / "c", (21, 19, 19, 19, 19, 4), giant_share="0.5"), Question("coverage_rate")) is None


def test_what_is_left(tmp_path: Path) -> None:
    """Without the largest: no union of four, half of 40 members, one case of 40 workers for a month of the year."""
    warehouse = a_street(tmp_path, (60, 10, 10, 20))
    assert only(warehouse, Question("coverage_rate")) == Giant(0.6, 0, 3, 0.0)
    assert only(warehouse, Question("membership_rate_area")) == Giant(0.6, 20, 40, 0.5)
    assert only(warehouse, Question("disputes_per_1000_workers", period="month")) == Giant(0.6, 1, 40, 1 / 40 * 12000)
    assert only(warehouse, Question("disputes_received")) is None


def test_nothing_is_left_of_an_only_enterprise(tmp_path: Path) -> None:
    found = only(a_street(tmp_path, (60,)), Question("coverage_rate"))
    assert found is not None and (found.denominator, found.value) == (0, None)


def test_conditions_keep_the_share_and_may_leave_the_giant_out(tmp_path: Path) -> None:
    """The largest is of industry C: within F there is nothing to leave out, within C it is still 60 % of all workers."""
    warehouse = a_street(tmp_path, (60, 10, 10, 20))
    assert only(warehouse, Question("coverage_rate", where=(("industry", ("F",)),))) is None
    within = only(warehouse, Question("coverage_rate", where=(("industry", ("C",)),)))
    assert within is not None and (within.workers_share, within.denominator) == (0.6, 0)


def test_a_public_version_has_none(tmp_path: Path) -> None:
    """The difference of the two rates would tell one enterprise's numbers."""
    assert only(a_street(tmp_path, (60, 10, 10, 20)), Question("membership_rate_area", audience="public")) is None


def test_an_older_generation_stays_readable(tmp_path: Path) -> None:
    """Built before cases named their enterprise: rates of enterprises have their giant, rates of cases have none."""
    a_street(tmp_path / "new", (60, 10, 10, 20))
    (tmp_path / "old" / "generations").mkdir(parents=True)
    path = tmp_path / "old" / "generations" / "000001.duckdb"
    path.write_bytes((tmp_path / "new" / "generations" / "000001.duckdb").read_bytes())
    with duckdb.connect(str(path)) as connection:
        connection.execute("alter table core.dispute drop column enterprise_id")
    older = open_current(tmp_path / "old")
    assert only(older, Question("disputes_per_1000_workers")) is None
    assert only(older, Question("coverage_rate")) == Giant(0.6, 0, 3, 0.0)


def test_the_sample_has_one(sample_street: Path) -> None:
    """岗头's 11,800 of 24,538; without it the community is a little lower in members, and its few cases are others'."""
    warehouse = open_current(sample_street)
    found = giants(warehouse, Question("membership_rate_area", ("community",), MONTH))
    assert list(found) == [GANGTOU]
    assert found[GANGTOU].workers_share == pytest.approx(11800 / 24538)
    assert found[GANGTOU].denominator == 24538 - 11800 and found[GANGTOU].approximate
    year = Question("disputes_per_1000_workers", ("community",), MONTH, period="ytd")
    rows = {row.keys["community_id"]: row for row in ask(warehouse, year).rows}
    cases = giants(warehouse, year)[GANGTOU]
    assert cases.numerator == rows[GANGTOU].numerator  # the sample's giant has no disputes
    assert (cases.value or 0) > (rows[GANGTOU].value or 0) > 0

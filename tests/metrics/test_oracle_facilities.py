"""Every number of 阵地 again, from the raw rows: on a street made by hand and on the sample."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

import pytest

from metrics.changes import change
from metrics.judging.covering import covering
from metrics.judging.covering_words import proposal_text, proposals_text, reached_text
from metrics.judging.facilities import facilities
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.metrics.facility_street import make, make_without_points
from tests.metrics.raw_rows import Record, records

END, GONE = date(2018, 12, 1), {"suspended", "demolished", "revoked"}
SIX = ("sign", "layout", "equipment", "function", "rules", "map")
QUANTITIES = ("facility_area_m2", "facility_visits")
METRICS = ("facilities", "facility_area_m2", "facility_visits", "facilities_six_have_rate")
NANKENG = "440307013020"


@pytest.fixture(scope="module", name="by_hand")
def by_hand_(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return make(tmp_path_factory.mktemp("facilities"))


@dataclass(frozen=True)
class Raw:
    """A street, its registers of 阵地 as raw rows, and the months to look at."""

    warehouse: Warehouse
    rows: list[Record]
    months: tuple[date, ...]


@pytest.fixture(scope="module", params=["by hand", "sample"], name="raw")
def raw_(request: pytest.FixtureRequest, by_hand: Warehouse, sample_street: Path) -> Raw:
    warehouse = by_hand if request.param == "by hand" else open_current(sample_street)
    months = tuple(date(2018, month, 1) for month in (5, 6, 9, 11, 12))
    return Raw(warehouse, records(warehouse, "ledger.facility"), months)


def register(rows: Iterable[Record], month: date) -> list[Record]:
    """Return the rows of the newest register up to the month's end, not older than six months."""
    end = month.replace(day=monthrange(month.year, month.month)[1])
    days = {row["as_of"] for row in rows if row["as_of"] <= end}
    newest = max(days, default=None)
    if newest is None or (month.year - newest.year) * 12 + month.month - newest.month > 6:
        return []
    return [row for row in rows if row["as_of"] == newest]


def counts(row: Record) -> bool:
    return row["status"] not in GONE and not row["within"]


def half(row: Record) -> int | None:
    """Return a half-year's visits: said to be so, or June's year to date, which is the first half."""
    is_first = row["as_of"].month == 6 and row["visits_period"] in (None, "year")
    found: int | None = row["visits"] if row["visits_period"] == "half" or is_first else None
    return found if row["visits_half"] is None else int(row["visits_half"])


def year_to_date(row: Record, rows: Iterable[Record]) -> int | None:
    if row["visits_half"] is None and row["visits_period"] in (None, "year"):
        return row["visits"]
    now = half(row)
    if row["as_of"].month <= 6 or now is None:
        return now
    if (
        row["built_date"]
        and row["built_date_precision"] != "year"
        and row["built_date"] >= date(row["as_of"].year, 7, 1)
    ):
        return now
    before = [o for o in rows if o["row_key"] == row["row_key"] and o["as_of"] == date(row["as_of"].year, 6, 30)]
    first = half(before[0]) if before else None
    return None if first is None else first + now


def has_six(row: Record) -> bool | None:
    if row["six_have"]:
        return "all" in row["six_have"] or set(SIX) <= set(row["six_have"])
    told = [row[f"six_{name}"] for name in SIX]
    return False if False in told else None if None in told else True


def value(metric: str, row: Record, rows: list[Record], month: date) -> float | None:
    if metric == "facilities":
        return 1
    if metric == "facility_area_m2":
        return row["area_m2"]
    if metric == "facility_visits":  # last year's register, carried into January, tells no year to date
        return year_to_date(row, rows) if row["as_of"].year == month.year else None
    return has_six(row)


@pytest.mark.parametrize("metric", METRICS)
def test_every_community_from_the_raw_rows(raw: Raw, metric: str) -> None:
    """Sums, shares and what is missing, for each community and month; before the first register nothing is known."""
    filled = 0
    for month in raw.months:
        listed = [row for row in register(raw.rows, month) if counts(row)]
        if metric.endswith("rate"):
            listed = [row for row in listed if row["kind"] == "station"]
        for row in ask(raw.warehouse, Question(metric, ("community",), month)).rows:
            here = [value(metric, r, raw.rows, month) for r in listed if r["community_id"] == row.keys["community_id"]]
            if not register(raw.rows, month):
                assert row.value is None and row.known == 0
                continue
            known = [number for number in here if number is not None]
            total = None if here and not known and metric in QUANTITIES else sum(known)
            assert (row.numerator, row.item_missing) == (total, len(here) - len(known)), (metric, month, row.keys)
            if metric.endswith("rate"):
                assert row.denominator == len(known)
            filled += bool(known)
    assert filled >= 4


@pytest.mark.parametrize("metric", ["facility_area_per_1000_workers", "facility_visits_per_1000_workers"])
def test_rates_divide_two_sums(raw: Raw, metric: str) -> None:
    above = {"facility_area_per_1000_workers": "facility_area_m2"}.get(metric, "facility_visits")
    for community in ((), (("community", (NANKENG,)),)):
        row = ask(raw.warehouse, Question(metric, (), END, where=community)).row
        workers = ask(raw.warehouse, Question("workers", (), END, where=community)).row.value
        sides = (row.numerator, row.denominator)
        # on the street made by hand only 南坑 has told its workers: the others leave both sides
        asked = (("community", (NANKENG,)),) if row.is_partial else community
        assert sides == (ask(raw.warehouse, Question(above, (), END, where=asked)).row.value, workers)
        assert row.value == pytest.approx((row.numerator or 0) / (row.denominator or 1) * 1000)


def metres(lon: float, lat: float, lon_there: float, lat_there: float) -> float:
    apart = sin(radians(lat_there - lat) / 2) ** 2
    apart += cos(radians(lat)) * cos(radians(lat_there)) * sin(radians(lon_there - lon) / 2) ** 2
    return 2 * 6_371_008.8 * asin(sqrt(apart))


@pytest.mark.parametrize("radius", [500, 1000])
def test_who_is_within_reach_pair_by_pair(raw: Raw, radius: int) -> None:
    """Every operating enterprise against every facility that counts; without a point or workers it leaves both sides."""
    spots = {(r["lon"], r["lat"]) for r in register(raw.rows, END) if counts(r) and r["lon"] and r["lat"]}
    query = (
        f"select community_id, lon, lat, workers from core.enterprise_month where month = date '{END}' and is_operating"
    )
    everyone = raw.warehouse.cursor().execute(query).fetchall()
    near: dict[tuple[float, float], bool] = {}
    for _community, lon, lat, _workers in everyone:
        if lon is not None and (lon, lat) not in near:
            near[lon, lat] = any(metres(lon, lat, *spot) <= radius for spot in spots)
    for row in ask(raw.warehouse, Question(f"workers_within_{radius}m_rate", ("community",), END)).rows:
        here = [e for e in everyone if e[0] == row.keys["community_id"]]
        known = [(near[lon, lat], workers) for _c, lon, lat, workers in here if lon is not None and workers is not None]
        if row.known:
            wanted = (sum(workers for is_near, workers in known if is_near), sum(workers for _near, workers in known))
            assert (row.numerator, row.denominator, row.item_missing) == (*wanted, len(here) - len(known)), row.keys


@pytest.mark.parametrize(
    ("metric", "month", "numerator", "missing"),
    [
        ("facilities", "2018-06", 4, 0),  # 停用 is none
        ("facilities", "2018-12", 7, 0),  # inside another and 拆除 are none; 降星 and a blank state are
        ("facilities", "2018-11", 4, 0),  # June's register is carried
        ("facility_area_m2", "2018-06", 1570, 0),
        ("facility_area_m2", "2018-12", 1530, 2),  # 面积较大 and 80-90 are no numbers; the centre is inside the home
        ("facility_visits", "2018-06", 830, 1),  # since it was built is not this year
        # 600 + 700, 200 + 250, 30 + 约45, 40 (new in the second half), 约100; a day's is not multiplied, 老站 lacks its first half
        ("facility_visits", "2018-12", 1965, 2),
        ("facility_visits", "2019-01", None, 7),  # December's register is carried: its year is not this one
        ("facility_visits_per_1000_workers", "2019-01", None, 5),  # one of them does not tell its workers
        ("facilities_six_have_rate", "2018-12", 1, 1),
        ("workers_within_500m_rate", "2018-12", 100, 2),
        ("workers_within_1000m_rate", "2018-12", 140, 2),
    ],
)  # fmt: skip
def test_numbers_counted_by_hand(by_hand: Warehouse, metric: str, month: str, numerator: int, missing: int) -> None:
    row = ask(by_hand, Question(metric, (), date.fromisoformat(f"{month}-01"))).row
    assert (row.numerator, row.item_missing) == (numerator, missing)


def test_what_the_register_tells_of_a_facility(by_hand: Warehouse) -> None:
    """A room with 、 in its name is one, a spelling of the list gets its title, an own name stays; a star is no tier."""
    june = {each.facility: each for each in facilities(by_hand, date(2018, 6, 1))}
    home = june["职工之家"]
    assert home.rooms == ("就业创业指导中心", "职工学校", "瑜伽室") and home.is_rooms_open
    assert (home.tier, home.star, home.is_area_approx) == ("市级", None, True)
    now = facilities(by_hand, END)
    home = next(each for each in now if each.facility == "职工之家")
    assert home.rooms == ("职工学校", "健身房") and not home.is_rooms_open and (home.tier, home.star) == (None, 3)
    assert [each.visits_daily for each in now if each.facility == "书屋"] == [20]
    assert {each.facility for each in now if not each.is_counted} == {"帮扶中心", "旧站"}


def test_each_doubtful_facility_is_shown_to_the_clerk(by_hand: Warehouse) -> None:
    found = by_hand.cursor().execute("select check_id, subject from intake.check_row where check_id like 'facility_%'")
    listed = sorted(found.fetchall())
    assert [row for row in listed if row[0] != "facility_point_missing"] == [
        ("facility_area_missing", "书屋"), ("facility_area_missing", "暖蜂驿站"), ("facility_same_name", "暖蜂驿站"),
        ("facility_same_name", "暖蜂驿站"), ("facility_visits_period", "书屋"), ("facility_visits_period", "老站"),
    ]  # fmt: skip
    assert ("facility_point_missing", "小家") in listed and ("facility_point_missing", "帮扶中心") not in listed


def test_facilities_without_a_point_are_not_out_of_reach(tmp_path: Path) -> None:
    street = make_without_points(tmp_path)
    for radius in (500, 1000):
        row = ask(street, Question(f"workers_within_{radius}m_rate", (), END)).row
        assert (row.value, row.denominator, row.item_missing) == (None, 0, 5)
    assert reached_text(covering(street, END, 500, 0)) == "7处在用阵地都没有经纬度，不能测算企业到阵地的距离。"


@pytest.mark.parametrize("metric", ["facility_visits", "facility_visits_per_1000_workers"])
@pytest.mark.parametrize("against", ["previous_month", "year_start"])
def test_a_total_since_january_falls_from_no_month(by_hand: Warehouse, metric: str, against: str) -> None:
    assert change(by_hand, Question(metric, (), END), against).difference is None
    assert change(by_hand, Question("facilities", (), END), "previous_month").difference == 3


def test_who_keeps_a_facility_is_nowhere_in_the_warehouse(by_hand: Warehouse) -> None:
    raw = by_hand.path.read_bytes()
    assert "示例管理员".encode() not in raw and b"13800000000" not in raw


def test_a_new_one_goes_where_nobody_is_within_reach(by_hand: Warehouse) -> None:
    """30 workers are far from all, 40 just beyond 500 m; at 1,000 m only the far ones are left; words tell the reasons.

    One site each: two or three are the solver's, which tests/analysis/test_covering.py imports already.
    """
    found = covering(by_hand, END, 500, 1)
    assert (found.workers, found.reached, found.enterprises, found.placeless) == (170, 100, 3, 2)
    assert [(each.workers, each.enterprises) for each in found.proposals] == [(40, 1)]
    assert proposals_text(found) == "新增1处，500米内的职工由58.8%升到82.4%，新增40人。"
    assert proposal_text(found.proposals[0], 1, 500) == (
        "建议点1（南坑社区）：500米内可新增到达职工40人、企业1家；最近的现有阵地是职工之家，直线520米。"
    )
    assert "170名职工，其中100名（58.8%）" in reached_text(found) and "另有2家企业没有经纬度或职工人数" in reached_text(
        found
    )
    far = covering(by_hand, END, 1000, 1)
    assert [each.workers for each in far.proposals] == [30] and far.share_after == 1
    assert "再多的点不会新增到达的职工" in proposals_text(replace(far, asked=3))
    assert "不需要为距离新增" in proposals_text(replace(far, reached=far.workers))
    nobody = covering(by_hand, END, 500, 1, (("community", ("440307013002",)),))
    assert reached_text(nobody) == "企业台账没有经纬度，不能测算到阵地的距离。" and nobody.proposals == ()


def test_the_articles_home_and_the_samples_gaps(sample_street: Path) -> None:
    """1,450 m², two centres inside it, seven rooms and 等; a new one goes to 新雪, which has none in use."""
    warehouse = open_current(sample_street)
    assert ask(warehouse, Question("facility_area_m2", (), END, where=(("community", (NANKENG,)),))).row.value == 1_450
    listed = [each for each in facilities(warehouse, END) if each.community_id == NANKENG]
    home = next(each for each in listed if each.is_counted)
    assert home.facility == "南坑社区职工之家" and home.is_rooms_open and home.tier == "全国级"
    assert home.rooms == (
        "就业创业指导中心",
        "职工学校",
        "电子阅览室",
        "棋牌室",
        "健身房",
        "活动室",
        "劳务工心理咨询室",
    )
    assert {each.facility for each in listed if each.within} == {"职工关爱帮扶中心", "职工培训活动指导中心"}
    assert [each.area_m2 for each in listed] == [1_450, None, None]
    (proposal,) = covering(warehouse, END, 500, 1).proposals
    assert proposal.communities[0] == "新雪" and proposal.workers > 4_000

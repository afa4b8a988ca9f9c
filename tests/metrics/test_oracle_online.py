"""Every number of 线上办件 again, from the raw rows: on a street made by hand and on the sample."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from metrics.periods import shift
from metrics.question import Question
from metrics.scope import months
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.metrics.online_street import make
from tests.metrics.raw_rows import (
    Record,
    Unit,
    assert_every_month,
    assert_years_to_date,
    month_of,
    newest,
    records,
    reported,
)

FINAL, SATISFIED = {"closed", "returned", "withdrawn"}, {"very", "satisfied", "basic"}
SHARES = ("online_on_time_rate", "online_response_rate", "online_satisfaction_rate")
COUNTS = ("online_requests", "online_closed", "online_results")


@pytest.fixture(scope="module", name="by_hand")
def by_hand_(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return make(tmp_path_factory.mktemp("online"))


@dataclass(frozen=True)
class Raw:
    """A street, its requests as the raw rows tell them, and the community-months that have reported."""

    warehouse: Warehouse
    rows: list[Record]
    told: set[tuple[str, date]]
    months: list[date]


@pytest.fixture(scope="module", params=["by hand", "sample"], name="raw")
def raw_(request: pytest.FixtureRequest, by_hand: Warehouse, sample_street: Path) -> Raw:
    warehouse = by_hand if request.param == "by hand" else open_current(sample_street)
    told = reported(warehouse, "online_request")
    last = max(month for _community, month in told)
    return Raw(warehouse, requests_of(warehouse), told, [m for m in months(warehouse) if m <= shift(last, 1)])


def requests_of(warehouse: Warehouse) -> list[Record]:
    """Return one record per request with what the raw rows say of it, judged in plain words."""
    rows = records(warehouse, "ledger.online_request")
    unread = {(b["load_id"], b["file"], b["sheet"], b["row"]) for b in records(warehouse, "intake.bad_cell") if b["column"] == "satisfaction"}  # fmt: skip
    codes = {f"uscc:{row['enterprise_uscc']}" for row in rows}
    registers = warehouse.cursor().execute("select enterprise_id, month, community_id from core.enterprise_month")
    homes = {(code, month): home for code, month, home in registers.fetchall() if code in codes}
    sheets = defaultdict(list)
    for row in rows:
        sheets[row["load_id"], row["file"], row["sheet"]].append(row)
    found = []
    for row in newest(rows):
        sheet = sheets[row["load_id"], row["file"], row["sheet"]]
        until = max(day for other in sheet for day in (other["period_to"], other["applied_date"], other["closed_date"]) if day)  # fmt: skip
        answers = any(other["satisfaction"] for other in sheet)
        place = (row["load_id"], row["file"], row["sheet"], row["row"])
        home = row["community_id"] or homes.get((f"uscc:{row['enterprise_uscc']}", month_of(row["applied_date"])))
        found.append({**row, "home": home, "until": until, "answers": answers, "unread": place in unread})
    return found


def on_time(row: Record) -> bool | None:
    if row["promised_date_precision"] != "day" or row["closed_date_precision"] not in {None, "day"}:
        return None
    if row["status"] == "closed" and row["closed_date"]:
        return bool(row["closed_date"] <= row["promised_date"])
    if row["status"] == "closed" or row["closed_date"] or row["promised_date"] > row["until"]:
        return None
    return False


def answered(row: Record) -> bool | None:
    if row["satisfaction"]:
        return bool(row["satisfaction"] != "none")
    return False if row["answers"] and not row["unread"] else None


def is_done(row: Record) -> bool:
    return bool(row["status"] == "closed" and row["closed_date"])


def due(row: Record) -> date | None:
    """Return the day that says in which month a request is due, None where it is none of 应办结."""
    if row["status"] in {"returned", "withdrawn"} or not row["promised_date"]:
        return None
    day = row["promised_date"]
    return min(day, row["closed_date"]) if is_done(row) else day


def waited(row: Record) -> int | None:
    exact = row["applied_date_precision"] == row["closed_date_precision"] == "day"
    return (row["closed_date"] - row["applied_date"]).days if exact else None


def units_of(metric: str, rows: list[Record]) -> list[Unit]:
    """Return what a metric counts."""
    done = [row for row in rows if is_done(row)]
    ended = [row for row in rows if row["status"] in FINAL and row["closed_date"]]
    table: dict[str, tuple[list[Record], Callable[[Record], date | None], Callable[[Record], float | None]]] = {
        "online_requests": (rows, lambda r: r["applied_date"], lambda r: 1),
        "online_closed": (ended, lambda r: r["closed_date"], lambda r: 1),
        "online_results": (done, lambda r: r["closed_date"], lambda r: 1 if r["result"] else None),
        "online_days": (done, lambda r: r["closed_date"], waited),
        "online_on_time_rate": ([r for r in rows if due(r)], due, on_time),
        "online_response_rate": (done, lambda r: r["closed_date"], answered),
        "online_satisfaction_rate": (
            [r for r in done if answered(r)], lambda r: r["closed_date"], lambda r: r["satisfaction"] in SATISFIED,
        ),
    }  # fmt: skip
    chosen, day, value = table[metric]
    return [Unit(row["home"], month, value(row)) for row in chosen if (month := month_of(day(row)))]


@pytest.mark.parametrize(
    ("metric", "how"), [*((m, "share") for m in SHARES), *((m, "sum") for m in COUNTS), ("online_days", "median")]
)
def test_every_month_from_the_raw_rows(raw: Raw, metric: str, how: str) -> None:
    units = units_of(metric, raw.rows)
    assert assert_every_month(raw.warehouse, metric, how, units, raw.told, raw.months) >= 4
    assert_years_to_date(raw.warehouse, metric, how, units, raw.told, raw.months)


def test_what_is_open_at_every_months_end(raw: Raw) -> None:
    units = []
    for row in raw.rows:
        end = month_of(row["closed_date"]) if row["status"] in FINAL else None
        came = row["applied_date"].replace(day=1)
        units += [Unit(row["home"], m, 1) for m in raw.months if came <= m and (end is None or m < end)]
    assert assert_every_month(raw.warehouse, "online_open", "sum", units, raw.told, raw.months) >= 4


@pytest.mark.parametrize("dimension", ["community", "park", "industry", "size_band", "ownership", "item", "online_channel"])  # fmt: skip
def test_opening_plus_received_less_closed_is_closing(raw: Raw, dimension: str) -> None:
    """In every month whose month before is known too, for every value of every filter."""
    everyone = {community for community, _month in raw.told}
    known = [m for m in raw.months if all((c, m) in raw.told for c in everyone)]

    def by_month(metric: str) -> dict[tuple[str | None, date], float]:
        rows = ask(raw.warehouse, Question(metric, (dimension, "month"), known[-1], known[0])).rows
        return {(r.keys[f"{dimension}_id"], date.fromisoformat(f"{r.keys['month']}-01")): r.value or 0 for r in rows}

    opened, came, went = (by_month(name) for name in ("online_open", "online_requests", "online_closed"))
    checked = 0
    for month in [m for m in known if shift(m, -1) in known]:
        for code in {key for key, _month in (*opened, *came, *went)}:
            opening, closing = opened.get((code, shift(month, -1)), 0), opened.get((code, month), 0)
            assert opening + came.get((code, month), 0) - went.get((code, month), 0) == closing, (code, month)
            checked += 1
    assert checked >= 11


@pytest.mark.parametrize(
    ("metric", "month", "numerator", "denominator", "value", "missing"),
    [
        ("online_requests", "2018-03", 5, None, 5, 0),
        ("online_requests", "2018-06", 4, None, 4, 1),  # 13 has no community and no enterprise that would tell it
        ("online_closed", "2018-03", 4, None, 4, 0),  # with one withdrawn and one returned
        ("online_open", "2018-03", 1, None, 1, 0),
        ("online_on_time_rate", "2018-03", 2, 3, 2 / 3, 0),  # 2 was promised for April and closed in March
        ("online_on_time_rate", "2018-04", 2, 3, 2 / 3, 0),  # on the promised day is on time; 8 is still in hand
        ("online_on_time_rate", "2018-05", 0, 0, None, 2),  # closed without a day; a day without closed
        ("online_on_time_rate", "2018-07", 1, 3, 1 / 3, 1),  # the book of June cannot tell what became of 13 in July
        ("online_response_rate", "2018-04", 1, 2, 1 / 2, 1),  # a blank is no answer, 「还行吧」 is one we cannot read
        ("online_satisfaction_rate", "2018-03", 1, 2, 1 / 2, 0),  # the returned one's answer does not count
        ("online_days", "2018-03", 12, None, 12, 0),
        ("online_results", "2018-03", 2, None, 2, 0),
    ],
)
def test_numbers_counted_by_hand(
    by_hand: Warehouse, metric: str, month: str, numerator: int, denominator: int | None, value: float | None, missing: int
) -> None:  # fmt: skip
    row = ask(by_hand, Question(metric, (), date.fromisoformat(f"{month}-01"))).row
    assert (row.numerator, row.denominator, row.item_missing) == (numerator, denominator, missing)
    assert row.value == (None if value is None else pytest.approx(value))


def test_the_year_on_time_is_the_sum_of_both_sides_not_the_mean_of_months(by_hand: Warehouse) -> None:
    row = ask(by_hand, Question("online_on_time_rate", (), date(2018, 12, 1), period="ytd")).row
    assert (row.numerator, row.denominator) == (6, 11)


def test_what_became_of_the_requests(by_hand: Warehouse) -> None:
    rows = ask(by_hand, Question("online_results", ("result",), date(2018, 12, 1), period="ytd")).rows
    found = {row.keys["result_id"]: (row.value, row.item_missing) for row in rows}
    assert found == {"union": (1, 0), "member": (1, 0), "case": (1, 0), "served": (2, 0), "none": (1, 0), None: (0, 5)}
    linked = "select request_id, dispute_id from core.online_request where dispute_id is not null"
    assert by_hand.cursor().execute(linked).fetchall() == [("ZHGJ0002", "坂调〔2018〕001号")]


def test_each_doubtful_request_is_shown_once_to_the_clerk(by_hand: Warehouse) -> None:
    found = by_hand.cursor().execute("select check_id, subject from intake.check_row where check_id like 'online_%'")
    assert sorted(found.fetchall()) == [
        ("online_date_without_final", "ZHGJ0010"),
        ("online_final_without_date", "ZHGJ0009"),
        ("online_final_without_date", "ZHGJ0014"),
        ("online_promise_missing", "ZHGJ0011"),
    ]


def test_who_asked_is_nowhere_in_the_warehouse(by_hand: Warehouse) -> None:
    raw = by_hand.path.read_bytes()
    assert "示例申请人".encode() not in raw and b"13800000000" not in raw

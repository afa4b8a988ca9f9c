"""Every number of 队伍与制度 again, from the raw rows: on a street made by hand and, in plain loops, on the sample."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from etl.codelist import FOLDER as CODES
from metrics.judging import staff_posts
from metrics.judging.hearings import hearing_plans, hearing_sentence
from metrics.judging.street_level import street_items, street_meetings, street_rules
from metrics.periods import shift
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.metrics.raw_rows import Record, newest, records
from tests.metrics.staff_street import NAME, ONE, PHONE, make, number, take_in_later

MONTHS = [date(2017, 12, 1), date(2018, 5, 1), date(2018, 6, 1), date(2018, 9, 1), date(2018, 12, 1), date(2019, 3, 1)]
DECEMBER = date(2018, 12, 1)
Found = dict[str | None, list[Record]]


@pytest.fixture(scope="module", name="by_hand")
def by_hand_(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    return make(tmp_path_factory.mktemp("staff"))


@pytest.fixture(scope="module", name="sample")
def sample_(sample_street: Path) -> Warehouse:
    return open_current(sample_street)


def _held(warehouse: Warehouse, ledger: str, month: date) -> list[Record]:
    """Return the rows of the newest register not older than its carry, read from the raw rows alone."""
    rows = records(warehouse, f"ledger.{ledger}")
    carry = 12 if ledger == "rule" else 6
    days = {row["as_of"] for row in rows}
    fitting = [d for d in days if d < shift(month, 1) and (month.year - d.year) * 12 + month.month - d.month <= carry]
    return [row for row in rows if fitting and row["as_of"] == max(fitting)]


def _by_community(
    warehouse: Warehouse, metric: str, month: date, period: str | None = None
) -> dict[str | None, tuple[float | None, ...]]:
    rows = ask(warehouse, Question(metric, ("community",), month, period=period)).rows
    return {row.keys["community_id"]: (row.numerator, row.denominator) for row in rows if row.known}


def _counting() -> dict[str, tuple[int, bool]]:
    with (CODES / "staff_kind.csv").open(encoding="utf-8") as handle:
        legal = [row for row in csv.DictReader(handle) if row["kind"] == "legal"]
    return {row["code"]: (order, row["counts_as_staff"] == "true") for order, row in enumerate(legal)}


def _persons(rows: list[Record]) -> list[Record]:
    """Return one row per person who is staff and on post: that of the kind listed first, where a community is told."""
    kinds, best = _counting(), dict[str, Record]()
    for row in rows:
        if row["state"] == "left" or not kinds[row["staff_kind"]][1]:
            continue
        held = best.get(row["identity_hash"])
        place = (kinds[row["staff_kind"]][0], row["community_id"] or "~")
        if held is None or place < (kinds[held["staff_kind"]][0], held["community_id"] or "~"):
            best[row["identity_hash"]] = row
    return list(best.values())


def _grouped(rows: list[Record]) -> Found:
    found: Found = defaultdict(list)
    for row in rows:
        found[row["community_id"]].append(row)
    return found


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_staff_of_the_sample_counted_from_the_raw_rows(sample: Warehouse, month: date) -> None:
    rows = _held(sample, "staff", month)
    persons, posts = _grouped(_persons(rows)), _grouped([row for row in rows if row["state"] != "left"])
    staff, all_posts = _by_community(sample, "staff", month), _by_community(sample, "staff_posts", month)
    hours, licensed = (
        _by_community(sample, "staff_training_hours", month),
        _by_community(sample, "staff_certified_rate", month),
    )
    assert len(staff) == 12
    unread = {
        (b["load_id"], b["file"], b["sheet"], b["row"])
        for b in records(sample, "intake.bad_cell")
        if b["column"] == "certificates"
    }
    for place in staff:
        here = persons[place]
        assert staff[place][0] == len(here) and all_posts[place][0] == len(posts[place])
        told = {row["identity_hash"]: [r for r in rows if r["identity_hash"] == row["identity_hash"]] for row in here}
        known = [
            max((r["training_hours"] for r in of if r["training_hours"] is not None), default=0) for of in told.values()
        ]
        is_this_year = {row["as_of"].year for row in rows} == {month.year}
        assert hours[place][0] == (sum(known) if is_this_year else None if here else 0)
        read = [
            of for of in told.values() if not any((r["load_id"], r["file"], r["sheet"], r["row"]) in unread for r in of)
        ]
        assert licensed[place] == (sum(any(r["certificates"] for r in of) for of in read), len(read))


def _firms(warehouse: Warehouse, month: date) -> Found:
    query = "select community_id, workers, members from core.enterprise_month where is_operating and month = $month"
    names = ("community_id", "workers", "members")
    return _grouped(
        [dict(zip(names, row, strict=True)) for row in warehouse.cursor().execute(query, {"month": month}).fetchall()]
    )


def test_what_falls_to_each_is_divided_by_the_persons_of_the_same_communities(sample: Warehouse) -> None:
    persons = _grouped([row for row in _persons(_held(sample, "staff", DECEMBER)) if row["community_id"]])
    firms = _firms(sample, DECEMBER)
    sums: dict[str, Callable[[list[Record]], int]] = {
        "enterprises_per_staff": len,
        "members_per_staff": lambda rows: sum(row["members"] or 0 for row in rows),
    }
    for metric, summed in sums.items():
        found = _by_community(sample, metric, DECEMBER)
        assert found == {place: (summed(firms[place]), len(persons[place])) for place in found} and len(found) == 12
        whole, placed = ask(sample, Question(metric, (), DECEMBER)).row, [firms[place] for place in found]
        assert whole.value == pytest.approx(sum(map(summed, placed)) / sum(map(len, persons.values())))
    heads = _by_community(sample, "staff_per_1000_workers", DECEMBER)
    assert heads == {place: (len(persons[place]), sum(e["workers"] or 0 for e in firms[place])) for place in heads}


def test_disputes_of_the_year_are_divided_by_the_mean_of_the_month_ends(sample: Warehouse) -> None:
    """第五园 has not reported its disputes of December: that month is on neither side."""
    months = [date(2018, n, 1) for n in range(1, 13)]
    by_month = {m: _grouped([r for r in _persons(_held(sample, "staff", m)) if r["community_id"]]) for m in months}
    cases = _grouped([d for d in records(sample, "core.dispute") if d["received_date"].year == 2018])
    found = _by_community(sample, "disputes_per_staff", DECEMBER, "ytd")
    missing = {r["community_id"] for r in records(sample, "core.report") if (r["ledger"], r["month"], r["shows"]) == ("dispute", DECEMBER, False)}  # fmt: skip
    assert len(missing) == 1
    for place, (above, below) in found.items():
        heads = sum(len(by_month[m][place]) for m in months if place not in missing or m != DECEMBER)
        assert (above, below) == (len(cases[place]), pytest.approx(heads / 12)), place


def _starts(rule: Record, month: date) -> bool:
    end = shift(month, 1) - timedelta(days=1)
    starts = rule["effective_date"] or rule["issued_date"]
    return (starts is None or starts <= end) and (rule["repealed_date"] is None or rule["repealed_date"] > end)


@pytest.mark.parametrize("month", [date(2017, 12, 1), date(2018, 5, 1), DECEMBER, date(2019, 6, 1)], ids=str)
def test_rules_of_the_sample_counted_from_the_raw_rows(sample: Warehouse, month: date) -> None:
    unread = {(b["load_id"], b["file"], b["sheet"], b["row"]) for b in records(sample, "intake.bad_cell")
              if b["column"] == "effective_date" and b["code"] == "bad_date"}  # fmt: skip
    rules = [r for r in _held(sample, "rule", month) if (r["load_id"], r["file"], r["sheet"], r["row"]) not in unread]
    by_place = _grouped([r for r in rules if r["community_id"] and _starts(r, month)])
    found = _by_community(sample, "rules_in_force", month)
    assert found == {place: (len(by_place[place]), None) for place in found} and len(found) == 12


def test_nankengs_ten_rules_and_the_streets_own(sample: Warehouse) -> None:
    """As the article tells it: ten, five of them named; the informants' reward is the street's and no community's."""
    row = ask(sample, Question("rules_in_force", (), DECEMBER, where=(("community", ("南坑",)),))).row
    assert row.value == 10 and row.item_missing == 0
    assert street_rules(sample, DECEMBER)["unit_name"].to_list() == ["工会信息员隐患排查奖励办法"]


MEETINGS = {"hearings_held": "hearing", "major_reports": "major", "joint_meetings": "joint", "meetings_held": None}


@pytest.mark.parametrize("metric", MEETINGS)
def test_meetings_of_the_sample_counted_from_the_raw_rows(sample: Warehouse, metric: str) -> None:
    kind = MEETINGS[metric]
    meetings = [
        m for m in newest(records(sample, "ledger.meeting")) if kind in (None, m["meeting_kind"]) and m["community_id"]
    ]
    for month, first in (
        (date(2018, 3, 1), date(2018, 3, 1)),
        (date(2017, 9, 1), date(2017, 1, 1)),
        (DECEMBER, date(2018, 1, 1)),
    ):
        held = _grouped([m for m in meetings if first <= m["held_date"] < shift(month, 1)])
        found = _by_community(sample, metric, month, None if first == month else "ytd")
        assert found == {place: (len(held[place]), None) for place in found} and len(found) == 12
    assert {row["level"] for row in records(sample, "ledger.meeting") if not row["community_id"]} == {"street"}


def test_checklists_of_the_sample_counted_from_the_raw_rows(sample: Warehouse) -> None:
    for month in (date(2018, 6, 1), DECEMBER):
        items = [row for row in _held(sample, "checklist", month) if row["community_id"]]
        counted = _grouped(items)
        assert _by_community(sample, "checklist_items", month) == {p: (len(rows), None) for p, rows in counted.items()}
        judged = {
            p: [r["status"] for r in rows if r["status"] in ("done", "partly", "not_yet")]
            for p, rows in counted.items()
        }
        assert _by_community(sample, "checklist_done_rate", month) == {
            p: (s.count("done"), len(s)) for p, s in judged.items()
        }
    lists = {row.keys["checklist"] for row in ask(sample, Question("checklist_items", ("checklist",), DECEMBER)).rows}
    assert lists == {"一个主体四个参与", "筑基行动", "民主建会", "示例自定清单"}


@pytest.mark.parametrize(
    ("metric", "community", "numerator", "denominator", "missing"),
    [
        ("staff", "南坑", 1, None, 0),  # three posts, one person; who works in two communities counts in one
        ("staff", "岗头", 1, None, 0),
        ("staff", "坂田", 0, None, 0),  # the street's book speaks for all: none is none, not 未报
        ("staff", None, 2, None, 1),  # 捌 tells no community; 柒 is the street's own
        ("staff_posts", "南坑", 6, None, 0),
        ("staff_per_1000_workers", "南坑", 1, 1500, 0),
        ("enterprises_per_staff", "南坑", 2, 1, 0),
        ("members_per_staff", None, 120, 1, 1),  # 岗头 has sent no register: on neither side
        ("staff_training_hours", "南坑", 20, None, 0),
        ("staff_training_hours", "岗头", 40, None, 0),
        ("staff_certified_rate", None, 1, 2, 1),
        ("rules_in_force", "南坑", 3, None, 1),  # one repealed on the last day, one not begun, one of an unread day
        ("rules_in_force", "岗头", 1, None, 0),
        ("hearings_held", "南坑", 3, None, 0),
        ("major_reports", None, 2, None, 0),
        ("joint_meetings", "岗头", 1, None, 0),
        ("meetings_held", None, 6, None, 0),
        ("checklist_items", "南坑", 4, None, 0),  # an enterprise's item is where its enterprise is
        ("checklist_done_rate", "南坑", 2, 3, 0),
        ("checklist_done_rate", "岗头", 0, 0, 1),
    ],
)  # fmt: skip
def test_numbers_counted_by_hand(
    by_hand: Warehouse, metric: str, community: str | None, numerator: int, denominator: int | None, missing: int
) -> None:
    where = (("community", (community,)),) if community else ()
    period = "ytd" if metric in MEETINGS else None
    row = ask(by_hand, Question(metric, (), DECEMBER, period=period, where=where)).row
    assert (row.numerator, row.denominator, row.item_missing) == (numerator, denominator, missing)


def test_about_stays_about(by_hand: Warehouse) -> None:
    rows = ask(by_hand, Question("staff_training_hours", ("community",), DECEMBER)).rows
    assert {row.keys["community"] for row in rows if row.approximate} == {"岗头"}


def test_a_list_of_its_own_name_is_kept_and_known_spellings_are_one(by_hand: Warehouse) -> None:
    rows = ask(by_hand, Question("checklist_items", ("checklist",), DECEMBER)).rows
    assert {row.keys["checklist"]: row.value for row in rows} == {"1+6文件": 4, "自家的清单": 1}


def test_what_is_the_streets_own_is_told_apart(by_hand: Warehouse) -> None:
    own = staff_posts.street_staff(by_hand, DECEMBER)
    assert (own.persons, own.posts) == (1, 1)
    assert street_rules(by_hand, DECEMBER)["unit_name"].to_list() == ["示例街道办法"]
    assert street_meetings(by_hand, DECEMBER)["unit_name"].to_list() == ["坂田街道党工委"]
    assert street_items(by_hand, DECEMBER)["checklist"].to_list() == ["自家的清单"]


def test_terms_are_read_from_every_way_of_writing_them(by_hand: Warehouse) -> None:
    """2019.2 runs out within half a year; three years from July 2015 were over in June 2018; by post, without a name."""
    found = staff_posts.terms(by_hand, DECEMBER)
    told = found.select("union_name", "staff_kind", "position", "term_ends_on", "is_over").rows()
    assert told == [
        ("南坑社区工会联合会", "兼职工会干部", "主席", date(2018, 6, 30), True),
        ("南坑社区工会联合会", "职业化工会工作者", "常务委员", date(2019, 2, 28), False),
    ]
    assert staff_posts.terms(by_hand, DECEMBER, ["440307013002"]).is_empty()


def test_a_near_relative_counts_once_and_leads_to_the_row(by_hand: Warehouse) -> None:
    [row] = staff_posts.relatives(by_hand, DECEMBER).to_dicts()
    assert (row["community"], row["posts"], row["row"]) == ("南坑", 1, 9)
    assert not {"union_name", "staff_kind", "position"} & set(row)  # they would point at one person
    checks = by_hand.cursor().execute(
        "select check_id, subject, row from intake.check_row where check_id like 'staff_%' order by 1"
    )
    assert checks.fetchall() == [
        ("staff_relative", "南坑社区工会联合会", 9),
        ("staff_term_over", "南坑社区工会联合会", 9),
    ]


def test_who_works_for_the_union_is_nowhere_in_the_warehouse(by_hand: Warehouse) -> None:
    raw = by_hand.path.read_bytes()
    for text in (NAME, PHONE, number(ONE), "称职（示例）", "示例机密议题"):
        assert text.encode() not in raw, text
    query = """select distinct column_name from information_schema.columns
               where table_schema = 'core' and table_name in ('staff_month', 'meeting', 'rule_month', 'checklist_month')"""
    columns = {name for (name,) in by_hand.cursor().execute(query).fetchall()}
    assert columns and not {"identity_hash", "name", "phone", "row_key", "topic", "evidence"} & columns


def test_the_plan_is_read_from_the_book_and_grows_month_by_month(by_hand: Warehouse) -> None:
    """南坑's three hearings; the street's own in December; 岗头's plan is a yearly target; it heard nobody: 0, not 未报."""

    def told(month: int) -> dict[str, tuple[int | None, int | None]]:
        plans = hearing_plans(by_hand, date(2018, month, 1))
        assert plans[0].community_id is None and len(plans) == 13
        return {plan.name: (plan.planned, plan.held) for plan in plans}

    assert told(5)["南坑"] == (4, 1) and told(10)["南坑"] == (4, 3) and told(5)["岗头"] == (6, 0)
    assert told(11)["街道党工委"] == (2, 0) and told(12)["街道党工委"] == (2, 1)
    [own] = hearing_plans(by_hand, date(2018, 10, 1), ["440307013020"])
    assert own.last_held == date(2018, 9, 28) and hearing_sentence(own).endswith("建议下次安排：11月")


def test_a_year_without_a_book_is_not_reported(by_hand: Warehouse) -> None:
    assert {plan.held for plan in hearing_plans(by_hand, date(2019, 1, 1))} == {None}


def test_the_streets_own_books_speak_for_every_community_changed_or_empty(by_hand: Warehouse, tmp_path: Path) -> None:
    """A change list adds one to 坂田 and leaves the others as they were; a book of rules that says 无 is 0 everywhere."""
    shutil.copytree(by_hand.path.parents[1], tmp_path / "street")
    later = take_in_later(tmp_path)
    march = ask(later, Question("staff", ("community",), date(2019, 3, 1))).rows
    assert {row.keys["community"]: row.value for row in march if row.value} == {"南坑": 1, "岗头": 1, "坂田": 1}
    rules = ask(later, Question("rules_in_force", ("community",), date(2019, 6, 1))).rows
    assert all(row.known == 1 for row in march) and [row.value for row in rules] == [0] * 12

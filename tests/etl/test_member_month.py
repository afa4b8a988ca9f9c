"""Rosters through the whole pipeline: who is a member when, in which union, and what a roster cannot know."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from etl.intake import check, load
from etl.street import open_street
from metrics.question import Question, Row
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.workbooks import write_book

HEADER = ("姓名", "身份证号码", "所属工会", "入会时间", "会籍状态", "离会时间", "是否实名认证", "实名认证日期")
Person = Sequence[str]


def number(serial: int) -> str:
    """Return an invented number of a person born in 1990."""
    body = f"99999919900101{serial:03d}"
    return body + "10X98765432"[sum(int(d) * pow(2, 17 - at, 11) for at, d in enumerate(body)) % 11]


def person(serial: int, union: str, joined: str = "2015-03-01", *rest: str) -> Person:
    """Return a row; `rest` is 会籍状态, 离会时间, 是否实名认证, 实名认证日期."""
    return (f"会员甲{serial:05d}", number(serial), union, joined, *rest, *[""] * (4 - len(rest)))


def roster(folder: Path, title: str, *people: Person) -> Path:
    path = folder / f"{title}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows([[title], HEADER, *people])
    return path


@pytest.fixture(name="folder")
def folder_(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def loaded(folder: Path) -> Warehouse:
    load([folder], folder.parent / "street")
    return open_current(folder.parent / "street")


def at(warehouse: Warehouse, metric: str, month: date, community: str | None = None) -> Row:
    where = (("community", (community,)),) if community else ()
    return ask(warehouse, Question(metric, (), month, where=where)).row


def members(warehouse: Warehouse, month: date, community: str | None = None) -> tuple[float | None, int]:
    row = at(warehouse, "members_registered", month, community)
    return row.value, row.known


def test_earlier_months_are_told_by_the_dates(folder: Path) -> None:
    """One roster of December tells every month before it; a month after it is carried, newcomers are then unknown."""
    roster(folder, "南坑社区会员名册（2018年12月31日）",
           person(1, "甲工会"), person(2, "甲工会", "2018-05"), person(3, "甲工会", "2018-11-30"),
           person(4, "甲工会", "2015-01-01", "转出", "2018-06-15"))  # fmt: skip
    warehouse = loaded(folder)
    counts = [members(warehouse, date(2018, month, 1), "南坑")[0] for month in (4, 5, 6, 11, 12)]
    assert counts == [2, 3, 2, 3, 3]
    assert [at(warehouse, "members_joined", date(2018, m, 1), "南坑").value for m in (4, 5, 11, 12)] == [0, 1, 1, 0]
    assert members(warehouse, date(2019, 6, 1), "南坑") == (3, 1)
    assert members(warehouse, date(2019, 7, 1), "南坑") == (None, 0)
    assert at(warehouse, "members_joined", date(2019, 1, 1), "南坑").known == 0


def test_one_person_in_two_unions_is_one_member_of_the_union_joined_last(folder: Path) -> None:
    """Across communities too; before joining the second one she was the first one's, and she is new only once."""
    roster(
        folder,
        "南坑社区会员名册（2018年12月31日）",
        person(1, "甲工会", "2016-02-01"),
        person(2, "甲工会", "2018-10-01"),
    )
    roster(folder, "岗头社区会员名册（2018年12月31日）", person(1, "乙工会", "2018-10-08"), person(3, "乙工会"))
    warehouse = loaded(folder)
    assert members(warehouse, date(2018, 12, 1)) == (3, 2)
    assert [members(warehouse, date(2018, m, 1), "南坑")[0] for m in (9, 10)] == [1, 1]
    assert [members(warehouse, date(2018, m, 1), "岗头")[0] for m in (9, 10)] == [1, 2]
    assert at(warehouse, "members_joined", date(2018, 10, 1)).value == 1
    query = "select file, sheet, \"row\", subject, detail from intake.check_row where check_id = 'member_in_two_unions'"
    ((file, _sheet, row, subject, detail),) = warehouse.cursor().execute(query).fetchall()
    assert file.startswith("南坑") and (row, subject) == (3, "甲工会") and "乙工会" in detail
    assert "会员甲" not in detail and number(1) not in detail


def test_the_first_roster_that_shows_a_month_tells_it(folder: Path) -> None:
    """A later roster replaces the earlier one from its own day on and changes nothing that the earlier one told."""
    roster(folder, "南坑社区会员名册（2018年6月30日）", person(1, "甲工会"), person(2, "甲工会"))
    roster(folder, "南坑社区会员名册（2018年12月31日）", person(1, "甲工会"), person(3, "甲工会", "2018-02-01"))
    warehouse = loaded(folder)
    assert [members(warehouse, date(2018, m, 1), "南坑")[0] for m in (5, 6, 7, 12)] == [2, 2, 2, 2]
    assert at(warehouse, "members_joined", date(2018, 2, 1), "南坑").value == 0, "June's roster did not have her"
    due = "select month from core.report where ledger = 'member' and is_due group by month order by month"
    months = [month for (month,) in warehouse.cursor().execute(due).fetchall()]
    assert months[0] == date(2018, 6, 1), "owed from the first one that the street has sent"


def test_unknown_dates_are_neither_long_ago_nor_never(folder: Path) -> None:
    """Without a date: a member from the roster's month on, new in no month; gone without a date: no member at all."""
    roster(folder, "南坑社区会员名册（2018年12月31日）",
           person(1, "甲工会", ""), person(2, "甲工会", "2017年"), person(3, "甲工会", "2015-01-01", "退会"),
           person(4, "甲工会", "2015-01-01", "保留会籍"))  # fmt: skip
    warehouse = loaded(folder)
    months = [(2017, 11), (2017, 12), (2018, 11), (2018, 12)]
    assert [members(warehouse, date(*month, 1), "南坑")[0] for month in months] == [1, 2, 2, 3]
    assert sum(at(warehouse, "members_joined", date(*month, 1), "南坑").value or 0 for month in months) == 0


def test_verification(folder: Path) -> None:
    """Blank is not verified where the roster tells of others; a roster without the column says nothing at all."""
    roster(folder, "南坑社区会员名册（2018年12月31日）",
           person(1, "甲工会", "2015-01-01", "", "", "是", "2018-03-05"), person(2, "甲工会"),
           person(3, "甲工会", "2018-06-01", "", "", "是"))  # fmt: skip
    roster(folder, "岗头社区会员名册（2018年12月31日）", person(4, "乙工会"))
    warehouse = loaded(folder)
    rates = [at(warehouse, "member_verified_rate", date(2018, m, 1), "南坑") for m in (2, 3, 12)]
    assert [(r.numerator, r.denominator, r.known) for r in rates] == [(None, None, 0), (1, 2, 1), (2, 3, 1)]
    silent = at(warehouse, "member_verified_rate", date(2018, 12, 1), "岗头")
    assert (silent.value, silent.known) == (None, 0)


def test_a_street_without_rosters_owes_none(folder: Path) -> None:
    """Everything works from counts alone."""
    with (folder / "南坑社区企业台账2018年12月.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        rows = [
            ("南坑社区企业台账（2018年12月）",),
            ("企业名称", "职工人数", "会员数", "建会状态"),
            ("示例厂", 10, 9, "单独建会"),
        ]
        csv.writer(handle).writerows(rows)
    warehouse = loaded(folder)
    assert at(warehouse, "members", date(2018, 12, 1), "南坑").value == 9
    owed = "select count(*) from core.report where ledger = 'member' and (is_due or holds or shows)"
    assert warehouse.cursor().execute(owed).fetchall() == [(0,)]


def test_a_member_is_the_same_person_when_the_unions_name_changes(folder: Path) -> None:
    """By the number alone: a roster with a renamed union does not make its members vanish, a list may move one."""
    people = [person(n, "南坑一工会") for n in range(30)]
    street = folder.parent / "street"
    load([roster(folder, "南坑社区会员名册（2018年6月30日）", *people)], street)
    renamed = [(*one[:2], "南坑第一工会", *one[3:]) for one in people]
    found = check([roster(folder, "南坑社区会员名册（2018年12月31日）", *renamed)], open_street(street))
    (row,) = found.differences
    assert (row["new"], row["changed"], row["gone"]) == (0, 30, 0) and not found.questions
    rows = [["变更", *person(1, "南坑二工会")], ["减少", *person(2, "")]]
    path = folder / "南坑社区会员增减变动表（2018年7月31日）.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        csv.writer(handle).writerows([[path.stem], ["变动类型", *HEADER], *rows])
    listed = check([path], open_street(street))
    (row,) = listed.differences
    assert (row["new"], row["changed"], row["unchanged"], row["gone"]) == (0, 1, 28, 1) and listed.bad.is_empty()


def test_two_sources_of_one_unions_members_are_set_beside_each_other(folder: Path) -> None:
    """The union register's count of a basic union against the roster's; a difference of a few is no news."""
    people = [person(n, "甲厂工会") for n in range(1, 31)] + [person(n, "乙厂工会") for n in range(31, 61)]
    roster(folder, "南坑社区会员名册（2018年12月31日）", *people)
    title = "坂田街道南坑社区工会组织台账（截至2018年12月31日）"
    headers = ("工会名称", "工会类型", "建会日期", "会员数")
    unions = [("甲厂工会", "独立基层工会", "2010-01-01", 50), ("乙厂工会", "独立基层工会", "2010-01-01", 32)]
    write_book(folder / "工会.xlsx", {"工会": (title, headers, unions)})
    query = "select subject, detail from intake.check_row where check_id = 'roster_disagrees'"
    ((subject, detail),) = loaded(folder).cursor().execute(query).fetchall()
    assert subject == "甲厂工会" and "会员名册30人" in detail and "工会组织台账50人" in detail

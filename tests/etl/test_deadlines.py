"""The deadline engine against cases worked by hand, a walk day by day, and rows that cannot be."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import polars as pl
import pytest

from etl.clocks.rules import deadline_rules
from etl.clocks.workdays import workdays
from etl.codelist import FOLDER, CodeLists
from etl.errors import StreetError
from etl.models import checks
from tests.etl.clocks import built, deadlines, working_day

with (Path(__file__).parent / "deadline_cases.csv").open(encoding="utf-8") as table:
    CASES = list(csv.DictReader(table))
HEADER = (FOLDER / "deadlines.csv").read_text("utf-8").splitlines()[0]


def own_list(folder: Path, name: str, *rows: str, header: str = HEADER) -> Path:
    """Write one of a street's lists."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return folder


def test_cases_worked_by_hand() -> None:
    """At least sixty situations, each with the day that a clerk with a calendar gets."""
    assert len(CASES) >= 60 and len({(case["situation"], case["rule"]) for case in CASES}) == len(CASES)
    told = [(str(number), case["causes"], case["steps"]) for number, case in enumerate(CASES)]
    found = {(row["dispute_id"], row["rule"], str(row["started_on"])): row for row in deadlines(told)}
    wrong: list[tuple[object, ...]] = []
    for number, case in enumerate(CASES):
        rows = {key: row for key, row in found.items() if key[:2] == (str(number), case["rule"])}
        if not case["started_on"]:
            wrong += [(case["situation"], rows)] * bool(rows)
            continue
        row = rows[str(number), case["rule"], case["started_on"]]
        said = ["" if row[name] is None else str(row[name]) for name in ("due_on", "extended_by", "met_on")]
        said.append("true" if row["is_provisional"] else "")
        worked = [case[name] for name in ("due_on", "extended_by", "met_on", "provisional")]
        wrong += [(case["situation"], said, worked)] if said != worked else []
    assert wrong == []
    rounds = Counter((case, rule) for case, rule, _start in found)
    several = {CASES[int(case)]["situation"] for (case, _rule), count in rounds.items() if count > 1}
    assert all("轮" in said or "第二次" in said for said in several) and not any("仍是一轮" in said for said in several)


def test_working_days_as_a_walk_finds_them() -> None:
    """Every day around the festivals of 2018, forward and backward, against the library asked day by day."""
    around = ((date(2018, 1, 25), 35), (date(2018, 4, 1), 35), (date(2018, 9, 15), 30), (date(2018, 12, 20), 20))
    days = [first + timedelta(n) for first, count in around for n in range(count)]
    titles = {"D01": "收到调解申请", "D11": "送达申请书副本", "D13a": "开庭", "D20a": "劳动监察立案"}
    lengths = {"D01": 3, "D11": 10, "D13a": -5, "D20a": 60}
    told = [(f"{rule} {day}", "", f"{title} {day}") for rule, title in titles.items() for day in days]
    found = {row["dispute_id"]: row["due_on"] for row in deadlines(told) if row["dispute_id"].startswith(row["rule"])}
    for rule, length in lengths.items():
        for day in days:
            assert found[f"{rule} {day}"] == working_day(day, length, chinese_calendar.is_workday), (rule, day)


def test_the_rules_are_those_of_the_reference() -> None:
    """D01 to D30 are all there; the street owes the two of mediation and the one of acceptance, nobody else's."""
    rules = deadline_rules(CodeLists.load())
    assert {f"D{n:02}" for n in range(1, 31)} == {rule["rule"][:3] for rule in rules}
    owed = {rule["rule"] for rule in rules if rule["is_own"] and rule["nature"] == "duty" and rule["applies"] != "none"}
    assert owed == {"D01", "D04", "D05"}
    working = {rule["rule"]: rule["unit"] for rule in rules if rule["law"].startswith("劳动争议调解仲裁法")}
    lengths = {rule["rule"]: abs(rule["length"]) for rule in rules if rule["rule"] in working}
    for name, unit in working.items():  # 三日、五日、十日是工作日，十五日、四十五日是自然日
        assert unit == "year" or (unit == "working_day") == (lengths[name] in {3, 5, 10}), name


def test_a_street_adds_a_version_of_a_rule(tmp_path: Path) -> None:
    """A clock runs under the version valid on the day it starts; the older version need not be closed."""
    row = "D04-2019,D04,legal,结束调解,accepted,agreement,20,day,,duty,调解组织,true,all,,false,false,{},,示例,I,受理后20日"
    codes = own_list(tmp_path / "codes", "deadlines", row.format("2019-01-01"))
    told = [("a", "", "受理 2018-12-31"), ("b", "", "受理 2019-01-01")]
    found = [row for row in deadlines(told, codes) if row["rule"] == "D04"]
    due = {row["dispute_id"]: (str(row["due_on"]), row["words"]) for row in found}
    assert due == {"a": ("2019-01-15", "受理后15日"), "b": ("2019-01-21", "受理后20日")} and len(found) == 2


def test_a_street_replaces_a_rule_and_switches_one_on(tmp_path: Path) -> None:
    replaced = (
        "D04,D04,legal,结束调解,accepted,agreement,30,day,10,duty,调解组织,true,all,,true,false,,,示例,I,受理后30日"
    )
    switched = "D24,D24,legal,答复意见书,letter_opinion,letter_replied,15,working_day,,duty,用人单位,false,all,,false,false,,,示例,I,收到后15个工作日"  # fmt: skip
    codes = own_list(tmp_path / "codes", "deadlines", replaced, switched)
    told = [("a", "", "受理 2018-09-01"), ("b", "", "意见书 2018-06-01")]
    due = {(row["dispute_id"], row["rule"]): str(row["due_on"]) for row in deadlines(told, codes)}
    assert due == {("a", "D04"): "2018-10-08", ("b", "D24"): "2018-06-25"}


@pytest.mark.parametrize(
    ("column", "value"),
    [("unit", "week"), ("starts", "accepted|nowhere"), ("length", "十五"), ("applies", "cause:77"), ("is_own", "是"),
     ("nature", "must"), ("valid_from", "2012"), ("mark", "X"), ("unit", ""), ("length", "2147483647"), ("length", "1001"),
     ("extension", "-5"), ("valid_to", "2011-12-31")],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_named(column: str, value: str) -> None:
    row = ["S1", "S1", "legal", "回访", "accepted", "closed", "15", "day", "", "duty", "调解组织", "true", "all", "",
           "false", "false", "", "", "示例", "I", "受理后15日"]  # fmt: skip
    told = {**dict(zip(HEADER.split(","), row, strict=True)), "valid_from": "2012-01-01", column: value, "folded": "s1"}
    lists = CodeLists.load()
    wrong = CodeLists({**lists.lists, "deadlines": pl.DataFrame([told])}, lists.spellings)
    with pytest.raises(StreetError) as said:
        deadline_rules(wrong)
    assert said.value.file == "deadlines.csv" and "S1" in str(said.value)


def test_an_extension_agreed_too_late_is_told() -> None:
    """It changes no day, so the clerk must hear of it; one in time, or of a clock that was met, is none."""
    told = [
        ("late", "", "受理 2018-03-01；同意延期 2018-03-10 延3天；同意延期 2018-03-20 延10天"),
        ("in time", "", "收到调解申请 2018-02-20；受理 2018-03-01；同意延期 2018-03-16 延10天"),
        ("met before", "", "受理 2018-03-01；达成协议 2018-03-10；同意延期 2018-03-20 延10天"),
    ]
    [check] = [check for check in checks() if check.id == "extension_after_due"]
    found = built(told).execute(f"select subject, detail from ({check.sql})").fetchall()
    assert found == [("late", "2018-03-19到期，2018-03-20才同意延期")]


def test_a_published_year_is_no_longer_provisional(tmp_path: Path) -> None:
    """The street's table makes 2027 known: its holidays and make-up days count, the doubt goes."""
    rows = [f"2027-01-0{day},2027-01-0{day},legal,2027年1月{day}日,{work}" for day, work in ((1, "false"), (3, "true"))]
    codes = own_list(tmp_path / "codes", "workday", *rows, header="raw,code,kind,title,is_working")
    [found] = [row for row in deadlines([("a", "", "收到调解申请 2026-12-30")], codes) if row["rule"] == "D01"]
    assert (str(found["due_on"]), found["is_provisional"]) == ("2027-01-04", False)
    [found] = [row for row in deadlines([("a", "", "收到调解申请 2026-12-31")], codes) if row["rule"] == "D01"]
    assert str(found["due_on"]) == "2027-01-05"  # 3 January works, 4 and 5


def test_the_shipped_days_agree_with_the_library() -> None:
    """What the program's own table restates, the library says too; a wrong row is named."""
    for day, is_working in workdays(CodeLists.load()).exceptions.items():
        assert chinese_calendar.is_workday(day) == is_working, day


def test_a_day_that_is_none_is_named(tmp_path: Path) -> None:
    codes = own_list(
        tmp_path / "codes", "workday", "x,2027-02-30,legal,x,true", header="raw,code,kind,title,is_working"
    )
    with pytest.raises(StreetError) as told:
        workdays(CodeLists.load(street=codes))
    assert told.value.file == "workday.csv"

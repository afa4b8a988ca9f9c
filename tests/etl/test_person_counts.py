"""Workers in hardship become counts in the cleaning step; services told apart by hashed texts; 人次 leave the column of 人数."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import cli
from etl.clean import clean
from etl.codelist import CodeLists
from etl.errors import LedgerError
from etl.instructions import Instructions
from etl.intake import check, load
from etl.ledger import ledger_kinds, parse_kind
from etl.recognise import recognise
from etl.street import open_street
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from tests.etl.sheets import text_sheet
from tests.workbooks import write_book

HEADER: tuple[str, ...] = (
    "序号",
    "姓名",
    "身份证号",
    "困难类别",
    "所属社区",
    "建档日期",
    "脱困日期",
    "档案状态",
    "联系电话",
    "疾病",
    "银行账号",
)
TITLE = "坂田街道困难职工档案（全街道）（截至{day}）"
SECRETS = (
    "张三甲",
    "李四乙",
    "王五丙",
    "13800138",
    "11010119900101",
    "尿毒症",
    "6222000011112222",
    "2018-03-05",
    "2018-03-06",
)


def _row(number: int, name: str, **cells: str) -> tuple[Any, ...]:
    """Return one person; what is not said is ordinary: 深度困难, of 南坑, on file since March."""
    usual = {"id": "", "tier": "深度困难", "place": "南坑", "entered": "2018-03-05", "left": "", "state": ""}
    return (number, name, *{**usual, **cells}.values(), f"1380013{number:04d}", "尿毒症", "6222000011112222")


PEOPLE = [
    _row(1, "张三甲", id="11010119900101123X"), _row(2, "李四乙", tier="低保户", entered="2018-03-06"), _row(3, "王五丙", tier="边缘户", place="岗头"),
    _row(4, "示例四", left="2018-06-20"), _row(5, "示例五", state="已脱困"), _row(6, "示例六", entered="2018年"),
    _row(7, "示例七", tier="特困"), _row(1, "张三甲", id="11010119900101123X"), _row(2, "李四乙", tier="意外致困", entered="2018-03-06"),
    _row(8, "示例八", left="2017-01-01"), _row(9, "示例九", place=""),
]  # fmt: skip


def _book(folder: Path, *sheets: list[tuple[Any, ...]], day: str = "2018年6月30日", name: str = "档案.xlsx") -> Path:
    pages = {f"第{n}页": (TITLE.format(day=day), HEADER, list(rows)) for n, rows in enumerate(sheets, 1)}
    return write_book(folder / name, pages)


def _counts(rows: pl.DataFrame) -> dict[tuple[str, str, str | None, str | None], int]:
    names = {"440307013020": "南坑", "440307013002": "岗头", None: ""}
    return {
        (what, tier, names[place], f"{month:%Y-%m}" if month else None): persons
        for what, tier, place, month, persons in rows.select("what", "tier", "community_id", "month", "persons").rows()
    }


def test_only_counts_leave_the_cleaning_step(tmp_path: Path) -> None:
    """Old classes are mapped, repetitions and contradictions count once, who has left or no longer is on file does not."""
    found = check([_book(tmp_path, PEOPLE)], open_street(tmp_path / "none"))
    rows = found.ledgers["hardship"]
    assert _counts(rows) == {
        ("on_file", "deep", "南坑", None): 4,  # 1, 2, 6, and 8, whose end before the beginning is unknown
        ("on_file", "relative", "岗头", None): 1,
        ("on_file", "deep", "", None): 1,
        ("entered", "deep", "南坑", "2018-03"): 5,  # 6 says a year only
        ("entered", "relative", "岗头", "2018-03"): 1,
        ("entered", "deep", "", "2018-03"): 1,
        ("left", "deep", "南坑", "2018-06"): 1,  # 5 does not say when
        ("entered_untold", "deep", "南坑", None): 1,  # 6
    }
    assert rows["row"].unique().to_list() == [2], "the header's row, never a person's"
    assert set(rows.columns) & {"entered_date", "left_date", "identity_hash", "state"} == set()
    (entry,) = found.sheets.values()
    assert (entry["accepted"], entry["rejected"], entry["duplicates"]) == (10, 2, 5), "8 and 1 to the next 5"
    assert found.differences == [] and entry["rounded_to"] == 5
    assert entry["communities"] == {"440307013020": 1, "440307013002": 1}, "a receipt tells no community's number"


def test_bad_cells_say_where_and_why_but_not_what(tmp_path: Path) -> None:
    bad = check([_book(tmp_path, PEOPLE)], open_street(tmp_path / "none")).bad
    assert {(row["row"], row["code"]) for row in bad.rows(named=True)} == {
        (3, "check_digit"), (10, "check_digit"), (8, "date_precision"), (9, "unknown_code"), (11, "key_conflict"), (12, "date_order"),
    }  # fmt: skip
    assert set(bad["value"].drop_nulls()) == {"***"}
    text = "\n".join(str(row) for row in bad.drop("row", "cell").rows())
    assert not [secret for secret in (*SECRETS, "特困", "2017-01-01") if secret in text]
    assert "困难类别：不在代码表中" in text


def test_a_person_in_two_sheets_of_one_archive_counts_once(tmp_path: Path) -> None:
    again = [_row(1, "张三甲", id="11010119900101123X"), _row(10, "示例十")]
    rows = check([_book(tmp_path, PEOPLE[:2], again)], open_street(tmp_path / "none")).ledgers["hardship"]
    assert rows.filter(pl.col("what") == "on_file")["persons"].sum() == 3


def test_a_change_list_of_persons_who_are_only_counted_is_refused() -> None:
    header = [*HEADER, "变动类型"]
    row = [str(cell) for cell in PEOPLE[0]] + ["新增"]
    with pytest.raises(LedgerError, match="只读出人数，不留个人") as refused:
        recognise(text_sheet(["坂田街道困难职工增减变动表（2018年6月）"], header, row))
    assert "全量" in refused.value.as_dict()["remedy"]


@pytest.fixture(scope="module", name="street")
def street_(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Return a street with two archives of one year: 12 on file in 南坑, then 8; 5 of them left; 岗头 has 2."""
    folder, sheets = tmp_path_factory.mktemp("hardship"), []
    first = [_row(n, f"示例{n}", entered="2017-05-01") for n in range(1, 13)] + [
        _row(90 + n, f"岗{n}", place="岗头") for n in (1, 2)
    ]
    second = [_row(n, f"示例{n}", entered="2017-05-01", left="2018-09-01" if n <= 5 else "") for n in range(1, 14)]
    second += [_row(90 + n, f"岗{n}", place="岗头") for n in (1, 2)]
    for number, (rows, day) in enumerate(((first, "2018年6月30日"), (second, "2018年12月31日"))):
        sheets.append(_book(folder, rows, day=day, name=f"档案{number}.xlsx"))
    enterprises = [("企业甲", "南坑", "10", "正常"), ("企业乙", "岗头", "10", "正常")]
    names = ("企业名称", "所属社区", "职工人数", "经营状态")
    sheets.append(write_book(folder / "企业.xlsx", {"名册": ("企业台账（截至2018年12月31日）", names, enterprises)}))
    load(sheets, folder / "street", Instructions())
    return open_current(folder / "street")


def test_stocks_hold_from_archive_to_archive_and_flows_only_where_an_archive_can_see_them(street: Warehouse) -> None:
    query = """select strftime(month, '%Y-%m'), on_file, entered, has_left from core.hardship_month
               where community_id = '440307013020' and hardship_tier = 'deep' and month >= date '2017-12-01' order by 1"""
    found = {month: rest for month, *rest in street.cursor().execute(query).fetchall()}
    assert "2017-12" not in found, "an archive of 2018 cannot tell who left in 2017"
    assert found["2018-01"] == [None, 0, 0] and found["2018-03"] == [None, 0, 0]
    assert found["2018-06"] == found["2018-08"][:1] + [0, 0] == [12, 0, 0]
    assert found["2018-09"] == [12, 0, 5] and found["2018-12"] == [8, 0, 0]


def test_small_counts_are_hidden_and_a_balance_does_not_tell_them(street: Warehouse) -> None:
    """岗头's 2 are hidden, so is what would tell them; a flow is told of the whole street and year only."""
    december = date(2018, 12, 1)
    rows = {
        row.keys["community"]: row for row in ask(street, Question("hardship_archived", ("community",), december)).rows
    }
    assert rows["岗头"].hidden and rows["岗头"].value is None and rows["岗头"].hidden.below == 5
    assert rows["南坑"].hidden and rows["南坑"].hidden.below is None, "with the street's total it would tell 岗头's"
    assert ask(street, Question("hardship_archived", (), december)).row.value == 10
    left = ask(street, Question("hardship_left", (), december, period="ytd")).row
    assert left.value is None and left.hidden and left.hidden.below is None, (
        "entered is 2: with the stock it would follow"
    )
    entered = ask(street, Question("hardship_entered", (), december, period="ytd")).row
    assert entered.value is None and entered.hidden and entered.hidden.below == 5
    for by in (("community",), ("hardship_tier",), ("month",)):
        assert all(row.value is None for row in ask(street, Question("hardship_left", by, december, period="ytd")).rows)


def test_nothing_of_a_person_is_stored(street: Warehouse) -> None:
    folder = street.path.parents[1]
    for path in (path for path in folder.rglob("*") if path.is_file()):
        found = path.read_bytes()
        assert not [
            secret for secret in ("示例12", "尿毒症", "6222000011112222", "1380013") if secret.encode() in found
        ], path.name
    tables = street.cursor().execute(
        "select table_schema, table_name, column_name from information_schema.columns where data_type = 'VARCHAR'"
    )
    for schema, table, column in tables.fetchall():
        query = f"select count(*) from {schema}.{table} where regexp_matches(\"{column}\", '尿毒症|6222000011112222|1380013|示例1[0-3]')"
        assert street.cursor().execute(query).fetchone() == (0,), (schema, table, column)
    assert sum(pl.read_parquet(path).height for path in folder.rglob("hardship.parquet")) == 9


def test_a_kind_says_by_which_columns_it_is_counted() -> None:
    facts: dict[str, Any] = {"title": "t", "meaning": "m", "mode": "register", "due": {"unit": "street", "every": "year"}, "key": ["name"],
                             "columns": {"name": {"title": "名称", "type": "text"}}}  # fmt: skip
    about = {"by": "tier", "entered": "name", "left": "name", "state": "name", "held": "x"}
    with pytest.raises(ValueError, match="aggregate names unknown columns"):
        parse_kind("x", {**facts, "aggregate": about})
    with pytest.raises(ValueError, match="only a personal text is hashed"):
        parse_kind("x", {**facts, "columns": {"name": {"title": "名称", "type": "text", "hashed": True}}})


SERVICE = ledger_kinds()["service"]


def _services(**texts: list[str | None]) -> Any:
    height = len(next(iter(texts.values())))
    usual = {"service_date": ["2018-03-05"] * height, "item": ["送电影"] * height, **texts}
    place = {"sheet_no": [0] * height, "row": list(range(3, 3 + height))}
    schema = {"sheet_no": pl.Int32, "row": pl.Int32, **dict.fromkeys(SERVICE.columns, pl.String)}
    frame = pl.DataFrame({**{name: [None] * height for name in SERVICE.columns}, **place, **usual}, schema=schema)
    units = pl.DataFrame(schema={"sheet_no": pl.Int32, "column": pl.String, "unit": pl.String})
    return frame, units


@pytest.mark.parametrize(
    ("persons", "times", "expected", "is_warned"),
    [
        ("120人次", None, (None, 120), True), ("120人·次", "", (None, 120), True), ("约300人次", "280", (None, 280), True),
        ("120人", "150", (120, 150), False), ("120", "150人次", (120, 150), False), ("10余万人次", None, (None, 100_000), True),
        (None, "40", (None, 40), False),
    ],
)  # fmt: skip
def test_person_times_leave_the_column_of_persons_and_are_never_added(
    persons: str | None, times: str | None, expected: tuple[int | None, int | None], is_warned: bool
) -> None:
    frame, units = _services(persons=[persons], person_times=[times])
    cleaned = clean(SERVICE, frame, units, CodeLists.load())
    assert cleaned.rows.select("persons", "person_times").row(0) == expected
    assert ("person_times_as_persons" in cleaned.bad["code"].to_list()) == is_warned
    assert not cleaned.rows["is_rejected"][0]


def test_a_header_of_person_times_over_the_column_of_persons_moves_the_column() -> None:
    frame, _none = _services(persons=["30", "20"])
    units = pl.DataFrame(
        [(0, "persons", "人次")], {"sheet_no": pl.Int32, "column": pl.String, "unit": pl.String}, orient="row"
    )
    rows = clean(SERVICE, frame, units, CodeLists.load()).rows
    assert rows["persons"].to_list() == [None, None] and rows["person_times"].to_list() == [30, 20]


def test_topics_tell_services_apart_and_are_not_kept() -> None:
    """Two films on one day are two services; blanks and marks make no difference; who was visited is nowhere."""
    frame, units = _services(topic=["探望张三甲", "探望李四乙", "探望 张三甲！"], place=["张三甲家", None, "张三甲家"])
    rows = clean(SERVICE, frame, units, CodeLists.load(), secret=b"k" * 32).rows
    assert rows["row_key"].n_unique() == 2 and rows["row_key"][0] == rows["row_key"][2]
    assert not any("张三" in str(row) or "李四" in str(row) for row in rows.rows())
    assert (
        rows["topic_hash"][0] != clean(SERVICE, frame, units, CodeLists.load(), secret=b"q" * 32).rows["topic_hash"][0]
    )


def test_who_entered_in_no_told_month_leaves_the_year_incomplete(tmp_path: Path) -> None:
    """「年初」, a bare year of the archive's own and an empty cell are an item that is missing; an earlier year is none."""
    people = [_row(n, f"示例{n}") for n in range(1, 7)]
    told = [*people, _row(7, "示例七", entered="2017年"), _row(8, "示例八", place="岗头", entered="2018-02-01")]
    missing = {}
    for name, cell in (("told", "2018-03-05"), ("vague", "年初"), ("empty", ""), ("year", "2018年")):
        folder = tmp_path / name
        folder.mkdir()
        load([_book(folder, [*told, _row(9, "示例九", entered=cell)])], folder / "street", Instructions())
        row = ask(open_current(folder / "street"), Question("hardship_entered", (), date(2018, 6, 1), period="ytd")).row
        missing[name] = row.item_missing
        archived = ask(open_current(folder / "street"), Question("hardship_archived", (), date(2018, 6, 1))).row
        assert (archived.value, archived.item_missing) == (9, 0)
        assert row.value == (8 if name == "told" else 7)
    assert missing == {"told": 0, "vague": 1, "empty": 1, "year": 1}


def test_the_terminal_tells_no_small_number_of_an_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One person is said as the next five, and that it is so; what a later archive adds is not said."""
    street = str(tmp_path / "street")
    first = str(_book(tmp_path, [_row(1, "张三甲")]))
    later = str(_book(tmp_path, [_row(1, "张三甲"), _row(2, "李四乙")], day="2018年12月31日", name="后.xlsx"))
    for words in (["check", first], ["load", first], ["status"], ["check", later]):
        cli.main([*words, "--street", street])
        said = capsys.readouterr().out
        assert "入库5" in said and "困难职工人数只报到5的倍数" in said and "新增" not in said, words

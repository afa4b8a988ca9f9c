"""更正记录: a file changed byte for byte, cells corrected by a rule that a naive loop repeats, and a correction's whole life."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from etl.codelist import CodeLists
from etl.correcting.apply import apply_corrections
from etl.correcting.file import COLUMNS, corrections_in, with_line, without_line
from etl.corrections import add_correction, corrections, read_corrections, withdraw_correction
from etl.errors import StreetError
from etl.generations import current, current_path, generation_id, refresh, status
from etl.record.loads import active_loads
from etl.report import status_text
from etl.street import Street, open_street
from tests.etl.corrected_street import CODE, asked, bring, found

NAME = "深圳示例甲有限公司"
WORKERS = "select as_of, workers from ledger.enterprise where uscc is not null and snapshot_id = load_id order by load_no, as_of"
TEXT = st.text(st.sampled_from("甲乙 ,\"'=2\n、x"), max_size=6)
HEADER = ",".join(COLUMNS)
DECEMBER = date(2018, 12, 31)


@pytest.fixture(scope="module", name="street")
def street_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return found(tmp_path_factory.mktemp("street"), tmp_path_factory.mktemp("files"))


def saved(street: Path, *lines: str, encoding: str = "utf-8-sig") -> None:
    (street / "corrections.csv").write_bytes("\r\n".join([HEADER, *lines, ""]).encode(encoding))


def state_of(street: Path) -> list[tuple[Any, ...]]:
    return [(one.state, one.row_count, one.said) for one in corrections(street)]


@given(
    lines=st.lists(st.tuples(*[TEXT] * 9), min_size=1, max_size=3),
    more=st.tuples(st.sampled_from(("enterprise", "企业台账")), *[TEXT] * 7, st.just("2018-12-30")),
    encoding=st.sampled_from(("utf-8-sig", "utf-8", "gb18030")),
    end=st.sampled_from(("\r\n", "\n")),
    is_ended=st.booleans(),
)
def test_a_line_taken_out_leaves_every_byte(
    lines: list[tuple[str, ...]], more: tuple[str, ...], encoding: str, end: str, is_ended: bool
) -> None:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=end).writerows([COLUMNS, *lines])
    data = (stream.getvalue() if is_ended else stream.getvalue().removesuffix(end)).encode(encoding)
    before = corrections_in(data)
    after = with_line(data, more)
    assert [one.said for one in corrections_in(after)[:-1]] == [one.said for one in before]
    assert corrections_in(after)[-1].key == more[1].strip().removeprefix("'")
    assert without_line(after, len(before) + 1) == (data if before else None)
    for one in before:  # any of them, wherever it stands
        rest = without_line(data, one.no)
        assert [kept.said for kept in corrections_in(rest)] == [kept.said for kept in before if kept.no != one.no]


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"ledger,key\nx,y\n", HEADER.encode() + b'\n"open', b"\x00" * 9]
)
def test_a_damaged_file_is_one_sentence(data: bytes) -> None:
    with pytest.raises(StreetError) as raised:
        corrections_in(data)
    assert raised.value.code == "corrections_damaged" and raised.value.file == "corrections.csv"


@pytest.fixture(scope="module", name="copied")
def copied_(street: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a connection whose tables can be corrected again and again, rolled back each time."""
    connection = duckdb.connect()
    connection.execute(f"attach '{current_path(open_street(street))}' as g (read_only)")
    connection.execute("create schema core")
    for schema in ("ledger", "intake"):
        connection.execute(f"create schema {schema}")
        query = (
            f"select table_name from information_schema.tables where table_catalog = 'g' and table_schema = '{schema}'"
        )
        for (name,) in connection.execute(query).fetchall():
            connection.execute(f"create table {schema}.{name} as from g.{schema}.{name}")
    yield connection
    connection.close()


VALUES = st.sampled_from(("100", "40", "120", "130", "", "约100"))
SAID = st.tuples(
    st.sampled_from((CODE, NAME, f"uscc:{CODE}")), st.sampled_from(("", "@2018-12", "@2018-12-31")), VALUES, VALUES
)


def naive(lines: list[tuple[str, str, str, str]]) -> dict[date, str]:
    """Return the enterprise's workers by register, as a loop over the file reads."""
    stored = {date(2018, 6, 30): "100", DECEMBER: "100"}
    now = dict(stored)
    for _key, since, was, to in lines:
        if was == to:
            continue
        for day in now:
            plain = was.removeprefix("约") if to.removeprefix("约") != was.removeprefix("约") else was
            hits = {
                cell
                for text in (stored[day], now[day])
                for cell in (text, text.removeprefix("约"))
                if cell == text or plain != was
            }
            if (not since or day == DECEMBER) and plain in hits:
                now[day] = to
    return now


@given(lines=st.lists(SAID, max_size=5))
@example(lines=[(CODE, "", "100", "120"), (NAME, "", "120", "130"), (NAME, "@2018-12", "100", "40")])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_cells_are_what_a_loop_makes_of_them(
    copied: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str, str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("said")
    saved(folder, *(f"enterprise,{key}{since},workers,{was},{now},录错,,," for key, since, was, now in lines))
    copied.execute("begin")
    apply_corrections(copied, Street(folder, {}, exists=True), CodeLists.load())
    query = "select as_of, workers, workers_qualifier from ledger.enterprise where uscc is not null"
    found = {
        day: ("约" if how == "approx" else "") + f"{n}" if n is not None else ""
        for day, n, how in copied.execute(query).fetchall()
    }
    cells = copied.execute("select was, now from core.corrected_cell").fetchall()
    [(counted, number)] = copied.execute("select coalesce(sum(row_count), 0), count(*) from core.correction").fetchall()
    copied.execute("rollback")
    assert found == naive(lines)
    assert (len(cells), len(lines)) == (counted, number)
    assert {was for was, _now in cells} <= {"100"}


def test_a_file_saved_by_excel_in_gbk(street: Path) -> None:
    """Every kind of line at once: what can be done is done, the rest says why, and nothing of a person gets in."""
    before = current(open_street(street))
    saved(
        street,
        "劳资纠纷台账,坂调2018002,所属社区,南坑,岗头,所在地登记错,,示例台账员,2018/12/30",
        "dispute,坂调2018001,诉求金额,1000,0.15万元,录错,,,",  # the total row of 3500 is right now
        "dispute,坂调2018001,办结日期,2018-12-20,2018-12-01,录错,,,",
        "dispute,坂调2018001,申请人,示例职工,示例甲某,录错,,,",
        "dispute,坂调2018001,案件编号,坂调2018001,坂调2018009,录错,,,",
        "dispute,坂调2018001,处理结果,调解成功,不知道,录错,,,",
        "enterprise,深圳示例乙有限公司,职工人数,40,45,录错,,,",
        "enterprise,深圳示例乙有限公司,职工人数,40,50,又核对,,,",
        f"enterprise,{CODE},建会日期,2018-03-01,2018-07-05,批复为准,,,",
        "enterprise,示例无此企业,职工人数,1,2,录错,,,",
        "enterprise,深圳示例乙有限公司,会员数,3,0,录错,,,",
        "会员名册,13812345678,会籍状态,正常,转出,录错,,,",
        "没有的台账,甲,乙,丙,丁,录错,,,",
        "enterprise,深圳示例乙有限公司,职工人数,40,41,,,,",
        encoding="gb18030",
    )
    after = refresh(open_street(street))
    said = state_of(street)
    assert [(state, count) for state, count, _said in said] == [
        ("applied", 1), ("applied", 1), ("invalid", 0), ("invalid", 0), ("invalid", 0), ("invalid", 0), ("replaced", 0),
        ("applied", 2), ("applied", 2), ("no_row", 0), ("stale", 0), ("invalid", 0), ("invalid", 0), ("invalid", 0),
    ]  # fmt: skip
    words = ("办结日期”早于", "个人信息", "认定是哪一条", "不知道", "第8条")
    assert all(word in said[place][2] for place, word in zip((2, 3, 4, 5, 6), words, strict=True))
    cases = "select dispute_id, c.community, amount_claimed_yuan from core.dispute join core.community c using (community_id) order by 1"
    assert asked(street, cases) == [("坂调2018001", "南坑", 1500), ("坂调2018002", "岗头", 2000)]
    reported = "select c.community, state from core.report join core.community c using (community_id) where ledger = 'dispute' and month = date '2018-12-01' and state <> 'missing' order by 1"
    assert asked(street, reported) == [("南坑", "received"), ("岗头", "received")]
    assert asked(street, "select column_name, stated = summed from intake.sheet_total order by 1")[0] == (
        "amount_claimed",
        True,
    )
    formed = "select as_of, union_formed_date from core.enterprise_row where uscc is not null order by 1"
    assert [day for _as_of, day in asked(street, formed)] == [None, date(2018, 7, 5)]  # June could not know of July
    texts = f"{asked(street, 'from core.correction')}{asked(street, 'from core.corrected_cell')}"
    assert not any(text in texts for text in ("示例职工", "示例甲某", "13812345678"))
    assert "没有这条记录" in status_text(status(open_street(street)))
    (street / "corrections.csv").unlink()
    assert (
        after and before and after.id != before.id == generation_id(open_street(street), active_loads(street / "loads"))
    )


def test_a_damaged_file_stops_the_load_and_the_numbers_stand(street: Path) -> None:
    before = current(open_street(street))
    (street / "corrections.csv").write_text("企业,更正\n", "utf-8")
    with pytest.raises(StreetError, match="更正记录文件无法读取"):
        refresh(open_street(street))
    (street / "corrections.csv").unlink()
    assert current(open_street(street)) == before


def test_a_corrections_life(street: Path, tmp_path: Path) -> None:
    """Made, clicked twice, outdated by the community, needed again, and taken back as if it had never been."""
    before = current(open_street(street))
    with pytest.raises(StreetError, match="台账现为100"):
        add_correction(street, "enterprise", CODE, "workers", "99", "120", "录错")
    assert not (street / "corrections.csv").exists() and current(open_street(street)) == before
    said = ("enterprise", f"uscc:{CODE}@2018-12-31", "workers", "100", "120", "录错", "社区来函")
    made = add_correction(street, *said, by="示例台账员")
    assert made and (made.state, made.row_count) == ("applied", 1)
    assert add_correction(street, *said, by="示例台账员") is None
    assert asked(street, WORKERS) == [(date(2018, 12, 31), 120), (date(2018, 6, 30), 100)][::-1]
    place = asked(street, 'select correction_no, "column", was, now, sheet, "row" from core.corrected_cell')
    assert place == [(1, "workers", "100", "120", "坂田街道南坑社区企业台账（2018年12月31日）", 3)]
    for others, (workers, state, in_force) in enumerate((("130", "stale_other", 130), ("100", "returned", 120))):
        bring(street, tmp_path / workers, workers, f"4{others}")
        assert corrections(street)[0].state == state
        assert asked(
            street,
            "select workers from core.enterprise_month where enterprise like '%甲%' and month = date '2018-12-01'",
        ) == [(in_force,)]
    assert corrections(street)[0].said == "旧错误再次出现，已按更正记录处理"
    assert status(open_street(street))["corrections"][0]["state"] == "returned"
    with pytest.raises(StreetError, match="另一个窗口"):
        withdraw_correction(street, 2)
    expected = corrections(street)[0]
    after = withdraw_correction(street, 1, "示例台账员", expected=expected)
    assert read_corrections(street) == () and not (street / "corrections.csv").exists()
    assert current(open_street(street)) == after != before
    assert asked(street, "from core.correction") == asked(street, "from core.corrected_cell") == []
    log = (street / "notes" / "correction_log.csv").read_text("utf-8-sig").splitlines()
    assert [line.split(",")[2] for line in log] == ["act", "made", "withdrawn"]

"""One enterprise under several codes and names: joined where it is sure, asked about where not, decided by people."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from benchmarks.identity import ours, quality, recognised, registers, true_pairs
from etl.clean import with_key
from etl.enterprises import rows, same
from etl.enterprises.decisions import decide, former_keys, withdraw
from etl.enterprises.names import address_cores, name_cores
from etl.errors import StreetError
from etl.generations import current
from etl.ledger import ledger_kinds
from etl.level_reviews import review_level, withdraw_review
from etl.notes import add_note
from etl.street import open_street
from metrics.judging.identity import identity_pairs, merged_keys
from metrics.judging.warnings import enterprise_levels
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import open_current
from tests.etl.twins import ORG, OTHER, REG, ROAD, SEVENTH, USCC, write_street

JUNE, DECEMBER = date(2018, 6, 30), date(2018, 12, 31)
NANKENG, WUHE = "440307013020", "440307013008"
NAME = "深圳市云帆电子有限公司"


def core(name: str) -> str:
    return str(name_cores(pl.Series([name]))["core"][0])


@pytest.mark.parametrize(
    "name",
    [
        "深圳市云帆电子有限公司",
        "云帆电子（深圳）有限责任公司",
        "深圳 云帆电子",
        "深圳市龙岗区云帆电子厂",
        "示例云帆电子(个体工商户)",
        "云帆·电子股份有限公司",
    ],
)
def test_one_core_however_it_is_written(name: str) -> None:
    assert core(name) == "云帆电子"


def test_what_stays_in_a_core() -> None:
    """A branch is not its head office, another city not this one, a place not a name of its own."""
    assert core(f"{NAME}坂田分公司") == "云帆电子·坂田分公司"
    assert core(f"{NAME}第2分厂") == core(f"{NAME}第二分厂") == "云帆电子·第二分厂"
    assert (
        core("云帆电子（上海）有限公司") != "云帆电子" != core("东莞市云帆电子有限公司") == core("东莞云帆电子有限公司")
    )
    assert core("坂田实业集团有限公司") == "坂田实业" and core("深圳市坂田鸿发五金厂") == "鸿发五金"
    assert core("深圳市有限公司") == "有限公司" and core("厂") == "厂"
    texts = ["深圳市龙岗区坂田街道天安云谷１号楼9层", "天安云谷1栋9楼", "坂田街道南坑社区"]
    assert address_cores(pl.Series(texts))["place"].to_list() == ["天安云谷1栋9楼", "天安云谷1栋9楼", None]


Row = dict[str, Any]


def row(
    name: str = NAME, code: str | None = None, address: str | None = ROAD, day: date = DECEMBER, **other: Any
) -> Row:
    kind = {18: "uscc", 9: "org_code", 15: "reg_no"}.get(len(code or ""), "uscc")
    place = {"community_id": NANKENG, "unit_id": other.get("community_id", NANKENG), "snapshot_id": f"load {day}"}
    blank = {"uscc": None, "org_code": None, "reg_no": None}
    return {**blank, "name": name, kind: code, "address": address, "as_of": day, **place, **other}


def seen(*found: Row, decisions: tuple[dict[str, str], ...] = ()) -> same.Recognised:
    """Return what is recognised in these rows."""
    frame = with_key(
        ledger_kinds()["enterprise"],
        pl.DataFrame(
            list(found),
            infer_schema_length=None,
            schema_overrides=dict.fromkeys(("uscc", "org_code", "reg_no", "address"), pl.String),
        ),
    )
    with duckdb.connect() as connection:
        connection.execute("create schema ledger")
        connection.register("frame", frame.to_arrow())
        connection.execute("create table ledger.enterprise as select * from frame")
        return same.recognise(connection, rows.forms(connection), decisions)


def told(found: same.Recognised) -> tuple[dict[str, str], list[str]]:
    """Return by what each key was joined, and why pairs are doubtful."""
    return {key: how for key, (_one, how) in found.aliases.items()}, [doubt.why for doubt in found.doubts]


SHORT = "name:深圳云帆电子有限公司"


@pytest.mark.parametrize(
    ("pair", "wanted"),
    [
        # Sure: by code whatever the name, by name and place where no code speaks against it.
        ((row("深圳市旧名五金厂", ORG, None, JUNE), row(code=USCC)), ({f"org_code:{ORG}": "org_code"}, [])),
        ((row(code=REG, day=JUNE), row("深圳市新名有限公司", USCC, reg_no=REG)), ({f"reg_no:{REG}": "reg_no"}, [])),
        (
            (
                row("云帆电子(深圳)有限公司", address="示例一路8号", day=JUNE),
                row(code=USCC, address="深圳市示例一路8号"),
            ),
            ({"name:云帆电子深圳有限公司": "name_address"}, []),
        ),
        ((row(address=None, day=JUNE), row(code=USCC)), ({SHORT: "name"}, [])),
        (
            (row(day=JUNE), row(code=f"{USCC[:17]}{'0' if USCC[17] != '0' else '1'}", day=DECEMBER)),
            ({SHORT: "name_address"}, []),
        ),
        (
            (row(), row(code=USCC, unit_id="street")),
            ({SHORT: "name_address"}, []),
        ),  # the street's book and the community's
        # Doubtful.
        ((row(code=OTHER, day=JUNE), row(code=USCC)), ({}, ["other_code"])),
        ((row(address="示例九路9号", day=JUNE), row(code=USCC)), ({}, ["other_address"])),
        ((row("云帆电子厂", address=None, day=JUNE), row(code=USCC)), ({}, ["no_address"])),
        ((row(), row(code=USCC)), ({}, ["two_rows"])),
        ((row(community_id=WUHE, address=None, day=JUNE), row(code=USCC)), ({}, ["other_community"])),
        ((row("深圳市云帆电孑有限公司", day=JUNE), row(code=USCC)), ({}, ["like_name"])),
        ((row("深圳市别家五金厂", ORG), row(code=USCC)), ({}, ["code"])),  # one register lists both, of other names
        # Surely two: listed beside each other, a branch, another place.
        ((row(code=OTHER), row(code=USCC)), ({}, [])),
        ((row(code=OTHER, community_id=WUHE, address="示例九路9号", day=JUNE), row(code=USCC)), ({}, [])),
        ((row(f"{NAME}坂田分公司", day=JUNE), row(code=USCC)), ({}, [])),
        ((row("云帆电子厂", address=None, community_id=WUHE), row(code=USCC)), ({}, [])),
        (
            (row("深圳市甲乙五金有限公司", "0" * 9, day=JUNE), row("深圳市丙丁商贸有限公司", "0" * 18)),
            ({}, []),
        ),  # nobody's code
    ],
)
def test_sure_doubtful_or_two(pair: tuple[Row, Row], wanted: tuple[dict[str, str], list[str]]) -> None:
    assert told(seen(*pair)) == wanted


def test_the_order_of_rows_tells_nothing() -> None:
    found = [
        row(day=JUNE),
        row("深圳市旧名五金厂", ORG, None, JUNE),
        row(code=USCC),
        row(code=OTHER, address="示例九路9号"),
    ]
    assert told(seen(*found)) == told(seen(*reversed(found))) and seen(*found).aliases == seen(*reversed(found)).aliases


def note(left: str, right: str, decision: str) -> dict[str, str]:
    return {"left_key": left, "right_key": right, "decision": decision, "decided_on": "2019-01-08", "reason": "已核实"}


def test_a_decision_goes_before_everything() -> None:
    """`same` joins other codes, `different` parts what is sure, also by way of a third key."""
    one, two = f"uscc:{OTHER}", f"uscc:{USCC}"
    recoded = (row(code=OTHER, day=JUNE), row(code=USCC))
    newest, older = (two, one)
    assert seen(*recoded, decisions=(note(min(one, two), max(one, two), "same"),)).aliases == {
        older: (newest, "decision")
    }
    nameless = row(address=ROAD, day=JUNE)
    assert SHORT in seen(nameless, row(code=USCC)).aliases
    parted = seen(nameless, row(code=USCC), decisions=(note(SHORT, two, "different"),))
    assert not parted.aliases and not parted.doubts
    third = row(code=ORG, address=ROAD, day=date(2017, 12, 31))
    chained = seen(nameless, third, row(code=USCC), decisions=(note(SHORT, two, "different"),))
    gone = note(two, "uscc:在册时的代码", "same")  # a key that no register has any more
    assert told(seen(*recoded, decisions=(gone,)))[1] == ["other_code"]
    assert SHORT not in chained.aliases and chained.aliases[f"org_code:{ORG}"][0] == two


def test_generated_registers_are_recognised() -> None:
    """Bounds below what the benchmark measures on three larger ones; letters alone find about half."""
    frame, truth = registers(seed=7, count=700)
    found, wanted = recognised(frame), true_pairs(truth)
    joined, asked = ours(found, truth)
    precision, recall = quality(joined, wanted)
    assert len(wanted) > 150 and precision >= 0.99 and recall >= 0.78
    precision, recall = quality(asked, wanted)
    assert precision >= 0.95 and recall >= 0.94


@pytest.fixture(scope="module", name="street")
def street_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_street(tmp_path_factory.mktemp("ledgers"), tmp_path_factory.mktemp("street"))


def select(street: Path, query: str) -> list[tuple[Any, ...]]:
    return open_current(street).cursor().execute(query).fetchall()


def enterprises(street: Path) -> float | None:
    return ask(open_current(street), Question("enterprises", (), DECEMBER.replace(day=1))).row.value


def test_two_rows_of_one_enterprise_count_once_and_are_named(street: Path) -> None:
    """The row with the unified code counts; no row is lost."""
    assert select(
        street,
        "select workers, uscc is not null from core.enterprise_month where month = '2018-12-01' and enterprise like '%乙%'",
    ) == [(10, True)]
    query = "select subject, detail, \"row\" from intake.check_row where check_id = 'enterprise_two_rows'"
    assert select(street, query) == [("深圳市乙有限公司", "2018-12-31 与第6行“深圳市乙有限公司”是同一家，只计一行", 5)]
    assert select(street, "select count(*) from core.enterprise_row") == [(6,)] and enterprises(street) == 3


def test_cases_find_their_enterprise_by_former_codes_and_cores(street: Path) -> None:
    query = "select d.dispute_id, d.enterprise_id, m.how, d.size_band from core.dispute as d left join ledger.dispute as l on d.dispute_id = l.case_no left join core.enterprise_match as m on m.ledger = 'dispute' and l.row_id = m.row_id order by 1"
    known = f"uscc:{USCC}"
    assert select(street, query) == [
        ("坂调〔2018〕1号", known, "code", "25-99"), ("坂调〔2018〕2号", known, "core", "25-99"), ("坂调〔2018〕3号", None, None, None)
    ]  # fmt: skip
    assert {one.how: one.keys for one in merged_keys(open_current(street))} == {"org_code": 2}


def test_a_change_of_code_is_asked_about_decided_and_taken_back(street: Path) -> None:
    """Joined, the points of the old code and a review of it stay the enterprise's; withdrawn, all is as before."""
    before = current(open_street(street))
    [pair] = identity_pairs(open_current(street))
    assert (pair.why, pair.state, pair.left.name, pair.left.community) == (
        "other_code",
        "open",
        "深圳市甲有限公司",
        "南坑",
    )
    keys, december = (pair.left.key, pair.right.key), DECEMBER.replace(day=1)
    [level] = enterprise_levels(open_current(street), december)
    review_level(street, level.enterprise_id, december, "yellow", "已筹到资金", scheme=level.scheme, scored_level=level.scored_level, score=level.score)  # fmt: skip
    reviewed = current(open_street(street))
    with pytest.raises(StreetError, match="须写明理由"):
        decide(street, *keys, "same", " ")
    with pytest.raises(StreetError, match=r"企业台账里没有uscc:91440300000000000X"):
        decide(street, keys[0], "uscc:91440300000000000X", "same", "已核实")
    with pytest.raises(StreetError, match="“maybe”看不懂"):
        decide(street, *keys, "maybe", "已核实")
    assert current(open_street(street)) == reviewed, "nothing was published"
    made = decide(street, *keys, "same", "营业执照已换，电话13800138000", by="示例")
    assert made and former_keys(made.path, f"uscc:{SEVENTH}") == (f"uscc:{OTHER}",)
    [decided] = identity_pairs(open_current(street))
    assert (decided.state, decided.reason) == ("same", "营业执照已换，电话***") and enterprises(street) == 3
    [moved] = enterprise_levels(open_current(street), december)
    assert moved.enterprise_id == f"uscc:{SEVENTH}"
    assert (moved.level, {p.title for p in moved.points} >= {p.title for p in level.points}) == ("yellow", True)
    withdraw_review(street, moved.enterprise_id, december)
    withdraw(street, *reversed(keys))
    after = current(open_street(street))
    assert before and after and after.id == before.id and identity_pairs(open_current(street)) == (pair,)
    assert withdraw(street, *keys) is None, "a second click does nothing"


def test_decisions_that_contradict_are_refused(tmp_path: Path) -> None:
    one, two, three = (f"name:示例{name}" for name in "甲乙丙")
    for left, right in ((one, two), (two, three)):
        said = {"left_key": left, "right_key": right, "decision": "same", "reason": "已核实"}
        add_note(tmp_path, "identity_decisions", **said)
    with pytest.raises(StreetError, match="矛盾"):
        decide(tmp_path, one, three, "different", "已核实")
    with pytest.raises(StreetError, match="两家企业"):
        decide(tmp_path, one, one, "same", "已核实")


def test_the_sample_asks_about_its_changed_codes_alone(sample_street: Path) -> None:
    """Every old code of the sample finds its enterprise; the open pairs are the truth file's changes of code."""
    open_pairs = [pair for pair in identity_pairs(open_current(sample_street)) if pair.state == "open"]
    assert {pair.why for pair in open_pairs} == {"other_code"} and all(
        pair.left.name == pair.right.name for pair in open_pairs
    )
    query = "select count(*), count(distinct a.enterprise_id) from core.enterprise_alias as a inner join ledger.enterprise as l on a.row_key = l.row_key"
    [(rows_, found)] = select(sample_street, query)
    assert rows_ > found > 250
    wrong = """
        select l.name, e.name from core.enterprise_alias as a
        inner join ledger.enterprise as l on a.row_key = l.row_key
        inner join ledger.enterprise as e on a.enterprise_id = e.row_key
        inner join core.name_core as c on l.name = c.name inner join core.name_core as d on e.name = d.name
        where c.core <> d.core and split_part(a.row_key, ':', 1) = 'name'"""
    assert select(sample_street, wrong) == []

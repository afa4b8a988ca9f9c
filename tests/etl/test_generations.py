"""A load is all or nothing; an undo leaves the street as if the load had never been."""

from __future__ import annotations

import time
from pathlib import Path

import duckdb
import pytest

from etl import generations, intake, report
from etl.errors import LedgerError, StreetError
from etl.generations import READ_ONLY
from etl.record import loads
from etl.street import open_street
from tests.workbooks import Rows, disputes, enterprise_row, register

PLACES = {"load_id", "load_no"}


def content(street: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the sorted content of every core table, load ids left out."""
    generation = generations.current(open_street(street))
    assert generation is not None
    with duckdb.connect(str(generation.path), read_only=True, config=READ_ONLY) as connection:
        tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'core'").fetchall()
        found = {}
        for (table,) in sorted(tables):
            columns = [row[0] for row in connection.execute(f"describe core.{table}").fetchall()]
            kept = ", ".join(f'"{name}"' for name in columns if name not in PLACES)
            found[table] = connection.execute(f"select {kept} from core.{table} order by all").fetchall()
        return found


def scalar(street: Path, query: str) -> object:
    generation = generations.current(open_street(street))
    assert generation is not None
    with duckdb.connect(str(generation.path), read_only=True, config=READ_ONLY) as connection:
        return connection.execute(query).fetchall()[0][0]


IN_DECEMBER = "select count(*) from core.enterprise_month where month = date '2018-12-01'"


def test_undo_restores_content_and_id(tmp_path: Path) -> None:
    street = tmp_path / "street"
    first = intake.load([register(tmp_path / "一.xlsx", [enterprise_row(n) for n in range(5)])], street)
    before, file_before = content(street), first.generation
    second = intake.load([register(tmp_path / "二.xlsx", [enterprise_row(9)], community="五和")], street)
    assert content(street) != before
    after = generations.undo(open_street(street), second.receipt["load"])
    assert content(street) == before
    assert file_before is not None and after.id == file_before.id and after.number == 3


def test_a_corrected_register_replaces_the_snapshot_whole(tmp_path: Path) -> None:
    street = tmp_path / "street"
    intake.load([register(tmp_path / "一.xlsx", [enterprise_row(n) for n in range(5)])], street)
    changed = [enterprise_row(0, workers=7), *(enterprise_row(n) for n in range(1, 4))]
    again = intake.load([register(tmp_path / "二.xlsx", changed)], street)
    assert (again.receipt["accepted"], again.receipt["duplicates"]) == (1, 3)
    assert scalar(street, IN_DECEMBER) == 4
    generations.undo(open_street(street), again.receipt["load"])
    assert scalar(street, IN_DECEMBER) == 5


def test_a_check_reads_what_is_loaded_already_as_if_it_were_not(tmp_path: Path) -> None:
    street = tmp_path / "street"
    file = register(tmp_path / "一.xlsx", [enterprise_row(1), enterprise_row(2), enterprise_row(2)])
    before = report.check_json(intake.check([file], open_street(street), again=True))
    intake.load([file], street)
    after = report.check_json(intake.check([file], open_street(street), again=True))
    assert after["files"][0].pop("left_out") and not before["files"][0].pop("left_out")
    assert after == before and after["files"][0]["sheets"][0]["duplicates"] == 1


def test_the_same_bytes_are_left_out(tmp_path: Path) -> None:
    street, file = tmp_path / "street", register(tmp_path / "一.xlsx", [enterprise_row(1)])
    intake.load([file], street)
    again = intake.load([file], street)
    assert again.receipt["load"] is None and again.receipt["files"][0]["left_out"]
    assert again.generation is not None and again.generation.number == 1


def test_fates_add_up_and_conflicts_are_rejected(tmp_path: Path) -> None:
    rows = [enterprise_row(1), enterprise_row(1), enterprise_row(1, workers=5), enterprise_row(2), ("", "", "存续", 3)]
    result = intake.load([register(tmp_path / "一.xlsx", rows)], tmp_path / "street")
    counts = result.receipt
    assert (counts["accepted"], counts["duplicates"], counts["rejected"]) == (2, 1, 2)
    assert counts["rows_read"] == 5 + sum(counts["skipped"].values())


def test_absent_from_the_newer_register_has_left(tmp_path: Path) -> None:
    street = tmp_path / "street"
    intake.load([register(tmp_path / "一.xlsx", [enterprise_row(1), enterprise_row(2)], day="2018年6月30日")], street)
    intake.load([register(tmp_path / "二.xlsx", [enterprise_row(2)])], street)
    assert scalar(street, IN_DECEMBER) == 1
    assert scalar(street, IN_DECEMBER.replace("2018-12", "2018-11")) == 2
    # carry_months is 6: the June register answers for December at the latest, never backward
    assert scalar(street, IN_DECEMBER.replace("2018-12", "2019-06")) == 1
    assert scalar(street, IN_DECEMBER.replace("2018-12", "2019-07")) == 0


def test_one_community_reports_and_another_is_carried(tmp_path: Path) -> None:
    street = tmp_path / "street"
    intake.load([register(tmp_path / "一.xlsx", [enterprise_row(1), enterprise_row(2)], day="2018年6月30日")], street)
    intake.load([register(tmp_path / "二.xlsx", [enterprise_row(3)], community="五和")], street)
    assert scalar(street, IN_DECEMBER) == 3


def test_nil_report_is_known_and_no_sheet_is_not(tmp_path: Path) -> None:
    street = tmp_path / "street"
    months: dict[str, Rows] = {
        "11月": [("坂调1", "某厂", "2018-11-05", "", "拖欠工资", "来访", 1, "在办")],
        "12月": [("无",)],
    }
    intake.load([disputes(tmp_path / "南坑社区劳资纠纷台账2018年.xlsx", months)], street)
    query = (
        "select state from core.report where ledger = 'dispute' and community_id = '440307013020' and month = date '{}'"
    )
    states = [scalar(street, query.format(day)) for day in ("2018-11-01", "2018-12-01", "2019-01-01")]
    assert states == ["received", "nil", "missing"]


def test_the_latest_period_wins_for_a_case(tmp_path: Path) -> None:
    street = tmp_path / "street"
    case = ("坂调1", "某厂", "2018-11-05", "", "拖欠工资", "来访", 1, "在办")
    closed = ("坂调1", "某厂", "2018-11-05", "2018-12-03", "拖欠工资", "来访", 1, "调解成功")
    intake.load([disputes(tmp_path / "南坑劳资纠纷2018.xlsx", {"11月": [case], "12月": [closed]})], street)
    assert scalar(street, "select count(*) from core.dispute") == 1
    assert scalar(street, "select is_mediated from core.dispute") is True


def test_a_register_without_date_stops_the_load(tmp_path: Path) -> None:
    file = register(tmp_path / "名册.xlsx", [enterprise_row(1)], day="")
    with pytest.raises(LedgerError) as caught:
        intake.load([file], tmp_path / "street")
    assert caught.value.file == "名册.xlsx" and caught.value.remedy
    assert not list((tmp_path / "street" / "generations").glob("*"))
    assert not list((tmp_path / "street" / "loads").glob("*"))


def test_sample_and_real_do_not_mix(tmp_path: Path) -> None:
    street = tmp_path / "street"
    intake.load([register(tmp_path / "一.xlsx", [enterprise_row(1)], mark="示例数据　非真实情况")], street)
    assert open_street(street).is_sample
    with pytest.raises(StreetError):
        intake.load([register(tmp_path / "二.xlsx", [enterprise_row(2)])], street)


def test_a_killed_writer_is_swept_up(tmp_path: Path) -> None:
    street = tmp_path / "street"
    intake.load([register(tmp_path / "一.xlsx", [enterprise_row(1)])], street)
    before = content(street)
    (street / "generations" / "000002.draft.duckdb").write_bytes(b"half")
    (street / "loads" / "000002-deadbeef.draft").mkdir()
    (street / "loads" / "000002-deadbeef.draft" / "receipt.json").write_text("{}")
    with generations.writer(open_street(street)):
        pass
    assert content(street) == before
    assert [path.name for path in (street / "generations").iterdir()] == ["000001.duckdb"]
    assert len(list((street / "loads").iterdir())) == 1


def test_an_undo_killed_after_publishing_is_finished(tmp_path: Path) -> None:
    street = tmp_path / "street"
    first = intake.load([register(tmp_path / "一.xlsx", [enterprise_row(1)])], street)
    load_id = first.receipt["load"]
    generations.undo(open_street(street), load_id)
    (street / "loads" / load_id / loads.UNDONE).unlink()
    with generations.writer(open_street(street)):
        pass
    assert loads.active_loads(street / "loads") == []


def test_a_record_restored_beside_an_older_warehouse_is_whole(tmp_path: Path) -> None:
    street = tmp_path / "street"
    intake.load([register(tmp_path / "一.xlsx", [enterprise_row(1)])], street)
    time.sleep(1.1)  # receipts and generations tell the time in seconds
    intake.load([register(tmp_path / "二.xlsx", [enterprise_row(2)], community="五和")], street)
    before = content(street)
    (street / "generations" / "000002.duckdb").unlink()
    renewed = generations.refresh(open_street(street))
    assert renewed is not None and len(loads.active_loads(street / "loads")) == 2
    assert content(street) == before


def test_a_first_load_that_fails_leaves_nothing(tmp_path: Path) -> None:
    street = tmp_path / "street"
    street.mkdir()
    (street / "street.yml").write_text("decimals: 2\n", "utf-8")
    rows = [enterprise_row(1, members=200)]
    result = intake.load([register(tmp_path / "一.xlsx", rows)], street, strict=True)
    assert result.stopped_by and (street / "street.yml").read_text("utf-8") == "decimals: 2\n"
    assert sorted(path.name for path in street.iterdir()) == [".lock", "street.yml"]
    with pytest.raises(LedgerError):
        intake.load([register(tmp_path / "名册.xlsx", rows, day="")], street)
    assert sorted(path.name for path in street.iterdir()) == [".lock", "street.yml"]


def test_warehouses_can_be_rebuilt_from_the_record(tmp_path: Path) -> None:
    street = tmp_path / "street"
    intake.load([register(tmp_path / "一.xlsx", [enterprise_row(1)])], street)
    before = content(street)
    for path in (street / "generations").iterdir():
        path.unlink()
    intake.load([register(tmp_path / "二.xlsx", [enterprise_row(2)], community="五和")], street)
    assert len(content(street)["enterprise_month"]) == 2 * len(before["enterprise_month"])


def test_changed_settings_make_the_generation_stale(tmp_path: Path) -> None:
    street = tmp_path / "street"
    rows = [enterprise_row(1), enterprise_row(2, status="停业")]
    intake.load([register(tmp_path / "一.xlsx", rows)], street)
    operating = f"{IN_DECEMBER} and is_operating"
    assert scalar(street, operating) == 2 and generations.refresh(open_street(street)) is None
    (street / "street.yml").write_text("non_operating: [closed_temporarily]\n", "utf-8")
    renewed = generations.refresh(open_street(street))
    assert renewed is not None and renewed.number == 2
    assert scalar(street, operating) == 1


def test_the_same_files_rebuild_a_street_restored_from_its_record(tmp_path: Path) -> None:
    street = tmp_path / "street"
    file = register(tmp_path / "一.xlsx", [enterprise_row(1)])
    intake.load([file], street)
    before = content(street)
    for path in (street / "generations").iterdir():
        path.unlink()
    again = intake.load([file], street)
    assert again.receipt["load"] is None and again.is_renewed
    assert content(street) == before


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    street = tmp_path / "street"
    intake.load([register(tmp_path / "一.xlsx", [enterprise_row(1)])], street)
    generation = generations.current(open_street(street))
    assert generation is not None
    generation.path.write_bytes(b"damaged" * 999)
    with pytest.raises(StreetError, match="损坏") as error:
        generations.status(open_street(street))
    assert error.value.file == "000001.duckdb" and "generations" in str(error.value.remedy)
    [receipt] = (street / "loads").glob("*/receipt.json")
    receipt.write_text("{", "utf-8")
    with pytest.raises(StreetError, match="回执已损坏"):
        loads.stored_loads(street / "loads")


def test_formation_dates_before_the_first_register_are_read_from_it(tmp_path: Path) -> None:
    street = tmp_path / "street"
    formed = ["2017-10-01", "2018-02-03", "2018-05-09", "2018-12-20"]
    rows = [enterprise_row(number, formed=day) for number, day in enumerate(formed)]
    intake.load([register(tmp_path / "一.xlsx", rows)], street)
    query = "select count(*) from core.union_formed where month between date '{}' and date '{}'"
    assert scalar(street, query.format("2018-01-01", "2018-12-01")) == 3
    assert scalar(street, "select min(month)::varchar from core.month") == "2017-10-01"  # the union year of 2018


def test_a_sheet_whose_rows_are_all_rejected_is_no_nil_report(tmp_path: Path) -> None:
    street = tmp_path / "street"
    months: dict[str, Rows] = {"11月": [], "12月": [("", "甲", "2018-12-01", "", "工资", "来访", 1, "在办")]}
    intake.load([disputes(tmp_path / "一.xlsx", months)], street)
    query = "select string_agg(state, ' ' order by month) from core.report where ledger = 'dispute' and holds"
    assert scalar(street, query) == "nil received"

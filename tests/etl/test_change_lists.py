"""增减变动表: a list of changes acts on the register before it, and never replaces it."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from etl import generations, intake
from etl.errors import LedgerError
from etl.instructions import Instructions
from etl.record import loads
from etl.street import open_street
from tests.etl.generation_content import content, rows
from tests.workbooks import ENTERPRISE, Rows, change_list, enterprise_row, register, write_book

IN_MONTH = (
    "select enterprise, workers, members, file, row from core.enterprise_month where month = date '{}' order by all"
)
NAMES = [f"示例组织{number}有限公司" for number in range(9)]


def begun(tmp_path: Path, count: int = 4) -> Path:
    street = tmp_path / "street"
    intake.load(
        [register(tmp_path / "六月.xlsx", [enterprise_row(n) for n in range(count)], day="2018年6月30日")], street
    )
    return street


def counted(street: Path, month: str = "2018-12-01") -> list[tuple[object, ...]]:
    return [row[:3] for row in rows(street, IN_MONTH.format(month))]


def changes(tmp_path: Path, name: str = "变动.xlsx", **other: str) -> Path:
    changed = (NAMES[1], "", "", 50, "", "", "", "")
    return change_list(
        tmp_path / name, {"新增": [enterprise_row(7)], "变更": [changed], "减少": [(NAMES[2], *[""] * 7)]}, **other
    )


def test_rows_are_added_changed_and_removed_and_blank_means_unchanged(tmp_path: Path) -> None:
    street = begun(tmp_path)
    receipt = intake.load([changes(tmp_path)], street).receipt
    assert counted(street) == [(NAMES[0], 100, 80), (NAMES[1], 50, 80), (NAMES[3], 100, 80), (NAMES[7], 100, 80)]
    assert len(counted(street, "2018-11-01")) == 4  # the register before it stays history
    assert (receipt["accepted"], receipt["files"][0]["sheets"][0]["mode"]) == (3, "change")
    assert receipt["rows_read"] == receipt["accepted"] + sum(receipt["skipped"].values())


def test_each_row_leads_to_where_its_newest_text_stood(tmp_path: Path) -> None:
    street = begun(tmp_path)
    intake.load([changes(tmp_path)], street)
    places = {row[0]: row[3:] for row in rows(street, IN_MONTH.format("2018-12-01"))}
    assert places[NAMES[0]] == ("六月.xlsx", 3) and places[NAMES[1]] == ("变动.xlsx", 4)
    loaded = rows(street, "select distinct file, load_no from ledger.enterprise order by load_no")
    assert loaded == [("六月.xlsx", 1), ("变动.xlsx", 2)]
    assert rows(street, "select count(*) - count(distinct row_id) from ledger.enterprise") == [(0,)]


def test_lists_act_in_the_order_of_their_days(tmp_path: Path) -> None:
    street = begun(tmp_path)
    late = change_list(tmp_path / "十二月.xlsx", {"减少": [enterprise_row(7)]})
    early = change_list(tmp_path / "九月.xlsx", {"新增": [enterprise_row(7)]}, day="2018年9月30日")
    intake.load([late], street)
    assert len(counted(street)) == 4
    intake.load([early], street)  # it comes later, and is the earlier one
    assert (len(counted(street, "2018-10-01")), len(counted(street))) == (5, 4)


def test_a_list_of_the_register_s_own_day_comes_after_it(tmp_path: Path) -> None:
    street = begun(tmp_path)
    both = [changes(tmp_path), register(tmp_path / "年末.xlsx", [enterprise_row(n) for n in range(4)])]
    intake.load(both, street)
    assert [row[0] for row in counted(street)] == [NAMES[0], NAMES[1], NAMES[3], NAMES[7]]
    intake.load([register(tmp_path / "更正.xlsx", [enterprise_row(n) for n in range(5)])], street)
    assert [row[0] for row in counted(street)] == [NAMES[0], NAMES[1], NAMES[3], NAMES[4], NAMES[7]]


def test_it_finds_an_enterprise_by_name_where_the_register_has_its_code_too(tmp_path: Path) -> None:
    street, code = tmp_path / "street", "91440300MA5EXAMP0X"
    row = list(enterprise_row(1))
    row[1] = code
    intake.load([register(tmp_path / "六月.xlsx", [tuple(row)], day="2018年6月30日")], street)
    before = rows(street, "select row_key from ledger.enterprise")
    intake.load([change_list(tmp_path / "变动.xlsx", {"变更": [(NAMES[1], "", "", 33, "", "", "", "")]})], street)
    assert counted(street) == [(NAMES[1], 33, 80)]
    assert rows(street, "select distinct row_key from ledger.enterprise") == before


def test_rows_that_fit_nothing_are_kept_and_named(tmp_path: Path) -> None:
    street = begun(tmp_path)
    odd: dict[str, Rows] = {
        "新增": [enterprise_row(1, workers=9)],
        "变更": [enterprise_row(8)],
        "减少": [(NAMES[6], *[""] * 7)],
        "搬家": [enterprise_row(5)],
        "": [enterprise_row(4)],
    }
    found = intake.check([change_list(tmp_path / "变动.xlsx", odd)], open_street(street))
    said = found.bad.filter(pl.col("code").str.starts_with("change_")).sort("row")
    assert said["code"].to_list() == [
        "change_exists", "change_unknown", "change_unknown", "change_unusable", "change_blank",
    ]  # fmt: skip
    assert said["severity"].to_list() == ["warning"] * 3 + ["reject"] * 2
    intake.load([tmp_path / "变动.xlsx"], street)
    assert [row[:2] for row in counted(street)] == [
        (NAMES[0], 100), (NAMES[1], 9), (NAMES[2], 100), (NAMES[3], 100), (NAMES[8], 100),
    ]  # fmt: skip


def test_a_unit_without_a_register_is_asked_for_one(tmp_path: Path) -> None:
    street = begun(tmp_path)
    with pytest.raises(LedgerError, match="还没有全量台账") as error:
        intake.load([changes(tmp_path, community="五和")], street)
    assert error.value.code == "no_register" and error.value.file == "变动.xlsx" and "全量" in str(error.value.remedy)
    with pytest.raises(LedgerError, match="五和社区|南坑社区"):
        intake.load([changes(tmp_path, "过早.xlsx", day="2018年5月31日")], street)


@pytest.mark.parametrize("undone", [0, 1])
def test_undo_of_either_load(tmp_path: Path, undone: int) -> None:
    street = begun(tmp_path)
    before = content(street)
    loaded = intake.load([changes(tmp_path)], street).receipt["load"]
    ids = [load.id for load in loads.active_loads(street / "loads")]
    generations.undo(open_street(street), ids[undone])
    if undone:
        assert ids[1] == loaded and content(street) == before
    else:
        assert counted(street) == []  # changes of nothing are nothing
        again = register(tmp_path / "补.xlsx", [enterprise_row(n) for n in range(4)], day="2018年6月30日")
        intake.load([again], street)
        assert len(counted(street)) == 4 and (NAMES[1], 50, 80) in counted(street)


def test_a_street_wide_list_covers_the_communities_of_its_register(tmp_path: Path) -> None:
    street, headers = tmp_path / "street", (*ENTERPRISE, "所属社区")
    listed: Rows = [(*enterprise_row(n), name) for n, name in enumerate(["南坑", "五和", "五和"])]
    title = "坂田街道企业台账（截至2018年6月30日）"
    intake.load([write_book(tmp_path / "六月.xlsx", {"企业": (title, headers, listed)})], street)
    change: Rows = [((NAMES[0], *[""] * 8, "减少"))]
    title = "坂田街道企业增减变动表（截至2018年12月31日）"
    intake.load([write_book(tmp_path / "变动.xlsx", {"变动": (title, (*headers, "变动类型"), change)})], street)
    assert [row[0] for row in counted(street)] == NAMES[1:3]
    states = (
        "select state from core.report where ledger = 'enterprise' and month = date '2018-12-01' and holds order by all"
    )
    assert rows(street, states) == [("nil",), ("received",)]  # 南坑's last enterprise is gone: none, not unknown


def test_union_registers_have_change_lists_too(tmp_path: Path) -> None:
    street, headers = tmp_path / "street", ("工会名称", "工会类型", "会员人数", "所属社区")
    listed: Rows = [(f"示例{n}工会委员会", "独立基层工会", 30 + n, "南坑") for n in range(3)]
    title = "坂田街道南坑社区工会组织台账（截至2018年6月30日）"
    intake.load([write_book(tmp_path / "六月.xlsx", {"工会": (title, headers, listed)})], street)
    change: Rows = [("示例1工会委员会", "", "", "", "撤销"), ("示例2工会委员会", "", 99, "", "变更")]
    title = "坂田街道南坑社区工会组织增减变动表（截至2018年12月31日）"
    intake.load([write_book(tmp_path / "变动.xlsx", {"变动": (title, (*headers, "变动情况"), change)})], street)
    query = "select union_name, members from core.union_month where month = date '2018-12-01' order by all"
    assert rows(street, query) == [("示例0工会委员会", 30), ("示例2工会委员会", 99)]


def test_the_difference_says_what_a_list_does(tmp_path: Path) -> None:
    street = begun(tmp_path)
    [one] = intake.check([changes(tmp_path)], open_street(street), Instructions()).differences
    assert [one[name] for name in ("mode", "new", "changed", "unchanged", "gone", "unit")] == [
        "change", 1, 1, 2, 1, "南坑社区",
    ]  # fmt: skip

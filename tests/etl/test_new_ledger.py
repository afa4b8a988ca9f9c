"""A sample workbook becomes a ledger's file: types, privacy, key and mode are guessed, nothing is overwritten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from etl.errors import LedgerError
from etl.ledger import ledger_kinds, parse_kind
from etl.read import read_file
from etl.recognise import Sheet, read_and_recognise, recognise
from etl.sheets.new_ledger import new_ledger, write_new_ledger
from tests.workbooks import ENTERPRISE, enterprise_row, write_book

TITLE = "坂田街道南坑社区慰问活动台账（2018年12月）"
HEADER = (
    "序号", "活动编号", "社区", "园区", "慰问主题", "举办日期", "参加人次", "经费（万元）", "是否困难职工", "企业信用代码", "行业",
    "签到人电话", "联系人", "受助人身份证号", "慰问情况说明", "满意度",
)  # fmt: skip


def _row(number: int) -> tuple[Any, ...]:
    return (
        number, f"慰{number:03d}", ("南坑", "岗头", "五和")[number % 3], "", ("送清凉", "金秋助学")[number % 2], f"2018-12-{number:02d}", 40 + number,
        1.5 + number, ("是", "否")[number % 2], f"91440300MA5D000{number:02d}X", ("制造业", "批发和零售业")[number % 2],
        f"199-0000-00{number:02d}", "示例甲", f"99999919800101{number:03d}X", "某某很高兴", 90.5 + number,
    )  # fmt: skip


def _sample(folder: Path, title: str = TITLE, header: tuple[str, ...] = HEADER, sheet: str = "12月") -> Path:
    rows = [_row(number) for number in range(1, 10)]
    total = ("合计", "", "", "", "", "", 400, 60, *[""] * 8)
    return write_book(
        folder / "慰问.xlsx", {"填表说明": ("请如实填写", ("说明",), []), sheet: (title, header, [*rows, total])}
    )


def test_headers_and_cells_say_what_the_columns_are(tmp_path: Path) -> None:
    made = new_ledger(_sample(tmp_path), "visit")
    assert made.kind == parse_kind("visit", yaml.safe_load(made.text))
    columns = {column.title: column for column in made.kind.columns.values()}
    assert {title: column.type for title, column in columns.items()} == {
        "活动编号": "text", "社区": "community", "园区": "text", "慰问主题": "code", "举办日期": "date", "参加人次": "integer",
        "经费（万元）": "money", "是否困难职工": "boolean", "企业信用代码": "credit_code", "行业": "code", "签到人电话": "text",
        "联系人": "text", "受助人身份证号": "text", "慰问情况说明": "text", "满意度": "decimal",
    }  # fmt: skip
    assert {c.privacy for t, c in columns.items() if t in ("签到人电话", "联系人", "慰问情况说明")} == {"P2"}
    assert columns["受助人身份证号"].privacy == "P3" and columns["活动编号"].privacy == "P0"
    assert columns["行业"].codes == "industry" and columns["经费（万元）"].unit == "元"
    assert columns["社区"].id == "community" and "所属社区" in columns["社区"].variants
    assert columns["举办日期"].id == "held_date" and columns["活动编号"].id == "activity_no"


def test_key_required_mode_and_due_are_guessed_and_listed(tmp_path: Path) -> None:
    made = new_ledger(_sample(tmp_path), "visit")
    assert (made.kind.title, made.kind.mode, made.kind.key) == ("慰问活动台账", "event", (("activity_no",),))
    assert (made.kind.due.unit, made.kind.due.every) == ("community", "month")
    assert [c.title for c in made.kind.columns.values() if c.required] == ["活动编号", "举办日期"]
    said = "\n".join(made.review)
    assert "key：activity_no" in said and "mode：event" in said
    assert not any(cell in made.text for cell in ("示例甲", "199-0000", "999999", "某某")), (
        "no cell of the sample is kept"
    )


def test_a_list_of_what_there_is_becomes_a_register(tmp_path: Path) -> None:
    made = new_ledger(_sample(tmp_path, "坂田街道职工书屋名录（截至2018年12月31日）"), "library")
    assert (made.kind.title, made.kind.mode, made.kind.carry_months) == ("职工书屋名录", "register", 6)


def test_without_a_number_two_columns_are_the_key(tmp_path: Path) -> None:
    rows = [("南坑", "2018-12-01", "甲"), ("南坑", "2018-12-02", "甲"), ("岗头", "2018-12-01", "甲")]
    book = write_book(tmp_path / "巡查.xlsx", {"a": ("巡查记录", ("社区", "巡查日期", "路线"), rows)})
    assert new_ledger(book, "patrol").kind.key == (("community", "date_2"),)


def test_the_written_file_recognises_its_sample(tmp_path: Path) -> None:
    sample = _sample(tmp_path)
    answer = write_new_ledger(sample, "visit", "慰问台账", tmp_path / "new" / "visit.yml")
    text = (tmp_path / "new" / "visit.yml").read_text("utf-8")
    kinds = {**ledger_kinds(), "visit": parse_kind("visit", yaml.safe_load(text))}
    found = [sheet for text in read_file(sample) if isinstance(sheet := recognise(text, kinds), Sheet)]
    assert [(sheet.ledger.id, len(sheet.rows), sheet.skipped["total"], sheet.unmapped) for sheet in found] == [
        ("visit", 9, 1, ())
    ]
    assert (answer["title"], len(answer["columns"])) == ("慰问台账", len(HEADER) - 1)
    with pytest.raises(LedgerError, match="不会覆盖"):
        write_new_ledger(sample, "visit", None, tmp_path / "new" / "visit.yml")
    assert (tmp_path / "new" / "visit.yml").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("name", "message"), [("Visit", "不能作台账的标识"), ("../x", "不能作"), ("dispute", "已是劳资纠纷台账")]
)
def test_a_name_that_cannot_be_is_refused(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(LedgerError, match=message):
        new_ledger(_sample(tmp_path), name)


def test_a_sample_that_is_known_or_none_is_refused(tmp_path: Path) -> None:
    known = write_book(tmp_path / "企业.xlsx", {"企业": ("企业台账", ENTERPRISE, [enterprise_row(1)])})
    assert isinstance(read_and_recognise(known)[0], Sheet)
    with pytest.raises(LedgerError, match="样表已能识别为企业台账"):
        new_ledger(known, "firm")
    empty = write_book(tmp_path / "空.xlsx", {"a": ("标题", ("甲", "乙"), [])})
    with pytest.raises(LedgerError, match="没有找到表头和至少一行数据"):
        new_ledger(empty, "nothing")
    with pytest.raises(LedgerError, match="找不到样表"):
        new_ledger(tmp_path / "没有.xlsx", "nothing")

"""What a load asks before it is published: hard questions stop it, soft ones are shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from openpyxl.styles import Font

import cli
from etl import generations, intake
from etl.errors import LedgerError
from etl.instructions import Instructions
from etl.record import loads
from etl.street import open_street
from tests.etl.generation_content import content, rows
from tests.workbooks import disputes, enterprise_row, register, write_book

VANISH = Instructions(agreed=frozenset({"vanish"}))


def begun(tmp_path: Path, count: int) -> Path:
    street = tmp_path / "street"
    intake.load(
        [register(tmp_path / "六月.xlsx", [enterprise_row(n) for n in range(count)], day="2018年6月30日")], street
    )
    return street


def test_a_register_that_would_empty_the_ledger_stops_and_asks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    street, few = begun(tmp_path, 40), register(tmp_path / "变动.xlsx", [enterprise_row(n) for n in range(2)])
    capsys.readouterr()
    assert cli.main(["load", str(few), "--street", str(street), "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["message"] == "将有38家企业从台账中消失，占95%。是否误把变动表当作全量表？"
    assert error["code"] == "vanish" and error["file"] == "变动.xlsx" and "--confirm vanish" in error["remedy"]
    assert len(loads.stored_loads(street / "loads")) == 1
    assert cli.main(["load", str(few), "--street", str(street), "--json", "--confirm", "vanish:变动.xlsx"]) == 0


def test_a_register_of_other_enterprises_asks_too(tmp_path: Path) -> None:
    street = begun(tmp_path, 20)
    others = register(tmp_path / "年末.xlsx", [enterprise_row(n) for n in range(100, 125)])
    with pytest.raises(LedgerError, match="将有20家企业从台账中消失，占100%"):
        intake.load([others], street)


@pytest.mark.parametrize(("held", "kept", "asks"), [(40, 29, False), (40, 28, True), (12, 3, False)])
def test_both_the_share_and_the_number_must_be_large(tmp_path: Path, held: int, kept: int, asks: bool) -> None:
    street, file = begun(tmp_path, held), register(tmp_path / "年末.xlsx", [enterprise_row(n) for n in range(kept)])
    asked = [question.id for question in intake.check([file], open_street(street)).questions]
    assert asked == ["vanish"] * asks


def test_an_enterprise_that_got_its_credit_code_has_not_vanished(tmp_path: Path) -> None:
    street = begun(tmp_path, 20)
    coded = [
        (name, f"9144030{n:02d}XXXXXXXX0X", *rest)
        for n, (name, _code, *rest) in enumerate(map(enterprise_row, range(20)))
    ]
    found = intake.check([register(tmp_path / "年末.xlsx", coded)], open_street(street))
    assert not [question for question in found.questions if question.id == "vanish"]
    assert (found.differences[0]["gone"], found.differences[0]["new"]) == (0, 0)


def test_differences_of_a_register(tmp_path: Path) -> None:
    street = begun(tmp_path, 5)
    now = [enterprise_row(0), enterprise_row(1), enterprise_row(2, workers=5), enterprise_row(8)]
    [one] = intake.check([register(tmp_path / "年末.xlsx", now)], open_street(street)).differences
    assert {name: one[name] for name in ("new", "changed", "unchanged", "gone", "replaces", "gone_share", "as_of")} == {
        "new": 1, "changed": 1, "unchanged": 2, "gone": 2, "replaces": False, "gone_share": 0.4, "as_of": "2018-12-31",
    }  # fmt: skip


def test_the_same_unit_and_day_twice_is_shown(tmp_path: Path) -> None:
    street = begun(tmp_path, 3)
    again = register(tmp_path / "六月更正.xlsx", [enterprise_row(n, workers=9) for n in range(3)], day="2018年6月30日")
    found = intake.check(
        [again, register(tmp_path / "另一份.xlsx", [enterprise_row(7)], day="2018年6月30日")], open_street(street)
    )
    [asked] = found.questions
    assert (asked.id, asked.is_hard, asked.facts["held_in"]) == ("replace", False, ["六月.xlsx"])
    assert asked.facts["files"] == ["六月更正.xlsx", "另一份.xlsx"] and "整份替换" in asked.message
    assert found.differences[0]["replaces"] is True
    intake.load([again], street)  # at the terminal a register of the same day replaces without a question
    assert rows(street, "select distinct workers from core.enterprise_month") == [(9,)]


def unseen(path: Path) -> Path:
    """Write a register of five, one row hidden, one struck through."""
    register(path, [enterprise_row(n) for n in range(5)])
    book = openpyxl.load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet.row_dimensions[4].hidden = True
    for cell in sheet[6]:
        cell.font = Font(strike=True)
    book.save(path)
    return path


def test_hidden_and_struck_rows_are_asked_about_and_can_be_left_out(tmp_path: Path) -> None:
    street, file = tmp_path / "street", unseen(tmp_path / "年末.xlsx")
    found = intake.check([file], open_street(street))
    assert [(q.id, q.is_hard, q.facts["rows"]) for q in found.questions] == [("hidden", False, 1), ("struck", False, 1)]
    assert sorted(found.bad["code"]) == ["hidden_rows", "struck_rows"] and found.bad["value"].null_count() == 2
    leave_out = Instructions(leave_out=frozenset({"struck"}))
    receipt = intake.load([file], street, leave_out).receipt
    assert (receipt["accepted"], receipt["skipped"]["note"]) == (4, 1)
    assert receipt["rows_read"] == 4 + sum(receipt["skipped"].values())
    assert [receipt["files"][0]["sheets"][0][mark] for mark in ("hidden", "struck")] == [1, 1]
    said = rows(street, "select code, row, value from intake.bad_cell order by code")
    assert said == [("hidden_rows", 4, None), ("left_out_struck", 6, None)]
    assert [row[0] for row in rows(street, "select row from ledger.enterprise order by row")] == [3, 4, 5, 7]


def test_loads_of_before_there_was_more_to_say_still_build(tmp_path: Path) -> None:
    street = begun(tmp_path, 4)
    intake.load([register(tmp_path / "年末.xlsx", [enterprise_row(n) for n in range(4)])], street)
    before = content(street)
    for load in loads.stored_loads(street / "loads"):
        _as_before(load)
    for generation in (street / "generations").glob("*.duckdb"):  # beside an older one a newer load counts as undone
        generation.unlink()
    with generations.writer(open_street(street)):
        assert generations.renew(open_street(street)) is not None
    assert content(street) == before
    found = intake.check([register(tmp_path / "再.xlsx", [enterprise_row(n) for n in range(3)])], open_street(street))
    assert found.differences[0]["unchanged"] == 3 and found.questions[0].id == "replace"


def _as_before(load: loads.Load) -> None:
    """Take from a stored load what loads did not hold before change lists, mended files and questions."""
    for path in load.path.glob("*.parquet"):
        frame = pl.read_parquet(path)
        frame.drop(["change", "suggestion"], strict=False).write_parquet(path)
    receipt: dict[str, Any] = json.loads((load.path / "receipt.json").read_text("utf-8"))
    for name in ("passed_over_reasons", "replaces_files", "crs", "left_out_rows", "agreed", "mappings", "said"):
        receipt.pop(name)
    for sheet in (sheet for file in receipt["files"] for sheet in file["sheets"]):
        for name in ("mode", "replaces", "hidden", "struck", "mapping", "crs", "reasons", "unit"):
            sheet.pop(name)
    (load.path / "receipt.json").write_text(json.dumps(receipt, ensure_ascii=False), "utf-8")


def test_a_preview_writes_nothing_into_the_street(tmp_path: Path) -> None:
    street, folder = begun(tmp_path, 4), tmp_path / "preview"
    folder.mkdir()
    before = sorted(path for path in street.rglob("*"))
    file = register(tmp_path / "年末.xlsx", [enterprise_row(n) for n in range(6)])
    found, draft = intake.preview([file], open_street(street), Instructions(), folder)
    assert sorted(path for path in street.rglob("*")) == before
    assert draft is not None and draft.path.parent == folder and found.differences[0]["new"] == 2
    loaded = intake.load([file], street).generation
    assert loaded is not None and (loaded.id, loaded.number) == (draft.id, draft.number)


def test_a_preview_of_a_first_load_founds_no_street(tmp_path: Path) -> None:
    street = tmp_path / "street"
    file = register(tmp_path / "一.xlsx", [enterprise_row(1)], mark="示例数据　非真实情况")
    _found, draft = intake.preview([file], open_street(street), Instructions(), tmp_path)
    assert draft is not None and not street.exists()
    loaded = intake.load([file], street).generation
    assert loaded is not None and loaded.id == draft.id


def test_check_says_everything_under_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    street = begun(tmp_path, 3)
    file = register(tmp_path / "年末.xlsx", [enterprise_row(n) for n in range(6)])
    capsys.readouterr()
    assert cli.main(["check", str(file), "--street", str(street), "--json", "--preview"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {"questions", "differences", "quality", "indicators", "checks"} <= set(answer)
    [sheet] = answer["files"][0]["sheets"]
    assert (sheet["unit"], sheet["as_of"], sheet["mode"], sheet["hidden"]) == ("南坑社区", "2018-12-31", "register", 0)
    counts = {one["metric"]: one for one in answer["indicators"] if one["community_id"]}
    assert counts["enterprises"]["after"]["value"] == 6


def test_instructions_come_as_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = tmp_path / "说明.json"
    said.write_text(json.dumps({"as_of": "2018-12-31"}), "utf-8")
    file = register(tmp_path / "名册.xlsx", [enterprise_row(1)], day="")
    words = ["load", str(file), "--street", str(tmp_path / "street"), "--instructions"]
    assert cli.main([*words, str(said)]) == 0
    said.write_text("{", "utf-8")
    assert cli.main([*words, str(said)]) == 2
    for wrong in ('{"as_off": "2018-12-31"}', '{"as_of": "2018-13-31"}', '{"agreed": 3}'):
        said.write_text(wrong, "utf-8")
        capsys.readouterr()
        assert cli.main([*words, str(said), "--json"]) == 2
        assert json.loads(capsys.readouterr().out)["error"]["code"] == "usage"


@pytest.mark.parametrize(
    "words",
    [
        ["--confirm", "vanished"],
        ["--instructions", '{"agree": ["vanish"]}'],
        ["--instructions", '{"agreed": "vanish"}'],
        ["--instructions", '{"crs": "北京54"}'],
    ],
)
def test_an_answer_to_no_question_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """A misspelt yes must not look like one that was heard."""
    (said := tmp_path / "说明.json").write_text(words[1], "utf-8")
    words = [words[0], str(said) if words[0] == "--instructions" else words[1]]
    assert cli.main(["check", str(tmp_path), *words, "--street", str(tmp_path / "s"), "--json"]) == 2
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "usage" and not error["message"].isascii()


def test_a_question_is_a_question_and_the_next_step_follows_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    street, few = begun(tmp_path, 40), register(tmp_path / "变动.xlsx", [enterprise_row(0)])
    assert cli.main(["load", str(few), "--street", str(street)]) == 2
    assert "当作全量表？核对无误后，可加 --confirm vanish" in capsys.readouterr().err


def test_uncertain_headers_are_said_with_what_they_may_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    header = ("案件编号", "受理时间点", "社区", "案由")
    rows = [(f"{n}号", "2018-12-03", "南坑", "欠薪") for n in range(1, 6)]
    path = write_book(tmp_path / "南坑.xlsx", {"12月": ("南坑社区劳资纠纷台账（2018年12月）", header, rows)})
    cli.main(["check", str(path), "--street", str(tmp_path / "s")])
    out = capsys.readouterr().out
    assert "“受理时间点”可能是“受理日期”（把握程度中：" in out and "--mapping" in out
    assert cli.main(["load", str(path), "--street", str(tmp_path / "s")]) == 2
    assert "--mapping" in capsys.readouterr().err


def test_a_correction_that_a_later_period_overrules_is_named(tmp_path: Path) -> None:
    """A case of a whole year's sheet stays as it is when September's sheet says otherwise: the clerk is told, row by row."""
    case = ("坂调1号", "示例组织1有限公司", "2018-09-03", "", "拖欠工资", "来访", 3, "")
    year = disputes(tmp_path / "全年.xlsx", {"全部": [case]})
    intake.load([year], tmp_path / "street")
    month = disputes(tmp_path / "九月更正.xlsx", {"9月": [(*case[:6], 30, "")]})
    found = intake.check([month], open_street(tmp_path / "street"))
    late = found.bad.filter(found.bad["code"] == "later_period")
    assert late.select("sheet", "row", "severity").rows() == [("9月", 3, "warning")]
    same = disputes(tmp_path / "九月.xlsx", {"9月": [case]})
    assert "later_period" not in intake.check([same], open_street(tmp_path / "street")).bad["code"].to_list()


def test_one_enterprise_in_two_files_of_one_call_is_named(tmp_path: Path) -> None:
    """Two June files that differ about an enterprise: it counts once, and the clerk is told which row disagrees."""
    one = register(tmp_path / "a.xlsx", [enterprise_row(1), enterprise_row(2)])
    other = register(tmp_path / "b.xlsx", [enterprise_row(1, workers=7), enterprise_row(2), enterprise_row(3)])
    found = intake.check([one, other], open_street(tmp_path / "street"))
    twice = found.bad.filter(found.bad["code"] == "key_elsewhere")
    assert twice.select("file", "row", "severity").rows() == [("b.xlsx", 3, "warning")]

"""The quality report: counts, grouping, masking, repairs, and a reason for every code that the program can emit."""

from __future__ import annotations

import ast
import time
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from etl.intake import check, load
from etl.intake_files import Intake
from etl.ledger import ledger_kinds
from etl.mending.quality import problems, quality_report, quality_text, share_text, shown
from etl.mending.quality_table import quality_xlsx
from etl.record import loads
from etl.street import open_street
from etl.values.reasons import all_reasons, reason_of
from etl.values.repair import repair, with_repairs
from metrics.warehouse import open_current
from tests.etl.workbooks import write_ledger

ETL = Path(__file__).parents[2] / "etl"
GIVES_CODES = {"reason_of": 0, "bad_rows": 1, "_rejects": 2}  # functions that are given a code, and at which place


def _constants(node: ast.AST) -> set[str]:
    """Return the texts inside `pl.lit(…)` and as values of dictionaries below a node."""
    calls = [n for n in ast.walk(node) if isinstance(n, ast.Call) and getattr(n.func, "attr", "") == "lit"]
    values = [a.value for call in calls for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    return set(values)


def _emitted(tree: ast.Module) -> set[str]:
    """Return every code that a module gives a cell: `….alias("code")`, `code = …`, `{"code": "…"}`."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "alias":
            name = node.args[0] if node.args else None
            if isinstance(name, ast.Constant) and name.value == "code":
                found |= _constants(node.func)
        if isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "code" for t in node.targets):
            found |= _constants(node.value)
        if isinstance(node, ast.Call) and (place := GIVES_CODES.get(getattr(node.func, "id", ""))) is not None:
            given = node.args[place]
            found |= {str(given.value)} if isinstance(given, ast.Constant) else set()
    return found


def test_every_code_that_a_cell_can_get_has_title_sentence_and_repair() -> None:
    """A code without its row would leave the clerk with 其他问题."""
    emitted = set().union(*(_emitted(ast.parse(path.read_text("utf-8"))) for path in sorted(ETL.rglob("*.py"))))
    assert {"bad_date", "ambiguous_month", "key_conflict", "unknown_code", "check_digit"} <= emitted
    assert emitted <= set(all_reasons())
    for reason in all_reasons().values():
        assert reason.title and reason.sentence and reason.repair, reason.code
        assert len(reason.title) <= 16, reason.title


def test_sample_uses_only_known_codes(sample_street: Path) -> None:
    """The static search above misses codes that arrive by another way; the sample plants most of them."""
    found = [pl.read_parquet(load.path / "bad_cells.parquet") for load in loads.active_loads(sample_street / "loads")]
    bad = pl.concat(found)
    assert len(bad) > 100
    assert set(bad["code"]) <= set(all_reasons())
    assert bad["suggestion"].null_count() == 0


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    """Return the check of a ledger with 6 rows: 3 good, 2 with warnings, 1 rejected."""
    path = write_ledger(
        tmp_path / "南坑社区企业台账.xlsx",
        ["深圳示例1有限公司", "南坑", "12", "2017-03-01"],
        ["深圳示例2有限公司", "南炕", "12", "2017-02-30"],
        ["深圳示例3有限公司", "南坑", "1O5", "2017-03-01"],
        ["", "南坑", "12", "2017-03-01"],
        ["深圳示例4有限公司", "南坑", "12", "2017-03-01"],
        ["深圳示例5有限公司", "南坑", "12", "2017-03-01"],
    )
    return check([path], open_street(tmp_path / "street"))


def test_share_of_good_rows_counts_rows_not_cells(intake: Intake) -> None:
    """Row 2 has two bad cells and is one row."""
    report = quality_report(intake)
    assert (report["rows"], report["good"], report["warned"], report["rejected"]) == (6, 3, 2, 1)
    assert report["good_share"] == 0.5
    assert report["files"][0]["good_share"] == 0.5 and report["files"][0]["error"] is None
    assert quality_text(report)[0] == ("质量报告：数据行6行，没有问题的3行，占50.0%；可用但请核对的2行，不能入库的1行")


def test_problems_come_rejects_first_with_place_and_repair(intake: Intake) -> None:
    """Each example has file, sheet, cell, value, reason and what to do."""
    report = quality_report(intake)
    assert [(p["code"], p["severity"], p["count"]) for p in report["problems"]] == [
        ("required_missing", "reject", 1), ("bad_integer", "warning", 1), ("impossible_date", "warning", 1),
        ("unknown_code", "warning", 1),
    ]  # fmt: skip
    by_code = {p["code"]: p["examples"][0] for p in report["problems"]}
    assert by_code["unknown_code"]["cell"] == "B5" and by_code["unknown_code"]["value"] == "南炕"
    assert "可能是“南坑”" in by_code["unknown_code"]["suggestion"]
    assert "可能是“105”" in by_code["bad_integer"]["suggestion"]
    assert "2017年2月只有28天" in by_code["impossible_date"]["suggestion"]
    assert by_code["required_missing"]["suggestion"] == "请补填企业名称"


def test_examples_are_five_and_different_texts_come_first() -> None:
    """Ten times the same text would hide the others."""
    texts = ["若干"] * 10 + ["面议", "很多"]
    rows = [
        {"file": "a", "sheet": "b", "row": n, "cell": f"C{n}", "column": "workers", "header": "职工数", "code": "bad_integer",
         "reason": "r", "value": text, "severity": "warning", "suggestion": "s"}
        for n, text in enumerate(texts)
    ]  # fmt: skip
    (problem,) = problems(pl.DataFrame(rows))
    assert (problem["count"], problem["rows"]) == (12, 12)
    assert [found["value"] for found in problem["examples"]] == ["若干", "面议", "很多", "若干", "若干"]


def test_personal_texts_are_struck_out_even_in_the_sentence() -> None:
    """Whatever a cleaning step lets through, a report repeats no name or number."""
    personal = next(c.id for k in ledger_kinds().values() for c in k.columns.values() if c.is_personal)
    facts = {
        "file": "a",
        "sheet": "b",
        "row": 1,
        "cell": "C1",
        "header": "电话",
        "code": "bad_length",
        "severity": "warning",
    }
    rows = [
        {
            **facts,
            "column": personal,
            "value": "199-0000-0001",
            "reason": "电话“199-0000-0001”位数不对",
            "suggestion": "s",
        },
        {**facts, "column": "workers", "value": "199", "reason": "职工数“199”", "suggestion": "s"},
        {**facts, "column": None, "value": None, "reason": "整行", "suggestion": "s"},
    ]
    found = shown(pl.DataFrame(rows))
    assert found["value"].to_list() == ["***", "199", None]
    assert found["reason"].to_list() == ["电话：代码位数不对", "职工数“199”", "整行"]


def test_share_never_rounds_up_to_all() -> None:
    """99.97 % good is not 100 %."""
    assert share_text(2999 / 3000) == "99.9%以上"
    assert share_text(1.0) == "100.0%"


@pytest.mark.parametrize(
    ("code", "value", "suggestion", "words"),
    [
        ("two_digit_year", "09.8.17", None, "2009-08-17"),
        ("two_digit_year", "85.3", None, "1985-03"),
        ("ambiguous_month", "2013.1", None, "是1月就写成 2013-01，是10月就写成 2013-10"),
        ("impossible_date", "2018-13-01", None, "没有13月"),
        ("bad_length", "91440300ABC", None, "现有11位"),
        ("bad_characters", "9144999921O224600N", "91449999210224600N", "可能是“91449999210224600N”"),
        ("unknown_code", "服务", "批发业、零售业", "可能是“批发业”或“零售业”"),
        ("scientific", "9.145E+17", None, "无法恢复"),
        ("bad_money", "面议", None, "元或万元"),
        ("code_of_an_old_load", "x", None, "请核对"),
    ],
)
def test_repairs_are_concrete(code: str, value: str, suggestion: str | None, words: str) -> None:
    """The advice names what would be right wherever the text tells."""
    assert words in repair(code, value, suggestion, None)


def test_unknown_code_of_an_old_load_has_a_reason() -> None:
    """Old records stay readable when a code is renamed."""
    assert reason_of("gone").title == "其他问题"


def test_printed_report_holds_all_cells_and_no_formula(intake: Intake, tmp_path: Path) -> None:
    """The list is complete, A4 across with a repeated header, and a text that looks like a formula stays a text."""
    cells = shown(intake.bad).rows(named=True)
    cells[0]["value"] = "=HYPERLINK(1)"
    book = openpyxl.load_workbook(quality_xlsx(quality_report(intake), tmp_path / "报告.xlsx", cells, is_sample=True))
    assert book.sheetnames == ["问题汇总", "逐格清单"]
    page = book["逐格清单"]
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.print_title_rows) == ("landscape", 9, "$3:$3")
    assert "示例数据　非真实情况" in page["A1"].value
    assert page.max_row == 3 + len(cells)
    assert all(cell.data_type != "f" for row in page for cell in row)


def test_a_hundred_thousand_bad_cells_cost_little() -> None:
    """Every code of a roster may be wrong; what to do is then said by reason, not by cell."""
    n = 100_000
    facts = {"code": ["check_digit"] * n, "column": ["uscc"] * n, "value": [str(x) for x in range(n)]}
    bad = pl.DataFrame({**facts, "suggestion": [None] * (n - 1) + ["123"]}, schema_overrides={"suggestion": pl.String})
    begun = time.process_time()
    found = with_repairs(bad, ledger_kinds()["enterprise"])
    assert time.process_time() - begun < 2, "by cell it took 20 seconds"
    general = reason_of("check_digit").repair
    assert found["suggestion"].to_list()[-2:] == [general, f"可能是“123”；{general}"]


def test_nothing_read_and_nothing_wrong_have_a_report(tmp_path: Path) -> None:
    """An empty ledger has no share of good rows, a good one has all."""
    good = write_ledger(tmp_path / "南坑.xlsx", ["深圳示例1有限公司", "南坑", "12", "2017-03-01"])
    report = quality_report(check([good], open_street(tmp_path / "street")))
    assert (report["good_share"], report["problems"]) == (1.0, [])
    report = quality_report(check([write_ledger(tmp_path / "空.xlsx")], open_street(tmp_path / "street")))
    assert report["good_share"] is None and quality_text(report) == ["质量报告：没有读到数据行"]


def test_a_load_of_before_suggestions_still_builds(tmp_path: Path) -> None:
    """Bad cells on record without the column get none; those of a new load say what to do."""
    street = tmp_path / "street"
    old = write_ledger(tmp_path / "南坑.xlsx", ["深圳示例1有限公司", "南坑", "若干", "2017-03-01"])
    load([old], street)
    (record,) = loads.active_loads(street / "loads")
    cells = pl.read_parquet(record.path / "bad_cells.parquet")
    cells.drop("suggestion").write_parquet(record.path / "bad_cells.parquet")
    title = "岗头社区企业台账（截至2018年12月31日）"
    new = write_ledger(tmp_path / "岗头.xlsx", ["深圳示例2有限公司", "岗头", "很多", "2017-03-01"], title=title)
    load([new], street)
    query = "select value, suggestion is not null from intake.bad_cell order by value"
    assert open_current(street).cursor().execute(query).fetchall() == [("很多", True), ("若干", False)]


@pytest.mark.parametrize("written", ["1O5", "１Ｏ５", "l05", "１０５"])
def test_the_number_meant_is_offered_in_plain_digits(written: str) -> None:
    assert repair("bad_integer", written, None, None).startswith("可能是“105”")

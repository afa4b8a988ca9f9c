"""What 入库前核对 says: sums that add up, shares that are not rounded up, sentences without the terminal's options."""

from __future__ import annotations

import re

import pytest
import yaml

from etl.ledger import ledger_kinds
from etl.sheets.mapping import Mapping, Pattern, export_mapping, parse_mapping
from pages.parts.intake import headers, rows, wording
from pages.parts.intake.said import Said, blockers
from pages.parts.intake.superseded import brought_back_text, superseded_text
from tests.pages import previews


@pytest.mark.parametrize(
    ("good", "share", "said"), [(1_200, 1_200 / 1_234, "97.2%"), (99_999, 0.99999, "99.9%"), (5, 1.0, "100.0%")]
)
def test_headline_begins_with_the_good_rows(good: int, share: float, said: str) -> None:
    """The share is cut: nothing but all rows is called 100.0 %."""
    found = previews.quality(rows=1_234, good=good, good_share=share, rejected=0)
    assert wording.headline(found).startswith(f"读取1,234行，可入库{good:,}行（{said}）")


def test_headline_tells_warned_from_rejected() -> None:
    """A row with a warning comes in, a rejected one does not; an empty sheet is no division."""
    text = wording.headline(previews.quality(warned=2, rejected=1))
    assert "2行有提醒" in text and "1行不能入库" in text
    assert wording.headline(previews.quality(rows=0, good=0, good_share=None)) == "没有读取到数据行。"


def test_counts_add_up() -> None:
    """The sum in the sentence is the sum of its parts, the six reasons included."""
    numbers = [int(n) for n in re.findall(r"\d+", wording.counts_text(previews.sheet()))]
    read, accepted, rejected, duplicates, skipped, *reasons = numbers
    assert read == accepted + rejected + duplicates + skipped and skipped == sum(reasons) and len(reasons) == 6


def test_sheet_says_ledger_unit_time_mode() -> None:
    """A sheet's line holds what it was taken for; one that is none holds why."""
    assert wording.sheet_title(previews.sheet()) == "12月：劳资纠纷台账，第五园社区，2018年12月，事件台账"
    none = {"sheet": "说明", "ledger": None, "reason": "前20行中没有找到台账表头"}
    assert "不作为台账" in wording.sheet_title(none) and wording.sheet_lines(none) == [none["reason"]]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"as_of": "2018-12-31"}, "截至2018-12-31"),
        ({"period_from": "2018-12-01", "period_to": "2018-12-31"}, "2018年12月"),
        ({"period_from": "2018-01-01", "period_to": "2018-12-31"}, "2018年1—12月"),
        ({"period_from": "2005-01-01", "period_to": "2014-12-31"}, "2005-01—2014-12"),
        ({"as_of": None, "period_from": None, "period_to": None}, "日期未写明"),
    ],
)
def test_when(part: dict[str, str | None], said: str) -> None:
    """A day, a month, a span within a year and across years."""
    assert wording.when_text(part) == said


def test_errors_speak_of_no_options() -> None:
    """The page has a field for the date: the terminal's --as-of is not mentioned."""
    error = {"message": "没有写明数据截至哪一天", "remedy": "请用 --as-of 2018-12-31 指定", "sheet": "Sheet1"}
    assert wording.error_text(error) == "“Sheet1”没有写明数据截至哪一天。"


def test_unchanged_indicators_are_left_out() -> None:
    """What stays is not listed; the street stands alone; a percentage changes by 个百分点."""
    side = {"value": 0.912, "numerator": 912, "denominator": 1000}
    rate = {"metric": "coverage_rate", "title": "建会率", "measure": "家", "kind": "proportion", "before": side}
    found = previews.preview(
        indicators=[
            previews.indicator(),
            previews.indicator(**rate, after=side, difference=0.0),
            previews.indicator(**rate, after={**side, "value": 0.916}, difference=0.004, community_id=None, community=None),
        ]
    )  # fmt: skip
    [street], [community] = (rows.indicators(found, of_street).rows() for of_street in (True, False))
    assert street == ("全街道", "建会率", "2018年12月", "91.2%", "91.6%", "提高0.4个百分点")
    assert community == ("第五园", "受理劳资纠纷", "2018年12月", "未报", "5宗", "新有数据")


def test_report_lists_every_cell() -> None:
    """The printed 质量报告 has rejects and warnings of all sheets, with title, header and what to do."""
    cell = {"row": 8, "cell": "D8", "column": "case_no", "code": "odd", "reason": "存疑", "value": "x"}
    found = rows.all_cells(previews.preview([previews.sheet(warnings=[cell])])).rows(named=True)
    assert [row["cell"] for row in found] == ["C7", "D8"] and [row["fate"] for row in found] == ["不入库", "请核对"]
    assert found[0]["title"] == "日期看不懂" and found[0]["suggestion"] and found[1]["header"] == "编号"


def test_confirm_waits_for_answers() -> None:
    """A vanishing register, an unanswered replacement and a changed answer each stop the import."""
    asked = previews.preview(questions=[previews.question("vanish"), previews.question("replace")])
    assert "2个问题" in blockers(asked, Said(), {})[0]
    both = Said(answered=frozenset({"vanish:第五园.xlsx", "replace:第五园.xlsx"}))
    assert blockers(asked, both, {}) == []
    assert "重新核对" in blockers(previews.preview(), Said(crs="gcj02"), {})[0]
    assert blockers(previews.preview(), Said(crs="gcj02"), {"crs": "gcj02"}) == []


def test_confirm_waits_for_files_that_cannot_be_read() -> None:
    """One bad file stops all: a load is all or nothing."""
    found = previews.preview()
    found["files"].append({"file": "b.xlsx", "left_out": False, "sheets": [], "error": {"code": "damaged"}})
    assert "有文件不能导入" in blockers(found, Said(), {})[0]


def test_answer_for_one_file_is_no_answer_for_another() -> None:
    """Agreeing to the vanishing of one community's enterprises says nothing of another's."""
    asked = previews.preview(questions=[previews.question("vanish"), previews.question("vanish", file="南坑.xlsx")])
    assert "还有1个问题" in blockers(asked, Said(answered=frozenset({"vanish:第五园.xlsx"})), {})[0]


def test_a_yes_is_counted_anew() -> None:
    """替换 changes the rows that count, a tick under the hard stop lets the indicators be shown: each once."""
    said = Said(agreed=frozenset({"replace:a.xlsx", "vanish:a.xlsx"}))
    assert said.changes_reading({}) and not said.changes_reading({"agreed": ["replace:a.xlsx", "vanish:a.xlsx"]})


def test_passwords_are_in_the_instructions_alone() -> None:
    """They go to the worker and are in no text of the answers."""
    said = Said(passwords={"a.xlsx": "geheim1"}, has_new_password=True)
    assert said.instructions().password("a.xlsx") == "geheim1"
    assert "geheim1" not in f"{said.told()} {said!r}" and said.changes_reading({})


PROPOSED = previews.sheet(
    proposals=[
        {"header": "登记时间点", "index": 3, "column": "received_date", "column_title": "受理日期", "confidence": "medium",
         "why": "与“登记时间”相近"}
    ]
)  # fmt: skip


def test_headers_in_question_come_first() -> None:
    """Proposed and unknown headers wait for the clerk, sure ones do not; the note says how sure and why."""
    lines = headers.header_lines(PROPOSED)
    assert [(line.header, line.is_open) for line in lines] == [
        ("领导批示", True),
        ("登记时间点", True),
        ("编号", False),
    ]
    assert lines[1].note == "把握程度：中　与“登记时间”相近" and lines[1].column == "received_date"


def test_choices_become_a_mapping() -> None:
    """What is chosen survives the way through the YAML file; the rest is ignored by name."""
    chosen = {"编号": "case_no", "登记时间点": "received_date", "领导批示": ""}
    made = headers.new_mapping("dispute", chosen, " 仲裁院 ")
    assert made == Mapping(
        "仲裁院", "dispute", {"编号": "case_no", "登记时间点": "received_date"}, ("领导批示",), Pattern(tuple(chosen))
    )
    again = parse_mapping(yaml.safe_load(export_mapping(made)), "x.yml")
    assert (again.columns, again.ignore, again.pattern.headers) == (made.columns, made.ignore, made.pattern.headers)


@pytest.mark.parametrize(
    ("chosen", "title", "said"),
    [
        ({"编号": "case_no", "文号": "case_no"}, "甲", "“编号、文号”都对应了"),
        ({"编号": ""}, "甲", "至少选择一列"),
        ({"编号": "case_no"}, "  ", "请给方案起个名称"),
        ({"编号": "case_no", "文号": ""}, "甲", None),
    ],
)
def test_wrong_choices_are_sentences(chosen: dict[str, str], title: str, said: str | None) -> None:
    """One column twice, nothing at all, no name."""
    found = headers.wrong_choices("dispute", chosen, title)
    assert found is None if said is None else said in str(found)


def test_name_of_a_mapping_holds_no_month() -> None:
    """Next month's file is read by it, too."""
    kind = ledger_kinds()["dispute"]
    assert headers.usual_title("仲裁院2018年12月.xlsx", kind) == "仲裁院"
    assert headers.usual_title("2018.12.xlsx", kind) == kind.title
    assert headers.usual_title("仲裁院月报2018年11月_示例数据 非真实情况.xlsx", kind) == "仲裁院月报"


def _load(name: str, sha: str, *replaced: str, active: bool = True) -> dict[str, object]:
    file = {"sha256": sha, "file": f"{sha}.xlsx", "left_out": False}
    return {"load": name, "active": active, "files": [file], "replaces_files": list(replaced)}


def test_superseded_files_are_named_with_the_load_that_replaced_them() -> None:
    """Only while the later load is active; its undo brings them back."""
    old, new = _load("1", "a"), _load("2", "b", "a")
    assert superseded_text(old, [old, new]).startswith("a.xlsx已由批次2替换")
    assert superseded_text(new, [old, new]) == "" and "a.xlsx" in brought_back_text(new, [old, new])
    undone = _load("2", "b", "a", active=False)
    assert superseded_text(old, [old, undone]) == ""


@pytest.mark.parametrize(
    ("codes", "asked"),
    [
        (["password"], ["密码"]),
        (["no_date"], ["数据截至"]),
        (["damaged"], ["放弃"]),
        (["password", "empty"], ["密码", "放弃"]),
    ],
)
def test_files_wait_for_what_mends_them(codes: list[str], asked: list[str]) -> None:
    """A locked file waits for its password, an undated one for the day; nobody is told to give those up."""
    files = [{"file": f"{code}.xlsx", "left_out": False, "error": {"code": code}, "sheets": []} for code in codes]
    found = blockers({**previews.preview(), "files": files}, Said(), {})
    assert len(found) == len(asked) and all(word in text for word, text in zip(asked, found, strict=True))


def test_a_password_that_is_gone_is_asked_for_again() -> None:
    """After a reload the password is no longer there: the clerk is not told that the data has changed."""
    assert "密码" in wording.job_error_text("password", "x") and "数据" not in wording.job_error_text("password", "x")
    assert "数据与核对时不同" in wording.job_error_text("vanish", "x")


def test_rows_left_out_are_not_said_to_come_in() -> None:
    """A warning may concern whole rows: it promises nothing about a cell, and rows left out are not called 可入库."""
    kept = {"code": "hidden_rows", "title": "有隐藏的行", "severity": "warning", "count": 1, "rows": 1}
    assert wording.problem_title(kept) == "有隐藏的行　1处　（可入库，请核对）"
    left = {**kept, "code": "left_out_hidden", "title": "隐藏的行没有计入"}
    assert wording.problem_title(left) == "隐藏的行没有计入　1处　（不计入）"

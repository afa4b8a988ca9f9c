"""月度定稿: closed figures stand whatever is loaded, undone or lost later; what differs is listed with why; 环比 says so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from briefing.aspects import fact
from briefing.compose import compose
from briefing.model import Document, Head, Origin, Paragraph, Section, Sentence, plain
from briefing.request import Request
from briefing.sections import closed_notes
from briefing.source import Source
from etl import generations
from etl.errors import StreetError
from etl.instructions import Instructions
from etl.intake import load
from etl.street import open_street
from metrics.catalogue import catalogue, metric_of
from metrics.changes import change
from metrics.closed.closing import close, closing, closings, reopen, warehouse_of
from metrics.closed.figures import ClosedFigure, figures_at, periods_of
from metrics.closed.kept import built_from, path_of
from metrics.closed.quoted import closed_figure, figures
from metrics.closed.revised import revised
from metrics.closed.revised_words import revised_line, revised_text, stamp_text
from metrics.closed.why import Reason, reasons, why
from metrics.closed.words import closed_note
from metrics.question import Question, Row
from metrics.values import ask
from metrics.versions import open_version
from metrics.warehouse import Warehouse, open_current
from tests.workbooks import Rows, disputes, enterprise_row, register

NANKENG, WUHE, YANGMEI = "440307013020", "440307013008", "440307013015"
NOVEMBER, DECEMBER = date(2018, 11, 1), date(2018, 12, 1)
NOV: Rows = [(f"坂调{n}", "某厂", "2018-11-05", "", "拖欠工资", "来访", 1, "在办") for n in (1, 2)]
LATER: Rows = [*NOV, ("坂调3", "某厂", "2018-11-09", "", "拖欠工资", "来访", 1, "在办")]
DEC: Rows = [("坂调4", "某厂", "2018-12-05", "", "拖欠工资", "来访", 1, "在办")]
RECEIVED = Question("disputes_received", month=DECEMBER, period="month", where=(("community", (NANKENG, WUHE)),))


FEW = (
    "enterprises", "workers", "coverage_rate", "disputes_received", "disputes_open", "disputes_per_1000_workers",
    "mediation_success_of_all", "unions_formed_target_progress",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _few_metrics() -> Iterator[None]:
    """Keep and hold against each other the figures of a few metrics: all of them cost a second a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("metrics.closed.figures.catalogue", lambda: {name: metric_of(name) for name in FEW})
        yield


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a street whose November and December were closed with generation 1; then November's cases came again: 3."""
    folder, street = tmp_path_factory.mktemp("files"), tmp_path_factory.mktemp("street")
    register(folder / "企业.xlsx", [enterprise_row(1)], day="2018年12月31日")
    disputes(folder / "五和.xlsx", {"11月": [("无",)], "12月": [("无",)]}, community="五和")
    disputes(folder / "南坑.xlsx", {"11月": NOV, "12月": DEC})
    disputes(folder / "南坑更正.xlsx", {"11月": LATER})
    load([folder / name for name in ("企业.xlsx", "五和.xlsx", "南坑.xlsx")], street, Instructions())
    for month in (NOVEMBER, DECEMBER):
        close(street, month, "张三")
    load([folder / "南坑更正.xlsx"], street, Instructions())
    return street


@pytest.fixture
def street(closed: Path, tmp_path: Path) -> Iterator[Path]:
    """Return a copy that a test may change."""
    shutil.copytree(closed, tmp_path / "街道")
    yield tmp_path / "街道"


def first(street: Path) -> Warehouse:
    found = closing(street, NOVEMBER)
    assert found is not None
    return warehouse_of(street, found)


def count(street: Path, month: date = NOVEMBER, place: str | None = None, period: str = "month") -> float | None:
    found = closed_figure(street, month, "disputes_received", place, period)
    return found.value if found else None


def is_same(figure: ClosedFigure, row: Row) -> bool:
    sides = (figure.numerator, figure.denominator, figure.value, figure.known, figure.expected, figure.is_hidden)
    return sides == (row.numerator, row.denominator, row.value, row.known, row.expected, row.is_suppressed)


def test_every_figure_is_kept_as_it_was_asked_on_the_day(closed: Path) -> None:
    """The street and each community, over each period, as `ask` said then."""
    found = closing(closed, NOVEMBER)
    assert found is not None and stamp_text(found).endswith("数据版本1") and found.by == "张三"
    kept = {figure.key: figure for figure in figures(closed, found)}
    for metric in map(metric_of, FEW):
        for period in periods_of(metric):
            asked = Question(metric.id, month=NOVEMBER, period=period)
            assert is_same(kept.pop((metric.id, "", period)), ask(first(closed), asked).row)
            for row in ask(first(closed), replace(asked, by=("community",))).rows:
                assert is_same(kept.pop((metric.id, row.keys["community_id"] or "", period)), row)
    assert kept == {}
    assert [count(closed, place=place) for place in (WUHE, NANKENG, YANGMEI)] == [0, 2, None]


def test_every_metric_has_its_figures(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A metric that only this street's ledgers cannot tell is kept as 未报, not left out."""
    monkeypatch.setattr("metrics.closed.figures.catalogue", catalogue)
    kept = figures_at(first(closed), NOVEMBER, ("month",))
    assert {metric for metric, _place, _period in kept} == set(catalogue())
    assert len({place for _metric, place, _period in kept}) == 13


def test_what_came_later_is_listed_with_why_and_the_closed_figures_stand(closed: Path) -> None:
    found = revised(closed, open_current(closed), NOVEMBER)
    by_key = {(one.metric.id, one.community_id, one.period): one for one in found}
    street, place = (by_key["disputes_received", name, "month"] for name in ("", NANKENG))
    assert (street.was.value, street.now.value, place.was.value, place.now.value) == (2, 3, 2, 3)
    assert ("disputes_received", WUHE, "month") not in by_key and found[0].is_main
    assert street.why[0].endswith("劳资纠纷台账") and "导入批次2" in street.why[0] and len(street.why) == 1
    assert revised_text(open_current(closed), street, NOVEMBER) == "全街道2018年11月受理劳资纠纷定稿数2宗，现为3宗"
    line = revised_line(open_current(closed), found, NOVEMBER)
    assert line.startswith("定稿后更正：全街道") and line.endswith(f"等{len(found)}项。") and line.count("；") == 2
    assert not any(one.metric.id in {"enterprises", "coverage_rate"} for one in found)
    assert all(one.period in {"month", one.metric.period, "ytd"} for one in found)
    later = {(one.metric.id, one.community_id) for one in revised(closed, open_current(closed), DECEMBER)}
    assert ("disputes_open", NANKENG) in later and ("disputes_received", NANKENG) in later  # the year's total
    assert (count(closed), count(closed, DECEMBER, period="ytd")) == (2, 3)
    assert revised(closed, first(closed), NOVEMBER) == () == revised(closed, open_current(closed), date(2018, 10, 1))


def test_a_change_says_which_figure_of_a_closed_month_it_compares(closed: Path) -> None:
    """Not where the number compared is the closed one, and not where no change is told."""
    warehouse = open_current(closed)
    one = replace(RECEIVED, where=(("community", (NANKENG,)),))
    told = "环比按更正后的2018年11月数（3宗）计算，定稿数为2宗"
    assert closed_note(warehouse, change(warehouse, RECEIVED, "previous_month")) == told
    assert closed_note(warehouse, change(warehouse, one, "previous_month")) == told
    same = replace(RECEIVED, where=(("community", (WUHE,)),))
    assert closed_note(warehouse, change(warehouse, same, "previous_month")) == ""
    whole = change(warehouse, replace(RECEIVED, where=()), "previous_month")
    assert whole.is_incomplete and closed_note(warehouse, whole) == ""
    stock = change(warehouse, replace(RECEIVED, metric="disputes_open"), "previous_month")
    assert closed_note(warehouse, stock) == "“较上月”按更正后的2018年11月末数（3宗）计算，定稿数为2宗"
    assert closed_note(first(closed), change(first(closed), RECEIVED, "previous_month")) == ""
    public = closed_note(warehouse, change(warehouse, RECEIVED, "previous_month"), has_numbers=False)
    assert public == "环比按更正后的2018年11月数计算，与定稿数不同"


def test_a_month_closed_later_than_the_data_shown_is_not_called_corrected(street: Path) -> None:
    """November is closed again with generation 2; a document of generation 1 compares the older number."""
    reopen(street, NOVEMBER)
    close(street, NOVEMBER)
    old, new = open_version(street, 1), open_current(street)
    assert closed_note(new, change(new, RECEIVED, "previous_month")) == ""
    told = closed_note(old, change(old, RECEIVED, "previous_month"))
    assert told == "环比按数据版本1的2018年11月数（2宗）计算，定稿数为3宗"


def annexed(street: Path) -> list[str]:
    """Return the 附注 of a document on 南坑's December that tells the year's cases and the change on November."""
    found = closing(street, DECEMBER)
    assert found is not None
    source, request = Source(warehouse_of(street, found), street), Request("special", DECEMBER, NANKENG)
    value = Origin("value", "disputes_received", DECEMBER, "ytd", (("community", (NANKENG,)),))
    change_ = replace(value, aspect="change", period="month", of="previous_month")
    parts = tuple(told for origin in (value, change_) if (told := fact(source, origin)))
    body = Section("body", "", (Paragraph((Sentence("one", parts),)),))
    document = Document(
        "special", "", DECEMBER, "internal", Head("", ""), (body,), "", False, "", 1, closed_on=found.closed_on
    )
    section = closed_notes.build(source, request, document).section
    assert section is not None
    notes = replace(document, sections=(section,))
    assert all(fact(source, one.origin) == one for one in notes.facts())  # re-made from their origins alone
    return [plain(text) for text in notes.texts()]


def test_a_document_names_what_was_corrected_and_what_a_change_compares(street: Path) -> None:
    """Closed before the correction: 定稿后更正. Closed anew with it: the change on November says what was reported then."""
    [before] = annexed(street)
    assert before.startswith("定稿后更正：") and "南坑社区2018年1—12月受理劳资纠纷定稿数3宗，现为4宗" in before
    reopen(street, DECEMBER)
    close(street, DECEMBER)
    assert "受理劳资纠纷（南坑）：环比按更正后的2018年11月数（3宗）计算，定稿数为2宗。" in annexed(street)


def test_taking_the_later_load_back_is_as_never_having_made_it(street: Path) -> None:
    second = max(path.name for path in (street / "loads").iterdir() if path.name.startswith("000002"))
    generations.undo(open_street(street), second)
    warehouse = open_current(street)
    assert warehouse.generation_no == 3 and revised(street, warehouse, NOVEMBER) == ()
    assert closed_note(warehouse, change(warehouse, RECEIVED, "previous_month")) == ""


def test_closed_figures_outlive_their_generation(street: Path) -> None:
    """The file is gone: the figures are quoted, what was corrected is listed; a document says so in one sentence."""
    (street / "generations" / "000001.duckdb").unlink()
    assert (count(street), count(street, place=NANKENG)) == (2, 2)
    assert revised(street, open_current(street), NOVEMBER)[0].why[0].endswith("劳资纠纷台账")
    warehouse = open_current(street)
    assert closed_note(warehouse, change(warehouse, RECEIVED, "previous_month")).endswith("定稿数为2宗")
    with pytest.raises(StreetError) as caught:
        compose(street, Request("brief", NOVEMBER))
    assert caught.value.code == "closed_generation_gone" and "定稿数仍可在“月度定稿”查看" in caught.value.sentence()


def test_a_month_closed_by_an_older_program_is_read_from_its_generation(street: Path) -> None:
    """Its note has no file of figures; with the generation gone as well there is one sentence."""
    shutil.rmtree(street / "closed")
    assert count(street) == 2 and revised(street, open_current(street), NOVEMBER)[0].why[0].endswith("劳资纠纷台账")
    (street / "generations" / "000001.duckdb").unlink()
    with pytest.raises(StreetError, match="已不在"):
        count(street)


def test_a_damaged_file_of_figures_is_one_sentence_and_no_change_lies(street: Path) -> None:
    found = closing(street, NOVEMBER)
    assert found is not None
    path = path_of(street, NOVEMBER, found.generation_no, found.generation_id, found.closed_on)
    for content in (b"{", b"[]", b'{"columns": []}', path.read_bytes()[:-40]):
        path.write_bytes(content)
        with pytest.raises(StreetError) as caught:
            figures(street, found)
        assert caught.value.code == "closed_damaged"
    warehouse = open_current(street)
    assert closed_note(warehouse, change(warehouse, RECEIVED, "previous_month")) == ""


def test_a_second_window_closes_nothing_twice_and_nothing_unseen(street: Path) -> None:
    """What was looked at before closing must be what is closed; a month is opened and closed again with today's data."""
    reopen(street, DECEMBER, "李四")
    assert closed_figure(street, DECEMBER, "disputes_received") is None
    with pytest.raises(StreetError) as caught:
        close(street, DECEMBER, "李四", first(street))
    assert caught.value.code == "changed_meanwhile" and closing(street, DECEMBER) is None
    again = close(street, DECEMBER, "李四", open_current(street))
    with pytest.raises(StreetError) as caught:
        close(street, DECEMBER, "王五", open_current(street))
    assert caught.value.code == "closed" and [one.month for one in closings(street)] == [DECEMBER, NOVEMBER]
    assert again.generation_no == 2 and count(street, DECEMBER, period="ytd") == 4
    assert len(list((street / "closed" / "2018-12").glob("*.json"))) == 2  # what was closed before stays on record


def test_a_closing_that_cannot_be_written_leaves_the_month_open(street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_all: object) -> None:
        raise OSError(28, "no space")

    reopen(street, DECEMBER)
    monkeypatch.setattr("metrics.closed.kept.write_whole", full)
    with pytest.raises(StreetError) as caught:
        close(street, DECEMBER)
    assert caught.value.code == "disk_full" and closing(street, DECEMBER) is None


def test_reasons_name_what_touches_a_metric_and_the_program_last() -> None:
    cases, workers = metric_of("disputes_received"), metric_of("disputes_per_1000_workers")
    loaded, mended = Reason("导入", frozenset({"dispute"})), Reason("更正", frozenset({"enterprise"}))
    settings, program = Reason("设置"), Reason("程序升级", is_program=True)
    assert why(cases, (loaded, mended, program)) == ("导入",)
    assert why(workers, (loaded, mended)) == ("导入", "更正")
    assert why(cases, (mended, program)) == ("更正",)  # nothing else is known to have changed
    assert why(cases, (loaded, settings)) == ("导入", "设置")
    assert why(cases, (program,)) == ("程序升级",)
    assert why(cases, (mended, settings)) == ("更正", "设置")  # either may be why


def test_settings_notes_and_loads_taken_back_are_reasons(closed: Path) -> None:
    warehouse = open_current(closed)
    now = built_from(warehouse)
    was = replace(
        now, settings=now.settings | {"small_base": "99", "level_days": "30"}, program="0.0.0",
        loads=now.loads | {"000009-aaaaaaaa": ("dispute", "enterprise")},
        said=frozenset({("correction", "更正记录", "enterprise", "[1]"), ("nil_reports", "零报告", "dispute", "[2]")}),
    )  # fmt: skip
    assert [reason.text for reason in reasons(was, warehouse)] == [
        "撤销了导入批次9：劳资纠纷台账、企业台账", "更正记录（企业台账）有1条变动", "零报告（劳资纠纷台账）有1项变动",
        "街道设置有变动（风险等级的有效天数）", "程序升级",  # small_base changes no figure
    ]  # fmt: skip
    assert reasons(now, warehouse) == ()


def test_a_hidden_figure_stays_hidden_in_words() -> None:
    """A small count of persons that was kept back is written as kept back, never as 未报 or 0."""
    nothing = (None, None, None, 1, 1, 0, False)
    was = ClosedFigure("disputes_received", "", "month", *nothing, is_hidden=True, below=5)
    assert was.row.is_suppressed and was.row.hidden is not None and was.row.hidden.below == 5
    assert not ClosedFigure("disputes_received", "", "month", *nothing).row.is_suppressed

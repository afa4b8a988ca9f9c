"""分母明细, 提出异议 and 社区说明 on 社区对比: what a community reads, says and what becomes of it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from etl.notes import add_note, notes
from metrics.catalogue import metric_of
from metrics.judging import denominator_words as words
from metrics.judging.community_notes import community_notes
from metrics.judging.compare import compare
from metrics.judging.denominator import denominator_detail
from metrics.question import Question
from metrics.warehouse import open_current
from pages.parts.league import frame as frame_of
from tests.pages.opening import opened
from tests.pages.test_compare import league, line_of

OWN, MONTH = "440307013012", date(2018, 12, 1)  # 第五园


@pytest.fixture(name="noting")
def noting_(sample_street: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a street with the sample's generations and notes of its own."""
    (tmp_path / "generations").symlink_to(sample_street / "generations")
    (tmp_path / "street.yml").symlink_to(sample_street / "street.yml")
    monkeypatch.setenv("UNION_ATLAS_STREET", str(tmp_path))
    return tmp_path


def said(app: AppTest) -> str:
    return "\n".join(entry.value for entry in [*app.markdown, *app.caption, *app.success, *app.error, *app.info])


def click(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()


def test_the_list_is_that_of_the_number(noting: Path) -> None:
    """The sentence is the module's; each row has its place; one part can be looked at alone; a count has none."""
    app = opened("compare", own="第五园", units="left_out")
    detail = denominator_detail(
        open_current(noting), Question("coverage_rate", month=MONTH, where=(("community", (OWN,)),))
    )
    assert words.sentence(open_current(noting), detail) in said(app) and words.NO_CHANGE in said(app)
    [table] = [entry.value for entry in app.dataframe]
    out = detail.units.frame.filter((pl.col("part") == "left_out") & ~pl.col("reason").is_in(words.REFUSED))
    assert (
        len(table) == out.height and set(table["row"]) == set(out["row"]) and "经营状态：注销" in list(table["reason"])
    )
    assert "分母明细" not in said(opened("compare", own="第五园", metric="members"))


def test_an_objection_from_the_list_to_its_decision(noting: Path) -> None:
    """It is noted with the page's month, counted as 待核实, decided with a reason; no number changes."""
    app = opened("compare", own="第五园")
    click(app, "提交异议")
    assert "请先选择对哪一家" in said(app) and notes(noting, "objections") == ()
    [box] = [entry for entry in app.selectbox if entry.label == "哪一家（项）"]
    closed = next(one for one in box.options if "经营状态：注销" in one)
    box.select(closed)
    next(entry for entry in app.text_input if entry.label == "理由（不写姓名）").set_value("企业仍在经营")
    click(app, "提交异议")
    [note] = notes(noting, "objections")
    assert (note["month"], note["community_id"], note["claim"], note["state"]) == ("2018-12", OWN, "count", "open")
    assert "异议已提交" in said(app) and "待核实企业2家" in said(app) and "186" in line_of(league(app), "第五园")
    assert any(button.label == "采纳" for button in opened("compare", metric="members").button), (
        "the clerk sees all that wait"
    )
    click(app, "采纳")
    assert "处理异议须写明理由" in said(app)
    next(entry for entry in app.text_input if entry.label == "处理理由（不写姓名）").set_value("执照有效")
    click(app, "采纳")
    [note] = notes(noting, "objections")
    assert (note["state"], note["decision"]) == ("accepted", "执照有效")
    assert "待核实企业1家" in said(app) and not any(button.label == "采纳" for button in app.button)
    assert "186" in line_of(league(app), "第五园")


def test_a_remark_is_written_shown_exported_and_taken_back(noting: Path) -> None:
    """The column is there while somebody says something; markup in it is words."""
    app = opened("compare", own="第五园")
    assert "社区说明" not in league(app)
    next(entry for entry in app.text_input if entry.label.startswith("社区说明")).set_value("<b>正在筹备</b>")
    click(app, "保存说明")
    assert re.search(r"&lt;b&gt;正在筹备&lt;/b&gt;（.*?月.*?日）", line_of(league(app), "第五园"))
    warehouse = open_current(noting)
    found, of = (
        compare(warehouse, Question("coverage_rate", month=MONTH)),
        community_notes(noting, "coverage_rate", MONTH),
    )
    frame = frame_of(warehouse, found, found.rows, of)
    assert [bool(text) for text in frame["note"]] == [row.keys["community"] == "第五园" for row in found.rows]
    click(app, "撤回说明")
    assert "社区说明" not in league(app) and notes(noting, "community_notes") == ()


def test_a_remark_stands_beside_the_low_number_elsewhere(noting: Path) -> None:
    """On the landing page under the sentence that names the community, on the map's panel of the community."""
    add_note(noting, "community_notes", metric="coverage_rate", community_id=OWN, month="2018-12", remark="*正在筹备*", written_on="2018-12-30")  # fmt: skip
    for app in (opened("briefing"), opened("map", community="第五园")):
        assert "社区说明（12月30日）：\\*正在筹备\\*" in said(app)


def test_a_damaged_file_of_notes_is_one_sentence(noting: Path) -> None:
    """The page is there all the same, with its list and without its forms."""
    add_note(
        noting,
        "objections",
        item="new",
        month="2018-12",
        metric=metric_of("coverage_rate").id,
        state="open",
        claim="count",
    )
    (noting / "notes" / "community_notes.csv").write_text("kaputt", "utf-8")
    app = opened("compare", own="第五园")
    assert any("“社区说明”的记录文件无法读取" in entry.value for entry in app.warning)
    assert "分母明细：计入" in said(app) and not any(button.label in {"保存说明", "提交异议"} for button in app.button)

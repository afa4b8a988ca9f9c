"""隐患与预警 through app.py: numbers are the metrics', the open list is what the ledger says, nobody is watched or ranked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from metrics.judging.backtest import backtest
from metrics.judging.warnings import enterprise_levels, scheme_change
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from pages.parts.due_lines import due_lines
from pages.parts.hazards import review
from tests.briefing.street_of_sentences import street_of_sentences
from tests.metrics.tiny import write
from tests.pages.opening import opened
from tests.pages_walk import figures, shown

MONTH, DAY, NANKENG = date(2018, 12, 1), date(2018, 12, 31), "440307013020"


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the pages will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def everything(app: AppTest) -> Iterator[str]:
    """Yield every text and every cell that the page sends."""
    yield from shown(app)
    for frame in app.dataframe:
        for column in frame.value.columns:
            yield from map(str, frame.value[column])


def reports(warehouse: Warehouse) -> list[dict[str, Any]]:
    """Return the rows of core.hazard, to be looped over by hand."""
    cursor = warehouse.cursor().execute("select * from core.hazard")
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def still_open(row: dict[str, Any], day: date) -> bool:
    """Return whether a hazard was open at the day's end, said as the ledger would be read aloud."""
    if not row["is_first"] or row["reported_date"] > day or row["case_no"] or row["community_id"] is None:
        return False
    is_untrue = row["verify_result"] == "false" and (row["verified_date"] or day) <= day  # a result without a day holds
    return not is_untrue and (row["resolved_date"] is None or row["resolved_date"] > day)


def test_numbers_are_the_metrics(warehouse: Warehouse) -> None:
    """The month's reports and the year's share that proved true, each with its two sides."""
    app = opened("hazards")
    values = {metric.label: metric.value for metric in app.metric}
    count = ask(warehouse, Question("hazard_reports", month=MONTH, period="month")).row.value
    rate = ask(warehouse, Question("hazard_verified_rate", month=MONTH, period="ytd")).row
    assert values["本月隐患线索"] == f"{count:.0f}条"
    assert values["核实属实率（今年）"] == f"{rate.value:.1%}"
    assert any(f"{rate.denominator:,.0f}条中{rate.numerator:,.0f}条" in text for text in shown(app))


def test_the_open_list_is_what_the_ledger_says(warehouse: Warehouse) -> None:
    """Neither resolved nor untrue nor taken up as a case, the first report of each, the oldest first."""
    expected = [row for row in reports(warehouse) if still_open(row, DAY)]
    assert expected
    oldest = (DAY - min(row["reported_date"] for row in expected)).days
    app = opened("hazards")
    assert any(f"尚未化解的隐患{len(expected)}条，最早的已报告{oldest:,}天" in e.value for e in app.markdown)
    (table,) = app.dataframe
    assert table.value["days"].tolist() == sorted((DAY - row["reported_date"]).days for row in expected)[::-1]


def test_an_earlier_month_is_seen_from_its_end(warehouse: Warehouse) -> None:
    """What was resolved since then was open in February; what was reported since then was not there."""
    day = date(2018, 2, 28)
    expected = [row for row in reports(warehouse) if still_open(row, day)]
    assert {row["report_id"] for row in expected} - {r["report_id"] for r in reports(warehouse) if still_open(r, DAY)}
    assert any(f"尚未化解的隐患{len(expected)}条" in e.value for e in opened("hazards", month="2018-02").markdown)


@pytest.mark.parametrize("part", ["reports", "levels", "rewards", "history"])
def test_nobody_is_watched(warehouse: Warehouse, part: str) -> None:
    """No informant, not even his number, on any part; no worker, verifier or payee."""
    numbers = {row["informant_no"] for row in reports(warehouse)} - {None}
    assert numbers
    said = "\n".join(everything(opened("hazards", part=part)))
    assert [number for number in numbers if number in said] == []


def test_communities_are_not_ranked(warehouse: Warehouse) -> None:
    """The heat map stands in official order, and the page says why nothing is ranked."""
    app = opened("hazards")
    assert any("受上报积极性影响，不作排名" in caption.value for caption in app.caption)
    heat = next(f for f in figures(app) if f["data"][0]["type"] == "heatmap")["data"]
    assert heat[0]["y"][0] == "岗头" and len(heat[0]["y"]) == 12


def test_conditions_narrow_numbers_and_list_alike(warehouse: Warehouse) -> None:
    """One community: its reports in the numbers, its hazards in the list; what does not know the condition says so."""
    count = ask(warehouse, Question("hazard_reports", (), MONTH, None, "month", (("community", (NANKENG,)),))).row.value
    expected = [row for row in reports(warehouse) if still_open(row, DAY) and row["community_id"] == NANKENG]
    app = opened("hazards", community="南坑")
    assert {m.label: m.value for m in app.metric}["本月隐患线索"] == f"{count:.0f}条"
    assert sum(len(frame.value) for frame in app.dataframe) == len(expected)


def test_reward_standard_of_the_month(warehouse: Warehouse) -> None:
    """The version that holds at the month's end is named with its amounts; the page invents none."""
    text = next(e.value for e in opened("hazards", part="rewards").markdown if "现行标准" in e.value)
    cursor = warehouse.cursor().execute(
        "select distinct standard_no, valid_from, reward_yuan from ledger.reward_standard"
        " where valid_from <= ? order by valid_from desc", [DAY - timedelta(0)],
    )  # fmt: skip
    rows = cursor.fetchall()
    newest = [row for row in rows if row[1] == rows[0][1]]
    assert newest[0][0] in text.replace("\\", "") and all(f"{row[2]:,.0f}元" in text for row in newest)


def test_every_raised_enterprise_stands_with_its_points(warehouse: Warehouse) -> None:
    """Red first, each with the word beside the colour, its points adding up to its score, and until when it holds."""
    levels = [one for one in enterprise_levels(warehouse, MONTH) if one.level != "green"]
    assert {one.level for one in levels} == {"red", "yellow"}
    app = opened("hazards", part="levels")
    labels = [expander.label for expander in app.expander]
    assert len(labels) == len(levels)
    for one, label in zip(levels, labels, strict=True):
        assert one.enterprise in label and f":{one.level}-badge[{one.level_title}]" in label
        assert f"{one.score:g}分" in label and f"有效期至{one.expires_on:%Y年}{one.expires_on.month}月" in label  # type: ignore[union-attr]
    lists = [expander.markdown[0].value for expander in app.expander]
    for one, said in zip(levels, lists, strict=True):
        assert sum(map(float, re.findall(r"\*\*([\d.]+)分\*\*", said))) == one.score
        assert all(point.title in said and f"第{point.row}行" in said for point in one.points)


def test_the_line_above_counts_what_is_listed(warehouse: Warehouse) -> None:
    """红 and 黄 as the metrics count them are the enterprises listed."""
    red, yellow = (
        ask(warehouse, Question(name, month=MONTH)).row.value for name in ("enterprises_red", "enterprises_yellow")
    )
    app = opened("hazards", part="levels")
    assert any(f"红的企业{red:.0f}家、为黄的{yellow:.0f}家" in e.value for e in app.markdown)
    assert len(app.expander) == (red or 0) + (yellow or 0)


def test_a_review_is_written_with_what_was_seen(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """The form hands on the level chosen, the reason, and the level and score that were on the screen."""
    kept: list[tuple[Any, ...]] = []
    monkeypatch.setattr(review, "review_level", lambda _street, *given, **said: kept.append((*given, said)))
    first = enterprise_levels(warehouse, MONTH)[0]
    app = opened("hazards", part="levels")
    app.expander[0].radio[0].set_value("yellow")
    app.expander[0].text_input[0].set_value("已补发工资，现场核实")
    next(button for button in app.expander[0].button if button.label == "保存复核").click().run()
    ((enterprise, month, level, reason, said),) = kept
    assert (enterprise, month, level, reason) == (first.enterprise_id, MONTH, "yellow", "已补发工资，现场核实")
    assert (said["scored_level"], said["score"], said["scheme"]) == (first.scored_level, first.score, first.scheme)
    assert any("复核已保存" in element.value for element in app.success)


@pytest.mark.usefixtures("warehouse")
def test_a_phone_in_a_reason_is_said_to_be_struck_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The note is kept without the number; whoever typed it learns that from the same green line."""
    monkeypatch.setattr(review, "review_level", lambda *_given, **_said: None)
    app = opened("hazards", part="levels")
    app.expander[0].text_input[0].set_value("来电13812345678，已补发工资")
    next(button for button in app.expander[0].button if button.label == "保存复核").click().run()
    assert any("复核已保存" in e.value and "电话号码、身份证号不保存" in e.value for e in app.success)


def test_another_scheme_is_only_tried(warehouse: Warehouse) -> None:
    """The page says who would move and how many, and writes nothing of it into the address."""
    app = opened("hazards", part="levels")
    before = dict(app.query_params)
    app.selectbox(key="hazards.scheme").set_value("baoan_2004").run()
    moved = scheme_change(warehouse, MONTH, "baoan_2004")
    (text,) = [e.value for e in app.markdown if "企业的等级会变" in e.value]
    assert moved and f"{len(moved)}家企业的等级会变：升{sum(one.is_graver for one in moved)}家" in text
    assert any(moved[0].enterprise in e.value and moved[0].becomes_title in e.value for e in app.markdown)
    assert dict(app.query_params) == before


def test_history_is_told_in_a_sentence_first(warehouse: Warehouse) -> None:
    """Before any table stands whether the levels beat the simple way; the months add up to the sentence."""
    found = backtest(warehouse)
    app = opened("hazards", part="history")
    texts = [e.value for e in app.markdown]
    place = next(index for index, text in enumerate(texts) if found.sentence in text)
    assert place < next(index for index, text in enumerate(texts) if text.startswith("|"))
    (table,) = app.dataframe
    assert (table.value["listed"].sum(), table.value["hits"].sum()) == (
        found.summary.ours.listed,
        found.summary.ours.hits,
    )


def test_a_street_without_these_ledgers_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was ever sent: a sentence, no zeros, on every part and on the briefing's card."""
    write(street_of_sentences(), tmp_path)
    monkeypatch.setenv("UNION_ATLAS_STREET", str(tmp_path))
    for part in ("reports", "levels", "rewards", "history"):
        app = opened("hazards", part=part)
        assert any("还没有导入隐患线索或企业风险评分台账" in info.value for info in app.info) and not app.metric
    assert due_lines(open_current(tmp_path), MONTH) == []

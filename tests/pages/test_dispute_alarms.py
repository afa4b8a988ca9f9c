"""劳资纠纷 judges: alarms are told and answered, a declared step moves the range, and notes survive; by AppTest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from etl.notes import add_note, notes
from metrics.judging.alarms import Alarm, Watch, watch
from metrics.judging.trend import trend
from metrics.question import Question
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from pages.parts import alarms
from pages.parts.choices import Chosen, Filter
from tests.pages.opening import opened
from tests.pages_walk import figures

MONTH, START = date(2018, 12, 1), date(2018, 1, 1)
DAFAPU, NANKENG = "440307013018", "440307013020"
HAND = "440307013018|01"  # 大发埔's unpaid wages: the planted rise


def told(app: AppTest, words: str) -> list[str]:
    return [element.value for kind in (app.markdown, app.caption) for element in kind if words in element.value]


def by_key(found: Any, part: str) -> Any:
    return next(element for element in found if part in (element.key or ""))


def submit(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


@pytest.fixture
def own(street: Path) -> Iterator[Path]:
    """Yield a street of its own, which the pages show and a test may note on."""
    yield street


def test_planted_rise_is_told_and_open(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rise stands on the page with what is usual and how much was watched; nobody has answered yet."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    app = opened("disputes")
    (line,) = told(app, "异动提示：大发埔社区")
    assert "3月以来高于正常范围" in line and "待核实" in line
    (caption,) = told(app, "本月共监测")
    assert "平均每年也会误报" in caption and "第五园未报" in caption


def test_cases_of_an_alarm_are_the_metrics(sample_street: Path) -> None:
    """What the alarm counts since its first month is what the indicator says of these months, community and cause."""
    warehouse = open_current(sample_street)
    found = watch(warehouse, MONTH).alarms
    assert found
    for alarm in found:
        where = (("community", (alarm.community_id,)),)
        for start, counted in ((alarm.since, alarm.run_count), (MONTH, alarm.count)):
            rows = ask(warehouse, Question("disputes_received", ("cause",), MONTH, start, None, where)).rows
            main = [row.value or 0 for row in rows if row.keys["cause_id"] in (alarm.causes or (alarm.cause_id,))]
            assert sum(main) == counted, alarm


def test_answer_is_kept_and_shown(own: Path) -> None:
    """已核实，属实 with its reason is in the street's notes and on the page, also after opening it anew."""
    app = opened("disputes")
    by_key(app.radio, HAND).set_value("confirmed")
    by_key(app.text_input, HAND).set_value("两家电子厂拖欠，已立案")
    submit(app, "保存")
    (note,) = notes(own, "alarm_answers")
    assert (note["series"], note["month"], note["answer"]) == (HAND, "2018-12", "confirmed") and note["answered_by"]
    for shown in (app, opened("disputes")):
        assert "已核实，属实：两家电子厂拖欠，已立案" in told(shown, "异动提示：大发埔社区")[0]


def test_answer_counts_for_its_month_only(own: Path) -> None:
    """What was answered for November says nothing of December."""
    add_note(own, "alarm_answers", series=HAND, month="2018-11", answer="no_change", reason="")
    assert "待核实" in told(opened("disputes"), "异动提示：大发埔社区")[0]
    assert "非异动" in told(opened("disputes", month="2018-11"), "异动提示：大发埔社区")[0]


def test_conditions_leave_alarms_out_and_say_so(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """南坑 alone shows no alarm of 大发埔, but says that there is one elsewhere."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    app = opened("disputes", community=NANKENG, month="2018-12")
    assert not told(app, "异动提示：")
    assert told(app, "所选范围以外另有1条异动提示")


def _chosen(**values: tuple[str, ...]) -> Chosen:
    names = ("community", "cause", "channel")
    filters = {name: Filter(name, name, {}, is_many=True) for name in names}
    return Chosen(filters, {name: values.get(name, ()) for name in names})


def _alarm(community: str, cause: str, causes: tuple[str, ...] = ()) -> Alarm:
    numbers = (MONTH, 9, 5, 9, 5, 0.001, 0.01)
    return Alarm(f"{community}|{cause}", community, community, cause, cause, causes, "jump", *numbers)


def test_within_conditions() -> None:
    """Communities and causes narrow; rare causes that stand together are within where one of them is chosen."""
    found = [_alarm("A", "01"), _alarm("B", "01"), _alarm("A", "rest", ("08", "09"))]
    assert alarms.within(found, _chosen()) == found
    assert alarms.within(found, _chosen(community=("A",))) == [found[0], found[2]]
    assert alarms.within(found, _chosen(community=("A",), cause=("09",))) == [found[2]]
    assert alarms.within(found, _chosen(cause=("03",))) == []


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        (_chosen(), ""),
        (_chosen(community=("A",)), "所选范围以外另有1条异动提示。"),
        (_chosen(community=("A", "B")), ""),
        (_chosen(channel=("2",)), "异动提示不分来源渠道。"),
        (_chosen(community=("C",), channel=("2",)), "所选范围以外另有2条异动提示。异动提示不分来源渠道。"),
    ],
)
def test_what_conditions_leave_out(chosen: Chosen, said: str) -> None:
    """Every branch of the sentence under the alarms."""
    found = Watch(MONTH, 96, 2.0, (_alarm("A", "01"), _alarm("B", "01")))
    assert alarms.scope_text(found, alarms.within(found.alarms, chosen), chosen) == said


def test_quiet_month_under_conditions() -> None:
    """Without any alarm a chosen community is told that all were watched, not it alone."""
    found = Watch(MONTH, 96, 2.0, ())
    assert alarms.scope_text(found, [], _chosen(community=("A",))) == "监测的是全部社区和案由。"


def test_range_is_drawn_and_read(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The band behind the bars is the trend's own limits, and its sentence names the incomplete month."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    asked = Question("disputes_received", (), MONTH, START, "month")
    point = trend(open_current(sample_street), asked).points[0]
    app = opened("disputes")
    bands = [shape for shape in figures(app)[0]["layout"]["shapes"] if shape["type"] == "rect" and shape["yref"] == "y"]
    assert [(band["y0"], band["y1"]) for band in bands] == [(point.lower, point.upper)]
    assert told(app, "2018年12月报送不全，不作判断")


def _declare(app: AppTest, month: date, reason: str) -> AppTest:
    by_key(app.selectbox, "disputes.steps.0.month").set_value(month)
    by_key(app.text_input, "disputes.steps.0.reason").set_value(reason)
    return submit(app, "登记水平变化")


def test_declared_step_moves_the_range_and_is_taken_back(own: Path) -> None:
    """From the declared month the range rests on the months since; taken back, all is as it was."""
    link = {"community": DAFAPU, "start": "2016-06", "month": "2018-12"}
    app = opened("disputes", **link)
    assert len(_bands(app)) == 1
    _declare(app, date(2017, 9, 1), "工业园整体迁入")
    (note,) = notes(own, "step_changes")
    assert (note["metric"], note["community_id"], note["month"]) == ("disputes_received", DAFAPU, "2017-09")
    assert len(_bands(app)) == 2
    assert told(app, "水平变化（自2017年9月起重新计算）：工业园整体迁入")
    assert len(_bands(opened("disputes", start="2016-06", month="2018-12"))) == 1, "the street's own range stays"
    submit(app, "撤销")
    assert notes(own, "step_changes") == () and len(_bands(app)) == 1


def _bands(app: AppTest) -> list[Any]:
    shapes = figures(app)[0]["layout"]["shapes"]
    return [shape for shape in shapes if shape["type"] == "rect" and shape["yref"] == "y"]


def test_step_needs_a_reason(own: Path) -> None:
    """Without a reason nothing is declared, and the page says what is missing."""
    app = opened("disputes", community=DAFAPU)
    _declare(app, date(2018, 9, 1), " ")
    assert notes(own, "step_changes") == () and any("请写明原因" in w.value for w in app.warning)


def test_step_is_for_one_community_or_the_street(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two communities together have no step of their own."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    app = opened("disputes", community=f"{DAFAPU},{NANKENG}")
    assert told(app, "请只选一个社区") and not [b for b in app.button if b.label == "登记水平变化"]


def test_damaged_notes_are_said_and_the_page_goes_on(own: Path) -> None:
    """A file of notes that cannot be read is named; figures and cases are there all the same."""
    (own / "notes").mkdir()
    (own / "notes" / "step_changes.csv").write_text("nonsense", "utf-8")
    app = opened("disputes")
    assert any("记录文件无法读取" in warning.value for warning in app.warning)
    assert len(figures(app)) == 3 and told(app, "异动提示：大发埔社区")


@pytest.mark.parametrize(("page", "kind"), [("compare", "peers"), ("briefing", "alarm_answers")])
def test_other_pages_go_on_without_notes(own: Path, page: str, kind: str) -> None:
    """So are peers and answers: the page is there to its end, without what the file would have said."""
    (own / "notes").mkdir()
    (own / "notes" / f"{kind}.csv").write_text("nonsense", "utf-8")
    app = opened(page)
    assert any("记录文件无法读取" in warning.value for warning in app.warning) and not app.exception
    assert told(app, {"compare": "选定“本社区”后", "briefing": "异动提示：大发埔社区"}[page])


def test_community_that_has_not_reported_is_not_judged(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """第五园's December has no bar, the word 未报, and no verdict."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    app = opened("disputes", community="第五园", start="2018-01", month="2018-12")
    layout = figures(app)[0]["layout"]
    assert [note["x"] for note in layout["annotations"] if note["text"] == "未报"] == ["2018-12-01"]
    assert told(app, "2018年12月未报，不作判断")


def test_warehouse_is_untouched_by_notes(own: Path) -> None:
    """Notes change no number: the answer and the generation stay."""
    before: Warehouse = open_current(own)
    value = ask(before, Question("disputes_received", month=MONTH)).row.value
    add_note(own, "step_changes", metric="disputes_received", community_id="", month="2018-03", reason="试")
    after = open_current(own)
    assert after.generation_id == before.generation_id
    assert ask(after, Question("disputes_received", month=MONTH)).row.value == value


def test_band_before_a_new_level_keeps_its_legend(own: Path) -> None:
    """A level declared for the newest month has no range yet; the band of the months before is explained all the same."""
    add_note(own, "step_changes", metric="disputes_received", community_id="", month="2018-12", reason="口径调整")
    app = opened("disputes", start="2018-01", month="2018-12")
    assert len(_bands(app)) == 1 and told(app, "浅色带：正常波动范围")

"""异动提示 in words: one sentence per branch, and each is true of what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from etl.notes import ANSWERS
from metrics.judging import alarm_words
from metrics.judging.alarms import Alarm, Watch
from tests.metrics import tiny

END = date(2018, 12, 1)
RISE = Alarm(
    "A|01", "A", "五和", "01", "拖欠工资", (), "slow", date(2018, 3, 1), 9, 5, 41, 22, 0.0001, 0.01
)  # fmt: skip
JUMP = replace(RISE, kind="jump", since=END, run_count=9, run_usual_most=5)
QUIET = Watch(END, 96, 1.6, ())


@pytest.mark.parametrize(
    ("alarm", "said"),
    [
        (RISE, "异动提示：五和社区拖欠工资类纠纷，3月以来高于正常范围，12月9宗（通常不超过5宗）。"),
        # A month that is not above its own limit is not said to be.
        (replace(RISE, count=5), "异动提示：五和社区拖欠工资类纠纷，3月以来高于正常范围，至12月共41宗（通常不超过22宗）。"),
        (replace(RISE, since=date(2017, 11, 1)), "异动提示：五和社区拖欠工资类纠纷，上年11月以来高于正常范围，12月9宗（通常不超过5宗）。"),
        (JUMP, "异动提示：五和社区拖欠工资类纠纷，12月9宗，高于正常范围（通常不超过5宗）。"),
        (replace(JUMP, cause_id="rest", cause="其余各类"), "异动提示：五和社区其余各类纠纷，12月9宗，高于正常范围（通常不超过5宗）。"),
    ],
)  # fmt: skip
def test_an_alarm_is_said(alarm: Alarm, said: str) -> None:
    assert alarm_words.alarm_text(alarm, END, "宗") == said


def test_the_measure_word_is_the_street_s() -> None:
    text = alarm_words.alarm_text(replace(RISE, count=5), END, "件")
    assert "41件（通常不超过22件）" in text and "宗" not in text
    assert "12月9件，高于正常范围（通常不超过5件）" in alarm_words.alarm_text(JUMP, END, "件")


@pytest.mark.parametrize(
    ("false_per_year", "said"),
    [(0.0, "不到1次"), (0.49, "不到1次"), (0.5, "约1次"), (1.49, "约1次"), (1.5, "约2次"), (12.4, "约12次")],
)
def test_how_often_chance_alone_would_call(false_per_year: float, said: str) -> None:
    text = alarm_words.watched_text(replace(QUIET, false_per_year=false_per_year))
    assert text == f"本月共监测96组数据，即使一切正常，平均每年也会误报{said}。"


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (QUIET, "2018年12月未发现异动。本月共监测96组数据，即使一切正常，平均每年也会误报约2次。"),
        (
            replace(QUIET, unreported=("第五园", "新雪")),
            "2018年12月未发现异动。本月共监测96组数据，即使一切正常，平均每年也会误报约2次。第五园、新雪未报，未监测。",
        ),
        (
            replace(QUIET, alarms=(RISE, JUMP)),
            "异动提示：五和社区拖欠工资类纠纷，3月以来高于正常范围，12月9宗（通常不超过5宗）。"
            "异动提示：五和社区拖欠工资类纠纷，12月9宗，高于正常范围（通常不超过5宗）。"
            "本月共监测96组数据，即使一切正常，平均每年也会误报约2次。",
        ),
        (Watch(END, 0, None, ()), "2018年12月未作监测：要有连续24个月以上的纠纷台账才能判断。"),
        (Watch(END, 0, None, (), ("第五园",)), "2018年12月未作监测：要有连续24个月以上的纠纷台账才能判断。"),
        (Watch(END, 0, None, (), ("第五园",), is_unreported=True), "2018年12月劳资纠纷台账未报，未作监测。"),
    ],
)
def test_a_month_is_said_whole(found: Watch, said: str) -> None:
    assert alarm_words.watch_text(found, "宗") == said


def test_answers_are_the_ones_that_can_be_kept() -> None:
    assert set(alarm_words.answers()) == set(ANSWERS)
    assert list(alarm_words.answers().values()) == ["已核实，属实", "非异动", "待核实"]


@pytest.mark.parametrize(
    ("alarm", "said"),
    [
        (RISE, "待核实"),
        (replace(RISE, answer="confirmed", answered_on="2019-01-05"), "已核实，属实（2019-01-05）"),
        (
            replace(RISE, answer="no_change", reason="集中录入", answered_on="2019-01-05"),
            "非异动：集中录入（2019-01-05）",
        ),
    ],
)
def test_an_answer_is_said(alarm: Alarm, said: str) -> None:
    assert alarm_words.answer_text(alarm) == said


def test_the_help_says_how(tmp_path: Path) -> None:
    text = alarm_words.help_text(tiny.write(tiny.blank(1, END, 1), tmp_path))
    assert "不足3宗" in text and "4年" in text and "职工人数" in text and "季节" in text


def test_no_word_of_the_forbidden(tmp_path: Path) -> None:
    said = alarm_words.watch_text(replace(QUIET, alarms=(RISE, JUMP)), "宗")
    said += alarm_words.help_text(tiny.write(tiny.blank(1, END, 1), tmp_path))
    assert [word for word in ("预警", "偶然", "工人", "罢工", "显著") if word in said.replace("职工人数", "")] == []

"""`union-atlas trend`: one JSON document or a table, the same months and limits as the page's trend."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cli
from metrics.judging.trend import trend
from metrics.question import Question
from metrics.warehouse import open_current

Capture = pytest.CaptureFixture[str]


def said(capsys: Capture, street: Path, *words: str, code: int = 0) -> str:
    capsys.readouterr()
    assert cli.main(["trend", *words, "--street", str(street)]) == code
    return capsys.readouterr().out


def test_json_is_the_trend(sample_street: Path, capsys: Capture) -> None:
    words = (
        "disputes_received",
        "--where",
        "community=大发埔",
        "--where",
        "cause=01",
        "--from",
        "2018-01",
        "--to",
        "2018-12",
    )
    answer: dict[str, Any] = json.loads(said(capsys, sample_street, *words, "--json"))
    where = (("community", ("大发埔",)), ("cause", ("01",)))
    question = Question("disputes_received", month=date(2018, 12, 1), start=date(2018, 1, 1), where=where)
    found = trend(open_current(sample_street), question, sample_street)
    assert answer["metric"] == "disputes_received" and answer["generation"] == found.generation_id
    assert (answer["chart"], answer["without_limits"]) == ("c", None)
    assert answer["baseline"] == {"from": "2016-01", "to": "2017-12"}
    names = ("value", "centre", "lower", "upper", "signal")
    shown = [[row["month"], *(row[name] for name in names)] for row in answer["rows"]]
    assert shown == [[f"{p.month:%Y-%m}", p.value, p.centre, p.lower, p.upper, p.signal] for p in found.points]
    assert {row["signal"] for row in answer["rows"]} >= {"outside", "shift"}


def test_without_a_range_36_months_are_shown(sample_street: Path, capsys: Capture) -> None:
    answer = json.loads(said(capsys, sample_street, "disputes_received", "--json"))
    assert [answer["rows"][place]["month"] for place in (0, -1)] == ["2016-01", "2018-12"]
    assert answer["rows"][-1]["is_partial"] and answer["rows"][-1]["signal"] == ""


def test_a_month_without_a_report_is_null(sample_street: Path, capsys: Capture) -> None:
    answer = json.loads(said(capsys, sample_street, "disputes_received", "--where", "community=第五园", "--json"))
    last = answer["rows"][-1]
    assert last["value"] is None and last["signal"] == "" and last["is_partial"]


def test_text_is_chinese_and_says_what_stands_out(sample_street: Path, capsys: Capture) -> None:
    text = said(capsys, sample_street, "disputes_received", "--where", "community=大发埔", "--where", "cause=01")
    assert "2018-08　6　正常波动范围0—4　超出正常波动范围" in text
    assert text.rstrip().endswith("正常波动范围按2016年1月—2017年12月各月计算。")
    street = said(capsys, sample_street, "disputes_received")
    assert street.splitlines()[-2].endswith("报送不全")
    carried = said(capsys, sample_street, "coverage_rate", "--from", "2018-10")
    assert "2018-11　88.3%　沿用此前名册" in carried and "不足12期" in carried


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("disputes",), "unknown_metric"),
        (("disputes_received", "--where", "community=南京"), "unknown_value"),
        (("disputes_received", "--to", "2031-01"), "unknown_month"),
        (("disputes_received", "--from", "2001-01"), "unknown_month"),
        (("disputes_received", "--month", "2018-12", "--from", "2019-01"), "months_reversed"),
    ],
)
def test_mistakes_are_sentences(sample_street: Path, capsys: Capture, words: tuple[str, ...], code: str) -> None:
    answer = json.loads(said(capsys, sample_street, *words, "--json", code=2))
    assert answer["error"]["code"] == code

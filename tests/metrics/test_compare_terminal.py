"""`union-atlas compare`: the fields that programs read, and the table that people read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import cli
from metrics.judging.compare import compare
from metrics.question import Question
from metrics.scope import communities
from metrics.warehouse import open_current

Ran = pytest.CaptureFixture[str]


def ran(street: Path, out: Ran, *said: str) -> dict[str, Any]:
    """Return what the verb answers as JSON."""
    assert cli.main(["compare", *said, "--json", "--street", str(street)]) == 0
    found: dict[str, Any] = json.loads(out.readouterr().out)
    return found


def test_json_has_what_the_page_has(sample_street: Path, capsys: Ran) -> None:
    """Every community in official order, with both sides, class, rank range, tier and peers; the target and φ."""
    answer = ran(sample_street, capsys, "coverage_rate", "--month", "2018-12")
    warehouse = open_current(sample_street)
    found = compare(warehouse, Question("coverage_rate"), sample_street)
    assert [row["community_id"] for row in answer["rows"]] == [entry.id for entry in communities(warehouse)]
    assert (answer["target"], answer["dispersion"]) == (found.street.value, pytest.approx(found.phi))
    for row, own in zip(answer["rows"], found.rows, strict=True):
        for name in (
            "numerator",
            "denominator",
            "value",
            "low",
            "high",
            "funnel",
            "rank",
            "rank_low",
            "rank_high",
            "tier",
        ):
            assert row[name] == getattr(own, name), name
        assert row["peers"] == [peer.community_id for peer in own.peers] and len(row["peers"]) == 4
    row = next(row for row in answer["rows"] if row["community"] == "第五园")
    assert (row["funnel"], row["numerator"], row["denominator"]) == ("lower", 158, 186)


def test_disputes_have_no_rank(sample_street: Path, capsys: Ran) -> None:
    """A year of disputes has classes and no ranks; a month not reported has neither, and is null, not 0."""
    answer = ran(sample_street, capsys, "disputes_per_1000_workers", "--month", "2018-12", "--period", "ytd")
    assert not answer["is_ranked"] and {row["rank"] for row in answer["rows"]} == {None}
    assert {row["community"]: row["funnel"] for row in answer["rows"]}["大发埔"] == "much_higher"
    month = ran(sample_street, capsys, "disputes_per_1000_workers", "--month", "2018-12")
    row = next(row for row in month["rows"] if row["community"] == "第五园")
    assert (row["value"], row["numerator"], row["funnel"], row["too_few"]) == (None, None, None, False)


def test_goal_and_wider_limits(sample_street: Path, capsys: Ran) -> None:
    """--target goal and --adjusted are said back; a metric without goal is an error with a remedy."""
    answer = ran(sample_street, capsys, "coverage_rate", "--target", "goal", "--adjusted")
    assert (answer["against"], answer["target"], answer["is_adjusted"]) == ("goal", 0.9, True)
    assert cli.main(["compare", "members", "--target", "goal", "--json", "--street", str(sample_street)]) == 2
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "no_goal"


def test_table_for_people(sample_street: Path, capsys: Ran) -> None:
    """The table says class, rank with range and peers, the sentence and both legends; disputes have no rank's legend."""
    assert cli.main(["compare", "coverage_rate", "--street", str(sample_street)]) == 0
    text = capsys.readouterr().out
    line = next(line for line in text.splitlines() if line.startswith("第五园"))
    assert "84.9%　158/186　偏低　第12名（大致第" in line and "可比社区：" in line
    assert "其余10个社区与全街道相差不大" in text and "约为二十分之一" in text and "不分先后" in text
    assert cli.main(["compare", "disputes_received", "--street", str(sample_street)]) == 0
    text = capsys.readouterr().out
    assert "该指标受上报积极性影响，不作排名；未报送：第五园。" in text and "不分先后" not in text
    assert next(line for line in text.splitlines() if line.startswith("第五园")).startswith("第五园　未报")


def test_public_version_hides(sample_street: Path, capsys: Ran) -> None:
    """In a public version small counts are said to be hidden, and nobody is ranked."""
    answer = ran(sample_street, capsys, "coverage_rate_above_scale", "--public")
    hidden = [row for row in answer["rows"] if row.get("is_suppressed")]
    assert hidden and all(row["value"] is None and row["funnel"] is None for row in hidden)
    assert not answer["is_ranked"] and not any(row["rank"] or row["peers"] or row["giant"] for row in answer["rows"])
    assert cli.main(["compare", "coverage_rate_above_scale", "--public", "--street", str(sample_street)]) == 0
    text = capsys.readouterr().out
    assert "不足5家，不显示" in text and "第1名" not in text

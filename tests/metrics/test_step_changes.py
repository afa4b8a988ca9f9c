"""A declared 水平变化 makes a trend's limits anew: of exactly that series, from exactly that month, until taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from etl.notes import add_note, take_back
from tests.metrics import tiny
from tests.metrics.test_trend import END, QUIET, of, signals, street_of

STEPPED = [*QUIET * 2, *[count + 6 for count in QUIET]]


def declare(street: Path, metric: str, community: str, month: str) -> None:
    add_note(street, "step_changes", metric=metric, community_id=community, month=month, reason="园区迁入")


def test_a_declared_step_begins_anew_and_nothing_else_does(tmp_path: Path) -> None:
    """Only exactly this series, from exactly this month; taken back, it is as before."""
    street = street_of(STEPPED)
    warehouse = tiny.write(street, tmp_path)
    before = of(warehouse, street=tmp_path)
    assert set(signals(before).values()) == {"shift"}
    declare(tmp_path, "disputes_closed", "", "2018-01")
    declare(tmp_path, "disputes_received", street.communities[0], "2018-01")
    assert of(warehouse, street=tmp_path) == before
    declare(tmp_path, "disputes_received", "", "2018-01")
    after = of(warehouse, street=tmp_path)
    assert after.steps == (date(2018, 1, 1),) and signals(after) == {}
    assert after.points[0].centre == 5.0 and after.last.centre == 11.0
    assert after.baseline == (date(2018, 1, 1), END)
    assert of(warehouse) == before, "without the street's folder nothing is declared"
    take_back(tmp_path, "step_changes", metric="disputes_received", community_id="", month="2018-01")
    assert of(warehouse, street=tmp_path) == before


def test_too_few_months_after_a_step_say_so(tmp_path: Path) -> None:
    """The months before keep their limits, those after have none yet."""
    warehouse = tiny.write(street_of(STEPPED), tmp_path)
    declare(tmp_path, "disputes_received", "", "2018-03")
    found = of(warehouse, street=tmp_path)
    assert found.without_limits == "水平变化后报齐的只有10个月，不足12个月，暂不计算正常波动范围。"
    assert [point.centre is None for point in found.points] == [False] * 26 + [True] * 10

"""Every sentence of smoothing and clusters, in every branch."""

from __future__ import annotations

from datetime import date

import pytest

from analysis.clusters import HIGH, HIGH_AMONG_LOW, LOW, LOW_AMONG_HIGH
from metrics.catalogue import metric_of
from metrics.judging.where import Clusters, Place, SmoothedRow, Smoothing
from metrics.judging.where_layer import Area, NoLayer
from metrics.judging.where_words import (
    clusters_note,
    clusters_sentence,
    no_clusters_note,
    place_text,
    smoothed_text,
    smoothing_note,
)
from metrics.question import Answer, Question, Row

COVERAGE, DISPUTES, MEMBERS = "coverage_rate", "disputes_per_1000_workers", "membership_rate_area"


def _row(value: float | None, weight: float | None) -> SmoothedRow:
    row = Row({"community_id": "a", "community": "南坑"}, 218, 227, 0.96, None, None, 1, 1, 0, False, None)
    return SmoothedRow(row, value, weight)


def _smoothing(*rows: SmoothedRow) -> Smoothing:
    month = date(2018, 12, 1)
    answer = Answer(
        Question(COVERAGE), metric_of(COVERAGE), "g", 1, month, month, "month", (month,), tuple(r.row for r in rows)
    )
    return Smoothing(answer, rows)


def test_smoothed_value_stands_beside_the_raw_one() -> None:
    """The street's decimals hold; nothing is said where nothing was smoothed."""
    metric = metric_of(COVERAGE)
    assert smoothed_text(metric, _row(0.9504, 0.5)) == "平滑后95.0%"
    assert smoothed_text(metric, _row(0.9504, 0.5), decimals=2) == "平滑后95.04%"
    assert smoothed_text(metric, _row(None, None)) == smoothed_text(metric, None) == ""


def test_what_smoothing_is_for() -> None:
    """The note says how it is made and not to grade by it; where it leaves no difference, that."""
    some = _smoothing(_row(0.95, 0.5), _row(None, None))
    assert (
        smoothing_note(some) == "平滑后：社区的数量越少，数值越向各社区的共同水平靠拢。仅供看图，考核和通报以原值为准。"
    )
    none = _smoothing(_row(None, None), _row(0.448, 0.0), _row(0.448, 0.0))
    assert smoothing_note(none) == (
        "平滑后各社区同为44.8%：现有差别没有超出数量少带来的上下浮动。仅供看图，考核和通报以原值为准。"
    )


@pytest.mark.parametrize(
    ("metric", "why", "said"),
    [
        ("enterprises", NoLayer("kind", 12), "聚集分析只用于有参考范围的比率，不用于“辖区企业数”。"),
        (COVERAGE, NoLayer("public", 12), "对外版不按企业位置作聚集分析。"),
        (COVERAGE, NoLayer("persons", 12), "“建会率（含工联会覆盖）”涉及个人敏感信息，不按企业位置作聚集分析。"),
        (
            DISPUTES,
            NoLayer("nowhere", 12),
            "社区只有12个，数量太少，看不出相邻社区是否聚集；“每千名职工纠纷数（年）”没有到企业的坐标，也不能按网格分析。",
        ),
        (
            COVERAGE,
            NoLayer("few", 12, 37),
            "社区只有12个，数量太少，看不出相邻社区是否聚集；有坐标的企业相连的网格至多37个，不足100个，也不能按网格分析。",
        ),
        (
            DISPUTES,
            NoLayer("nowhere", 90, is_drawn=True),
            "有数据和边界的社区只有90个，数量太少，看不出相邻社区是否聚集；"
            "“每千名职工纠纷数（年）”没有到企业的坐标，也不能按网格分析。",
        ),
    ],
)
def test_why_clusters_are_not_offered(metric: str, why: NoLayer, said: str) -> None:
    """One sentence each."""
    assert no_clusters_note(metric_of(metric), why) == said


def _found(kinds: list[tuple[str | None, str]], is_grid: bool = True, lost: int = 0) -> Clusters:
    places = tuple(Place(Area(str(at), name, 3, 12), kind, 0.25, 0.31) for at, (kind, name) in enumerate(kinds))
    return Clusters(metric_of(COVERAGE), is_grid, places, lost)


NOTHING: list[tuple[str | None, str]] = [(None, "南坑")] * 100


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ([], "共看100格，没有发现高值或低值聚集"),
        ([(LOW, "杨美"), (LOW, "杨美")], "低值聚集2格（在杨美），其余100格没有聚集"),
        ([(HIGH, "南坑"), (LOW, "杨美")], "高值聚集1格（在南坑），低值聚集1格（在杨美），其余100格没有聚集"),
        (
            [(HIGH, "甲"), (HIGH, "乙"), (HIGH, "乙"), (HIGH, "丙"), (HIGH, "丁")],
            "高值聚集5格（在乙、甲、丙等），其余100格没有聚集",
        ),
        ([(LOW, "")], "低值聚集1格，其余100格没有聚集"),
    ],
)
def test_what_a_grid_shows(kinds: list[tuple[str | None, str]], said: str) -> None:
    """Each class with its number and its communities, most first; at most three are named."""
    assert clusters_sentence(_found(kinds + NOTHING)) == f"建会率（含工联会覆盖）：{said}"


def test_what_communities_show() -> None:
    """Communities are named, and those unlike their neighbours told apart; without a rest none is mentioned."""
    kinds: list[tuple[str | None, str]] = [(LOW_AMONG_HIGH, "甲"), (HIGH_AMONG_LOW, "乙"), (HIGH, "丙"), (LOW, "丁")]
    assert clusters_sentence(_found(kinds, is_grid=False)) == (
        "建会率（含工联会覆盖）：高值聚集1个社区（丙），低值聚集1个社区（丁），高于周边1个社区（乙），低于周边1个社区（甲）"
    )


def test_how_the_map_is_read() -> None:
    """The note explains the words of its own layer only, the share of false ones, and who is not on the map."""
    grid, areas = clusters_note(_found(NOTHING, lost=2044)), clusters_note(_found(NOTHING, is_grid=False))
    assert grid.endswith("不表示好坏。误报预计约占画出的二十分之一。另有2,044家企业没有坐标，未计入。")
    assert "六边形网格" in grid and "高于（低于）周边" not in grid
    assert "高于（低于）周边是与周边不同" in areas and "格" not in areas and "没有坐标" not in areas


def test_hover_over_an_area() -> None:
    """Class, both sides in the metric's words, and the value with its surroundings."""
    found = _found([(LOW, "杨美"), (None, "南坑")])
    assert place_text(found, found.places[0]) == ("<b>低值聚集</b>　杨美<br>25.0%（12家中3家）<br>连同周边平滑后31.0%")
    assert place_text(found, found.places[1]).startswith("<b>没有聚集</b>　南坑<br>")
    rates = Clusters(metric_of(DISPUTES), False, (Place(Area("a", "甲", 3, 1200.4), HIGH, 30.0, 21.5),), 0)
    assert place_text(rates, rates.places[0], word="件") == (
        "<b>高值聚集</b>　甲<br>30.00（3件／1,200人）<br>连同周边平滑后21.50"
    )
    members = Clusters(metric_of(MEMBERS), True, (Place(Area("a", "甲", 30, 120), None, 0.25, 0.5),), 0)
    assert "25.0%（120人中30人）" in place_text(members, members.places[0])

"""Smoothed rates and clusters from the warehouse, against loops by hand and planted patches."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import h3
import libpysal
import numpy as np
import pytest
import shapely

from analysis.clusters import HIGH, LOW
from metrics.judging import where
from metrics.judging.where import Clusters
from metrics.judging.where_layer import NoLayer, touching
from metrics.question import Question
from metrics.values import ask, rows
from metrics.warehouse import Warehouse, open_current
from tests.metrics import tiny

MONTH = date(2018, 12, 1)
TAZ = Path(__file__).parents[3] / "shared" / "data" / "boundaries" / "shenzhen_taz" / "SZ_districts.shp"
MIDDLE = h3.latlng_to_cell(22.63, 114.06, 9)


@pytest.fixture
def sample(sample_street: Path) -> Warehouse:
    """Return the sample's warehouse."""
    return open_current(sample_street)


def _shrunk_by_hand(pairs: list[tuple[float, float]]) -> list[float]:
    """Return Marshall's estimate with binomial noise of (numerator, denominator), one community at a time."""
    total = sum(n for _y, n in pairs)
    mean = sum(y for y, _n in pairs) / total
    apart = sum(n * (y / n - mean) ** 2 for y, n in pairs) / total
    between = max(apart - mean * (1 - mean) * len(pairs) / total, 0.0)
    return [mean + between / (between + mean * (1 - mean) / n) * (y / n - mean) for y, n in pairs]


def test_proportions_are_drawn_to_the_street(sample: Warehouse) -> None:
    """建会率 of the twelve communities as a loop over the answer's rows smooths them; raw rows are the answer's."""
    question = Question("coverage_rate", month=MONTH)
    found = where.smoothed(sample, question)
    answer = ask(sample, Question("coverage_rate", ("community",), MONTH))
    assert found is not None and tuple(row.row for row in found.rows) == answer.rows
    by_hand = _shrunk_by_hand([(row.numerator or 0, row.denominator or 0) for row in answer.rows])
    assert [row.value for row in found.rows] == pytest.approx(by_hand)
    street = ask(sample, question).row.value or 0
    assert all(abs((row.value or 0) - street) < abs((row.row.value or 0) - street) for row in found.rows)


def test_rates_are_gamma_poisson_in_their_own_unit(sample: Warehouse) -> None:
    """Disputes per 1,000 workers and year: the prior by a plain loop; 第五园 (未报) has no value and enters nothing."""
    found = where.smoothed(sample, Question("disputes_per_1000_workers", month=MONTH))
    assert found is not None
    known = [row for row in found.rows if row.row.known]
    assert [row.row.keys["community"] for row in found.rows if row.value is None] == ["第五园"]
    cases = [row.row.numerator or 0.0 for row in known]
    years = [(row.row.denominator or 0.0) / 12_000 for row in known]  # thousands of workers, a twelfth of a year
    mean, alpha = sum(cases) / sum(years), 1.0
    for _round in range(3000):
        drawn = [(case + mean * alpha) / (year + alpha) for case, year in zip(cases, years, strict=True)]
        mean = sum(drawn) / len(drawn)
        spread = sum((1 + alpha / year) * (value - mean) ** 2 for value, year in zip(drawn, years, strict=True))
        alpha = mean * (len(drawn) - 1) / spread
    assert [row.value for row in known] == pytest.approx(drawn, rel=1e-4)


def test_ratios_know_the_giant(sample: Warehouse) -> None:
    """入会率 is smoothed with the noise of enterprises: weights follow Kish's number of enterprises, not workers."""
    found = where.smoothed(sample, Question("membership_rate_area", month=MONTH))
    assert found is not None
    sums = [row.row.clusters for row in found.rows]
    kish = [each.x**2 / each.xx for each in sums if each]
    weights = [row.weight or 0.0 for row in found.rows]
    assert np.argsort(kish).tolist() == np.argsort(weights).tolist()
    assert np.argsort(kish).tolist() != np.argsort([row.row.denominator or 0 for row in found.rows]).tolist()


@pytest.mark.parametrize("metric", ["enterprises", "disputes_received", "unions_formed_target_progress"])
def test_what_has_no_range_of_chance_is_not_smoothed(sample: Warehouse, metric: str) -> None:
    """Counts and progress against a target have neither smoothed values nor clusters."""
    assert where.smoothed(sample, Question(metric, month=MONTH)) is None
    assert where.why_not(sample, Question(metric, month=MONTH)) == NoLayer("kind", 12)


def test_two_communities_have_no_common_level(tmp_path: Path) -> None:
    """Below three communities with a value nothing is smoothed."""
    street = tiny.blank(2, MONTH, 1)
    for number, community in enumerate(street.communities):
        _known(street, community)
        tiny.enterprise(street, number, MONTH, community, has_union=True)
    assert where.smoothed(tiny.write(street, tmp_path), Question("coverage_rate", month=MONTH)) is None


def test_disputes_have_no_place_and_twelve_communities_are_too_few(sample: Warehouse) -> None:
    """Cases have no coordinates; the public is not shown where enterprises stand."""
    disputes = Question("disputes_per_1000_workers", month=MONTH)
    assert where.why_not(sample, disputes) == where.clusters(sample, disputes) == NoLayer("nowhere", 12)
    public = Question("coverage_rate", month=MONTH, audience="public")
    assert where.clusters(sample, public) == NoLayer("public", 12)


def test_public_rows_that_are_hidden_stay_hidden(sample: Warehouse) -> None:
    """A suppressed community has no smoothed value, and the others' are made without it."""
    question = Question("coverage_rate", month=MONTH, where=(("size_band", (">=1000",)),), audience="public")
    found = where.smoothed(sample, question)
    assert found is None or all(row.value is None for row in found.rows if row.row.is_suppressed)


def test_cells_hold_every_enterprise_once(sample: Warehouse) -> None:
    """Both sides of each cell are what counting enterprises one by one gives; the rest is said to have no place."""
    found = where.clusters(sample, Question("coverage_rate", month=MONTH))
    assert isinstance(found, Clusters) and found.is_grid
    at = {row["unit_id"]: row for row in rows(sample, Question("enterprises", month=MONTH)).iter_rows(named=True)}
    counted: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    lost = 0
    resolution = h3.get_resolution(found.places[0].area.id)
    for row in rows(sample, Question("coverage_rate", month=MONTH)).iter_rows(named=True):
        spot = at[row["unit_id"]]
        if row["value"] is None:
            continue
        if spot["lon"] is None:
            lost += 1
            continue
        cell = counted[h3.latlng_to_cell(spot["lat"], spot["lon"], resolution)]
        cell[0] += row["value"]
        cell[1] += 1
    assert found.lost == lost
    for place in found.places:
        assert [place.area.numerator, place.area.denominator] == counted[place.area.id]
        assert place.value == pytest.approx(counted[place.area.id][0] / counted[place.area.id][1])
    alone = set(counted) - {place.area.id for place in found.places}
    assert not any(set(h3.grid_ring(cell, 1)) & set(counted) for cell in alone)


def _known(street: tiny.TinyStreet, community: str) -> None:
    street.add("community_month", community_id=community, month=MONTH)
    for ledger in tiny.LEDGERS:
        tiny.report(street, ledger, community, MONTH, "received")


def _grid_street(cells: list[str], low: set[str], seed: int = 3) -> tiny.TinyStreet:
    """Return a street with 8 enterprises in each cell, 92 % of them with a union, in the low cells 40 %."""
    street, chance = tiny.blank(3, MONTH, 1), np.random.default_rng(seed)
    for community in street.communities:
        _known(street, community)
    for number, cell in enumerate(cells * 8):
        lat, lon = h3.cell_to_latlng(cell)
        has_union = bool(chance.random() < (0.4 if cell in low else 0.92))
        home = street.communities[1 if cell in low else 0]
        tiny.enterprise(street, number, MONTH, home, lat=lat, lon=lon, has_union=has_union, is_covered=has_union)
    tiny.enterprise(street, 9999, MONTH, street.communities[2], has_union=True, is_covered=True)
    return street


def test_a_planted_patch_of_enterprises_is_found(tmp_path: Path) -> None:
    """19 cells low among 127 are called low, in their community; the enterprise without coordinates is counted."""
    cells, low = sorted(h3.grid_disk(MIDDLE, 6)), set(h3.grid_disk(h3.grid_ring(MIDDLE, 3)[0], 2))
    warehouse = tiny.write(_grid_street(cells, low), tmp_path)
    found = where.clusters(warehouse, Question("coverage_rate", month=MONTH))
    assert isinstance(found, Clusters) and len(found.places) == 127 and found.lost == 1
    called = {place.area.id for place in found.places if place.kind == LOW}
    assert len(called & low) >= 6 and len(called - low) <= 3 and found.counts().get(HIGH, 0) == 0
    assert found.communities(LOW)[0] == tiny.COMMUNITIES[1]
    near = next(place for place in found.places if place.kind == LOW)
    assert near.value != near.around < 0.92


def test_too_few_cells_are_said(tmp_path: Path) -> None:
    """37 cells at every resolution are no layer, and it is known how many there were."""
    warehouse = tiny.write(_grid_street(sorted(h3.grid_disk(MIDDLE, 3)), set()), tmp_path)
    question = Question("coverage_rate", month=MONTH)
    assert where.why_not(warehouse, question) is None
    assert where.clusters(warehouse, question) == NoLayer("few", 3, 37)


@pytest.fixture
def squares(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Any]]:
    """Yield 11 × 11 square communities whose outlines are rounded apart by a metre; the test street can hold them."""
    columns = "community_id VARCHAR, geometry VARCHAR, is_legal BOOLEAN, note VARCHAR"
    monkeypatch.setitem(tiny.SCHEMA, "core.boundary", columns)
    step = 0.01
    yield [
        shapely.box(114 + x * step, 22 + y * step, 114 + (x + 1) * step - 1e-5, 22 + (y + 1) * step - 1e-5)
        for y in range(11) for x in range(11)
    ]  # fmt: skip


def _district(outlines: list[Any], drawn: int) -> tiny.TinyStreet:
    """Return a district of square communities of 100 workers with few disputes, many in a patch of 3 × 3."""
    street, chance = tiny.blank(1, MONTH, 1), np.random.default_rng(11)
    street.tables["community"].clear()
    number = 0
    for place, outline in enumerate(outlines):
        name = f"4403{place:08d}"
        street.add("community", community_id=name, community=f"社区{place}", official_order=place)
        street.add("code", list="community", code=name, title=f"社区{place}", code_order=place)
        if place < drawn:
            shape = json.dumps(shapely.geometry.mapping(outline))
            street.add("boundary", community_id=name, geometry=shape, is_legal=True, note="")
        _known(street, name)
        tiny.enterprise(street, place, MONTH, name, workers=100)
        is_patch = place % 11 in (4, 5, 6) and place // 11 in (4, 5, 6)
        for _case in range(chance.poisson(12 if is_patch else 1.5)):
            number += 1
            tiny.dispute(street, number, name, MONTH)
    return street


def test_many_communities_are_tested_themselves(squares: list[Any], tmp_path: Path) -> None:
    """With 121 communities disputes have clusters: the patch is high, values stand per 1,000 workers and year."""
    warehouse = tiny.write(_district(squares, 121), tmp_path)
    question = Question("disputes_per_1000_workers", month=MONTH)
    assert where.why_not(warehouse, question) is None
    found = where.clusters(warehouse, question)
    assert isinstance(found, Clusters) and not found.is_grid and len(found.places) == 121
    answer = ask(warehouse, Question(question.metric, ("community",), MONTH))
    assert [place.value for place in found.places] == pytest.approx([row.value for row in answer.rows])
    high = {int(place.area.id[4:]) for place in found.places if place.kind == HIGH}
    patch = {row * 11 + column for row in (4, 5, 6) for column in (4, 5, 6)}
    assert len(high & patch) >= 5 and len(high - patch) <= 2


def test_communities_without_outlines_are_no_layer(squares: list[Any], tmp_path: Path) -> None:
    """121 communities of which 90 have an outline are 90 to look at."""
    warehouse = tiny.write(_district(squares, 90), tmp_path)
    found = where.clusters(warehouse, Question("disputes_per_1000_workers", month=MONTH))
    assert found == NoLayer("nowhere", 90, is_drawn=True)


def test_touching_is_queens(squares: list[Any]) -> None:
    """Rounded apart by a metre, squares still touch their eight neighbours, as a chess queen moves."""
    beside = touching(np.array(squares))
    queen = libpysal.weights.lat2W(11, 11, rook=False)
    assert [sorted(near) for near in beside] == [sorted(queen.neighbors[place]) for place in range(121)]


@pytest.mark.skipif(not TAZ.is_file(), reason="../shared/data/boundaries/shenzhen_taz is not there")
def test_real_outlines_of_many_areas() -> None:
    """Shenzhen's 491 traffic zones touch as PySAL says, and a planted district of them is found."""
    import geopandas

    from analysis.clusters import moran_classes

    zones = geopandas.read_file(TAZ).to_crs("EPSG:4326")
    zones = zones[zones.geometry.notna()].reset_index(drop=True)
    beside = touching(zones.geometry.to_numpy())
    queen = libpysal.weights.Queen.from_dataframe(zones, use_index=False, silence_warnings=True)
    missed = [(one, other) for one, near in queen.neighbors.items() for other in near if other not in beside[one]]
    assert len(zones) == 491 and missed == []
    kept = [place for place, near in enumerate(beside) if near]
    now = {place: index for index, place in enumerate(kept)}
    near = [[now[other] for other in beside[place]] for place in kept]
    patch = {now[other] for place in beside[kept[200]] for other in (place, *beside[place])}
    values = np.random.default_rng(1).normal(size=len(kept))
    values[list(patch)] += 3.0
    classes = moran_classes(values, near)
    high = {place for place, kind in enumerate(classes) if kind == HIGH}
    assert len(high & patch) >= len(patch) / 2 and len(high - patch) <= 3

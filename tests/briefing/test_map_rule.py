"""Which map a document shows: the sample's tiles, internal boundaries, public ones under a 审图号, else hexagons."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from briefing import map_rule
from briefing.schematic import tiles
from metrics import places

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[114.0, 22.6], [114.01, 22.6], [114.01, 22.61], [114.0, 22.61], [114.0, 22.6]]],
}
ISLANDS = {
    "type": "MultiPolygon",
    "coordinates": [
        [[[114.02, 22.6], [114.03, 22.6], [114.03, 22.63], [114.02, 22.6]]],
        [[[114.05, 22.6], [114.06, 22.6], [114.06, 22.63], [114.05, 22.6]]],
    ],
}
NOTE = "街道界线采自区民政局2019年图"


def drawn(
    monkeypatch: pytest.MonkeyPatch, audience: str, approval: str = "", *, legal: bool = True, sample: bool = False,
    note: str = NOTE,
) -> map_rule.Drawn:  # fmt: skip
    """Return the map of a street with two communities."""
    outlines = places.Outlines({"a": SQUARE, "b": ISLANDS}, legal, note)
    monkeypatch.setattr(places, "outlines", lambda _warehouse: outlines)
    source: Any = SimpleNamespace(audience=audience, warehouse=SimpleNamespace(is_sample=sample))
    return map_rule.drawn(source, approval)


@pytest.mark.parametrize("audience", ["internal", "public"])
def test_the_samples_tiles_stay_in_both_versions(monkeypatch: pytest.MonkeyPatch, audience: str) -> None:
    """The sample's tiles are evidently schematic; a 审图号 beside them would be a lie."""
    found = drawn(monkeypatch, audience, "粤S（2019）1号", legal=False, sample=True, note=map_rule.SCHEMATIC)
    assert found.rings["a"] == map_rule.rings_of(SQUARE)
    assert found.notes == ("社区位置示意图，非行政区域界线",)


def test_internal_shows_the_boundaries_with_what_must_be_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The street's own boundaries are for internal work, and the picture says so, with the street's own note."""
    found = drawn(monkeypatch, "internal", "粤S（2019）1号")
    assert found.notes == ("内部工作用图，不作为划界依据，不得公开发布", NOTE)
    assert found.rings["b"] == map_rule.rings_of(ISLANDS) and len(found.rings["b"]) == 2
    assert drawn(monkeypatch, "internal", note="").notes == ("内部工作用图，不作为划界依据，不得公开发布",)


def test_internal_outlines_that_are_not_legal_are_called_schematic(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drawing without legal force is called what it is, once."""
    assert drawn(monkeypatch, "internal", legal=False).notes == (map_rule.SCHEMATIC, NOTE)
    assert drawn(monkeypatch, "internal", legal=False, note=map_rule.SCHEMATIC).notes == (map_rule.SCHEMATIC,)


def test_public_shows_boundaries_only_under_a_typed_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a 审图号 the boundaries are printed with it and without the internal note."""
    found = drawn(monkeypatch, "public", " 粤S（2019）1号 ")
    assert found.rings["a"] == map_rule.rings_of(SQUARE) and found.notes == ("审图号：粤S（2019）1号",)


@pytest.mark.parametrize(("approval", "legal"), [("", True), ("　", True), ("粤S（2019）1号", False)])
def test_public_shows_hexagons_otherwise(monkeypatch: pytest.MonkeyPatch, approval: str, legal: bool) -> None:
    """Without a number, or for a drawing without legal force, nobody sees a line of the real outlines."""
    found = drawn(monkeypatch, "public", approval, legal=legal)
    assert found.notes == ("社区位置示意图，非行政区域界线",)
    assert all(len(shape) == 1 and len(shape[0]) == 6 for shape in found.rings.values())
    given = {spot for shape in (SQUARE, ISLANDS) for ring in map_rule.rings_of(shape) for spot in ring}
    assert not given & {spot for shape in found.rings.values() for ring in shape for spot in ring}


def test_without_outlines_there_is_no_map(monkeypatch: pytest.MonkeyPatch) -> None:
    """A street without a boundary file has no map, in either version."""
    monkeypatch.setattr(places, "outlines", lambda _warehouse: places.Outlines({}, True, ""))
    for audience in ("internal", "public"):
        source: Any = SimpleNamespace(audience=audience, warehouse=SimpleNamespace(is_sample=False))
        assert map_rule.drawn(source, "粤S1号").rings == {}


def _spots(count: int, wide: float = 0.1) -> dict[str, map_rule.Rings]:
    """Return small squares in a bent row."""
    found: dict[str, map_rule.Rings] = {}
    for n in range(count):
        x, y = 114 + wide * n / count, 22.6 + 0.03 * ((n * 7) % 5) / 5
        found[f"{n}"] = (((x, y), (x + 0.004, y), (x + 0.004, y + 0.004), (x, y + 0.004)),)
    return found


@pytest.mark.parametrize("count", [1, 2, 12, 40])
def test_hexagons_are_equal_and_apart(count: int) -> None:
    """Every community has one cell of the same size, none shares another's place."""
    found = tiles(_spots(count))
    sizes, middles = set(), set()
    for (ring,) in found.values():
        xs, ys = [x for x, _y in ring], [y for _x, y in ring]
        sizes.add((round(max(xs) - min(xs), 9), round(max(ys) - min(ys), 9)))
        middles.add((round(sum(xs) / 6, 7), round(sum(ys) / 6, 7)))
    assert len(found) == count and len(sizes) == 1 and len(middles) == count


def test_hexagons_keep_who_lies_west_and_north() -> None:
    """Far corners stay corners: the drawing is schematic, not shuffled."""
    corners = {"nw": (114.0, 22.7), "ne": (114.1, 22.7), "sw": (114.0, 22.6), "se": (114.1, 22.6)}
    square: dict[str, map_rule.Rings] = {
        name: (((x, y), (x + 0.01, y), (x + 0.01, y + 0.01), (x, y + 0.01)),) for name, (x, y) in corners.items()
    }
    middle = {
        name: (sum(x for x, _y in ring) / 6, sum(y for _x, y in ring) / 6) for name, (ring,) in tiles(square).items()
    }
    assert middle["nw"][0] < middle["ne"][0] and middle["sw"][0] < middle["se"][0]
    assert middle["nw"][1] > middle["sw"][1] and middle["ne"][1] > middle["se"][1]

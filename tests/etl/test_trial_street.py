"""Another street than ours: its own communities and its own legal boundaries, joined by code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely

from etl import intake
from metrics.values import Question, ask
from metrics.warehouse import open_current
from tests.workbooks import ENTERPRISE, write_book

LAYER = Path(__file__).parents[3] / "shared" / "data" / "boundaries" / "beijing_streets" / "dongcheng-all.geojson"


def _found(street: Path, source: Path) -> dict[str, shapely.Geometry]:
    """Make a street's folder from a real layer; return its communities' polygons by 12-digit code."""
    (street / "codes").mkdir(parents=True)
    (street / "geo").mkdir()
    features = json.loads(source.read_text("utf-8"))["features"]
    shapes = {str(f["properties"]["code"]): shapely.make_valid(shapely.geometry.shape(f["geometry"])) for f in features}
    names = {str(f["properties"]["code"]): f["properties"]["Name"] for f in features}
    rows = [f"{names[code]},{code},legal,{names[code]}" for code in shapes]
    (street / "codes" / "community.csv").write_text("\n".join(["raw,code,kind,title", *rows]), "utf-8")
    (street / "street.yml").write_text("name: 试验街道\n", "utf-8")
    (street / "geo" / "boundary.yml").write_text(f"file: {source.name}\ncode: code\nlegal: true\n", "utf-8")
    (street / "geo" / source.name).symlink_to(source)
    return shapes


@pytest.mark.skipif(not LAYER.exists(), reason="../shared/data/boundaries is absent")
def test_rows_are_located_by_a_streets_own_legal_boundaries(tmp_path: Path) -> None:
    street = tmp_path / "street"
    shapes = _found(street, LAYER)
    points = {code: shape.representative_point() for code, shape in shapes.items()}
    headers = (*ENTERPRISE, "经度", "纬度")
    rows = [
        (f"示例{n}有限公司", "", "存续", 100, 80, "单独建会", "", "", point.x, point.y)
        for n, point in enumerate(points.values())
    ]
    book = write_book(tmp_path / "台账.xlsx", {"企业": ("试验街道企业台账（截至2018年12月31日）", headers, rows)})
    intake.load([book], street)
    answer = ask(open_current(street), Question("enterprises", by=("community",)))
    assert {row.keys["community_id"]: row.numerator for row in answer.rows} == dict.fromkeys(shapes, 1)

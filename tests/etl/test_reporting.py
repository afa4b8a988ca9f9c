"""Which unit a sheet reports for."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl import intake
from etl.codelist import CodeLists
from etl.reporting import STREET, aliases_of, unit_of
from etl.street import open_street
from tests.workbooks import ENTERPRISE, write_book

ALIASES = aliases_of(CodeLists.load())
BANTIAN, NANKENG = "440307013013", "440307013020"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("坂田街道南坑社区工联会", NANKENG),
        ("坂田街道坂田社区", BANTIAN),
        ("坂田街道总工会", STREET),
        ("南坑", NANKENG),
        (None, None),
        ("某某公司", None),
        ("坂田街道南坑、岗头社区", STREET),
        ("坂田总工会南坑社区", NANKENG),
        ("坂田社区、南坑社区", STREET),
        ("新雪社区（上雪、下雪）", "440307013023"),
    ],
)
def test_the_unit_is_what_stands_behind_the_street(text: str | None, unit: str | None) -> None:
    assert unit_of(text, ALIASES, "坂田") == unit


@pytest.mark.parametrize(("communities", "unit"), [(("南坑", "五和"), STREET), (("", ""), BANTIAN)])
def test_a_bare_street_name_yields_to_the_community_column(
    tmp_path: Path, communities: tuple[str, ...], unit: str
) -> None:
    headers = (*ENTERPRISE, "所属社区")
    rows = [(f"示例{n}有限公司", "", "存续", 9, 5, "单独建会", "", "", name) for n, name in enumerate(communities)]
    book = write_book(tmp_path / "台账.xlsx", {"坂田": ("企业台账（2018年12月）", headers, rows)})
    found = intake.check([book], open_street(tmp_path / "street"))
    assert [sheet["unit_id"] for sheet in found.sheets.values()] == [unit]

"""Which unit a sheet reports for."""

from __future__ import annotations

from pathlib import Path

import pytest

import cli
from etl import intake
from etl.codelist import CodeLists
from etl.reporting import STREET, aliases_of, unit_of
from etl.street import open_street
from metrics.warehouse import open_current
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


def test_a_ledger_that_the_street_owes_speaks_for_every_community(tmp_path: Path) -> None:
    """The street's step ledger is every community's report, a street's sheet of hazards only of those it names."""
    steps = ("案件编号", "社区", "办理环节", "环节日期"), [("坂调1号", "南坑", "受理", "2018-12-03")]
    hazards = ("线索编号", "社区", "报告日期", "表征指标"), [("坂隐1号", "南坑", "2018-12-03", "欠薪")]
    books = [
        write_book(tmp_path / f"{name}.xlsx", {"12月": (f"坂田街道{name}台账（2018年12月）", *sheet)})
        for name, sheet in (("纠纷办理流程", steps), ("隐患线索", hazards))
    ]
    street = tmp_path / "street"
    assert cli.main(["load", *map(str, books), "--street", str(street)]) == 0
    query = """
        select ledger, count(*) filter (where holds), count(*)
        from core.report
        where ledger in ('case_step', 'hazard') and month = date '2018-12-01'
        group by ledger
        order by ledger"""
    assert open_current(street).cursor().execute(query).fetchall() == [("case_step", 12, 12), ("hazard", 1, 12)]

"""分母明细: what counts is what `ask` divides; what does not is named once, with its reason and its place."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import cli
from etl.errors import QuestionError
from metrics import scope
from metrics.catalogue import UNIVERSES, catalogue
from metrics.judging import denominator_words as words
from metrics.judging.denominator import NOT_IN, REPEATED, UNREPORTED, Detail, denominator_detail, has_detail
from metrics.judging.universe_sql import universe
from metrics.question import Question
from metrics.values import ask, rows
from metrics.warehouse import Warehouse, open_current
from tests.workbooks import write_book

RATES = [metric.id for metric in catalogue().values() if metric.over]
PLACE = ["load_id", "file", "sheet", "row"]
NANKENG, BANTIAN, DECEMBER = "440307013020", "440307013013", date(2018, 12, 1)
HEAD = ("企业名称", "经营状态", "职工人数", "会员数", "建会状态", "是否规上", "成立日期", "所属社区")


def of(community: str, metric: str, month: date = DECEMBER, period: str | None = None) -> Question:
    return Question(metric, month=month, period=period, where=(("community", (community,)),))


def counts(detail: Detail, which: int = -1) -> dict[str | None, int]:
    return dict(Counter(detail.lists[which].frame["reason"].to_list()))


def check_sums(detail: Detail) -> None:
    """What is counted adds up to both sides, exactly; nothing that is left out adds anything."""
    row, above, below = detail.row, detail.lists[0].frame, detail.lists[-1].frame
    assert (row.numerator or 0) == above["numerator"].sum()
    assert (row.denominator or 0) == pytest.approx(below["denominator"].sum() / detail.months, rel=1e-12)
    for frame in (above, below):
        is_out = frame["part"] == "left_out"
        assert frame.filter(is_out).select("numerator", "denominator").null_count().row(0) == (is_out.sum(),) * 2
        assert frame.filter(is_out)["reason"].null_count() == 0 and frame.filter(~is_out)["reason"].is_null().all()
        assert frame.select("unit_id", "month", *PLACE).is_duplicated().sum() == 0, "none twice"


@pytest.mark.parametrize("metric", RATES)
def test_counted_units_are_what_is_divided(sample_street: Path, metric: str) -> None:
    """For every rate and random communities and months: sums equal ask's, counted rows are those of `rows`."""
    warehouse, chance = open_current(sample_street), random.Random(f"denominator {metric}")
    places = [one.id for one in scope.communities(warehouse)]
    lacking = ["440307013012"] if metric == "disputes_per_1000_workers" else []  # 第五园: no disputes of December
    for place in (chance.choice(places), *lacking):
        month = DECEMBER if lacking else chance.choice(scope.months(warehouse)[-30:])
        period = chance.choice([None, "ytd"]) if catalogue()[metric].time == "flow" else None
        detail = denominator_detail(warehouse, of(place, metric, month, period))
        assert detail.row == ask(warehouse, of(place, metric, month, period)).row
        check_sums(detail)
        behind = rows(warehouse, detail.question).filter(pl.col("value").is_not_null())
        counted = detail.lists[0].frame.filter(pl.col("part") != "left_out")
        assert sorted(counted["unit_id"]) == sorted(behind["unit_id"])


def test_every_row_of_the_registers_is_there_once(sample_street: Path) -> None:
    """Counted + not counted = the rows of a community's register, read another way, + those refused."""
    warehouse = open_current(sample_street)
    for place in ("440307013013", "440307013018"):
        asked = of(place, "own_union_rate_25plus")
        frame = denominator_detail(warehouse, asked).units.frame
        query = """
            select l.file, l.sheet, l."row" from ledger.enterprise as l
            where l.unit_id = $place and l.as_of = (select max(as_of) from ledger.enterprise where unit_id = $place)
            union
            select distinct b.file, b.sheet, b."row" from intake.bad_cell as b
            inner join ledger.enterprise as l on b.file = l.file and b.sheet = l.sheet and l.unit_id = $place
            where b.severity = 'reject' and l.as_of = (select max(as_of) from ledger.enterprise where unit_id = $place)"""
        wanted = warehouse.cursor().execute(query, {"place": place}).fetchall()
        assert set(frame.filter(pl.col("listed_id") == place).select("file", "sheet", "row").rows()) == set(wanted)


def test_the_street_as_a_whole_adds_up_too(sample_street: Path) -> None:
    """Without a community every unit of the street is there; a case whose community is not known counts nowhere."""
    warehouse = open_current(sample_street)
    for metric in ("coverage_rate", "mediation_success_of_all", "online_response_rate"):
        check_sums(denominator_detail(warehouse, Question(metric, month=DECEMBER)))


@pytest.fixture(name="planted", scope="module")
def planted_(tmp_path_factory: pytest.TempPathFactory) -> Warehouse:
    """Two registers that hold every way of not counting."""
    folder = tmp_path_factory.mktemp("planted")

    def row(
        name: str, status: Any = "在营", workers: Any = 30, members: Any = 20, union: str = "单独建会", **more: str
    ) -> tuple[Any, ...]:
        return (name, status, workers, members, union, more.get("scale", "否"), more.get("founded", ""), more.get("place", "南坑"))  # fmt: skip

    nankeng = [
        row("甲公司", founded="2018-08-15"),  # 4 months and a half
        row("乙公司", status="", founded="2018"),  # 在营 or not: to be checked; a year alone says no age
        row("丙公司", status="注销"),
        row("丁公司", workers="若干", founded="2018-06-30"),  # six months, to the day: not new
        row("戊公司", union="未建会", members="", workers=8, founded="2018-07-01"),
        row("己公司", union="已建会", scale=""),  # which kind of union is not said
        row("庚公司"),
        row("庚公司", workers=99),  # the same again with other content
        row("", workers=5),
        row("辛公司", place="坂田"),
    ]
    bantian = [row("庚公司", place="坂田"), row("壬公司", place="坂田", members="")]
    for name, listed in (("南坑", nankeng), ("坂田", bantian)):
        write_book(
            folder / f"{name}.xlsx", {"企业": (f"坂田街道{name}社区企业台账（截至2018年12月31日）", HEAD, listed)}
        )
    street = folder / "street"
    assert cli.main(["load", *map(str, sorted(folder.glob("*.xlsx"))), "--street", str(street)]) == 0
    return open_current(street)


def test_every_reason_is_said(planted: Warehouse) -> None:
    """One unit per reason; 庚公司 stands in two registers and counts in one of them."""
    detail = denominator_detail(planted, of(NANKENG, "coverage_rate"))
    check_sums(detail)
    by_name = dict(detail.units.frame.select("unit_name", "reason").rows())
    twice = denominator_detail(planted, of(BANTIAN, "coverage_rate")).units.frame.filter(
        pl.col("unit_name") == "庚公司"
    )
    reasons = {by_name["庚公司"], *twice["reason"]}
    assert None in reasons and len(reasons) == 2
    assert reasons - {None} <= {"两处登记计在南坑社区", "两处登记计在坂田社区"}
    assert {name: by_name[name] for name in ("甲公司", "乙公司", "丙公司", "戊公司", "己公司", "辛公司")} == {
        "甲公司": None, "乙公司": None, "丙公司": "经营状态：注销", "戊公司": None, "己公司": "建会状态不详", "辛公司": "台账写明属坂田社区",
    }  # fmt: skip
    refused = detail.units.frame.filter(pl.col("reason").is_in([NOT_IN, REPEATED]))
    assert dict(refused.select("row", "reason").rows()) == {10: REPEATED, 11: NOT_IN}
    assert "缺少企业名称" in refused.filter(pl.col("row") == 11)["detail"][0]
    assert "辛公司" in denominator_detail(planted, of(BANTIAN, "coverage_rate")).units.frame["unit_name"].to_list()


@pytest.mark.parametrize(
    ("metric", "reasons"),
    [
        ("membership_rate_area", {"丁公司": "职工数不详", "己公司": None, "戊公司": None}),
        ("membership_rate_unionised", {"丁公司": "职工数不详", "戊公司": "未建会也未被覆盖", "己公司": "建会状态不详"}),
        ("own_union_rate_25plus", {"丁公司": "职工数不详", "戊公司": "职工不足25人", "己公司": "建会状态不详"}),
        ("coverage_rate_above_scale", {"甲公司": "不属规上", "己公司": "建会状态不详、是否规上不详"}),
        ("disputes_per_1000_workers", {"丁公司": UNREPORTED, "丙公司": UNREPORTED}),
    ],
)
def test_each_rate_has_its_own_reasons(planted: Warehouse, metric: str, reasons: dict[str, str | None]) -> None:
    """What a rate needs is what can be lacking in it; without disputes nothing counts in their rate."""
    detail = denominator_detail(planted, of(NANKENG, metric))
    by_name = dict(detail.units.frame.select("unit_name", "reason").rows())
    assert {name: by_name[name] for name in reasons} == reasons
    check_sums(detail)


def test_new_and_doubtful_enterprises_are_counted_apart(planted: Warehouse) -> None:
    """Founded within six months of the month's end, to the day; a year alone says nothing; an open objection is doubt."""
    detail = denominator_detail(planted, of(NANKENG, "coverage_rate"))
    by_name = dict(detail.units.frame.select("unit_name", "is_new").rows())
    assert [by_name[name] for name in ("甲公司", "戊公司", "丁公司", "乙公司")] == [True, True, False, None]
    assert set(words.to_check(detail.units)["unit_name"]) == {"乙公司"}
    units = dict(detail.units.frame.select("unit_name", "unit_id").rows())
    said = words.sentence(planted, detail, {units["甲公司"], units["丙公司"]})
    assert said.startswith("分母明细：计入") and "经营状态：注销1家" in said and "待核实企业3家" in said
    assert "另有2行：" in said and "成立不满6个月的2家（其中计入分子1家）" in said


def test_what_may_not_be_shown_is_refused(sample_street: Path) -> None:
    """Counts have no denominator; the public has no rows; other conditions than a community are not read."""
    warehouse = open_current(sample_street)
    for question, code in (
        (Question("enterprises"), "no_denominator"),
        (Question("coverage_rate", audience="public"), "no_rows_in_public"),
        (Question("coverage_rate", where=(("industry", ("C",)),)), "only_community"),
    ):
        with pytest.raises(QuestionError) as caught:
            denominator_detail(warehouse, question)
        assert caught.value.code == code
    assert not has_detail(catalogue()["enterprises"]) and has_detail(catalogue()["coverage_rate"])


def test_universes_are_whole() -> None:
    """Every file is used by a metric, and every word for what is lacking belongs to a column of the file."""
    used = {metric.universe for metric in catalogue().values()} - {None}
    assert used == {path.stem for path in UNIVERSES.glob("*.sql")}
    for name in used:
        found = universe(str(name))
        assert found.title and found.meaning and all(f"{column}" in found.sql for column in found.lacks)

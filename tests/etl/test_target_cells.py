"""What a target's cell says: per cent, bounds, measure words, 万元; a target for any metric, the street's own task."""

from __future__ import annotations

import polars as pl
import pytest

from etl.clean import Cleaned, clean
from etl.codelist import CodeLists
from etl.indicators import indicators
from etl.ledger import ledger_kinds
from metrics.catalogue import catalogue
from tests.etl.cleaning import CODES, frame


def read(*rows: tuple[str, str, str | None], community: str | None = "南坑", unit: str | None = None) -> Cleaned:
    """Clean rows of (indicator, target, the row's own unit), each of another community so that no keys meet."""
    columns = {name: [row[place] for row in rows] for place, name in enumerate(("indicator", "target", "target_unit"))}
    units = pl.DataFrame({"sheet_no": [0], "column": ["target"], "unit": [unit]}) if unit else None
    texts = frame(**columns, community=[community] * len(rows)).drop("name")
    return clean(ledger_kinds()["target"], texts, units, CODES)


@pytest.mark.parametrize(
    ("indicator", "target", "unit", "value", "code"),
    [
        ("建会率", "95%", None, 0.95, None), ("建会率", "95％", None, 0.95, None), ("建会率", "0.95", None, 0.95, None),
        ("建会率", "95", "%", 0.95, None), ("建会率", "0.95", "%", 0.95, None), ("建会率", "95", None, 0.95, "read_as_percent"),
        ("建会率", "不低于95%", None, 0.95, None), ("建会率", "95%以上", None, 0.95, None), ("建会率", "全覆盖", None, 1.0, None),
        ("入会率（辖区口径）", "120%", None, 1.2, "above_whole"), ("新建会企业数", "20", "家", 20, None), ("新建会企业数", "不少于20家", None, 20, None),
        ("新建会企业数", "95%", None, None, "bad_integer"), ("新建会企业数", "20.5", None, None, "bad_integer"),
        ("新建会企业数", "全覆盖", None, None, "bad_integer"), ("新建会企业数", "-5", None, None, "out_of_range"),
        ("协议金额", "50", "万元", 500_000, None), ("协议金额", "50万元", "万元", 500_000, None), ("协议金额", "500000", None, 500_000, None),
        ("受理劳资纠纷", "不超过300宗", None, 300, None), ("新建会企业数", "约20", None, 20, None),
    ],
)  # fmt: skip
def test_targets_are_read_in_their_metrics_measure(
    indicator: str, target: str, unit: str | None, value: float | None, code: str | None
) -> None:
    cleaned = read((indicator, target, unit))
    assert cleaned.rows["target"].to_list() == [pytest.approx(value) if value is not None else None]
    assert cleaned.bad["code"].to_list() == ([code] if code else [])
    assert cleaned.rows["is_rejected"].to_list() == [value is None]


def test_a_headers_per_cent_is_not_taken_of_counts() -> None:
    """任务数（%） over a share; a header of several units (家/%) converts nothing."""
    assert read(("建会率", "95", None), unit="%").rows["target"].to_list() == [0.95]
    assert not len(read(("建会率", "95", None), unit="%").bad)
    mixed = read(("新建会企业数", "20", None), ("建会率", "95%", None), unit="家/%")
    assert mixed.rows["target"].to_list() == [20, 0.95] and not len(mixed.bad)


@pytest.mark.parametrize("written", ["全街道", "坂田街道", "街道总工会", "坂田街道办事处", None])
def test_the_streets_own_task_has_no_community_and_no_warning(written: str | None) -> None:
    cleaned = read(("新建会企业数", "200", None), community=written)
    assert cleaned.rows["community"].to_list() == [None] and not len(cleaned.bad)
    assert read(("新建会企业数", "5", None), community="南坑社区").rows["community"].to_list() == ["440307013020"]
    assert read(("新建会企业数", "5", None), community="雪象").bad["column"].to_list() == ["community"]


def test_every_metric_but_targets_can_be_set_a_target() -> None:
    """The list is read from the metrics' own files: titles, ids and kinds agree with the catalogue."""
    known = indicators()
    assert set(known) == {name for name in catalogue() if not name.endswith(("_target", "_target_progress"))}
    assert all(
        (one.title, one.kind) == (catalogue()[name].title, catalogue()[name].kind) for name, one in known.items()
    )
    assert dict(CodeLists.load().titles("target_indicator")) == {name: one.title for name, one in known.items()}


def test_a_plan_may_lie_ahead_of_the_register() -> None:
    """计划建会时间 after the as-of is what a plan is; a founding after it still is not."""
    kind = ledger_kinds()["enterprise"]
    as_of = pl.DataFrame({"sheet_no": [0], "as_of": [pl.Series(["2018-12-31"]).str.to_date()[0]]})
    texts = frame(plan_date=["2019年3月", "2019"], founded_date=["2019-03-01", "2018-01-01"],
                  not_formed_reason=["人数不足", "再等等"])  # fmt: skip
    cleaned = clean(kind, texts, None, CODES, None, as_of)
    assert cleaned.rows["plan_date_precision"].to_list() == ["month", "year"]
    assert cleaned.rows["not_formed_reason"].to_list() == ["few", None]
    assert {("founded_date", "future_date"), ("not_formed_reason", "unknown_code")} <= set(
        cleaned.bad.select("column", "code").iter_rows()
    )


def test_a_rate_above_all_of_them_is_said() -> None:
    """120% stays as it is written; 100% and 95% need no word."""
    cleaned = read(("建会率", "120%", None), ("入会率", "100%", None))
    assert cleaned.rows["target"].to_list() == [1.2, 1.0]
    assert cleaned.bad.select("row", "code", "severity").rows() == [(2, "above_whole", "warning")]

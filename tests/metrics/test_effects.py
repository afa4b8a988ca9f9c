"""What a load would do to the main indicators: what changes is named, and a jump asks to look again."""

from __future__ import annotations

import json
import shutil
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.intake import load
from etl.sample.trial import TRIAL
from metrics.effects import effects
from metrics.warehouse import Warehouse, open_current
from tests.metrics.tiny import TinyStreet, blank, dispute, enterprise, report, write

MONTH = date(2018, 12, 1)
Found = dict[tuple[str, str], dict[str, Any]]


def small(
    folder: Path, joined: int, count: int, disputes: int | None = None, load_id: str = "1", workers: int = 10
) -> Warehouse:
    """Return a street of two communities; the first has `count` enterprises, `joined` of them with a union."""
    street: TinyStreet = blank(2, MONTH, 1)
    first, second = street.communities
    for community in street.communities:
        street.add("community_month", community_id=community, month=MONTH)
        report(street, "enterprise", community, MONTH, "received" if count or community == second else "missing")
        is_told = disputes is not None or community == second
        report(street, "dispute", community, MONTH, "received" if is_told else "missing")
    for number in range(count):
        has_union = number < joined
        enterprise(street, number, MONTH, first, has_union=has_union, is_own_union=has_union, members=9 * has_union,
                   workers=workers)  # fmt: skip
    for number in range(1000, 1030):
        enterprise(street, number, MONTH, second, has_union=True, is_own_union=True, members=9)
    for number in range(disputes or 0):
        dispute(street, number, first, MONTH)
    for name, ledger in ((load_id, "enterprise"), (f"d{load_id}", "dispute")):
        street.add("intake.load", load_id=name)
        as_of, period = (date(2018, 12, 31), None) if ledger == "enterprise" else (None, MONTH)
        street.add("intake.sheet", load_id=name, ledger=ledger, as_of=as_of, period_from=period, period_to=period)
    return write(street, folder)


def found(before: Warehouse | None, after: Warehouse) -> Found:
    """Return the effects by metric and community."""
    return {(e["metric"], e["community"]): e for e in effects(before, after)}


def test_a_change_list_taken_for_a_register_is_asked_about(tmp_path: Path) -> None:
    """The sentence of users.md: what it is, from, to, by how much, what to check."""
    both = found(small(tmp_path / "a", 48, 50), small(tmp_path / "b", 2, 5, load_id="2"))
    rate = both["coverage_rate", "岗头"]
    assert rate["before"] == {"value": 0.96, "numerator": 48, "denominator": 50}
    assert rate["after"] == {"value": 0.4, "numerator": 2, "denominator": 5}
    assert rate["difference"] == pytest.approx(-0.56)
    assert (
        rate["sentence"] == "岗头社区建会率将由96.0%降为40.0%，下降56.0个百分点，请核对是否漏报或误把变动表当作全量表。"
    )
    members = both["members", "岗头"]
    assert members["sentence"] == (
        "岗头社区会员人数将由432人减为18人，减少414人（95.8%），请核对是否漏报或误把变动表当作全量表。"
    )
    assert both["membership_rate_area", "岗头"]["sentence"].startswith("岗头社区入会率（辖区口径）将由")
    assert both["coverage_rate", "示例街道"]["community_id"] is None
    assert {place for _metric, place in both} == {"岗头", "示例街道"}  # 马安堂 does not change


def test_what_grows_is_said_to_grow(tmp_path: Path) -> None:
    both = found(small(tmp_path / "a", 25, 50, 20), small(tmp_path / "b", 50, 50, 30, load_id="2"))
    assert both["coverage_rate", "岗头"]["sentence"] == (
        "岗头社区建会率将由50.0%升为100.0%，上升50.0个百分点，请核对是否重复填报或填错。"
    )
    assert both["disputes_received", "岗头"]["sentence"] == (
        "岗头社区2018年12月受理劳资纠纷将由20宗增为30宗，增加10宗（50.0%），请核对是否重复登记。"
    )
    assert ("enterprises", "岗头") not in both and ("workers", "岗头") not in both


@pytest.mark.parametrize(
    ("before", "after", "jumps"),
    [((48, 50), (46, 50), False), ((48, 50), (45, 50), True), ((9, 10), (1, 10), False), ((0, 50), (50, 50), True)],
)
def test_only_more_than_the_settings_is_a_jump(
    tmp_path: Path, before: tuple[int, int], after: tuple[int, int], jumps: bool
) -> None:
    """4 points are none, 6 are one; a rate of ten enterprises says nothing."""
    both = found(small(tmp_path / "a", *before), small(tmp_path / "b", *after, load_id="2"))
    assert (both["coverage_rate", "岗头"]["sentence"] is not None) == jumps


@pytest.mark.parametrize(
    ("before", "after", "jumps"), [(19, 40, False), (20, 24, False), (20, 25, True), (30, 20, True)]
)
def test_a_count_jumps_by_its_share_of_a_base_that_is_not_small(
    tmp_path: Path, before: int, after: int, jumps: bool
) -> None:
    both = found(small(tmp_path / "a", 48, 50, before), small(tmp_path / "b", 48, 50, after, load_id="2"))
    assert (both["disputes_received", "岗头"]["sentence"] is not None) == jumps
    assert both["disputes_received", "岗头"]["difference"] == after - before


def test_nothing_before_and_nothing_after(tmp_path: Path) -> None:
    """未报 is no 0: what comes is no jump, what goes is one; a first load has no before."""
    missing, told = small(tmp_path / "a", 0, 0), small(tmp_path / "b", 48, 50, 0, load_id="2")
    come = found(missing, told)["coverage_rate", "岗头"]
    assert come["before"] is None and come["difference"] is None and come["sentence"] is None
    gone = found(told, missing)["coverage_rate", "岗头"]
    assert gone["after"] is None and gone["sentence"] == "岗头社区建会率将由96.0%变为未报，请核对是否误撤或漏报。"
    nil = found(missing, told)["disputes_received", "岗头"]
    assert nil["before"] is None and nil["after"] == {"value": 0, "numerator": 0, "denominator": None}
    first = effects(None, told)
    assert first and all(effect["before"] is None and effect["sentence"] is None for effect in first)
    assert {effect["month"] for effect in first} == {"2018-12"}


def test_only_metrics_of_the_touched_ledgers_are_asked(tmp_path: Path) -> None:
    before = small(tmp_path / "a", 48, 50, 5)
    assert effects(before, before) == []


def test_the_trial_files_do_what_their_truth_says(sample_street: Path, tmp_path: Path) -> None:
    """Every change that expected.json states is there with its values, for files that go through the real intake."""
    street = shutil.copytree(sample_street, tmp_path / "street")
    before = open_current(street)
    load(sorted((TRIAL / "right").iterdir()), street)
    after = open_current(street)
    started = time.perf_counter()
    told = {(e["metric"], e["month"], e["community_id"] and e["community"]): e for e in effects(before, after)}
    assert time.perf_counter() - started < 5  # half a second on a quiet machine
    for change in json.loads((TRIAL / "expected.json").read_text("utf-8"))["changes"]:
        if change["before"] == change["after"]:
            continue
        effect = told[change["metric"], change["month"], change["community"]]
        for side in ("before", "after"):
            value = effect[side] and effect[side]["value"]
            assert value == pytest.approx(change[side]), (change, side)
    assert {e["community"] for e in told.values()} <= {"坂田街道", "南坑", "第五园", "大发埔"} | {
        e["community"] for e in told.values() if e["month"] > "2018-12"
    }
    assert all(
        effect["sentence"] is None for key, effect in told.items() if key[2] == "南坑" and key[0] == "coverage_rate"
    )

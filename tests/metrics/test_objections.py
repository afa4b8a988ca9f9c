"""提出异议 and 社区说明 as notes: nothing is said twice, decided twice or lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from etl.errors import StreetError
from etl.notes import add_note, take_back
from metrics.judging import objections as noted
from metrics.judging.community_notes import community_notes
from metrics.judging.objections import Objection, objections

MONTH, OWN = date(2018, 12, 1), "440307013020"


def objected(street: Path, unit: str = "uscc:1", **more: str) -> Objection:
    """Note one objection and return it."""
    values = {
        "metric": "coverage_rate",
        "community_id": OWN,
        "unit_name": "示例企业",
        "claim": "leave_out",
        "reason": "已迁出",
    }
    number = noted.object_to(street, month=MONTH, unit_id=unit, by="台账员", **values | more)
    return next(one for one in objections(street) if one.item == number)


def test_an_objection_is_decided_once_and_all_of_it_is_kept(tmp_path: Path) -> None:
    """The second window's click is refused; the history has both entries with their days and names."""
    one = objected(tmp_path)
    assert one.is_open and (one.claim, one.reason, one.written_by) == ("leave_out", "已迁出", "台账员")
    with pytest.raises(StreetError, match="须写明理由"):
        noted.decide(tmp_path, one, "accepted", " ")
    noted.decide(tmp_path, one, "refused", "执照地址仍在本社区", "街道")
    for again in (lambda: noted.decide(tmp_path, one, "accepted", "又看了一遍"), lambda: noted.withdraw(tmp_path, one)):
        with pytest.raises(StreetError, match="已经处理或撤回"):
            again()
    (now,) = objections(tmp_path, OWN, "coverage_rate")
    assert (now.state, now.decision, now.decided_by, now.reason) == ("refused", "执照地址仍在本社区", "街道", "已迁出")
    assert [(entry.state, entry.written_by) for entry in noted.entries(tmp_path, one)] == [
        ("open", "台账员"),
        ("refused", "街道"),
    ]


def test_the_same_objection_waits_once(tmp_path: Path) -> None:
    """A second click makes no second objection; of another unit, month or after a decision it may be made."""
    one = objected(tmp_path)
    with pytest.raises(StreetError, match="“示例企业”已有一项待处理的异议"):
        objected(tmp_path)
    with pytest.raises(StreetError, match="须写明理由"):
        objected(tmp_path, "uscc:2", reason="　")
    assert [objected(tmp_path, "uscc:2").item, objected(tmp_path, metric="membership_rate_area").item] == ["2", "3"]
    noted.withdraw(tmp_path, one)
    assert one.item not in [other.item for other in objections(tmp_path)]
    assert [entry.state for entry in noted.entries(tmp_path, one)] == ["open", ""]
    assert objected(tmp_path).item == "5", "entries are numbered through"
    assert {other.metric for other in objections(tmp_path, OWN, "coverage_rate")} == {"coverage_rate"}


def test_a_long_name_and_a_telephone_are_no_obstacle(tmp_path: Path) -> None:
    """A name of any length is kept short; a person's number never is."""
    one = objected(tmp_path, unit_name="很长的名字" * 40, reason="请打13800138000")
    assert len(one.unit_name) == noted.LONGEST_NAME and "13800138000" not in one.reason


def test_a_remark_is_of_one_number_and_dated(tmp_path: Path) -> None:
    """Another month's or metric's remark is another one; what is taken back is gone; the day bears the year if it must."""
    said = {"metric": "coverage_rate", "community_id": OWN, "month": "2018-12"}
    add_note(tmp_path, "community_notes", **said, remark="三家新企业正在筹备", written_on="2018-12-30")
    add_note(tmp_path, "community_notes", **said | {"month": "2018-11"}, remark="上月的话")
    note = community_notes(tmp_path, "coverage_rate", MONTH)[OWN]
    assert note.text == "社区说明（12月30日）：三家新企业正在筹备"
    add_note(tmp_path, "community_notes", **said, remark="已成立", written_on="2019-01-03")
    assert community_notes(tmp_path, "coverage_rate", MONTH)[OWN].text == "社区说明（2019年1月3日）：已成立"
    take_back(tmp_path, "community_notes", **said)
    assert community_notes(tmp_path, "coverage_rate", MONTH) == {} == community_notes(tmp_path, "workers", MONTH)
    with pytest.raises(StreetError, match="最多60个字"):
        add_note(tmp_path, "community_notes", **said, remark="字" * 61)

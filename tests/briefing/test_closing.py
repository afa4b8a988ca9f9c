"""月度定稿: a closed month keeps its generation, by number and hash, until it is opened again."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from etl.errors import QuestionError, StreetError
from metrics.closed import closing
from metrics.warehouse import current_path, open_current

DECEMBER, NOVEMBER = date(2018, 12, 1), date(2018, 11, 1)


@pytest.fixture
def street(sample_street: Path, tmp_path: Path) -> Path:
    """Return a street that has the sample's newest generation and nothing else."""
    newest = current_path(sample_street)
    assert newest is not None
    folder = tmp_path / "street"
    (folder / "generations").mkdir(parents=True)
    shutil.copy(newest, folder / "generations" / newest.name)
    return folder


def test_a_month_is_open_until_it_is_closed(street: Path) -> None:
    assert closing.closing(street, DECEMBER) is None
    made = closing.close(street, DECEMBER, "甲")
    warehouse = open_current(street)
    assert made == closing.closing(street, DECEMBER)
    assert (made.generation_no, made.generation_id) == (warehouse.generation_no, warehouse.generation_id)
    assert (made.closed_on, made.by) == (date.today(), "甲")
    assert closing.warehouse_of(street, made) == warehouse
    assert closing.closing(street, NOVEMBER) is None


def test_a_closed_month_prints_its_own_generation_when_there_is_a_newer_one(street: Path) -> None:
    made = closing.close(street, DECEMBER)
    newest = current_path(street)
    assert newest is not None
    shutil.copy(newest, newest.with_name(f"{made.generation_no + 1:06d}.duckdb"))
    assert current_path(street) != newest
    assert closing.warehouse_of(street, made).path == newest.resolve()


def test_closing_again_asks_to_open_first(street: Path) -> None:
    closing.close(street, DECEMBER, "甲")
    with pytest.raises(StreetError, match="2018年12月已于.*定稿"):
        closing.close(street, DECEMBER, "乙")
    closing.reopen(street, DECEMBER, "丙")
    assert closing.closing(street, DECEMBER) is None
    with pytest.raises(StreetError, match="还没有定稿"):
        closing.reopen(street, DECEMBER)
    assert closing.close(street, DECEMBER, "乙").by == "乙"
    kept = (street / "notes" / "closings.csv").read_text("utf-8-sig")
    assert [name in kept for name in "甲乙丙"] == [True, True, True]


def test_only_a_month_of_the_data_is_closed(street: Path) -> None:
    with pytest.raises(QuestionError):
        closing.close(street, date(2030, 1, 1))
    assert not (street / "notes").exists()


def test_a_month_without_any_report_is_not_closed(street: Path) -> None:
    """The year's target makes months to come known; none of them has a figure to keep."""
    with pytest.raises(StreetError) as caught:
        closing.close(street, date(2019, 3, 1))
    assert caught.value.code == "nothing_to_close" and closing.closing(street, date(2019, 3, 1)) is None


def test_a_generation_that_is_gone_is_one_sentence(street: Path) -> None:
    made = closing.close(street, DECEMBER)
    newest = current_path(street)
    assert newest is not None
    newest.rename(street / "moved.duckdb")
    with pytest.raises(StreetError) as error:
        closing.warehouse_of(street, made)
    assert error.value.sentence() == (
        f"2018年12月定稿所用的数据版本{made.generation_no}已不在，请从备份中恢复 generations 文件夹，"
        "或取消定稿后重新定稿；定稿数仍可在“月度定稿”查看"
    )


def test_another_generation_of_the_same_number_is_not_taken_for_it(street: Path) -> None:
    """A street rebuilt from its record counts from 1 again."""
    made = closing.close(street, DECEMBER)
    other = closing.Closing(DECEMBER, made.generation_no, "0" * 12, made.closed_on, "")
    with pytest.raises(StreetError, match="已不在"):
        closing.warehouse_of(street, other)


def test_a_damaged_generation_says_so(street: Path) -> None:
    made = closing.close(street, DECEMBER)
    path = street / "generations" / f"{made.generation_no + 1:06d}.duckdb"
    path.write_bytes(b"not a database, and long enough to be looked at" * 100)
    with pytest.raises(StreetError, match="已损坏或打不开"):
        closing.warehouse_of(street, closing.Closing(DECEMBER, made.generation_no + 1, "0" * 12, made.closed_on, ""))

"""Total rows as a checksum: what can be a right sum is right, and nothing is claimed where a sum cannot be known."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from etl.clean import clean
from etl.codelist import CodeLists
from etl.recognise import gather
from etl.record.sheet_totals import sheet_totals
from tests.etl.sheets import ENTERPRISE, row_of, sheet_of

CODES = CodeLists.load()


def total(label: str, workers: str = "", members: str = "") -> list[str]:
    """Return a total row under `ENTERPRISE`."""
    return [label, "", "", "", workers, members, ""]


def data(*workers: str) -> list[list[str]]:
    """Return enterprises with these numbers of workers and no members."""
    return [[*row_of(number)[:4], text, "", ""] for number, text in enumerate(workers, 1)]


def found(
    *rows: list[str], fates: dict[int, str] | None = None, stored: tuple[str, ...] = ("accepted",)
) -> list[tuple[int, str, float, float]]:
    """Return (row, column, stated, summed) of a sheet; `fates` by Excel row, accepted unless said.

    `stored` are the fates whose rows are kept: a duplicate of another load is, one of the same sheet is not.
    """
    sheet = sheet_of(["坂田街道南坑社区企业台账（2018年12月）"], ENTERPRISE, *rows)
    frame, numbers = gather(sheet.ledger, [(0, sheet)])
    cleaned = clean(sheet.ledger, frame, None, CODES, numbers)
    fate = pl.col("row").replace_strict(fates or {0: ""}, default="accepted", return_dtype=pl.String)
    decided = cleaned.rows.with_columns(fate.alias("fate")).with_columns(is_stored=pl.col("fate").is_in(stored))
    totals = sheet_totals(sheet.ledger, {0: sheet}, decided, cleaned.bad, None, CODES)
    return [(t["row"], t["column"], t["stated"], t["summed"]) for t in totals.get(0, [])]


@pytest.mark.parametrize("label", ["合计", "合　计", "总计", "共3家企业", "合计3家", "南坑社区合计", "本表合计"])
def test_a_total_is_compared_with_the_sum_of_its_rows(label: str) -> None:
    assert found(*data("10", "20", "30"), total(label, "60")) == [(6, "workers", 60, 60)]
    assert found(*data("10", "20", "30"), total(label, "70")) == [(6, "workers", 70, 60)]


def test_pages_and_groups_sum_their_own_rows_and_the_end_sums_all() -> None:
    pages = [*data("10", "20"), total("本页小计", "30"), *data("1", "2")[:2], total("小计", "3"), total("合计", "33")]
    for number, row in enumerate(pages):
        row[1] = f"深圳示例{number}有限公司" if row[1] else ""
    assert [stated == summed for _row, _column, stated, summed in found(*pages)] == [True, True, True]
    pages[5] = total("小计", "4")
    assert [(stated, summed) for _r, _c, stated, summed in found(*pages)] == [(30, 30), (4, 3), (33, 33)]


def test_a_total_above_its_rows_is_one_too() -> None:
    assert found(total("合计", "60"), *data("10", "20", "30")) == [(3, "workers", 60, 60)]


@pytest.mark.parametrize(("stated", "summed"), [("60", 60), ("50", 50), ("30", 30), ("40", 40), ("45", 40)])
def test_with_or_without_the_rows_that_do_not_count(stated: str, summed: float) -> None:
    """10 accepted, 20 a duplicate, 30 rejected: who knows which of them the clerk's formula took."""
    ((_row, _column, said, found_sum),) = found(
        *data("10", "20", "30"), total("合计", stated), fates={4: "duplicate", 5: "rejected"}
    )
    assert said == float(stated)
    assert found_sum == (summed if stated != "50" else 60)  # 20 + 30 without 10 is no reading


def test_what_another_load_holds_already_counts_in_its_own_sheet() -> None:
    """A corrected register repeats most rows of the one before and rejects one: its total is that of its own rows."""
    rows = [*data("10", "20", "30", "7"), total("合计", "60")]
    fates = {3: "duplicate", 4: "duplicate", 6: "rejected"}
    assert found(*rows, fates=fates, stored=("accepted", "duplicate")) == [(7, "workers", 60, 60)]


@pytest.mark.parametrize("stated", ["60", "40"])
def test_a_spreadsheet_passes_over_approximate_texts(stated: str) -> None:
    assert found(*data("10", "约20人", "30"), total("合计", stated)) == [(6, "workers", float(stated), float(stated))]


@pytest.mark.parametrize(
    "rows",
    [
        [*data("10", "若干", "30"), total("合计", "45")],  # 若干 may be five
        [*data("10", "200-300", "30"), total("合计", "290")],
        [*data("", "", ""), total("合计", "290")],  # the numbers stand elsewhere
        [*data("10", "20", "30"), total("合计", "约70")], [*data("10", "20", "30"), total("累计", "70")],
        [*data("10", "20", "30"), total("合计", "见附表")], [*data("10", "20", "30"), total("1-3月合计", "70")],
    ],
)  # fmt: skip
def test_nothing_is_claimed_where_a_sum_cannot_be_known(rows: list[list[Any]]) -> None:
    assert found(*rows) == []


def test_words_for_nothing_do_not_hide_a_wrong_total() -> None:
    """无 and / are no unreadable cells; each column is judged alone."""
    rows = data("10", "若干", "30")
    for row, members in zip(rows, ("5", "/", "无"), strict=True):
        row[5] = members
    assert found(*rows, total("合计", "45", "15")) == [(6, "members", 15, 5)]

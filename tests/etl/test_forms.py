"""Real forms that nobody here wrote: their headers and code words are known."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest

from etl.codelist import CodeLists
from etl.ledger import ledger_kinds
from etl.sheets.header import best_match, match_kind
from etl.values.cells import fold

FORMS = Path(__file__).parents[3] / "shared" / "data" / "forms"
pytestmark = pytest.mark.skipif(not FORMS.is_dir(), reason="../shared/data/forms is not there")


def _rows(name: str) -> list[dict[str, str]]:
    with (FORMS / name).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def test_the_member_import_sheet_is_a_member_roster() -> None:
    levels = tuple((row["header_zh"],) for row in _rows("member_import_template_fields.csv"))
    match = best_match(levels, 0, tuple(ledger_kinds().values()))
    assert match.kind.id == "member" and match.fits
    # two more facts on a person's origin, which nobody needs, and what the national system writes back
    assert match.unmapped == ("户籍所在地", "籍贯", "是否导入成功", "错误原因")
    mapped = {column.header: column.column for column in match.columns}
    assert (mapped["证件号码"], mapped["工作单位"], mapped["移动电话"]) == ("identity", "employer", "phone")


def test_the_union_s_legal_person_form_gives_name_code_dates_and_counts() -> None:
    levels = tuple((row["section"], row["field_zh"]) for row in _rows("union_legal_person_form_fields.csv"))
    found = {column.header: column.column for column in match_kind(levels, 0, ledger_kinds()["union_org"]).columns}
    assert {
        "基本/工会名称": "name",
        "组织简况/第一届工会委员会选举日期": "formed_date",
        "组织简况/本届工会委员会选举日期": "term_start",
        "组织简况/现职工人数": "workers",
        "组织简况/会员人数": "members",
    }.items() <= found.items()


@pytest.mark.parametrize(("theirs", "ours"), [("industry", "industry"), ("unit_category", "ownership")])
def test_the_register_s_code_words_are_known(theirs: str, ours: str) -> None:
    words = [row["label_zh"] for row in _rows("union_org_register_codes.csv") if row["codelist"] == theirs]
    known = CodeLists.load().lookup([ours]).drop_nulls("value")
    folded = pl.DataFrame({"word": words}).with_columns(fold(pl.col("word")).alias("folded"))
    assert words and folded.join(known, on="folded", how="anti").get_column("word").to_list() == []

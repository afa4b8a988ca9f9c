"""The shipped code lists are sound, and a street's own lists win over them."""

from __future__ import annotations

import csv
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.codelist import FOLDER, CodeLists
from etl.errors import StreetError
from etl.ledger import ledger_kinds
from etl.values.cells import fold
from etl.values.choices import fold_text

CODES = CodeLists.load()
FORM_CODES = Path(__file__).parents[2] / ".." / "shared" / "data" / "forms" / "union_org_register_codes.csv"


def write(folder: Path, name: str, *rows: str, header: str = "raw,code,kind,title") -> Path:
    """Write one street's list."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return folder


def meaning(codes: CodeLists, name: str, text: str) -> str | None:
    """Return what one spelling means."""
    found = codes.lookup([name]).filter(pl.col("folded") == fold_text(text))
    return found["value"][0] if len(found) else None


@pytest.mark.parametrize("name", sorted(CODES.lists))
def test_every_list_has_legal_codes_and_no_row_twice(name: str) -> None:
    rows = CODES.rows(name)
    assert CODES.titles(name)
    legal = rows.filter(pl.col("kind") == "legal")
    if name == "deadlines":  # a law that changed is a second row of the same rule, valid on other days
        assert legal.select("code", "valid_from").is_unique().all()
        legal = CODES.legal(name)
    assert legal["code"].is_unique().all() and legal["title"].is_unique().all()
    assert rows.filter(~pl.col("raw").str.ends_with("*"))["folded"].is_unique().all()
    assert rows.filter(pl.col("kind") == "unusable")["title"].null_count() == 0
    titles = dict(CODES.titles(name))
    known = rows.filter(pl.col("kind") == "misspelling").with_columns(pl.col("code").replace(titles).alias("right"))
    assert (known["title"] == known["right"]).all()


def test_every_list_that_a_ledger_names_is_shipped() -> None:
    for kind in ledger_kinds().values():
        for column in kind.columns.values():
            name = column.codes or (column.type if column.type in ("boolean", "community", "park") else None)
            assert name is None or name in CODES.lists, (kind.id, column.id)


def test_communities_stand_in_official_order_with_all_their_codes() -> None:
    assert "".join(title for _code, title in CODES.titles("community")) == (
        "岗头马安堂五和四季花城第五园坂田万科城杨美大发埔南坑象角塘新雪")  # fmt: skip
    assert [meaning(CODES, "community", f"4403070130{n}") for n in (15, 16, 17)] == ["440307013015"] * 3
    assert meaning(CODES, "community", "440307013021") == meaning(CODES, "community", "南坑社区") == "440307013020"
    assert meaning(CODES, "community", "上雪") == meaning(CODES, "community", "新雪社区")
    assert meaning(CODES, "community", "雪象") is None and meaning(CODES, "community", "坂田街道") is None


def test_parks_lie_in_listed_communities() -> None:
    communities = {code for code, _title in CODES.titles("community")}
    assert set(CODES.legal("park")["community"]) <= communities
    assert [title for _code, title in CODES.titles("park")] == ["天安云谷", "星河雅宝", "中浩工业城", "南坑创意园"]


def test_industries_are_the_twenty_sections() -> None:
    assert "".join(code for code, _title in CODES.titles("industry")) == "ABCDEFGHIJKLMNOPQRST"
    for text, code in {"C": "C", "制造业": "C", "03": "C", "3": "C", "C 制造业": "C", "20": "T", "物流": "G"}.items():
        assert meaning(CODES, "industry", text) == code, text


def test_a_two_digit_division_is_not_taken_for_an_old_code() -> None:
    assert meaning(CODES, "industry", "39") is None  # division 39 is C, but 13 would be both C and M


@pytest.mark.skipif(not FORM_CODES.is_file(), reason="../shared/data/forms is absent")
def test_the_old_register_codes_are_all_known() -> None:
    lists = {"industry": "industry", "unit_category": "ownership"}
    for row in csv.DictReader(FORM_CODES.open(encoding="utf-8")):
        name = lists[row["codelist"]]
        assert meaning(CODES, name, row["code"]) is not None, row
        assert meaning(CODES, name, row["label_zh"]) == meaning(CODES, name, row["code"]), row


def test_built_alone_does_not_say_how() -> None:
    for text in ("已建", "已建会", "是", "有", "√"):
        found = CODES.lookup(["union_status"]).filter(pl.col("folded") == fold_text(text))
        assert found["kind"].to_list() == ["unusable"], text
    for text, code in {
        "独立建会": "own",
        "工联会": "federation",
        "筹建": "preparing",
        "无": "none",
        "联合工会": "joint",
    }.items():
        assert meaning(CODES, "union_status", text) == code


def test_terminal_outcomes_are_said() -> None:
    outcomes = CODES.legal("outcome")
    assert set(outcomes["is_terminal"]) == {"true", "false"}
    assert outcomes.filter(pl.col("is_terminal") == "false")["code"].to_list() == ["open"]
    assert outcomes.filter(pl.col("is_success") == "true")["code"].to_list() == ["mediated", "settled"]


def test_a_street_adds_spellings_and_codes_and_retitles(tmp_path: Path) -> None:
    street = write(
        tmp_path / "codes",
        "cause",
        "拖欠工资,02,misspelling,加班工资",
        "奇怪的事,16,legal,奇怪的事",
        "加班工资,02,legal,加班费",
    )
    codes = CodeLists.load(street=street)
    assert meaning(codes, "cause", "拖欠工资") == "02" and meaning(codes, "cause", "欠薪") == "01"
    assert dict(codes.titles("cause"))["02"] == "加班费"
    assert codes.titles("cause")[-1] == ("16", "奇怪的事")
    assert meaning(codes, "cause", "加班费") == "02"


def test_a_street_of_other_places_replaces_ours(tmp_path: Path) -> None:
    codes = CodeLists.load(street=write(tmp_path / "codes", "community", "某社区,110101001000,legal,某"))
    assert codes.titles("community") == [("110101001000", "某")]
    assert codes.titles("park") == [] and len(codes.titles("cause")) == 16


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (["甲,1,right,甲"], "类别或代码不对"), (["甲,2,misspelling,甲"], "类别或代码不对"),
        (["甲,1,legal,甲", "乙,2,legal,乙", "丙,1,misspelling,甲", "丙,2,misspelling,乙"], "同一写法有两个代码"),
    ],
)  # fmt: skip
def test_a_wrong_list_is_named(tmp_path: Path, rows: list[str], sentence: str) -> None:
    with pytest.raises(StreetError, match=sentence) as error:
        CodeLists.load(program=write(tmp_path / "codes", "mine", *rows))
    assert error.value.file == "mine.csv"


def test_a_list_without_its_columns_or_in_another_encoding_is_named(tmp_path: Path) -> None:
    with pytest.raises(StreetError, match="缺少列：kind"):
        CodeLists.load(program=write(tmp_path / "a", "mine", "甲,1,甲", header="raw,code,title"))
    folder = write(tmp_path / "b", "mine")
    (folder / "mine.csv").write_bytes("raw,code,kind,title\n岗头,1,legal,岗头\n".encode("gb18030"))
    with pytest.raises(StreetError, match="无法读取"):
        CodeLists.load(program=folder)


def test_an_unknown_list_is_named() -> None:
    with pytest.raises(StreetError, match="没有名为nothing的代码表"):
        CODES.rows("nothing")


def test_shipped_files_are_plain_utf8_and_normal() -> None:
    for path in FOLDER.glob("*.csv"):
        text = path.read_bytes().decode("utf-8")
        assert not text.startswith("\ufeff") and "\r" not in text, path.name


# Python's and Polars' Unicode tables differ in age: rarer planes are left out.
LETTERS = st.characters(max_codepoint=0xFFEF, exclude_categories=["Cs", "Cn", "Co"], exclude_characters="ƛɤꟓꟕ")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(LETTERS, max_size=12), min_size=1, max_size=10))
def test_both_foldings_agree(texts: list[str]) -> None:
    folded = pl.DataFrame({"text": texts}, schema={"text": pl.String}).select(fold(pl.col("text")))
    assert folded.to_series().to_list() == [fold_text(text) for text in texts]

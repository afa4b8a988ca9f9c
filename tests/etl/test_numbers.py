"""Counts and money as people write them, beside a naive second reading of generated ones."""

from __future__ import annotations

import cn2an
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.clean import clean
from etl.values.numbers import han_number
from tests.etl.cleaning import CODES, QUICK, codes_of, frame, ledger, read


@pytest.mark.parametrize(
    ("text", "value", "qualifier"),
    [
        ("200", 200, "exact"), ("１２３", 123, "exact"), ("12.0", 12, "exact"), ("0", 0, "exact"), ("1,234", 1234, "exact"),
        ("1，234", 1234, "exact"), ("1 234", 1234, "exact"), ("200人", 200, "exact"), ("共200人", 200, "exact"),
        ("约200人", 200, "approx"), ("200余人", 200, "approx"), ("200多", 200, "approx"), ("近200", 200, "approx"),
        ("200左右", 200, "approx"), ("200(约)", 200, "approx"), ("百余人", 100, "approx"), ("约一千二百人", 1200, "approx"),
        ("10万", 100_000, "exact"), ("1.2万", 12_000, "exact"), ("1.2万人", 12_000, "exact"), ("二百", 200, "exact"),
        ("两百", 200, "exact"), ("一千二百", 1200, "exact"), ("1万2千", 12_000, "exact"), ("十二人", 12, "exact"),
        ("120（含劳务派遣）", 120, "exact"), ("二百五", 250, "exact"), ("'35", 35, "exact"),
    ],
)  # fmt: skip
def test_counts(text: str, value: int, qualifier: str) -> None:
    cleaned = read([text], "integer", unit="人")
    assert cleaned.rows.select("x", "x_qualifier").row(0) == (value, qualifier)
    assert not len(cleaned.bad)


@pytest.mark.parametrize(
    ("text", "code", "qualifier"),
    [
        ("200-300", "range", "range"), ("200～300人", "range", "range"), ("200至300", "range", "range"),
        ("≥200", "bound", "lower"), ("200人以上", "bound", "lower"), ("超200", "bound", "lower"), ("200+", "bound", "lower"),
        ("不足25", "bound", "upper"), ("25人以下", "bound", "upper"), ("不超过25", "bound", "upper"),
        ("不少于25", "bound", "lower"), ("若干", "bad_integer", None), ("12.5", "bad_integer", None),
        ("-5", "out_of_range", None), ("几十人", "bad_integer", None), ("二三十人", "bad_integer", None),
        ("三五人", "bad_integer", None), ("12人次", "bad_integer", None), ("12元", "bad_integer", None),
        ("1.38E+10", "scientific", None), ("#REF!", "formula_error", None), ("######", "formula_error", None),
        ("同上", "ditto", None), ("12 34", "bad_integer", None), ("1,23", "bad_integer", None), ("50%", "bad_integer", None),
    ],
)  # fmt: skip
def test_counts_that_are_none(text: str, code: str, qualifier: str | None) -> None:
    """An unusable optional count is unknown with a warning, never zero and never the end of its row."""
    cleaned = read([text], "integer", unit="人", min=0)
    assert cleaned.rows.select("x", "x_qualifier", "is_rejected").row(0) == (None, qualifier, False)
    (bad,) = cleaned.bad.rows(named=True)
    assert (bad["code"], bad["value"], bad["severity"]) == (code, text, "warning")
    assert text in bad["reason"]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("5421元", 5421), ("35.45万元", 354_500), ("35.45万", 354_500), ("￥5,421.00", 5421), ("五千元", 5000), ("3千元", 3000),
     ("人民币200元整", 200), ("1.5亿元", 150_000_000), ("5421", 5421), ("0.1", 0.1)],
)  # fmt: skip
def test_money(text: str, yuan: float) -> None:
    assert read([text], "money", unit="元").rows["x"][0] == pytest.approx(yuan)


def test_a_bare_number_takes_the_unit_of_its_sheet_and_a_cell_keeps_its_own() -> None:
    kind = ledger(x={"type": "money", "unit": "元"})
    rows = pl.concat(
        [
            frame(x=["3.5", "5421元", "2万", "￥5,421.00", "约人民币6000", "¥2万"]),
            frame(x=["3.5", "￥7", None, None, None, None]).with_columns(sheet_no=pl.lit(1, pl.Int32)),
        ]
    )
    units = pl.DataFrame({"sheet_no": [0], "column": ["x"], "unit": ["万元"]})
    read_as = clean(kind, rows, units, CODES).rows["x"].to_list()
    assert read_as == [35_000, 5421, 20_000, 5421, 6000, 20_000, 3.5, 7, None, None, None, None]


def test_a_unit_that_cannot_be_converted_makes_bare_numbers_unknown() -> None:
    units = pl.DataFrame({"sheet_no": [0], "column": ["x"], "unit": ["美元"]})
    cleaned = clean(ledger(x={"type": "money", "unit": "元"}), frame(x=["3.5", "3.5元"]), units, CODES)
    assert cleaned.rows["x"].to_list() == [None, 3.5]
    assert codes_of(cleaned) == ["unknown_unit"]


def test_areas_convert_to_the_unit_of_the_column() -> None:
    cleaned = read(["3.61", "361公顷", "3610000平方米", "3.61km²", "3人"], "decimal", unit="平方公里")
    assert cleaned.rows["x"].to_list() == pytest.approx([3.61, 3.61, 3.61, 3.61, None])


@QUICK
@given(st.integers(0, 99_999_999))
def test_chinese_numerals_agree_with_cn2an(number: int) -> None:
    assert han_number(cn2an.an2cn(number)) == number


STYLES = {
    "{n}": (1, "exact"), "{n}人": (1, "exact"), "约{n}人": (1, "approx"), "{n}余人": (1, "approx"), "{n}万": (10_000, "exact"),
    "近{n}": (1, "approx"), "{n}.0": (1, "exact"), "{n:,}": (1, "exact"), "大概{n}左右": (1, "approx"), " {n} ": (1, "exact"),
}  # fmt: skip


@QUICK
@given(st.lists(st.tuples(st.integers(0, 10**7), st.sampled_from(sorted(STYLES))), min_size=1, max_size=30))
def test_generated_counts_come_back(cases: list[tuple[int, str]]) -> None:
    cleaned = read([style.format(n=n) for n, style in cases], "integer", unit="人")
    expected = [(n * STYLES[style][0], STYLES[style][1]) for n, style in cases]
    assert cleaned.rows.select("x", "x_qualifier").rows() == expected

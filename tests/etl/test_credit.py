"""Registration codes: check digits warn, look-alikes are mended, persons are forgotten."""

from __future__ import annotations

import polars as pl
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

from etl.clean import clean
from etl.ledger import ledger_kinds
from etl.values.credit import id_number_is_valid, org_code_is_valid, reg_no_is_valid, uscc_is_valid
from tests.etl.cleaning import CODES, QUICK, codes_of, credit_code, frame, read


@QUICK
@given(
    st.lists(st.text("0123456789", min_size=8, max_size=8), min_size=1, max_size=20),
    st.text(uscc._alphabet, min_size=1),
)
def test_check_digits_agree_with_stdnum(digits: list[str], wrong: str) -> None:
    valid = [credit_code(each) for each in digits]
    spoilt = [code[:17] + wrong[0] for code in valid]
    assert uscc_is_valid(pl.Series(valid)).all()
    assert uscc_is_valid(pl.Series(spoilt)).to_list() == [uscc.is_valid(code) for code in spoilt]
    assert org_code_is_valid(pl.Series([code[8:17] for code in valid])).all()
    numbers = [each + "123456" + mod_11_10.calc_check_digit(each + "123456") for each in digits]
    assert reg_no_is_valid(pl.Series(numbers)).all()
    wrong_numbers = [number[:-1] + str((int(number[-1]) + 1) % 10) for number in numbers]
    assert not reg_no_is_valid(pl.Series(wrong_numbers)).any()


def test_credit_codes_are_normalised_and_warned_about_but_never_rejected() -> None:
    good = credit_code("12345678")
    lower = f" {good[:8].lower()} {good[8:].lower()}"
    wide = "".join(chr(ord(c) + 0xFEE0) for c in good)
    wrong = good[:17] + ("0" if good[17] != "0" else "1")
    cleaned = read([good, lower, wide, wrong, good[:17], "9.14403E+17"], "credit_code")
    assert cleaned.rows["x"].to_list() == [good, good, good, wrong, None, None]
    assert codes_of(cleaned) == ["check_digit", "bad_length", "scientific"]
    assert not cleaned.rows["is_rejected"].any()


def test_letters_that_look_like_digits_are_read_where_the_check_digit_agrees() -> None:
    good = next(code for n in range(99) if "0" in (code := credit_code(f"{n:08d}"))[12:])
    cleaned = read([good.replace("0", "O"), "91440300OOOOOOOOOO"], "credit_code")
    assert cleaned.rows["x"].to_list() == [good, "91440300OOOOOOOOOO"]
    assert cleaned.bad.select("code", "suggestion").rows() == [("bad_characters", good), ("bad_characters", None)]


def test_old_codes_in_the_column_of_the_new_one_go_where_they_belong() -> None:
    kind = ledger_kinds()["enterprise"]
    cleaned = clean(kind, frame(uscc=["440301103097413", "12345678-8", credit_code("12345678")]), None, CODES)
    assert cleaned.rows.select("uscc", "org_code", "reg_no").rows() == [
        (None, None, "440301103097413"), (None, "123456788", None), (credit_code("12345678"), None, None)]  # fmt: skip


def test_an_id_number_in_a_code_column_is_forgotten() -> None:
    """One-person businesses put their owner's id number here; it is personal (P3)."""
    person = "11010519491231002X"
    assert id_number_is_valid(pl.Series([person])).all()
    cleaned = read([person], "credit_code")
    assert cleaned.rows["x"].to_list() == [None]
    assert cleaned.bad.select("code", "value").row(0) == ("personal_id", "***")
    assert person not in str(cleaned.bad.rows())

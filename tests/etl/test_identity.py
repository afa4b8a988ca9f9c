"""Persons in a roster: what of an identity number goes further, and that nothing else does."""

from __future__ import annotations

import hmac
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from etl.clean import Cleaned, clean
from etl.ledger import ledger_kinds
from etl.values.identity import check_characters
from tests.etl.cleaning import CODES, QUICK, frame

KIND = ledger_kinds()["member"]
SECRET, LIMITS = b"street key", {"male": 60, "female": 55}
DAY = pl.DataFrame({"sheet_no": [0], "as_of": [date(2018, 12, 31)]})
PHONE = "199-0000-0001"


def number(born: str, serial: int = 1) -> str:
    """Return a number of a region that does not exist, its check character computed with weights 2^(17−i) mod 11."""
    body = f"999999{born}{serial:03d}"
    return body + "10X98765432"[sum(int(digit) * pow(2, 17 - at, 11) for at, digit in enumerate(body)) % 11]


def persons(*numbers: str | None, secret: bytes | None = SECRET, **columns: list[str | None]) -> Cleaned:
    """Clean a roster with these numbers, one name for all and one phone."""
    given_: dict[str, list[str | None]] = {
        "identity": list(numbers),
        "name": ["会员甲0001"] * len(numbers),
        "phone": [PHONE] * len(numbers),
    }
    return clean(KIND, frame(**{**given_, **columns}), None, CODES, None, DAY, secret, LIMITS)


def hashes(cleaned: Cleaned) -> list[str | None]:
    return cleaned.rows["identity_hash"].to_list()


@QUICK
@given(st.dates(date(1900, 1, 1), date(2002, 12, 31)), st.integers(0, 999))
def test_numbers_are_judged_as_a_library_judges_them(born: date, serial: int) -> None:
    """Against python-stdnum: check character, sex and birthday; one digit changed is always noticed."""
    right = number(f"{born:%Y%m%d}", serial)
    assert ric.calc_check_digit(right) == right[-1] == check_characters(pl.Series([right[:17]]))[0]
    cleaned = persons(right)
    assert cleaned.rows["identity_sex"].to_list() == ["male" if serial % 2 else "female"]
    wrong = right[:16] + str((int(right[16]) + 1) % 10) + right[17]
    assert persons(wrong).bad["code"].to_list() == ["check_digit"]


def test_the_hash_is_keyed_and_is_not_a_plain_hash() -> None:
    right = number("19900101")
    (found,) = hashes(persons(right))
    assert found == hmac.new(SECRET, b"id:" + right.encode(), "sha256").hexdigest()[:32]
    assert hashes(persons(right, secret=b"another street")) != [found]
    assert hashes(persons(right, secret=None)) != hashes(persons(right, secret=None)), "never hashed without a key"


def test_one_person_however_the_number_is_written() -> None:
    """Blanks, apostrophe, full width, a small x, and the 15 digits of before 1999 are one person."""
    right = next(n for serial in range(99) if (n := number("19800229", serial)).endswith("X"))
    wide = right.translate({ord(digit): ord(digit) + 0xFEE0 for digit in right})
    written = [
        right,
        right.lower(),
        f" {right[:6]} {right[6:14]}　{right[14:]}",
        f"'{right}",
        wide,
        right[:6] + right[8:17],
    ]
    cleaned = persons(*written)
    assert len(set(hashes(cleaned))) == 1 and not len(cleaned.bad)
    assert cleaned.rows["identity_age_band"].to_list() == ["35-44"] * len(written)


def test_a_wrong_check_character_warns_and_keeps_the_row() -> None:
    """Some digit is wrong, perhaps of the birthday: the person counts, sex and age stay unknown."""
    right = number("20100101")  # would be a child
    cleaned = persons(right[:-1] + ("0" if right[-1] != "0" else "1"))
    assert cleaned.bad.select("code", "severity", "value").rows() == [("check_digit", "warning", "***")]
    assert cleaned.rows.select("identity_sex", "identity_age_band", "is_rejected").rows() == [(None, None, False)]
    assert hashes(cleaned) != [None]


@pytest.mark.parametrize(
    ("text", "code"),
    [("1.23457E+17", "scientific"), ("#REF!", "formula_error"), ("999999********0011", "hidden_identity"), ("护照", "bad_identity"),
     ("同上", "ditto")],
)  # fmt: skip
def test_a_lost_number_leaves_name_and_phone(text: str, code: str) -> None:
    cleaned = persons(text, None, "待补")
    assert cleaned.bad["code"].to_list() == [code] and len(set(hashes(cleaned))) == 1
    assert not cleaned.rows["is_rejected"].any()
    lonely = persons(text, phone=[None])
    assert lonely.rows["is_rejected"].to_list() == [True] and "no_key" in lonely.bad["code"].to_list()


def test_name_and_phone_tell_persons_apart_and_a_landline_does_not() -> None:
    cleaned = persons(None, None, None, None, name=["会员甲", "会员 甲", "会员乙", "会员甲"],
                      phone=[PHONE, "19900000001", PHONE, "0755-28770000"])  # fmt: skip
    first, same, other, nobody = hashes(cleaned)
    assert first == same != other and nobody is None
    assert cleaned.bad.select("row", "code", "reason").rows() == [
        (5, "no_key", "没有可用的证件号码，姓名和手机号码也不全，无法确定是哪一个人")
    ]


def test_another_document_is_a_person_of_unknown_age() -> None:
    cleaned = persons("护照：E99990001", "E99990001", "99999919900101001")
    assert cleaned.bad["code"].to_list() == ["other_document", "other_document", "identity_length"]
    assert hashes(cleaned)[0] == hashes(cleaned)[1] != hashes(cleaned)[2]
    assert cleaned.rows["identity_age_band"].null_count() == 3


@pytest.mark.parametrize(
    ("born", "band"),
    [("20021231", "<18"), ("20001231", "18-24"), ("19931231", "25-34"), ("19940101", "18-24"), ("19831231", "35-44"),
     ("19731231", "45-54"), ("19640101", "45-54"), ("19631231", ">=55")],
)  # fmt: skip
def test_ages_are_those_of_the_registers_day(born: str, band: str) -> None:
    """Who has a birthday on that very day is a year older."""
    assert persons(number(born)).rows["identity_age_band"].to_list() == [band]


def test_children_are_rejected_and_the_retired_named() -> None:
    """Limits are settings, one per sex; who has left is not named again."""
    child, boy, man, woman = (number(*n) for n in (("20030101", 1), ("20021231", 1), ("19590101", 1), ("19631231", 2)))
    cleaned = persons(child, boy, man, woman, woman, left_date=[None] * 4 + ["2018-03-01"])
    assert cleaned.rows["is_rejected"].to_list() == [True, False, False, False, False]
    assert cleaned.bad.select("row", "code", "severity", "value").rows() == [
        (2, "under_age", "reject", "***"), (5, "over_age", "warning", "***"),
    ]  # fmt: skip


def test_impossible_birthdays() -> None:
    cleaned = persons(number("19901301"), number("20190101"), number("18970101"))
    assert cleaned.bad["code"].to_list() == ["impossible_birth"] * 3
    assert cleaned.rows["identity_age_band"].null_count() == 3 and not cleaned.rows["is_rejected"].any()


def test_the_sex_of_the_sheet_against_that_of_the_number() -> None:
    cleaned = persons(number("19900101", 1), number("19900101", 2), sex=["女", "女"])
    assert cleaned.bad.select("row", "column", "code", "severity").rows() == [(2, "sex", "sex_differs", "warning")]


def test_the_same_person_in_the_same_union_is_one_key_and_in_another_union_another() -> None:
    right = number("19900101")
    keys = persons(right, right, right, union_name=["甲工会", "甲 工会", "乙工会"]).rows["row_key"].to_list()
    assert keys[0] == keys[1] != keys[2]
    alone = persons(right, union_name=[None], employer=[None]).rows
    assert not alone["is_rejected"].any() and alone["row_key"].to_list() == [f"identity:{hashes(persons(right))[0]}"]


def test_no_cell_of_a_person_is_repeated_anywhere() -> None:
    """Whatever stands in the personal columns, rows and reports hold none of it."""
    secret = ["会员甲0001", "199-0000-0001", "999999199001011", "E99990001", "汉族", "1990-01-01"]
    columns: dict[str, list[str | None]] = {
        name: [*secret] for name, column in KIND.columns.items() if column.is_personal
    }
    cleaned = clean(KIND, frame(**columns, union_name=["u"] * 6), None, CODES, None, DAY, SECRET, LIMITS)
    said = str(cleaned.rows.rows()) + str(cleaned.bad.rows())
    assert [text for text in secret if text in said] == []


def test_nobody_leaves_before_joining() -> None:
    """A date of leaving before that of joining is unknown and named; the year alone may be the same."""
    right = number("19900101")
    cleaned = persons(right, right, joined_date=["2018-05-01", "2017-06-01"], left_date=["2017-04-01", "2017年"])
    assert cleaned.rows["left_date"].to_list() == [None, date(2017, 1, 1)]
    assert cleaned.bad.select("row", "column", "code").rows()[0] == (2, "left_date", "date_order")

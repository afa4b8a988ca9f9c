"""What clean() makes of rows: codes, keys, fates, checks between cells, and invariants on any text."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.clean import clean
from etl.ledger import LedgerKind, ledger_kinds
from tests.etl.cleaning import CODES, codes_of, credit_code, frame, ledger, read

EMPTY = [
    "", "  ", "无", "/", "\\", "—", "——", "－－", "-", "·",
    "暂无", "不详", "未知", "N/A", "n/a", "待核", "空", None,
]  # fmt: skip


@pytest.mark.parametrize("type_", ["text", "integer", "decimal", "money", "date", "lonlat", "credit_code"])
def test_words_for_nothing_are_unknown_without_a_warning(type_: str) -> None:
    cleaned = (
        read(EMPTY, type_) if type_ != "lonlat" else clean(ledger(lon={"type": type_}), frame(lon=EMPTY), None, CODES)
    )
    assert cleaned.rows.to_series(3).null_count() == len(EMPTY)
    assert not len(cleaned.bad)


def test_codes_legal_misspelt_unusable_unknown() -> None:
    cleaned = read(["制造业", "03", "C3911", "服务业", "制造页", None], "code", codes="industry")
    assert cleaned.rows["x"].to_list() == ["C", "C", "C", None, None, None]
    assert codes_of(cleaned) == ["unusable_code", "unknown_code"]
    assert cleaned.bad["suggestion"].to_list() == [None, "制造业"]
    assert read(["制造页"], "code", codes="industry", required=True).rows["is_rejected"].to_list() == [True]


def test_booleans_have_a_third_state() -> None:
    cleaned = read(["是", "√", "1", "否", "无", "×", "0", "正在筹建", "也许", None], "boolean", codes="boolean")
    assert cleaned.rows["x"].to_list() == [True] * 3 + [False] * 4 + [None] * 3
    assert cleaned.rows["x_state"].to_list()[7:] == ["in_progress", None, None]
    assert codes_of(cleaned) == ["unknown_code"]


@pytest.mark.parametrize(
    ("text", "causes"),
    [
        ("拖欠工资", ["01"]), ("拖欠工资、加班费", ["01", "02"]), ("社保；公积金", ["04", "05"]), ("06,02", ["06", "02"]),
        ("奖金、提成、年终奖、高温津贴", ["03"]), ("奖金、提成、年终奖、高温津贴；加班费", ["03", "02"]),
        ("拖欠/克扣工资", ["01"]), ("拖欠/克扣工资、社保/公积金", ["01", "04", "05"]), ("加班费及社保", ["02", "04"]),
        ("其他（高温津贴）", ["99", "03"]), ("加班费、加班工资", ["02"]),
    ],
)  # fmt: skip
def test_several_causes_the_first_is_the_main_one(text: str, causes: list[str]) -> None:
    cleaned = read([text], "code", codes="cause", many=True)
    assert cleaned.rows["x"].to_list() == [causes]
    assert not len(cleaned.bad)


def test_no_other_cause_takes_the_place_of_an_unknown_main_one() -> None:
    cleaned = read(["天气不好、加班费", "加班费、天气不好", "天气不好", "无"], "code", codes="cause", many=True)
    assert cleaned.rows["x"].to_list() == [[None, "02"], ["02", None], None, None]
    assert codes_of(cleaned) == ["unknown_code"] * 3


def test_personal_columns_leave_no_trace() -> None:
    for kind in ledger_kinds().values():
        secret = {name: ["张三13800138000"] for name, column in kind.columns.items() if column.is_personal}
        open_ = {name: ["甲"] for name, column in kind.columns.items() if not column.is_personal}
        cleaned = clean(kind, frame(**secret, **open_).select("sheet_no", "row", *secret, *open_), None, CODES)
        assert not set(secret) & set(cleaned.rows.columns)
        assert "13800138000" not in str(cleaned.bad.rows()) + str(cleaned.rows.rows())


@pytest.mark.parametrize("text", ["张三13800138000", "138-0013-8000", "138 0013 8000", "440301198001011234"])
def test_a_personal_number_in_a_wrong_column_is_not_repeated(text: str) -> None:
    (bad,) = read([text], "date").bad.to_dicts()
    assert "***" in bad["value"] and "***" in bad["reason"]
    assert not {"8000", "1234"} & {(bad["value"] + bad["reason"])[at : at + 4] for at in range(80)}


def test_a_phone_is_no_number_of_workers() -> None:
    cleaned = clean(ledger_kinds()["enterprise"], frame(name=["甲"], workers=["13800138000"]), None, CODES)
    assert cleaned.rows["workers"].to_list() == [None]
    assert cleaned.bad.select("code", "value").rows() == [("out_of_range", "***")]


def test_required_cells_and_keys() -> None:
    kind = ledger(
        "code", "name", code={"type": "credit_code"}, name={"type": "text"}, day={"type": "date", "required": True}
    )
    texts = {
        "code": [None, credit_code("12345678"), None, "x"],
        "name": ["无", None, "示例 厂", None],
        "day": ["2018-01-01"] * 3 + [None],
    }
    cleaned = clean(kind, frame(**texts), None, CODES)
    assert cleaned.rows["is_rejected"].to_list() == [True, False, False, True]
    assert cleaned.rows["row_key"].to_list() == [None, f"code:{credit_code('12345678')}", "name:示例厂", None]


def test_a_row_without_any_key_is_rejected() -> None:
    kind = ledger("code", "name", code={"type": "credit_code"}, name={"type": "text"})
    cleaned = clean(kind, frame(code=[None], name=["/"]), None, CODES)
    assert cleaned.rows["is_rejected"].to_list() == [True]
    assert cleaned.bad.select("code", "severity").row(0) == ("no_key", "reject")


def test_keys_do_not_confuse_numbers_that_differ_in_a_hyphen() -> None:
    kind = ledger("case", case={"type": "text"})
    keys = clean(kind, frame(case=["2018-1-12", "2018-11-2", "坂调〔2018〕3号", "坂调(2018)3号"]), None, CODES).rows[
        "row_key"
    ]
    assert keys.n_unique() == 3


def test_the_same_name_in_other_clothes_is_one_key() -> None:
    names = [
        "深圳市示例电子有限公司",
        "深圳示例电子有限责任公司",
        "深圳市 示例　电子有限公司",
        "深圳市示例电子（坂田）有限公司",
        "深圳市示例电子(坂田)有限公司",
    ]
    keys = clean(ledger(), frame(name=names), None, CODES).rows["row_key"].to_list()
    assert keys[0] == keys[1] == keys[2] != keys[3] == keys[4]


def test_a_composite_key_lets_the_reporting_unit_say_the_community() -> None:
    cleaned = clean(
        ledger_kinds()["target"],
        frame(indicator=["新建会企业数"] * 2, community=["南坑", None], target=["5", "6"]),
        None,
        CODES,
    )
    assert cleaned.rows["row_key"].to_list() == [
        "indicator|community:unions_formed|440307013020",
        "indicator|community:unions_formed|-",
    ]
    assert not cleaned.rows["is_rejected"].any()


def test_ditto_repeats_the_row_above_in_the_same_sheet_only() -> None:
    kind = ledger(x={"type": "community"})
    rows = pl.concat(
        [
            frame(x=["南坑", "同上", "〃", None, "同上"]),
            frame(x=["同上"] + ["岗头"] * 4).with_columns(sheet_no=pl.lit(1, pl.Int32)),
        ]
    )
    assert clean(kind, rows, None, CODES).rows["x"].to_list()[:6] == ["440307013020"] * 3 + [None] * 3


def test_ditto_in_a_key_is_no_name() -> None:
    cleaned = clean(ledger(), frame(name=["示例厂", "同上"]), None, CODES)
    assert cleaned.rows.select("row_key", "is_rejected").rows()[1] == (None, True)


def test_soft_checks_between_cells() -> None:
    kind = ledger(
        workers={"type": "integer"},
        members={"type": "integer"},
        received_date={"type": "date"},
        closed_date={"type": "date"},
    )
    texts: dict[str, list[str | None]] = {"workers": ["10", "约10", None], "members": ["11", "3", "5"],
             "received_date": ["2018-03-20", "2018-03-20", "2018-03-20"],
             "closed_date": ["2018-03-01", "2018年3月", "2018.2"]}  # fmt: skip
    cleaned = clean(kind, frame(**texts), None, CODES)
    assert cleaned.rows["members"].to_list() == [11, 3, 5]
    assert cleaned.rows["closed_date"].to_list() == [None, date(2018, 3, 1), None]
    assert sorted(cleaned.bad["code"]) == ["date_order", "date_order", "more_than_whole"]
    assert not cleaned.rows["is_rejected"].any()


def test_coordinates_outside_china_are_unknown_never_zero() -> None:
    kind = ledger(lon={"type": "lonlat"}, lat={"type": "lonlat"})
    cleaned = clean(kind, frame(lon=["114.057", "0", "22.6"], lat=["22.607", "0", "114.05"]), None, CODES)
    assert cleaned.rows.select("lon", "lat").rows() == [(114.057, 22.607), (None, None), (None, None)]
    assert cleaned.bad["code"].to_list() == ["out_of_range"] * 4
    assert "填反" in cleaned.bad.filter(pl.col("row") == 4)["reason"][0]


def test_texts_are_tidied_and_scientific_codes_are_lost() -> None:
    cleaned = read(["　示例 电子(坂田) ", "ABC  Co", "1.23457E+17", "D1E2座"], "text")
    assert cleaned.rows["x"].to_list() == ["示例电子（坂田）", "ABC Co", None, "D1E2座"]
    assert "退回社区" in cleaned.bad["reason"][0]


@pytest.mark.parametrize("kind", ledger_kinds().values(), ids=lambda kind: kind.id)
def test_a_sheet_without_rows_keeps_its_columns(kind: LedgerKind) -> None:
    empty = pl.DataFrame(schema={"sheet_no": pl.Int32, "row": pl.Int32, **dict.fromkeys(kind.columns, pl.String)})
    filled = empty.vstack(pl.DataFrame([{"sheet_no": 0, "row": 2}], schema=empty.schema))
    nothing, one = clean(kind, empty, None, CODES), clean(kind, filled, None, CODES)
    assert nothing.rows.schema == one.rows.schema and not len(nothing.rows)
    assert nothing.bad.schema == one.bad.schema


SCRAPS = st.lists(
    st.sampled_from(list("019.-/,年月日约余人万元百二十（)不~E+#无√\n") + ["2018", "以上", "不足", "同上", "南坑"]),
    max_size=6,
)
ANY = st.one_of(SCRAPS.map("".join), st.text(max_size=12))
TYPES: dict[str, dict[str, Any]] = {"a": {"type": "integer", "unit": "人"}, "b": {"type": "money", "unit": "元"}, "c": {"type": "date"},
         "d": {"type": "code", "codes": "cause", "many": True}, "e": {"type": "community"}, "f": {"type": "credit_code"},
         "g": {"type": "boolean", "codes": "boolean"}, "h": {"type": "text"}}  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.lists(ANY, min_size=1, max_size=8))
def test_any_text_is_read_or_named_and_reads_the_same_alone(texts: list[str]) -> None:
    """No cell is lost in silence, and reading distinct texts together gives what each gives alone."""
    kind = ledger(**TYPES)
    texts = [text for text in texts if text.strip() not in ("同上", "〃", "″", "〞", "“", "”", '"')] or ["1"]
    together = clean(kind, frame(**dict.fromkeys(TYPES, texts)), None, CODES)
    for row, text in enumerate(texts):
        alone = clean(kind, frame(name=[f"甲{row}"], **dict.fromkeys(TYPES, [text])), None, CODES)
        assert alone.rows.drop("row").row(0) == together.rows.drop("row").row(row)
        named = set(alone.bad["column"])
        empty = alone.rows["h"][0] is None and "h" not in named
        for name in TYPES:
            assert (
                alone.rows[name][0] is not None
                or name in named
                or empty
                or alone.rows.get_column(f"{name}_state", default=pl.Series([None]))[0]
            ), (name, text)


def test_a_persons_number_in_a_text_is_struck_out_and_said() -> None:
    """Shifted cells bring phones and identity numbers into columns that are kept, and a name beside them."""
    texts = ["联系王小明199-0000-0001", "999999199001011234", "坂田路1号", "18000000001", None]
    kind = ledger("case_no", x={"type": "text"}, case_no={"type": "text"})
    cleaned = clean(kind, frame(x=texts, case_no=["19900000001", *"乙丙丁戊"]), None, CODES)
    assert cleaned.rows["x"].to_list() == [None, None, "坂田路1号", None, None]
    assert codes_of(cleaned) == ["personal_number"] * 3 and not cleaned.rows["is_rejected"].any()
    assert cleaned.bad["value"].to_list() == ["***"] * 3
    assert cleaned.rows["case_no"][0] == "19900000001", "a number that is the key stays as it is"


def test_a_phone_beside_an_enterprises_name_is_struck_out_though_the_name_is_in_the_key() -> None:
    kind = ledger_kinds()["risk_score"]
    told = frame(enterprise_name=["示例厂19900000001"], indicator=["欠薪"], fact_date=["2018-12-05"])
    cleaned = clean(kind, told, None, CODES)
    assert cleaned.rows["enterprise_name"].to_list() == ["示例厂"]
    assert codes_of(cleaned, "enterprise_name") == ["personal_number"] and not cleaned.rows["is_rejected"].any()


@pytest.mark.parametrize(
    ("kind", "cells", "code"),
    [
        ("staff", {"name": "示例人", "staff_kind": "专职", "position": "周小七兼", "certificates": "孙小圣"}, "unknown_code"),
        ("staff", {"name": "示例人", "staff_kind": "专职", "union_name": "甲工会 周小七", "session": "孙小圣199-0000-0001"}, "personal_number"),
        ("facility", {"name": "甲家园", "rooms": "联系周小七19900000001"}, "personal_number"),
        ("facility", {"name": "周小七19900000001", "address": "坂田路1号找孙小圣19900000001"}, "personal_number"),
        ("service", {"item": "培训", "source": "周小七赞助"}, "unknown_code"),
        ("budget", {"source": "孙小圣赞助", "amount": "1元"}, "unknown_code"),
        ("honour", {"honour": "先进", "recipient": "南坑社区工联会 周小七", "recipient_kind": "单位"}, "person_in_unit"),
    ],
)  # fmt: skip
def test_a_persons_name_in_a_column_of_something_else_goes_no_further(
    kind: str, cells: dict[str, str], code: str
) -> None:
    """Neither into the rows nor into what is wrong with them; the unit's own name stays."""
    cells = {"identity": "999999199001011234"} | cells if kind == "staff" else cells
    texts: dict[str, list[str | None]] = {"name": [None], **{name: [text] for name, text in cells.items()}}
    told = frame(**texts)
    cleaned = clean(ledger_kinds()[kind], told, None, CODES)
    assert code in set(cleaned.bad["code"])
    assert not re.search("周小七|孙小圣", str(cleaned.bad.rows()) + str(cleaned.rows.rows()))
    if kind == "honour":
        assert cleaned.rows["recipient"].to_list() == ["南坑社区工联会"] and not cleaned.rows["is_rejected"].any()


def test_in_a_register_of_persons_no_text_keeps_a_number() -> None:
    kind = ledger_kinds()["member"]
    cleaned = clean(kind, frame(identity=["999999199001011234"], union_name=["甲工会199-0000-0001"]), None, CODES)
    assert cleaned.rows["union_name"].to_list() == ["甲工会"]
    assert "0000" not in cleaned.rows["row_key"][0]


def test_a_party_bodys_hearing_and_a_number_of_matters() -> None:
    told = frame(name=[None], meeting_kind=["党组织听取工会工作汇报"], held_date=["2018-05-08"], matters=["3项"])
    cleaned = clean(ledger_kinds()["meeting"], told, None, CODES)
    assert cleaned.rows.select("meeting_kind", "matters").row(0) == ("hearing", 3) and cleaned.bad.is_empty()

"""A Word file explains its numbers: what each answers, what was changed in the file, what the data say today."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from briefing import origins
from briefing.aspects import ASPECTS, fact
from briefing.compose import compose
from briefing.explain import Explanation, explain
from briefing.model import Origin
from briefing.read_word import read_word
from briefing.request import Request
from briefing.source import Source
from briefing.writers.word import word
from briefing.writers.word_text import BOOKMARK
from etl.errors import FileError
from metrics.warehouse import open_current
from tests.briefing.documents import document
from tests.briefing.reading_word import BODY, edited, repacked, unpacked

RECORD = "customXml/item1.xml"


@pytest.fixture(scope="module")
def content(sample_street: Path) -> bytes:
    """Return the sample street's 简报 as Word."""
    return word(compose(sample_street, Request("简报", date(2018, 12, 1), has_sources=False)))


@pytest.fixture(scope="module")
def told(content: bytes, sample_street: Path) -> Explanation:
    """Return what it explains, unedited, on the data it was made from."""
    return explain(content, sample_street)


def _recorded(content: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """Return the file with another record of origins."""
    found = unpacked(content)
    root = found.xml(RECORD)
    record = json.loads(root.text)
    change(record)
    text = json.dumps(record, ensure_ascii=False).replace("&", "&amp;").replace("<", "&lt;")
    found.parts[RECORD] = f'<origins xmlns="urn:union-atlas:origins">{text}</origins>'.encode()
    return repacked(found)


def test_unedited_and_current(told: Explanation, sample_street: Path) -> None:
    """Every number is found, is as written, and is made again from its origin by today's data."""
    warehouse = open_current(sample_street)
    assert len(told.rows) > 100 and told.is_current
    assert [row for row in told.rows if row.is_changed or row.is_edited_in_file] == []
    assert (told.kind, told.month, told.street, told.is_sample) == ("简报", "2018-12", warehouse.street, True)
    source = Source(warehouse, sample_street)
    for row in told.rows[:20]:
        made = fact(source, row.origin)
        assert made is not None and made.text == row.then
    assert all(re.search("[一-龥]", row.question) for row in told.rows)
    assert any("，2018年12月末，第五园" in row.question for row in told.rows)


def _changed(content: bytes, place: int, text: str) -> bytes:
    """Return the file with other text in one bookmark, as when a clerk types over a number in Word."""
    name = f'w:name="{BOOKMARK}{place}"'

    def change(xml: str) -> str:
        start = xml.index(name)
        head, tail = xml[:start], xml[start:]
        return head + re.sub(r"(<w:t[^>]*>)[^<]*", rf"\g<1>{text}", tail, count=1)

    return edited(content, change)


def test_a_number_typed_over(content: bytes, sample_street: Path) -> None:
    """It is the only one that is edited; the data did not change."""
    rows = explain(_changed(content, 3, "99.9%"), sample_street).rows
    assert [place for place, row in enumerate(rows, 1) if row.is_edited_in_file] == [3]
    assert rows[2].printed == "99.9%" != rows[2].then
    assert not any(row.is_changed for row in rows)


def test_a_number_taken_out(content: bytes, sample_street: Path) -> None:
    """Word drops a bookmark with the text in it: the number is no longer there, the record still knows it."""
    gone = edited(content, lambda xml: re.sub(rf'<w:bookmarkStart [^>]*w:name="{BOOKMARK}2"/>', "", xml))
    row = explain(gone, sample_street).rows[1]
    assert row.printed == "" and row.is_edited_in_file and row.then


def test_a_digit_typed_beside_a_number_belongs_to_it(sample_street: Path) -> None:
    """131宗 where 31宗 was written, though Word put the digit outside the bookmark."""
    made = document()
    beside = edited(word(made), lambda xml: xml.replace("12月受理劳资纠纷", "12月受理劳资纠纷1"))
    rows = read_word(beside).printed
    assert rows[f"{BOOKMARK}3"] == "131宗"
    assert rows[f"{BOOKMARK}1"] == "91.2%（3,214家中2,931家）"


def test_tracked_deletion_is_gone(sample_street: Path) -> None:
    """修订 shows deleted text, but it is no longer what the file says."""
    struck = edited(
        word(document()), lambda xml: re.sub(r"<w:t ([^>]*)>31宗</w:t>", r"<w:delText \1>31宗</w:delText>", xml)
    )
    assert read_word(struck).printed[f"{BOOKMARK}3"] == ""


def test_todays_data_say_something_else(content: bytes, sample_street: Path) -> None:
    """A file of an earlier data version: what it says, and what would be printed today."""

    def older(record: dict[str, Any]) -> None:
        record["generation_id"], record["generation_no"] = "ffffffffffff", 1
        record["facts"][0]["printed"] = "1.0%"

    found = explain(_recorded(_changed(content, 1, "1.0%"), older), sample_street)
    row = found.rows[0]
    assert not found.is_current and found.generation_no == 1 and found.current_no >= 1
    assert (row.printed, row.then, row.is_changed, row.is_edited_in_file) == ("1.0%", "1.0%", True, False)
    assert row.now and row.now != "1.0%"


@pytest.mark.parametrize("key, value", [("metric", "no_such_metric"), ("aspect", "no_such_side"), ("month", "1999-01")])
def test_what_is_no_longer_known(content: bytes, sample_street: Path, key: str, value: str) -> None:
    """A metric, side or month that today's program or data do not know has no number today, and that is said."""
    found = explain(_recorded(content, lambda record: record["facts"][0]["origin"].update({key: value})), sample_street)
    assert found.rows[0].now is None and found.rows[0].is_changed


def _bare_word() -> bytes:
    from docx import Document as new

    out = BytesIO()
    new().save(out)
    return out.getvalue()


def _zip(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, b"<a/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "不是Word文件"),
        ("一份文本".encode("gbk"), "不是Word文件"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "不是Word文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "密码"),
        (_zip("xl/workbook.xml"), "不是Word文件"),
        (_zip("word/document.xml"), "没有数据来源记录"),
        (_bare_word(), "没有数据来源记录"),
        (word(document())[:-400], "不是Word文件"),
    ],
    ids=["empty", "text", "picture", "password", "workbook", "no record", "another Word file", "truncated"],
)
def test_wrong_files_end_in_one_sentence(content: bytes, said: str, sample_street: Path) -> None:
    """Whatever is handed in, the answer is one Chinese sentence that says what to do."""
    with pytest.raises(FileError, match=said) as error:
        explain(content, sample_street)
    assert error.value.remedy and "\n" not in error.value.sentence()


def _break(record: dict[str, Any]) -> None:
    record["facts"][0]["origin"].pop("metric")


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record.update(version=99),
        lambda record: record.pop("facts"),
        lambda record: record["facts"][0].pop("printed"),
        lambda record: record["facts"][0].update(origin="x"),
        lambda record: record["facts"][0]["origin"].update(month="12月"),
        lambda record: record["facts"][0]["origin"].update(audience="everyone"),
        lambda record: record.update(facts=5),
        _break,
    ],
)
def test_damaged_records_end_in_one_sentence(
    change: Callable[[dict[str, Any]], None], content: bytes, sample_street: Path
) -> None:
    """A record that somebody touched, or that a newer program wrote, is refused and never half believed."""
    with pytest.raises(FileError, match="记录已损坏"):
        explain(_recorded(content, change), sample_street)


def test_no_json_and_no_xml(content: bytes, sample_street: Path) -> None:
    """A part that is not what it says."""
    for part, text in ((RECORD, '<origins xmlns="urn:union-atlas:origins">{</origins>'), (BODY, "<w:document>")):
        with pytest.raises(FileError):
            explain(edited(content, lambda _xml, text=text: text, part), sample_street)  # type: ignore[misc]


def test_entities_are_not_expanded(content: bytes) -> None:
    """A file that would grow without end, or read other files, is read as it is."""
    bomb = '<!DOCTYPE a [<!ENTITY b "99999"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    named = f'<w:bookmarkStart w:id="1" w:name="{BOOKMARK}1"/>'
    typed = edited(
        content, lambda xml: re.sub(r"(<w:document )", bomb + r"\1", xml.replace(named, named + "&b;&f;", 1))
    )
    assert "99999" not in read_word(typed).printed[f"{BOOKMARK}1"]


def test_too_large(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file may claim to hold gigabytes."""
    monkeypatch.setattr("briefing.read_word.MOST_BYTES", 1000)
    with pytest.raises(FileError, match="过大"):
        read_word(content)


@pytest.mark.parametrize(("key", "value"), [("street", "布吉街道"), ("is_sample", False)])
def test_another_streets_file(content: bytes, sample_street: Path, key: str, value: object) -> None:
    """Its numbers would all seem changed: refused, with both names."""
    with pytest.raises(FileError, match="这份文件是") as error:
        explain(_recorded(content, lambda record: record.update({key: value})), sample_street)
    assert "坂田街道" in error.value.message


@pytest.mark.parametrize(
    "origin",
    [
        Origin("value", "coverage_rate", date(2018, 12, 1)),
        Origin(
            "change", "disputes_received", date(2018, 3, 1), "quarter", (("community", ("440307013012",)),), "last_year"
        ),
        Origin(
            "part",
            "disputes_closed",
            date(2018, 1, 1),
            "ytd",
            (("cause", ("wages", "x")),),
            "p",
            date(2017, 2, 1),
            "public",
        ),
    ],
)
def test_origins_there_and_back(origin: Origin) -> None:
    """Nothing of an origin is lost on its way through the file."""
    assert origins.from_dict(json.loads(json.dumps(origins.as_dict(origin)))) == origin


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        (Origin("value", "coverage_rate", date(2018, 12, 1)), "建会率（含工联会覆盖），2018年12月末，全街道"),
        (Origin("value", "disputes_received", date(2018, 6, 1), "ytd"), "受理劳资纠纷，2018年1—6月，全街道"),
        (Origin("value", "disputes_received", date(2018, 6, 1)), "受理劳资纠纷，2018年6月，全街道"),
        (Origin("value", "disputes_received", date(2018, 6, 1), "quarter"), "受理劳资纠纷，2018年4—6月，全街道"),
        (
            Origin("change", "disputes_received", date(2018, 6, 1), "month", (("community", ("1",)),), "last_year"),
            "受理劳资纠纷，2018年6月，南坑；较上年同期",
        ),
        (
            Origin("among", "disputes_received", date(2018, 6, 1), of="last_year,cause=wages"),
            "受理劳资纠纷，2018年6月，全街道；较上年同期；拖欠工资",
        ),
        (Origin("value", "gone", date(2018, 6, 1)), "gone，2018年6月，全街道"),
        (Origin("goal", "coverage_rate", date(2018, 12, 1)), "建会率（含工联会覆盖），2018年12月末，全街道；目标"),
        (
            Origin("giant_share", "coverage_rate", date(2018, 12, 1), None, (("community", ("1",)),)),
            "建会率（含工联会覆盖），2018年12月末，南坑；最大企业占本社区职工的比例",
        ),
    ],
)
def test_origins_in_words(origin: Origin, said: str) -> None:
    """Metric, period and place, and what a change is measured against."""
    assert origins.words(origin, {"1": "南坑", "wages": "拖欠工资"}) == said


def test_comments_name_places_not_codes(sample_street: Path) -> None:
    """A composed document knows the titles of the codes in its origins."""
    made = compose(sample_street, Request("简报", date(2018, 12, 1), has_sources=False))
    comments = unpacked(word(made, has_comments=True)).parts["word/comments.xml"].decode()
    assert "，第五园" in comments and "440307" not in comments


def test_sides_are_aspects() -> None:
    """No side of an answer is named that there is none of."""
    assert set(origins.SIDES) <= set(ASPECTS)

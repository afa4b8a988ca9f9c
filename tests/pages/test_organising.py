"""组建攻坚 through app.py: the list is the metric's, contacts come back into one file and stay nowhere, tasks are followed."""

from __future__ import annotations

import io
import logging
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from etl.contacts import matched
from etl.jobs import arriving, staging
from etl.notes import notes
from metrics.question import Question
from metrics.targets.progress import progress
from metrics.targets.prospects import METRIC, Prospect, drive
from metrics.targets.words import progress_text
from metrics.values import ask
from metrics.warehouse import Warehouse, open_current
from pages.parts.organising import bring_back
from pages.parts.organising.drive_list import frame_of
from pages.parts.organising.target_bars import target_bars
from pages.parts.organising.view import View
from tests.pages.opening import opened
from tests.workbooks import write_book

DECEMBER, NANKENG = date(2018, 12, 1), "440307013020"
HEAD = ("企业名称", "统一社会信用代码", "经营状态", "职工人数", "联系人", "联系电话", "法定代表人")
PLANTED = ("示例寻甲", "199-7777-0001", "示例寻乙", "19977770002", "示例寻丙", "199-7777-0003")
WHERE = (("community", ("南坑",)),)


@pytest.fixture
def warehouse(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> Warehouse:
    """Return the sample's warehouse, which the pages will read."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    return open_current(sample_street)


def test_the_list_is_the_metrics_and_names_nobody(warehouse: Warehouse) -> None:
    """As many enterprises as the metric counts, the largest first; no column of persons; the goal and 四清 are said."""
    app = opened("organising", community="南坑")
    wanted = ask(warehouse, Question(METRIC, (), DECEMBER, where=WHERE)).row.value
    frame = app.dataframe[0].value
    assert len(frame) == wanted == 9
    assert list(frame["workers"]) == sorted(frame["workers"], reverse=True)
    assert not {"contact", "phone", "legal_person", "remark"} & set(frame.columns)
    assert any(f"未建会企业{wanted:.0f}家" in text.value for text in app.markdown)
    assert any("建会率96.0%，已达到目标90.0%" in text.value and "四清" in text.value for text in app.caption)
    assert any("不用于这一部分" in c.value for c in opened("organising", part="targets", industry="C").caption)


def test_an_empty_choice_says_why(warehouse: Warehouse) -> None:
    """No enterprise under the conditions, and a month without registers, are two different sentences."""
    none = opened("organising", community="南坑", industry="A")
    assert [box.value for box in none.info] == ["所选范围内没有未建会企业。"] and not none.dataframe
    early = opened("organising", month="2014-01")
    assert [box.value for box in early.info] == ["所选月份没有企业台账可用，可换一个月份。"]


def test_tasks_are_told_and_drawn(warehouse: Warehouse) -> None:
    """The street's sentences and a table per community; the picture says them too and is marked as example data."""
    month = date(2018, 9, 1)
    found = progress(warehouse, month)
    app = opened("organising", part="targets", month="2018-09")
    shown = [text.value for text in app.markdown]
    for one in found[:1]:
        assert any(progress_text(one) in text and "年底预计达到" in text for text in shown)
    tables = [frame.value for frame in app.dataframe]
    assert [len(table) for table in tables] == [4, 12] and list(tables[1]["community"])[0] == "岗头"
    own = [one for one in found if one.metric.id == "unions_formed" and one.community_id]
    svg = target_bars(own, "家", "示例数据　非真实情况")
    assert svg.count("<title>") == 12 and "年底预计范围" in svg and "示例数据" in svg
    assert not opened("organising", part="targets", month="2015-06").dataframe


def _original(path: Path, found: tuple[Prospect, ...]) -> bytes:
    """Return a register as it was handed in: by code, by name alone, and a namesake with another code."""
    rows: list[tuple[Any, ...]] = [
        (found[0].enterprise, found[0].uscc, "存续", 10, *PLANTED[:2], None),
        (found[1].enterprise.replace("有限公司", "有限责任公司"), None, "存续", 10, *PLANTED[2:4], None),
        (found[2].enterprise, "91440300708461136T", "存续", 10, *PLANTED[4:], None),
    ]
    return write_book(path, {"表": ("坂田街道南坑社区企业台账（2018年12月）", HEAD, rows)}).read_bytes()


def _upload(street: Path, **files: bytes) -> str:
    job = staging.open_job(street, "页面")
    for name, data in files.items():
        incoming = arriving.add_file(job, f"{name}.xlsx")
        incoming.write(data)
        incoming.finish()
    return staging.change(job, state=staging.WAITING).id


def _holding(folder: Path) -> list[str]:
    """Return the files below a folder that hold a planted name or number, in any of the usual encodings."""
    wanted = [text.encode(code) for text in PLANTED for code in ("utf-8", "gb18030", "utf-16-le")]
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if any(text in path.read_bytes() for text in wanted)]


def test_contacts_come_back_into_one_file_and_stay_nowhere(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Matched by code, else by name; a namesake with another code is nobody; only that it was done is on record."""
    caplog.set_level(logging.DEBUG)
    view, street, temporary = View(warehouse, DECEMBER, WHERE), tmp_path / "street", tmp_path / "tmp"
    street.mkdir()
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    book = _original(tmp_path / "原件.xlsx", drive(warehouse, DECEMBER, WHERE).prospects)
    job = _upload(street, 原件=book, 坏的=b"PK\x03\x04 no workbook")
    brought = bring_back.bring_back(street, job, frame_of(view.drive))
    assert brought and brought.found == 2
    assert brought.frame["phone"].to_list()[:3] == ["199-7777-0001", "19977770002", None]
    assert [bool(one["error"]) for one in brought.files] == [False, True]
    assert bring_back.bring_back(street, job, frame_of(view.drive)) is None, "an upload is read once"
    content, name = bring_back.workbook_of(warehouse, view, brought)
    cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(content)).active for cell in row]
    assert {*PLANTED[:4]} <= set(cells) and not {*PLANTED[4:]} & set(cells)
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert "示例数据非真实情况" in name and "内部资料" in page.oddHeader.left.text
    bring_back.log_export(street, view, brought)
    (noted,) = notes(street, bring_back.NOTE)
    assert (noted["files"], noted["listed"], noted["found"]) == ("原件.xlsx", "9", "2") and noted["done_by"]
    assert _holding(street) == _holding(temporary) == [] and not any(text in caplog.text for text in PLANTED)


def test_the_page_hands_the_file_out_once(
    warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The button stands after the upload; a second look has none, and neither session nor folder holds a person."""
    street = tmp_path / "street"
    street.mkdir()
    kept_folder = SimpleNamespace(street_folder=lambda: street, say_read_only=lambda: False)
    monkeypatch.setattr(bring_back, "answers", kept_folder)
    job = _upload(street, 原件=_original(tmp_path / "原件.xlsx", drive(warehouse, DECEMBER, WHERE).prospects))
    monkeypatch.setattr(bring_back, "uploader", lambda *_args: job)
    app = opened("organising", community="南坑")
    assert [box.value for box in app.success] == ["名单9家，找到联系方式的2家；已记下这次导出。"]
    assert not any(text in repr(app.session_state) for text in PLANTED)
    app.run()
    assert not app.success and not app.exception
    assert _holding(street) == [] and len(notes(street, bring_back.NOTE)) == 1


def test_names_that_two_enterprises_bear_bring_nobody() -> None:
    """By name only where one enterprise alone bears it; a code that is there always decides."""
    rows = [
        {"name": "深圳市示例甲有限公司", "uscc": "", "contact": "示例一", "phone": "1"},
        {"name": "示例乙有限公司", "uscc": "91440300708461136T", "contact": "示例二"},
        {"name": "示例乙有限公司", "uscc": "914403001922038216", "contact": "示例三"},
    ]
    wanted = [
        {"id": "a", "uscc": "", "name": "深圳示例甲有限责任公司"}, {"id": "b", "uscc": "", "name": "示例乙有限公司"},
        {"id": "c", "uscc": "914403001922038216", "name": "别的名字"},
    ]  # fmt: skip
    assert matched(rows, wanted) == {"a": {"contact": "示例一", "phone": "1"}, "c": {"contact": "示例三"}}

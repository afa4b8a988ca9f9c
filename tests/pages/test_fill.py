"""按模板填数 through app.py: a template comes in as an upload, is filled by a child process, and goes back."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from etl.jobs import arriving, staging
from pages.parts import uploader
from pages.parts.filling import work
from pages.parts.filling.wording import EXAMPLE
from pages.parts.filling.work import Done, fill_file, fill_job
from tests.briefing.templates import real_street, texts
from tests.pages.opening import opened


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a tiny street with known numbers, for uploads."""
    return real_street(tmp_path_factory.mktemp("filling"))


def _uploaded(street: Path, **files: bytes) -> str:
    """Bring files in as the uploader does; return the job."""
    job = staging.open_job(street, "页面")
    for name, data in files.items():
        incoming = arriving.add_file(job, f"{name}.xlsx")
        incoming.write(data)
        incoming.finish()
    return staging.change(job, state=staging.WAITING).id


def test_an_upload_is_filled_and_not_kept(street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workbook comes back under its own name; nothing of the upload is left, and nobody fills it twice."""
    monkeypatch.setattr(work, "MOST_FILES", 1)
    job = _uploaded(street, 区报表=texts("{{建会率|岗头|2018-12}}"), 多的=b"")
    done, beyond = fill_job(street, job)
    assert beyond.content is None and beyond.answer["error"]["file"] == "多的.xlsx"
    assert done.content is not None and done.out_name == "区报表（已填）.xlsx"
    assert openpyxl.load_workbook(io.BytesIO(done.content)).active["A1"].value == "96.0%"
    assert not any(path.is_file() and path.suffix == ".xlsx" for path in (street / "staging").rglob("*"))
    assert staging.jobs(street) == [] and fill_job(street, job) == () and fill_job(street, "../x") == ()


def test_a_page_shows_what_was_filled_and_what_was_wrong(
    sample_street: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list and the download of a right template; of a wrong one every place; of no template the sentence."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    monkeypatch.setattr(uploader, "uploader", lambda *_args: "20190101-000000-00000000")
    right = {"generation_no": 0, "is_sample": True, "notes": ["可能没有*保留*"], "cells": [
        {"sheet": "表", "cell": "A1", "question": "建会率", "value": 0.9604, "note": "", "generation_no": 1, "closed_on": "2019-01-08"},
    ], "not_filled": [{"sheet": "表", "where": "页眉", "text": EXAMPLE}]}  # fmt: skip
    place = {"sheet": "表", "cell": "B2", "text": "{{x}}", "message": "写法不对", "remedy": "应写成…"}
    error = {
        "code": "template",
        "message": "有1处填不出",
        "file": "乙.xlsx",
        "sheet": None,
        "row": None,
        "column": None,
        "remedy": None,
    }
    wrong = {"error": error, "problems": [place]}
    cut_off = {
        "error": {**error, "code": "truncated", "message": "文件不完整", "file": "丙.xlsx", "remedy": "请重新复制一份"}
    }
    results = (Done("甲.xlsx", b"PK", right), Done("乙.xlsx", None, wrong), Done("丙.xlsx", None, cut_off))
    monkeypatch.setattr("pages.parts.filling.work.fill_job", lambda *_args: results)
    app = opened("fill")
    filled, problems = (frame.value for frame in app.dataframe)
    assert filled.iloc[0].to_dict()["data"] == "定稿（2019年1月8日，数据版本1）" and filled.iloc[0]["value"] == "0.9604"
    assert problems.iloc[0].to_dict() == {k: place[k] for k in ("sheet", "cell", "text", "message", "remedy")}
    assert [box.value for box in app.error] == [
        "有1处填不出，没有生成文件。改好模板后重新上传。",
        r"丙.xlsx：文件不完整，请重新复制一份",
    ]
    assert r"已填1处；可能没有\*保留\*；其余内容不动。" in [box.value for box in app.success]
    assert any("重新上传模板再填" in box.value for box in app.info) and "页眉" in app.warning[0].value
    assert results[0].out_name == "甲（已填，示例数据 非真实情况）.xlsx"


def test_the_builder_writes_what_can_be_filled(
    sample_street: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the page shows for copying is a placeholder that `fill` understands."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    app = opened("fill")
    for label, value in (("指标", "受理劳资纠纷"), ("社区", "南坑"), ("期间", "累计"), ("填什么", "同比")):
        next(box for box in app.selectbox if box.label == label).select(value)
    app.run()
    assert not app.exception and app.code[0].value == "{{受理劳资纠纷|南坑|2018-12|累计|同比}}"


def test_a_crash_of_the_reader_is_a_sentence(street: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a parser does, the page says one sentence with the template's own name."""
    from etl.jobs import supervise

    stopped = [
        supervise.Outcome(-11, "", "crashed"),
        supervise.Outcome(-9, "", "memory"),
        supervise.Outcome(-9, "", "time"),
    ]
    monkeypatch.setattr(supervise, "run", lambda *_args, **_words: stopped.pop(0))
    for _case in range(3):
        done = fill_file(street, tmp_path / "x.xlsx", "区报表.xlsx")
        assert done.content is None and done.answer["error"]["file"] == "区报表.xlsx" and done.answer["error"]["remedy"]

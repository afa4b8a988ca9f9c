"""Previews made by hand, as `check --json --preview` prints them, and jobs in staging that hold them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from etl.jobs import staging
from etl.jobs.arriving import add_file
from etl.jobs.staging import Job

Preview = dict[str, Any]
SKIPPED = {"title": 1, "header": 1, "total": 1, "note": 0, "signature": 0, "blank": 0}


def sheet(**other: Any) -> Preview:
    """Return a sheet of disputes: nine rows read, five of them good."""
    usual = {
        "sheet": "12月", "ledger": "dispute", "title": "劳资纠纷台账", "mode": "event", "unit_id": "440307013012",
        "unit": "第五园社区", "as_of": None, "period_from": "2018-12-01", "period_to": "2018-12-31", "header_row": 3,
        "rows_read": 9, "accepted": 5, "rejected": 1, "duplicates": 0, "skipped": SKIPPED,
        "columns": [{"header": "编号", "column": "case_no"}], "unmapped": ["领导批示"], "mapping": None, "crs": None,
        "hidden": 0, "struck": 0, "reasons": ["表头认出9列：编号、受理时间……"], "proposals": [],
        "rejects": [{"row": 7, "cell": "C7", "column": "received_date", "code": "bad_date", "reason": "不是日期", "value": "若干"}],
        "warnings": [],
    }  # fmt: skip
    return {**usual, **other}


def quality(**other: Any) -> Preview:
    """Return a quality report with one problem."""
    problem = {
        "code": "bad_date", "title": "日期看不懂", "severity": "reject", "count": 3, "rows": 1,
        "suggestion": "请写成2018-12-31的样子",
        "examples": [
            {
                "file": "第五园.xlsx", "sheet": "12月", "row": 7, "cell": "C7", "header": "受理时间", "value": "若干",
                "reason": "受理日期“若干”不是日期", "suggestion": "请写成2018-12-31的样子",
            }
        ],
    }  # fmt: skip
    return {
        "rows": 6,
        "good": 5,
        "good_share": 5 / 6,
        "warned": 0,
        "rejected": 1,
        "files": [],
        "problems": [problem],
        **other,
    }


def difference(**other: Any) -> Preview:
    """Return what becomes of 第五园's disputes."""
    usual = {
        "ledger": "dispute", "title": "劳资纠纷台账", "mode": "event", "unit_id": "440307013012", "unit": "第五园社区",
        "as_of": None, "period_from": "2018-12-01", "period_to": "2018-12-31", "file": "第五园.xlsx", "sheet": "12月",
        "new": 5, "changed": 0, "unchanged": 0, "gone": 0, "replaces": False, "gone_share": None,
    }  # fmt: skip
    return {**usual, **other}


def indicator(**other: Any) -> Preview:
    """Return an indicator that jumps."""
    usual = {
        "metric": "disputes_received", "title": "受理劳资纠纷", "measure": "宗", "kind": "count", "month": "2018-12",
        "community_id": "440307013012", "community": "第五园", "before": None,
        "after": {"value": 5, "numerator": 5, "denominator": None}, "difference": None, "sentence": None,
    }  # fmt: skip
    return {**usual, **other}


def question(name: str, **other: Any) -> Preview:
    """Return a question about 第五园.xlsx."""
    messages = {
        "vanish": "将有222家企业从台账中消失，占98%。是否误把变动表当作全量表？",
        "replace": "第五园社区2018年12月的数据已经导入过。",
        "hidden": "有3行是隐藏的。",
        "struck": "有2行划了删除线。",
        "crs": "没有写明坐标系。",
        "mapping": "表头需要确认。",
    }
    facts = {"rows": 5, "held_in": ["第五园.xlsx"], "files": ["第五园.xlsx"]} if name == "replace" else {}
    usual = {"id": name, "file": "第五园.xlsx", "sheet": "12月", "message": messages[name], "facts": facts}
    return {**usual, "is_hard": name in ("vanish", "mapping"), **other}


def preview(sheets: list[Preview] | None = None, **other: Any) -> Preview:
    """Return the preview of one file."""
    file = {"file": "第五园.xlsx", "left_out": False, "sheets": [sheet()] if sheets is None else sheets}
    usual = {
        "files": [file], "passed_over": [], "passed_over_reasons": {}, "questions": [], "differences": [difference()],
        "quality": quality(), "indicators": [indicator()],
        "checks": [{"id": "members_above_workers", "title": "会员多于职工", "before": 3, "after": 4}],
    }  # fmt: skip
    return {**usual, **other}


def staged(street: Path, files: tuple[str, ...] = ("第五园.xlsx",)) -> Job:
    """Return a job whose files have come in."""
    job = staging.open_job(street, "台账员")
    for name in files:
        incoming = add_file(job, name)
        incoming.write(b"not read by these tests: " + name.encode())
        incoming.finish()
    return staging.change(job, state=staging.WAITING)


def ready(street: Path, found: Preview, files: tuple[str, ...] = ("第五园.xlsx",), **other: Any) -> Job:
    """Return a job that was checked, with this result."""
    job = staged(street, files)
    job.preview_file.write_text(json.dumps(found, ensure_ascii=False), "utf-8")
    return staging.change(job, state=staging.READY, **other)

"""Workbooks to try the import with: three right ones that change numbers, six wrong ones that must be refused."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from etl.sample import SEED, File, dispute_file, dispute_sheets, registers, write_file
from etl.sample.disputes import MISSING_PLACE, RISE_PLACE, YEARS, Case, all_cases, make_case
from etl.sample.enterprises import LAST, Enterprise
from etl.sample.exceptions import all_enterprises
from etl.sample.expected import dispute_numbers
from etl.sample.expected import registers as register_numbers
from etl.sample.places import COMMUNITIES, FILE_MARK, MARK
from etl.sample.sheets import Sheet

TRIAL = Path(__file__).resolve().parents[2] / "data" / "trial"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
DECEMBER, JANUARY = date(2018, 12, 1), date(2019, 1, 1)
LATE = f"right/{MISSING_PLACE}社区劳资纠纷台账2018年12月补报_{FILE_MARK}.xlsx"
CORRECTED = f"right/南坑社区企业台账2018年12月更正_{FILE_MARK}.xlsx"
NEXT_MONTH = f"right/{RISE_PLACE}社区劳资纠纷台账2019年_{FILE_MARK}.xlsx"
PASSWORD_FILE = f"wrong/有密码的企业台账2018年12月_{FILE_MARK}.xlsx"


def _late(cases: Sequence[Case], seed: int) -> File:
    own = [case for case in cases if case.community == MISSING_PLACE and case.received >= DECEMBER]
    return File(LATE, (dispute_sheets.month_sheet(own, MISSING_PLACE, DECEMBER, seed),))


def _joined(enterprise: Enterprise) -> Enterprise:
    if enterprise.community != "南坑" or enterprise.union != "preparing":
        return enterprise
    return replace(enterprise, union="federation", formed=date(2018, 12, 20), members=enterprise.workers - 1)


def _corrected(enterprises: Sequence[Enterprise], seed: int) -> File:
    after = [_joined(enterprise) for enterprise in enterprises]
    return File(CORRECTED, (registers.register_sheet(after, ["南坑"], LAST, "Sheet1", seed),))


def _next_month(enterprises: Sequence[Enterprise], seed: int) -> File:
    random = Random(f"{seed}/trial")
    there = [e for e in enterprises if e.community == RISE_PLACE and e.operates(JANUARY)]
    found = [make_case(random.choice(there), RISE_PLACE, JANUARY, random, "01") for _ in range(5)]
    cases = [
        replace(case, case_no=f"坂调〔2019〕{serial:03d}号", closed=None, outcome="open")
        for serial, case in enumerate(sorted(found, key=lambda case: case.received), 1)
    ]
    return File(NEXT_MONTH, (dispute_sheets.month_sheet(cases, RISE_PLACE, JANUARY, seed),))


def _unknown_headers() -> File:
    sheet = Sheet("菜单", None, "")
    sheet.add_title(f"职工食堂一周菜单　{MARK}", width=4)
    sheet.add_header(("星期", "菜名", "口味", "单价"))
    for day, dish in zip("一二三四五", ("番茄炒蛋", "清蒸鱼", "土豆丝", "红烧豆腐", "白切鸡"), strict=True):
        sheet.add("accepted", f"星期{day}", dish, "清淡", 8)
    return File(f"wrong/表头不在字典里的工作簿_{FILE_MARK}.xlsx", (sheet,))


def _without_as_of(enterprises: Sequence[Enterprise], seed: int) -> File:
    sheet = registers.register_sheet(enterprises, ["四季花城"], LAST, "Sheet1", seed)
    title = replace(sheet.lines[0], cells=(f"坂田街道四季花城社区企业台账　{MARK}",))
    sheet.lines[:] = [title, *sheet.lines[1:22]]
    return File(f"wrong/没有截至日期的企业台账_{FILE_MARK}.xlsx", (sheet,))


def _write_broken(out: Path, whole: Path) -> None:
    """Write the files that are no workbooks: an empty one, a picture, and one cut off in the middle."""
    (out / f"wrong/空文件_{FILE_MARK}.xlsx").write_bytes(b"")
    (out / f"wrong/其实是图片_{FILE_MARK}.xlsx").write_bytes(base64.b64decode(PNG))
    data = whole.read_bytes()
    (out / f"wrong/只下载了一半的企业台账2018年12月_{FILE_MARK}.xlsx").write_bytes(data[: len(data) * 3 // 5])


Value = float | None


def _change(file: File, metric: str, values: tuple[Value, Value], month: str, community: str | None) -> dict[str, Any]:
    where = {"metric": metric, "month": month, "community": community}
    return {"file": file.path, **where, "before": values[0], "after": values[1]}


def _dispute_changes(late: File, cases: Sequence[Case], seed: int) -> list[dict[str, Any]]:
    files = [dispute_file(list(cases), place.name, year, seed) for place in COMMUNITIES for year in YEARS]
    sheets = [sheet for file in files for sheet in file.sheets]
    before, after = dispute_numbers(sheets), dispute_numbers([*sheets, *late.sheets])
    changes = []
    for metric in ("received", "open", "mediated"):
        old, new = (sum(by["2018-12"][metric] for by in n.values() if "2018-12" in by) for n in (before, after))
        own = after[MISSING_PLACE]["2018-12"][metric]
        changes.append(_change(late, f"disputes_{metric}", (old, new), "2018-12", None))
        changes.append(_change(late, f"disputes_{metric}", (None, own), "2018-12", MISSING_PLACE))
    return changes


def _register_changes(corrected: File, enterprises: Sequence[Enterprise], seed: int) -> list[dict[str, Any]]:
    sheet = registers.register_sheet(enterprises, ["南坑"], LAST, "Sheet1", seed)
    before, after = (register_numbers(sheets)["2018-12"]["南坑"] for sheets in ([sheet], corrected.sheets))
    values = {
        "coverage_rate": tuple((n["own"] + n["covered"]) / n["enterprises"] for n in (before, after)),
        "members": (before["members"], after["members"]),
        "membership_rate_area": tuple(n["members"] / n["workers"] for n in (before, after)),
    }
    return [_change(corrected, metric, (pair[0], pair[1]), "2018-12", "南坑") for metric, pair in values.items()]


def write_trial(out: Path = TRIAL, seed: int = SEED) -> Path:
    """Write the trial files below `out`; the password-protected one is made once and only committed."""
    enterprises = all_enterprises(seed, 1)
    cases = all_cases(enterprises, seed, 1)
    late, corrected, following = _late(cases, seed), _corrected(enterprises, seed), _next_month(enterprises, seed)
    for file in (late, corrected, following, _unknown_headers(), _without_as_of(enterprises, seed)):
        write_file(out, file)
    _write_broken(out, out / corrected.path)
    received = len(following.sheets[0].accepted())
    changes = [
        *_dispute_changes(late, cases, seed), *_register_changes(corrected, enterprises, seed),
        _change(following, "disputes_received", (None, received), "2019-01", RISE_PLACE),
    ]  # fmt: skip
    lines = ",\n".join(" " + json.dumps(change, ensure_ascii=False) for change in changes)
    text = f'{{"sample": "{MARK}", "seed": {seed}, "changes": [\n{lines}\n]}}\n'
    (out / "expected.json").write_text(text, encoding="utf-8")
    return out

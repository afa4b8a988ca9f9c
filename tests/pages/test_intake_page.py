"""入库前核对 on 台账管理: what is asked, what stands in the way, what buttons do; jobs are real, previews made by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from etl import generations
from etl.instructions import Instructions
from etl.jobs import staging
from etl.jobs.staging import Job
from etl.sheets.mapping import load_mappings
from etl.street import open_street
from pages.parts import jobs
from tests.pages import previews
from tests.pages.opening import opened
from tests.pages_walk import shown

Told = list[tuple[str, Instructions]]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Note what the worker is told instead of starting it: these tests are about the page."""
    found: Told = []

    def start(verb: str, state: str, allowed: tuple[str, ...]) -> Any:
        def note(_street: Path, job: Job, instructions: Instructions, *_rest: Any) -> bool:
            if staging.claim(job, state, allowed) is None:
                return False
            found.append((verb, instructions))
            return True

        return note

    monkeypatch.setattr(jobs, "start_check", start("check", staging.CHECKING, ("waiting", "ready", "failed")))
    monkeypatch.setattr(jobs, "start_load", start("load", staging.PUBLISHING, ("ready",)))
    monkeypatch.setattr(jobs, "start_papers", start("papers", staging.CHECKING, ("ready",)))
    return found


def said(app: AppTest) -> str:
    """Return everything that the page says."""
    errors = (element.value for element in app.error)
    return "\n".join([*shown(app), *errors])


def button(app: AppTest, job: Job, name: str) -> Any:
    """Return a button of the import."""
    return app.button(key=f"intake.{job.id}.{name}")


def test_good_rows_come_first_then_problems(street: Path, told: Told) -> None:
    """The share of good rows, the problem with its example, what changes, the way in."""
    job = previews.ready(street, previews.preview())
    app = opened("ledgers")
    text = said(app)
    assert text.index("读取6行，可入库5行（83.3%）") < text.index("请写成2018-12-31的样子") < text.index("台账的变化")
    assert not button(app, job, "confirm").disabled
    app.date_input(key=f"intake.{job.id}.received_on").set_value(date(2019, 1, 5))
    button(app, job, "confirm").click().run()  # the day that was changed by the same click
    assert [(verb, instructions.received_on) for verb, instructions in told] == [("load", date(2019, 1, 5))]


def test_nothing_is_published_twice(street: Path, told: Told) -> None:
    """Two windows show the same import; the second click publishes nothing and says so."""
    job = previews.ready(street, previews.preview())
    first, second = opened("ledgers"), opened("ledgers")
    for app in (first, second):
        button(app, job, "confirm").click().run()
        assert not app.exception
    assert [verb for verb, _instructions in told] == ["load"]
    assert any("另一个窗口" in element.value for element in second.info)


def test_vanishing_rows_stop_until_ticked(street: Path, told: Told) -> None:
    """The hard stop is said in full; the tick has the effect counted first, and only then opens the way."""
    job = previews.ready(street, previews.preview(questions=[previews.question("vanish")]))
    app = opened("ledgers")
    assert "是否误把变动表当作全量表？" in said(app) and button(app, job, "confirm").disabled
    app.checkbox(key=f"intake.{job.id}.vanish.0").check().run()
    assert button(app, job, "confirm").disabled
    button(app, job, "again").click().run()
    staging.change(job, state=staging.READY)
    app.run()
    button(app, job, "confirm").click().run()
    agreed = Instructions(agreed=frozenset({"vanish:第五园.xlsx"}))
    assert told == [("check", agreed), ("load", agreed)]


def test_same_period_is_replaced_only_when_said(street: Path, told: Told) -> None:
    """Neither choice is preset; 替换 is checked anew, 追加更新 is not, as it is what was previewed."""
    job = previews.ready(street, previews.preview(questions=[previews.question("replace")]))
    app = opened("ledgers")
    assert button(app, job, "confirm").disabled
    app.radio(key=f"intake.{job.id}.replace.0").set_value("append").run()
    assert not button(app, job, "confirm").disabled
    app.radio(key=f"intake.{job.id}.replace.0").set_value("replace").run()
    assert button(app, job, "confirm").disabled
    button(app, job, "again").click().run()
    assert told == [("check", Instructions(agreed=frozenset({"replace:第五园.xlsx"})))]


def test_a_register_can_only_replace(street: Path, told: Told) -> None:
    """A full register of the same day is no addition to another."""
    difference = previews.difference(mode="register", replaces=True, as_of="2018-12-31")
    found = previews.preview(questions=[previews.question("replace")], differences=[difference])
    job = previews.ready(street, found)
    app = opened("ledgers")
    assert len(app.radio(key=f"intake.{job.id}.replace.0").options) == 1
    app.radio(key=f"intake.{job.id}.replace.0").set_value("replace").run()
    assert not button(app, job, "confirm").disabled and told == []


def test_a_recheck_asks_nothing_twice(street: Path, told: Told) -> None:
    """追加更新 stays chosen when another answer has the files read anew, in whatever session."""
    job = previews.ready(street, previews.preview(questions=[previews.question("replace"), previews.question("crs")]))
    app = opened("ledgers")
    app.radio(key=f"intake.{job.id}.replace.0").set_value("append")
    app.selectbox(key=f"intake.{job.id}.crs").set_value("bd09").run()
    button(app, job, "again").click().run()
    staging.change(job, state=staging.READY)
    later = opened("ledgers")
    assert later.radio(key=f"intake.{job.id}.replace.0").value == "append"
    assert told == [("check", Instructions(crs="bd09"))] and not button(later, job, "confirm").disabled


@pytest.mark.parametrize("kind", ["hidden", "struck"])
def test_unseen_rows_count_unless_left_out(street: Path, told: Told, kind: str) -> None:
    """They count by default; leaving them out is a new reading."""
    job = previews.ready(street, previews.preview(questions=[previews.question(kind)]))
    app = opened("ledgers")
    assert not button(app, job, "confirm").disabled
    app.radio(key=f"intake.{job.id}.{kind}").set_value("leave").run()
    button(app, job, "again").click().run()
    assert told == [("check", Instructions(leave_out=frozenset({kind})))]


def test_coordinates_are_never_guessed(street: Path, told: Told) -> None:
    """The choice is the clerk's and goes to the worker; the answer survives a closed browser."""
    job = previews.ready(street, previews.preview(questions=[previews.question("crs")]))
    app = opened("ledgers")
    app.selectbox(key=f"intake.{job.id}.crs").set_value("gcj02").run()
    button(app, job, "again").click().run()
    assert told == [("check", Instructions(crs="gcj02"))]
    staging.change(job, state=staging.READY)
    later = opened("ledgers")
    assert later.selectbox(key=f"intake.{job.id}.crs").value == "gcj02" and not button(later, job, "confirm").disabled


def locked(street: Path) -> Job:
    """Return a job whose only file needs a password."""
    job = previews.staged(street)
    message = "第五园.xlsx：文件有打开密码。"
    return staging.change(job, state=staging.FAILED, error=message, error_code="password")


def test_password_goes_to_the_worker_alone(street: Path, told: Told) -> None:
    """It is typed into a field that hides it, sent once, written nowhere, and the field is empty afterwards."""
    job = locked(street)
    app = opened("ledgers")
    field = app.text_input(key=f"intake.{job.id}.password.0")
    assert field.proto.type == field.proto.PASSWORD
    field.input("geheim-42")
    button(app, job, "unlock").click().run()
    [(verb, instructions)] = told
    assert verb == "check" and instructions.password("第五园.xlsx") == "geheim-42"
    assert not [path for path in street.rglob("*") if path.is_file() and b"geheim-42" in path.read_bytes()]
    staging.change(job, state=staging.FAILED, error="文件有打开密码。", error_code="password")
    app.run()
    assert app.text_input(key=f"intake.{job.id}.password.0").value == "" and "打不开这个文件" in said(app)


def test_password_is_forgotten_with_the_import(street: Path, told: Told) -> None:
    """Giving the import up clears it from the session."""
    job = locked(street)
    app = opened("ledgers")
    app.text_input(key=f"intake.{job.id}.password.0").input("geheim-42")
    button(app, job, "unlock").click().run()
    staging.change(job, state=staging.FAILED, error="文件有打开密码。", error_code="password")
    app.run()
    assert app.session_state["intake.passwords"][job.id] == {"第五园.xlsx": "geheim-42"}
    button(app, job, "discard.end").click().run()
    button(app, job, "discard.confirm").click().run()
    assert job.id not in app.session_state["intake.passwords"]
    assert staging.find_job(street, job.id).state == staging.DISCARDED  # type: ignore[union-attr]


def test_missing_date_is_asked_for(street: Path, told: Told) -> None:
    """A file without its date stops all; the date is told to the worker, the terminal's option is not spoken of."""
    error = {
        "code": "no_date",
        "message": "没有写明数据截至哪一天",
        "sheet": None,
        "remedy": "请用 --as-of 2018-12-31 指定",
    }
    found = previews.preview(files=[{"file": "第五园.xlsx", "left_out": False, "sheets": [], "error": error}])
    job = previews.ready(street, found)
    app = opened("ledgers")
    assert "--as-of" not in said(app) and button(app, job, "confirm").disabled
    app.date_input(key=f"intake.{job.id}.as_of").set_value(date(2018, 12, 31)).run()
    button(app, job, "again").click().run()
    assert [f"{instructions.as_of}" for _verb, instructions in told] == ["2018-12-31"]


def test_a_bad_file_can_be_left_out(street: Path, told: Told) -> None:
    """The other file is read anew without it; its original is gone."""
    bad = {"file": "坏.xlsx", "left_out": False, "sheets": [], "error": {"code": "damaged", "message": "文件已损坏"}}
    found = previews.preview()
    job = previews.ready(street, {**found, "files": [*found["files"], bad]}, ("第五园.xlsx", "坏.xlsx"))
    app = opened("ledgers")
    assert "坏.xlsx：文件已损坏。" in said(app) and button(app, job, "confirm").disabled
    button(app, job, "drop.0").click().run()
    assert [path.name for path in job.originals.iterdir()] == ["第五园.xlsx"]
    assert [verb for verb, _instructions in told] == ["check"]


def test_confirmed_headers_become_a_saved_mapping(street: Path, told: Told) -> None:
    """The proposal is preset; saving writes the street's YAML file and reads the files anew."""
    proposal = {"header": "登记时间点", "index": 3, "column": "received_date", "confidence": "medium", "why": "相近"}
    job = previews.ready(street, previews.preview([previews.sheet(proposals=[proposal])]))
    app = opened("ledgers")
    assert "把握程度：中　相近" in said(app)
    next(b for b in app.button if b.label.startswith("保存为表头对应方案")).click().run()
    assert not app.exception
    [mapping] = load_mappings(street / "mappings")
    assert mapping.columns == {"编号": "case_no", "登记时间点": "received_date"} and mapping.ignore == ("领导批示",)
    assert [verb for verb, _instructions in told] == ["check"]
    staging.change(job, state=staging.READY)
    assert "第五园" in said(opened("ledgers"))


def test_two_headers_for_one_column_are_not_saved(street: Path, told: Told) -> None:
    """The mistake is a sentence beside the button; nothing is written."""
    proposal = {"header": "文号", "index": 3, "column": "case_no", "confidence": "low", "why": "相近"}
    previews.ready(street, previews.preview([previews.sheet(proposals=[proposal])]))
    app = opened("ledgers")
    next(b for b in app.button if b.label.startswith("保存为表头对应方案")).click().run()
    assert any("请只保留一个" in element.value for element in app.error)
    assert told == [] and load_mappings(street / "mappings") == ()


def test_failed_check_says_why_and_can_be_repeated(street: Path, told: Told) -> None:
    """A worker that was stopped leaves a sentence and two buttons, no empty preview."""
    job = staging.change(
        previews.staged(street), state=staging.FAILED, error="核对超过10分钟，已停止。", error_code="time"
    )
    app = opened("ledgers")
    assert "核对超过10分钟" in said(app)
    button(app, job, "again").click().run()
    assert [verb for verb, _instructions in told] == ["check"]


def test_import_goes_on_after_the_browser_was_closed(street: Path, told: Told) -> None:
    """A new session lists what is in progress, and the address opens one of several."""
    old = previews.ready(street, previews.preview())
    new = previews.ready(street, previews.preview(), ("南坑.xlsx",))
    for job, other, file in ((old, new, "第五园.xlsx"), (new, old, "南坑.xlsx")):
        app = opened("ledgers", job=job.id)
        assert f"入库前核对　{file}" in said(app) and button(app, other, "open").label == "打开"
    button(app, old, "open").click().run()
    assert "入库前核对　第五园.xlsx" in said(app)


def test_published_import_shows_its_receipt(street: Path, told: Told) -> None:
    """The load, the new 数据版本 and a sum that adds up; the import is no longer in progress."""
    job = previews.ready(street, previews.preview())
    [load] = [entry["load"] for entry in generations.status(open_street(street))["loads"]]
    counts = {"rows_read": 9, "accepted": 5, "rejected": 1, "duplicates": 0, "skipped": previews.SKIPPED}
    job.receipt_file.write_text(json.dumps({"load": load, **counts}), "utf-8")
    staging.publish(job, load, 7)
    text = said(opened("ledgers", job=job.id))
    assert f"已入库：导入批次{load}，生成数据版本7" in text and "读取9行＝已入库5＋问题行1" in text
    generations.undo(open_street(street), load)
    assert f"导入批次{load}已撤销" in said(opened("ledgers", job=job.id))


def test_sample_street_says_that_it_takes_no_real_ledgers(street: Path) -> None:
    """One sentence, before anything is uploaded."""
    assert "只能导入示例台账" in said(opened("ledgers"))


def test_a_mapping_of_another_street_is_brought_in(street: Path, told: Told) -> None:
    """Its text is pasted; a wrong one is a sentence."""
    app = opened("ledgers")
    app.text_area(key="mappings.text").input("title: 仲裁院\nledger: dispute\ncolumns: {登记时间点: 受理日期}\n")
    next(b for b in app.button if b.label == "导入方案").click().run()
    assert [mapping.title for mapping in load_mappings(street / "mappings")] == ["仲裁院"]
    app.text_area(key="mappings.text").input("title: 错\nledger: disputes\ncolumns: {a: b}\n")
    next(b for b in app.button if b.label == "导入方案").click().run()
    assert any("没有“disputes”这种台账" in element.value for element in app.info)


def test_foreign_headers_are_told_on_screen(street: Path, told: Told) -> None:
    """A file that is no known ledger gets its kind and its columns from the clerk, and its way of writing dates."""
    headers = ["Case Number", "Start Date", "Union"]
    sheet: previews.Preview = {
        "sheet": "S",
        "ledger": None,
        "reason": "前20行中没有找到台账表头",
        "nearest": None,
        "proposals": [],
    }
    error = {"code": "not_a_ledger", "message": "没有可识别的台账", "sheet": "S", "remedy": ""}
    file = {"file": "第五园.xlsx", "left_out": False, "sheets": [{**sheet, "headers": headers}], "error": error}
    job = previews.ready(street, previews.preview(files=[file], differences=[]))
    app = opened("ledgers")
    key = f"intake.{job.id}.headers.0"
    assert "请在下面的“表头对应”中指定各列" in said(app) and button(app, job, "confirm").disabled
    app.selectbox(key=f"{key}.kind").set_value("dispute").run()
    for place, column in enumerate(("case_no", "received_date")):
        app.selectbox(key=f"{key}.dispute.{place}").set_value(column)
    app.selectbox(key=f"{key}.dates.dispute").set_value("mdy")
    next(b for b in app.button if b.label.startswith("保存为表头对应方案")).click().run()
    [mapping] = load_mappings(street / "mappings")
    assert mapping.columns == {"Case Number": "case_no", "Start Date": "received_date"}
    assert (mapping.ignore, mapping.dates) == (("Union",), "mdy") and [verb for verb, _rest in told] == ["check"]


def test_real_ledgers_are_refused_in_one_sentence(street: Path, told: Told) -> None:
    """What the load refuses is said without the terminal's option."""
    error = "a.xlsx：这不是示例台账，不能导入示例街道，请用 --street 指定另一个文件夹"
    previews.ready(street, previews.preview(), error=error, error_code="mixed")
    app = opened("ledgers")
    [shown_error] = app.error
    assert "--street" not in said(app)
    assert shown_error.value == "a.xlsx：这不是示例台账，不能导入示例街道"


def test_a_refused_load_has_to_be_read_again(street: Path, told: Told) -> None:
    """A load that asked for a password after all cannot be confirmed once more; reading it anew is offered."""
    job = previews.ready(street, previews.preview())
    staging.change(job, error="文件设有打开密码", error_code="password")
    app = opened("ledgers")
    assert "再输入一次" in said(app) and button(app, job, "confirm").disabled
    button(app, job, "again").click().run()
    assert [verb for verb, _instructions in told] == ["check"]


def test_another_import_does_not_push_aside_the_open_one(street: Path, told: Told) -> None:
    """What the watched folder brings while an import is read gets a line, with a button that opens it."""
    first = previews.ready(street, previews.preview())
    app = opened("ledgers")
    later = previews.ready(street, previews.preview())
    app.run()
    assert button(app, first, "confirm") and button(app, later, "open")

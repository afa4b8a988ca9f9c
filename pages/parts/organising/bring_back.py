"""从原台账带回联系人: joined into one export file from the original workbook, on this computer, and kept nowhere."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from typing import Any

import polars as pl
import streamlit as st

from etl.errors import AtlasError, FileError, StreetError
from etl.jobs import staging, supervise
from etl.jobs.supervise import Limits
from etl.notes import NEW, add_note
from metrics.warehouse import Warehouse
from pages.parts import answers, exports
from pages.parts.exports import Sheet, TableColumn
from pages.parts.header import date_text, month_end
from pages.parts.issuing.markup import escaped
from pages.parts.issuing.notice import user
from pages.parts.organising.view import View
from pages.parts.theme import SAMPLE_MARK
from pages.parts.uploader import uploader

LIMITS = Limits(seconds=120)
MOST_FILES, MOST_NAMED = 30, 180  # files of one upload, characters of their names on record
TAKEN_UP = "organising.taken_up"  # session: the last upload that was read; never what was in it
NOTE = "contact_exports"
PERSONAL = (
    TableColumn("contact", _("联系人")),
    TableColumn("phone", _("联系电话"), "code"),
    TableColumn("legal_person", _("法定代表人")),
)
COLUMNS = (
    TableColumn("enterprise", _("企业名称")),
    TableColumn("community", _("社区")),
    TableColumn("workers", _("职工数"), "integer", is_sum=True),
    TableColumn("route", _("组建方式")),
    TableColumn("address", _("经营地址")),
    TableColumn("reason", _("未建会原因")),
    TableColumn("planned_for", _("计划建会时间")),
)


@dataclass(frozen=True)
class Brought:
    """What the originals gave: the rows with contacts (never stored), and what became of each file."""

    frame: pl.DataFrame
    found: int
    files: tuple[dict[str, Any], ...]

    @property
    def read(self) -> tuple[str, ...]:
        """Return the names of the files that could be used."""
        return tuple(one["file"] for one in self.files if not one["error"])


def texts() -> dict[str, str]:
    """Return what the uploader says of originals."""
    return {
        "zone": _("选择企业台账原件"),
        "drop": _("把企业台账原件拖到此处，或者"),
        "choose": _("选择原件"),
        "chooseFolder": "",
        "limits": _("一次最多{files}份；只在本机读取，读完即删，不入库").format(files=MOST_FILES),
    }


def _ask(street: Path, files: list[tuple[str, str]], wanted: list[dict[str, str]]) -> dict[str, Any]:
    """Read the originals in a child with bounds; what it says comes through a pipe and touches no disk."""
    asked = json.dumps({"files": files, "wanted": wanted, "street": str(street)}, ensure_ascii=False)
    outcome = supervise.run([sys.executable, "-m", "etl.contacts"], asked, LIMITS)
    if outcome.reason or outcome.code:
        remedy = _("请逐份再试，或用 Excel 打开另存为 .xlsx")
        raise FileError(_("读取原件的程序中途停止，没有带回联系人"), remedy=remedy, code=outcome.reason or "crashed")
    found: dict[str, Any] = json.loads(outcome.stdout)
    return found


def bring_back(street: Path, job_id: str, frame: pl.DataFrame) -> Brought | None:
    """Join the contacts of an upload to the list; the upload itself is deleted, whatever happens. None where it is gone."""
    job = staging.find_job(street, job_id)
    if job is None or job.state != staging.WAITING:
        return None
    try:
        files = [(str(job.originals / file.name), file.given) for file in job.files[:MOST_FILES]]
        listed = frame.select("uscc", "enterprise").with_row_index("id").iter_rows(named=True)
        wanted = [{"id": str(row["id"]), "uscc": row["uscc"] or "", "name": row["enterprise"]} for row in listed]
        answer = _ask(street, files, wanted)
    finally:
        staging.discard(job)
    return _joined(frame, answer)


def _joined(frame: pl.DataFrame, answer: dict[str, Any]) -> Brought:
    found = answer["found"]
    rows = [
        {column.id: found.get(str(place), {}).get(column.id) for column in PERSONAL} for place in range(frame.height)
    ]
    personal = pl.DataFrame(rows, schema={column.id: pl.String for column in PERSONAL})
    return Brought(pl.concat([frame, personal], how="horizontal"), len(found), tuple(answer["files"]))


def workbook_of(warehouse: Warehouse, view: View, brought: Brought) -> tuple[bytes, str]:
    """Return the printable workbook with the contacts and its file name."""
    made = _("{time}由{who}导出").format(time=f"{datetime.now():%Y-%m-%d %H:%M}", who=user())
    sheet = Sheet(
        _("组建攻坚名单（含联系方式）"), _("家、人"), date_text(month_end(view.month)), warehouse.street,
        warehouse.generation_no, SAMPLE_MARK if warehouse.is_sample else "", made,
        internal_mark=_("内部资料　注意保存"),
    )  # fmt: skip
    return exports.workbook(brought.frame, (*COLUMNS, *PERSONAL), sheet), sheet.file_name(".xlsx")


def log_export(street: Path, view: View, brought: Brought) -> None:
    """Note who exported when, from which files, how many rows; no personal value."""
    names = "、".join(brought.read)
    if len(names) > MOST_NAMED:
        names = _("{names}…等{n}份").format(names=names[:MOST_NAMED], n=len(brought.read))
    add_note(
        street, NOTE, item=NEW, month=f"{view.month:%Y-%m}", files=names,
        listed=str(brought.frame.height), found=str(brought.found), done_by=user(),
    )  # fmt: skip


def _say_files(brought: Brought) -> None:
    for one in brought.files:
        if one["error"]:
            st.warning(escaped(AtlasError(**one["error"]).sentence()))


def _offer(view: View, brought: Brought, street: Path) -> None:
    _say_files(brought)
    if not brought.found:
        st.info(_("原件里没有找到名单上企业的联系方式，没有生成表格。"))
        return
    try:
        log_export(street, view, brought)
    except StreetError as error:  # what is not on record is not handed out
        st.error(error.sentence())
        return
    text = _("名单{n}家，找到联系方式的{found}家；已记下这次导出。").format(n=brought.frame.height, found=brought.found)
    st.success(text)
    content, name = workbook_of(view.warehouse, view, brought)
    st.download_button(
        _("下载含联系方式的名单"), content, name, key="organising.contacts", on_click="ignore", icon=":material/download:",
        type="primary",
    )  # fmt: skip
    st.caption(_("含个人信息，只供组建工作使用，请妥善保管；离开本页后需重新选择原件。"))


def show_bring_back(view: View, frame: pl.DataFrame) -> None:
    """Let the organisers take contacts from the original workbook into one export of the list shown."""
    with st.expander(_("从原台账带回联系人")):
        st.caption(
            _(
                "联系人、电话不入库，这里也不保存。选择报送时的企业台账原件，本机按信用代码（没有代码的按名称）对上名单中的企业，"
                "只写进这一次导出的表格；谁、何时、用了哪些文件、多少家，会留下记录。"
            )
        )
        if answers.say_read_only():
            return
        arrived = uploader("organising.uploader", texts())
        if not arrived or arrived == st.session_state.get(TAKEN_UP):
            return
        st.session_state[TAKEN_UP] = arrived
        street = answers.street_folder()
        try:
            with st.spinner(_("正在读取原件……")):
                brought = bring_back(street, arrived, frame)
        except AtlasError as error:
            st.error(escaped(error.sentence()))
            return
        if brought is None:
            st.warning(_("这次上传的文件已不在，请重新上传。"))
        else:
            _offer(view, brought, street)

"""表头对应 on screen: header → column of the ledger, confirmed once and used silently from then on."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import streamlit as st

from etl.errors import AtlasError
from etl.ledger import LedgerKind, ledger_kinds
from etl.sheets.mapping import Mapping, load_mappings, save_mapping
from pages.parts import answers
from pages.parts.intake import actions
from pages.parts.intake.headers import (
    HeaderLine,
    column_titles,
    header_lines,
    kind_of,
    needs_headers,
    new_mapping,
    usual_title,
    wrong_choices,
)
from pages.parts.intake.said import Said

Preview = dict[str, Any]
DATES = {"": _("年、月、日"), "mdy": _("月/日/年"), "dmy": _("日/月/年")}


def show_mapping_tables(job_id: str, preview: Preview, said: Said) -> None:
    """Show a table for every sheet whose headers wait for the clerk; open where the sheet waits for it."""
    waiting = [(file, sheet) for file in preview["files"] for sheet in file["sheets"] if needs_headers(file, sheet)]
    if not waiting:
        return
    st.markdown(_("**表头对应**"))
    st.caption(_("确认一次并保存，以后同样表头的文件自动按此读取。只有未识别的列时，不改也可以入库，这些列不导入。"))
    for place, (file, sheet) in enumerate(waiting):
        with st.expander(_title(file["file"], sheet), expanded=not sheet["ledger"]):
            _show_sheet(f"intake.{job_id}.headers.{place}", job_id, file["file"], sheet, said)


def _title(file: str, sheet: Preview) -> str:
    count = sum(1 for line in header_lines(sheet) if line.is_open)
    return _("{file}　{sheet}　{n}个表头待确认").format(file=file, sheet=sheet["sheet"], n=count)


def _show_sheet(key: str, job_id: str, file: str, sheet: Preview, said: Said) -> None:
    """Show the ledger's choice, the headers and the button that saves."""
    kinds = ledger_kinds()
    nearest = kind_of(sheet)
    kind_id = st.selectbox(
        _("这是哪种台账"), list(kinds), index=list(kinds).index(nearest) if nearest in kinds else None,
        format_func=lambda name: kinds[name].title, key=f"{key}.kind", placeholder=_("请选择台账"), width=320,
    )  # fmt: skip
    if kind_id is None:
        st.caption(_("选定台账后再对应各列；不是台账的工作表不用处理。"))
        return
    with st.form(f"{key}.form.{kind_id}", border=False):
        chosen = _choices(f"{key}.{kind_id}", kinds[kind_id], sheet)
        title = st.text_input(_("方案名称"), sheet.get("mapping") or usual_title(file, kinds[kind_id]), width=320)
        dates = _dates(f"{key}.dates.{kind_id}") if not sheet["ledger"] else None
        if st.form_submit_button(_("保存为表头对应方案，并重新核对"), type="primary"):
            _save(job_id, new_mapping(kind_id, chosen, title, said.crs, dates), chosen, sheet.get("mapping"), said)


def _choices(key: str, kind: LedgerKind, sheet: Preview) -> dict[str, str]:
    """Show a choice per header, those that the program is sure of folded; return header → column."""
    lines = header_lines(sheet)
    chosen = {}
    for place, line in enumerate(lines):
        if line.is_open:
            chosen[line.header] = _choice(f"{key}.{place}", kind, line)
    sure = [(place, line) for place, line in enumerate(lines) if not line.is_open]
    if sure:
        with st.expander(_("已认出的{n}列（可以修改）").format(n=len(sure))):
            chosen |= {line.header: _choice(f"{key}.{place}", kind, line) for place, line in sure}
    st.caption(_("＊为这种台账必需的列。"))
    return chosen


def _choice(key: str, kind: LedgerKind, line: HeaderLine) -> str:
    """Show one header, the column it stands for and how sure the program is."""
    titles = column_titles(kind)
    choices = list(titles)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen: str = st.selectbox(
            line.header, choices, index=choices.index(line.column) if line.column in choices else 0,
            format_func=titles.__getitem__, key=key, width=260, placeholder=_("请选择"),
        )  # fmt: skip
        if line.note:
            st.caption(line.note, width="stretch")
    return chosen


def _dates(key: str) -> str | None:
    """Ask how a foreign file writes 3/4/2020; None where its dates can be told without."""
    chosen = st.selectbox(
        _("日期写法"), list(DATES), format_func=DATES.__getitem__, key=key, width=320,
        help=_("只对“3/4/2020”这样分不清月和日的写法起作用。"),
    )  # fmt: skip
    return chosen or None


def _save(job_id: str, made: Mapping, chosen: dict[str, str], used: str | None, said: Said) -> None:
    """Save the choices as a mapping and read the files anew; what is wrong with them is said at once."""
    folder = answers.street_folder() / "mappings"
    wrong = wrong_choices(made.ledger, chosen, made.title)
    try:
        if not wrong and made.title != used and made.title in {other.title for other in load_mappings(folder)}:
            wrong = _("已有名为“{title}”的方案，请换一个名称。").format(title=made.title)
        if not wrong:
            save_mapping(folder, made)
    except AtlasError as error:
        wrong = error.sentence()
    if wrong:
        st.error(wrong)
        return
    actions.check_again(job_id, said)
    st.rerun()

"""The street's saved 表头对应方案: look, take along, bring in from another street, delete."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import streamlit as st
import yaml

from etl.errors import AtlasError, LedgerError
from etl.jobs.disk import disk_errors
from etl.ledger import ledger_kinds
from etl.sheets.mapping import Mapping, export_mapping, parse_mapping, read_mapping, save_mapping
from pages.parts import answers
from pages.parts.intake.actions import tell
from pages.parts.intake.wording import names

LONGEST = 200_000  # characters of a mapping that is pasted in


def _folder() -> Path:
    return answers.street_folder() / "mappings"


def _found() -> list[tuple[Path, Mapping | str]]:
    """Return each saved mapping, or the sentence why its file cannot be used."""
    found: list[tuple[Path, Mapping | str]] = []
    for path in sorted(_folder().glob("*.yml")):
        try:
            found.append((path, read_mapping(path)))
        except AtlasError as error:
            found.append((path, error.sentence()))
    return found


def _delete(path: Path) -> None:
    """Delete a mapping; one that another window has deleted is gone already."""
    try:
        with disk_errors():
            path.unlink(missing_ok=True)
        tell(_("已删除表头对应方案“{title}”，已入库的数据不受影响。").format(title=path.stem))
    except AtlasError as error:
        tell(error.sentence())


@st.dialog(_("删除表头对应方案"))
def _ask_delete(path: Path) -> None:
    st.markdown(_("删除“{title}”后，下次导入同样表头的文件需要重新确认。").format(title=path.stem))
    if st.button(_("确认删除"), type="primary", key="mappings.delete.confirm", on_click=_delete, args=(path,)):
        st.rerun()


def _show(place: int, path: Path, mapping: Mapping | str) -> None:
    """Show one mapping: what it is for, and what can be done with it."""
    if isinstance(mapping, str):
        st.warning(mapping)
    else:
        kind = ledger_kinds()[mapping.ledger]
        columns = [f"{header}→{kind.columns[column].title}" for header, column in mapping.columns.items()]
        st.markdown(f"**{mapping.title}**　{kind.title}　{names(columns, 8)}")
    with st.container(horizontal=True):
        if not isinstance(mapping, str):
            st.download_button(
                _("下载方案（YAML）"), export_mapping(mapping), path.name, "application/yaml", on_click="ignore",
                key=f"mappings.download.{place}",
            )  # fmt: skip
        if st.button(_("删除"), key=f"mappings.delete.{place}"):
            _ask_delete(path)


def _bring_in(text: str) -> str:
    """Save a mapping that was pasted in; return what to tell."""
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError:
        return _("方案内容无法读取，请完整复制方案文件中的文字。")
    try:
        mapping = parse_mapping(said, _("粘贴的方案"))
        if any(path.stem == mapping.title for path in _folder().glob("*.yml")):
            raise LedgerError(_("已有名为“{title}”的方案").format(title=mapping.title), remedy=_("请先删除原方案"))
        save_mapping(_folder(), mapping)
    except AtlasError as error:
        return error.sentence()
    return _("已导入表头对应方案“{title}”，下次导入时自动使用。").format(title=mapping.title)


def _show_bring_in() -> None:
    with st.form("mappings.bring_in", border=False, clear_on_submit=True):
        text = st.text_area(
            _("导入其他街道的方案：用记事本打开方案文件，把全部文字粘贴到这里"), max_chars=LONGEST, height=120,
            key="mappings.text",
        )  # fmt: skip
        if st.form_submit_button(_("导入方案")) and text.strip():
            tell(_bring_in(text))
            st.rerun()


def show_mappings() -> None:
    """Show the saved mappings, folded."""
    found = _found()
    with st.expander(_("表头对应方案　{n}个").format(n=len(found))):
        if not found:
            st.caption(_("还没有保存的方案。核对时确认表头并保存后，方案列在这里。"))
        for place, (path, mapping) in enumerate(found):
            _show(place, path, mapping)
        _show_bring_in()

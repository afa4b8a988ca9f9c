"""The list of versions, each with what made it, and the way to open any page as of one of them."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from typing import Literal

import polars as pl
import streamlit as st

from metrics.versions import Version
from metrics.versions.words import said_since, time_text
from pages import PAGES
from pages.parts import answers
from pages.parts.tables import TableColumn, show_table
from pages.parts.versions.shown import VERSION

COLUMNS = (
    TableColumn("number", _("数据版本"), "integer", width=80),
    TableColumn("built_at", _("生成时间"), width=140),
    TableColumn("reason", _("与上一版本的不同"), width="large"),
    TableColumn("loads", _("导入批次数"), "integer", width=90),
    TableColumn("id", _("标识"), width=120),
    TableColumn("program", _("程序"), width=130),
)
ROWS_IN_SIGHT = 6
NO_VERSION = {"trace", "versions"}  # pages that are about versions, or need more in their address than one


def reason_of(street: Path, version: Version, before: Version | None) -> str:
    """Return in few words what made a version."""
    if version.is_damaged:
        return _("文件已损坏或打不开")
    if before is None:
        return _("最早的一个版本")
    if before.is_damaged:
        return _("上一版本打不开，无法比较")
    had, has = ({load.load_id for load in one.loads} for one in (before, version))
    told = [
        _("导入批次{load}（{who}）").format(load=one.load_id, who=one.who)
        for one in version.loads
        if one.load_id not in had
    ]
    told += [_("撤销批次{load}").format(load=one.load_id) for one in before.loads if one.load_id not in has]
    told += said_since(street, before, version)
    if version.program_version != before.program_version:
        told.append(_("程序升级"))
    return "；".join(told) or _("导入批次、更正、核对、设置和程序都相同")


def show_list(found: tuple[Version, ...]) -> None:
    """Show every version, newest first."""
    street = answers.street_folder()
    pairs = zip(found, (*found[1:], None), strict=True)
    rows = [
        {
            "number": version.number, "built_at": time_text(version.built_at), "reason": reason_of(street, version, before),
            "loads": None if version.is_damaged else len(version.loads), "id": version.id,
            "program": version.program_version,
        }
        for version, before in pairs
    ]  # fmt: skip
    schema = {column.id: pl.Int64 if column.kind == "integer" else pl.String for column in COLUMNS}
    height: int | Literal["content"] = "content" if len(rows) <= ROWS_IN_SIGHT else 30 * (ROWS_IN_SIGHT + 1) + 6
    show_table(pl.DataFrame(rows, schema=schema), COLUMNS, key="versions.list", height=height)


def show_openings(number: int) -> None:
    """Offer every page as of a version."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="versions.open"):
        st.markdown(_("按数据版本{n}打开：").format(n=number), width="content")
        for entry in PAGES:
            if entry.url_path not in NO_VERSION:
                st.page_link(entry.file, label=entry.title, query_params={VERSION: str(number)})

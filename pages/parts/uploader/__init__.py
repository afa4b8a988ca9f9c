"""Our own way to choose files: Chinese, many at once, folders too, with progress; bytes go to /intake, not to Python."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from gettext import gettext as _
from pathlib import Path
from typing import Any

import streamlit as st

from etl.jobs import arriving
from pages.parts.tokens import session_token

HERE = Path(__file__).parent
MEGABYTE = 2**20


def texts() -> dict[str, str]:
    """Return every text of the uploader; {…} are filled in by the browser."""
    return {
        "zone": _("上传台账文件"),
        "drop": _("把文件或文件夹拖到此处，或者"),
        "choose": _("选择文件"),
        "chooseFolder": _("选择文件夹"),
        "limits": _("可一次选多个文件，也可以是 zip 压缩包；每个不超过{file}MB，一批不超过{files}个、{job}GB").format(
            file=arriving.FILE_BYTES // MEGABYTE, files=arriving.JOB_FILES, job=arriving.JOB_BYTES // 2**30
        ),
        "release": _("松开鼠标，开始上传"),
        "uploading": _("正在上传 {n}/{all}"),
        "uploaded": _("已上传"),
        "waiting": _("等待上传"),
        "finished": _("已上传{n}个文件"),
        "partly": _("已上传{n}个文件，{bad}个没有上传，原因见下"),
        "none": _("没有上传任何文件，原因见下"),
        "nothing": _("没有可上传的文件"),
        "skipped": _("已跳过Excel等程序的临时文件{n}个"),
        "cancel": _("取消"),
        "cancelled": _("已取消，没有保留任何文件"),
        "retry": _("继续上传"),
        "broken": _("连接中断。请确认看板仍在运行，再点“继续上传”"),
        "tooLarge": _("超过{file}MB，没有上传，请拆分").format(file=arriving.FILE_BYTES // MEGABYTE),
        "tooMany": _("一批不超过{files}个、{job}GB，请分几批").format(
            files=arriving.JOB_FILES, job=arriving.JOB_BYTES // 2**30
        ),
        "unreadable": _("文件读不出来，可能正被其他程序占用或已移走"),
        "failed": _("没有上传成功"),
        "busy": _("请等这一批上传完，再选其他文件"),
    }


@lru_cache(maxsize=1)
def _component() -> Any:
    html, css, js = (
        HERE.joinpath(name).read_text("utf-8") for name in ("uploader.html", "uploader.css", "uploader.js")
    )
    return st.components.v2.component("union_atlas_uploader", html=html, css=css, js=js)


def uploader(key: str, said: Mapping[str, str] | None = None) -> str | None:
    """Show the uploader; return the id of the job whose files have just arrived, once, else None.

    `said` goes before the usual texts; a button whose text is "" is not shown.
    """
    data = {
        "texts": texts() | dict(said or {}),
        "token": session_token(),
        "fileBytes": arriving.FILE_BYTES,
        "jobBytes": arriving.JOB_BYTES,
        "jobFiles": arriving.JOB_FILES,
    }
    result = _component()(key=key, data=data, on_done_change=lambda: None)
    done = result.get("done")  # missing outside a browser session
    return str(done["job"]) if done else None

"""The questions of one import: what the program cannot decide alone, each with its answer beside it."""

from __future__ import annotations

from datetime import date
from gettext import gettext as _
from typing import Any

import streamlit as st

from pages.parts.intake.passwords import ask_passwords, has_new_password, passwords
from pages.parts.intake.said import NO_DATE, PASSWORD, Said, errors_of
from pages.parts.intake.wording import CRS, error_text, names

Preview = dict[str, Any]
COUNT, LEAVE = "count", "leave"
REPLACE, APPEND = "replace", "append"
MOST_ALONE, MOST_SAID = 3, 4  # more files than this are asked about together; more sentences than this are counted
UNSEEN = {"hidden": _("隐藏的行"), "struck": _("划线删除的行")}


def _ask_date(job_id: str, files: list[str], before: str | None) -> str | None:
    """Ask for the day or month that files do not state; it goes for every file of this import."""
    st.markdown(_("**{files}没有写明数据截至哪一天（哪个月）。**").format(files=names(files)))
    chosen = st.date_input(
        _("数据截至（月报填当月最后一天）"), value=date.fromisoformat(before) if before else None,
        format="YYYY-MM-DD", key=f"intake.{job_id}.as_of", max_value=date.today(),
        width=320,
    )  # fmt: skip
    st.caption(_("这个日期用于本次导入的全部文件；各文件日期不同时，请分几次导入。"))
    return f"{chosen}" if chosen else None


def _ask_crs(job_id: str, messages: list[str], before: str | None) -> str | None:
    """Ask which coordinates files hold that do not say so."""
    for message in messages:
        st.markdown(f"**{message}**")
    chosen: str | None = st.selectbox(
        _("坐标系"), list(CRS), index=list(CRS).index(before) if before else None, format_func=CRS.__getitem__,
        key=f"intake.{job_id}.crs", placeholder=_("按WGS84计"), width=320,
        help=_("不清楚时请问提供文件的人；选错会使位置偏移几百米。"),
    )  # fmt: skip
    return chosen


def _ask_unseen(job_id: str, kind: str, messages: list[str], before: list[str]) -> bool:
    """Ask whether hidden or struck rows count; return True where they are left out."""
    for message in messages or [_("{rows}没有计入。").format(rows=UNSEEN[kind])]:
        st.markdown(message)
    titles = {COUNT: _("计入"), LEAVE: _("不计入")}
    chosen = st.radio(
        _("{rows}是否计入").format(rows=UNSEEN[kind]), list(titles), format_func=titles.__getitem__,
        index=int(kind in before), horizontal=True, key=f"intake.{job_id}.{kind}",
        label_visibility="collapsed",
    )  # fmt: skip
    return chosen == LEAVE


def _ask_vanish(job_id: str, file: str, questions: list[Preview], place: int, is_agreed: bool) -> bool:
    """Stop hard where many rows would vanish: the clerk has to say that the file is a full register."""
    for question in questions:
        st.error(f"{file}　{question['message']}")
    label = _("已核对：这是完整的全量名册，消失的行确实不再存在")
    return st.checkbox(label, value=is_agreed, key=f"intake.{job_id}.vanish.{place}")


def _ask_replace(job_id: str, files: list[str], questions: list[Preview], place: int, before: str | None) -> str | None:
    """Ask what becomes of what is there for the same unit and period; REPLACE, APPEND or None (not answered)."""
    st.markdown(f"**{names(files)}**  \n{_messages_text(questions)}")
    titles = {REPLACE: _("替换（原来的数据留在记录中，可以撤销）")}
    if any(question["facts"].get("can_append") for question in questions):
        titles[APPEND] = _("追加更新（按编号增补、更新，原来的行保留）")
    chosen: str | None = st.radio(
        _("怎样处理"), list(titles), format_func=titles.__getitem__, index=list(titles).index(before) if before in titles else None,
        key=f"intake.{job_id}.replace.{place}", label_visibility="collapsed",
    )  # fmt: skip
    return chosen


def _messages_text(questions: list[Preview]) -> str:
    said = list(dict.fromkeys(question["message"] for question in questions))
    more = _("（另有{n}处相同情况）").format(n=len(said) - MOST_SAID) if len(said) > MOST_SAID else ""
    return "；".join(said[:MOST_SAID]) + more


def _by_file(questions: list[Preview]) -> dict[str, list[Preview]]:
    found: dict[str, list[Preview]] = {}
    for question in questions:
        found.setdefault(question["file"], []).append(question)
    return found


def _asked_together(questions: list[Preview]) -> list[tuple[list[str], list[Preview]]]:
    """Return (files, their questions): file by file, or all at once where they are many."""
    by_file = _by_file(questions)
    if len(by_file) > MOST_ALONE:
        return [(list(by_file), questions)]
    return [([file], mine) for file, mine in by_file.items()]


def _ask_alone(job_id: str, preview: Preview, before: Preview) -> tuple[set[str], set[str]]:
    """Ask what is answered file by file; return the ids answered with yes, and those answered at all."""
    asked = {kind: [q for q in preview["questions"] if q["id"] == kind] for kind in ("vanish", "replace")}
    agreed = {
        f"vanish:{file}"
        for place, (file, mine) in enumerate(_by_file(asked["vanish"]).items())
        if _ask_vanish(job_id, file, mine, place, f"vanish:{file}" in before.get("agreed", ()))
    }
    answered = set(agreed)
    for place, (files, mine) in enumerate(_asked_together([_with_choice(q, preview) for q in asked["replace"]])):
        keys = {f"replace:{file}" for file in files}
        chosen = _ask_replace(job_id, files, mine, place, _chosen_before(keys, mine, before))
        answered |= keys if chosen else set()
        can_append = {f"replace:{q['file']}" for q in mine if q["facts"].get("can_append")}
        agreed |= can_append if chosen == REPLACE else set()
    return agreed, answered


def _chosen_before(keys: set[str], questions: list[Preview], before: Preview) -> str | None:
    """Return what was chosen when the files were last read: a recheck asks nothing twice."""
    if not keys <= set(before.get("answered", ())):
        return None
    can_append = any(question["facts"]["can_append"] for question in questions)
    return APPEND if can_append and not keys & set(before.get("agreed", ())) else REPLACE


def _with_choice(question: Preview, preview: Preview) -> Preview:
    """Return the question with whether the rows may be added to what is there: only an event ledger's may."""
    place = (question["file"], question["sheet"])
    mine = [found for found in preview["differences"] if (found["file"], found["sheet"]) == place]
    can_append = any(found["mode"] == "event" for found in mine) and bool(question["facts"].get("held_in"))
    return {**question, "facts": {**question["facts"], "can_append": can_append}}


def _files_with(preview: Preview, code: str) -> list[str]:
    named = [file for file, error in errors_of(preview) if error["code"] == code]
    asked = [question["file"] for question in preview["questions"] if question["id"] == code]
    return list(dict.fromkeys([*named, *asked]))


def _messages(preview: Preview, kind: str) -> list[str]:
    asked = [
        f"{question['file']}　{question['message']}" for question in preview["questions"] if question["id"] == kind
    ]
    return list(dict.fromkeys(asked))


def has_questions(preview: Preview, before: Preview) -> bool:
    """Return whether there is anything to ask or an earlier answer to change."""
    return bool(
        preview["questions"]
        or errors_of(preview)
        or before.get("as_of")
        or before.get("crs")
        or before.get("leave_out")
    )


def ask(job_id: str, preview: Preview, before: Preview) -> Said:
    """Show the open questions and return the answers; `before` are those of the last check."""
    if locked := _files_with(preview, PASSWORD):
        ask_passwords(job_id, locked)
    undated = _files_with(preview, NO_DATE)
    as_of = _ask_date(job_id, undated, before.get("as_of")) if undated or before.get("as_of") else None
    agreed, answered = _ask_alone(job_id, preview, before)
    said = {kind: _messages(preview, kind) for kind in ("crs", *UNSEEN)}
    crs = before.get("crs")
    if said["crs"] or crs:
        crs = _ask_crs(job_id, said["crs"], crs)
    left = list(before.get("leave_out", ()))
    out = {kind for kind in UNSEEN if (said[kind] or kind in left) and _ask_unseen(job_id, kind, said[kind], left)}
    return Said(
        as_of, crs, frozenset(out), frozenset(agreed), frozenset(answered), dict(passwords(job_id)),
        has_new_password(job_id),
    )  # fmt: skip


def show_errors(preview: Preview) -> None:
    """Say of each file that cannot be taken why not and what to do."""
    uncertain = {question["file"]: question for question in preview["questions"] if question["id"] == "mapping"}
    has_headers = {file["file"] for file in preview["files"] if any(sheet.get("headers") for sheet in file["sheets"])}
    for file, error in errors_of(preview):
        if file in uncertain:
            said = _("{file}　{message}，请在下面的“表头对应”中确认并保存。")
            st.warning(said.format(file=file, message=uncertain[file]["message"]))
        elif error["code"] not in (PASSWORD, NO_DATE):
            can_say = error["code"] == "not_a_ledger" and file in has_headers
            hint = _("如果确是台账，请在下面的“表头对应”中指定各列。") if can_say else ""
            st.error(f"{file}：{error_text(error)}{hint}")

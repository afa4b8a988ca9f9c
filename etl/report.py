"""What intake found, as the terminal says it: JSON for programs, a few lines for people."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

from etl.intake import FileIntake, Intake, LoadResult, file_entries, kind_titles
from etl.loads import FATES, SKIPPED

SHEET_KEYS = ("sheet", "ledger", "header_row", *FATES, "skipped", "columns", "unmapped")
BAD_KEYS = ("row", "cell", "column", "code", "reason", "value")
SHOWN = 20


def _bad_cells(intake: Intake) -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for bad in intake.bad.iter_rows(named=True):
        found.setdefault((bad["file"], bad["sheet"]), []).append(bad)
    return found


def _sheet_json(sheet: dict[str, Any], bad: list[dict[str, Any]]) -> dict[str, Any]:
    if sheet["ledger"] is None:
        return {"sheet": sheet["sheet"], "ledger": None, "reason": sheet["reason"]}
    cells = {
        name: [{key: cell[key] for key in BAD_KEYS} for cell in bad if cell["severity"] == severity]
        for name, severity in (("rejects", "reject"), ("warnings", "warning"))
    }
    return {**{key: sheet[key] for key in SHEET_KEYS}, **cells}


def _file_json(
    file: FileIntake, entry: dict[str, Any], bad: dict[tuple[str, str], list[dict[str, Any]]]
) -> dict[str, Any]:
    unread = [{"sheet": s.sheet, "ledger": None, "reason": s.reason} for s in file.sheets if hasattr(s, "reason")]
    sheets = unread if file.error else [_sheet_json(s, bad.get((file.name, s["sheet"]), [])) for s in entry["sheets"]]
    answer: dict[str, Any] = {"file": file.name, "left_out": file.left_out, "sheets": sheets}
    if file.error:
        answer["error"] = file.error.as_dict()
    return answer


def check_json(intake: Intake) -> dict[str, Any]:
    """Return the check's answer; raises the file's own error where no file could be read at all."""
    bad = _bad_cells(intake)
    pairs = zip(intake.files, file_entries(intake), strict=True)
    files = [_file_json(file, entry, bad) for file, entry in pairs]
    errors = [file.error for file in intake.files if file.error]
    if errors and len(errors) == len(files) and not any(file["sheets"] for file in files):
        raise errors[0]
    return {"files": files, "passed_over": intake.passed_over}


def _counts_text(counts: dict[str, Any]) -> str:
    skipped = sum(counts["skipped"][name] for name in SKIPPED)
    return _(
        "读取{read}行：已入库{ok}，未通过校验{bad}，重复{double}，已略过（标题、表头、合计、备注、落款、空行）{skipped}"
    ).format(
        read=counts["rows_read"],
        ok=counts["accepted"],
        bad=counts["rejected"],
        double=counts["duplicates"],
        skipped=skipped,
    )


def _sheet_text(sheet: dict[str, Any]) -> list[str]:
    if sheet["ledger"] is None:
        return [_("  {sheet}：不是台账（{reason}）").format(**sheet)]
    lines = [_("  {sheet}：{title}，").format(sheet=sheet["sheet"], title=kind_titles()[sheet["ledger"]])
             + _counts_text(sheet)]  # fmt: skip
    if sheet["unmapped"]:
        lines.append(_("    未识别的列：{names}").format(names="、".join(sheet["unmapped"])))
    cells = [*sheet["rejects"], *sheet["warnings"]]
    lines += [f"    {cell['cell'] or cell['row']}　{cell['reason']}" for cell in cells[:SHOWN]]
    if len(cells) > SHOWN:
        lines.append(_("    ……另有{n}处，用 --json 查看全部").format(n=len(cells) - SHOWN))
    return lines


def check_text(answer: dict[str, Any]) -> str:
    """Return the check's answer for people."""
    lines = []
    for file in answer["files"]:
        note = _("（已在有效批次中，不再导入）") if file["left_out"] else ""
        lines.append(file["file"] + note)
        if "error" in file:
            lines.append(f"  {file['error']['message']}。{file['error']['remedy'] or ''}")
        for sheet in file["sheets"]:
            lines += _sheet_text(sheet)
    if answer["passed_over"]:
        lines.append(_("未读取的文件：{names}").format(names="、".join(answer["passed_over"])))
    return "\n".join(lines)


def load_json(result: LoadResult) -> dict[str, Any]:
    """Return the receipt as the terminal gives it."""
    receipt, generation = result.receipt, result.generation
    files = [
        {"file": f["file"], "ledgers": sorted({s["ledger"] for s in f["sheets"] if s["ledger"]}), "left_out": f["left_out"]}
        for f in receipt["files"]
    ]  # fmt: skip
    return {
        "load": None if result.stopped_by else receipt["load"],
        "generation": generation.id if generation else None,
        "generation_no": generation.number if generation else None,
        "files": files,
        "passed_over": receipt["passed_over"],
        "renewed": result.is_renewed,
        **{key: receipt[key] for key in (*FATES, "skipped")},
        "stopped_by": list(result.stopped_by),
    }


def load_text(answer: dict[str, Any]) -> str:
    """Return the receipt for people."""
    if answer["stopped_by"]:
        return _("有待核对事项，未发布：{names}").format(names="；".join(answer["stopped_by"]))
    lines = [_("{file}：内容与已导入的文件相同，未再导入").format(**f) for f in answer["files"] if f["left_out"]]
    if answer["renewed"]:
        message = _("没有新的台账；街道设置或程序有变，已重新发布数据版本{generation_no}（{generation}）")
        return "\n".join([*lines, message.format(**answer)])
    if answer["load"] is None:
        return "\n".join([*lines, _("没有新的内容，数据版本不变（数据版本{generation_no}）").format(**answer)])
    if answer["passed_over"]:
        lines.append(_("未读取的文件：{names}").format(names="、".join(answer["passed_over"])))
    lines.append(_("导入批次 {load}").format(**answer))
    lines.append(_counts_text(answer))
    lines.append(_("已发布数据版本{generation_no}（{generation}）").format(**answer))
    return "\n".join(lines)


def status_text(answer: dict[str, Any]) -> str:
    """Return the street's state for people."""
    if answer["generation"] is None:
        return _("{street}：还没有导入台账").format(**answer)
    lines = [_("{street}　数据版本{generation_no}（{generation}）").format(**answer)]
    for entry in answer["loads"]:
        state = _("有效") if entry["active"] else _("已撤销")
        line = _("导入批次 {load}　{state}　{loaded_at}　{n}个文件　").format(
            state=state, n=len(entry["files"]), **entry
        )
        lines.append(line + _counts_text(entry))
    lines += [_("待核对　{title}：{found}处").format(**check) for check in answer["checks"]]
    return "\n".join(lines)


def undo_text(answer: dict[str, Any]) -> str:
    """Return what an undo did for people."""
    return _("已撤销导入批次 {load}，数据恢复到导入前，现为数据版本{generation_no}（{generation}）").format(**answer)

"""What intake found, as the terminal says it: JSON for programs, a few lines for people."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

from etl.intake import LoadResult, file_entries, kind_titles
from etl.intake_files import FileIntake, Intake
from etl.ledger import ledger_kinds
from etl.mending.quality import quality_report, quality_text
from etl.recognise import NotALedger, Sheet
from etl.record.loads import FATES, SKIPPED
from etl.record.receipt import ROUNDED, rounded_text

SAYS = ("mode", "unit_id", "unit", "as_of", "period_from", "period_to")
FOUND = ("mapping", "crs", "hidden", "struck", "reasons")
SHEET_KEYS = ("sheet", "ledger", *SAYS, "header_row", *FATES, "skipped", "columns", "unmapped", *FOUND)
BAD_KEYS = ("row", "cell", "column", "code", "reason", "value", "suggestion")
SHOWN = 20


def _bad_cells(intake: Intake) -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for bad in intake.bad.iter_rows(named=True):
        found.setdefault((bad["file"], bad["sheet"]), []).append(bad)
    return found


def _proposals(sheet: Sheet | NotALedger) -> list[dict[str, Any]]:
    ledger = sheet.ledger.id if isinstance(sheet, Sheet) else sheet.ledger
    columns = ledger_kinds()[ledger].columns if ledger else {}
    said = [vars(proposal) for proposal in sheet.proposals]
    return [{**one, "column_title": columns[one["column"]].title} for one in said]


def _not_a_ledger(sheet: NotALedger) -> dict[str, Any]:
    """Return why a sheet is none, and what it would be if its proposals are right."""
    facts = {"reason": sheet.reason, "nearest": sheet.ledger, "proposals": _proposals(sheet)}
    return {
        "sheet": sheet.sheet,
        "ledger": None,
        **facts,
        "header_row": sheet.header_row,
        "headers": list(sheet.headers),
    }


def _sheet_json(found: Sheet | NotALedger, sheet: dict[str, Any], bad: list[dict[str, Any]]) -> dict[str, Any]:
    if isinstance(found, NotALedger):
        return _not_a_ledger(found)
    cells = {
        name: [{key: cell[key] for key in BAD_KEYS} for cell in bad if cell["severity"] == severity]
        for name, severity in (("rejects", "reject"), ("warnings", "warning"))
    }
    facts = {key: sheet[key] for key in (*SHEET_KEYS, ROUNDED) if key in sheet}
    return {**facts, "proposals": _proposals(found), **cells}


def _file_json(
    file: FileIntake, entry: dict[str, Any], bad: dict[tuple[str, str], list[dict[str, Any]]]
) -> dict[str, Any]:
    if file.error:
        sheets = [_not_a_ledger(sheet) for sheet in file.sheets if isinstance(sheet, NotALedger)]
    else:
        pairs = zip(file.sheets, entry["sheets"], strict=True)
        sheets = [_sheet_json(found, sheet, bad.get((file.name, sheet["sheet"]), [])) for found, sheet in pairs]
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
    return {
        "files": files,
        "passed_over": intake.passed_over,
        "passed_over_reasons": intake.passed_over_reasons,
        "questions": [question.as_dict() for question in intake.questions],
        "differences": intake.differences,
        "quality": quality_report(intake),
    }


def _counts_text(counts: dict[str, Any], is_kept: bool = True) -> str:
    skipped = sum(counts["skipped"][name] for name in SKIPPED)
    return _(
        "读取{read}行：{kept}{ok}，未通过校验{bad}，重复{double}，已略过（标题、表头、合计、备注、落款、空行）{skipped}"
    ).format(
        kept=_("已入库") if is_kept else _("可入库"),
        read=counts["rows_read"],
        ok=counts["accepted"],
        bad=counts["rejected"],
        double=counts["duplicates"],
        skipped=skipped,
    ) + rounded_text(counts)


CONFIDENCE = {"high": "高", "medium": "中", "low": "低"}


def _proposals_text(sheet: dict[str, Any]) -> list[str]:
    text = _("    “{header}”可能是“{column_title}”（把握程度{level}：{why}），待确认")
    return [text.format(level=CONFIDENCE[one["confidence"]], **one) for one in sheet["proposals"]]


def _sheet_text(sheet: dict[str, Any]) -> list[str]:
    if sheet["ledger"] is None:
        return [_("  {sheet}：不是台账（{reason}）").format(**sheet), *_proposals_text(sheet)]
    lines = [_("  {sheet}：{title}，").format(sheet=sheet["sheet"], title=kind_titles()[sheet["ledger"]])
             + _counts_text(sheet, is_kept=False)]  # fmt: skip
    if sheet["unmapped"]:
        lines.append(_("    未识别的列：{names}").format(names="、".join(sheet["unmapped"])))
    lines += _proposals_text(sheet)
    cells = [*sheet["rejects"], *sheet["warnings"]]
    lines += [f"    {cell['cell'] or cell['row']}　{cell['reason']}" for cell in cells[:SHOWN]]
    if len(cells) > SHOWN:
        lines.append(_("    ……另有{n}处，用 --json 查看全部").format(n=len(cells) - SHOWN))
    return lines


def check_text(answer: dict[str, Any]) -> str:
    """Return the check's answer for people: the share of good rows and the problems by reason, then file by file."""
    lines = quality_text(answer["quality"], with_examples=False)
    for file in answer["files"]:
        note = _("（已在有效批次中，不再导入）") if file["left_out"] else ""
        lines.append(file["file"] + note)
        if "error" in file:
            lines.append(f"  {file['error']['message']}。{file['error']['remedy'] or ''}")
        for sheet in file["sheets"]:
            lines += _sheet_text(sheet)
    if answer["passed_over"]:
        lines.append(_("未读取的文件：{names}").format(names="、".join(answer["passed_over"])))
    lines += [_difference_text(one) for one in answer["differences"]]
    lines += [_("请核对　{file}：{message}").format(**question) for question in answer["questions"]]
    lines += [sentence for one in answer.get("indicators", []) if (sentence := one["sentence"])]
    return "\n".join(lines)


def _difference_text(one: dict[str, Any]) -> str:
    when = one["as_of"] or _("{period_from}至{period_to}").format(**one)
    text = _("变化　{unit}{title}（{when}）：新增{new}，变更{changed}，不变{unchanged}，消失{gone}")
    return text.format(when=when, **one)


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
        "received_on": receipt.get("received_on"),
        "files": files,
        "passed_over": receipt["passed_over"],
        "renewed": result.is_renewed,
        **{key: receipt[key] for key in (*FATES, "skipped", ROUNDED) if key in receipt},
        "stopped_by": list(result.stopped_by),
        "mended": [file["file"] for file in receipt["files"] if file.get("originals") and not file["left_out"]],
        "questions": [question.as_dict() for question in result.questions],
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
    lines += [_("{file}：是修改后的批注件，代替原来的文件").format(file=file) for file in answer["mended"]]
    lines.append(_("导入批次 {load}").format(**answer))
    lines += [_("收到日期 {received_on}").format(**answer)] if answer["received_on"] else []
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
    marks = {"hard": _("须更正"), "soft": _("待核对")}
    lines += [_("{mark}　{title}：{found}处").format(mark=marks[c["severity"]], **c) for c in answer["checks"]]
    lines += [_("更正记录第{no}条　{said}").format(**one) for one in answer["corrections"]]
    return "\n".join(lines)


def undo_text(answer: dict[str, Any]) -> str:
    """Return what an undo did for people."""
    return _("已撤销导入批次 {load}，数据恢复到导入前，现为数据版本{generation_no}（{generation}）").format(**answer)

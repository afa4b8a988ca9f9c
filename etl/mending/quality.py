"""What is good and what is wrong in the files of one call: the share of good rows, then problems by reason."""

from __future__ import annotations

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

import polars as pl
from polars import col

from etl.ledger import ledger_kinds
from etl.values.reasons import reason_of

if TYPE_CHECKING:
    from etl.intake_files import Intake

EXAMPLES = 5
PLACE = ("file", "sheet", "row")
EXAMPLE = ("file", "sheet", "row", "cell", "header", "value", "reason", "suggestion")
DATA = ("accepted", "rejected", "duplicates")
SEVERITIES = {"reject": _("不能入库"), "warning": _("请核对")}
MASK = "***"
LEFT_OUT = "left_out_"


def _personal() -> list[str]:
    """Return the ids of columns that hold personal data in any ledger."""
    kinds = ledger_kinds().values()
    return sorted({column.id for kind in kinds for column in kind.columns.values() if column.is_personal})


def shown(bad: pl.DataFrame) -> pl.DataFrame:
    """Return bad cells as they may be shown: a personal column's text is struck out, and its sentence repeats none."""
    hidden = col("column").is_in(_personal()) & col("value").is_not_null() & (col("value") != MASK)
    titles = {code: reason_of(code).title for code in bad.get_column("code").unique()}
    title = col("code").replace_strict(titles, return_dtype=pl.String) if titles else pl.lit("")
    return bad.with_columns(
        pl.when(hidden).then(pl.concat_str("header", pl.lit("："), title)).otherwise("reason").alias("reason"),
        pl.when(hidden).then(pl.lit(MASK)).otherwise("value").alias("value"),
    )


def _share(good: int, rows: int) -> float | None:
    return good / rows if rows else None


def _counts(bad: pl.DataFrame, rows: int, rejected: int) -> dict[str, Any]:
    """Return how many data rows are good, used with a warning, and rejected."""
    bad = bad.filter(~col("code").str.starts_with(LEFT_OUT))  # these rows are no data rows any more
    places = bad.group_by(PLACE).agg((col("severity") == "reject").any().alias("is_rejected"))
    warned = len(places.filter(~col("is_rejected")))
    good = rows - rejected - warned
    return {"rows": rows, "good": good, "good_share": _share(good, rows), "warned": warned, "rejected": rejected}


def _files(intake: Intake, bad: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the same counts per file; one that could not be taken says why."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in intake.sheets.values():
        found.setdefault(entry["source"].file, []).append(entry)
    files = []
    for file in intake.files:
        entries = [] if file.error else found.get(file.name, [])
        rows, rejected = sum(e[name] for e in entries for name in DATA), sum(e["rejected"] for e in entries)
        counts = _counts(bad.filter(col("file") == file.name), rows, rejected)
        files.append({"file": file.name, **counts, "error": file.error.sentence() if file.error else None})
    return files


def _problem(code: str, severity: str, cells: pl.DataFrame) -> dict[str, Any]:
    reason = reason_of(code)
    return {
        "code": code,
        "title": reason.title,
        "severity": severity,
        "count": len(cells),
        "rows": len(cells.select(PLACE).unique()),
        "suggestion": reason.repair,
        "examples": cells.select(EXAMPLE).head(EXAMPLES).rows(named=True),
    }


def problems(bad: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the bad cells by reason, rejects first, the most frequent first, with examples of different texts."""
    found = []
    for (code, severity), cells in bad.group_by("code", "severity", maintain_order=True):
        is_new = pl.struct("header", "value").is_first_distinct()
        found.append(_problem(str(code), str(severity), pl.concat([cells.filter(is_new), cells.filter(~is_new)])))
    order = list(SEVERITIES)
    return sorted(found, key=lambda p: (order.index(p["severity"]), -p["count"], p["code"]))


def quality_report(intake: Intake) -> dict[str, Any]:
    """Return the quality of all files of one call.

    `rows` counts data rows, `good` those without a reject or warning, `warned` those that are used with a warning;
    `good_share` is a ratio, None where there is no data row. A problem's `count` is cells, its `rows` rows.
    """
    bad = shown(intake.bad)
    files = _files(intake, bad)
    totals = {name: sum(file[name] for file in files) for name in ("rows", "good", "warned", "rejected")}
    return {**totals, "good_share": _share(totals["good"], totals["rows"]), "files": files, "problems": problems(bad)}


def share_text(share: float) -> str:
    """Return a share of good rows in percent; rounding never makes it whole."""
    percent = f"{share:.1%}"
    return percent if share == 1 or percent != "100.0%" else _("99.9%以上")


def _example_text(found: dict[str, Any]) -> str:
    place = found["cell"] or _("第{row}行").format(row=found["row"])
    return f"    {found['file']}　{found['sheet']}　{place}　{found['reason']}"


def quality_text(report: dict[str, Any], with_examples: bool = True) -> list[str]:
    """Return the report as lines for the terminal: the share of good rows first, then the problems."""
    if not report["rows"]:
        return [_("质量报告：没有读到数据行")]
    lines = [
        _(
            "质量报告：数据行{rows}行，没有问题的{good}行，占{share}；可用但请核对的{warned}行，不能入库的{rejected}行"
        ).format(**report, share=share_text(report["good_share"]))
    ]
    for problem in report["problems"]:
        said = _("  【{severity}】{title}：{count}处，涉及{rows}行。怎样改：{suggestion}")
        lines.append(said.format(**{**problem, "severity": SEVERITIES[problem["severity"]]}))
        lines += [_example_text(found) for found in problem["examples"] if with_examples]
    return lines

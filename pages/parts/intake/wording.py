"""What a preview says, as sentences: nothing asked, nothing shown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_DOWN, Decimal
from gettext import gettext as _
from typing import Any

from etl.ledger import ledger_kinds
from pages.parts.receipts import SKIPPED, rounded_text

Preview = dict[str, Any]
MODES = {"register": _("全量名册"), "change": _("增减变动表"), "event": _("事件台账")}
CONFIDENCE = {"high": _("高"), "medium": _("中"), "low": _("低")}
CRS = {
    "wgs84": _("WGS84（GPS定位）"),
    "cgcs2000": _("CGCS2000（国家大地坐标系）"),
    "gcj02": _("GCJ-02（高德、腾讯地图）"),
    "bd09": _("BD-09（百度地图）"),
}
MOST_NAMED = 5
LEFT_OUT = "left_out_"  # codes of rows that the clerk chose not to count
OPTION = re.compile(r"[，,；][^，,；。]*--[a-z][^，,；。]*")
ASKED_AGAIN = {"vanish", "replace", "mapping", "password"}  # error codes of a load that had to ask after all


def share_text(share: float) -> str:
    """Return a share of good rows; it is cut, not rounded: 100.0% is said of nothing but all rows."""
    return f"{(Decimal(repr(share)) * 100).quantize(Decimal('0.1'), ROUND_DOWN)}%"


def headline(quality: Preview) -> str:
    """Return the first sentence of a preview: 读取1,234行，可入库1,200行（97.2%）; then what becomes of the others."""
    if not quality["rows"]:
        return _("没有读取到数据行。")
    text = _("读取{rows:,}行，可入库{good:,}行（{share}）").format(share=share_text(quality["good_share"]), **quality)
    warned = _("；另有{warned:,}行有提醒，可入库，请核对（无法识别的格按不详处理）") if quality["warned"] else ""
    rejected = _("；{rejected:,}行不能入库，请退回修改") if quality["rejected"] else ""
    return text + (warned + rejected).format(**quality) + "。"


def problem_title(problem: Preview) -> str:
    """Return the line under which a problem's examples stand."""
    kind = _("不入库") if problem["severity"] == "reject" else _("可入库，请核对")
    if problem["code"].startswith(LEFT_OUT):
        kind = _("不计入")
    cells, rows = problem["count"], problem["rows"]
    size = _("{n:,}处").format(n=cells) if cells == rows else _("{n:,}处，涉及{rows:,}行").format(n=cells, rows=rows)
    return _("{title}　{size}　（{kind}）").format(title=problem["title"], size=size, kind=kind)


def names(items: Iterable[str], most: int = MOST_NAMED) -> str:
    """Return names as one text, the many cut short with their number."""
    all_names = list(items)
    text = "、".join(all_names[:most])
    return text if len(all_names) <= most else _("{text}等{n}个").format(text=text, n=len(all_names))


def when_text(part: Preview) -> str:
    """Return the day or the months that a sheet reports for: 截至2018-12-31, 2018年12月, 2018年1—12月."""
    if part.get("as_of"):
        return _("截至{day}").format(day=part["as_of"])
    if not part.get("period_from") or not part.get("period_to"):
        return _("日期未写明")
    first, last = (date.fromisoformat(part[name]) for name in ("period_from", "period_to"))
    if (first.year, first.month) == (last.year, last.month):
        return _("{year}年{month}月").format(year=first.year, month=first.month)
    if first.year == last.year:
        return _("{year}年{first}—{last}月").format(year=first.year, first=first.month, last=last.month)
    return f"{first:%Y-%m}—{last:%Y-%m}"


def sheet_title(sheet: Preview) -> str:
    """Return what a sheet was taken for: 12月：劳资纠纷台账，第五园社区，2018年12月，事件台账."""
    if not sheet["ledger"]:
        return _("{sheet}：不作为台账导入").format(**sheet)
    parts = [
        ledger_kinds()[sheet["ledger"]].title,
        sheet.get("unit"),
        when_text(sheet),
        MODES.get(sheet.get("mode", "")),
    ]
    return _("{sheet}：{what}").format(sheet=sheet["sheet"], what="，".join(filter(None, parts)))


def counts_text(sheet: Preview) -> str:
    """Return a sheet's rows as a sum that adds up."""
    skipped = sum(sheet["skipped"].values())
    parts = "、".join(f"{title}{sheet['skipped'].get(name, 0):,}" for name, title in SKIPPED.items())
    return _(
        "读取{rows_read:,}行＝可入库{accepted:,}＋问题行{rejected:,}＋重复{duplicates:,}＋略过{skipped_all:,}（{parts}）"
    ).format(**sheet, skipped_all=skipped, parts=parts) + rounded_text(sheet)


def _on_mapping(sheet: Preview) -> str:
    return _("使用表头对应方案“{title}”").format(title=sheet["mapping"]) if sheet.get("mapping") else ""


def _on_columns(sheet: Preview) -> str:
    unmapped = sheet.get("unmapped") or []
    return _("未识别的列（不导入）：{names}").format(names="、".join(unmapped)) if unmapped else ""


def _on_unseen(sheet: Preview) -> str:
    found = ((sheet.get("hidden"), _("隐藏的行{n:,}行")), (sheet.get("struck"), _("划线删除的行{n:,}行")))
    return "，".join(text.format(n=count) for count, text in found if count)


def _on_crs(sheet: Preview) -> str:
    crs = sheet.get("crs")
    return _("坐标系：{name}").format(name=CRS.get(crs, crs)) if crs else ""


def sheet_lines(sheet: Preview) -> list[str]:
    """Return what there is to say about a sheet: why this ledger, its counts, what was left aside."""
    if not sheet["ledger"]:
        return [sheet["reason"]]
    said = [_on_mapping(sheet), _on_columns(sheet), _on_unseen(sheet), _on_crs(sheet)]
    return [counts_text(sheet), *sheet.get("reasons", ()), *filter(None, said)]


def error_text(error: Preview) -> str:
    """Return a file's error as one sentence, without the words that only the terminal knows."""
    remedy = error.get("remedy") or ""
    place = _("“{part}”").format(part=error["sheet"]) if error.get("sheet") else ""
    text = f"{place}{error['message'].rstrip('。')}{'，' if remedy else ''}{remedy}"
    return without_options(text).rstrip("。") + "。"


def without_options(text: str) -> str:
    """Return a sentence without the clauses that name an option of the terminal."""
    return OPTION.sub("", text)


def job_error_text(code: str | None, text: str) -> str:
    """Return why an import could not be published, as a clerk can act on it."""
    if code == "password":  # the page was opened anew since the check, and passwords are kept nowhere
        return _("文件有打开密码，重新打开页面后密码不再保留，请点“重新核对”后再输入一次。")
    return _("入库时发现数据与核对时不同，请重新核对。") if code in ASKED_AGAIN else without_options(text)

"""Two versions compared, in words: what was brought in, said or set, which rows differ, and what became of a number."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import lru_cache
from gettext import gettext as _
from pathlib import Path

import duckdb

from etl.errors import StreetError
from metrics.periods import month_text, parse_month
from metrics.phrases import row_text
from metrics.question import Row
from metrics.scope import communities, measure, setting_number, titles
from metrics.versions import (
    Causes,
    HeldChange,
    LoadChange,
    SettingChange,
    Version,
    VersionDiff,
    causes,
    open_version,
)
from metrics.versions.cells import column_title, ledger_title, record_text
from metrics.versions.figures import FigureChange
from metrics.versions.held import CORRECTION, Held
from metrics.versions.rows import LedgerChange, RowChange
from metrics.warehouse import Warehouse

STATES = {"added": _("新增"), "gone": _("消失"), "changed": _("变动")}
DECISIONS = {"same": _("是同一家"), "different": _("不是同一家")}
STREET = "street"
SETTINGS = {
    "name": _("街道名称"), "office": _("发文单位"), "decimals": _("百分率的小数位数"), "dispute_word": _("纠纷的量词"),
    "settlement_counts": _("和解是否计入调解成功"), "non_operating": _("不计入的经营状态"),
    "default_month_share": _("默认月份所需的报送比例"), "small_base": _("不写百分比的基数"),
    "workers_covered_share": _("可比所需的职工覆盖比例"), "suppress_below": _("少于几人不显示"),
    "hazard_same_days": _("同一隐患的间隔天数"), "hazard_lead_days": _("隐患先于纠纷的天数"),
    "level_days": _("风险等级的有效天数"), "due_soon_days": _("提前几天提醒"), "verified_since": _("实名认证自何时计"),
    "calendar_from": _("报送日历自何时起"), "new_enterprise_months": _("新成立企业的月数"),
}  # fmt: skip
SETTING_PARTS = {
    "goal": _("目标"), "note": _("说明"), "age_limit": _("退休年龄"), "warning_scheme": _("风险等级办法"),
    "report_by_day": _("报送期限（天）"),
}  # fmt: skip


def time_text(at: str) -> str:
    """Return a moment as 2026-11-23 13:09, "" where none is known."""
    return at.replace("T", " ")[:16]


def version_text(version: Version) -> str:
    """Return a version as a list calls it."""
    if version.is_damaged:
        return _("数据版本{n}　文件已损坏或打不开").format(n=version.number)
    return _("数据版本{n}　{at}生成").format(n=version.number, at=time_text(version.built_at))


def load_text(change: LoadChange) -> str:
    """Return a load that came or was taken back: which, when, by whom, with which files."""
    load, files = change.load, change.load.files
    named = "、".join(files[:3]) + (_("等{n}个文件").format(n=len(files)) if len(files) > 3 else "")
    facts = {"load": load.load_id, "at": time_text(load.loaded_at), "who": load.who, "files": named}
    if change.is_added:
        return _("导入批次{load}（{at}，{who}导入：{files}）").format(**facts)
    text = _("撤销批次{load}（{at}，{who}导入：{files}").format(**facts)
    who, _tab, at = change.undone.partition("\t")
    undone = _("；{at}，{who}撤销").format(at=time_text(at), who=who) if at else ""
    return f"{text}{undone}）"


def entry_text(change: HeldChange, warehouse: Warehouse) -> str:
    """Return what the street said in one version only: 更正记录 企业台账 … 会员数：0→40（理由；谁，哪天）."""
    entry = change.entry
    verb = _("新增") if change.is_added else _("撤回")
    why = "；".join(filter(None, (entry.reason, "，".join(filter(None, (entry.by, entry.on))))))
    said = _said(entry, warehouse)
    return f"{verb}{entry.title}　{said}" + (f"（{why}）" if why else "")


def _said(entry: Held, warehouse: Warehouse) -> str:
    if entry.kind == CORRECTION:
        ledger = entry.text("ledger")
        turn = f"{entry.text('was') or _('空')}→{entry.text('now') or _('空')}"
        record = record_text(warehouse, ledger, entry.text("key"))
        return f"{ledger_title(ledger)}　{record}　{column_title(ledger, entry.text('column'))}：{turn}"
    if entry.kind == "identity_decisions":
        decided = DECISIONS.get(entry.text("decision"), "")
        return _("{left}与{right}：{decided}").format(
            left=_bare(entry.text("left_key")), right=_bare(entry.text("right_key")), decided=decided
        )
    if entry.kind == "nil_reports":
        place = place_text(entry.text("community_id") or STREET, warehouse)
        return f"{place}　{ledger_title(entry.text('ledger'))}　{_month(entry.text('month'))}"
    if entry.kind == "level_reviews":
        level = titles(warehouse, "warning_level").get(entry.text("level"), entry.text("level"))
        return f"{_bare(entry.text('enterprise_id'))}　{_month(entry.text('month'))}　{level}"
    return "　".join(text for _name, text in entry.said if text)


def _bare(key: str) -> str:
    """Return an enterprise's key without what kind of key it is."""
    return key.partition(":")[2] or key


def _month(text: str) -> str:
    return month_text(parse_month(text[:7])) if text else ""


def setting_text(change: SettingChange) -> str:
    """Return a setting that was changed: 目标 coverage_rate：0.9→0.92."""
    title, was, now = setting_title(change.key), _setting(change.was), _setting(change.now)
    return _("{title}：{was}→{now}").format(title=title, was=was, now=now)


def setting_title(key: str) -> str:
    """Return a setting as it is called: 和解是否计入调解成功, 目标 coverage_rate."""
    name, _colon, part = key.partition(":")
    return f"{SETTING_PARTS.get(name, name)} {part}" if part else SETTINGS.get(name, name)


def _setting(value: str | None) -> str:
    return _("未设") if value in (None, "null", "") else str(value)


def program_text(causes: Causes) -> str:
    """Return that the versions were built by different programs, "" where they were not."""
    if not causes.is_other_program:
        return ""
    was, now = causes.old.program_version, causes.new.program_version
    return _("程序由{was}变为{now}").format(was=was, now=now)


def cause_lines(causes: Causes, warehouse: Warehouse) -> tuple[str, ...]:
    """Return everything that can have changed a number, one thing a line, what was brought in first."""
    program = program_text(causes)
    return (
        *(load_text(change) for change in causes.loads),
        *(entry_text(change, warehouse) for change in causes.entries),
        *(_("设置　{text}").format(text=setting_text(change)) for change in causes.settings),
        *([program] if program else []),
    )


@lru_cache(maxsize=1024)  # a version never changes
def said_since(street: Path, before: Version, version: Version) -> tuple[str, ...]:
    """Return what the street said and set between two versions; nothing where a very old one cannot tell."""
    try:
        found = causes(street, open_version(street, before.number), open_version(street, version.number))
    except (StreetError, duckdb.Error):
        return ()
    return _brief_texts(found)


def _brief_texts(changed: Causes) -> tuple[str, ...]:
    """Return in few words what the street said and set: 新增更正记录2条, 设置有变：目标 coverage_rate."""
    counts = Counter((one.is_added, one.entry.title) for one in changed.entries)
    said = [
        (_("新增{title}{n}条") if is_added else _("撤回{title}{n}条")).format(title=title, n=n)
        for (is_added, title), n in counts.items()
    ]
    names = "、".join(dict.fromkeys(setting_title(one.key) for one in changed.settings))
    return (*said, *([_("设置有变：{names}").format(names=names)] if names else []))


def place_text(unit_id: str, warehouse: Warehouse) -> str:
    """Return a reporting unit or community by its name: 南坑社区, 坂田街道."""
    if unit_id == STREET:
        return warehouse.street
    name = next((one.title for one in communities(warehouse) if one.id == unit_id), "")
    return _("{name}社区").format(name=name) if name else unit_id


def ledger_text(change: LedgerChange) -> str:
    """Return how many rows of a ledger differ: 企业台账：新增3行、变动5行."""
    counts = ((_("新增"), change.added), (_("消失"), change.gone), (_("变动"), change.changed))
    told = "、".join(_("{verb}{n:,}行").format(verb=verb, n=n) for verb, n in counts if n) or _("各行相同")
    lacking = _("（其中一个版本没有{names}）").format(names="、".join(change.lacking)) if change.lacking else ""
    return f"{change.title}：{told}{lacking}"


def when_text(row: RowChange) -> str:
    """Return the day of a register or the period of an event's sheet."""
    if row.as_of is not None:
        return f"{row.as_of}"
    first, last = row.period_from, row.period_to
    if first is None or last is None:
        return ""
    one = (first.year, first.month) == (last.year, last.month)
    return f"{first:%Y-%m}" if one else f"{first:%Y-%m}—{last:%Y-%m}"


def cells_text(row: RowChange) -> str:
    """Return what changed in a row: 会员数 空→40；建会状态 筹建中→工联会覆盖."""
    blank = _("空")
    return "；".join(f"{cell.title} {cell.was or blank}→{cell.now or blank}" for cell in row.cells)


def figure_text(change: FigureChange, warehouse: Warehouse) -> str:
    """Return a number that differs: 2018年12月　南坑　建会率：96.0%（227家中218家）→97.4%（227家中221家）."""
    was, now = side_texts(change, warehouse)
    return f"{month_text(change.month)}　{change.place}　{change.metric.title}：{was}→{now}"


def side_texts(change: FigureChange, warehouse: Warehouse) -> tuple[str, str]:
    """Return what a number was and is, with both its sides."""

    def said(row: Row | None) -> str:
        word, decimals = measure(warehouse, change.metric), int(setting_number(warehouse, "decimals"))
        return _("未报") if row is None else row_text(change.metric, row, decimals, word)

    return said(change.was), said(change.now)


def summary_text(found: VersionDiff) -> str:
    """Return in one sentence how far two versions differ."""
    months: set[date] = {change.month for change in found.figures}
    ledgers = [change for change in found.ledgers if change.is_change]
    if not (ledgers or found.figures):
        return _("两个版本的台账和指标相同。")
    rows = sum(change.added + change.gone + change.changed for change in ledgers)
    said = _("共{n}份台账的{rows:,}行不同").format(n=len(ledgers), rows=rows) if ledgers else _("台账各行相同")
    if not found.figures:
        return said + _("，各指标相同。")
    return said + _("，{n}个数字不同（涉及{months}个月）。").format(n=len(found.figures), months=len(months))


def lacking_text(found: VersionDiff) -> str:
    """Return what could not be compared because another program built one of the versions, "" where all was."""
    if not found.lacking:
        return ""
    return _("程序不同，无法比较：{names}。").format(names="、".join(dict.fromkeys(found.lacking)))

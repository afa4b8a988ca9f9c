"""Why a closed figure is another today: loads, notes, corrections, settings or the program since the closing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

from metrics.catalogue import Metric, denominator
from metrics.closed.kept import BuiltFrom, built_from
from metrics.versions import version_of
from metrics.versions.held import CORRECTION
from metrics.versions.words import setting_title
from metrics.warehouse import Warehouse

# What a kind of note can change: the ledgers whose figures it enters. A correction and a nil report name their own.
RESTS_ON = {"level_reviews": frozenset({"risk_score", "hazard"})}
# Settings that say how a figure is shown, asked about or chased, never what it is: no reason for another number.
NEVER_A_REASON = frozenset({
    "name", "office", "decimals", "dispute_word", "default_month_share", "vanish_share", "vanish_rows", "stale_days",
    "jump_points", "jump_share", "small_base", "workers_covered_share", "giant_share", "too_few", "too_few_expected",
    "alarm_min_count", "alarm_false_share", "due_soon_days", "report_by_day", "calendar_from", "new_enterprise_months",
    "goal", "note",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is not as it was: in words, and the ledgers that it touches (() where it may be any)."""

    text: str
    ledgers: frozenset[str] = frozenset()
    is_program: bool = False

    def touches(self, metric: Metric) -> bool:
        """Return whether a metric rests on what has changed."""
        over = denominator(metric)
        return not self.ledgers or bool(self.ledgers & {*metric.ledgers, *(over.ledgers if over else ())})


def reasons(was: BuiltFrom, warehouse: Warehouse) -> tuple[Reason, ...]:
    """Return what has changed since a closing, by what the closing's generation and a newer one say of themselves."""
    now, titles = built_from(warehouse), _ledger_titles(warehouse)
    program = [Reason(_("程序升级"), is_program=True)] if was.program != now.program else []
    return (*_loads(was, now, warehouse, titles), *_said(was, now, titles), *_settings(was, now), *program)


def why(metric: Metric, found: tuple[Reason, ...]) -> tuple[str, ...]:
    """Return the reasons that touch a metric, the program only where nothing else does; of several unknown ones all.

    What may touch any metric is never the one reason given: a figure may rest on more ledgers than its header names.
    """
    changed = [reason for reason in found if not reason.is_program]
    touching = [reason for reason in changed if reason.touches(metric)]
    is_known = any(reason.ledgers for reason in touching)
    return tuple(reason.text for reason in ((touching if is_known else changed) or found))


def _ledger_titles(warehouse: Warehouse) -> dict[str, str]:
    return dict(warehouse.cursor().execute("select ledger, title from core.ledger_kind order by kind_order").fetchall())


def _names(ledgers: tuple[str, ...], titles: dict[str, str]) -> str:
    return "、".join(title for ledger, title in titles.items() if ledger in ledgers)


def _loads(was: BuiltFrom, now: BuiltFrom, warehouse: Warehouse, titles: dict[str, str]) -> Iterator[Reason]:
    """Yield the loads that came and those that were taken back, each with its ledgers."""
    for load in version_of(warehouse).loads:
        if load.load_id not in was.loads:
            text = _("{day}导入批次{n}（{who}）：{names}").format(
                day=_day(load.loaded_at), n=_number(load.load_id), who=load.who, names=_names(load.ledgers, titles)
            )
            yield Reason(text, frozenset(load.ledgers))
    for gone in sorted(was.loads.keys() - now.loads.keys()):
        text = _("撤销了导入批次{n}：{names}").format(n=_number(gone), names=_names(was.loads[gone], titles))
        yield Reason(text, frozenset(was.loads[gone]))


def _number(load: str) -> str:
    return load.partition("-")[0].lstrip("0")


def _day(at: str) -> str:
    day = datetime.fromisoformat(at)
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def _said(was: BuiltFrom, now: BuiltFrom, titles: dict[str, str]) -> Iterator[Reason]:
    """Yield what the street itself has said or taken back since: one reason a kind and ledger."""
    changed = Counter((kind, title, ledger) for kind, title, ledger, _text in was.said ^ now.said)
    for (kind, title, ledger), count in sorted(changed.items()):
        about = _("（{ledger}）").format(ledger=titles[ledger]) if ledger in titles else ""
        unit = _("条") if kind == CORRECTION else _("项")
        text = _("{title}{about}有{n}{unit}变动").format(title=title, about=about, n=count, unit=unit)
        yield Reason(text, frozenset({ledger}) if ledger in titles else RESTS_ON.get(kind, frozenset()))


def _settings(was: BuiltFrom, now: BuiltFrom) -> Iterator[Reason]:
    both = was.settings.keys() & now.settings.keys()  # a newer program's new setting is the program's change
    changed = sorted(key for key in both if was.settings[key] != now.settings[key])
    if titles := list(
        dict.fromkeys(setting_title(key) for key in changed if key.partition(":")[0] not in NEVER_A_REASON)
    ):
        yield Reason(_("街道设置有变动（{titles}）").format(titles="、".join(titles[:3])))

"""What a load would do to the main indicators: before → after, for the street and each community that changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from typing import Any

from metrics.catalogue import Metric, catalogue, denominator
from metrics.columns import MONTH
from metrics.periods import month_text, shift
from metrics.phrases import number_text, rounded
from metrics.question import Question, Row
from metrics.scope import default_month, measure, months, setting_number
from metrics.values import ask
from metrics.warehouse import Warehouse

MAIN = (
    "coverage_rate", "membership_rate_area", "enterprises", "workers", "members", "unions_formed", "members_joined",
    "disputes_received", "disputes_closed", "disputes_mediated", "disputes_open",
)  # fmt: skip
MOST_MONTHS = 12  # of those that a load touches, the latest
Key = tuple[date, str | None]  # month and community (None: the street)


@dataclass(frozen=True)
class Effect:
    """One number that changes; a side is None where nothing was (or will be) reported."""

    metric: Metric
    month: date
    community_id: str | None
    place: str
    before: Row | None
    after: Row | None

    @property
    def difference(self) -> float | None:
        """Return after − before in the value's own unit; None where either has no value."""
        if self.before is None or self.after is None or self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value


def effects(before: Warehouse | None, after: Warehouse) -> list[dict[str, Any]]:
    """Return the main indicators that differ between two generations, the street before its communities.

    Read are the default month of each and the months of the loads that `before` does not have; of a first load only
    the default month. `sentence` is None unless the number jumps (settings jump_points, jump_share, small_base).
    Warehouses are known by their path: a draft's must not have been opened before in this process.
    """
    touched = _touched(before, after)
    defaults = {default_month(after), *([default_month(before)] if before else [])}
    return [
        _as_dict(after, effect)
        for metric, own in _main(touched)
        for wanted in [sorted(defaults | own)]
        for effect in _changed(metric, _read(before, metric, wanted), _read(after, metric, wanted), after)
    ]


def _main(touched: dict[str, set[date]]) -> Iterator[tuple[Metric, set[date]]]:
    """Return the main metrics that rest on a touched ledger (all, where none is), with the months touched."""
    known = catalogue()
    for name in MAIN:
        if (metric := known.get(name)) is not None:
            over = denominator(metric)
            ledgers = {*metric.ledgers, *(over.ledgers if over else ())}
            if not touched or ledgers & touched.keys():
                months_ = set().union(*(touched.get(ledger, set()) for ledger in ledgers))
                yield metric, set(sorted(months_)[-MOST_MONTHS:])


def _touched(before: Warehouse | None, after: Warehouse) -> dict[str, set[date]]:
    """Return the latest months by ledger of the loads that only one of the two has."""
    if before is None:
        return {}
    ids = [
        {row[0] for row in w.cursor().execute("select load_id from intake.load").fetchall()} for w in (before, after)
    ]
    axis = set(months(after)) | set(months(before))
    found: dict[str, set[date]] = {}
    query = """
        select ledger, coalesce(as_of, period_from), coalesce(as_of, period_to) from intake.sheet
        where ledger is not null and list_contains($loads, load_id)"""
    for warehouse, new in ((before, ids[0] - ids[1]), (after, ids[1] - ids[0])):
        for ledger, first, last in warehouse.cursor().execute(query, {"loads": sorted(new)}).fetchall():
            found.setdefault(ledger, set()).update(_latest(first, last) & axis if last else set())
    return found


def _latest(first: date, last: date) -> set[date]:
    end = last.replace(day=1)
    days = (shift(end, -back) for back in range(MOST_MONTHS))
    return {day for day in days if day >= first.replace(day=1)}


def _runs(wanted: Iterable[date]) -> list[list[date]]:
    """Return the months as runs without a gap: each is one question."""
    runs: list[list[date]] = []
    for month in wanted:
        if runs and shift(runs[-1][-1], 1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs


def _read(warehouse: Warehouse | None, metric: Metric, wanted: list[date]) -> dict[Key, Row]:
    """Return the rows of the months that a generation has, for the street and for each community."""
    found: dict[Key, Row] = {}
    if warehouse is None:
        return found
    axis = set(months(warehouse))
    for run in _runs(month for month in wanted if month in axis):
        for by in ((MONTH,), ("community", MONTH)):
            answer = ask(warehouse, Question(metric.id, by=by, start=run[0], month=run[-1]))
            for row in answer.rows:
                month = date.fromisoformat(f"{row.keys[MONTH]}-01")
                found[month, row.keys.get("community_id")] = row
    return found


def _changed(metric: Metric, old: dict[Key, Row], new: dict[Key, Row], after: Warehouse) -> Iterator[Effect]:
    for key in sorted(old.keys() | new.keys(), key=lambda key: (key[0], key[1] is not None, _place(list(new), key))):
        before, now = _known(old.get(key)), _known(new.get(key))
        if _sides(before) != _sides(now):
            row = now or before
            name = (row.keys.get("community") if row else None) or after.street
            yield Effect(metric, key[0], key[1], name, before, now)


def _place(keys: list[Key], key: Key) -> int:
    """Return a community's place in the official order, in which the answer lists them; one that is gone comes last."""
    return keys.index(key) if key in keys else len(keys)


def _known(row: Row | None) -> Row | None:
    return row if row is not None and row.known else None


def _sides(row: Row | None) -> dict[str, float | None] | None:
    return None if row is None else {"value": row.value, "numerator": row.numerator, "denominator": row.denominator}


def _as_dict(after: Warehouse, effect: Effect) -> dict[str, Any]:
    metric = effect.metric
    return {
        "metric": metric.id,
        "title": metric.title,
        "measure": measure(after, metric),
        "kind": metric.kind,
        "month": f"{effect.month:%Y-%m}",
        "community_id": effect.community_id,
        "community": effect.place,
        "before": _sides(effect.before),
        "after": _sides(effect.after),
        "difference": effect.difference,
        "sentence": jump_sentence(after, effect),
    }


def jump_sentence(warehouse: Warehouse, effect: Effect) -> str | None:
    """Return the sentence that asks to look again, None where the number does not jump.

    A rate jumps by more than `jump_points` percentage points of at least `small_base` units, a count by more than
    `jump_share` of at least `small_base`; a number that was there and is to be 未报 jumps too.
    """
    before, metric = effect.before, effect.metric
    if before is None or before.value is None:
        return None
    decimals = int(setting_number(warehouse, "decimals"))
    facts = {"subject": _subject(warehouse, effect), "old": number_text(metric, before.value, decimals)}
    word = "" if metric.is_percentage else measure(warehouse, metric)
    if effect.after is None:
        return _("{subject}将由{old}{word}变为未报，请核对是否误撤或漏报。").format(**facts, word=word)
    difference = effect.difference
    if difference is None or effect.after.value is None or not _is_jump(warehouse, metric, before, difference):
        return None
    facts |= {"new": number_text(metric, effect.after.value, decimals), "advice": _advice(metric, difference)}
    if metric.is_percentage:
        size, verb = abs(rounded(difference * 100, decimals)), _("上升") if difference > 0 else _("下降")
        turn = _("升为") if difference > 0 else _("降为")
        return _("{subject}将由{old}{turn}{new}，{verb}{size}个百分点，{advice}。").format(
            **facts, turn=turn, verb=verb, size=size
        )
    return _("{subject}将由{old}{word}{turn}{new}{word}，{verb}{size}{word}（{share}%），{advice}。").format(
        **facts,
        word=word,
        turn=_("增为") if difference > 0 else _("减为"),
        verb=_("增加") if difference > 0 else _("减少"),
        size=number_text(metric, abs(difference), decimals),
        share=abs(rounded(difference / before.value * 100, 1)),
    )


def _is_jump(warehouse: Warehouse, metric: Metric, before: Row, difference: float) -> bool:
    least = setting_number(warehouse, "small_base")
    if metric.is_percentage:
        return (before.denominator or 0) >= least and abs(difference) * 100 > setting_number(warehouse, "jump_points")
    base = abs(before.value or 0)
    return base > 0 and base >= least and abs(difference) / base > setting_number(warehouse, "jump_share")


def _subject(warehouse: Warehouse, effect: Effect) -> str:
    """Return whose number it is: 南坑社区建会率, 大发埔社区2018年12月受理劳资纠纷."""
    place = _("{name}社区").format(name=effect.place) if effect.community_id else effect.place
    when = month_text(effect.month) if effect.metric.time == "flow" else ""
    return place + when + _short_title(effect.metric)


def _short_title(metric: Metric) -> str:
    """Return the title without its bracket, unless another metric would then bear the same name (入会率)."""
    short = metric.title.split("（")[0]
    is_shared = any(m.id != metric.id and m.title.split("（")[0] == short for m in catalogue().values())
    return metric.title if is_shared else short


def _advice(metric: Metric, difference: float) -> str:
    is_register = "dispute" not in metric.ledgers
    if difference < 0:
        return _("请核对是否漏报或误把变动表当作全量表") if is_register else _("请核对是否漏报")
    return _("请核对是否重复填报或填错") if is_register else _("请核对是否重复登记")

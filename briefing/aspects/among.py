"""One bar of several: a number cut by a dimension, read at one code as the rows of that dimension count it."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from briefing.aspects.cells import in_table
from briefing.model import Origin
from briefing.source import Source
from metrics import phrases, scope
from metrics.catalogue import Metric
from metrics.changes import Change
from metrics.question import Row


def row_text(source: Source, metric: Metric, row: Row) -> str | None:
    """Return a row's value as it is printed: with % or the measure word, 约 where approximate; None without one."""
    if row.value is None:
        return None
    word = "" if metric.is_percentage else scope.measure(source.warehouse, metric)
    about = _("约") if row.approximate else ""
    return about + phrases.number_text(metric, row.value, source.decimals) + word


def among(source: Source, origin: Origin) -> str | None:
    """14宗: the row `cause=wages` (in `of`) of the question by cause, where a case with two causes counts once.

    A condition on the cause would find such a case under each.
    """
    dimension, _sign, code = origin.of.partition("=")
    answer = source.answer(replace(origin.question, by=(dimension,)))
    row = answer.find(**{f"{dimension}_id": code or None})
    return None if row is None else row_text(source, answer.metric, row)


def among_cell(source: Source, origin: Origin) -> str:
    """14宗: the same as a table writes it; 0宗 where no case is of the code, else why there is no number."""
    dimension, _sign, code = origin.of.partition("=")
    answer = source.answer(replace(origin.question, by=(dimension,)))
    metric, word = answer.metric, scope.measure(source.warehouse, answer.metric)
    row = answer.find(**{f"{dimension}_id": code or None})
    if row is not None and row.value is not None:
        return row_text(source, metric, row) or ""
    if row is None and metric.kind == "count" and metric.no_rows == "zero" and any(one.known for one in answer.rows):
        return phrases.number_text(metric, 0, source.decimals) + word  # what was reported holds no such case
    hidden = in_table(phrases.hidden_text(metric, row, word)) if row is not None else ""
    return hidden or (_("无") if row is not None and row.known else _("未报"))


def among_changed(source: Source, origin: Origin) -> Change | None:
    """Return the change of one row of a question cut by a dimension; `of` is against,dimension=code."""
    against, _comma, cut = origin.of.partition(",")
    dimension, _sign, code = cut.partition("=")
    changes = source.changes(replace(origin.question, by=(dimension,)), against)
    key = {f"{dimension}_id": code or None}
    found = next((one for one in changes if key.items() <= one.keys.items()), None)
    if found is None:
        return _to_nothing(source, changes[0], key) if changes else None
    return found if found.before is not None else _from_nothing(found)


def _is_counted(change: Change) -> bool:
    """Return whether no row means no case, since the communities compared have reported."""
    return change.metric.kind == "count" and change.metric.no_rows == "zero" and bool(change.communities_compared)


def _to_nothing(source: Source, other: Change, key: dict[str, str | None]) -> Change | None:
    """Return the change of a count of which no case is there now, as another row of the question compares it: to 0."""
    before = source.answer(other.asked[1]).find(**key) if other.asked and _is_counted(other) else None
    if before is None or before.value is None:
        return None
    now = replace(before, numerator=0.0, value=0.0)
    return replace(other, keys=before.keys, now=now, before=before, difference=-before.value, relative=None)


def _from_nothing(change: Change) -> Change:
    """Return a change of a count of which no case was there before, over communities that had reported: from 0."""
    now = change.now
    if not _is_counted(change) or now is None or now.value is None:
        return change
    return replace(change, before=replace(now, numerator=0.0, value=0.0), difference=now.value)


def among_change(source: Source, origin: Origin) -> str | None:
    """比上年同期减少4宗，下降11.4%: that change as part of a sentence."""
    found = among_changed(source, origin)
    return None if found is None or found.difference is None else phrases.change_sentence(found, source.decimals)


def among_change_short(source: Source, origin: Origin) -> str | None:
    """－4宗（－11.4%）: that change as a table writes it."""
    found = among_changed(source, origin)
    return None if found is None else in_table(phrases.change_text(found, source.decimals))


def among_like_for_like(source: Source, origin: Origin) -> str | None:
    """按已报的11个社区同口径比较: over which communities that change is told; None where it is over all."""
    found = among_changed(source, origin)
    return None if found is None else phrases.like_for_like_text(found) or None


def among_judged(source: Source, origin: Origin) -> str | None:
    """属正常波动, 超出正常波动, or why neither is said of that change; None where there is nothing to judge."""
    found = among_changed(source, origin)
    return None if found is None else source.judged(found) or None

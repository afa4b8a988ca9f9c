"""Which rows of an answer stay hidden: counts of persons in sensitive classes, and small counts in the public version.

Suppression cannot look at one question alone: totals, other cuts and longer periods are questions too. So every question
is answered from a few tables whose hidden cells are settled together (`analysis.suppression`), whoever asks what first:
the street's total, its cut by one dimension, its cut by two. A row is shown if it is a sum of what these tables show.

A stock has its tables at each month's end. A flow adds up over months, so the months are a dimension of it: its tables
are those of whole years (the running one up to the default month), and a part of a year is a cut by month. Two
dimensions and a part of a year, or three dimensions, would be a cut by three, which is not shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product

import numpy as np

from analysis.suppression import Counts, Flags, are_margins_safe, hidden_block, hidden_codes, is_small, may_say_few
from metrics.catalogue import Metric
from metrics.columns import DIMENSIONS, MONTH
from metrics.guard import Code, Guard, Read, Span, is_protected, leaves_out, terms
from metrics.known import Window
from metrics.periods import shift
from metrics.plan import Plan
from metrics.question import Audience, Hidden, Row
from metrics.statement import shared
from metrics.warehouse import Warehouse

Chosen = dict[str, frozenset[Code]]  # dimension → the codes that a row adds up; none named: all
OTHERS = Hidden()


@dataclass(frozen=True)
class Margin:
    """One dimension of a metric at one time: its codes, which of them are hidden, and which may be called few."""

    codes: tuple[Code, ...]
    hidden: frozenset[Code]
    few: frozenset[Code]


@dataclass(frozen=True)
class Cross:
    """Two dimensions of a metric at one time: where these rows and these columns meet, cells are hidden."""

    rows: frozenset[Code]
    columns: frozenset[Code]

    def tells(self, rows: frozenset[Code], columns: frozenset[Code]) -> bool:
        """Return whether a sum over some rows and columns is one over shown cells and whole lines of hidden ones."""
        is_outside = not self.rows & rows or not self.columns & columns
        return is_outside or self.rows <= rows or self.columns <= columns


def protected(
    read: Read, warehouse: Warehouse, plan: Plan, audience: Audience, rows: tuple[Row, ...]
) -> tuple[Row, ...]:
    """Return the rows with everything hidden that must be."""
    sides = [side for side in (plan.metric, plan.over) if side is not None and is_protected(side, audience)]
    windows = {f"{window.end:%Y-%m}": window for window in plan.windows}
    guards = [Guard(warehouse, side.id, audience, read) for side in sides]
    return tuple(_row(guards, plan, windows.get(row.keys.get(MONTH) or "", plan.windows[-1]), row) for row in rows)


def _row(guards: list[Guard], plan: Plan, window: Window, row: Row) -> Row:
    """Return one row as it may be shown; parts of a numerator would be a cut of their own, so they are left out."""
    if not row.known:
        return row
    for guard in guards:
        if (hidden := _verdict(guard, plan, window, row)) is not None:
            counts = (None, None, None, None, None, row.known, row.expected, 0, False, None)
            return Row(row.keys, *counts, hidden=hidden)
    return replace(row, parts=None)


def _verdict(guard: Guard, plan: Plan, window: Window, row: Row) -> Hidden | None:
    """Return why a row is hidden, None where it is shown."""
    metric = guard.metric
    if leaves_out(guard.warehouse, plan, window):
        return OTHERS
    if any(f"{name}s" in metric.columns for name in plan.filters):
        return OTHERS  # a filter on any of several causes is no cut: its rows overlap
    chosen = _chosen(plan, metric, row)
    if metric.sensitive and metric.time == "stock" and plan.by_month and chosen and window != plan.windows[-1]:
        return OTHERS  # from month to month a part of the street changes by a person or two
    if metric.id == plan.metric.id:
        return _of_window(guard, chosen, window.months)
    return OTHERS if any(_of_denominator(guard, plan, window, chosen)) else None


def _of_denominator(guard: Guard, plan: Plan, window: Window, chosen: Chosen) -> Iterator[Hidden | None]:
    """Return why a denominator of another unit is hidden, for each time at which it is read.

    Its own tables know more communities than those that count on both sides here.
    """
    known = plan.known[plan.windows.index(window)]
    if guard.metric.time == "flow":
        times = [window.months]
    else:
        times = [(window.end,)] if plan.metric.over_time == "last" else [(month,) for month in window.months]
    for time in times:
        here: frozenset[Code] = frozenset(known[time[-1]])
        both = {**chosen, "community": chosen.get("community", here) & here}
        yield _of_window(guard, both, time)


def _chosen(plan: Plan, metric: Metric, row: Row) -> Chosen:
    """Return the codes whose sum a row is, by dimension, as far as this side knows the dimension."""
    found: Chosen = {name: frozenset(codes) for name, codes in plan.filters.items()}
    found |= {name: frozenset([row.keys[f"{name}_id"]]) for name in plan.dims}
    return {name: found[name] for name in shared(metric, tuple(found))}


def _of_window(guard: Guard, chosen: Chosen, window: Span) -> Hidden | None:
    """Return why the sum of some codes over some months is hidden; it is if it is in any of the years."""
    if guard.metric.time == "stock":
        return _of_span(guard, chosen, window[-1:])
    asked = frozenset(window)
    spans = [span for span in terms(guard.warehouse, guard.metric.period or "ytd") if asked & set(span)]
    found = [_of_span(guard, chosen | {MONTH: asked & frozenset(span)}, span) for span in spans]
    hidden = [one for one in found if one is not None]
    if not hidden:
        return None
    return hidden[0] if len(found) == 1 else OTHERS


def _of_span(guard: Guard, chosen: Chosen, span: Span) -> Hidden | None:
    """Return why the sum of some codes is hidden in a span whose tables are settled together."""
    below, cuts = guard.below, {}
    for axis, codes in chosen.items():
        if not set(margin(guard, axis, span).codes) <= codes:
            cuts[axis] = codes
    if cuts and guard.audience == "public" and guard.metric.kind == "balance":
        return OTHERS  # opening + received − closed = closing: three of them shown would tell the fourth
    if guard.metric.beside:
        return OTHERS if cuts else _of_balance(guard, span)
    if MONTH in cuts and not _may_cut_by_month(guard, span, len(cuts)):
        return OTHERS
    if not cuts:
        return Hidden(below) if is_small(total(guard, span), below) else None
    if len(cuts) == 1:
        [(axis, codes)] = cuts.items()
        return _of_margin(margin(guard, axis, span), codes, below)
    if len(cuts) > 2:
        return OTHERS
    if not all(_is_sum(margin(guard, axis, span).hidden, codes) for axis, codes in cuts.items()):
        return OTHERS
    axes = _axes(cuts)
    return None if cross(guard, axes, span).tells(cuts[axes[0]], cuts[axes[1]]) else OTHERS


def _of_balance(guard: Guard, span: Span) -> Hidden | None:
    """Return why a flow of the whole street is hidden: it or another count of its balance is small."""
    if is_small(total(guard, span), guard.below):
        return Hidden(guard.below)
    for name in guard.metric.beside:
        other = replace(guard, metric_id=name)
        ends = [span] if other.metric.time == "flow" else [(shift(span[0], -1),), (span[-1],)]
        if any(is_small(total(other, end), guard.below) for end in ends):
            return OTHERS
    return None


def _may_cut_by_month(guard: Guard, span: Span, cuts: int) -> bool:
    """Return whether months of a year are told, alone or (two cuts) by another dimension.

    A community that has reported some months only is known in them as a whole: its year is a cut by month already, and
    a second cut would be a third. Then months are told of the street alone, and only if no small sum follows.
    """
    cells, is_there = _cells(guard, ("community", MONTH), span)
    return bool(is_there.all()) or (cuts == 1 and are_margins_safe(cells, is_there, guard.below))


def _axes(cuts: Chosen) -> tuple[str, str]:
    """Return two dimensions in the order of the catalogue, so that a table is the same whoever asks."""
    order = [*DIMENSIONS, MONTH]
    first, second = sorted(cuts, key=order.index)
    return first, second


def _is_sum(hidden: frozenset[Code], codes: frozenset[Code]) -> bool:
    """Return whether codes hold all of the hidden ones or none: the hidden ones are known by their sum only."""
    return hidden <= codes or not hidden & codes


def _of_margin(found: Margin, codes: frozenset[Code], below: float) -> Hidden | None:
    if _is_sum(found.hidden, codes):
        return None
    return Hidden(below) if len(codes) == 1 and codes <= found.few else OTHERS


@lru_cache(maxsize=4096)
def total(guard: Guard, span: Span) -> Counts:
    """Return the counts of the whole street in a span."""
    return np.asarray(guard.table((), span).get((), guard.nothing))


@lru_cache(maxsize=4096)
def margin(guard: Guard, axis: str, span: Span) -> Margin:
    """Return which codes of one dimension are hidden in a span."""
    table, below = guard.table((axis,), span), guard.below
    codes = tuple(code for (code,) in table)
    if not codes:
        return Margin((), frozenset(), frozenset())
    counts = np.array(list(table.values()))
    hidden = _hidden(guard, counts)
    is_few = is_small(counts[:, :1], below) & (guard.counts[0] == "numerator")
    is_total_hidden = bool(is_small(total(guard, span), below))
    if not is_total_hidden and not may_say_few(counts[hidden, 0], is_few[hidden], below):
        is_few = np.zeros_like(is_few)
    return Margin(codes, _picked(codes, hidden), _picked(codes, is_few))


def _hidden(guard: Guard, counts: Counts) -> Flags:
    """Return which codes are hidden: for all counts together, and for each side as the metric of that side hides them.

    建会率's denominator is 辖区企业数, a metric of its own: had the two hidden different codes beside a small one, each
    would show what the other hides.
    """
    found = hidden_codes(counts, guard.below)
    for places in guard.sides:
        found = found | hidden_codes(counts[:, places], guard.below)
    return found


@lru_cache(maxsize=1024)
def cross(guard: Guard, axes: tuple[str, str], span: Span) -> Cross:
    """Return where the cells of two dimensions are hidden beside what their margins hide."""
    rows, columns = (margin(guard, axis, span) for axis in axes)
    block = hidden_block(*_cells(guard, axes, span), _flags(rows), _flags(columns), guard.below)
    return Cross(_picked(rows.codes, block.rows), _picked(columns.codes, block.columns))


@lru_cache(maxsize=256)
def _cells(guard: Guard, axes: tuple[str, str], span: Span) -> tuple[Counts, Flags]:
    """Return the counts of two dimensions (rows, columns, counts), and which of the cells have been reported."""
    table, nothing = guard.table(axes, span), guard.nothing
    rows, columns = (margin(guard, axis, span).codes for axis in axes)
    pairs, shape = list(product(rows, columns)), (len(rows), len(columns))
    cells = np.array([table.get(pair, nothing) for pair in pairs]).reshape(*shape, len(nothing))
    return cells, np.array([pair in table for pair in pairs], dtype=bool).reshape(shape)


def _flags(found: Margin) -> Flags:
    return np.array([code in found.hidden for code in found.codes], dtype=bool)


def _picked(codes: tuple[Code, ...], flags: Flags) -> frozenset[Code]:
    return frozenset(code for code, is_picked in zip(codes, flags, strict=True) if is_picked)

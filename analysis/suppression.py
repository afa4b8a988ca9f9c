"""Small numbers: which cells of a table are hidden so that no small count is shown or can be worked out.

Primary suppression hides counts from 1 to below the threshold; secondary suppression hides enough others that no hidden
count follows from totals, from the complement, from another cut or from sums of several of these (Hundepool et al.
2012, Statistical Disclosure Control, ch. 4). A zero is shown: it tells of nobody, and it must not look like 未报.

A table holds several counts (numerator, rest, denominator …) for each cell; a cell is small if any of them is. All
arrays have the counts along their last axis, the one that readers know best first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
Flags = NDArray[np.bool_]
EXACT = 1e-9
MOST_CELLS = 1_500  # whose system is solved: a matter of a second


def is_small(counts: Counts, below: float) -> Flags:
    """Return which cells have a count above 0 and under `below`; the last axis holds the counts of one cell."""
    return np.asarray(((counts > 0) & (counts < below)).any(axis=-1))


def _next(candidates: Flags, sizes: Counts) -> int:
    """Return the candidate whose hiding costs least: the smallest that is not 0, else any."""
    places = np.flatnonzero(candidates)
    weight = np.where(sizes[places] > 0, sizes[places], np.inf)
    return int(places[np.argmin(weight)])


def hidden_codes(table: Counts, below: float) -> Flags:
    """Return which codes of one dimension (codes, counts) are hidden where their total is shown.

    Hidden are the small ones, then the next smallest until at least two that are not empty are hidden and what the
    total tells of all hidden ones together is not small itself.
    """
    hidden = is_small(table, below)
    if not hidden.any():
        return hidden
    while not hidden.all() and not _is_group_safe(table[hidden], below):
        hidden[_next(~hidden, table[:, 0])] = True
    return hidden


def _is_group_safe(group: Counts, below: float) -> bool:
    is_several = (group > 0).any(axis=-1).sum() > 1
    return bool(is_several and not is_small(group.sum(axis=0), below))


def may_say_few(counts: Counts, is_few: Flags, below: float) -> bool:
    """Return whether the hidden codes may be told apart as 不足… and the others.

    Who reads that some counts lie from 1 to under `below` and others do not knows their sum as well: every small one
    must keep at least two possible values (4 and 4 of 8, or 1 beside 5 of 6, would be told).
    """
    top = np.ceil(below) - 1
    low = np.where(is_few, 1.0, np.where(counts > 0, below, 0.0))
    high = np.where(is_few, top, np.where(counts > 0, np.inf, 0.0))
    total, is_open = counts.sum(), np.isinf(high)
    bounded = np.where(is_open, 0, high)
    others_high = np.where(is_open.sum() - is_open > 0, np.inf, bounded.sum() - bounded)
    least = np.maximum(low, total - others_high)
    most = np.minimum(high, total - (low.sum() - low))
    return bool((least < most)[is_few].all())


@dataclass(frozen=True)
class Block:
    """Which cells of a table are hidden beside the rows and columns that its margins hide: these rows × these columns."""

    rows: Flags
    columns: Flags


def hidden_block(cells: Counts, is_there: Flags, rows: Flags, columns: Flags, below: float) -> Block:
    """Return which cells of a table (rows, columns, counts) are hidden where both margins are shown.

    `rows` and `columns` are hidden in the margins, which tell their sums only: here they are wholly hidden and count as
    one row and one column. Whatever the split of such a sum, it fits tables with other dimensions too, so that given the
    margins tables tell nothing about each other. Of the rest a block is hidden: no sum of a row or a column over it is
    small, and none of its small cells can be worked out. `is_there` says which cells exist (未报 is no secret).
    """
    units = _merged(np.swapaxes(_merged(cells, columns), 0, 1), rows).swapaxes(0, 1)
    there = _merged(np.swapaxes(_merged(is_there[..., None].astype(float), columns), 0, 1), rows)[..., 0].T > 0
    small = is_small(units, below)
    block = Block(np.asarray(small.any(axis=1)), np.asarray(small.any(axis=0)))
    while small.any() and not (block.rows.all() and block.columns.all()):
        wanted = _wanted(units, there, block, below)
        if wanted is None:
            break
        _widen(units[..., 0], block, wanted)
    return Block(_unmerged(block.rows, rows), _unmerged(block.columns, columns))


def _merged(cells: Counts, columns: Flags) -> Counts:
    """Return the table with its hidden columns added up to one, the last."""
    if not columns.any():
        return cells
    return np.concatenate([cells[:, ~columns], cells[:, columns].sum(axis=1, keepdims=True)], axis=1)


def _unmerged(flags: Flags, together: Flags) -> Flags:
    """Return flags of rows (or columns) of which some stood together as the last one."""
    found = np.full(len(together), together.any() and flags[-1])
    found[~together] = flags[: (~together).sum()]
    return found


def _wanted(units: Counts, there: Flags, block: Block, below: float) -> Literal["row", "column"] | None:
    """Return what has to be hidden as well, None where the block is safe."""
    inside = units[block.rows][:, block.columns]
    if block.rows.sum() < 2 or is_small(inside.sum(axis=0), below).any():
        return "row" if not block.rows.all() else "column"
    if block.columns.sum() < 2 or is_small(inside.sum(axis=1), below).any():
        return "column" if not block.columns.all() else "row"
    small = (inside > 0) & (inside < below)
    exists = there[block.rows][:, block.columns]
    told = any((is_determined(inside[..., k], exists) & small[..., k]).any() for k in range(units.shape[-1]))
    return None if not told else "column" if block.rows.all() else "row"


def _widen(sizes: Counts, block: Block, wanted: Literal["row", "column"]) -> None:
    """Add to the block the row or column that has least, but something, to lose."""
    if wanted == "row":
        block.rows[_next(~block.rows, sizes[:, block.columns].sum(axis=1))] = True
    else:
        block.columns[_next(~block.columns, sizes[block.rows].sum(axis=0))] = True


def are_margins_safe(cells: Counts, there: Flags, below: float) -> bool:
    """Return whether the margins of a table (rows, up to a dozen columns, counts) tell no small sum where cells are missing.

    A row that exists in some columns only is known in them as a whole. So is, for any set of columns, what the other rows
    have there: the sums of these columns less the sums of the rows that exist nowhere else.
    """
    if there.all():
        return True
    width = there.shape[1]
    chosen = (np.arange(2**width)[:, None] >> np.arange(width)) & 1 == 1
    within = ~(there[None, :, :] & ~chosen[:, None, :]).any(axis=2)  # sets of columns × rows
    rest = chosen.astype(float) @ cells.sum(axis=0) - within.astype(float) @ cells.sum(axis=1)
    return not is_small(np.round(rest, 6), below).any()


def is_determined(cells: Counts, there: Flags) -> Flags:
    """Return which cells (rows, columns) follow from their row and column sums.

    A row or column that adds up to 0 is empty to any reader; what is left is a linear system: a cell is determined if no
    solution of the homogeneous system moves it, or if its bounds (0, its row, its column, the rest; Fréchet 1940) leave
    one value.
    """
    row, column = cells.sum(axis=1)[:, None], cells.sum(axis=0)[None, :]
    free = there & (row > 0) & (column > 0)
    least, most = np.maximum(row + column - cells.sum(), 0), np.minimum(row, column)
    found: Flags = ~free | (np.abs(most - least) < EXACT)
    found[free] |= _is_fixed(free)[free]
    return found


def _is_fixed(free: Flags) -> Flags:
    """Return which free cells no solution of the homogeneous system (all row and column sums 0) moves."""
    several = (free.any(axis=1).sum() > 1) and (free.any(axis=0).sum() > 1)
    if (free == np.outer(free.any(axis=1), free.any(axis=0))).all():
        return np.full(free.shape, not several)  # whole rows and columns: four corners move any cell
    places, fixed = np.argwhere(free), np.ones(free.shape, dtype=bool)
    if len(places) <= MOST_CELLS:  # beyond it, with reports missing, none counts as safe
        system = _equations(places, free.shape)
        moves = np.eye(len(places)) - np.linalg.pinv(system) @ system  # projection on the homogeneous solutions
        fixed[free] = np.abs(np.diag(moves)) < EXACT
    return fixed


def _equations(places: NDArray[np.int64], shape: tuple[int, ...]) -> Counts:
    """Return one equation per row and one per column."""
    row, column = places[:, 0], places[:, 1]
    by_row = row[None, :] == np.arange(shape[0])[:, None]
    by_column = column[None, :] == np.arange(shape[1])[:, None]
    return np.concatenate([by_row, by_column]).astype(float)

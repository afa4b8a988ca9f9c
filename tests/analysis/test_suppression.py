"""Small numbers: an attacker who knows the rule, the totals and every shown cell cannot tell a hidden small count."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp

from analysis.suppression import Block, hidden_block, hidden_codes, is_determined, is_small, may_say_few

BELOW = 5.0


def column(*counts: float) -> np.ndarray:
    return np.array(counts, dtype=float)[:, None]


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ((10, 20, 30), ()),
        ((0, 10, 0), ()),  # a zero tells of nobody
        ((3, 10, 20), (0, 1)),  # one alone would be the total less the others: the next smallest goes with it
        ((3, 0, 20, 10), (0, 3)),  # a zero hides nothing
        ((2, 3, 9, 30), (0, 1)),  # their sum, 5, is not small
        ((1, 2, 9, 30), (0, 1, 2)),  # their sum, 3, would be
        ((4, 5), (0, 1)),
        ((4,), (0,)),
        ((1, 1, 1), (0, 1, 2)),
    ],
)
def test_the_codes_of_a_dimension(counts: tuple[float, ...], hidden: tuple[int, ...]) -> None:
    assert tuple(np.flatnonzero(hidden_codes(column(*counts), BELOW))) == hidden


def test_the_rest_and_the_whole_are_counts_too() -> None:
    """20 of 22 tell of 2, and 7 of 8 enterprises of one: every count of a cell is looked at."""
    table = np.array([[20, 22, 2], [30, 60, 30], [9, 40, 31]], dtype=float)
    assert list(hidden_codes(table, BELOW)) == [True, False, True]
    assert list(is_small(table, BELOW)) == [True, False, False]


@pytest.mark.parametrize(
    ("counts", "few", "may"),
    [
        ((3, 10), (0,), True),
        ((4, 4), (0, 1), False),  # two counts of at most 4 that add up to 8
        ((1, 5), (0,), False),  # one of at least 5 and one of at least 1 that add up to 6
        ((1, 4), (0, 1), True),  # 1 and 4, 2 and 3 …
        ((1, 6), (0,), True),
        ((4, 4, 5), (0, 1), True),
    ],
)
def test_who_may_be_called_few(counts: tuple[float, ...], few: tuple[int, ...], may: bool) -> None:
    flags = np.array([index in few for index in range(len(counts))])
    assert may_say_few(np.array(counts, dtype=float), flags, BELOW) is may


def possible(counts: np.ndarray, hidden: np.ndarray, says_few: bool) -> list[tuple[int, ...]]:
    """Return every filling of the hidden codes that the shown ones, the total and the words allow."""
    rest = int(counts[hidden].sum())
    few, other = range(1, 5), [0, *range(5, rest + 1)]
    choices = [(few if c < 5 else other) if says_few else range(rest + 1) for c in counts[hidden]]
    return [filling for filling in product(*choices) if sum(filling) == rest]


def test_no_code_is_told_by_the_total_and_the_words() -> None:
    """Every table of three or four codes with counts up to 7, by brute force."""
    for counts in [*product((0, 1, 3, 4, 5, 6, 7), repeat=3), *product((0, 1, 4, 5, 6), repeat=4)]:
        values = np.array(counts, dtype=float)
        hidden = hidden_codes(values[:, None], BELOW)
        if not hidden.any() or 0 < values.sum() < BELOW:
            continue
        few = (values[hidden] > 0) & (values[hidden] < BELOW)
        fillings = np.array(possible(values, hidden, may_say_few(values[hidden], few, BELOW)))
        assert (np.ptp(fillings, axis=0) > 0)[few].all(), counts


def bounds(equations: list[tuple[np.ndarray, float]], size: int, cell: int) -> tuple[float, float]:
    """Return the least and the most that a cell can be in whole numbers, given sums that are known."""
    matrix = np.array([row for row, _sum in equations])
    sums = np.array([value for _row, value in equations])
    aim = np.zeros(size)
    aim[cell] = 1
    known = LinearConstraint(matrix, sums, sums)
    ends = [milp(sign * aim, constraints=known, integrality=np.ones(size)) for sign in (1, -1)]
    assert all(end.success for end in ends)
    return ends[0].fun, -ends[1].fun


class Reader:
    """An attacker: knows the sums that are shown of tables which share their rows, and nothing else."""

    def __init__(self, *tables: np.ndarray) -> None:
        self.shapes = [table.shape for table in tables]
        self.size = sum(table.size for table in tables)
        self.truth = np.concatenate([table.ravel() for table in tables])
        self.equations: list[tuple[np.ndarray, float]] = []
        for table, other in zip(range(len(tables)), range(1, len(tables)), strict=False):  # the same rows in each
            for row in range(tables[0].shape[0]):
                line = self.cells(table, [row], None) - self.cells(other, [row], None)
                self.equations.append((line, 0.0))

    def cells(self, table: int, rows: Any, columns: Any) -> np.ndarray:
        """Return 1 for the cells of some rows and columns of a table (None: all), 0 elsewhere."""
        parts = [np.zeros(shape) for shape in self.shapes]
        rows = range(self.shapes[table][0]) if rows is None else rows
        columns = range(self.shapes[table][1]) if columns is None else columns
        parts[table][np.ix_(list(rows), list(columns))] = 1
        return np.concatenate([part.ravel() for part in parts])

    def reads(self, table: int, rows: Any, columns: Any) -> None:
        """Learn the sum of some cells."""
        line = self.cells(table, rows, columns)
        self.equations.append((line, float(line @ self.truth)))

    def finds_out(self) -> list[int]:
        """Return the small cells whose value follows."""
        small = np.flatnonzero((self.truth > 0) & (self.truth < BELOW))
        ends = {cell: bounds(self.equations, self.size, int(cell)) for cell in small}
        return [int(cell) for cell, (least, most) in ends.items() if least == most]


def published(table: np.ndarray) -> tuple[np.ndarray, np.ndarray, Block]:
    """Return what is hidden of a table by two dimensions and of its margins."""
    rows, columns = hidden_codes(table.sum(axis=1)[:, None], BELOW), hidden_codes(table.sum(axis=0)[:, None], BELOW)
    there = np.ones(table.shape, dtype=bool)
    return rows, columns, hidden_block(table[..., None], there, rows, columns, BELOW)


def show(reader: Reader, number: int, table: np.ndarray) -> int:
    """Let the reader see a table with its margins; return how many cells it shows."""
    rows, columns, block = published(table)
    reader.reads(number, None, None)
    for row in np.flatnonzero(~rows):
        reader.reads(number, [row], None)
    for place in np.flatnonzero(~columns):
        reader.reads(number, None, [place])
    hidden = rows[:, None] | columns[None, :] | (block.rows[:, None] & block.columns[None, :])
    for row, place in np.argwhere(~hidden):
        reader.reads(number, [row], [place])
    return int((~hidden).sum())


@pytest.mark.parametrize("seed", range(12))
def test_no_cell_is_told_by_margins_and_a_second_table(seed: int) -> None:
    """Two tables with the same rows (industries and sizes of communities), read together, in whole numbers."""
    chance = np.random.default_rng(seed)
    rows = int(chance.integers(2, 5))
    first = chance.poisson(chance.choice([1.0, 4.0, 12.0]), (rows, int(chance.integers(2, 5)))).astype(float)
    second = np.zeros((rows, 3))
    for row in range(rows):
        second[row] = chance.multinomial(int(first[row].sum()), [0.7, 0.2, 0.1])
    if first.sum() < BELOW:
        return
    reader = Reader(first, second)
    show(reader, 0, first)
    show(reader, 1, second)
    assert reader.finds_out() == []


def test_the_rule_does_not_hide_everything() -> None:
    table = np.array([[30, 20, 3], [40, 25, 2], [50, 30, 20], [60, 35, 30]], dtype=float)
    rows, columns, block = published(table)
    assert not rows.any() and not columns.any()
    assert list(block.rows) == [True, True, False, False] and list(block.columns) == [False, True, True]


def test_what_is_not_reported_hides_nothing() -> None:
    """A month that one of two hidden communities has not reported leaves the other alone with the month's total."""
    table = np.array([[3, 6, 0], [9, 4, 7], [8, 9, 9.0]])
    nothing = np.zeros(3, dtype=bool)
    there = np.array([[True, True, False], [True, True, True], [True, True, True]])
    block = hidden_block(table[..., None], there, nothing, nothing, BELOW)
    inside = table[block.rows][:, block.columns]
    told = is_determined(inside, there[block.rows][:, block.columns])
    assert not (told & (inside > 0) & (inside < BELOW)).any()


@pytest.mark.parametrize("seed", range(8))
def test_what_is_determined_is_what_whole_numbers_leave_one_value_for(seed: int) -> None:
    chance = np.random.default_rng(seed)
    table = chance.poisson(1.2, (3, 4)).astype(float)
    there = (table > 0) | (chance.random(table.shape) < 0.8)
    equations = [(np.ravel(np.eye(3)[row][:, None] * np.ones(4)), table[row].sum()) for row in range(3)]
    equations += [(np.ravel(np.ones(3)[:, None] * np.eye(4)[place]), table[:, place].sum()) for place in range(4)]
    equations += [(np.eye(12)[cell], 0.0) for cell in np.flatnonzero(~there.ravel())]
    found = is_determined(table, there).ravel()
    for cell in range(12):
        least, most = bounds(equations, 12, cell)
        assert not found[cell] or least == most, "said to be determined"
        if there.all():
            assert found[cell] == (least == most)

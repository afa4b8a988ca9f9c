"""Nearest areas by size and by the make-up of their enterprises.

Every area becomes a point: the logarithm of its size, and per make-up (industry, enterprise scale, ownership) the
square roots of its shares, whose distance is Hellinger's (Legendre & Gallagher 2001, Oecologia 129:271–280): two small
shares count for more than two large ones with the same gap, and an absent industry is no outlier. Each block is scaled
so that two areas drawn at random are 1 apart in it; so all blocks weigh the same, however many codes they have.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
CHUNK = 512  # areas whose distances to all others are held at once
GRAIN = 9  # decimals of a squared distance: what differs less is equal


def _scaled(block: Floats) -> Floats:
    """Return a block (n, d) centred and with a mean squared distance of 1 between two areas; unknown rows at its mean."""
    known = np.asarray(np.isfinite(block).all(axis=1))
    if known.sum() < 2:
        return np.zeros_like(block)
    centred = np.where(known[:, None], block - block[known].mean(axis=0), 0.0)
    spread = 2 * (centred**2).sum() / (known.sum() - 1)
    return np.zeros_like(block) if spread < 1e-18 else centred / np.sqrt(spread)


def shares(counts: Floats) -> Floats:
    """Return each row's counts (n, codes) as shares; an area of which nothing is known has NaN."""
    total = counts.sum(axis=1, keepdims=True)
    return np.divide(counts, total, out=np.full(counts.shape, np.nan), where=total > 0)


def points(sizes: Floats, mixes: Sequence[Floats]) -> Floats:
    """Return areas as points from sizes (n, more than 0) and make-ups (each n × codes, counts of enterprises).

    The Euclidean distance of two points is 1 where they differ as two areas drawn at random do.
    """
    blocks = [np.log(sizes)[:, None], *(np.sqrt(shares(mix)) for mix in mixes)]
    return np.hstack([_scaled(block) for block in blocks]) / np.sqrt(len(blocks))


def nearest(at: Floats, k: int) -> tuple[NDArray[np.intp], Floats]:
    """Return the k nearest others of every point (n, d) as indices and distances, nearest first (both n × k).

    Of equally near ones the earlier comes first. With fewer than k others there are as many columns as others.
    """
    count = len(at)
    k = min(k, max(count - 1, 0))
    found, apart = np.empty((count, k), dtype=np.intp), np.empty((count, k))
    if not k:
        return found, apart
    squares, order = (at**2).sum(axis=1), np.arange(count) * (0.1 ** (GRAIN + 1) / count)
    for start in range(0, count, CHUNK):
        rows = slice(start, min(start + CHUNK, count))
        key = np.round(squares[rows, None] + squares - 2 * at[rows] @ at.T, GRAIN) + order
        key[np.arange(len(key)), np.arange(start, rows.stop)] = np.inf
        near = np.argpartition(key, k - 1, axis=1)[:, :k]
        near = np.take_along_axis(near, np.take_along_axis(key, near, axis=1).argsort(axis=1), axis=1)
        found[rows] = near
        apart[rows] = np.sqrt(((at[near] - at[rows, None]) ** 2).sum(axis=2))
    return found, apart

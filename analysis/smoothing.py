"""Empirical Bayes: rates of small areas drawn towards the common rate, the more the fewer units they rest on.

Arrays are areas × anything (months): the first axis are the areas that are compared with each other. Unknown (NaN) counts
or sizes stay unknown and enter nothing; a size of 0 says nothing of its own and gets the common rate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Array = np.ndarray[Any, np.dtype[np.float64]]
Truths = np.ndarray[Any, np.dtype[np.bool_]]
Noise = Callable[[Array], Array]  # the common rate → the variance of one unit's own value by chance
Neighbours = Sequence[Sequence[int]]  # for each area the places of its neighbours, itself not among them
ROUNDS, CLOSE = 500, 1e-9


class Clustered(Protocol):
    """Sums over an area's clusters (enterprises with x workers, y of them members); `ClusterSums` is one."""

    @property
    def y(self) -> float: ...
    @property
    def x(self) -> float: ...
    @property
    def yy(self) -> float: ...
    @property
    def yx(self) -> float: ...
    @property
    def xx(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Smoothed:
    """Smoothed rates: `values` = `weights` · own rate + (1 − `weights`) · `mean`; `between` = variance of true rates."""

    values: Array
    weights: Array
    mean: Array
    between: Array


def poisson_noise(mean: Array) -> Array:
    """Return the variance of a rare event's count per unit of exposure: a Poisson count varies as its mean."""
    return mean


def binomial_noise(mean: Array) -> Array:
    """Return the variance of one yes or no; near 100 % a Poisson variance would be ten times too large."""
    return mean * (1 - mean)


def clustered_noise(sums: Sequence[Clustered]) -> tuple[Noise, Array]:
    """Return the noise of ratios Σy / Σx of clusters (enterprises), and their numbers of equal clusters.

    The variance of a cluster's own ratio is pooled over all areas around the common ratio R, Σ(y − R·x)² / Σx²; an
    area's ratio has that over (Σx)² / Σx², Kish's number of clusters. Each area's own linearised variance would call an
    area of two enterprises that happen to agree certain.
    """
    y, x, yy, yx, xx = (np.array([getattr(each, name) for each in sums]) for name in ("y", "x", "yy", "yx", "xx"))
    ratio = y.sum() / x.sum()
    squares = max(float((yy - 2 * ratio * yx + ratio**2 * xx).sum()), 0.0)
    return lambda mean: np.full_like(mean, squares / xx.sum()), x**2 / np.where(xx > 0, xx, 1)


def _known(counts: Array, sizes: Array) -> tuple[Array, Array, Truths]:
    """Return counts and sizes with 0 where either is unknown, and where both are known."""
    is_known = np.isfinite(counts) & np.isfinite(sizes)
    if is_known.all():
        return counts, sizes, is_known
    return np.where(is_known, counts, 0.0), np.where(is_known, sizes, 0.0), is_known


def _over(above: Array, below: Array, otherwise: float = 0.0) -> Array:
    """Return above / below, and something else where below is 0."""
    # A size of 0 is no rate of 0: what `otherwise` stands for gets no weight.
    return np.divide(above, below, out=np.full(np.broadcast(above, below).shape, otherwise), where=below > 0)


def _drawn(rates: Array, mean: Array, between: Array, noise: Array, units: Array, is_known: Truths) -> Smoothed:
    """Return the rates with the weight between / (between + noise / units) on their own value."""
    own = between * units
    weights = _over(own, own + noise)
    values = mean + weights * (rates - mean)
    if is_known.all():
        return Smoothed(values, weights, mean, between)
    return Smoothed(np.where(is_known, values, np.nan), np.where(is_known, weights, np.nan), mean, between)


def empirical_bayes(
    counts: Array, sizes: Array, noise: Noise = poisson_noise, effective: Array | None = None
) -> Smoothed:
    """Return rates counts / sizes drawn towards the common rate (Marshall 1991, Applied Statistics 40:283–294).

    The common rate is m = Σcounts / Σsizes; the variance between areas is Σn(r − m)²/Σn less what chance adds, at
    least 0; an area's weight is that over itself plus its own noise, noise(m) / n. With Poisson's noise this is
    Marshall's estimator. `effective` are the numbers of independent units where they are fewer than the sizes.
    """
    counts, sizes, is_known = _known(counts, sizes)
    units = sizes if effective is None else np.where(is_known, effective, 0.0)
    total = sizes.sum(axis=0)
    mean = _over(counts.sum(axis=0), total)
    rates = _over(counts, sizes)
    apart = _over((sizes * (rates - mean) ** 2).sum(axis=0), total)
    per_unit = (sizes > 0).sum(axis=0) if effective is None else _over(sizes, units).sum(axis=0)
    between = np.maximum(apart - noise(mean) * _over(1.0 * per_unit, total), 0.0)
    return _drawn(rates, mean, between, noise(mean), units, is_known)


def standardised(counts: Array, sizes: Array, noise: Noise = poisson_noise, effective: Array | None = None) -> Array:
    """Return (rate − m) / √(variance between + own noise): rates of unlike sizes made comparable.

    Assunção & Reis 1999, Statistics in Medicine 18:2147–2162: Moran's I of raw rates finds clusters of small areas.
    0 where all areas are alike, and where an area has no size.
    """
    smoothed = empirical_bayes(counts, sizes, noise, effective)
    units = sizes if effective is None else effective
    per_spread = np.sqrt(_over(units, smoothed.between * units + noise(smoothed.mean)))
    return (_over(counts, sizes) - smoothed.mean) * per_spread


def adjacency(neighbours: Neighbours) -> csr_array:
    """Return the areas × areas matrix that has 1 for each area itself and each of its neighbours."""
    from scipy.sparse import csr_array

    columns = [column for place, near in enumerate(neighbours) for column in (place, *near)]
    ends = np.cumsum([0, *(1 + len(near) for near in neighbours)])
    return csr_array((np.ones(len(columns)), columns, ends), shape=(len(neighbours), len(neighbours)))


def local_empirical_bayes(
    counts: Array, sizes: Array, near: csr_array, noise: Noise = poisson_noise, effective: Array | None = None
) -> Smoothed:
    """Return rates drawn towards the rate of their neighbourhood (Marshall 1991, section 4).

    As `empirical_bayes` with m and the variance between taken over each area and its neighbours (`adjacency`), so the
    mean and the variance have an entry per area.
    """
    counts, sizes, is_known = _known(counts, sizes)
    units = sizes if effective is None else np.where(is_known, effective, 0.0)
    total = near @ sizes
    mean, rates = _over(near @ counts, total), _over(counts, sizes)
    # Σn(r − m)² over the neighbourhood, written out so that it is three sums and no loop over areas.
    apart = _over(near @ (counts * rates) - 2 * mean * (near @ counts) + mean**2 * total, total)
    between = np.maximum(apart - noise(mean) * _over(near @ _over(sizes, units), total), 0.0)
    return _drawn(rates, mean, between, noise(mean), units, is_known)


def gamma_poisson(counts: Array, exposures: Array) -> Smoothed:
    """Return Poisson rates counts / exposures as posterior means (ν + O) / (α + E) of a gamma prior.

    ν and α by Clayton & Kaldor's iteration (1987, Biometrics 43:671–681, eq. 5–6): the prior's mean ν/α is the mean of
    the posterior means, its variance ν/α² is Σ(1 + α/E)(posterior − mean)² / (n − 1). Where the counts differ no more
    than Poisson's (Pearson's χ² ≤ n − 1), or there are fewer than two, α is infinite: all get the common rate.
    """
    counts, exposures, is_known = _known(counts, exposures)
    is_in = is_known & (exposures > 0)
    areas = is_in.sum(axis=0)
    common = _over(counts.sum(axis=0), exposures.sum(axis=0))
    expected = common * exposures
    pearson = _over((counts - expected) ** 2, expected).sum(axis=0)
    is_apart = (areas > 1) & (pearson > areas - 1)
    mean, alpha = _prior(counts, exposures, is_in, common, is_apart)
    weights = np.where(is_apart, _over(exposures, exposures + alpha), 0.0)
    values = mean + weights * (_over(counts, exposures) - mean)
    between = np.where(is_apart, mean / alpha, 0.0)
    return Smoothed(np.where(is_known, values, np.nan), np.where(is_known, weights, np.nan), mean, between)


def _prior(counts: Array, exposures: Array, is_in: Truths, common: Array, is_apart: Truths) -> tuple[Array, Array]:
    """Iterate the prior's mean ν/α and its α until neither moves by more than a billionth."""
    areas = np.maximum(is_in.sum(axis=0), 1)
    mean, alpha = common, _over(exposures.sum(axis=0), areas + 0 * common, 1.0)  # an area of mean size weighs a half
    for _round in range(ROUNDS):
        posterior = (counts + mean * alpha) / (exposures + alpha)
        centre = np.where(is_in, posterior, 0.0).sum(axis=0) / areas
        spread = np.where(is_in, (1 + _over(alpha + 0 * exposures, exposures)) * (posterior - centre) ** 2, 0.0)
        new = np.where(is_apart, _over(centre * (areas - 1), spread.sum(axis=0), 1.0), alpha)
        is_still = np.abs(new - alpha) <= CLOSE * alpha
        mean, alpha = np.where(is_apart, centre, common), new
        if is_still.all():
            break
    return mean, alpha

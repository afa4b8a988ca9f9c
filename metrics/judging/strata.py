"""Both sides of a number by community, industry and size: what standardisation and decomposition start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from metrics.catalogue import Metric, metric_of
from metrics.plan import plan_of
from metrics.question import Question
from metrics.statement import sums_of
from metrics.warehouse import Warehouse

STRATA = ("industry", "size_band")
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cells:
    """Numerator and base of every community and stratum (communities × strata); a stratum is (industry, size_band)."""

    communities: tuple[str, ...]
    strata: tuple[tuple[str | None, str | None], ...]
    events: Floats
    base: Floats

    def of(self, ids: Sequence[str] | None) -> tuple[Floats, Floats]:
        """Return numerator and base by stratum of some communities together; None: of all."""
        rows = [index for index, community in enumerate(self.communities) if ids is None or community in ids]
        return self.events[rows].sum(axis=0), self.base[rows].sum(axis=0)


def is_offered(metric: Metric) -> bool:
    """Return whether industry and size are known on both sides of a metric's division."""
    return metric.has_own_base and set(STRATA) <= set(metric.dimensions)


def is_open(question: Question) -> bool:
    """Return whether a question may be taken apart: small strata of a public version or of persons may not."""
    metric = metric_of(question.metric)
    return is_offered(metric) and not metric.sensitive and question.audience != "public"


@lru_cache(maxsize=64)
def cells(warehouse: Warehouse, question: Question) -> Cells:
    """Return both sides of a question by community, industry and size, over the communities that have reported."""
    dims = ("community", *STRATA)
    plan = replace(plan_of(warehouse, replace(question, by=())), by=dims, dims=dims)
    sql, values, names = sums_of(plan)
    found: dict[tuple[str, tuple[str | None, str | None]], tuple[float, float]] = {}
    for _role, _month, community, industry, size, *sums in warehouse.cursor().execute(sql, values).fetchall():
        at = dict(zip(names, sums, strict=True))
        if community is not None and at["base"]:  # else no unit of the stratum is on either side
            found[community, (industry, size)] = (float(at["total"]), float(at["base"]))
    communities = tuple(c for c in plan.communities if any(c == community for community, _stratum in found))
    strata = tuple(sorted({stratum for _community, stratum in found}, key=lambda s: (s[0] or "~", s[1] or "~")))
    sides = np.array([[found.get((c, s), (0.0, 0.0)) for s in strata] for c in communities])
    sides = sides.reshape(len(communities), len(strata), 2)  # also where there is none of either
    return Cells(communities, strata, sides[..., 0], sides[..., 1])

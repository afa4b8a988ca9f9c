"""What every part of 组建攻坚 shows: the month and the conditions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from metrics.catalogue import metric_of
from metrics.scope import resolve
from metrics.targets.prospects import METRIC, Drive, Where, drive
from metrics.warehouse import Warehouse


@dataclass(frozen=True)
class View:
    """The month and the conditions of the page."""

    warehouse: Warehouse
    month: date
    where: Where

    @property
    def drive(self) -> Drive:
        """Return the enterprises without a union under the conditions."""
        known = tuple(one for one in self.where if one[0] in metric_of(METRIC).dimensions)
        return drive(self.warehouse, self.month, known)

    @property
    def communities(self) -> tuple[str, ...]:
        """Return the ids of the communities chosen; none means all."""
        named = dict(self.where).get("community", ())
        return tuple(one for name in named if (one := resolve(self.warehouse, "community", name)) is not None)

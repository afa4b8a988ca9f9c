"""The figures of a closed month, as they were on the day it was closed: quotable for ever."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from metrics.catalogue import metric_of
from metrics.closed.closing import Closing, closing, warehouse_of
from metrics.closed.figures import STREET, ClosedFigure, figures_at, period_of
from metrics.closed.kept import Kept, kept, path_of


def kept_of(street: Path, closed: Closing) -> Kept | None:
    """Return what was written when a month was closed; None of one that an older program closed."""
    return kept(path_of(street, closed.month, closed.generation_no, closed.generation_id, closed.closed_on))


def by_key(street: Path, closed: Closing) -> dict[tuple[str, str, str], ClosedFigure]:
    """Return a closing's figures by metric, community and period; treat the dict as read-only.

    Of a month that an older program closed they are read from its generation; StreetError where that is gone too.
    """
    found = kept_of(street, closed)
    return figures_at(warehouse_of(street, closed), closed.month) if found is None else found.figures


def figures(street: Path, closed: Closing) -> tuple[ClosedFigure, ...]:
    """Return a closing's figures."""
    return tuple(by_key(street, closed).values())


def closed_figure(
    street: Path, month: date, metric: str, community_id: str | None = None, period: str | None = None
) -> ClosedFigure | None:
    """Return one figure as it was closed, of the street where no community is named.

    None where the month is open or has no such figure; QuestionError where there is no such metric.
    """
    closed = closing(street, month)
    if closed is None:
        return None
    key = (metric, community_id or STREET, period_of(metric_of(metric), period))
    return by_key(street, closed).get(key)

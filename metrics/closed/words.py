"""What a change has to say of a closed month: which figure of it was compared, where that is not the closed one."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

from etl.errors import StreetError
from metrics import phrases, scope
from metrics.changes import Change
from metrics.closed.closing import Closing, closing
from metrics.closed.figures import STREET, ClosedFigure, period_of
from metrics.closed.quoted import by_key
from metrics.closed.revised import is_equal
from metrics.periods import first_month, month_text
from metrics.question import Question, Row
from metrics.warehouse import Warehouse

Figures = dict[tuple[str, str, str], ClosedFigure]


@dataclass(frozen=True, slots=True)
class Compared:
    """The earlier end of a change and the same number as it was closed; `was` is None where only its parts are known."""

    closed: Closing
    before: Row
    was: Row | None


def street_of(warehouse: Warehouse) -> Path:
    """Return the street's folder of a published generation."""
    return warehouse.path.parents[1]


def closed_note(warehouse: Warehouse, change: Change, has_numbers: bool = True) -> str:
    """Return 环比按更正后的2018年11月数（28宗）计算，定稿数为31宗: where the number compared is not the closed one; else "".

    `has_numbers` False leaves both numbers out: a public version must not tell small ones by another way. Where the
    closed figures cannot be read the change stands without a note: the page of 月度定稿 says why.
    """
    try:
        found = _compared(warehouse, change)
    except StreetError:
        return ""
    return "" if found is None else _sentence(warehouse, change, found, has_numbers)


def _compared(warehouse: Warehouse, change: Change) -> Compared | None:
    """Return the closed number beside the one compared; None where the month is open, or the two are the same."""
    if change.asked is None or change.before is None or change.difference is None:  # no change is told
        return None
    asked = change.asked[1]
    places = _places(change, asked)
    if asked.month is None or places is None or (closed := closing(street_of(warehouse), asked.month)) is None:
        return None
    if closed.generation_id == warehouse.generation_id:
        return None
    return _differing(warehouse, change, asked, closed, places)


def _places(change: Change, asked: Question) -> tuple[str, ...] | None:
    """Return the communities that the number before is of; None where it is cut in a way that is not kept."""
    if asked.by not in {(), ("community",)} or any(name != "community" for name, _values in asked.where):
        return None
    if asked.start is not None and asked.start != first_month(
        period_of(change.metric, asked.period), asked.month or asked.start
    ):
        return None
    own = change.keys.get("community_id")
    return (own,) if own else change.basis.compared


def _differing(
    warehouse: Warehouse, change: Change, asked: Question, closed: Closing, places: tuple[str, ...]
) -> Compared | None:
    figures, period = by_key(street_of(warehouse), closed), period_of(change.metric, asked.period)
    before, metric = change.before, change.metric
    assert before is not None, "_compared has looked"
    parts = [figure for place in places if (figure := figures.get((metric.id, place, period)))]
    whole = figures.get((metric.id, STREET, period))
    if len(parts) < len(places) or any(part.is_hidden for part in parts):
        return None
    if len(parts) == 1:
        return None if _is_same(parts[0], before) else Compared(closed, before, parts[0].row)
    if whole is not None and whole.known == _known(figures, places, metric.id, period):
        return None if _is_same(whole, before) else Compared(closed, before, whole.row)
    sums = _sums(parts)
    if metric.aggregate != "sum" or (is_equal(sums[0], before.numerator) and is_equal(sums[1], before.denominator)):
        return None
    return Compared(closed, before, None)


def _known(figures: Figures, places: tuple[str, ...], metric: str, period: str) -> int:
    """Return how many community-months were known of these places: all that the street's figure had, or fewer."""
    return sum(figures[metric, place, period].known for place in places)


def _is_same(figure: ClosedFigure, row: Row) -> bool:
    pairs = ((figure.numerator, row.numerator), (figure.denominator, row.denominator), (figure.value, row.value))
    return all(is_equal(*pair) for pair in pairs)


def _sums(parts: list[ClosedFigure]) -> tuple[float | None, float | None]:
    """Return what the communities add up to on both sides; None where one of them was not known."""
    sides = ([part.numerator for part in parts], [part.denominator for part in parts])
    above, below = (sum(n for n in side if n is not None) if None not in side else None for side in sides)
    return above, below


def _texts(warehouse: Warehouse, change: Change, now: Row, was: Row) -> tuple[str, str]:
    """Return both numbers with measure word or %; where they read the same, with both their sides."""
    decimals = int(scope.setting_number(warehouse, "decimals"))

    def short(row: Row) -> str:
        if row.value is None:
            return phrases.row_text(change.metric, row, decimals, change.measure)
        word = "" if change.metric.is_percentage else change.measure
        return (_("约") if row.approximate else "") + phrases.number_text(change.metric, row.value, decimals) + word

    if short(now) != short(was):
        return short(now), short(was)
    long = [phrases.row_text(change.metric, row, decimals, change.measure) for row in (now, was)]
    return long[0], long[1]


def _label(change: Change) -> str:
    label = phrases.change_label(change)
    return (
        label if change.metric.time == "flow" and change.metric.period is None else _("“{label}”").format(label=label)
    )


def _sentence(warehouse: Warehouse, change: Change, found: Compared, has_numbers: bool) -> str:
    month = month_text(found.closed.month) + (_("末") if change.metric.time == "stock" else "")
    # A generation that is older than the closing cannot hold what was corrected later.
    is_later = warehouse.generation_no > found.closed.generation_no
    which = _("更正后的") if is_later else _("数据版本{n}的").format(n=warehouse.generation_no)
    facts = {"label": _label(change), "which": which, "month": month}
    if not has_numbers or found.was is None:
        return _("{label}按{which}{month}数计算，与定稿数不同").format(**facts)
    now, was = _texts(warehouse, change, found.before, found.was)
    return _("{label}按{which}{month}数（{now}）计算，定稿数为{was}").format(**facts, now=now, was=was)

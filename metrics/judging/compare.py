"""Communities against the street: place in the funnel, rank with its range, tier, peers, the one giant.

What the page, the terminal, the briefing and the map say of a community's place comes from here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from gettext import gettext as _
from pathlib import Path

from analysis import funnel
from etl.errors import QuestionError
from metrics.catalogue import Metric
from metrics.goals import goal
from metrics.judging import yardstick
from metrics.judging.giants import Giant, giants
from metrics.judging.peers import Peer, PeerSet, peers
from metrics.judging.yardstick import Band, Curve, Few, Place, is_judged, is_ranked
from metrics.periods import span
from metrics.plan import plan_of
from metrics.question import Answer, Question, Row
from metrics.scope import settings
from metrics.values import ask, scale
from metrics.warehouse import Warehouse

__all__ = ["TARGETS", "Band", "Compared", "Comparison", "Curve", "compare", "is_judged", "is_ranked"]
TARGETS = ("street", "goal")
FEW = {"too_few": 20.0, "too_few_expected": 5.0}  # a generation built before the settings existed does not know them


@dataclass(frozen=True, slots=True)
class Compared(Row):
    """One community's number and its place among the others.

    `funnel` is one of `analysis.funnel.CLASSES`, None where nothing can be said: not reported, too few, or a metric
    that is not judged. Ranks count from 1 over the communities that are compared; None where there is no ranking.
    `limits` are its own, in the value's unit.
    """

    funnel: str | None = None
    too_few: bool = False
    rank: int | None = None
    rank_low: int | None = None
    rank_high: int | None = None
    tier: int | None = None
    limits: Band | None = None
    peers: tuple[Peer, ...] = ()
    giant: Giant | None = None


@dataclass(frozen=True)
class Comparison:
    """The communities of one question, in official order, against one target.

    `street` is the row of all together, `target_value` what is compared with: its value, or the goal. `phi` is how many
    times the communities vary as chance alone would, None where nobody is compared; with `is_adjusted` the limits are
    wider by its root. `curve` holds the limits over denominators for the picture, None for clustered ratios.
    """

    answer: Answer
    street: Row
    target: str
    target_value: float | None
    is_adjusted: bool
    phi: float | None
    curve: Curve | None
    peer_set: PeerSet | None
    rows: tuple[Compared, ...]

    def find(self, community_id: str) -> Compared | None:
        """Return one community's row, None where it is not among them."""
        return next((row for row in self.rows if row.keys["community_id"] == community_id), None)


def _target_value(warehouse: Warehouse, metric: Metric, street: Row, target: str) -> float | None:
    """Return what communities are held against; QuestionError where no goal is set."""
    if target not in TARGETS:
        message = _("没有“{target}”这种比较。").format(target=target)
        raise QuestionError(message, remedy=_("可用：{offered}").format(offered="、".join(TARGETS)), code="bad_target")
    if target == "street":
        return street.value
    found = goal(warehouse, metric.id)
    if found is None or not is_judged(metric):
        message = _("“{metric}”没有可以比较的目标。").format(metric=metric.title)
        remedy = _("可在街道设置的 goals 里写明，或与全街道比") if is_judged(metric) else _("请用比率指标")
        raise QuestionError(message, remedy=remedy, code="no_goal")
    return found


def _few(warehouse: Warehouse) -> Few:
    units, expected = (float(settings(warehouse).get(key, usual)) for key, usual in FEW.items())
    return Few(units, expected)


@lru_cache(maxsize=256)
def _judged(warehouse: Warehouse, question: Question, is_adjusted: bool, target: str) -> Comparison:
    """Return the comparison without what stands in the street's folder (peers) beside the generation."""
    answer, street = ask(warehouse, question), ask(warehouse, replace(question, by=())).row
    metric, rows = answer.metric, answer.rows
    value = _target_value(warehouse, metric, street, target)
    size = scale(metric, len(span(answer.first_month, answer.month)))
    if value is None or street.value is None or not is_judged(metric):
        plain = tuple(_compared(row, Place(), None, None) for row in rows)
        return Comparison(answer, street, target, value, is_adjusted, None, None, None, plain)
    few = [yardstick.too_few(metric, row, value / size, _few(warehouse)) for row in rows]
    phi = yardstick.spread(metric, rows, street.value, size, few)
    wide = phi if is_adjusted else None
    limits = yardstick.widened(metric, yardstick.limits_around(metric, value, rows, size), value, wide)
    classes = funnel.classify(yardstick.values_of(rows), limits, few)
    places = yardstick.placed(metric, rows, few, classes)
    heavy = giants(warehouse, question)
    found = tuple(
        _compared(row, place, band, heavy.get(row.keys["community_id"] or ""))
        for row, place, band in zip(rows, places, yardstick.bands(limits), strict=True)
    )
    return Comparison(
        answer, street, target, value, is_adjusted, phi, yardstick.curve(metric, value, rows, size, wide), None, found
    )


def _compared(row: Row, place: Place, band: Band | None, giant: Giant | None) -> Compared:
    known = {field.name: getattr(row, field.name) for field in fields(Row)}
    return Compared(**known, **asdict(place), limits=band, giant=giant)


def _only(found: Comparison, asked: Question, wanted: tuple[str, ...]) -> Comparison:
    """Return a comparison of all with the rows of some communities."""
    own = tuple(row for row in found.rows if row.keys["community_id"] in wanted)
    plain = tuple(row for row in found.answer.rows if row.keys["community_id"] in wanted)
    return replace(found, answer=replace(found.answer, question=asked, rows=plain), rows=own)


def compare(
    warehouse: Warehouse,
    question: Question,
    street: Path | None = None,
    is_adjusted: bool = False,
    target: str = "street",
) -> Comparison:
    """Hold each community against the whole street or the goal; `street` is the folder in which its peers are set.

    A condition on communities chooses who is shown, never what they are held against: against itself each is usual. With `is_adjusted` the limits are widened by how much the communities differ anyway (overdispersion, named on the
    page). A public version has neither ranks nor peers.
    """
    asked = replace(question, by=("community",))
    everywhere = tuple(condition for condition in asked.where if condition[0] != "community")
    wanted = plan_of(warehouse, asked).communities
    found = _only(_judged(warehouse, replace(asked, where=everywhere), is_adjusted, target), asked, wanted)
    if question.audience == "public":
        rows = tuple(replace(row, rank=None, rank_low=None, rank_high=None, tier=None) for row in found.rows)
        return replace(found, rows=rows)
    if street is None:
        return found
    chosen = peers(warehouse, street)
    rows = tuple(replace(row, peers=chosen.of.get(row.keys["community_id"] or "", ())) for row in found.rows)
    return replace(found, peer_set=chosen, rows=rows)

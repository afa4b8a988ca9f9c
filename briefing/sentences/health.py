"""组织健康: unions and enterprises that need a hand, as counts with who answers for them; never in a public version."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from briefing.aspects.numbers import NAMED
from briefing.aspects.resources import place_rows
from briefing.sentences.links import ORGANISING, sentence
from briefing.sentences.scope import Scope, Told
from briefing.sentences.units import responsible, responsible_for
from briefing.told import told
from etl.errors import QuestionError
from metrics.catalogue import Metric, catalogue
from metrics.older import check_held
from metrics.reports import is_sent

METRICS = (
    "unions_term_overdue",
    "unions_without_committee",
    "closed_enterprises_with_union",
    "enterprises_25plus_without_own_union",
    "enterprises_100plus_without_mediation_committee",
)


def health(scope: Scope) -> list[Told]:
    """Return one sentence for each list with something in it."""
    return [] if scope.is_public else list(_each(scope))


def _each(scope: Scope) -> Iterator[Told]:
    for metric in (catalogue()[name] for name in METRICS):
        if not _is_kept(scope, metric) or not scope.answer(metric.id).row.value:
            continue
        parts = told(
            _("{name}{title}{n}{places}。"),
            name=scope.name if scope.community else "",
            title=metric.title,
            n=scope.fact("value", metric.id),
            places=() if scope.community else scope.optional(_("，{places}"), places=scope.fact("places", metric.id)),
        )
        if parts is not None:
            yield sentence(scope, f"health:{metric.id}", parts, ORGANISING, _unit(scope, metric.id), part="health")


def _is_kept(scope: Scope, metric: Metric) -> bool:
    """Return whether the street keeps the ledgers, and the generation was built by a program that knows the columns."""
    if not all(is_sent(scope.source.warehouse, ledger) for ledger in metric.ledgers):
        return False
    try:
        check_held(scope.source.warehouse, metric)
    except QuestionError:
        return False
    return True


def _unit(scope: Scope, metric: str) -> str:
    """Return the one community's federation, those of up to three, else that it is everybody's who has any."""
    if scope.community:
        return responsible(scope.source, scope.community)
    rows = place_rows(scope.source, scope.origin("places", metric))
    if 0 < len(rows) <= NAMED:
        return responsible_for(scope.source, [row.keys["community_id"] or "" for row in rows])
    return _("各有关社区工联会")

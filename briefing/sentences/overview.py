"""总体情况 of a month, a quarter, half a year or a year, of the street or of one community, or of one metric alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from briefing.kinds import kind_of
from briefing.model import Missing, Sentence, facts
from briefing.request import Request
from briefing.sentences.cases import as_of, cases
from briefing.sentences.flows import flow
from briefing.sentences.normal import changes_in, normal, note
from briefing.sentences.scope import Scope, Told
from briefing.sentences.spans import Span, span_of
from briefing.sentences.stocks import stock
from briefing.sentences.yearly import yearly
from briefing.source import Source
from briefing.typed.heads import as_day, head_note
from metrics.catalogue import metric_of

Builder = Callable[[Scope, Span, list[Sentence]], list[Told]]
DISPUTE = "dispute"  # the unit of the metrics that rest on the disputes' ledger
STOCKS = ("coverage_rate", "membership_rate_area")
# What came, and how far it is towards the year's target, which says what has come since January as well.
WORK = (
    ("unions_formed", "unions_formed_target_progress"),
    ("members_joined", "members_joined_target_progress"),
)


def overview(source: Source, request: Request) -> list[Told]:
    """Return the sentences of a document's first paragraph, and what cannot be told.

    What is true of several changes alike (属正常波动, the communities compared) stands once, at the paragraph's end.
    """
    kind = kind_of(request.kind)
    span = span_of(kind.period, request.end, is_short=kind.most_pages is not None and not request.topic)
    issued_on = _issued_on(source, request)
    scope = Scope(source, request.end, request.community, issued_on=issued_on, is_short=span.is_short)
    quiet = replace(scope, hides_normal=True, hides_note=True)
    changes = changes_in(_sentences(_told(quiet, span, request.topic)))
    alike = note(scope, changes), normal(scope, changes)
    scope = replace(scope, hides_note=alike[0] is not None, hides_normal=alike[1] is not None)
    found = _told(scope, span, request.topic)
    ledger = as_of(scope) if _needs_ledger(scope, request.topic, found) else []
    return _in_order([*found, *(one for one in alike if one), *ledger])


def _needs_ledger(scope: Scope, topic: str, found: list[Told]) -> bool:
    """Return whether the disputes' day is to be said: not on another topic, nor where the public sees none of them."""
    if topic and metric_of(topic).unit != DISPUTE:
        return False
    said = (fact.origin.metric for one in _sentences(found) for fact in facts(one.parts))
    return not scope.is_public or any(metric_of(metric).unit == DISPUTE for metric in said)


def _issued_on(source: Source, request: Request) -> date | None:
    """Return the day that was typed for this issue: the ledgers are old or new on that day."""
    if source.street is None:
        return None
    typed = head_note(source.street, request.kind, request.end, request.community or request.topic)
    return as_day(typed["issued_on"])


def _told(scope: Scope, span: Span, topic: str) -> list[Told]:
    """Return everything in order; the first sentence that can be told says when and where."""
    found: list[Told] = []
    for build in _one(topic) if topic else _all(span):
        found += build(scope, span, _sentences(found))
    return found


def _sentences(found: list[Told]) -> list[Sentence]:
    return [one for one in found if isinstance(one, Sentence)]


def _all(span: Span) -> list[Builder]:
    # A document of few pages has the year's targets in its table alone.
    work = [] if span.is_short else [metric for pair in WORK for metric in pair]
    return [*(builder for metric in (*STOCKS, *work) for builder in _one(metric)), *cases()]


def _one(metric: str) -> list[Builder]:
    """Return the sentences on one metric: a level, a year's progress, or what came in the period."""
    about = metric_of(metric)
    if about.time == "stock":
        return [lambda scope, span, before: stock(scope, span, metric, before)]
    if about.period:
        return [lambda scope, span, before: yearly(scope, metric, before)]
    return [lambda scope, span, before: flow(scope, span, metric, before)]


def _in_order(found: list[Told]) -> list[Told]:
    """Return what is told before what is missing, each hole once."""
    missing = dict.fromkeys(one for one in found if isinstance(one, Missing))
    return [*_sentences(found), *missing]

"""A level at the period's end: with both sides, its changes, its goal; of one community its range and place as well."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from briefing.aspects.changes import is_unmoved
from briefing.model import Missing, Sentence, Text, facts
from briefing.sentences.levels import short, standing
from briefing.sentences.links import MAP, sentence
from briefing.sentences.scope import Scope, Told
from briefing.sentences.spans import Span
from briefing.told import joined, told


def stock(scope: Scope, span: Span, metric: str, before: Sequence[Sentence] = ()) -> list[Told]:
    """Say a level; as of when stands in the first sentence, and wherever it is another day than said before."""
    changes, missing = stock_changes(scope, span, metric)
    parts = told(
        _("{until}{name}{title}{row}{left_out}{standing}{giant}{changes}{goal}。"),
        until=until(scope, metric, before),
        name=() if before else scope.name,
        title=scope.title(metric),
        row=scope.fact("row", metric),
        left_out=scope.optional(_("，{names}"), names=scope.left_out(metric, None, before)),
        standing=standing(scope, metric),
        giant=scope.optional(_("；{giant}"), giant=scope.fact("without_giant", metric)),
        changes=scope.optional(_("；{changes}") if scope.community else _("，{changes}"), changes=changes or None),
        goal=short(scope, metric),
    )
    if parts is None:
        return [scope.missing(metric)]
    return [sentence(scope, f"level:{metric}", parts, MAP, metric=metric), *missing]


def until(scope: Scope, metric: str, before: Sequence[Sentence]) -> Text:
    """Return 截至2018年12月末，or of carried registers 沿用2018年6月末台账，; () where an earlier sentence has said so."""
    day = scope.fact("until", metric)
    said = [one.text for sentence in before for one in facts(sentence.parts) if one.origin.aspect == "until"]
    if day is None or said[-1:] == [day.text]:
        return ()
    is_carried = scope.fact("carried", metric) is not None
    return scope.optional(_("沿用{day}台账，") if is_carried else _("截至{day}，"), day=day)


def stock_changes(scope: Scope, span: Span, metric: str) -> tuple[Text, list[Missing]]:
    """Return a level's changes, each once: in December 年初 and 上年同期 are one month, two carried registers one day."""
    told_of: dict[str, str] = {}
    missing = []
    for against in _against(scope, span, metric):
        change = scope.fact("change", metric, against)
        if change is None:
            missing.append(scope.no_change(metric, against))
        else:
            told_of.setdefault(change.text, against)
    return joined([scope.changed(metric, against) for against in told_of.values()], "，"), missing


def _against(scope: Scope, span: Span, metric: str) -> list[str]:
    """Return what a level is held against: each month once, and not the register that it rests on itself."""
    same_month = {12: "last_year", 1: "previous_month"}.get(scope.month.month)
    return [
        against
        for against in span.against
        if against != same_month and not is_unmoved(scope.source, scope.origin("change", metric, against))
    ]

"""What is said once for a whole paragraph: 属正常波动, and over which communities is compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from gettext import gettext as _

from briefing.aspects import fact
from briefing.aspects.changes import changed, together, verdict_of
from briefing.model import Fact, Origin, Sentence, facts
from briefing.sentences.scope import Scope
from briefing.told import told
from metrics.catalogue import metric_of
from metrics.judging.chance import Verdict

LEAST = 2  # changes that are worth a sentence of their own


def changes_in(sentences: Iterable[Sentence]) -> list[Fact]:
    """Return the changes that sentences tell."""
    return [one for sentence in sentences for one in facts(sentence.parts) if one.origin.aspect == "change"]


def normal(scope: Scope, changes: list[Fact]) -> Sentence | None:
    """Return 以上变化均属正常波动, or 其余变化均… where some do not; None where too few are normal for a sentence.

    Why some are not judged (Spring Festival) stands there once as well.
    """
    moved = [one for one in changes if _("持平") not in one.text and changed(scope.source, one.origin).difference]
    found = [(one.origin, verdict_of(scope.source, one.origin)) for one in moved]
    usual = [origin for origin, judged in found if judged.is_beyond is False]
    reasons = {judged.reason: origin for origin, judged in found if judged.reason}
    if len(usual) < LEAST or len(reasons) > 1:
        return None
    why = fact(scope.source, replace(next(iter(reasons.values())), aspect="judged")) if reasons else None
    parts = told(
        _template([judged for _origin, judged in found]),
        why=scope.optional(_("{why}；"), why=why),
        normal=fact(scope.source, together(usual)),
    )
    return None if parts is None else Sentence("normal", parts)


def _template(found: list[Verdict]) -> str:
    if any(judged.is_beyond is None and not judged.reason for judged in found):
        return _("{why}能作判断的其余变化均{normal}。")
    is_all = all(judged.is_beyond is False for judged in found)
    return _("{why}以上变化均{normal}。") if is_all else _("{why}其余变化均{normal}。")


def note(scope: Scope, changes: list[Fact]) -> Sentence | None:
    """Return 纠纷的增减按已报的11个社区同口径比较; None where it is not one and the same."""
    each: dict[str, set[str]] = {}
    origins: dict[str, Origin] = {}
    for one in changes:
        found = changed(scope.source, one.origin)
        text = fact(scope.source, _note_of(one.origin)) if found.difference is not None else None
        each.setdefault(one.origin.metric, set()).add(text.text if text else "")
        origins.setdefault(text.text if text else "", one.origin)
    noted = {metric: texts for metric, texts in each.items() if texts != {""}}
    said = set().union(*noted.values()) if noted else set()
    if len(said) != 1:
        return None
    about = [metric_of(metric) for metric in noted]
    is_all_disputes = {metric.unit for metric in about} == {"dispute"}
    titles = _("纠纷") if is_all_disputes else "、".join(metric.title for metric in about)
    over = fact(scope.source, _note_of(origins[said.pop()]))
    parts = told(_("{titles}的增减{over}。"), titles=titles, over=over)
    return None if parts is None else Sentence("like_for_like", parts)


def _note_of(origin: Origin) -> Origin:
    return replace(origin, aspect="like_for_like")

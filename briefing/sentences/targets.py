"""本月要点 on the year's target: how far, and who is behind the calendar."""

from __future__ import annotations

from gettext import gettext as _

from briefing.aspects.communities import behind_rows
from briefing.model import Text
from briefing.sentences.links import COMPARE, sentence
from briefing.sentences.scope import Scope, Told
from briefing.sentences.units import responsible_for
from briefing.sentences.yearly import TARGETS, progress


def target(scope: Scope, metric: str = "unions_formed_target_progress") -> list[Told]:
    """Say how far the year's target is, beside the share of the year that is over, and who is behind it."""
    parts = progress(scope, metric, scope.name if scope.community else "")
    if not parts:
        return [scope.missing(metric)]
    behind = [] if scope.is_public else behind_rows(scope.source, scope.origin("behind", metric))
    ids = [row.keys["community_id"] or "" for row in behind]
    unit = responsible_for(scope.source, ids) if ids else ""
    if scope.is_short and ids and not scope.community:
        parts = _behind_alone(scope, metric)
    elif ids:
        parts += _behind(scope, metric)
    return [sentence(scope, f"target:{metric}", (*parts, "。"), COMPARE, unit, metric=metric)]


def _behind(scope: Scope, metric: str) -> Text:
    if scope.community:
        return scope.optional(_("，{pace}"), pace=scope.fact("pace", metric))
    n, names = scope.fact("behind", metric), scope.fact("behind_names", metric)
    return scope.optional(_("；低于时序进度的社区有{n}：{names}"), n=n, names=names)


def _behind_alone(scope: Scope, metric: str) -> Text:
    """Return who is behind without the street's own progress, which the document says elsewhere."""
    return scope.optional(
        _("{what}低于时序进度{schedule}的社区有{n}：{names}"),
        what=TARGETS[metric][0],
        schedule=scope.fact("schedule", metric),
        n=scope.fact("behind", metric),
        names=scope.fact("behind_names", metric),
    )

"""年度任务: every yearly task of the street or of one community, how far it is, and where it will be at the year's end."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from briefing.model import Text
from briefing.sentences.links import ORGANISING, sentence
from briefing.sentences.scope import Scope, Told
from metrics.catalogue import catalogue
from metrics.reports import is_sent
from metrics.targets.listed import targets

LEDGER = "target"
TOLD = {"unions_formed", "members_joined"}  # 总体情况 tells how far these two are; here stands what is expected of them


def tasks(scope: Scope) -> list[Told]:
    """Return one sentence a task that says more than 总体情况 does; none in a public version."""
    if scope.is_public or not is_sent(scope.source.warehouse, LEDGER):
        return []
    return list(_each(scope))


def _each(scope: Scope) -> Iterator[Told]:
    place = scope.community or None
    named = {
        one.indicator
        for one in targets(scope.source.warehouse, scope.month.year)
        if one.community_id == place or not place
    }
    for metric in (name for name in catalogue() if name in named):
        if parts := _text(scope, metric):
            yield sentence(scope, f"task:{metric}", (*parts, "。"), ORGANISING, part="targets")


def _text(scope: Scope, metric: str) -> Text:
    """Return the task with its forecast, the forecast alone of what has been told, () without anything to say."""
    expected = scope.fact("task_forecast", metric)
    if metric in TOLD:
        return scope.optional(_("{title}{expected}"), title=catalogue()[metric].title, expected=expected)
    return scope.optional(
        _("{task}{expected}"),
        task=scope.fact("task", metric),
        expected=scope.optional(_("，{expected}"), expected=expected),
    )

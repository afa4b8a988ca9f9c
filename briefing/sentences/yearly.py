"""The year's targets: how far they are, beside the share of the year that is over (时序进度)."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from briefing.model import Sentence, Text, facts
from briefing.sentences.links import COMPARE, sentence
from briefing.sentences.scope import Scope, Told
from briefing.told import Piece
from metrics import phrases

# What is counted towards a target, its measure word, and the metric that counts it alone.
TARGETS = {
    "unions_formed_target_progress": (_("新建会"), _("家"), "unions_formed"),
    "members_joined_target_progress": (_("发展会员"), _("人"), "members_joined"),
}


def yearly(scope: Scope, metric: str, before: Sequence[Sentence] = ()) -> list[Told]:
    """Say a target's progress and how it stands against the calendar."""
    is_said = _is_count_said(scope, metric, before)
    parts = share(scope, metric) if is_said else progress(scope, metric, "" if before else scope.name)
    if not parts:
        return [scope.missing(metric)]
    pace = scope.optional(_("，{pace}"), pace=scope.fact("pace", metric))
    return [sentence(scope, f"target:{metric}", (*parts, *pace, "。"), COMPARE, metric=metric)]


def _is_count_said(scope: Scope, metric: str, before: Sequence[Sentence]) -> bool:
    """Return whether the sentence before has said the same count since January: it needs no saying twice."""
    done, (_what, word, counted) = scope.fact("numerator", metric), TARGETS[metric]
    said = [one for sentence in before[-1:] for one in facts(sentence.parts) if one.origin.aspect == "value"]
    return done is not None and any(one.text == done.text + word and one.origin.metric == counted for one in said[-1:])


def share(scope: Scope, metric: str) -> Text:
    """Return 完成年度任务200家的106.0%，时序进度100%: what follows a count that has just been said."""
    return scope.optional(
        _("{what}完成年度任务{planned}{word}的{share}{left_out}，时序进度{schedule}"), **_pieces(scope, metric)
    )


def progress(scope: Scope, metric: str, name: str) -> Text:
    """Return 1—12月新建会212家，完成年度任务200家的106.0%，时序进度100%; () where it is not known."""
    return scope.optional(
        _("{name}{period}{what}{done}{word}，完成年度任务{planned}{word}的{share}{left_out}，时序进度{schedule}"),
        name=name,
        period=phrases.so_far_text(scope.month),
        done=scope.fact("numerator", metric),
        **_pieces(scope, metric),
    )


def _pieces(scope: Scope, metric: str) -> dict[str, Piece]:
    what, word, _counted = TARGETS[metric]
    return {
        "what": what,
        "word": word,
        "planned": scope.fact("denominator", metric),
        "share": scope.fact("value", metric),
        "left_out": scope.optional(_("（{names}）"), names=scope.left_out(metric)),
        "schedule": scope.fact("schedule", metric),
    }

"""社区说明 beside what is said of a community that is 偏低: its own words, as typed; never in a public version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from briefing.aspects.communities import low_ids
from briefing.kinds import kind_of
from briefing.model import Missing, Origin, Sentence, Typed
from briefing.request import Request
from briefing.sentences import attention
from briefing.source import Source
from metrics import scope
from metrics.catalogue import catalogue
from metrics.judging.community_notes import community_notes


def remarks(
    source: Source, month: date, metric: str, period: str | None = None, community: str = ""
) -> tuple[Sentence, ...]:
    """Return what the communities that are low by a metric say of it: 南坑社区说明（12月30日）：…, the lowest class first."""
    if source.street is None or source.audience == "public" or not metric:
        return ()
    said = community_notes(source.street, metric, month)
    if not said:
        return ()
    low = low_ids(source, Origin("low", metric, month, period))
    names = {option.id: option.title for option in scope.communities(source.warehouse)}
    return tuple(
        Sentence(f"remark:{metric}:{at}", (names[at], Typed(said[at].text.rstrip("。；")), "。"))
        for at in low
        if at in said and community in {"", at}
    )


def metric_in(sentence_id: str) -> str:
    """Return the metric that a sentence's id ends with (unmet:coverage_rate), "" for none."""
    last = sentence_id.rpartition(":")[2]
    return last if last in catalogue() else ""


def other_remarks(source: Source, request: Request, metrics: Iterable[tuple[str, str | None]]) -> tuple[Sentence, ...]:
    """Return the remarks on metrics (with their periods) that do not stand in 需关注事项 already."""
    told: set[str] = set()
    if any("attention" in parts for parts in kind_of(request.kind).sections):
        found = attention(source, request.end, request.community, kind_of(request.kind).most_pages is not None)
        told = {metric_in(one.id) for one in found if not isinstance(one, Missing)}
    wanted = dict.fromkeys(one for one in metrics if one[0] not in told)
    return tuple(
        sentence
        for metric, period in wanted
        for sentence in remarks(source, request.end, metric, period, request.community)
    )

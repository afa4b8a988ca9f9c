"""How a number has moved, like for like, and whether that is more than the usual ups and downs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

from briefing.model import Origin
from briefing.source import Source
from metrics import phrases
from metrics.changes import Change
from metrics.judging import aligned as festival
from metrics.judging.chance import Verdict, verdict, verdict_text
from metrics.question import Question

AGAINST = ("previous_month", "year_start", "last_year")


def changed(source: Source, origin: Origin) -> Change:
    """Return the change that an origin asks for; `of` says against what."""
    return source.change(origin.question, origin.of)


@lru_cache(maxsize=2048)
def _verdict(source: Source, question: Question, against: str) -> Verdict:
    return verdict(source.warehouse, source.change(question, against))


def verdict_of(source: Source, origin: Origin) -> Verdict:
    """Return whether a change is more than the usual ups and downs, worked out once per generation."""
    return _verdict(source, replace(origin.question, audience=source.audience), origin.of)


def is_unmoved(source: Source, origin: Origin) -> bool:
    """Return whether both ends of a change rest on the same registers, carried from an earlier month."""
    basis = changed(source, origin).basis
    return basis.is_carried and basis.now_as_of is not None and basis.now_as_of == basis.before_as_of


def is_judgeable(source: Source, origin: Origin) -> bool:
    """Return whether nothing (Spring Festival) stands against judging a change."""
    return not verdict_of(source, origin).reason


def change(source: Source, origin: Origin) -> str | None:
    """比上年同期减少4宗，下降11.4%: the like-for-like change against `of`; 报送不全，暂不比较 where too few are in."""
    found = changed(source, origin)
    if found.difference is None and not found.is_incomplete:
        return None
    return phrases.change_sentence(found, source.decimals)


def change_short(source: Source, origin: Origin) -> str | None:
    """＋0.4个百分点: a change as a table writes it; why there is none, where it cannot be told."""
    return phrases.change_text(changed(source, origin), source.decimals)


def like_for_like(source: Source, origin: Origin) -> str | None:
    """按已报的11个社区同口径比较: over which communities a change is told; None where it is over all."""
    return phrases.like_for_like_text(changed(source, origin)) or None


def judged(source: Source, origin: Origin) -> str | None:
    """属正常波动, 超出正常波动, or why neither is said; None where there is nothing to judge."""
    return verdict_text(verdict_of(source, origin)) or None


def together(origins: list[Origin]) -> Origin:
    """Return the origin of what several changes of one month and place have in common."""
    listed = ";".join(",".join((o.metric, o.period or "", f"{o.start or ''}", o.of)) for o in origins)
    return replace(origins[0], aspect="judged_together", of=listed)


def _each(origin: Origin) -> list[Origin]:
    found = [entry.split(",") for entry in origin.of.split(";")]
    return [
        replace(
            origin,
            metric=metric,
            period=period or None,
            start=date.fromisoformat(start) if start else None,
            of=against,
        )
        for metric, period, start, against in found
    ]


def judged_together(source: Source, origin: Origin) -> str | None:
    """属正常波动: what all the changes listed in `of` are; None where they differ or one is not judged."""
    found = {verdict_of(source, one) for one in _each(origin)}
    return verdict_text(found.pop()) or None if len(found) == 1 else None


def aligned(source: Source, origin: Origin) -> str | None:
    """春节前56天至16天20宗，上年春节前同期21宗，属正常波动: January by the days before the festival; None otherwise."""
    found = festival.aligned(source.warehouse, replace(origin.question, audience=source.audience))
    return None if found is None else festival.aligned_text(found)

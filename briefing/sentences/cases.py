"""总体情况 on disputes: received, closed, in hand, how often for so many workers, and how far the ledger reaches."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from gettext import gettext as _

from briefing.aspects.disputes import METRIC
from briefing.model import Missing, Sentence, Text, plain
from briefing.sentences.disputes import most_causes, season
from briefing.sentences.flows import flow_text
from briefing.sentences.links import DISPUTES, sentence
from briefing.sentences.scope import Scope, Told
from briefing.sentences.spans import Span
from briefing.sentences.stocks import stock_changes
from briefing.told import joined, told
from metrics import phrases
from metrics.periods import first_month
from metrics.scope import months

RATE = "disputes_per_1000_workers"


def cases() -> list[Callable[[Scope, Span, list[Sentence]], list[Told]]]:
    """Return the builders in order."""
    return [received, closed, rate]


def received(scope: Scope, span: Span, before: Sequence[Sentence]) -> list[Told]:
    """Say how many disputes came, since January too, and which causes make up most of them."""
    by_festival, against = _compared(scope, span)
    parts, missing = flow_text(scope, span, METRIC, before, by_festival, against)
    if not parts:
        return [scope.missing(METRIC, span.period)]
    named = () if span.is_short else most_causes(scope, span.period)
    # After the total since January the causes would be taken for those of all these months.
    when = span.label if "；" in plain(parts) else ()
    causes = scope.optional(_("；{when}按案由，{named}"), when=when, named=named or None)
    return [_linked(scope, span.period, f"flow:{METRIC}", (*parts, *causes, "。")), *missing]


def _linked(scope: Scope, period: str, id: str, parts: Text) -> Sentence:
    """Return a sentence that leads to the cases of its period, as far back as there are any."""
    start = max(first_month(period, scope.month), months(scope.source.warehouse)[0])
    return sentence(scope, id, parts, DISPUTES, start=f"{start:%Y-%m}")


def _compared(scope: Scope, span: Span) -> tuple[Text, tuple[str, ...]]:
    """Return the comparison by the days before Spring Festival, and what else a month is held against."""
    if span.is_short or span.period != "month":
        return (), ("last_year",)
    # In February the total since January, which follows, is what the festival does not upset.
    return season(scope) if scope.month.month == 1 else (), ("previous_month", "last_year")


def closed(scope: Scope, span: Span, before: Sequence[Sentence]) -> list[Told]:
    """Say how many were closed, how many of them by mediation, and how many are in hand at the period's end."""
    done, (hand, missing) = _done(scope, span, before), in_hand(scope, span, before)
    missing += [scope.missing(metric, span.period) for metric, text in (("disputes_closed", done), ("disputes_open", hand))
                if not text]  # fmt: skip
    parts = joined([done, hand], "；")
    return [*([_linked(scope, span.period, "disputes:open", (*parts, "。"))] if parts else []), *missing]


def _done(scope: Scope, span: Span, before: Sequence[Sentence]) -> Text:
    mediated = scope.fact("value", "disputes_mediated", period=span.period)
    # In public the rest would be told by the difference, and may be few.
    is_told = not (scope.is_public or span.is_short) and bool(scope.answer("disputes_mediated", span.period).row.value)
    return scope.optional(
        _("{label}办结{n}{left_out}{mediated}"),
        label=span.label,
        n=scope.fact("value", "disputes_closed", period=span.period),
        left_out=scope.optional(_("（{names}）"), names=scope.left_out("disputes_closed", span.period, before)),
        mediated=scope.optional(_("，其中调解成功{n}"), n=mediated if is_told else None),
    )


def in_hand(scope: Scope, span: Span, before: Sequence[Sentence] = ()) -> tuple[Text, list[Missing]]:
    """Return 月末在办24宗，比上月减少4宗, and what it leaves out."""
    # Short, the table beside it has the change.
    changes, missing = ((), []) if span.is_short else stock_changes(scope, span, "disputes_open")
    parts = scope.optional(
        _("{end}在办{n}{left_out}{changes}"),
        end=span.end_label,
        n=scope.fact("value", "disputes_open"),
        left_out=scope.optional(_("（{names}）"), names=scope.left_out("disputes_open", None, before)),
        changes=scope.optional(_("，{changes}"), changes=changes or None),
    )
    return (parts, missing) if parts else ((), [])


def rate(scope: Scope, span: Span, before: Sequence[Sentence]) -> list[Told]:
    """Say a community's disputes for so many workers a year, beside the whole street's; nothing of the street."""
    if not scope.community:
        return []
    street = Scope(scope.source, scope.month)
    parts = told(
        _("{months}每千名职工纠纷数（折算全年）{n}{left_out}{range}，全街道{street}。"),
        months=phrases.so_far_text(scope.month),
        n=scope.fact("value", RATE, period="ytd"),
        left_out=scope.optional(_("（{names}）"), names=scope.left_out(RATE, "ytd")),
        range=scope.optional(_("，参考范围{range}"), range=scope.fact("range", RATE, period="ytd")),
        street=street.fact("value", RATE, period="ytd"),
    )
    if parts is None:
        return [scope.missing(RATE, "ytd")]
    return [_linked(scope, "ytd", "disputes:rate", parts)]


def as_of(scope: Scope) -> list[Told]:
    """Say how far the ledger of disputes reaches, and that it is old where it is."""
    has_hand = scope.answer("disputes_open").row.value is not None
    stale = scope.fact("stale", METRIC, f"{scope.issued_on or ''}")
    parts = told(
        _("纠纷台账更新至{day}{stale}。"),
        day=scope.fact("ledger_day", METRIC),
        stale=scope.optional(_("，{stale}，在办数仅供参考") if has_hand else _("，{stale}"), stale=stale),
    )
    if parts is None:
        return [Missing(_("纠纷台账更新日期"), _("未报"))]
    return [_linked(scope, "month", "disputes:as_of", parts)]

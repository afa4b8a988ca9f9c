"""What came in the period, and since January: 12月新建会企业15家…；1—12月累计212家…."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from briefing.aspects.changes import is_judgeable
from briefing.model import Missing, Sentence, Text, plain
from briefing.sentences.links import COMPARE, sentence
from briefing.sentences.scope import Scope, Told
from briefing.sentences.spans import Span
from briefing.told import joined, told
from metrics import phrases
from metrics.catalogue import metric_of

SUMMED = {"count", "amount"}  # a rate of several months is no sum of theirs
WHAT = {
    "unions_formed": _("新建会企业"),
    "members_joined": _("新发展会员"),
    "disputes_received": _("受理劳资纠纷"),
    "disputes_closed": _("办结劳资纠纷"),
}


def flow(scope: Scope, span: Span, metric: str, before: Sequence[Sentence] = ()) -> list[Told]:
    """Say what came in the period with its change on the year before, and the total since January with its own."""
    parts, missing = flow_text(scope, span, metric, before)
    if not parts:
        return [scope.missing(metric, span.period)]
    period = "month" if span.period == "month" else "ytd"  # the page knows no quarter
    return [sentence(scope, f"flow:{metric}", (*parts, "。"), COMPARE, metric=metric, period=period), *missing]


def flow_text(
    scope: Scope,
    span: Span,
    metric: str,
    before: Sequence[Sentence],
    season: Text = (),
    against: tuple[str, ...] = ("last_year",),
) -> tuple[Text, list[Missing]]:
    """Return the sentence without its full stop and what it leaves out; () where the period's number is missing."""
    change, missing = flow_changes(scope, metric, span.period, against)
    parts = told(
        _("{when}{what}{n}{left_out}{changed}{season}"),
        when=when(scope, span, before),
        what=WHAT.get(metric, metric_of(metric).title),
        n=scope.fact("value", metric, period=span.period),
        left_out=scope.optional(_("（{names}）"), names=scope.left_out(metric, span.period, before)),
        changed=scope.optional(_("，{changed}"), changed=change or None),
        season=scope.optional(_("；{season}"), season=season or None),
    )
    if parts is None:
        return (), []
    if span.is_whole:
        return parts, missing
    total, more = so_far(scope, metric, before, change)
    return parts + total, [*missing, *more]


def so_far(scope: Scope, metric: str, before: Sequence[Sentence] = (), said: Text = ()) -> tuple[Text, list[Missing]]:
    """Return ；1—12月累计212家，比上年同期增加15家…, and what it leaves out; not twice that nothing can be compared."""
    change, missing = flow_changes(scope, metric, "ytd")
    total = scope.optional(
        _("；{months}{sums}{n}{left_out}{changed}"),
        sums=_("累计") if metric_of(metric).kind in SUMMED else (),
        months=phrases.so_far_text(scope.month),
        n=scope.fact("value", metric, period="ytd"),
        left_out=scope.optional(_("（{names}）"), names=scope.left_out(metric, "ytd", before)),
        changed=scope.optional(
            _("，{changed}"), changed=None if is_incomplete(change) and is_incomplete(said) else change or None
        ),
    )
    return (total, missing) if total else ((), [scope.missing(metric, "ytd")])


def is_incomplete(change: Text) -> bool:
    """Return whether a text says that too few have reported for any comparison."""
    return plain(change) == _("报送不全，暂不比较")


def flow_changes(
    scope: Scope, metric: str, period: str, against: tuple[str, ...] = ("last_year",)
) -> tuple[Text, list[Missing]]:
    """Return a number's changes, and what is left out; one on the month before only where the festival allows it."""
    told_of: dict[str, Text] = {}
    missing = []
    for one in against:
        if one == "previous_month" and not is_judgeable(scope.source, scope.origin("change", metric, one, period)):
            continue
        change = scope.changed(metric, one, period)
        told_of.setdefault(plain(change), change)
        missing += [] if change else [scope.no_change(metric, one, period)]
    return joined(told_of.values(), "，"), missing


def when(scope: Scope, span: Span, before: Sequence[Sentence]) -> str:
    """Return 12月, or in the first sentence 2018年12月，全街道."""
    if before:
        return span.label
    return _("{year}年{label}，{name}").format(year=scope.month.year, label=span.label, name=scope.name)

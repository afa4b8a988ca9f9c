"""基本情况: how many enterprises, workers, unions and members there are, as a summary begins."""

from __future__ import annotations

from gettext import gettext as _

from briefing.model import Missing, Paragraph, Section, Sentence, Text
from briefing.request import Request
from briefing.sections.made import Made
from briefing.sentences.scope import Scope
from briefing.source import Source
from briefing.told import told
from metrics.periods import month_text

TITLE = _("基本情况")
YEAR = "year_start"


def build(source: Source, request: Request) -> Made:
    """Return the sentences that can be told; the others are listed."""
    scope = Scope(source, request.end, request.community)
    told_of = {"enterprises": _workers(scope), "coverage_rate": _unions(scope), "members": _members(scope)}
    sentences = tuple(Sentence(f"basics:{metric}", text) for metric, text in told_of.items() if text)
    missing = tuple(scope.missing(metric) for metric, text in told_of.items() if not text)
    if not sentences:
        return Made(None, (*missing, Missing(TITLE, _("企业台账未报"), is_section=True)))
    return Made(Section("basics", TITLE, (Paragraph(sentences),)), missing)


def _workers(scope: Scope) -> Text | None:
    return told(
        _("截至{month}末，{name}有在经营企业{enterprises}{changed}，职工{workers}{more}。"),
        month=month_text(scope.month),
        name=scope.name,
        enterprises=scope.fact("value", "enterprises"),
        changed=scope.optional(_("，{changed}"), changed=scope.fact("change", "enterprises", YEAR)),
        workers=scope.fact("value", "workers"),
        more=scope.optional(_("，{changed}"), changed=scope.fact("change", "workers", YEAR)),
    )


def _unions(scope: Scope) -> Text | None:
    parts = {part: scope.fact("part", "coverage_rate", part) for part in ("own", "covered")}
    return told(
        _("已建会企业{joined}{which}。"),
        joined=scope.fact("above", "coverage_rate"),
        which=scope.optional(_("，其中单独建会{own}、工联会覆盖{covered}"), **parts),  # not told to the public
    )


def _members(scope: Scope) -> Text | None:
    return told(
        _("工会会员{members}{changed}。"),
        members=scope.fact("value", "members"),
        changed=scope.optional(_("，{changed}"), changed=scope.fact("change", "members", YEAR)),
    )

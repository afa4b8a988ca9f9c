"""Of what a sentence speaks: a month, the whole street or one community; its facts and what is missing of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _

from briefing.aspects import fact
from briefing.model import Fact, Missing, Origin, Sentence, Text, facts
from briefing.source import Source
from briefing.told import Piece, joined, told
from metrics import phrases
from metrics.catalogue import metric_of
from metrics.question import Answer
from metrics.scope import communities

Told = Sentence | Missing
BEYOND = _("超出正常波动")


@dataclass(frozen=True)
class Scope:
    """A source, a month, a community's id or "" for the street.

    `issued_on` is the day that the document bears, None until it is typed. `is_short`: the document has so few pages
    that numbers of single communities are left to its tables.
    `hides_normal` leaves all but 超出正常波动 to the paragraph's end, `hides_note` over which communities is compared.
    """

    source: Source
    month: date
    community: str = ""
    hides_normal: bool = False
    hides_note: bool = False
    issued_on: date | None = None
    is_short: bool = False

    @property
    def is_public(self) -> bool:
        """Return whether the sentences leave the house."""
        return self.source.audience == "public"

    @property
    def name(self) -> str:
        """Return 全街道, or 南坑社区."""
        if not self.community:
            return _("全街道")
        named = {option.id: option.title for option in communities(self.source.warehouse)}
        return _("{name}社区").format(name=named[self.community])

    def title(self, metric: str) -> str:
        """Return a metric's title, 建会率 alone where the document is short: its annex has the definition."""
        title = metric_of(metric).title
        return title.partition("（")[0] if self.is_short else title

    def origin(self, aspect: str, metric: str, of: str = "", period: str | None = None, **where: str) -> Origin:
        """Return the origin of one side of a number of this scope, narrowed by `where` (cause="01")."""
        places = {"community": self.community} if self.community else {}
        chosen = tuple((name, (value,)) for name, value in {**places, **where}.items())
        return Origin(aspect, metric, self.month, period, chosen, of, None, self.source.audience)

    def fact(self, aspect: str, metric: str, of: str = "", period: str | None = None, **where: str) -> Fact | None:
        """Return one side of a number of this scope."""
        return fact(self.source, self.origin(aspect, metric, of, period, **where))

    def answer(self, metric: str, period: str | None = None) -> Answer:
        """Return the answer behind a number of this scope."""
        return self.source.answer(self.origin("value", metric, period=period).question)

    def missing(self, metric: str, period: str | None = None) -> Missing:
        """Return what is left out because a number is missing, and why it is."""
        found = self.answer(metric, period)
        why = phrases.hidden_text(found.metric, found.row) or (_("无") if found.row.known else _("未报"))
        return Missing(self.name + found.metric.title, why)

    def no_change(self, metric: str, against: str, period: str | None = None) -> Missing:
        """Return that a change is left out, and why."""
        found = self.source.change(self.origin("change", metric, period=period).question, against)
        what = self.name + metric_of(metric).title + phrases.change_label(found)
        return Missing(what, phrases.change_text(found, self.source.decimals))

    def optional(self, template: str, **pieces: Piece) -> Text:
        """Return a part of a sentence that is left out where its number is missing."""
        return told(template, **pieces) or ()

    def left_out(self, metric: str, period: str | None = None, before: Sequence[Sentence] = ()) -> Fact | None:
        """Return who is not in a number: 不含未报的第五园; None where an earlier sentence has said so of the same ledgers."""
        names, ledgers = self.fact("left_out", metric, period=period), metric_of(metric).ledgers
        said = [one for sentence in before for one in facts(sentence.parts) if one.origin.aspect == "left_out"]
        is_said = any(
            names and one.text == names.text and metric_of(one.origin.metric).ledgers == ledgers for one in said
        )
        return None if is_said else names

    def changed(self, metric: str, against: str, period: str | None = None, **where: str) -> Text:
        """Return a change, over which communities where some have not reported, and how to take it; () without one."""
        change = self.fact("change", metric, against, period, **where)
        if change is None:
            return ()
        note = None if self.hides_note else self.fact("like_for_like", metric, against, period, **where)
        return joined([(change, *self.optional(_("（{note}）"), note=note)), self._judged(change)], "，")

    def _judged(self, change: Fact) -> Fact | None:
        """Return how to take a change; nothing of one that rounds to 持平."""
        judged = fact(self.source, replace(change.origin, aspect="judged"))
        if judged is None or _("持平") in change.text or (self.hides_normal and judged.text != BEYOND):
            return None
        return judged

"""What every part of 社区概况 asks: one community's numbers, beside the street's, as of one month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from etl.errors import QuestionError
from metrics import scope
from metrics.catalogue import Metric, catalogue
from metrics.judging import giant_words
from metrics.judging.compare import compare, is_judged
from metrics.judging.compare_words import class_text
from metrics.judging.giants import giants
from metrics.older import is_lacking
from metrics.question import Answer, Question, Row
from metrics.reports import is_sent, report_states
from metrics.warehouse import Warehouse
from pages.parts import answers
from pages.parts.change_lines import chance_line, change_line, closed_lines, labelled
from pages.parts.profile.sections import Fact

KIND, MINE = "community", "community_id"


@dataclass(frozen=True)
class Found:
    """A number that can be told: its metric, the answer by community and the community's own row in it."""

    fact: Fact
    metric: Metric
    answer: Answer
    row: Row

    @property
    def title(self) -> str:
        """Return what the number is called."""
        return self.fact.title or self.metric.title


@dataclass(frozen=True)
class View:
    """One community in one month."""

    warehouse: Warehouse
    month: date
    community: str

    @property
    def name(self) -> str:
        """Return the community's short name."""
        return scope.title(self.warehouse, KIND, self.community)

    def question(self, fact: Fact, *by: str) -> Question:
        """Return what a number asks, by these dimensions."""
        return Question(fact.metric, by, self.month, period=fact.period, where=fact.where)

    def own(self, fact: Fact) -> Question:
        """Return what a number asks of this community alone."""
        where = (*fact.where, (KIND, (self.community,)))
        return Question(fact.metric, (), self.month, period=fact.period, where=where)

    def unsent(self, fact: Fact) -> list[str]:
        """Return the titles of the ledgers that a number rests on and that nobody has ever sent."""
        metric = catalogue().get(fact.metric)
        names = metric.ledgers if metric else ()
        return [self._ledger(name) for name in names if not is_sent(self.warehouse, name)]

    def _ledger(self, name: str) -> str:
        return next((state.title for state in report_states(self.warehouse, self.month, name)), name)

    def find(self, fact: Fact) -> Found | None:
        """Return a number; None where the program or the data version does not have it, or its ledger was never sent."""
        metric = catalogue().get(fact.metric)
        if metric is None or KIND not in metric.dimensions or self.unsent(fact):
            return None
        try:
            answer = answers.answer(self.warehouse, self.question(fact, KIND))
        except QuestionError as error:
            if is_lacking(error):  # a version that an older program built
                return None
            raise
        row = answer.find(**{MINE: self.community})
        return Found(fact, metric, answer, row) if row is not None else None

    def value(self, found: Found) -> str:
        """Return a number with both its sides."""
        return answers.row_text(self.warehouse, found.metric, found.row)

    def beside(self, found: Found) -> str:
        """Return how a share stands beside the street's; "" for counts: communities differ in size."""
        metric, row = found.metric, found.row
        if metric.over is None or row.value is None:
            return ""
        street = answers.answer(self.warehouse, self.question(found.fact)).row
        if street.value is None:
            return ""
        value = answers.value_text(self.warehouse, metric, street.value)
        mine = compare(self.warehouse, self.question(found.fact)).find(self.community) if is_judged(metric) else None
        if mine is None or mine.funnel is None:
            few = class_text(mine) if mine else ""
            return "，".join(filter(None, (_("全街道{value}").format(value=value), few)))
        near = _("与全街道（{value}）{said}") if mine.funnel == "similar" else _("与全街道（{value}）相比{said}")
        return near.format(value=value, said=class_text(mine))

    def is_base_approximate(self, found: Found) -> bool:
        """Return whether the number that a rate is divided by is itself an approximate one (职工 as 约)."""
        over = catalogue().get(found.metric.over or "")
        if over is None:
            return False
        answer = answers.answer(self.warehouse, Question(over.id, (KIND,), self.month))
        row = answer.find(**{MINE: self.community})
        return row is not None and row.approximate

    def changed(self, found: Found) -> list[str]:
        """Return the number against the same time last year, and whether that is more than normal variation."""
        if not found.fact.has_change or found.row.value is None:
            return []
        change = answers.change(self.warehouse, self.own(found.fact), "last_year")
        lines = [change_line(self.warehouse, change), chance_line(self.warehouse, labelled(change))]
        return ["，".join(filter(None, lines)), *closed_lines(self.warehouse, change)]

    def without_giant(self, found: Found) -> str:
        """Return the rate without the one largest enterprise, where that holds much of the workers."""
        giant = giants(self.warehouse, self.question(found.fact, KIND)).get(self.community)
        return giant_words.giant_text(found.metric, giant, answers.decimals(self.warehouse)) if giant else ""

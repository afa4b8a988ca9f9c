"""What 园区工联会 asks: the same indicators for each park, for all parks together, and for the street once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from gettext import gettext as _

from metrics import phrases
from metrics.catalogue import Metric, catalogue
from metrics.judging.federations import Federation, Register, register
from metrics.judging.parks import Owned, owned
from metrics.places import Park, parks
from metrics.question import Answer, Question, Row
from metrics.reports import is_sent
from metrics.scope import titles
from metrics.warehouse import Warehouse
from pages.parts import answers

ALL = "all"


@dataclass(frozen=True)
class Measure:
    """One indicator of the table: which, what its column is called, and the period of a flow."""

    metric: str
    title: str
    period: str | None = None


def measures(warehouse: Warehouse, month: date) -> list[Measure]:
    """Return the indicators that this program and this street have by park; a ledger never sent has no column."""
    so_far = phrases.so_far_text(month)
    wanted = (
        Measure("enterprises", _("企业")),
        Measure("workers", _("职工")),
        Measure("coverage_rate", _("建会率")),
        Measure("members", _("会员")),
        Measure("membership_rate_area", _("入会率")),
        Measure("disputes_received", _("{months}受理纠纷").format(months=so_far), "ytd"),
        Measure("disputes_mediated", _("{months}调解成功").format(months=so_far), "ytd"),
        Measure("hazards", _("{months}隐患").format(months=so_far), "ytd"),
        Measure("facilities", _("阵地")),
        Measure("service_person_times", _("{months}服务人次").format(months=so_far), "ytd"),
    )
    return [one for one in wanted if _is_there(warehouse, catalogue().get(one.metric))]


def _is_there(warehouse: Warehouse, metric: Metric | None) -> bool:
    return (
        metric is not None
        and "park" in metric.dimensions
        and all(is_sent(warehouse, ledger) for ledger in metric.ledgers)
    )


@dataclass(frozen=True)
class View:
    """The parks of a month."""

    warehouse: Warehouse
    month: date

    @cached_property
    def parks(self) -> tuple[Park, ...]:
        """Return the street's parks in the order of their code list."""
        order = list(titles(self.warehouse, "park"))
        return tuple(sorted(parks(self.warehouse), key=lambda park: order.index(park.id)))

    @cached_property
    def unions(self) -> Register:
        """Return the unions of the month."""
        return register(self.warehouse, self.month)

    @cached_property
    def owned(self) -> tuple[Owned, ...]:
        """Return the parks' enterprises with whose each is."""
        return owned(self.warehouse, self.month)

    def park(self, park_id: str) -> Park:
        """Return one park."""
        return next(park for park in self.parks if park.id == park_id)

    def federation(self, park_id: str) -> Federation | None:
        """Return a park's federation, living or not; None where the register has none."""
        return self.unions.federations.get(("park", park_id))

    def question(self, one: Measure, *by: str, park: str | None = None) -> Question:
        """Return what is asked of an indicator, for one park or for every one."""
        where = (("park", (park,)),) if park else ()
        return Question(one.metric, by, self.month, period=one.period, where=where)

    def answer(self, one: Measure, *by: str, park: str | None = None) -> Answer:
        """Answer an indicator by these dimensions, for one park or for everything."""
        return answers.answer(self.warehouse, self.question(one, *by, park=park))

    def together(self, one: Measure) -> Row:
        """Return an indicator of all parks together."""
        where = (("park", tuple(park.id for park in self.parks)),)
        return answers.answer(self.warehouse, Question(one.metric, (), self.month, period=one.period, where=where)).row

    def outside(self, one: Measure) -> Row | None:
        """Return an indicator of what lies in no park, or of which nobody knows."""
        return self.answer(one, "park").find(park_id=None)

    def home(self, one: Measure, park_id: str) -> Row | None:
        """Return the row of the park's own community: whether it has reported; None where no register says which it is."""
        return self.answer(one, "community").find(community_id=self.park(park_id).community_id)

    def of_park(self, one: Measure, park_id: str) -> Row | None:
        """Return a park's row; None where it holds none of what is counted."""
        return self.answer(one, "park").find(park_id=park_id)

    def link(self, park_id: str) -> str:
        """Return the address of a park's own page."""
        return f"parks?park={park_id}&month={self.month:%Y-%m}"

"""What all figures of 线上办件 show: the months and the conditions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from metrics.catalogue import Metric
from metrics.question import Answer, Question, Row
from metrics.warehouse import Warehouse
from pages.parts import answers, charts, theme

LEDGER = "online_request"
REQUESTS = "online_requests"
Where = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class View:
    """The months from `start` to `end` under these conditions."""

    warehouse: Warehouse
    start: date
    end: date
    where: Where

    def answer(self, metric: str, *by: str) -> Answer:
        """Answer by these dimensions: month by month where `month` is one of them, else over all months."""
        period = "month" if "month" in by else None
        return answers.answer(self.warehouse, Question(metric, by, self.end, self.start, period, self.where))

    def text(self, metric: Metric, row: Row) -> str:
        """Return a row with both its sides."""
        return answers.row_text(self.warehouse, metric, row)

    def look(self, metric: Metric) -> charts.Look:
        """Return what a figure needs beside its numbers."""
        return charts.Look(self.warehouse.is_sample, theme.is_dark(), lambda row: self._hover(metric, row))

    def _hover(self, metric: Metric, row: Row) -> str:
        year, month = (row.keys["month"] or "-").split("-")
        return f"{year}年{int(month)}月　{self.text(metric, row)}"

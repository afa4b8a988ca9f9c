"""Opens a page through app.py and keeps what it asked for and everything that it shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

import metrics.changes
import metrics.terminal  # noqa: F401 - the terminal takes the real `ask` before anything stands in its way
import metrics.values
from briefing import source
from metrics.changes import Change
from metrics.question import Answer, Question
from metrics.warehouse import Warehouse
from pages import PageEntry
from pages.parts import answers
from pages.parts.issuing import drafts
from tests.source import ROOT

SPOKEN = re.compile(r'(?:aria-label|title)="([^"]*)"')


@dataclass
class Asked:
    """The questions that a page's numbers rest on, with the answers it got."""

    answers: dict[Question, Answer] = field(default_factory=dict)
    lists: dict[Question, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)

    def listen(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Stand between the page and `metrics`, and empty the page's caches so that it asks at all."""
        ask, rows, changes = metrics.values.ask, metrics.values.rows, metrics.changes.changes

        def noted_ask(warehouse: Warehouse, question: Question) -> Answer:
            return self.answers.setdefault(question, ask(warehouse, question))

        def noted_rows(warehouse: Warehouse, question: Question, limit: int | None = None) -> Any:
            return self.lists.setdefault(question, rows(warehouse, question, limit))

        def noted_changes(warehouse: Warehouse, question: Question, against: str) -> tuple[Change, ...]:
            found = changes(warehouse, question, against)
            self.changes.extend(found)
            return found

        for module in (metrics.values, metrics.changes):
            monkeypatch.setattr(module, "ask", noted_ask)
        monkeypatch.setattr(metrics.values, "rows", noted_rows)
        monkeypatch.setattr(metrics.changes, "changes", noted_changes)
        pages = (answers.answer, answers.rows_behind, answers.change, answers.changes_by, drafts.document)
        for cached in (*pages, source._ask, source._change, source._changes):
            cached.cache_clear()


def open_page(entry: PageEntry, link: Mapping[str, str]) -> AppTest:
    """Return the page as a link to it opens it; a page that fails fails the test."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    if not entry.is_default:
        app.switch_page(str(ROOT / entry.file))
    app.query_params.update(link)
    app.run()
    assert not app.exception, [error.value for error in app.exception]
    assert not app.error, [error.value for error in app.error]
    return app


def elements(node: Any) -> Iterator[Any]:
    """Yield every element of a page, containers first."""
    for child in getattr(node, "children", {}).values():
        yield child
        yield from elements(child)


def plain(markup: str) -> str:
    """Return what markup says to people: its text and its spoken labels, no style and no geometry."""
    bare = re.sub(r"<style>.*?</style>", "", markup, flags=re.S)
    return re.sub(r"<[^>]*>", lambda tag: " ".join(["", *SPOKEN.findall(tag[0]), ""]), bare)


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        for value in part.values():
            yield from _strings(value)
    elif isinstance(part, list):
        for value in part:
            yield from _strings(value)


def figures(app: AppTest) -> list[dict[str, Any]]:
    """Return the Plotly figures of a page."""
    plots = [e for e in elements(app._tree) if getattr(e, "type", "") == "plotly_chart"]
    return [json.loads(plot.proto.spec) for plot in plots]


def shown(app: AppTest) -> Iterator[str]:
    """Yield every text with numbers for people: sentences, cards, hovers, drawings, labels of figures."""
    for element in elements(app._tree):
        kind = getattr(element, "type", "")
        if kind in {"markdown", "caption", "heading", "metric", "info", "warning", "success"}:
            yield str(element.value)
            yield str(getattr(element, "help", "") or "")
        elif kind == "bidi_component":
            sent = element.proto.json or element.proto.mixed.json
            yield from map(plain, _strings(json.loads(sent)))
    for figure in figures(app):
        for trace in figure["data"]:
            yield from _strings([trace.get(name) for name in ("text", "customdata", "hovertext", "name", "labels")])

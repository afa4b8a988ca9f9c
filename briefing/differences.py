"""What two issues say differently: sentence by sentence, number by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from gettext import gettext as _

from briefing.model import Chart, Document, Origin, Paragraph, Section, Sentence, Table, facts, plain


@dataclass(frozen=True)
class Difference:
    """One thing that two issues say differently; "" where one of them does not say it. `origin` is there for a number."""

    what: str
    was: str
    now: str
    origin: Origin | None = None
    sentence_id: str = ""


@dataclass(frozen=True)
class _Said:
    what: str
    text: str
    origin: Origin | None = None
    sentence_id: str = ""


Key = Hashable
SOURCES = "sources"  # 附：数据来源 follows from the rest


def differences(before: Document, after: Document) -> tuple[Difference, ...]:
    """Return what changed from one issue to another, in the order of the later one, then what it says no more.

    Sentences are matched by their id, cells by their place in the table, a chart's numbers by question and category: so
    an issue and the next one are compared, and a number of the past that was changed silently comes to light.
    """
    was, now = dict(_said(before)), dict(_said(after))
    found = [_difference(was.get(key), said) for key, said in now.items()]
    gone = [_difference(said, None) for key, said in was.items() if key not in now]
    return tuple(one for one in (*found, *gone) if one is not None)


def _difference(was: _Said | None, now: _Said | None) -> Difference | None:
    said = now or was
    texts = (was.text if was else "", now.text if now else "")
    if said is None or texts[0] == texts[1]:
        return None
    return Difference(said.what, *texts, said.origin, said.sentence_id)


def _said(document: Document) -> Iterator[tuple[Key, _Said]]:
    for section in (one for one in document.sections if one.id != SOURCES):
        for block in section.blocks:
            if isinstance(block, Paragraph):
                yield from (_sentence(section, one) for one in block.sentences)
            elif isinstance(block, Table):
                yield from _cells(block)
            else:
                yield from _chart(document, block)
    yield from ((("missing", m.what), _Said(_("未列：{what}").format(what=m.what), m.why)) for m in document.missing)


def _sentence(section: Section, sentence: Sentence) -> tuple[Key, _Said]:
    return ("sentence", sentence.id), _Said(section.title, sentence.text, sentence_id=sentence.id)


def _back(document: Document, month: date | None) -> int | None:
    """Return how many months a month lies before the document's."""
    return None if month is None else (document.month.year - month.year) * 12 + document.month.month - month.month


def _question(document: Document, origin: Origin) -> Key:
    """Return what a chart's numbers answer, their months counted back from the document's; the same for every audience."""
    months = (_back(document, origin.month), _back(document, origin.start))
    return replace(origin, month=date.min, start=None, audience="internal"), months


def _cells(table: Table) -> Iterator[tuple[Key, _Said]]:
    """Yield a table's cells by where they stand: a column's title may name its month, a row of 未报 holds no question."""
    seen: Counter[str] = Counter()
    for row in table.rows:
        name = plain(row[0])
        seen[name] += 1
        for number, (column, cell) in enumerate(zip(table.columns[1:], row[1:], strict=True)):
            what = "　".join(filter(None, (table.title, name, column.title)))
            origin = next((fact.origin for fact in facts(cell)), None)
            yield (table.id, name, seen[name], number, len(row)), _Said(what, plain(cell), origin)


def _chart(document: Document, chart: Chart) -> Iterator[tuple[Key, _Said]]:
    yield ("chart", chart.id), _Said(_("图题"), chart.title)
    for series in chart.series:
        for category, text in zip(chart.categories, series.texts, strict=True):
            what = "　".join(filter(None, (chart.title, series.title, category)))
            key = (chart.id, _question(document, series.origin), category)
            yield key, _Said(what, text, series.origin)

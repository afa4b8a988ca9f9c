"""What the indicators mean, for paper, where nothing can be hovered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from gettext import gettext as _

from briefing.kinds import kind_of
from briefing.model import Chart, Document, Origin, Table, facts
from metrics.catalogue import catalogue

MOST = 8


def used(document: Document) -> Iterator[Origin]:
    """Yield what the tables and charts of the body answer, in order."""
    for section in document.sections:
        for block in () if section.is_annex else section.blocks:
            if isinstance(block, Table):
                yield from (fact.origin for row in block.rows for cell in row for fact in facts(cell))
            elif isinstance(block, Chart):
                yield from (series.origin for series in block.series)


def footnotes(document: Document) -> tuple[str, ...]:
    """Return the definition of each indicator in the body's tables and charts, in the order in which they stand.

    Of many only the shares and rates, which can be understood in more than one way; 附：数据来源 has all of them. A
    document of few pages has its definitions below its 附表 or in 附：数据来源.
    """
    if is_in_annex(document.kind, document.community_id):
        return ()
    found = catalogue()
    ids = list(dict.fromkeys(origin.metric for origin in used(document)))
    return definitions(ids if len(ids) <= MOST else [id for id in ids if found[id].over])


def is_in_annex(kind: str, community_id: str) -> bool:
    """Return whether a document has no room for its definitions but in its annex."""
    return kind_of(kind).most_pages is not None and not community_id


def definitions(metrics: Iterable[str]) -> tuple[str, ...]:
    """Return what indicators mean, one sentence each."""
    found = [catalogue()[metric] for metric in metrics]
    return tuple(_("{title}：{meaning}。").format(title=metric.title, meaning=metric.meaning) for metric in found)

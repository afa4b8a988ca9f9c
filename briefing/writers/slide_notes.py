"""What a slide's notes say: where its numbers are from and what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import gettext as _

from briefing.model import Block, Chart, Document, Origin, Paragraph, Table, facts
from metrics.catalogue import metric_of


def of(document: Document, blocks: tuple[Block, ...]) -> str:
    """Return the notes of a slide: each indicator once with its definition and source, then the data version."""
    metrics = dict.fromkeys(origin.metric for block in blocks for origin in _origins(block))
    lines = [_source(name) for name in metrics]
    alts = [block.alt for block in blocks if isinstance(block, Chart)]
    return "\n".join((*lines, *alts, document.head.data_line)) if lines else ""


def _source(name: str) -> str:
    metric = metric_of(name)
    return _("数据来源：{source}。{title}＝{meaning}。").format(
        source=metric.source, title=metric.title, meaning=metric.meaning
    )


def _origins(block: Block) -> Iterator[Origin]:
    if isinstance(block, Chart):
        yield from (series.origin for series in block.series)
    elif isinstance(block, Table):
        yield from (fact.origin for row in block.rows for cell in row for fact in facts(cell))
    elif isinstance(block, Paragraph):
        yield from (fact.origin for sentence in block.sentences for fact in facts(sentence.parts))

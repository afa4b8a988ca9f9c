"""What a document holds: sections of sentences, tables and charts, in which every number knows the question it answers.

The writers (Word, PDF, slides, workbook) and the page's preview get a `Document` and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from metrics.question import Audience, Question

Align = Literal["left", "center", "right"]
ChartKind = Literal["line", "bar", "map"]


@dataclass(frozen=True, slots=True)
class Origin:
    """What a number answers: the question, and which side of the answer it is (`aspect`, see briefing/aspects/).

    `of` says more where the aspect needs it: what a change is measured against, which part of a numerator.
    """

    aspect: str
    metric: str
    month: date
    period: str | None = None
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    of: str = ""
    start: date | None = None
    audience: Audience = "internal"

    @property
    def question(self) -> Question:
        """Return the question without dimensions that this number answers."""
        return Question(self.metric, (), self.month, self.start, self.period, self.where, self.audience)


@dataclass(frozen=True, slots=True)
class Fact:
    """A number, or words that a number decided (持平, 偏低), as printed, with where it comes from."""

    text: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Typed:
    """Words that a person typed; its digits are nobody's metric."""

    text: str


Part = str | Fact | Typed
Text = tuple[Part, ...]


def plain(text: Text) -> str:
    """Return a text as it reads."""
    return "".join(part if isinstance(part, str) else part.text for part in text)


def facts(text: Text) -> Iterator[Fact]:
    """Yield a text's facts in order."""
    return (part for part in text if isinstance(part, Fact))


@dataclass(frozen=True)
class Edit:
    """What a clerk made of a generated sentence: who, when, from which wording; `is_stale` where that has changed since.

    `changed` names the numbers that have, as (was, now).
    """

    original: str
    now: str
    by: str
    on: date
    is_stale: bool
    changed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Sentence:
    """One sentence: `id` is the same every month; `page` and `query` lead to its rows; `unit` is the responsible unit."""

    id: str
    parts: Text
    page: str = ""
    query: dict[str, str] = field(default_factory=dict)
    unit: str = ""
    edit: Edit | None = None

    @property
    def text(self) -> str:
        """Return the sentence as it reads."""
        return plain(self.parts)


@dataclass(frozen=True)
class Paragraph:
    """Sentences that run on; a `numbered` one is an item of its section's list (1. 2. 3.)."""

    sentences: tuple[Sentence, ...]
    is_numbered: bool = False


@dataclass(frozen=True)
class Column:
    """A table's column; numbers stand right."""

    title: str
    align: Align = "left"
    width: float = 1.0  # relative


@dataclass(frozen=True)
class Table:
    """A table: `unit` and `note` stand above and below; `total_rows` at the end are sums, set off by a line."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    unit: str = ""
    notes: tuple[str, ...] = ()
    total_rows: int = 0


@dataclass(frozen=True)
class Series:
    """One line, or one set of bars: a value for each category, None for 未报 or kept back; `texts` as printed.

    `origin.of` is the dimension of the categories (month, community, cause …). `marks` says more of a category: higher
    or lower (it stands out), partial (some reports missing), carried (an earlier register), else "".
    """

    title: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    origin: Origin
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """One community on a map: its rings (longitude, latitude) and what stands in it."""

    name: str
    rings: tuple[tuple[tuple[float, float], ...], ...]
    value: float | None
    text: str
    is_marked: bool = False  # framed: 偏低
    is_hidden: bool = False


@dataclass(frozen=True)
class Chart:
    """A picture as data: the title says what it shows, `alt` the same for who cannot see it, `notes` what must be said.

    `band` is (lower, upper) of the normal range per category, None where there is none; `goal` a level to reach.
    `mark` is the sample's mark. `figures` draws marks and notes inside the picture, never the title: `said` is the title
    with its facts, for who writes it beside the picture.
    """

    id: str
    title: str
    kind: ChartKind
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    notes: tuple[str, ...] = ()
    band: tuple[tuple[float | None, float | None], ...] = ()
    goal: float | None = None
    goal_text: str = ""
    is_percentage: bool = False
    shapes: tuple[Shape, ...] = ()
    mark: str = ""  # 示例数据　非真实情况
    said: Text = ()


Block = Paragraph | Table | Chart


@dataclass(frozen=True)
class Section:
    """A numbered part (一、总体情况) with what stands in it; `is_annex` (附表, 附：数据来源) stands after the body, unnumbered."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    is_annex: bool = False


@dataclass(frozen=True)
class Missing:
    """What the document would have held, and why it does not; a `is_section` hole stops a run that must be complete."""

    what: str
    why: str
    is_section: bool = False


@dataclass(frozen=True)
class Head:
    """The head and foot; what the office types is "" until typed."""

    title: str  # 坂田街道工会工作简报
    office: str
    subtitle: str = ""  # 2018年12月; 南坑社区
    issue_no: str = ""  # 第12期
    issued_on: str = ""  # 2019年1月5日
    drafted_by: str = ""
    checked_by: str = ""
    signed_by: str = ""
    report_to: str = ""
    copy_to: str = ""
    internal_mark: str = ""  # 内部资料　注意保存
    sample_mark: str = ""  # 示例数据　非真实情况
    data_line: str = ""  # 数据截至2018年12月31日　数据版本8　定稿于…


@dataclass(frozen=True)
class Document:
    """One issue. The same content goes into every output; `generation_id` is the warehouse that all its numbers are from."""

    kind: str
    title: str
    month: date
    audience: Audience
    head: Head
    sections: tuple[Section, ...]
    street: str
    is_sample: bool
    generation_id: str
    generation_no: int
    community_id: str = ""
    community: str = ""
    topic: str = ""
    closed_on: date | None = None
    footnotes: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    names: tuple[tuple[str, str], ...] = ()  # codes of its origins with their titles, for comments and 数据来源

    def texts(self) -> Iterator[Text]:
        """Yield every text of sentences, tables and charts' titles in the order of the document."""
        for section in self.sections:
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    yield from (sentence.parts for sentence in block.sentences)
                elif isinstance(block, Table):
                    yield from (cell for row in block.rows for cell in row)
                elif block.said:
                    yield block.said

    def facts(self) -> Iterator[Fact]:
        """Yield every number of sentences, tables and charts' titles in the order of the document."""
        for text in self.texts():
            yield from facts(text)

    def charts(self) -> Iterator[Chart]:
        """Yield the charts in order."""
        yield from (block for section in self.sections for block in section.blocks if isinstance(block, Chart))

    def tables(self) -> Iterator[Table]:
        """Yield the tables in order."""
        yield from (block for section in self.sections for block in section.blocks if isinstance(block, Table))

    def file_name(self, ending: str) -> str:
        """Return the file's name: street, kind, community, month, the marks of sample and public version, data version."""
        parts: list[Any] = [
            self.head.title,
            self.community or self.topic,
            f"{self.month:%Y年%m月}",
            "对外版" if self.audience == "public" else "",
            "示例数据" if self.is_sample else "",
            f"数据版本{self.generation_no}",
        ]
        name = "_".join(str(part) for part in parts if part)
        return "".join("" if char in '\\/:*?"<>|　 ' else char for char in name) + ending

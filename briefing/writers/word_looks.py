"""The paragraph looks of GB/T 9704-2012 as data: what a style is called in Word, its font, size, line and place.

Sizes: 2号 22 pt, 3号 16 pt, 4号 14 pt, 小四 12 pt, 五号 10.5 pt, 小五 9 pt. Lengths are in twips (1/20 pt).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from briefing.model import Document

# The names that offices have on their computers; fontTable.xml says what to take where one is missing.
FANG, TITLE, HEI, KAI, SONG = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"

MM = 1440 / 25.4
AREA_WIDTH, AREA_HEIGHT = round(156 * MM), round(225 * MM)
LINES, CHARACTERS = 22, 28
PITCH = AREA_HEIGHT // LINES  # 579: 22 lines of it fill the 225 mm
RED, GREY = "C00000", "595959"
BODY, LARGEST_TITLE = 16.0, 44.0
# 28 characters of 16 pt are wider than 156 mm: each gives up 0.3 pt. With 0.2 they would fit, but LibreOffice rounds.
CLOSER = -6
ISSUE_TABS = (("left", round(BODY * 20)), ("right", AREA_WIDTH - round(BODY * 20)))


@dataclass(frozen=True)
class Look:
    """One paragraph style; `line` 0 lets Word choose the line's height, `first` and `sides` are in characters."""

    id: str
    name: str
    font: str = FANG
    size: float = BODY
    align: str = "both"
    line: int = PITCH
    first: int = 0
    sides: tuple[int, int] = (0, 0)
    before: int = 0
    after: int = 0
    colour: str = ""
    outline: int | None = None
    keeps_next: bool = False
    breaks_page: bool = False
    tabs: tuple[tuple[str, int], ...] = ()
    rule: tuple[str, int] | None = None  # the line below: colour, eighths of a point


NORMAL = Look("Normal", "Normal")
PLAIN = (
    Look("Body", "公文正文", first=2),
    Look("Heading1", "heading 1", HEI, first=2, outline=0, keeps_next=True),
    Look("Heading2", "heading 2", KAI, first=2, outline=1, keeps_next=True),
    Look("AnnexFirst", "附表标题（另页）", HEI, outline=0, keeps_next=True, breaks_page=True),
    Look("Annex", "附表标题", HEI, before=200, outline=0, keeps_next=True),
    Look("InternalMark", "内部标志", HEI, align="left"),
    Look("IssueNo", "期号", align="center"),
    Look("IssueLine", "报头行", align="left", after=160, rule=(RED, 16), tabs=ISSUE_TABS),
    Look("Title", "Title", TITLE, 22.0, "center", 680, before=60),
    Look("DataLine", "数据截至", KAI, 12.0, "center", 360, after=60),
    Look("TableTitle", "图表题", HEI, 12.0, "center", 360, before=120, keeps_next=True),
    Look("TableUnit", "表单位", FANG, 10.5, "right", 300, keeps_next=True),
    Look("Note", "注", FANG, 10.5, "both", 300),
    Look("GapAbove", "表前空行", FANG, 4.0, "left", 80, keeps_next=True),
    Look("Gap", "表后空行", FANG, 6.0, "left", 160),
    Look("Figure", "图", FANG, 10.5, "center", 0, before=80, after=80),
    Look("Foot", "版记", FANG, 14.0, "both", 400, sides=(1, 1)),
    Look("Header", "header", HEI, 10.5, "left", 280, tabs=(("right", AREA_WIDTH),)),
    Look("Footer", "footer", SONG, 14.0, "right", 360, sides=(0, 1)),
    Look("FooterEven", "页码（双页）", SONG, 14.0, "left", 360, sides=(1, 0)),
    Look("FootnoteText", "footnote text", FANG, 9.0, "both", 240),
    Look("CommentText", "annotation text", SONG, 10.5, "left", 0),
)

# Tables are set in 五号; one that is too wide for the page in 小五. Totals stand in 黑体.
CELLS = {"Table": ("表格", 10.5, 280), "Small": ("小表", 9.0, 240)}
SIDES = {"Left": ("文字", "left"), "Center": ("居中", "center"), "Right": ("数字", "right")}


def cells() -> tuple[Look, ...]:
    """Return the looks of tables' cells: TableHead, TableLeft, TableLeftTotal …, the same for small ones.

    Those that end in Kept keep their row on the page of the next one.
    """
    made = []
    for prefix, (name, size, line) in CELLS.items():
        made.append(Look(f"{prefix}Head", f"{name}表头", HEI, size, "center", line, keeps_next=True))
        for side, (word, align) in SIDES.items():
            for end, (said, font) in {"": ("", FANG), "Total": ("（合计）", HEI)}.items():
                look = Look(f"{prefix}{side}{end}", name + word + said, font, size, align, line)
                made += [look, replace(look, id=f"{look.id}Kept", name=f"{look.name}（与下行同页）", keeps_next=True)]
    return tuple(made)


def masthead(document: Document) -> Look:
    """Return the look of the red title: as large as the type area's width allows, so that it never breaks."""
    size = min(LARGEST_TITLE, AREA_WIDTH / 20 / max(1, len(document.head.title)) - 0.5)
    return Look("Masthead", "红头", TITLE, float(int(size)), "center", round(int(size) * 20 * 1.35), colour=RED)


def looks(document: Document) -> tuple[Look, ...]:
    """Return every paragraph look of a document, the base of all first."""
    return NORMAL, *PLAIN, *cells(), masthead(document)

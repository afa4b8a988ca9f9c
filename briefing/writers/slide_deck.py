"""The deck that all slides are made in: size, theme fonts and colours, where title, foot and marks stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from gettext import gettext as _
from math import ceil
from typing import Any

from briefing import palette
from briefing.model import Document

FONT = "微软雅黑"
WIDE, TALL = 13.333, 7.5  # inches
MARGIN, TOP, BOTTOM = 0.6, 1.6, 0.62  # of what stands between title and foot
TITLE_TOP, TITLE_TALL = 0.6, 0.95
KICKER_TOP = 0.28
TITLE_POINTS, BODY_POINTS, SMALL_POINTS = 26.0, 20.0, 11.0
TITLE_ONLY, OPENING = 5, 0  # the two layouts of python-pptx's own template that are used
COLOURS = {
    "dk2": palette.INK, "lt2": palette.LIGHT_GREY, "accent1": palette.ACCENT, "accent2": palette.DARK_GREY,
    "accent3": palette.LOWER[False], "accent4": palette.HIGHER[False], "accent5": palette.SEQUENTIAL[2],
    "accent6": palette.GREY,
}  # fmt: skip


@dataclass(frozen=True)
class Deck:
    """A presentation in the making and the document that it tells."""

    presentation: Any
    document: Document

    @classmethod
    def of(cls, document: Document) -> Deck:
        """Return an empty deck in our look, with the document's facts as the file's."""
        from pptx import Presentation

        deck = cls(Presentation(), document)
        _size(deck.presentation)
        _theme(deck.presentation.slide_master.part)
        _titles(deck.presentation.slide_master)
        _bare(deck.presentation)
        _properties(deck.presentation, document)
        return deck

    @property
    def wide(self) -> float:
        """Return how wide (inches) what stands between the margins may be."""
        return WIDE - 2 * MARGIN

    @property
    def tall(self) -> float:
        """Return how tall (inches) what stands between title and foot may be."""
        return TALL - TOP - BOTTOM

    def slide(self, kicker: str, title: str) -> Any:
        """Return a new slide with its title and the section above it."""
        if kicker.endswith(title):  # no message of its own: the section's heading is the title
            kicker, title = "", kicker
        from pptx.util import Inches

        slide = self.presentation.slides.add_slide(self.presentation.slide_layouts[1])
        holder = slide.shapes.title
        holder.left, holder.top = Inches(MARGIN), Inches(TITLE_TOP)
        holder.width, holder.height = Inches(self.wide), Inches(TITLE_TALL)
        holder.text_frame.margin_left = 0
        write(holder.text_frame.paragraphs[0], title, fitting(title, self.wide, TITLE_POINTS), is_bold=True)
        if kicker:
            self.text(slide, kicker, (MARGIN, KICKER_TOP, 8.0, 0.34), 14, palette.ACCENT, name=_("章节"))
        return slide

    def finish(self) -> None:
        """Write marks and foot on every slide, last in the order in which it is read aloud."""
        for number, slide in enumerate(self.presentation.slides, start=1):
            self._frame(slide, number)
        _theme(self.presentation.notes_master.part)

    def _frame(self, slide: Any, number: int) -> None:
        """Write the sample's mark above, and below the data version, the internal mark and the page number."""
        head, foot = self.document.head, TALL - 0.46
        if head.sample_mark:
            self.text(slide, head.sample_mark, (WIDE - 4 - MARGIN, KICKER_TOP, 4, 0.34), 12, palette.NOTE, "right")
        self.text(slide, head.data_line, (MARGIN, foot, 7.2, 0.3), SMALL_POINTS, palette.NOTE)
        if head.internal_mark:
            self.text(slide, head.internal_mark, (7.9, foot, 3.0, 0.3), SMALL_POINTS, palette.NOTE, "right")
        self._number(slide, number, foot)

    def _number(self, slide: Any, number: int, foot: float) -> None:
        from lxml import etree
        from pptx.oxml.ns import qn

        box = self.text(
            slide, "", (WIDE - MARGIN - 1.2, foot, 1.2, 0.3), SMALL_POINTS, palette.NOTE, "right", _("页码")
        )
        paragraph = box.text_frame.paragraphs[0]._p
        field = etree.SubElement(paragraph, qn("a:fld"), id="{6D0F1C5C-4C1B-4B3A-9F45-1B0B7B1A0001}", type="slidenum")
        look = etree.SubElement(field, qn("a:rPr"), lang="zh-CN", sz=str(int(SMALL_POINTS * 100)))
        fill = etree.SubElement(look, qn("a:solidFill"))
        etree.SubElement(fill, qn("a:srgbClr"), val=palette.NOTE[1:].upper())
        etree.SubElement(field, qn("a:t")).text = f"{number}"

    def text(
        self, slide: Any, text: str, place: tuple[float, float, float, float], points: float, colour: str = palette.INK,
        align: str = "left", name: str = "",
    ) -> Any:  # fmt: skip
        """Return a text box at left, top, width, height (inches) without inner margins."""
        from pptx.util import Inches

        box = slide.shapes.add_textbox(*(Inches(inches) for inches in place))
        box.name = name or text[:20] or box.name
        frame = box.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        write(frame.paragraphs[0], text, points, colour, align)
        return box


def write(
    paragraph: Any, text: str, points: float, colour: str = palette.INK, align: str = "left", is_bold: bool = False
) -> None:
    """Write a paragraph's text; its look stands at the run: PowerPoint takes no notice of a paragraph's own."""
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    paragraph.alignment = {"left": PP_ALIGN.LEFT, "center": PP_ALIGN.CENTER, "right": PP_ALIGN.RIGHT}[align]
    if not text:
        return
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(points), is_bold or None
    run.font.color.rgb = rgb(colour)
    run.font._element.set("lang", "zh-CN")


def rgb(colour: str) -> Any:
    """Return a colour (#rrggbb) as python-pptx wants it."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour[1:].upper())


def lines(text: str, inches: float, points: float) -> int:
    """Return how many lines a text takes, rather one too many: fonts differ, and some programs part 年 from 2018."""
    is_wide = [ord(char) > 0x2000 for char in text]
    changes = sum(one != next_one for one, next_one in zip(is_wide, is_wide[1:], strict=False))
    ems = sum(1.0 if wide else 0.6 for wide in is_wide) + 0.2 * changes
    return max(1, ceil(ems * points / (inches * 72 * 0.97)))


def fitting(text: str, inches: float, points: float, most: int = 2) -> float:
    """Return the largest size up to `points` at which a text takes at most `most` lines, not under 16."""
    while points > 16 and lines(text, inches, points) > most:
        points -= 1
    return points


def describe(shape: Any, alt: str) -> None:
    """Give a picture, chart or table what it says to who cannot see it."""
    shape._element.xpath(".//p:cNvPr")[0].set("descr", alt)


def _size(presentation: Any) -> None:
    """Make the deck 16:9 with two layouts of one title each."""
    from pptx.util import Inches

    presentation.slide_width, presentation.slide_height = Inches(WIDE), Inches(TALL)
    layouts = presentation.slide_layouts
    kept = [layouts[OPENING], layouts[TITLE_ONLY]]
    for layout in [layout for layout in layouts if layout not in kept]:
        layouts.remove(layout)
    for layout in (presentation.slide_master, *kept):
        for holder in list(layout.placeholders):
            _place(holder)


def _place(holder: Any) -> None:
    """Put a title of the layout where ours stand; the template's own foot goes: it was made for another width."""
    from pptx.enum.shapes import PP_PLACEHOLDER as kinds
    from pptx.util import Inches

    kind = holder.placeholder_format.type
    if kind in {kinds.DATE, kinds.FOOTER, kinds.SLIDE_NUMBER}:
        holder._element.getparent().remove(holder._element)
        return
    tops = {kinds.TITLE: (TITLE_TOP, TITLE_TALL), kinds.CENTER_TITLE: (2.2, 1.2), kinds.SUBTITLE: (3.5, 0.8)}
    top, tall = tops.get(kind, (TOP, TALL - TOP - BOTTOM))
    holder.left, holder.top, holder.width, holder.height = (
        Inches(inches) for inches in (MARGIN, top, WIDE - 2 * MARGIN, tall)
    )


def _theme(owner: Any) -> None:
    """Name 微软雅黑 for all texts of a master's theme, and our colours for charts."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml import parse_xml

    part = owner.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode("utf-8")
    theme = re.sub(r'<a:(latin|ea) typeface="[^"]*"', rf'<a:\1 typeface="{FONT}"', theme)
    theme = re.sub(r'<a:font script="[^"]*" typeface="[^"]*"/>', "", theme)
    for name, colour in COLOURS.items():
        theme = re.sub(rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{colour[1:].upper()}"/></a:{name}>', theme,
                       flags=re.S)  # fmt: skip
    if hasattr(part, "_element"):  # the notes' theme is made on the way, the slides' one comes with the template
        part._element = parse_xml(theme.encode("utf-8"))
    else:
        part._blob = theme.encode("utf-8")


def _bare(presentation: Any) -> None:
    """Drop what the template brings along: its thumbnail and a printer's settings."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as kinds

    for owner, kind in ((presentation.part.package, kinds.THUMBNAIL), (presentation.part, kinds.PRINTER_SETTINGS)):
        for name in [name for name, one in owner._rels.items() if one.reltype == kind]:
            owner._rels.pop(name)


def _titles(master: Any) -> None:
    """Set titles left and bold, for slides that are added by hand, and bullets in our font."""
    from pptx.oxml.ns import qn

    style = master._element.find(qn("p:txStyles")).find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    for bullet in master._element.iter(qn("a:buFont")):
        bullet.set("typeface", FONT)
    style.set("algn", "l")
    style.find(qn("a:defRPr")).set("b", "1")
    style.find(qn("a:defRPr")).set("sz", str(int(TITLE_POINTS * 100)))


def _properties(presentation: Any, document: Document) -> None:
    known, head = presentation.core_properties, document.head
    known.title = f"{head.title}　{head.subtitle}".strip("　")
    known.author = known.last_modified_by = head.office
    known.subject, known.language = document.title, "zh-CN"
    known.comments = head.data_line
    known.keywords = head.sample_mark

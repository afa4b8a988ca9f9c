"""The styles of the Word file: nothing in the text is formatted by hand, so a clerk changes a look in one place."""

from __future__ import annotations

from typing import Any

from briefing.model import Document
from briefing.writers.word_looks import BODY, CLOSER, FANG, GREY, KAI, LATIN, RED, Look, looks
from briefing.writers.word_xml import element

TABLE, FOOT_TABLE = "AtlasTable", "AtlasFoot"
THICK, THIN = "8", "4"  # eighths of a point


def restyle(word: Any, document: Document) -> None:
    """Replace all styles of an empty Word document by ours."""
    styles = word.styles.element
    for old in list(styles):
        styles.remove(old)
    styles.append(_defaults())
    for look in looks(document):
        styles.append(_paragraph(look))
    styles.append(_character())
    styles.append(_normal_table())
    for style in (*_marks(), _table(), _foot_table()):
        styles.append(style)


def _fonts(font: str) -> Any:
    """Return a font by its name: Chinese in it, digits and letters in the usual Latin one, in titles and headings in the same."""
    latin = LATIN if font in {FANG, KAI} else font
    return element("w:rFonts", {"w:ascii": latin, "w:hAnsi": latin, "w:eastAsia": font, "w:cs": latin})


def _half_points(size: float) -> list[Any]:
    value = {"w:val": str(round(size * 2))}
    return [element("w:sz", value), element("w:szCs", value)]


def _defaults() -> Any:
    language = element("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN", "w:bidi": "ar-SA"})
    run = element("w:rPr", {}, _fonts(FANG), element("w:kern", {"w:val": "2"}), *_half_points(16), language)
    return element("w:docDefaults", {}, element("w:rPrDefault", {}, run), element("w:pPrDefault", {}))


def _flag(name: str, is_on: bool) -> list[Any]:
    return [element(name)] if is_on else []


def _placing(look: Look) -> list[Any]:
    """Return where a paragraph stands, in the order that the schema wants."""
    made = [*_flag("w:keepNext", look.keeps_next), *_flag("w:pageBreakBefore", look.breaks_page)]
    made.append(element("w:widowControl", {"w:val": "0"}))
    if look.rule:
        colour, size = look.rule
        line = {"w:val": "single", "w:sz": str(size), "w:space": "4", "w:color": colour}
        made.append(element("w:pBdr", {}, element("w:bottom", line)))
    if look.tabs:
        tabs = (element("w:tab", {"w:val": kind, "w:pos": str(at)}) for kind, at in look.tabs)
        made.append(element("w:tabs", {}, *tabs))
    # No gaps between Chinese and digits: with them a line no longer holds its 28 characters.
    off = {"w:val": "0"}
    made += [element("w:autoSpaceDE", off), element("w:autoSpaceDN", off)]
    # Lines and characters are measured by the styles: LibreOffice and WPS read the page's grid in their own ways.
    return [*made, element("w:snapToGrid", off), *_measures(look)]


def _measures(look: Look) -> list[Any]:
    lines = {"w:line": str(look.line), "w:lineRule": "exact"} if look.line else {"w:line": "240", "w:lineRule": "auto"}
    spacing = element("w:spacing", {"w:before": str(look.before), "w:after": str(look.after), **lines})
    left, right = look.sides
    at = {"Left": left, "Right": right, "FirstLine": look.first}
    # In characters, as an office counts, and in twips for programs that do not know characters.
    counted = {f"w:{name[0].lower()}{name[1:]}Chars": str(count * 100) for name, count in at.items()}
    measured = {f"w:{name[0].lower()}{name[1:]}": str(round(count * look.size * 20)) for name, count in at.items()}
    outline = [] if look.outline is None else [element("w:outlineLvl", {"w:val": str(look.outline)})]
    return [spacing, element("w:ind", counted | measured), element("w:jc", {"w:val": look.align}), *outline]


def _paragraph(look: Look) -> Any:
    is_base = look.id == "Normal"
    # Word knows its own styles by their English names; any other is said to be made by somebody.
    about = {"w:default": "1"} if is_base else {} if look.name.isascii() else {"w:customStyle": "1"}
    colour = [element("w:color", {"w:val": look.colour})] if look.colour else []
    closer = [element("w:spacing", {"w:val": str(CLOSER)})] if look.size == BODY else []
    run = element("w:rPr", {}, _fonts(look.font), *colour, *closer, *_half_points(look.size))
    return element(
        "w:style",
        {"w:type": "paragraph", "w:styleId": look.id, **about},
        element("w:name", {"w:val": look.name}),
        *([] if is_base else [element("w:basedOn", {"w:val": "Normal"})]),
        element("w:qFormat"),
        element("w:pPr", {}, *_placing(look)),
        run,
    )


def _character() -> Any:
    name = element("w:name", {"w:val": "Default Paragraph Font"})
    kind = {"w:type": "character", "w:default": "1", "w:styleId": "DefaultParagraphFont"}
    return element("w:style", kind, name, element("w:semiHidden"))


def _marks() -> list[Any]:
    """Return the character styles: a footnote's mark, a comment's mark, the sample mark in the header."""
    superscript = [element("w:vertAlign", {"w:val": "superscript"})]
    red = [element("w:color", {"w:val": RED})]
    found = {
        ("FootnoteReference", "footnote reference"): superscript,
        ("CommentReference", "annotation reference"): _half_points(10.5),
        ("SampleMark", "示例标志"): red,
        ("Responsible", "责任单位"): [_fonts(KAI)],
    }
    return [
        element(
            "w:style",
            {"w:type": "character", "w:styleId": style_id} | ({} if name.isascii() else {"w:customStyle": "1"}),
            element("w:name", {"w:val": name}),
            element("w:basedOn", {"w:val": "DefaultParagraphFont"}),
            element("w:rPr", {}, *look),
        )
        for (style_id, name), look in found.items()
    ]


def _normal_table() -> Any:
    sides = ("top", "left", "bottom", "right")
    margins = (element(f"w:{side}", {"w:w": "0", "w:type": "dxa"}) for side in sides)
    return element(
        "w:style",
        {"w:type": "table", "w:default": "1", "w:styleId": "TableNormal"},
        element("w:name", {"w:val": "Normal Table"}),
        element("w:semiHidden"),
        element("w:tblPr", {}, element("w:tblCellMar", {}, *margins)),
    )


def _line(side: str, size: str, colour: str = "000000") -> Any:
    return element(f"w:{side}", {"w:val": "single", "w:sz": size, "w:space": "0", "w:color": colour})


def _margins(above: int, beside: int) -> Any:
    sizes = {"top": above, "left": beside, "bottom": above, "right": beside}
    return element("w:tblCellMar", {}, *(element(f"w:{s}", {"w:w": str(n), "w:type": "dxa"}) for s, n in sizes.items()))


def _table_style(style_id: str, name: str, inside: list[Any], margins: Any, *parts: Any) -> Any:
    borders = element("w:tblBorders", {}, _line("top", THICK), _line("bottom", THICK), *inside)
    return element(
        "w:style",
        {"w:type": "table", "w:customStyle": "1", "w:styleId": style_id},
        element("w:name", {"w:val": name}),
        element("w:basedOn", {"w:val": "TableNormal"}),
        element("w:tblPr", {}, borders, margins),
        *parts,
    )


def _table() -> Any:
    """Return the style of tables: open at both sides, thick at head and foot, totals set off, as statistics are printed."""
    inside = [_line("insideH", THIN, GREY), _line("insideV", THIN, GREY)]
    shade = element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": "F2F2F2"})
    head = element("w:tcPr", {}, element("w:tcBorders", {}, _line("bottom", THICK)), shade)
    total = element("w:tcPr", {}, element("w:tcBorders", {}, _line("top", THICK)))
    return _table_style(
        TABLE,
        "统计表",
        inside,
        _margins(40, 60),
        element("w:tblStylePr", {"w:type": "firstRow"}, head),
        element("w:tblStylePr", {"w:type": "lastRow"}, total),
    )


def _foot_table() -> Any:
    """Return the style of the 版记: a line above, below and between, thinner between."""
    return _table_style(FOOT_TABLE, "版记表", [_line("insideH", "6")], _margins(20, 0))

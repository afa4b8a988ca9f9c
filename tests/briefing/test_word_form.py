"""The Word file's form: GB/T 9704's measures read back from it, styles and nothing else, the order that Word wants."""

from __future__ import annotations

import pytest
from docx.oxml.ns import qn

from tests.briefing.reading_word import BODY, WordFile, section_of, value

TWIPS_A_MM = 1440 / 25.4
# The order in which the schema of Word wants what a test finds in a file; Word refuses files with another one.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs autoSpaceDE autoSpaceDN snapToGrid "
    "spacing ind jc outlineLvl rPr sectPr",
    "rPr": "rStyle rFonts b bCs color spacing kern sz szCs vertAlign lang",
    "tblPr": "tblStyle tblW jc tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "tcW tcBorders shd vAlign",
    "tblBorders": "top left bottom right insideH insideV",
    "tcBorders": "top left bottom right",
    "sectPr": "headerReference footerReference footnotePr type pgSz pgMar cols titlePg docGrid",
    "style": "name basedOn qFormat semiHidden pPr rPr tblPr tcPr tblStylePr",
    "settings": "zoom defaultTabStop evenAndOddHeaders characterSpacingControl footnotePr compat themeFontLang",
    "font": "altName charset family pitch",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
    "tr": "trPr tc",
}


def test_paper_and_margins(file: WordFile) -> None:
    """A4; 天头37, 订口28, so that 156×225 mm remain; the page number's line 7 mm below them."""
    section = section_of(file)
    size = [round(int(value(section, "w:pgSz", side) or 0) / TWIPS_A_MM) for side in ("w:w", "w:h")]
    sides = ("w:top", "w:right", "w:bottom", "w:left", "w:gutter")
    margins = [round(int(value(section, "w:pgMar", side) or 0) / TWIPS_A_MM) for side in sides]
    assert (size, margins) == ([210, 297], [37, 26, 35, 28, 0])
    footer = int(value(section, "w:pgMar", "w:footer") or 0) / TWIPS_A_MM
    line = int(value(file.style("Footer"), "w:pPr/w:spacing", "w:line") or 0) / TWIPS_A_MM
    assert 35 - footer - line == pytest.approx(7, abs=0.2)


def test_lines_and_characters(file: WordFile) -> None:
    """22 lines of 28 characters fill 156×225 mm, by the page's grid and by the body's style alike, and no 23rd or 29th."""
    section, body = section_of(file), file.style("Body")
    assert value(section, "w:docGrid", "w:type") == "linesAndChars"
    pitch = int(value(section, "w:docGrid", "w:linePitch") or 0)
    step = 16 + int(value(section, "w:docGrid", "w:charSpace") or 0) / 4096
    assert 22 * pitch <= 225 * TWIPS_A_MM < 23 * pitch
    assert 28 * step * 20 <= 156 * TWIPS_A_MM < 29 * step * 20
    assert value(body, "w:pPr/w:spacing", "w:line") == str(pitch)
    assert value(body, "w:pPr/w:spacing", "w:lineRule") == "exact"
    own_step = 16 * 20 + int(value(body, "w:rPr/w:spacing") or 0)
    assert 28 * own_step <= 156 * TWIPS_A_MM < 29 * own_step
    assert value(body, "w:pPr/w:autoSpaceDN") == "0"


@pytest.mark.parametrize(
    ("style", "font", "points", "align"),
    [
        ("Normal", "仿宋_GB2312", 16, "both"),
        ("Body", "仿宋_GB2312", 16, "both"),
        ("Title", "方正小标宋简体", 22, "center"),
        ("Masthead", "方正小标宋简体", 43, "center"),
        ("Heading1", "黑体", 16, "both"),
        ("Heading2", "楷体_GB2312", 16, "both"),
        ("Footer", "宋体", 14, "right"),
        ("FooterEven", "宋体", 14, "left"),
        ("TableHead", "黑体", 10.5, "center"),
        ("TableRight", "仿宋_GB2312", 10.5, "right"),
    ],
)
def test_fonts_and_sizes(file: WordFile, style: str, font: str, points: float, align: str) -> None:
    """The standard's fonts by the names that offices have, its sizes, its alignment."""
    found = file.style(style)
    assert value(found, "w:rPr/w:rFonts", "w:eastAsia") == font
    assert float(value(found, "w:rPr/w:sz") or 0) / 2 == points
    assert value(found, "w:pPr/w:jc") == align


def test_first_line_is_two_characters_in(file: WordFile) -> None:
    """空两字, counted in characters and measured for programs that do not count."""
    assert value(file.style("Body"), "w:pPr/w:ind", "w:firstLineChars") == "200"
    assert value(file.style("Body"), "w:pPr/w:ind", "w:firstLine") == "640"


def test_page_numbers(file: WordFile) -> None:
    """「— 1 —」, a field, right on odd pages and left on even ones, one character from the edge."""
    section = section_of(file)
    assert section.find(qn("w:titlePg")) is not None
    assert file.xml("word/settings.xml").find(qn("w:evenAndOddHeaders")) is not None
    kinds = {ref.get(qn("w:type")) for ref in section.iter(qn("w:footerReference"))}
    assert kinds == {"first", "default", "even"}
    found = [next(file.paragraphs(f"word/footer{n}.xml")) for n in (1, 2, 3)]
    assert sorted(found) == [("Footer", "— 1 —"), ("Footer", "— 1 —"), ("FooterEven", "— 1 —")]
    fields = [value(file.xml(f"word/footer{n}.xml"), "w:p/w:fldSimple", "w:instr") for n in (1, 2, 3)]
    assert fields == [" PAGE "] * 3
    assert value(file.style("Footer"), "w:pPr/w:ind", "w:rightChars") == "100"
    assert value(file.style("FooterEven"), "w:pPr/w:ind", "w:leftChars") == "100"


def test_nothing_is_formatted_by_hand(file: WordFile) -> None:
    """In texts only a style says how a paragraph or run looks, and every style is there."""
    known = {style.get(qn("w:styleId")) for style in file.xml("word/styles.xml").iter(qn("w:style"))}
    for name in file.words():
        if name in {"word/styles.xml", "word/settings.xml", "word/fontTable.xml"}:
            continue
        root = file.xml(name)
        looks = [child.tag for properties in root.iter(qn("w:pPr"), qn("w:rPr")) for child in properties]
        assert set(looks) <= {qn("w:pStyle"), qn("w:rStyle")}, name
        used = root.iter(qn("w:pStyle"), qn("w:rStyle"), qn("w:tblStyle"))
        assert {style.get(qn("w:val")) for style in used} <= known, name
        assert not list(root.iter(qn("w:tblBorders"), qn("w:tcBorders"), qn("w:shd"), qn("w:b"), qn("w:jc"))), name


@pytest.mark.parametrize("part", ["styles", "settings", "fontTable", "document", "footnotes"])
def test_order_of_the_schema(file: WordFile, part: str) -> None:
    """LibreOffice forgives another order; Word says that the file is damaged."""
    checked = 0
    assert part != "document" or file.xml(BODY)[0][-2].tag == qn("w:p"), "Word wants a paragraph after the last table"
    for node in file.xml(f"word/{part}.xml").iter():
        name = node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
        if name in ORDER:
            places = [ORDER[name].split().index(child.tag.rpartition("}")[2]) for child in node]
            assert places == sorted(places), name
            checked += 1
    assert checked


def test_fonts_are_named_not_carried(file: WordFile) -> None:
    """Every font named has its usual and free stand-ins; none is embedded, and no other is named anywhere."""
    fonts = {f.get(qn("w:name")): value(f, "w:altName") for f in file.xml("word/fontTable.xml")}
    used = {
        name for part in file.words() for node in file.xml(part).iter(qn("w:rFonts")) for name in node.attrib.values()
    }
    assert used <= set(fonts) and {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"} <= used
    assert all("Noto" in (other or "") for other in fonts.values())
    assert not any("embed" in node.tag for node in file.xml("word/fontTable.xml").iter())
    assert not [name for name in file.parts if "fonts/" in name]
    faces = {node.get("typeface") for node in file.xml("word/theme/theme1.xml").iter() if node.get("typeface")}
    assert faces == {"Times New Roman", "仿宋_GB2312", "方正小标宋简体"}

"""An empty Word file of ours: python-docx's template without its look, fonts, settings, pictures and dates."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from briefing.model import Document
from briefing.writers.word_looks import FANG, HEI, KAI, LATIN, SONG, TITLE
from briefing.writers.word_xml import element, printable

# What the template brings along and no document of ours needs.
LEFT_OUT = (
    "stylesWithEffects",
    "webSettings",
    "customXml",
    "numbering",
    "extended-properties",
    "thumbnail",
    "fontTable",
)
# Where a font is missing: the names it goes by, then free ones; family and pitch let a program guess well.
FALLBACKS = {
    FANG: ("仿宋,FangSong,FangSong_GB2312,华文仿宋,Noto Serif CJK SC", "modern"),
    TITLE: ("方正小标宋_GBK,FZXiaoBiaoSong-B05S,小标宋,华文中宋,Noto Serif CJK SC", "roman"),
    HEI: ("SimHei,Noto Sans CJK SC", "swiss"),
    KAI: ("楷体,KaiTi,KaiTi_GB2312,华文楷体,Noto Serif CJK SC", "script"),
    SONG: ("SimSun,Noto Serif CJK SC", "roman"),
    LATIN: ("Liberation Serif,Noto Serif CJK SC", "roman"),
}
EPOCH = (1980, 1, 1, 0, 0, 0)


def empty() -> Any:
    """Return a Word document without text, styles of its own, or anything of the template that shows."""
    from docx import Document as new

    word = new()
    for package in (word.part, word.part.package):
        for key, relation in list(package.rels.items()):
            if relation.reltype.rsplit("/", 1)[-1] in LEFT_OUT:
                del package.rels[key]
    _settings(word)
    _theme(word)
    add_part(word, "FONT_TABLE", "/word/fontTable.xml", "WML_FONT_TABLE", _font_table())
    return word


def add_part(word: Any, relation: str, name: str, content: str, root: Any) -> None:
    """Add an XML part to the document; relation and content are names of python-docx's constants."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.oxml import serialize_part_xml
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    blob = serialize_part_xml(root)
    part = Part(PackURI(name), getattr(CONTENT_TYPE, content), blob, word.part.package)
    word.part.relate_to(part, getattr(RELATIONSHIP_TYPE, relation))


def _settings(word: Any) -> None:
    """Set what concerns the whole file, in the order of the schema: grid, footnotes, left and right pages."""
    settings = word.settings.element
    compat = next(child for child in settings if child.tag.endswith("}compat"))
    _modern(compat)
    for child in list(settings):
        settings.remove(child)
    separators = [element("w:footnote", {"w:id": str(number)}) for number in (-1, 0)]
    notes = element("w:footnotePr", {}, *separators)
    settings.extend(
        [
            element("w:zoom", {"w:percent": "100"}),
            element("w:defaultTabStop", {"w:val": "420"}),
            element("w:evenAndOddHeaders"),
            element("w:characterSpacingControl", {"w:val": "doNotCompress"}),
            notes,
            compat,
            element("w:themeFontLang", {"w:val": "en-US", "w:eastAsia": "zh-CN"}),
        ]
    )


def _theme(word: Any) -> None:
    """Let the theme, which Word wants to find, name our fonts: the template's are those of another country."""
    from docx.opc.oxml import serialize_part_xml
    from docx.oxml.ns import qn
    from docx.oxml.parser import parse_xml

    (part,) = (rel.target_part for rel in word.part.rels.values() if rel.reltype.endswith("/theme"))
    root = parse_xml(part.blob)
    for kind, title in (("a:majorFont", TITLE), ("a:minorFont", FANG)):
        for fonts in root.iter(qn(kind)):
            for old in list(fonts):
                fonts.remove(old)
            named = (("a:latin", LATIN), ("a:ea", title), ("a:cs", LATIN))
            fonts.extend(element(name, {"typeface": font}) for name, font in named)
    part._blob = serialize_part_xml(root)


def _modern(compat: Any) -> None:
    """Let Word 2013 and newer open the file as their own, not in compatibility mode."""
    from docx.oxml.ns import qn

    for setting in compat:
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _font_table() -> Any:
    fonts = [
        element(
            "w:font",
            {"w:name": name},
            element("w:altName", {"w:val": others}),
            element("w:charset", {"w:val": "00" if name == LATIN else "86"}),
            element("w:family", {"w:val": family}),
            element("w:pitch", {"w:val": "variable" if name == LATIN else "default"}),
        )
        for name, (others, family) in FALLBACKS.items()
    ]
    return element("w:fonts", {}, *fonts)


def describe(word: Any, document: Document) -> None:
    """Write who made which issue from which data into the file's properties; no times, so that equal is equal."""
    core, head = word.core_properties, document.head
    for child in list(core._element):
        core._element.remove(child)
    core.title = _said(head.title, head.subtitle, head.issue_no)
    core.author = core.last_modified_by = _said(head.office)
    core.subject = core.category = _said(document.kind)
    core.keywords = _said(document.street, f"{document.month:%Y-%m}", document.generation_id)
    core.comments = _said(head.sample_mark, head.data_line)
    core.language = "zh-CN"


def _said(*parts: str) -> str:
    """Return a property's text; the format allows 255 characters."""
    return printable(" ".join(part for part in parts if part))[:255]


def saved(word: Any) -> bytes:
    """Return the file; the same document gives the same bytes, so the archive can tell whether two are one."""
    made, final = io.BytesIO(), io.BytesIO()
    word.save(made)
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, EPOCH), old.read(entry), zipfile.ZIP_DEFLATED)
    return final.getvalue()

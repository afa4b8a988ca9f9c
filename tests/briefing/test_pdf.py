"""The PDF: GB/T 9704's measures read back from the file, only our fonts in it, texts that are never markup."""

from __future__ import annotations

import io
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageStat

from briefing.model import Chart, Column, Document, Paragraph, Section, Sentence, Table, Typed, plain
from briefing.writers import glyphs, pdf, wording
from briefing.writers.printed import as_printed
from tests.briefing.documents import document
from tests.briefing.reading_pdf import MM, Line, fonts, lines, objects, reader, text, titles

GOLDEN = Path(__file__).parent / "golden"
HANZI = "工"
NEAR = 0.3  # mm


def _with(*sections: Section, **head: str) -> Document:
    made = document()
    return replace(made, head=replace(made.head, **head), sections=sections, footnotes=())


def _saying(*texts: str) -> Document:
    paragraphs = tuple(Paragraph((Sentence(f"s{n}", (said,)),)) for n, said in enumerate(texts))
    return _with(Section("overview", "总体情况", paragraphs))


def _no_charts() -> Document:
    made = document()
    sections = (replace(s, blocks=tuple(b for b in s.blocks if not isinstance(b, Chart))) for s in made.sections)
    return replace(made, sections=tuple(section for section in sections if section.blocks))


@pytest.fixture(scope="module")
def full() -> bytes:
    """Return a document of one paragraph that fills more than two pages."""
    return pdf.pdf(_saying(HANZI * 28 * 50))


@pytest.fixture(scope="module")
def made() -> bytes:
    """Return the handmade document, charts and all."""
    return pdf.pdf(document())


def test_paper_is_a4(made: bytes) -> None:
    """210 × 297 mm, upright, every page."""
    for page in reader(made).pages:
        assert (round(float(page.mediabox.width) / MM), round(float(page.mediabox.height) / MM)) == (210, 297)


def _body(found: list[Line]) -> list[Line]:
    return [line for line in found if set(line.text) == {HANZI}]


def test_a_full_page_has_22_lines_of_28_characters_in_16_points(full: bytes) -> None:
    """The page between the first and the last is full: 22 lines, 28 characters each, 3号."""
    body = _body(lines(full, 1))
    assert [len(line.text) for line in body] == [28] * 22
    assert {line.size for line in body} == {16.0}
    assert {line.font.split("+")[-1].removesuffix("-Identity-H") for line in body} == {"NotoSerifCJKsc-Regular"}


def test_the_type_area_is_156_by_225_mm_at_37_and_28_mm(full: bytes) -> None:
    """天头37 mm, 订口28 mm; lines spread evenly over 225 mm, so the 22nd ends at the foot of the 版心."""
    body = _body(lines(full, 1))
    size = 16 / MM
    assert all(abs(line.left - 28) < NEAR for line in body)
    assert abs(body[0].down - 0.8 * size - 37) < NEAR
    pitches = {round(b.down - a.down, 2) for a, b in zip(body, body[1:], strict=False)}
    assert pitches == {round(225 / 22, 2)}
    assert 225 - 225 / 22 < body[-1].down - 37 < 225


def test_no_text_stands_outside_the_margins(made: bytes) -> None:
    """Only the header's marks and the page number stand outside the 版心, and nothing left of it."""
    for number in range(len(reader(made).pages)):
        for line in lines(made, number):
            assert line.left > 28 - NEAR
            assert (
                37 <= line.down <= 297 - 35 + NEAR
                or "注意保存" in line.text
                or "非真实" in line.text
                or "—" in line.text
            )


def _width(said: str) -> float:
    """Return how wide a text is in em, by the body font's own measures."""
    font = TTFont(glyphs.FONTS / "NotoSerifSC-Regular.otf", lazy=True)
    names, widths = font.getBestCmap(), font["hmtx"]
    return sum(widths[names[ord(char)]][0] for char in said) / float(font["head"].unitsPerEm)


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(full: bytes) -> None:
    """「— 1 —」 in 4号, one character in from the outer edge, its dash 7 mm below the 版心."""
    for number in range(3):
        printed = next(line for line in lines(full, number) if line.text.startswith("—"))
        assert printed.text == f"— {number + 1} —"
        assert printed.size == 14
        one = 14 / MM
        if number % 2:
            assert abs(printed.left - 28 - one) < NEAR
        else:
            assert (
                abs(printed.left + _width(printed.text) * one - (28 + 156 - one)) < 1
            )  # the font's dash is a little wider in Chinese
        assert abs(printed.down - 0.38 * one - (37 + 225) - 7) < 1


def test_headings_are_numbered_and_are_bookmarks(made: bytes) -> None:
    """一、… in 黑体 3号, annexes unnumbered; each is a bookmark of the file."""
    assert titles(made) == ["一、总体情况", "二、主要指标", "三、需关注事项", "四、走势", "附表　社区一览表"]
    heading = next(line for line in lines(made, 0) if line.text == "一、总体情况")
    assert heading.size == 16
    assert "NotoSansCJKsc" in heading.font


def test_the_red_head_is_bold_large_and_red(made: bytes) -> None:
    """The title is 小标宋's stand-in, bold serif, larger than any other text, on one line."""
    title = next(line for line in lines(made, 0) if line.text == document().head.title)
    assert "NotoSerifCJKsc-Bold" in title.font
    assert title.size == max(line.size for line in lines(made, 0)) > 22
    subtitle = next(line for line in lines(made, 0) if line.text == "2018年12月")
    assert subtitle.size == 22


@pytest.mark.parametrize(
    "title", ["坂田街道工会工作简报", "坂田街道总工会关于二〇一八年度工会各项重点工作完成情况的总结报告"]
)
def test_a_title_never_breaks(title: str) -> None:
    """However long the street's and the kind's names are, they stand on one line of the 版心."""
    content = pdf.pdf(_with(Section("overview", "总体情况", ()), title=title))
    line = next(line for line in lines(content, 0) if line.text == title)
    assert len(title) * line.size / MM <= 156


def test_every_text_of_the_document_is_in_the_file(made: bytes) -> None:
    """Sentences, cells, units, notes, titles of charts, marks, foot: nothing is lost on the way."""
    found, source = re.sub("[①-⑳]", "", text(made)), document()
    head = source.head
    said = [plain(parts) for parts in source.texts()]
    said += [
        head.title,
        head.issue_no,
        head.issued_on,
        head.office,
        head.internal_mark,
        head.sample_mark,
        head.data_line,
    ]
    said += [*wording.foot(head), *source.footnotes]
    said += [chart.title for chart in source.charts()]
    said += [words for table in source.tables() for words in (table.unit, *table.notes)]
    for words in said:
        assert "".join(words.split()) in found, words


def test_the_sample_mark_stands_on_every_page_and_goes_with_the_sample(made: bytes) -> None:
    """示例数据 is inside every page; a document of real data has no such mark."""
    for page in reader(made).pages:
        assert "示例数据" in page.extract_text()
    assert "示例" not in text(pdf.pdf(_with(Section("overview", "总体情况", ()), sample_mark="")))


def test_the_internal_mark_stands_on_every_page_of_the_internal_version_only(made: bytes) -> None:
    """内部资料 is printed on each page, and on none of the public version."""
    for page in reader(made).pages:
        assert "".join(page.extract_text().split()).count("内部资料") == 1
    assert "内部" not in text(pdf.pdf(_with(Section("overview", "总体情况", ()), internal_mark="")))


def test_only_our_fonts_are_in_the_file(made: bytes) -> None:
    """Every font in the PDF is one of data/fonts, embedded, and may be redistributed."""
    ours = {str(TTFont(path, lazy=True)["name"].getDebugName(6)) for path in glyphs.FONTS.glob("*.otf")}
    assert fonts(made)
    assert fonts(made) <= ours
    for descriptor in (found for found in objects(made) if found.get("/Type") == "/FontDescriptor"):
        assert "/FontFile3" in descriptor


def test_our_fonts_may_be_redistributed() -> None:
    """Each font for documents says it is under the SIL Open Font License and allows embedding; OFL.txt stands beside."""
    for path in glyphs.FONTS.glob("*.otf"):
        font = TTFont(path, lazy=True)
        assert "SIL Open Font License" in str(font["name"].getDebugName(13)), path.name
        assert font["OS/2"].fsType == 0, path.name
    assert "SIL OPEN FONT LICENSE Version 1.1" in (glyphs.FONTS / "OFL.txt").read_text("utf-8")


def test_the_body_font_has_every_character_of_gbk() -> None:
    """Rare characters of place names (塱, 冚) are in GBK and not in GB2312; the body can print them all."""
    hanzi = {bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF)}
    gbk = {code.decode("gbk", "ignore") for code in hanzi} - {""}
    assert len(glyphs.missing(char for char in gbk if "\u4e00" <= char <= "\u9fff")) == 0
    for path in ("NotoSerifSC-Bold.otf", "NotoSansSC-Regular.otf"):
        drawn = TTFont(glyphs.FONTS / path, lazy=True).getBestCmap()
        assert all(ord(code.decode("gb2312")) in drawn for code in (b"\xb0\xa1", b"\xf7\xfe", b"\xa1\xad"))
        assert len(drawn) == 8010


def test_the_file_says_what_it_is(made: bytes) -> None:
    """Title, author, language and the data version are in the file; no clock is, so the same document gives the same bytes."""
    about = reader(made).metadata
    assert about is not None
    assert (about.title, about.author) == ("坂田街道工会工作简报 2018年12月", "坂田街道总工会")
    assert "数据版本8" in str(about.subject)
    assert document().generation_id in str(about.get("/Keywords"))
    assert str(reader(made).root_object["/Lang"]).startswith("zh")
    assert "/CreationDate" not in about
    assert pdf.pdf(document()) == made


def test_charts_are_vector_pictures_with_alternative_texts(made: bytes) -> None:
    """Each chart is drawn, not photographed, and tells who cannot see it what it shows."""
    assert not [found for found in objects(made) if found.get("/Subtype") == "/Image"]
    told = {str(found["/Alt"]) for found in objects(made) if "/Alt" in found}
    assert {chart.alt for chart in document().charts()} <= told


WEIRD = ["#let x = 1", "$a^2$", "*粗* _斜_ `码`", "<label> @ref", r"\ \u{4e00} \n", "// 注释 /* 注 */", "= 标题", "- 项 + 项",
         '"引号" \'单\' “全角”', "[括] {花} ]", "~ -- --- ...", "https:§example", "=1+1", "#panic()", "fi fl ffi", "a" * 200]  # fmt: skip


@pytest.mark.parametrize("weird", WEIRD)
def test_texts_are_never_markup(weird: str) -> None:
    """What a person typed is printed as typed, in a sentence, a cell, a title, a heading and the head."""
    table = Table("t", weird, (Column(weird),), (((Typed(weird),),),), weird, (weird,))
    section = Section("s", weird + "。", (Paragraph((Sentence("s", (Typed(weird),)),)), table))
    found = text(pdf.pdf(replace(_with(section, drafted_by=weird, issue_no=weird), footnotes=(weird,))))
    assert found.count("".join(weird.split())) >= 8


def test_line_ends_and_control_characters_in_typed_text_do_not_end_the_writer() -> None:
    """A pasted text may hold anything; the letters come through."""
    assert "甲乙丙丁戊" in text(pdf.pdf(_saying("甲\n乙\t丙\x00丁\ud800戊")))


def test_a_long_table_repeats_its_head_and_no_row_is_torn() -> None:
    """A table over several pages has its head and its notes on each; a row of several lines stays on one page."""
    columns = (Column("社区"), Column("说明", width=3))
    rows = tuple(((f"社区{n}",), (f"第{n}行" + "说明文字" * 20,)) for n in range(60))
    content = pdf.pdf(_with(Section("s", "名单", (Table("t", "名单", columns, rows, "", ("按官方顺序",)),))))
    pages = ["".join(page.extract_text().split()) for page in reader(content).pages]
    assert len(pages) > 2
    assert all("社区说明" in page and "按官方顺序" in page for page in pages)
    for n in range(60):
        assert sum(f"第{n}行" in page for page in pages) == 1


@pytest.mark.parametrize("before", range(12, 22))
def test_a_short_table_is_never_torn(before: int) -> None:
    """Wherever a page ends, the rows of a short table stand together, under their head."""
    rows = tuple(((f"社区{n}",),) for n in range(8))
    said = Paragraph((Sentence("s", (HANZI * 28 * before,)),))
    made = _with(Section("s", "名单", (said, Table("t", "名单", (Column("社区"),), rows))))
    content = pdf.pdf(replace(made, kind="月报"))  # a 简报 has no room for the gap
    pages = ["".join(page.extract_text().split()) for page in reader(content).pages]
    assert sorted(sum(f"社区{n}" in page for n in range(8)) for page in pages)[-1] == 8


def test_an_empty_document_is_written() -> None:
    """Nothing but the head: one page, no foot, no empty rules."""
    head = replace(document().head, issue_no="", issued_on="", drafted_by="", checked_by="", signed_by="", report_to="", copy_to="",
                   subtitle="", internal_mark="", sample_mark="", data_line="")  # fmt: skip
    content = pdf.pdf(replace(document(), head=head, sections=(), footnotes=()))
    assert len(reader(content).pages) == 1
    assert text(content) == "坂田街道工会工作简报坂田街道总工会—1—"


def test_definitions_are_footnotes_at_the_words_they_explain() -> None:
    """Marked ① where the indicator is first named, at the foot of that page; where it is never named, below the body."""
    content = pdf.pdf(_no_charts())
    body = next(line for line in lines(content, 0) if "全街道" in line.text)
    note = next(line for line in lines(content, 0) if "建会率＝" in line.text)
    assert (note.size, note.down > 240) == (9.0, True)
    assert "全街道建会率①91.2%" in text(content)
    assert body.down < note.down
    unnamed = text(pdf.pdf(replace(_saying("甲"), footnotes=("建会率＝甲÷乙",))))
    assert "①" not in unnamed
    assert "建会率＝甲÷乙" in unnamed


def test_footnotes_stand_at_the_same_words_as_in_word() -> None:
    """The PDF's marks are the Word writer's: the same notes, in the same order."""
    made = replace(document(), footnotes=("劳资纠纷：甲。", "建会率：乙。", "从未提到：丙。"))
    printed = as_printed(made)
    blocks = [block for section in printed["sections"] for block in section["blocks"]]
    runs = [run for block in blocks if block["kind"] == "paragraph" for run in block["runs"]]
    assert [run["note"] for run in runs if "note" in run] == ["建会率：乙。", "劳资纠纷：甲。"]
    assert printed["notes"] == ["从未提到：丙。"]


def test_a_number_in_a_table_breaks_before_its_bracket_only() -> None:
    """A cell too narrow for －9宗（－32.1%） breaks there, never between the sign and the digits."""
    said = "－9宗（－32.1%）"
    columns = (Column("指标", width=5), Column("环比", "right"))
    content = pdf.pdf(_with(Section("s", "表", (Table("t", "名", columns, ((("甲",), (said,)),)),))))
    assert {"－9宗", "（－32.1%）"} <= {line.text for line in lines(content, 0)}
    assert said in text(content)


def test_annexes_start_on_their_own_page_and_do_not_count_as_body() -> None:
    """The body's pages are counted without 附表; a body too long for its kind is said."""
    assert pdf.body_pages(_no_charts()) == 1
    assert len(pdf.pages(_no_charts(), 20)) == 2
    assert pdf.pdf_notices(_no_charts()) == []
    long = _saying(HANZI * 28 * 50)
    assert pdf.body_pages(long) == 3
    assert pdf.pdf_notices(long) == ["正文3页，超过2页。"]


def test_a_character_that_no_font_has_is_said() -> None:
    """A rare name is named in a notice, once; line ends and what draws nothing are no loss."""
    rare = replace(_no_charts(), head=replace(document().head, drafted_by="王\U000307ec\u200b", signed_by="\U000307ec"))
    assert pdf.pdf_notices(rare) == ["字体中没有“\U000307ec”，PDF里显示为空框；Word文件不受影响。"]
    pdf.pdf(rare)


def test_the_preview_is_the_pages_of_the_file() -> None:
    """As many pictures as pages, A4 in the asked resolution."""
    shown = pdf.pages(_no_charts(), 50)
    assert len(shown) == len(reader(pdf.pdf(_no_charts())).pages)
    for page in shown:
        assert abs(Image.open(io.BytesIO(page)).width - 210 / 25.4 * 50) <= 1


def _grey(page: bytes) -> Image.Image:
    return Image.open(io.BytesIO(page)).convert("L")


def _apart(one: Image.Image, other: Image.Image) -> float:
    """Return the mean difference of two grey pictures, of 255."""
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


TOLERATED = 0.6


@pytest.mark.parametrize("page", [0, 1])
def test_pages_look_as_last_agreed(page: int) -> None:
    """The drawn page equals the agreed picture within a tolerance; UNION_ATLAS_GOLDEN=write agrees to the new one."""
    path = GOLDEN / f"pdf-{page + 1}.png"
    drawn = _grey(pdf.pages(_no_charts(), 40)[page])
    if os.environ.get("UNION_ATLAS_GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        drawn.quantize(16).save(path, optimize=True)
    agreed = Image.open(path).convert("L")
    assert agreed.size == drawn.size
    assert _apart(agreed, drawn) < TOLERATED


def test_the_comparison_sees_a_moved_line() -> None:
    """One line more or less, which a wrong pitch or a lost block causes, is far beyond the tolerance."""
    drawn = _grey(pdf.pages(_no_charts(), 40)[0])
    assert _apart(drawn, ImageChops.offset(drawn, 0, 6)) > 3 * TOLERATED
    shorter = replace(_no_charts(), head=replace(document().head, issue_no=""))
    assert _apart(drawn, _grey(pdf.pages(shorter, 40)[0])) > 2 * TOLERATED


@pytest.mark.parametrize(("n", "said"), [(1, "一"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (31, "三十一")])
def test_sections_are_counted_in_chinese(n: int, said: str) -> None:
    """一、二、… 十、十一、… 二十."""
    assert wording.ordinal(n) == said


def test_only_numbered_paragraphs_are_counted() -> None:
    """An introduction or a table between items takes no number and does not start the count again."""
    item, intro = Paragraph((Sentence("s", ("甲",)),), True), Paragraph((Sentence("s", ("乙",)),))
    table = Table("t", "表", (Column("甲"),), ())
    assert list(wording.numbers(Section("s", "甲", (intro, item, table, item)))) == [None, 1, None, 2]


def test_the_foot_says_only_what_was_typed() -> None:
    """No empty 报, 送, 拟稿; where one of the three signs, the places of the others stay open."""
    head = replace(document().head, report_to="", copy_to="", drafted_by="", checked_by="", signed_by="")
    assert wording.foot(head) == []
    assert wording.foot(replace(head, copy_to="区总工会", checked_by="乙")) == [
        "送：区总工会",
        "拟稿：　　审核：乙　　签发：",
    ]


def test_a_caption_says_only_what_the_heading_does_not() -> None:
    """A table called as its section has no second title; another one has its own."""
    table = Table("t", "主要指标", (Column("甲"),), ())
    assert wording.caption(Section("s", "主要指标", (table,)), table) == ""
    assert wording.caption(Section("s", "附表　主要指标", (table,)), table) == ""
    assert wording.caption(Section("s", "总体情况", (table,)), table) == "主要指标"

"""The Word file as LibreOffice prints it: pages, lines and characters counted, texts compared, looks compared."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from briefing.compose import compose
from briefing.model import Chart, Document, Paragraph, Section, Sentence, Typed
from briefing.read_word import read_word
from briefing.request import Request
from briefing.writers.word import word
from tests.briefing.documents import document
from tests.briefing.fonts import fontconfig
from tests.briefing.office import convert, to_pdf, to_png
from tests.briefing.reading_pdf import MM, Line, reader, text

pytestmark = pytest.mark.office
GOLDEN = Path(__file__).parent / "golden"
DPI, ALIKE = 40, 1.0
LINES, CHARACTERS = 22, 28


@pytest.fixture(scope="module", autouse=True)
def _our_fonts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let LibreOffice see data/fonts and nothing else."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FONTCONFIG_FILE", str(fontconfig(tmp_path_factory.mktemp("fonts"))))
        yield


def _printed(made: Document, folder: Path) -> bytes:
    path = folder / "made.docx"
    path.write_bytes(word(made))
    return to_pdf(path)


def _without_charts() -> Document:
    """Return the document without its pictures, which have tests of their own."""
    made = document()
    sections = (replace(s, blocks=tuple(b for b in s.blocks if not isinstance(b, Chart))) for s in made.sections)
    return replace(made, sections=tuple(section for section in sections if section.blocks))


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, _our_fonts: None) -> bytes:
    """Return the document by hand as printed."""
    return _printed(_without_charts(), tmp_path_factory.mktemp("printed"))


def test_pages_and_texts(printed: bytes) -> None:
    """LibreOffice opens it as it is: one page of body, one of annex, every text in order, the page numbers' form."""
    assert len(reader(printed).pages) == 2
    said = text(printed).replace("　", "")
    for part in (
        "坂田街道工会工作简报第12期",
        "一、总体情况",
        "91.2%（3,214家中2,931家）",
        "（责任单位：第五园社区工联会）",
        "拟稿：甲审核：乙签发：丙",
    ):
        assert part in said
    assert said.index("二、主要指标") < said.index("三、需关注事项") < said.index("附表社区一览表")
    assert said.count("示例数据非真实情况") == 2 and said.count("内部资料注意保存") == 2
    assert "—1—" in said and "—2—" in said
    assert said.count("建会率＝") == 1


def lines(content: bytes, page: int) -> list[Line]:
    """Return a page's runs of text with their left edge and baseline in mm, as LibreOffice places them."""
    found: list[Line] = []
    read = reader(content).pages[page]
    height = float(read.mediabox.height)

    def visit(said: str, user: list[float], at: list[float], _font: object, size: float) -> None:
        if said.strip():
            x, y = (at[4] * user[side] + at[5] * user[side + 2] + user[side + 4] for side in (0, 1))
            found.append(Line(said.strip("\n "), x / MM, (height - y) / MM, size, ""))

    read.extract_text(visitor_text=visit)
    return found


def _body_lines(found: list[Line]) -> dict[float, list[Line]]:
    """Return the runs of 3号 by their baseline."""
    made: dict[float, list[Line]] = {}
    for line in found:
        if line.size == pytest.approx(16, abs=0.1):
            made.setdefault(round(line.down, 0), []).append(line)
    return made


def test_a_full_page_has_22_lines_of_28_characters(tmp_path: Path) -> None:
    """Counted on the printed page, between the standard's margins."""
    sentence = Sentence("s", ("工会" * 28 * LINES * 2,))
    made = replace(document(), sections=(Section("s", "甲", (Paragraph((sentence,)),)),), footnotes=())
    pdf = _printed(made, tmp_path)
    found = _body_lines(lines(pdf, 1))
    assert len(found) == LINES
    assert {sum(len(run.text) for run in runs) for runs in found.values()} == {CHARACTERS}
    left = min(run.left for runs in found.values() for run in runs)
    assert left == pytest.approx(28, abs=0.5)
    assert 37 < min(found) <= 37 + 225 / LINES and 297 - 35 - 225 / LINES < max(found) < 297 - 35
    step = (max(found) - min(found)) / (LINES - 1)
    assert step == pytest.approx(225 / LINES, abs=0.1)


def _number(pdf: bytes, page: int) -> tuple[str, float, float]:
    """Return the page number, its left edge and its baseline."""
    runs = [line for line in lines(pdf, page) if line.down > 297 - 35]
    return "".join(run.text.strip() for run in runs), runs[0].left, runs[0].down


def test_page_numbers_change_sides(printed: bytes) -> None:
    """Odd pages right, even ones left, 4号, under the type area."""
    said, left, down = _number(printed, 0)
    assert said == "—1—" and left > 160
    said, left, _down = _number(printed, 1)
    assert said == "—2—" and left == pytest.approx(28 + 14 / MM, abs=1)
    assert 297 - 35 + 7 < down < 297 - 35 + 7 + 7
    assert {round(line.size) for line in lines(printed, 0) if line.down > 297 - 35} == {14}


def _apart(one: Image.Image, other: Image.Image) -> float:
    """Return the mean difference of two grey pictures, of 255."""
    return float(ImageStat.Stat(ImageChops.difference(one, other)).mean[0])


@pytest.mark.parametrize("page", [1, 2])
def test_looks(printed: bytes, page: int) -> None:
    """The page looks as it was looked at (tests/briefing/golden); UNION_ATLAS_GOLDEN=write takes the new looks."""
    path, found = GOLDEN / f"word-{page}.png", to_png(printed, DPI)[page - 1].convert("L")
    if os.environ.get("UNION_ATLAS_GOLDEN") == "write":
        found.quantize(16).save(path, optimize=True)
    agreed = Image.open(path).convert("L")
    assert found.size == agreed.size and _apart(found, agreed) < ALIKE


def test_looks_are_told_apart(printed: bytes) -> None:
    """A page moved by a third of a line is far beyond what is tolerated."""
    found = to_png(printed, DPI)[0].convert("L")
    assert _apart(found, ImageChops.offset(found, 0, round(DPI * 225 / LINES / 25.4 / 3))) > 3 * ALIKE


def test_survives_being_saved_by_another_program(tmp_path: Path) -> None:
    """Saved again by LibreOffice, the file still knows all its numbers and where they stand."""
    path = tmp_path / "made.docx"
    path.write_bytes(word(document(), has_comments=True))
    before, after = read_word(path.read_bytes()), read_word(convert(path, "docx"))
    assert after == before and before.printed


def _typed(title: str, *matters: str) -> Section:
    paragraphs = (Paragraph((Sentence(f"{title}:{n}", (Typed(said),)),), True) for n, said in enumerate(matters))
    return Section(title, title, tuple(paragraphs))


def test_the_briefing_fits_two_pages(sample_street: Path, tmp_path: Path) -> None:
    """A leader reads one sheet of paper: the sample's 简报 with all that an office types, its annexes apart."""
    made = compose(sample_street, Request("简报", date(2018, 12, 1), has_sources=False))
    body = tuple(section for section in made.sections if not section.is_annex)
    typed = (
        _typed(
            "上期交办事项落实情况", "推进园区工联会换届。责任单位：岗头社区工联会；期限：2018年12月31日；进展：已完成。"
        ),
        _typed("提请研究事项", "第五园社区12月劳资纠纷台账未报送，建议督促补报。"),
    )
    head = replace(made.head, issue_no="第12期", issued_on="2019年1月5日")
    assert len(reader(_printed(replace(made, sections=body + typed, head=head), tmp_path)).pages) <= 2

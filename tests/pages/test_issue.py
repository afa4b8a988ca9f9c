"""简报编发 through app.py: what is chosen, typed, mended, signed and compared, as a clerk does it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from briefing import archive, edits, typed
from briefing.compose import compose
from briefing.kinds import kinds
from briefing.model import Paragraph, Sentence
from briefing.request import Request
from briefing.source import Source
from briefing.suggestions import suggestions
from etl.notes import add_note
from metrics import places
from metrics.catalogue import catalogue
from metrics.closed import closing
from metrics.places import Outlines, outlines
from metrics.warehouse import open_current
from pages import PAGES
from pages.parts import answers
from pages.parts.issuing import drafts
from pages.parts.issuing.forms import day
from pages.parts.issuing.origins import address, facts_of
from pages.parts.issuing.outputs import APPROVAL
from pages.parts.issuing.signing import REQUESTED, Wanted
from tests.pages.opening import opened
from tests.pages_walk import elements

MONTH, NEXT = date(2018, 12, 1), date(2019, 1, 1)
BRIEF = Request("brief", MONTH)
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d4944415478da63fcffff3f030005fe02fea72d8c1c0000000049454e44ae426082"
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(sample_street: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sample street, one for all tests here: its answers are worked out once."""
    made = tmp_path_factory.mktemp("issue") / "street"
    shutil.copytree(sample_street, made)
    return made


@pytest.fixture
def street(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a street in which nothing was typed yet; the preview, which is tested once, is a dot."""
    for written in ("notes", "briefings"):
        shutil.rmtree(folder / written, ignore_errors=True)
    monkeypatch.setenv("UNION_ATLAS_STREET", str(folder))
    monkeypatch.setattr(drafts, "pages", lambda _draft: (DOT,))
    monkeypatch.setattr(drafts, "notices", lambda _draft: ())
    return folder


def click(app: AppTest, label: str, place: int = 0) -> None:
    """Click a button by its label, forms' included."""
    [entry for entry in app.button if entry.label == label][place].click()
    app.run()
    assert not app.exception, [error.value for error in app.exception]


def fill(app: AppTest, **values: str) -> None:
    """Type into fields by their titles; into the last of a title, where a new entry is typed."""
    for title, text in values.items():
        [entry for entry in (*app.text_input, *app.text_area) if entry.label == title][-1].input(text)


def of_kind(app: AppTest, kind: str) -> list[str]:
    """Return the labels of what a page holds of a kind."""
    return [entry.proto.label for entry in elements(app._tree) if getattr(entry, "type", "") == kind]


def said(app: AppTest) -> list[str]:
    """Return what the page tells: notices, captions and running text."""
    parts = (app.success, app.error, app.warning, app.info, app.caption, app.markdown)
    return [entry.value for entries in parts for entry in entries]


def sentences(street: Path, request: Request = BRIEF) -> dict[str, Sentence]:
    """Return the document's sentences by their ids."""
    blocks = [block for section in compose(street, request).sections for block in section.blocks]
    return {one.id: one for block in blocks if isinstance(block, Paragraph) for one in block.sentences}


def typed_head(street: Path) -> None:
    """Type what an issue needs before it is signed."""
    typed.set_head(street, "brief", MONTH, issue_no="12", issued_on="2019-01-05", drafted_by="甲")


def test_the_paper_and_what_is_not_on_it(sample_street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every printed page is shown with words for it; what was left out is said; both versions as four files."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(sample_street))
    app, document = opened("issue"), compose(sample_street, BRIEF)
    images = [image for entry in elements(app._tree) if getattr(entry, "type", "") == "image"
              for image in getattr(entry.proto, "imgs", [entry.proto])]  # fmt: skip
    assert len(images) == len(drafts.pages(drafts.draft(open_current(sample_street), BRIEF))) > 1
    assert f"打印效果，共{len(images)}页" in said(app)
    shown = next(text for text in said(app) if text.startswith("- "))
    assert document.missing and all(entry.why in shown for entry in document.missing)
    assert of_kind(app, "download_button") == ["Word文档", "PDF", "幻灯片", "表格"] * 2


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_opens_with_its_words(kind: str, street: Path) -> None:
    """Each kind is made for a month that it can end with, and each generated sentence is a field."""
    month = kinds()[kind].newest_end(MONTH)
    app = opened("issue", kind=kind, month=f"{month:%Y-%m}", part="wording")
    assert app.query_params["kind"] == kind and not app.warning and not app.error
    topic = "coverage_rate" if kind == "special" else ""
    known = {one.text for one in sentences(street, Request(kind, month, topic=topic)).values()}
    assert app.text_area and {area.value for area in app.text_area} <= known


def test_a_kind_takes_a_month_that_it_can_end_with(street: Path) -> None:
    """半年总结 after 简报 ends in June; the address says so, and a link to it opens without a notice."""
    app = opened("issue", part="head")
    app.button_group[0].set_value("half_year").run()
    assert app.query_params["month"] == "2018-06" and not app.warning
    assert not opened("issue", kind="half_year", month="2018-06").warning


def test_a_circular_with_ranks_is_never_public(street: Path) -> None:
    """情况通报 offers no 对外版, neither to look at nor to take away, also where the address asks for it."""
    app = opened("issue", kind="circular", audience="public")
    assert of_kind(app, "download_button") == ["Word文档", "PDF", "幻灯片", "表格"]
    assert ["内部版"] in [group.options for group in app.button_group]
    assert any("没有对外版" in text for text in said(app)) and not app.error


def test_typed_head_is_printed_and_opens_the_way_to_sign(street: Path) -> None:
    """期号 and date are asked for before an issue is signed; a date may be typed as people write it."""
    assert [b.disabled for b in opened("issue").button if b.label.startswith("签发存档")] == [True]
    app = opened("issue", part="head")
    fill(app, 期号="12", 印发日期="2019年1月5日", 拟稿="甲")
    click(app, "保存期号与落款")
    head = compose(street, BRIEF).head
    assert (head.issue_no, head.issued_on, head.drafted_by) == ("第12期", "2019年1月5日", "甲")
    assert [b.disabled for b in opened("issue").button if b.label.startswith("签发存档")] == [False]


def test_proposals_of_the_last_issue_wait_to_be_confirmed(street: Path) -> None:
    """Who drafted the last issue stands in the field, but not in the document until it is saved; 期号 starts empty."""
    typed.set_head(street, "brief", date(2018, 11, 1), issue_no="11", issued_on="2018-12-05", drafted_by="甲")
    app = opened("issue", part="head")
    fields = {entry.label: entry.value for entry in app.text_input}
    assert (fields["拟稿"], fields["期号"], fields["印发日期"]) == ("甲", "", "")
    assert compose(street, BRIEF).head.drafted_by == ""
    assert any("保存后才印出" in text for text in said(app))


@pytest.mark.parametrize("text, kept", [
    ("2019.1.5", "2019-01-05"), ("2019/01/05", "2019-01-05"), ("2019年1月5日", "2019-01-05"),
    ("2019-01-05", "2019-01-05"), ("1月5日", "1月5日"), ("", ""),
])  # fmt: skip
def test_days_as_people_write_them(text: str, kept: str) -> None:
    assert day(text) == kept


def test_a_wrong_day_is_said_and_nothing_is_kept(street: Path) -> None:
    app = opened("issue", part="head")
    fill(app, 期号="12", 印发日期="2019年13月45日")
    click(app, "保存期号与落款")
    assert any("不是日期" in error.value for error in app.error)
    assert compose(street, BRIEF).head.issue_no == ""


def test_matters_are_typed_for_a_month_and_carried_on(street: Path) -> None:
    """A rank, a matter assigned and a suggestion taken over stand in the document; months before know nothing of them."""
    app = opened("issue", part="matters")
    fill(app, 指标="建会率", 交办事项="天安云谷*工联会*换届", 责任单位="岗头社区工联会", 时限="1月底前")
    app.number_input[0].set_value(2)
    app.number_input[1].set_value(11)
    click(app, "保存", 0)
    assert [(rank.indicator, rank.place, rank.of_how_many) for rank in typed.ranks(street, MONTH)] == [
        ("建会率", 2, 11)
    ]
    fill(app, 交办事项="天安云谷*工联会*换届", 责任单位="岗头社区工联会", 时限="1月底前")
    click(app, "保存", 1)
    [entry] = typed.assigned(street, MONTH)
    assert (entry.matter, entry.responsible) == ("天安云谷*工联会*换届", "岗头社区工联会")
    text = "".join(one.text for one in sentences(street).values())
    assert "天安云谷*工联会*换届" in text and "第2名" in text
    before = "".join(one.text for one in sentences(street, Request("brief", date(2018, 11, 1))).values())
    assert "天安云谷" not in before
    later = opened("issue", part="matters", month="2018-12")
    labels = [expander.label for expander in later.expander]
    assert any(r"天安云谷\*工联会\*换届" in label and "办理中" in label for label in labels), "as typed, not as markup"


def test_a_phone_number_is_kept_masked_and_that_is_said(street: Path) -> None:
    """Nobody wonders where a number went; what holds none is saved without a word about it."""
    app = opened("issue", part="matters")
    fill(app, 交办事项="走访企业，联系人13800138000")
    click(app, "保存", 1)
    assert said(app)[0].startswith("交办事项已保存。其中的电话号码、身份证号不保存")
    assert [entry.matter for entry in typed.assigned(street, MONTH)] == ["走访企业，联系人***"]
    fill(app, 提请研究事项="研究换届")
    click(app, "保存", 3)
    assert said(app)[0] == "提请研究事项已保存。"


def test_an_entry_of_an_earlier_month_says_so(street: Path) -> None:
    """A matter carried over names the month that wrote it; writing for this month leaves that one alone."""
    item = typed.add_assigned(street, date(2018, 11, 1), "换届", "岗头社区工联会")
    app = opened("issue", part="matters")
    assert any("沿用2018年11月所填" in expander.label for expander in app.expander)
    [box] = [entry for entry in app.checkbox if entry.label.startswith("已办结")][:1]
    box.check()
    click(app, "保存", 1)
    assert [entry.is_done for entry in typed.assigned(street, MONTH)] == [True]
    assert [(entry.item, entry.is_done) for entry in typed.assigned(street, date(2018, 11, 1))] == [(item, False)]


def test_suggestions_are_taken_over_or_left(street: Path) -> None:
    """What is taken over is a typed matter and no longer offered; what is not taken is never printed."""
    offered = [one.text for one in suggestions(Source(open_current(street), street), MONTH)]
    app = opened("issue", part="matters")
    click(app, "采用")
    assert [entry.matter for entry in typed.proposals(street, MONTH)] == offered[:1]
    assert [b.label for b in app.button].count("采用") == len(offered) - 1
    text = "".join(one.text for one in sentences(street).values())
    assert offered[1].rstrip("。") not in text


def test_a_sentence_is_mended_and_put_back(street: Path) -> None:
    """The clerk's words are printed, with the generated ones kept beside them; one click puts those back."""
    first = next(iter(sentences(street).values()))
    app = opened("issue", part="wording")
    app.text_area[0].input("截止2018年末，建会率又有提高。")
    click(app, "保存")
    now = sentences(street)[first.id]
    assert now.text == "截止2018年末，建会率又有提高。" and now.edit is not None and now.edit.original == first.text
    assert app.text_area[0].value == now.text
    click(app, "恢复原句")
    assert sentences(street)[first.id].text == first.text and app.text_area[0].value == first.text


def test_a_sentence_is_left_out_and_comes_back(street: Path) -> None:
    first = next(iter(sentences(street).values()))
    app = opened("issue", part="wording")
    click(app, "本期不列")
    assert first.id not in sentences(street)
    assert any(entry.why == "编辑时删去" for entry in compose(street, BRIEF).missing)
    click(app, "恢复")
    assert sentences(street)[first.id].text == first.text


def test_a_number_that_changed_under_an_edit_is_flagged(street: Path) -> None:
    """The edit stays as it was written; where it is read and where it is sent out, the page says what changed."""
    first = next(iter(sentences(street).values()))
    key = edits._key(compose(street, BRIEF))
    add_note(street, edits.KIND, **key, sentence=first.id, text="建会率90.0%。", original="全街道建会率90.0%。")
    assert any("1句改过的文字" in warning.value for warning in opened("issue").warning)
    told = [warning.value for warning in opened("issue", part="wording").warning]
    assert len(told) == 1 and "其中数字已变化" in told[0].replace("\\", "") and "原90.0%" in told[0].replace("\\", "")


def test_an_issue_is_signed_once(street: Path) -> None:
    """Four files and the document go into the archive; a second click on the same dialog adds nothing."""
    typed_head(street)
    app = opened("issue")
    click(app, "签发存档（内部版）")
    click(app, "确认签发存档")
    [issued] = archive.issued(street)
    assert set(issued.files) == {".docx", ".pdf", ".pptx", ".xlsx"} and issued.issue_no == "第12期"
    assert archive.document_of(issued) == compose(street, BRIEF)
    app.session_state[REQUESTED] = Wanted(drafts.draft(open_current(street), BRIEF), 0)
    app.run()
    assert len(archive.issued(street)) == 1 and any("不重复存档" in error.value for error in app.error)
    click(app, "签发存档（内部版）")
    assert any("已存档过（1号）" in warning.value for warning in app.warning)


def test_two_issues_are_compared(street: Path) -> None:
    """The list bears the data version; what was mended between two issues is what they say differently."""
    typed_head(street)
    assert any("还没有签发存档" in info.value for info in opened("issue", part="history").info)
    archive.issue(street, compose(street, BRIEF), {".docx": b"1"}, "甲")
    first = next(iter(sentences(street)))
    edits.edit(street, compose(street, BRIEF), first, "建会率又有提高。")
    archive.issue(street, compose(street, BRIEF), {".docx": b"2"}, "甲")
    app = opened("issue", part="history")
    listed, different = (frame.value for frame in app.dataframe)
    assert listed["number"].tolist() == [2, 1] and set(listed["generation"]) == {open_current(street).generation_no}
    assert "建会率又有提高。" in different["now"].tolist() and len(different) == 1
    assert of_kind(app, "download_button") == ["Word文档"]
    app.selectbox(key="issue.before").set_value(app.selectbox(key="issue.after").value).run()
    assert any("两份不同的存档" in info.value for info in app.info)


def test_a_closed_month_says_which_data_it_prints(street: Path) -> None:
    closed = closing.close(street, MONTH, "甲")
    assert any("已于" in text and f"定稿的数据版本{closed.generation_no}" in text for text in said(opened("issue")))


def test_a_damaged_record_is_one_sentence(street: Path) -> None:
    """Where a file of the street's notes or archive is damaged, the page says which, and the other steps go on."""
    (street / "briefings" / "0001").mkdir(parents=True)
    assert any("issued.json" in error.value for error in opened("issue", part="history").error)
    assert opened("issue", part="wording").text_area
    (street / "notes").mkdir(exist_ok=True)
    (street / "notes" / "briefing_heads.csv").write_bytes(b"\xff\xfe\x00")
    for part in ("out", "head", "wording"):
        app = opened("issue", part=part)
        assert any("briefing_heads.csv" in error.value for error in app.error)
    assert opened().metric, "工作简报 stays"


def test_a_draft_is_new_after_every_note_and_generation(street: Path) -> None:
    """A document is made once, until anything that it rests on changes."""
    before = drafts.draft(open_current(street), BRIEF)
    assert drafts.document(before) is drafts.document(drafts.draft(open_current(street), BRIEF))
    typed_head(street)
    after = drafts.draft(open_current(street), BRIEF)
    assert after != before and drafts.document(after).head.issue_no == "第12期"
    assert drafts.file_name(after, open_current(street), ".docx") == drafts.document(after).file_name(".docx")


def test_every_number_leads_to_a_page_that_knows_it(sample_street: Path) -> None:
    """Each number's address is a page of the menu with an indicator of the catalogue; none is without."""
    pages = {entry.url_path for entry in PAGES}
    for request in (BRIEF, Request("monthly", MONTH), Request("special", MONTH, community="南坑")):
        found = [fact for section in compose(sample_street, request).sections for fact in facts_of(section)]
        assert len(found) > 20
        for fact in found:
            parts = urlsplit(address(fact.origin))
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            assert parts.path in pages and not parts.netloc
            assert asked.get("metric", fact.origin.metric) == fact.origin.metric in catalogue()
            assert asked.get("month", "2018-12") == f"{fact.origin.month:%Y-%m}" or parts.path == "definitions"


def test_origins_are_links_beside_their_questions(street: Path) -> None:
    """The table shows each number as a link; what a person typed is listed apart."""
    typed.add_assigned(street, MONTH, "3月底前完成换届", "岗头社区工联会")
    app = opened("issue", part="origins")
    tables = [element.value for element in app.markdown if element.value.startswith("|数字|")]
    assert tables and all("](map?metric=" in table or "](disputes?" in table for table in tables[:1])
    assert any("3月底前完成换届" in text for text in said(app)) and "**人工填写，不是系统计算的数字**" in said(app)


def test_landing_page_offers_word_and_shows_what_was_typed(street: Path) -> None:
    """工作简报 has 导出Word; 上期交办事项 and 提请研究事项 stand there only where something was typed."""
    app = opened()
    assert of_kind(app, "download_button") == ["导出Word"]
    assert not any("上期交办" in text or "提请研究" in text for text in said(app))
    typed.add_assigned(street, MONTH, "天安云谷换届", "岗头社区工联会")
    typed.add_proposal(street, MONTH, "研究增配专职社工")
    shown = said(opened())
    assert any("天安云谷换届" in text for text in shown) and any("研究增配专职社工" in text for text in shown)


def test_two_windows_lose_nothing_in_silence(street: Path) -> None:
    """What another window saved is never overwritten by an older form; whoever typed into that is told."""
    app = opened("issue", part="head")
    typed_head(street)
    fill(app, 拟稿="乙")
    click(app, "保存期号与落款")
    assert typed.head_note(street, "brief", MONTH)["drafted_by"] == "甲"
    assert any("另一个窗口" in info.value for info in app.info)
    fill(app, 拟稿="乙")
    click(app, "保存期号与落款")
    assert typed.head_note(street, "brief", MONTH)["drafted_by"] == "乙"
    assert typed.head_note(street, "brief", MONTH)["issue_no"] == "12" and not app.info
    other = opened("issue", part="matters")
    typed.add_assigned(street, MONTH, "甲事项")
    fill(other, 交办事项="乙事项")
    click(other, "保存", 1)
    assert [entry.matter for entry in typed.assigned(street, MONTH)] == ["甲事项", "乙事项"]


def test_a_public_map_of_real_boundaries_asks_for_its_approval(street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """审图号 is asked for only where a real boundary could be published; once typed it is part of what is asked for."""
    assert not [entry for entry in opened("issue").text_input if "审图号" in entry.label]
    real = replace(open_current(street), is_sample=False)
    monkeypatch.setattr(answers, "current", lambda: real)
    shapes = outlines(real).shapes
    monkeypatch.setattr(places, "outlines", lambda _warehouse: Outlines(shapes, True, ""))
    app = opened("issue")
    fill(app, 对外版地图的审图号="粤S（2018）01-01")
    click(app, "使用")
    assert app.session_state[APPROVAL] == "粤S（2018）01-01"
    assert [entry.value for entry in app.text_input if "审图号" in entry.label] == ["粤S（2018）01-01"]

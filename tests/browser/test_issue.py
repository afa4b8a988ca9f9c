"""A clerk's way through 简报编发 in a real browser: type, mend, take away, sign; a double click does nothing twice."""

from __future__ import annotations

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from briefing import archive, typed
from tests.browser.conftest import Server, dashboard_words, running
from tests.browser.loopback import Loopback
from tests.browser.screen import allowed_english, is_english, settle, texts, watch
from tests.pages.test_issue import BRIEF, MONTH, sentences

pytestmark = pytest.mark.browser
PORT = 8504  # 8501 to 8503 are other tests' in the same namespace
MATTER = "天安云谷*工联会*换届 $甲$ <b>"
MENDED = "截至2018年12月末，建会工作继续推进。"


@pytest.fixture
def street(sample_street: Path, tmp_path: Path) -> Path:
    """Return a copy of the sample street."""
    return Path(shutil.copytree(sample_street, tmp_path / "street"))


@pytest.fixture
def dashboard(loopback: Loopback | None, street: Path, tmp_path: Path) -> Iterator[Server]:
    """Yield a dashboard of its own: this test writes into the street."""
    with running(loopback, dashboard_words(street, PORT), PORT, tmp_path) as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield an empty page of a desk's size."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN", accept_downloads=True)
    yield context.new_page()
    context.close()


def _step(page: Page, title: str) -> None:
    """Go to a step of the work; nothing on it may be English."""
    page.get_by_role("radio", name=title, exact=True).or_(page.get_by_role("button", name=title, exact=True)).click()
    settle(page)
    assert sorted({text for text in texts(page) if is_english(text)} - allowed_english()) == []


def _type_head(page: Page) -> None:
    _step(page, "期号落款")
    for title, text in {"期号": "12", "印发日期": "2019年1月5日", "拟稿": "甲"}.items():
        page.get_by_label(title, exact=True).fill(text)
    page.get_by_role("button", name="保存期号与落款").dblclick()
    settle(page)


def _type_matters(page: Page) -> None:
    _step(page, "填写事项")
    page.get_by_text("增加一项交办事项").click()
    form = page.locator('[data-testid="stExpander"]').filter(has_text="增加一项交办事项")
    form.get_by_label("交办事项", exact=True).fill(MATTER)
    form.get_by_role("button", name="保存").dblclick()
    settle(page)
    page.get_by_role("button", name="采用").first.dblclick()
    settle(page)
    assert MATTER in page.locator("body").inner_text(), "as typed, not as markup"


def _mend(page: Page) -> None:
    _step(page, "改文字")
    page.locator("textarea").first.fill(MENDED)
    page.get_by_role("button", name="保存").first.dblclick()
    settle(page)


def _word(page: Page, folder: Path) -> str:
    """Return the text of the exported Word file."""
    _step(page, "导出签发")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Word文档").first.click()
    assert waiting.value.suggested_filename.startswith("坂田街道工会工作简报_2018年12月_示例数据_数据版本")
    waiting.value.save_as(folder / "brief.docx")
    with zipfile.ZipFile(folder / "brief.docx") as parts:
        return re.sub(r"<[^>]*>", "", parts.read("word/document.xml").decode())


def test_a_clerk_sends_a_briefing_out(page: Page, dashboard: Server, street: Path, tmp_path: Path) -> None:
    """What is typed and mended stands in the file and in the archive, each once."""
    seen = watch(page)
    page.goto(f"{dashboard.address}/issue")
    settle(page)
    _type_head(page)
    _type_matters(page)
    _mend(page)
    assert [entry.matter for entry in typed.assigned(street, MONTH)] == [MATTER]
    assert len(typed.proposals(street, MONTH)) == 1
    assert MENDED in [one.text for one in sentences(street).values()]
    word = _word(page, tmp_path)
    assert "第12期" in word and MENDED in word and "2019年1月5日" in word
    page.get_by_role("button", name="签发存档（内部版）").click()
    page.get_by_role("button", name="确认签发存档").dblclick()
    page.get_by_text("已签发存档，存档第1号").wait_for()
    settle(page)
    [issued] = archive.issued(street)
    assert issued.kind == "简报" and issued.month == BRIEF.month
    _step(page, "历史")
    assert seen.complaints == [] and seen.strangers(dashboard.address) == []

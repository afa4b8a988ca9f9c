"""A clerk's way through 台账管理 in a real browser: upload, 入库前核对, 确认入库, the numbers change, undo brings them back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from etl import generations
from etl.jobs import staging
from etl.street import open_street
from pages.parts.theme import SAMPLE_MARK
from tests.browser.conftest import Server, dashboard_words, running
from tests.browser.loopback import Loopback
from tests.browser.screen import allowed_english, is_english, settle, texts, watch
from tests.workbooks import DISPUTE, write_book

pytestmark = pytest.mark.browser
PORT = 8503  # 8501 and 8502 are other tests' in the same namespace
WORK_MS = 120_000
RECEIVED = re.compile(r"受理(\d+)宗")


@pytest.fixture(scope="module")
def street(sample_street: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sample street."""
    return Path(shutil.copytree(sample_street, tmp_path_factory.mktemp("intake") / "street"))


@pytest.fixture(scope="module")
def dashboard(loopback: Loopback | None, street: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a dashboard of its own: this test changes the street."""
    with running(loopback, dashboard_words(street, PORT), PORT, tmp_path_factory.mktemp("dashboard")) as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield an empty page of a desk's size."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return what 第五园 still owed for December 2018: seven cases, one of them without a usable date."""
    title = f"坂田街道第五园社区劳资纠纷台账（2018年）（{SAMPLE_MARK}）"
    days = ["2018-12-05"] * 6 + ["若干"]
    rows = [(f"DWY-{n}", f"示例组织{n}有限公司", day, "", "拖欠工资", "来访", 3, "") for n, day in enumerate(days)]
    return write_book(tmp_path / "第五园社区劳资纠纷2018年12月.xlsx", {"12月": (title, DISPUTE, list(rows))})


def _received(page: Page, server: Server) -> int:
    """Return December's disputes as the page on disputes says."""
    page.goto(f"{server.address}/disputes?start=2018-12")
    settle(page)
    found = RECEIVED.search(page.locator("body").inner_text())
    assert found is not None
    return int(found[1])


def _open_ledgers(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/ledgers")
    settle(page)


def _upload(page: Page, book: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="选择文件", exact=True).click()
    chooser.value.set_files(str(book))
    page.get_by_text("读取7行，可入库6行").wait_for(timeout=WORK_MS)
    settle(page)


def _look_on_a_phone(page: Page) -> None:
    """The preview speaks Chinese and does not scroll sideways at 390 px either."""
    page.set_viewport_size({"width": 390, "height": 844})
    settle(page)
    assert sorted({text for text in texts(page) if is_english(text)} - allowed_english()) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    page.set_viewport_size({"width": 1440, "height": 900})


def _confirm_twice(page: Page) -> None:
    """A clerk double-clicks everything."""
    page.get_by_role("button", name="确认入库").dblclick()
    page.get_by_text("已入库：导入批次").wait_for(timeout=WORK_MS)
    settle(page)


def _undo(page: Page, load: str) -> None:
    page.get_by_role("button", name=f"撤销批次{load}").click()
    page.get_by_role("button", name="确认撤销").click()
    page.get_by_text(f"已撤销批次{load}").wait_for(timeout=WORK_MS)


def test_whole_way(page: Page, dashboard: Server, street: Path, book: Path) -> None:
    """One file in, six cases more, once for two clicks; the browser closed between; taken back, all is as it was."""
    before = _received(page, dashboard)
    seen = watch(page)
    _open_ledgers(page, dashboard)
    _upload(page, book)
    expect(page.locator("body")).to_contain_text("1行不能入库")
    _look_on_a_phone(page)
    _open_ledgers(page, dashboard)  # opened anew: another session, the same import
    page.get_by_text("读取7行，可入库6行").wait_for(timeout=WORK_MS)
    settle(page)
    _confirm_twice(page)
    loads = generations.status(open_street(street))["loads"]
    assert [load["active"] for load in loads] == [True, True] and loads[-1]["accepted"] == 6
    assert [job.state for job in staging.jobs(street)] == [staging.PUBLISHED]
    assert not any(path.suffix == ".xlsx" for path in (street / "staging").rglob("*")), "originals are gone"
    assert _received(page, dashboard) == before + 6
    _open_ledgers(page, dashboard)
    _undo(page, loads[-1]["load"])
    assert _received(page, dashboard) == before
    assert seen.complaints == [] and seen.strangers(dashboard.address) == []

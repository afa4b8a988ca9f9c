"""The uploader in a real browser, offline: many files, a folder, cancel, a lost connection, two windows, a phone."""

from __future__ import annotations

import os
import re
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FileChooser, Page

from etl.jobs import staging
from etl.jobs.staging import Job
from tests.browser.conftest import ROOT, Server, running
from tests.browser.loopback import Loopback
from tests.browser.screen import is_english, settle, watch

pytestmark = pytest.mark.browser
PORT = 8502  # 8501 is the dashboard's own, in the same namespace
SLOW = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 8 * 2**20}
PICTURES = Path(os.environ.get("UNION_ATLAS_PICTURES", ROOT / ".cache" / "screens"))


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a street that has not begun."""
    return tmp_path_factory.mktemp("street")


@pytest.fixture(scope="module")
def uploads(loopback: Loopback | None, street: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Yield a server with the uploader's page."""
    app = str(ROOT / "tests/browser/upload_app.py")
    words = [sys.executable, "-m", "streamlit", "run", app, "--server.port", str(PORT)]
    environment = {"UNION_ATLAS_STREET": str(street), "PYTHONPATH": str(ROOT)}
    with running(loopback, words, PORT, tmp_path_factory.mktemp("uploads"), environment) as started:
        yield started


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Yield a browser window's context."""
    made = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, uploads: Server) -> Page:
    """Return the uploader's page."""
    return _open(context, uploads)


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., list[str]]:
    """Return what writes files of given names and sizes."""

    def write(**sizes: int) -> list[str]:
        paths = [tmp_path / name.replace("_", ".") for name in sizes]
        for path, size in zip(paths, sizes.values(), strict=True):
            path.write_bytes(b"\0" * size)
        return [str(path) for path in paths]

    return write


def _open(context: BrowserContext, uploads: Server) -> Page:
    page = context.new_page()
    page.goto(uploads.address)
    settle(page)
    page.get_by_role("button", name="选择文件", exact=True).wait_for()
    return page


def _choose(page: Page, paths: list[str]) -> None:
    page.locator("input.files").set_input_files(paths)


def _status(page: Page, text: str) -> None:
    page.locator(".status", has_text=text).wait_for(timeout=30_000)


def _newest(street: Path) -> Job:
    return staging.jobs(street)[0]


def _ids(street: Path) -> set[str]:
    return {job.id for job in staging.jobs(street)}


def _until(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while not is_so() and time.monotonic() < end:
        time.sleep(0.1)
    return is_so()


def test_many_files_at_once(context: BrowserContext, uploads: Server, street: Path, tmp_path: Path) -> None:
    """Three files, a zip and one that is too large: four arrive, the fifth is named; all Chinese, nobody else is asked."""
    page = context.new_page()
    seen = watch(page)
    page.goto(uploads.address)
    settle(page)
    for name in ("南坑 企业#1%.xlsx", "和磡（12月）.csv", "照片.xlsx"):
        (tmp_path / name).write_bytes(name.encode())
    with zipfile.ZipFile(tmp_path / "上报.zip", "w") as packed:
        packed.writestr("a.csv", "x")
    with (tmp_path / "太大.xlsx").open("wb") as handle:
        handle.truncate(201 * 2**20)
    _choose(page, [str(path) for path in sorted(tmp_path.iterdir())])
    _status(page, "已上传4个文件，1个没有上传")
    page.get_by_text("收到 4").wait_for()
    job = _newest(street)
    assert job.state == staging.WAITING
    assert {file.name for file in job.files} == {"南坑 企业#1%.xlsx", "和磡（12月）.csv", "照片.xlsx", "上报.zip"}
    assert (job.originals / "照片.xlsx").read_bytes() == "照片.xlsx".encode()
    said = page.locator("ul.list").inner_text() + page.locator("section.zone").inner_text()
    assert "超过200MB" in said and not any(is_english(line) for line in said.splitlines())
    page.get_by_role("button", name="再运行一次").click()
    settle(page)
    assert page.get_by_text("收到 4").count() == 1 and page.locator("ul.list li").count() == 5
    assert (seen.complaints, seen.strangers(uploads.address)) == ([], [])


def test_a_large_file_shows_its_way(page: Page, street: Path, files: Callable[..., list[str]]) -> None:
    """150 MB: progress is said and seen, and the file arrives whole."""
    page.context.new_cdp_session(page).send(
        "Network.emulateNetworkConditions", {**SLOW, "uploadThroughput": 60 * 2**20}
    )
    _choose(page, files(zeros_xlsx=150 * 2**20))
    _status(page, "正在上传 1/1")
    page.wait_for_function(
        "() => [...document.querySelectorAll('*')].some(one => one.shadowRoot?.querySelector('progress.all')?.value > 0.2)"
    )
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / "upload-progress.png"))
    _status(page, "已上传1个文件")
    assert _newest(street).files[0].size == 150 * 2**20


def test_cancel_leaves_nothing(page: Page, street: Path, files: Callable[..., list[str]]) -> None:
    """取消 half-way: the job is gone, and another choice starts anew."""
    before = _ids(street)
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    _choose(page, files(a_xlsx=100, b_xlsx=60 * 2**20))
    _status(page, "正在上传 2/2")
    page.get_by_role("button", name="取消").click()
    _status(page, "已取消，没有保留任何文件")
    assert _until(lambda: _ids(street) == before)
    assert _until(lambda: not [path for path in street.rglob("*.xlsx") if path.name in ("a.xlsx", "b.xlsx")])
    _choose(page, files(c_xlsx=100))
    _status(page, "已上传1个文件")
    assert [file.name for file in _newest(street).files] == ["c.xlsx"]


def test_a_lost_connection_can_be_taken_up(page: Page, street: Path, files: Callable[..., list[str]]) -> None:
    """The network goes, the page says so in Chinese; 继续上传 sends what is missing into the same job."""
    session = page.context.new_cdp_session(page)
    session.send("Network.emulateNetworkConditions", SLOW)
    _choose(page, files(a_xlsx=100, b_xlsx=30 * 2**20, c_xlsx=100))
    _status(page, "正在上传 2/3")
    session.send("Network.emulateNetworkConditions", {**SLOW, "offline": True})
    _status(page, "连接中断")
    session.send("Network.emulateNetworkConditions", {**SLOW, "uploadThroughput": -1})
    page.get_by_role("button", name="继续上传").click()
    _status(page, "已上传3个文件")
    assert [file.name for file in _newest(street).files] == ["a.xlsx", "b.xlsx", "c.xlsx"]


def test_two_windows_and_a_second_click(
    context: BrowserContext, uploads: Server, street: Path, files: Callable[..., list[str]]
) -> None:
    """Two windows make two jobs; choosing again while files are on their way makes none."""
    before = _ids(street)
    first, second = _open(context, uploads), _open(context, uploads)
    context.new_cdp_session(first).send("Network.emulateNetworkConditions", SLOW)
    one, other = files(a_xlsx=20 * 2**20, b_xlsx=100)
    _choose(first, [one])
    _status(first, "正在上传 1/1")
    assert first.get_by_role("button", name="选择文件", exact=True).is_disabled()
    _choose(first, [other])
    _choose(second, [other])
    _status(second, "已上传1个文件")
    _status(first, "已上传1个文件")
    made = [job for job in staging.jobs(street) if job.id not in before]
    assert sorted(file.name for job in made for file in job.files) == ["a.xlsx", "b.xlsx"] and len(made) == 2


def test_a_dropped_folder(page: Page, street: Path, tmp_path: Path) -> None:
    """A folder dropped on the page comes with its names; Excel's ~$ files stay behind."""
    folder = tmp_path / "上报"
    (folder / "南坑").mkdir(parents=True)
    for name in ("南坑/12月.xlsx", "南坑/~$12月.xlsx", "街道.csv"):
        (folder / name).write_bytes(name.encode())
    box = page.locator("section.zone").bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(folder)], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": box["x"] + 20, "y": box["y"] + 20, "data": data})
    _status(page, "已上传2个文件；已跳过Excel等程序的临时文件1个")
    assert {file.given for file in _newest(street).files} == {"上报/南坑/12月.xlsx", "上报/街道.csv"}


def test_leaving_the_page_gives_up(page: Page, street: Path, files: Callable[..., list[str]]) -> None:
    """Another page of the menu in the middle of an upload: nothing half is left."""
    before = _ids(street)
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    _choose(page, files(a_xlsx=60 * 2**20))
    _status(page, "正在上传 1/1")
    page.get_by_role("link", name="别的页").click()
    page.get_by_role("heading", name="别的页").wait_for()
    assert _until(lambda: _ids(street) == before)


def test_keyboard_alone(page: Page, street: Path, files: Callable[..., list[str]]) -> None:
    """Tab leads to 选择文件, Enter opens the system's dialogue, and what happens is announced."""
    opened: list[FileChooser] = []
    page.on(
        "filechooser", lambda chooser: opened.append(chooser)
    )  # early: listening only when the key goes down sometimes comes too late
    for _step in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.shadowRoot?.activeElement?.className") == "choose primary":
            break
    page.keyboard.press("Enter")
    for _wait in range(50):
        if not opened:
            page.wait_for_timeout(100)  # lets events arrive
    assert opened and opened[0].is_multiple()
    opened[0].set_files(files(a_csv=10))
    page.get_by_role("status").filter(has_text="已上传1个文件").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone(browser: Browser, uploads: Server, files: Callable[..., list[str]], scheme: str) -> None:
    """390 px wide, light and dark: nothing scrolls sideways, and the text is not the ground's colour."""
    made = browser.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN", color_scheme=scheme)  # type: ignore[arg-type]
    page = _open(made, uploads)
    long = files(**{"很长的文件名" * 12 + "_xlsx": 10})
    _choose(page, long)
    _status(page, "已上传1个文件")
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(PICTURES / f"upload-phone-{scheme}.png"))
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    text, ground = (
        sum(
            map(
                int,
                re.findall(r"\d+", page.locator("section.zone").evaluate(f"one => getComputedStyle(one).{name}"))[:3],
            )
        )
        for name in ("color", "backgroundColor")
    )
    assert abs(text - ground) > 300 and (ground < text) == (scheme == "dark")
    made.close()

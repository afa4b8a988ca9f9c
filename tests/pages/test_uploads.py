"""The upload route: only this dashboard's pages, bounded, piece by piece, and nothing left of what breaks off."""

from __future__ import annotations

import asyncio
import json
import tracemalloc
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.types import Message, Scope

from etl.jobs import arriving, staging
from etl.jobs.staging import Job
from pages.parts.tokens import new_token, out_address
from pages.routes import MIDDLEWARE, ROUTES

HOST = "127.0.0.1:8501"


@pytest.fixture(autouse=True)
def street(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty street's folder, which the routes serve."""
    monkeypatch.setenv("UNION_ATLAS_STREET", str(tmp_path))
    return tmp_path


def _run(work: Coroutine[Any, Any, None]) -> None:
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()


def ask(
    method: str,
    path: str,
    body: list[bytes] | None = None,
    query: str = "",
    headers: dict[str, str] | None = None,
    breaks_off: bool = False,
) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body; own host, origin and token unless `headers` say otherwise."""
    said = {"host": HOST, "origin": f"http://{HOST}", "x-intake-token": new_token(), **(headers or {})}
    pieces: Iterator[bytes] = iter(body or [b""])
    left, sent = len(body or [b""]), list[Message]()
    scope: Scope = {
        "type": "http", "method": method, "path": path, "raw_path": quote(path).encode(), "scheme": "http",
        "query_string": query.encode(), "server": ("127.0.0.1", 8501), "root_path": "", "http_version": "1.1",
        "headers": [(name.encode(), value.encode()) for name, value in said.items() if value],
    }  # fmt: skip

    async def receive() -> Message:
        nonlocal left
        left -= 1
        if left < 0 or (breaks_off and left == 0):
            if not breaks_off:
                await asyncio.Event().wait()  # a browser that waits for its answer
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": next(pieces), "more_body": left > 0}

    async def send(message: Message) -> None:
        sent.append(message)

    _run(Starlette(routes=list(ROUTES), middleware=list(MIDDLEWARE))(scope, receive, send))
    head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], head, b"".join(message.get("body", b"") for message in sent[1:])


def _begin(street: Path) -> Job:
    job = staging.find_job(street, json.loads(ask("POST", "/intake")[2])["job"])
    assert job is not None
    return job


def _put(job: Job, name: str, body: list[bytes], **settings: Any) -> tuple[int, dict[str, Any]]:
    status, _head, said = ask("PUT", f"/intake/{job.id}", body, query=f"name={quote(name)}", **settings)
    return status, json.loads(said)


def _left(job: Job) -> list[str]:
    return [path.name for folder in ("files", "arriving") for path in (job.path / folder).iterdir()]


def test_files_arrive_and_wait(street: Path) -> None:
    """Begin, two files of one name, done: the job waits with both."""
    job = _begin(street)
    assert _put(job, "上报/南坑.xlsx", [b"ab", b"c"], headers={"content-length": "3"}) == (
        200, {"file": {"name": "上报_南坑.xlsx", "size": 3}},
    )  # fmt: skip
    assert _put(job, "上报/南坑.xlsx", [b"abd"])[1]["file"]["name"] == "上报_南坑（2）.xlsx"
    assert ask("POST", f"/intake/{job.id}/done")[0] == 200
    now = staging.find_job(street, job.id)
    assert now is not None and now.state == staging.WAITING and len(now.files) == 2
    assert (now.originals / "上报_南坑.xlsx").read_bytes() == b"abc"


@pytest.mark.parametrize(
    "headers",
    [
        {"x-intake-token": ""},
        {"x-intake-token": "abc.def"},
        {"x-intake-token": "令牌.x"},
        {"origin": "http://evil.example"},
        {"origin": ""},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"host": "evil.example", "origin": "http://evil.example"},
        {"host": "127.0.0.1.evil.example:8501", "origin": "http://127.0.0.1.evil.example:8501"},
        {"host": ""},
    ],
)
def test_others_are_kept_out(street: Path, headers: dict[str, str]) -> None:
    """No token, a forged one, another origin, or a foreign name that points here (DNS rebinding): 403, nothing made."""
    status, head, body = ask("POST", "/intake", headers=headers)
    assert status == 403 and "请刷新页面" in json.loads(body)["error"]["message"]
    assert not [name for name in head if name.startswith("access-control")]
    assert staging.jobs(street) == []


def test_lies_about_the_length_leave_nothing(street: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than said, less than said, no number, above the bound, said or not: an error, and not a byte stays."""
    monkeypatch.setattr(arriving, "FILE_BYTES", 100)
    job = _begin(street)
    for body, declared, status in (
        ([b"x" * 50], "40", 400),
        ([b"x" * 50], "60", 400),
        ([b"x"], "-1", 400),
        ([b"x"], "１", 400),
        ([b"x"], "101", 413),
        ([b"x" * 50] * 3, "90", 413),
        ([b"x" * 50] * 3, "", 413),
    ):
        assert _put(job, "a.xlsx", body, headers={"content-length": declared})[0] == status, declared
        assert _left(job) == []
    assert ask("POST", f"/intake/{job.id}/done")[0] == 400


def test_what_breaks_off_leaves_nothing(street: Path) -> None:
    """A browser that goes away half-way leaves no half file."""
    job = _begin(street)
    assert _put(job, "a.xlsx", [b"x" * 2**20, b"x" * 2**20, b"x"], breaks_off=True)[0] == 400
    assert _left(job) == []


def test_a_large_file_never_stands_in_memory(street: Path) -> None:
    """64 MB go through in pieces: memory grows by a few of them."""
    job, piece = _begin(street), b"x" * 2**16
    tracemalloc.start()
    status, said = _put(job, "大.xlsx", [piece] * 1024)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (status, said["file"]["size"]) == (200, 64 * 2**20)
    assert peak < 16 * 2**20


def test_cancel_and_strangers_jobs(street: Path) -> None:
    """A cancelled job is gone for every further request; one that was handed in cannot be cancelled behind its back."""
    job = _begin(street)
    _put(job, "a.xlsx", [b"x"])
    assert ask("POST", f"/intake/{job.id}/cancel")[0] == 200
    assert not job.originals.exists()
    assert _put(job, "b.xlsx", [b"x"])[0] == 404
    assert ask("POST", "/intake/20000101-000000-00000000/done")[0] == 404
    other = _begin(street)
    _put(other, "a.xlsx", [b"x"])
    ask("POST", f"/intake/{other.id}/done")
    assert ask("POST", f"/intake/{other.id}/cancel")[0] == 400
    assert (other.originals / "a.xlsx").exists()


def test_downloads_keep_their_chinese_names(street: Path) -> None:
    """批注件 come as a file under their own name; without a token, or from outside `out`, nothing comes."""
    job = _begin(street)
    (job.out / "南坑 批注件.xlsx").write_bytes(b"PK" * 1000)
    path, _mark, query = out_address(job, "南坑 批注件.xlsx").partition("?")
    plain = {"origin": "", "x-intake-token": ""}
    address = f"/intake/{job.id}/out/南坑 批注件.xlsx"
    status, head, body = ask("GET", address, query=query, headers=plain)
    assert (status, body) == (200, b"PK" * 1000)
    assert head["content-disposition"] == f"attachment; filename*=utf-8''{quote('南坑 批注件.xlsx')}"
    assert path == f"/intake/{job.id}/out/{quote('南坑 批注件.xlsx')}" and head["cache-control"] == "no-store"
    assert ask("GET", address, headers=plain)[0] == 403
    assert ask("GET", address, query=query, headers={**plain, "sec-fetch-site": "cross-site"})[0] == 403
    for other in ("job.json", ".."):
        assert ask("GET", f"/intake/{job.id}/out/{other}", query=query, headers=plain)[0] == 404

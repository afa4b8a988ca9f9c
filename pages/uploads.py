"""The way of files into and out of the staging folder: piece by piece, and only for this dashboard's own pages.

    POST /intake                          begin a job                      → {"job"}
    PUT  /intake/<job>?name=<名>          one file, its bytes as the body  → {"file": {"name", "size"}}
    POST /intake/<job>/done               all files are there              → {"job", "files"}
    POST /intake/<job>/cancel             give the job up                  → {"job"}
    GET  /intake/<job>/out/<file>?token=  a file made for download

Errors are {"error": {"code", "message"}} with a Chinese sentence. Every request needs the page's token and must come
from this origin, under this computer's own name: a foreign site, also one that has made its name point here (DNS
rebinding), gets 403.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps
from gettext import gettext as _
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from etl.errors import AtlasError, FileError, StreetError
from etl.jobs import arriving, staging
from etl.jobs.arriving import Incoming
from etl.jobs.staging import Job
from pages.parts import answers
from pages.parts.tokens import is_ours

OWN_NAMES = {"127.0.0.1", "localhost", "::1"}
PIECE = 2**20
FULL, TOO_LARGE, GONE, FORBIDDEN, WRONG = 507, 413, 404, 403, 400
STATUS = {"too_large": TOO_LARGE, "too_much": TOO_LARGE, "disk_full": FULL, "gone": GONE}
Handler = Callable[[Request], Awaitable[Response]]


def _is_from_here(request: Request) -> bool:
    """Return whether host and origin are this dashboard; a link (GET) carries no origin, but says where it stands."""
    host = request.headers.get("host", "")
    if urlsplit(f"//{host}").hostname not in OWN_NAMES:
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return request.method == "GET" and request.headers.get("sec-fetch-site", "none") in ("none", "same-origin")
    return urlsplit(origin).netloc == host


def _refusal(message: str, code: str, status: int) -> Response:
    # `connection: close`: a body that was refused is not read to its end
    error = {"error": {"code": code, "message": message}}
    return JSONResponse(error, status_code=status, headers={"cache-control": "no-store", "connection": "close"})


def guarded(handler: Handler) -> Handler:
    """Let only this dashboard's pages in, and say errors as JSON."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        token = request.headers.get("x-intake-token") or request.query_params.get("token", "")
        if not (_is_from_here(request) and is_ours(token)):
            return _refusal(_("页面已过期或不是从本系统打开的，请刷新页面再试"), "forbidden", FORBIDDEN)
        try:
            return await handler(request)
        except AtlasError as error:
            return _refusal(error.sentence(), error.code, STATUS.get(error.code, WRONG))
        except ClientDisconnect:  # nobody is there to read the answer
            return _refusal(_("连接中断，文件没有保存"), "broken_off", WRONG)

    return answer


def _job(request: Request) -> Job:
    job = staging.find_job(answers.street_folder(), request.path_params["job"])
    if job is None or job.state == staging.DISCARDED:
        raise StreetError(_("这一批文件已不在，请重新选择文件"), code="gone")
    return job


@guarded
async def begin(_request: Request) -> Response:
    """Begin a job."""
    job = await run_in_threadpool(staging.open_job, answers.street_folder(), _("页面"))
    return JSONResponse({"job": job.id})


def _declared(request: Request, name: str) -> int | None:
    """Return the length that a request declares; FileError where it is above the bound or no length."""
    said = request.headers.get("content-length")
    if said is None:
        return None
    if not said.isdecimal():
        raise FileError(_("上传的长度不对，文件没有保存"), file=name, code="length")
    if int(said) > arriving.FILE_BYTES:
        raise arriving.too_large(name)
    return int(said)


async def _pour(request: Request, incoming: Incoming) -> None:
    """Write the body as it comes, about a megabyte at a time, never on the thread that answers the pages."""
    waiting = bytearray()
    async for chunk in request.stream():
        waiting += chunk
        if len(waiting) >= PIECE:
            piece, waiting = bytes(waiting), bytearray()
            await run_in_threadpool(incoming.write, piece)
    await run_in_threadpool(incoming.write, bytes(waiting))


@guarded
async def put(request: Request) -> Response:
    """Take one file in; what breaks off leaves nothing."""
    job, name = await run_in_threadpool(_job, request), request.query_params.get("name", "")
    declared = _declared(request, name)
    incoming = await run_in_threadpool(arriving.add_file, job, name)
    try:
        await _pour(request, incoming)
        if declared not in (None, incoming.size):
            raise FileError(_("上传不完整，文件没有保存"), file=name, remedy=_("请重新上传"), code="length")
        file = await run_in_threadpool(incoming.finish)
    finally:  # also where the client went away or the server stops
        incoming.abort()
    return JSONResponse({"file": {"name": file.name, "size": file.size}})


@guarded
async def done(request: Request) -> Response:
    """Close a job's list of files: it now waits to be checked."""
    job = await run_in_threadpool(_job, request)
    if not job.files:
        raise StreetError(_("还没有收到文件"), code="no_files")
    if job.state == staging.UPLOADING:
        job = await run_in_threadpool(lambda: staging.change(job, state=staging.WAITING))
    return JSONResponse({"job": job.id, "files": len(job.files)})


@guarded
async def cancel(request: Request) -> Response:
    """Give up a job that is still being uploaded."""
    job = await run_in_threadpool(_job, request)
    if job.state != staging.UPLOADING:
        raise StreetError(_("这一批文件已经提交，请在列表中放弃"), code="closed")
    await run_in_threadpool(staging.discard, job)
    return JSONResponse({"job": job.id})


@guarded
async def out(request: Request) -> Response:
    """Send a file of the job's folder `out` under its own name."""
    job, name = await run_in_threadpool(_job, request), request.path_params["file"]
    known = {path.name: path for path in job.out.iterdir() if path.is_file()} if job.out.is_dir() else {}
    if name not in known:
        raise StreetError(_("没有这个文件，可能已经过期"), code="gone")
    return FileResponse(
        known[name], filename=name, media_type="application/octet-stream", headers={"cache-control": "no-store"}
    )


UPLOADS = (
    Route("/intake", begin, methods=["POST"]),
    Route("/intake/{job}", put, methods=["PUT"]),
    Route("/intake/{job}/done", done, methods=["POST"]),
    Route("/intake/{job}/cancel", cancel, methods=["POST"]),
    Route("/intake/{job}/out/{file}", out, methods=["GET"]),
)

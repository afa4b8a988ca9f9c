"""Several documents at once: composed and written by as many processes as the computer has cores, in the order asked."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from gettext import gettext as _
from pathlib import Path

from briefing.compose import compose
from briefing.model import Document
from briefing.request import Request
from briefing.writers import WRITERS
from etl.jobs.progress import say

WORD = ".docx"
FEW = 3  # so many are sooner done than a second process is there
MOST = 4  # processes; each holds a warehouse and the libraries in memory
Made = tuple[Document, dict[str, bytes]]


def made(
    street: Path, requests: Sequence[Request], endings: tuple[str, ...], has_comments: bool = False
) -> Iterator[Made]:
    """Yield each request's document and its files by ending, in order; the first error ends it."""
    work = partial(_made, street, endings, has_comments)
    workers = min(os.cpu_count() or 1, len(requests), MOST)
    if len(requests) <= FEW or workers == 1:
        yield from _said(map(work, requests))
        return
    context = multiprocessing.get_context("spawn")  # the same everywhere; a forked DuckDB would not answer
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_serve)
    try:
        yield from _said(pool.map(work, requests))
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def written(document: Document, ending: str, has_comments: bool = False) -> bytes:
    """Return a document as a file; only Word knows comments."""
    if ending == WORD and has_comments:
        from briefing.writers.word import word

        return word(document, has_comments=True)
    return WRITERS[ending](document)


def _made(street: Path, endings: tuple[str, ...], has_comments: bool, request: Request) -> Made:
    document = compose(street, request)
    return document, {ending: written(document, ending, has_comments) for ending in endings}


def _said(found: Iterator[Made]) -> Iterator[Made]:
    for document, files in found:
        say(_("已写好{name}").format(name=document.file_name("")))
        yield document, files


def _serve() -> None:
    """Leave Ctrl-C to the parent, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    atexit.register(os._exit, 0)  # all is handed over by then; a slower end only lists DuckDB's own leaks, in English
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

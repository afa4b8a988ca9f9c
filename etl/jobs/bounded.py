"""Which verbs of the terminal read files of others, and how they do so: in a child process with bounds."""

from __future__ import annotations

BOUNDED = ("check", "load", "new-ledger", "fill")
EXPLAIN = "--explain"  # `brief` reads a file only where it is to explain one


def _reads_files(words: list[str]) -> bool:
    """Return whether a command reads a file that somebody else may have written."""
    verb = next(iter(words), "")
    return verb in BOUNDED or (verb == "brief" and any(word.split("=")[0] == EXPLAIN for word in words))


def _is_bounded_worker() -> bool:
    """Return whether this process is the child that reads files; it then keeps its bounds."""
    from etl.jobs import supervise

    if not supervise.is_worker():
        return False
    from etl.jobs import worker

    worker.become_worker()
    return True


def run_bounded(words: list[str]) -> int | None:
    """Run a verb that reads files in a child process and return its exit code; None: run it here.

    A parser that crashes or swells becomes one sentence, an AtlasError.
    """
    if not _reads_files(words):
        return None
    from etl.jobs import supervise

    if _is_bounded_worker():
        return None
    limits = supervise.Limits()
    outcome = supervise.verb(words, limits)
    if error := supervise.trouble(outcome, limits):
        raise error
    return outcome.code

"""Processes: whether one still runs, how much memory a tree of them holds, and how it is ended."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psutil

TREE_SECONDS = 1.0  # how often children are looked for: it reads the list of all processes


def this_process() -> tuple[int, float]:
    """Return pid and start time of this process: a pid alone may be somebody else's by now."""
    import psutil

    return os.getpid(), psutil.Process().create_time()


def is_alive(worker: tuple[int, float] | None) -> bool:
    """Return whether the process of a pid and start time still runs."""
    if worker is None:
        return False
    import psutil

    try:
        found = psutil.Process(worker[0])
        is_same = bool(abs(found.create_time() - worker[1]) < 1)
        return is_same and found.status() != psutil.STATUS_ZOMBIE  # ended, and its own parent has not asked yet
    except psutil.Error:
        return False


class Tree:
    """The processes of one tree; asking for one that is gone is no error."""

    def __init__(self, pid: int) -> None:
        import psutil  # while the child starts: the terminal does not wait for it

        self.errors = psutil.Error
        self.known: list[psutil.Process] = []
        with suppress(psutil.Error):
            self.known = [psutil.Process(pid)]
        self.looked_at = time.monotonic()

    def look(self) -> None:
        """Find the children anew, once a second at most: it reads the list of all processes."""
        if self.known and time.monotonic() - self.looked_at > TREE_SECONDS:
            self.looked_at = time.monotonic()
            with suppress(self.errors):
                self.known = [self.known[0], *self.known[0].children(recursive=True)]

    def memory(self) -> int:
        """Return the resident bytes of the tree."""
        self.look()
        total = 0
        for process in self.known:
            with suppress(self.errors):
                total += process.memory_info().rss
        return total

    def kill(self) -> None:
        """End them all, children first asked for anew."""
        self.looked_at = float("-inf")
        self.look()
        for process in reversed(self.known):
            with suppress(self.errors):
                process.kill()

"""A network namespace with loopback only: what server and browser ask for elsewhere cannot be had."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

# As root a network namespace is enough; others need a user namespace around it.
FLAGS = ["--net"] if os.name == "posix" and os.geteuid() == 0 else ["--user", "--map-root-user", "--net"]


@dataclass(frozen=True)
class Loopback:
    """A namespace kept open by one sleeping process."""

    keeper: subprocess.Popen[bytes]

    def command(self, words: list[str]) -> list[str]:
        """Return the command that runs `words` inside the namespace."""
        user = [] if FLAGS == ["--net"] else ["--user", "--preserve-credentials"]
        return ["nsenter", f"--target={self.keeper.pid}", "--net", *user, "--", *words]

    def wrapper(self, folder: Path, program: str) -> Path:
        """Write a script that runs `program` inside the namespace, for callers that take only a path."""
        script = folder / "inside.sh"
        script.write_text(f'#!/bin/sh\nexec {shlex.join(self.command([program]))} "$@"\n', "utf-8")
        script.chmod(0o755)
        return script

    def interfaces(self) -> set[str]:
        """Return the names of the network interfaces that exist inside."""
        text = Path(f"/proc/{self.keeper.pid}/net/dev").read_text("utf-8")
        return {line.split(":")[0].strip() for line in text.splitlines()[2:]}

    def close(self) -> None:
        """Let the namespace go."""
        self.keeper.terminate()
        self.keeper.wait(10)


def open_loopback() -> Loopback | str:
    """Return a namespace, or the reason why this machine gives none."""
    if missing := [name for name in ("unshare", "nsenter", "ip") if shutil.which(name) is None]:
        return f"not installed: {', '.join(missing)}"
    script = "ip link set lo up && echo up && exec sleep infinity"
    keeper = subprocess.Popen(
        ["unshare", *FLAGS, "sh", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )  # fmt: skip
    assert keeper.stdout is not None and keeper.stderr is not None
    if keeper.stdout.readline().strip() == b"up":
        return Loopback(keeper)
    reason = keeper.stderr.read().decode().strip()
    keeper.wait(10)
    return reason or "no network namespace may be made here"

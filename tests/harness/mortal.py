"""A meter data management in a process that may be killed at any moment, and is there again at once.

Run as a program, it forks for every line that it reads: imports are made once, so that a life begins in milliseconds.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

from harness import environment
from harness.standing import Standing


class Mortal:
    """The process of one system of an environment file; a context manager. pid: of its present life, None while it is dead."""

    def __init__(self, file: Path, system: str) -> None:
        self.pid: int | None = None
        command = [sys.executable, "-m", "tests.harness.mortal", str(file), system]
        self._parent = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.pid is not None:
            self.kill()
        self._parent.communicate(timeout=30)

    def start(self) -> None:
        """Begin a life; it serves when this returns."""
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        self._parent.stdin.write("live\n")
        self._parent.stdin.flush()
        said = self._parent.stdout.readline().split()
        assert said[:1] == ["ready"], said
        self.pid = int(said[1])

    def kill(self) -> None:
        """End it without a chance to do anything about it."""
        assert self.pid is not None
        os.kill(self.pid, signal.SIGKILL)
        self.pid = None


def _live(file: Path, system: str) -> None:
    with Standing(environment.load(file), (system,)):
        print("ready", os.getpid(), flush=True)
        signal.pause()


if __name__ == "__main__":
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                _live(Path(sys.argv[1]), sys.argv[2])
            finally:
                os._exit(1)
        # Only once it is gone does the next begin, as under any supervisor.
        os.waitpid(child, 0)

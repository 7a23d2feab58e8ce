"""A child process in a group of its own, so that all that it starts ends with it."""

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Self

from cli.places import HOUSE

GRACE_S = 10.0
"""How long an interrupted child may take to write its last lines."""


class Child:
    """A running command. Leaving the `with` block ends it and all that it started.

    log: the file that takes what it prints; None: it prints where we do.
    kept_open: the numbers of files that it inherits.
    """

    def __init__(self, command: Sequence[str], log: Path | None, kept_open: Sequence[int] = ()) -> None:
        self._command = command
        self._log = log
        self._kept_open = tuple(kept_open)
        self._process: subprocess.Popen[bytes]

    def __enter__(self) -> Self:
        environment = {**os.environ, "PYTHONPATH": str(HOUSE), "PYTHONUNBUFFERED": "1"}
        with ExitStack() as files:
            log = None if self._log is None else files.enter_context(self._log.open("wb"))
            self._process = subprocess.Popen(
                self._command,
                cwd=HOUSE,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=None if log is None else subprocess.STDOUT,
                # Ctrl-C on the terminal then reaches this process alone, which passes it on once.
                process_group=0,
                pass_fds=self._kept_open,
            )
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def wait(self, timeout_s: float) -> int | None:
        """The exit code once it has ended (negative: the signal that ended it), or None after `timeout_s`."""
        try:
            return self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return None

    def finish(self) -> int:
        """The exit code, once it has ended by itself."""
        while (code := self.wait(timeout_s=1.0)) is None:
            continue
        return code

    def interrupt(self) -> None:
        """Ask it to stop, as Ctrl-C does."""
        self._process.send_signal(signal.SIGINT)


@contextmanager
def any_end_as_interrupt() -> Iterator[None]:
    """Let a request to end, or a closed terminal, do what Ctrl-C does, so that nothing is left behind."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    former = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)

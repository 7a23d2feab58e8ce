"""The standard streams, such that whatever is said can be written, and nothing is lost without a word."""

import os
import sys
from errno import EAGAIN
from io import TextIOWrapper


def prepare() -> None:
    """Open what was closed before we began, and show what the terminal's encoding has no sign for instead of failing over it.

    A standard output that is closed is opened so that it cannot be written to: what belongs there is missed.
    """
    for number, mode in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)  # takes the lowest free number, which is this one
    if sys.stdout is None:
        sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    if sys.stderr is None:
        sys.stderr = os.fdopen(2, "w", encoding="utf-8", closefd=False)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def put(content: bytes) -> None:
    """Write all of it to standard output: where Python was told not to buffer, it may stop in the middle, and say only how far it came."""
    sys.stdout.flush()
    rest = memoryview(content)
    while rest:
        written = sys.stdout.buffer.write(rest)
        if not written:
            raise BlockingIOError(EAGAIN, os.strerror(EAGAIN))
        rest = rest[written:]
    sys.stdout.buffer.flush()


def flushed() -> bool:
    """Whether all of it could be written. What could not is given up: otherwise Python would try it again, and complain."""
    complete = True
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            complete = False
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return complete

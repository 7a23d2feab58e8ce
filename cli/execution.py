"""A run under way: pytest as a child process, and its record followed as it grows."""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cli.attending import Attending
from cli.child import GRACE_S, Child, any_end_as_interrupt
from cli.progress import Display
from cli.record_tail import RecordTail
from cli.run_folder import PYTEST_LOG, PYTEST_XML, RECORD
from cli.standing import Standing

GLANCE_S = 0.1
"""How long to wait for the child before looking at its record again."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How the child ended. code: its exit code, or minus the signal; None where it had to be killed."""

    code: int | None
    interrupted: bool


def pytest_command(folder: Path, options: Sequence[str]) -> list[str]:
    """The command that runs the scenarios into `folder`; options: those of the run, as harness/options.py declares them."""
    quiet = ("-q", "--assert=plain", "-p", "no:cacheprovider", f"--junitxml={folder / PYTEST_XML}")
    return [sys.executable, "-m", "pytest", "features", "--ami-run", str(folder), *options, *quiet]


def execute(command: Sequence[str], folder: Path, display: Display, attending: Attending | None = None) -> Ending:
    """Run `command`, which writes its record into `folder`, to its end or to Ctrl-C; no process is left behind.

    attending: who is asked for what only a person can do.
    """
    tail = RecordTail(folder / RECORD)
    standing = Standing()

    def look() -> None:
        for line in tail.lines():
            ended = standing.take(line)
            if ended is not None:
                display.ended(ended)
            if line.get("type") == "scenario_started":
                display.show(standing)
        display.show(standing)
        if attending is not None:
            attending.look()

    kept_open = () if attending is None else (attending.file_number,)
    with any_end_as_interrupt(), Child(command, folder / PYTEST_LOG, kept_open) as child, display:
        try:
            try:
                while (code := child.wait(GLANCE_S)) is None:
                    look()
                return Ending(code, interrupted=False)
            except KeyboardInterrupt:
                display.stopping()
                child.interrupt()
                return Ending(_last_lines(child), interrupted=True)
        except KeyboardInterrupt:  # a second one: no more patience
            return Ending(None, interrupted=True)
        finally:
            attending = None  # nobody waits for an answer any more
            look()
            tail.close()


def _last_lines(child: Child) -> int | None:
    """The exit code of an interrupted child that ends in time."""
    end = time.monotonic() + GRACE_S
    while (left := end - time.monotonic()) > 0:
        code = child.wait(min(left, GLANCE_S))
        if code is not None:
            return code
    return None


def last_words(log: Path, lines: int = 12) -> str:
    """The end of what pytest printed."""
    try:
        text = log.read_text("utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(text.rstrip().splitlines()[-lines:])


def usage_error(log: Path) -> str | None:
    """The line in which pytest says that our configuration does not let a run start; None where it says something else."""
    said = reversed(last_words(log, 200).splitlines())
    return next((line.removeprefix("ERROR: ") for line in said if line.startswith("ERROR: ")), None)

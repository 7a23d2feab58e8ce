"""A run as a child process: followed while it works, ended by Ctrl-C with all that it started."""

import fcntl
import os
import signal
import sys
import threading
import time
from pathlib import Path
from textwrap import dedent

import pytest

from cli import execution
from cli.execution import Ending, execute, last_words
from cli.progress import Silence
from cli.standing import Ended, Standing


class Watcher(Silence):
    """Notes what it is told, and does `at_message` once the first message has been judged."""

    def __init__(self, at_message: object = None) -> None:
        self.at_message = at_message
        self.messages = 0
        self.told: list[Ended] = []

    def show(self, standing: Standing) -> None:
        """Note the figures."""
        self.messages = standing.messages
        if standing.messages and callable(self.at_message):
            doing, self.at_message = self.at_message, None
            doing()

    def ended(self, ended: Ended) -> None:
        """Note the end of a scenario."""
        self.told.append(ended)


def child(folder: Path, body: str) -> list[str]:
    """The command of a stand-in for pytest.

    body: may call `write`, which appends a line to the record, and `lock_and_start_another`, which starts a process; both then
    hold the lock until they end.
    """
    script = folder / "child.py"
    head = f"""
        import fcntl, json, os, signal, subprocess, sys, threading
        record = open({str(folder / "record.ndjson")!r}, "a")
        def write(type, **fields):
            record.write(json.dumps({{"type": type, **fields}}) + "\\n")
            record.flush()
        def lock_and_start_another():
            lock = open({str(folder / "lock")!r}, "w")
            fcntl.flock(lock, fcntl.LOCK_EX)
            os.set_inheritable(lock.fileno(), True)
            globals()["held"] = lock
            wait = "import threading; threading.Event().wait({LIVES_S})"
            subprocess.Popen([sys.executable, "-c", wait], close_fds=False)
    """
    script.write_text(dedent(head) + dedent(body))
    return [sys.executable, str(script)]


LIVES_S = 30
"""How long the processes of these tests live if nobody ends them."""


def all_end_soon(lock: Path) -> bool:
    """Whether all who hold the lock are gone long before they would have ended by themselves."""
    began = time.monotonic()
    with lock.open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)
    return time.monotonic() - began < LIVES_S / 2


def interrupt_ourselves() -> None:
    """What the terminal does on Ctrl-C."""
    os.kill(os.getpid(), signal.SIGINT)


def test_follows_the_record_to_the_end(tmp_path: Path) -> None:
    """Every line that the child wrote is counted, the last ones too."""
    body = """
        write("scenario_collected", scenario="fat/a::b", phase="fat", name="b")
        write("message")
        write("message")
        write("scenario_finished", scenario="fat/a::b", outcome="failed", reason="a gap")
        sys.exit(1)
    """
    watcher = Watcher()

    assert execute(child(tmp_path, body), tmp_path, watcher) == Ending(1, interrupted=False)
    assert watcher.messages == 2
    assert watcher.told == [Ended("fat/a::b", "failed", "a gap")]


def test_interrupt_reaches_the_child_once_and_waits_for_its_last_lines(tmp_path: Path) -> None:
    """Ctrl-C lets the child finish its record."""
    body = """
        write("message")
        try:
            threading.Event().wait(30)
        except KeyboardInterrupt:
            write("run_finished", interrupted=True)
            sys.exit(2)
    """

    assert execute(child(tmp_path, body), tmp_path, Watcher(interrupt_ourselves)) == Ending(2, interrupted=True)
    assert (tmp_path / "record.ndjson").read_text().splitlines()[-1] == '{"type": "run_finished", "interrupted": true}'


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP])
def test_being_ended_is_like_ctrl_c(tmp_path: Path, end: signal.Signals) -> None:
    """A CI server that cancels, and a terminal that closes, leave nothing behind either."""
    body = """
        write("message")
        threading.Event().wait(30)
    """

    assert execute(child(tmp_path, body), tmp_path, Watcher(lambda: os.kill(os.getpid(), end))).interrupted


def test_interrupt_leaves_no_process(tmp_path: Path) -> None:
    """What the child started ends too, even if neither of them listens."""
    body = """
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        lock_and_start_another()
        write("message")
        threading.Event().wait(30)
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(execution, "GRACE_S", 0.3)
        ending = execute(child(tmp_path, body), tmp_path, Watcher(interrupt_ourselves))

    assert ending == Ending(None, interrupted=True)
    assert all_end_soon(tmp_path / "lock")


def test_second_interrupt_does_not_wait(tmp_path: Path) -> None:
    """Whoever presses Ctrl-C twice wants to leave now."""
    body = """
        signal.signal(signal.SIGINT, lambda *_: write("asked"))
        write("message")
        for _ in range(2):
            threading.Event().wait(30)
    """

    def twice() -> None:
        second = threading.Timer(0.5, interrupt_ourselves)
        second.start()
        interrupt_ourselves()

    assert execute(child(tmp_path, body), tmp_path, Watcher(twice)) == Ending(None, interrupted=True)


def test_grandchild_that_outlives_a_good_run_ends_too(tmp_path: Path) -> None:
    """A load generator that a scenario forgot does not stay behind."""
    body = """
        lock_and_start_another()
    """

    assert execute(child(tmp_path, body), tmp_path, Watcher()) == Ending(0, interrupted=False)
    assert all_end_soon(tmp_path / "lock")


def test_crash_is_told_by_its_signal_and_last_words(tmp_path: Path) -> None:
    """A child that dies leaves its last lines in the log."""
    body = """
        print("about to die", flush=True)
        os.kill(os.getpid(), signal.SIGSEGV)
    """

    assert execute(child(tmp_path, body), tmp_path, Watcher()) == Ending(-signal.SIGSEGV, interrupted=False)
    assert last_words(tmp_path / "pytest.log") == "about to die"

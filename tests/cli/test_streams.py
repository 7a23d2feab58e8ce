"""The standard streams of a command: what cannot be written is told, and no process stays behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from conformance import example

HOUSE = Path(__file__).resolve().parents[2]
LIMIT_S = 60.0


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with so many errors that they do not fit into a pipe."""
    folder = tmp_path_factory.mktemp("captured")
    bad = example.captures("<timeStamp>2026-03-01T00:30:00</timeStamp>")[0].body
    for number in range(400):
        (folder / f"{number}.xml").write_bytes(bad)
    return folder


def check(*arguments: object, around: str = "{}", **environment: str) -> subprocess.CompletedProcess[str]:
    """What becomes of `metergate check` in a shell. around: what stands around the call."""
    call = around.format(" ".join((f"{sys.executable} -P -m cli check --no-progress", *map(str, arguments))))
    return subprocess.run(
        ["bash", "-c", call],
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_S,
        env={**os.environ, "PYTHONPATH": str(HOUSE), **environment},
    )


@pytest.mark.parametrize(("form", "unbuffered"), [("lines", ""), ("json", ""), ("json", "1")])
def test_reader_that_goes_away_is_told(captured: Path, form: str, unbuffered: str) -> None:
    """The findings fail nobody where they were not read."""
    done = check(captured, "--format", form, around="{} | head -c 1; exit ${{PIPESTATUS[0]}}", PYTHONUNBUFFERED=unbuffered)

    assert (done.returncode, done.stderr.splitlines()[-1:]) == (3, ["metergate: not all of the output was written: Broken pipe"])
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("form", "place", "reason"),
    [
        ("lines", "/dev/full", "No space left on device"),
        ("json", "/dev/full", "No space left on device"),
        ("text", "&-", "Bad file descriptor"),
    ],
)
def test_output_that_cannot_be_written_is_an_error(captured: Path, form: str, place: str, reason: str) -> None:
    """A full disk, and an output that is closed."""
    done = check(captured / "1.xml", "--format", form, around=f"{{}} >{place}")

    assert (done.returncode, done.stderr.splitlines()[-1:]) == (3, [f"metergate: not all of the output was written: {reason}"])


def test_file_that_cannot_be_written_is_an_error(captured: Path) -> None:
    """In one line."""
    done = check(captured / "1.xml", "--format", "json", "--output", "/dev/full")

    assert (done.returncode, done.stderr) == (3, "metergate: cannot write /dev/full: No space left on device\n")


def test_input_that_is_closed_is_bad_usage() -> None:
    """There is nothing to be judged."""
    done = check("-", around="{} <&-")

    assert (done.returncode, done.stderr) == (64, "metergate: cannot read standard input: it is closed\n")


@pytest.mark.parametrize("form", ["text", "html"])
def test_terminal_of_few_signs_shows_what_it_can(tmp_path: Path, form: str) -> None:
    """What its encoding has no sign for is written as a number."""
    (tmp_path / "\u2014.xml").write_text("<a>\u2014</a>")
    done = check(tmp_path, "--format", form, PYTHONIOENCODING="ascii", PYTHONUTF8="1")

    assert done.returncode == 1, done.stderr


@pytest.mark.parametrize(
    ("jobs", "number", "of_all"),
    [
        pytest.param("1", signal.SIGINT, True, id="one process, from the terminal"),
        pytest.param("2", signal.SIGINT, True, id="from the terminal"),
        pytest.param("2", signal.SIGINT, False, id="by another program"),
        pytest.param("2", signal.SIGTERM, False, id="asked to end"),
        pytest.param("2", signal.SIGHUP, True, id="with the terminal"),
    ],
)
def test_interrupted_check_says_so_and_leaves_nothing_behind(tmp_path: Path, jobs: str, number: signal.Signals, *, of_all: bool) -> None:
    """In one line, with the exit code of an error, however many processes judge."""
    with judging(tmp_path, jobs) as started:
        (os.killpg if of_all else os.kill)(started.pid, number)
        # A signal that comes just before a process begins to wait is seen when it has done so.
        for pipe in tmp_path.iterdir():
            with suppress(OSError):
                written = os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
                os.write(written, b"<")
                os.close(written)
        said = started.communicate(timeout=LIMIT_S)[1]

        assert (started.returncode, said) == (3, "metergate: interrupted\n")
        assert not members(started.pid)


def test_check_that_is_killed_leaves_no_process_behind(tmp_path: Path) -> None:
    """The others notice by themselves that it is gone; they have its outputs open until they end."""
    with judging(tmp_path, "2") as started:
        started.kill()
        started.communicate(timeout=LIMIT_S)

        assert not members(started.pid)


def test_process_that_is_killed_is_an_error_of_ours(tmp_path: Path) -> None:
    """Its files were not judged, so nothing passes."""
    with judging(tmp_path, "2") as started:
        os.kill(max(members(started.pid)), signal.SIGKILL)
        said = started.communicate(timeout=LIMIT_S)[1]

        assert started.returncode == 3
        assert said.startswith("metergate: a process that judges was ended")
        assert len(said.splitlines()) == 1


@contextmanager
def judging(folder: Path, jobs: str) -> Iterator[subprocess.Popen[str]]:
    """A check in a group of its own, each of whose processes waits for a file; whatever is left of it is ended."""
    pipes = [folder / f"{number}.xml" for number in range(int(jobs))]
    for pipe in pipes:
        os.mkfifo(pipe)
    started = subprocess.Popen(
        [sys.executable, "-P", "-m", "cli", "check", "--jobs", jobs, *map(str, pipes)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
        env={**os.environ, "PYTHONPATH": str(HOUSE)},
    )
    # Opened as soon as somebody reads.
    opened = [os.open(pipe, os.O_WRONLY) for pipe in pipes]
    try:
        yield started
    finally:
        if members(started.pid):
            os.killpg(started.pid, signal.SIGKILL)
        started.communicate()
        for number in opened:
            os.close(number)


def members(group: int) -> list[int]:
    """The processes of a group that have not ended."""
    told = subprocess.run(["ps", "-A", "-o", "pid=,pgid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in told.splitlines()]
    return [int(row[0]) for row in rows if row[1] == str(group) and not row[2].startswith("Z")]

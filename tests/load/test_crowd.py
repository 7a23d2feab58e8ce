"""The crowd as it runs: Locust in a process of its own, against a small server of ours."""

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ami.outcomes import EXIT_CODES, Outcome
from harness import crowd
from transports.http_server import HttpRequest, HttpResponse, HttpServers

ROOT = Path(__file__).parent.parent.parent
GOOD = HttpResponse(200, b"<a><Result>OK</Result></a>")
STALL_S = 1.0

Handler = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True)
class Ended:
    """A run of Locust that has ended."""

    exit_code: int
    result: dict[str, Any]


@pytest.fixture
def servers() -> Iterator[HttpServers]:
    """Servers that stop when the test ends."""
    with HttpServers() as made:
        yield made


def run(
    address: str, folder: Path, count: int, *, users: int = 4, per_second: float = 200.0, least: int = 1, p95_ms: float = 5000.0
) -> Ended:
    """Let a crowd post so many messages; some seconds at most."""
    messages, result = folder / "messages.ndjson", folder / "result.json"
    job = {"address": f"{address}/hes/mdms", "action": "urn:x", "authorization": "Basic eDp5"}
    messages.write_text("".join(json.dumps({"name": "m", "body": f"<ä>{number}</ä>", **job}) + "\n" for number in range(count)), "utf-8")
    arguments = [
        *(sys.executable, "-m", "locust", "-f", str(crowd.LOCUST_FILE), "--headless", "--only-summary", "--host", address),
        *("-u", str(users), "-r", str(users), "-t", "5s", "--stop-timeout", "1", "--loglevel", "ERROR"),
        *("--ami-messages", str(messages), "--ami-result", str(result), "--ami-rate", str(per_second)),
        *("--ami-least-requests", str(least), "--ami-most-failed", "0.25", "--ami-p95-ms", str(p95_ms)),
    ]
    ended = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert result.exists(), ended.stderr
    return Ended(ended.returncode, json.loads(result.read_text("utf-8")))


def test_every_message_is_posted_once_and_the_gate_opens(servers: HttpServers, tmp_path: Path) -> None:
    """With its SOAPAction and its credentials; the verdict stands in a file and in the exit code."""
    heard: list[HttpRequest] = []

    def answering(request: HttpRequest) -> HttpResponse:
        heard.append(request)
        return GOOD

    ended = run(servers.serve(answering), tmp_path, 20, least=20)

    assert sorted(request.body.decode() for request in heard) == sorted(f"<ä>{number}</ä>" for number in range(20))
    assert {(request.path, request.headers["soapaction"], request.headers["authorization"]) for request in heard} == {
        ("/hes/mdms", '"urn:x"', "Basic eDp5")
    }
    assert ended.exit_code == EXIT_CODES[Outcome.PASSED]
    assert (ended.result["outcome"], ended.result["measured"]["requests"], ended.result["measured"]["failures"]) == ("passed", 20, 0)
    assert crowd._verdict(tmp_path / "result.json").outcome is Outcome.PASSED


def test_refusals_count_as_failures(servers: HttpServers, tmp_path: Path) -> None:
    """HTTP errors, and replies in HTTP 200 that are not OK: half of ten are more than a quarter."""
    answers = iter([GOOD] * 5 + [HttpResponse(200, b"<Result>FAILED</Result>")] * 3 + [HttpResponse(500, b"<Result>OK</Result>")] * 2)

    ended = run(servers.serve(lambda _: next(answers), workers=1), tmp_path, 10)

    assert ended.exit_code == EXIT_CODES[Outcome.FAILED]
    assert (ended.result["outcome"], ended.result["measured"]["failures"]) == ("failed", 5)


@pytest.mark.parametrize("count", [0, 3])
def test_too_few_requests_are_inconclusive(servers: HttpServers, tmp_path: Path, count: int) -> None:
    """Even none at all, of which Locust itself would say that all is well."""
    ended = run(servers.serve(lambda _: GOOD), tmp_path, count, least=10)

    assert ended.exit_code == EXIT_CODES[Outcome.INCONCLUSIVE]
    assert (ended.result["outcome"], ended.result["measured"]["requests"]) == ("inconclusive", count)


def test_stalled_server_is_slow_for_all_who_came_meanwhile(servers: HttpServers, tmp_path: Path) -> None:
    """One answer takes a second, and nineteen that were due meanwhile have waited, too, although they were sent only after it."""
    stalled = threading.Event()

    def stalling(_: HttpRequest) -> HttpResponse:
        if not stalled.is_set():
            stalled.set()
            threading.Event().wait(STALL_S)
        return GOOD

    ended = run(servers.serve(stalling, workers=1), tmp_path, 20, users=1, per_second=100.0, p95_ms=500.0)

    assert ended.exit_code == EXIT_CODES[Outcome.FAILED]
    assert ended.result["measured"]["p95_ms"] >= STALL_S * 900
    assert [line["outcome"] for line in ended.result["lines"]] == ["passed", "passed", "failed"]


def test_connection_that_breaks_off_is_a_failure(tmp_path: Path) -> None:
    """A server that hangs up in the middle of its answer ends neither the crowd nor the count."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_hang_up, args=(listener,), daemon=True).start()

        ended = run(f"http://127.0.0.1:{listener.getsockname()[1]}", tmp_path, 3)

    assert ended.exit_code == EXIT_CODES[Outcome.FAILED]
    assert (ended.result["measured"]["requests"], ended.result["measured"]["failures"]) == (3, 3)
    assert ended.result["measured"]["p95_ms"] > 0


def _hang_up(listener: socket.socket) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n<Res")


def test_locust_stays_out_of_this_process() -> None:
    """It patches ssl for gevent, and what was imported before it breaks."""
    assert crowd.LOCUST_FILE.exists()
    assert not {"locust", "gevent"} & set(sys.modules)

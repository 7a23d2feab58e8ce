"""A Locust file: a crowd that posts prepared messages, each at its due moment, and stops when all are answered.

Run by Locust's own command line: `locust -f load/crowd.py --headless --ami-messages FILE --ami-result FILE …`, which has
patched the standard library for gevent before it reads this file.
"""

import json
import time
from argparse import Namespace
from collections import deque
from dataclasses import asdict, dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any, ClassVar

import gevent
from geventhttpclient import HTTPClient
from locust import User, events, task
from locust.argument_parser import LocustArgumentParser
from locust.env import Environment
from locust.exception import StopUser

from ami.errors import HarnessError
from ami.outcomes import EXIT_CODES
from load import gate

OK_RESULT = b"<Result>OK</Result>"
TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class Job:
    """One message to post. due_s: seconds after the start at which it is due."""

    number: int
    name: str
    address: str
    action: str
    authorization: str
    body: bytes
    due_s: float


JOBS: deque[Job] = deque()
UNANSWERED: set[int] = set()
"""The numbers of the messages that are not answered yet; the run ends when there are none."""


@events.init_command_line_parser.add_listener
def options(parser: LocustArgumentParser) -> None:
    """What the crowd is told on the command line."""
    parser.add_argument("--ami-messages", help="the messages: one JSON object a line with name, address, action, authorization, body")
    parser.add_argument("--ami-rate", type=float, default=200.0, help="messages due per second")
    parser.add_argument("--ami-result", help="where the gate's verdict is written (JSON)")
    parser.add_argument("--ami-least-requests", type=int, default=1)
    parser.add_argument("--ami-most-failed", type=float, default=0.0, help="share, 0 to 1")
    parser.add_argument("--ami-p95-ms", type=float, default=1000.0)


def _chosen(environment: Environment) -> Namespace:
    chosen = environment.parsed_options
    if not isinstance(chosen, Namespace):
        raise HarnessError("a crowd is started through Locust's command line")
    return chosen


@events.test_start.add_listener
def load_jobs(environment: Environment, **_: Any) -> None:
    """Read the messages and give each its due moment: an open model, in which a slow server does not slow the questions."""
    chosen = _chosen(environment)
    with Path(chosen.ami_messages).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            sent = (row["name"], row["address"], row["action"], row["authorization"], row["body"].encode())
            UNANSWERED.add(number)
            JOBS.append(Job(number, *sent, number / chosen.ami_rate))


@events.quitting.add_listener
def pass_the_gate(environment: Environment, **_: Any) -> None:
    """Write what was measured and what the gate says; the exit code says it again."""
    chosen = _chosen(environment)
    total = environment.stats.total
    # What was sent and never answered before the time was up has failed, though Locust does not count it.
    hanging = len(UNANSWERED) - len(JOBS)
    p95_ms = float(total.get_response_time_percentile(0.95) or 0)
    measured = gate.Measured(total.num_requests + hanging, total.num_failures + hanging, p95_ms)
    lines = gate.judge(measured, gate.Limits(chosen.ami_least_requests, chosen.ami_most_failed, chosen.ami_p95_ms))
    outcome = gate.verdict(lines)
    result = {"outcome": outcome.value, "measured": asdict(measured), "lines": [asdict(line) for line in lines]}
    Path(chosen.ami_result).write_text(json.dumps(result), "utf-8")
    environment.process_exit_code = EXIT_CODES[outcome]


class Neighbour(User):
    """Posts one message after the other until none is left."""

    started_at: ClassVar[float | None] = None

    def on_start(self) -> None:
        """Open a connection of its own."""
        if Neighbour.started_at is None:
            Neighbour.started_at = time.perf_counter()
        self.clients: dict[str, HTTPClient] = {}

    @task
    def post_next(self) -> None:
        """Post the next message at its due moment and tell Locust how long after that moment its answer came."""
        if not JOBS:
            raise StopUser
        job = JOBS.popleft()
        due_at = (Neighbour.started_at or 0.0) + job.due_s
        gevent.sleep(max(0.0, due_at - time.perf_counter()))
        error, size = self._post(job)
        self.environment.events.request.fire(
            request_type="SOAP",
            name=job.name,
            response_time=(time.perf_counter() - due_at) * 1000,
            response_length=size,
            exception=error,
            context={},
        )
        UNANSWERED.discard(job.number)
        if not UNANSWERED and self.environment.runner is not None:
            gevent.spawn(self.environment.runner.quit)

    def _post(self, job: Job) -> tuple[Exception | None, int]:
        client = self.clients.setdefault(
            job.address, HTTPClient.from_url(job.address, network_timeout=TIMEOUT_S, connection_timeout=TIMEOUT_S)
        )
        headers = {"content-type": "text/xml; charset=utf-8", "soapaction": f'"{job.action}"', "authorization": job.authorization}
        path = "/" + job.address.split("/", 3)[3]
        try:
            response = client.post(path, body=job.body, headers=headers)
            answer = bytes(response.read())
        except (OSError, HTTPException) as error:
            return error, 0
        if response.status_code != 200 or OK_RESULT not in answer:
            return ValueError(f"HTTP {response.status_code}: {answer[:200]!r}"), len(answer)
        return None, len(answer)

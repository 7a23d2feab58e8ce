"""A crowd on the wires: Locust in a process of its own, started through its command line, bounded in count and time."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ami import names
from ami.errors import HarnessError
from ami.messages import Message
from ami.outcomes import Outcome
from harness.landscape import Landscape
from simulators import wire

ROOT = Path(__file__).parent.parent
LOCUST_FILE = ROOT / "load" / "crowd.py"
LONGEST_S = 120
USERS = 16


@dataclass(frozen=True, slots=True)
class Demand:
    """What the gate asks for. most_failed: a share, 0 to 1."""

    least_requests: int
    most_failed: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class GateVerdict:
    """What the gate said, and its lines: demand, measured, outcome. measured: requests, failures and p95_ms as numbers."""

    outcome: Outcome
    lines: tuple[tuple[str, str, Outcome], ...]
    measured: Mapping[str, float] = field(default_factory=dict)

    def __str__(self) -> str:
        return "; ".join(f"{demand}: {measured}, {outcome.value}" for demand, measured, outcome in self.lines)


def send(landscape: Landscape, target: str, messages: Sequence[Message], demand: Demand, per_second: float) -> GateVerdict:
    """Let a crowd post `messages` on the wire from the tester to `target`, so many due per second.

    Raises HarnessError where Locust does not come to an end or writes no verdict.
    """
    with tempfile.TemporaryDirectory(prefix="metergate-crowd-") as folder:
        jobs, result = Path(folder) / "messages.ndjson", Path(folder) / "result.json"
        jobs.write_text("".join(_job(landscape, target, message) for message in messages), "utf-8")
        users = min(USERS, len(messages))
        arguments = [
            *(sys.executable, "-m", "locust", "-f", str(LOCUST_FILE), "--headless", "--only-summary", "--host", landscape.tap_address),
            *("-u", str(users), "-r", str(users), "-t", f"{LONGEST_S}s", "--stop-timeout", "5", "--loglevel", "WARNING"),
            *("--ami-messages", str(jobs), "--ami-result", str(result), "--ami-rate", str(per_second)),
            *("--ami-least-requests", str(demand.least_requests), "--ami-most-failed", str(demand.most_failed)),
            *("--ami-p95-ms", str(demand.p95_ms)),
        ]
        try:
            ended = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST_S + 30, check=False)
        except subprocess.TimeoutExpired:
            raise HarnessError(f"Locust did not end within {LONGEST_S + 30} s") from None
        if not result.exists():
            last = (ended.stderr.strip().splitlines() or ["it said nothing"])[-1]
            raise HarnessError(f"Locust ended with exit code {ended.returncode} and without a verdict: {last}")
        return _verdict(result)


def _job(landscape: Landscape, target: str, message: Message) -> str:
    header = message.header
    job = {
        "name": f"{header.verb} {header.noun}",
        "address": landscape.wire_address(names.TESTER, target),
        "action": landscape.dialect_with(target).action(header.verb, header.noun),
        "authorization": landscape.authorization(names.TESTER),
        "body": wire.write(message, landscape.dialect_with(target)).decode(),
    }
    return json.dumps(job) + "\n"


def _verdict(path: Path) -> GateVerdict:
    said = json.loads(path.read_text("utf-8"))
    lines = tuple((line["demand"], line["measured"], Outcome(line["outcome"])) for line in said["lines"])
    return GateVerdict(Outcome(said["outcome"]), lines, said["measured"])

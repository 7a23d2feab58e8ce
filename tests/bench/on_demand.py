"""On-demand reads: one service process of ours beside npm `soap` and beside spyne, asked the same by wrk, each on one core.

Exit code 0 where we are fast enough, 1 where not, 2 where wrk or Node is missing and nothing was measured.
"""

import json
import os
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import requests

from ami import names
from ami.dialect import dialect
from ami.messages import GetMeterReadings, Header, Kind, Linkage, MasterDataLinkageConfig, Message
from simulators import wire
from tests.harness.up_process import free_port, standing
from transports.http_client import basic

HOUSE: Final = Path(__file__).parents[2]
BENCH: Final = HOUSE / "tests" / "bench"
NODE_MODULES: Final = HOUSE / "tests" / "node" / "node_modules"

LEAST_OF_NODE, LEAST_OF_SPYNE, MOST_P99_MS = 2.0, 10.0, 10.0
ROUNDS, SECONDS, WARM_UP_S, CONNECTIONS = 5, 3, 2, 32
OURS, NODE, SPYNE = "MeterGate", "npm soap", "spyne"
ALL_CORES: Final = os.sched_getaffinity(0)
WORDING = dialect("2011")
PASSWORD = secrets.token_hex(8)
SINCE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Measured:
    """What wrk says of one server: its rounds, in requests per second, and the 99th percentiles of their latency."""

    address: str
    per_second: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Requests per second, in the middle of all rounds."""
        return statistics.median(self.per_second)

    @property
    def p99(self) -> float:
        """The 99th percentile in the middle of all rounds."""
        return statistics.median(self.p99_ms)


def asked(message_id: str) -> bytes:
    """The query of the bench."""
    header = Header(names.GET, names.METER_READINGS, message_id, datetime.now(UTC), names.MDMS)
    return wire.write(Message(Kind.REQUEST, header, payload=GetMeterReadings(("M-1",))), WORDING)


def headers(verb: str, noun: str, system: str) -> dict[str, str]:
    """The HTTP headers of a message."""
    action = f'"{WORDING.action(verb, noun)}"'
    return {"content-type": "text/xml; charset=utf-8", "soapaction": action, "authorization": basic(system, PASSWORD)}


@contextmanager
def ours(folder: Path) -> Iterator[str]:
    """A head-end of `metergate up` with one meter; its address."""
    address = f"http://127.0.0.1:{free_port()}"
    file = folder / "landscape.toml"
    known = "".join(f'[systems.{name}]\npassword = "BENCH_PASSWORD"\n' for name in (names.MDMS, names.CIS))
    file.write_text(f'[environment]\nclock = "real"\n[systems.hes]\naddress = "{address}"\n{known}', "utf-8")
    with standing(file, names.HES, BENCH_PASSWORD=PASSWORD, METERGATE_HES_CONTROL_TOKEN=PASSWORD):
        profile = {"kind": "constant", "wh": 250}
        meter = {"meter": "M-1", "interval_minutes": 30, "at": SINCE.isoformat(), "profile": profile}
        told = requests.post(
            f"{address}/control/install", json={"meters": [meter]}, headers={"authorization": f"Bearer {PASSWORD}"}, timeout=10
        )
        told.raise_for_status()
        header = Header("create", names.MASTER_DATA_LINKAGE_CONFIG, "linked", datetime.now(UTC), names.CIS)
        linkage = MasterDataLinkageConfig((Linkage("UP-1", SINCE, meter="M-1"),))
        body = wire.write(Message(Kind.REQUEST, header, payload=linkage), WORDING)
        linked = requests.post(address, body, headers=headers("create", names.MASTER_DATA_LINKAGE_CONFIG, names.CIS), timeout=10)
        linked.raise_for_status()
        yield f"{address}/soap"


@contextmanager
def other(*command: str, **variables: str) -> Iterator[str]:
    """A server in another process, until the block is left: the first line that it prints."""
    environment = {**os.environ, "PYTHONPATH": str(HOUSE), **variables}
    with subprocess.Popen(
        command, cwd=HOUSE, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield process.stdout.readline()
        finally:
            process.stdin.close()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def ask(address: str, seconds: int, query: Path) -> tuple[float, float]:
    """Requests per second, and the 99th percentile of their latency in ms. Raises RuntimeError where any answer was not OK."""
    fields = headers(names.GET, names.METER_READINGS, names.MDMS)
    told = [part for name, value in fields.items() for part in ("-H", f"{name}: {value}")]
    command = [
        *_on_the_other_core(),
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{seconds}s",
        *told,
        "-s",
        str(BENCH / "_on_demand.lua"),
        address,
    ]
    done = subprocess.run(
        [*command, "--", str(query), secrets.token_hex(4)], capture_output=True, text=True, timeout=seconds + 30, check=False
    )
    line = next((line for line in done.stdout.splitlines() if line.startswith("RESULT")), None)
    if line is None:
        raise RuntimeError(f"wrk says nothing of {address}: {done.stderr.strip() or done.stdout.strip()}")
    count, microseconds, p99_us, refused, lost = map(int, line.split()[1:])
    if not count or refused or lost:
        raise RuntimeError(f"{address}: of {count:,} answers {refused:,} were not OK, and {lost:,} did not come. The first: {done.stderr}")
    return count * 1e6 / microseconds, p99_us / 1000


def _on_the_other_core() -> list[str]:
    """What keeps wrk from the core that the servers have for themselves; nothing where there is no other."""
    others = sorted(ALL_CORES - os.sched_getaffinity(0))
    return ["taskset", "--cpu-list", str(others[0])] if others else []


def answers_rightly(address: str) -> None:
    """Raises RuntimeError where a server does not answer the query with a reading, or its schema does not allow the answer."""
    answer = requests.post(address, asked("first"), headers=headers(names.GET, names.METER_READINGS, names.MDMS), timeout=10)
    message = wire.read(answer.content, WORDING)
    if message.payload is None:
        raise RuntimeError(f"{address} answers without a reading: {message}")


def validates(address: str) -> None:
    """Raises RuntimeError where our server takes what its schema does not allow."""
    broken = asked("broken").replace(b"<EndDevice>", b"<EndDevise>").replace(b"</EndDevice>", b"</EndDevise>")
    answer = requests.post(address, broken, headers=headers(names.GET, names.METER_READINGS, names.MDMS), timeout=10)
    reply = wire.read(answer.content, WORDING).reply
    if reply is None or reply.result != "FAILED":
        raise RuntimeError(f"{address} does not validate what it is asked")


def measured(folder: Path) -> dict[str, Measured]:
    """All three, in alternation: what disturbs the machine disturbs them alike."""
    query = folder / "query.xml"
    query.write_bytes(asked("{id}"))
    with ExitStack() as stack:
        own = stack.enter_context(ours(folder))
        validates(own)
        node = stack.enter_context(
            other(
                *("node", "tests/foreign/soap_server.js", f"{own}?wsdl", "0"),
                NODE_PATH=str(NODE_MODULES),
                SOAP_SYSTEM=names.HES,
                SOAP_PASSWORDS=json.dumps({names.MDMS: PASSWORD}),
            )
        )
        spyne = stack.enter_context(other(sys.executable, "-P", "-W", "ignore", str(BENCH / "_spyne_server.py")))
        servers = {
            OURS: Measured(own),
            NODE: Measured(json.loads(node)["address"]),
            SPYNE: Measured(f"http://127.0.0.1:{int(spyne)}/"),
        }
        for server in servers.values():
            answers_rightly(server.address)
            ask(server.address, WARM_UP_S, query)
        for _ in range(ROUNDS):
            for server in servers.values():
                per_second, p99_ms = ask(server.address, SECONDS, query)
                server.per_second.append(per_second)
                server.p99_ms.append(p99_ms)
    return servers


def missing() -> list[str]:
    """What is not there to measure with."""
    programs = [program for program in ("wrk", "node") if shutil.which(program) is None]
    return programs + ([] if (NODE_MODULES / "soap").is_dir() else ["npm soap (npm ci --prefix tests/node)"])


def told(servers: Mapping[str, Measured]) -> int:
    """Print what was measured; 0 where all demands are met."""
    for name, server in servers.items():
        rounds = " ".join(f"{each:,.0f}" for each in server.per_second)
        print(f"{name:9} {server.median:8,.0f} reads/s, p99 {server.p99:6.2f} ms at {CONNECTIONS} connections (rounds: {rounds})")
    own = servers[OURS]
    demands = (
        (f"at least {LEAST_OF_NODE:g} times {NODE}", own.median / servers[NODE].median, LEAST_OF_NODE, True),
        (f"at least {LEAST_OF_SPYNE:g} times {SPYNE}", own.median / servers[SPYNE].median, LEAST_OF_SPYNE, True),
        (f"p99 of at most {MOST_P99_MS:g} ms", own.p99, MOST_P99_MS, False),
    )
    code = 0
    for demand, value, limit, at_least in demands:
        is_met = value >= limit if at_least else value <= limit
        print(f"{demand}: {value:.2f}, {'passed' if is_met else 'failed'}")
        code |= not is_met
    return code


def main() -> int:
    """Measure and say so."""
    lacking = missing()
    if lacking:
        print(f"on-demand reads: not measured, for want of {' and '.join(lacking)}")
        return 2
    # Servers inherit it: one core each, whatever helpers a runtime has beside its main thread.
    os.sched_setaffinity(0, {min(ALL_CORES)})
    with tempfile.TemporaryDirectory(prefix="metergate-bench-") as folder:
        return told(measured(Path(folder)))


if __name__ == "__main__":
    sys.exit(main())

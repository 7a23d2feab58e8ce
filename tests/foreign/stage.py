"""A landscape whose billing is a foreign program: it has nothing but the addresses of WSDLs, and every message of its own is judged."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer
from typing import Any

from ami import names, schemas
from ami.dialect import dialect
from ami.findings import Severity
from ami.identifiers import derived_id
from ami.messages import Header, Kind, Linkage, MasterDataLinkageConfig, Message, Reply, ReplyError
from ami.wsdl import SERVED, wsdl
from harness import environment, readings
from harness.judging import WireJudge
from harness.landscape import Landscape
from harness.served_documents import reached_at
from harness.story import Story
from harness.utility import Utility
from simulators import wire
from transports.http_server import HttpRequest, HttpResponse

HOUSE = Path(__file__).parents[2]
NODE_MODULES = HOUSE / "tests" / "node" / "node_modules"
PATIENCE_S = 60.0
SECRET = "password of the billing"  # noqa: S105 - of a test


@dataclass(frozen=True, slots=True)
class Stage:
    """A landscape at work. at: the time that it is; listens_at: where the foreign billing takes what is sent to it."""

    landscape: Landscape
    utility: Utility
    listens_at: str

    @property
    def at(self) -> str:
        """The moment that messages are stamped with."""
        return self.landscape.clock.now().astimezone(UTC).isoformat().replace("+00:00", "Z")

    def wsdl(self, source: str, target: str) -> str:
        """Where a neighbour reads the WSDL of another, on the wire between them."""
        return f"{self.landscape.wire_address(source, target)}?wsdl"

    def told(self) -> dict[str, str]:
        """What a foreign program is told: where the WSDLs are, who it is, what time it is."""
        return {
            "HES_WSDL": self.wsdl(names.CIS, names.HES),
            "MDMS_WSDL": self.wsdl(names.CIS, names.MDMS),
            "EVENTS_WSDL": self.wsdl(names.TESTER, names.MDMS),
            "CIS_AUTHORIZATION": self.landscape.authorization(names.CIS),
            "TESTER_AUTHORIZATION": self.landscape.authorization(names.TESTER),
            "AT": self.at,
            "LISTENS_AT": self.listens_at,
        }

    def judged(self) -> list[str]:
        """What every message so far, and all of them together, have wrong: one line each, errors and warnings."""
        self.utility.story.observe()
        self.utility.story.end()
        found = self.utility.story.findings
        return [f"{each.wire} {each.finding}" for each in found if each.finding.severity is not Severity.REMARK]

    def heard(self) -> list[tuple[str, str, str | None, str | None]]:
        """(wire, leg, verb, noun) of all that crossed a wire."""
        return [
            (str(captured.wire), captured.leg, header.verb if (header := judgement.header) else None, header.noun if header else None)
            for captured, judgement in self.utility.story.observe()
        ]


@contextmanager
def staged(folder: Path, dialect: str, listens_at: str) -> Iterator[Stage]:
    """A landscape in a dialect with one linked meter, M-1, at noon. listens_at: where the foreign billing takes messages."""
    file = folder / "landscape.toml"
    billing = f'[systems.cis]\nrun = "elsewhere"\naddress = "{listens_at}"\npassword = "FOREIGN_CIS"\n'
    file.write_text(f'[environment]\ndialect = "{dialect}"\n{billing}', "utf-8")
    os.environ["FOREIGN_CIS"] = SECRET
    try:
        told = environment.load(file)
        with Landscape(told, 7) as landscape:
            feed, _ = readings.feed(landscape, None)
            utility = Utility(Story(landscape, WireJudge(told), None, f"foreign/{dialect}"), feed)
            utility.story.begin(datetime(2026, 3, 3, 12, tzinfo=UTC))
            utility.meters.put_in(["M-1"], watts=500)
            link(utility)
            yield Stage(landscape, utility, listens_at)
    finally:
        del os.environ["FOREIGN_CIS"]


def link(utility: Utility) -> None:
    """Tell head-end and MDMS, in the place of the billing, that the meter stands somewhere."""
    linkage = Linkage(
        "UP-1", utility.now, meter="M-1", account="A-1", agreement="G-1", customer="C-1", service_location="L-1", pricing_structure="flat"
    )
    for target in (names.HES, names.MDMS):
        answer = utility.tester.ask(target, "create", names.MASTER_DATA_LINKAGE_CONFIG, MasterDataLinkageConfig((linkage,)))
        assert answer.reply.result == "OK", str(answer)


def documents(system: str, spoken: str, address: str) -> Callable[[HttpRequest], HttpResponse]:
    """What serves the WSDL of a system, and its schemas, to whoever is going to be that system at `address`."""
    wording = dialect(spoken)
    texts = schemas.documents(wording, SERVED)

    def handler(request: HttpRequest) -> HttpResponse:
        text = wsdl(system, address, wording) if request.query == "wsdl" else texts[request.query.removeprefix("xsd=")]
        here = reached_at(request, "http://") + request.path
        return HttpResponse(200, text.replace('schemaLocation="?', f'schemaLocation="{here}?').encode())

    return handler


class Listener:
    """Takes what is sent to the billing, for a client that has no server of its own; `heard` has all of it."""

    def __init__(self, spoken: str) -> None:
        self.heard: list[Message] = []
        self._wording = dialect(spoken)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Take a message, and say so."""
        if request.method != "POST":
            return HttpResponse(405, b"", headers={"allow": "POST"})
        message = wire.read(request.body, self._wording)
        self.heard.append(message)
        asked = message.header
        header = Header("reply", asked.noun, derived_id("heard", asked.message_id), asked.timestamp, names.CIS, asked.message_id)
        answer = Message(Kind.RESPONSE, header, reply=Reply("OK", (ReplyError("0.0", "INFORM"),)))
        return HttpResponse(200, wire.write(answer, self._wording, asked.verb))


class Program:
    """A foreign program that prints a line of JSON for everything that it does, and ends when its input does."""

    def __init__(self, command: Sequence[str], variables: dict[str, str], longest_s: float = PATIENCE_S) -> None:
        self._process = subprocess.Popen(
            command,
            cwd=HOUSE,
            env={**os.environ, "NODE_PATH": str(NODE_MODULES), **variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._too_late = Timer(longest_s, self._process.kill)
        self._too_late.start()

    def __enter__(self) -> "Program":
        return self

    def line(self) -> dict[str, Any]:
        """The next line. Raises AssertionError, with what it complained of, where it has ended instead."""
        assert self._process.stdout is not None
        text = self._process.stdout.readline()
        if not text:
            assert self._process.stderr is not None
            raise AssertionError(f"the foreign program ended: {self._process.stderr.read()[-2000:]}")
        told: dict[str, Any] = json.loads(text)
        return told

    def until(self, key: str) -> dict[str, dict[str, Any]]:
        """The lines up to the one that has `key`, by the exchange that they are about."""
        found = {}
        while key not in (told := self.line()):
            found[str(told["exchange"])] = told
        return found

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._too_late.cancel()
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

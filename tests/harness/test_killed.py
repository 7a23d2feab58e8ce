"""`kill -9` of the meter data management under load, twenty times: what it acknowledged is there, once, and what it owed is said."""

import random
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ami import names
from ami.dialect import dialect
from ami.errors import UnreachableError
from ami.event_types import TAMPER
from ami.messages import (
    EndDeviceEvent,
    EndDeviceEvents,
    Header,
    Kind,
    Linkage,
    MasterDataLinkageConfig,
    Message,
    MeterReading,
    MeterReadings,
    Payload,
    Reading,
    Reply,
    ReplyError,
    Series,
    Span,
)
from ami.reading_type import interval_kwh
from harness.control_ports import ControlPorts
from simulators import wire
from tests.harness.mortal import Mortal
from tests.harness.up_process import free_port
from transports import http_client
from transports.http_server import HttpRequest, HttpResponse, HttpServers

KILLS = 20
SENDERS = 4
METERS_EACH = 3
QUARTERS = 96
LIMIT_S = 20.0
DIALECT = dialect("2011")
NOW = datetime.now(UTC)
DAY_END = NOW.replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
KEY = "T_PASSWORD"


class Sent(NamedTuple):
    """One interval that was sent: its meter, its end, its energy."""

    meter: str
    end: datetime
    wh: int


Acknowledged = tuple[list[Sent], list[str]]


class Landscape:
    """The mortal MDMS, its address, the CIS that listens to it, and what was acknowledged."""

    def __init__(self, mortal: Mortal, address: str) -> None:
        self.mortal = mortal
        self.address = address
        self.acknowledged = 0
        self.told: Counter[str] = Counter()
        self.ids_of: dict[str, set[str]] = {}
        self.changed = threading.Condition()
        self.is_up = threading.Event()
        self.is_up.set()

    def hear(self, request: HttpRequest) -> HttpResponse:
        """What the CIS does with an event: take note of it and acknowledge."""
        message = wire.read(request.body, DIALECT)
        assert isinstance(message.payload, EndDeviceEvents)
        with self.changed:
            for event in message.payload.events:
                self.told[event.mrid or ""] += 1
                self.ids_of.setdefault(event.mrid or "", set()).add(message.header.message_id)
            self.changed.notify_all()
        asked = message.header
        header = Header("reply", asked.noun, f"re-{asked.message_id}", NOW, names.CIS, asked.message_id)
        answer = Message(Kind.RESPONSE, header, Reply("OK", (ReplyError("0.0", "INFORM"),)))
        return HttpResponse(200, wire.write(answer, DIALECT, asked.verb))

    def stir(self, _: object) -> None:
        """Let those who wait for a change look again."""
        with self.changed:
            self.changed.notify_all()

    def goes_on(self, more: int, senders: list[Future[Acknowledged]]) -> bool:
        """Wait for so many acknowledgements more; False where a sender ended instead."""
        with self.changed:
            enough = self.acknowledged + more
            assert self.changed.wait_for(lambda: self.acknowledged >= enough or any(sender.done() for sender in senders), LIMIT_S)
        return not any(sender.done() for sender in senders)

    def say(self, kind: Kind, verb: str, noun: str, payload: Payload, message_id: str, sender: str) -> None:
        """Say something until it is acknowledged: an event the same each time, a request under a new id."""
        lost = ""
        for attempt in range(10 * KILLS):
            said_as = f"{message_id}-{attempt}" if kind is Kind.REQUEST else message_id
            body = wire.write(Message(kind, Header(verb, noun, said_as, NOW, sender), payload=payload), DIALECT)
            assert self.is_up.wait(LIMIT_S)
            try:
                reply = http_client.post_soap(self.address, body, DIALECT.action(verb, noun), http_client.basic(sender, KEY))
            except UnreachableError as error:
                lost = str(error)
                continue
            answer = wire.read(reply.body, DIALECT).reply
            assert answer is not None
            assert answer.result == "OK", answer
            break
        else:
            pytest.fail(f"{message_id} was never acknowledged: {lost}")
        with self.changed:
            self.acknowledged += 1
            self.changed.notify_all()


@pytest.fixture(params=["file", "postgresql"])
def landscape(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Landscape]:
    """A meter data management with a store, in its process."""
    store, password = f"sqlite:///{tmp_path}/mdms.db", ""
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres")
        store, password = server.url, server.password
    wire.prepare(DIALECT)
    monkeypatch.setenv("T_STORE", password)
    monkeypatch.setenv("T_NAME", KEY)
    monkeypatch.setenv("METERGATE_MDMS_CONTROL_TOKEN", KEY)
    with HttpServers() as servers:
        address = f"http://127.0.0.1:{free_port()}/soap"
        heard: list[Landscape] = []
        cis = servers.serve(lambda asked: heard[-1].hear(asked))  # noqa: PLW0108 - there is none yet
        file = tmp_path / "landscape.toml"
        # It is noon there, far from the daily validation.
        zone = f"Etc/GMT{NOW.hour - 12:+d}"
        file.write_text(
            f'[environment]\nclock = "real"\ntimezone = "{zone}"\n'
            f'[systems.mdms]\naddress = "{address}"\nstore = "{store}"\nstore_password = "T_STORE"\npassword = "T_NAME"\n'
            f'[systems.hes]\npassword = "T_NAME"\n[systems.cis]\naddress = "{cis}"\npassword = "T_NAME"\n'
        )
        with Mortal(file, names.MDMS) as mortal:
            heard.append(Landscape(mortal, address))
            yield heard[0]


def day_of(meter: str, chance: random.Random) -> tuple[MeterReading, list[Sent]]:
    """A day of one meter, and what it says."""
    ends = [DAY_END - timedelta(minutes=15 * back) for back in reversed(range(QUARTERS))]
    sent = [Sent(meter, end, chance.randrange(1, 2_000)) for end in ends]
    readings = tuple(Reading(one.end, Decimal(one.wh) / 1000) for one in sent)
    span = Span(ends[0] - timedelta(minutes=15), ends[-1])
    return MeterReading(meter, intervals=(Series(str(interval_kwh(15)), readings),), span=span), sent


def deliver(landscape: Landscape, sender: int, done: threading.Event) -> Acknowledged:
    """What one sender had acknowledged until all kills were over: intervals, and events by their mRID."""
    chance = random.Random(sender)
    sent: list[Sent] = []
    events: list[str] = []
    number = 0
    while not done.is_set():
        number += 1
        meters = [f"M-{sender}-{number}-{place}" for place in range(METERS_EACH)]
        name = f"{sender}-{number}"
        for meter in meters:
            linked = MasterDataLinkageConfig((Linkage(f"U-{meter}", DAY_END - timedelta(days=2), meter),))
            landscape.say(Kind.REQUEST, "create", names.MASTER_DATA_LINKAGE_CONFIG, linked, f"l-{meter}", names.CIS)
        days = [day_of(meter, chance) for meter in meters]
        landscape.say(Kind.EVENT, "created", names.METER_READINGS, MeterReadings(tuple(day for day, _ in days)), f"d-{name}", names.HES)
        sent += [one for _, of_meter in days for one in of_meter]
        event = EndDeviceEvent(TAMPER, meters[0], NOW, mrid=f"e-{name}")
        landscape.say(Kind.EVENT, "created", names.END_DEVICE_EVENTS, EndDeviceEvents((event,)), f"e-{name}", names.HES)
        events.append(f"e-{name}")
    return sent, events


def kill_again_and_again(landscape: Landscape, chance: random.Random, senders: list[Future[Acknowledged]]) -> None:
    """Twenty times, each some acknowledgements after the last, and in the midst of others; a sender that failed ends it."""
    for _ in range(KILLS):
        if not landscape.goes_on(chance.randrange(1, 16), senders):
            return
        threading.Event().wait(chance.uniform(0, 0.01))
        landscape.is_up.clear()
        landscape.mortal.kill()
        landscape.mortal.start()
        landscape.is_up.set()


def held(landscape: Landscape) -> dict[str, Any]:
    """All that the MDMS holds, by meter."""
    ports = ControlPorts(lambda: NOW)
    ports.open(names.MDMS, landscape.address.replace("/soap", "/control"), KEY)
    found = ports.tell(names.MDMS, "holdings", {})()["meters"]
    assert isinstance(found, dict)
    return found


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_or_there_twice(landscape: Landscape) -> None:
    """Intervals by meter and end, each in its first version; events at the CIS, whose repetitions carry their first id."""
    done = threading.Event()
    with ThreadPoolExecutor(SENDERS) as pool:
        senders = [pool.submit(deliver, landscape, sender, done) for sender in range(SENDERS)]
        for submitted in senders:
            submitted.add_done_callback(landscape.stir)
        try:
            kill_again_and_again(landscape, random.Random(7), senders)
        finally:
            done.set()
            landscape.is_up.set()
        results = [sender.result(LIMIT_S) for sender in senders]
    sent = [one for intervals, _ in results for one in intervals]
    events = {event for _, of_sender in results for event in of_sender}
    meters = held(landscape)
    found = [Sent(meter, datetime.fromisoformat(one["end"]), one["wh"]) for meter, kept in meters.items() for one in kept["intervals"]]
    with landscape.changed:
        assert landscape.changed.wait_for(lambda: events <= landscape.told.keys(), LIMIT_S), events - landscape.told.keys()

    assert len(sent) >= KILLS * METERS_EACH * QUARTERS // 4
    assert sorted(found) == sorted(sent)
    assert {one["version"] for kept in meters.values() for one in kept["intervals"]} == {1}
    assert {event for event, ids in landscape.ids_of.items() if len(ids) != 1} == set()

"""Neighbours that are down, slow, half open, resetting or babbling: what is repeated, what never, and what is told in the end."""

import json
import socket
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from ami import names
from ami.dialect import dialect
from ami.event_types import TAMPER
from ami.messages import (
    EndDeviceEvent,
    EndDeviceEvents,
    Header,
    Kind,
    Linkage,
    MasterDataLinkageConfig,
    Message,
    MeterServiceRequests,
    MeterServiceWork,
    Payload,
)
from ami.ports import Json
from harness.calendar import calendar
from harness.clock_header import CLOCK, clock_header
from harness.hosting import Host
from harness.neighbourhood import Neighbourhood
from simulators import wire
from simulators.mdms import MeterDataManagement
from tests.harness.stand_in import reply
from tests.transports import bad_neighbour
from tests.transports.bad_neighbour import Behave
from transports import http_client
from transports.http_server import HttpRequest, HttpResponse, HttpServers

ZONE = ZoneInfo("Europe/London")
DIALECT = dialect("2011")
KEY = "key"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Managed:
    """A meter data management behind HTTP with one meter, and neighbours where the tests put them."""

    def __init__(self) -> None:
        mdms = MeterDataManagement(ZONE, calendar(ZONE), create_engine("sqlite://", poolclass=StaticPool))
        self.passwords = dict.fromkeys((*names.SYSTEMS, names.TESTER), "password")
        self.host = Host(mdms, lambda _: DIALECT, self.passwords, KEY)
        self.host.sending.timeout_s = 0.3
        self.now = NOON
        self._number = 0
        self.control("reset", seed="7", now=NOON.isoformat())
        linkage = MasterDataLinkageConfig((Linkage("U-1", NOON - timedelta(days=1), "M-1"),))
        self.say(Kind.REQUEST, "create", names.MASTER_DATA_LINKAGE_CONFIG, linkage, names.CIS)

    def know(self, **address_of: str) -> None:
        """Put neighbours at addresses."""
        self.host.at_work.neighbours = Neighbourhood(address_of, self.passwords)

    def say(self, kind: Kind, verb: str, noun: str, payload: Payload, sender: str) -> Message:
        """Let a neighbour say something; the answer."""
        self._number += 1
        return self.hear(Message(kind, Header(verb, noun, f"{sender}-{self._number}", self.now, sender), payload=payload))

    def hear(self, message: Message) -> Message:
        """Take a message; the answer to it."""
        header = message.header
        headers = {
            "authorization": http_client.basic(header.source, "password"),
            "soapaction": f'"{DIALECT.action(header.verb, header.noun)}"',
            CLOCK: clock_header(self.now, KEY),
        }
        answer = self.host.handle(HttpRequest("POST", "/soap", "", headers, wire.write(message, DIALECT)))
        return wire.read(answer.body, DIALECT)

    def control(self, command: str, **arguments: Json) -> Json:
        """Use the control port; the result."""
        headers = {"authorization": f"Bearer {KEY}", CLOCK: clock_header(self.now, KEY)}
        answer = self.host.handle(HttpRequest("POST", f"/control/{command}", "", headers, json.dumps(arguments).encode()))
        assert answer.status == 200, answer.body
        return json.loads(answer.body)

    def pass_time(self, to: datetime) -> None:
        """Let time pass, doing what is due on the way."""
        due_at = self.control("advance")["due_at"]
        while due_at is not None and (due := datetime.fromisoformat(due_at)) <= to:
            self.now = max(self.now, due)
            due_at = self.control("advance")["due_at"]
        self.now = to

    def dead_letters(self) -> Sequence[dict[str, Json]]:
        """What was not delivered."""
        return list(self.control("requests")["dead_letters"])


class Honest:
    """A neighbour that acknowledges what it hears, and keeps it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.heard: list[Message] = []

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The acknowledgement."""
        message = wire.read(request.body, DIALECT)
        self.heard.append(message)
        return HttpResponse(200, wire.write(reply(message, self.name), DIALECT, message.header.verb))


@pytest.fixture
def managed() -> Managed:
    """The meter data management."""
    return Managed()


def tamper(managed: Managed) -> None:
    """The head-end tells of a tamper, which is for the CIS."""
    event = EndDeviceEvent(TAMPER, "M-1", managed.now, mrid=f"e-{managed.now}")
    managed.say(Kind.EVENT, "created", names.END_DEVICE_EVENTS, EndDeviceEvents((event,)), names.HES)


def disconnect(managed: Managed) -> None:
    """The CIS orders a disconnection."""
    work = MeterServiceRequests((MeterServiceWork("disconnect", "M-1", "U-1"),))
    managed.say(Kind.REQUEST, "create", names.METER_SERVICE_REQUESTS, work, names.CIS)


@pytest.mark.parametrize("behave", bad_neighbour.NO_REPLY, ids=lambda behave: behave.__name__)
def test_event_is_told_again_once_the_neighbour_has_recovered(managed: Managed, servers: HttpServers, behave: Behave) -> None:
    """Unchanged, so that a neighbour that had heard it after all knows it by its id."""
    tamper(managed)
    with bad_neighbour.standing(behave) as address:
        managed.know(cis=address)
        managed.pass_time(NOON + MINUTE / 2)
    cis = Honest(names.CIS)
    managed.know(cis=servers.serve(cis))
    managed.pass_time(NOON + timedelta(days=2))

    assert [message.header.noun for message in cis.heard] == [names.END_DEVICE_EVENTS]
    assert managed.dead_letters() == []


@pytest.mark.parametrize("behave", bad_neighbour.NO_REPLY, ids=lambda behave: behave.__name__)
def test_control_is_never_sent_twice(managed: Managed, servers: HttpServers, behave: Behave) -> None:
    """Whether the switch opened is not known: whoever ordered it hears so, and the letter says why."""
    cis, recovered = Honest(names.CIS), Honest(names.HES)
    address_of_cis = servers.serve(cis)
    disconnect(managed)
    with bad_neighbour.standing(behave) as address:
        managed.know(hes=address, cis=address_of_cis)
        managed.pass_time(NOON + MINUTE / 2)
        (letter,) = managed.dead_letters()
    managed.know(hes=servers.serve(recovered), cis=address_of_cis)
    managed.pass_time(NOON + timedelta(days=2))

    assert recovered.heard == []
    assert (letter["to"], letter["noun"], letter["attempts"]) == (names.HES, names.END_DEVICE_CONTROLS, 1)
    assert address in str(letter["reason"])
    (told,) = cis.heard
    assert isinstance(told.payload, MeterServiceRequests)
    assert [work.status for work in told.payload.works] == ["failed"]


def test_neighbour_that_stays_away_is_written_off(managed: Managed) -> None:
    """After eight attempts at growing distances, in a list that says what was not delivered, to whom and why."""
    tamper(managed)
    managed.know(cis="http://127.0.0.1:1")
    managed.pass_time(NOON + timedelta(days=1))
    (letter,) = managed.dead_letters()

    assert (letter["to"], letter["verb"], letter["noun"], letter["attempts"]) == ("cis", "created", names.END_DEVICE_EVENTS, 8)
    assert letter["reason"] == "http://127.0.0.1:1 does not answer: no connection"
    assert timedelta(hours=13) < datetime.fromisoformat(str(letter["given_up_at"])) - NOON < timedelta(hours=14)


def test_silent_neighbour_is_waited_for_once_a_turn(managed: Managed) -> None:
    """However many messages there are for it: none is lost, and all are tried again later."""
    for _ in range(20):
        managed.now += timedelta(seconds=1)
        tamper(managed)
    taken: list[int] = []

    def silent(connection: socket.socket, ended: threading.Event) -> None:
        taken.append(1)
        bad_neighbour.silent(connection, ended)

    with bad_neighbour.standing(silent) as address:
        managed.know(cis=address)
        managed.control("advance")

    assert len(taken) == 1
    assert managed.dead_letters() == []


def test_answer_that_comes_twice_counts_once(managed: Managed, servers: HttpServers) -> None:
    """The second answers nothing that is still asked, and is refused."""
    hes, cis = Honest(names.HES), Honest(names.CIS)
    managed.know(hes=servers.serve(hes), cis=servers.serve(cis))
    disconnect(managed)
    managed.pass_time(NOON + MINUTE)
    command = hes.heard[0]
    again = reply(command, names.HES)
    answer = managed.hear(replace(again, header=replace(again.header, message_id="late-1")))
    managed.pass_time(NOON + timedelta(days=1))

    assert answer.reply is not None
    assert [error.code for error in answer.reply.errors] == ["2.15"]
    assert [message.header.noun for message in hes.heard].count(names.END_DEVICE_CONTROLS) == 1
    assert len(cis.heard) == 1

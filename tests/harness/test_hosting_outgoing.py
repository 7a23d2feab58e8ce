"""What a hosted stand-in sends: delivered to its neighbours, and told to it where that fails."""

import json

import pytest

from ami import names
from ami.dialect import dialect
from ami.names import Wire
from harness.hosting import Host
from harness.neighbourhood import Neighbourhood
from simulators import wire
from tests.harness.stand_in import FakeStandIn, event, reply
from tests.transports.listener import Listener
from transports.http_client import basic
from transports.http_server import HttpRequest, HttpResponse, HttpServers

WORDING = dialect("2011")
SENT = event(names.HES, to=names.MDMS)


@pytest.fixture
def stand_in() -> FakeStandIn:
    """A head-end with one message to send."""
    made = FakeStandIn(names.HES)
    made.outgoing = [SENT]
    return made


@pytest.fixture
def host(stand_in: FakeStandIn) -> Host:
    """The head-end behind HTTP."""
    return Host(stand_in, lambda _: WORDING, {names.HES: "password"}, "key")


def send(host: Host) -> int:
    """Let the head-end send what it has; how much that was."""
    _, advanced = (
        host.handle(HttpRequest("POST", f"/control/{command}", "", {"authorization": "Bearer key"}, b"{}"))
        for command in ("send", "advance")
    )
    sent: int = json.loads(advanced.body)["sent"]
    return sent


def test_message_arrives_with_credentials_and_action(host: Host, servers: HttpServers) -> None:
    """As any neighbour would send it."""
    neighbour = Listener(HttpResponse(200, wire.write(reply(SENT, names.MDMS), WORDING)))
    host.at_work.neighbours = Neighbourhood({names.MDMS: servers.serve(neighbour)}, {names.HES: "password"})

    assert send(host) == 1

    (heard,) = neighbour.heard
    assert heard.body == wire.write(SENT, WORDING)
    assert heard.headers["authorization"] == basic(names.HES, "password")
    assert heard.headers["soapaction"] == f'"{WORDING.action("created", names.METER_READINGS)}"'


def test_neighbour_is_spoken_to_in_the_dialect_of_the_wire(stand_in: FakeStandIn, servers: HttpServers) -> None:
    """Message, SOAPAction and the reading of its answer follow it; the way back is another wire."""
    spoken = dialect("generic")
    wording_of = {Wire(names.HES, names.MDMS): spoken, Wire(names.MDMS, names.HES): WORDING}
    host = Host(stand_in, wording_of.__getitem__, {names.HES: "password"}, "key")
    answer = reply(SENT, names.MDMS)
    neighbour = Listener(HttpResponse(200, wire.write(answer, spoken)))
    host.at_work.neighbours = Neighbourhood(address_of={names.MDMS: servers.serve(neighbour)}, passwords={names.HES: "password"})

    assert send(host) == 1

    assert [heard.body for heard in neighbour.heard] == [wire.write(SENT, spoken)]
    assert [heard.header for heard in stand_in.heard] == [answer.header]


def test_answer_is_heard_and_not_answered_again(host: Host, stand_in: FakeStandIn, servers: HttpServers) -> None:
    """The stand-in hears who answered; what it says without a neighbour's name goes nowhere."""
    answer = reply(SENT, names.MDMS)
    host.at_work.neighbours = Neighbourhood(
        {names.MDMS: servers.serve(Listener(HttpResponse(200, wire.write(answer, WORDING))))}, {names.HES: "password"}
    )
    stand_in.answer = lambda heard: [reply(heard, names.HES)]

    assert send(host) == 1

    (heard,) = stand_in.heard
    assert (heard.header, heard.sender) == (answer.header, names.MDMS)


def test_what_an_answer_leads_to_is_sent_in_the_same_turn(host: Host, stand_in: FakeStandIn, servers: HttpServers) -> None:
    """One message that leads to another."""
    neighbour = Listener(HttpResponse(200, wire.write(reply(SENT, names.MDMS), WORDING)))
    host.at_work.neighbours = Neighbourhood({names.MDMS: servers.serve(neighbour)}, {names.HES: "password"})
    stand_in.answer = lambda _: [event(names.HES, to=names.MDMS, number=2)] if len(stand_in.heard) == 1 else []

    assert send(host) == 2


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (HttpResponse(500, wire.fault("Server", "out of order")), "out of order"),
        (HttpResponse(502, b"nobody there\n", "text/plain"), "nobody there"),
        (HttpResponse(404, b"nothing here\n", "text/plain"), "not well-formed XML"),
        (HttpResponse(200, wire.write(SENT, WORDING).replace(b"<MeterReadings ", b"<m:Moos/><MeterReadings ")), "line "),
    ],
)
def test_message_without_a_proper_answer_is_undelivered(
    host: Host, stand_in: FakeStandIn, servers: HttpServers, answer: HttpResponse, reason: str
) -> None:
    """A Fault, something that is no SOAP, something that breaks its schema: the stand-in learns which of its messages, and why."""
    host.at_work.neighbours = Neighbourhood({names.MDMS: servers.serve(Listener(answer))}, {names.HES: "password"})
    send(host)

    ((message, why),) = stand_in.lost
    assert message == SENT
    assert reason in why


def test_message_to_a_dead_neighbour_is_undelivered(host: Host, stand_in: FakeStandIn) -> None:
    """Nobody listens there any more."""
    with HttpServers() as gone:
        host.at_work.neighbours = Neighbourhood({names.MDMS: gone.serve(Listener())}, {names.HES: "password"})
    send(host)

    ((message, why),) = stand_in.lost
    assert message == SENT
    assert "does not answer: no connection" in why


def test_message_to_a_stranger_is_undelivered(host: Host, stand_in: FakeStandIn) -> None:
    """A stand-in that names somebody who is not in the landscape."""
    send(host)

    assert [why for _, why in stand_in.lost] == ["mdms is no neighbour of hes"]

"""A run makes its neighbours known to a system elsewhere, leads it, and takes its leave."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from ami import names
from ami.dialect import dialect
from harness.clock_header import CLOCK, clock_header
from harness.host_clock import ClockOfItsOwn
from harness.hosting import Host
from harness.neighbourhood import Neighbourhood, told
from harness.self_moving import SelfMoving
from simulators import wire
from tests.harness.stand_in import NOW, FakeStandIn, event, reply
from transports import http_client
from transports.http_server import HttpRequest, HttpResponse, HttpServers

WORDING = dialect("2011")


def command(host: Host, name: str, **arguments: object) -> HttpResponse:
    """Tell a control port something."""
    headers = {"authorization": "Bearer key", CLOCK: clock_header(NOW, "key")}
    return host.handle(HttpRequest("POST", f"/control/{name}", "", headers, json.dumps(arguments).encode()))


@pytest.fixture
def stand_in() -> FakeStandIn:
    """A head-end with a message for the MDMS."""
    made = FakeStandIn(names.HES)
    made.outgoing = [event(names.HES, to=names.MDMS)]
    return made


@pytest.fixture
def host(stand_in: FakeStandIn) -> Host:
    """The head-end behind HTTP, which knows nobody but itself."""
    return Host(stand_in, lambda _: WORDING, {names.HES: "own"}, "key")


class Listener:
    """A neighbour that acknowledges, and remembers."""

    def __init__(self) -> None:
        self.heard: list[HttpRequest] = []
        self.has_heard = Event()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Acknowledge."""
        self.heard.append(request)
        self.has_heard.set()
        return HttpResponse(200, wire.write(reply(event(names.HES), names.MDMS), WORDING))


def test_what_is_led_sends_where_the_run_says_under_its_name_there(host: Host, servers: HttpServers) -> None:
    """Address and password of this run count, until it takes its leave."""
    through_the_tap, direct = Listener(), Listener()
    host.at_work.neighbours = Neighbourhood({names.MDMS: servers.serve(direct)}, {names.HES: "own"})
    told_of = Neighbourhood({names.MDMS: servers.serve(through_the_tap)}, {names.HES: "of the run"})

    assert json.loads(command(host, "neighbours", **told_of.as_json()).body) == {"system": "hes", "takes_the_time": True}
    command(host, "send")
    command(host, "advance")
    command(host, "neighbours")
    command(host, "send")
    command(host, "advance")

    assert [one.headers["authorization"] for one in through_the_tap.heard] == [http_client.basic("hes", "of the run")]
    assert [one.headers["authorization"] for one in direct.heard] == [http_client.basic("hes", "own")]


@pytest.mark.parametrize("arguments", [{"address": {}}, {"address_of": []}, {"address_of": {"fridge": "x"}}, {"passwords": {"hes": 1}}])
def test_neighbours_that_make_no_sense_are_refused(host: Host, arguments: dict[str, object]) -> None:
    """And nobody is led by them."""
    assert command(host, "neighbours", **arguments).status == 400


def test_neighbourhood_survives_the_wire() -> None:
    """What a run tells is what the system learns."""
    sent = Neighbourhood({"hes": "http://a"}, {"hes": "secret"}, {"hes": "http://b"}, in_world_time=True)

    assert told(json.loads(json.dumps(sent.as_json()))) == sent


def test_later_reply_is_asked_for_at_an_address_that_leads_back(host: Host, stand_in: FakeStandIn, servers: HttpServers) -> None:
    """A real system may well follow ReplyAddress."""
    neighbour = Listener()
    (plain,) = stand_in.outgoing
    stand_in.outgoing = [replace(plain, header=replace(plain.header, async_reply=True, reply_address="http://nowhere.test"))]
    host.at_work.neighbours = Neighbourhood({"mdms": servers.serve(neighbour)}, {"hes": "own"}, {"mdms": "http://127.0.0.1:1/mdms/hes"})
    command(host, "send")
    command(host, "advance")

    (heard,) = neighbour.heard
    assert wire.read(heard.body, WORDING).header.reply_address == "http://127.0.0.1:1/mdms/hes"


def test_story_of_another_day_is_told_in_the_time_of_the_world(host: Host, servers: HttpServers) -> None:
    """A real neighbour would not believe a message of last month."""
    neighbour = Listener()
    host.at_work.neighbours = Neighbourhood({"mdms": servers.serve(neighbour)}, {"hes": "own"}, in_world_time=True)
    command(host, "send")
    command(host, "advance")

    (heard,) = neighbour.heard
    assert abs(wire.read(heard.body, WORDING).header.timestamp - datetime.now(UTC)) < timedelta(minutes=1)


def test_system_that_nobody_leads_sends_by_itself(host: Host, servers: HttpServers) -> None:
    """Nobody has to tell it to advance."""
    neighbour = Listener()
    host.at_work.neighbours = Neighbourhood({"mdms": servers.serve(neighbour)}, {"hes": "own"})
    with SelfMoving(host, NOW, None):
        command(host, "send")
        assert neighbour.has_heard.wait(10)

    assert len(neighbour.heard) == 1


def test_system_that_is_led_waits_to_be_told(host: Host, servers: HttpServers) -> None:
    """Or the same seed would not say the same in the same order."""
    neighbour = Listener()
    with SelfMoving(host, NOW, None):
        command(host, "neighbours", **Neighbourhood({"mdms": servers.serve(neighbour)}, {"hes": "own"}).as_json())
        command(host, "send")
    heard_alone = len(neighbour.heard)
    command(host, "advance")

    assert (heard_alone, len(neighbour.heard)) == (0, 1)


def test_clock_of_its_own_follows_its_messages_until_it_is_led() -> None:
    """Back as well: another story has begun."""
    earlier = NOW - timedelta(days=1)
    clock = ClockOfItsOwn(NOW, None)
    clock.hear(earlier)
    followed = clock.now()
    clock.is_led = True
    clock.hear(NOW)

    assert (followed, clock.now()) == (earlier, earlier)


def test_clock_of_the_world_is_told_the_time_only_while_it_is_led() -> None:
    """Led, it lives on the day of the story."""
    clock = ClockOfItsOwn(NOW, lambda: NOW + timedelta(days=365))
    alone = clock.now()
    clock.is_led = True
    clock.start(NOW)

    assert (alone, clock.now()) == (NOW + timedelta(days=365), NOW)

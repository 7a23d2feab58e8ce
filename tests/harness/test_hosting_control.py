"""The control port of a hosted stand-in: a door with one key."""

import json
from datetime import timedelta

import pytest

from ami import names
from ami.dialect import dialect
from harness.clock_header import CLOCK, clock_header
from harness.hosting import Host
from tests.harness.stand_in import NOW, FakeStandIn, event
from transports.http_server import HttpRequest, HttpResponse

TOKEN = "key"  # noqa: S105 - of a test


@pytest.fixture
def stand_in() -> FakeStandIn:
    """An MDMS."""
    return FakeStandIn(names.MDMS)


@pytest.fixture
def host(stand_in: FakeStandIn) -> Host:
    """The MDMS behind HTTP."""
    return Host(stand_in, lambda _: dialect("2011"), {names.MDMS: "password"}, TOKEN)


def knock(host: Host, path: str, body: bytes = b"{}", authorization: str = f"Bearer {TOKEN}", method: str = "POST") -> HttpResponse:
    """Ask for a path."""
    return host.handle(HttpRequest(method, path, "", {"authorization": authorization, CLOCK: clock_header(NOW, TOKEN)}, body))


def test_command_reaches_the_stand_in(host: Host) -> None:
    """With its arguments and the time; what it says comes back as JSON."""
    response = knock(host, "/control/echo", b'{"a": 1}')

    assert response.status == 200
    assert response.content_type == "application/json"
    assert json.loads(response.body) == {"arguments": {"a": 1}, "now": NOW.isoformat()}


def test_no_arguments_are_none(host: Host) -> None:
    """An empty body is an empty object."""
    assert json.loads(knock(host, "/control/echo", b"").body)["arguments"] == {}


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer wrong", "Bearer kéy", f"Basic {TOKEN}", TOKEN])
def test_without_the_key_the_door_stays_shut(host: Host, stand_in: FakeStandIn, authorization: str) -> None:
    """Whether there is such a command or not."""
    assert {knock(host, path, b'{"seed": 1}', authorization).status for path in ("/control/reset", "/control/nothing")} == {401}
    assert stand_in.resets == []


def test_unknown_command_is_not_found(host: Host, stand_in: FakeStandIn) -> None:
    """The stand-in says so."""
    assert knock(host, "/control/nothing").status == 404
    assert stand_in.commands == ["nothing"]


@pytest.mark.parametrize("command", ["", "../echo", "..%2fecho", "../../etc/passwd", "echo/", "echo/echo", "echo.json", "1", "a b"])
def test_path_that_leads_elsewhere_is_no_command(host: Host, stand_in: FakeStandIn, command: str) -> None:
    """It is not found, and the stand-in never hears of it."""
    assert knock(host, f"/control/{command}").status == 404
    assert stand_in.commands == []


def test_command_is_posted(host: Host) -> None:
    """A GET, which a browser might send by itself, does nothing."""
    assert knock(host, "/control/echo", method="GET").status == 404


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[]", b'"text"', b"null"])
def test_arguments_are_one_json_object(host: Host, body: bytes) -> None:
    """Everything else is a bad request."""
    assert knock(host, "/control/echo", body).status == 400


@pytest.mark.parametrize(
    ("command", "status", "said"), [("jam", 409, "jammed"), ("doubt", 400, "no sense"), ("missing", 404, "unknown 'missing'")]
)
def test_refusal_of_the_stand_in_has_its_reason(host: Host, command: str, status: int, said: str) -> None:
    """No way on from its state, arguments that make no sense, something that it does not know."""
    response = knock(host, f"/control/{command}")

    assert response.status == status
    assert said in json.loads(response.body)["error"]


def test_reset_makes_the_stand_in_forget(host: Host, stand_in: FakeStandIn) -> None:
    """Its seed and its time are told; what it still wanted to send is gone."""
    stand_in.outgoing = [event(names.MDMS, to=names.CIS)]
    knock(host, "/control/send")
    earlier = NOW - timedelta(days=1)

    knock(host, "/control/reset", json.dumps({"seed": "7/x", "now": earlier.isoformat()}).encode())

    assert stand_in.resets == [("7/x", earlier)]
    assert json.loads(knock(host, "/control/advance").body)["sent"] == 0


@pytest.mark.parametrize(
    ("body", "status"), [(b'{"seed": "x", "now": "2026-03-01T00:00:00"}', 400), (b'{"seed": "x"}', 404), (b'{"seed": "x", "now": 7}', 400)]
)
def test_reset_needs_a_moment_with_an_offset(host: Host, stand_in: FakeStandIn, body: bytes, status: int) -> None:
    """Or the stand-in would live in another time zone than the rest."""
    assert knock(host, "/control/reset", body).status == status
    assert stand_in.resets == []


def test_advance_wakes_what_is_due_and_names_what_is_due_next(host: Host, stand_in: FakeStandIn) -> None:
    """What is due later sleeps on."""
    later = NOW + timedelta(hours=1)
    stand_in.due = [NOW, later]

    told = json.loads(knock(host, "/control/advance").body)

    assert stand_in.woken_at == [NOW]
    assert told == {"sent": 0, "due_at": later.isoformat()}


def test_advance_before_anything_is_due_wakes_nobody(host: Host, stand_in: FakeStandIn) -> None:
    """And says when to come again."""
    stand_in.due = [NOW + timedelta(seconds=1)]
    knock(host, "/control/advance")

    assert stand_in.woken_at == []

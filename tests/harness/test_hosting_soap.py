"""What a hosted stand-in makes of what comes in on SOAP: the host refuses what no system should take."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from lxml import etree

from ami import names
from ami.dialect import dialect
from ami.identifiers import derived_id
from ami.messages import EndDeviceControls, Header, Kind, Message, Reply, ReplyError
from harness.clock_header import CLOCK, clock_header
from harness.hosting import Host
from simulators import wire
from tests.harness.stand_in import NOW, FakeStandIn, event, reply
from transports.http_client import basic
from transports.http_server import HttpRequest, HttpResponse

WORDING = dialect("2011")
TOKEN = "key"  # noqa: S105 - of a test
PASSWORDS = {name: f"password of {name}" for name in (names.HES, names.MDMS)}
CREDENTIALS = basic(names.HES, PASSWORDS[names.HES])


@pytest.fixture
def stand_in() -> FakeStandIn:
    """An MDMS."""
    return FakeStandIn(names.MDMS)


@pytest.fixture
def host(stand_in: FakeStandIn) -> Host:
    """The MDMS behind HTTP, which knows a head-end."""
    made = Host(stand_in, lambda _: WORDING, PASSWORDS, TOKEN)
    control(made, "reset", b'{"seed": "7/x", "now": "%s"}' % NOW.isoformat().encode())
    return made


def control(host: Host, command: str, body: bytes = b"{}", at: datetime = NOW) -> HttpResponse:
    """Tell the host something through its control port, at a moment."""
    headers = {"authorization": f"Bearer {TOKEN}", CLOCK: clock_header(at, TOKEN)}
    return host.handle(HttpRequest("POST", f"/control/{command}", "", headers, body))


def post(
    host: Host, body: bytes, authorization: str | None = CREDENTIALS, action: str | None = None, *, too_large: bool = False
) -> HttpResponse:
    """Post bytes to its SOAP port, with the SOAPAction of an event unless told otherwise."""
    headers = {"soapaction": f'"{WORDING.action("created", names.METER_READINGS) if action is None else action}"'}
    if authorization is not None:
        headers["authorization"] = authorization
    return host.handle(HttpRequest("POST", "/soap", "", headers, body, too_large))


def say(host: Host, message: Message) -> Message:
    """The reply to a message of the head-end's."""
    action = WORDING.action(message.header.verb, message.header.noun)
    return wire.read(post(host, wire.write(message, WORDING), action=action).body, WORDING)


def codes(answer: Message) -> list[str]:
    """What a reply says went wrong."""
    assert answer.reply is not None
    return [answer.reply.result, *(error.code for error in answer.reply.errors)]


def faultcode(response: HttpResponse) -> str | None:
    """The code of a SOAP Fault; None where the body is none."""
    return etree.fromstring(response.body).findtext(".//faultcode")


def test_message_of_a_neighbour_is_heard(host: Host, stand_in: FakeStandIn) -> None:
    """With the name by which it was known."""
    message = event(names.HES)
    say(host, message)

    assert stand_in.heard == [replace(message, sender=names.HES)]
    assert stand_in.heard_at == [NOW]


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Basic",
        "Basic äöü",
        "Basic !!!",
        "Basic /w==",
        CREDENTIALS.replace("Basic", "Bearer"),
        CREDENTIALS[:10] + "!" + CREDENTIALS[10:],
        basic(names.HES, "wrong"),
        basic(names.HES, ""),
        basic("stranger", PASSWORDS[names.HES]),
        basic(names.HES, "пароль"),
    ],
)
def test_stranger_is_kept_out(host: Host, stand_in: FakeStandIn, authorization: str | None) -> None:
    """HTTP 401 with a Fault, whatever stands in the place of the credentials; nothing is heard."""
    response = post(host, wire.write(event(names.HES), WORDING), authorization)

    assert (response.status, faultcode(response), stand_in.heard) == (401, "soap:Client", [])
    assert response.headers["www-authenticate"].startswith("Basic")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"<half", "soap:Client"),
        (b'<x xmlns="http://www.w3.org/2003/05/soap-envelope"/>', "soap:Client"),
        (b'<Envelope xmlns="http://www.w3.org/2003/05/soap-envelope"/>', "soap:VersionMismatch"),
        (wire.fault("Server", "busy"), "soap:Client"),
    ],
)
def test_bytes_that_are_no_message_are_answered_by_a_fault(host: Host, stand_in: FakeStandIn, body: bytes, code: str) -> None:
    """HTTP 500, as SOAP over HTTP has it."""
    response = post(host, body)

    assert (response.status, faultcode(response), stand_in.heard) == (500, code, [])


def test_body_that_was_too_large_is_refused(host: Host, stand_in: FakeStandIn) -> None:
    """HTTP 413 with a Fault."""
    response = post(host, b"", too_large=True)

    assert (response.status, faultcode(response), stand_in.heard) == (413, "soap:Client", [])


@pytest.mark.parametrize("action", ["", "http://iec.ch/TC57/2011/MeterReadings/EraseMeterReadings"])
def test_soap_action_must_be_that_of_the_message(host: Host, stand_in: FakeStandIn, action: str) -> None:
    """Or a firewall in front would have let pass another message than the one that is inside."""
    response = post(host, wire.write(event(names.HES), WORDING), action=action)

    assert (response.status, faultcode(response), stand_in.heard) == (500, "soap:Client", [])


def test_soap_action_needs_no_quotes(host: Host) -> None:
    """As some clients send it."""
    headers = {"authorization": CREDENTIALS, "soapaction": WORDING.action("created", names.METER_READINGS)}

    assert host.handle(HttpRequest("POST", "/soap", "", headers, wire.write(event(names.HES), WORDING))).status == 200


def test_message_against_its_schema_fails_with_1_8(host: Host, stand_in: FakeStandIn) -> None:
    """The reply names the request."""
    answer = wire.read(
        post(host, wire.write(event(names.HES), WORDING).replace(b"<MeterReadings ", b"<m:Moos/><MeterReadings ")).body, WORDING
    )

    assert codes(answer) == ["FAILED", "1.8"]
    assert answer.header.correlation_id == "hes-1"
    assert stand_in.heard == []


@pytest.mark.parametrize(
    ("verb", "noun", "source", "code"),
    [
        ("create", names.METER_READ_SCHEDULE, names.HES, "2.5"),
        ("deleted", names.METER_READINGS, names.HES, "2.9"),
        ("created", names.METER_READINGS, names.CIS, "2.14"),
    ],
)
def test_what_the_system_does_not_take_fails(host: Host, stand_in: FakeStandIn, verb: str, noun: str, source: str, code: str) -> None:
    """Another noun, another verb, another's name."""
    kind = Kind.EVENT if verb in names.EVENT_VERBS else Kind.REQUEST

    assert codes(say(host, Message(kind, Header(verb, noun, "m-1", NOW, source)))) == ["FAILED", code]
    assert stand_in.heard == []


def test_reply_of_the_stand_in_is_the_answer(host: Host, stand_in: FakeStandIn) -> None:
    """The first message that names no neighbour; only what names one is left to be sent."""
    stand_in.answer = lambda asked: [
        event(names.MDMS, to=names.CIS),
        reply(asked, names.MDMS, "PARTIAL"),
        reply(asked, names.MDMS, "FAILED"),
    ]

    assert codes(say(host, event(names.HES))) == ["PARTIAL"]
    assert json.loads(control(host, "advance").body)["sent"] == 1


def test_where_the_stand_in_says_nothing_the_answer_is_plain(host: Host) -> None:
    """OK, by an id that follows from the seed, the system and what was asked."""
    assert say(host, event(names.HES)) == Message(
        Kind.RESPONSE,
        Header("reply", names.METER_READINGS, derived_id("7/x", names.MDMS, "reply", "hes-1"), NOW, names.MDMS, "hes-1"),
        Reply("OK", (ReplyError("0.0", "INFORM"),)),
    )


def test_later_reply_is_answered_plainly(host: Host, stand_in: FakeStandIn) -> None:
    """A reply on a connection of its own is heard as one."""
    message = Message(Kind.RESPONSE, Header("reply", names.END_DEVICE_CONTROLS, "r-1", NOW, names.HES, "asked"), Reply("OK"))

    assert codes(say(host, message)) == ["OK", "0.0"]
    assert [heard.kind for heard in stand_in.heard] == [Kind.RESPONSE]


def test_time_is_told_by_who_knows_the_key(host: Host, stand_in: FakeStandIn) -> None:
    """In a header of any request; it never goes back, and a wrong key tells nothing."""
    for at, key in [(NOW + timedelta(hours=1), TOKEN), (NOW, TOKEN), (NOW + timedelta(hours=2), "guessed")]:
        headers = {
            "authorization": CREDENTIALS,
            "soapaction": WORDING.action("created", names.METER_READINGS),
            CLOCK: clock_header(at, key),
        }
        host.handle(HttpRequest("POST", "/soap", "", headers, wire.write(event(names.HES), WORDING)))

    assert stand_in.heard_at == [NOW + timedelta(hours=1)] * 3


@pytest.mark.parametrize(
    ("method", "path", "status"), [("POST", "/", 404), ("POST", "/soap/x", 404), ("PUT", "/soap", 405), ("GET", "/soap", 404)]
)
def test_nothing_else_is_served(host: Host, method: str, path: str, status: int) -> None:
    """One path, one method."""
    assert host.handle(HttpRequest(method, path, "", {"authorization": CREDENTIALS}, b"")).status == status


def test_method_that_is_not_allowed_is_told_which_are(host: Host) -> None:
    """As HTTP demands of a 405."""
    assert host.handle(HttpRequest("DELETE", "/soap", "", {}, b"")).headers["allow"] == "GET, HEAD, POST"


def test_wsdl_and_its_schemas_are_served_to_everybody(host: Host) -> None:
    """The WSDL names the schemas by the addresses at which they are."""
    host.own_address = "http://mdms.test"
    served = host.handle(HttpRequest("GET", "/soap", "WSDL", {}, b""))
    schema = host.handle(HttpRequest("GET", "/soap", "xsd=MeterReadings.xsd", {}, b""))

    assert (served.status, schema.status) == (200, 200)
    assert b"http://mdms.test/soap" in served.body
    assert b'schemaLocation="http://mdms.test/soap?xsd=MeterReadings.xsd"' in served.body
    assert (
        b'schemaLocation="http://mdms.test/soap?xsd=Message.xsd"'
        in host.handle(HttpRequest("GET", "/soap", "xsd=MeterServiceRequests.xsd", {}, b"")).body
    )
    assert etree.fromstring(schema.body).get("targetNamespace") == WORDING.payload(names.METER_READINGS)


def test_request_with_a_payload_that_the_stand_in_never_sees_stays_outside(host: Host, stand_in: FakeStandIn) -> None:
    """A proper control command, sent to a system that takes none."""
    message = Message(Kind.REQUEST, Header("create", names.END_DEVICE_CONTROLS, "c-1", NOW, names.HES), payload=EndDeviceControls(()))

    assert codes(say(host, message)) == ["FAILED", "2.9"]
    assert stand_in.heard == []

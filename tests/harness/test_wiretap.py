"""The wiretap: all that crosses a wire is kept as the bytes that it was, and nothing is changed on its way."""

from datetime import UTC, datetime, timedelta

import pytest

from ami.names import Wire
from harness.clock_header import CLOCK, clock_header, told_moment
from harness.wiretap import DELIBERATE, Captured, Fault, Wiretap
from tests.transports.listener import Listener
from transports.http_server import HttpRequest, HttpResponse, HttpServers

NOW = datetime(2026, 3, 3, tzinfo=UTC)
DELIVERY = Wire("hes", "mdms")
NO_TEXT = b"\xff\xfe\x00<a>\r\n</a> "


@pytest.fixture
def mdms() -> Listener:
    """An MDMS that answers in bytes that are no text."""
    return Listener(HttpResponse(500, NO_TEXT[::-1], "text/strange", {"www-authenticate": "Basic", "x-own": "secret"}))


@pytest.fixture
def tap(mdms: Listener, servers: HttpServers) -> Wiretap:
    """A tap with the MDMS behind it."""
    return tapped({}, mdms, servers)


def tapped(faults: dict[Wire, Fault], mdms: Listener, servers: HttpServers) -> Wiretap:
    """A tap with faults on its wires."""
    made = Wiretap(lambda: NOW, faults)
    made.target_of = {"mdms": servers.serve(mdms) + "/soap"}
    return made


def request(path: str = "/hes/mdms", body: bytes = b"<a/>", method: str = "POST", query: str = "", **headers: str) -> HttpRequest:
    """A request to the tap; underscores in the names of headers stand for hyphens."""
    return HttpRequest(method, path, query, {name.replace("_", "-"): value for name, value in headers.items()}, body)


def captured(tap: Wiretap) -> list[Captured]:
    """What the tap kept."""
    return tap.take()[0]


def test_bytes_pass_unchanged_both_ways(tap: Wiretap, mdms: Listener) -> None:
    """Even those that are no text; status and content type come back as they were."""
    response = tap.handle(request(body=NO_TEXT, content_type="text/odd", soapaction='"urn:x"', authorization="Basic eDp5"))

    (heard,) = mdms.heard
    assert (heard.path, heard.body) == ("/soap", NO_TEXT)
    assert [heard.headers[name] for name in ("content-type", "soapaction", "authorization")] == ["text/odd", '"urn:x"', "Basic eDp5"]
    assert (response.status, response.body, response.content_type) == (500, NO_TEXT[::-1], "text/strange")
    assert response.headers == {"www-authenticate": "Basic"}


def test_both_legs_of_an_exchange_are_kept(tap: Wiretap) -> None:
    """A request and its reply share a number; the reply comes from where the wire leads to."""
    tap.handle(request(body=NO_TEXT, soapaction='"urn:x"'))

    assert captured(tap) == [
        Captured(1, 1, DELIVERY, "request", "hes", NOW, 0, "urn:x", NO_TEXT),
        Captured(2, 1, DELIVERY, "reply", "mdms", NOW, 500, None, NO_TEXT[::-1]),
    ]


def test_only_headers_that_are_judged_are_kept(tap: Wiretap) -> None:
    """Content-Type and SOAPAction as they came; no password, and nothing else."""
    tap.handle(request(content_type="text/odd", soapaction='"urn:x"', authorization="Basic eDp5", x_own="secret"))

    assert [message.headers for message in captured(tap)] == [
        {"content-type": "text/odd", "soapaction": '"urn:x"'},
        {"content-type": "text/strange"},
    ]


def test_each_exchange_has_a_number_of_its_own(tap: Wiretap) -> None:
    """Across wires; what was taken is not taken again."""
    tap.handle(request())
    tap.handle(request("/cis/mdms"))

    assert [(message.number, message.exchange, str(message.wire)) for message in captured(tap)] == [
        (1, 1, "hes->mdms"),
        (2, 1, "hes->mdms"),
        (3, 2, "cis->mdms"),
        (4, 2, "cis->mdms"),
    ]
    assert captured(tap) == []


def test_credentials_are_never_kept(tap: Wiretap) -> None:
    """A record is shown around."""
    tap.handle(request(authorization="Basic c2VjcmV0"))

    assert "c2VjcmV0" not in repr(captured(tap))


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/hes/mars"),
        ("POST", "/mars/mdms"),
        ("POST", "/hes"),
        ("POST", "/"),
        ("POST", "/hes/mdms/x"),
        ("PUT", "/hes/mdms"),
        ("GET", "/hes/mars"),
    ],
)
def test_there_are_no_other_wires(tap: Wiretap, mdms: Listener, method: str, path: str) -> None:
    """Neither to nor from a system that there is not."""
    assert tap.handle(request(path, method=method)).status == 404
    assert (mdms.heard, tap.take()) == ([], ([], []))


def test_target_that_does_not_answer_is_told_of(tap: Wiretap) -> None:
    """The sender gets HTTP 502; the request was on the wire, a reply was not."""
    with HttpServers() as gone:
        tap.target_of["mdms"] = gone.serve(Listener())

    assert tap.handle(request()).status == 502
    messages, unreachable = tap.take()
    assert [message.leg for message in messages] == ["request"]
    assert [str(lost) for lost in unreachable] == [f"hes->mdms: {tap.target_of['mdms']} does not answer: no connection"]


def test_message_that_even_the_tap_cannot_hold_is_not_passed_on_empty(tap: Wiretap, mdms: Listener) -> None:
    """Without its body it would be another message."""
    response = tap.handle(HttpRequest("POST", "/hes/mdms", "", {}, b"", too_large=True))

    assert (response.status, mdms.heard) == (413, [])
    assert [str(lost) for lost in tap.take()[1]] == ["hes->mdms: a message is larger than the wiretap takes"]


def test_deliberate_message_is_marked_and_the_mark_ends_here(tap: Wiretap, mdms: Listener) -> None:
    """The system under test must not learn that it is tested; the answer is not deliberate."""
    tap.handle(HttpRequest("POST", "/tester/mdms", "", {DELIBERATE: "yes"}, b"<a/>"))

    assert [message.is_deliberate for message in captured(tap)] == [True, False]
    assert DELIBERATE not in mdms.heard[0].headers


def test_time_is_told_to_those_whose_clock_is_ours(tap: Wiretap, mdms: Listener) -> None:
    """A real system gets no such header."""
    tap.handle(request())
    tap.token_of["mdms"] = "key"
    tap.handle(request())

    assert [CLOCK in heard.headers for heard in mdms.heard] == [False, True]
    assert told_moment(mdms.heard[1].headers, "key") == NOW


def test_both_ends_of_a_wire_have_heard_something(tap: Wiretap) -> None:
    """A message on one end, an answer on the other; asked again, nobody has."""
    tap.handle(request())

    assert tap.heard() == {"hes", "mdms"}
    assert tap.heard() == set()


def test_documents_pass_and_are_no_messages(tap: Wiretap, mdms: Listener) -> None:
    """A WSDL that is read through the tap."""
    response = tap.handle(request(method="GET", query="wsdl"))

    assert (response.status, response.body, response.content_type) == (500, NO_TEXT[::-1], "text/strange")
    assert [(heard.method, heard.path, heard.query) for heard in mdms.heard] == [("GET", "/soap", "wsdl")]
    assert captured(tap) == []


def test_documents_of_a_dead_system_are_unreachable(tap: Wiretap) -> None:
    """The environment's fault, not a crash of ours."""
    with HttpServers() as gone:
        tap.target_of["mdms"] = gone.serve(Listener())

    assert tap.handle(request(method="GET", query="wsdl")).status == 502
    assert len(tap.take()[1]) == 1


def test_fault_on_a_request_is_what_was_on_the_wire(mdms: Listener, servers: HttpServers) -> None:
    """What arrives twice is two exchanges; the sender gets one answer. The other wires are as they were."""
    twice = Fault("twice", lambda body: (body, body + b"again"), lambda body: body)
    tap = tapped({DELIVERY: twice}, mdms, servers)
    tap.handle(request(body=b"a"))
    tap.handle(request("/cis/mdms", body=b"b"))

    assert [heard.body for heard in mdms.heard] == [b"a", b"aagain", b"b"]
    assert [(message.exchange, message.body) for message in captured(tap) if message.leg == "request"] == [
        (1, b"a"),
        (2, b"aagain"),
        (3, b"b"),
    ]


def test_fault_on_a_reply_is_what_arrives(mdms: Listener, servers: HttpServers) -> None:
    """The sender and the record see the same."""
    tap = tapped({DELIVERY: Fault("mute", lambda body: (body,), lambda _: b"other")}, mdms, servers)

    assert tap.handle(request()).body == b"other"
    assert [message.body for message in captured(tap) if message.leg == "reply"] == [b"other"]


def test_fault_may_swallow_a_message(mdms: Listener, servers: HttpServers) -> None:
    """Nothing arrives, nothing was on the wire, and the sender waits in vain."""
    tap = tapped({DELIVERY: Fault("swallow", lambda _: (), lambda body: body)}, mdms, servers)

    assert tap.handle(request()).status == 504
    assert (mdms.heard, tap.take()) == ([], ([], []))


def test_stand_in_is_told_the_time_of_the_story_whatever_messages_are_stamped_with(tap: Wiretap, mdms: Listener) -> None:
    """Where the world's clock rules, the two are weeks apart."""
    tap.token_of["mdms"] = "key"
    tap.story_now = lambda: NOW - timedelta(days=30)
    tap.handle(request())

    assert mdms.heard[0].headers[CLOCK] == clock_header(NOW - timedelta(days=30), "key")
    assert {message.at for message in tap.take()[0]} == {NOW}

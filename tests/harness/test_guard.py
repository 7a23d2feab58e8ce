"""Who is believed at the door of a stand-in, and who is not."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import get_args
from urllib.parse import urlencode

import pytest

from ami import names
from ami.names import Wire
from harness.credentials import Credentials
from harness.environment import Environment
from harness.guard import TOKEN_PATH, Guard, RefusedError
from harness.protection import Demand
from tests.pki import Authority
from transports.http_client import basic
from transports.http_server import HttpRequest, HttpServers
from transports.security import username_token
from transports.security.envelope import parsed, written

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PASSWORDS = {names.HES: "hes password", names.CIS: "cis password"}
ENVELOPE = b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><a/></s:Body></s:Envelope>'
RIGHT = basic("hes", "hes password")
WRONG = "a guess"
AUTHORITY = Authority()


def request(authorization: str = "", body: bytes = ENVELOPE) -> HttpRequest:
    """What comes to the door."""
    return HttpRequest("POST", "/soap", "", {"authorization": authorization} if authorization else {}, body)


def with_token(user: str = names.HES, password: str | None = None, nonce: bytes = b"n" * 16, at: datetime = NOW) -> bytes:
    """An envelope with a UsernameToken."""
    envelope = parsed(ENVELOPE)
    username_token.add(envelope, user, password or PASSWORDS[names.HES], nonce, at)
    return written(envelope)


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Basic",
        "Basic !",
        basic("hes", "wrong"),
        basic("stranger", "x"),
        "Bearer hes",
        basic("hes", "hes password").replace("Basic", "Digest"),
    ],
)
def test_basic_believes_nobody_else(authorization: str) -> None:
    """And says what should be brought."""
    with pytest.raises(RefusedError) as caught:
        Guard().sender(request(authorization), PASSWORDS, NOW)
    assert caught.value.challenge == 'Basic realm="metergate"'


def test_basic_believes_a_known_name_with_its_password() -> None:
    """That is the sender."""
    assert Guard().sender(request(basic("hes", "hes password")), PASSWORDS, NOW) == "hes"


def test_password_that_was_right_once_is_wrong_after_a_change() -> None:
    """A run that leads a stand-in brings passwords of its own."""
    guard = Guard()
    assert [guard.sender(request(RIGHT), PASSWORDS, NOW) for _ in range(2)] == ["hes", "hes"]
    with pytest.raises(RefusedError):
        guard.sender(request(RIGHT), {names.HES: "another"}, NOW)
    assert guard.sender(request(RIGHT), PASSWORDS, NOW) == "hes"


def token_of(guard: Guard, authorization: str, form: str = "grant_type=client_credentials") -> tuple[int, bytes]:
    """What the token endpoint says."""
    asked = HttpRequest("POST", TOKEN_PATH, "", {"authorization": authorization}, form.encode())
    answer = guard.token(asked, PASSWORDS)
    return answer.status, answer.body


def test_token_is_given_for_a_password_and_believed(servers: HttpServers) -> None:
    """By the client credentials of OAuth 2, through a library that knows nothing of us."""
    guard = Guard(("bearer",))
    address = servers.serve(lambda asked: guard.token(asked, PASSWORDS))
    settings = {"address": f"{address}/soap", "demands": ["bearer"]}
    environment = Environment.model_validate({"systems": {"mdms": settings}})
    authorization = Credentials(environment, PASSWORDS | {"tester": "x"}).protect(Wire("hes", "mdms"), ENVELOPE, NOW).authorization

    assert authorization is not None
    assert guard.sender(request(authorization), PASSWORDS, NOW) == "hes"


@pytest.mark.parametrize(
    ("authorization", "form", "expected"),
    [
        (basic("hes", "wrong"), "grant_type=client_credentials", (401, b'{"error": "invalid_client"}')),
        (basic("hes", "hes password"), "grant_type=password", (400, b'{"error": "unsupported_grant_type"}')),
        (basic("hes", "hes password"), "", (400, b'{"error": "unsupported_grant_type"}')),
    ],
)
def test_token_is_refused_as_the_standard_has_it(authorization: str, form: str, expected: tuple[int, bytes]) -> None:
    """RFC 6749, section 5.2."""
    assert token_of(Guard(("bearer",)), authorization, form) == expected


def test_token_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing but a token of its own was ever good."""
    guard = Guard(("bearer",))
    monkeypatch.setattr("harness.guard.TOKEN_LASTS_S", 0.0)
    _, body = token_of(guard, basic("hes", "hes password"))
    token = body.decode().split('"')[3]
    for authorization in (f"Bearer {token}", "Bearer x", "", basic("hes", "hes password")):
        with pytest.raises(RefusedError, match="a token from /token"):
            guard.sender(request(authorization), PASSWORDS, NOW)


def test_username_token_is_believed_once() -> None:
    """Its nonce is used up by that; another nonce is another token."""
    guard = Guard(("username-token",))
    assert guard.sender(request(body=with_token()), PASSWORDS, NOW) == "hes"
    with pytest.raises(RefusedError, match="nonce of the UsernameToken was used before"):
        guard.sender(request(body=with_token()), PASSWORDS, NOW)
    assert guard.sender(request(body=with_token(nonce=b"m" * 16)), PASSWORDS, NOW) == "hes"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (ENVELOPE, "a UsernameToken with a digest, a nonce and Created is required"),
        (with_token(password=WRONG), "proves no known name and password"),
        (with_token("stranger"), "proves no known name and password"),
        (with_token(at=NOW - timedelta(minutes=6)), "was created at 2026-03-01T11:54:00.000Z, and it is 2026-03-01T12:00:00Z"),
        (with_token(at=NOW + timedelta(minutes=6)), "was created at"),
        (b"<a/>", "not a SOAP envelope"),
    ],
)
def test_username_token_that_proves_nothing_is_refused(body: bytes, why: str) -> None:
    """With the reason."""
    with pytest.raises(RefusedError, match=why):
        Guard(("username-token",)).sender(request(body=body), PASSWORDS, NOW)


def protected(monkeypatch: pytest.MonkeyPatch, source: str, common_name: str, *demands: Demand) -> bytes:
    """A message of `source` to an MDMS with such demands, signed with a certificate of that name."""
    certificate, key = AUTHORITY.issue(common_name)
    monkeypatch.setenv("T_CERTIFICATE", certificate.decode())
    monkeypatch.setenv("T_KEY", key.decode())
    tls = {"certificate": "env:T_CERTIFICATE", "key": "env:T_KEY"}
    environment = Environment.model_validate({"systems": {source: {"tls": tls}, "mdms": {"demands": demands}}})
    return Credentials(environment, PASSWORDS).protect(Wire(source, "mdms"), ENVELOPE, NOW).body


def test_signer_is_the_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    """By the name in the certificate."""
    body = protected(monkeypatch, "hes", "hes", "signature")
    assert Guard(("signature",), AUTHORITY.ca).sender(request(body=body), PASSWORDS, NOW) == "hes"


@pytest.mark.parametrize(("minutes", "is_believed"), [(-6, False), (-4, True), (9, True), (11, False)])
def test_signature_is_for_its_time(monkeypatch: pytest.MonkeyPatch, minutes: int, is_believed: bool) -> None:
    """Five minutes from its making, and five more for clocks that differ."""
    body = protected(monkeypatch, "hes", "hes", "signature")
    guard = Guard(("signature",), AUTHORITY.ca)
    if is_believed:
        assert guard.sender(request(body=body), PASSWORDS, NOW + timedelta(minutes=minutes)) == "hes"
        return
    with pytest.raises(RefusedError, match="for another time"):
        guard.sender(request(body=body), PASSWORDS, NOW + timedelta(minutes=minutes))


def test_all_that_is_demanded_has_to_say_the_same_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A head-end's password under the signature of billing is nobody's."""
    body = protected(monkeypatch, "hes", "cis", "basic", "signature")
    with pytest.raises(RefusedError, match="says to be from cis and from hes"):
        Guard(("basic", "signature"), AUTHORITY.ca).sender(request(basic("hes", "hes password"), body), PASSWORDS, NOW)


def test_signature_of_the_house_leaves_the_name_to_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    """A certificate that names no system proves where it comes from, and the password who it is."""
    body = protected(monkeypatch, "hes", "Example Utility", "basic", "signature")
    guard = Guard(("basic", "signature"), AUTHORITY.ca)
    assert guard.sender(request(basic("hes", "hes password"), body), PASSWORDS, NOW) == "hes"
    with pytest.raises(RefusedError):
        Guard(("signature",), AUTHORITY.ca).sender(request(body=body), PASSWORDS, NOW)


@pytest.mark.parametrize("missing", get_args(Demand))
def test_each_demand_is_made_alone(missing: Demand) -> None:
    """Right Basic credentials are no way around another demand, and nothing at all around none."""
    authorization = "" if missing == "basic" else basic("hes", "hes password")
    with pytest.raises(RefusedError):
        Guard((missing,), AUTHORITY.ca).sender(request(authorization), PASSWORDS, NOW)


def test_header_is_not_base64_of_latin_letters() -> None:
    """What is no UTF-8 inside is no name."""
    with pytest.raises(RefusedError):
        Guard().sender(request("Basic " + b64encode(b"h\xe9s:x").decode()), PASSWORDS, NOW)


def test_form_is_read_as_it_is_written() -> None:
    """With other fields beside the grant."""
    form = urlencode({"scope": "ami", "grant_type": "client_credentials"})
    assert token_of(Guard(("bearer",)), basic("cis", "cis password"), form)[0] == 200

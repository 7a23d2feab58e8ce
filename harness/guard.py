"""Who is at the door of a stand-in: what a message brings with it proves who sends it, or it is refused."""

import base64
import hmac
import json
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs

from harness.protection import Demand
from transports.http_server import HttpRequest, HttpResponse
from transports.security import signature, username_token
from transports.security.envelope import Element, NoEnvelopeError, parsed
from transports.security.signature import SignatureError

TOKEN_PATH: Final = "/token"  # noqa: S105 - where tokens are to be had is no secret
TOKEN_LASTS_S: Final = 300.0
FRESH: Final = timedelta(minutes=5)
"""How far the time of a token or a signature may be from ours."""

MOST_NONCES: Final = 100_000

Passwords = Mapping[str, str]
World = Callable[[], datetime]


class RefusedError(Exception):
    """Why nobody is believed. challenge: what HTTP says should be brought instead; None where HTTP has no word for it."""

    def __init__(self, reason: str, challenge: str | None = None) -> None:
        super().__init__(reason)
        self.challenge = challenge


class Guard:
    """The demands of one stand-in. ca: the certificates that signers are vouched for by."""

    def __init__(self, demands: tuple[Demand, ...] = ("basic",), ca: bytes | None = None) -> None:
        self._demands = demands
        self._ca = ca
        self._of_header: dict[str, str] = {}
        self._of_passwords: Passwords = {}
        self._tokens: dict[str, tuple[str, float]] = {}
        self._nonces: OrderedDict[tuple[str, bytes], None] = OrderedDict()

    def sender(self, request: HttpRequest, passwords: Passwords, now: datetime) -> str:
        """Whom all that is demanded says to be at the door. now: on the stand-in's own clock.

        Raises RefusedError where something is missing or wrong, or one thing says another name than the other.
        """
        if self._demands == ("basic",):
            return self._basic(request, passwords, now)
        said = {demand: self._checks()[demand](request, passwords, now) for demand in self._demands}
        claimed = {name for name in said.values() if name in passwords}
        if len(claimed) != 1:
            raise RefusedError(f"the message says to be from {' and from '.join(sorted(set(said.values())))}")
        return claimed.pop()

    def _checks(self) -> Mapping[Demand, Callable[[HttpRequest, Passwords, datetime], str]]:
        return {"basic": self._basic, "bearer": self._bearer, "username-token": self._username_token, "signature": self._signature}

    def _basic(self, request: HttpRequest, passwords: Passwords, _: datetime) -> str:
        if passwords is not self._of_passwords:
            self._of_header, self._of_passwords = {}, passwords
        header = request.headers.get("authorization", "")
        user = self._of_header.get(header) or known_by_basic(request, passwords)
        if user is None:
            raise RefusedError("authentication required: name and password of a known system", 'Basic realm="metergate"')
        # Headers that were right once: as many as there are names, for as long as the passwords are these.
        self._of_header[header] = user
        return user

    def _bearer(self, request: HttpRequest, _: Passwords, __: datetime) -> str:
        scheme, _space, token = request.headers.get("authorization", "").partition(" ")
        name, ends_at = self._tokens.get(token, ("", 0.0)) if scheme.lower() == "bearer" else ("", 0.0)
        if time.monotonic() >= ends_at:
            raise RefusedError(f"authentication required: a token from {TOKEN_PATH}", 'Bearer realm="metergate", error="invalid_token"')
        return name

    def _username_token(self, request: HttpRequest, passwords: Passwords, now: datetime) -> str:
        token = username_token.found(_envelope(request))
        if token is None or token.created_at is None:
            raise RefusedError("a UsernameToken with a digest, a nonce and Created is required")
        if not token.proves(passwords.get(token.username, secrets.token_hex())):
            raise RefusedError("the UsernameToken proves no known name and password")
        if abs(now - token.created_at) > FRESH:
            raise RefusedError(f"the UsernameToken was created at {token.created}, and it is {now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
        if (token.username, token.nonce) in self._nonces:
            raise RefusedError("the nonce of the UsernameToken was used before")
        self._nonces[token.username, token.nonce] = None
        if len(self._nonces) > MOST_NONCES:
            self._nonces.popitem(last=False)
        return token.username

    def _signature(self, request: HttpRequest, _: Passwords, now: datetime) -> str:
        try:
            signed = signature.verified(_envelope(request), self._ca or b"", datetime.now(UTC))
        except SignatureError as error:
            raise RefusedError(str(error)) from None
        if not signed.created_at - FRESH <= now <= signed.expires_at + FRESH:
            raise RefusedError("the signature was made for another time")
        return signed.signer

    def token(self, request: HttpRequest, passwords: Passwords) -> HttpResponse:
        """The answer of the token endpoint: RFC 6749, client credentials."""
        asked = parse_qs(request.body.decode("utf-8", errors="replace"))
        name = known_by_basic(request, passwords)
        if name is None:
            return _json(HTTPStatus.UNAUTHORIZED, {"error": "invalid_client"}, {"www-authenticate": 'Basic realm="metergate"'})
        if asked.get("grant_type") != ["client_credentials"]:
            return _json(HTTPStatus.BAD_REQUEST, {"error": "unsupported_grant_type"})
        now = time.monotonic()
        self._tokens = {token: kept for token, kept in self._tokens.items() if kept[1] > now}
        made = secrets.token_urlsafe(32)
        self._tokens[made] = name, now + TOKEN_LASTS_S
        return _json(HTTPStatus.OK, {"access_token": made, "token_type": "Bearer", "expires_in": int(TOKEN_LASTS_S)})


def known_by_basic(request: HttpRequest, passwords: Passwords) -> str | None:
    """The name that HTTP Basic gives, with its password; None for anything else."""
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError:
        # Not base64, not even ASCII, or not UTF-8 inside.
        return None
    known = passwords.get(user)
    return user if known is not None and hmac.compare_digest(known.encode(), password.encode()) else None


def _envelope(request: HttpRequest) -> Element:
    try:
        return parsed(request.body)
    except NoEnvelopeError as error:
        raise RefusedError(str(error)) from None


def _json(status: int, value: object, headers: Mapping[str, str] | None = None) -> HttpResponse:
    return HttpResponse(status, json.dumps(value).encode(), "application/json", {"cache-control": "no-store", **(headers or {})})

"""What goes with a message so that its receiver believes who sends it, as each receiver demands it."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from ami import names
from ami.errors import ConfigurationError
from ami.names import Wire
from harness.environment import Environment, secret
from harness.guard import TOKEN_PATH
from harness.protection import Demand
from transports import http_client
from transports.security import signature, tls, username_token
from transports.security.envelope import NoEnvelopeError, parsed, written
from transports.security.oauth import Client, Tokens
from transports.security.signature import SignatureError
from transports.security.tls import Context, Material


class Protected(NamedTuple):
    """A message as it goes out. authorization: its header; None for none."""

    body: bytes
    authorization: str | None


class Credentials:
    """The credentials of all who are played here. passwords: by which each is known to all others."""

    def __init__(self, environment: Environment, passwords: Mapping[str, str]) -> None:
        self._environment = environment
        self._passwords = passwords
        self._tokens = Tokens()
        self._contexts: dict[Wire, Context] = {}
        self._materials = {name: self._read(name) for name in (*names.SYSTEMS, names.TESTER)}

    def demands(self, system: str) -> tuple[Demand, ...]:
        """What a system asks of whoever sends it a message."""
        return self._environment.system(system).demands if system in names.SYSTEMS else ("basic",)

    def ca(self, system: str) -> bytes | None:
        """The certificates that vouch for whoever a system talks to."""
        return self._materials[system].ca

    def server(self, system: str) -> Context:
        """What a system listens with at https. Raises ConfigurationError."""
        return tls.for_server(self._materials[system])

    def tls(self, wire: Wire) -> Context:
        """What the source of a wire connects with at https. Raises ConfigurationError."""
        if wire not in self._contexts:
            self._contexts[wire] = tls.for_client(self._materials[wire.source], self._materials[wire.target])
        return self._contexts[wire]

    def protect(self, wire: Wire, body: bytes, now: datetime) -> Protected:
        """The message of a wire's source with all that its target demands. Bytes that are no envelope stay as they are.

        Raises ConfigurationError where something that is needed is not there, UnreachableError where no token is to be had.
        """
        demands = self.demands(wire.target)
        return Protected(self._enveloped(wire, body, demands, now), self._authorization(wire, demands))

    def refused(self, wire: Wire) -> None:
        """Learn that a message was not taken for want of credentials: a token that was may have ended before its time."""
        if "bearer" in self.demands(wire.target):
            self._tokens.forget(self._client(wire))

    def secrets(self) -> Iterator[tuple[str, str]]:
        """The secrets that tokens are asked for with, under the systems that demand them."""
        for name in names.SYSTEMS:
            asked = self._environment.system(name).oauth
            if asked is not None and asked.client_secret is not None:
                yield name, secret(asked.client_secret) or ""

    def _authorization(self, wire: Wire, demands: tuple[Demand, ...]) -> str | None:
        if "bearer" in demands:
            return self._tokens.bearer(self._client(wire), self.tls(wire), self._environment.environment.timeout_s)
        return http_client.basic(wire.source, self._passwords[wire.source]) if "basic" in demands else None

    def _client(self, wire: Wire) -> Client:
        target = self._environment.system(wire.target)
        asked = target.oauth
        token_url = asked.token_url if asked is not None else None
        if token_url is None:
            if target.address is None:
                raise ConfigurationError(f"[systems.{wire.target}] demands a token: name its address, or oauth.token_url")
            token_url = "/".join(target.address.split("/")[:3]) + TOKEN_PATH
        chosen = secret(asked.client_secret) if asked is not None else None
        client_id = asked.client_id if asked is not None else None
        scope = asked.scope if asked is not None else ""
        return Client(token_url, client_id or wire.source, chosen or self._passwords[wire.source], scope)

    def _enveloped(self, wire: Wire, body: bytes, demands: tuple[Demand, ...], now: datetime) -> bytes:
        if "username-token" not in demands and "signature" not in demands:
            return body
        try:
            envelope = parsed(body)
        except NoEnvelopeError:
            return body
        if "username-token" in demands:
            username_token.add(envelope, wire.source, self._passwords[wire.source], secrets.token_bytes(16), now)
        if "signature" in demands:
            own = self._materials[wire.source]
            if own.certificate is None:
                raise ConfigurationError(f"{wire.target} demands signatures: name certificate and key of {wire.source}")
            try:
                signature.add(envelope, own.certificate, own.key or own.certificate, now, secrets.token_hex(8))
            except SignatureError as error:
                raise ConfigurationError(f"{wire.source}: {error}") from None
        return written(envelope)

    def _read(self, name: str) -> Material:
        """What a system has, filled up from what the harness itself has."""
        of_all = self._environment.environment.tls
        common = of_all.material(self._environment.folder) if of_all is not None else Material()
        of_system = self._environment.system(name).tls if name in names.SYSTEMS else None
        if of_system is None:
            return common
        own = of_system.material(self._environment.folder)
        has_own = own.certificate is not None
        certificate, key = (own.certificate, own.key) if has_own else (common.certificate, common.key)
        return Material(own.ca or common.ca, certificate, key)

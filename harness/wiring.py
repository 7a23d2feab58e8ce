"""The sockets of a landscape: its stand-ins on theirs, the wiretap between all systems, and what each is known by."""

import secrets
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from ami import names
from ami.errors import HarnessError, UnreachableError
from ami.names import Wire
from ami.time_of_use import TimeOfUse
from harness import environment as environments
from harness import hosted, reach, site_control, wiretap
from harness.control_ports import ControlPorts
from harness.credentials import Credentials, Protected
from harness.environment import Environment
from harness.host_clock import Tell
from harness.hosting import SOAP_PATH, Host
from harness.neighbourhood import KNOWN, Neighbourhood
from harness.wiretap import Unreached, Wiretap
from transports import http_client
from transports.http_server import HttpRequest, HttpServers
from transports.security.tls import Context


class Wiring:
    """Who stands where, and how each reaches the others.

    environment: who is simulated and where the others are. tap, ports: of the landscape, to be filled in. now: its time.
    """

    def __init__(self, environment: Environment, tap: Wiretap, ports: ControlPorts, now: Tell) -> None:
        self.hosts: dict[str, Host] = {}
        self.passwords: dict[str, str] = {}
        self._environment = environment
        self._tap = tap
        self._ports = ports
        self._now = now
        self._led: list[str] = []
        self._missed: set[str] = set()
        self._servers = HttpServers()

    def start(self, calendar: TimeOfUse) -> None:
        """Start every stand-in, the tap, and the wires between them; nothing keeps running where one cannot be started."""
        try:
            self._start(calendar)
        except BaseException:
            self._servers.stop()
            raise

    def stop(self) -> None:
        """Let those that stand elsewhere go, and stop all that stands here."""
        try:
            for name in self._led:
                self._ports.take_leave(name)
        finally:
            self._servers.stop()

    def _start(self, calendar: TimeOfUse) -> None:
        hosted.prepare(self._environment)
        for name in KNOWN:
            self.passwords[name] = environments.password(self._environment, name) or secrets.token_urlsafe(18)
        credentials = self._credentials = Credentials(self._environment, self.passwords)
        self._tap.protect, self._tap.refused, self._tap.tls_of = self._protected, credentials.refused, credentials.tls
        self._ports.tls_of = self._tls_of
        for name in names.SYSTEMS:
            system = self._environment.system(name)
            if system.simulated:
                self._host(name, calendar)
                continue
            self._tap.target_of[name] = system.address or ""
            if system.control is not None:
                self._ports.open(name, system.control, environments.control_token(self._environment, name) or "")
            elif system.control_plugin is not None:
                self._ports.plug(name, site_control.load(system.control_plugin, name, system.address or ""))
        reach.ensure(self._environment, names.SYSTEMS, self._tls_of)
        self._listen()
        for name, played in self.hosts.items():
            self._tap.token_of[name] = self._ports.find(name).token
            played.at_work.neighbours = self._neighbourhood(name)
        for name in self._ports.names():
            if self._ports.is_open(name) and name not in self.hosts and self._ports.introduce(name, self._neighbourhood(name)):
                self._led.append(name)
                self._tap.token_of[name] = self._ports.find(name).token

    def _listen(self) -> None:
        """Open the wiretap: where the file says, for those elsewhere, and for our own on the loopback, where that speaks https."""

        def tapped(host: str, port: int, tls: Context | None = None) -> str:
            handle = partial(self._tap.handle, scheme="http" if tls is None else "https")
            return self._servers.serve(handle, host=host, port=port, limit_bytes=wiretap.LIMIT_BYTES, workers=16, tls=tls)

        listen = self._environment.environment.listen
        place = hosted.listening(listen)
        is_secure = (listen or "").startswith("https:")
        self._public_address = tapped(*place, self._credentials.server(names.TESTER) if is_secure else None)
        self.tap_address = tapped("127.0.0.1", 0) if is_secure else self._public_address

    def _host(self, name: str, calendar: TimeOfUse) -> None:
        stand_in = hosted.stand_in(name, self._environment, calendar)
        made = hosted.serve(stand_in, self._environment, self.passwords, self._servers)
        self.hosts[name] = made.host
        self._tap.target_of[name] = made.host.own_address + SOAP_PATH
        self._ports.open(name, made.control, made.token)

    def _neighbourhood(self, name: str) -> Neighbourhood:
        """Whom a system knows: every wire leads through the tap."""
        others = [other for other in KNOWN if other != name]
        real = [other for other in others if other in names.SYSTEMS and other not in self.hosts]
        return Neighbourhood(
            address_of={other: f"{self._tap_for(name)}/{name}/{other}" for other in others},
            passwords=self.passwords,
            reply_to={other: f"{self._public_address}/{other}/{name}" for other in real},
            in_world_time=self._environment.is_in_world_time,
        )

    def _tap_for(self, name: str) -> str:
        """Where a system reaches the wiretap."""
        return self.tap_address if name in self.hosts or name == names.TESTER else self._public_address

    # What each is known by

    def authorization(self, name: str) -> str:
        """The credentials by which `name` is known to all others."""
        return http_client.basic(name, self.passwords[name])

    def logins(self) -> Iterator[tuple[str, str]]:
        """The users and passwords by which systems know each other, and the tokens of control ports under their systems."""
        yield from self.passwords.items()
        for name in self._ports.names():
            yield name, self._ports.find(name).token
        yield from self._credentials.secrets()

    def _tls_of(self, name: str) -> Context:
        """What the harness itself speaks https with to a system."""
        return self._credentials.tls(Wire(names.TESTER, name))

    def _protected(self, wire: Wire, request: HttpRequest) -> Protected | None:
        """What a message goes out as: with all that its target demands where it is ours and gave its right password.

        What a real system sends, and what somebody sends under a wrong name, goes on as it is: to be refused, if it has to be.
        """
        is_ours = wire.source == names.TESTER or wire.source in self._tap.token_of
        if not is_ours or request.headers.get("authorization") != self.authorization(wire.source):
            return None
        now = self._now() if wire.target in self._tap.token_of else datetime.now(UTC)
        return self._credentials.protect(wire, request.body, now)

    # What goes wrong

    def ensure_missed(self) -> None:
        """Look whether the systems that were missed are there again. Raises UnreachableError where one is not."""
        missed, self._missed = self._missed, set()
        try:
            reach.ensure(self._environment, missed, self._tls_of)
        except UnreachableError:
            self._missed = missed
            raise

    def raise_unreachable(self, broken: Sequence[Unreached]) -> None:
        """What cannot be reached is the environment's fault, whatever became of the story."""
        if broken:
            self._missed |= {unreached.wire.target for unreached in broken}
            raise UnreachableError("; ".join(sorted({str(unreached) for unreached in broken})))

    def raise_crashes(self) -> None:
        """A stand-in that crashed is our fault, whatever it made of the conversation."""
        crashes = self._servers.take_crashes()
        if crashes:
            raise HarnessError(f"a stand-in crashed: {_told(crashes[0])}") from crashes[0]


def _told(crash: BaseException) -> str:
    """A crash in one line, with its place."""
    frame = traceback.extract_tb(crash.__traceback__)[-1]
    return f"{type(crash).__name__}: {crash} ({Path(frame.filename).name}:{frame.lineno} {frame.name})"

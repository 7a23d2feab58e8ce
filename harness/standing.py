"""Systems of an environment that stand by themselves until they are stopped, for whoever sends them messages."""

import secrets
import traceback
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Self

from ami import names
from ami.errors import ConfigurationError
from harness import environment as environments
from harness import hosted
from harness.calendar import calendar
from harness.credentials import Credentials
from harness.environment import Environment
from harness.host_clock import world
from harness.hosted import Hosted
from harness.neighbourhood import KNOWN, Neighbourhood
from harness.self_moving import SelfMoving
from transports.http_server import HttpServers


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A neighbour of a standing system, and where it is sent to. password: the environment variable that holds its password, if any."""

    name: str
    address: str
    password: str | None


class Standing:
    """The named systems on their sockets, each moving by itself until a run leads it; a context manager.

    is_direct: neighbours are sent to at their own addresses, although the file says where a wiretap listens.
    """

    def __init__(self, environment: Environment, systems: Sequence[str], *, is_direct: bool = False) -> None:
        self.environment = environment
        self.hosted: dict[str, Hosted] = {}
        self._systems = tuple(systems)
        self._is_direct = is_direct
        self._passwords = {name: environments.password(environment, name) or secrets.token_urlsafe(18) for name in KNOWN}
        self._servers = HttpServers()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Serve each system. Raises ConfigurationError where one has no address, or its port cannot be had."""
        self._stack.callback(self._servers.stop)
        try:
            self._start()
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _start(self) -> None:
        hosted.prepare(self.environment)
        tariff_calendar = calendar(self.environment.zone)
        for name in self._systems:
            stand_in = hosted.stand_in(name, self.environment, tariff_calendar)
            self.hosted[name] = hosted.serve(stand_in, self.environment, self._passwords, self._servers)
        is_real = self.environment.environment.clock == "real"
        for name, made in self.hosted.items():
            addresses = {neighbour.name: neighbour.address for neighbour in self.neighbours(name)}
            back = dict.fromkeys(addresses, made.soap)
            if self._tap is not None:
                back = {neighbour: f"{self._tap}/{neighbour}/{name}" for neighbour in addresses}
            made.host.at_work.neighbours = Neighbourhood(addresses, self._passwords, back)
            if self._tap is None:
                made.host.sending.credentials = Credentials(self.environment, self._passwords)
            self._stack.enter_context(SelfMoving(made.host, world(), world if is_real else None))

    @property
    def _tap(self) -> str | None:
        return None if self._is_direct else self.environment.environment.listen

    def neighbours(self, name: str) -> list[Neighbour]:
        """Where a system sends what is for its neighbours: through the wiretap that the file names, else to them."""
        told = []
        for other in (each for each in names.SYSTEMS if each != name):
            own = self.hosted[other].soap if other in self.hosted else self.environment.system(other).address
            address = f"{self._tap}/{name}/{other}" if self._tap is not None else own
            if address is not None:
                told.append(Neighbour(other, address, self.environment.system(other).password))
        return told

    def crashes(self) -> list[str]:
        """What went wrong in a stand-in since the last call: a fault of ours, with its place."""
        return ["".join(traceback.format_exception(crash)) for crash in self._servers.take_crashes()]


def chosen(named: Sequence[str]) -> tuple[str, ...]:
    """The systems to serve: those that are named, else all. Raises ConfigurationError for one that there is not."""
    for name in named:
        if name not in names.SYSTEMS:
            raise ConfigurationError(f"there is no system {name!r}: choose from {', '.join(names.SYSTEMS)}")
    return tuple(name for name in names.SYSTEMS if name in named or not named)

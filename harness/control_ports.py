"""The control ports of a landscape: what only a stand-in can do is asked for here, and nowhere else."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from ami import names
from ami.errors import ConfigurationError, NotTestedError, RefusedError, UnreachableError, WrongStateError
from ami.ports import Json, SiteControl
from harness import attendance, neighbourhood
from harness.attendance import Attendant
from harness.clock_header import CLOCK, clock_header
from harness.neighbourhood import Neighbourhood
from transports import http_client
from transports.http_client import HttpReply
from transports.security.tls import Context


@dataclass(frozen=True, slots=True)
class ControlPort:
    """Where a control port listens, and the token that opens it."""

    address: str
    token: str


class ControlPorts:
    """Those that there are, by the name of their system. now: the landscape's time, which every command tells."""

    def __init__(self, now: Callable[[], datetime], attendant: Attendant | None = None) -> None:
        self._now = now
        self._attendant = attendant
        self.tls_of: Callable[[str], Context | None] = lambda _: None
        self._ports: dict[str, ControlPort] = {}
        self._plugins: dict[str, SiteControl] = {}

    def open(self, name: str, address: str, token: str) -> None:
        """Take up the control port of a system."""
        self._ports[name] = ControlPort(address, token)

    def plug(self, name: str, control: SiteControl) -> None:
        """Take up a site's own control of a system."""
        self._plugins[name] = control

    def names(self) -> list[str]:
        """The systems that have one, or a site's own control, in the landscape's order."""
        return [name for name in names.SYSTEMS if name in self._ports or name in self._plugins]

    def is_open(self, name: str) -> bool:
        """Whether a system has a control port of its own."""
        return name in self._ports

    def can(self, name: str, command: str) -> bool:
        """Whether a system can be told a command: by its control port, or by the site's own control."""
        return name in self._ports or (name in self._plugins and command in self._plugins[name].commands)

    def find(self, name: str, command: str = "the scenario") -> ControlPort:
        """The control port of a system. Raises NotTestedError where it has none, naming what needs it."""
        if name not in self._ports:
            without = f"with a control of the site that does not know {command!r}" if name in self._plugins else "without a control port"
            raise NotTestedError(f"{names.SYSTEM_TITLES[name]} runs elsewhere {without}, and {command!r} needs one")
        return self._ports[name]

    def introduce(self, name: str, neighbours: Neighbourhood) -> bool:
        """Make a system elsewhere known to its neighbours; whether it is a stand-in of ours, which then does as it is told.

        Raises ConfigurationError where it does not take the token, UnreachableError where it does not answer.
        """
        reply = self._posted(name, neighbourhood.COMMAND, neighbours.as_json())
        if reply.status == HTTPStatus.UNAUTHORIZED:
            raise ConfigurationError(
                f"the control port of {name} does not take the token: set the variable of [systems.{name}] control_token, "
                f"or METERGATE_{name.upper()}_CONTROL_TOKEN, to the token that it knows"
            )
        return reply.status == HTTPStatus.OK

    def take_leave(self, name: str) -> None:
        """Let a system elsewhere do as it likes again, if it is still there."""
        with suppress(UnreachableError):
            self._posted(name, neighbourhood.COMMAND, {})

    def tell(self, name: str, command: str, arguments: Json) -> Callable[[], Json]:
        """Send a command; calling the result gives the answer, or says why there is none.

        Raises NotTestedError where the system has no control port. The result raises WrongStateError where the command
        has no way on from the state that something is in, RefusedError where it makes no sense.
        """
        if name in self._plugins and self.can(name, command):
            return self._plugged(name, command, arguments)
        if name not in self._ports and self._attendant is not None:
            attendance.do(self._attendant, name, command, arguments)
            return dict
        reply = self._posted(name, command, arguments)
        return lambda: _answer(name, reply)

    def _plugged(self, name: str, command: str, arguments: Json) -> Callable[[], Json]:
        try:
            told = self._plugins[name].tell(command, arguments, self._now())
        except WrongStateError:
            raise
        except (LookupError, ValueError) as error:
            raise RefusedError(f"the site's control of {name} refused {command!r}: {error}") from None
        return lambda: told

    def _posted(self, name: str, command: str, arguments: Json) -> HttpReply:
        port = self.find(name, command)
        headers = {
            "authorization": f"Bearer {port.token}",
            "content-type": "application/json",
            CLOCK: clock_header(self._now(), port.token),
        }
        return http_client.post(f"{port.address}/{command}", json.dumps(arguments).encode(), headers, tls=self.tls_of(name))

    def knock(self, name: str, path: str, *, with_key: bool) -> HttpReply:
        """Ask for any path below a control port, with its key or without."""
        port = self.find(name, "control")
        headers = {"authorization": f"Bearer {port.token}"} if with_key else {}
        return http_client.post(f"{port.address}/{path}", b"{}", headers, tls=self.tls_of(name))


def _answer(name: str, reply: HttpReply) -> Json:
    if reply.status == HTTPStatus.OK:
        return json.loads(reply.body)
    is_json = reply.headers.get("content-type") == "application/json"
    said = json.loads(reply.body).get("error", "") if is_json else f"HTTP {reply.status}"
    if reply.status == HTTPStatus.CONFLICT:
        raise WrongStateError(said)
    raise RefusedError(f"the control port of {name} refused: {said}")

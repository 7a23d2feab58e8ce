"""The one place that makes a hosted stand-in of a system of an environment, for `run` as for `up`."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy import Engine

from ami import names
from ami.names import Wire
from ami.ports import StandIn
from ami.time_of_use import TimeOfUse
from harness import stores
from harness.credentials import Credentials
from harness.environment import Environment, control_token, secret
from harness.guard import Guard
from harness.hosted_control import CONTROL_PATH
from harness.hosting import SOAP_PATH, Host
from simulators import wire
from simulators.cis import CustomerInformation
from simulators.hes import HeadEnd
from simulators.mdms import MeterDataManagement
from simulators.oms import OutageManagement
from transports.http_server import HttpRequest, HttpResponse, HttpServers

LOOPBACK = ("127.0.0.1", "localhost")
GRACE_S = 5.0
CONTROL = CONTROL_PATH.rstrip("/")


class Listening(NamedTuple):
    """Where a server listens; port 0 takes any free one."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class Hosted:
    """A stand-in on its sockets. soap, control: the addresses; token: what opens the control port."""

    host: Host
    soap: str
    control: str
    token: str


def prepare(environment: Environment) -> None:
    """Make ready what stand-ins read and write, before any of them listens: schemas are not compiled beside other threads."""
    for spoken in environment.dialects:
        wire.prepare(spoken)


def stand_in(name: str, environment: Environment, tariff_calendar: TimeOfUse) -> StandIn:
    """The stand-in for a system, as its store has it. Raises UnreachableError where the store cannot be used."""
    zone = environment.zone

    def store() -> Engine:
        system = environment.system(name)
        return stores.engine(name, system.store, secret(system.store_password))

    makers: dict[str, Callable[[], StandIn]] = {
        names.HES: lambda: HeadEnd(zone),
        names.MDMS: lambda: MeterDataManagement(zone, tariff_calendar, store()),
        names.CIS: lambda: CustomerInformation(zone, tariff_calendar, store(), environment.environment.currency),
        names.OMS: OutageManagement,
    }
    return makers[name]()


def serve(played: StandIn, environment: Environment, passwords: Mapping[str, str], servers: HttpServers) -> Hosted:
    """Put a stand-in on the network, as its table in the environment file says.

    The control port opens where the file says, or else on the loopback address alone. passwords: of all who may speak
    to it, by name. Raises ConfigurationError where a port cannot be had.
    """
    name = played.name
    system = environment.system(name)
    credentials = Credentials(environment, passwords)
    token = control_token(environment, name) or secrets.token_urlsafe(18)
    host = Host(played, environment.dialect_on, passwords, token)
    # Longer than the wiretap in between waits, so that its word on who is silent arrives.
    host.sending.timeout_s = environment.environment.timeout_s + GRACE_S
    host.guard = Guard(system.demands, credentials.ca(name))
    host.sending.tls_of = lambda neighbour: credentials.tls(Wire(name, neighbour))
    path = urlsplit(system.address or "").path or ("/" if system.address else SOAP_PATH)
    host.soap_paths = frozenset({SOAP_PATH, path})
    place = listening(system.address)
    shares = _shares(system.control, system.address) if system.control else place.host in LOOPBACK
    quick = host.quick if system.store is None else None
    tls = credentials.server(name) if urlsplit(system.address or "").scheme == "https" else None
    answering = host.handle if shares else _without_control(host)
    own_address = servers.serve(answering, quick=quick, host=place.host, port=place.port, tls=tls)
    host.own_address = own_address
    if shares:
        control = own_address + CONTROL
    else:
        apart = listening(system.control)
        control = servers.serve(host.handle, host=apart.host, port=apart.port) + CONTROL
    return Hosted(host, own_address + (path if path != "/" else ""), control, token)


def listening(address: str | None) -> Listening:
    """Host and port to listen on; any free port of the loopback where no address is given."""
    parts = urlsplit(address or "http://127.0.0.1:0")
    return Listening(parts.hostname or "127.0.0.1", parts.port or 0)


def _shares(control: str, address: str | None) -> bool:
    return address is not None and listening(control) == listening(address)


def _without_control(host: Host) -> Callable[[HttpRequest], HttpResponse]:
    """Its SOAP alone: what can break a meter is not for everybody who may send a message."""
    return lambda request: host.handle(request) if not request.path.startswith(CONTROL_PATH) else host.nothing_here()

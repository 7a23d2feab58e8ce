"""What is here: our own listeners, stores and certificates."""

import ipaddress
import os
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from ami import names
from ami.errors import ConfigurationError, UnreachableError
from harness import stores
from harness.credentials import Credentials
from harness.environment import Environment, secret
from harness.hosted import listening
from harness.preflight.check import HERE, Check, doubtful, fine, wrong

LISTENER = "listener"


def checks(environment: Environment, credentials: Credentials) -> Iterator[Check]:
    """Ports that can be had, stores that answer, certificates that can be shown."""
    yield from _listeners(environment, credentials)
    for name in names.SYSTEMS:
        system = environment.system(name)
        if system.simulated and system.store is not None:
            yield _store(name, system.store, secret(system.store_password))
    yield from _reachable(environment)


def _listeners(environment: Environment, credentials: Credentials) -> Iterator[Check]:
    named = {
        f"[systems.{name}] address": (name, environment.system(name).address)
        for name in names.SYSTEMS
        if environment.system(name).simulated
    }
    named["[environment] listen"] = (names.TESTER, environment.environment.listen)
    for setting, (owner, address) in named.items():
        if address is None:
            continue
        place = listening(address)
        try:
            if urlsplit(address).scheme == "https":
                credentials.server(owner)
            with socket.create_server((place.host, place.port)):
                yield fine(HERE, LISTENER, f"{address} can be had")
        except ConfigurationError as error:
            yield wrong(HERE, LISTENER, f"{setting}: {error}", "mend its tls table in the environment file", "configuration")
        except OSError as error:
            mend = f"end what listens there, or name another port in {setting}"
            yield wrong(
                HERE, LISTENER, f"{address} cannot be had ({os.strerror(error.errno) if error.errno else error})", mend, "environment"
            )


def _store(name: str, store: str, password: str | None) -> Check:
    try:
        stores.engine(name, store, password).dispose()
    except UnreachableError as error:
        return wrong(HERE, "store", str(error), f"start it, or mend store of [systems.{name}] in the environment file", "environment")
    return fine(HERE, "store", f"that of {name} can be used")


def _reachable(environment: Environment) -> Iterator[Check]:
    """Whether systems that a run does not introduce to the wiretap can know and reach it."""
    every = {name: environment.system(name) for name in names.SYSTEMS}
    others = [name for name, system in every.items() if not system.simulated and system.control is None]
    far = [name for name in others if not _is_loopback(urlsplit(environment.system(name).address or "").hostname or "")]
    listen = environment.environment.listen
    if others and listen is None:
        mend = "name listen in [environment], and tell it to them"
        yield doubtful(HERE, LISTENER, f"the wiretap takes any free port, which {', '.join(others)} cannot know", mend)
    elif far and listen is not None and _is_loopback(listening(listen).host):
        mend = "name an address in [environment] listen that they reach"
        yield doubtful(HERE, LISTENER, f"{', '.join(far)} on another machine cannot reach {listen}", mend)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

"""Whether the systems that run elsewhere are there at all: asked before a story is told, so that nobody waits for the dead."""

from collections.abc import Callable, Iterable

from ami import names
from ami.errors import UnreachableError
from harness.environment import Environment
from transports import http_client
from transports.security.tls import Context

PATIENCE_S = 5.0
"""A system that lives answers a GET sooner, whatever it answers."""


def ensure(environment: Environment, systems: Iterable[str], tls_of: Callable[[str], Context | None] = lambda _: None) -> None:
    """Look that each of the systems that run elsewhere answers. Raises UnreachableError that says which does not, and what to do."""
    for name in systems:
        system = environment.system(name)
        if system.simulated or system.address is None:
            continue
        try:
            http_client.get(system.address, timeout_s=PATIENCE_S, tls=tls_of(name))
        except UnreachableError as error:
            raise UnreachableError(
                f"{name} ({names.SYSTEM_TITLES[name]}) is not there: {error}; start it, or mend [systems.{name}] in the environment file"
            ) from None

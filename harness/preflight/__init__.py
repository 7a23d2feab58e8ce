"""Before a story is told: what would stop it or make it lie, in one line each, with who can mend it."""

import secrets
from collections.abc import Iterator

from ami import names
from ami.errors import HarnessError
from harness import environment as environments
from harness.credentials import Credentials
from harness.environment import Environment
from harness.neighbourhood import KNOWN
from harness.preflight import elsewhere, here
from harness.preflight.check import Check, Verdict, wrong

__all__ = ["Check", "Verdict", "checks"]


def checks(environment: Environment) -> Iterator[Check]:
    """All checks of a landscape as they come: what is here, then each system that runs elsewhere. Nothing is changed anywhere."""
    try:
        passwords = {name: environments.password(environment, name) or secrets.token_urlsafe(18) for name in KNOWN}
        credentials = Credentials(environment, passwords)
    except HarnessError as error:
        yield wrong("here", "secrets", str(error), "set what the environment file names", "configuration")
        return
    yield from here.checks(environment, credentials)
    for name in names.SYSTEMS:
        if not environment.system(name).simulated:
            yield from elsewhere.checks(environment, credentials, name)

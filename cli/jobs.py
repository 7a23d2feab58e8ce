"""How many processes tell scenarios side by side, and where there can only be one."""

from collections.abc import Iterator

from ami import names
from ami.errors import ConfigurationError
from harness.environment import Environment, password


def options(jobs: int, environment: Environment) -> list[str]:
    """What pytest is told. Raises ConfigurationError where that many cannot share the landscape."""
    if jobs < 1:
        raise ConfigurationError(f"--jobs {jobs}: name a number from 1 on")
    if jobs == 1:
        return []
    for obstacle in _obstacles(environment):
        raise ConfigurationError(f"--jobs {jobs}: {obstacle}; each process needs a landscape of its own: leave --jobs out")
    for name in (*names.SYSTEMS, names.TESTER):
        password(environment, name)  # said here in one line; a worker could only die of it
    return ["-n", str(jobs)]


def _obstacles(environment: Environment) -> Iterator[str]:
    if environment.environment.listen is not None:
        yield f"the wiretap listens on {environment.environment.listen} alone"
    for name in names.SYSTEMS:
        system = environment.system(name)
        if not system.simulated:
            yield f"there is only one {names.SYSTEM_TITLES[name]}, elsewhere"
        elif system.address is not None:
            yield f"the stand-in of the {names.SYSTEM_TITLES[name]} listens on {system.address} alone"

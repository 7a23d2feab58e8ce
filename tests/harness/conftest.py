"""Fixtures: servers for a test."""

from collections.abc import Iterator

import pytest

from tests.harness.tiny import OUTCOMES, Ended, run
from transports.http_server import HttpServers


@pytest.fixture
def servers() -> Iterator[HttpServers]:
    """Servers that stop when the test ends."""
    with HttpServers() as made:
        yield made


@pytest.fixture(scope="session")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """A run with every way in which a scenario can end."""
    return run(tmp_path_factory.mktemp("outcomes"), fat=OUTCOMES)

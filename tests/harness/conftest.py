"""Fixtures: servers for a test."""

from collections.abc import Iterator

import pytest

from transports.http_server import HttpServers


@pytest.fixture
def servers() -> Iterator[HttpServers]:
    """Servers that stop when the test ends."""
    with HttpServers() as made:
        yield made

"""Fixtures: dialects that foreign programs are tried in, and servers for a test."""

from collections.abc import Iterator

import pytest

from transports.http_server import HttpServers


@pytest.fixture(params=["2011", "generic"])
def dialect(request: pytest.FixtureRequest) -> str:
    """A root for each verb and noun, or four roots for all of them."""
    name: str = request.param
    return name


@pytest.fixture
def servers() -> Iterator[HttpServers]:
    """Servers that stop when the test ends."""
    with HttpServers() as made:
        yield made

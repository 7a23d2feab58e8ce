"""One judge for all tests of this folder: its schemas are compiled once."""

import pytest

from conformance.judge import Judge


@pytest.fixture(scope="session")
def judge() -> Judge:
    """A judge of dialect 2011."""
    return Judge()

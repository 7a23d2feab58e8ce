"""A browser for all pages, and one real run to look at."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from reports.run import Run
from reports.site.page import site, write
from tests.reports.site import real_run as running
from tests.reports.site.browser import Watched, browser, watched
from tests.reports.site.real_run import RealRun


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests."""
    with browser() as running:
        yield running


@pytest.fixture
def seen(chromium: Browser) -> Iterator[Watched]:
    """A page on a desk, in light."""
    with watched(chromium) as page:
        yield page


@pytest.fixture(scope="session")
def real_run(tmp_path_factory: pytest.TempPathFactory) -> RealRun:
    """One for all tests that look at it."""
    return running.make(tmp_path_factory.mktemp("real_run"))


@pytest.fixture
def folder(whole_run: Run, tmp_path: Path) -> Path:
    """The site of a run with every outcome and hostile strings."""
    write(site(whole_run), tmp_path)
    return tmp_path

"""A browser for all pages, and one real run to look at."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.reports.site.browser import Watched, browser, watched


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

"""A headless Chromium that reaches no network, for the tests that look at pages from their files."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
TIMEOUT_MS = 20_000


@dataclass
class Watched:
    """A page and what went on behind it. asked_for: every address; complaints: of the browser."""

    page: Page
    asked_for: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def go(self, folder: Path, fragment: str = "overview") -> Page:
        """Open the report in `folder` at one of its places, and wait until it stands."""
        self.page.goto("about:blank")
        self.page.goto(f"{(folder / 'report.html').as_uri()}#{fragment}")
        self.page.locator(f'html[data-ready="#{fragment}"]').wait_for(state="attached")
        return self.page


def executable() -> str | None:
    """Where the browser stands, if there is one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """The browser; the test is skipped where there is none."""
    path = executable()
    if path is None:
        pytest.skip(f"none of {', '.join(NAMES)} is installed")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield running
        running.close()


@contextmanager
def watched(running: Browser, *, dark: bool = False, width: int = 1400, height: int = 900) -> Iterator[Watched]:
    """A page with the network cut; the test fails where anything but a file was asked for."""
    context = running.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", offline=True, accept_downloads=True
    )
    context.set_default_timeout(TIMEOUT_MS)
    made = Watched(context.new_page())
    made.page.on("request", lambda request: made.asked_for.append(request.url))
    made.page.on("console", lambda message: made.complaints.append(message.text))
    made.page.on("pageerror", lambda error: made.complaints.append(str(error)))
    yield made
    context.close()
    assert [address for address in made.asked_for if not address.startswith(("file:", "blob:"))] == []
    assert made.complaints == []

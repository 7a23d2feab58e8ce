"""The pictures of the documentation, made anew from a real run: what three people see, the overview, and a sheet to sign."""

import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page

from tests.reports.site.browser import browser, watched
from tests.reports.site.journeys import a_tester, billing_manager, release_manager
from tests.reports.site.real_run import HOUSE, make

PICTURES = HOUSE / "docs" / "pictures"
WIDTH, HEIGHT = 1280, 860


def _overview(page: Page) -> None:
    page.locator("#causes").wait_for()


def _energy(page: Page) -> None:
    billing_manager(page)
    page.locator(".truth").evaluate("section => section.scrollIntoView()")


def _message(page: Page) -> None:
    a_tester(page)
    page.locator(".traffic").evaluate("section => section.scrollIntoView()")


def _sheet(page: Page) -> None:
    page.get_by_role("navigation", name="Views").get_by_role("link", name="Certificate").click()


SHOWN: dict[str, Callable[[Page], None]] = {
    "report": _overview,
    "report_estimated_bill": _energy,
    "report_faulty_message": _message,
    "report_new_since_last_week": release_manager,
    "report_certificate": _sheet,
}


def main() -> int:
    """Write every picture into docs/pictures."""
    with TemporaryDirectory() as scratch, browser() as running:
        run = make(Path(scratch))
        for name, find in SHOWN.items():
            with watched(running, width=WIDTH, height=HEIGHT) as seen:
                find(seen.go(run.folder))
                seen.page.screenshot(path=PICTURES / f"{name}.png", animations="disabled", scale="css")
    return 0


if __name__ == "__main__":
    sys.exit(main())

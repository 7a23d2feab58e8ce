"""The report page in a browser that reaches no network."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html

from reports.run import Run
from reports.site.page import page
from tests.reports.telling import EVENT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--enable-logging=stderr",
    "--virtual-time-budget=5000",
    "--dump-dom",
)


@dataclass(frozen=True)
class Seen:
    """What the browser made of a page, and what it complained of."""

    root: html.HtmlElement
    complaints: list[str]

    def shown(self) -> list[str]:
        """The outcomes of the scenarios that are not hidden."""
        return [each.get("data-outcome") or "" for each in self.root.iter("article") if each.get("hidden") is None]


def look(source: str, folder: Path, fragment: str = "") -> Seen:
    """Open a page from its file."""
    browser = next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None:
        pytest.skip(f"none of {', '.join(NAMES)} is installed")
    path = folder / "report.html"
    path.write_text(source, "utf-8")
    command = [browser, *OPTIONS, f"--user-data-dir={folder / 'profile'}", f"{path.as_uri()}{fragment}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return Seen(html.document_fromstring(done.stdout), [line for line in done.stderr.splitlines() if "CONSOLE" in line])


def test_page_runs_without_complaint(whole_run: Run, tmp_path: Path) -> None:
    """Its script ran to its end, and every scenario is shown."""
    seen = look(page(whole_run), tmp_path)

    assert seen.complaints == []
    assert seen.root.get("data-ready") == "yes"
    assert len(seen.shown()) == 9


def test_filter_hides_what_is_not_wanted(whole_run: Run, tmp_path: Path) -> None:
    """Without its tick, no passed scenario is shown, and its phase is hidden with it."""
    source = page(whole_run)
    unticked = source.replace('value="passed" checked', 'value="passed"')
    seen = look(unticked, tmp_path)

    assert unticked != source
    assert sorted(seen.shown()) == ["error", "error", "failed", "inconclusive", "not-tested"]
    assert seen.root.get_element_by_id("shown").text_content() == "5 of 9 scenarios shown"
    hidden = [each for each in seen.root.iter("section") if each.get("class") == "phase" and each.get("hidden") is not None]
    assert ["Penetration" in each.text_content() for each in hidden] == [True]


def test_link_to_a_message_opens_it_at_its_mark(whole_run: Run, tmp_path: Path) -> None:
    """The body comes out of its parcel, with the faulty element marked."""
    source = page(whole_run)
    scene = next(each for each in html.document_fromstring(source).iter("article") if each.get("data-outcome") == "failed").get("id")
    seen = look(source, tmp_path, f"#{scene}m3")
    message = seen.root.get_element_by_id(f"{scene}m3")

    assert seen.complaints == []
    rows = [each for each in message.iter("div") if (each.get("class") or "").startswith("line")]
    assert "".join(row.text_content().removeprefix(f"1:{place}") for place, row in enumerate(rows, 1)) == EVENT
    assert [mark.text_content() for mark in message.iter("mark")] == ["<timeStamp>2026-03-10T01:00:00</timeStamp>"]


def test_hostile_message_stays_text(whole_run: Run, tmp_path: Path) -> None:
    """Opened by the script, it makes no element of its own."""
    source = page(whole_run)
    scene = [each.get("id") for each in html.document_fromstring(source).iter("article")][-1]
    seen = look(source, tmp_path, f"#{scene}m4")

    assert seen.complaints == []
    assert "<script>alert('1')</script>" in seen.root.get_element_by_id(f"{scene}m4").text_content()

"""The site against those who know the rules: the validator of HTML, and axe for whoever cannot see or use a mouse."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from reports.run import Run
from reports.site.page import site, write
from tests.reports.site.browser import Watched, watched
from tests.reports.site.real_run import HOUSE, RealRun

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MODULES = HOUSE / "tests" / "node" / "node_modules"
VALIDATOR = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
AXE = MODULES / "axe-core" / "axe.min.js"
VIEWS = ("overview", "scenarios", "findings", "trends", "certificate", "run")
TIMEOUT_S = 120


def errors(*paths: Path) -> list[str]:
    """What the validator says against pages; the test is skipped where it is not installed."""
    java = shutil.which("java")
    if java is None or not VALIDATOR.is_file():
        pytest.skip("the validator of HTML needs java and tests/node/node_modules")
    command = [java, "-jar", str(VALIDATOR), "--exit-zero-always", "--format", "json", "--errors-only", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=True)
    return [f"{message['message']} at {message.get('extract', '')!r}" for message in json.loads(done.stderr)["messages"]]


def violations(page: Page) -> list[str]:
    """What axe holds against the page as it stands, serious or worse."""
    if not AXE.is_file():
        pytest.skip("axe needs tests/node/node_modules")
    page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
    return [
        f"{each['id']} ({each['impact']}): {node['html'][:200]} {node['failureSummary']}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:3]
    ]


def test_validator_finds_no_error(seen: Watched, whole_run: Run, real_run: RealRun, tmp_path: Path) -> None:
    """In the pages as written, with every outcome and hostile strings, and in what the script makes of them."""
    write(site(whole_run), tmp_path / "whole")
    pages = [tmp_path / "whole" / "report.html", real_run.folder / "report.html"]
    for number, (folder, fragment) in enumerate([*((real_run.folder, view) for view in (*VIEWS, "s1", "s4")), (tmp_path / "whole", "s2")]):
        made = tmp_path / f"made-{number}.html"
        page = seen.go(folder, fragment)
        made.write_text("<!doctype html>" + page.locator("html").evaluate("root => root.outerHTML"), "utf-8")
        pages.append(made)

    assert errors(*pages) == []


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious(chromium: Browser, real_run: RealRun, dark: bool) -> None:
    """In any view, in light and dark."""
    with watched(chromium, dark=dark) as seen:
        found = {view: violations(seen.go(real_run.folder, view)) for view in (*VIEWS, "s1", "s4")}

    assert {view: said for view, said in found.items() if said} == {}


def test_narrow_page_does_not_scroll_sideways(chromium: Browser, real_run: RealRun) -> None:
    """On a telephone; only tables, diagrams and messages scroll within themselves."""
    with watched(chromium, width=390, height=800) as seen:
        for view in (*VIEWS, "s1"):
            page = seen.go(real_run.folder, view)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, view

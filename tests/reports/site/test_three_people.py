"""The site of a real run, opened from a file with the network cut: three people find what they came for, and a sheet to sign."""

import json
from pathlib import Path

import pytest

from tests.reports.site.browser import Watched
from tests.reports.site.journeys import BILL, a_tester, billing_manager, release_manager
from tests.reports.site.real_run import RealRun

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_billing_manager_learns_why_a_bill_is_estimated(seen: Watched, real_run: RealRun) -> None:
    """How much, since where it was missing, and at which hours."""
    page = seen.go(real_run.folder)
    billing_manager(page)

    assert page.get_by_role("heading", level=1).inner_text() == BILL
    why = page.locator(".energy .why-so").first.inner_text()
    assert "estimated by meter data management" in why
    assert "already missing at the head-end because the scenario itself disturbed the meter" in why
    bars = page.locator(".ways").first.inner_text()
    assert [word for word in ("measured", "delivered", "validated", "billed") if word in bars] == [
        "measured",
        "delivered",
        "validated",
        "billed",
    ]
    assert "of them 3.500 estimated" in bars
    assert "estimated" in (page.locator(".plot").first.get_attribute("aria-label") or "")


def test_tester_gets_the_raw_faulty_message(seen: Watched, real_run: RealRun, tmp_path: Path) -> None:
    """Marked where it is wrong, explained, and byte for byte as it crossed the wire."""
    page = seen.go(real_run.folder)
    a_tester(page)

    panel = page.locator(".message")
    assert "no gap between the intervals of a block" in panel.locator(".fault").inner_text()
    assert panel.locator(".fault b").all_inner_texts() == ["Expected", "Found", "It means", "Mend it"]
    assert "<timeStamp>" in panel.locator("mark").first.inner_text()
    number = int(panel.get_attribute("data-message") or "0")
    with page.expect_download() as waiting:
        panel.get_by_role("button", name="Download the bytes").click()
    waiting.value.save_as(tmp_path / "got.xml")
    [sent] = [each for scenario in real_run.run.scenarios for each in scenario.messages if each.message == number]
    assert (tmp_path / "got.xml").read_bytes() == sent.content


def test_release_manager_sees_what_is_new_since_last_week(seen: Watched, real_run: RealRun) -> None:
    """What got worse, and which rules were kept then and are broken now."""
    page = seen.go(real_run.folder)
    release_manager(page)

    failed = sum(scenario.outcome == "failed" for scenario in real_run.run.scenarios)
    assert page.locator("#news .said").inner_text().endswith(f": {failed} worse.")
    assert page.locator("#news table.worse tbody tr").count() == failed
    assert page.get_by_role("heading", name="Rules broken now and not then").is_visible()
    page.locator("#news").get_by_role("link", name="MR-06").click()
    page.get_by_role("heading", name="Findings", exact=True).wait_for()


def test_page_claims_what_the_record_holds(seen: Watched, real_run: RealRun) -> None:
    """Scenarios, messages and findings, as machines and as people read them."""
    page = seen.go(real_run.folder, "scenarios")
    scenarios = real_run.run.scenarios
    counts = json.loads(page.locator("#data-counts").text_content() or "")

    assert counts["scenarios"] == len(scenarios) == page.locator(".scene-row").count()
    assert counts["messages"] == sum(len(each.messages) for each in scenarios)
    assert sum(counts["findings"].values()) == sum(len(each.findings) for each in scenarios)


def test_paper_is_a_certificate_to_sign(seen: Watched, real_run: RealRun) -> None:
    """A sheet for each acceptance phase, whatever view is open, and nothing else."""
    page = seen.go(real_run.folder)
    page.emulate_media(media="print")

    sheets = page.locator(".sheet")
    assert [title.replace("\n", " ") for title in sheets.locator("h2").all_inner_texts()] == [
        "Factory acceptance test certificate FAT",
        "Site acceptance test certificate SAT",
        "User acceptance test certificate UAT",
    ]
    assert [said.strip() for said in sheets.locator(".statement").all_inner_texts()] == ["Not passed", "Passed", "Not passed"]
    assert page.locator(".signatures .party:visible").count() == 9
    assert "Wires were made to misbehave on purpose: hes->mdms=drop-interval." in sheets.first.inner_text()
    assert not page.locator(".bar").is_visible()
    assert not page.locator("#overview").is_visible()
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF-")
    assert paper.count(b"/Type /Page\n") >= 3

"""The report in a browser that reaches no network: what its script makes of a record."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from reports.run import read
from reports.site.page import site, write
from tests.reports.site.browser import Watched
from tests.reports.telling import EVENT, Telling

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_list_has_every_scenario_and_a_filter(seen: Watched, folder: Path) -> None:
    """Without its tick no passed scenario is shown, nor a phase that has no other."""
    page = seen.go(folder, "scenarios")
    assert page.locator(".scene-row").count() == 9

    page.get_by_role("checkbox", name="passed").uncheck()

    rows = page.locator(".scene-row")
    assert sorted(rows.nth(place).get_attribute("data-outcome") or "" for place in range(rows.count())) == [
        "error",
        "error",
        "failed",
        "inconclusive",
        "not-tested",
    ]
    assert page.locator("#shown").inner_text() == "5 of 9 scenarios"
    assert not page.get_by_role("heading", name="Penetration").is_visible()


def test_failed_scenario_opens_at_its_faulty_message(seen: Watched, folder: Path) -> None:
    """Drawn as an arrow that is marked, with its body beside it, character for character."""
    page = seen.go(folder, "scenarios")
    page.get_by_role("link", name="A stamp without its offset").click()
    page.locator(".message mark").wait_for()

    assert page.locator(".message mark").inner_text() == "<timeStamp>2026-03-10T01:00:00</timeStamp>"
    assert page.locator(".arrow.error.chosen").get_attribute("aria-label") == (
        "12:03:00 created MeterReadings, message 3 from head-end to meter data management; faulty: MR-03, "
        "expected every reading's timestamp to name its offset from UTC"
    )
    rows = page.locator(".message .xml .line code")
    assert "".join(rows.nth(place).text_content() or "" for place in range(rows.count())) == EVENT


def test_hostile_strings_make_no_element_and_run_nothing(seen: Watched, folder: Path) -> None:
    """Neither in lists nor in an opened scenario, a chosen message, a search or a certificate."""
    seen.page.on("dialog", lambda dialog: seen.complaints.append(dialog.message))
    page = seen.go(folder, "scenarios")
    page.locator(".scene-row a", has_text="alert").click()
    page.locator(".arrow").first.click()
    page.locator(".message .xml").wait_for()
    assert "<script>alert('1')</script>" in page.locator(".message .xml").inner_text()
    page.get_by_role("searchbox").fill("alert")
    page.locator(".hits .scene-row").first.wait_for()
    page.goto(f"{page.url.partition('#')[0]}#certificate")

    assert page.locator("script:not([type])").count() == 1
    assert page.evaluate("document.querySelectorAll('main script').length") == 0


def test_search_finds_by_sentence_rule_and_message_id(seen: Watched, folder: Path) -> None:
    """All words, in any of the texts; an id leads to its message."""
    page = seen.go(folder, "scenarios")
    field, hits = page.get_by_role("searchbox"), page.locator(".hits .scene-row .title a:first-child")

    asked = {"given fault": "The landscape breaks", "MR-03": "A stamp without its offset", "offse": "A stamp without its offset"}
    for query, name in asked.items():
        field.fill(query)
        page.locator("#shown", has_text=f"“{query}”").wait_for()
        assert name in hits.all_inner_texts(), query
    field.fill("nowhere to be found")
    page.get_by_text("No scenario fits.").wait_for()


def test_id_of_a_message_leads_to_it(seen: Watched, telling: Telling, tmp_path: Path) -> None:
    """As copied from another system's log."""
    telling.begin().collect({"name": "A"}).start("A").step("Given a day").message().message(message_id="6f1c-77ab").finish()
    write(site(read(telling.end(passed=1).path)), tmp_path)
    page = seen.go(tmp_path, "scenarios")

    page.get_by_role("searchbox").fill("6F1C-77")
    page.get_by_role("link", name="message 2, created MeterReadings").click()

    page.locator(".message h3", has_text="Message 2").wait_for()
    assert page.locator(".message").get_attribute("data-message") == "2"


def test_message_says_what_of_it_was_not_judged(seen: Watched, telling: Telling, tmp_path: Path) -> None:
    """In its facts, and beside each finding in it; where all of it was judged, nothing is said."""
    telling.begin().collect({"name": "A"}).start("A").step("Given a day").message()
    telling.message(not_judged="meaning (the XML is broken at line 9)").finding().finish("failed")
    write(site(read(telling.end(failed=1).path)), tmp_path)
    page = seen.go(tmp_path, "s1m2")
    page.locator(".message h3", has_text="Message 2").wait_for()

    assert "not judged\nmeaning (the XML is broken at line 9)" in page.locator(".message dl").inner_text()
    assert page.locator(".findings .shown", has_text="not judged: meaning (the XML").count() == 1
    page = seen.go(tmp_path, "s1m1")
    page.locator(".message h3", has_text="Message 1").wait_for()
    assert "not judged" not in page.locator(".message dl").inner_text()


def test_long_traffic_is_drawn_in_part_and_opens_to_the_whole(seen: Watched, telling: Telling, tmp_path: Path) -> None:
    """Around what is faulty, and a link that goes far into it leads there."""
    telling.begin().collect({"name": "A"}).start("A").step("Given a day")
    for _ in range(150):
        telling.message("<a/>")
    telling.message().finding().message("<a/>")
    for _ in range(150):
        telling.message("<b/>")
    write(site(read(telling.finish("failed", "no").end(1).path)), tmp_path)
    page = seen.go(tmp_path, "s1")

    assert 20 < page.locator(".arrow").count() < 60
    assert page.locator(".arrow.error").count() == 1
    page.locator(".gap").first.click()
    assert page.locator(".arrow").count() > 100
    page.goto(f"{page.url.partition('#')[0]}#s1m250")
    page.locator(".message h3", has_text="Message 250").wait_for()
    assert page.locator("#s1m250.chosen").count() == 1


def test_bytes_that_are_no_text_are_handed_out_again(seen: Watched, folder: Path, tmp_path: Path) -> None:
    """Every one of them."""
    page = seen.go(folder, "scenarios")
    page.locator(".scene-row a", has_text="alert").click()
    page.locator(".arrow").nth(1).click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download the bytes").click()
    waiting.value.save_as(tmp_path / "got.bin")

    assert (tmp_path / "got.bin").read_bytes() == bytes.fromhex("00fffedeadbeef")


def test_curve_says_in_words_what_it_draws(seen: Watched, folder: Path) -> None:
    """For those who do not see it."""
    page = seen.go(folder, "scenarios")
    page.get_by_role("link", name="A month of an ordinary household").click()

    page.get_by_role(
        "img",
        name="Energy of M-1 in 48 intervals of 30 minutes. collected: 6 intervals excused; "
        "delivered: 6 intervals excused; validated: 6 intervals estimated.",
    ).wait_for()
    assert "24.000 kWh" in page.locator(".ways").inner_text()
    assert page.locator(".plot canvas").count() == 1


def test_page_without_its_files_says_what_is_missing(seen: Watched, folder: Path) -> None:
    """Somebody has sent the page alone."""
    (folder / "report" / "scenarios-0.js").unlink()
    page = seen.go(folder, "s1")

    assert "report/scenarios-0.js does not stand beside this page" in page.get_by_role("alert").inner_text()
    seen.complaints.clear()


def test_keys_lead_through_messages_and_to_the_search(seen: Watched, folder: Path) -> None:
    """Without a mouse."""
    page = seen.go(folder, "scenarios")
    page.get_by_role("link", name="A month of an ordinary household").press("Enter")
    page.locator(".arrow").first.wait_for()
    page.keyboard.press("j")
    page.locator(".message h3", has_text="Message 1").wait_for()
    page.keyboard.press("j")
    page.locator(".message h3", has_text="Message 2").wait_for()
    page.keyboard.press("/")

    assert page.evaluate("document.activeElement.id") == "search"


def test_page_without_scripts_still_tells_its_verdict(chromium: Browser, folder: Path) -> None:
    """Some readers' browsers run none."""
    context = chromium.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "report.html").as_uri())

    assert page.locator("#overview h1").is_visible()
    assert page.locator(".sheet").is_visible()
    context.close()

"""The report in a browser that reaches no network: what its script makes of a record."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ami.outcomes import Outcome
from reports.run import Run, read
from reports.site.page import site, write
from reports.site.past import as_past
from tests.reports.site.browser import Watched
from tests.reports.telling import EVENT, Telling

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def folder(whole_run: Run, tmp_path: Path) -> Path:
    """The site of a run with every outcome and hostile strings."""
    write(site(whole_run), tmp_path)
    return tmp_path


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


def test_run_without_a_past_compares_with_nothing(seen: Watched, folder: Path) -> None:
    """And says so."""
    page = seen.go(folder, "trends")

    assert page.locator("#no-history").is_visible()
    assert not page.locator("#history").is_visible()


def test_news_are_told_against_the_run_that_is_chosen(seen: Watched, whole_run: Run, tmp_path: Path) -> None:
    """What got worse, what got better, and what is there for the first time."""
    earlier = Telling(tmp_path / "earlier").begin(run="2026-04-20_0815", commit="0123456789ab")
    earlier.collect({"name": "A month of an ordinary household"}, {"name": "The landscape breaks"}, {"name": "Gone since"})
    for name in ("The landscape breaks", "Gone since"):
        earlier.start(name).step("Given a day").finish()
    earlier.start("A month of an ordinary household").step("Given a day", "failed").finish("failed", "no")
    for line in earlier.lines:
        line["at"] = line["at"].replace("2026-05-04", "2026-04-20")
    write(site(whole_run, past=[as_past(read(earlier.end(1).path))]), tmp_path)
    page = seen.go(tmp_path, "trends")

    assert page.locator("#news .said").inner_text().endswith("1 worse, 1 better, 7 new, 1 gone.")
    assert "The landscape breaks" in page.locator("#news table.worse").inner_text()
    assert "sit/meter_to_bill::Gone since" in page.locator("#news table.gone").inner_text()
    assert page.locator("#since-run option").all_inner_texts()[1].startswith("last week: 2026-04-20")
    assert "MR-03" in page.locator("#news").inner_text()
    page.goto(f"{page.url.partition('#')[0]}#overview")
    assert page.locator("#since").inner_text() == "1 worse, 1 better, 7 new, 1 gone"


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


def test_scenario_that_changes_its_mind_is_named(seen: Watched, telling: Telling, tmp_path: Path) -> None:
    """With the same commit and settings; another fault on a wire, another commit or a changed tree explain it well enough."""
    names = ("Flaky", "Steady", "Another commit", "Changed tree")
    telling.begin().collect(*({"name": name} for name in names))
    for name in names:
        telling.start(name).step("Then", "failed").finish("failed", "no")
    now = read(telling.end(1).path)
    last = replace(as_past(now), at=now.started.at - timedelta(hours=1))
    ids = {name: f"sit/meter_to_bill::{name}" for name in names}

    def passed(*which: str) -> dict[str, Outcome]:
        return {ids[name]: Outcome.PASSED if name in which else Outcome.FAILED for name in names}

    past = [
        replace(last, run="a", outcomes=passed("Flaky")),
        replace(last, run="b", outcomes=passed("Steady"), settings="a fault on a wire"),
        replace(last, run="c", outcomes=passed("Another commit"), commit="0123456789ab"),
        replace(last, run="d", outcomes=passed("Changed tree"), commit="a1b2c3d4e5f6+"),
        replace(last, run="e", outcomes=passed(), commit="a1b2c3d4e5f6+"),
    ]
    write(site(now, past=past), tmp_path)
    rows = seen.go(tmp_path, "trends").locator("#flaky tbody tr")

    assert [row.split("\t")[:2] for row in rows.all_inner_texts()] == [["Flaky", "1 of 2"]]


def test_versions_are_compared_by_their_latest_runs(seen: Watched, telling: Telling, tmp_path: Path) -> None:
    """And the version before can be chosen to compare with."""
    now = read(telling.begin(version="2.0").collect({"name": "A"}).start("A").step("Given a day").finish().end(passed=1).path)
    old = {"sit/meter_to_bill::A": Outcome.FAILED}
    past = [
        replace(as_past(now), run=f"r{hours}", at=now.started.at - timedelta(hours=hours), version=version, outcomes=old)
        for hours, version in ((3, "1.0"), (2, "1.0"), (1, "2.0"))
    ]
    write(site(now, past=past), tmp_path)
    page = seen.go(tmp_path, "trends")

    table = [row.split("\t") for row in page.locator("#releases tbody tr").all_inner_texts()]
    assert table == [["2.0", "2026-05-04 08:15", "1 of 1", "0", "0", "0"], ["1.0", "2026-05-04 06:15", "0 of 1", "1", "0", "0"]]
    assert [words.split(":")[0] for words in page.locator("#since-run optgroup").first.locator("option").all_inner_texts()] == [
        "the run before",
        "the version before",
    ]


def test_page_without_scripts_still_tells_its_verdict(chromium: Browser, folder: Path) -> None:
    """Some readers' browsers run none."""
    context = chromium.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "report.html").as_uri())

    assert page.locator("#overview h1").is_visible()
    assert page.locator(".sheet").is_visible()
    context.close()

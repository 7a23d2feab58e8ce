"""The report page."""

import re
from base64 import b64decode, b64encode
from collections import Counter
from hashlib import sha256

import pytest
from lxml import html

from reports.rule_words import words
from reports.run import Run, read
from reports.site.page import site
from tests.reports.site.reading import article, found, lying, parsed, rows, story, text, told
from tests.reports.telling import EVENT, HOSTILE, Telling

MOST_BYTES = 1_000_000


def test_headline_is_the_verdict(whole_run: Run) -> None:
    """In words, with the exit code and who was real."""
    root = parsed(whole_run)

    assert text(root, "//h1") == (
        "2 of 9 scenarios could not be carried out (The landscape breaks; A step nobody wrote), "
        "1 failed (A stamp without its offset) and 1 stayed inconclusive (Too little to say)."
    )
    facts = {text(fact, ".//dt"): text(fact, ".//dd") for fact in found(root, "//dl[@class='facts']/div")}
    assert facts["Result"] == "error, exit code 3"
    assert facts["Simulated"] == "head-end, customer information and billing, outage management"
    assert facts["Real systems"] == "meter data management at https://mdms.example.org/soap"
    assert facts["Since the run before"] == "unknown: no earlier run is known here"
    assert "seed 7, virtual clock" in text(root, "//section[@id='run']")


def test_complaints_stand_above_the_figures(whole_run: Run) -> None:
    """Nobody may read the figures without them."""
    assert [text(each) for each in found(parsed(whole_run, "a line is missing"), ".complaints")[0].iter("li")] == ["a line is missing"]
    assert found(parsed(whole_run), ".complaints") == []


def test_what_needs_attention_is_listed_by_cause(whole_run: Run) -> None:
    """The worst first, each with whose fault it is, what the rule is for, and the way to the scenarios."""
    made = site(whole_run)
    listed = found(html.document_fromstring(made.page), "//ol[@class='causes']/li")

    assert [text(each, ".badge") for each in listed] == ["error", "error", "failed", "inconclusive", "not tested"]
    said = text(listed[2])
    assert said.startswith("failed Expected every reading's timestamp to name its offset from UTC Whose fault Head-end (system under test)")
    assert words("MR-03").why in said
    assert [each.get("href") for each in found(listed[2], ".//a")] == [f"#{article(made, 'A stamp without its offset').get('id')}"]


def test_long_paths_are_cut_short_in_a_reason(telling: Telling) -> None:
    """The whole path stands beside the message."""
    telling.begin().collect({"name": "A"}).start("A").step("Then it conforms", "failed")
    telling.finish("failed", "MR-03 /Envelope/Body/CreatedMeterReadings/Payload[1]/timeStamp (line 9): no offset")
    made = site(read(telling.end(1).path))

    assert "MR-03 …/timeStamp (line 9): no offset" in text(html.document_fromstring(made.page), ".causes")
    assert text(article(made, "A"), ".why") == "MR-03 …/timeStamp (line 9): no offset"


def test_table_counts_by_phase(whole_run: Run) -> None:
    """The figures of each row."""
    table = found(parsed(whole_run), ".tally")[0]
    figures = [[text(cell) for cell in row] for row in table.iter("tr")]

    assert ["System integration", "3", "·", "1", "1", "2", "2", "·", "·", "·"] in figures
    assert ["All", "4", "1", "1", "1", "2", "5", "1", "1", "·"] in figures


def test_counts_for_machines_are_those_of_the_record(whole_run: Run) -> None:
    """Whoever holds the page against the record need not read it."""
    assert told(site(whole_run), "counts") == {
        "outcome": "error",
        "exit_code": 3,
        "scenarios": 9,
        "outcomes": {"error": 2, "failed": 1, "inconclusive": 1, "not tested": 1, "passed": 4},
        "messages": 5,
        "findings": {"error": 1, "warning": 1, "remark": 0},
    }
    assert Counter(row[3] for row in rows(site(whole_run))) == Counter(
        {"passed": 4, "error": 2, "failed": 1, "inconclusive": 1, "not-tested": 1}
    )


def test_scenario_reads_as_gherkin(whole_run: Run) -> None:
    """Feature, rule, scenario, row and steps, each with its outcome."""
    made = site(whole_run)
    failed = article(made, "A stamp without its offset")

    assert text(failed, ".path") == "Feature The head-end delivers Rule A month is billed as it was measured"
    assert [text(step) for step in found(failed, ".sentence")] == ["Given a meter", "Then it conforms"]
    assert [step.get("class") for step in found(failed, ".steps")[0]] == ["passed", "failed"]
    assert "direction forward kwh 23" in text(article(made, "The clocks go forward"))
    assert "nobody has defined this step" in text(article(made, "A step nobody wrote"))


def test_finding_shows_the_faulty_element_of_its_message(whole_run: Run) -> None:
    """Marked in its row, in plain words, and linked to the whole message."""
    failed = article(site(whole_run), "A stamp without its offset")
    [marked] = found(failed, ".marked")

    assert found(marked, ".//mark")[0].text_content() == "<timeStamp>2026-03-10T01:00:00</timeStamp>"
    assert text(marked, ".margin") == "1:19"
    assert found(failed, ".to-message")[0].get("href") == f"#{failed.get('id')}m3"
    assert words("MR-03").why in text(failed, ".findings")


def test_truth_says_why_a_part_is_estimated(whole_run: Run) -> None:
    """For each meter, station by station."""
    passed = article(site(whole_run), "A month of an ordinary household")

    assert "6 intervals (3.000 kWh) estimated by meter data management" in text(passed, ".why-estimated")
    stations = [text(row) for row in found(passed, ".//tr[@class='ok']")]
    assert stations[2] == "✓ holds meter data management holds 24.000 · · · · 3.000 ·"


def test_traffic_opens_to_the_message_with_its_mark(whole_run: Run) -> None:
    """Every message of every scenario, its rows, and what is wrong in it."""
    made = site(whole_run)

    [message] = story(made, "A stamp without its offset")["traffic"]
    assert "".join(lying(made, "messages", message[9])["text"]) == EVENT
    assert message[10] == [[18, 0, 42]]
    assert [fault[:2] for fault in message[11]] == [["error", "MR-03"]]
    assert sum(len(story(made, row[1])["traffic"]) for row in rows(made)) == 5


def test_message_that_is_no_text_opens_as_a_dump_and_keeps_its_bytes(whole_run: Run) -> None:
    """In hexadecimal to be read, in base64 to be handed out again."""
    made = site(whole_run)
    binary = lying(made, "messages", story(made, "alert")["traffic"][1][9])

    assert b64decode(binary["bytes"]) == bytes.fromhex("00fffedeadbeef")
    assert binary["text"][0].startswith("00000000  00 ff fe de ad be ef ")


def test_hostile_strings_stay_text(whole_run: Run) -> None:
    """In names, steps, findings and messages; no element of theirs, no end of ours."""
    made = site(whole_run)
    root = html.document_fromstring(made.page)
    scenario = article(made, "alert")

    assert "alert('1')</script>" not in made.page
    assert "\x00" not in made.page
    assert {element.get("type") for element in root.iter("script")} == {"application/json", None}
    assert list(scenario.iter("script")) == []
    shown = HOSTILE.replace("\x00", "␀").replace("\x1b", "␛").replace("\u2028", "�")
    assert found(scenario, ".sentence")[0].text_content() == f"Given {shown}"


def test_files_beside_the_page_hold_no_program(whole_run: Run) -> None:
    """Each hands over one string of base64, whatever the messages say."""
    files = site(whole_run).files

    assert {name.rpartition("-")[0] for name in files} == {"scenarios", "messages", "search"}
    assert all(re.fullmatch(r'meterGate\("[a-z]+-\d+","[A-Za-z0-9+/=]*"\)\n', content) for content in files.values())


def test_page_may_load_nothing_but_the_files_beside_it(whole_run: Run) -> None:
    """Its own policy forbids it, and its script is the only one inside that is allowed."""
    source = site(whole_run).page
    root = html.document_fromstring(source)
    [policy] = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    script = next(element.text for element in root.iter("script") if element.get("type") is None)

    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; script-src 'self' file: 'sha256-")
    assert f"'sha256-{b64encode(sha256((script or '').encode()).digest()).decode()}'" in policy
    assert root.xpath("//@src | //link | //img | //iframe | //object | //@onclick | //@onload") == []
    assert re.findall(r"url\(|@import", source) == []


def test_crashed_run_has_a_page(telling: Telling) -> None:
    """With what was done until then."""
    made = site(read(telling.begin().collect({"name": "A"}, {"name": "B"}).start("A").message().save().path))

    assert text(html.document_fromstring(made.page), "//h1").startswith("The run broke off.")
    assert "The run ended before this scenario began." in text(article(made, "B"))


def test_run_without_scenarios_has_a_page(telling: Telling) -> None:
    """It says that nothing was tested."""
    assert text(parsed(read(telling.begin().collect().end(5).path)), "//h1") == "Nothing was tested."


def test_readings_that_were_not_used_are_named(whole_run: Run) -> None:
    """A row of the user's file, in the user's words."""
    shown = text(parsed(whole_run), "//section[@id='run']")

    assert "household.csv: 9 of 10 rows feed the meters" in shown
    assert "row 4: no number: 'x'" in shown


@pytest.mark.slow
def test_large_run_makes_a_page_that_fits(telling: Telling) -> None:
    """Three thousand messages, a thousand of them with 48 intervals."""
    readings = "".join(
        f"<Readings><timeStamp>2026-03-10T{{hour:02}}:{place:02}:00Z</timeStamp><value>0.{{number}}{place}</value></Readings>"
        for place in range(48)
    )
    telling.begin().collect({"name": "A"}).start("A").step("When all deliver")
    for number in range(1000):
        told = readings.format(hour=number % 24, number=number)
        telling.message(EVENT.replace("</MeterReading>", f"{told}</MeterReading>")).reply().message(f"<a>{number}</a>")

    made = site(read(telling.finish().end(passed=1).path))

    assert len(made.page.encode()) < MOST_BYTES
    assert sum(map(len, made.files.values())) < MOST_BYTES

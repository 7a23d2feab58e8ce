"""The report page."""

import json
import re
from base64 import b64decode, b64encode
from gzip import decompress
from hashlib import sha256
from typing import Any

import pytest
from lxml import html

from reports.run import Run, read
from reports.site.page import page
from tests.reports.telling import EVENT, HOSTILE, Telling

MOST_BYTES = 20_000_000


def parsed(run: Run, *complaints: str) -> html.HtmlElement:
    """The page as a browser takes it in."""
    return html.document_fromstring(page(run, complaints))


def found(element: html.HtmlElement, path: str) -> list[html.HtmlElement]:
    """The elements at `path`; a class is written as in `.badge`, any depth below."""
    path = (
        re.sub(r"\.([a-z-]+)", r".//*[contains(concat(' ', @class, ' '), ' \1 ')]", path)
        if path.startswith(".") and "/" not in path
        else path
    )
    elements = element.xpath(path)
    assert isinstance(elements, list)
    return [each for each in elements if isinstance(each, html.HtmlElement)]


def text(element: html.HtmlElement, path: str = ".") -> str:
    """What stands in the first element at `path`, with single spaces."""
    first = element if path == "." else found(element, path)[0]
    return " ".join(" ".join(first.itertext()).split())


def article(root: html.HtmlElement, name: str) -> html.HtmlElement:
    """The scenario of that name."""
    return next(each for each in found(root, "//article") if name in text(each, ".title"))


def anchor(element: html.HtmlElement) -> str:
    """Its id."""
    return str(element.get("id"))


def opened(root: html.HtmlElement) -> dict[str, list[dict[str, Any]]]:
    """The traffic of each scenario with its bodies, as the script opens it."""
    parcels = [
        json.loads(decompress(b64decode(element.text or "")))
        for element in root.iter("script")
        if (element.get("id") or "").startswith("parcel-")
    ]
    traffic = json.loads(root.get_element_by_id("traffic").text or "")
    return {
        scene: [{"facts": message, "body": parcels[message[9][0]][message[9][1]]} for message in messages]
        for scene, messages in traffic.items()
    }


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
    assert facts["To repeat it"] == "seed 7, virtual clock, commit a1b2c3d4e5f6"


def test_complaints_stand_above_the_figures(whole_run: Run) -> None:
    """Nobody may read the figures without them."""
    assert [text(each) for each in found(parsed(whole_run, "a line is missing"), ".complaints")[0].iter("li")] == ["a line is missing"]
    assert found(parsed(whole_run), ".complaints") == []


def test_what_needs_attention_is_listed_worst_first(whole_run: Run) -> None:
    """Each with its reason and whose fault it is, and the way to it."""
    root = parsed(whole_run)
    listed = found(root, "//ol[@class='attention']/li")

    assert [text(each, ".badge") for each in listed] == ["error", "error", "failed", "inconclusive", "not tested"]
    assert "a message does not conform Whose fault: head-end (system under test), on the wire hes->mdms" in text(listed[2])
    assert [each.get("href") for each in found(listed[2], ".//a")] == [f"#{anchor(article(root, 'A stamp without its offset'))}"]


def test_long_paths_are_cut_short_in_a_reason(telling: Telling) -> None:
    """The whole path stands beside the message."""
    telling.begin().collect({"name": "A"}).start("A").step("Then it conforms", "failed")
    root = parsed(
        read(telling.finish("failed", "MR-03 /Envelope/Body/CreatedMeterReadings/Payload[1]/timeStamp (line 9): no offset").end(1).path)
    )

    assert "MR-03 …/timeStamp (line 9): no offset" in text(root, ".attention")
    assert text(article(root, "A"), ".why") == "MR-03 …/timeStamp (line 9): no offset"


def test_tables_count_by_phase_process_and_risk(whole_run: Run) -> None:
    """The figures of each row."""
    tables = found(parsed(whole_run), ".tally")
    rows = [[[text(cell) for cell in row] for row in table.iter("tr")] for table in tables]

    assert ["System integration", "3", "·", "1", "1", "2", "2", "·", "·", "·"] in rows[0]
    assert ["All", "4", "1", "1", "1", "2", "5", "1", "1", "·"] in rows[0]
    assert ["billing", "3", "1", "1", "·", "2"] in rows[1]
    assert ["low", "·", "·", "·", "1", "·"] in rows[2]


def test_scenario_reads_as_gherkin(whole_run: Run) -> None:
    """Feature, rule, scenario, row and steps, each with its outcome."""
    root = parsed(whole_run)
    failed = article(root, "A stamp without its offset")

    assert text(failed, "../../h3") == "Feature The head-end delivers"
    assert text(failed, "../h4") == "Rule A month is billed as it was measured"
    assert [text(step) for step in found(failed, ".sentence")] == ["Given a meter", "Then it conforms"]
    assert [step.get("class") for step in found(failed, ".steps")[0]] == ["passed", "failed"]
    assert "direction forward kwh 23" in text(article(root, "The clocks go forward"))
    assert "nobody has defined this step" in text(article(root, "A step nobody wrote"))


def test_failed_scenario_stands_open_and_passed_one_closed(whole_run: Run) -> None:
    """What needs reading is in sight."""
    root = parsed(whole_run)

    assert found(article(root, "A stamp without its offset"), "details[@open]")
    assert not found(article(root, "A month of an ordinary household"), "details[@open]")


def test_finding_shows_the_faulty_element_of_its_message(whole_run: Run) -> None:
    """Marked in its row, and linked to the whole message."""
    failed = article(parsed(whole_run), "A stamp without its offset")
    [marked] = found(failed, ".marked")

    assert found(marked, ".//mark")[0].text_content() == "<timeStamp>2026-03-10T01:00:00</timeStamp>"
    assert text(marked, ".margin") == "1:19"
    assert found(failed, ".to-message")[0].get("href") == f"#{anchor(failed)}m3"


def test_truth_says_why_a_part_is_estimated(whole_run: Run) -> None:
    """For each meter, station by station."""
    passed = article(parsed(whole_run), "A month of an ordinary household")

    assert "6 intervals (3.000 kWh) estimated by meter data management" in text(passed, ".why-estimated")
    stations = [text(row) for row in found(passed, ".//tr[@class='ok']")]
    assert stations[2] == "✓ holds meter data management holds 24.000 · · · · 3.000 ·"


def test_traffic_opens_to_the_message_with_its_mark(whole_run: Run) -> None:
    """Every message of every scenario, its rows, and what is wrong in it."""
    root = parsed(whole_run)
    traffic = opened(root)
    scene = anchor(article(root, "A stamp without its offset"))

    [message] = traffic[scene]
    assert "".join(message["body"]["text"]) == EVENT
    assert message["facts"][10:] == [[[18, 0, 42]], "error"]
    assert sum(map(len, traffic.values())) == 5


def test_message_that_is_no_text_opens_as_a_dump(whole_run: Run) -> None:
    """In hexadecimal."""
    root = parsed(whole_run)
    binary = opened(root)[anchor(article(root, "alert"))][1]["body"]

    assert binary["binary"]
    assert binary["text"][0].startswith("00000000  00 ff fe de ad be ef ")


def test_hostile_strings_stay_text(whole_run: Run) -> None:
    """In names, steps, findings and messages; no element of theirs, no end of ours."""
    source = page(whole_run)
    root = html.document_fromstring(source)

    assert "alert('1')</script>" not in source
    assert "\x00" not in source
    assert [element.get("type") for element in root.iter("script")] == ["application/json", "application/gzip", None]
    shown = HOSTILE.replace("\x00", "␀").replace("\x1b", "␛")
    assert found(article(root, "alert"), ".sentence")[0].text_content() == f"Given {shown}"


def test_page_may_load_nothing(whole_run: Run) -> None:
    """Its own policy forbids it, and its script is the only one allowed."""
    source = page(whole_run)
    root = html.document_fromstring(source)
    [policy] = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    script = next(element.text for element in root.iter("script") if element.get("type") is None)

    assert "default-src 'none'" in policy
    assert f"'sha256-{b64encode(sha256((script or '').encode()).digest()).decode()}'" in policy
    assert root.xpath("//@src | //link | //img | //iframe | //object | //@onclick | //@onload") == []
    assert re.findall(r"url\(|@import", source) == []


def test_crashed_run_has_a_page(telling: Telling) -> None:
    """With what was done until then."""
    root = parsed(read(telling.begin().collect({"name": "A"}, {"name": "B"}).start("A").message().save().path))

    assert text(root, "//h1").startswith("The run broke off.")
    assert "The run ended before this scenario began." in text(article(root, "B"))


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

    assert len(page(read(telling.finish().end(passed=1).path)).encode()) < MOST_BYTES

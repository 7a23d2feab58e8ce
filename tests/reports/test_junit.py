"""JUnit XML."""

import re
from pathlib import Path

import pytest
from lxml import etree

from reports import forms
from reports.junit import document
from reports.run import Run, read
from tests.reports.telling import HOSTILE, Telling, whole

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("junit.xsd")))


def parsed(run: Run, *complaints: str) -> etree._Element:
    """The document, checked against the schema."""
    root = etree.fromstring(document(run, complaints))
    SCHEMA.assertValid(root)
    return root


def case(root: etree._Element, name: str) -> etree._Element:
    """The test case of that name."""
    return next(each for each in root.iter("testcase") if each.get("name") == name)


def properties(element: etree._Element) -> list[tuple[str | None, str | None]]:
    """Its properties in order."""
    return [(each.get("name"), each.get("value")) for each in element.findall("properties/property")]


def test_every_feature_is_a_suite_with_its_counts(whole_run: Run) -> None:
    """The counts of the suites add up to those of the document."""
    root = parsed(whole_run)

    counts = [[suite.get(key) for key in ("name", "tests", "failures", "errors", "skipped")] for suite in root]
    assert counts[:2] == [["From meter to bill", "7", "0", "2", "2"], ["The head-end delivers", "1", "1", "0", "0"]]
    assert [root.get(key) for key in ("tests", "failures", "errors", "skipped")] == ["9", "1", "2", "2"]


@pytest.mark.parametrize(
    ("name", "element", "message"),
    [
        (
            "A stamp without its offset",
            "failure",
            "[system under test] head-end (system under test), on the wire hes->mdms: a message does not conform",
        ),
        ("The landscape breaks", "error", "[harness] the harness itself: KeyError"),
        ("A step nobody wrote", "error", "[harness] the harness itself: no such step"),
        ("Too little to say", "skipped", "inconclusive: one reading is too few"),
        ("A real meter is opened", "skipped", "not tested: the meter is real"),
    ],
)
def test_outcome_is_an_element_that_says_why(whole_run: Run, name: str, element: str, message: str) -> None:
    """JUnit has no word for inconclusive, so the message has it."""
    found = case(parsed(whole_run), name).find(element)

    assert found is not None
    assert found.get("message") == message


def test_passed_case_has_no_such_element(whole_run: Run) -> None:
    """Its steps stand in its output all the same."""
    passed = case(parsed(whole_run), "A month of an ordinary household")

    assert [str(child.tag) for child in passed] == ["properties", "system-out"]
    assert (
        passed.findtext("system-out") == "   passed     12 ms  Given the day is 2026-03-10\n   passed     12 ms  When the month is billed"
    )


def test_failure_shows_step_finding_and_truth(whole_run: Run) -> None:
    """All that speaks against the system, one line each."""
    text = case(parsed(whole_run), "A stamp without its offset").findtext("failure") or ""

    assert "Then it conforms: AssertionError:\nno offset" in text
    assert "hes->mdms MR-03 error /Envelope/Body/" in text
    assert "truth: M-1 at wire: 1.000 kWh lost" in text


def test_case_names_phase_tags_and_party(whole_run: Run) -> None:
    """As properties, in this order."""
    assert properties(case(parsed(whole_run), "A stamp without its offset")) == [
        ("scenario", "fat/delivery::A stamp without its offset"),
        ("outcome", "failed"),
        ("phase", "fat"),
        ("rule", "A month is billed as it was measured"),
        ("attribution.party", "system under test"),
        ("attribution.system", "hes"),
        ("attribution.wire", "hes->mdms"),
        ("attribution.evidence", "message 3 on hes->mdms"),
        ("tag", "process:billing"),
        ("tag", "risk:high"),
        ("tag", "sit"),
    ]


def test_rows_of_an_outline_differ_in_name(whole_run: Run) -> None:
    """Otherwise a CI server would take them for one."""
    root = parsed(whole_run)

    assert case(root, "The clocks go forward [direction=forward, kwh=23]") is not case(
        root, "The clocks go forward [direction=back, kwh=25]"
    )


def test_hostile_strings_stay_text(whole_run: Run) -> None:
    """Markup is escaped, control characters are shown."""
    shown = HOSTILE.replace("\x00", "␀").replace("\x1b", "␛").replace("\u2028", "�")
    found = case(parsed(whole_run), shown)

    assert f"Given {shown}" in (found.findtext("system-out") or "")
    assert not list(found.iter("script"))


def test_crashed_run_has_its_scenarios(telling: Telling) -> None:
    """The one under way is an error, the next one is skipped."""
    root = parsed(read(telling.begin().collect({"name": "A"}, {"name": "B"}).start("A").save().path))

    assert [child.get("message") for child in root.iter("error", "skipped")] == [
        "The run broke off during this scenario.",
        "not tested: The run ended before this scenario began.",
    ]


def test_complaints_are_errors_of_their_own(whole_run: Run) -> None:
    """A CI server that reads nothing else must not call the run good."""
    root = parsed(whole_run, "a line is missing", "another one, too")

    assert [error.get("message") for error in root[-1].iter("error")] == ["a line is missing", "another one, too"]
    assert (root.get("tests"), root.get("errors")) == ("11", "4")


def test_run_without_scenarios_is_a_document(telling: Telling) -> None:
    """Empty, and valid."""
    assert len(parsed(read(telling.begin().collect().end(5).path))) == 0


def test_message_with_a_finding_is_named_where_servers_look_for_attachments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a path from the folder in which the job runs; the file has the bytes of the wire. Nothing of a scenario that passed."""
    run = read(whole(tmp_path / "runs" / "one").path)
    monkeypatch.chdir(tmp_path)

    [written] = forms.write(tmp_path / "runs" / "one", ["junit"])

    [named] = re.findall(r"\[\[ATTACHMENT\|(.*?)\]\]", written.read_text("utf-8"))
    assert named == "runs/one/attachments/message_3.xml"
    assert (tmp_path / named).read_bytes() == run.scenarios[1].messages[0].content
    assert [path.name for path in (tmp_path / "runs" / "one" / "attachments").iterdir()] == ["message_3.xml"]


def test_suite_says_of_which_run_it_is(whole_run: Run) -> None:
    """With what is needed to run it again."""
    suite = next(parsed(whole_run).iter("testsuite"))

    told = {each.get("name"): each.get("value") for each in suite.iterfind("properties/property")}
    assert {key: told[key] for key in ("run", "seed", "dialect", "commit")} == {
        "run": "2026-05-04_0815",
        "seed": "7",
        "dialect": "2011",
        "commit": "a1b2c3d4e5f6",
    }

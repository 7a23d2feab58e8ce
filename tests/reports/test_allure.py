"""Allure results."""

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from reports import allure
from reports.run import Run, read
from tests.reports.telling import EVENT, HOSTILE, Telling


@pytest.fixture
def results(whole_run: Run, tmp_path: Path) -> Path:
    """The folder of results of the whole sample."""
    folder = tmp_path / "allure-results"
    allure.write(whole_run, folder)
    return folder


def result(folder: Path, name: str, place: int = 0) -> dict[str, Any]:
    """The result of that name; of outline rows, the one in that place by its history."""
    found = [told for path in folder.glob("*-result.json") if (told := json.loads(path.read_text("utf-8")))["name"] == name]
    chosen: dict[str, Any] = sorted(found, key=lambda told: str(told["fullName"]))[place]
    return chosen


def labels(told: dict[str, Any], name: str) -> list[str]:
    """The values of one label."""
    return [label["value"] for label in told["labels"] if label["name"] == name]


@pytest.mark.parametrize(
    ("name", "status", "message"),
    [
        ("A month of an ordinary household", "passed", None),
        (
            "A stamp without its offset",
            "failed",
            "[system under test] head-end (system under test), on the wire hes->mdms: a message does not conform",
        ),
        ("The landscape breaks", "broken", "[harness] the harness itself: KeyError"),
        ("Too little to say", "unknown", "one reading is too few"),
        ("A real meter is opened", "skipped", "the meter is real"),
        (HOSTILE, "passed", None),
    ],
)
def test_each_outcome_has_its_status_and_reason(results: Path, name: str, status: str, message: str | None) -> None:
    """A fault of ours is broken, a fault of the system failed."""
    told = result(results, name)

    assert told["status"] == status
    assert told.get("statusDetails", {}).get("message") == message


def test_steps_are_the_sentences_of_the_scenario(results: Path) -> None:
    """With keyword, status, time and what went wrong."""
    told = result(results, "A stamp without its offset")

    assert [(step["name"], step["status"]) for step in told["steps"]] == [("Given a meter", "passed"), ("Then it conforms", "failed")]
    assert told["steps"][1]["statusDetails"]["message"] == "AssertionError:\nno offset"
    assert [step["stop"] - step["start"] for step in told["steps"]] == [12, 12]
    assert told["steps"][0]["stop"] <= told["stop"]
    assert told["statusDetails"]["trace"] == "Then it conforms\nAssertionError:\nno offset"


def test_undefined_step_is_broken(results: Path) -> None:
    """Never a pass."""
    assert [step["status"] for step in result(results, "A step nobody wrote")["steps"]] == ["broken"]


def test_labels_place_the_scenario(results: Path) -> None:
    """By behaviour, by suite, by tag and by risk."""
    told = result(results, "A stamp without its offset")
    names = ("epic", "feature", "story", "parentSuite", "suite", "subSuite", "severity", "framework", "language")
    rule = "A month is billed as it was measured"

    assert [labels(told, name) for name in names] == [
        ["fat"],
        ["The head-end delivers"],
        [rule],
        ["fat"],
        ["The head-end delivers"],
        [rule],
        ["critical"],
        ["pytest-bdd"],
        ["python"],
    ]
    assert labels(told, "tag") == ["process:billing", "risk:high", "sit"]
    assert labels(result(results, "A real meter is opened"), "severity") == ["minor"]


def test_message_with_a_finding_is_attached_as_it_was(results: Path) -> None:
    """Byte for byte, and no other message."""
    message, truth = result(results, "A stamp without its offset")["attachments"]

    assert (results / message["source"]).read_bytes() == EVENT.encode()
    assert message["name"] == "Message 3: hes->mdms created MeterReadings (request)"
    assert (message["type"], truth["type"]) == ("application/xml", "text/csv")


def test_message_that_is_no_text_is_attached_as_bytes(results: Path) -> None:
    """The finding of the hostile scenario is about such a one."""
    [message] = result(results, HOSTILE)["attachments"]

    assert (results / message["source"]).read_bytes() == b"\x00\xff\xfe\xde\xad\xbe\xef"
    assert message["source"].endswith(".bin")


def test_truth_is_a_table(results: Path) -> None:
    """A row per meter and station."""
    [attachment] = result(results, "A month of an ordinary household")["attachments"]
    rows = list(csv.DictReader((results / attachment["source"]).read_text().splitlines()))

    assert [(row["meter"], row["stage"], row["estimated_wh"], row["ok"]) for row in rows] == [
        ("M-1", "head_end", "0", "yes"),
        ("M-1", "wire", "0", "yes"),
        ("M-1", "mdms", "3000", "yes"),
        ("M-1", "bill", "0", "yes"),
    ]


def test_rows_of_an_outline_share_a_case_and_have_each_a_history(results: Path) -> None:
    """So that a trend follows the row, not the outline."""
    first, second = (result(results, "The clocks go forward", place) for place in (0, 1))

    assert first["testCaseId"] == second["testCaseId"]
    assert first["historyId"] != second["historyId"]
    assert first["parameters"] == [{"name": "direction", "value": "forward"}, {"name": "kwh", "value": "23"}]


def test_ids_follow_from_the_scenario_alone(tmp_path: Path) -> None:
    """The next run continues the history of this one."""
    ids = []
    for name in ("first", "second"):
        told = Telling(tmp_path / name).begin(run=name).collect({"name": "A"}).start("A").step("Given a day").finish().end(passed=1)
        allure.write(read(told.path), tmp_path / name / "results")
        found = result(tmp_path / name / "results", "A")
        ids.append((found["historyId"], found["testCaseId"]))

    assert ids[0] == ids[1]


def test_categories_catch_the_messages_of_their_party(results: Path) -> None:
    """The first category that fits is the one that Allure shows."""
    categories = json.loads((results / "categories.json").read_text())

    def category(name: str) -> str:
        told = result(results, name)
        fits = (
            each["name"]
            for each in categories
            if told["status"] in each["matchedStatuses"]
            and re.fullmatch(each.get("messageRegex", "(?s).*"), told["statusDetails"]["message"])
        )
        return str(next(fits))

    assert category("A stamp without its offset") == "Fault of the system under test"
    assert category("The landscape breaks") == "Fault of the harness itself"
    assert category("Too little to say") == "Inconclusive"
    assert category("A real meter is opened") == "Not tested"


def test_environment_tells_who_was_real(results: Path) -> None:
    """In the escapes of a properties file."""
    lines = (results / "environment.properties").read_text("ascii").splitlines()

    assert r"system.hes=simulated" in lines
    assert r"system.mdms=real,\ https\://mdms.example.org/soap" in lines
    assert "seed=7" in lines


def test_property_that_is_no_ascii_is_escaped(telling: Telling, tmp_path: Path) -> None:
    """A line feed ends no line, and what needs two units has two."""
    told = telling.begin(dialect="Zähler\n#1 😀").collect().end(5)
    allure.write(read(told.path), tmp_path / "results")

    assert r"dialect=Z\u00e4hler\u000a\#1\ \ud83d\ude00" in (tmp_path / "results" / "environment.properties").read_text("ascii")


def test_results_of_an_earlier_call_are_gone(whole_run: Run, results: Path) -> None:
    """One result per scenario, however often they are written."""
    allure.write(whole_run, results)

    assert len(list(results.glob("*-result.json"))) == len(whole_run.scenarios)


def test_complaints_are_a_broken_result(whole_run: Run, results: Path) -> None:
    """Of the harness."""
    allure.write(whole_run, results, ["a line is missing", "another one, too"])

    told = result(results, "The record of the run is whole")
    assert told["status"] == "broken"
    assert told["statusDetails"]["message"] == "[harness] a line is missing\nanother one, too"

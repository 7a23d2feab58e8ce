"""Cucumber Messages: valid against the official schema, read by the official formatter."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from reports import cucumber
from reports.run import Run, read
from tests.reports.telling import Telling, whole

NODE = Path(__file__).parents[1] / "node"
SCHEMA = NODE / "node_modules" / "@cucumber" / "messages" / "messages.schema.json"
FORMATTER = NODE / "node_modules" / "@cucumber" / "html-formatter"

FEATURE = """@process:billing
Feature: From meter to bill

  Background:
    Given a meter

  Rule: A month is billed as it was measured

    Scenario Outline: <kind> household
      When the month is billed
      Then <kwh> kWh are billed

      Examples:
        | kind  | kwh |
        | Small | 12  |
        | Large | 34  |
"""


def told(run: Run) -> list[dict[str, Any]]:
    """The envelopes of a run."""
    return [json.loads(line) for line in cucumber.stream(run)]


def of(kind: str, envelopes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the envelopes of one kind hold."""
    return [envelope[kind] for envelope in envelopes if kind in envelope]


@pytest.fixture
def outline(telling: Telling) -> Run:
    """A run of both rows of an outline, whose second row fails after its steps have passed."""
    telling.begin()
    rows: list[dict[str, Any]] = [
        {"name": f"{kind} household", "scenario": f"sit/meter_to_bill::<kind> household[{row}]", "line": 9, "row": {"kind": kind}}
        for row, kind in ((1, "Small"), (2, "Large"))
    ]
    for each in rows:
        telling.collect(each)
        telling.lines.pop()
    telling.line("feature_read", feature_file="features/sit/meter_to_bill.feature", text=FEATURE)
    telling.line("collection_finished", scenarios=2)
    for row, kwh, outcome in ((1, 12, "passed"), (2, 34, "failed")):
        telling.start(f"sit/meter_to_bill::<kind> household[{row}]").step("Given a meter").step("When the month is billed")
        telling.step(f"Then {kwh} kWh are billed").finish(outcome, None if outcome == "passed" else "the truth does not hold")
    return read(telling.end(1, passed=1, failed=1).path)


@pytest.mark.skipif(not SCHEMA.is_file(), reason="@cucumber/messages is not installed: npm ci in tests/node")
def test_every_envelope_fits_the_official_schema(whole_run: Run, outline: Run) -> None:
    """Of a run with everything that can happen, and of one whose feature files are recorded."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    registry: Registry[Any] = Registry().with_resources((name, Resource.from_contents(part)) for name, part in schema["$defs"].items())
    validator = Draft202012Validator({key: schema[key] for key in schema if key != "$defs"}, registry=registry)

    faults = [fault for run in (whole_run, outline) for envelope in told(run) for fault in validator.iter_errors(envelope)]

    assert [f"{fault.json_path}: {fault.message[:200]}" for fault in faults] == []


def test_rows_of_an_outline_are_told_by_their_own_pickles(outline: Run) -> None:
    """With the sentences as they were said, background first."""
    envelopes = told(outline)

    pickles = {pickle["id"]: pickle for pickle in of("pickle", envelopes)}
    cases = [pickles[case["pickleId"]] for case in of("testCase", envelopes)]
    assert [(case["name"], [step["text"] for step in case["steps"]]) for case in cases] == [
        ("Small household", ["a meter", "the month is billed", "12 kWh are billed"]),
        ("Large household", ["a meter", "the month is billed", "34 kWh are billed"]),
    ]
    assert [source["uri"] for source in of("source", envelopes)] == ["features/sit/meter_to_bill.feature"]


def test_wires_and_truth_fail_a_scenario_whose_steps_have_passed(outline: Run) -> None:
    """In the hook after its last step."""
    results = [finished["testStepResult"] for finished in of("testStepFinished", told(outline))]

    assert [result["status"] for result in results] == ["PASSED"] * 7 + ["FAILED"]
    assert "the truth does not hold" in results[-1]["message"]
    assert of("testRunFinished", told(outline))[0]["success"] is False


def test_inconclusive_and_not_tested_are_told_apart(whole_run: Run) -> None:
    """Neither is a pass."""
    hooks = [finished["testStepResult"] for finished in of("testStepFinished", told(whole_run)) if "message" in finished["testStepResult"]]
    said = {result["message"].partition(":")[0]: result["status"] for result in hooks}

    assert (said["inconclusive"], said["not tested"]) == ("PENDING", "SKIPPED")


def test_message_with_a_finding_is_attached_as_it_was(whole_run: Run) -> None:
    """As text, or in base64 where it is none."""
    attached = {each["fileName"]: each for each in of("attachment", told(whole_run))}

    assert attached["message_3.xml"]["contentEncoding"] == "IDENTITY"
    assert "CreatedMeterReadings" in attached["message_3.xml"]["body"]
    assert attached["message_5.xml"]["contentEncoding"] == "BASE64"


@pytest.mark.skipif(not FORMATTER.is_dir(), reason="@cucumber/html-formatter is not installed: npm ci in tests/node")
def test_official_formatter_renders_it(tmp_path: Path) -> None:
    """One page, with the scenarios in it."""
    whole(tmp_path)
    (tmp_path / "messages.ndjson").write_bytes(b"".join(cucumber.stream(read(tmp_path / "record.ndjson"))))

    ended = subprocess.run(
        ["node", str(NODE / "cucumber_page.mjs"), str(tmp_path / "messages.ndjson"), str(tmp_path / "page.html")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "A month of an ordinary household" in page
    assert "The wires and the truth" in page

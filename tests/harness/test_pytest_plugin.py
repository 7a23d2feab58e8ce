"""What pytest and the record say of the same run: tiny features, run by pytest in a process of its own."""

from pathlib import Path

import pytest
from lxml import etree

from harness.record import FILE_NAME
from reports import integrity
from reports.run import read
from tests.harness.tiny import OUTCOMES, Ended, run


@pytest.mark.parametrize(
    ("scenario", "outcome", "reason"),
    [
        ("Passed", "passed", None),
        ("Failed", "failed", "the answer is 41"),
        ("Undefined", "error", "nobody has said what this means"),
        ("Not tested", "not tested", "nobody is there"),
        ("Skipped", "not tested", "not today"),
        ("Inconclusive", "inconclusive", "three readings are too few"),
        ("Mistake", "error", "oops"),
        ("Unreachable", "error", "mdms does not answer"),
        ("Broken after", "error", "taken down"),
        ("Failed and gives up after", "error", "afterwards"),
        ("Broken before", "failed", "set up"),
        ("Non-conforming", "failed", "a message on tester->mdms does not conform"),
        ("Non-conforming and not tested", "failed", "a message on tester->mdms does not conform"),
        ("Non-conforming and skipped", "failed", "a message on tester->mdms does not conform"),
        ("Row with <what>[1]", "failed", "the answer is 41"),
        ("Row with <what>[2]", "inconclusive", "three readings are too few"),
    ],
)
def test_scenario_comes_to_what_its_steps_its_wires_and_its_truth_say(
    ended: Ended, scenario: str, outcome: str, reason: str | None
) -> None:
    """Only an assertion in a step speaks of the system under test; the rest is ours, or says nothing about anybody."""
    finished = next(line for line in ended.of("scenario_finished") if line["scenario"] == f"fat/outcomes::{scenario}")

    assert finished["outcome"] == outcome
    assert (reason or "") in (finished["reason"] or "")


def test_pytest_and_the_record_say_the_same(ended: Ended) -> None:
    """Collected, executed, recorded, counted: all the same scenarios."""
    told = read(ended.folder / "run" / FILE_NAME)

    assert integrity.complaints(told, ended.folder / "pytest.xml") == []
    assert len(ended.of("scenario_finished")) == ended.of("collection_finished")[0]["scenarios"] == 16
    assert (ended.exit_code, ended.of("run_finished")[0]["exit_code"]) == (1, 1)


def test_pytest_says_skipped_with_the_word_that_we_use(ended: Ended) -> None:
    """Not tested and inconclusive are two things."""
    skipped = {
        case.get("name"): case.findtext("skipped") or ""
        for case in etree.parse(ended.folder / "pytest.xml").iter("testcase")
        if case.find("skipped") is not None
    }

    assert {name: text.partition(": ")[2] for name, text in skipped.items() if name in ("test_not_tested", "test_inconclusive")} == {
        "test_not_tested": f"not tested: {'nobody is there'}",
        "test_inconclusive": "inconclusive: three readings are too few",
    }


@pytest.mark.parametrize(
    ("scenario", "party", "system"),
    [
        ("Non-conforming", "system under test", "tester"),
        ("Mistake", "harness", None),
        ("Undefined", "harness", None),
        ("Unreachable", "environment", None),
    ],
)
def test_failure_is_blamed_on_somebody(ended: Ended, scenario: str, party: str, system: str | None) -> None:
    """Who sent the breach; or us, or the environment."""
    (finished, *_) = ended.of("scenario_finished", scenario)

    assert (finished["attribution"]["party"], finished["attribution"]["system"]) == (party, system)


@pytest.mark.parametrize("scenario", ["Passed", "Not tested", "Inconclusive"])
def test_where_nothing_failed_nobody_is_blamed(ended: Ended, scenario: str) -> None:
    """Not even ourselves."""
    (finished, *_) = ended.of("scenario_finished", scenario)

    assert finished["attribution"] is None


@pytest.mark.parametrize(
    ("scenario", "steps"),
    [
        ("Passed", ["passed", "passed"]),
        ("Failed", ["passed", "failed", "skipped"]),
        ("Undefined", ["passed", "undefined", "skipped"]),
        ("Not tested", ["passed", "skipped", "skipped"]),
        ("Mistake", ["passed", "failed"]),
        ("Broken before", ["passed", "failed"]),
        ("Broken after", ["passed", "passed", "passed"]),
    ],
)
def test_every_step_is_recorded_whether_it_was_reached_or_not(ended: Ended, scenario: str, steps: list[str]) -> None:
    """In the order of the story."""
    assert [line["outcome"] for line in ended.of("step_finished", scenario) if line["scenario"].endswith(scenario)] == steps


def test_row_of_an_outline_is_a_scenario_of_its_own(ended: Ended) -> None:
    """With the words of its row."""
    collected = ended.of("scenario_collected", "Row")

    assert [(line["scenario"], line["name"], line["row"]) for line in collected] == [
        ("fat/outcomes::Row with <what>[1]", "Row with a wrong answer", {"what": "a wrong answer"}),
        ("fat/outcomes::Row with <what>[2]", "Row with too little data", {"what": "too little data"}),
    ]


def test_record_begins_with_what_the_run_is(ended: Ended) -> None:
    """And ends with what pytest counted."""
    first, last = ended.lines[0], ended.lines[-1]

    assert (first["type"], first["seed"], first["dialect"], first["environment"]["mdms"]["simulated"]) == ("run_started", 1, "2011", True)
    assert (last["type"], last["interrupted"]) == ("run_finished", False)
    assert [line["number"] for line in ended.lines] == list(range(1, len(ended.lines) + 1))


def test_two_scenarios_of_one_name_are_refused(tmp_path: Path) -> None:
    """pytest-bdd would run but one of them, and everybody would believe that both had passed."""
    twice = "Feature: Twice\n  Rule: A\n    Scenario: Same\n      Given a day\n  Rule: B\n    Scenario: Same\n      Given a day\n"

    ended = run(tmp_path, fat=twice)

    assert ended.exit_code == 4
    assert "features/fat/outcomes.feature has 2 scenarios, 1 were collected: is a name used twice?" in ended.printed


def test_interrupted_run_says_so(tmp_path: Path) -> None:
    """What was finished before stands in the record; the rest never began. Phases run in the order of a utility's tests."""
    one = "Feature: One\n  Scenario: {}\n    Given a day\n    {}\n"

    ended = run(
        tmp_path,
        sat=one.format("Second", "When somebody presses control C"),
        fat=one.format("First", "Then all is well"),
        uat=one.format("Third", ""),
    )

    assert [(line["scenario"], line["outcome"]) for line in ended.of("scenario_finished")] == [("fat/outcomes::First", "passed")]
    assert [line["scenario"] for line in ended.of("scenario_started")][-1] == "sat/outcomes::Second"
    assert [line["interrupted"] for line in ended.of("run_finished")] == [True]
    assert ended.exit_code == 2


def test_option_that_makes_no_sense_stops_the_run_before_it_begins(tmp_path: Path) -> None:
    """One line, no record, no scenario."""
    ended = run(tmp_path, "--ami-fault", "scale", fat=OUTCOMES)

    assert ended.exit_code == 4
    assert "'scale' is no fault on a wire" in ended.printed
    assert not (tmp_path / "run").exists()

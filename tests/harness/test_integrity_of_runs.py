"""Collected = executed = recorded = reported, in every form, whatever goes wrong: provoked, not imagined."""

import json
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from ami.errors import RecordError
from reports import forms, integrity, recount
from reports.integrity import WORDS
from reports.run import Run, read
from tests.harness.tiny import Ended, run

HANGS = """
Feature: Time runs out

  Scenario: Before
    Given a day
    Then all is well

  Scenario: Nobody answers
    Given a day
    When nobody ever answers

  Scenario: After
    Given a day
    Then all is well
"""

DIES = """
Feature: The process dies

  Scenario: Before
    Given a day
    Then all is well

  Scenario: Killed
    Given a day
    When the process is killed by signal {number}

  Scenario: After
    Given a day
    Then all is well
"""

EVERY_FORM = ("site", "junit", "allure", "messages", "csv", "parquet")
READERS = {
    "site": recount.of_site,
    "junit": recount.of_junit,
    "allure": recount.of_allure,
    "messages": recount.of_messages,
    "csv": recount.of_csv,
    "parquet": recount.of_parquet,
}


def counted(ended: Ended) -> tuple[Run, dict[str, Counter[str]]]:
    """What the record says, and what each form, SARIF and the page say when they are read back."""
    folder = ended.folder / "run"
    told = read(folder / "record.ndjson")
    theirs = {form: READERS[form](path) for form, path in zip(EVERY_FORM, forms.write(folder, EVERY_FORM), strict=True)}
    return told, theirs


def ours(told: Run) -> Counter[str]:
    """The record's own count, in pytest's words."""
    return Counter(WORDS[scenario.outcome] for scenario in told.scenarios)


def of_pytest(ended: Ended) -> Counter[str]:
    """pytest's own count: its tests, each by the worst that became of it."""
    cases: dict[str, set[str]] = {}
    for case in etree.parse(ended.folder / "pytest.xml").iter("testcase"):
        cases.setdefault(case.get("name", ""), set()).update(str(child.tag) for child in case)
    worst = {"failure": "failed or in error", "error": "failed or in error", "skipped": "skipped"}
    return Counter(next((word for tag, word in worst.items() if tag in tags), "passed") for tags in cases.values())


def test_every_way_to_end_is_counted_alike(ended: Ended) -> None:
    """Set-up, step, teardown, undefined, skipped, not tested, inconclusive, wires and truth."""
    told, theirs = counted(ended)

    assert theirs == dict.fromkeys(EVERY_FORM, ours(told))
    assert ours(told) == of_pytest(ended)
    assert len(told.scenarios) == len(ended.of("scenario_collected")) == len(ended.of("scenario_finished"))


def test_scenario_that_runs_out_of_time_is_an_error_and_the_others_go_on(tmp_path: Path) -> None:
    """In every form."""
    ended = run(tmp_path, "--timeout=3", "--timeout-method=signal", fat=HANGS)
    told, theirs = counted(ended)

    assert [scenario.outcome for scenario in told.scenarios] == ["passed", "error", "passed"]
    assert theirs == dict.fromkeys(EVERY_FORM, ours(told))
    assert ours(told) == of_pytest(ended)
    assert integrity.complaints(told, ended.folder / "pytest.xml") == []


@pytest.mark.parametrize(
    ("number", "said"), [(9, "The record has no end: the run crashed or was killed."), (2, "The run was interrupted before its end.")]
)
def test_run_that_is_killed_or_interrupted_has_every_scenario_in_every_form(tmp_path: Path, number: int, said: str) -> None:
    """One passed, one was broken off, one never began; and the run says that it is not whole."""
    told, theirs = counted(run(tmp_path, fat=DIES.format(number=number)))

    before, killed, after = (scenario.outcome for scenario in told.scenarios)
    assert (before, after) == ("passed", "not tested")
    assert killed == "error"
    assert theirs == dict.fromkeys(EVERY_FORM, ours(told))
    assert said in integrity.complaints(told)


@pytest.mark.parametrize("kind", ["scenario_finished", "scenario_collected", "step_finished", "message", "finding"])
def test_recorder_that_forgets_is_found_out(ended: Ended, tmp_path: Path, kind: str) -> None:
    """Whatever kind of line it forgets: pytest, the record's own counts or its reader notice."""
    forgotten = next(line for line in ended.lines if line["type"] == kind)
    lines = [line for line in ended.lines if line is not forgotten]
    record = tmp_path / "record.ndjson"
    record.write_text("".join(json.dumps({**line, "number": number}) + "\n" for number, line in enumerate(lines, 1)), "utf-8")

    try:
        complaints = integrity.complaints(read(record), ended.folder / "pytest.xml")
    except RecordError as error:
        complaints = [str(error)]
    assert complaints

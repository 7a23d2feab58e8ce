"""Scenarios told by two workers: one record, whole, and true where a worker dies."""

from collections import Counter
from pathlib import Path

import pytest

from ami.outcomes import Outcome
from reports import forms, integrity
from reports.run import read
from reports.sealing import verify
from tests.harness.tiny import OUTCOMES, Ended, run

DEATH = """
Feature: Death of a worker

  Scenario: One
    Given a day
    Then all is well

  Scenario: Two
    Given a day
    When rubbish crosses a wire
    And the process is killed by signal 9
    Then all is well

  Scenario: Three
    Given a day
    Then all is well

  Scenario: Four
    Given a day
    Then all is well
"""


@pytest.fixture(scope="module")
def side_by_side(tmp_path_factory: pytest.TempPathFactory) -> Ended:
    """All outcomes, told by two workers."""
    return run(tmp_path_factory.mktemp("side_by_side"), "-n", "2", fat=OUTCOMES)


def test_record_is_whole_and_sealed(side_by_side: Ended) -> None:
    """As if one process had told all of it, and nothing else is left in the folder."""
    record = side_by_side.folder / "run" / "record.ndjson"

    assert integrity.complaints(read(record), side_by_side.folder / "pytest.xml") == []
    assert verify(record).outcome is Outcome.PASSED
    assert not list(record.parent.glob("record.gw*"))
    assert side_by_side.of("run_started")[0]["jobs"] == 2


def test_every_form_says_the_same_of_it(side_by_side: Ended) -> None:
    """Each is read back when it is written."""
    folder = side_by_side.folder / "run"

    assert len(forms.write(folder, forms.ALL)) == len(forms.ALL)


def test_workers_come_to_the_same_as_one_process(ended: Ended, side_by_side: Ended) -> None:
    """Scenario by scenario, line by line, whoever told it."""

    def told(of: Ended) -> Counter[tuple[str, str, str]]:
        wanted = ("scenario_collected", "scenario_started", "step_finished", "message", "finding", "scenario_finished")
        return Counter(
            (line["type"], line["scenario"], line.get("text") or line.get("outcome") or line.get("rule") or line.get("body") or "")
            for line in of.lines
            if line["type"] in wanted
        )

    assert told(side_by_side) == told(ended)
    assert side_by_side.exit_code == ended.exit_code == 1


def test_each_message_has_a_number_of_its_own(side_by_side: Ended) -> None:
    """Also where two wiretaps count at once."""
    numbers = [line["message"] for line in side_by_side.of("message")]

    assert numbers
    assert len(set(numbers)) == len(numbers)


def test_scenario_whose_worker_died_has_no_end_and_the_others_have_theirs(tmp_path: Path) -> None:
    """What it had written until then is kept, and the run is not called whole."""
    ended = run(tmp_path, "-n", "2", fat=DEATH)
    told = read(tmp_path / "run" / "record.ndjson")

    outcomes = {scenario.collected.name: scenario.outcome for scenario in told.scenarios}
    assert outcomes == {"One": Outcome.PASSED, "Two": Outcome.ERROR, "Three": Outcome.PASSED, "Four": Outcome.PASSED}
    assert integrity.complaints(told, tmp_path / "pytest.xml")[0] == "1 of the scenarios began but did not finish: fat/outcomes::Two."
    assert ended.exit_code == 1
    assert len(forms.write(tmp_path / "run", forms.ALL)) == len(forms.ALL)

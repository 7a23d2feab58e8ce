"""Collected = executed = recorded = counted by pytest."""

from pathlib import Path

import pytest

from reports.integrity import complaints
from reports.run import Run, read
from tests.reports.telling import Telling


def told(telling: Telling) -> list[str]:
    """What is said against the record."""
    return complaints(read(telling.save().path))


def three(telling: Telling) -> Telling:
    """One scenario passed, one failed, one not tested; the end is not told yet."""
    telling.begin().collect({"name": "A"}, {"name": "B"}, {"name": "C"})
    telling.start("A").step("Given a day").finish()
    telling.start("B").step("Given a day", "failed", "no").finish("failed", "no")
    return telling.start("C").step("Given a day", "skipped").finish("not tested", "real")


def test_whole_record_has_nothing_against_it(whole_run: Run) -> None:
    """Five outcomes, and every figure agrees."""
    assert complaints(whole_run) == []


def test_crash_is_said(telling: Telling) -> None:
    """No end, one scenario under way, one that never began."""
    telling.begin().collect({"name": "A"}, {"name": "B"}).start("A")

    assert told(telling) == [
        "The record has no end: the run crashed or was killed.",
        "1 of the scenarios never began: sit/meter_to_bill::B.",
        "1 of the scenarios began but did not finish: sit/meter_to_bill::A.",
    ]


def test_torn_line_is_said(telling: Telling) -> None:
    """What was lost in it is not known."""
    path = three(telling).end(1, passed=1, failed=1, skipped=1).path
    path.write_bytes(path.read_bytes()[:-5])

    assert complaints(read(path))[0] == "The last line of the record was cut off while it was being written."


def test_interruption_is_said_once(telling: Telling) -> None:
    """What pytest had counted by then is no second complaint."""
    telling.begin().collect({"name": "A"}, {"name": "B"}).start("A").step("Given a day").finish().interrupt(passed=1)

    assert told(telling) == ["The run was interrupted before its end.", "1 of the scenarios never began: sit/meter_to_bill::B."]


def test_lost_scenario_is_said(telling: Telling) -> None:
    """Two were collected, one is recorded."""
    telling.begin().collect({"name": "A"}).start("A").step("Given a day").finish()
    telling.lines[2]["scenarios"] = 2

    assert told(telling.end(passed=1)) == ["2 scenarios were collected, but 1 are recorded."]


def test_missing_collection_is_said(telling: Telling) -> None:
    """Without the number nobody can say that none was lost."""
    telling.begin().line("run_finished", interrupted=False, exit_code=5, counted={})

    assert told(telling) == ["The record does not say how many scenarios were collected."]


def test_lost_messages_and_findings_are_said(telling: Telling) -> None:
    """A scenario says itself how many there were."""
    telling.begin().collect({"name": "A"}).start("A").step("Given a day").message().finding()
    telling.finish(messages=2, findings={"error": 3}).end(passed=1)

    assert told(telling) == [
        "sit/meter_to_bill::A: 2 messages crossed the wires, but 1 are recorded.",
        "sit/meter_to_bill::A: 3 findings of severity error were counted, but 1 are recorded.",
    ]


@pytest.mark.parametrize("outcome", ["undefined", "failed", "skipped"])
def test_pass_over_a_step_that_did_not_is_said(telling: Telling, outcome: str) -> None:
    """A report of pytest-bdd once showed an undefined step as a pass."""
    telling.begin().collect({"name": "A"}).start("A").step("Given a day", outcome).finish().end(passed=1)

    assert told(telling) == [f"sit/meter_to_bill::A: passed although a step was {outcome}: Given a day"]


def test_pass_of_nothing_is_said(telling: Telling) -> None:
    """Nothing tested is never a pass."""
    telling.begin().collect({"name": "A"}).start("A")
    telling.lines.pop()
    telling.finish().end(passed=1)

    assert told(telling) == [
        "sit/meter_to_bill::A: passed although it never started.",
        "sit/meter_to_bill::A: passed without a single step.",
    ]


@pytest.mark.parametrize(
    "counted",
    [
        {"passed": 1, "failed": 1, "skipped": 1},
        {"passed": 1, "error": 1, "skipped": 1},
        {"passed": 2, "error": 1, "skipped": 1},
        {"passed": 1, "failed": 1, "error": 1, "skipped": 1},
        {"passed": 1, "failed": 1, "skipped": 1, "deselected": 8},
    ],
)
def test_pytest_may_count_a_teardown_on_its_own(telling: Telling, counted: dict[str, int]) -> None:
    """A test that passes and then errs in teardown is one passed and one error to pytest, one error to us."""
    assert told(three(telling).end(1, **counted)) == []


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        ({"passed": 2, "failed": 1, "skipped": 1}, ["pytest counted 2 passed, the record 1."]),
        (
            {"passed": 3},
            [
                "pytest counted 3 passed, the record 1.",
                "pytest counted 0 skipped, the record 1.",
                "pytest counted 0 failed or in error, the record 1.",
            ],
        ),
        ({"passed": 1, "failed": 2, "skipped": 1}, ["pytest counted 2 failed or in error, the record 1."]),
        ({"passed": 1, "skipped": 1}, ["pytest counted 0 failed or in error, the record 1."]),
        (
            {"passed": 1, "failed": 1, "skipped": 1, "xfailed": 1},
            ["pytest counted 1 xfailed, for which the record has no word."],
        ),
    ],
)
def test_other_count_of_pytest_is_said(telling: Telling, counted: dict[str, int], said: list[str]) -> None:
    """Per outcome, both figures."""
    assert told(three(telling).end(1, **counted)) == said


def test_error_that_the_record_calls_passed_is_said(telling: Telling) -> None:
    """The record hides what pytest saw in a teardown."""
    telling.begin().collect({"name": "A"}).start("A").step("Given a day").finish().end(0, passed=1, error=1)

    assert told(telling) == ["pytest counted 1 failed or in error, the record 0."]


def test_exit_code_that_hides_a_failure_is_said(telling: Telling) -> None:
    """0 means that nothing failed."""
    said = told(three(telling).end(0, passed=1, failed=1, skipped=1))

    assert said == ["The run ended with exit code 0 although 1 scenarios failed or were in error."]


def test_exit_code_without_a_reason_is_said(telling: Telling) -> None:
    """Something failed that is no scenario."""
    telling.begin().collect({"name": "A"}).start("A").step("Given a day").finish().end(3, passed=1)

    assert told(telling) == ["The run ended with exit code 3 although every scenario passed."]


CASE = '<testcase classname="features.test_scenarios" name="test_{name}">{inside}</testcase>'


def witness(folder: Path, **cases: str) -> Path:
    """What pytest wrote: a case per name, with the elements in it."""
    path = folder / "pytest.xml"
    inside = "".join(CASE.format(name=name, inside=f"<{what}/>" if what else "") for name, what in cases.items())
    path.write_text(f"<testsuites><testsuite>{inside}</testsuite></testsuites>")
    return path


def heard(telling: Telling, xml: Path) -> list[str]:
    """What the second witness says."""
    return complaints(read(three(telling).end(1, passed=1, failed=1, skipped=1).path), xml)


def test_second_witness_agrees(telling: Telling, tmp_path: Path) -> None:
    """Same outcomes, no complaint."""
    assert heard(telling, witness(tmp_path, a="", b="failure", c="skipped")) == []


def test_second_witness_names_what_it_saw(telling: Telling, tmp_path: Path) -> None:
    """A failure that pytest wrote down and the record did not."""
    assert heard(telling, witness(tmp_path, a="error", b="failure", c="skipped")) == [
        "pytest.xml has 0 passed, the record 1.",
        "pytest.xml has 2 failed or in error, the record 1.",
    ]


def test_case_that_failed_and_erred_counts_once(telling: Telling, tmp_path: Path) -> None:
    """pytest writes it twice under one name."""
    xml = witness(tmp_path, a="", b="failure", c="skipped")
    xml.write_text(xml.read_text().replace("</testsuite>", CASE.format(name="b", inside="<error/>") + "</testsuite>", 1))

    assert heard(telling, xml) == []


@pytest.mark.parametrize(
    ("content", "said"), [("<testsuites>", "pytest's own results are no XML: pytest.xml: "), (None, "pytest's own results cannot be read")]
)
def test_unreadable_witness_is_said(telling: Telling, tmp_path: Path, content: str | None, said: str) -> None:
    """It is no reason to have no report."""
    xml = tmp_path / "pytest.xml"
    if content is not None:
        xml.write_text(content)

    [complaint] = heard(telling, xml)

    assert complaint.startswith(said)

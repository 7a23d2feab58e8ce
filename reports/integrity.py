"""Whether a record is whole: collected = executed = recorded = what pytest itself counted."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from ami.findings import Severity
from ami.outcomes import Outcome
from reports.run import Run
from reports.scenario import Scenario

WORDS = {
    Outcome.PASSED: "passed",
    Outcome.NOT_TESTED: "skipped",
    Outcome.INCONCLUSIVE: "skipped",
    Outcome.FAILED: "failed or in error",
    Outcome.ERROR: "failed or in error",
}
"""An outcome in pytest's words, which do not tell a failure from an error of ours."""

COUNTED = ("passed", "skipped", "failed", "error")
NO_TESTS = ("deselected", "warnings")
NAMED = 5


def complaints(run: Run, pytest_xml: Path | None = None) -> list[str]:
    """What contradicts the claim that the record is whole, one plain sentence each; none for a whole record.

    pytest_xml: the JUnit XML that pytest wrote of the same run, a second witness; it is heard only where the run has an end.
    """
    found = [*_of_the_end(run), *_of_collection(run)]
    for scenario in run.scenarios:
        found.extend(_of_scenario(scenario))
    if run.finished is not None and not run.finished.interrupted:
        found.extend(_of_counts(run, run.finished.counted))
        if pytest_xml is not None:
            found.extend(_of_witness(run, pytest_xml))
    return found


def _of_the_end(run: Run) -> Iterator[str]:
    if run.torn:
        yield "The last line of the record was cut off while it was being written."
    if run.finished is None:
        yield "The record has no end: the run crashed or was killed."
        return
    if run.finished.interrupted:
        yield "The run was interrupted before its end."
        return
    broken = sum(scenario.outcome in (Outcome.FAILED, Outcome.ERROR) for scenario in run.scenarios)
    passed = sum(scenario.outcome is Outcome.PASSED for scenario in run.scenarios)
    if broken and run.finished.exit_code == 0:
        yield f"The run ended with exit code 0 although {broken} scenarios failed or were in error."
    if passed and passed == len(run.scenarios) and run.finished.exit_code != 0:
        yield f"The run ended with exit code {run.finished.exit_code} although every scenario passed."


def _of_collection(run: Run) -> Iterator[str]:
    if run.collection is None:
        yield "The record does not say how many scenarios were collected."
    elif run.collection.scenarios != len(run.scenarios):
        yield f"{run.collection.scenarios} scenarios were collected, but {len(run.scenarios)} are recorded."
    unfinished = [each for each in run.scenarios if each.finished is None]
    yield from _named("never began", [each for each in unfinished if not each.was_begun])
    yield from _named("began but did not finish", [each for each in unfinished if each.was_begun])


def _named(what: str, scenarios: list[Scenario]) -> Iterator[str]:
    if scenarios:
        names = "; ".join(each.collected.scenario for each in scenarios[:NAMED])
        more = f"; and {len(scenarios) - NAMED} more" if len(scenarios) > NAMED else ""
        yield f"{len(scenarios)} of the scenarios {what}: {names}{more}."


def _of_scenario(scenario: Scenario) -> Iterator[str]:
    finished = scenario.finished
    if finished is None:
        return
    name = scenario.collected.scenario
    if finished.messages != len(scenario.messages):
        yield f"{name}: {finished.messages} messages crossed the wires, but {len(scenario.messages)} are recorded."
    if finished.steps is not None and finished.steps != len(scenario.steps):
        yield f"{name}: {finished.steps} steps were told, but {len(scenario.steps)} are recorded."
    recorded = Counter(finding.severity for finding in scenario.findings)
    for severity in Severity:
        counted = finished.findings.get(severity, 0)
        if counted != recorded[severity]:
            yield f"{name}: {counted} findings of severity {severity} were counted, but {recorded[severity]} are recorded."
    if finished.outcome is not Outcome.PASSED:
        return
    if scenario.started is None:
        yield f"{name}: passed although it never started."
    if not scenario.steps:
        yield f"{name}: passed without a single step."
    for step in scenario.steps:
        if step.outcome != "passed":
            yield f"{name}: passed although a step was {step.outcome}: {step.keyword} {step.text}"


def _of_counts(run: Run, counted: Mapping[str, int]) -> Iterator[str]:
    """Compare with pytest's count of phases: a test that fails in call or passes and then errs in teardown counts twice."""
    strange = [f"{number} {word}" for word, number in counted.items() if number and word not in COUNTED + NO_TESTS]
    if strange:
        yield f"pytest counted {', '.join(strange)}, for which the record has no word."
    passed, skipped, failed, errors = (counted.get(word, 0) for word in COUNTED)
    recorded = Counter(WORDS[scenario.outcome] for scenario in run.scenarios)
    twice_passed = passed - recorded["passed"]
    twice_skipped = skipped - recorded["skipped"]
    twice_broken = failed + errors - recorded["failed or in error"]
    counts_twice = min(twice_passed, twice_skipped, twice_broken) >= 0 and twice_broken <= failed
    if not counts_twice or twice_passed + twice_skipped + twice_broken > errors:
        theirs = {"passed": passed, "skipped": skipped, "failed or in error": failed + errors}
        yield from _differences("pytest counted", theirs, recorded)


def _of_witness(run: Run, pytest_xml: Path) -> Iterator[str]:
    try:
        root = etree.fromstring(pytest_xml.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except OSError as fault:
        yield f"pytest's own results cannot be read: {pytest_xml.name}: {fault.strerror}."
        return
    except etree.XMLSyntaxError as fault:
        yield f"pytest's own results are no XML: {pytest_xml.name}: {fault.msg}."
        return
    # A test that fails and then errs in teardown stands there twice under one name.
    cases: dict[tuple[str, str], set[str]] = {}
    for case in root.iter("testcase"):
        key = (case.get("classname", ""), case.get("name", ""))
        cases.setdefault(key, set()).update(str(child.tag) for child in case)
    theirs = Counter(_word(children) for children in cases.values())
    recorded = Counter(WORDS[scenario.outcome] for scenario in run.scenarios)
    yield from _differences(f"{pytest_xml.name} has", theirs, recorded)


def _word(children: set[str]) -> str:
    if children & {"failure", "error"}:
        return "failed or in error"
    return "skipped" if "skipped" in children else "passed"


def _differences(whose: str, theirs: Mapping[str, int], recorded: Mapping[str, int]) -> Iterator[str]:
    for word in dict.fromkeys(WORDS.values()):
        if theirs.get(word, 0) != recorded.get(word, 0):
            yield f"{whose} {theirs.get(word, 0)} {word}, the record {recorded.get(word, 0)}."

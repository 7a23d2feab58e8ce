"""SARIF for a run: what was found on the wires and in the truth, each at the scenario that showed it."""

from collections.abc import Iterator
from typing import Final

from ami.findings import Severity
from ami.outcomes import Outcome
from ami.ports import Json
from reports.blame import explanation, wire_title
from reports.checked.asked import everything
from reports.run import Run
from reports.sarif import Broken, Issue, log
from reports.scenario import Scenario

TRUTH: Final = Broken(
    "TRUTH",
    "every interval to be held and billed as the meter measured it",
    "Energy that is lost, doubled, shifted or altered on its way is billed wrongly.",
    "",
    "the truth of the simulated meters",
    Severity.ERROR,
)
SCENARIO: Final = Broken(
    "SCENARIO",
    "every scenario to be carried out and to pass",
    "What a scenario promises does not hold, or nobody can say whether it does.",
    "",
    "the feature files",
    Severity.ERROR,
)
WORTH_A_RESULT = (Outcome.FAILED, Outcome.ERROR)


def as_sarif(run: Run, complaints: tuple[str, ...] = ()) -> dict[str, Json]:
    """The whole log. complaints: why the record is not whole; any of them makes it no complete one."""
    issues = [issue for scenario in run.scenarios for issue in _issues(scenario)]
    is_whole = not complaints and run.finished is not None and not run.finished.interrupted
    return log(issues, (*everything(), TRUTH, SCENARIO), run.started.version, complete=is_whole)


def _issues(scenario: Scenario) -> Iterator[Issue]:
    """Each finding and each truth that does not hold; for a scenario that is broken without any, the scenario itself."""
    collected = scenario.collected
    place = (collected.feature_file, collected.line)
    broken = 0
    for finding in scenario.findings:
        broken += finding.severity is Severity.ERROR
        on = f"{wire_title(finding.wire)}, message {finding.message or '-'} of {collected.scenario}"
        text = f"{on}: expected {finding.expected}; found {finding.found}"
        told_apart = (collected.scenario, finding.wire, finding.expected)
        yield Issue(finding.rule, finding.severity, text, *place, place=finding.path, told_apart=told_apart)
    for truth in scenario.truths:
        if not truth.ok:
            broken += 1
            held_at = (collected.scenario, truth.meter, truth.stage, truth.wire or "")
            yield Issue(TRUTH.id, Severity.ERROR, f"{collected.scenario}: {truth.text}", *place, told_apart=held_at)
    if scenario.outcome in WORTH_A_RESULT and not broken:
        text = f"{collected.scenario} {scenario.outcome}: {explanation(scenario) or 'no reason is recorded'}"
        yield Issue(SCENARIO.id, Severity.ERROR, text, *place, told_apart=(collected.scenario,))

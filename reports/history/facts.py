"""What is kept of a run for later ones: outcomes, findings and figures, without its messages."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from ami.findings import Severity
from ami.outcomes import Outcome
from reports.acceptance import figures
from reports.blame import explanation
from reports.run import Run
from reports.site.past import PastRun, as_past


class FindingKey(NamedTuple):
    """What makes two findings of two runs the same one: not the message's number, nor the value that was found."""

    scenario: str
    rule: str
    severity: Severity
    wire: str
    path: str
    expected: str


@dataclass(frozen=True, slots=True)
class Facts:
    """One run. environment: its name; outcome: of the run as a whole; reasons: of the scenarios that did not pass.

    figures: by name, with their unit in it: acceptance figures as shares of 1, and what scenarios measured.
    """

    run: str
    at: datetime
    environment: str
    version: str
    commit: str | None
    settings: str
    outcome: Outcome
    seconds: float
    messages: int
    outcomes: dict[str, Outcome]
    reasons: dict[str, str]
    findings: dict[FindingKey, int]
    figures: dict[str, float]

    def as_past(self) -> PastRun:
        """The run as the page compares itself with it."""
        found: Counter[tuple[str, str, Severity]] = Counter()
        for key, number in self.findings.items():
            found[key.rule, key.wire, key.severity] += number
        return PastRun(self.run, self.at, self.version, self.commit, self.settings, self.seconds, self.outcomes, dict(found))


def facts(run: Run, outcome: Outcome) -> Facts:
    """What is kept of `run`, which came to `outcome`."""
    past = as_past(run)
    found = Counter(
        FindingKey(finding.scenario, finding.rule, finding.severity, finding.wire, finding.path, finding.expected)
        for scenario in run.scenarios
        for finding in scenario.findings
    )
    measured = {figure.demand.name: figure.share for figure in figures(run) if figure.share is not None}
    for scenario in run.scenarios:
        for each in scenario.figures:
            measured[f"{scenario.collected.scenario}: {each.name} ({each.unit})"] = each.value
    return Facts(
        run=past.run,
        at=past.at,
        environment=run.started.name or "built-in",
        version=past.version,
        commit=past.commit,
        settings=past.settings,
        outcome=outcome,
        seconds=past.seconds,
        messages=sum(len(scenario.messages) for scenario in run.scenarios),
        outcomes=past.outcomes,
        reasons={each.collected.scenario: explanation(each) for each in run.scenarios if each.outcome is not Outcome.PASSED},
        findings=dict(found),
        figures=measured,
    )


def flaky(runs: Iterable[Facts]) -> dict[str, Sequence[Outcome]]:
    """The scenarios that came to different ends in runs of one commit with the same settings, each with these, the oldest first.

    A tree that was changed and never committed may be another one each time, and says nothing.
    """
    seen: dict[tuple[str, str, str], list[Outcome]] = {}
    for each in sorted(runs, key=lambda told: told.at):
        if each.commit is not None and not each.commit.endswith("+"):
            for scenario, outcome in each.outcomes.items():
                if outcome in (Outcome.PASSED, Outcome.FAILED, Outcome.ERROR):
                    seen.setdefault((each.commit, each.settings, scenario), []).append(outcome)
    return {scenario: outcomes for (_, _, scenario), outcomes in seen.items() if len(set(outcomes)) > 1}

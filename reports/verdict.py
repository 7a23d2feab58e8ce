"""What a run came to: in one sentence, per phase, and as the exit code."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ami.findings import Severity
from ami.outcomes import EXIT_CODES, WORST_FIRST, Outcome, overall
from reports.run import Run
from reports.scenario import Scenario

NAMED = 3
"""How many scenarios of each outcome the headline names."""

SAID = {Outcome.ERROR: "could not be carried out", Outcome.FAILED: "failed", Outcome.INCONCLUSIVE: "stayed inconclusive"}


@dataclass(frozen=True, slots=True)
class Summary:
    """A group of scenarios in numbers. title: the phase, process or risk that they share; empty for all of them."""

    title: str
    outcomes: dict[Outcome, int]
    messages: int
    findings: dict[Severity, int]

    @property
    def scenarios(self) -> int:
        """How many scenarios there are."""
        return sum(self.outcomes.values())


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result of a run. complaints: why its own figures cannot be trusted; none for a whole record."""

    outcome: Outcome
    exit_code: int
    headline: str
    phases: tuple[Summary, ...]
    total: Summary
    complaints: tuple[str, ...]


def verdict(run: Run, complaints: Sequence[str] = ()) -> Verdict:
    """The result of `run`. complaints: what `reports.integrity.complaints` has to say; any makes the run an error."""
    scenarios = run.scenarios
    outcome = Outcome.ERROR if complaints else overall(scenario.outcome for scenario in scenarios)
    phases = dict.fromkeys(scenario.collected.phase for scenario in scenarios)
    return Verdict(
        outcome=outcome,
        exit_code=EXIT_CODES[outcome],
        headline=_headline(run, complaints),
        phases=tuple(summary(phase, (each for each in scenarios if each.collected.phase == phase)) for phase in phases),
        total=summary("", scenarios),
        complaints=tuple(complaints),
    )


def summary(title: str, scenarios: Iterable[Scenario]) -> Summary:
    """`scenarios` in numbers."""
    outcomes = dict.fromkeys(reversed(WORST_FIRST), 0)
    findings: Counter[Severity] = Counter()
    messages = 0
    for scenario in scenarios:
        outcomes[scenario.outcome] += 1
        messages += len(scenario.messages)
        findings.update(finding.severity for finding in scenario.findings)
    return Summary(title, outcomes, messages, {severity: findings[severity] for severity in Severity})


def _headline(run: Run, complaints: Sequence[str]) -> str:
    counted = summary("", run.scenarios)
    total = counted.scenarios
    if not total or counted.outcomes[Outcome.NOT_TESTED] == total:
        said = "Nothing was tested"
    elif counted.outcomes[Outcome.PASSED] == total:
        said = f"All {total} scenarios passed" if total > 1 else "The only scenario passed"
    else:
        said = _worse_than_passed(run.scenarios, counted)
    if run.finished is None:
        return f"The run broke off. {said}."
    if run.finished.interrupted:
        return f"The run was interrupted. {said}."
    if complaints:
        return f"The record of this run is not whole. {said}."
    return f"{said}."


def _worse_than_passed(scenarios: Sequence[Scenario], counted: Summary) -> str:
    total = counted.scenarios
    tested = {outcome: number for outcome, number in counted.outcomes.items() if outcome is not Outcome.NOT_TESTED and number}
    untested = counted.outcomes[Outcome.NOT_TESTED]
    if set(tested) == {Outcome.PASSED}:
        return f"{_scenarios(tested[Outcome.PASSED])} passed, {untested} {'was' if untested == 1 else 'were'} not tested"
    worse = [outcome for outcome in WORST_FIRST if outcome in tested and outcome is not Outcome.PASSED]
    names = {outcome: _names([each for each in scenarios if each.outcome is outcome]) for outcome in worse}
    first = f"{tested[worse[0]]} of {_scenarios(total)} {SAID[worse[0]]}"
    if len(worse) == 1:
        return f"{first}: {names[worse[0]]}"
    others = [f"{tested[outcome]} {SAID[outcome]} ({names[outcome]})" for outcome in worse[1:]]
    return f"{', '.join([f'{first} ({names[worse[0]]})', *others[:-1]])} and {others[-1]}"


def _names(scenarios: Sequence[Scenario]) -> str:
    names = list(dict.fromkeys(each.collected.name for each in scenarios))
    return "; ".join(names[:NAMED]) + (f"; and {len(names) - NAMED} more" if len(names) > NAMED else "")


def _scenarios(number: int) -> str:
    return f"{number} scenario" if number == 1 else f"{number} scenarios"

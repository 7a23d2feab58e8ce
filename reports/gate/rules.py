"""The rules of a gate: each asks one thing of a run, and answers with a figure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil

from ami.findings import Severity
from ami.outcomes import Outcome
from reports import acceptance
from reports.gate.policy import Acceptance, Coverage, Performance, Phase, Policy
from reports.history.comparison import compare
from reports.history.facts import Facts, FindingKey, facts
from reports.run import Run
from reports.scenario import Scenario
from reports.verdict import verdict

DECIDED = (Outcome.PASSED, Outcome.FAILED)
BROKEN = (Outcome.FAILED, Outcome.ERROR)
FEWEST_FOR_P95 = 20
"""Of fewer, nothing is slower than 95 %."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one rule comes to. figure: what was found, beside what was asked.

    about: the scenarios and the rules of findings that spoil it; where all of them are waived, so is the answer.
    """

    rule: str
    outcome: Outcome
    figure: str
    about: tuple[str, ...] = field(default=())


def answers(run: Run, policy: Policy, complaints: Sequence[str] = (), baseline: Facts | None = None) -> list[Answer]:
    """What every rule of `policy` says of `run`. complaints: why its record is not whole; baseline: an earlier run."""
    return [
        _record(complaints),
        _executed(run, policy.scenarios),
        *(_phase(run, name, asked) for name, asked in policy.phases.items()),
        *(_findings(run, Severity(name), most) for name, most in policy.findings.items()),
        *_news(run, policy, complaints, baseline),
        *(_acceptance(run, policy.acceptance) if policy.acceptance is not None else ()),
        *(_performance(run, policy.performance) if policy.performance is not None else ()),
        *((_coverage(run, policy.coverage),) if policy.coverage is not None else ()),
    ]


def _record(complaints: Sequence[str]) -> Answer:
    if complaints:
        return Answer("record", Outcome.ERROR, " ".join(complaints))
    return Answer("record", Outcome.PASSED, "whole")


def _executed(run: Run, fewest: int) -> Answer:
    executed = [each for each in run.scenarios if each.outcome is not Outcome.NOT_TESTED]
    outcome = Outcome.PASSED if executed and len(executed) >= fewest else Outcome.INCONCLUSIVE
    return Answer("scenarios", outcome, f"{len(executed)} executed, at least {max(fewest, 1)} asked for")


def _phase(run: Run, name: str, asked: Phase) -> Answer:
    scenarios = [each for each in run.scenarios if each.collected.phase == name]
    executed = [each for each in scenarios if each.outcome is not Outcome.NOT_TESTED]
    passed = [each for each in executed if each.outcome is Outcome.PASSED]
    undecided = [each for each in executed if each.outcome is Outcome.INCONCLUSIVE]
    counted = [each for each in executed if not (asked.may_be_inconclusive and each in undecided)]
    figure = f"{len(passed)} of {len(counted)} passed, {asked.passed:.1%} asked for"
    if len(executed) < max(asked.executed, 1):
        figure += f"; {len(executed)} executed, at least {max(asked.executed, 1)} asked for"
    about = tuple(each.collected.scenario for each in executed if each.outcome is not Outcome.PASSED)
    return Answer(f"phase {name}", _of_phase(executed, counted, asked), figure, about)


def _of_phase(executed: Sequence[Scenario], counted: Sequence[Scenario], asked: Phase) -> Outcome:
    """An error says nothing about the systems, so it is none of theirs; what is missing is inconclusive, never a pass."""
    if any(each.outcome is Outcome.ERROR for each in executed):
        return Outcome.ERROR
    passed = sum(each.outcome is Outcome.PASSED for each in counted)
    failed = sum(each.outcome is Outcome.FAILED for each in counted)
    # Whatever becomes of the undecided ones, so many can still pass.
    if counted and (len(counted) - failed) / len(counted) < asked.passed:
        return Outcome.FAILED
    if not counted or len(executed) < max(asked.executed, 1) or passed / len(counted) < asked.passed:
        return Outcome.INCONCLUSIVE
    return Outcome.PASSED


def _findings(run: Run, severity: Severity, most: int) -> Answer:
    found = [finding for each in run.scenarios for finding in each.findings if finding.severity is severity]
    looked_at = sum(len(each.messages) for each in run.scenarios)
    outcome = Outcome.FAILED if len(found) > most else Outcome.PASSED if looked_at else Outcome.INCONCLUSIVE
    figure = f"{len(found)} in {looked_at:,} messages, at most {most} asked for"
    return Answer(f"findings {severity}", outcome, figure, tuple(dict.fromkeys(finding.rule for finding in found)))


def _news(run: Run, policy: Policy, complaints: Sequence[str], baseline: Facts | None) -> Iterator[Answer]:
    if not policy.needs_baseline:
        return
    if baseline is None:
        yield Answer("baseline", Outcome.INCONCLUSIVE, "no baseline is named or kept: name one with --baseline")
        return
    found = compare(baseline, facts(run, verdict(run, complaints).outcome))
    if policy.new_failures is not None:
        broken = [*found.broken, *(each for each in found.only_later if found.later.outcomes[each] in BROKEN)]
        outcome = Outcome.FAILED if len(broken) > policy.new_failures else Outcome.PASSED
        figure = f"{len(broken)} beside {baseline.run}, at most {policy.new_failures} asked for"
        yield Answer("new failures", outcome, figure, tuple(broken))
    for name, most in policy.new_findings.items():
        keys: list[FindingKey] = [key for key in found.new_findings if key.severity == name]
        outcome = Outcome.FAILED if len(keys) > most else Outcome.PASSED
        figure = f"{len(keys)} beside {baseline.run}, at most {most} asked for"
        yield Answer(f"new findings {name}", outcome, figure, tuple(dict.fromkeys(key.rule for key in keys)))


def _acceptance(run: Run, asked: Acceptance) -> Iterator[Answer]:
    least = {demand.name: getattr(asked, demand.name) for demand in acceptance.DEMANDS}
    for figure in acceptance.figures(run, least, asked.confidence):
        yield Answer(f"acceptance {figure.demand.name}", figure.outcome, figure.text)


def _performance(run: Run, asked: Performance) -> Iterator[Answer]:
    if asked.scenario_p95_s is not None:
        taken = sorted(each.seconds for each in run.scenarios if each.finished is not None and each.outcome is not Outcome.NOT_TESTED)
        yield _at_most("performance scenario_p95_s", _p95(taken), asked.scenario_p95_s, f" of {len(taken)}, {FEWEST_FOR_P95} are needed")
    if asked.run_s is not None:
        yield _at_most("performance run_s", (run.ended_at - run.started.at).total_seconds(), asked.run_s)
    measured: dict[str, list[float]] = {}
    for each in run.scenarios:
        for figure in each.figures:
            measured.setdefault(figure.name, []).append(figure.value)
    for name, most in asked.at_most.items():
        yield _at_most(f"performance {name}", max(measured.get(name, ()), default=None), most)
    for name, least in asked.at_least.items():
        lowest = min(measured.get(name, ()), default=None)
        outcome = Outcome.INCONCLUSIVE if lowest is None else Outcome.PASSED if lowest >= least else Outcome.FAILED
        yield Answer(f"performance {name}", outcome, f"{_told(lowest)}, at least {least:g} asked for")


def _p95(taken: Sequence[float]) -> float | None:
    return taken[ceil(0.95 * len(taken)) - 1] if len(taken) >= FEWEST_FOR_P95 else None


def _at_most(rule: str, value: float | None, most: float, unless: str = "") -> Answer:
    outcome = Outcome.INCONCLUSIVE if value is None else Outcome.PASSED if value <= most else Outcome.FAILED
    return Answer(rule, outcome, f"{_told(value)}{unless if value is None else ''}, at most {most:g} asked for")


def _told(value: float | None) -> str:
    return "nothing was measured" if value is None else f"{value:.4g}"


def _coverage(run: Run, asked: Coverage) -> Answer:
    """A requirement counts as shown where a scenario that covers it was decided, whatever it came to."""
    shown: set[str] = set()
    for each in run.scenarios:
        if each.outcome in DECIDED:
            shown.update(tag.partition(":")[2] for tag in each.collected.tags if tag.startswith("covers:"))
    missing = tuple(each for each in asked.requirements if each not in shown)
    if not asked.requirements:
        return Answer("coverage", Outcome.INCONCLUSIVE, "no requirement is named: list them in [coverage] requirements")
    share = 1 - len(missing) / len(asked.requirements)
    named = f"; not shown: {', '.join(missing)}" if missing else ""
    figure = f"{len(asked.requirements) - len(missing)} of {len(asked.requirements)} shown, {asked.least:.1%} asked for{named}"
    return Answer("coverage", Outcome.PASSED if share >= asked.least else Outcome.INCONCLUSIVE, figure, missing)

"""The summary of a run in Markdown, for a pull request or the page of a CI job."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ami.outcomes import Outcome
from reports.acceptance import figures
from reports.blame import who, wire_title
from reports.legible import legible
from reports.phases import title
from reports.run import Run
from reports.scenario import Scenario
from reports.verdict import Summary, verdict

MOST = 25
"""How many scenarios and findings are named; servers cut off what is longer than 65,536 signs."""

LONGEST = 300
SIGNS = {
    Outcome.PASSED: "✅",
    Outcome.FAILED: "❌",
    Outcome.ERROR: "💥",
    Outcome.INCONCLUSIVE: "❔",
    Outcome.NOT_TESTED: "⏭️",
}
COLUMNS = (Outcome.PASSED, Outcome.FAILED, Outcome.ERROR, Outcome.INCONCLUSIVE, Outcome.NOT_TESTED)
WORST = (Outcome.ERROR, Outcome.FAILED, Outcome.INCONCLUSIVE)


def document(run: Run, complaints: Sequence[str] = ()) -> str:
    """The whole text. complaints: why the record is not whole; they come first."""
    came_to = verdict(run, complaints)
    lines = [f"## {SIGNS[came_to.outcome]} MeterGate: {came_to.outcome}", "", plain(came_to.headline), ""]
    lines += [f"> **The figures cannot be trusted:** {plain(complaint)}" for complaint in complaints]
    lines += ["", *_phases((*came_to.phases, came_to.total)), "", *_broken(run.scenarios), *_findings(run), *_acceptance(run)]
    lines += [f"<sub>{_provenance(run)}</sub>", ""]
    return "\n".join(lines)


def plain(text: str) -> str:
    """Text that Markdown shows as it is: no tags, no links, no mentions, on one line."""
    short = " ".join(legible(text).split())
    short = short if len(short) <= LONGEST else f"{short[:LONGEST]}…"
    return re.sub(r"([\\`*_{}\[\]<>()#|~@!&])", lambda found: f"&#{ord(found[0])};", short)


def _phases(summaries: Iterable[Summary]) -> Iterator[str]:
    yield f"| phase | {' | '.join(outcome.value for outcome in COLUMNS)} | messages | findings |"
    yield f"| --- |{' ---: |' * len(COLUMNS)} ---: | --- |"
    for summary in summaries:
        found = ", ".join(f"{number} {severity}" for severity, number in summary.findings.items() if number)
        numbers = " | ".join(str(summary.outcomes[outcome] or "") for outcome in COLUMNS)
        yield f"| {plain(title(summary.title)) or '**all**'} | {numbers} | {summary.messages:,} | {found} |"


def _broken(scenarios: Sequence[Scenario]) -> Iterator[str]:
    for outcome in WORST:
        chosen = [scenario for scenario in scenarios if scenario.outcome is outcome]
        if not chosen:
            continue
        yield f"### {SIGNS[outcome]} {len(chosen)} {outcome}"
        yield ""
        for scenario in chosen[:MOST]:
            attribution = scenario.finished.attribution if scenario.finished is not None else None
            blamed = f" — {plain(who(attribution))}" if attribution is not None else ""
            yield f"- **{plain(scenario.collected.scenario)}**{blamed}: {plain(scenario.reason or 'no reason is recorded')}"
        if len(chosen) > MOST:
            yield f"- and {len(chosen) - MOST} more"
        yield ""


def _findings(run: Run) -> Iterator[str]:
    counted = Counter(
        (finding.severity, finding.rule, finding.wire, finding.expected) for scenario in run.scenarios for finding in scenario.findings
    )
    if not counted:
        return
    yield "<details><summary>Findings by rule</summary>"
    yield ""
    yield "| rule | severity | wire | times | expected |"
    yield "| --- | --- | --- | ---: | --- |"
    for (severity, rule, wire, expected), number in counted.most_common(MOST):
        yield f"| {plain(rule)} | {severity} | {plain(wire_title(wire))} | {number} | {plain(expected)} |"
    if len(counted) > MOST:
        yield f"| and {len(counted) - MOST} more | | | | |"
    yield ""
    yield "</details>"
    yield ""


def _acceptance(run: Run) -> Iterator[str]:
    told = figures(run)
    if not any(figure.counted for figure in told):
        return
    yield "| acceptance figure | |"
    yield "| --- | --- |"
    for figure in told:
        yield f"| {figure.demand.title} | {SIGNS[figure.outcome]} {plain(figure.text)} |"
    yield ""


def _provenance(run: Run) -> str:
    started = run.started
    real = [name for name, system in started.environment.items() if not system.simulated]
    played = f"real: {', '.join(real)}" if real else "all systems simulated"
    said = (f"run {started.run}", f"MeterGate {started.version}", f"commit {started.commit or 'unknown'}", f"seed {started.seed}")
    return plain(", ".join((*said, f"dialect {started.dialect}", played)))

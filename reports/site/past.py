"""The runs before this one, as the page compares them with it: outcome by outcome, and rule by rule."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ami.findings import Severity
from ami.outcomes import Outcome
from ami.ports import Json
from reports.run import Run

MOST_RUNS = 40
"""How many earlier runs the page knows, the latest ones."""

LETTERS = {Outcome.PASSED: "P", Outcome.FAILED: "F", Outcome.INCONCLUSIVE: "I", Outcome.NOT_TESTED: "N", Outcome.ERROR: "E"}
ABSENT = "-"


@dataclass(frozen=True, slots=True)
class PastRun:
    """One run as far as a comparison needs it. outcomes: by scenario; findings: how many, by rule, wire and severity.

    settings: what else than the code may explain another outcome: seed, dialect, and what the run was told.
    """

    run: str
    at: datetime
    version: str
    commit: str | None
    settings: str
    seconds: float
    outcomes: dict[str, Outcome]
    findings: dict[tuple[str, str, Severity], int]


def as_past(run: Run) -> PastRun:
    """A run as a later one will look back on it."""
    return PastRun(
        run=run.started.run,
        at=run.started.at,
        version=run.started.version,
        commit=run.started.commit,
        settings=" ".join([f"seed {run.started.seed}", run.started.dialect, run.started.clock, *_telling(run.started.arguments)]),
        seconds=(run.ended_at - run.started.at).total_seconds(),
        outcomes={scenario.collected.scenario: scenario.outcome for scenario in run.scenarios},
        findings=dict(
            Counter((finding.rule, finding.wire, finding.severity) for scenario in run.scenarios for finding in scenario.findings)
        ),
    )


def _telling(arguments: Sequence[str]) -> Iterator[str]:
    """The arguments that change what a scenario meets: a fault on a wire, readings, an environment."""
    yield from sorted(argument for argument in arguments if argument.startswith(("--ami-fault", "--ami-readings", "--ami-env")))


def past_json(run: Run, past: Sequence[PastRun]) -> Json:
    """Earlier runs and this one, the oldest first, for the page's script: a letter for each scenario of each run."""
    now = as_past(run)
    earlier = sorted((each for each in past if each.run != now.run and each.at < now.at), key=lambda each: each.at)[-MOST_RUNS:]
    runs = [*earlier, now]
    scenarios = list(dict.fromkeys([*now.outcomes, *(scenario for each in reversed(earlier) for scenario in each.outcomes)]))
    return {
        "scenarios": scenarios,
        "runs": [
            {
                "run": each.run,
                "at": int(each.at.timestamp()),
                "version": each.version,
                "commit": each.commit,
                "settings": each.settings,
                "seconds": round(each.seconds, 1),
                "outcomes": "".join(LETTERS[each.outcomes[scenario]] if scenario in each.outcomes else ABSENT for scenario in scenarios),
                "findings": [[*key, number] for key, number in sorted(each.findings.items())],
            }
            for each in runs
        ],
    }

"""Runs to look back on, made without any record."""

from datetime import UTC, datetime, timedelta

from ami.findings import Severity
from ami.outcomes import Outcome, overall
from reports.history.facts import Facts, FindingKey

MIDNIGHT = datetime(2026, 3, 1, tzinfo=UTC)


def key(rule: str = "MR-03", scenario: str = "sit/bill::A", severity: Severity = Severity.ERROR) -> FindingKey:
    """A finding."""
    return FindingKey(scenario, rule, severity, "hes->mdms", "/Payload/timeStamp", "an offset")


def told(number: int, findings: tuple[FindingKey, ...] = (), figures: dict[str, float] | None = None, **outcomes: str) -> Facts:
    """The run of that number, an hour after the one before it; outcomes by the last letter of their scenario's id."""
    ends = {f"sit/bill::{name}": Outcome(outcome) for name, outcome in outcomes.items()}
    return Facts(
        run=f"run-{number}",
        at=MIDNIGHT + timedelta(hours=number),
        environment="lab",
        version="0.1.0",
        commit="abc",
        settings="seed 1",
        outcome=overall(ends.values()),
        seconds=12.5,
        messages=7,
        outcomes=ends,
        reasons={scenario: "it is broken" for scenario, outcome in ends.items() if outcome is not Outcome.PASSED},
        findings=dict.fromkeys(findings, 2),
        figures=figures or {},
    )

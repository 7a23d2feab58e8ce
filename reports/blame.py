"""Whose fault a scenario's outcome was, in words."""

from ami.names import SYSTEM_TITLES
from reports.lines import Attribution
from reports.scenario import Scenario

PARTIES = {
    "system under test": "the system under test",
    "environment": "the environment",
    "configuration": "the configuration",
    "harness": "the harness itself",
}


def system_title(system: str) -> str:
    """A system as a person calls it."""
    return SYSTEM_TITLES.get(system, system)


def wire_title(wire: str) -> str:
    """A wire as a person calls it: head-end → meter data management."""
    return " → ".join(system_title(end) for end in wire.split("->"))


def who(attribution: Attribution) -> str:
    """The party in one phrase, with system and wire where they are known."""
    named = PARTIES[attribution.party]
    if attribution.system:
        named = f"{system_title(attribution.system)} ({attribution.party})"
    return f"{named}, on the wire {attribution.wire}" if attribution.wire else named


def explanation(scenario: Scenario) -> str:
    """Why it did not pass and whose fault that is, in one line; empty for one that passed."""
    attribution = scenario.finished.attribution if scenario.finished is not None else None
    reason = scenario.reason or ""
    if attribution is None:
        return reason
    return f"[{attribution.party}] {who(attribution)}: {reason or attribution.evidence}"

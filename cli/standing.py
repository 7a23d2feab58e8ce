"""How a run stands while it works, counted from its record line by line."""

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from ami.outcomes import Outcome
from cli.record_tail import Line


class Ended(NamedTuple):
    """A scenario that has just come to its end."""

    scenario: str
    outcome: str
    reason: str


@dataclass(slots=True)
class Standing:
    """What has been done so far. total: scenarios to do, None until they are collected."""

    total: int | None = None
    phase: str = ""
    scenario: str = ""
    messages: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    _names: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def done(self) -> int:
        """How many scenarios have ended."""
        return self.outcomes.total()

    @property
    def broken(self) -> int:
        """How many scenarios failed or could not be carried out."""
        return self.outcomes[Outcome.FAILED] + self.outcomes[Outcome.ERROR]

    def take(self, line: Line) -> Ended | None:
        """Count one line; the scenario that it ends, if it ends one. A line of an unknown type counts for nothing."""
        match line:
            case {"type": "scenario_collected", "scenario": str(scenario), "phase": str(phase), "name": str(name)}:
                self._names[scenario] = phase, name
            case {"type": "collection_finished", "scenarios": int(total)}:
                self.total = total
            case {"type": "scenario_started", "scenario": str(scenario)}:
                self.phase, self.scenario = self._names.get(scenario, ("", scenario))
            case {"type": "message"}:
                self.messages += 1
            case {"type": "scenario_finished", "scenario": str(scenario), "outcome": str(outcome), **rest}:
                self.outcomes[outcome] += 1
                return Ended(scenario, outcome, str(rest.get("reason") or ""))
        return None

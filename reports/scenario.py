"""One scenario as its record tells it, from its collection to its end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ami.outcomes import Outcome
from reports.lines import (
    Attended,
    DayRead,
    Figure,
    MeasuredCurve,
    Message,
    Overridden,
    RecordedFinding,
    ScenarioCollected,
    ScenarioFinished,
    ScenarioStarted,
    StepFinished,
    Truth,
)


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario, from its collection to its end; what it did not live to see is empty.

    One that could not be set up has steps or an end without a start.
    """

    collected: ScenarioCollected
    started: ScenarioStarted | None
    steps: tuple[StepFinished, ...]
    messages: tuple[Message, ...]
    findings: tuple[RecordedFinding, ...]
    truths: tuple[Truth, ...]
    curves: tuple[MeasuredCurve, ...]
    finished: ScenarioFinished | None
    days_read: tuple[DayRead, ...] = ()
    figures: tuple[Figure, ...] = ()
    overrides: tuple[Overridden, ...] = ()
    attended: tuple[Attended, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """What it came to. Broken off is an error of the harness; never begun is not tested."""
        if self.finished is not None:
            return self.finished.outcome
        return Outcome.ERROR if self.was_begun else Outcome.NOT_TESTED

    @property
    def reason(self) -> str | None:
        """Why it did not pass, in one sentence."""
        if self.finished is not None:
            return self.finished.reason
        return "The run broke off during this scenario." if self.was_begun else "The run ended before this scenario began."

    @property
    def was_begun(self) -> bool:
        """Whether anything was done for it."""
        return bool(self.started or self.steps or self.finished)

    @property
    def began_at(self) -> datetime | None:
        """The real moment at which it began."""
        if self.finished is not None:
            return self.finished.at - timedelta(seconds=self.finished.seconds)
        return self.started.at if self.started is not None else None

    @property
    def seconds(self) -> float:
        """How long it took; nothing for one that has no end."""
        return self.finished.seconds if self.finished is not None else 0.0

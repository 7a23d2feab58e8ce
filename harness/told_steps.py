"""The steps of the scenario that is being told, as they are written down: each with what became of it, also those that were not reached."""

import time

from pytest_bdd.parser import Step

from harness.record import Record


class ToldSteps:
    """Those of one scenario at a time. number: how many were written down; last_passed: whether the last one did that was told."""

    def __init__(self, record: Record) -> None:
        self.number = 0
        self.last_passed = True
        self._record = record
        self._scenario = ""
        self._started_at = 0.0
        self._done: set[int] = set()

    def begin(self, scenario: str) -> None:
        """Another scenario begins."""
        self.number = 0
        self.last_passed = True
        self._scenario = scenario
        self._done = set()

    def start(self) -> None:
        """Note when a step began."""
        self._started_at = time.monotonic()

    def finish(self, step: Step, outcome: str, error: str | None) -> None:
        """Write down a step that came to an end."""
        self._done.add(id(step))
        self.last_passed = outcome == "passed"
        self._write(step, outcome, time.monotonic() - self._started_at, error)

    def skip_rest(self, steps: list[Step]) -> bool:
        """Write down those of a scenario's steps that were not reached; whether there were any."""
        unreached = [step for step in steps if id(step) not in self._done]
        for step in unreached:
            self._write(step, "skipped", 0.0, None)
        return bool(unreached)

    def _write(self, step: Step, outcome: str, seconds: float, error: str | None) -> None:
        self.number += 1
        self._record.write(
            "step_finished",
            scenario=self._scenario,
            keyword=step.keyword,
            text=step.name,
            line=step.line_number,
            outcome=outcome,
            seconds=round(seconds, 6),
            error=error,
            table=[list(row) for row in step.datatable.raw()] if step.datatable is not None else None,
        )

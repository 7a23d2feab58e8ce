"""The judge of a landscape: each wire is judged by what is spoken on it."""

from collections.abc import Iterable
from functools import cache

from ami.findings import Finding
from ami.names import Wire
from conformance.capture import Capture
from conformance.judge import Judge, Judgement
from harness.environment import Environment


class WireJudge:
    """Judges messages as the environment says that they are wrapped on their wires; for one thread at a time."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._of_dialect = cache(Judge)

    def message(self, capture: Capture) -> Judgement:
        """One message by itself. Raises ValueError for one that crossed no wire."""
        if capture.wire is None:
            raise ValueError("a message of a landscape has a wire")
        return self._on(capture.wire).message(capture)

    def conversation(self, messages: Iterable[Capture | Judgement]) -> list[tuple[int, Finding]]:
        """What only all messages of a scenario together show: each finding with the index of its message."""
        return self._of_dialect(self._environment.environment.dialect).conversation(messages)

    def _on(self, wire: Wire) -> Judge:
        return self._of_dialect(self._environment.dialect_on(wire).name)

"""The judge of a landscape: each wire is judged by what is spoken on it."""

from collections.abc import Iterable
from functools import cache, partial

from ami.findings import Finding
from ami.names import Wire
from conformance import schema_choice, schema_folder
from conformance.capture import Capture
from conformance.judge import Judge
from conformance.judgement import Judgement
from conformance.schema_folder import SchemaFolder
from harness.environment import Environment


def their_schemas(environment: Environment) -> SchemaFolder | None:
    """The schemas that take the place of ours. Raises ConfigurationError where they cannot."""
    named = environment.environment.schemas
    return None if named is None else schema_folder.read(named)


class WireJudge:
    """Judges messages as the environment says that they are wrapped on their wires; for one thread at a time.

    Raises ConfigurationError where schemas of the environment cannot take the place of ours.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._of_dialect = cache(partial(Judge, folder=their_schemas(environment)))

    def prepare(self) -> None:
        """Make ready what judging takes, before there are other threads that read messages."""
        folder = their_schemas(self._environment)
        for spoken in self._environment.dialects:
            schema_choice.compiled(spoken.name, folder)

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

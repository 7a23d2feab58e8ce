"""Whose fault a failure is, and the evidence that decides it."""

from collections.abc import Sequence
from dataclasses import dataclass

from ami import names
from ami.errors import HarnessError
from ami.findings import Finding, Severity
from ami.names import Wire
from harness.truth import Comparison

SYSTEM_UNDER_TEST = "system under test"
HARNESS = "harness"

STAGES = ("head_end", "wire", "mdms", "bill")
"""The way of a reading: the first stage that is wrong is to blame for those behind it."""

SYSTEM_OF_STAGE = {"head_end": names.HES, "mdms": names.MDMS, "bill": names.CIS}


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is to blame. system and wire: where they can be named."""

    party: str
    system: str | None
    wire: str | None
    evidence: str


@dataclass(frozen=True, slots=True)
class FoundOnWire:
    """A finding, the message that it is about (None: a missing one), its wire and who sent it.

    owed_by: who owes the answer that is missing; None where the message itself is at fault.
    """

    finding: Finding
    message: int | None
    wire: Wire
    sender: str
    owed_by: str | None = None

    @property
    def party(self) -> str:
        """Who has to mend it."""
        return self.owed_by or self.sender


def of_error(error: BaseException) -> Attribution:
    """Whose fault an exception of ours is."""
    party = error.party if isinstance(error, HarnessError) else HARNESS
    return Attribution(party, None, None, f"{type(error).__name__}: {error}")


def of_failure(findings: Sequence[FoundOnWire], comparisons: Sequence[Comparison], last_asked: str | None) -> Attribution | None:
    """Who made a scenario fail, from the wires, else from the truth, else from who answered last; None where nothing says.

    A breach on a wire comes first: what stands wrong further on follows from it.
    """
    on_wire = sorted((found for found in findings if found.finding.severity is Severity.ERROR), key=lambda found: found.message or 0)
    broken = sorted((comparison for comparison in comparisons if not comparison.ok), key=place)
    if broken and broken[0].stage == "head_end":
        return _of_truth(broken[0])
    if on_wire:
        first = on_wire[0]
        return Attribution(
            SYSTEM_UNDER_TEST, first.party, str(first.wire), f"message {first.message or '-'} on {first.wire}: {first.finding}"
        )
    if broken:
        return _of_truth(broken[0])
    if last_asked is not None:
        title = names.SYSTEM_TITLES.get(last_asked, last_asked)
        return Attribution(
            SYSTEM_UNDER_TEST, last_asked, None, f"the wires conform and the truth holds; the answer that was wrong came from {title}"
        )
    return None


def place(comparison: Comparison) -> tuple[int, int]:
    """Where a comparison stands on the way of a reading, and how early: the first that is wrong comes first."""
    return STAGES.index(comparison.stage), comparison.since


def _of_truth(comparison: Comparison) -> Attribution:
    source, _, target = (comparison.wire or "").partition("->")
    # The tester is no system under test: what is wrong on its wire came from the other end.
    carried_by = comparison.sender or (target if source == names.TESTER else source) or None
    system = SYSTEM_OF_STAGE.get(comparison.stage) or carried_by
    return Attribution(SYSTEM_UNDER_TEST, system, comparison.wire, comparison.text)

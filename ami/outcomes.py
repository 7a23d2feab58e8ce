"""What a scenario, a phase or a run can come to, and the exit code that says so."""

from collections.abc import Iterable
from enum import StrEnum


class Outcome(StrEnum):
    """One of the five words that every report uses."""

    ERROR = "error"
    FAILED = "failed"
    INCONCLUSIVE = "inconclusive"
    NOT_TESTED = "not tested"
    PASSED = "passed"


WORST_FIRST = (Outcome.ERROR, Outcome.FAILED, Outcome.INCONCLUSIVE, Outcome.NOT_TESTED, Outcome.PASSED)

EXIT_CODES = {
    Outcome.PASSED: 0,
    Outcome.FAILED: 1,
    Outcome.INCONCLUSIVE: 2,
    Outcome.NOT_TESTED: 2,
    Outcome.ERROR: 3,
}
BAD_USAGE = 64


def overall(outcomes: Iterable[Outcome]) -> Outcome:
    """What many outcomes come to together: the worst, where `not tested` counts only if nothing else stands beside it."""
    seen = set(outcomes)
    decided = seen - {Outcome.NOT_TESTED}
    return next((outcome for outcome in WORST_FIRST if outcome in decided), Outcome.NOT_TESTED)

"""What a scenario comes to, from the exception that ended it and from what its wires and its truth say."""

import pytest
from pytest_bdd.exceptions import StepDefinitionNotFoundError

from ami.errors import InconclusiveError, NotTestedError, RefusedError, WrongStateError
from ami.outcomes import Outcome

GAVE_UP = (Outcome.NOT_TESTED, Outcome.INCONCLUSIVE)


def outcome(error: BaseException | None, when: str, complaint: str | None) -> Outcome:
    """The outcome of a phase of pytest's.

    when: setup, call or teardown; outside of the steps, whatever fails is our fault. complaint: what is wrong on the
    wires or with the truth; a breach there decides, for a scenario that gave up as for one whose stand-ins refused to
    go on after it.
    """
    said = _said(error)
    if when == "teardown" and error is not None:
        # There is nothing left to give up, and what the steps came to must not be hidden.
        return Outcome.ERROR
    if when == "setup":
        return Outcome.ERROR if said is Outcome.FAILED else said
    if complaint is not None and (said in GAVE_UP or isinstance(error, (RefusedError, WrongStateError))):
        return Outcome.FAILED
    return said


def reason(error: BaseException | None, came_to: Outcome, complaint: str | None) -> str | None:
    """Why, in one line."""
    if error is None:
        return None
    line = (str(error) or type(error).__name__).strip().splitlines()[0]
    is_about_wires = came_to is Outcome.FAILED and not isinstance(error, AssertionError)
    return f"{complaint}; therefore: {line}" if is_about_wires and complaint is not None else line


def _said(error: BaseException | None) -> Outcome:
    """What an exception makes of its scenario: only an assertion speaks of the system under test."""
    if error is None:
        return Outcome.PASSED
    if isinstance(error, (NotTestedError, pytest.skip.Exception)):
        return Outcome.NOT_TESTED
    if isinstance(error, InconclusiveError):
        return Outcome.INCONCLUSIVE
    if isinstance(error, AssertionError) and not isinstance(error, StepDefinitionNotFoundError):
        return Outcome.FAILED
    return Outcome.ERROR

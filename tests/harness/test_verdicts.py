"""What a scenario comes to."""

import pytest
from pytest_bdd.exceptions import StepDefinitionNotFoundError

from ami.errors import ConfigurationError, InconclusiveError, NotTestedError, RefusedError, UnreachableError, WrongStateError
from ami.outcomes import Outcome
from harness.verdicts import outcome, reason

BREACH = "a message on hes->mdms does not conform"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (None, Outcome.PASSED),
        (AssertionError("24 kWh"), Outcome.FAILED),
        (NotTestedError("no control port"), Outcome.NOT_TESTED),
        (InconclusiveError("too little data"), Outcome.INCONCLUSIVE),
        (ConfigurationError("no such file"), Outcome.ERROR),
        (UnreachableError("no connection"), Outcome.ERROR),
        (RefusedError("unknown meter"), Outcome.ERROR),
        (WrongStateError("cannot arm while closed"), Outcome.ERROR),
        (KeyError("a mistake of ours"), Outcome.ERROR),
        (StepDefinitionNotFoundError("nobody has defined it"), Outcome.ERROR),
    ],
    ids=lambda value: type(value).__name__,
)
def test_only_an_assertion_speaks_of_the_system_under_test(error: Exception | None, expected: Outcome) -> None:
    """Everything else is ours, or says of itself what it is."""
    assert outcome(error, "call", None) is expected


@pytest.mark.parametrize(
    "error", [NotTestedError("x"), InconclusiveError("x"), RefusedError("x"), WrongStateError("x")], ids=lambda value: type(value).__name__
)
def test_breach_on_a_wire_decides_where_the_scenario_gave_up(error: Exception) -> None:
    """A finding is never hidden behind `not tested`, nor blamed on the stand-in that it misinformed."""
    assert outcome(error, "call", BREACH) is Outcome.FAILED


@pytest.mark.parametrize("error", [UnreachableError("x"), ConfigurationError("x"), KeyError("x")], ids=lambda value: type(value).__name__)
def test_breach_on_a_wire_excuses_no_fault_of_ours(error: Exception) -> None:
    """An error stays an error."""
    assert outcome(error, "call", BREACH) is Outcome.ERROR


def test_assertion_outside_of_the_steps_is_ours() -> None:
    """Set-up and teardown are not the vendor's."""
    assert outcome(AssertionError("x"), "teardown", None) is Outcome.ERROR


def test_reason_names_the_breach_and_what_came_of_it() -> None:
    """In one line."""
    assert reason(RefusedError("unknown meter\nmore"), Outcome.FAILED, BREACH) == f"{BREACH}; therefore: unknown meter"
    assert reason(AssertionError("24 kWh"), Outcome.FAILED, BREACH) == "24 kWh"
    assert reason(None, Outcome.PASSED, None) is None

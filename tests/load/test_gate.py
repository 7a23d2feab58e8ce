"""The gate on what a crowd measured."""

import pytest

from ami.outcomes import Outcome
from load import gate
from load.gate import Limits, Measured

LIMITS = Limits(least_requests=100, most_failed=0.01, p95_ms=500)


def outcomes(measured: Measured, limits: Limits = LIMITS) -> tuple[Outcome, list[Outcome]]:
    """The verdict, and what each demand came to: enough requests, few enough failures, fast enough."""
    lines = gate.judge(measured, limits)
    return gate.verdict(lines), [line.outcome for line in lines]


@pytest.mark.parametrize("measured", [Measured(100, 1, 500.0), Measured(5000, 0, 0.5)])
def test_gate_opens_where_every_demand_holds(measured: Measured) -> None:
    """The limits themselves are good enough."""
    assert outcomes(measured) == (Outcome.PASSED, [Outcome.PASSED] * 3)


@pytest.mark.parametrize(
    ("measured", "lines"),
    [
        (Measured(100, 2, 500.0), [Outcome.PASSED, Outcome.FAILED, Outcome.PASSED]),
        (Measured(100, 1, 500.1), [Outcome.PASSED, Outcome.PASSED, Outcome.FAILED]),
    ],
)
def test_gate_stays_shut_where_one_does_not(measured: Measured, lines: list[Outcome]) -> None:
    """And says which."""
    assert outcomes(measured) == (Outcome.FAILED, lines)


@pytest.mark.parametrize("requests", [0, 1, 99])
def test_too_few_requests_never_pass(requests: int) -> None:
    """However fast and faultless: nothing can be said from a handful."""
    assert outcomes(Measured(requests, 0, 0.0)) == (Outcome.INCONCLUSIVE, [Outcome.INCONCLUSIVE] * 3)


def test_too_few_requests_may_still_fail() -> None:
    """What is wrong already is wrong."""
    assert outcomes(Measured(10, 5, 0.0)) == (Outcome.FAILED, [Outcome.INCONCLUSIVE, Outcome.FAILED, Outcome.INCONCLUSIVE])


def test_demand_of_no_requests_is_met_by_none() -> None:
    """No division by nothing."""
    assert outcomes(Measured(0, 0, 0.0), Limits(0, 0.0, 1.0))[0] is Outcome.PASSED


def test_lines_say_what_was_asked_and_what_was_measured() -> None:
    """In the words of a report."""
    assert [(line.demand, line.measured) for line in gate.judge(Measured(120, 3, 71.4), LIMITS)] == [
        ("at least 100 requests", "120"),
        ("at most 1.00% failed", "2.50% (3)"),
        ("95 % within 500 ms", "71 ms"),
    ]

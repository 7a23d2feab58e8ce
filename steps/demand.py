"""Sentences about the load of many meters together."""

from datetime import datetime

from pytest_bdd import parsers, then

from harness.utility import Utility

Loads = tuple[dict[datetime, int], dict[datetime, int]]


@then(parsers.parse("the load of {count:d} meters at the MDMS is what they measured, interval by interval"), target_fixture="loads")
def load_is_measured(utility: Utility, count: int) -> Loads:
    """Add up the meters at the MDMS and in truth, for each interval of the day."""
    meters = utility.many(count)
    held, measured = utility.data.load(meters, utility.day_span()), utility.meters.load(meters, utility.day_span())
    assert held == measured, f"the load differs in {sum(1 for end in measured if held.get(end) != measured[end])} intervals"
    return held, measured


@then("its peak stands where the meters had it")
def peak_is_measured(loads: Loads) -> None:
    """Compare the highest interval of both."""
    held, measured = loads
    assert max(measured.values()) > 0, "nobody drew anything"
    assert max(held, key=held.__getitem__) == max(measured, key=measured.__getitem__), "the peaks stand in different intervals"

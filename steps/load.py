"""Sentences about crowds: what Locust sends, and what the gate says of it."""

from collections.abc import Sequence

from pytest_bdd import given, parsers, then, when

from ami.outcomes import Outcome
from harness.crowd import Demand, GateVerdict
from harness.utility import Utility
from steps.words import rows


@given(parsers.parse("{count:d} meters are known to the MDMS"))
def known_to_mdms(utility: Utility, count: int) -> None:
    """Tell the MDMS of many meters that nobody has put in: the crowd plays their head-end."""
    utility.crowd.link(utility.many(count), utility.day_span().start)


@when(
    parsers.parse("Locust delivers the day of {count:d} meters to the MDMS, {batch:d} meters a message, and the gate asks for:"),
    target_fixture="gate",
)
def crowd_delivers(utility: Utility, count: int, batch: int, datatable: Sequence[Sequence[str]]) -> GateVerdict:
    """Send a day of each meter, so many meters a message."""
    return utility.crowd.deliver_day(utility.many(count), batch, utility.day_span(), demand(datatable))


@when(parsers.parse("Locust reads {count:d} meters on demand, {times:d} times each, and the gate asks for:"), target_fixture="gate")
def crowd_reads(utility: Utility, count: int, times: int, datatable: Sequence[Sequence[str]]) -> GateVerdict:
    """Read each meter so many times."""
    return utility.crowd.read(utility.many(count) * times, demand(datatable))


@then("the gate opens")
def gate_opens(gate: GateVerdict) -> None:
    """Look at the verdict."""
    assert gate.outcome is Outcome.PASSED, f"the gate stays shut: {gate}"


@then("the gate says that too little was asked")
def gate_is_inconclusive(gate: GateVerdict) -> None:
    """Look for the verdict of a gate that will not judge."""
    assert gate.outcome is Outcome.INCONCLUSIVE, f"the gate says {gate}"


@then("the MDMS holds every interval that was delivered")
def holds_all(utility: Utility) -> None:
    """Compare what the MDMS holds with what the crowd sent."""
    differing = utility.crowd.differing()
    assert not differing, f"{len(differing)} meters differ, the first is {differing[0]}"


def demand(table: Sequence[Sequence[str]]) -> Demand:
    """The gate's demands out of a table of one row."""
    (row,) = rows(table)
    failed = float(row["failed at most"].removesuffix("%")) / 100
    return Demand(int(row["requests at least"]), failed, float(row["95 % answered within"].removesuffix("ms")))

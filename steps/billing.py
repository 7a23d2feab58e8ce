"""Sentences about bills: what is billed, what is estimated, and why."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from pytest_bdd import parsers, then

from ami.days import local_day
from harness.utility import Utility
from harness.utility.customers import Bill
from steps.words import rows


@then(parsers.parse('the customer at "{address}" is billed {kwh} kWh'))
def is_billed(utility: Utility, address: str, kwh: str) -> None:
    """Read the latest bill."""
    bill = utility.customers.last_bill(address)
    assert bill.kwh == Decimal(kwh), f"the customer at {address} is billed {bill.kwh} kWh"


@then(parsers.parse('the customer at "{address}" is billed {kwh} kWh for the day'))
def is_billed_for_the_day(utility: Utility, address: str, kwh: str) -> None:
    """Have the day billed and read the bill."""
    bill = utility.bill_of_the_day(address)
    assert bill.kwh == Decimal(kwh), f"the customer at {address} is billed {bill.kwh} kWh"


@then(parsers.parse('the customer at "{address}" is billed what meter "{meter}" measured'))
def is_billed_as_measured(utility: Utility, address: str, meter: str) -> None:
    """Compare every bill with the truth of its span."""
    for bill in utility.customers.bills(address) or [utility.customers.last_bill(address)]:
        wh = utility.meters.measured_wh(meter, bill.span)
        assert bill.kwh * 1000 == wh, f"{bill.kwh} kWh are billed, {meter} measured {wh} Wh"


@then(parsers.parse('the customer at "{address}" is billed what meter "{meter}" measured in both directions'))
def is_billed_both(utility: Utility, address: str, meter: str) -> None:
    """The same for what was drawn and what was fed in."""
    bill = utility.customers.last_bill(address)
    drawn, fed = utility.meters.net_wh(meter, bill.span)
    assert bill.kwh * 1000 == drawn, f"{bill.kwh} kWh are billed, {meter} measured {drawn} Wh"
    assert bill.reverse_kwh * 1000 == fed, f"{bill.reverse_kwh} kWh are taken off, {meter} measured {fed} Wh fed in"
    assert fed > 0, f"{meter} fed nothing in"


@then(parsers.parse('the customer at "{address}" is billed what meters "{first}" and "{second}" measured'))
def is_billed_from_two(utility: Utility, address: str, first: str, second: str) -> None:
    """Compare the latest bill with the truth of both its meters, each for its part."""
    bill = utility.customers.last_bill(address)
    wh = sum(utility.meters.measured_wh(part.meter, part.span) for part in bill.meters)
    assert {part.meter for part in bill.meters} == {first, second}
    assert bill.kwh * 1000 == wh, f"{bill.kwh} kWh are billed, the meters measured {wh} Wh"


@then(parsers.parse('the bill of "{address}" has the meters "{first}" and "{second}" with their final and initial readings'))
def has_both_meters(utility: Utility, address: str, first: str, second: str) -> None:
    """Look at the parts of the latest bill."""
    parts = {part.meter: part for part in utility.customers.last_bill(address).meters}
    assert set(parts) == {first, second}, f"the bill has the meters {sorted(parts)}"
    assert parts[first].end_kwh is not None, f"the final reading of {first} is missing"
    assert parts[second].start_kwh is not None, f"the initial reading of {second} is missing"


@then(parsers.parse('the customer at "{address}" has {count:d} bills that follow each other without a gap'))
def bills_follow(utility: Utility, address: str, count: int) -> None:
    """Compare the end of each bill with the start of the next."""
    bills = utility.customers.bills(address)
    assert len(bills) == count, f"there are {len(bills)} bills: {utility.customers.unissued(address)}"
    assert all(earlier.span.end == later.span.start for earlier, later in pairwise(bills))


@then(parsers.parse('no reading on the bill of "{address}" is estimated'))
def nothing_estimated(utility: Utility, address: str) -> None:
    """Look for marks of estimation."""
    assert not utility.customers.last_bill(address).is_estimated, f"the bill of {address} is estimated"


@then(parsers.parse('the bill of "{address}" says that a part of it is estimated'))
@then(parsers.parse('the bill of "{address}" for the day says that a part of it is estimated'))
def says_estimated(utility: Utility, address: str) -> None:
    """Look for the mark on the bill of the day and on one of its lines."""
    bill = utility.bill_of_the_day(address)
    assert bill.is_estimated, f"the bill of {address} says nothing of an estimate"
    assert any(line.is_estimated for line in bill.lines), f"no line of the bill of {address} says that it is estimated"


@then(parsers.parse('the bill of "{address}" for the day has these lines:'))
def has_lines(utility: Utility, address: str, datatable: Sequence[Sequence[str]]) -> None:
    """Compare the energy lines of the bill of the day."""
    expected = {row["period"]: Decimal(row["kwh"]) for row in rows(datatable)}
    billed = {line.period: line.kwh for line in utility.bill_of_the_day(address).lines if line.kwh}
    assert billed == expected, f"the bill has {billed}"


@then(parsers.parse('the total of the bill of "{address}" is the sum of its lines, rounded once'))
def total_is_rounded_once(utility: Utility, address: str) -> None:
    """Add up the exact lines."""
    bill = utility.bill_of_the_day(address)
    assert bill.total == bill.total_of_lines, f"the total is {bill.total}, the lines come to {bill.total_of_lines}"


@then(parsers.parse('the bill of "{address}" begins on {day}'))
def begins_on(utility: Utility, address: str, day: str) -> None:
    """Read the span of the latest bill."""
    start = utility.customers.last_bill(address).span.start
    assert local_day(start, utility.zone) == utility.a_day(day), f"the bill begins at {start}"


@then(parsers.parse('the first customer at "{address}" has a final bill of {kwh} kWh'))
def has_final_bill(utility: Utility, address: str, kwh: str) -> None:
    """Look for the final bill."""
    final: list[Bill] = [bill for bill in utility.customers.bills(address) if bill.kind == "final"]
    assert [bill.kwh for bill in final] == [Decimal(kwh)], f"the final bills are {[str(bill.kwh) for bill in final]} kWh"
